-- The files of a copy of data, one a row.
-- depends: 0004_staff_by_role

-- migrate: apply
CREATE TABLE data_copy_files (
    copy_id uuid NOT NULL,
    position integer NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT pk__data_copy_files PRIMARY KEY (copy_id, position),
    CONSTRAINT fk__data_copy_files__copy FOREIGN KEY (copy_id) REFERENCES data_copies (id) ON DELETE CASCADE
);
-- sealed bytes do not shrink: trying costs time for nothing
ALTER TABLE data_copy_files ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE data_copy_files IS 'The files of a copy, one a row: read and written one at a time, whatever their number (DAT-02)';
COMMENT ON COLUMN data_copy_files.copy_id IS 'Whose copy';
COMMENT ON COLUMN data_copy_files.position IS 'Place in the list of files that the copy holds';
COMMENT ON COLUMN data_copy_files.content IS 'The bytes, sealed with the data key of the account';

-- migrate: rollback
