"""Checkpoints: one signed root over every chain ever begun, kept in the store and lodged in another place.

Made each night, after every fifty entries that people write, and by `audit anchor`. The database notes of each entry that
no checkpoint covers it yet. A checkpoint takes up the chains of the oldest of these, so that it costs what has changed,
however many cases there are; of many it takes so many at a time, and nobody waits long for the one lock of SQLite.
The night's looks through every chain after that, for any that grew and was not noted.

Each is worked out from one consistent reading of the store: how many entries a chain has, and the last one's hash. No lock
on the trail is needed: what is written meanwhile only makes chains longer, and nothing here rests on the order of row
numbers. (PostgreSQL grants the lock that design pages ask for only to logins that may also change the trail.)

Only chains that grew since the checkpoint before are stored with it, so that what each root covered can be laid out again.
What is kept of the tree besides is proven against the root before it is used: `models/tree.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise, starmap
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import Any, NamedTuple

from models.connecting import sqlite_path
from models.driver_faults import driver_errors
from models.place import settings
from models.store import Store
from models.transaction import Transaction
from models.tree import Chain, Taken, lay_again, plainly, take_up
from pathways.checkpoints import Anchor, Lodged, read_anchor, sign
from pathways.errors import NotReady, PathwayError
from pathways.tree import Unproven

EVERY = 50
"""Entries after which people's own writing makes a checkpoint."""
IN_ONE = 4 * EVERY
"""Entries, at most, whose checkpoint is worked out and written in one transaction where there is one lock for all."""
BESIDE = 8
"""Entries that others may be writing on PostgreSQL at the same moment, unseen by whoever counts what waits."""
MOST = 4_000
"""Entries that one checkpoint takes up: on SQLite their chains are written in less than a tenth of a second."""
ONE_IN = 5
"""Of many who write while a checkpoint is being made, one in so many sets about another: it may have been given up."""
A_CHECK = timedelta(hours=2)
"""A nightly check that began longer ago and did not finish is over, and holds nobody's checkpoint up."""
A_NIGHT = timedelta(hours=20)
NEWEST = 64
"""Checkpoints that are held against the end of the file elsewhere when people's own writing has made one."""
END = 64 * 1024
"""Bytes of that file that are read then: as many lines, and more, of the longest there are."""
ANCHOR_PARTS = 5
"""Parts of an anchor's line before its signature."""
ONE_AT_A_TIME = 0x70617468
"""PostgreSQL's advisory lock for whoever writes a checkpoint."""
ONE_AFTER_WRITING = ONE_AT_A_TIME + 1
"""And for whoever works one out because people have written."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint as the store has it."""

    id: int
    lodged: Lodged

    @property
    def anchor(self) -> Anchor:
        """What it says."""
        return self.lodged.anchor


def as_checkpoint(row: Any) -> Checkpoint:
    """A row of the table.

    Raises:
        Mistyped: its text is not an anchor's.
    """
    anchor = read_anchor(row.text).anchor
    return Checkpoint(row.id, Lodged(anchor, row.signed_by, bytes(row.signature)))


def sees_part(store: Store) -> bool:
    """Whether the database itself hides rows from this login (PostgreSQL's row-level security)."""
    return store.dialect != "sqlite" and bool(_part(store).fetchone()[0])


def _part(store: Store) -> Any:
    from models.row_security_tables import OWNER, SERVICE

    asked = (
        "SELECT row_security_active('trail') AND NOT EXISTS "
        "(SELECT FROM pg_roles WHERE rolname IN (%s, %s) AND pg_has_role(oid, 'USAGE'))"
    )
    return store.connection.execute(asked, (OWNER, SERVICE))


def _in_one_go(connection: Any, dialect: str) -> AbstractContextManager[Any]:
    """What is asked of PostgreSQL inside goes over together; nobody waits before an answer is looked at."""
    return nullcontext() if dialect == "sqlite" else connection.pipeline()


def latest(store: Store) -> Checkpoint | None:
    """The newest checkpoint; for the managers' digest and the page about the check itself."""
    with store.reading() as tx:
        row = tx.one("last_checkpoint")
    return as_checkpoint(row) if row else None


def make(store: Store, now: datetime, *, insist: bool = True, anew: bool = False) -> Checkpoint:
    """Make checkpoints until all is covered, or give the last one where that is so and it is of this night; lodge them.

    Args:
        store: the store.
        now: the moment that is written on them.
        insist: False makes one at most, of what was noted, and leaves it where somebody else has made one meanwhile.
        anew: lay what is kept of the tree anew.

    Raises:
        NotReady: this login does not see every chain, the place for anchors cannot be written, or the last checkpoint
            does not come out of what is kept of it.
    """
    if sees_part(store):
        raise NotReady(
            "This login sees only part of the records, so it cannot say what all of them are. The nightly service can."
        )
    if anew:
        lay_again(store)
    return _made_and_lodged(store, now, insist)


