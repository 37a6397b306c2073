-- The daily files of the régies, line by line.
-- depends: 0010_payments

-- migrate: apply
CREATE TABLE daily_file_lines (
    regie_id text NOT NULL,
    transacted_at timestamptz NOT NULL,
    refdet text NOT NULL,
    exer text NOT NULL,
    amount_cents integer NOT NULL,
    result text NOT NULL,
    authorisation text NOT NULL,
    attempt_id uuid,
    imported_at timestamptz NOT NULL,
    imported_by uuid NOT NULL,
    PRIMARY KEY (regie_id, refdet, exer, transacted_at, amount_cents, authorisation),
    CONSTRAINT fk__daily_file_lines__attempt
        FOREIGN KEY (attempt_id) REFERENCES payment_attempts (id),
    CONSTRAINT ck__daily_file_lines__result CHECK (result IN ('P', 'V'))
);
COMMENT ON TABLE daily_file_lines IS 'Payments as the DGFiP lists them: importing a file twice changes nothing';
COMMENT ON COLUMN daily_file_lines.attempt_id IS 'The attempt that the line confirms; null when none fits: an alert tells it';
CREATE UNIQUE INDEX uq__daily_file_lines__attempt ON daily_file_lines (attempt_id)
    WHERE attempt_id IS NOT NULL;
CREATE INDEX ix__daily_file_lines__regie ON daily_file_lines (regie_id, transacted_at);

-- migrate: rollback
