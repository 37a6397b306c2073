-- Payments on the DGFiP's page: settings, debts, payers, attempts, look-ups, credits.
-- depends: 0002_requests

-- migrate: apply
CREATE TABLE regies (
    id text PRIMARY KEY,
    numcli text NOT NULL,
    mode text NOT NULL,
    saisie text NOT NULL,
    account text NOT NULL,
    minimum_cents integer NOT NULL,
    maximum_cents integer NOT NULL,
    active boolean NOT NULL,
    revision integer NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by uuid,
    CONSTRAINT ck__regies__numcli CHECK (numcli ~ '^[0-9]{6}$'),
    CONSTRAINT ck__regies__mode CHECK (mode IN ('form', 'web_service')),
    CONSTRAINT ck__regies__saisie CHECK (saisie IN ('T', 'X', 'A', 'M', 'W')),
    CONSTRAINT ck__regies__limits
        CHECK (100 <= minimum_cents AND minimum_cents <= maximum_cents AND maximum_cents < 10000000)
);
COMMENT ON TABLE regies IS 'How each régie is paid online, edited by its cash officer';
COMMENT ON COLUMN regies.id IS 'The id of the service in charge in the authority profile';
COMMENT ON COLUMN regies.numcli IS 'What the DGFiP knows it by: six figures, leading zeros kept';
COMMENT ON COLUMN regies.saisie IS 'T test, X activation, A, M or W production';
COMMENT ON COLUMN regies.account IS 'The account that is credited, as the cash officer names it';
COMMENT ON COLUMN regies.changed_by IS 'Account of the member of staff; null for the demonstration''s own';

CREATE TABLE debts (
    id uuid PRIMARY KEY,
    source text NOT NULL,
    procedure_id text NOT NULL,
    regie_id text NOT NULL,
    exer text NOT NULL,
    refdet text NOT NULL,
    amount_cents integer NOT NULL,
    objet text NOT NULL,
    state text NOT NULL,
    request_id uuid,
    created_at timestamptz NOT NULL,
    CONSTRAINT fk__debts__request FOREIGN KEY (request_id) REFERENCES requests (id),
    CONSTRAINT uq__debts__bill UNIQUE (regie_id, exer, refdet, amount_cents),
    CONSTRAINT ck__debts__source CHECK (source IN ('request', 'bill', 'import')),
    CONSTRAINT ck__debts__state CHECK (state IN ('due', 'paid', 'overpaid')),
    CONSTRAINT ck__debts__refdet CHECK (refdet ~ '^[A-Za-z0-9]{6,30}$'),
    CONSTRAINT ck__debts__exer CHECK (exer ~ '^[0-9]{0,4}$'),
    CONSTRAINT ck__debts__amount CHECK (100 <= amount_cents AND amount_cents < 10000000)
);
COMMENT ON TABLE debts IS 'Something to pay once; its amount never changes';
COMMENT ON COLUMN debts.source IS 'request: the fee of a filed request; bill: typed by a payer; import: by the cash officer';
COMMENT ON COLUMN debts.refdet IS 'The reference at the DGFiP';
COMMENT ON COLUMN debts.amount_cents IS 'Euro cents';
CREATE INDEX ix__debts__request ON debts (request_id) WHERE request_id IS NOT NULL;

CREATE TABLE payers (
    id uuid PRIMARY KEY,
    debt_id uuid NOT NULL,
    access_key_hash bytea NOT NULL,
    account_id uuid,
    wrapped_key bytea,
    email bytea NOT NULL,
    language text NOT NULL,
    terms jsonb,
    created_at timestamptz NOT NULL,
    CONSTRAINT fk__payers__debt FOREIGN KEY (debt_id) REFERENCES debts (id)
);
COMMENT ON TABLE payers IS 'One person''s dealing with a debt: several people may pay one bill';
COMMENT ON COLUMN payers.id IS 'UUIDv7 chosen by the gateway: opening twice opens once';
COMMENT ON COLUMN payers.access_key_hash IS 'SHA-256 of the secret that the payer holds';
COMMENT ON COLUMN payers.wrapped_key IS 'Data key of the payer, wrapped by the master key; null once erased';
COMMENT ON COLUMN payers.email IS 'Sealed address, sent to the DGFiP';
COMMENT ON COLUMN payers.terms IS 'Receipt of the acceptance of the terms; null for the fee of a request, which has its own';
CREATE INDEX ix__payers__debt ON payers (debt_id);
CREATE INDEX ix__payers__account ON payers (account_id, id DESC) WHERE account_id IS NOT NULL;

