"""A store of casework: opened and looked over, read from and written to one transaction at a time."""

from __future__ import annotations

from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any, ClassVar

from models import compiled, guards
from models.connecting import BUSY_SECONDS, connect_postgresql, connect_sqlite, create_file, sqlite_path
from models.deciding import Deciding
from models.driver_faults import Busy, driver_errors, from_sqlite, plain_errors, sqlite_errors
from models.keys import Keys
from models.transaction import Transaction
from models.viewer import NOBODY
from pathways.errors import NOT_PROVEN, NotReady, PathwayError

if TYPE_CHECKING:
    from models.sealing import Sealer

ALONE, LATE, OFF = "BEGIN IMMEDIATE", "BEGIN DEFERRED", 0
BETWEEN_TRIES, PATIENCE, BETWEEN_LATE_TRIES = 0.003, 0.02, 0.0002
"""Seconds after which somebody who waits for the one lock of SQLite asks again, how long so, and after which then."""


class NotProven(PathwayError):
    """The record did not verify: it may be read, and nothing is added until somebody has looked."""

    code: ClassVar[int] = NOT_PROVEN

    def __str__(self) -> str:
        return (
            "The record did not verify, so it may only be read and nothing was saved. "
            "Tell the operator, who looks and then ends this: pathways audit clear"
        )


