"""Fills the database with requests as an authority has them after some years, by the database."""

from collections.abc import Sequence

import asyncpg

from services.procedures.desk.names import NameIndex

# families and given names: the commonest is had by one person in twenty-five
FAMILY_NAMES, GIVEN_NAMES = 20_000, 1_500
YEARS_DAYS = 5 * 365
CREATE_PROCEDURES = """
CREATE TEMPORARY TABLE bench_procedures AS
SELECT
    row_number() OVER (ORDER BY procedure_id) - 1 AS place,
    procedure_id,
    max(version) AS version,
    (array_agg(definition ->> 'service'))[1] AS service_id
FROM procedure_versions
WHERE definition -> 'form' IS NOT NULL
    AND jsonb_typeof(definition -> 'form') = 'object'
GROUP BY procedure_id
"""
# one request in four is of the first procedure; the older, the more surely it is decided
INSERT_REQUESTS = """
INSERT INTO requests (
    id,
    procedure_id,
    version,
    state,
    language,
    account_id,
    access_key_hash,
    wrapped_key,
    answers,
    revision,
    terms,
    created_at,
    updated_at,
    number,
    tracking_code_hash,
    filed_at,
    declaration_hash,
    certified_at,
    service_id,
    assigned_to,
    due_on,
    attention_on,
    decided_at,
    retention_months,
    erase_on
)
SELECT
    gen_random_uuid(),
    chosen.procedure_id,
    chosen.version,
    drawn.state,
    'fr',
    CASE WHEN n % 3 = 0 THEN md5((n % 200000)::text)::uuid END,
    sample.access_key_hash,
    sample.wrapped_key,
    sample.answers,
    CASE WHEN drawn.open THEN 5 ELSE 7 END,
    sample.terms,
    drawn.filed_at,
    drawn.filed_at,
    'BM-' || n,
    sha256(n::text::bytea),
    drawn.filed_at,
    sample.declaration_hash,
    drawn.filed_at,
    chosen.service_id,
    CASE WHEN n / 10 % 2 = 0 THEN md5((n % 40)::text)::uuid END,
    drawn.filed_at::date + 15,
    CASE WHEN drawn.open THEN drawn.filed_at::date + 3650 END,
    CASE WHEN NOT drawn.open THEN drawn.filed_at + (n % 40) * interval '1 day' END,
    24,
    CASE WHEN NOT drawn.open THEN drawn.filed_at::date + 3650 END
FROM generate_series($1::bigint, $2::bigint) AS n
CROSS JOIN LATERAL (
    SELECT
        n % 10 = 0 AS open,
        now() - ((n * 7919) % ($3::bigint * 86400)) * interval '1 second' AS filed_at,
        CASE
            WHEN n % 100 = 0 THEN 'awaiting_person'
            WHEN n % 50 = 0 THEN 'escalated'
            WHEN n % 20 = 0 THEN 'filed'
            WHEN n % 10 = 0 THEN 'taken_in_hand'
            WHEN n % 10 < 8 THEN 'accepted'
            WHEN n % 10 = 8 THEN 'refused'
            ELSE 'closed'
        END AS state
) AS drawn
JOIN bench_procedures AS chosen
    ON chosen.place = CASE
        WHEN n % 4 = 1 OR n % 40 = 0
            THEN (SELECT place FROM bench_procedures WHERE procedure_id = $4)
        ELSE n % (SELECT count(*) FROM bench_procedures)
    END
CROSS JOIN (SELECT * FROM requests WHERE state <> 'draft' AND number LIKE 'NM-%' LIMIT 1) AS sample
"""
INSERT_EVENTS = """
INSERT INTO request_events (request_id, position, recorded_at, kind, actor, revision)
SELECT id, position, filed_at, kind, actor, position
FROM generate_series($1::bigint, $2::bigint) AS n
JOIN requests ON number = 'BM-' || n
CROSS JOIN (
    VALUES (1, 'filed', 'person'), (2, 'taken_in_hand', 'service')
) AS step (position, kind, actor)
"""
INSERT_NAMES = """
INSERT INTO request_names (token, service_id, filed_at, request_id)
SELECT bench_names.token, requests.service_id, requests.filed_at, requests.id
FROM generate_series($1::bigint, $2::bigint) AS n
JOIN requests ON requests.number = 'BM-' || n
CROSS JOIN LATERAL (
    VALUES
        ('family', CASE WHEN n % 25 = 0 THEN 0 ELSE (n * 31) % $3::bigint END),
        ('given', (n * 17) % $4::bigint)
) AS had (kind, place)
JOIN bench_names ON bench_names.kind = had.kind AND bench_names.place = had.place
ON CONFLICT DO NOTHING
"""
INSERT_COUNTS = """
INSERT INTO decision_counts (procedure_id, service_id, month, outcome, delay, requests, days, late)
SELECT
    procedure_id,
    service_id,
    date_trunc('month', decided_at)::date,
    state,
    CASE WHEN decided_at::date - filed_at::date <= 15 THEN '8-15' ELSE '16-30' END,
    count(*),
    sum(decided_at::date - filed_at::date),
    count(*) FILTER (WHERE decided_at::date > due_on)
FROM requests
WHERE decided_at IS NOT NULL
    AND state IN ('accepted', 'refused', 'closed')
GROUP BY 1, 2, 3, 4, 5
ON CONFLICT (service_id, procedure_id, month, outcome, delay) DO UPDATE
SET requests = EXCLUDED.requests, days = EXCLUDED.days, late = EXCLUDED.late
"""


async def prepare(connection: "asyncpg.Connection[asyncpg.Record]", names: NameIndex) -> None:
    """Make the tables that the filling reads: procedures, and words of names as digests."""
    await connection.execute("SET synchronous_commit = off")
    await connection.execute(CREATE_PROCEDURES)
    await connection.execute(
        "CREATE TEMPORARY TABLE bench_names (kind text, place bigint, token bytea)"
    )
    await connection.copy_records_to_table("bench_names", records=_names(names))
    await connection.execute("CREATE INDEX ON bench_names (place, kind)")
    await connection.execute("ANALYZE bench_names")


async def fill(
    connection: "asyncpg.Connection[asyncpg.Record]", first: int, last: int, procedure: str
) -> None:
    """Store the requests numbered `first` to `last`, what hangs on them, and fresh statistics."""
    for start in range(first, last + 1, 100_000):
        end = min(last, start + 99_999)
        await connection.execute(INSERT_REQUESTS, start, end, YEARS_DAYS, procedure, timeout=600)
        await connection.execute(INSERT_EVENTS, start, end, timeout=600)
        await connection.execute(INSERT_NAMES, start, end, FAMILY_NAMES, GIVEN_NAMES, timeout=600)
    await connection.execute(INSERT_COUNTS, timeout=600)
    for table in ("requests", "request_events", "request_names", "decision_counts"):
        await connection.execute(f"VACUUM ANALYZE {table}", timeout=600)


def family_name(place: int) -> str:
    """Return the family name of that place; the first is the commonest."""
    return f"Famille{_letters(place)}"


def given_name(place: int) -> str:
    """Return the given name of that place."""
    return f"Prenom{_letters(place)}"


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def _names(index: NameIndex) -> Sequence[tuple[str, int, bytes]]:
    families = [("family", n, index.digests(family_name(n))[0]) for n in range(FAMILY_NAMES)]
    return families + [("given", n, index.digests(given_name(n))[0]) for n in range(GIVEN_NAMES)]
