"""What there is before a command is broken: practice stores with invented cases, plain, encrypted or on PostgreSQL.

An encrypted file has its note beside it; on PostgreSQL the content of cases is sealed, as that of real ones is. The
key is the one that the tests' service manager hands over.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from pathways.engine import Actor
from tests.casefile import COORDINATOR, complete
from tests.faults.jobs import (
    CASE,
    FAMILY,
    GIVEN,
    HIDDEN,
    KNOWN_TWICE,
    LINKED,
    MONDAY,
    NEXT_KEY,
    NIGHT,
    PAGED,
    SISTER,
    STARTED,
)
from tests.pathways import census_text

FILE = {"sqlite": "practice.db", "sqlcipher": "encrypted.db"}
"""What the file of a store is called; of an encrypted one the name says that no name may be found in it."""
LATER = datetime(2042, 3, 3, 9, 0, tzinfo=UTC)
"""When a child of 2026 is grown up and their file may go."""
FIRST_KEY = "5afe" * 16
"""What the tests' service manager hands over."""
FEW = 3
"""Children of a small census."""


# --- making a store ------------------------------------------------------------------------------------------------


def _begun(url: str, clock: datetime, roles: tuple[str, ...]) -> None:
    """A practice store with nobody in it but whoever is at the keyboard."""
    from models import keys
    from models.schema import upgrade
    from models.setup import AtTheKeyboard, fill, settle_sealing
    from models.store import open_store
    from pathways.roles import Role

    if url.endswith(FILE["sqlcipher"]):
        slot, _ = keys.fresh()
        keys.write_note(Path(url.removeprefix("sqlite:///")), keys.Note((slot,)))
    upgrade(url)
    with open_store(url) as store:
        if store.dialect == "postgresql":
            settle_sealing(store, unencrypted=False)
        who = AtTheKeyboard("practice", "practice worker", tuple(map(Role, roles)))
        fill(store, who, authority="sefton", now=STARTED, practice_clock=clock)


def copy_store(base: Path, to: Path) -> None:
    """Copy a SQLite store that nobody has open, with its note."""
    from models.keys import note_path

    for source, target in ((base, to), (note_path(base), note_path(to))):
        if source.exists():
            shutil.copy(source, target)
            target.chmod(0o600)


class _Hand:
    """Casework by small words, for filling a store."""

    def __init__(self, store: Any) -> None:
        from models.casework import Casework
        from models.setup import rules_of
        from models.viewer import ALL_SEEING
        from pathways.roles import Role

        store.viewer = ALL_SEEING
        self.store, self.rules = store, rules_of(store)
        self.casework = Casework(store, self.rules)
        self.me = Actor("practice", frozenset((Role.COORDINATOR, Role.SOCIAL_WORKER)))
        self.other = Actor(
            "s.boss", frozenset((Role.SERVICE_MANAGER, Role.COORDINATOR, Role.RECORDS_OFFICER))
        )

    def open(
        self, name: str, entry: str, person: Any, now: datetime = STARTED, actor: Any = COORDINATOR
    ) -> str:
        from pathways import pathway

        records = pathway(name).entry(entry).records
        return str(self.casework.open(
            name, entry, person=person, actor=actor, now=now, answers=complete(records, now.date().isoformat()),
        ).reference)  # fmt: skip

    def make(self, reference: str, trigger: str, now: datetime, actor: Any = COORDINATOR, **own: Any) -> None:
        from pathways import pathway

        with self.store.reading() as tx:
            row = tx.need("case_by_reference", reference=reference)
        move = next(each for each in pathway(row.pathway).moves_from(row.state) if each.trigger == trigger)
        answers = complete(move.records, now.date().isoformat(), **own)
        self.casework.make(reference, trigger, actor=actor, now=now, answers=answers)