class Store:
    """A database of casework. Open with `open_store`; use as a context manager or call `close`."""

    def __init__(self, url: str, connection: Any, dialect: str) -> None:
        self.url = url
        self.dialect = dialect
        self.connection = connection
        self.read_only = False
        """Whether the record stood as not proven when this was opened; see `models/readonly.py`."""
        self.keys: list[Keys] | None = None
        """The store's keys once they are known (`models.keys.keys_of`); empty for one that is not encrypted."""
        self.sealed = False
        """Whether the content of cases is sealed, each with a key of its own."""
        self.unencrypted = False
        """Whether it was begun without encryption, for made-up data; every command says so."""
        self.viewer = NOBODY
        """For whom queries are asked; what they may not see is, for every query, as if it did not exist."""
        self.form: int | None = None
        """The guided form that somebody's next piece of work finishes, in its own transaction."""
        self.checkpoint_owed = False
        """Whether a checkpoint was due after work that was written here, and could not be made."""
        self._sqlite_waits = True

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def sealer(self, within: Transaction | None = None) -> Sealer | None:
        """What seals and opens content in one transaction; none for a store whose content is not sealed.

        `within`: the transaction by which it looks up keys, where it is not one of its own on the same connection.
        """
        if not self.sealed:
            return None
        from models.sealing import Sealer

        return Sealer(self, within)

    def reading(self) -> Work:
        """One consistent view of the records; nothing is kept of what is done inside it."""
        begin = "BEGIN" if self.dialect == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        return Work(self, begin, "ROLLBACK")

    def writing(
        self, *, keep: bool = True, service: bool = False, lasting: bool = True, deciding: bool = False
    ) -> Work:
        """One transaction: everything in it is written, or nothing is.

        Args:
            keep: False tries and takes back.
            lasting: False for what may be lost if the power goes in the next moment; the disk is not waited for.
            service: what the service notes about itself (messages sent, a copy made, who looked) and changes no
                case; that goes on while the record may only be read.
            deciding: True takes SQLite's one lock with the first thing that is written, and not before: for what
                reads and decides first; see `models/deciding.py`.

        Raises:
            NotProven: the record did not verify, and this would change it.
            Overtaken: somebody changed what it was `deciding` on; it is done again without that.
        """
        if self.read_only and keep and not service:
            raise NotProven
        begin = (LATE if deciding else ALONE) if self.dialect == "sqlite" else "BEGIN"
        return Work(self, begin, "COMMIT" if keep else "ROLLBACK", lasting)

    def wait_for_the_disk(self, lasting: bool) -> None:
        """Whether what is saved has to be on the disk before that is said."""
        if self.dialect == "sqlite":
            level = "FULL" if lasting else "OFF" if self._log_is_empty() else "NORMAL"
            self.connection.execute(f"PRAGMA synchronous={level}")
        else:
            self.connection.execute("RESET synchronous_commit" if lasting else "SET synchronous_commit = off")

    def _log_is_empty(self) -> bool:
        """Whether SQLite's log is there and nothing has been written to it.

        With NORMAL SQLite waits for the disk once still, when it begins a log: begun over the pages of an older one and
        cut off by a power cut, it could be taken for that one. Where there are none it cannot be, and OFF is as safe:
        whoever commits next, or empties the log, waits for all of it first.
        """
        try:
            return Path(f"{sqlite_path(self.url)}-wal").stat().st_size == 0
        except OSError:
            return False

    def wait_for_a_log_in_use(self) -> None:
        """Begin anew if somebody has written to an empty log before this transaction, which need not last, had its turn."""
        (level,) = self.connection.execute("PRAGMA synchronous").fetchone()
        if level == OFF and not self._log_is_empty():
            self.connection.execute("ROLLBACK")
            self.connection.execute("PRAGMA synchronous=NORMAL")
            self.begin_alone()

    def let_sqlite_wait(self) -> None:
        """Let SQLite wait by itself, as it does not once something has been written; before whatever is no transaction of ours."""
        self.connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1_000:.0f}")
        self._sqlite_waits = True

    def let_sqlite_say_no(self) -> None:
        """Let SQLite say at once that somebody else writes, rather than wait by itself."""
        if self._sqlite_waits:
            self.connection.execute("PRAGMA busy_timeout=0")
            self._sqlite_waits = False

    def begin_alone(self) -> None:
        """Begin a transaction that writes on SQLite, where only one can: ask every few milliseconds, and then more often.

        SQLite's own way of waiting asks ever more rarely, up to ten times a second, and misses the moments between two
        chunks of the nightly check. Whoever asks at once again and again gets in after every move of somebody else, and
        has to read anew what they changed: where many write at once, that takes longer than to let each make a few moves
        in a row. Whoever has waited longer asks more often, so that nobody is left behind.
        """
        execute = self.connection.execute
        self.let_sqlite_say_no()
        left = BUSY_SECONDS
        while left > 0:
            try:
                execute(ALONE)
            except sqlite_errors() as fault:
                if not isinstance(from_sqlite(fault), Busy):
                    raise
                pause = BETWEEN_TRIES if BUSY_SECONDS - left < PATIENCE else BETWEEN_LATE_TRIES
                sleep(pause)
                left -= pause
            else:
                return
        execute(ALONE)


class Work:
    """One transaction from its beginning to its end, for `with`; a fault of the driver's comes out as a sentence."""

    __slots__ = ("_begin", "_end", "_lasting", "_store")

    def __init__(self, store: Store, begin: str, end: str, lasting: bool = True) -> None:
        self._store, self._begin, self._end, self._lasting = store, begin, end, lasting

    def __enter__(self) -> Transaction:
        store = self._store
        try:
            if not self._lasting:
                store.wait_for_the_disk(False)
            if self._begin == ALONE:
                store.begin_alone()
                if not self._lasting:
                    store.wait_for_a_log_in_use()
            elif self._begin == LATE:
                store.let_sqlite_say_no()
                store.connection.execute(LATE)
                return Deciding(store)
            else:
                if not store._sqlite_waits:
                    store.let_sqlite_wait()
                store.connection.execute(self._begin)
            return Transaction(
                store.connection, store.dialect, store.viewer, store.sealer() if store.sealed else None
            )
        except BaseException as fault:
            self._give_up(fault)
            raise

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: object) -> None:
        if fault is not None:
            self._give_up(fault)
            return
        try:
            self._store.connection.execute(self._end)
        except BaseException as late:
            self._give_up(late)
            raise
        if not self._lasting:
            self._wait_again()

    def _give_up(self, fault: BaseException) -> None:
        """Take back what was begun, and say the driver's faults as `plain_errors` does; others stay as they are."""
        with plain_errors(self._store.dialect):
            _roll_back(self._store.connection, self._store.dialect)
            if not self._lasting:
                self._wait_again()
            if isinstance(fault, driver_errors(self._store.dialect)):
                raise fault

    def _wait_again(self) -> None:
        with plain_errors(self._store.dialect):
            self._store.wait_for_the_disk(True)


