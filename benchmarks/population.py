"""Stores of N open cases, the same for every contestant.

The program makes a few hundred cases through its own doors, on every pathway, and checks them up to the night
before the one that is measured. A store of N cases holds copies of these: a copy differs in its reference, its
person's name and so in its hashes, in nothing else. In three of every ten exactly one limit passed last night.
"""

from __future__ import annotations

import os
import pickle
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from models import guards
from models.casework import NOTHING_ASKED, Casework
from models.names import fold_name, sounds
from models.people import NewPerson
from models.prepared import statement
from models.schema import upgrade
from models.setup import guards_missing
from models.store import Store, open_store
from models.sweep import pass_due_dates
from models.transaction import Transaction
from models.viewer import ALL_SEEING
from pathways import NAMES, pathway, trail
from pathways.answers import check
from pathways.clocks import Rules
from pathways.days import shipped_calendar
from pathways.definitions import SAME, Move, Pathway
from pathways.engine import Done, Question, decide
from pathways.errors import PathwayError
from pathways.rulebook import load
from pathways.trail import entry_hash
from tests.casefile import COORDINATOR, complete

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "benchmarks" / ".work"
MADE_OF = ("pathways", "models", "benchmarks/population.py", "tests/casefile.py")
"""What the cases to copy hang on: where any of it has changed, they are made anew."""
AS_OF = datetime(2026, 11, 4, 4, 0, tzinfo=UTC)
"""The night that is measured."""
NIGHT_BEFORE = AS_OF - timedelta(days=1)
DUE_IN_TEN = 3
WALKS = 36
MOVES = 16
ONWARD = 0.5
"""How often a walk prefers a move that leads to another state."""
SHARES = {
    "child_protection": 70,
    "allegations": 14,
    "front_door": 4,
    "child_in_need": 2,
    "early_help": 2,
    "missing_education": 2,
}
"""How many cases of a pathway there are to one of any other: so many that about four clocks run in a case."""
ALIKE = 6
"""Models to a share."""
A_CLOCK = 8
LATE = 3
"""How many entries of the trail a running clock outweighs where models are chosen, and how many of that it is worth less
once it is missed: most of an authority's clocks are not.
"""
GIVEN = [
    "Ada",
    "Ben",
    "Cleo",
    "Dev",
    "Esa",
    "Finn",
    "Gwen",
    "Hari",
    "Ines",
    "Jay",
    "Kit",
    "Lena",
    "Milo",
    "Noor",
    "Ola",
    "Pia",
    "Quinn",
    "Rafi",
    "Suki",
    "Tom",
]
ONSETS = [
    "B",
    "Br",
    "C",
    "Cr",
    "D",
    "F",
    "Gl",
    "H",
    "K",
    "L",
    "M",
    "N",
    "P",
    "R",
    "S",
    "St",
    "T",
    "V",
    "W",
    "Th",
]
RHYMES = [
    "adley",
    "ashaw",
    "ellard",
    "ering",
    "ickford",
    "ilham",
    "odwin",
    "oleman",
    "ombs",
    "under",
    "ursley",
    "yland",
]


@cache
def rules() -> Rules:
    """The rules that the benchmarks run under."""
    return Rules(load(), shipped_calendar())


@dataclass(slots=True)
class Model:
    """One case to copy: its rows by table, as mappings, and how many clocks run."""

    case: dict[str, Any]
    person: dict[str, Any]
    episode: dict[str, Any]
    entries: list[dict[str, Any]] = field(default_factory=list)
    payloads: list[dict[str, Any]] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)
    deadlines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def running(self) -> list[dict[str, Any]]:
        """The clocks that have not stopped."""
        return [each for each in self.deadlines if each["closed_at"] is None]

    @property
    def missed(self) -> int:
        """How many of them have been missed."""
        return sum(each["status"] == "missed" for each in self.running)

    @property
    def due(self) -> list[dict[str, Any]]:
        """The clocks that the measured night has something to do with."""
        return [each for each in self.running if each["look_at"] is not None and each["look_at"] < AS_OF]


