"""The overnight check as a flow: run twice, one case in trouble, a lost database, and what Prefect is told."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from models.casework import Casework, NewPerson
from models.connecting import copy_sqlite
from models.driver_faults import Busy
from models.keys import note_path
from models.setup import AtTheKeyboard, fill
from models.store import open_store
from models.sweep import Held
from pathways import pathway
from pathways.errors import CONFLICT, NotReady
from pathways.practice_mark import MARK
from pathways.roles import Role
from tests.casefile import COORDINATOR, NOW, complete

pytestmark = pytest.mark.prefect

LATER = datetime(2026, 12, 1, 6, tzinfo=UTC)
"""After the conference was due, on 24 November 2026: 15 working days from Tuesday 3 November."""
CANARY = NewPerson(given="Zanzibarella", family="Quicksilverson", birth_date=date(2017, 3, 1), sex="F")


@pytest.fixture
def night(store_url, rules, monkeypatch, prefect_server):
    """A practice store with three enquiries under way, and the address in the environment."""
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", store_url)
    with open_store(store_url) as store:
        who = AtTheKeyboard("practice", "Coordinator", (Role.COORDINATOR,))
        fill(store, who, authority="sefton", now=NOW, practice_clock=LATER)
        casework = Casework(store, rules)
        pathway_of = pathway("child_protection")
        forms = {each.trigger: each.records for each in pathway_of.moves}
        entry = pathway_of.entry("strategy").records
        for _ in range(3):
            reference = casework.open(
                "child_protection",
                "strategy",
                person=CANARY,
                actor=COORDINATOR,
                now=NOW,
                answers=complete(entry),
            ).reference
            enquiry = complete(forms["start_enquiry"])
            casework.make(reference, "start_enquiry", actor=COORDINATOR, now=NOW, answers=enquiry)
        yield store


@contextmanager
def _copy(store, url, cluster, tmp_path):
    """Another store with the same content."""
    if store.dialect == "sqlite":
        path, other = Path(url.removeprefix("sqlite:///")), tmp_path / "other" / "copy.db"
        copy_sqlite(path, other)
        if note_path(path).exists():
            shutil.copy(note_path(path), note_path(other))
        yield f"sqlite:///{other}"
        return
    store.close()  # a template must not be in use
    with cluster.database(url.rpartition("/")[2]) as other:
        store.connection = open_store(url).connection
        yield other


def everything(store):
    """All that a check may change; that a check has run is told each time, and is no change of a case."""
    with store.reading() as tx:
        told = [each for each in tx.all("messages_to_relay", after=0, most=1000) if each.case_ref]
        return tx.all("whole_trail"), tx.all("every_case_state"), told


def runs(store):
    with store.reading() as tx:
        return tx.all("check_runs", most=10)


def test_running_it_twice_leaves_the_same_trail(night):
    from flows.deadlines import check_deadlines

    first = check_deadlines(LATER.isoformat(), 2, return_state=True)
    assert first.is_completed()
    assert first.name == "Late cases"
    assert first.message.startswith("3 cases looked at, ")
    once = everything(night)
    assert any(each.rule == "cp.icpc" and each.action == "deadline_missed" for each in once[0])
    again = check_deadlines(LATER.isoformat(), 2, return_state=True)
    assert (again.name, again.message.split(",")[0]) == ("Completed", "0 cases looked at")
    assert everything(night) == once
    assert [run.cases for run in runs(night)] == [0, 3]
    assert all(run.finished_at for run in runs(night))


CLOCKS_CHANGE = {
    "forward": datetime(2027, 3, 28, 3, 15, tzinfo=UTC),
    "back": datetime(2026, 10, 25, 4, 15, tzinfo=UTC),
}
"""A quarter past four in London on the Sundays on which the clocks go forward at 1am, and back at 2am."""


@pytest.mark.parametrize("change", CLOCKS_CHANGE)
def test_on_a_night_on_which_the_clocks_change_the_check_runs_as_on_any_other(
    store_url, rules, monkeypatch, api, change
):
    """What the manager then sees: the day in the run's name, and on the page that today's check has run, at its hour."""
    from flows.dashboards import read_records
    from flows.deadlines import check_deadlines
    from pathways.wall.pages import page

    night = CLOCKS_CHANGE[change]
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", store_url)
    with open_store(store_url) as store:
        who = AtTheKeyboard("practice", "Coordinator", (Role.COORDINATOR,))
        begun = night - timedelta(days=30)
        fill(store, who, authority="sefton", now=begun, practice_clock=night)
        found, casework = pathway("child_protection"), Casework(store, rules)
        answers = complete(found.entry("strategy").records, begun.date().isoformat())
        reference = casework.open(
            "child_protection", "strategy", person=CANARY, actor=COORDINATOR, now=begun, answers=answers
        ).reference
        enquiry = next(each for each in found.moves if each.trigger == "start_enquiry")
        answers = complete(enquiry.records, begun.date().isoformat())
        casework.make(reference, "start_enquiry", actor=COORDINATOR, now=begun, answers=answers)
        state = check_deadlines(return_state=True)
        assert state.name == "Late cases"
        assert check_deadlines(return_state=True).message.startswith("0 cases looked at")
        assert [run.as_of for run in runs(store)] == [night, night]
    day = f"{night:%-d %B %Y}"
    assert api.read_flow_run(state.state_details.flow_run_id).name == f"Deadline check for {day}"
    seen = page(read_records(), "the-check-itself")
    assert seen.as_at[:2] == (f"{MARK}.", f"As at 4:15am, Sunday {day}.")
    assert seen.answer[0] == f"**Today's check has run.** It looked from 4:15am, Sunday {day}."


def test_the_flow_leaves_nothing_for_the_command(night, rules):
    from flows.deadlines import check_deadlines
    from models.sweep import pass_due_dates

    check_deadlines(LATER.isoformat(), 3)
    once = everything(night)
    assert pass_due_dates(night, rules, LATER, LATER).cases == 0
    assert everything(night) == once


def test_a_missed_week_leaves_what_every_night_would(night, postgres_cluster, rules, store_url, tmp_path):
    """Off from Monday 23 to Sunday 29 November, while the conference of Tuesday 24 was missed: Monday's check makes up for it."""
    from flows.deadlines import check_deadlines
    from models.sweep import pass_due_dates

    nights = [datetime(2026, 11, day, 4, 15, tzinfo=UTC) for day in range(23, 31)]
    copy = _copy(night, store_url, postgres_cluster, tmp_path)
    with copy as other_url, open_store(other_url) as other:
        missed = [pass_due_dates(other, rules, each, LATER).missed for each in nights]
        every_night = _of_dates(other)
    assert missed == [0, 0, 3, 0, 0, 0, 0, 0]
    state = check_deadlines(nights[-1].isoformat(), 2, return_state=True)
    assert (state.name, state.message) == (
        "Late cases",
        "3 cases looked at, 3 limits missed, 12 reminders, 0 parked",
    )
    assert _of_dates(night) == every_night


