"""The wall: to somebody without clearance, and to the adult themselves, the records are what they would be without it.

Two stores are the same but for an allegation, and a child whose every case is restricted. Every command of the registry
is run on both, also with the hidden references, and has to answer alike, byte for byte: what is printed, the exit code,
JSON, counts, refusals. What is random or measured (salts, references drawn, seconds) is made the same for both.
"""

from __future__ import annotations

import json
import random
import re
import shlex
import shutil
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest

from commands.registry import COMMANDS
from models.access import note, quiet_draft
from models.people import NewPerson, add_person
from models.register import Member, enrol
from models.store import open_store
from models.viewer import ALL_SEEING, NOBODY
from pathways import pathway
from tests.casefile import complete
from tests.heard import listening
from tests.models.office import KEEPER, NOW, Office

HIDDEN, CHILD, SEEN, OTHER = "LADO-7KQ4M2X", "RF-5TR2C9B", "RF-2026-0001", "CP-2026-0001"
MISSING = "LADO-2222229"
TODAY = NOW + timedelta(days=9)
NOTE = "note --answer nature=fact --answer text=seen"
NUMBER = "900100099"
SAMPLE = Path(__file__).parents[2] / "pathways" / "samples" / "cin_census_2026.xml"


def about(reference: str) -> list[str]:
    """Every command line that names a case."""
    return [
        f"show {reference}", f"show {reference} --names --full", f"show {reference} --json", f"next {reference}",
        f"next {reference} --json", f"why {reference}", f"why {reference} review --json", f"do {reference} note --no-input",
        f"do {reference} hold-initial-discussion --dry-run --no-input", f"do {reference} fly --json",
        f"record note {reference} --no-input", f"record contact {reference} --json", f"chronology {reference}",
        f"chronology {reference} --full --json", f"chronology {reference} --out FOLDER/hidden.docx", f"find {reference}", f"find {reference} --json",
        f"open escalation {reference} --no-input", f"open referral --like {reference} --no-input --json",
        f"people {reference}", f"people {reference} --names --json", f"people {reference} add name --from FOLDER/name.json",
        f"people {reference} merge {SEEN} --because 'a reason'", f"people {SEEN} merge {reference} --because 'a reason'",
        f"people {reference} split --because 'a reason'", f"meeting {reference}", f"meeting {reference} add --to {OTHER}",
        f"meeting {OTHER} add --to {reference} --json", f"link {reference} {SEEN} --as sibling", f"link {SEEN} {reference} --as step-up",
        f"do {SEEN} note --with {reference} --no-input", f"do {reference} note --with {SEEN} --json",
        f"conference {reference}", f"conference {reference} --json", f"remind {reference}", f"remind {reference} --dry-run --json",
        f"rebook {reference} --to 2026-12-01 --dry-run", f"rebook {reference} --to 2026-12-01 --although --no-input --json",
        f"rebook {reference} --to 2026-12-01 --with all --dry-run",
        f"undo {reference} --because 'an error' --no-input", f"undo {reference} --dry-run --no-input",
        f"audit show {reference}", f"audit show {reference} --json", f"audit export {reference} --out FOLDER/proof.json",
        f"audit verify --receipt {reference}:1:9f3c21aa",
        f"access why {reference}", f"access why {reference} --json", f"access on {reference} --date 2026-11-04",
        f"access grant {reference} --to worker --because 'a reason'", f"access revoke {reference} --to worker --because 'a reason'",
        f"access exclude {reference} --who second --because 'a reason' --no-input",
        f"access readmit {reference} --who teacher --because 'a reason'",
        f"letter {reference} invitation --to child --preview", f"letter {reference} lado-outcome --to employer --json",
        f"letter {reference} transfer-receipt --to school --dry-run", f"letter recipients {reference} transfer-receipt --json",
        f"letter sent {reference} 1 --how post", f"letter sent {reference} all --how post",
        f"letter {reference} report-request --to everyone --dry-run", f"letter {reference} invitation --to everyone --json",
        f"documents {reference}", f"documents {reference} --json",
        f"documents {reference} open 1 --out FOLDER/opened.docx",
        f"access agree {reference} --who teacher --because 'a reason'",
        f"assign {reference} --to worker", f"assign {reference} --take --json", f"assign {reference} --team assessment --dry-run",
        f"access restrict {reference} --because 'a reason'", f"access lift {reference} --because 'a reason'",
        f"letter {reference} invitation --to child --preview", f"letter {reference} lado-outcome --to employer --json",
        f"letter {reference} transfer-receipt --to school --dry-run", f"letter recipients {reference} transfer-receipt --json",
        f"letter sent {reference} 1 --how post", f"letter sent {reference} all --how post",
        f"letter {reference} report-request --to everyone --dry-run", f"letter {reference} invitation --to everyone --json",
        f"documents {reference}", f"documents {reference} --json",
        f"documents {reference} open 1 --out FOLDER/opened.docx",
        f"access agree {reference} --because 'a reason'", f"access open {reference} --because 'a long enough reason' --no-input",
        f"file audit {reference} --no-input", f"file audit {reference} --json", f"file watch {reference} --because 'a reason'",
        f"file unwatch {reference} --because 'a reason'",
        f"retention why {reference}", f"retention why {reference} --json", f"retention hold {reference} --because 'a reason'",
        f"retention release {reference} --because 'a reason'", f"retention review {reference} --because 'a long enough reason'",
        f"retention approve {reference} --because 'a reason'", f"retention destroy {reference} --dry-run",
    ]  # fmt: skip


