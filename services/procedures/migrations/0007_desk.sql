-- The desk: queues, names, private notes.
-- depends: 0006_lifecycle

-- migrate: apply
CREATE INDEX ix__requests__open_queue ON requests (service_id, filed_at, id)
    WHERE state IN ('filed', 'taken_in_hand', 'awaiting_person', 'suspended', 'escalated');
CREATE INDEX ix__requests__state_queue ON requests (service_id, state, filed_at, id)
    WHERE state <> 'draft';
CREATE INDEX ix__requests__service_filed ON requests (service_id, filed_at, id)
    WHERE state <> 'draft';
CREATE INDEX ix__requests__assigned ON requests (assigned_to, filed_at, id)
    WHERE assigned_to IS NOT NULL;
CREATE INDEX ix__requests__due_queue ON requests (service_id, due_on)
    WHERE state IN ('filed', 'taken_in_hand', 'awaiting_person', 'suspended', 'escalated');

CREATE TABLE request_names (
    token bytea NOT NULL,
    service_id text NOT NULL,
    filed_at timestamptz NOT NULL,
    request_id uuid NOT NULL,
    PRIMARY KEY (service_id, token, filed_at, request_id),
    CONSTRAINT fk__request_names__request FOREIGN KEY (request_id) REFERENCES requests (id)
);
COMMENT ON TABLE request_names IS 'Blind index: finds a request by a word of a name that is only stored sealed';
COMMENT ON COLUMN request_names.token IS 'HMAC-SHA-256 of a word without case nor accents';
CREATE INDEX ix__request_names__request ON request_names (request_id);

CREATE TABLE request_notes (
    id uuid PRIMARY KEY,
    request_id uuid NOT NULL,
    written_at timestamptz NOT NULL,
    staff_id uuid NOT NULL,
    body bytea NOT NULL,
    CONSTRAINT fk__request_notes__request FOREIGN KEY (request_id) REFERENCES requests (id)
);
COMMENT ON TABLE request_notes IS 'Notes between agents; the person does not see them on the portal (they are part of a copy of the data)';
COMMENT ON COLUMN request_notes.id IS 'UUIDv7 chosen by the gateway: writing twice writes once';
COMMENT ON COLUMN request_notes.body IS 'Sealed text';
CREATE INDEX ix__request_notes__request ON request_notes (request_id, id);

-- migrate: rollback
