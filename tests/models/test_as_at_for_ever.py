"""What was known on a day that is over stays so to the byte, whatever becomes of the records around it.

Three records of two children: an unborn child's case of child protection and its referral, closed; a second record of
the same child with early help, closed too; an older brother's case. Each test keeps what the commands print of some
days, does one thing that has nothing to do with what was known then, and prints them again.
"""

from __future__ import annotations

import io
import json
import shutil
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from alembic import command as alembic
from hypothesis import given
from hypothesis import strategies as st

from commands.run import run
from models import schema, upgrading
from models.casework import Casework
from models.connecting import sqlite_path
from models.copies import back_up
from models.copy_files import read
from models.destroying import destroy
from models.families import changing
from models.keys import note_path
from models.one_person import merge, split
from models.page_retention import destroy_again
from models.people import NewPerson, relate, stood, stood_at
from models.restoring import restore
from models.setup import AtTheKeyboard, extend_days, fill, not_known_by, options_of, rules_of
from models.store import open_store
from models.sweep import pass_due_dates
from models.undo import undo
from models.viewer import ALL_SEEING
from pathways import pathway, rulebook
from pathways.days import local_day
from pathways.engine import Actor
from pathways.roles import Role
from tests.casefile import complete
from tests.imported import BORN, cases, next_year, take, who
from tests.models.test_as_at import at, screens
from tests.pathways.census_text import HEAD, assessment, child, closed, episode

MONDAY = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
DAYS = (date(2026, 1, 5), date(2026, 1, 7), date(2026, 2, 3))
LATER = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
WHO = Actor("practice", frozenset({Role.COORDINATOR, Role.TEAM_LEADER, Role.SERVICE_MANAGER}))
WHY = "one child, known to two teams"
NEXT_YEAR = datetime(2027, 4, 20, tzinfo=UTC)
BORN_SINCE = "<PersonBirthDate>2026-06-12</PersonBirthDate>"
UNBORN = NewPerson(kind="unborn", given="Ash", family="Birch", expected_delivery_date=date(2026, 3, 20))


@dataclass
class Records:
    """The store of one test, its cases by what they are, and what was printed of them."""

    url: str
    known: dict[str, str]
    printed: dict

    def __post_init__(self):
        with open_store(self.url) as store:
            self.rules = rules_of(store)

    def opened(self):
        store = open_store(self.url)
        store.viewer = ALL_SEEING
        return store

    def again(self, *but):
        """What is printed now and was not then, without the cases of these names."""
        return changed_in(self.printed, {self.known[each] for each in but})

    def make(self, name, trigger, now=LATER, **own):
        with self.opened() as store:
            make(store, self.rules, self.known[name], trigger, now, **own)


def changed_in(printed, but=()):
    now = {}
    for reference, day in {(command[1], command[-1]) for command in printed if command[1] not in but}:
        now |= screens([reference], date.fromisoformat(day))
    return {command: (printed[command], said) for command, said in now.items() if said != printed[command]}


def make(store, rules, reference, trigger, now, **own):
    with store.reading() as tx:
        row = tx.need("case_by_reference", reference=reference)
    move = next(each for each in pathway(row.pathway).moves_from(row.state) if each.trigger == trigger)
    Casework(store, rules).make(
        reference, trigger, actor=WHO, now=now, answers=complete(move.records, now.date().isoformat(), **own),
        overrides={each.id: "an invented reason" for each in move.conditions},
    )  # fmt: skip


def told(url):
    """Fill a store with what the tests are about; the references by what they are."""
    with open_store(url) as store:
        who = AtTheKeyboard("practice", "practice worker", (Role.COORDINATOR,))
        fill(store, who, authority="sefton", now=MONDAY - timedelta(days=30), practice_clock=LATER)
        store.viewer = ALL_SEEING
        rules = rules_of(store)

        def begun(name, entry, person, now):
            answers = complete(pathway(name).entry(entry).records, now.date().isoformat())
            return Casework(store, rules).open(
                name, entry, person=person, actor=WHO, now=now, answers=answers
            ).reference  # fmt: skip

        def person_of(reference):
            with store.reading() as tx:
                return tx.need("case_by_reference", reference=reference).person_id

        known = {"referral": begun("front_door", "concern", UNBORN, MONDAY)}
        known["protection"] = begun("child_protection", "prebirth", person_of(known["referral"]), MONDAY)
        known["second"] = begun("front_door", "concern", UNBORN, MONDAY)
        rowan = NewPerson(given="Rowan", family="Birch", birth_date=date(2014, 5, 2))
        known["brother"] = begun("child_protection", "strategy", rowan, MONDAY + timedelta(hours=1))
        one, other = (person_of(known[each]) for each in ("protection", "brother"))
        with store.writing() as tx:
            relate(tx, one, other, "sibling", date(2025, 12, 1), MONDAY)
        for name in ("referral", "second"):
            make(store, rules, known[name], "close", MONDAY + timedelta(days=1))
        make(store, rules, known["brother"], "start_enquiry", MONDAY + timedelta(days=1))
        make(store, rules, known["brother"], "note", MONDAY + timedelta(days=2))
        pass_due_dates(store, rules, MONDAY + timedelta(days=28), MONDAY + timedelta(days=28))
    return known


