-- Drafts and their approval, cancelled versions, withdrawals, published heads, feedback.
-- depends: 0001_documents_and_acceptances

-- migrate: apply
CREATE TABLE drafts (
    id uuid NOT NULL,
    slug text NOT NULL,
    state text NOT NULL,
    change text NOT NULL,
    effective_from timestamptz,
    based_on integer NOT NULL,
    writers uuid[] NOT NULL,
    approver uuid,
    version integer,
    refusal text NOT NULL,
    revision integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT pk__drafts PRIMARY KEY (id),
    CONSTRAINT uq__drafts__approver UNIQUE (id, approver),
    CONSTRAINT ck__drafts__state CHECK (state IN ('draft', 'submitted', 'discarded', 'scheduled')),
    CONSTRAINT ck__drafts__change CHECK (change IN ('material', 'editorial')),
    CONSTRAINT ck__drafts__writers CHECK (cardinality(writers) >= 1),
    CONSTRAINT ck__drafts__second_person CHECK (approver IS NULL OR approver <> ALL (writers)),
    CONSTRAINT ck__drafts__approved CHECK (
        (state = 'scheduled') = (approver IS NOT NULL) AND (state = 'scheduled') = (version IS NOT NULL)
    )
);
COMMENT ON TABLE drafts IS 'Amendments that staff write before a second person publishes them (LEG-03)';
COMMENT ON COLUMN drafts.id IS 'Chosen by the gateway: beginning twice begins once';
COMMENT ON COLUMN drafts.slug IS 'Document to amend';
COMMENT ON COLUMN drafts.state IS 'draft, submitted, discarded, or scheduled: it became a version, which time then moves on';
COMMENT ON COLUMN drafts.change IS 'material asks for acceptance again, editorial does not';
COMMENT ON COLUMN drafts.effective_from IS 'Instant wished; null: as soon as it is approved';
COMMENT ON COLUMN drafts.based_on IS 'Version whose text the draft began with';
COMMENT ON COLUMN drafts.writers IS 'Accounts of all who wrote in it: none of them may approve it';
COMMENT ON COLUMN drafts.approver IS 'Account of the second person; null until approved';
COMMENT ON COLUMN drafts.version IS 'Version that it became; null until approved';
COMMENT ON COLUMN drafts.refusal IS 'Why it was last sent back to its writers; empty when it never was';
COMMENT ON COLUMN drafts.revision IS 'Grows with each saving; a saving of an older one is refused';
COMMENT ON COLUMN drafts.created_at IS 'When it was begun';
COMMENT ON COLUMN drafts.updated_at IS 'When something last happened to it';
CREATE INDEX ix__drafts__open ON drafts (id DESC) WHERE state IN ('draft', 'submitted');

CREATE TABLE draft_texts (
    draft_id uuid NOT NULL,
    language text NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    markdown text NOT NULL,
    CONSTRAINT pk__draft_texts PRIMARY KEY (draft_id, language),
    CONSTRAINT fk__draft_texts__draft FOREIGN KEY (draft_id) REFERENCES drafts (id)
);
COMMENT ON TABLE draft_texts IS 'A draft in one language, as typed, faults included';
COMMENT ON COLUMN draft_texts.draft_id IS 'Draft';
COMMENT ON COLUMN draft_texts.language IS 'fr or en';
COMMENT ON COLUMN draft_texts.title IS 'Title, plain text';
COMMENT ON COLUMN draft_texts.summary IS 'One sentence, plain text';
COMMENT ON COLUMN draft_texts.markdown IS 'Markdown with placeholders of the authority''s profile';

ALTER TABLE document_versions
    ADD COLUMN draft_id uuid,
    ADD COLUMN approved_by uuid,
    ADD COLUMN cancelled_at timestamptz,
    ADD COLUMN cancel_position bigint,
    ADD CONSTRAINT fk__document_versions__approval
        FOREIGN KEY (draft_id, approved_by) REFERENCES drafts (id, approver),
    ADD CONSTRAINT ck__document_versions__approval
        CHECK ((draft_id IS NULL) = (approved_by IS NULL)),
    ADD CONSTRAINT ck__document_versions__cancelled
        CHECK ((cancelled_at IS NULL) = (cancel_position IS NULL)
            AND (cancelled_at IS NULL OR cancelled_at < effective_from));
COMMENT ON COLUMN document_versions.draft_id IS 'Draft that it comes from; null when loaded from the authority''s files';
COMMENT ON COLUMN document_versions.approved_by IS 'Account of whoever approved the draft, who did not write in it';
COMMENT ON COLUMN document_versions.cancelled_at IS 'When it was withdrawn before coming into force; null when it stands';
COMMENT ON COLUMN document_versions.cancel_position IS 'Entry of audit_entries that witnesses the cancellation';
CREATE UNIQUE INDEX uq__document_versions__effective_from
    ON document_versions (slug, effective_from) WHERE cancelled_at IS NULL;

