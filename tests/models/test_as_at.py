"""As known on a day: whatever is done or undone later, the answer for a day that is over never changes."""

from __future__ import annotations

import io
import shutil
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import UTC, date, datetime, timedelta
from difflib import unified_diff

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from commands.run import run
from models.casework import Casework, NewPerson
from models.queries import case_view
from models.setup import AtTheKeyboard, fill, rules_of
from models.store import open_store
from models.sweep import pass_due_dates
from models.undo import undo
from pathways import pathway
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import PathwayError
from pathways.restating import MAY_RESTATE
from pathways.roles import Role
from tests.casefile import complete

START = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
WHO = Actor("practice", frozenset({Role.COORDINATOR}))
WHY = "It was entered on the wrong case."
WAYS_IN = [
    ("child_protection", "strategy"),
    ("front_door", "referral"),
    ("front_door", "concern"),
    ("early_help", pathway("early_help").entries[0].name),
    ("missing_education", pathway("missing_education").entries[0].name),
]


def screens(references: list[str], day: date) -> dict[tuple[str, ...], tuple[int, str]]:
    """What the commands print about these cases as known on a day, with their exit codes."""
    found = {}
    for reference in references:
        for command in (
            ("show", reference, "--full", "--names"),
            ("show", reference, "--json"),
            ("chronology", reference, "--full"),
            ("chronology", reference, "--json"),
        ):
            said = io.StringIO()
            with redirect_stdout(said), redirect_stderr(said):
                code = run([*command, "--as-at", day.isoformat()])
            found[(*command, day.isoformat())] = (code, said.getvalue())
    return found


@pytest.fixture(scope="module")
def practice(tmp_path_factory, empty_sqlite):
    """A practice store without a case."""
    path = tmp_path_factory.mktemp("practice") / "practice.db"
    shutil.copy(empty_sqlite, path)
    with open_store(f"sqlite:///{path}") as store:
        who = AtTheKeyboard("practice", "practice worker", (Role.COORDINATOR,))
        fill(store, who, authority="sefton", now=START - timedelta(days=30), practice_clock=START)
    return path


def at(store, now):
    with store.writing() as tx:
        tx.run("put_setting", name="clock", value=now.isoformat())


@pytest.mark.parametrize(("name", "entry"), WAYS_IN)
@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # to make an example smaller takes minutes here
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_the_screens_of_a_day_that_is_over_never_change(tmp_path, practice, monkeypatch, name, entry, data):
    home = tmp_path / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    shutil.copy(practice, home / "practice.db")
    monkeypatch.setenv("PATHWAYS_HOME", str(home))
    monkeypatch.delenv("PATHWAYS_DATABASE_URL", raising=False)
    now, kept = START, {}
    with open_store(f"sqlite:///{home / 'practice.db'}") as store:
        rules = rules_of(store)
        casework = Casework(store, rules)
        unborn = data.draw(st.booleans()) and name == "child_protection"
        person = NewPerson(
            kind="unborn" if unborn else "child",
            given="Ash",
            family="Birch",
            birth_date=None if unborn else date(2012, 3, 1),
            expected_delivery_date=date(2026, 6, 1) if unborn else None,
        )
        answers = complete(pathway(name).entry(entry).records, "2026-01-05")
        casework.open(name, entry, person=person, actor=WHO, now=now, answers=answers)
        for _ in range(data.draw(st.integers(2, 7))):
            with store.reading() as tx:
                references = [row.reference for row in tx.all("every_case_state")]
                cases = [case_view(tx, each).row for each in references]
            kept |= screens(references, local_day(now))
            now += timedelta(days=data.draw(st.integers(1, 20)), hours=1)
            at(store, now)
            case = data.draw(st.sampled_from(cases))
            moves = [
                each for each in pathway(case.pathway).moves_from(case.state) if Role.PATHWAY not in each.who
            ]
            chosen = data.draw(st.integers(0, 6))
            with suppress(PathwayError):
                if chosen < 2:
                    number = data.draw(st.none() | st.integers(1, case.seq))
                    asked = {"actor": WHO, "now": now, "entry": number, "by": MAY_RESTATE[case.pathway][0]}
                    would = undo(store, rules, case.reference, dry_run=True, **asked)
                    undo(store, rules, case.reference, because=WHY, confirmed=would.confirms, **asked)
                elif chosen == 2 or not moves:
                    pass_due_dates(store, rules, now, now)
                else:
                    move = data.draw(st.sampled_from(moves))
                    casework.make(
                        case.reference, move.trigger, actor=WHO, now=now,
                        answers=complete(move.records, now.date().isoformat()),
                        overrides={each.id: "an invented reason" for each in move.conditions},
                    )  # fmt: skip
        at(store, now + timedelta(days=30))
    later = {}
    for reference, day in {(command[1], command[-1]) for command in kept}:
        later |= screens([reference], date.fromisoformat(day))
    for command, (code, said) in kept.items():
        found = later[command]
        then, now_said = (text.replace(", so far", "") for text in (said, found[1]))
        changed = "\n".join(unified_diff(then.splitlines(), now_said.splitlines(), lineterm=""))
        assert (code, changed) == (found[0], ""), command