def _roll_back(connection: Any, dialect: str) -> None:
    """Take back what was begun; a connection that is gone has nothing to take back."""
    try:
        if dialect != "sqlite":
            connection.execute("ROLLBACK")
            # What was to be prepared on the server and came after the fault was not; only this makes the driver forget it.
            with connection.transaction(force_rollback=True):
                pass
        elif connection.in_transaction:
            connection.execute("ROLLBACK")
    except driver_errors(dialect):
        return


def open_store(url: str, *, create: bool = False, check: bool = True) -> Store:
    """Open the store at an address.

    Args:
        url: `sqlite:///file`, or `postgresql+psycopg://login@host/database`.
        create: make an empty SQLite file where there is none (for `init` and `demo`).
        check: refuse a store whose tables or guards are not those of this version.

    Raises:
        NotReady: it is not there, cannot be reached, or belongs to another version.
    """
    path = sqlite_path(url)
    if path is not None:
        if create:
            create_file(path)
        connection, keys = connect_sqlite(path)
        store = Store(url, connection, "sqlite")
        store.keys, store.sealed = keys, bool(keys)
    else:
        store = Store(url, connect_postgresql(url), "postgresql")
    if check:
        try:
            _check_version(store)
        except BaseException:
            store.close()
            raise
    return store


_VERSION = (
    " UNION ALL SELECT 'head ' || version_num FROM alembic_version"
    " UNION ALL SELECT name || ' ' || value FROM setting WHERE name IN ('read_only', 'key_note', 'authority', 'practice', 'unencrypted')"
)


def _check_version(store: Store) -> None:
    """Refuse tables of another version, and a trail whose guards are gone."""
    with store.reading() as tx:
        if store.dialect == "postgresql":
            there = tx.connection.execute("SELECT to_regclass('alembic_version')").fetchone()
            if there[0] is None:
                raise NotReady(
                    "There are no records here yet. To begin: pathways init, or pathways demo to try it out."
                )
        standing = guards.STANDING[store.dialect]
        names = {name for (name,) in tx.connection.execute(standing + _VERSION).fetchall()}
    store.read_only = "read_only yes" in names
    store.sealed = bool(store.keys) or any(name.startswith("key_note ") for name in names)
    _check_encrypted(store, names)
    head = next((name[5:] for name in names if name.startswith("head ")), "")
    if head != compiled.HEAD:
        raise NotReady(_other_version(head))
    if guards.missing(store.dialect, names):
        raise NotReady(
            "The trail's own guards are missing from this store. Stop, and run: pathways db upgrade"
        )


def _check_encrypted(store: Store, names: set[str]) -> None:
    """Refuse real records that lie open; made-up ones may, where that was chosen."""
    begun = any(name.startswith("authority ") for name in names)
    if store.sealed or not begun or "practice yes" in names:
        return
    store.unencrypted = "unencrypted yes" in names
    if store.dialect == "sqlite" and not store.unencrypted:
        raise NotReady(
            "These records lie unencrypted, which is for made-up data only. For real ones begin an encrypted store in "
            "a folder of its own: PATHWAYS_HOME, then pathways init. To go on here with made-up data: pathways init "
            "--unencrypted"
        )


def _other_version(head: str) -> str:
    if head and head > compiled.HEAD:
        return "These records belong to a newer version of this program. Install that version; nothing was changed."
    return "These records belong to an older version. Make a backup, then run: pathways db upgrade"