@pytest.fixture(scope="module")
def filled(tmp_path_factory, empty_sqlcipher):
    """An encrypted store with the cases in it."""
    path = tmp_path_factory.mktemp("filled") / "store.db"
    shutil.copy(empty_sqlcipher, path)
    shutil.copy(note_path(empty_sqlcipher), note_path(path))
    path.chmod(0o600)
    return path, told(f"sqlite:///{path}")


def printed_of(known, days=DAYS):
    return {command: said for day in days for command, said in screens([*known.values()], day).items()}


@pytest.fixture(scope="module")
def printed(filled):
    """What was printed of each day before anything was done."""
    path, known = filled
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PATHWAYS_DATABASE_URL", f"sqlite:///{path}")
        found = printed_of(known)
    assert {code for code, _ in found.values()} == {0}
    return found


@pytest.fixture
def records(filled, printed, tmp_path, monkeypatch):
    """A copy of the store, and what was printed of it."""
    path, known = filled
    own = tmp_path / "store.db"
    shutil.copy(path, own)
    shutil.copy(note_path(path), note_path(own))
    own.chmod(0o600)
    url = f"sqlite:///{own}"
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", url)
    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path / "home"))
    return Records(url, known, printed)


def test_after_a_birth(records):
    records.make("protection", "child_born", birth_date="2026-03-01", how_many="1")
    assert records.again() == {}


def test_after_the_case_that_told_a_birth_was_destroyed(records):
    records.make("protection", "child_born", birth_date="2026-03-01", how_many="1")
    with records.opened() as store:
        gone(store, records.known["protection"])
    assert records.again("protection") == {}


def gone(store, reference):
    destroy(
        store, reference, rule="rec.retain_25", because="nothing is needed any more", by="records-1",
        second="manager-1", now=LATER, again=True,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["referral", "second", "brother"])
def test_after_another_case_was_destroyed(records, name):
    with records.opened() as store:
        gone(store, records.known[name])
    assert records.again(name) == {}


@pytest.mark.parametrize("then", ["linked", "parted", "undone"])
def test_after_two_records_were_linked_and_a_birth_was_told_on_one(records, then):
    known = records.known
    with records.opened() as store:
        merge(store, known["protection"], known["second"], because=WHY, actor=WHO, now=LATER)
        assert records.again() == {}
        make(
            store,
            records.rules,
            known["protection"],
            "child_born",
            LATER,
            birth_date="2026-03-01",
            how_many="1",
        )
        at(store, LATER + timedelta(days=40))
        between = printed_of(known, [local_day(LATER)])
        if then == "parted":
            split(
                store, records.rules, known["second"], because=WHY, actor=WHO, now=LATER + timedelta(days=1)
            )
        if then == "undone":
            undone(store, records.rules, known["protection"], LATER + timedelta(days=1))
    assert records.again() == {}
    assert changed_in(between) == {}


def undone(store, rules, reference, now):
    asked = {"actor": WHO, "now": now, "by": Role.SERVICE_MANAGER}
    would = undo(store, rules, reference, dry_run=True, **asked)
    undo(
        store,
        rules,
        reference,
        because="It was entered on the wrong case.",
        confirmed=would.confirms,
        **asked,
    )


@pytest.mark.parametrize("since", [None, date(2020, 5, 1)])
def test_after_a_new_name(records, since):
    with records.opened() as store:
        with store.reading() as tx:
            person = tx.need("case_by_reference", reference=records.known["brother"]).person_id
        with changing(store, records.known["brother"], actor=WHO, now=LATER) as family:
            family.add_name(person, "Rowan", "Thorne", since=since)
    assert records.again() == {}


@pytest.mark.parametrize("last", [date(2026, 1, 1), date(2026, 1, 10)])
def test_after_they_turn_out_to_be_no_brothers(records, last):
    known = records.known
    with records.opened() as store:
        with store.reading() as tx:
            one, other = (
                tx.need("case_by_reference", reference=known[each]).person_id
                for each in ("protection", "brother")
            )
        with changing(store, known["protection"], actor=WHO, now=LATER) as family:
            family.end_relationship(one, other, "sibling", last)
    assert records.again() == {}


