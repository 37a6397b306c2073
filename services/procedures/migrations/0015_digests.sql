-- Mails that tell members of staff what waits for them; the queue of what nobody has.
-- depends: 0014_definition_drafts

-- migrate: apply
CREATE TABLE digest_choices (
    staff_id uuid PRIMARY KEY,
    every text NOT NULL,
    chosen_at timestamptz NOT NULL,
    CONSTRAINT ck__digest_choices__every CHECK (every IN ('daily', 'weekly'))
);
COMMENT ON TABLE digest_choices IS 'Who wants a digest, and how often; nobody gets one without asking';
COMMENT ON COLUMN digest_choices.staff_id IS 'Account of the member of staff; the address is asked of identity at each sending';
COMMENT ON COLUMN digest_choices.every IS 'daily (working days) or weekly (Mondays)';
COMMENT ON COLUMN digest_choices.chosen_at IS 'When it was last chosen';

CREATE TABLE digests (
    staff_id uuid NOT NULL,
    day date NOT NULL,
    planned_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (staff_id, day)
);
COMMENT ON TABLE digests IS 'One row for each digest: planned once a day and person, whatever the number of workers';
COMMENT ON COLUMN digests.day IS 'The authority''s calendar day that it is about';
COMMENT ON COLUMN digests.planned_at IS 'When its job was enqueued, in the same transaction';
COMMENT ON COLUMN digests.ended_at IS 'When it was sent, or found to have nothing to say; null while its job waits';
CREATE INDEX ix__digests__day ON digests (day);

-- without it a page of what nobody has would read all that somebody has
CREATE INDEX ix__requests__nobody_queue ON requests (service_id, filed_at, id)
    WHERE assigned_to IS NULL
        AND state IN ('filed', 'taken_in_hand', 'awaiting_person', 'suspended', 'escalated');

-- migrate: rollback
