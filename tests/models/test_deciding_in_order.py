"""Whatever somebody else does while a move is being decided: the store ends as if they had been first, to the byte."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple

import pytest

from models import anchors, form_drafts
from models.casework import Act, Casework
from models.deciding import Deciding
from models.families import changing
from models.glass import break_glass
from models.letting_in import exclude
from models.meetings import join
from models.owning import give
from models.people import NewPerson
from models.restricting import restrict
from models.store import Store, open_store
from models.sweep import pass_due_dates
from models.undo import undo
from models.verify import verify
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.engine import Actor
from pathways.errors import PathwayError
from pathways.roles import NOT_PEOPLE, Role
from tests.casefile import COORDINATOR, complete
from tests.models.office import NOW, Office

LATER, NIGHT = NOW + timedelta(days=2), NOW + timedelta(days=60)
BIRTH, TUESDAY = datetime(2026, 11, 20, 9, tzinfo=UTC), datetime(2026, 11, 24, 10, tzinfo=UTC)
MANAGER = Actor("manager", frozenset({*Role} - {*NOT_PEOPLE}))
DEPUTY = Actor("deputy", frozenset({Role.LADO}))
WHY = "an invented reason that is long enough"
AGENCIES = "social care,police,school,health visiting"
CHILDREN = (("Ash", date(2012, 3, 1)), ("Rowan", date(2015, 5, 2)), ("Elm", date(2018, 8, 3)))


class Cases(NamedTuple):
    """Two children booked for one conference and a third for another; a referral of the first; an unborn child's
    referral and protection; an allegation; somebody's half-filled form about the first child."""

    ash: str
    rowan: str
    elm: str
    referral: str
    unborn: str
    prebirth: str
    allegation: str
    person: int
    form: int


def asked(store, reference, trigger, now=LATER, **own) -> dict[str, Any]:
    """A move with every answer, as the case stands."""
    with store.reading() as tx:
        row = tx.need("case_by_reference", reference=reference, seen_by=ALL_SEEING)
    found = pathway(row.pathway)
    move = found.move(row.state, trigger) or next(each for each in found.moves if each.trigger == trigger)
    return {
        "reference": reference,
        "trigger": trigger,
        "actor": COORDINATOR,
        "now": now,
        "answers": complete(move.records, now.date().isoformat(), **own),
        "overrides": {each.id: WHY for each in move.conditions if each.override},
    }


@pytest.fixture(scope="module")
def office(empty_sqlite, tmp_path_factory, rules):
    """A store with these cases, to copy."""
    path = tmp_path_factory.mktemp("office") / "store.db"
    shutil.copy(empty_sqlite, path)
    path.chmod(0o600)
    with open_store(f"sqlite:///{path}") as store:
        store.viewer = ALL_SEEING
        made = Office(store, rules)

        def do(reference, trigger, **own):
            made.casework.make(**asked(store, reference, trigger, NOW, **own))

        def enquired(given, born):
            child = NewPerson(given=given, family="Birch", birth_date=born)
            reference = made.open("child_protection", "strategy", child)
            for trigger in ("start_enquiry", "child_seen", "allocate", "decide_conference"):
                do(reference, trigger)
            return reference

        def referred(person):
            reference = made.open("front_door", "referral", person)
            do(reference, "record_checks")
            do(reference, "record_consent", given="yes")
            return reference

        ash, rowan, elm = (enquired(*each) for each in CHILDREN)
        booked = asked(store, ash, "book_conference", NOW, conference_on="2026-11-24")["answers"]
        made.casework.make_together(
            [Act(each, "book_conference", booked) for each in (ash, rowan)], actor=COORDINATOR, now=NOW
        )
        do(elm, "book_conference", conference_on="2026-11-25")
        person = made.row(ash).person_id
        unborn = referred(NewPerson(kind="unborn", family="Fox", expected_delivery_date=date(2026, 12, 1)))
        prebirth = made.open("child_protection", "prebirth", made.row(unborn).person_id, due_on="2026-12-01")
        cases = ash, rowan, elm, referred(person), unborn, prebirth, made.allegation()
        made.sit("worker")
        form = form_drafts.save(store, None, command="move", target=ash, answers={"kept": "so far"}, now=NOW)
        viewers = {login: made.viewer(login) for login in ("worker", "officer", "second")}
    return path, Cases(*cases, person, form), viewers


@pytest.fixture
def fixed(monkeypatch):
    """The same salts for the same work, however often it is begun: each transaction counts from its beginning."""
    drawn = [0]
    writing = Store.writing

    def counted(store, **how):
        drawn[0] = 0
        return writing(store, **how)

    def salt(count):
        drawn[0] += 1
        return sha256(b"%d" % drawn[0]).digest()[:count]

    monkeypatch.setattr(Store, "writing", counted)
    monkeypatch.setattr("models.draft.urandom", salt)
    monkeypatch.setattr("models.change.choice", lambda letters: letters[0])
    monkeypatch.setattr("models.change.randbelow", lambda _: 0)
    monkeypatch.setattr(anchors, "token_hex", lambda count: "a" * 2 * count)
    monkeypatch.setattr(anchors, "token_bytes", bytes)
    return drawn


# --- what is decided, and what somebody else does meanwhile ---------------------------------------------------

