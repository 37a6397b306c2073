-- Staff found by what they may do, whatever the number of residents.
-- depends: 0003_federated_links

-- migrate: apply
CREATE INDEX ix__accounts__staff ON accounts USING gin (roles) WHERE roles <> '{}';

-- migrate: rollback