LINES: dict[str, list[str]] = {
    "": [""],
    "worklist": [
        "worklist", "worklist all --expand", "worklist all --json", "worklist all --pathway allegations",
        "worklist all --team allegations", "worklist week -n 2", "worklist --linear", "worklist all --until 2027-06-01",
    ],
    "overdue": ["overdue", "overdue --json", "overdue --team allegations", "overdue -n 1"],
    "find": [
        "find --stdin < Reed Vale", "find --stdin --json < Fen Moss", "find --stdin < Moss", "find --stdin < 4 April 2016",
        f"find {NUMBER}", f"find {NUMBER} --json", "find lado", "find LADO-7", "find rf", "find 7KQ4M2X",
    ],
    "show": ["show lado", "show LADO-7KQ", "show rf", "show rf1", f"show {OTHER} --full --json", "show 7"],
    "next": [f"next {SEEN}", "next lado"],
    "why": [f"why {SEEN}", f"why {OTHER} conference --json"],
    "do": [f"do {SEEN} {NOTE} --no-input", f"do {SEEN} {NOTE} --no-input --json", f"do {SEEN} refer-on --json"],
    "open": [
        "open referral --from FOLDER/referral.json --no-input", "open referral --from FOLDER/hidden_child.json --no-input",
        "open referral --from FOLDER/hidden_child.json --no-input --json",
        "open referral --from FOLDER/hidden_number.json --no-input", "open allegation --from FOLDER/allegation.json --no-input",
        "open allegation --from FOLDER/allegation.json --no-input --json",
        "open allegation --from FOLDER/allegation.json --no-input --dry-run", "open modern-slavery --from FOLDER/adult.json --no-input",
        "open referral --from FOLDER/hidden_number.json --no-input && open referral --from FOLDER/hidden_number.json --no-input"
        f" && find {NUMBER} && worklist all",
    ],
    "note": [f"note {SEEN} --kind fact --no-input", f"note {HIDDEN} --kind fact --no-input --json"],
    "drafts": [
        "drafts", "drafts --json", "drafts drop 1", "open referral --from FOLDER/hidden_child.json --no-input && drafts",
        f"do {HIDDEN} {NOTE} --answer nature=guess --no-input && drafts && drafts drop 1 --json",
    ],
    "board": ["board", "board --allegations", f"board {SEEN}"],
    "digest": ["digest preview", "digest preview --json", f"assign {SEEN} --to worker && digest preview"],
    "record": [f"record {NOTE.replace('note', f'note {SEEN}')} --no-input"],
    "undo": ["undo --no-input", f"do {SEEN} {NOTE} --no-input && undo --because 'an error' --no-input",f"undo {SEEN} --because 'an error' --no-input"],
    "conference": [f"conference {OTHER}", f"conference {OTHER} --json"],
    "remind": ["remind --all-late", "remind --all-late --json", f"remind {OTHER} --dry-run"],
    "rebook": [f"rebook {OTHER} --to 2026-12-01 --dry-run"],
    "schedule": ["schedule --example", "schedule --from FOLDER/slots.json --json", "schedule --from FOLDER/slots.json"],
    "chronology": [
        f"chronology {SEEN}", f"chronology {OTHER} --json", f"chronology {OTHER} --full --out FOLDER/chronology.docx --json",
        f"chronology {SEEN} --out FOLDER/chronology.pdf",
    ],
    "report": [
        "report central-list", "report central-list --historic --json", "report concerns", "report concerns --json",
        "report central-list --team allegations",
    ],
    "supervision": [
        "supervision list", "supervision due --json", "supervision actions", "supervision show 1", "supervision record --from FOLDER/hidden_session.json",
        "supervision record --from FOLDER/session.json && supervision show 1 --json", "supervision meeting --team allegations --on 2026-11-04",
    ],
    "training": ["training due", "training due --json", "training add teacher --on 2026-11-02"],
    "file": [f"file audit {SEEN}", f"file watch {SEEN} --because 'a reason'"],
    "retention": [
        "retention due", "retention due --json", f"retention why {SEEN}", f"retention hold {SEEN} --whole-person --because 'x'",
        "supervision record --from FOLDER/session.json && retention why session-1", "retention why session-1 --json",
    ],
    "people": [
        f"people {SEEN}", f"people {SEEN} --names --json", f"people {SEEN} add relative --from FOLDER/relative.json && people {SEEN} --json",
        f"people {SEEN} add name --from FOLDER/name.json && chronology {SEEN}", f"people {SEEN} add number --from FOLDER/hidden_number_of.json && people {SEEN} --names && find {NUMBER}",
        f"people {OTHER} merge {SEEN} --because 'a reason'", f"people {SEEN} add household --from FOLDER/household.json && people {SEEN}",
    ],
    "meeting": [f"meeting {OTHER}", f"meeting {OTHER} --json", f"meeting {OTHER} add --to {SEEN}"],
    "assign": [
        "assign", "assign --json", f"assign {SEEN} --to worker", f"assign {SEEN} --take --json", f"assign {OTHER} --to nobody.known",
        "assign --all-of lado --to worker", "assign --all-of worker --to lado --no-input --json", "assign --team allegations",
        f"assign {OTHER} --team assessment --dry-run", f"assign {SEEN} --to worker && assign --all-of worker --to second --no-input",
    ],
    "link": [f"link {SEEN} RF-2026-0002 --as half-sibling && people {SEEN}", f"link {SEEN} {OTHER} --as same-incident"],
    "letter": [
        f"letter {SEEN} transfer-receipt --to school", f"letter {OTHER} invitation --to child --preview", "letter fields minutes",
        f"letter recipients {SEEN} transfer-receipt",
    ],
    "documents": [f"documents {SEEN}", f"letter {SEEN} transfer-receipt --to school --json && documents {SEEN} --json"],
    "calendar": [
        "calendar show --team assessment", "calendar show --team allegations --json", "calendar show --mine",
        "calendar url --team allegations",
    ],
    "access": [f"access why {SEEN}", f"access on {SEEN} --date 2026-11-04 --json", f"access restrict {OTHER} --because 'x'"],
    "check": [
        "check run", "check run --json", "check run --as-of 2026-11-12", "check run --as-of 2026-11-12 --json --exit-code",
        "check run --shards 3", "check run && check last --json && overdue", "check run --json && check run --json", "check last", "check last --json", "check status", "check status --json",
    ],
    "serve": ["serve -h"],
    "dashboards": ["dashboards preview", "dashboards publish --out FOLDER/pages", "dashboards preview --json"],
    "audit": ["audit verify", "audit verify --json", f"audit show {SEEN}", "audit verifier --out FOLDER/verifier.py", "audit anchor", "audit anchor --json"],
    "rules": ["rules list", "rules show cp.icpc", "rules due cp.icpc 2026-11-03", "rules check", "rules list --json"],
    "days": ["days show", "days show --json", "days school"],
    "db": ["db upgrade", "db -h"],
    "import": [f"import cin-census {SAMPLE}", f"import cin-census {SAMPLE} --dry-run --json", f"import cin-census {SAMPLE} && import unused && import cin-census {SAMPLE} --json"],
    "users": [
        "users list", "users list --names --all --json", "users add --from FOLDER/staff.csv", "users role worker lado",
        "users role worker police", "users end teacher",
    ],
    "export": [
        "export list", "export list --json", "export processing-record --out FOLDER/record.md",
        "export processing-record --out FOLDER/record.json --json",
    ],
    "licences": ["licences"],
    "doctor": ["doctor", "doctor --json"],
    "init": ["init --no-input", "init --no-input --role lado"],
    "config": ["config show", "config show --json", "config path", "config path --json"],
    "whoami": ["whoami", "whoami --json"],
    "demo": ["demo", "demo reset"],
    "tour": ["tour", "tour coordinator"],
    "completion": ["completion show bash", "completion show"],
    "schema": ["schema", "schema worklist", "schema --json"],
    "describe": ["describe allegations", "describe", "describe child_protection"],
    "help": ["help", "help show", "help exit-codes"],
}  # fmt: skip
"""What is typed, by command: a new command has to be put here, and its answers held to the wall."""
ALWAYS = [line for reference in (HIDDEN, CHILD, MISSING) for line in about(reference)]
SLOW = ("import ",)
OF_EVERYTHING = ("audit anchor",)
"""Prints a hash of everything, hidden cases too: it differs as any hash does, and of it nothing can be told."""