def _of_dates(store):
    """Trail, states, and what is told of dates in the order of its keys: a night that makes up for others tells case by case."""
    trail, states, told = everything(store)
    dates = [each._replace(id=0) for each in told if each.event.startswith("pathways.deadline.")]
    return trail, states, sorted(dates, key=lambda each: each.key)


def test_a_case_in_trouble_is_parked_and_the_others_go_through(night):
    from flows.deadlines import check_deadlines

    with night.writing() as tx:
        found = tx.all("every_case_state")
        tx.connection.execute(
            f"UPDATE pathway_case SET definition = '0' WHERE reference = '{found[1].reference}'"
        )
    state = check_deadlines(LATER.isoformat(), 1, return_state=True)
    assert state.is_completed()
    assert state.message.endswith(" 1 parked")
    with night.reading() as tx:
        (parked,) = tx.all("parked_cases")
    assert parked.reference == found[1].reference
    missed = {each.case_ref for each in everything(night)[0] if each.action == "deadline_missed"}
    assert missed == {found[0].reference, found[2].reference}


def test_a_locked_database_is_tried_again(night, monkeypatch):
    from flows import deadlines

    tries = []
    really = deadlines.Sweep.shard

    def held_once(sweep, *given):
        tries.append(given)
        if len(tries) == 1:
            raise Busy
        return really(sweep, *given)

    monkeypatch.setattr(deadlines.Sweep, "shard", held_once)
    monkeypatch.setattr(deadlines, "pass_dates", deadlines.pass_dates.with_options(retry_delay_seconds=0))
    state = deadlines.check_deadlines(LATER.isoformat(), 1, return_state=True)
    assert state.is_completed()
    assert len(tries) == 2


