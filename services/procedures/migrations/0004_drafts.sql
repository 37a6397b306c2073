-- Drafts that nobody comes back to: their owner is warned, then they are destroyed.
-- depends: 0003_documents

-- migrate: apply
ALTER TABLE requests ADD COLUMN expiry_warned_at timestamptz;
COMMENT ON COLUMN requests.expiry_warned_at IS 'When the owner of an untouched draft was warned of its end; an earlier saving makes it void';
CREATE INDEX ix__requests__drafts ON requests (updated_at) WHERE state = 'draft';

-- migrate: rollback
