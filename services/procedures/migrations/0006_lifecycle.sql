-- What happens to a request after its filing: its case on the desk, its steps, messages, corrections, decision.
-- depends: 0003_documents

-- migrate: apply
ALTER TABLE requests
    ADD COLUMN service_id text,
    ADD COLUMN assigned_to uuid,
    ADD COLUMN entered_by uuid,
    ADD COLUMN due_on date,
    ADD COLUMN attention_on date,
    ADD COLUMN decided_at timestamptz,
    ADD COLUMN retention_months integer,
    ADD COLUMN erase_on date,
    ADD COLUMN erased_at timestamptz,
    DROP CONSTRAINT ck__requests__state,
    ADD CONSTRAINT ck__requests__state CHECK (state IN (
        'draft', 'filed', 'taken_in_hand', 'awaiting_person', 'accepted', 'refused', 'closed',
        'suspended', 'withdrawn', 'escalated'
    )) NOT VALID;
ALTER TABLE requests VALIDATE CONSTRAINT ck__requests__state;
UPDATE requests
SET service_id = procedure_versions.definition ->> 'service',
    attention_on = requests.filed_at::date + 30,
    retention_months = 24
FROM procedure_versions
WHERE procedure_versions.procedure_id = requests.procedure_id
    AND procedure_versions.version = requests.version
    AND requests.state <> 'draft';
COMMENT ON COLUMN requests.service_id IS 'The service in charge, fixed at filing; null for a draft';
COMMENT ON COLUMN requests.assigned_to IS 'Account of the agent who has it in hand';
COMMENT ON COLUMN requests.entered_by IS 'Account of the agent who began it at a counter for the person; null when the person did';
COMMENT ON COLUMN requests.due_on IS 'Day promised by the procedure''s usual delay';
COMMENT ON COLUMN requests.attention_on IS 'Day on which it is escalated if nothing moves; null once closed';
COMMENT ON COLUMN requests.decided_at IS 'When it was last accepted, refused, closed or withdrawn; null while open';
COMMENT ON COLUMN requests.retention_months IS 'How long personal data are kept after the decision, fixed at filing';
COMMENT ON COLUMN requests.erase_on IS 'Day on which its personal data are destroyed; null while open';
COMMENT ON COLUMN requests.erased_at IS 'When its personal data were destroyed: what remains names nobody';
CREATE INDEX ix__requests__attention ON requests (attention_on) WHERE attention_on IS NOT NULL;
CREATE INDEX ix__requests__erasure ON requests (erase_on) WHERE erase_on IS NOT NULL AND erased_at IS NULL;

ALTER TABLE request_events
    ADD COLUMN staff_id uuid,
    ADD COLUMN detail bytea,
    ADD COLUMN revision integer,
    ADD COLUMN action_key text,
    ADD COLUMN mailed_at timestamptz;
COMMENT ON COLUMN request_events.staff_id IS 'Account of the agent, or id of the business application''s token; never shown to the person';
COMMENT ON COLUMN request_events.detail IS 'Sealed JSON: the reason, the fields asked, the deadline';
COMMENT ON COLUMN request_events.revision IS 'Revision that the request reached with this step';
COMMENT ON COLUMN request_events.action_key IS 'Idempotency key of the action: a repetition finds it and does nothing';
COMMENT ON COLUMN request_events.mailed_at IS 'When the person was told by mail; null when not yet, or no address was given';
CREATE UNIQUE INDEX uq__request_events__action_key ON request_events (request_id, action_key)
    WHERE action_key IS NOT NULL;

