"""Messages to people: at most one urgent one a case and day, and the operator's.

A message carries references and counts, never a name, a date of birth or a reason; of a guarded case not even the
reference. The table `notice` is the ledger: each has a key, so that it is queued once, and says when it went, how
often it was tried and what the relay last answered. Nothing here decides that somebody is late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from models.staff import standing
from models.store import Store
from models.transaction import Transaction
from pathways.errors import Mistyped
from pathways.moments import LONDON, local_day, words
from pathways.roles import Role
from pathways.supervision import HEADS, SCHOOL

DAY_BEGINS, DAY_ENDS = time(7), time(19)
"""Between these hours, in London, people are written to. The operator is written to at any hour."""
STILL_NEWS = timedelta(hours=1)
"""A message is read again for so long, since another that was begun earlier may be written later."""
URGENT: dict[str, tuple[tuple[str, ...], str]] = {
    "deadline-missed": (("pathways.deadline.missed", "pathways.deadline.still_missed"), "a date passed"),
    "reports-missing": (("pathways.reports.missing",), "reports for the conference are missing"),
    "date-near": (("pathways.deadline.near",), "a date is near"),
    "referral-near": (("pathways.referral.near",), "two office hours are left to decide"),
    "person-died": (
        ("pathways.person.died",),
        "its person has died; its dates stop overnight: record the death there",
    ),
    "no-owner": (("pathways.case.unowned",), "nobody leads it"),
}
"""What an urgent message may be about, by the word that an automation names it with: events, and what is said."""
ALWAYS = ("deadline-missed", "reports-missing", "person-died")
"""What people are written to about unless somebody switches more on."""
THEIR_OWN = frozenset(("social_worker", "lead_professional", "lcpp"))
"""Roles that act for their own cases: of many in a team only the one who leads the case is told."""
OPERATOR = {
    "check-unfinished": ("The overnight check has not finished", "No check has finished for 26 hours.", "pathways check last"),
    "run-crashed": ("A scheduled run crashed", "A run failed or crashed. Its page says which step.", "pathways doctor"),
    "run-silent": ("A scheduled run fell silent", "A run gave no sign of life and was marked as crashed.", "pathways doctor"),
    "not-proven": ("The record did not verify", "The record may only be read until an operator has looked.", "pathways audit verify"),
    "calendar-ending": ("Rules or dates run out soon", "Rules, bank holidays or school terms end within 60 days.", "pathways rules check"),
    "capacity-short": ("Too few chair slots next week", "More conferences are due next week than can be held.", "pathways dashboards preview --only reviews"),
    "late-rising": ("More is late than a week ago", "Late cases rose by a third in a week.", "pathways overdue"),
    "given-up": ("A message could not be delivered", "The mail relay refused a message for good, or too often.", "pathways doctor"),
}  # fmt: skip
"""What the operator is told, by the word that an automation names it with: subject, sentence, what to type."""
MANAGED: Mapping[str, Role] = {"capacity-short": Role.CHAIR_MANAGER, "late-rising": Role.SERVICE_MANAGER}
"""Whom of these a manager is told instead: those who hold the role today and can be written to."""


def waking(moment: datetime) -> datetime:
    """The first moment from this one on at which people are written to: between 7am and 7pm in London."""
    local = moment.astimezone(LONDON)
    if DAY_BEGINS <= local.time() < DAY_ENDS:
        return moment
    day = local.date() if local.time() < DAY_BEGINS else local.date() + timedelta(days=1)
    return datetime.combine(day, DAY_BEGINS, tzinfo=LONDON).astimezone(moment.tzinfo)


@dataclass(slots=True)
class Addressee:
    """Somebody on the staff register who can be written to; `roles` are those they hold on the day, each with its teams."""

    id: int
    login: str
    title: str
    roles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def teams(self) -> list[str]:
        """Whose work they share."""
        return sorted({team for teams in self.roles.values() for team in teams if team})


def addressees(tx: Transaction, on: date) -> list[Addressee]:
    """Everybody who holds a role on a London day and has an address."""
    found: dict[int, Addressee] = {}
    for row in tx.all("people_with_mail", on=on):
        person = found.setdefault(row.id, Addressee(row.id, row.login, row.title))
        person.roles[row.role].add(row.team)
    return list(found.values())


def queue_urgent(store: Store, now: datetime, about: str = "deadline-missed") -> int:
    """Queue a message for those whom the rule names, one a case, person and day; how many are new.

    Args:
        store: where the outbox and the ledger are.
        now: this moment, in UTC.
        about: one of `URGENT`.
    """
    events, what = URGENT[about]
    setting, wanted = f"notices_read_to/{about}", f",{','.join(events)},"
    today, send_after = local_day(now), waking(now)
    queued: list[dict[str, Any]] = []
    with store.reading() as tx:
        known = {row.name: row.value for row in tx.all("settings")}
        after = int(known.get(setting, "0"))
        people = addressees(tx, today)
        for row in tx.all("messages_to_people", after=after, wanted=wanted, most=100_000):
            for person in those_told(row, row.to_roles.split(";"), people):
                if row.guarded and not may_see(tx, row.case_ref, person.login, now):
                    continue
                key = f"urgent/{row.case_ref}/{_day_of(row, now)}/{person.id}"
                queued.append(_urgent(row, what, key, person.id, now, send_after))
        read_to = tx.need("last_message_before", after=after, before=now - STILL_NEWS).id
    made = queue(store, queued)
    with store.writing(service=True) as tx:
        tx.run("put_setting", name=setting, value=str(read_to))
    return made


def queue_supervision(store: Store, now: datetime) -> int:
    """Queue a message about supervision that a check has newly found overdue; how many are new.

    To whoever held the last session, to the heads and, once it is late at a school, to the chair of governors (RULES
    section 12). One a person and day of finding; it names nobody.
    """
    found: dict[tuple[int, date], int] = defaultdict(int)
    since = local_day(now - STILL_NEWS)
    with store.reading() as tx:
        people = addressees(tx, local_day(now))
        for row in tx.all("every_supervision_due"):
            if row.found_on >= since:
                for person in people:
                    if person.id == row.supervisor_id or _answers_for(person, row):
                        found[person.id, row.found_on] += 1
    queued = [
        notice(
            f"supervision/{person_id}/{day}", "urgent", person_id, "Supervision is overdue",
            f"Supervision that you give or answer for is overdue; people whom that concerns since {words(day)}: {count}.\n\n"
            "Who, and since when: pathways supervision due", now, waking(now),
        )
        for (person_id, day), count in found.items()
    ]  # fmt: skip
    return queue(store, queued)


def _answers_for(person: Addressee, row: Any) -> bool:
    """Whether somebody heads where the supervised person works, or is told of it once it is late."""
    told = HEADS[row.kind] | ({Role.CHAIR_OF_GOVERNORS} if row.kind == SCHOOL and row.late else set())
    teams = {team for role in told for team in person.roles.get(role, ())}
    return (row.team != "" and row.team in teams) or (row.kind != SCHOOL and "" in teams)


def _day_of(row: Any, now: datetime) -> date:
    """The day that a message counts for: today, but yesterday for one that was read before midnight and is read again."""
    return local_day(max(row.recorded_at, now - STILL_NEWS))


def those_told(row: Any, roles: Sequence[str], people: Iterable[Addressee]) -> list[Addressee]:
    """Whom a message is for: the case's lead where the role acts for its own cases, else the role in the team."""
    found = []
    for person in people:
        leads = bool(row.lead) and row.lead in (person.title, person.login)
        for role in roles:
            if role not in person.roles:
                continue
            in_team = not row.team or bool(person.roles[role] & {"", row.team})
            if leads or (in_team and not (role in THEIR_OWN and row.lead)):
                found.append(person)
                break
    return found


