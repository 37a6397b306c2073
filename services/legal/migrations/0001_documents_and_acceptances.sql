-- Published legal texts by version, and the acceptances of them.
-- depends:

-- migrate: apply
CREATE TABLE document_versions (
    slug text NOT NULL,
    version integer NOT NULL,
    effective_from timestamptz NOT NULL,
    change text NOT NULL,
    loaded_at timestamptz NOT NULL,
    audit_position bigint NOT NULL,
    CONSTRAINT pk__document_versions PRIMARY KEY (slug, version),
    CONSTRAINT ck__document_versions__version CHECK (version >= 1),
    CONSTRAINT ck__document_versions__change CHECK (change IN ('material', 'editorial'))
);
COMMENT ON TABLE document_versions IS 'Dated versions of each legal document; immutable once in force';
COMMENT ON COLUMN document_versions.slug IS 'Name of the document in addresses, e.g. conditions-generales';
COMMENT ON COLUMN document_versions.version IS 'Grows by one with each amendment';
COMMENT ON COLUMN document_versions.effective_from IS 'Instant from which the version is in force, until a higher one is';
COMMENT ON COLUMN document_versions.change IS 'material asks for acceptance again, editorial does not';
COMMENT ON COLUMN document_versions.loaded_at IS 'When this content was published here';
COMMENT ON COLUMN document_versions.audit_position IS 'Entry of audit_entries that witnesses this content';

CREATE TABLE document_texts (
    slug text NOT NULL,
    version integer NOT NULL,
    language text NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    markdown text NOT NULL,
    html text NOT NULL,
    content_hash text NOT NULL,
    CONSTRAINT pk__document_texts PRIMARY KEY (slug, version, language),
    CONSTRAINT fk__document_texts__version
        FOREIGN KEY (slug, version) REFERENCES document_versions (slug, version),
    CONSTRAINT ck__document_texts__content_hash CHECK (content_hash ~ '^[0-9a-f]{64}$')
);
COMMENT ON TABLE document_texts IS 'A version in one language';
COMMENT ON COLUMN document_texts.slug IS 'Document, with version';
COMMENT ON COLUMN document_texts.version IS 'Version, with slug';
COMMENT ON COLUMN document_texts.language IS 'fr or en';
COMMENT ON COLUMN document_texts.title IS 'Title, plain text';
COMMENT ON COLUMN document_texts.summary IS 'One sentence that says what the document holds, plain text';
COMMENT ON COLUMN document_texts.markdown IS 'The text as published, without its title';
COMMENT ON COLUMN document_texts.html IS 'The text as shown: sanitised when published, headings from h2';
COMMENT ON COLUMN document_texts.content_hash IS 'SHA-256, hexadecimal, of title, line feed, markdown in UTF-8';

CREATE TABLE acceptances (
    id uuid NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    document text NOT NULL,
    version integer NOT NULL,
    language text NOT NULL,
    content_hash text NOT NULL,
    page text NOT NULL,
    accepted_at timestamptz NOT NULL,
    audit_position bigint NOT NULL,
    CONSTRAINT pk__acceptances PRIMARY KEY (id),
    CONSTRAINT uq__acceptances__subject_document_version
        UNIQUE (subject_kind, subject_id, document, version),
    CONSTRAINT fk__acceptances__text
        FOREIGN KEY (document, version, language)
        REFERENCES document_texts (slug, version, language),
    CONSTRAINT ck__acceptances__subject_kind CHECK (subject_kind IN ('request', 'account'))
);
COMMENT ON TABLE acceptances IS 'Proof of each acceptance: who, which text, when, where (LEG-02)';
COMMENT ON COLUMN acceptances.id IS 'Named in the receipt';
COMMENT ON COLUMN acceptances.subject_kind IS 'request: an anonymous person, for one request; account: its holder';
COMMENT ON COLUMN acceptances.subject_id IS 'The request or the account';
COMMENT ON COLUMN acceptances.document IS 'Document accepted';
COMMENT ON COLUMN acceptances.version IS 'Version accepted';
COMMENT ON COLUMN acceptances.language IS 'Language in which it was shown';
COMMENT ON COLUMN acceptances.content_hash IS 'Hash of the text that was shown';
COMMENT ON COLUMN acceptances.page IS 'Address of the page on which it was accepted';
COMMENT ON COLUMN acceptances.accepted_at IS 'Instant of the acceptance';
COMMENT ON COLUMN acceptances.audit_position IS 'Entry of audit_entries that witnesses the acceptance';
CREATE INDEX ix__acceptances__audit_position ON acceptances (audit_position);

-- migrate: rollback
