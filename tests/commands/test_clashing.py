"""What the day of a conference clashes with is said before it is booked, as when it is moved; a decision's review too."""

from __future__ import annotations

import json

import pexpect
import pytest

from models.register import Member, enrol
from models.store import open_store
from pathways.engine import Actor
from pathways.roles import Role
from tests.commands.conftest import on
from tests.terminal import typed

BOOKS = ("do", "cp2", "book-conference", "--no-input")


@pytest.fixture
def second(practice_home):
    """CP-2026-0002, whose first conference can be booked; CP-2026-0001, the sister, is booked for 24 November, 10am."""
    from models.casework import Casework
    from models.setup import rules_of
    from pathways import pathway
    from tests.casefile import COORDINATOR, complete

    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store:
        casework = Casework(store, rules_of(store))

        def make(reference, trigger, now, **own):
            with store.reading() as tx:
                row = tx.need("case_by_reference", reference=reference)
            move = next(
                each for each in pathway(row.pathway).moves_from(row.state) if each.trigger == trigger
            )
            answers = complete(move.records, now.date().isoformat(), **own)
            casework.make(reference, trigger, actor=COORDINATOR, now=now, answers=answers)

        make("CP-2026-0002", "child_seen", on(13), seen="yes")
        make("CP-2026-0002", "allocate", on(13, 11))
        make("CP-2026-0002", "decide_conference", on(13, 12))
        make(
            "CP-2026-0001", "rebook_conference", on(20), conference_on="2026-11-24", where="Oak room",
            begins="10:00", chair="chair-1",
        )  # fmt: skip


def answers(**said):
    return [part for name, value in said.items() for part in ("--answer", f"{name}={value}")]


CLASHING = answers(conference_on="24/11/2026", where="Oak room", begins="11:00", chair="chair-1")


def test_a_first_booking_is_told_what_it_clashes_with_and_is_not_made_unless_it_is_meant(say, rows, second):
    said = say(*BOOKS, *CLASHING)
    assert said.code == 2
    for words in (
        "It breaks",
        "The chair (chair-1) is booked on that day at 10am for CP-2026-0001",
        "The room (Oak room) is booked on that day at 10am for CP-2026-0001",
        "A brother or sister has a conference of their own on that day at 10am: CP-2026-0001",
        "Nothing was changed. To do it although it breaks something: "
        "pathways do CP-2026-0002 book-conference ... --although",
    ):
        assert words in said.words
    assert all(len(line) <= 80 for line in said.lines)
    assert rows("case_by_reference", reference="CP-2026-0002")[0].facts.get("icpc_on") is None
    meant = say(*BOOKS, *CLASHING, "--although")
    assert meant.code == 0, meant.words
    assert "It breaks" in meant.err
    assert rows("case_by_reference", reference="CP-2026-0002")[0].facts["icpc_on"] == "2026-11-24"


@pytest.mark.parametrize(
    ("last_day", "broken"), [("2026-11-25", True), ("2026-11-26", False)], ids=["left", "last day"]
)
def test_a_chair_who_has_left_by_the_day_is_said(say, practice_home, second, last_day, broken):
    """Thursday 26 November 2026: whoever's last day is the Wednesday before does not chair then."""
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store:
        keeper = Actor("keeper", frozenset({Role.COORDINATOR}))
        enrol(store, Member("chair-9", "Chair", roles=("conference_chair",)), actor=keeper, now=on(2))
        store.connection.execute("UPDATE practitioner SET to_on = ? WHERE login = 'chair-9'", (last_day,))
    hour = answers(conference_on="26/11/2026", where="Elm room", begins="10:00", chair="chair-9")
    said = say(*BOOKS, "--dry-run", *hour)
    assert (
        "By the staff register chair-9 chairs no conferences any more on 26 November 2026." in said.words
    ) is broken, said.words
    moved = say("rebook", "cp1", "--to", "26/11/2026", "--at", "4pm", "--chair", "chair-9", "--dry-run")
    assert (
        "By the staff register chair-9 chairs no conferences any more on 26 November 2026." in moved.words
    ) is broken, moved.words