DOES_MORE = (
    "check run", "import cin-census",  # go through every case there is, as the service
    "users add",  # keeps somebody out at once whose name is that of the adult
    "open referral --from FOLDER/hidden_number", f"people {SEEN} add number",  # tell those who know the hidden record
)  # fmt: skip
"""Where the hidden cases themselves are worked on, more is sent to the database: docs/who-may-see.md says so."""
PASSED_OVER = 650
"""Steps of SQLite's virtual machine that one statement may take more for passing over two hidden cases and three people,
with their clocks, records and relationships: some microseconds."""
ONE_ROW = 250
"""And that a whole command may take more where it finds one hidden row and not one."""


@dataclass(frozen=True)
class Pair:
    """The two stores, as files."""

    without: Path
    within: Path


def _children(office: Office) -> None:
    """What both stores hold: ordinary work, brothers and sisters, an officer with a name and a birth date."""
    enrol(
        office.store,
        Member("deputy", birth_date=date(1980, 2, 3), staff_number="S-77"),
        actor=KEEPER,
        now=NOW,
    )
    first = office.child()
    second = office.child("Rowan", "Birch")
    office.child("Elm", "Fox", team="north school")
    third = office.open("child_protection", "strategy", office.row(second).person_id)
    assert (first, third) == (SEEN, OTHER)


