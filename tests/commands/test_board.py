"""The board of a team and the board of a conference, on a screen of 80 by 24 without colour and without a mouse."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from commands import board as boards
from commands import forms
from commands.board_queue import Queue
from commands.board_screen import Drawn
from commands.board_views import VIEWS, Views, form_of, missing, ready_to_record, sections
from commands.board_wanted import Wanted
from commands.desk import Desk
from models import form_drafts
from models.casework import Casework
from models.setup import rules_of
from models.staff import Standing
from models.store import open_store
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.conference_ledger import HEADINGS
from pathways.conference_stages import BOARD, PROTECTIVE_FACTORS
from tests.casefile import COORDINATOR, complete
from tests.commands.test_terminal import ended, terminal  # noqa: F401

CASE = "CP-2026-0001"
SITTING = datetime(2026, 11, 24, 10, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 11, tzinfo=UTC)
SAID = {
    "risks": "smoke", "history": "a fire", "grey_areas": "who?", "safety": "a gate", "strengths": "aunt", "child_view": "stay",
    "what_next": "wake",
}  # fmt: skip


def text(app: Drawn[Any]) -> list[str]:
    """What stands on the screen, line by line."""
    rows = app.screen._compositor.render_strips()
    return ["".join(each.text for each in row) for row in rows]


def shown(app: Drawn[Any]) -> str:
    return " ".join(" ".join(text(app)).split())


def driven(app: Drawn[Any], keys: Callable[[Any], Awaitable[None]], size: tuple[int, int] = (80, 24)) -> Any:
    """Run an app without a terminal; what it returned."""

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await keys(pilot)

    asyncio.run(run())
    return app.return_value


async def settled(pilot: Any) -> None:
    """Give the case under the cursor the time after which it is read."""
    pilot.app.look()
    await pilot.pause()


# --- the board of a team ------------------------------------------------------------------------------------


def test_cases_stand_at_the_stage_that_they_wait_at_and_the_most_urgent_is_first(practice_home):
    seen = []

    async def keys(pilot):
        await pilot.press("p")
        seen.append(text(pilot.app))

    driven(Queue(Wanted(pathway="front_door")), keys)
    screen = "\n".join(seen[0])
    assert re.search(r"2 Agency reports in +1 ", screen)
    assert re.search(r"9 Core group meets +1 ", screen)
    assert re.search(r"1 Invitations sent +0 ", screen)
    assert "Section 47 enquiry un.." in screen
    assert "Board: Child protection" in screen
    assert "PRACTICE DATA" in screen


def test_every_line_is_80_wide_and_every_character_is_one_that_any_terminal_has(practice_home):
    seen = []

    async def keys(pilot):
        for key in ("p", "f1", "escape", "a"):
            await pilot.press(key)
            await settled(pilot)
            seen.append(text(pilot.app))

    driven(Queue(Wanted(case=CASE)), keys)
    for lines in seen:
        assert len(lines) == 24
        assert all(len(line) == 80 and line.isascii() for line in lines), "\n".join(lines)


def test_the_place_in_a_list_is_marked_with_a_character_and_not_by_colour_alone(practice_home):
    seen = []

    async def keys(pilot):
        for key in ("shift+tab", "down"):
            await pilot.press(key)
            await pilot.pause()
            seen.append("\n".join(text(pilot.app)))

    driven(Queue(Wanted(pathway="child_protection")), keys)
    assert [re.findall(r"\|>(\S+ \S+)", each) for each in seen] == [["Section 47"], ["1 Invitations"]]


def test_the_case_that_is_looked_at_is_told_below_without_a_name(practice_home):
    seen = []

    async def keys(pilot):
        await settled(pilot)
        seen.append(shown(pilot.app))

    driven(Queue(Wanted(pathway="child_protection", case=CASE)), keys)
    assert "A.B., 9" in seen[0]
    assert "1[x] 2[ ] 3[x]" in seen[0]
    assert "2 reports (health visiting, housing)" in seen[0]
    assert "Birch" not in seen[0]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("enter",), ("show", CASE)),
        (("n",), ("note", CASE)),
        (("r",), ("remind", CASE)),
        (("slash",), ("find",)),
    ],
)
def test_a_key_leaves_with_the_plain_command_that_does_it(practice_home, keys, words):
    async def press(pilot):
        await pilot.press(*keys)

    assert driven(Queue(Wanted(pathway="child_protection", case=CASE)), press).words == words


def test_what_can_be_done_is_what_next_says_and_choosing_it_is_a_command_line(practice_home, say):
    listed = []

    async def keys(pilot):
        await pilot.press("a")
        await pilot.pause()
        listed.extend(pilot.app.screen.offered)
        await pilot.press("enter")

    chosen = driven(Queue(Wanted(pathway="child_protection", case=CASE)), keys)
    assert " ".join(chosen.words) == listed[0][1]
    import json

    open_now = {
        each["command"] for each in json.loads(say("next", CASE, "--json").out)["moves"] if each["open"]
    }
    assert {f"pathways {command}" for _, command in listed} == open_now


def test_the_board_is_read_again_under_a_list_that_lies_over_it(practice_home, say):
    seen = []

    async def keys(pilot):
        await pilot.press("f1")
        await pilot.pause()
        assert say("assign", "CP-2026-0002", "--take").code == 0
        pilot.app.wanted = Wanted(pathway="child_protection", mine=True)
        pilot.app.again()
        await settled(pilot)
        await pilot.press("escape")
        await pilot.pause()
        seen.append(shown(pilot.app))

    driven(Queue(Wanted(pathway="child_protection")), keys)
    assert "1 case." in seen[0]


def test_escape_and_q_leave_nothing_chosen(practice_home):
    async def keys(pilot):
        await pilot.press("a", "escape", "q")

    assert driven(Queue(Wanted(pathway="child_protection", case=CASE)), keys) is None


def test_m_shows_only_the_cases_that_are_led_by_the_reader(practice_home, say):
    assert say("assign", "CP-2026-0002", "--take").code == 0
    seen = []

    async def keys(pilot):
        await pilot.press("m")
        await pilot.pause()
        seen.append(shown(pilot.app))

    driven(Queue(Wanted(pathway="child_protection")), keys)
    assert "CP-2026-0002" in seen[0]
    assert "1 case." in seen[0]


def test_a_restricted_case_is_on_no_board_but_its_own_and_there_only_its_row(practice_home, monkeypatch):
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.writing(service=True) as tx:
        tx.connection.execute(
            f"UPDATE pathway_case SET restricted = 1, guarded = 1 WHERE reference = '{CASE}'"
        )
    monkeypatch.setattr(Standing, "viewer", lambda self, at: ALL_SEEING)
    seen = []

    async def keys(pilot):
        await settled(pilot)
        seen.append(shown(pilot.app))

    driven(Queue(Wanted(pathway="child_protection")), keys)
    driven(Queue(Wanted(pathway="child_protection", restricted=True)), keys)
    assert CASE not in seen[0]
    assert "2 cases." in seen[0]
    assert CASE in seen[1]
    assert "A.B." not in seen[1]
    assert "RESTRICTED. Enter shows it, and records that you looked." in seen[1]


def test_whoever_may_see_no_restricted_case_gets_an_empty_board_and_not_a_word_more(practice_home):
    seen = []

    async def keys(pilot):
        seen.append(shown(pilot.app))

    driven(Queue(Wanted(restricted=True)), keys)
    assert "No open case is on this board." in seen[0]


def test_what_cannot_be_read_again_is_said_and_the_board_stays(practice_home, monkeypatch):
    seen = []

    async def keys(pilot):
        (practice_home / "practice.db").rename(practice_home / "away.db")
        pilot.app.again()
        await pilot.pause()
        seen.append(shown(pilot.app))

    driven(Queue(Wanted(pathway="child_protection", case=CASE)), keys)
    assert "it cannot be read now" in seen[0]
    assert CASE in seen[0]


def test_a_board_that_is_left_alone_closes(practice_home, monkeypatch):
    monkeypatch.setattr("commands.board_screen.LEFT_ALONE", 0.05)

    async def keys(pilot):
        await asyncio.wait_for(pilot.app._task if hasattr(pilot.app, "_task") else asyncio.sleep(0.3), 5)

    assert driven(Queue(Wanted()), keys).left_alone


# --- the board of a conference ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def begun(practice_store, tmp_path_factory) -> Path:
    """A practice store in which the conference of the first case has begun, on the day after."""
    path = tmp_path_factory.mktemp("begun") / "practice.db"
    shutil.copy(practice_store, path)
    with open_store(f"sqlite:///{path}") as store:
        casework = Casework(store, rules_of(store))

        def make(trigger: str, now: datetime, **own: Any) -> None:
            with store.reading() as tx:
                row = tx.need("case_by_reference", reference=CASE)
            move = next(
                each for each in pathway(row.pathway).moves_from(row.state) if each.trigger == trigger
            )
            answers = complete(move.records, now.date().isoformat(), **own)
            casework.make(CASE, trigger, actor=COORDINATOR, now=now, answers=answers)

        for agency in ("health visiting", "housing"):
            make("report_received", SITTING - timedelta(hours=1), agency=agency)
        for trigger in ("chair_met_family", "reports_shared", "start_conference"):
            make(trigger, SITTING)
        with store.writing(service=True) as tx:
            tx.connection.execute(f"UPDATE setting SET value = '{LATER.isoformat()}' WHERE name = 'clock'")
    return path


@pytest.fixture
def sitting(practice_home, begun):
    """A folder of our own with a copy of it."""
    shutil.copy(begun, practice_home / "practice.db")
    return practice_home


def views_of(desk: Desk) -> Views:
    view = desk.case(CASE)
    return Views(form_of(desk, view, "views_recorded", BOARD), BOARD, CASE)


async def all_answered(pilot: Any) -> None:
    """Go through the headings, typing what was said, as a person would."""
    app = pilot.app
    for _ in range(len(BOARD.fields)):
        name = app.here.name
        if name == "child_view_heard":
            await pilot.press("space")
        elif name == "protective":
            await pilot.press("down", "space")
        elif name in SAID and not app.form.given.get(name):
            await pilot.press(*SAID[name])
        if name == "what_next":
            return
        await pilot.press("ctrl+n")


def test_the_seven_headings_stand_under_their_three_questions_and_every_question_is_asked_once():
    asked = [one.name for _, fields in sections(BOARD) for one in fields]
    assert sorted(asked) == sorted(one.name for one in BOARD.fields)
    assert [name for name in asked if name in HEADINGS] == list(HEADINGS)


def test_a_board_filled_in_is_recorded_by_the_plain_command(sitting, say, rows):
    with Desk() as desk:
        app = views_of(desk)

        async def keys(pilot):
            await all_answered(pilot)
            await pilot.press("ctrl+r")

        assert driven(app, keys) == VIEWS
        app.form.given = ready_to_record(BOARD, app.form.given)
        app.form.keep()
        kept = form_drafts.find(desk.store, app.form.number)
    assert forms.go_on(kept) == 0
    (case,) = rows("case_by_reference", reference=CASE)
    record = next(each for each in rows("records_of_case", case_id=case.id) if each.kind == "views")
    assert record.body == {**SAID, "child_view_heard": True, "protective": [PROTECTIVE_FACTORS[1]]}
    assert "No form of yours is unfinished." in say("drafts").words


def test_ctrl_r_says_what_is_empty_and_records_nothing(sitting):
    seen = []
    with Desk() as desk:
        app = views_of(desk)

        async def keys(pilot):
            await pilot.press("x", "ctrl+r")
            await pilot.pause(1.2)
            seen.append(shown(pilot.app))

        assert driven(app, keys) is None
    assert (
        "Not recorded: still empty are Complicating past, Grey areas to explore, Safety, protection"
        in seen[0]
    )


def test_a_view_that_could_not_be_heard_asks_why_and_nothing_else(sitting):
    with Desk() as desk:
        app = views_of(desk)

        async def keys(pilot):
            pilot.app._go_to("child_view_heard")
            await pilot.press("down", "space", "ctrl+n", *"She slept.")

        driven(app, keys)
        given = {**SAID, **app.form.given}
        assert app.form.given == {"child_view_heard": "no", "child_view_why_none": "She slept."}
        assert missing(BOARD, given) == []
        assert "child_view" not in ready_to_record(BOARD, given)


def test_what_is_typed_is_kept_within_a_second_and_is_there_again(sitting, monkeypatch):
    monkeypatch.setattr("commands.board_views.EACH", 3_600)
    with Desk() as desk:

        async def keys(pilot):
            await pilot.press(*"Half a sent")
            pilot.app.keep()
            (kept,) = form_drafts.begun(desk.store)
            assert kept.answers["given"] == {"risks": "Half a sent"}
            await pilot.press(*"ence")

        driven(views_of(desk), keys)  # not left: what came since is lost with the process, and no more
        again = form_of(desk, desk.case(CASE), "views_recorded", BOARD)
        assert again.given == {"risks": "Half a sent"}
        assert again.number == 1


@pytest.mark.parametrize("way", ["escape", "ctrl+q", "left alone", "SIGHUP", "SIGTERM"])
def test_however_it_is_left_the_last_letter_is_kept(sitting, way):
    with Desk() as desk:

        async def keys(pilot):
            await pilot.press(*"to the end")
            if way.startswith("SIG"):
                os.kill(os.getpid(), getattr(signal, way))
                await pilot.pause(0.1)
            elif way == "left alone":
                pilot.app.left_alone()
            else:
                await pilot.press(way)

        assert driven(views_of(desk), keys) is None
        (kept,) = form_drafts.begun(desk.store)
        assert kept.answers["given"] == {"risks": "to the end"}


def test_a_form_begun_at_the_prompts_is_gone_on_with_here(sitting):
    with Desk() as desk:
        lines = [
            ["Current risks", "", "?"],
            ["Current risks", "", "The stairs."],
            ["Safety and protective factors", "", "A gate."],
            ["[numbers with commas]", BOARD.fields[2].asks, "1,3"],
        ]
        answers = {"words": ["do", CASE, VIEWS, "--on=2026-11-24"], "given": {}, "lines": lines}
        form_drafts.save(desk.store, None, command=f"do {VIEWS}", target=CASE, answers=answers, now=desk.now)
        form = form_of(desk, desk.case(CASE), "views_recorded", BOARD)
    assert form.given == {
        "risks": "The stairs.",
        "safety": "A gate.",
        "protective": [PROTECTIVE_FACTORS[0], PROTECTIVE_FACTORS[2]],
    }
    assert form.words == answers["words"]


def test_what_cannot_be_kept_is_said_on_the_screen_and_printed_when_it_is_left(sitting, capsys, monkeypatch):
    monkeypatch.setattr("commands.board_views.EACH", 3_600)
    seen = []
    with Desk() as desk:
        app = views_of(desk)

        async def keys(pilot):
            await pilot.press(*"The stairs.")
            (sitting / "practice.db").rename(sitting / "away.db")
            monkeypatch.setattr(desk.store, "writing", _away)
            pilot.app.keep()
            await pilot.pause()
            seen.append(shown(pilot.app))
            await pilot.press("ctrl+r")

        assert driven(app, keys) is None
    assert "NOT KEPT. What you type cannot be kept just now." in seen[0]
    from commands.board_views import _print_what_is_not_kept

    _print_what_is_not_kept(BOARD, app.form.given)
    assert "Current risks: The stairs." in capsys.readouterr().err


def _away(*_: object, **__: object) -> Any:
    from pathways.errors import NotReady

    raise NotReady("The database cannot be reached.")


# --- the command --------------------------------------------------------------------------------------------


def test_without_its_library_the_board_names_the_extra_and_the_plain_command(practice_home, say, monkeypatch):
    monkeypatch.setattr(boards, "find_spec", lambda name: None)
    said = say("board", "cp1")
    assert said.code == 10
    assert "safeguarding-pathways[board]" in said.err
    assert "pathways record views cp1" in said.words


def test_without_a_terminal_it_says_the_plain_command(say):
    said = say("board")
    assert (said.code, said.out) == (2, "")
    assert "pathways worklist" in said.err


@pytest.mark.parametrize(("columns", "lines"), [(79, 24), (80, 23), (60, 40)])
def test_a_window_that_is_too_small_is_told_how_large_it_is(say, monkeypatch, columns, lines):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("commands.screen.window", lambda _: os.terminal_size((columns, lines)))
    said = say("board")
    assert said.code == 2
    assert f"this window has {columns} and {lines}" in said.words


# --- at a real terminal -------------------------------------------------------------------------------------


def test_a_board_killed_half_way_is_gone_on_with_and_recorded_at_a_terminal(sitting, terminal, rows):  # noqa: F811
    child = terminal("board", "cp1")
    child.expect_exact("Current risks")
    child.expect_exact("^N Next")
    child.send("Nobody is awake")
    child.expect_exact("Kept. Go on at any time")
    child.kill(signal.SIGKILL)
    child.wait()
    child = terminal("board", "cp1")
    child.expect_exact("^N Next")
    # The first empty heading is the second; the first is as it was left.
    child.send("\x02")  # back to the first
    child.send(" in the morning.\x0e")
    for typed in ("A house fire.", "Who stays?", "The school.", "", "Her aunt."):
        child.send(f"{typed}\x0e")
    child.send(" \x0e")
    child.send("To stay.\x0eA plan.\x12")
    child.expect_exact("Done")
    code, said = ended(child)
    assert code == 0, said
    (case,) = rows("case_by_reference", reference=CASE)
    record = next(each for each in rows("records_of_case", case_id=case.id) if each.kind == "views")
    assert record.body["risks"] == "Nobody is awake in the morning."
    assert record.body["child_view"] == "To stay."


def test_from_the_board_to_a_refusal_and_back_and_out(practice_home, terminal):  # noqa: F811
    child = terminal("board", "--pathway", "CP")
    child.expect_exact("q Quit")
    child.send("\r")
    child.expect_exact("$ pathways show CP-2026-0002")
    child.expect_exact("Section 47 enquiry under way")
    child.expect_exact("Enter goes back to the board")
    child.sendline("")
    child.expect_exact("q Quit")
    child.send("q")
    code, _ = ended(child)
    assert code == 0


def test_a_case_that_has_no_conference_is_refused_as_by_the_plain_command(practice_home, terminal, say):  # noqa: F811
    plain = say("do", "cp2", VIEWS)
    child = terminal("board", "cp2")
    code, said = ended(child)
    assert code == plain.code != 0
    assert " ".join(said.split()) == plain.words
