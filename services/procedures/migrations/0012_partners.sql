-- Partner organisations: health, disclosures, departures counted without anybody's name.
-- depends: 0001_catalogue

-- migrate: apply
CREATE TABLE partner_health (
    procedure_id text PRIMARY KEY,
    state text NOT NULL,
    failures integer NOT NULL,
    since timestamptz NOT NULL,
    checked_at timestamptz NOT NULL,
    CONSTRAINT fk__partner_health__procedure FOREIGN KEY (procedure_id) REFERENCES procedures (id),
    CONSTRAINT ck__partner_health__state CHECK (state IN ('up', 'down'))
);
COMMENT ON TABLE partner_health IS 'What the last probes of a partner''s site found';
COMMENT ON COLUMN partner_health.failures IS 'Probes failed in a row; three say down, one success says up';
COMMENT ON COLUMN partner_health.since IS 'When the state last changed';

CREATE TABLE partner_departures (
    procedure_id text NOT NULL,
    day date NOT NULL,
    departures integer NOT NULL,
    PRIMARY KEY (procedure_id, day),
    CONSTRAINT fk__partner_departures__procedure
        FOREIGN KEY (procedure_id) REFERENCES procedures (id)
);
COMMENT ON TABLE partner_departures IS 'How many people left for a partner each day: no trace of who';

CREATE TABLE disclosures (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    procedure_id text NOT NULL,
    recipient text NOT NULL,
    subject_id uuid NOT NULL,
    data text[] NOT NULL
);
COMMENT ON TABLE disclosures IS 'Each sending of somebody''s data to a partner (DAT-04); append-only';
COMMENT ON COLUMN disclosures.recipient IS 'The partner, e.g. payfip';
COMMENT ON COLUMN disclosures.subject_id IS 'The payer or request whose data travelled';
COMMENT ON COLUMN disclosures.data IS 'Which data, by name: never their content';
CREATE INDEX ix__disclosures__subject ON disclosures (subject_id, id);
CREATE FUNCTION refuse_disclosure_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'disclosures is append-only'; END $$;
CREATE TRIGGER disclosures_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON disclosures FOR EACH STATEMENT EXECUTE FUNCTION refuse_disclosure_change();

-- migrate: rollback
