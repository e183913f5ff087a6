"""A practice store with a few invented cases, as `demo` would make one, and a command line run in this process.

`practice_home` is a fresh copy for each test. Its clock stands at Monday 23 November 2026, 9:31am. In it stand

CP-2026-0001  Ash Birch, 9, preparing a first conference: invited, five of seven reports in, family met, limit 24th
CP-2026-0002  Rowan Birch, 6, the brother, in the enquiry
RF-2026-0001  Willow Marsh, a referral that waits for its decision since Friday
CP-2026-0003  Hazel Thorne, on a plan, first core group held
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.casefile import COORDINATOR, complete

MONDAY = datetime(2026, 11, 23, 9, 31, tzinfo=UTC)
AGENCIES = "school,health visiting,housing,police,general practice,social care,early years"


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """Both streams with every run of white space made one space."""
        return " ".join((self.out + " " + self.err).split())

    @property
    def lines(self) -> list[str]:
        return [*self.out.splitlines(), *self.err.splitlines()]


class _Cases:
    """Casework by small words, for filling a store."""

    def __init__(self, store, rules):
        from models.casework import Casework

        self.casework = Casework(store, rules)

    def open(self, pathway_name, entry, person, now, **own):
        from pathways import pathway

        records = pathway(pathway_name).entry(entry).records
        return self.casework.open(
            pathway_name, entry, person=person, actor=COORDINATOR, now=now,
            answers=complete(records, now.date().isoformat(), **own),
        ).reference  # fmt: skip

    def make(self, reference, trigger, now, **own):
        from pathways import pathway

        with self.casework.store.reading() as tx:
            row = tx.need("case_by_reference", reference=reference)
        move = next(each for each in pathway(row.pathway).moves_from(row.state) if each.trigger == trigger)
        return self.casework.make(
            reference, trigger, actor=COORDINATOR, now=now,
            answers=complete(move.records, now.date().isoformat(), **own),
        )  # fmt: skip


def on(day: int, hour: int = 10, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture(scope="session")
def practice_store(tmp_path_factory) -> Path:
    """The practice store that every test gets a copy of."""
    from models.people import NewPerson
    from models.setup import AtTheKeyboard, fill, make_tables, rules_of
    from models.store import open_store
    from models.sweep import pass_due_dates
    from pathways.roles import Role

    path = tmp_path_factory.mktemp("practice") / "practice.db"
    url = f"sqlite:///{path}"
    make_tables(url)
    with open_store(url) as store:
        who = AtTheKeyboard("practice", "practice worker", (Role.COORDINATOR,))
        fill(store, who, authority="sefton", now=on(1, month=6), practice_clock=MONDAY)
        cases = _Cases(store, rules_of(store))
        ash = NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1), sex="F",
                        identifiers=(("la_child_id", "900100001"),))  # fmt: skip
        rowan = NewPerson(given="Rowan", family="Birch", birth_date=date(2020, 5, 2), sex="M")
        hazel = NewPerson(given="Hazel", family="Thorne", birth_date=date(2025, 1, 10), sex="F")
        willow = NewPerson(given="Willow", family="Marsh", birth_date=date(2014, 7, 30), sex="F")

        first = cases.open("child_protection", "strategy", ash, on(3, 9))
        cases.make(first, "start_enquiry", on(3, 10))
        cases.make(first, "child_seen", on(3, 15), seen="yes")
        cases.make(first, "allocate", on(3, 16))
        second = cases.open("child_protection", "strategy", rowan, on(12, 9))
        cases.make(second, "start_enquiry", on(12, 11))
        cases.make(first, "decide_conference", on(4, 9))
        cases.make(first, "request_conference", on(4, 10))
        cases.make(first, "book_conference", on(4, 11), conference_on="2026-11-24")
        cases.make(first, "invite", on(4, 12), agencies=AGENCIES)
        for agency in ("school", "police", "general practice", "social care", "early years"):
            cases.make(first, "report_received", on(18), agency=agency)
        cases.make(first, "family_met", on(19))
        third = cases.open("child_protection", "strategy", hazel, on(1, 9, month=9))
        cases.make(third, "start_enquiry", on(1, 11, month=9))
        cases.make(third, "child_seen", on(2, 11, month=9), seen="yes")
        cases.make(third, "allocate", on(2, 12, month=9))
        cases.make(third, "decide_conference", on(3, 9, month=9))
        cases.make(third, "invite", on(3, 10, month=9), agencies="school,police,housing")
        for agency in ("school", "police", "housing"):
            cases.make(third, "report_received", on(15, month=9), agency=agency)
        for step in ("family_met", "chair_met_family", "reports_shared"):
            cases.make(third, step, on(22, 9, month=9))
        cases.make(third, "start_conference", on(22, 10, month=9))
        cases.make(third, "views_recorded", on(22, 11, month=9))
        cases.make(third, "decide_plan", on(22, 12, month=9), review_on="2026-12-10")
        cases.make(third, "core_group_held", on(2, 10, month=10))
        cases.make(third, "child_seen", on(19, 10, month=11), seen="yes")
        cases.make(third, "send_decisions", on(23, 10, month=9))
        cases.make(third, "send_minutes", on(7, 10, month=10))
        cases.open("front_door", "referral", willow, on(19, 15))
        with store.reading() as tx:
            people = {
                each: tx.need("case_by_reference", reference=each).person_id for each in (first, second)
            }
        with store.writing() as tx:
            for one, other in ((first, second), (second, first)):
                tx.run(
                    "add_relationship", person_id=people[one], other_id=people[other], kind="sibling",
                    from_on=date(2020, 5, 2), to_on=None, recorded_at=on(3),
                )  # fmt: skip
        night = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
        pass_due_dates(store, rules_of(store), night, night)
        assert (first, second, third) == ("CP-2026-0001", "CP-2026-0002", "CP-2026-0003")
    return path


@pytest.fixture(autouse=True)
def as_promised(monkeypatch):
    """Every answer for programs is held to its schema, whichever test prints it."""
    from commands import screen
    from tests.shapes import faults_of

    write, wrong = screen.json_text, []

    def checked(document, **how):
        if (
            str(document.get("schema", "")).startswith("pathways.")
            and "processing-record" not in document["schema"]
        ):
            wrong.extend(faults_of(json.loads(write(document))))
        return write(document, **how)

    monkeypatch.setattr(screen, "json_text", checked)
    yield wrong
    assert wrong == [], "commands/schemas.py says what each answer holds"


@pytest.fixture
def practice_home(practice_store, tmp_path, monkeypatch) -> Path:
    """A folder of our own with a fresh copy of the practice store."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(practice_store, home / "practice.db")
    for other in ("PATHWAYS_DATABASE_URL", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv("PATHWAYS_HOME", str(home))
    return home


@pytest.fixture
def say(practice_home, capsys):
    """Run a command line in this process: `say("show", "cp1")`."""
    from commands.run import run

    def said(*arguments: str) -> Said:
        capsys.readouterr()
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return said


@pytest.fixture
def rows(practice_home):
    """Read the practice store: `rows("trail_of_case", reference="CP-2026-0001")`."""
    from models.store import open_store

    def found(statement: str, **given):
        with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.reading() as tx:
            return tx.all(statement, **given)

    return found


@pytest.fixture
def typed(monkeypatch):
    """Answer the questions of a terminal, in order: `typed("yes", "CP-2026-0001")`."""
    from commands import prompts

    def answers(*given):
        left = list(given)
        monkeypatch.setattr(prompts, "can_ask", lambda no_input, as_json: not no_input and not as_json)
        monkeypatch.setattr(prompts, "ask", lambda question, default="", **_: left.pop(0) or default)

    return answers