CREATE TABLE request_readings (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id uuid NOT NULL,
    read_at timestamptz NOT NULL,
    reader_kind text NOT NULL,
    reader_id uuid NOT NULL,
    purpose text NOT NULL,
    CONSTRAINT fk__request_readings__request FOREIGN KEY (request_id) REFERENCES requests (id),
    CONSTRAINT ck__request_readings__kind CHECK (reader_kind IN ('agent', 'business'))
);
COMMENT ON TABLE request_readings IS 'Who opened a request and when: shown to the person without a name';
COMMENT ON COLUMN request_readings.reader_kind IS 'agent, or business for an application of the service';
COMMENT ON COLUMN request_readings.reader_id IS 'Account of the agent, or id of the application''s token';
COMMENT ON COLUMN request_readings.purpose IS 'opened, file, letter, export or application';
CREATE INDEX ix__request_readings__request ON request_readings (request_id, id);

CREATE TABLE request_messages (
    id uuid PRIMARY KEY,
    request_id uuid NOT NULL,
    sent_at timestamptz NOT NULL,
    author text NOT NULL,
    staff_id uuid,
    body bytea NOT NULL,
    files uuid[] NOT NULL,
    CONSTRAINT fk__request_messages__request FOREIGN KEY (request_id) REFERENCES requests (id),
    CONSTRAINT ck__request_messages__author CHECK (author IN ('person', 'service'))
);
COMMENT ON TABLE request_messages IS 'Messages between the person and the service in charge';
COMMENT ON COLUMN request_messages.id IS 'UUIDv7 chosen by the gateway: sending twice sends once';
COMMENT ON COLUMN request_messages.body IS 'Sealed text';
COMMENT ON COLUMN request_messages.files IS 'Supporting documents that go with it';
CREATE INDEX ix__request_messages__request ON request_messages (request_id, sent_at, id);

CREATE TABLE request_corrections (
    request_id uuid NOT NULL,
    position integer NOT NULL,
    asked_at timestamptz NOT NULL,
    deadline_on date NOT NULL,
    fields text[] NOT NULL,
    documents text[] NOT NULL,
    ended_at timestamptz,
    earlier bytea,
    PRIMARY KEY (request_id, position),
    CONSTRAINT fk__request_corrections__request FOREIGN KEY (request_id) REFERENCES requests (id)
);
COMMENT ON TABLE request_corrections IS 'What the service asked the person to correct or to add';
COMMENT ON COLUMN request_corrections.position IS 'Position of the step that asked';
COMMENT ON COLUMN request_corrections.fields IS 'Fields of the form that the person may change, and only these';
COMMENT ON COLUMN request_corrections.documents IS 'Documents that the person is asked to join';
COMMENT ON COLUMN request_corrections.ended_at IS 'When the answer came, or something else was asked; null while awaited';
COMMENT ON COLUMN request_corrections.earlier IS 'Sealed JSON of the values before the correction, kept as evidence';
CREATE UNIQUE INDEX uq__request_corrections__awaited ON request_corrections (request_id)
    WHERE ended_at IS NULL;

CREATE TABLE decision_templates (
    id text PRIMARY KEY,
    outcome text NOT NULL,
    service_id text,
    title text NOT NULL,
    body_fr text NOT NULL,
    body_en text NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT ck__decision_templates__outcome
        CHECK (outcome IN ('accepted', 'refused', 'closed', 'suspended'))
);
COMMENT ON TABLE decision_templates IS 'Reasons that agents start from when they decide';
COMMENT ON COLUMN decision_templates.service_id IS 'The service that uses it; null for every service';
COMMENT ON COLUMN decision_templates.body_fr IS 'May hold {number}, {procedure} and {filed_on}';

CREATE TABLE decision_letters (
    request_id uuid NOT NULL,
    position integer NOT NULL,
    pdf bytea NOT NULL,
    content_hash bytea NOT NULL,
    emitted_at timestamptz NOT NULL,
    PRIMARY KEY (request_id, position),
    CONSTRAINT fk__decision_letters__request FOREIGN KEY (request_id) REFERENCES requests (id)
);
COMMENT ON TABLE decision_letters IS 'The letter of each decision as it was issued, once';
COMMENT ON COLUMN decision_letters.position IS 'Position of the step that decided';
COMMENT ON COLUMN decision_letters.pdf IS 'Sealed PDF';

-- migrate: rollback
