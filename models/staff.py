"""The staff register: who is at the keyboard, which roles they hold on a day, and who of them an allegation is about.

An adult whom an allegation names and who works here is kept out of it, and of everything about themselves in it: when
the case opens, and whenever the register or the person's record later comes to match.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models import compiled
from models.names import fold_name
from models.people import linked
from models.store import Store
from models.transaction import Transaction
from models.viewer import ALL_SEEING, Viewer
from pathways.access import AUTHORITY
from pathways.days import local_day
from pathways.errors import NOT_ALLOWED, Mistyped, PathwayError
from pathways.roles import Role, called

SUBJECT = "the case is about them"
MARK = "|"


class NotOnTheRegister(PathwayError):
    """Somebody may neither read nor write here. One argument: the sentence."""

    code = NOT_ALLOWED


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody on the register may do and see on a day."""

    row: Any
    roles: frozenset[str]
    clears: str
    circle: str

    def viewer(self, at: datetime) -> Viewer:
        """For whom queries are asked, at a moment."""
        return Viewer(self.row.id, self.clears, at, self.circle, self.row.login)


def login_of(store: Store) -> str:
    """Who is at the keyboard: the login of the database on PostgreSQL, of the operating system on SQLite."""
    if store.dialect == "postgresql":
        with store.reading() as tx:
            return str(tx.connection.execute("SELECT session_user::text").fetchone()[0])
    from models.place import system_login

    return system_login()


def standing(tx: Transaction, login: str, on: date) -> Standing:
    """What somebody may do and see on a day.

    Raises:
        NotOnTheRegister: the register does not know them, or not on that day, or they hold no role then.
    """
    row = tx.one("practitioner_by_login", login=login)
    if row is None:
        raise NotOnTheRegister(
            f"These records do not know the login {login}. Ask who looks after them to add you: pathways users add"
        )
    held = tx.all("roles_of_practitioner", practitioner_id=row.id, on=on)
    if row.from_on > on or (row.to_on is not None and row.to_on < on) or not held:
        raise NotOnTheRegister(
            f"The login {login} holds no role here today. Ask who looks after the records: pathways users role"
        )
    roles = frozenset(each.role for each in held)
    cleared = sorted(name for name, clearing in compiled.CLEARED.items() if roles & set(clearing))
    agencies = {each.agency or row.agency for each in held}
    teams = sorted({row.team, *(each.team for each in held)} - {""})
    circle = MARK.join(("", *(each for each in teams if MARK not in each), ""))
    return Standing(
        row,
        roles,
        ",".join(("", *cleared, "")) if cleared else ",",
        "*" if AUTHORITY in agencies else circle if len(circle) > 1 else MARK,
    )


# --- the adult of an allegation ------------------------------------------------------------------------------------------


def _same(birth: date | None, other: date | None) -> bool:
    """Whether two birth dates may be one person's: where both are known they agree."""
    return birth is None or other is None or birth == other


def _of_one(line: Any, other: Any) -> bool:
    """Whether two lines of the register are one human being's.

    By staff number where both have one, else by name and, where both are known, birth date.
    """
    if line.staff_number and other.staff_number:
        return bool(line.staff_number == other.staff_number)
    return bool(line.folded) and line.folded == other.folded and _same(line.birth_date, other.birth_date)


def are_one(tx: Transaction, login: str, other: str) -> bool:
    """Whether two logins are one person's, as far as the register can tell: nobody is two people by having two."""
    if login.casefold() == other.casefold():
        return True
    lines = [tx.one("practitioner_by_login", login=each) for each in (login, other)]
    return None not in lines and _of_one(*lines)


def _with_their_other_logins(tx: Transaction, lines: Iterable[Any]) -> list[Any]:
    """Lines of the register, and every further line of the same people."""
    found = {each.id: each for each in lines}
    if found:
        for each in tx.all("staff_register"):
            if any(_of_one(each, line) for line in [*found.values()]):
                found.setdefault(each.id, each)
    return [*found.values()]


def _records(tx: Transaction, person_id: int) -> list[int]:
    """The records of one person, whoever may know of them."""
    return [person_id, *(record for _, record in linked(tx, person_id))]


def _who_is(tx: Transaction, person_id: int) -> list[Any]:
    """Those on the register who are this person: by staff number, else by name and, where both are known, birth date."""
    born = tx.need("person_by_id", person_id=person_id).birth_date
    found = tx.all("staff_like_person", person_id=person_id)
    return [each for each in found if each.by_number or _same(born, each.birth_date)]


