-- What payments hold of a person is destroyed when it was announced.
-- depends: 0010_payments

-- migrate: apply
CREATE INDEX ix__payers__kept ON payers (created_at) WHERE wrapped_key IS NOT NULL;

-- migrate: rollback
