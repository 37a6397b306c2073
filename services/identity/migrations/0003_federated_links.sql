-- Links between accounts and the identities that FranceConnect and ProConnect vouch for.
-- depends: 0002_account_life

-- migrate: apply
CREATE TABLE federated_links (
    account_id uuid NOT NULL,
    provider text NOT NULL,
    subject_digest bytea NOT NULL,
    pivot_digest bytea,
    identity bytea NOT NULL,
    linked_at timestamptz NOT NULL,
    last_used_at timestamptz,
    CONSTRAINT pk__federated_links PRIMARY KEY (account_id, provider),
    CONSTRAINT uq__federated_links__subject UNIQUE (subject_digest),
    CONSTRAINT fk__federated_links__account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT ck__federated_links__provider CHECK (provider IN ('franceconnect', 'proconnect'))
);
CREATE INDEX ix__federated_links__pivot ON federated_links (pivot_digest) WHERE pivot_digest IS NOT NULL;
COMMENT ON TABLE federated_links IS 'With which outside identity an account is also signed in to (ACC-12)';
COMMENT ON COLUMN federated_links.account_id IS 'Whose';
COMMENT ON COLUMN federated_links.provider IS 'franceconnect for people, proconnect for staff';
COMMENT ON COLUMN federated_links.subject_digest IS 'Keyed digest of issuer and sub: one identity, one account';
COMMENT ON COLUMN federated_links.pivot_digest IS 'Keyed digest of the six pivot data that were vouched for: finds the account when the sub changes';
COMMENT ON COLUMN federated_links.identity IS 'Issuer, sub and the claims at the time of the link: JSON sealed with the data key';
COMMENT ON COLUMN federated_links.linked_at IS 'When it was linked';
COMMENT ON COLUMN federated_links.last_used_at IS 'When it last signed its owner in';

CREATE TABLE profile_pivots (
    account_id uuid NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT pk__profile_pivots PRIMARY KEY (account_id),
    CONSTRAINT fk__profile_pivots__account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX ix__profile_pivots__digest ON profile_pivots (digest);
COMMENT ON TABLE profile_pivots IS 'Accounts whose profile keeps the six pivot data: found by an identity that has the same';
COMMENT ON COLUMN profile_pivots.account_id IS 'Whose';
COMMENT ON COLUMN profile_pivots.digest IS 'Keyed digest of the six data, without case and accents';

CREATE TABLE federated_refusals (
    account_id uuid NOT NULL,
    subject_digest bytea NOT NULL,
    refused_at timestamptz NOT NULL,
    CONSTRAINT pk__federated_refusals PRIMARY KEY (account_id, subject_digest),
    CONSTRAINT fk__federated_refusals__account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
COMMENT ON TABLE federated_refusals IS 'Identities whose holder said that the account is not theirs: never matched with it again';
COMMENT ON COLUMN federated_refusals.account_id IS 'Which account';
COMMENT ON COLUMN federated_refusals.subject_digest IS 'Keyed digest of issuer and sub';
COMMENT ON COLUMN federated_refusals.refused_at IS 'When';

-- migrate: rollback