def test_a_child_who_joined_the_meeting_is_booked_for_it_without_a_clash_with_it(say, second):
    moved = ("rebook", "cp1", "--to", "23/11/2026", "--at", "4pm", "--because", "Agreed.", "--no-input")
    assert say(*moved, "--although").code == 0
    assert say("meeting", "cp2", "add", "--to", "cp1").code == 0
    hour = answers(conference_on="23/11/2026", where="Oak room", begins="16:00", chair="chair-1")
    said = say(*BOOKS, *hour)
    assert (said.code, "It breaks" in said.words) == (0, False), said.words
    shown = say("meeting", "cp2").out
    assert "Booked for Monday 23 November 2026, 4pm, Oak room, chair-1." in shown
    assert "CP-2026-0001" in shown


def test_stopping_at_the_question_changes_nothing_and_keeps_what_was_answered(practice_home, rows, second):
    """Whoever says no at 'Book it all the same?' goes on later with the form, and may say yes then."""
    child = typed(practice_home, "do", "cp2", "book-conference", *CLASHING)
    for answered in ("n", "y"):
        while child.expect_exact(["Book it all the same? [y/N]", "(Enter to skip)", pexpect.EOF]) == 1:
            child.sendline("")
        child.sendline(answered)
        child.expect(pexpect.EOF)
        child.close()
        booked = rows("case_by_reference", reference="CP-2026-0002")[0].facts.get("icpc_on")
        if answered == "n":
            assert child.exitstatus == 130
            assert "Nothing was changed." in child.before
            assert "Your answers are kept: pathways drafts resume 1" in child.before
            assert booked is None
            child = typed(practice_home, "drafts", "resume", "1")
    assert child.exitstatus == 0, child.before
    assert booked == "2026-11-24"


def test_booking_and_moving_say_the_same(say, second):
    booked = say("do", "cp2", "book-conference", "--dry-run", "--no-input", *CLASHING)
    assert booked.code == 0, booked.words
    say(*BOOKS, *answers(conference_on="26/11/2026", where="Elm room", begins="11:00", chair="chair-2"))
    moved = say(
        "rebook", "cp2", "--to", "24/11/2026", "--at", "11am", "--where", "Oak room", "--chair", "chair-1", "--dry-run"
    )  # fmt: skip

    def broken(out):
        lines = out.splitlines()
        start = lines.index("It breaks")
        return lines[start : lines.index("", start)]

    assert broken(booked.out) == broken(moved.out)


def test_a_booking_that_breaks_nothing_asks_for_nothing_more(say, second):
    said = say(
        *BOOKS, *answers(conference_on="27/11/2026", where="Oak room", begins="10:00", chair="chair-1")
    )
    assert (said.code, "It breaks" in said.words) == (0, False), said.words


def test_json_tells_what_it_clashes_with(say, second):
    found = json.loads(say(*BOOKS, *CLASHING, "--although", "--json").out)
    assert len(found["breaks"]) == 3
    assert (
        json.loads(say("do", "cp1", "note", *answers(nature="fact", text="x"), "--json").out)["breaks"] == []
    )


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2027-02-24", ""),
        ("2027-02-25", "It is 1 working day after the limit in law, 24 February 2027 (cp.rcpc_first)"),
        ("2026-12-25", "25 December 2026 is no working day"),
    ],
)
def test_a_decision_is_told_what_its_review_day_breaks_and_stands(practice_home, day, says):
    """Three months from a conference held on Tuesday 24 November 2026 end on Wednesday 24 February 2027."""
    from datetime import date

    from commands.clashing import of_review
    from models.queries import case_view
    from models.setup import rules_of

    class Desk:
        pass

    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store:
        desk = Desk()
        desk.rules, desk.today = rules_of(store), date(2026, 11, 24)
        with store.reading() as tx:
            view = case_view(tx, "CP-2026-0001")
        facts = view.row.facts | {"conference_started": "2026-11-24T10:00:00+00:00"}
        from dataclasses import replace

        sitting = replace(view, row=view.row._replace(state="conference", facts=facts))
        found = of_review(desk, [sitting], date.fromisoformat(day))
    assert [each.says.startswith(says) for each in found] == ([True] if says else [])
