-- The whole life of an account: states, proofs, factors, profile, rights, erasure.
-- depends: 0001_accounts_and_credentials

-- migrate: apply
ALTER TABLE accounts DROP CONSTRAINT ck__accounts__state;
UPDATE accounts SET state = 'terminated' WHERE state = 'closed';
ALTER TABLE accounts ADD CONSTRAINT ck__accounts__state
    CHECK (state IN ('pending', 'active', 'frozen', 'suspended', 'terminated', 'erased'));
ALTER TABLE accounts ALTER COLUMN wrapped_key DROP NOT NULL;
ALTER TABLE accounts ALTER COLUMN profile DROP NOT NULL;
ALTER TABLE accounts
    ADD COLUMN likeness_digest bytea,
    ADD COLUMN email_digest bytea,
    ADD COLUMN registration_hash bytea,
    ADD COLUMN language text NOT NULL DEFAULT 'fr',
    ADD COLUMN session_epoch integer NOT NULL DEFAULT 1,
    ADD COLUMN last_seen_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN warned_at timestamptz,
    ADD COLUMN erasure_due_at timestamptz,
    ADD COLUMN limited_at timestamptz,
    ADD CONSTRAINT uq__accounts__likeness UNIQUE (likeness_digest),
    ADD CONSTRAINT uq__accounts__registration UNIQUE (registration_hash),
    ADD CONSTRAINT ck__accounts__erased CHECK (
        (state = 'erased') = (wrapped_key IS NULL)
        AND (state = 'erased') = (profile IS NULL)
        AND (state <> 'erased' OR (email_digest IS NULL AND registration_hash IS NULL))
    );
CREATE INDEX ix__accounts__email ON accounts (email_digest) WHERE email_digest IS NOT NULL;
CREATE INDEX ix__accounts__last_seen ON accounts (last_seen_at) WHERE state <> 'erased';
CREATE INDEX ix__accounts__erasure_due ON accounts (erasure_due_at) WHERE erasure_due_at IS NOT NULL;
COMMENT ON COLUMN accounts.wrapped_key IS 'Data key of the account, sealed by the master key; destroyed when the person is erased';
COMMENT ON COLUMN accounts.profile IS 'Identifier, displayed name and e-mail: JSON sealed with the data key; none once erased';
COMMENT ON COLUMN accounts.state IS 'pending until the e-mail is confirmed; active; frozen by its owner; suspended or terminated by staff; erased';
COMMENT ON COLUMN accounts.likeness_digest IS 'Keyed digest of what the identifier looks like: refuses a look-alike';
COMMENT ON COLUMN accounts.email_digest IS 'Keyed digest of the e-mail, to recover an identifier; several accounts may share one';
COMMENT ON COLUMN accounts.registration_hash IS 'Hash of the idempotency key of the registration: a repetition opens no second account';
COMMENT ON COLUMN accounts.language IS 'In which language the person is written to: fr or en';
COMMENT ON COLUMN accounts.session_epoch IS 'Grows whenever every session of the account must end';
COMMENT ON COLUMN accounts.last_seen_at IS 'Last sign-in, or opening: two years later the account is erased (DAT-06)';
COMMENT ON COLUMN accounts.warned_at IS 'When the coming erasure of an unused account was announced';
COMMENT ON COLUMN accounts.erasure_due_at IS 'When the account will be erased at the request of its owner, who may still keep it';
COMMENT ON COLUMN accounts.limited_at IS 'Since when the use of the data is limited at the request of the person (GDPR 18)';

CREATE TABLE service_keys (
    name text NOT NULL,
    wrapped_key bytea NOT NULL,
    CONSTRAINT pk__service_keys PRIMARY KEY (name)
);
COMMENT ON TABLE service_keys IS 'Keys of the service itself, which a rotation of the master key does not change';
COMMENT ON COLUMN service_keys.name IS 'What the key is for: index, proofs';
COMMENT ON COLUMN service_keys.wrapped_key IS 'The key, sealed by the master key';