def fill_cases(url: str) -> None:
    """A practice store with one open case, of a child whose name must not leave it."""
    from models.people import NewPerson
    from models.store import open_store

    _begun(url, MONDAY, ("coordinator",))
    with open_store(url) as store:
        child = NewPerson(given=GIVEN, family=FAMILY, birth_date=date(2017, 3, 1))
        assert _Hand(store).open("child_protection", "strategy", child) == CASE


def fill_staffed(url: str) -> None:
    """As `fill_cases`, with a colleague on the register and a note by whoever is at the keyboard."""
    from models.register import Member, enrol
    from models.store import open_store

    fill_cases(url)
    with open_store(url) as store:
        hand = _Hand(store)
        enrol(store, Member("j.moss", "Social worker", roles=("social_worker",)), actor=hand.me, now=STARTED)
        hand.make(CASE, "note", MONDAY, hand.me, nature="fact", text=f"{GIVEN} was at school.")


def on(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def fill_office(url: str) -> None:
    """A store at work: a conference that lacks reports, a sister, restricted cases, a family, a letter, a form begun."""
    from models.store import open_store

    _begun(url, MONDAY, ("coordinator", "social_worker", "service_manager", "records_officer"))
    with open_store(url) as store:
        hand = _Hand(store)
        _staff(hand)
        _conference(hand)
        _restricted(hand)
        _family(hand)
        _papers(hand)


def _staff(hand: _Hand) -> None:
    from models.register import Member, enrol
    from pathways import pathway

    team = pathway("child_protection").team
    for login, title, role in (
        ("j.moss", "Social worker", "social_worker"), ("t.dean", "Safeguarding lead", "dsl"), ("s.boss", "Service manager", "service_manager"),
        ("r.keep", "Records officer", "records_officer"),
    ):  # fmt: skip
        member = Member(login, title, roles=(role,), team=team, email=f"{login}@authority.example")
        enrol(hand.store, member, actor=hand.other, now=STARTED, from_on=date(2026, 1, 5))


def _conference(hand: _Hand) -> None:
    """CP-2026-0001, whose conference is on the 26th; CP-2026-0002, her sister; RF-2026-0001, who is known twice."""
    from models.people import NewPerson

    child = NewPerson(given=GIVEN, family=FAMILY, birth_date=date(2017, 3, 1))
    sister = NewPerson(given=f"{GIVEN} Two", family=FAMILY, birth_date=date(2020, 5, 2))
    first = hand.open("child_protection", "strategy", child, on(3, 9))
    hand.make(first, "start_enquiry", on(3, 10))
    hand.make(first, "child_seen", on(3, 15), seen="yes")
    hand.make(first, "allocate", on(3, 16))
    hand.make(first, "decide_conference", on(4, 9))
    hand.make(first, "request_conference", on(4, 10))
    hand.make(first, "book_conference", on(4, 11), conference_on="2026-11-26")
    hand.make(first, "invite", on(4, 12), agencies="school,health visiting,police")
    hand.make(first, "report_received", on(18), agency="school")
    second = hand.open("child_protection", "strategy", sister, on(12, 9))
    hand.make(second, "start_enquiry", on(12, 11))
    hand.make(second, "child_seen", on(12, 15), seen="yes")
    hand.make(second, "allocate", on(12, 16))
    hand.make(second, "decide_conference", on(13, 9))
    again = hand.open("front_door", "referral", NewPerson(given=GIVEN, family=f"{FAMILY}-Hill"), on(19))
    linked = hand.open("front_door", "referral", NewPerson(given=GIVEN, family=f"{FAMILY}-Dale"), on(19, 11))
    assert (first, second, again, linked) == (CASE, SISTER, KNOWN_TWICE, LINKED)
    hand.make(first, "note", MONDAY, hand.me, nature="fact", text=f"{GIVEN} was at school.")
    from models.one_person import merge

    merge(hand.store, "CP-2026-0002", linked, because="spelled twice", actor=hand.other, now=on(20))


def _restricted(hand: _Hand) -> None:
    """CP-2026-0003 is restricted, with j.moss let in; of CP-2026-0004 the other asks that it be lifted; an allegation."""
    from models.letting_in import exclude
    from models.people import NewPerson
    from models.readmitting import ask
    from models.restricting import ask_to_lift, restrict

    third, fourth, fifth = (
        hand.open("child_protection", "strategy", NewPerson(given=GIVEN, family=f"{FAMILY}-{name}"))
        for name in ("Three", "Four", "Five")
    )
    for case, let_in in ((third, ["j.moss"]), (fourth, ["s.boss"])):
        restrict(
            hand.store,
            case,
            whole_person=False,
            let_in=let_in,
            because="asked by police",
            actor=hand.me,
            now=STARTED,
        )
    ask_to_lift(hand.store, fourth, because="it is over", actor=hand.other, now=STARTED)
    exclude(hand.store, third, "r.keep", because="a neighbour", actor=hand.me, now=STARTED)
    exclude(hand.store, fifth, "r.keep", because="a neighbour", actor=hand.me, now=STARTED)
    ask(hand.store, fifth, "r.keep", because="another street", actor=hand.other, now=STARTED)
    with patch("models.change.draw_reference", lambda *_, **__: HIDDEN):
        who = NewPerson(kind="adult", given="Robin", family=FAMILY, birth_date=date(1980, 2, 3))
        assert hand.open("allegations", "to_officer", who) == HIDDEN


def _family(hand: _Hand) -> None:
    """Mother and father, an address and a household of two for the first child; a hold on the file, the second is watched."""
    from models.families import changing
    from models.file_marks import mark
    from models.people import NewPerson

    with hand.store.reading() as tx:
        child = tx.need("case_by_reference", reference=CASE).person_id
    since = date(2020, 3, 1)
    with changing(hand.store, CASE, actor=hand.me, now=on(20)) as family:
        mother = family.add_person(NewPerson(kind="adult", given="Hazel", family=FAMILY))
        family.relate(child, mother, "parent", since)
        family.add_address(child, "4 Invented Row", "L20 3AA", confidential=False, since=since)
        father = family.add_person(NewPerson(kind="adult", given="Alder", family=FAMILY))
        family.relate(child, father, "parent", since)
        family.begin_household("home", [(child, "child"), (mother, "adult")], since)
    mark(hand.store, CASE, "complaint", whole_person=False, because="stage 2", actor=hand.me, now=on(20))
    mark(
        hand.store, "CP-2026-0002", "watched", whole_person=False, because="quiet", actor=hand.me, now=on(20)
    )


def _papers(hand: _Hand) -> None:
    """A letter kept, a form begun, a calendar given out, and writing held up until somebody looks."""
    from models import form_drafts
    from models.calendar_feeds import Owner, begin_feed
    from models.documents import keep, write_letter
    from models.viewer import ALL_SEEING, Viewer

    now = on(20)
    letter = write_letter(
        hand.store,
        CASE,
        "invitation",
        "child",
        actor=hand.me,
        now=now,
        office="Sefton",
        title="practice worker",
    )
    keep(hand.store, CASE, letter, actor=hand.me, now=now)
    hand.store.viewer = Viewer(1, ",", now)
    answers = {"words": ["note", CASE], "given": {}, "lines": []}
    form_drafts.save(hand.store, None, command="note", target=CASE, answers=answers, now=now)
    hand.store.viewer = ALL_SEEING
    begin_feed(hand.store, Owner(team="conference"), actor=hand.me, now=now)


def fill_mailed(url: str) -> None:
    """As `fill_office`, after a check that found dates that had passed; digests wait to be sent."""
    from models.digests import queue_digests
    from models.store import open_store
    from models.sweep import pass_due_dates

    fill_office(url)
    with open_store(url) as store:
        hand = _Hand(store)
        assert pass_due_dates(store, hand.rules, NIGHT, NIGHT).missed
        queue_digests(store, hand.rules, on(20))


def fill_supervised(url: str) -> None:
    """As `fill_office`, with a session of supervision that t.dean recorded and the other has still to sign."""
    from models.staff import standing
    from models.store import open_store
    from models.supervision import record
    from pathways.roles import Role
    from pathways.supervision import Agreed, Session

    fill_office(url)
    with open_store(url) as store:
        with store.reading() as tx:
            store.viewer = standing(tx, "t.dean", MONDAY.date()).viewer(MONDAY)
        held_on = date(2026, 11, 20)
        told = Session(
            "unplanned", held_on, {"reflection": f"About {GIVEN}."}, discussed={CASE: f"{GIVEN} is at school."},
            agreed=(Agreed("Read the toolkit", "practice", date(2026, 12, 1)),),
        )  # fmt: skip
        lead = Actor("t.dean", frozenset((Role.DSL,)))
        record(
            store,
            told,
            supervisor="t.dean",
            practitioner="practice",
            head_present=False,
            actor=lead,
            now=MONDAY,
        )


def fill_rotated(url: str) -> None:
    """As `fill_cases`, with another key than at first; backups of before need the first."""
    from models.rekeying import change

    fill_cases(url)
    with patch.dict(os.environ, {"PATHWAYS_PASSPHRASE_NEXT": NEXT_KEY}), TemporaryDirectory() as nothing:
        os.environ["CREDENTIALS_DIRECTORY"] = _key_in(Path(nothing))
        change(url)


def _key_in(folder: Path) -> str:
    """A service manager that has the first key and no other to hand over."""
    (folder / "pathways-key").write_text(FIRST_KEY, encoding="ascii")
    return str(folder)


def fill_kept(url: str) -> None:
    """Four files of 2026 in 2042: one to be reviewed, one whose end is asked for, one agreed, one kept."""
    from models.file_marks import mark
    from models.people import NewPerson
    from models.retention import ask, decide
    from models.store import open_store
    from pathways.roles import Role

    _begun(url, LATER, ("records_officer", "service_manager", "coordinator"))
    with open_store(url) as store:
        hand = _Hand(store)
        _staff(hand)
        given = {"rules": hand.rules.rulebook, "now": LATER}
        lead = Actor("lead-1", frozenset((Role.DSL,)))
        cases = [
            hand.open("front_door", "concern", NewPerson(given=GIVEN, family=f"{FAMILY}-{n}", birth_date=date(2016, 3, 1)), actor=lead)
            for n in range(4)
        ]  # fmt: skip
        for each in cases:
            hand.make(each, "close", STARTED, lead)
        for each in cases[1:3]:
            ask(store, each, because="read whole; nothing is needed", actor=hand.other, **given)
        decide(
            store,
            cases[2],
            agreed=True,
            because="yes",
            actor=Actor("r.keep", frozenset((Role.RECORDS_OFFICER,))),
            **given,
        )
        mark(store, cases[3], "complaint", whole_person=False, because="stage 2", actor=hand.other, now=LATER)


def fill_past(url: str) -> None:
    """In 2042: a file of which the first page may go before it, and a session of one who left; both are agreed to."""
    from models import page_retention, session_retention
    from models.file_marks import mark
    from models.people import NewPerson
    from models.register import take_role
    from models.staff import standing
    from models.store import open_store
    from models.supervision import record
    from models.viewer import ALL_SEEING
    from pathways.roles import Role
    from pathways.supervision import Session

    _begun(url, LATER, ("records_officer", "service_manager", "coordinator"))
    with open_store(url) as store:
        hand = _Hand(store)
        _staff(hand)
        keeper = Actor("r.keep", frozenset((Role.RECORDS_OFFICER,)))
        lead = Actor("lead-1", frozenset((Role.DSL,)))
        child = NewPerson(given=GIVEN, family=FAMILY, birth_date=date(2016, 3, 1))
        file = hand.open("front_door", "concern", child, actor=lead)
        hand.make(file, "close", STARTED, lead)
        assert file == PAGED
        told = {"rules": hand.rules.rulebook, "now": LATER}
        mark(
            store,
            file,
            "by_professional",
            whole_person=False,
            because="as found",
            actor=hand.me,
            now=LATER,
            page=2,
        )
        page_retention.ask(store, file, [1], because="read; nothing is needed", actor=hand.other, **told)
        page_retention.decide(store, file, [1], agreed=True, because="yes", actor=keeper, **told)
        boss = Actor("s.boss", frozenset((Role.SERVICE_MANAGER,)))
        said = Session(
            "unplanned", date(2026, 11, 2), {"reflection": f"About {GIVEN}."}, discussed={}, agreed=()
        )
        for login, now in (("s.boss", STARTED), ("s.boss", LATER), ("practice", LATER)):
            with store.reading() as tx:
                store.viewer = standing(tx, login, now.date()).viewer(now)
            if now == STARTED:
                record(
                    store,
                    said,
                    supervisor="s.boss",
                    practitioner="j.moss",
                    head_present=False,
                    actor=boss,
                    now=now,
                )
                take_role(store, "j.moss", None, last=date(2027, 8, 31), actor=hand.other)
            elif login == "s.boss":
                session_retention.ask(store, 1, because="read whole; nothing is needed", actor=boss, **told)
            else:
                session_retention.decide(store, 1, agreed=True, because="yes", actor=hand.me, **told)
        store.viewer = ALL_SEEING


def fill_held(url: str) -> None:
    """As `fill_cases`, with writing held up since a check did not prove the record."""
    from models.store import open_store

    fill_cases(url)
    with open_store(url) as store, store.writing() as tx:
        tx.run("put_setting", name="read_only", value="yes")


def fill_older(url: str) -> None:
    """A store at the first revision, with nothing in it; an encrypted one at the first that has keys of cases."""
    from models import keys
    from models.schema import upgrade

    encrypted = url.endswith(FILE["sqlcipher"])
    if encrypted:
        slot, _ = keys.fresh()
        keys.write_note(Path(url.removeprefix("sqlite:///")), keys.Note((slot,)))
    upgrade(url, "0002" if encrypted else "0001")


def fill_imported(url: str) -> None:
    """As `fill_cases`, with a small census read in."""
    from models.importing import import_census
    from models.store import open_store

    fill_cases(url)
    with open_store(url) as store:
        hand = _Hand(store)
        import_census(store, hand.rules, BytesIO(census_of(FEW).encode()), actor=hand.me, now=MONDAY)


def fill_noteless(url: str) -> None:
    """As `fill_cases`, encrypted, and the note about its key has been lost."""
    from models.keys import note_path

    fill_cases(url)
    note_path(Path(url.removeprefix("sqlite:///"))).unlink()


FILLS: dict[str, Callable[[str], Any]] = {
    "cases": fill_cases, "office": fill_office, "mailed": fill_mailed, "kept": fill_kept, "past": fill_past, "held": fill_held, "older": fill_older,
    "staffed": fill_staffed, "supervised": fill_supervised, "rotated": fill_rotated, "imported": fill_imported, "noteless": fill_noteless,
}  # fmt: skip


AS: dict[str, str] = {"set up": "cases"}
"""Stores that hold what another does, and differ in what lies beside them."""
BESIDE: dict[str, dict[str, str]] = {
    "set up": {"pathways.toml": '[letters]\noffice = "North office"\nphone = "01632 960001"\n'}
}
"""Files that lie in the home folder beforehand."""


# --- what jobs read --------------------------------------------------------------------------------------------------


def files(folder: Path, url: str) -> dict[str, str]:
    """The files that jobs read, written into a folder; by the name that stands in braces.

    `url` is a place of the same kind of store where none is yet: one is made there, for a backup of it.
    """
    from pathways import pathway

    moves = {move.trigger: move for move in pathway("child_protection").moves}
    referral = pathway("front_door").entry("referral").records
    told = complete(referral, "2026-11-20") | {
        "given_name": f"{GIVEN} Two", "family_name": FAMILY, "birth_date": "2019-05-06", "danger_now": "no",
    }  # fmt: skip
    answers: dict[str, Any] = {
        "enquiry": complete(moves["start_enquiry"].records, "2026-11-20"),
        "name": {"kind": "former", "given_name": GIVEN, "family_name": FAMILY},
        "address": {"lines": "9 Invented Way", "postcode": "L20 3AB", "confidential": "yes"},
        "number": {"scheme": "la_child_id", "value": "900100077"},
        "relative": {
            "kind": "sibling",
            "person": "child",
            "given_name": f"{GIVEN} Six",
            "family_name": FAMILY,
        },
        "household": {"label": "grandmother", "members": "1"},
        "member": {"household": "1", "whom": "3", "part": "adult"},
        "end_relative": {"whom": "2", "kind": "parent", "on": "2026-11-20"},
        "end_address": {"address": "1", "on": "2026-11-20"},
        "end_member": {"household": "1", "whom": "2", "on": "2026-11-20"},
        "note": {"nature": "fact", "text": f"{GIVEN} was at school."},
        "referral": told,
        "sisters": {each: {"nature": "fact", "text": f"{GIVEN} was at school."} for each in (CASE, SISTER)},
        "session": {
            "with": "t.dean",
            "as": "practitioner",
            "on": "2026-11-20",
            "form": "unplanned",
            "agenda": {"reflection": f"About {GIVEN}."},
            "cases": {CASE: f"{GIVEN} is at school."},
            "actions": [{"what": "Read the toolkit", "owner": "t.dean", "due": "2026-12-01"}],
        },
        "audit": {str(point): ["yes", f"page {point}"] for point in range(1, 16)},
    }
    texts = {f"{name}.json": json.dumps(given) for name, given in answers.items()} | {
        "terms.csv": "from,to,kind\n2026-09-02,2026-10-23,term\n2026-11-02,2026-12-18,term\n2027-01-04,2027-02-12,term\n",
        "census.xml": census_of(320),
        "small.xml": census_of(FEW),
        "staff.csv": "login,title,roles\nj.moss,Social worker,social_worker\n",
        "scan.txt": f"About {GIVEN}.\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    made = {name.partition(".")[0]: str(folder / name) for name in texts}
    made["next_keys"] = str(_keys_for_a_change(folder / "keys"))
    made["copies"] = str(folder / "backups")
    return made | {"copy": str(backup_in(folder, url))}


def _keys_for_a_change(folder: Path) -> Path:
    folder.mkdir()
    _key_in(folder)
    (folder / "pathways-key.next").write_text(NEXT_KEY, encoding="ascii")
    return folder


LAST_MONDAY = MONDAY - timedelta(days=7)
"""Backups are made and tried by the computer's own clock, for which the practice stores' Monday may be still to come."""


def backup_in(folder: Path, url: str) -> Path:
    """A backup of a practice store made at this address; where that is a file, it is gone again."""
    from models.copies import back_up
    from models.store import open_store
    from models.viewer import ALL_SEEING

    fill_cases(url)
    with open_store(url) as store:
        store.viewer = ALL_SEEING
        made = back_up(store, folder / "backups", LAST_MONDAY)
    for each in folder.glob("*.db*"):
        each.unlink()
    return made.path


def census_of(children: int) -> str:
    """A return, of more than two batches where it is long: every child is in need."""
    told = []
    for number in range(children):
        who = census_text.WHO.replace("A1", f"CH{number:04}")
        inside = census_text.assessment("2025-06-03", "2025-06-20")
        told.append(census_text.child(census_text.episode(inside, plans=census_text.cin("2025-06-21")), who))
    return census_text.HEAD + "".join(told) + census_text.TAIL
