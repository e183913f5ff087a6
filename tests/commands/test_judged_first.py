"""A value that can be judged at once is judged at once: nobody answers questions to be told of a slip on the command line."""

from __future__ import annotations

import os
import shlex
from importlib import import_module

import pytest
import typer

from commands import prompts
from commands.options import NeverAsks
from commands.registry import COMMANDS
from models.register import Member, enrol, give_role
from models.store import open_store
from pathways.engine import Actor
from pathways.errors import NOT_ALLOWED, NOT_FOUND, NOT_READY, USAGE
from pathways.roles import Role
from tests.commands.conftest import MONDAY

NEVER_ASKS = NeverAsks.__metadata__[0].help
BOSS = Actor("practice", frozenset({Role.COORDINATOR}))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("rebook cp1 --at 25:00", "There is no time 25:00"),
        ("rebook cp1 --to 31/11/2026", "There is no 31 November"),
        ("rebook cp1 --to 26/11/2026 --by nobody", "There is no role nobody"),
        ("do cp1 chair-met-family --at 25:00", "There is no time 25:00"),
        ("do cp1 chair-met-family --on 31/11/2026", "There is no 31 November"),
        ("do cp1 chair-met-family --by nobody", "There is no role nobody"),
        ("do cp1 start-conference --override conference.reports --override conference.chair_met --override conference.reports_shared "
         "--override none.such", "There is nothing called none.such"),
        ("record note cp1 --at 25:00", "There is no time 25:00"),
        ("record report cp1 --received 11/24/2026", "There is no month 24"),
        ("note cp1 --at 3pm+31:00", "an offset that no place has"),
        ("undo cp1 --by nobody", "There is no role nobody"),
        ("assign cp1 --team nowhere", "There is no team 'nowhere'"),
        ("assign --from practice --to practice --team nowhere", "There is no team 'nowhere'"),
        ("assign cp1 --handover none.json", "There is no file none.json"),
        ("open strategy --by nobody", "There is no role nobody"),
        ("open strategy --at 25:00", "There is no time 25:00"),
        ("open strategy cp1 --on 31/11/2026", "There is no 31 November"),
    ],
)  # fmt: skip
def test_no_question_comes_before_what_is_wrong_with_an_option(say, typed, line, says):
    say("assign", "cp1", "--take")
    typed()  # no answer lies ready: the first question would end the command
    said = say(*line.split())
    assert (said.code, says in said.words) == (USAGE, True), said


WRONG = {
    "DATE": "31/11/2026",
    "TIME": "25:00",
    "ROLE": "nobody",
    "R": "nobody",
    "CASE": "cp99",
    "LOGIN": "nobody.known",
    "TEAM": "nowhere",
    "T": "nowhere",
    "FILE": "none.json",
    "FILE.csv": "none.csv",
    "NAME": "No such name",
    "NAME=VALUE": "none=such",
    "ID": "none.such",
    "N": "999",
    "KIND": "nonsense",
    "WORD": "nonsense",
    "AGENCY": "nobody",
    "RECIPIENT": "nobody-there",
    "FORM": "odt",
    "A": "nowhere",
    "URL": "nowhere://",
}
"""What no option of that kind can be."""

ASKING = {
    "do": "do cp1 chair-met-family",
    "note": "note cp1",
    "open": "open strategy",
    "record": "record report cp1",
    "undo": "undo cp1 --by line-manager",
    "rebook": "rebook cp1",
    "people": "people cp1 add address",
    "assign": "assign cp1",
    "letter write": "letter cp1 invitation",
    "access exclude": "access exclude cp1 --because 'of the family'",
    "access open": "access open CP-2026-0001",
    "file audit": "file audit cp1",
    "supervision record": "supervision record t.dean",
    "users add": "users add",
    "init": "init",
    "tour": "tour",
    "find": "find",
    "retention destroy": "retention destroy cp1",
}
"""Every command that may ask, so far that its first question would come next."""

ANYTHING = {
    ("rebook", "--chair"): "a chair need not be on the register",
    ("rebook", "--where"): "a place is in words",
    ("init", "--title"): "a title is in words",
    ("init", "--team"): "there is no team yet, and this is the first",
    ("record", "--outcome"): "goes with a decision alone, and is judged with it",
    ("find", "-n"): "a number, which the command line judges",
    ("assign", "-n"): "a number, which the command line judges",
    ("retention destroy", "--page"): "judged as that file's, which two agreed on",
}
"""Options of which there is nothing to be judged before, and why."""


