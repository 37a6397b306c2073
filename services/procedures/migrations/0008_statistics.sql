-- Figures that survive the erasure of what they count.
-- depends: 0006_lifecycle

-- migrate: apply
CREATE TABLE decision_counts (
    procedure_id text NOT NULL,
    service_id text NOT NULL,
    month date NOT NULL,
    outcome text NOT NULL,
    delay text NOT NULL,
    requests integer NOT NULL,
    days bigint NOT NULL,
    late integer NOT NULL,
    PRIMARY KEY (service_id, procedure_id, month, outcome, delay)
);
COMMENT ON TABLE decision_counts IS 'How many requests ended, by procedure, month, outcome and delay: names nobody';
COMMENT ON COLUMN decision_counts.month IS 'First day of the month of the decision';
COMMENT ON COLUMN decision_counts.delay IS 'Class of the time from filing to decision, e.g. 8-15 (days)';
COMMENT ON COLUMN decision_counts.days IS 'Sum of the delays, to make an average';
COMMENT ON COLUMN decision_counts.late IS 'How many of them came after the promised day';

-- migrate: rollback