def test_a_half_sister_of_a_linked_record_is_there_from_the_day_on_which_both_were_known(records):
    """As on the screen of now; and the days before say what they said."""
    known, fern = records.known, NewPerson(given="Fern", family="Birch", birth_date=date(2012, 3, 1))
    told_on, linked_on, parted_on = (LATER + timedelta(days=days) for days in (-6, -4, -2))
    with records.opened() as store:
        answers = complete(pathway("child_protection").entry("strategy").records, told_on.date().isoformat())
        sister = Casework(store, records.rules).open(
            "child_protection", "strategy", person=fern, actor=WHO, now=told_on, answers=answers
        ).reference  # fmt: skip
        with store.reading() as tx:
            one, other = (
                tx.need("case_by_reference", reference=each).person_id for each in (known["second"], sister)
            )
        with store.writing() as tx:
            relate(tx, one, other, "half_sibling", date(2025, 12, 1), told_on)
        merge(store, known["protection"], known["second"], because=WHY, actor=WHO, now=linked_on)
    case, brother = known["protection"], known["brother"]
    assert siblings(case) == siblings(case, LATER) == sorted([brother, sister])
    with records.opened() as store:
        split(store, records.rules, known["second"], because=WHY, actor=WHO, now=parted_on)
    assert siblings(case) == siblings(case, LATER) == [brother]
    assert siblings(case, told_on) == [brother]
    assert siblings(case, linked_on) == sorted([brother, sister])
    assert records.again() == {}


def siblings(reference, day=None):
    """The cases of brothers and sisters that the screen names, as it is or as known on a day."""
    said = io.StringIO()
    with redirect_stdout(said):
        assert run(["show", reference, "--json", *(("--as-at", day.date().isoformat()) if day else ())]) == 0
    return json.loads(said.getvalue())["siblings"]


def test_after_a_bank_holiday_was_proclaimed_and_a_year_added(records):
    proclaimed = [(date(2026, 1, day), "Proclaimed") for day in (6, 8, 13, 20)]
    with records.opened() as store:
        extend_days(store, proclaimed, 2045, "invented", at=LATER)
        with store.reading() as tx:
            known = options_of(tx)
        assert not_known_by(known, LATER - timedelta(days=1)) == ({day for day, _ in proclaimed}, 2040)
        assert not_known_by(known, LATER + timedelta(days=1)) == (frozenset(), None)
    assert records.again() == {}


def test_after_a_check(records):
    with records.opened() as store:
        pass_due_dates(store, records.rules, LATER, LATER)
    assert records.again() == {}


@pytest.mark.parametrize("undone_before", [False, True])
def test_after_a_page_of_the_case_itself_was_destroyed_its_content_alone_is_gone(records, undone_before):
    case, printed = records.known["brother"], records.printed
    with records.opened() as store:
        if undone_before:
            undone(store, records.rules, case, LATER - timedelta(days=1))
            printed = printed_of(records.known, [*DAYS, local_day(LATER - timedelta(days=1))])
        told = {"case_ref": case, "pages": [2], "rule": "rec.retain_25", "because": WHY, "asked": "records-1"}
        destroy_again(store, {**told, "agreed": "manager-1"}, LATER)
    assert changed_in(printed, [case]) == {}
    changed = changed_in({command: said for command, said in printed.items() if command[1] == case})
    assert {command[0] for command in changed} == {"chronology"}
    for command, ((code, then), (code_now, now)) in changed.items():
        assert (code, code_now) == (0, 0)
        if command[2] == "--json":
            only_page_two_differs(json.loads(then), json.loads(now))
        else:
            assert "[content destroyed since, by entry" in " ".join(now.split()), command


def only_page_two_differs(then, now):
    for entries in (then["entries"], now["entries"]):
        (page,) = [each for each in entries if each["page"] == 2]
        page["answers"], page["what"] = [], page["what"].rpartition("] ")[2]
    assert now == then


CENSUS_DAYS = (date(2026, 4, 20), date(2026, 6, 1))
HISTORY = {
    "a birth of a child who was expected": (
        "<ExpectedPersonBirthDate>2026-06-15</ExpectedPersonBirthDate>",
        BORN_SINCE,
    ),
    "another day on which it is expected": (
        "<ExpectedPersonBirthDate>2027-03-15</ExpectedPersonBirthDate>",
        "<ExpectedPersonBirthDate>2027-04-02</ExpectedPersonBirthDate>",
    ),
    "a death": (BORN, BORN, "<PersonDeathDate>2026-09-01</PersonDeathDate>"),
}


