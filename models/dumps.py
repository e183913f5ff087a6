"""PostgreSQL's own programs: `pg_dump` and `pg_restore`, fed and read piece by piece; a database to try a dump in.

Nothing of a dump lies open on a disk, and no password is an argument.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from secrets import token_hex
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from models.connecting import driver_address
from models.driver_faults import plain_errors
from models.row_security_tables import SERVICE
from models.store import Store
from pathways.errors import NotReady

PIECE = 1 << 20
_VARIABLES = {"dbname": "DATABASE", "connect_timeout": "CONNECT_TIMEOUT"}


NOBODYS = ("--no-owner", "--no-privileges")
"""A backup says nothing of owners and of what they allow: the roles may be others where it is opened."""
SCRATCH = "pathways_copy_"
"""How the names of databases begin in which copies are opened."""
AS_ITSELF = "-c role=none"
"""A login that serves the program becomes its role as it connects; databases and what is in them it makes as itself."""


class NoScratchDatabase(NotReady):
    """This login may not make a database."""


def dump(url: str, *, snapshot: str, role: str) -> Iterator[bytes]:
    """What `pg_dump` writes of a database as one moment saw it, for a backup: without the keys of cases.

    Args:
        url: the database.
        snapshot: the moment, as `pg_export_snapshot` names it.
        role: who asks; a login that serves the program sees everything only as the service's role.

    Raises:
        NotReady: the program is not installed, or did not succeed.
    """
    yield from _dumped(
        url, *NOBODYS, f"--role={role}", f"--snapshot={snapshot}", "--exclude-table-data=case_key"
    )


def dump_all(url: str, *, role: str) -> Iterator[bytes]:
    """What `pg_dump` writes of a whole database: the keys of cases, who owns what, who may what.

    Raises:
        NotReady: the program is not installed, or did not succeed.
    """
    yield from _dumped(url, f"--role={role}")


def _dumped(url: str, *arguments: str) -> Iterator[bytes]:
    arguments = ("--format=custom", *arguments)
    with _program("pg_dump", url, arguments, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while piece := process.stdout.read(PIECE):
            yield piece


def load(url: str, pieces: Iterable[bytes], *, owned: bool = False) -> None:
    """Put a dump into an empty database, in one transaction: all of it or nothing.

    Args:
        url: the database.
        pieces: the dump.
        owned: give everything to whom the dump says, and not to this login.

    Raises:
        NotReady: the program is not installed, or did not succeed.
    """
    from psycopg.conninfo import conninfo_to_dict

    database = conninfo_to_dict(driver_address(url))["dbname"]
    arguments = ("--exit-on-error", "--single-transaction", f"--dbname={database}")
    _feed(url, pieces, arguments if owned else (*NOBODYS, *arguments))


def read_through(url: str, pieces: Iterable[bytes]) -> None:
    """Have `pg_restore` read a dump to its end, and throw away what it says.

    Raises:
        NotReady: the program is not installed, or the dump is not whole.
    """
    _feed(url, pieces, ("--file=/dev/null",))


def _feed(url: str, pieces: Iterable[bytes], arguments: Sequence[str]) -> None:
    with _program("pg_restore", url, arguments, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        try:
            for piece in pieces:
                process.stdin.write(piece)
        except BrokenPipeError:
            pass  # its own exit code says more
        except BaseException:
            process.kill()
            raise
        finally:
            with suppress(BrokenPipeError):
                process.stdin.close()


@contextmanager
def scratch_database(url: str) -> Iterator[str]:
    """An empty database beside the one at this address, dropped afterwards; those of runs that were killed go first.

    Raises:
        NoScratchDatabase: this login may not make one.
    """
    import psycopg
    from psycopg import sql

    name = f"{SCRATCH}{token_hex(6)}"
    with (
        plain_errors("postgresql"),
        psycopg.connect(
            driver_address(url),
            autocommit=True,
            connect_timeout=10,
            application_name=name,
            options=AS_ITSELF,
        ) as connection,
    ):
        for (each,) in connection.execute(_LEFT_BEHIND).fetchall():
            with suppress(psycopg.Error):
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(each))
                )
        try:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege:
            raise NoScratchDatabase(
                "This database login may not make a database to open the copy in. Use one that may (CREATEDB)."
            ) from None
        try:
            parts = urlsplit(url)
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


_LEFT_BEHIND = (
    f"SELECT made.datname::text FROM pg_database made WHERE starts_with(made.datname, '{SCRATCH}') AND NOT EXISTS "
    "(SELECT FROM pg_stat_activity maker WHERE maker.application_name = made.datname)"
)
"""Databases in which copies were opened, and the connection that made each is gone."""


def left_behind(store: Store) -> list[str]:
    """The databases that killed runs left on the store's server, each with a copy of records in it."""
    if store.dialect == "sqlite":
        return []
    return [name for (name,) in store.connection.execute(_LEFT_BEHIND).fetchall()]


def open_to_service(url: str) -> None:
    """Let the service into a database that this login has loaded: its tables are this login's own."""
    import psycopg

    with (
        plain_errors("postgresql"),
        psycopg.connect(driver_address(url), connect_timeout=10, options=AS_ITSELF) as connection,
    ):
        connection.execute(
            f"GRANT USAGE ON SCHEMA public TO {SERVICE}; GRANT ALL ON ALL TABLES IN SCHEMA public TO {SERVICE}; "
            f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {SERVICE}"
        )


@contextmanager
def _program(
    name: str, url: str, arguments: Sequence[str], **pipes: Any
) -> Iterator[subprocess.Popen[bytes]]:
    """Run one of PostgreSQL's programs on a database; the password goes by the environment, never as an argument.

    Raises:
        NotReady: it is not installed, or did not succeed.
    """
    from psycopg.conninfo import conninfo_to_dict

    told = {
        key: str(value) for key, value in conninfo_to_dict(driver_address(url)).items() if value is not None
    }
    there = {f"PG{_VARIABLES.get(key, key.upper())}": value for key, value in told.items()}
    there["PGOPTIONS"] = f"{there.get('PGOPTIONS', '')} {AS_ITSELF}".strip()
    program = shutil.which(name)
    if program is None:
        raise NotReady(
            f"PostgreSQL's program {name} is needed for this and is not installed. On Debian: postgresql-client"
        )
    with (
        TemporaryFile() as said,
        subprocess.Popen(
            [program, "--no-password", *arguments], env={**os.environ, **there}, stderr=said, **pipes
        ) as process,
    ):
        yield process
        code = process.wait()
        said.seek(0)
        text = said.read(4_000).decode(errors="replace")
    if code:
        raise NotReady(_why(name, text))


def _why(name: str, said: str) -> str:
    if "permission denied" in said or "row-level security" in said:
        return "This database login does not see all of the records. Use one that row security does not hold back (BYPASSRLS)."
    if "server version" in said:
        return f"PostgreSQL's program {name} is older than the server. Install that of the server's version."
    return f"PostgreSQL's program {name} did not succeed. The records and the older copies are as they were."
