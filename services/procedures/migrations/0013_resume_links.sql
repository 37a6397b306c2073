-- The link by mail that brings a person without account back to a draft.
-- depends: 0012_partners

-- migrate: apply
CREATE TABLE resume_links (
    id uuid PRIMARY KEY,
    request_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    address bytea NOT NULL,
    address_digest bytea NOT NULL,
    access_key bytea NOT NULL,
    language text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT fk__resume_links__request FOREIGN KEY (request_id) REFERENCES requests (id),
    CONSTRAINT uq__resume_links__token UNIQUE (token_hash)
);
COMMENT ON TABLE resume_links IS 'Links sent by mail to come back to an anonymous draft; forgotten a day after they end';
COMMENT ON COLUMN resume_links.id IS 'UUIDv7; the link''s secret is derived from it with the service''s key';
COMMENT ON COLUMN resume_links.token_hash IS 'SHA-256 of the secret that the link holds';
COMMENT ON COLUMN resume_links.address IS 'Where it was sent, sealed with the request''s key';
COMMENT ON COLUMN resume_links.address_digest IS 'Keyed digest of the address: how many were sent to it today';
COMMENT ON COLUMN resume_links.access_key IS 'The draft''s own key, sealed with the request''s key: what the link gives back';
COMMENT ON COLUMN resume_links.language IS 'Language of the mail: fr or en';
COMMENT ON COLUMN resume_links.expires_at IS 'After this it opens nothing; the draft may end before';
COMMENT ON COLUMN resume_links.revoked_at IS 'When its owner cancelled it or had another sent; null while it works';
CREATE UNIQUE INDEX uq__resume_links__live ON resume_links (request_id) WHERE revoked_at IS NULL;
CREATE INDEX ix__resume_links__request ON resume_links (request_id, created_at);
CREATE INDEX ix__resume_links__address ON resume_links (address_digest, created_at);
CREATE INDEX ix__resume_links__expiry ON resume_links (expires_at);

-- migrate: rollback
