-- Business applications: their tokens, and what is told to them.
-- depends: 0006_lifecycle

-- migrate: apply
CREATE TABLE business_tokens (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    token_hash bytea NOT NULL,
    service_id text NOT NULL,
    scopes text[] NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    last_used_on date,
    CONSTRAINT uq__business_tokens__token_hash UNIQUE (token_hash)
);
COMMENT ON TABLE business_tokens IS 'Right of a business application to the requests of one service';
COMMENT ON COLUMN business_tokens.token_hash IS 'SHA-256 of the token, which is shown once';
COMMENT ON COLUMN business_tokens.scopes IS 'Among list, read, change';
COMMENT ON COLUMN business_tokens.last_used_on IS 'Last day on which it was shown';

CREATE TABLE business_journal (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    staff_id uuid NOT NULL,
    action text NOT NULL,
    subject_id uuid NOT NULL,
    detail jsonb NOT NULL
);
COMMENT ON TABLE business_journal IS 'Who gave and took back the rights of applications';

CREATE TABLE webhooks (
    id uuid PRIMARY KEY,
    service_id text NOT NULL,
    url text NOT NULL,
    sealed_secret bytea NOT NULL,
    wrapped_key bytea NOT NULL,
    events text[] NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    removed_at timestamptz
);
COMMENT ON TABLE webhooks IS 'Addresses of business applications that are told what happens to requests';
COMMENT ON COLUMN webhooks.sealed_secret IS 'Secret that signs what is sent, sealed';
COMMENT ON COLUMN webhooks.events IS 'Kinds of steps that are told; empty for all of them';
CREATE INDEX ix__webhooks__service ON webhooks (service_id) WHERE removed_at IS NULL;

CREATE TABLE webhook_deliveries (
    id uuid PRIMARY KEY,
    webhook_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    payload jsonb NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    last_status integer,
    last_fault text,
    last_attempt_at timestamptz,
    delivered_at timestamptz,
    CONSTRAINT fk__webhook_deliveries__webhook FOREIGN KEY (webhook_id) REFERENCES webhooks (id),
    CONSTRAINT ck__webhook_deliveries__state CHECK (state IN ('waiting', 'delivered', 'refused'))
);
COMMENT ON TABLE webhook_deliveries IS 'What was told to whom, and how it went';
COMMENT ON COLUMN webhook_deliveries.payload IS 'Step, number and state: nothing personal';
COMMENT ON COLUMN webhook_deliveries.state IS 'waiting is tried again; refused: the address is no longer allowed';
CREATE INDEX ix__webhook_deliveries__webhook ON webhook_deliveries (webhook_id, id DESC);

-- migrate: rollback