def _made_and_lodged(store: Store, now: datetime, insist: bool, *, in_one: bool = False) -> Checkpoint:
    made = _made(store, now, insist, in_one)
    place = outside(store)
    if place is not None:
        lodge(store, place, every=insist)
    return made


class _Seen(NamedTuple):
    """What a reading of the store finds before anything is worked out: rows of the statements that `_look` asks."""

    last: list[Any]
    noted: list[tuple[Any, ...]]
    chains: list[tuple[Any, ...]]
    first_run: list[tuple[Any, ...]]
    """None: nothing is kept of the tree. So it is where the last checkpoint was made by an older version."""
    settings: list[tuple[Any, ...]]
    messages: list[tuple[Any, ...]]


def _look(tx: Transaction) -> _Seen:
    asked: tuple[tuple[str, dict[str, Any]], ...] = (
        ("oldest_uncovered", {"most": MOST}),
        ("uncovered_chains", {"most": MOST}),
        ("tree_runs", {"level": 0, "places": tx.numbers([0])}),
        ("settings", {}),
        ("last_message", {}),
    )
    if tx.dialect == "sqlite":
        return _Seen(tx.all("last_checkpoint"), *plainly(tx, *asked))
    return _Seen(*tx.together(("last_checkpoint", {}), *asked))


@dataclass(frozen=True, slots=True)
class _Next:
    """The next checkpoint, worked out: what it takes up (None: nothing, it is all covered), and what it is made of."""

    taken: Taken | None
    noted: list[int]
    """The notes of entries that are covered once it is written."""
    message: int
    settings: dict[str, str]


def _made(store: Store, now: datetime, insist: bool, in_one: bool) -> Checkpoint:
    if in_one:
        with suppress(Unproven):
            return _in_one(store, now)
    while True:
        with store.reading() as tx:
            seen = _look(tx)
            last = seen.last[0] if seen.last else None
            step = _next(tx, seen, last, now, insist)
        if step is None:
            return as_checkpoint(last)
        lodged = _lodged(store, step, now)
        with store.writing() as tx:
            made = _kept(tx, last, lodged, step)
            if not insist:
                return made or as_checkpoint(tx.need("last_checkpoint"))


def _in_one(store: Store, now: datetime) -> Checkpoint:
    """Make one checkpoint where it is still due, with the lock of SQLite from the beginning.

    Whoever has just written mostly gets the lock once more at once. With a reading before it they would have waited
    for it among all who write, and others have set about the same checkpoint meanwhile.

    Raises:
        Unproven: what is kept of the tree is wrong. It is not laid anew while everybody waits.
    """
    with store.writing() as tx:
        seen = _look(tx)
        last = seen.last[0] if seen.last else None
        due = bool(seen.noted) and seen.noted[-1][0] - seen.noted[0][0] + 1 >= EVERY
        step = _next(tx, seen, last, now, insist=False, lay=False) if due or last is None else None
        if step is None:
            return as_checkpoint(last)
        return _kept(tx, last, _lodged(store, step, now), step) or as_checkpoint(last)


def _next(
    tx: Transaction, seen: _Seen, last: Any, now: datetime, insist: bool, *, lay: bool = True
) -> _Next | None:
    """What the next checkpoint is to cover; None: the last one will do. `lay`: as `take_up` has it."""
    noted = seen.noted
    grown = [each for each in starmap(Chain, seen.chains) if each.entries > each.covered]
    if not noted and insist:
        grown = [Chain(*each) for each in tx.plain("grown_chains")]
    if not (noted or grown) and last is not None and (not insist or now - last.at < A_NIGHT):
        return None
    if last is not None and not insist and not seen.first_run:
        return None  # it is left to the night, which lays the tree
    before = as_checkpoint(last).anchor if last is not None else None
    known: dict[str, str] = dict(seen.settings)
    ids = [each for each, _ in noted]
    if noted and not grown and before is not None:
        return _Next(None, ids, 0, known)
    return _Next(take_up(tx, before, grown, lay_anew=lay), ids, int(seen.messages[0][0]), known)