def test_a_case_that_somebody_holds_to_the_end_is_not_passed_over_in_silence(
    night, postgres_cluster, monkeypatch
):
    """A worker that lost its power may hold it for a minute. Without it the check is red, and has not finished."""
    from flows import deadlines

    if night.dialect == "sqlite":
        pytest.skip("SQLite has one writer at a time: nobody holds one case alone")
    monkeypatch.setattr(deadlines, "pass_dates", deadlines.pass_dates.with_options(retry_delay_seconds=0))
    with postgres_cluster.connect(night.url.rpartition("/")[2]) as beside:
        beside.execute("BEGIN")
        beside.execute("SELECT id FROM pathway_case ORDER BY id LIMIT 1 FOR UPDATE")
        state = deadlines.check_deadlines(LATER.isoformat(), 1, return_state=True)
        assert state.is_failed()
        assert str(Held()) in state.message, "the sentence of the command"
        assert type(state.result(raise_on_failure=False)) is Held, "which ends the command as without a flow"
        assert runs(night)[0].finished_at is None
        beside.execute("ROLLBACK")
    again = deadlines.check_deadlines(LATER.isoformat(), 1, return_state=True)
    assert again.is_completed()
    missed = {each.case_ref for each in everything(night)[0] if each.action == "deadline_missed"}
    assert len(missed) == 3


def test_what_is_refused_is_not_tried_again(night, monkeypatch):
    from flows import deadlines

    tries = []

    def refused(*given):
        tries.append(given)
        raise ValueError("Zanzibarella Quicksilverson, born 1 March 2017")

    monkeypatch.setattr(deadlines.Sweep, "shard", refused)
    state = deadlines.check_deadlines(LATER.isoformat(), 2, return_state=True)
    assert state.is_failed()
    assert len(tries) == 2, "each shard once"
    fault = state.result(raise_on_failure=False)
    assert isinstance(fault, deadlines.StepFailed)
    assert str(fault).startswith("ValueError in pass-dates, error no. ")
    assert fault.__context__ is None
    assert runs(night)[0].finished_at is None, "a check that failed does not count as one"