CREATE TABLE payment_attempts (
    id uuid PRIMARY KEY,
    debt_id uuid NOT NULL,
    payer_id uuid NOT NULL,
    regie_id text NOT NULL,
    exer text NOT NULL,
    refdet text NOT NULL,
    mode text NOT NULL,
    numcli text NOT NULL,
    amount_cents integer NOT NULL,
    objet text NOT NULL,
    saisie text NOT NULL,
    state text NOT NULL,
    token_hash bytea NOT NULL,
    idop text,
    result text,
    authorisation text,
    transacted_at timestamptz,
    returned_at timestamptz,
    looked_up_at timestamptz,
    next_look_up_at timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT fk__payment_attempts__debt FOREIGN KEY (debt_id) REFERENCES debts (id),
    CONSTRAINT fk__payment_attempts__payer FOREIGN KEY (payer_id) REFERENCES payers (id),
    CONSTRAINT uq__payment_attempts__idop UNIQUE (idop),
    CONSTRAINT uq__payment_attempts__token UNIQUE (token_hash),
    CONSTRAINT ck__payment_attempts__state CHECK (state IN (
        'started', 'unknown', 'open', 'declared', 'disputed',
        'paid', 'refused', 'abandoned', 'expired', 'failed'
    ))
);
COMMENT ON TABLE payment_attempts IS 'One try at paying a debt; what was asked for, to be compared with the answer';
COMMENT ON COLUMN payment_attempts.token_hash IS 'SHA-256 of the secret in the address of return';
COMMENT ON COLUMN payment_attempts.idop IS 'The DGFiP''s number; null in form mode and until it is known';
COMMENT ON COLUMN payment_attempts.result IS 'resultrans as last told: P, V, R, Z, A or another';
COMMENT ON COLUMN payment_attempts.authorisation IS 'numauto: 6 characters by card, 16 by debit';
COMMENT ON COLUMN payment_attempts.returned_at IS 'When the token of return was used in form mode: it serves once';
COMMENT ON COLUMN payment_attempts.next_look_up_at IS 'The durable schedule: null when nothing more is asked';
CREATE UNIQUE INDEX uq__payment_attempts__live_bill ON payment_attempts (regie_id, exer, refdet)
    WHERE state IN ('started', 'unknown', 'open', 'declared', 'disputed');
CREATE INDEX ix__payment_attempts__bill ON payment_attempts (regie_id, exer, refdet, created_at);
CREATE INDEX ix__payment_attempts__due ON payment_attempts (next_look_up_at)
    WHERE next_look_up_at IS NOT NULL;
CREATE INDEX ix__payment_attempts__payer ON payment_attempts (payer_id);
CREATE INDEX ix__payment_attempts__regie ON payment_attempts (regie_id, id DESC);

CREATE TABLE payment_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    attempt_id uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    kind text NOT NULL,
    CONSTRAINT fk__payment_events__attempt FOREIGN KEY (attempt_id) REFERENCES payment_attempts (id)
);
COMMENT ON TABLE payment_events IS 'The states that an attempt took, dated, written with the transition';
CREATE INDEX ix__payment_events__attempt ON payment_events (attempt_id, id);

CREATE TABLE payment_look_ups (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    attempt_id uuid NOT NULL,
    asked_at timestamptz NOT NULL,
    cause text NOT NULL,
    outcome text NOT NULL,
    code text NOT NULL,
    raw bytea NOT NULL,
    CONSTRAINT fk__payment_look_ups__attempt
        FOREIGN KEY (attempt_id) REFERENCES payment_attempts (id)
);
COMMENT ON TABLE payment_look_ups IS 'Each answer about an attempt, as it came; append-only';
COMMENT ON COLUMN payment_look_ups.cause IS 'schedule, notification, return, attempt, officer or file';
COMMENT ON COLUMN payment_look_ups.outcome IS 'answered, faulted or silent';
COMMENT ON COLUMN payment_look_ups.code IS 'resultrans, the code of the fault, or why there was no answer';
COMMENT ON COLUMN payment_look_ups.raw IS 'The whole answer, sealed with the payer''s key';
CREATE INDEX ix__payment_look_ups__attempt ON payment_look_ups (attempt_id, id);