def _leaves(command, path):
    under = getattr(command, "commands", None)
    if under is None:
        yield " ".join(path), command
    for name, each in (under or {}).items():
        yield from _leaves(each, (*path, name))


EVERY = {
    name: command
    for word, (module, _, _) in COMMANDS.items()
    for name, command in _leaves(typer.main.get_command(import_module(module).app), (word,))
}
MAY_ASK = {
    name
    for name, command in EVERY.items()
    if any(each.name == "no_input" and each.help != NEVER_ASKS for each in command.params)
}
OPTIONS = [
    (name, max(each.opts, key=len), each.metavar)
    for name in sorted(MAY_ASK)
    for each in EVERY[name].params
    if each.param_type_name == "option" and not each.is_flag and each.metavar != "TEXT"
    if (name, max(each.opts, key=len)) not in ANYTHING
]


@pytest.fixture
def asked(monkeypatch, practice_home, say):
    """The questions that were asked of somebody who is at a terminal, and answers none."""
    questions = []

    def ask(question, *_, **__):
        questions.append(question)
        raise typer.Abort

    assert say("meeting", "cp2", "add", "--to", "cp1").code == 0
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store:
        for member in (
            Member("a.fern", "Worker", team="assessment", roles=("social_worker",)),
            Member("t.dean", "Lead", agency="north school", team="north school", roles=("dsl",)),
        ):
            enrol(store, member, actor=BOSS, now=MONDAY, from_on=MONDAY.date())
        give_role(
            store, "practice", Role.SUPERVISOR, actor=BOSS, now=MONDAY, from_on=MONDAY.date(), to_on=None
        )
    monkeypatch.setattr(prompts, "can_ask", lambda no_input, as_json: not no_input and not as_json)
    monkeypatch.setattr(prompts, "ask", ask)
    return questions


def test_every_command_that_may_ask_is_walked():
    assert (MAY_ASK - ASKING.keys(), ASKING.keys() - MAY_ASK) == (set(), set())
    assert len(OPTIONS) > 30


@pytest.mark.parametrize("name", sorted(ASKING.keys() - {"init", "tour"}))
def test_each_of_them_asks_where_nothing_is_wrong(say, asked, name):
    """Else the walk below would show nothing of it."""
    more = "" if name != "access exclude" else " --who a.fern"
    say(*shlex.split(ASKING[name] + more))
    assert asked


@pytest.mark.parametrize("name", sorted({name for name, *_ in OPTIONS}))
def test_no_command_asks_before_it_judges_its_options(say, asked, monkeypatch, tmp_path, name):
    if name == "init":
        monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path / "new"))
    wrong = {}
    for option, metavar in (rest for command, *rest in OPTIONS if command == name):
        said = say(*shlex.split(ASKING[name]), option, WRONG[metavar])
        assert "Your answers are kept" not in said.words, f"{option}: nothing was answered yet"
        if asked or said.code not in (USAGE, NOT_FOUND, NOT_ALLOWED, NOT_READY):
            wrong[option] = (list(asked), said)
        asked.clear()
    assert wrong == {}


@pytest.mark.parametrize(
    "line", ["rebook rf1", "rebook rf1 --dry-run", "do cp3 start-conference", "undo rf1"]
)
def test_what_would_be_refused_whatever_is_said_is_refused_before_anything_is_asked(say, asked, rows, line):
    before = len(rows("trail_of_case", reference="RF-2026-0001"))
    said = say(*line.split())
    if "--dry-run" in line:
        assert len(rows("trail_of_case", reference="RF-2026-0001")) == before, "a trial is no attempt"
    assert (asked, said.code != 0, "Refused" in said.words) == ([], True, True), said


def test_answers_that_can_be_read_once_only_are_left_for_the_move_itself(say, asked, tmp_path):
    """As of `--from <(command)`: read before the other children are asked about, there would be nothing left."""
    os.mkfifo(tmp_path / "answers")
    say("do", "cp1", "chair-met-family", "--from", str(tmp_path / "answers"))
    assert len(asked) == 1
