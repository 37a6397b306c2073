-- Requests, from the draft to its acknowledgement.
-- depends: 0001_catalogue

-- migrate: apply
CREATE SEQUENCE request_numbers;

CREATE TABLE declarations (
    content_hash text PRIMARY KEY,
    version integer NOT NULL,
    language text NOT NULL,
    title text NOT NULL,
    html text NOT NULL,
    first_shown_at timestamptz NOT NULL
);
COMMENT ON TABLE declarations IS 'Each text that a person was asked to certify, word for word';
COMMENT ON COLUMN declarations.content_hash IS 'SHA-256 given by the legal service';

CREATE TABLE requests (
    id uuid PRIMARY KEY,
    procedure_id text NOT NULL,
    version integer NOT NULL,
    state text NOT NULL,
    language text NOT NULL,
    account_id uuid,
    access_key_hash bytea NOT NULL,
    wrapped_key bytea,
    answers bytea NOT NULL,
    revision integer NOT NULL,
    terms jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    number text,
    tracking_code_hash bytea,
    filed_at timestamptz,
    declaration_hash text,
    certified_at timestamptz,
    implicit_decision_on date,
    implicit_outcome text,
    CONSTRAINT fk__requests__version FOREIGN KEY (procedure_id, version)
        REFERENCES procedure_versions (procedure_id, version),
    CONSTRAINT fk__requests__declaration FOREIGN KEY (declaration_hash)
        REFERENCES declarations (content_hash),
    CONSTRAINT uq__requests__number UNIQUE (number),
    CONSTRAINT ck__requests__state CHECK (state IN ('draft', 'filed')),
    CONSTRAINT ck__requests__filed CHECK (
        (state = 'draft') = (number IS NULL)
        AND (state = 'draft') = (filed_at IS NULL)
        AND (state = 'draft') = (tracking_code_hash IS NULL)
        AND (state = 'draft') = (declaration_hash IS NULL)
        AND (state = 'draft') = (certified_at IS NULL)
    )
);
COMMENT ON TABLE requests IS 'One request (dossier) of one person for one version of a procedure';
COMMENT ON COLUMN requests.id IS 'UUIDv7 chosen by the gateway: starting twice starts once';
COMMENT ON COLUMN requests.access_key_hash IS 'SHA-256 of the key that the person holds while filling';
COMMENT ON COLUMN requests.wrapped_key IS 'Data key of the request, wrapped by the master key; null once erased';
COMMENT ON COLUMN requests.answers IS 'Sealed JSON of the answers, page by page, as typed and as understood';
COMMENT ON COLUMN requests.revision IS 'Grows with each saving; a saving of an older one is refused';
COMMENT ON COLUMN requests.terms IS 'Receipt of the acceptance of the terms, signed by the legal service';
COMMENT ON COLUMN requests.number IS 'What the person quotes; with a check character';
COMMENT ON COLUMN requests.tracking_code_hash IS 'SHA-256 of the secret tracking code';
CREATE INDEX ix__requests__account ON requests (account_id, id DESC) WHERE account_id IS NOT NULL;

CREATE TABLE request_events (
    request_id uuid NOT NULL,
    position integer NOT NULL,
    recorded_at timestamptz NOT NULL,
    kind text NOT NULL,
    actor text NOT NULL,
    PRIMARY KEY (request_id, position),
    CONSTRAINT fk__request_events__request FOREIGN KEY (request_id) REFERENCES requests (id)
);
COMMENT ON TABLE request_events IS 'What happened to a request, visible to its owner';
COMMENT ON COLUMN request_events.actor IS 'person, portal or service: never a name';

CREATE TABLE supporting_documents (
    id uuid PRIMARY KEY,
    request_id uuid NOT NULL,
    document_id text NOT NULL,
    name bytea NOT NULL,
    media_type text NOT NULL,
    size integer NOT NULL,
    content_hash bytea NOT NULL,
    blob_key text NOT NULL,
    uploaded_at timestamptz NOT NULL,
    CONSTRAINT fk__supporting_documents__request FOREIGN KEY (request_id) REFERENCES requests (id)
);
COMMENT ON TABLE supporting_documents IS 'Files joined to a request';
COMMENT ON COLUMN supporting_documents.name IS 'The file''s own name, sealed';
COMMENT ON COLUMN supporting_documents.size IS 'Bytes, before sealing';
COMMENT ON COLUMN supporting_documents.content_hash IS 'SHA-256 of the bytes received';
CREATE INDEX ix__supporting_documents__request ON supporting_documents (request_id, uploaded_at);

CREATE TABLE acknowledgements (
    request_id uuid PRIMARY KEY,
    pdf bytea NOT NULL,
    content_hash bytea NOT NULL,
    emitted_at timestamptz NOT NULL,
    mailed_at timestamptz,
    CONSTRAINT fk__acknowledgements__request FOREIGN KEY (request_id) REFERENCES requests (id)
);
COMMENT ON TABLE acknowledgements IS 'The acknowledgement as it was issued, once';
COMMENT ON COLUMN acknowledgements.pdf IS 'Sealed PDF';
COMMENT ON COLUMN acknowledgements.mailed_at IS 'When the mail server took it; null when not yet, or no address was given';

-- migrate: rollback
