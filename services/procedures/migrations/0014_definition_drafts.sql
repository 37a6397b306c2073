-- Definitions edited in the browser: drafts, their approval, and who holds a procedure.
-- depends: 0013_resume_links

-- migrate: apply
CREATE TABLE definition_drafts (
    id uuid NOT NULL,
    procedure_id text NOT NULL,
    state text NOT NULL,
    based_on integer NOT NULL,
    source text NOT NULL,
    writers uuid[] NOT NULL,
    submitted_hash text NOT NULL DEFAULT '',
    approver uuid,
    version integer,
    refusal text NOT NULL DEFAULT '',
    revision integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT pk__definition_drafts PRIMARY KEY (id),
    CONSTRAINT ck__definition_drafts__state
        CHECK (state IN ('draft', 'submitted', 'published', 'discarded')),
    CONSTRAINT ck__definition_drafts__writers CHECK (cardinality(writers) >= 1),
    CONSTRAINT ck__definition_drafts__second_person
        CHECK (approver IS NULL OR approver <> ALL (writers)),
    CONSTRAINT ck__definition_drafts__published CHECK (
        (state = 'published') = (approver IS NOT NULL)
        AND (state = 'published') = (version IS NOT NULL)
    ),
    CONSTRAINT ck__definition_drafts__submitted
        CHECK (state NOT IN ('submitted', 'published') OR submitted_hash <> ''),
    CONSTRAINT fk__definition_drafts__version FOREIGN KEY (procedure_id, version)
        REFERENCES procedure_versions (procedure_id, version) DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE definition_drafts IS 'Definitions that staff write before a second person publishes them (CAT-06)';
COMMENT ON COLUMN definition_drafts.id IS 'Chosen by the gateway: beginning twice begins once';
COMMENT ON COLUMN definition_drafts.procedure_id IS 'Procedure to amend, or to make';
COMMENT ON COLUMN definition_drafts.state IS 'draft, submitted, published (it became a version) or discarded';
COMMENT ON COLUMN definition_drafts.based_on IS 'Version that it amends; 0 for a new procedure';
COMMENT ON COLUMN definition_drafts.source IS 'The definition in YAML, as last saved, faults included';
COMMENT ON COLUMN definition_drafts.writers IS 'Accounts of all who wrote in it: none of them may approve it';
COMMENT ON COLUMN definition_drafts.submitted_hash IS 'SHA-256 of the definition that was submitted: only that one is approved';
COMMENT ON COLUMN definition_drafts.approver IS 'Account of the second person; null until published';
COMMENT ON COLUMN definition_drafts.version IS 'Version that it became; null until published';
COMMENT ON COLUMN definition_drafts.refusal IS 'Why it was last sent back to its writers; empty when it never was';
COMMENT ON COLUMN definition_drafts.revision IS 'Grows with each saving; a saving of an older one is refused';
COMMENT ON COLUMN definition_drafts.created_at IS 'When it was begun';
COMMENT ON COLUMN definition_drafts.updated_at IS 'When something last happened to it';
CREATE INDEX ix__definition_drafts__open ON definition_drafts (id DESC)
    WHERE state IN ('draft', 'submitted');

ALTER TABLE procedures
    ADD COLUMN held_by text NOT NULL DEFAULT 'files',
    ADD CONSTRAINT ck__procedures__held_by CHECK (held_by IN ('files', 'staff'));
COMMENT ON COLUMN procedures.held_by IS 'files: its file makes its versions. staff: the browser did last, and the file waits until it says the same';
CREATE INDEX ix__audit_entries__procedure
    ON audit_entries (split_part(subject, '/', 1), position DESC);

-- migrate: rollback