@pytest.mark.parametrize("open_still", [True, False], ids=["open", "closed"])
@pytest.mark.parametrize("what", HISTORY)
def test_after_an_import_tells_more_of_the_child(records, what, open_still):
    before, after, *more = HISTORY[what]
    ended = "" if open_still else closed("2026-03-20")
    first = child(episode(assessment("2026-03-03", "" if open_still else "2026-03-19", factors=()), ended,
                          referred="2026-03-02"), who(born=before))  # fmt: skip
    with records.opened() as store:
        taken = import_first(store, records.rules, first)
        at(store, NEXT_YEAR)
        printed = printed_of(taken, CENSUS_DAYS)
        again = child(
            episode(assessment("2026-03-03", "2026-05-06"), ended, referred="2026-03-02")
            + episode("", referred="2026-07-01", nfa="1"),
            who(born=after, more="".join(more)),
        )
        report = take(store, records.rules, again, head=next_year(HEAD), now=NEXT_YEAR)
        assert report.kept
    assert records.again() == {}
    assert changed_in(printed) == {}


def import_first(store, rules, text):
    there = {each.reference for each in cases(store)}
    take(store, rules, text)
    return {each.reference: each.reference for each in cases(store) if each.reference not in there}


OLDER = ("0004", "0014", "0022", "0024")


@pytest.mark.parametrize("version", OLDER)
def test_after_an_upgrade_of_the_tables(records, version):
    records.make("protection", "child_born", birth_date="2026-03-01", how_many="1")
    with schema.engine(records.url).begin() as connection:
        alembic.downgrade(schema.config(connection), version)
    upgrading.carry_out(records.url, upgrading.plan(records.url))
    assert records.again() == {}


def test_after_a_backup_was_restored(records, tmp_path):
    with records.opened() as store:
        made = back_up(store, tmp_path / "backups", LATER)
    path = sqlite_path(records.url)
    for each in path.parent.glob(f"{path.name}*"):
        each.rename(tmp_path / f"lost-{each.name}")
    restore(records.url, read(made.path), LATER)
    assert records.again() == {}


def test_after_a_later_edition_of_the_rules_came_in(records, monkeypatch):
    load = rulebook.load

    def another(*given):
        """The pack, with a longer limit for each rule from 10 February on."""
        pack = load(*given)
        editions = [each for rule in pack.rules() for each in pack.editions(rule)]
        newer = [
            replace(
                pack.editions(rule)[-1],
                valid_from=date(2026, 2, 10),
                amount=pack.editions(rule)[-1].amount + 3,
            )
            for rule in pack.rules()
        ]
        return rulebook.Rulebook("another", [[*editions, *newer]])

    monkeypatch.setattr(rulebook, "load", another)
    with records.opened() as store:
        assert rules_of(store).rulebook.name == "another"
    assert records.again() == {}


DAY = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))


@given(
    stays=st.lists(st.tuples(st.sampled_from(["child", "unborn"]), DAY, DAY, DAY), min_size=1, max_size=6),
    hours=st.lists(st.integers(0, 3), min_size=6, max_size=6),
    asked=st.integers(-1, 20),
)
def test_a_row_that_was_corrected_says_what_stood_there_at_any_moment(stays, hours, asked):
    """Several corrections may be written in one moment; asked is what all of them before it had come to."""
    row = SimpleNamespace(was="")
    row.kind, row.birth_date, row.expected_delivery_date, row.died_on = stays[0]
    moment, then, until = MONDAY, stays[0], MONDAY + timedelta(hours=asked)
    for stay, wait in zip(stays[1:], hours, strict=False):
        moment += timedelta(hours=wait)
        row.was += stood(row, moment)
        row.kind, row.birth_date, row.expected_delivery_date, row.died_on = stay
        then = stay if moment < until else then
    assert stood_at(row, until)[:4] == then


def test_on_postgresql_after_all_of_it(migrated_url, tmp_path, monkeypatch):
    known = told(migrated_url)
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", migrated_url)
    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path / "home"))
    records = Records(migrated_url, known, printed_of(known, DAYS[1:]))
    with records.opened() as store:
        merge(store, known["protection"], known["second"], because=WHY, actor=WHO, now=LATER)
        make(
            store,
            records.rules,
            known["protection"],
            "child_born",
            LATER,
            birth_date="2026-03-01",
            how_many="1",
        )
        with store.reading() as tx:
            one, other = (
                tx.need("case_by_reference", reference=known[each]).person_id
                for each in ("protection", "brother")
            )
        with changing(store, known["brother"], actor=WHO, now=LATER) as family:
            family.add_name(other, "Rowan", "Thorne", since=date(2020, 5, 1))
            family.end_relationship(one, other, "sibling", date(2026, 1, 1))
        split(store, records.rules, known["second"], because=WHY, actor=WHO, now=LATER)
        pass_due_dates(store, records.rules, LATER, LATER)
    assert records.again() == {}