MINE = {
    "a note, with the form it finishes": lambda s, c: (asked(s, c.ash, "note"), "worker", c.form),
    "a conference": lambda s, c: (asked(s, c.ash, "start_conference", TUESDAY, agencies=AGENCIES), None, None),
    "another day for it": lambda s, c: (
        asked(s, c.ash, "rebook_conference", conference_on="2026-11-26"), None, None
    ),
    "early help, that opens a case": lambda s, c: (asked(s, c.referral, "decide_early_help"), None, None),
    "a birth of twins": lambda s, c: (
        asked(s, c.unborn, "child_born", BIRTH, birth_date="2026-11-19", how_many="2"), None, None
    ),
    "a death": lambda s, c: (asked(s, c.ash, "child_died"), None, None),
    "a move that is refused": lambda s, c: (asked(s, c.ash, "decide_plan", review_on="2027-01-20"), None, None),
    "a note on an allegation": lambda s, c: (asked(s, c.allegation, "note"), "officer", None),
}  # fmt: skip


def moved(reference, trigger, now=LATER, **own):
    return lambda store, rules, cases, _: Casework(store, rules).make(
        **asked(store, getattr(cases, reference), trigger, now, **own)
    )


def opened(store, rules, cases, _):
    answers = complete(pathway("early_help").entry("early_help").records, "2026-11-03")
    Casework(store, rules).open(
        "early_help", "early_help", person=cases.person, actor=COORDINATOR, now=LATER, answers=answers
    )


def kin(store, rules, cases, _):
    with changing(store, cases.ash, actor=MANAGER, now=LATER) as family:
        family.relate(cases.person, family.add_person(NewPerson(kind="adult", given="Willow")), "parent")


def finished(store, rules, cases, viewers):
    store.viewer = viewers["worker"]
    with store.writing() as tx:
        form_drafts.finish(tx, cases.form, LATER)


def glass(store, rules, cases, viewers):
    store.viewer = viewers["second"]
    second = Actor("second", frozenset({Role.SERVICE_MANAGER}))
    break_glass(
        store, cases.allegation, because="an emergency that cannot wait at all", actor=second, now=LATER
    )


def restricted(store, rules, cases, _, whole_person):
    restrict(
        store, cases.ash, whole_person=whole_person, let_in=["officer"], because=WHY, actor=MANAGER, now=LATER
    )


THEIRS = {
    "a note": moved("ash", "note"),
    "another day for the conference": moved("ash", "rebook_conference", conference_on="2026-11-27"),
    "another day for the brother": moved("rowan", "rebook_conference", conference_on="2026-11-26"),
    "an assessment": moved("referral", "decide_assessment"),
    "the birth on another case": moved("prebirth", "child_born", BIRTH, birth_date="2026-11-18"),
    "a death on another case": moved("referral", "child_died"),
    "a case beside": opened,
    "an undo": lambda s, r, c, _: undo(s, r, c.ash, actor=MANAGER, now=LATER, because=WHY),
    "a restriction of the case": partial(restricted, whole_person=False),
    "a restriction of the child": partial(restricted, whole_person=True),
    "somebody kept out": lambda s, r, c, _: exclude(
        s, c.ash, "worker", because=WHY, actor=MANAGER, now=NOW
    ),
    "an officer kept out": lambda s, r, c, _: exclude(
        s, c.allegation, "officer", because=WHY, actor=DEPUTY, now=NOW
    ),
    "glass broken": glass,
    "a third child in the meeting": lambda s, r, c, _: join(s, c.elm, c.ash, actor=MANAGER, now=LATER),
    "another lead": lambda s, r, c, _: give(s, [c.ash], "worker", actor=MANAGER, now=LATER),
    "a parent": kin,
    "the form": finished,
    "the night": lambda s, r, c, _: pass_due_dates(s, r, NIGHT, NIGHT),
    "a checkpoint": lambda s, r, c, _: anchors.make(s, LATER),
}  # fmt: skip


def whole(store) -> dict[str, list[Any]]:
    """Every row of every table, as SQLite has it."""
    with store.reading() as tx:
        execute = tx.connection.execute
        tables = execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: sorted(map(repr, execute(f'SELECT * FROM "{name}"'))) for (name,) in tables}


def decided(store, rules, ask, viewers) -> Any:
    """What comes of the move: its receipt, or what is said instead of it."""
    move, login, form = ask
    store.viewer = viewers[login] if login else ALL_SEEING
    try:
        receipt = Casework(store, rules, form).make(**move)
    except PathwayError as refused:
        return type(refused), str(refused)
    return receipt._replace(pathway=receipt.pathway.name, move=receipt.move.trigger)


@pytest.mark.parametrize("theirs", THEIRS)
def test_it_ends_as_if_they_had_been_first(office, fixed, theirs, tmp_path, monkeypatch, rules):
    path, cases, viewers = office
    left = []
    take_the_lock, one_by_one = Deciding._take_the_lock, Deciding._one_by_one

    def met(tx):
        if tx._read is not None and left:
            before = fixed[0]
            left.pop()()
            fixed[0] = before

    monkeypatch.setattr(Deciding, "_take_the_lock", lambda tx: (met(tx), take_the_lock(tx))[1])
    monkeypatch.setattr(Deciding, "_one_by_one", lambda tx, ready: (met(tx), one_by_one(tx, ready))[1])
    for number, mine in enumerate(MINE):
        ends = []
        for between in (True, False):
            copy = tmp_path / f"{number}-{between}.db"
            shutil.copy(path, copy)
            url = f"sqlite:///{copy}"
            with open_store(url) as here, open_store(url) as there:
                ask = MINE[mine](here, cases)
                there.viewer = ALL_SEEING
                work = partial(THEIRS[theirs], there, rules, cases, viewers)
                if between:
                    left.append(work)
                else:
                    work()
                said = decided(here, rules, ask, viewers)
                assert not left, f"{mine}: nobody met it"
                ends.append((said, whole(here)))
        assert ends[0] == ends[1], mine
    with open_store(url) as here:
        assert verify(here, rules).faults == []
