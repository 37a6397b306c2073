-- The catalogue of online procedures: definitions by version, and where each one stands.
-- depends:

-- migrate: apply
CREATE TABLE catalogue (
    singleton boolean PRIMARY KEY DEFAULT true,
    revision bigint NOT NULL DEFAULT 0,
    vocabulary jsonb NOT NULL DEFAULT '{}',
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT ck__catalogue__singleton CHECK (singleton)
);
COMMENT ON TABLE catalogue IS 'One row: locked by whoever changes the catalogue, watched by its readers';
COMMENT ON COLUMN catalogue.singleton IS 'Always true: the table has one row';
COMMENT ON COLUMN catalogue.revision IS 'Grows with each change of anything in the catalogue';
COMMENT ON COLUMN catalogue.vocabulary IS 'Themes, audiences and synonyms, as in _vocabulary.yaml';
COMMENT ON COLUMN catalogue.changed_at IS 'When the revision last grew';
INSERT INTO catalogue DEFAULT VALUES;

CREATE TABLE procedures (
    id text PRIMARY KEY,
    current_version integer NOT NULL,
    state text NOT NULL,
    suspension jsonb,
    declared jsonb NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT ck__procedures__state
        CHECK (state IN ('draft', 'published', 'suspended', 'withdrawn')),
    CONSTRAINT ck__procedures__suspension
        CHECK ((state = 'suspended') = (suspension IS NOT NULL))
);
COMMENT ON TABLE procedures IS 'Where each procedure stands now';
COMMENT ON COLUMN procedures.id IS 'Its name in addresses, e.g. carte-decheterie; never changes';
COMMENT ON COLUMN procedures.current_version IS 'The version that new requests follow';
COMMENT ON COLUMN procedures.state IS 'draft, published, suspended or withdrawn: changes without a new version';
COMMENT ON COLUMN procedures.suspension IS 'Since when, until when if known, and why; only when suspended';
COMMENT ON COLUMN procedures.declared IS 'State that the file last declared: the state follows the file only when this changes';
COMMENT ON COLUMN procedures.changed_at IS 'When the version or the state last changed';

CREATE TABLE procedure_versions (
    procedure_id text NOT NULL,
    version integer NOT NULL,
    content_hash text NOT NULL,
    definition jsonb NOT NULL,
    loaded_at timestamptz NOT NULL,
    PRIMARY KEY (procedure_id, version),
    CONSTRAINT fk__procedure_versions__procedure
        FOREIGN KEY (procedure_id) REFERENCES procedures (id),
    CONSTRAINT ck__procedure_versions__version CHECK (version > 0)
);
COMMENT ON TABLE procedure_versions IS 'Every version ever loaded, kept: requests stay tied to theirs';
COMMENT ON COLUMN procedure_versions.procedure_id IS 'The procedure';
COMMENT ON COLUMN procedure_versions.version IS '1, 2, 3... in the order of loading';
COMMENT ON COLUMN procedure_versions.content_hash IS 'SHA-256 of the definition in canonical JSON, hexadecimal';
COMMENT ON COLUMN procedure_versions.definition IS 'The definition with shared questions written out, without its state';
COMMENT ON COLUMN procedure_versions.loaded_at IS 'When it was loaded';

ALTER TABLE procedures ADD CONSTRAINT fk__procedures__current_version
    FOREIGN KEY (id, current_version) REFERENCES procedure_versions (procedure_id, version)
    DEFERRABLE INITIALLY DEFERRED;

-- migrate: rollback