def keep_subject_out(tx: Transaction, draft: Any, now: datetime) -> None:
    """Keep the adult whom a new case is about out of it; `draft` as it was just written."""
    known = [each for record in _records(tx, draft.person_id) for each in _who_is(tx, record)]
    for who in _with_their_other_logins(tx, known):
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
        for who in _with_their_other_logins(tx, known)
        for case in about
        if case.is_open or not _let_back_in(tx, case, who)
    ]


def _let_back_in(tx: Transaction, case: Any, who: Any) -> bool:
    lists = tx.all("access_lists", case_id=case.id, person_id=None)
    return any(each.practitioner_id == who.id and each.kind == "excluded" and each.ended_at for each in lists)


def match_staff(tx: Transaction, practitioner_id: int, by: str, now: datetime) -> None:
    """Look whether somebody new to the register, or better known there, is the adult of an allegation.

    Whatever they are kept out of under another login they are kept out of under this one.
    """
    who = tx.need("practitioner_by_id", practitioner_id=practitioner_id)
    for person_id in _people_like(tx, who):
        match_person(tx, person_id, by, now)
    for line in _with_their_other_logins(tx, [who]):
        if line.id != who.id:
            _shut_as(tx, line, who, by, now)


def match_every_subject(store: Store, now: datetime) -> None:
    """Look again whom of the register every restricted case is about; asked by the nightly check, which sees them all.

    What changed behind the program's back, or on a record that whoever changed it could not see whole, counts by the
    next morning.
    """
    from models.access import EXCLUDED, lines_of

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
        for line in _with_their_other_logins(tx, [who])
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
    from models.letting_in import keep_out

    keep_out(tx, person_id, [case_id], who, because=SUBJECT, by=by, role="", now=now)


def _shut_as(tx: Transaction, line: Any, who: Any, by: str, now: datetime) -> None:
    """Keep somebody out of whatever they are kept out of under another login."""
    from models.letting_in import keep_out

    for row in tx.all("exclusions_of", practitioner_id=line.id):
        keep_out(tx, row.person_id, [row.case_id], who, because=row.because, by=by, role="", now=now)


# --- keeping the register ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Member:
    """A line of the staff register, as it is typed or read from a file."""

    login: str
    title: str = ""
    agency: str = ""
    team: str = ""
    roles: tuple[str, ...] = ()
    given: str = ""
    family: str = ""
    birth_date: date | None = None
    staff_number: str = ""
    email: str = ""


def _must_keep_register(actor: Any) -> None:
    from models.access import NotTheirs
    from pathways.access import KEEPERS

    clearing = {each for roles in compiled.CLEARED.values() for each in roles}
    if not actor.roles & (KEEPERS | clearing | {Role.RECORDS_OFFICER}):
        whose = ", ".join(each.label for each in sorted(KEEPERS))
        raise NotTheirs(f"The staff register is kept by: {whose}. Nothing was changed.")


def _may_give(actor: Any, login: str, role: Role) -> None:
    """A role that opens a restricted pathway is given by somebody who holds one, and never to oneself.

    Where nobody holds one yet, whoever keeps the register gives the first.
    """
    from models.access import NotTheirs

    clearing = {each for roles in compiled.CLEARED.values() for each in roles}
    if role.value in clearing and login == actor.name:
        raise NotTheirs(f"Nobody makes themselves {role.label}. Ask somebody else who keeps the register.")


def _first_or_from_one(tx: Transaction, actor: Any, role: Role, on: date) -> None:
    from models.access import NotTheirs

    clearing = {each for roles in compiled.CLEARED.values() for each in roles}
    if role.value not in clearing or actor.roles & clearing:
        return
    if tx.all("holders_of_roles", roles=f",{','.join(sorted(clearing))},", on=on):
        raise NotTheirs(f"Only a {role.label} or LADO manager makes somebody {role.label}.")


def _must_stay_known(tx: Transaction, actor: Any, row: Any, member: Member, folded: str) -> None:
    """Refuse to change on a line of one's own what an allegation would know one by, or what tells two people apart.

    A name that is not known yet may be told. A date of birth or a staff number may not: a wrong one would part the line
    from the record of the same name, or from another login of the same person.
    """
    from models.access import NotTheirs

    renamed = row.folded and folded not in ("", row.folded)
    told = ((row.birth_date, member.birth_date), (row.staff_number, member.staff_number))
    if (renamed or any(new and new != was for was, new in told)) and are_one(tx, row.login, actor.name):
        raise NotTheirs(
            "Nobody writes down their own date of birth or staff number, or changes their own name here. Ask somebody else "
            "who keeps the register."
        )


