-- What was found inside a supporting document: its pages, and the antivirus verdict.
-- depends: 0002_requests

-- migrate: apply
ALTER TABLE supporting_documents
    ADD COLUMN pages integer,
    ADD COLUMN scan text NOT NULL DEFAULT 'unscanned',
    ADD CONSTRAINT ck__supporting_documents__scan
        CHECK (scan IN ('unscanned', 'pending', 'clean', 'infected')) NOT VALID;
ALTER TABLE supporting_documents VALIDATE CONSTRAINT ck__supporting_documents__scan;
COMMENT ON COLUMN supporting_documents.pages IS 'Pages of a PDF; null for anything else';
COMMENT ON COLUMN supporting_documents.scan IS 'unscanned: no antivirus is set up; pending: nobody opens it yet; infected: its bytes were destroyed';

-- migrate: rollback