# --- the cases to copy ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Walk:
    """How a case came about: its way in, when, and the moves made on it and on what it opened."""

    pathway: str
    entry: str
    start: datetime
    moves: tuple[tuple[int, str, str], ...] = ()
    """Hours after the start, pathway, trigger."""


@cache
def models() -> tuple[tuple[Model, ...], tuple[Model, ...]]:
    """Cases with one limit passed last night, and cases with nothing to do; made once for each state of the sources."""
    made = sha256()
    for each in MADE_OF:
        place = ROOT / each
        for source in sorted(place.rglob("*.*")) if place.is_dir() else (place,):
            if source.is_file() and source.suffix in {".py", ".csv"}:
                made.update(source.read_bytes())
    kept = WORK / f"models-{made.hexdigest()[:16]}.pickle"
    if not kept.exists():
        WORK.mkdir(exist_ok=True)
        for old in WORK.glob("models-*.pickle"):
            old.unlink()
        unfinished = kept.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(pickle.dumps(_made()))
        unfinished.rename(kept)
    found: tuple[tuple[Model, ...], tuple[Model, ...]] = pickle.loads(kept.read_bytes())
    return found


def _made() -> tuple[tuple[Model, ...], tuple[Model, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        first = _cases(Path(folder) / "first.db", _explored())
        aimed = [replace(walk, start=start) for walk, model in first for start in _aimed(walk.start, model)]
        second = _cases(Path(folder) / "second.db", ((walk, None) for walk in dict.fromkeys(aimed)))
    due, quiet = [], []
    for _, model in (*first, *second):
        waiting = model.due
        if not waiting:
            quiet.append(model)
        elif (
            len(waiting) == 1
            and waiting[0]["status"] == "open"
            and waiting[0]["look_at"] == waiting[0]["due_at"]
        ):
            due.append(model)
    return _spread(due), _spread(quiet)


def _spread(found: list[Model]) -> tuple[Model, ...]:
    """The models of every pathway, those with many clocks, few of them late, and short trails first."""
    spread: list[Model] = []
    for name in NAMES:
        pool = sorted(
            (each for each in found if each.case["pathway"] == name),
            key=lambda each: len(each.entries) - A_CLOCK * len(each.running) + LATE * each.missed,
        )
        if pool:
            spread += islice(cycle(pool[: 2 * ALIKE]), SHARES.get(name, 1) * ALIKE)
    random.Random(3).shuffle(spread)
    return tuple(spread)


def _explored() -> Iterator[tuple[Walk, random.Random]]:
    for seed in range(WALKS):
        start = AS_OF - timedelta(days=6 + seed * 7 % 180) + timedelta(hours=6)
        for name in NAMES:
            for entry in pathway(name).entries:
                yield Walk(name, entry.name, start), random.Random(f"{name}/{entry.name}/{seed}")


def _aimed(start: datetime, model: Model) -> Iterator[datetime]:
    """Starts that let a clock of the case run out in the last night."""
    for each in model.running:
        if each["look_at"] is not None:
            passed = AS_OF - timedelta(hours=5) - each["due_at"]
            yield start + timedelta(days=round(passed / timedelta(days=1)))


def _cases(path: Path, walks: Iterable[tuple[Walk, random.Random | None]]) -> list[tuple[Walk, Model]]:
    """Walk each walk, check the store up to the night before, and read the open cases."""
    upgrade(f"sqlite:///{path}")
    found = []
    with open_store(f"sqlite:///{path}") as store:
        store.connection.execute("PRAGMA synchronous=OFF")
        store.viewer = ALL_SEEING
        casework = Casework(store, rules())
        walked: dict[int, Walk] = {}
        made: Counter[tuple[str, str]] = Counter()
        for walk, draw in walks:
            opened = _opened(casework, walk)
            if opened is not None:
                person_id, _ = opened
                walked[person_id] = _explore(store, casework, walk, person_id, draw, made) if draw else walk
                if not draw:
                    _again(store, casework, walk, person_id)
        pass_due_dates(store, rules(), NIGHT_BEFORE, NIGHT_BEFORE)
        with store.reading() as tx:
            for row in tx.all("every_case_state"):
                if row.is_open:
                    model = _read(tx, row.reference)
                    found.append((walked[model.person["id"]], model))
    return found


def _opened(casework: Casework, walk: Walk) -> tuple[int, str] | None:
    """Open the walk's case, if it begins before the night before."""
    if walk.start >= NIGHT_BEFORE:
        return None
    person = NewPerson(given="Ash", family="Birch", birth_date=date(2014, 5, 5))
    answers = complete(pathway(walk.pathway).entry(walk.entry).records, walk.start.date().isoformat())
    try:
        receipt = casework.open(
            walk.pathway, walk.entry, person=person, actor=COORDINATOR, now=walk.start, answers=answers
        )
    except PathwayError:
        return None
    with casework.store.reading() as tx:
        return tx.need("case_by_reference", reference=receipt.reference).person_id, receipt.reference


def _stays_open(found: Pathway, case: Any, move: Move, now: datetime) -> bool:
    """Whether a move may be made, its own answers given, and leaves something open."""
    asked = Question(found, case.state, case.facts)
    answers = complete(move.records, now.date().isoformat())
    try:
        learned = check(move.records or NOTHING_ASKED, answers, now=now, what=move.action).onto(case.facts)
        verdict = decide(asked, move.trigger, COORDINATOR, learned=learned)
    except PathwayError:
        return False
    return isinstance(verdict, Done) and (not found.state(verdict.dest).final or bool(move.opens))


def _move(casework: Casework, reference: str, move: Move, now: datetime) -> bool:
    answers = complete(move.records, now.date().isoformat())
    try:
        casework.make(reference, move.trigger, actor=COORDINATOR, now=now, answers=answers)
    except PathwayError:
        return False
    return True


def _explore(
    store: Store,
    casework: Casework,
    walk: Walk,
    person_id: int,
    draw: random.Random,
    made: Counter[tuple[str, str]],
) -> Walk:
    """Make moves at random, those first that were made least often; returns the walk as it was walked."""
    hours, path = 0, []
    for _ in range(draw.randint(0, MOVES)):
        hours += draw.choice((1, 1, 2, 25))
        now = walk.start + timedelta(hours=hours)
        if now >= NIGHT_BEFORE:
            break
        with store.reading() as tx:
            cases = [row for row in tx.all("cases_of_person", person_id=person_id) if row.is_open]
        if not cases:
            break
        case = draw.choice(cases)
        found = pathway(case.pathway)
        onward = draw.random() < ONWARD
        for move in sorted(
            found.moves_from(case.state),
            key=lambda each: (onward and each.dest == SAME, made[found.name, each.trigger]),
        ):
            if _stays_open(found, case, move, now) and _move(casework, case.reference, move, now):
                made[found.name, move.trigger] += 1
                path.append((hours, found.name, move.trigger))
                break
    return replace(walk, moves=tuple(path))


def _again(store: Store, casework: Casework, walk: Walk, person_id: int) -> None:
    """Make a walk's moves again from another start."""
    for hours, name, trigger in walk.moves:
        now = walk.start + timedelta(hours=hours)
        if now >= NIGHT_BEFORE:
            return
        with store.reading() as tx:
            case = tx.one("open_case_of_person", person_id=person_id, pathway=name)
        if case is None:
            return
        move = next((each for each in pathway(name).moves_from(case.state) if each.trigger == trigger), None)
        if move is not None:
            _move(casework, case.reference, move, now)


def _read(tx: Transaction, reference: str) -> Model:
    case = tx.need("case_by_reference", reference=reference)
    person = tx.need("person_by_id", person_id=case.person_id)._asdict()
    episode = tx.connection.execute(
        "SELECT opened_on FROM episode WHERE id = ?", [case.episode_id]
    ).fetchone()
    entries = [row._asdict() for row in tx.all("trail_of_case", reference=reference)]
    payloads = [
        {name: each[name] for name in ("case_ref", "seq", "salt", "body")}
        for each in entries
        if each["body"] is not None
    ]
    columns = (each for each in statement("sqlite", "import_case").order if each != "id")
    return Model(
        {name: getattr(case, name) for name in columns},
        person,
        {"opened_on": date.fromisoformat(episode[0])},
        [{name: each[name] for name in statement("sqlite", "add_trail").order} for each in entries],
        payloads,
        [row._asdict() for row in tx.all("records_of_case", case_id=case.id)],
        [row._asdict() for row in tx.all("deadlines_of_case", case_id=case.id)],
    )


# --- copying ------------------------------------------------------------------------------------------------------


def names(count: int) -> Iterator[tuple[str, str]]:
    """Invented names; about as many bearers to each as in an authority's records."""
    draw = random.Random(7)
    families = [onset + rhyme for onset in ONSETS for rhyme in RHYMES]
    families += [f"{one}-{other}" for one, other in zip(families, reversed(families), strict=True)]
    for _ in range(count):
        yield draw.choice(GIVEN), draw.choice(families)


class _Copier:
    """One model in the driver's form: a copy is its tuples with a few values put in."""

    def __init__(self, model: Model, dialect: str) -> None:
        self.model = model
        self.prefix = f"{model.case['reference'].split('-')[0]}-2026-"
        ready = {name: statement(dialect, name) for name, _, _ in TABLES}
        orders = {name: each.order for name, each in ready.items()}
        whole = lambda name, row: ready[name].values(row)  # noqa: E731
        self.case = whole("import_case", {**model.case, "id": 0})
        self.case_at = [
            orders["import_case"].index(each)
            for each in ("id", "reference", "person_id", "episode_id", "head")
        ]
        self.person = whole("import_person", model.person)
        self.person_at = orders["import_person"].index("id")
        blank = dict.fromkeys(orders["import_episode"])
        self.episode = whole("import_episode", {
            **blank, **model.episode, "basis": "witnessed", "details": {}, "recorded_at": model.case["opened_at"],
        })  # fmt: skip
        self.episode_at = [orders["import_episode"].index(each) for each in ("id", "person_id")]
        order = orders["add_trail"]
        self.trail_at = [order.index(each) for each in ("case_ref", "key", "prev", "hash")]
        into = statement("sqlite", "add_trail")
        self.entries = []
        for each in model.entries:
            told = dict(zip(order, into.values(each), strict=True))
            hashed = (
                told["seq"], told["at"], told["effective_at"], told["actor"], told["role"], told["action"],
                told["from_state"], told["to_state"], told["rule"], told["basis"], told["voids"],
            )  # fmt: skip
            self.entries.append((whole("add_trail", each), hashed, each["key"], each["commitment"]))
        self.payloads = [(each["seq"], each["salt"], each["body"]) for each in model.payloads]
        self.records = [whole("add_record", each) for each in model.records]
        self.record_at = orders["add_record"].index("case_id")
        self.deadlines = [(whole("add_deadline", each), each["key"]) for each in model.deadlines]
        self.deadline_at = [orders["add_deadline"].index(each) for each in ("key", "case_id")]

    def copy(self, number: int, into: dict[str, list[Any]]) -> None:
        """Add the rows of one copy."""
        reference = f"{self.prefix}{number:07d}"
        head = trail.genesis(reference)
        old = len(self.model.case["reference"])
        ref_at, key_at, prev_at, hash_at = self.trail_at
        for values, hashed, key, committed in self.entries:
            row = values.copy()
            key = key and reference + key[old:]
            made = entry_hash(head, reference, *hashed, key, committed)
            row[ref_at], row[key_at], row[prev_at], row[hash_at] = reference, key, head, made
            head = made
            into["add_trail"].append(row)
        for seq, salt, body in self.payloads:
            into["add_payload"].append((reference, seq, salt, body))
        person, episode, case = self.person.copy(), self.episode.copy(), self.case.copy()
        person[self.person_at] = number
        episode[self.episode_at[0]] = episode[self.episode_at[1]] = number
        for place, value in zip(self.case_at, (number, reference, number, number, head), strict=True):
            case[place] = value
        into["import_person"].append(person)
        into["import_episode"].append(episode)
        into["import_case"].append(case)
        for values in self.records:
            row = values.copy()
            row[self.record_at] = number
            into["add_record"].append(row)
        key_at, case_at = self.deadline_at
        for values, key in self.deadlines:
            row = values.copy()
            row[key_at], row[case_at] = reference + key[old:], number
            into["add_deadline"].append(row)


TABLES = (
    ("import_person", "person", True),
    ("add_person_name", "person_name", False),
    ("import_episode", "episode", True),
    ("import_case", "pathway_case", True),
    ("add_trail", "trail", False),
    ("add_payload", "trail_payload", False),
    ("add_record", "record", False),
    ("add_deadline", "deadline", False),
)
"""Statement, table, whether its keys are given."""
AT_ONCE = 5_000


def fill(url: str, count: int, *, due: int = DUE_IN_TEN) -> None:
    """Make a store of `count` cases at an address; `due` in ten of them with a limit that passed last night."""
    upgrade(url)
    passed, quiet = models()
    with open_store(url) as store, _bare(store):
        dialect = store.dialect
        copiers = [
            cycle([_Copier(each, dialect) for each in pool])
            for pool in ((passed, quiet) if due else (quiet, quiet))
        ]
        named = zip(range(1, count + 1), names(count), strict=True)
        keys: dict[tuple[str, str], tuple[str, str]] = {}
        moment = statement(dialect, "add_person_name")
        while batch := list(islice(named, AT_ONCE)):
            rows: dict[str, list[Any]] = {name: [] for name, _, _ in TABLES}
            for number, name in batch:
                next(copiers[0] if number % 10 < due else copiers[1]).copy(number, rows)
                if name not in keys:
                    keys[name] = (fold_name(" ".join(name)), sounds(name[1]))
                folded, heard = keys[name]
                rows["add_person_name"].append(moment.values({
                    "person_id": number, "kind": "usual", "given": name[0], "family": name[1], "folded": folded,
                    "sounds": heard, "from_on": None, "to_on": None, "recorded_at": NIGHT_BEFORE,
                }))  # fmt: skip
            with store.writing() as tx:
                for name, table, _ in TABLES:
                    tx.pour(name, table, rows[name])
        if dialect == "postgresql":
            for _, table, given in TABLES:
                if given:
                    store.connection.execute(
                        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {count + 1}, false)"
                    )
    with open_store(url) as store:
        missing = guards_missing(store)
        if missing:
            raise RuntimeError(f"the filled store lacks the guards {missing}")
        if (
            dialect == "postgresql"
        ):  # as its own housekeeping does; of SQLite nobody asks for statistics, nor does the program
            store.connection.execute("VACUUM (FREEZE, ANALYZE)")


@contextmanager
def _bare(store: Store) -> Iterator[None]:
    """Fill without indices, guards and waiting for the disk; afterwards all is as if each row had come through them."""
    execute = store.connection.execute
    tables = [table for _, table, _ in TABLES]
    if store.dialect == "sqlite":
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "secure_delete=OFF", "cache_size=-400000"):
            execute(f"PRAGMA {pragma}")
        marks = ", ".join("?" * len(tables))
        indices = execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})",
            tables,
        ).fetchall()
        for name in guards.SQLITE:
            execute(f"DROP TRIGGER {name}")
    else:
        execute("SET session_replication_role = replica")  # no look-up of what a row refers to
        indices = execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY (%s) AND NOT EXISTS "
            "(SELECT FROM pg_constraint WHERE conname = indexname)",
            [tables],
        ).fetchall()
        execute("ALTER TABLE trail DISABLE TRIGGER USER")
    for name, _ in indices:
        execute(f"DROP INDEX {name}")
    yield
    for _, made in indices:
        execute(made)
    execute("INSERT INTO uncovered (case_ref) SELECT case_ref FROM trail")
    for each in guards.statements(store.dialect):
        execute(each)


def clocks_a_case() -> float:
    """How many clocks run in a case, on average."""
    passed, quiet = models()
    mean = [sum(len(each.running) for each in pool) / len(pool) for pool in (passed, quiet)]
    return (DUE_IN_TEN * mean[0] + (10 - DUE_IN_TEN) * mean[1]) / 10


def copy_file(source: Path, target: Path) -> None:
    """A fresh copy of a SQLite store, with nothing beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        Path(f"{target}{end}").unlink(missing_ok=True)
    shutil.copyfile(source, target)
