-- Accounts with their sealed personal data, and the passwords that prove who signs in.
-- depends:

-- migrate: apply
CREATE TABLE accounts (
    id uuid NOT NULL,
    identifier_digest bytea NOT NULL,
    wrapped_key bytea NOT NULL,
    profile bytea NOT NULL,
    roles text[] NOT NULL DEFAULT '{}',
    state text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk__accounts PRIMARY KEY (id),
    CONSTRAINT uq__accounts__identifier UNIQUE (identifier_digest),
    CONSTRAINT ck__accounts__identifier_digest CHECK (length(identifier_digest) = 32),
    CONSTRAINT ck__accounts__state CHECK (state IN ('active', 'frozen', 'suspended', 'closed'))
);
COMMENT ON TABLE accounts IS 'Personal accounts; no personal datum is readable here (DAT-05)';
COMMENT ON COLUMN accounts.id IS 'UUIDv7; names the account to the other services';
COMMENT ON COLUMN accounts.identifier_digest IS 'Keyed digest of the identifier without its case: finds it, makes it unique, does not tell it';
COMMENT ON COLUMN accounts.wrapped_key IS 'Data key of the account, sealed by the master key; destroying it erases the person';
COMMENT ON COLUMN accounts.profile IS 'Identifier, displayed name and e-mail: JSON sealed with the data key';
COMMENT ON COLUMN accounts.roles IS 'What the holder may do beyond their own affairs; none for a resident';
COMMENT ON COLUMN accounts.state IS 'active; frozen by its owner, suspended by staff, closed';
COMMENT ON COLUMN accounts.created_at IS 'When the account was opened';

CREATE TABLE credentials (
    account_id uuid NOT NULL,
    password_hash text NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT pk__credentials PRIMARY KEY (account_id),
    CONSTRAINT fk__credentials__account
        FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
COMMENT ON TABLE credentials IS 'The password of each account that has one';
COMMENT ON COLUMN credentials.account_id IS 'Whose';
COMMENT ON COLUMN credentials.password_hash IS 'Argon2id of the password in NFC, with its parameters (PHC format)';
COMMENT ON COLUMN credentials.changed_at IS 'When its owner last changed it; a new hash of the same password leaves it';

-- migrate: rollback
