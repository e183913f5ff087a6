"""Which store to work on: PATHWAYS_DATABASE_URL, then the settings file, then a file in our own folder.

And where a SQLite file may not lie: its writers share memory, so a disk of the network breaks it; a folder that is
copied to a cloud while it is in use breaks it too, and takes the records out of the house.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from pathways.errors import Mistyped, NotReady

PRACTICE = "practice"
NETWORK = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "beegfs", "davfs", "ncpfs",
        "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.glusterfs", "network drive",
    }
)  # fmt: skip
SYNCHRONISED = re.compile(
    r"(onedrive|dropbox|google ?drive|googledrive|my drive|icloud|mobile documents|com~apple~clouddocs|nextcloud|owncloud"
    r"|sharepoint|box sync|pcloud|syncthing)\b",
    re.IGNORECASE,
)
REMOTE_DRIVE = 4
"""What Windows calls a drive of the network (GetDriveTypeW)."""


def system_login() -> str:
    """Who the operating system says is at the keyboard: of its own accord, whatever the environment claims."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"
    except ImportError:
        return os.getlogin()


def home() -> Path:
    """The folder of our own files: PATHWAYS_HOME, or the operating system's place for them."""
    given = os.environ.get("PATHWAYS_HOME")
    if given:
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_data_dir("pathways", appauthor=False))


def found_at(path: Path) -> os.stat_result | None:
    """What is at a path; None where nothing is.

    Raises:
        NotReady: this login may not look there, or no disk has such a name.
    """
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # the last: a NUL in its name
        return None
    except OSError as fault:
        raise NotReady(
            f"A place that was named for the records cannot be looked at ({fault.strerror}). See what PATHWAYS_HOME and "
            "PATHWAYS_DATABASE_URL say, and who may read there."
        ) from None


TABLES = ("database", "backups", "letters", "conferences", "calendar", "import", "mail")
TEXTS = (
    ("database", "url"), ("backups", "folder"), ("letters", "office"), ("letters", "templates"), ("calendar", "address"),
)  # fmt: skip


def _well_shaped(found: dict[str, Any]) -> dict[str, Any]:
    """The settings, where what everybody reads is a table, a list or text as it should be.

    Raises:
        Mistyped: something is not.
    """
    for name in TABLES:
        if not isinstance(found.get(name, {}), dict):
            raise Mistyped(f"In the settings file pathways.toml {name} is a table: [{name}]. Mend that line.")
    texts = {f"{table}.{name}": found.get(table, {}).get(name, "") for table, name in TEXTS}
    for name, value in (texts | {"anchor_file": found.get("anchor_file", "")}).items():
        if not isinstance(value, str):
            raise Mistyped(
                f"In the settings file pathways.toml {name} is text, in quotation marks. Mend that line."
            )
    keys = found.get("anchor_keys", [])
    if not isinstance(keys, list) or not all(isinstance(each, str) for each in keys):
        raise Mistyped("In the settings file pathways.toml anchor_keys is a list of texts. Mend that line.")
    return found


def settings() -> dict[str, Any]:
    """What the settings file says; empty where there is none.

    Raises:
        Mistyped: the file cannot be read as TOML, or has a list or a number where text belongs.
        NotReady: it cannot be read at all.
    """
    path = home() / "pathways.toml"
    if found_at(path) is None:
        return {}
    import tomllib

    try:
        return _well_shaped(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as fault:
        raise NotReady(
            f"The settings file pathways.toml cannot be read ({fault.strerror}). Mend who may read it, or name another "
            "folder: PATHWAYS_HOME"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Mistyped(f"The settings file pathways.toml cannot be read: {fault}. Mend that line.") from None
    except RecursionError:
        raise Mistyped(
            "The settings file pathways.toml holds lists within lists without end. Take them out."
        ) from None


def write_settings(text: str) -> None:
    """Write the settings file, whole or not at all, for its owner alone. It never holds a password."""
    path = home() / "pathways.toml"
    fresh = path.with_name(f".{path.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    fresh.replace(path)


def backups_folder() -> Path:
    """Where backups are kept: `folder` under [backups] in the settings file, or a folder of our own."""
    given = settings().get("backups", {}).get("folder")
    return Path(given) if given else home() / "backups"


def sqlite_url(name: str) -> str:
    """The address of a SQLite file in our own folder."""
    return f"sqlite:///{(home() / f'{name}.db').absolute()}"


def database_url() -> str:
    """The address of the store to work on."""
    given = os.environ.get("PATHWAYS_DATABASE_URL") or settings().get("database", {}).get("url")
    if given:
        return str(given)
    if found_at(home() / "pathways.db") is not None:
        return sqlite_url("pathways")
    return sqlite_url(PRACTICE)


def unfit_place(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """Why a SQLite file cannot lie there, in a word or two; empty where it can."""
    where = path.absolute()
    with suppress(OSError, ValueError):  # ValueError: a NUL in its name
        where = path.resolve()
    for part in where.parent.parts:
        if SYNCHRONISED.match(part):
            return part
    kind = file_system(where, mounts)
    return kind if kind in NETWORK else ""


def refuse_place(path: Path) -> None:
    """Refuse a place that cannot hold a SQLite file.

    Raises:
        NotReady: it lies on the network, or in a folder that is copied elsewhere.
    """
    unfit = unfit_place(path)
    if unfit:
        raise NotReady(
            f"The records cannot be kept there ({unfit}): a database that is in use breaks on a network disk or in a "
            "folder that is copied to a cloud. Use a folder on this computer's own disk (PATHWAYS_HOME), or PostgreSQL."
        )


def file_system(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """What kind of disk a path is on: as Linux calls it, 'network drive' on Windows; empty where it cannot be told."""
    if os.name == "nt":
        return _windows_drive(str(path))
    best, kind = "", ""
    try:
        listed = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    where = str(path)
    for line in listed:
        parts = line.split(" ")
        mount = parts[1].replace("\\040", " ")
        if len(mount) >= len(best) and (where == mount or where.startswith(mount.rstrip("/") + "/")):
            best, kind = mount, parts[2]
    return kind


def _windows_drive(path: str) -> str:
    import ctypes

    if path.startswith("\\\\"):
        return "network drive"
    root = os.path.splitdrive(path)[0] + "\\"
    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009  # there only on Windows
    return "network drive" if kernel.GetDriveTypeW(root) == REMOTE_DRIVE else ""
