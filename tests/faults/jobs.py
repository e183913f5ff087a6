"""What writes: every command that changes records, as data. A new one is a line in `JOBS` and a word in `WRITES`.

`READS` and `WRITES` together are the registry; a test fails when a command is in neither.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.casefile import COORDINATOR, complete
from tests.pathways import census_text

READS = frozenset((
    "worklist", "overdue", "find", "show", "next", "why", "chronology", "dashboards", "rules", "doctor", "whoami", "config",
    "describe", "report", "licences", "help", "conference", "schedule",
))  # fmt: skip
"""Commands that leave the records as they are, but for the note that somebody looked."""
WRITES = frozenset((
    "do", "open", "record", "note", "drafts", "remind", "rebook", "people", "meeting", "link", "undo", "access", "letter", "documents", "calendar", "retention", "file", "training", "check", "serve", "audit", "days", "db", "import", "users", "export", "init",
    "demo",
))  # fmt: skip
"""Commands of which at least one form changes the records."""
WITHOUT_A_JOB: dict[str, str] = {
    "remind": "one transaction a case, with an entry whose key is the agency and the day; its own kills are still to be added",
    "rebook": "one transaction on the write path that `do` uses",
    "meeting": "one transaction, as `people` writes it",
    "link": "one transaction, as `people` writes it",
    "file": "one transaction; its own kills are still to be added",
    "training": "one transaction; its own kills are still to be added",
    "retention": "one transaction; its own kills are still to be added",
    "documents": "`add` is the transaction that `letter` writes",
    "calendar": "one row of a table of its own; the file is put there in one step",
    "drafts": "`drop` is one transaction; a form cut short at each prompt: tests/commands/test_drafts.py",
    "export": "one entry on the chain of whoever exports, as `audit export` writes it",
    "serve": "runs the flows until it is stopped; what they write is `check run`",
}
"""Writing commands without a line in `JOBS`, each with the reason."""

GIVEN, FAMILY = "Quillonella", "Zephyrwick"
CANARIES = (GIVEN, FAMILY, "zephyrwick", "quillonella")
"""Names that may stand in the records and nowhere else."""
STARTED = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, 31, tzinfo=UTC)
CASE = "CP-2026-0001"


@dataclass(frozen=True, slots=True)
class Job:
    """One writing command.

    `arguments` may name files of the work folder in braces. `again` is the exit codes of the same command once it has
    had its effect. `repeats` is false where a second call is a second thing and not the same one (a note): there the
    person looks first, and calls again only if the first is not there. `store` is what there is beforehand.
    """

    name: str
    arguments: tuple[str, ...]
    again: tuple[int, ...] = (0,)
    repeats: bool = True
    store: str = "cases"
    steps: bool = False
    """It writes in several transactions, each whole: a killed run may leave some of them."""
    ends: tuple[int, ...] = (0,)
    """How it may end undisturbed."""
    databases: tuple[str, ...] = ("sqlite", "postgresql")
    program: str = "cli.py"


JOBS = (
    Job("do, a move that takes the case on", ("do", CASE, "start-enquiry", "--from", "{enquiry}", "--no-input"), again=(3,)),
    Job("do, a move that is refused", ("do", CASE, "decide-plan", "--no-input"), again=(3,), ends=(3,)),
    Job("record note", ("record", "note", CASE, "--from", "{note}", "--no-input"), repeats=False),
    Job("people, a name", ("people", CASE, "add", "name", "--from", "{name}", "--no-input"), repeats=False),
    Job("letter", ("letter", CASE, "transfer-receipt", "--to", "school"), repeats=False, steps=True),
    Job("note", ("note", CASE, "--from", "{note}", "--no-input"), repeats=False),
    Job("open referral", ("open", "referral", "--from", "{referral}", "--no-input"), again=(2, 3)),
    Job("check run", ("check", "run", "--as-of", "2026-12-20"), steps=True),
    Job("import cin-census", ("import", "cin-census", "{census}"), steps=True),
    Job("days update", ("days", "update", "--to", "2045")),
    Job("days school", ("days", "school", "usual", "{terms}")),
    Job("record note, with a name", ("record", "note", CASE, "--from", "{note}", "--once", "run-7", "--no-input")),
    Job("undo", ("undo", CASE, "--entry", "2", "--because", "on the wrong case", "--no-input"), again=(3,), store="staffed"),
    Job("access grant", ("access", "grant", CASE, "--to", "j.moss", "--because", "covers"), store="staffed", repeats=False),
    Job("access restrict", ("access", "restrict", CASE, "--because", "as the police ask"), again=(2,)),
    Job("users add", ("users", "add", "--from", "{staff}")),
    Job("audit anchor", ("audit", "anchor")),
    Job("init, an encrypted store", ("init", "--no-input", "--role", "coordinator"), store="none", steps=True),
    Job("init, a plain store", ("init", "--no-input", "--unencrypted"), store="none", steps=True),
    Job("db upgrade", ("db", "upgrade"), store="older", steps=True),
    Job("db backup", ("db", "backup")),
    Job("db restore", ("db", "restore", "{copy}"), again=(10,), store="none", databases=("sqlite",)),
)  # fmt: skip

DEMO = Job(
    "demo, without Prefect", ("demo",), store="none", steps=True, databases=("sqlite",),
    program="tests/faults/demo_without_prefect.py",
)  # fmt: skip
"""Too long to be killed at each write; it is killed at random moments."""


# --- what there is beforehand --------------------------------------------------------------------------------------


def fill_cases(url: str) -> None:
    """A practice store with one open case, of a child whose name must not leave it."""
    from models.casework import Casework
    from models.people import NewPerson
    from models.setup import AtTheKeyboard, fill, make_tables, rules_of
    from models.store import open_store
    from pathways import pathway
    from pathways.roles import Role

    make_tables(url)
    with open_store(url) as store:
        who = AtTheKeyboard("practice", "practice worker", (Role.COORDINATOR,))
        fill(store, who, authority="sefton", now=STARTED, practice_clock=MONDAY)
        child = NewPerson(given=GIVEN, family=FAMILY, birth_date=date(2017, 3, 1))
        records = pathway("child_protection").entry("strategy").records
        opened = Casework(store, rules_of(store)).open(
            "child_protection", "strategy", person=child, actor=COORDINATOR, now=STARTED,
            answers=complete(records, "2026-11-03"),
        )  # fmt: skip
        assert opened.reference == CASE


def fill_staffed(url: str) -> None:
    """As `fill_cases`, with a colleague on the register and a note by whoever is at the keyboard."""
    from models.casework import Casework
    from models.setup import rules_of
    from models.staff import Member, enrol
    from models.store import ALL_SEEING, open_store
    from pathways.engine import Actor
    from pathways.roles import Role

    fill_cases(url)
    me = Actor("practice", frozenset((Role.COORDINATOR,)))
    with open_store(url) as store:
        enrol(store, Member("j.moss", "Social worker", roles=("social_worker",)), actor=me, now=STARTED)
        store.viewer = ALL_SEEING
        answers = {"nature": "fact", "text": f"{GIVEN} was at school."}
        Casework(store, rules_of(store)).make(CASE, "note", actor=me, now=MONDAY, answers=answers)


def fill_older(url: str) -> None:
    """A store at the first revision, with its settings and nothing else."""
    from models.schema import upgrade

    upgrade(url, "0001")


FILLS: dict[str, Callable[[str], Any]] = {"cases": fill_cases, "staffed": fill_staffed, "older": fill_older}


def files(folder: Path) -> dict[str, str]:
    """The files that jobs read, written into a folder; by the name that stands in braces."""
    from pathways import pathway

    found = pathway("child_protection")
    moves = {move.trigger: move for move in found.moves}
    referral = pathway("front_door").entry("referral").records
    told = complete(referral, "2026-11-20") | {
        "given_name": f"{GIVEN} Two", "family_name": FAMILY, "birth_date": "2019-05-06", "danger_now": "no",
    }  # fmt: skip
    made = {
        "enquiry.json": json.dumps(complete(moves["start_enquiry"].records, "2026-11-20")),
        "name.json": json.dumps({"kind": "former", "given_name": GIVEN, "family_name": FAMILY}),
        "note.json": json.dumps({"nature": "fact", "text": f"{GIVEN} was at school."}),
        "referral.json": json.dumps(told),
        "terms.csv": "from,to,kind\n2026-09-02,2026-10-23,term\n2026-11-02,2026-12-18,term\n2027-01-04,2027-02-12,term\n",
        "census.xml": census_of(320),
        "staff.csv": "login,title,roles\nj.moss,Social worker,social_worker\n",
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return {name.partition(".")[0]: str(folder / name) for name in made} | {"copy": str(backup_in(folder))}


def backup_in(folder: Path) -> Path:
    """A backup of a practice store; the store itself is gone again."""
    from models.copies import back_up
    from models.store import ALL_SEEING, open_store

    path = folder / "given.db"
    fill_cases(f"sqlite:///{path}")
    with open_store(f"sqlite:///{path}") as store:
        store.viewer = ALL_SEEING
        made = back_up(store, folder / "backups", MONDAY)
    for each in folder.glob("given.db*"):
        each.unlink()
    return made.path


def census_of(children: int) -> str:
    """A return of more than two batches: every child is in need."""
    told = []
    for number in range(children):
        who = census_text.WHO.replace("A1", f"CH{number:04}")
        inside = census_text.assessment("2025-06-03", "2025-06-20")
        told.append(census_text.child(census_text.episode(inside, plans=census_text.cin("2025-06-21")), who))
    return census_text.HEAD + "".join(told) + census_text.TAIL