def said_of_runs(path):
    """Every row of Prefect's database but for moves relayed to it, which may come late and are named by their cases."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as prefects:
        tables = prefects.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        rows = {repr(row) for (name,) in tables for row in prefects.execute(f'SELECT * FROM "{name}"')}
    return {each for each in rows if "pathways.case." not in each}


def test_prefect_sees_no_person(night, prefect_server, monkeypatch):
    """Its database after runs that went well, parked a case and failed with a name in the fault.

    Other tests publish pages and relay moves to the same server, with references like these and on purpose.
    """
    from flows import deadlines

    before = said_of_runs(prefect_server)
    references = [each.reference for each in everything(night)[1]]
    with night.writing() as tx:
        tx.connection.execute(f"UPDATE pathway_case SET definition = '0' WHERE reference = '{references[0]}'")
    deadlines.check_deadlines(LATER.isoformat(), 2, return_state=True)

    def talks(*_given):
        raise LookupError("Zanzibarella", references[1])

    monkeypatch.setattr(deadlines.Sweep, "shard", talks)
    deadlines.check_deadlines(LATER.isoformat(), 2, return_state=True)
    kept = b"".join(
        path.read_bytes() for path in Path(prefect_server).parent.glob(Path(prefect_server).name + "*")
    )
    assert b"check-deadlines" in kept, "this is the right file"
    assert b"Deadline check for 1 December 2026" in kept
    for told in ("Zanzibarella", "Quicksilverson", "2017-03-01", night.url):
        assert told.encode() not in kept
    told = said_of_runs(prefect_server) - before
    assert any("Deadline check for 1 December 2026" in each for each in told)
    assert [each for each in told if any(reference in each for reference in references)] == []


def test_a_wrong_date_fails_without_being_repeated(night):
    from flows.deadlines import StepFailed, check_deadlines

    state = check_deadlines("some day or other", 1, return_state=True)
    fault = state.result(raise_on_failure=False)
    assert isinstance(fault, StepFailed)
    assert str(fault).startswith("Mistyped in begin-check")
    assert runs(night) == []


def test_a_shard_that_is_begun_again_is_counted_whole(night, monkeypatch, rules):
    """A chunk a case; the database is lost after the second of three. What is kept is as of one undisturbed run."""
    from flows import deadlines

    class Lost(deadlines.Sweep):
        chunks = 0

        def shard(self, *given, **named):
            return super().shard(*given, chunk=1, **named)

        def _one_chunk(self, *given):
            Lost.chunks += 1
            if Lost.chunks == 3:
                raise Busy
            return super()._one_chunk(*given)

    monkeypatch.setattr(deadlines, "Sweep", Lost)
    monkeypatch.setattr(deadlines, "pass_dates", deadlines.pass_dates.with_options(retry_delay_seconds=0))
    state = deadlines.check_deadlines(LATER.isoformat(), 1, return_state=True)
    assert state.is_completed()
    assert Lost.chunks > 3, "it was begun again"
    (run,) = runs(night)
    trail, _, told = everything(night)
    assert run.cases == 3
    assert run.missed == sum(each.event == "pathways.deadline.missed" for each in told)
    assert run.missed > 0
    changed = [each for each in trail if each.role == "clock" and each.from_state != each.to_state]
    assert run.moved == len(changed)
    assert state.message.startswith(f"3 cases looked at, {run.missed} limits missed")
    with night.reading() as tx:
        assert not [each.name for each in tx.all("settings") if each.name.startswith("check/")], (
            "nothing is left over"
        )


def test_the_flow_and_the_command_keep_the_same_of_a_check(
    night, postgres_cluster, rules, store_url, tmp_path
):
    """The same cases, checked once by each."""
    from flows.deadlines import check_deadlines
    from models.sweep import pass_due_dates

    copy = _copy(night, store_url, postgres_cluster, tmp_path)
    with copy as other_url, open_store(other_url) as other:
        pass_due_dates(other, rules, LATER, LATER)
        (by_command,) = runs(other)
    check_deadlines(LATER.isoformat(), 2)
    (by_flow,) = runs(night)
    counts = ("cases", "missed", "moved", "reminded", "parked", "as_of", "rulebook", "calendar")
    assert [getattr(by_flow, each) for each in counts] == [getattr(by_command, each) for each in counts]


def test_after_a_long_gap_nothing_is_done_and_the_run_says_what_to_type(night, monkeypatch):
    """A real store whose computer says that it is 2028: the flow waits for a person, and no check has finished."""
    from flows import steps
    from flows.deadlines import check_deadlines
    from models.check_runs import confirm_gap

    ahead = datetime(2028, 1, 10, 6, tzinfo=UTC)
    with night.writing() as tx:
        for name, value in (("practice", "no"), ("clock", ""), ("unencrypted", "yes")):
            tx.run("put_setting", name=name, value=value)
    monkeypatch.setattr(steps, "real_now", lambda: ahead)
    before = everything(night)
    state = check_deadlines("", 2, return_state=True)
    assert (state.type.value, state.name) == ("CANCELLED", "Waits for a person")
    assert "Nothing has been written for 432 days, since 3 November 2026" in state.message
    assert state.message.endswith("If the clock is right: pathways check run --confirm-gap")
    assert everything(night) == before
    assert runs(night) == []
    with night.reading() as tx:
        told = {each.event for each in tx.all("messages_to_relay", after=0, most=1000)}
    assert "pathways.check.finished" not in told, (
        "so that 'The overnight check did not finish' still goes off"
    )
    confirm_gap(night, ahead)
    assert check_deadlines("", 1, return_state=True).is_completed()


def test_a_run_is_called_after_the_day_that_it_looks_from(night, api, monkeypatch):
    from flows import deadlines, steps
    from flows.steps import day_in_words
    from pathways.errors import NotReady

    assert day_in_words() == "1 December 2026", "the practice store's fixed clock"
    assert day_in_words("2026-12-03T06:00+00:00") == "3 December 2026"
    state = deadlines.check_deadlines(return_state=True)
    run = api.read_flow_run(state.state_details.flow_run_id)
    assert run.name == "Deadline check for 1 December 2026"

    def away(_as_of):
        raise NotReady("The database cannot be reached.")

    monkeypatch.setattr(steps, "open_at", away)
    assert day_in_words("2026-12-03T06:00+00:00") == "3 December 2026", "a name is no reason to fail"


def test_referrals_are_watched_in_office_hours(night, monkeypatch):
    from flows import deadlines

    asked = []
    monkeypatch.setattr(deadlines, "note_near_referrals", lambda *given: asked.append(given[2]) or 2)
    state = deadlines.watch_referrals(return_state=True)
    assert (state.name, state.message) == ("Completed", "2 to be decided within two office hours")
    assert asked == [LATER]


def test_only_a_locked_or_lost_database_passes():
    from prefect.states import Failed

    from flows.deadlines import StepFailed, may_pass

    def failed(code):
        return Failed(data=StepFailed("Kind", "step", "0000", code))

    assert may_pass(None, None, failed(CONFLICT))
    assert may_pass(None, None, failed(NotReady.code))
    assert not may_pass(None, None, failed(3))
    assert not may_pass(None, None, Failed(data=ValueError("no")))


class OtherPeoplesFault(Exception):
    """As a library's own: its code is no exit code of ours."""

    code = "e3q8"


def test_the_code_of_another_library_is_not_taken_for_ours():
    from flows.steps import StepFailed, without_values
    from pathways.errors import BUG

    @without_values("a step")
    def step():
        raise OtherPeoplesFault("with a value")

    with pytest.raises(StepFailed) as failed:
        step()
    assert failed.value.code == BUG
    assert "value" not in str(failed.value)