CREATE TABLE withdrawals (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    document text NOT NULL,
    language text NOT NULL,
    page text NOT NULL,
    withdrawn_at timestamptz NOT NULL,
    audit_position bigint NOT NULL,
    CONSTRAINT pk__withdrawals PRIMARY KEY (id),
    CONSTRAINT uq__withdrawals__account_document UNIQUE (account_id, document)
);
COMMENT ON TABLE withdrawals IS 'Account holders who took their acceptance back: the account is then closed';
COMMENT ON COLUMN withdrawals.id IS 'Named in the audit trail';
COMMENT ON COLUMN withdrawals.account_id IS 'The account, known here by this opaque id alone';
COMMENT ON COLUMN withdrawals.document IS 'Document that had been accepted';
COMMENT ON COLUMN withdrawals.language IS 'Language of the page on which it was taken back';
COMMENT ON COLUMN withdrawals.page IS 'Address of that page';
COMMENT ON COLUMN withdrawals.withdrawn_at IS 'Instant of the withdrawal';
COMMENT ON COLUMN withdrawals.audit_position IS 'Entry of audit_entries that witnesses it';
CREATE INDEX ix__acceptances__account ON acceptances (subject_id, document, version DESC)
    WHERE subject_kind = 'account';

CREATE INDEX ix__audit_entries__document ON audit_entries (split_part(subject, '/', 1), position DESC)
    WHERE action <> 'document-accepted';

CREATE TABLE published_heads (
    day date NOT NULL,
    position bigint NOT NULL,
    hash bytea NOT NULL,
    published_at timestamptz NOT NULL,
    proof text NOT NULL,
    CONSTRAINT pk__published_heads PRIMARY KEY (day),
    CONSTRAINT ck__published_heads__hash CHECK (octet_length(hash) = 32)
);
COMMENT ON TABLE published_heads IS 'Head of the audit trail, made public each day (LEG-04)';
COMMENT ON COLUMN published_heads.day IS 'Day, in UTC';
COMMENT ON COLUMN published_heads.position IS 'Last entry of audit_entries at that time; 0 when there was none';
COMMENT ON COLUMN published_heads.hash IS 'Its hash';
COMMENT ON COLUMN published_heads.published_at IS 'Instant of the publication';
COMMENT ON COLUMN published_heads.proof IS 'The same facts signed by the service (compact JWT, typ evidence-head+jwt)';

CREATE TABLE feedback (
    id uuid NOT NULL,
    received_at timestamptz NOT NULL,
    language text NOT NULL,
    wrapped_key bytea NOT NULL,
    content bytea NOT NULL,
    reply_wanted boolean NOT NULL,
    enqueued_at timestamptz NOT NULL,
    delivered_at timestamptz,
    acknowledged_at timestamptz,
    CONSTRAINT pk__feedback PRIMARY KEY (id)
);
COMMENT ON TABLE feedback IS 'Comments, remarks and suggestions about the portal (LEG-05), until their time to be erased';
COMMENT ON COLUMN feedback.id IS 'Number of the form that was shown: sending it twice sends once';
COMMENT ON COLUMN feedback.received_at IS 'When it was received';
COMMENT ON COLUMN feedback.language IS 'fr or en: the language of the acknowledgement';
COMMENT ON COLUMN feedback.wrapped_key IS 'Data key of this message, wrapped by the master key';
COMMENT ON COLUMN feedback.content IS 'Sealed JSON: subject, message, name, e-mail address, page';
COMMENT ON COLUMN feedback.reply_wanted IS 'Whether an e-mail address was given, to which an acknowledgement is due';
COMMENT ON COLUMN feedback.enqueued_at IS 'When its jobs were last put in the queue';
COMMENT ON COLUMN feedback.delivered_at IS 'When the mail server took it for the webmaster; null until then';
COMMENT ON COLUMN feedback.acknowledged_at IS 'When the mail server took or finally refused the acknowledgement';
CREATE INDEX ix__feedback__received ON feedback (received_at);
CREATE INDEX ix__feedback__undelivered ON feedback (enqueued_at) WHERE delivered_at IS NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;

CREATE TRIGGER acceptances_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
ON acceptances FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER withdrawals_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
ON withdrawals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER published_heads_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
ON published_heads FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_texts_never_change BEFORE UPDATE OR TRUNCATE
ON document_texts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION guard_document_version() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.effective_from <= clock_timestamp() THEN
            RAISE EXCEPTION 'version % of % is in force and cannot be removed', OLD.version, OLD.slug;
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.cancelled_at IS NOT NULL
            OR to_jsonb(NEW) - 'cancelled_at' - 'cancel_position'
                IS DISTINCT FROM to_jsonb(OLD) - 'cancelled_at' - 'cancel_position'
        THEN
            RAISE EXCEPTION 'a published version never changes';
        END IF;
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1
        FROM document_versions AS others
        WHERE others.slug = NEW.slug
            AND others.cancelled_at IS NULL
            AND (others.version < NEW.version) IS DISTINCT FROM (others.effective_from < NEW.effective_from)
    ) THEN
        RAISE EXCEPTION 'versions of % come into force in the order of their numbers', NEW.slug;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER document_versions_are_guarded BEFORE INSERT OR UPDATE OR DELETE
ON document_versions FOR EACH ROW EXECUTE FUNCTION guard_document_version();

CREATE FUNCTION guard_document_text() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF EXISTS (
        SELECT 1
        FROM document_versions AS versions
        WHERE versions.slug = OLD.slug
            AND versions.version = OLD.version
            AND versions.effective_from <= clock_timestamp()
    ) THEN
        RAISE EXCEPTION 'version % of % is in force and keeps its texts', OLD.version, OLD.slug;
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER document_texts_are_guarded BEFORE DELETE
ON document_texts FOR EACH ROW EXECUTE FUNCTION guard_document_text();

-- migrate: rollback