def _lodged(store: Store, step: _Next, now: datetime) -> Lodged | None:
    if step.taken is None:
        return None
    known, taken = step.settings, step.taken
    origin = known.get("origin") or f"{known.get('authority', 'pathways')}.{token_hex(4)}"
    anchor = Anchor(origin, taken.tree.size, taken.entries, taken.tree.root, now)
    return _signed(store, anchor, practice=known.get("practice") == "yes")


def _kept(tx: Transaction, last: Any, lodged: Lodged | None, step: _Next) -> Checkpoint | None:
    """Write a checkpoint, unless somebody has written one since the chains were read."""
    with _in_one_go(tx.connection, tx.dialect):
        if tx.dialect == "postgresql":
            tx.connection.execute(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        newest = tx.one("last_checkpoint")
    if (newest and newest.id) != (last and last.id):
        return None
    if step.taken is None or lodged is None:
        tx.run("drop_uncovered", ids=tx.numbers(step.noted))
        return as_checkpoint(last)
    anchor = lodged.anchor
    number = tx.need(
        "add_checkpoint",
        at=anchor.at,
        chains=anchor.chains,
        entries=anchor.entries,
        root=anchor.root,
        text=anchor.text,
        signature=lodged.signature,
        signed_by=lodged.signed_by,
        outbox_id=step.message,
        follows=as_checkpoint(last).anchor.code if last is not None else "",
    ).id
    with _in_one_go(tx.connection, tx.dialect):
        tx.run("drop_uncovered", ids=tx.numbers(step.noted))
        step.taken.write(tx, number)
        if "origin" not in step.settings:
            tx.run("put_setting", name="origin", value=anchor.origin)
    return Checkpoint(number, lodged)


def _signed(store: Store, anchor: Anchor, *, practice: bool) -> Lodged:
    """The anchor, signed with the store's own key; in a practice store with one that nobody keeps, and that says so."""
    from models.keys import signing_key

    try:
        seed = signing_key(store)
        if seed is not None:
            return sign(anchor, seed)
        return sign(anchor, token_bytes(32), "practice") if practice else Lodged(anchor)
    except (ImportError, NotReady):
        return Lodged(anchor)


# --- when ---------------------------------------------------------------------------------------------------------


@contextmanager
def writing(store: Store, now: datetime, *, keep: bool = True) -> Iterator[Transaction]:
    """One transaction of somebody's own work, and the checkpoint that may be due once it is saved; as `Store.writing`.

    The form that the work was asked for with (`Store.form`) is finished with it, and stays where the work is refused.
    """
    form = None
    if keep:
        form, store.form = store.form, None
    with store.writing(keep=keep) as tx:
        yield tx
        if form is not None:
            from models.form_drafts import finish

            finish(tx, form, now)
    if keep:
        after_write(store, now)


def after_write(store: Store, now: datetime, *, many: bool = False, done: Transaction | None = None) -> bool:
    """Make a checkpoint if enough entries were written since the last; False where something stood in the way of it.

    `many`: this one work has written more than a few, and is not one of many people who write side by side.
    `done`: the transaction that has just ended; where it read how many entries waited, nobody asks again unless it may
    have written the fiftieth.

    Nobody makes one while the nightly check runs: it writes thousands of entries, and ends with a checkpoint of its own.
    Called once the person's own work is saved. Whatever fails here is not theirs and is not raised: the next night's checkpoint covers
    the same entries, and `audit verify` says how many no anchor covers yet.
    """
    if done is not None and done.waited is not None:
        beside = 0 if store.dialect == "sqlite" else BESIDE
        if done.waited + done.entered + beside < EVERY:
            return True
    try:
        found = Transaction(store.connection, store.dialect).need("written_since", checks_since=now - A_CHECK)
        late = found.waiting - EVERY
        if late < 0 or found.checking:
            return True
        if many or late % ONE_IN == 0:
            with _nobody_else(store) as alone:
                if alone:
                    in_one = store.dialect == "sqlite" and found.waiting <= IN_ONE
                    _made_and_lodged(store, now, insist=False, in_one=in_one)
                    store.checkpoint_owed = False
    except Exception as fault:
        if not isinstance(fault, (PathwayError, OSError, *driver_errors(store.dialect))):
            raise
        store.checkpoint_owed = True
        return False
    return True


@contextmanager
def _nobody_else(store: Store) -> Iterator[bool]:
    """Whether this login sees every chain and nobody else is at a checkpoint after people's writing; nobody else begins one then.

    Only PostgreSQL can tell; it forgets with the connection of whoever it was. On SQLite the later finds it made: once
    they have the lock, or, of more than `IN_ONE` entries, once they have worked it out too.
    """
    if store.dialect == "sqlite":
        yield True
        return
    execute = store.connection.execute
    with _in_one_go(store.connection, store.dialect):
        part = _part(store)
        taken = execute("SELECT pg_try_advisory_lock(%s)", (ONE_AFTER_WRITING,))
    (alone,) = taken.fetchone()
    try:
        yield alone and not part.fetchone()[0]
    finally:
        if alone:
            execute("SELECT pg_advisory_unlock(%s)", (ONE_AFTER_WRITING,))


def nightly(store: Store, now: datetime) -> str:
    """Make the night's checkpoint; what stood in its way in a sentence, empty where nothing did."""
    try:
        make(store, now)
    except PathwayError as refused:
        return str(refused)
    return ""


# --- another place ------------------------------------------------------------------------------------------------


def outside(store: Store) -> Path | None:
    """The file in another place that anchors are added to: PATHWAYS_ANCHORS, or `anchor_file` in pathways.toml.

    Raises:
        NotReady: it lies with the store itself, where whoever changes the one can change the other.
    """
    given = os.environ.get("PATHWAYS_ANCHORS") or settings().get("anchor_file")
    if not given:
        return None
    place = Path(str(given)).expanduser()
    home = sqlite_path(store.url)
    if home is not None and place.resolve().parent == home.resolve().parent and not _practice(store):
        raise NotReady(
            "The file of anchors lies in the same folder as the records, where whoever changes the one can change the "
            "other. Name a place on another computer: anchor_file in pathways.toml"
        )
    return place


def _practice(store: Store) -> bool:
    with store.reading() as tx:
        return any(row.name == "practice" and row.value == "yes" for row in tx.all("settings"))


def lodge(store: Store, place: Path, *, every: bool = True) -> int:
    """Add every checkpoint that the file does not have yet, oldest first, and see that it is on the disk; how many.

    Args:
        store: the store.
        place: the file.
        every: False compares only the newest checkpoints with the file's end, however many there are: of what people's
            own writing makes. Where these do not meet, all are compared all the same. What is missing or altered further
            back is added again by whoever compares all: the night, and `audit anchor`.

    Raises:
        NotReady: the file cannot be written.
    """
    rows, text = (None, "") if every else _at_the_end(store, place)
    if rows is None:
        text = _text_of(place)
        with store.reading() as tx:
            rows = _not_in(text, tx.all("every_checkpoint"))
    lines = [as_checkpoint(row).lodged.line for row in rows]
    if not lines:
        return 0
    try:
        file = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            begun = "\n" if text and not text.endswith("\n") else ""
            os.write(file, "".join([begun, *(line + "\n" for line in lines)]).encode())
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as fault:
        raise NotReady(
            f"The anchor is in the records, and could not be added to the file of anchors ({fault.strerror}). "
            "Mend that place; the next one catches up."
        ) from None
    return len(lines)


def _at_the_end(store: Store, place: Path) -> tuple[list[Any] | None, str]:
    """The newest checkpoints that the file's end lacks, oldest first, and that end; None where it has none of them.

    The file has what came before the oldest that is looked at, if it has that one: it is only ever added to.
    """
    text = _text_of(place, END)
    with store.reading() as tx:
        newest = tx.all("newest_checkpoints", most=NEWEST)[::-1]
    missing = _not_in(text, newest)
    return (missing if newest and newest[0] not in missing else None), text


def _not_in(text: str, rows: list[Any]) -> list[Any]:
    """The checkpoints of which no whole line of a file speaks."""
    there = {" / ".join(line.split(" / ")[:ANCHOR_PARTS]) for line in text.split("\n")[:-1]}
    return [row for row in rows if row.text not in there]


def read_outside(place: Path) -> list[Lodged]:
    """Every anchor of a file, oldest first; none where there is no file.

    A line that was half written when the power went is passed over: it ends the file, or the next one is it in full.

    Raises:
        NotReady: the file cannot be read.
        Mistyped: a line of it is not an anchor.
    """
    lines = _text_of(place).split("\n")
    whole = [line for line, following in pairwise(lines) if not (following and following.startswith(line))]
    return [read_anchor(line) for line in whole if line.strip()]


def _text_of(place: Path, most: int = 0) -> str:
    """What a file of anchors says; at most the whole lines among so many bytes at its end, where that is asked."""
    try:
        with place.open("rb") as file:
            begins = max(0, file.seek(0, os.SEEK_END) - most) if most else 0
            file.seek(begins)
            if begins:
                file.readline()
            return file.read().decode().replace("\r\n", "\n")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        raise NotReady(
            "The file of anchors cannot be read. Look at it before anything else is done."
        ) from None
