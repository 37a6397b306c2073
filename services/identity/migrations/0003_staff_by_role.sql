-- Staff found by what they may do, whatever the number of residents.
-- depends: 0002_account_life

-- migrate: apply
CREATE INDEX ix__accounts__staff ON accounts USING gin (roles) WHERE roles <> '{}';

-- migrate: rollback
