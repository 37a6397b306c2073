-- What somebody has in hand: without it, all that he ever decided would be read.
-- depends: 0016_payment_retention

-- migrate: apply
CREATE INDEX ix__requests__assigned_open ON requests (assigned_to, service_id, filed_at, id)
    WHERE assigned_to IS NOT NULL
        AND state IN ('filed', 'taken_in_hand', 'awaiting_person', 'suspended', 'escalated');

-- migrate: rollback