def may_see(tx: Transaction, case_ref: str, login: str, now: datetime) -> bool:
    """Whether somebody may know of a case at this moment."""
    viewer = standing(tx, login, local_day(now)).viewer(now)
    return tx.one("case_by_reference", reference=case_ref, seen_by=viewer) is not None


def _urgent(
    row: Any, what: str, key: str, person_id: int, now: datetime, send_after: datetime
) -> dict[str, Any]:
    said, typed = f"{row.case_ref}: {what}.", f"pathways show {row.case_ref}"
    if row.guarded:
        said, typed = f"On a case that only few may see, {what}.", "pathways worklist"
    return notice(key, "urgent", person_id, "A case needs you", f"{said}\n\nSee it: {typed}", now, send_after)


def tell_operator(store: Store, about: str, now: datetime) -> bool:
    """Queue a message for the operator, or for the managers whose matter it is; whether it is new.

    One a day about each thing. Where nobody holds the manager's role who can be written to, the operator is told.

    Args:
        store: where the ledger is.
        about: one of `OPERATOR`.
        now: this moment, in UTC.

    Raises:
        Mistyped: there is nothing of that name to tell.
    """
    if about not in OPERATOR:
        raise Mistyped(f"There is nothing to tell about '{about[:30]}'. Known: {', '.join(OPERATOR)}.")
    subject, said, typed = OPERATOR[about]
    body = f"{said}\n\nLook: {typed}"
    key = f"operator/{about}/{local_day(now)}"
    with store.reading() as tx:
        role = MANAGED.get(about)
        managers = [each.id for each in addressees(tx, local_day(now)) if role in each.roles] if role else []
    made = [
        notice(f"{key}/{each}", "urgent", each, subject, body, now, waking(now)) for each in managers
    ] or [notice(key, "operator", None, subject, body, now, now)]
    return queue(store, made) > 0


def notice(
    key: str,
    kind: str,
    person_id: int | None,
    subject: str,
    body: str,
    now: datetime,
    send_after: datetime,
    agency: str = "",
) -> dict[str, Any]:
    """A message as the ledger holds it, not tried yet; `person_id` None: to the operator, or to the agency's address."""
    return {
        "key": key,
        "kind": kind,
        "practitioner_id": person_id,
        "agency": "" if person_id else agency,
        "subject": subject,
        "body": body,
        "queued_at": now,
        "send_after": send_after,
        "attempts": 0,
        "last_fault": "",
    }


def queue(store: Store, notices: Iterable[dict[str, Any]]) -> int:
    """Put messages into the ledger, each key once for ever; how many are new."""
    once = {each["key"]: each for each in reversed(list(notices))}
    if not once:
        return 0
    with store.writing(service=True) as tx:
        return sum(max(tx.run("add_notice", **each), 0) for each in reversed(once.values()))