CREATE TABLE proofs (
    id uuid NOT NULL,
    purpose text NOT NULL,
    secret_hash bytea NOT NULL,
    account_id uuid,
    content bytea NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT pk__proofs PRIMARY KEY (id),
    CONSTRAINT uq__proofs__secret UNIQUE (secret_hash),
    CONSTRAINT fk__proofs__account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX ix__proofs__account ON proofs (account_id, purpose);
CREATE INDEX ix__proofs__expires ON proofs (expires_at);
COMMENT ON TABLE proofs IS 'Secrets given out once for one purpose: links in mails, steps of a sign-in, challenges';
COMMENT ON COLUMN proofs.id IS 'UUIDv7';
COMMENT ON COLUMN proofs.purpose IS 'The one thing that the secret is good for';
COMMENT ON COLUMN proofs.secret_hash IS 'SHA-256 of the 256-bit secret, which is kept nowhere';
COMMENT ON COLUMN proofs.account_id IS 'Whose, when it is known';
COMMENT ON COLUMN proofs.content IS 'What comes with it: JSON sealed with the key of the proofs';
COMMENT ON COLUMN proofs.attempts IS 'How often something was tried with it';
COMMENT ON COLUMN proofs.created_at IS 'When it was given out';
COMMENT ON COLUMN proofs.expires_at IS 'From when it is good for nothing';
COMMENT ON COLUMN proofs.used_at IS 'When it was used: it is good once';

CREATE TABLE account_events (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    action text NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    detail bytea NOT NULL,
    CONSTRAINT pk__account_events PRIMARY KEY (id),
    CONSTRAINT fk__account_events__account FOREIGN KEY (account_id) REFERENCES accounts (id),
    CONSTRAINT ck__account_events__actor_kind CHECK (actor_kind IN ('owner', 'staff', 'system', 'anonymous'))
);
CREATE INDEX ix__account_events__account ON account_events (account_id, id);
COMMENT ON TABLE account_events IS 'What happened to an account, shown to its owner: sign-ins, changes, who looked at it';
COMMENT ON COLUMN account_events.id IS 'UUIDv7: the order of the events';
COMMENT ON COLUMN account_events.account_id IS 'Whose account';
COMMENT ON COLUMN account_events.recorded_at IS 'When';
COMMENT ON COLUMN account_events.action IS 'What: signed-in, password-changed, read-by-staff...';
COMMENT ON COLUMN account_events.actor_kind IS 'Who: owner, staff, system or anonymous (a link in a mail)';
COMMENT ON COLUMN account_events.actor_id IS 'Account of the member of staff who acted';
COMMENT ON COLUMN account_events.detail IS 'Reason, device: JSON sealed with the data key of the account';

CREATE TABLE email_changes (
    account_id uuid NOT NULL,
    change_id uuid NOT NULL,
    email bytea NOT NULL,
    requested_at timestamptz NOT NULL,
    former_confirmed_at timestamptz,
    new_confirmed_at timestamptz,
    CONSTRAINT pk__email_changes PRIMARY KEY (account_id),
    CONSTRAINT fk__email_changes__account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
COMMENT ON TABLE email_changes IS 'A change of e-mail that waits to be confirmed at both addresses';
COMMENT ON COLUMN email_changes.account_id IS 'Whose; another change replaces it';
COMMENT ON COLUMN email_changes.change_id IS 'Which change the links in the mails are for';
COMMENT ON COLUMN email_changes.email IS 'The new address, sealed with the data key of the account';
COMMENT ON COLUMN email_changes.requested_at IS 'When it was asked for';
COMMENT ON COLUMN email_changes.former_confirmed_at IS 'When the link sent to the former address was followed';
COMMENT ON COLUMN email_changes.new_confirmed_at IS 'When the link sent to the new address was followed';

CREATE TABLE second_factors (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    kind text NOT NULL,
    handle_digest bytea,
    secret bytea NOT NULL,
    counter bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    last_used_at timestamptz,
    CONSTRAINT pk__second_factors PRIMARY KEY (id),
    CONSTRAINT uq__second_factors__handle UNIQUE (handle_digest),
    CONSTRAINT fk__second_factors__account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT ck__second_factors__kind CHECK (kind IN ('totp', 'passkey'))
);
CREATE INDEX ix__second_factors__account ON second_factors (account_id);
COMMENT ON TABLE second_factors IS 'What an account asks for beside its password (ACC-11)';
COMMENT ON COLUMN second_factors.id IS 'UUIDv7';
COMMENT ON COLUMN second_factors.account_id IS 'Whose';
COMMENT ON COLUMN second_factors.kind IS 'totp (RFC 6238) or passkey (WebAuthn)';
COMMENT ON COLUMN second_factors.handle_digest IS 'Keyed digest of the credential id of a passkey: one passkey, one account';
COMMENT ON COLUMN second_factors.secret IS 'Seed, or credential id and public key, with the name given: JSON sealed with the data key';
COMMENT ON COLUMN second_factors.counter IS 'Last time step used, or signature counter: neither ever goes back';
COMMENT ON COLUMN second_factors.created_at IS 'When it was offered';
COMMENT ON COLUMN second_factors.confirmed_at IS 'When its owner showed that it works; asked for from then on';
COMMENT ON COLUMN second_factors.last_used_at IS 'When it last opened a session';

CREATE TABLE recovery_codes (
    account_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT pk__recovery_codes PRIMARY KEY (account_id, code_hash),
    CONSTRAINT fk__recovery_codes__account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
COMMENT ON TABLE recovery_codes IS 'Codes to write down, each good once in place of a second factor';
COMMENT ON COLUMN recovery_codes.account_id IS 'Whose';
COMMENT ON COLUMN recovery_codes.code_hash IS 'Keyed digest of the code';
COMMENT ON COLUMN recovery_codes.created_at IS 'When they were given';
COMMENT ON COLUMN recovery_codes.used_at IS 'When it was used';

CREATE TABLE profile_fields (
    account_id uuid NOT NULL,
    name text NOT NULL,
    value bytea NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT pk__profile_fields PRIMARY KEY (account_id, name),
    CONSTRAINT fk__profile_fields__account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
COMMENT ON TABLE profile_fields IS 'The data that a person chose to keep, each erasable alone (ACC-04)';
COMMENT ON COLUMN profile_fields.account_id IS 'Whose';
COMMENT ON COLUMN profile_fields.name IS 'Which datum: family_name, birth_date...';
COMMENT ON COLUMN profile_fields.value IS 'The datum, sealed with the data key of the account';
COMMENT ON COLUMN profile_fields.updated_at IS 'When it was written';

CREATE TABLE favourites (
    account_id uuid NOT NULL,
    procedures bytea NOT NULL,
    CONSTRAINT pk__favourites PRIMARY KEY (account_id),
    CONSTRAINT fk__favourites__account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
COMMENT ON TABLE favourites IS 'Pinned procedures (ACC-06)';
COMMENT ON COLUMN favourites.account_id IS 'Whose';
COMMENT ON COLUMN favourites.procedures IS 'Ids of the procedures, the last pinned first: JSON sealed with the data key';

CREATE TABLE rights_requests (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    kind text NOT NULL,
    channel text NOT NULL,
    state text NOT NULL,
    content bytea NOT NULL,
    received_on date NOT NULL,
    due_on date NOT NULL,
    recorded_by uuid,
    answered_at timestamptz,
    answered_by uuid,
    CONSTRAINT pk__rights_requests PRIMARY KEY (id),
    CONSTRAINT fk__rights_requests__account FOREIGN KEY (account_id) REFERENCES accounts (id),
    CONSTRAINT ck__rights_requests__kind CHECK (
        kind IN ('access', 'rectification', 'objection', 'erasure', 'limitation', 'portability')
    ),
    CONSTRAINT ck__rights_requests__channel CHECK (channel IN ('online', 'email', 'post')),
    CONSTRAINT ck__rights_requests__state CHECK (state IN ('open', 'granted', 'refused'))
);
CREATE INDEX ix__rights_requests__due ON rights_requests (due_on, id) WHERE state = 'open';
CREATE INDEX ix__rights_requests__account ON rights_requests (account_id, id);
COMMENT ON TABLE rights_requests IS 'Register of the rights exercised over personal data, with its one-month clock (DAT-01)';
COMMENT ON COLUMN rights_requests.id IS 'UUIDv7';
COMMENT ON COLUMN rights_requests.account_id IS 'Who asks';
COMMENT ON COLUMN rights_requests.kind IS 'Which right (GDPR 15 to 21)';
COMMENT ON COLUMN rights_requests.channel IS 'How it came';
COMMENT ON COLUMN rights_requests.state IS 'open, granted or refused';
COMMENT ON COLUMN rights_requests.content IS 'What is asked and what was answered: JSON sealed with the data key of the account';
COMMENT ON COLUMN rights_requests.received_on IS 'Day of receipt in the zone of the authority';
COMMENT ON COLUMN rights_requests.due_on IS 'Last day to answer: one month after the receipt (GDPR 12.3)';
COMMENT ON COLUMN rights_requests.recorded_by IS 'Member of staff who entered a written request';
COMMENT ON COLUMN rights_requests.answered_at IS 'When it was answered';
COMMENT ON COLUMN rights_requests.answered_by IS 'Member of staff who answered';

CREATE TABLE data_copies (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    state text NOT NULL,
    content bytea,
    missing text[] NOT NULL DEFAULT '{}',
    attempts integer NOT NULL DEFAULT 0,
    requested_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT pk__data_copies PRIMARY KEY (id),
    CONSTRAINT fk__data_copies__account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT ck__data_copies__state CHECK (state IN ('preparing', 'ready', 'downloaded', 'expired'))
);
CREATE INDEX ix__data_copies__account ON data_copies (account_id, id);
COMMENT ON TABLE data_copies IS 'Complete copies of the data of a person, made by a job (DAT-02)';
COMMENT ON COLUMN data_copies.id IS 'UUIDv7';
COMMENT ON COLUMN data_copies.account_id IS 'Whose';
COMMENT ON COLUMN data_copies.state IS 'preparing, ready, downloaded (once), expired';
COMMENT ON COLUMN data_copies.content IS 'The copy: JSON sealed with the data key of the account; only while it can be downloaded';
COMMENT ON COLUMN data_copies.missing IS 'Services whose part could not be had';
COMMENT ON COLUMN data_copies.attempts IS 'How often the parts were asked for';
COMMENT ON COLUMN data_copies.requested_at IS 'When its owner asked';
COMMENT ON COLUMN data_copies.expires_at IS 'When it is forgotten';

CREATE TABLE erasures (
    account_id uuid NOT NULL,
    erased_at timestamptz NOT NULL,
    reason text NOT NULL,
    CONSTRAINT pk__erasures PRIMARY KEY (account_id),
    CONSTRAINT ck__erasures__reason CHECK (reason IN ('owner', 'inactive', 'staff'))
);
COMMENT ON TABLE erasures IS 'Which accounts were erased; copied outside the backups and replayed at a restore (DAT-03)';
COMMENT ON COLUMN erasures.account_id IS 'Which';
COMMENT ON COLUMN erasures.erased_at IS 'When';
COMMENT ON COLUMN erasures.reason IS 'At whose will: owner, inactive, staff';

-- migrate: rollback
