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

from models.store import driver_address
from pathways.errors import NotReady

PIECE = 1 << 20
_VARIABLES = {"dbname": "DATABASE", "connect_timeout": "CONNECT_TIMEOUT"}


class NoScratchDatabase(NotReady):
    """This login may not make a database."""


def dump(url: str, *, snapshot: str, role: str) -> Iterator[bytes]:
    """What `pg_dump` writes of a database as one moment saw it, without the keys of cases.

    Args:
        url: the database.
        snapshot: the moment, as `pg_export_snapshot` names it.
        role: who asks; a login that serves the program sees everything only as the service's role.

    Raises:
        NotReady: the program is not installed, or did not succeed.
    """
    arguments = (
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--role={role}",
        f"--snapshot={snapshot}",
        "--exclude-table-data=case_key",
    )
    with _program("pg_dump", url, arguments, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while piece := process.stdout.read(PIECE):
            yield piece


def load(url: str, pieces: Iterable[bytes]) -> None:
    """Put a dump into an empty database, all of it or nothing.

    Raises:
        NotReady: the program is not installed, or did not succeed.
    """
    from psycopg.conninfo import conninfo_to_dict

    database = conninfo_to_dict(driver_address(url))["dbname"]
    arguments = (
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={database}",
    )
    _feed(url, pieces, arguments)


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
    """An empty database beside the one at this address, dropped afterwards.

    Raises:
        NoScratchDatabase: this login may not make one.
    """
    import psycopg
    from psycopg import sql

    name = f"pathways_copy_{token_hex(6)}"
    with psycopg.connect(driver_address(url), autocommit=True, connect_timeout=10) as connection:
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