def enrol(store: Store, member: Member, *, actor: Any, now: datetime, from_on: date | None = None) -> bool:
    """Put somebody on the register, or write down more about somebody who is on it; whether they were new.

    Raises:
        NotTheirs, Mistyped: nothing was changed.
    """
    from models.anchors import writing
    from models.people import add_practitioner

    _must_keep_register(actor)
    roles = [called(each) for each in member.roles]
    for role in roles:
        _may_give(actor, member.login, role)
    if not member.login.strip() or MARK in member.team:
        raise Mistyped("A line of the register needs a login, and a team's name has no | in it.")
    day = from_on or local_day(now)
    folded = fold_name(f"{member.given} {member.family}") if member.given or member.family else ""
    with writing(store, now) as tx:
        for role in roles:
            _first_or_from_one(tx, actor, role, day)
        row = tx.one("practitioner_by_login", login=member.login)
        if row is None:
            if not roles:
                raise Mistyped(f"Somebody new needs at least one role: {member.login} has none.")
            number = add_practitioner(
                tx, member.login, member.title, agency=member.agency or AUTHORITY, team=member.team, from_on=day,
                recorded_at=now, given=member.given, family=member.family, birth_date=member.birth_date,
                staff_number=member.staff_number or None, email=member.email or None,
            )  # fmt: skip
        else:
            number = row.id
            _must_stay_known(tx, actor, row, member, folded)
            tx.run(
                "describe_practitioner", practitioner_id=number, title=member.title or None, agency=member.agency or None,
                team=member.team or None, given=member.given or None, family=member.family or None, folded=folded or None,
                birth_date=member.birth_date, staff_number=member.staff_number or None, email=member.email or None,
                to_on=None,
            )  # fmt: skip
            if roles and row.to_on is not None and row.to_on < day:
                tx.run("return_practitioner", practitioner_id=number)
        there = tx.need("practitioner_by_id", practitioner_id=number)
        held = {each.role for each in tx.all("roles_of_practitioner", practitioner_id=number, on=day)}
        for role in roles:
            if role.value not in held:
                _give(tx, there, role, day, None, now)
        match_staff(tx, number, actor.name, now)
    return row is None


def _give(tx: Transaction, who: Any, role: Role, from_on: date, to_on: date | None, now: datetime) -> None:
    tx.run(
        "add_practitioner_role", practitioner_id=who.id, role=role.value, agency=who.agency, team=who.team, from_on=from_on,
        to_on=to_on, recorded_at=now,
    )  # fmt: skip


def give_role(
    store: Store, login: str, role: Role, *, from_on: date, to_on: date | None, actor: Any, now: datetime
) -> None:
    """Let somebody act in a role, from a day and perhaps to one.

    Raises:
        NotTheirs, Mistyped: nothing was changed.
    """
    from models.access import somebody

    _must_keep_register(actor)
    _may_give(actor, login, role)
    if to_on is not None and to_on < from_on:
        raise Mistyped("The last day of the role is before its first.")
    with store.writing() as tx:
        _first_or_from_one(tx, actor, role, from_on)
        who = somebody(tx, login)
        held = {each.role for each in tx.all("roles_of_practitioner", practitioner_id=who.id, on=from_on)}
        if role.value in held:
            raise Mistyped(f"{login} is {role.label} on that day already.")
        _give(tx, who, role, from_on, to_on, now)


def take_role(store: Store, login: str, role: Role | None, *, last: date, actor: Any) -> None:
    """End a role of somebody's after its last day, or all of them and their line on the register.

    Raises:
        NotTheirs, Mistyped: nothing was changed.
    """
    from models.access import somebody

    _must_keep_register(actor)
    with store.writing() as tx:
        who = somebody(tx, login)
        if role is None and login == actor.name:
            raise Mistyped("Nobody ends their own line on the register. Ask somebody else who keeps it.")
        ended = tx.run("end_roles", practitioner_id=who.id, role=role.value if role else "", on=last)
        if role is not None and not ended:
            raise Mistyped(f"{login} is not {role.label} after that day.")
        if role is None:
            nothing = dict.fromkeys(
                (
                    "title",
                    "agency",
                    "team",
                    "given",
                    "family",
                    "folded",
                    "birth_date",
                    "staff_number",
                    "email",
                )
            )
            tx.run("describe_practitioner", practitioner_id=who.id, to_on=last, **nothing)