def _hidden(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one store holds more: an allegation about the deputy, and a child who was restricted before any case."""
    drawn = iter((HIDDEN.split("-")[1], CHILD.split("-")[1]))

    def draw(tx, found, year, *, restricted):
        return f"{found.prefix}-{next(drawn)}" if restricted else real_draw(tx, found, year, restricted=False)

    from models import change

    real_draw = change.draw_reference
    with monkeypatch.context() as patched:
        patched.setattr("models.change.draw_reference", draw)
        who = NewPerson(kind="adult", given="Reed", family="Vale", birth_date=date(1980, 2, 3))
        assert office.open("allegations", "to_officer", who) == HIDDEN
        with office.store.writing() as tx:
            child = add_person(
                tx, NewPerson(given="Fen", family="Moss", birth_date=date(2016, 4, 4), identifiers=(("la_child_id", NUMBER),)), NOW,
                restricted=True,
            )  # fmt: skip
            tx.run(
                "add_restriction", case_id=None, person_id=child, because="a colleague's child", by_login="manager", from_at=NOW,
                lifted_at=None, lifted_by=None, lifted_second=None,
            )  # fmt: skip
            of_census = NewPerson(birth_date=date(2019, 3, 18), identifiers=(("la_child_id", "999/C000001"),))
            add_person(tx, of_census, NOW, restricted=True)
            officer = tx.need("practitioner_by_login", login="officer")
            tx.run(
                "add_notice", key="glass/1", kind="urgent", practitioner_id=officer.id, agency="", subject="Look at LADO", body="",
                queued_at=NOW, send_after=NOW, attempts=0, last_fault="",
            )  # fmt: skip
            tx.need(
                "add_form", practitioner_id=officer.id, command=f"do {HIDDEN} note", target=HIDDEN, answers={}, begun_at=NOW,
                saved_at=NOW, finished_at=None, dropped_at=None,
            )  # fmt: skip
        assert office.open("front_door", "referral", child) == CHILD
        with office.store.reading() as tx:
            brother = tx.need("case_by_reference", reference=SEEN).person_id
        with office.store.writing() as tx:
            draft = quiet_draft(tx, CHILD, seen_by=ALL_SEEING)
            note(
                tx, draft, "access_restricted", actor="manager", role="team_leader", now=NOW, because="a colleague's child",
                person=True, named=[],
            )  # fmt: skip
            for one, other in ((child, brother), (brother, child)):
                tx.run(
                    "add_relationship",
                    person_id=one,
                    other_id=other,
                    kind="sibling",
                    from_on=date(2020, 5, 2),
                    to_on=None,
                    recorded_at=NOW,
                )


@pytest.fixture(scope="module")
def pair(tmp_path_factory, empty_sqlite, rules) -> Pair:
    from models.setup import AtTheKeyboard, fill
    from models.sweep import pass_due_dates
    from pathways.roles import Role

    folder = tmp_path_factory.mktemp("wall")
    made = []
    with pytest.MonkeyPatch.context() as patched:
        for name in ("without", "within"):
            path = folder / f"{name}.db"
            shutil.copy(empty_sqlite, path)
            patched.setattr("models.draft.urandom", lambda count: bytes(count))
            with open_store(f"sqlite:///{path}") as store:
                fill(
                    store,
                    AtTheKeyboard("founder", "Coordinator", (Role.COORDINATOR,)),
                    authority="sefton",
                    now=NOW,
                )
                office = Office(store, rules)
                _children(office)
                if name == "within":
                    _hidden(office, patched)
                store.viewer = NOBODY
                night = NOW + timedelta(days=8)
                pass_due_dates(store, rules, night, night)
                store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            made.append(path)
    return Pair(*made)


@pytest.fixture
def answers(tmp_path, monkeypatch, capsys, pair):
    """Run a line as somebody, on one of the two stores: all that can be seen of the answer. `heard`: what it asked of SQLite."""
    from commands.run import run

    home = tmp_path / "home"
    monkeypatch.setenv("PATHWAYS_HOME", str(home))
    for name in ("PATHWAYS_DATABASE_URL", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("commands.desk.real_now", lambda: TODAY)
    monkeypatch.setattr("commands.progress.Progress.seconds", 0.0)
    for source in ("models.draft", "models.log_chain"):
        monkeypatch.setattr(f"{source}.urandom", lambda count: bytes(count))

    def said(store: Path, login: str, line: str) -> tuple[int, str, str, dict[str, bytes]]:
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(mode=0o700)
        shutil.copy(store, home / "pathways.db")
        (home / "pathways.db").chmod(0o600)
        folder = home / "handed"
        _handed_in(folder)
        dice = random.Random(7)
        monkeypatch.setattr("models.change.choice", dice.choice)
        monkeypatch.setattr("models.change.randbelow", dice.randrange)
        monkeypatch.setattr("models.place.system_login", lambda: login)
        capsys.readouterr()
        with listening(monkeypatch) as said.heard:
            for each in line.replace("FOLDER", str(folder)).split(" && "):
                words, _, typed = each.partition(" < ")
                monkeypatch.setattr("sys.stdin", StringIO(f"{typed}\n"))
                code = run(shlex.split(words))
        out, err = capsys.readouterr()
        if line.startswith(OF_EVERYTHING):
            out = re.sub("[0-9a-f]{4,}", "HASH", out)
        made = {
            str(each.relative_to(folder)): each.read_bytes()
            for each in sorted(folder.rglob("*"))
            if each.is_file()
        }
        return code, out, err, made

    return said


def _handed_in(folder: Path) -> None:
    """Files that the lines hand in: among them the hidden people, as somebody would know them."""
    folder.mkdir()
    referral = complete(pathway("front_door").entry("referral").records, "2026-11-03")
    allegation = complete(pathway("allegations").entry("allegation").records, "2026-11-03")
    slavery = complete(pathway("modern_slavery").entries[0].records, "2026-11-03")
    hidden = {"given_name": "Fen", "family_name": "Moss", "birth_date": "2016-04-04"}
    adult = {"given_name": "Reed", "family_name": "Vale", "birth_date": "1980-02-03"}
    session = {"with": "manager", "as": "practitioner", "on": "2026-11-04", "form": "unplanned"}
    for name, given in {
        "referral": referral | {"given_name": "Ivy", "family_name": "Rowe", "birth_date": "2015-01-02"},
        "hidden_child": referral | hidden,
        "hidden_number": referral | hidden | {"la_child_id": NUMBER},
        "allegation": allegation | adult,
        "adult": slavery | adult,
        "name": {"kind": "former", "family_name": "Moss"},
        "relative": {"kind": "sibling", "person": "child", **hidden},
        "hidden_number_of": {"scheme": "la_child_id", "value": NUMBER},
        "household": {"label": "home", "members": "1"},
        "session": session | {"cases": {SEEN: "no change"}},
        "hidden_session": session | {"cases": {SEEN: "no change", HIDDEN: "what was said"}},
    }.items():
        (folder / f"{name}.json").write_text(json.dumps(given))
    slots = {
        "from": "2026-11-12", "to": "2026-12-11", "slots": [["10:00", "12:00"]], "chairs": [{"name": "chair-1"}],
        "rooms": [{"name": "oak"}], "minute_takers": [{"name": "minutes-1"}],
    }  # fmt: skip
    (folder / "slots.json").write_text(json.dumps(slots))
    (folder / "staff.csv").write_text(
        "login,title,roles,given,family,birth_date,staff_number\nr.vale,Clerk,staff,Reed,Vale,1980-02-03,S-77\n"
    )


def test_every_command_of_the_registry_is_held_to_the_wall():
    assert set(LINES) - {""} == set(COMMANDS)
    for name, lines in LINES.items():
        for line in lines:
            assert name in [each.partition(" ")[0] for each in line.split(" && ")], line


@pytest.mark.parametrize("login", ["worker", "manager", "second", "deputy", "teacher"])
@pytest.mark.parametrize("name", [*LINES, "with a case"], ids=lambda name: name or "alone")
def test_the_answer_is_what_it_would_be_if_it_did_not_exist(answers, pair, name, login):
    for line in LINES.get(name, ALWAYS):
        if line.startswith(SLOW) and login != "worker":
            continue
        without, asked = answers(pair.without, login, line), answers.heard
        within = answers(pair.within, login, line)
        assert within == without, f"{login}: pathways {line}"
        if not line.startswith(DOES_MORE):
            assert answers.heard.statements == asked.statements, f"{login}: pathways {line}"
            more = [
                with_it - without_it
                for with_it, without_it in zip(answers.heard.steps, asked.steps, strict=True)
            ]
            assert max(more, default=0) <= PASSED_OVER, f"{login}: pathways {line}"
        assert "Traceback" not in within[2]
        assert within[0] != 1, f"{login}: pathways {line}: {within[2]}"


def _walked(app, **_):
    """Go over a board as somebody would, and print what it showed."""
    import asyncio

    from tests.commands.test_board import settled, text

    seen: list[str] = []

    async def walk() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            for key in ("p", "p", "p", "m", "m", "down", "a"):
                await pilot.press(key)
                await settled(pilot)
                seen.extend(text(app))

    asyncio.run(walk())
    sys.stdout.write("\n".join(seen))


@pytest.mark.parametrize("line", ["board", "board --team all --pathway LADO", "board --allegations"])
def test_the_board_is_what_it_would_be_if_it_did_not_exist(answers, pair, monkeypatch, line):
    monkeypatch.setattr("commands.board._can_be_drawn", lambda instead: None)
    monkeypatch.setattr("commands.board_queue.Queue.run", _walked)
    without, within = answers(pair.without, "worker", line), answers(pair.within, "worker", line)
    assert within == without
    assert "Board: " in within[1]
    assert answers(pair.within, "officer", "board --allegations") != within


def test_without_the_gate_the_answers_would_tell(answers, pair, monkeypatch):
    from models.staff import Standing

    monkeypatch.setattr(Standing, "viewer", lambda self, at: ALL_SEEING)
    for line in (
        "worklist all",
        "overdue",
        "check status",
        "find --stdin < Reed Vale",
        f"show {HIDDEN}",
        "audit verify",
        "",
    ):
        assert answers(pair.within, "second", line) != answers(pair.without, "second", line), line


def test_the_hidden_cases_are_there_for_those_who_may_see_them(answers, pair):
    assert answers(pair.within, "officer", f"show {HIDDEN}")[0] == 0
    assert answers(pair.without, "officer", f"show {HIDDEN}")[0] == 5
    assert "LADO" in answers(pair.within, "officer", "worklist all")[1]
    with open_store(f"sqlite:///{pair.within}") as store, store.reading() as tx:
        assert {row.reference for row in tx.all("hidden_cases")} == {HIDDEN, CHILD}


@pytest.mark.parametrize(
    "line", ["show REF", "next REF", "chronology REF", "do REF note --no-input", "find REF", "access why REF"]
)
def test_a_hidden_case_and_a_missing_one_take_the_same_statements(answers, pair, line):
    """What is asked of the database is the same for both, and of it the same work but for one hidden row."""
    for login in ("worker", "deputy"):
        taken = []
        for reference in (HIDDEN, MISSING):
            answers(pair.within, login, line.replace("REF", reference))
            taken.append(answers.heard)
        hidden, missing = taken
        assert hidden.statements == missing.statements
        assert sum(hidden.steps) - sum(missing.steps) <= ONE_ROW
        assert sum(missing.steps) > 1_000
