"""The limit: the nightly check's rows written by set-based SQL, by hand, with no Python for each case.

It writes what the program writes, hashes included: trail, case, clock, message. It can do so because the store has
at most one limit passed in each case; the program may not take that for granted.
"""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from typing import Any

from benchmarks.population import AS_OF, rules
from models.store import Store
from models.wire import instant_text
from pathways import NAMES, pathway, trail
from pathways.clocks import runs_in, start_of_day
from pathways.days import local_day
from pathways.engine import compiled

NOW = AS_OF


def lookups(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """What the SQL looks up: where a miss leads, whom it tells, which clocks end, the morning of the next reminder."""
    ways, leaving = [], []
    gates = set()
    for name in NAMES:
        found = pathway(name)
        for clock in found.clocks:
            if clock.gate:
                gates.add(clock.rule)
            for (trigger, state), (dest, move) in compiled(name).items():
                if trigger == clock.on_miss:
                    assert not move.conditions, "a timed move with a condition is beyond this SQL"
                    ways.append((name, clock.rule, state, dest, move.trigger))
                    leaving += [
                        (name, state, dest, each.rule)
                        for each in found.clocks
                        if runs_in(each, found, state) and not runs_in(each, found, dest)
                    ]
    cited = store.connection.execute(
        "SELECT DISTINCT rule, edition FROM deadline WHERE closed_at IS NULL"
    ).fetchall()
    tells = []
    for rule, key in cited:
        edition = rules().rulebook.cited(rule, key)
        tells.append((rule, key, ";".join(edition.tells), bool(rule in gates or edition.gate)))
    mornings = []
    for ahead in range(-400, 2):
        day = local_day(AS_OF).fromordinal(local_day(AS_OF).toordinal() + ahead)
        later = start_of_day(rules().calendar.add_working_days(day, 2))
        mornings.append((day.isoformat(), instant_text(later)))
    return {"way": ways, "leaving": sorted(set(leaving)), "tells": tells, "morning": mornings}


SHAPES = {
    "way": "pathway text, rule text, state text, dest text, action text, PRIMARY KEY (pathway, rule, state)",
    "leaving": "pathway text, state text, dest text, rule text, PRIMARY KEY (pathway, state, dest, rule)",
    "tells": "rule text, edition text, roles text, gate boolean, PRIMARY KEY (rule, edition)",
    "morning": "day {day} PRIMARY KEY, look {moment}",
}


def prepare(store: Store) -> None:
    """Put the lookups into temporary tables; not part of what is measured."""
    sqlite = store.dialect == "sqlite"
    for name, rows in lookups(store).items():
        shape = SHAPES[name].format(
            day="text" if sqlite else "date", moment="text" if sqlite else "timestamptz"
        )
        store.connection.execute(f"CREATE TEMPORARY TABLE {name} ({shape})")
        marks = ", ".join(["?" if sqlite else "%s"] * len(rows[0]))
        store.connection.cursor().executemany(f"INSERT INTO {name} VALUES ({marks})", rows)


_HIT = """
SELECT c.id, c.reference, c.pathway, c.team, c.state, c.seq + 1 AS seq, c.head AS prev,
       d.id AS clock, d.key, d.rule, d.due_on, d.due_at, d.look_at,
       COALESCE(w.dest, c.state) AS dest, COALESCE(w.action, 'deadline_missed') AS action, t.roles, t.gate,
       CASE WHEN d.statutory AND NOT t.gate THEN m.look END AS next, d.told
FROM deadline d JOIN pathway_case c ON c.id = d.case_id
JOIN tells t ON t.rule = d.rule AND t.edition = d.edition
LEFT JOIN way w ON w.pathway = c.pathway AND w.rule = d.rule AND w.state = c.state
LEFT JOIN morning m ON m.day = d.due_on
WHERE d.look_at < {as_of} AND d.status = 'open'"""

_ENDED = """
UPDATE deadline SET status = 'ended', closed_at = g.look_at, closed_seq = g.seq, look_at = NULL
FROM (SELECT o.id, h.look_at, h.seq FROM {hit} h
      JOIN leaving l ON l.pathway = h.pathway AND l.state = h.state AND l.dest = h.dest
      JOIN deadline o ON o.case_id = h.id AND o.rule = l.rule AND o.closed_at IS NULL AND o.id <> h.clock
      WHERE h.dest <> h.state) g
WHERE deadline.id = g.id"""

_SQLITE_WRITES = (
    "INSERT INTO trail (case_ref, seq, at, effective_at, actor, role, action, from_state, to_state, rule, basis, voids, key, "
    "commitment, prev, hash, format) SELECT reference, seq, ?1, due_at, 'clock', 'clock', action, state, dest, rule, "
    "'witnessed', NULL, key || '/missed', x'', prev, hash, 1 FROM hit",
    "UPDATE pathway_case SET state = h.dest, seq = h.seq, head = h.hash, changed_at = ?1, version = version + 1 "
    "FROM hit h WHERE pathway_case.id = h.id",
    "UPDATE deadline SET status = CASE WHEN h.gate THEN 'passed' ELSE 'missed' END, look_at = h.next, "
    "told = CASE WHEN h.gate THEN h.told ELSE 1 END, missed_seq = h.seq FROM hit h WHERE deadline.id = h.clock",
    _ENDED.format(hit="hit"),
    "INSERT INTO outbox (key, event, case_ref, pathway, team, rule, due_on, to_roles, effective_at, recorded_at) "
    "SELECT key || '/missed/1', 'pathways.deadline.missed', reference, pathway, team, rule, due_on, roles, look_at, ?1 "
    "FROM hit WHERE NOT gate ON CONFLICT (key) DO NOTHING",
)  # fmt: skip
_HASHED = "SELECT *, chain(prev, reference, seq, due_at, action, state, dest, rule, key) AS hash FROM due"

_PARTS = (
    "reference", "seq::text", "%(now_text)s::text", "at_text", "'clock'", "'clock'", "action", "state", "dest", "rule",
    "'witnessed'", "'-'", "key || '/missed'", "'-'", "'1'",
)  # fmt: skip
_TEXT = " || ".join(f"length({part}) || ':' || {part}" for part in _PARTS)
POSTGRESQL = f"""
WITH due AS ({_HIT.format(as_of="%(as_of)s")}),
hit AS MATERIALIZED (
  SELECT *, sha256('\\x{trail.TAG.hex()}'::bytea || prev || convert_to({_TEXT}, 'UTF8')) AS hash
  FROM (SELECT *, to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') AS at_text FROM due) d),
entry AS (
  INSERT INTO trail (case_ref, seq, at, effective_at, actor, role, action, from_state, to_state, rule, basis, voids, key,
                     commitment, prev, hash, format)
  SELECT reference, seq, %(now)s, due_at, 'clock', 'clock', action, state, dest, rule, 'witnessed', NULL, key || '/missed',
         ''::bytea, prev, hash, 1 FROM hit),
moved AS (
  UPDATE pathway_case SET state = h.dest, seq = h.seq, head = h.hash, changed_at = %(now)s, version = version + 1
  FROM hit h WHERE pathway_case.id = h.id),
stopped AS ({_ENDED.format(hit="hit")}),
missed AS (
  UPDATE deadline SET status = CASE WHEN h.gate THEN 'passed' ELSE 'missed' END, look_at = h.next,
         told = CASE WHEN h.gate THEN h.told ELSE 1 END, missed_seq = h.seq FROM hit h WHERE deadline.id = h.clock)
INSERT INTO outbox (key, event, case_ref, pathway, team, rule, due_on, to_roles, effective_at, recorded_at)
SELECT key || '/missed/1', 'pathways.deadline.missed', reference, pathway, team, rule, due_on, roles, look_at, %(now)s
FROM hit WHERE NOT gate ON CONFLICT (key) DO NOTHING
"""


def run(store: Store, *, chunk: int = 0) -> None:
    """Deal with every passed limit: in one transaction, or so many cases to a transaction, whichever is faster here."""
    if store.dialect == "postgresql":
        store.connection.execute(POSTGRESQL, {"as_of": AS_OF, "now": NOW, "now_text": instant_text(NOW)})
        return
    now = instant_text(NOW)
    execute = store.connection.execute
    store.connection.create_function("chain", 9, _chain(now), deterministic=True)
    if not chunk:
        execute("BEGIN IMMEDIATE")
        execute(f"CREATE TEMPORARY TABLE due AS {_HIT.format(as_of='?1')} ORDER BY c.id", [now])
        execute(f"CREATE TEMPORARY TABLE hit AS {_HASHED}")
        for each in _SQLITE_WRITES:
            execute(each, [now] if "?1" in each else [])
        execute("COMMIT")
        return
    taken = "SELECT case_id, id AS clock FROM deadline WHERE look_at < ?1 ORDER BY case_id"
    execute("CREATE TEMPORARY TABLE taken (place INTEGER PRIMARY KEY, case_id INTEGER, clock INTEGER)")
    execute(f"INSERT INTO taken (case_id, clock) {taken}", [now])
    (count,) = execute("SELECT count(*) FROM taken").fetchone()
    part = _HIT.format(as_of="?1").replace(
        "FROM deadline d JOIN pathway_case c ON c.id = d.case_id",
        "FROM taken k CROSS JOIN deadline d ON d.id = k.clock CROSS JOIN pathway_case c ON c.id = k.case_id",
    )
    for begin in range(0, count, chunk):
        execute("BEGIN IMMEDIATE")
        due = f"{part} AND k.place > {begin} AND k.place <= {begin + chunk} ORDER BY k.place"
        execute(f"CREATE TEMPORARY TABLE hit AS {_HASHED.replace('FROM due', f'FROM ({due})')}", [now])
        for each in _SQLITE_WRITES:
            execute(each, [now] if "?1" in each else [])
        execute("DROP TABLE hit")
        execute("COMMIT")


def _chain(now: str) -> Any:
    """The entry's hash, as a function that SQLite can call: fixed parts are put together once."""
    tag, at = trail.TAG, f"{len(now)}:{now}"
    actor = "5:clock5:clock"

    def chain(
        prev: bytes, ref: str, seq: int, due: str, action: str, state: str, dest: str, rule: str, key: str
    ) -> bytes:
        text = (
            f"{len(ref)}:{ref}{len(str(seq))}:{seq}{at}{len(due)}:{due}{actor}{len(action)}:{action}{len(state)}:{state}"
            f"{len(dest)}:{dest}{len(rule)}:{rule}9:witnessed1:-{len(key) + 7}:{key}/missed1:-1:1"
        )
        return sha256(tag + prev + text.encode()).digest()

    return chain


assert sqlite3.sqlite_version_info >= (3, 33), "UPDATE ... FROM"
