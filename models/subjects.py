"""The adult of an allegation, who may work here: kept out of it, and of everything about themselves in it.

Looked for when the case opens, and whenever the register or the person's record later comes to match.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models import compiled
from models.access_lists import EXCLUDED, lines_of
from models.letting_in import keep_out
from models.people import linked
from models.staff import same_birth, with_their_other_logins
from models.store import Store
from models.transaction import Transaction
from models.viewer import ALL_SEEING
from pathways.roles import Role

SUBJECT = "the case is about them"


def _records(tx: Transaction, person_id: int) -> list[int]:
    """The records of one person, whoever may know of them."""
    return [person_id, *(record for _, record in linked(tx, person_id))]


def _who_is(tx: Transaction, person_id: int) -> list[Any]:
    """Those on the register who are this person: by staff number, else by name and, where both are known, birth date."""
    born = tx.need("person_by_id", person_id=person_id).birth_date
    found = tx.all("staff_like_person", person_id=person_id)
    return [each for each in found if each.by_number or same_birth(born, each.birth_date)]


def keep_subject_out(tx: Transaction, draft: Any, now: datetime) -> None:
    """Keep the adult whom a new case is about out of it; `draft` as it was just written."""
    known = [each for record in _records(tx, draft.person_id) for each in _who_is(tx, record)]
    for who in with_their_other_logins(tx, known):
        _shut(tx, draft.person_id, draft.case_id, who, draft.entries[0]["actor"], now)


def match_person(tx: Transaction, person_id: int, by: str, now: datetime) -> None:
    """Look again whether somebody is on the register, whose record has changed or was linked to another."""
    for case, who in _subjects(tx, person_id):
        _shut(tx, case.person_id, case.id, who, by, now)


def _subjects(tx: Transaction, person_id: int) -> list[tuple[Any, Any]]:
    """Each restricted case about a person with each line of the register that is theirs.

    What one of their records tells counts for the cases on all of them. Where a case is closed and two people have let
    somebody back in, that stands.
    """
    about = _restricted_cases(tx, person_id)
    known = [each for record in _records(tx, person_id) for each in _who_is(tx, record)] if about else []
    return [
        (case, who)
        for who in with_their_other_logins(tx, known)
        for case in about
        if case.is_open or not _let_back_in(tx, case, who)
    ]


def _let_back_in(tx: Transaction, case: Any, who: Any) -> bool:
    lists = tx.all("access_lists", case_id=case.id, person_id=None)
    return any(each.practitioner_id == who.id and each.kind == EXCLUDED and each.ended_at for each in lists)


def match_staff(tx: Transaction, practitioner_id: int, by: str, now: datetime) -> None:
    """Look whether somebody new to the register, or better known there, is the adult of an allegation.

    Whatever they are kept out of under another login they are kept out of under this one.
    """
    who = tx.need("practitioner_by_id", practitioner_id=practitioner_id)
    for person_id in _people_like(tx, who):
        match_person(tx, person_id, by, now)
    for line in with_their_other_logins(tx, [who]):
        if line.id != who.id:
            _shut_as(tx, line, who, by, now)


def match_every_subject(store: Store, now: datetime) -> None:
    """Look again whom of the register every restricted case is about; asked by the nightly check, which sees them all.

    What changed behind the program's back, or on a record that whoever changed it could not see whole, counts by the
    next morning.
    """
    with store.reading() as tx:
        people = [row.id for row in tx.all("adults_like_staff")]
        fresh = [
            person_id
            for person_id in people
            if not all(lines_of(tx, case, who.id, (EXCLUDED,), now) for case, who in _subjects(tx, person_id))
        ]
    if fresh:
        with store.writing() as tx:
            for person_id in fresh:
                match_person(tx, person_id, Role.CLOCK.value, now)


def is_subject_of_open_case(tx: Transaction, who: Any) -> bool:
    """Whether somebody of the register is the adult whom an open restricted case is about, as far as can be told."""
    return any(
        case.is_open
        for line in with_their_other_logins(tx, [who])
        for person_id in _people_like(tx, line)
        for case in _restricted_cases(tx, person_id)
    )


def _people_like(tx: Transaction, who: Any) -> list[int]:
    """The records of people who may be somebody on the register."""
    found = tx.all("people_like_staff", folded=who.folded, staff_number=who.staff_number or "")
    return [row.id for row in found if any(each.id == who.id for each in _who_is(tx, row.id))]


def _restricted_cases(tx: Transaction, person_id: int) -> list[Any]:
    """The restricted cases of a person, on whichever of their records."""
    cases = tx.all("cases_of_whole_person", person_id=person_id, seen_by=ALL_SEEING)
    return [each for each in cases if each.pathway in compiled.CLEARED]


def _shut(tx: Transaction, person_id: int, case_id: int, who: Any, by: str, now: datetime) -> None:
    keep_out(tx, person_id, [case_id], who, because=SUBJECT, by=by, role="", now=now)


def _shut_as(tx: Transaction, line: Any, who: Any, by: str, now: datetime) -> None:
    """Keep somebody out of whatever they are kept out of under another login."""
    for row in tx.all("exclusions_of", practitioner_id=line.id):
        keep_out(tx, row.person_id, [row.case_id], who, because=row.because, by=by, role="", now=now)