CREATE TABLE credits (
    attempt_id uuid PRIMARY KEY,
    debt_id uuid NOT NULL,
    regie_id text NOT NULL,
    exer text NOT NULL,
    refdet text NOT NULL,
    kind text NOT NULL,
    amount_cents integer NOT NULL,
    result text NOT NULL,
    credited_at timestamptz NOT NULL,
    CONSTRAINT fk__credits__attempt FOREIGN KEY (attempt_id) REFERENCES payment_attempts (id),
    CONSTRAINT fk__credits__debt FOREIGN KEY (debt_id) REFERENCES debts (id),
    CONSTRAINT ck__credits__kind CHECK (kind IN ('payment', 'overpayment')),
    CONSTRAINT ck__credits__result CHECK (result IN ('P', 'V')),
    CONSTRAINT ck__credits__amount CHECK (amount_cents > 0)
);
COMMENT ON TABLE credits IS 'Verified payments, one an attempt; append-only';
COMMENT ON COLUMN credits.kind IS 'payment: the first on its bill; overpayment: any other, queued for refund';
CREATE UNIQUE INDEX uq__credits__bill ON credits (regie_id, exer, refdet) WHERE kind = 'payment';
CREATE INDEX ix__credits__debt ON credits (debt_id);

CREATE TABLE refunds (
    attempt_id uuid PRIMARY KEY,
    amount_cents integer NOT NULL,
    state text NOT NULL,
    note text NOT NULL DEFAULT '',
    queued_at timestamptz NOT NULL,
    settled_at timestamptz,
    settled_by uuid,
    CONSTRAINT fk__refunds__credit FOREIGN KEY (attempt_id) REFERENCES credits (attempt_id),
    CONSTRAINT ck__refunds__state CHECK (state IN ('queued', 'refunded', 'kept')),
    CONSTRAINT ck__refunds__settled CHECK ((state = 'queued') = (settled_at IS NULL))
);
COMMENT ON TABLE refunds IS 'Payments in excess, for a cash officer to decide on; never dropped';
COMMENT ON COLUMN refunds.state IS 'queued, refunded, or kept (with the reason in note)';
CREATE INDEX ix__refunds__queued ON refunds (queued_at) WHERE state = 'queued';

CREATE TABLE payment_alerts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    regie_id text NOT NULL,
    attempt_id uuid,
    kind text NOT NULL,
    detail text NOT NULL,
    raised_at timestamptz NOT NULL,
    closed_at timestamptz,
    closed_by uuid,
    CONSTRAINT fk__payment_alerts__attempt
        FOREIGN KEY (attempt_id) REFERENCES payment_attempts (id),
    CONSTRAINT ck__payment_alerts__closed CHECK ((closed_at IS NULL) = (closed_by IS NULL))
);
COMMENT ON TABLE payment_alerts IS 'What a cash officer must see to, until closed by name';
COMMENT ON COLUMN payment_alerts.detail IS 'A reference or a code; never personal data';
CREATE UNIQUE INDEX uq__payment_alerts__open ON payment_alerts (attempt_id, kind)
    WHERE closed_at IS NULL AND attempt_id IS NOT NULL;
CREATE INDEX ix__payment_alerts__regie ON payment_alerts (regie_id, id DESC);

CREATE TABLE payment_acknowledgements (
    attempt_id uuid PRIMARY KEY,
    pdf bytea NOT NULL,
    content_hash bytea NOT NULL,
    emitted_at timestamptz NOT NULL,
    mailed_at timestamptz,
    CONSTRAINT fk__payment_acknowledgements__credit
        FOREIGN KEY (attempt_id) REFERENCES credits (attempt_id)
);
COMMENT ON TABLE payment_acknowledgements IS 'The acknowledgement of a payment as it was issued, once';
COMMENT ON COLUMN payment_acknowledgements.pdf IS 'Sealed PDF';

CREATE FUNCTION refuse_payment_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER look_ups_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON payment_look_ups FOR EACH STATEMENT EXECUTE FUNCTION refuse_payment_change();
CREATE TRIGGER events_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON payment_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_payment_change();
CREATE TRIGGER credits_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON credits FOR EACH STATEMENT EXECUTE FUNCTION refuse_payment_change();

-- migrate: rollback
