"""E-mail to people: one digest a day, at most one urgent message a case and day, and the operator's.

A message carries references and counts, never a name, a date of birth or a reason; of a guarded case not even the
reference. The table `notice` is the ledger: each has a key, so that it is queued once, and says when it went, how
often it was tried and what the relay last answered. Nothing here decides that somebody is late.
"""

from __future__ import annotations

import smtplib
import ssl
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from uuid import uuid5

from models.anchors import latest
from models.conference import HEARS
from models.queries import awaited_reports, count_work, filters
from models.relay import OUTBOX
from models.staff import standing
from models.store import ALL_SEEING, Store, Transaction
from models.supervision_due import overdue
from pathways.clocks import Rules, start_of_day
from pathways.errors import Mistyped, PathwayError
from pathways.evidence import AGENCIES
from pathways.moments import LONDON, local_day, words
from pathways.roles import Role
from pathways.supervision import HEADS, SCHOOL

DAY_BEGINS, DAY_ENDS = time(7), time(19)
"""Between these hours, in London, people are written to. The operator is written to at any hour."""
KEEP_ANCHORS = frozenset((Role.SERVICE_MANAGER, Role.SENIOR_OFFICER, Role.RECORDS_OFFICER))
"""Whose digest carries the code of the newest checkpoint: lodged with several people, it cannot be made to fit."""
SOON = 5
"""Working days that a digest looks ahead."""
STILL_NEWS = timedelta(hours=1)
"""A message is read again for so long, since another that was begun earlier may be written later."""
BACK_OFF = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
TRIES = len(BACK_OFF) + 1
RELAY_SECONDS = 20.0
GOING_AWAY = 421
"""What a relay answers that is about to close the connection: its own trouble, not the message's."""
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
REPORT_CHASED, CHASERS_READ_TO = "pathways.report.chased", "notices_read_to/chasers"
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


class RelayDown(PathwayError):
    """The mail relay cannot be used now. Arguments: what kind of fault it was, how many messages wait."""

    def __str__(self) -> str:
        kind, waiting = self.args
        return f"The mail relay cannot be used ({kind}); waiting to be tried again: {waiting}."


@dataclass(frozen=True, slots=True)
class Mail:
    """How mail is sent: the table [mail] of the settings file. The password comes from elsewhere, never from there."""

    sender: str = ""
    host: str = ""
    port: int = 25
    security: str = "starttls"
    login: str = ""
    password: str = field(default="", repr=False)
    operator: str = ""
    agencies: Mapping[str, str] = field(default_factory=dict)
    """Shared addresses by agency: where agencies are asked again for a report."""

    @property
    def set_up(self) -> bool:
        """Whether there is a relay."""
        return bool(self.host and self.sender)


def mail_of(settings: Mapping[str, Any], password: str = "") -> Mail:
    """The settings of [mail]; a `Mail` that is not set up where there are none, or where `via` is "none".

    Args:
        settings: the whole settings file.
        password: of the login, from the environment or the operating system's store of secrets.

    Raises:
        Mistyped: a value cannot be used.
    """
    given = settings.get("mail", {})
    if not given or given.get("via", "smtp") == "none":
        return Mail()
    if given.get("via", "smtp") != "smtp":
        raise Mistyped('In pathways.toml, [mail] via is "smtp" or "none".')
    if "password" in given:
        raise Mistyped(
            "A password does not belong in pathways.toml. Take it out, and give PATHWAYS_MAIL_PASSWORD instead."
        )
    security, port = str(given.get("security", "starttls")), given.get("port", 25)
    if security not in ("starttls", "tls", "none"):
        raise Mistyped('In pathways.toml, [mail] security is "starttls", "tls" or "none".')
    if not isinstance(port, int):
        raise Mistyped("In pathways.toml, [mail] port is a number, such as 25 or 587.")
    made = Mail(
        str(given.get("from", "")), str(given.get("host", "")), port, security, str(given.get("login", "")),
        password, str(given.get("operator", "")), _addresses(given.get("agencies", {})),
    )  # fmt: skip
    if not made.set_up:
        raise Mistyped('In pathways.toml, [mail] needs `from` and `host`, or via = "none".')
    return made


def _addresses(given: Any) -> dict[str, str]:
    """Agencies' shared addresses, as the settings file has them under [mail.agencies].

    Raises:
        Mistyped: it is no table, or one of its agencies or addresses is none.
    """
    if not isinstance(given, dict):
        raise Mistyped('In pathways.toml, [mail.agencies] is a table, such as police = "name@place".')
    for name, address in given.items():
        if name not in AGENCIES:
            known = ", ".join(AGENCIES)
            raise Mistyped(f"In pathways.toml, [mail.agencies] has {name[:40]}, which is no agency: {known}.")
        if not isinstance(address, str) or "@" not in address:
            raise Mistyped(f'In pathways.toml, [mail.agencies] needs an address for {name}, as "name@place".')
    return dict(given)


# --- when ---------------------------------------------------------------------------------------------------


def waking(moment: datetime) -> datetime:
    """The first moment from this one on at which people are written to: between 7am and 7pm in London."""
    local = moment.astimezone(LONDON)
    if DAY_BEGINS <= local.time() < DAY_ENDS:
        return moment
    day = local.date() if local.time() < DAY_BEGINS else local.date() + timedelta(days=1)
    return datetime.combine(day, DAY_BEGINS, tzinfo=LONDON).astimezone(moment.tzinfo)


# --- what is to be said --------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Person:
    id: int
    login: str
    title: str
    roles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def teams(self) -> list[str]:
        """Whose work they share."""
        return sorted({team for teams in self.roles.values() for team in teams if team})


def _people(tx: Transaction, on: date) -> list[_Person]:
    found: dict[int, _Person] = {}
    for row in tx.all("people_with_mail", on=on):
        person = found.setdefault(row.id, _Person(row.id, row.login, row.title))
        person.roles[row.role].add(row.team)
    return list(found.values())


def queue_digests(store: Store, rules: Rules, now: datetime) -> int:
    """Queue today's digest for everybody who has something late or due; how many are new.

    It counts only what the person may see: their own cases, and those of their teams.
    """
    today = local_day(now)
    at_seven = datetime.combine(today, DAY_BEGINS, tzinfo=LONDON)
    queued: list[dict[str, Any]] = []
    sealed = latest(store)
    with store.reading() as tx:
        for person in _people(tx, today):
            tx.viewer = standing(tx, person.login, today).viewer(now)
            body = _digest(tx, person, rules, now, sealed)
            if body:
                queued.append(
                    _notice(f"digest/{person.id}/{today}", "digest", person.id, digest_subject(today), body, now, at_seven)
                )  # fmt: skip
    return _queue(store, queued)


def digest_subject(on: date) -> str:
    """What a day's digest is called."""
    return f"Your cases on {words(on)}"


def digest_of(store: Store, login: str, rules: Rules, now: datetime) -> tuple[str, bool]:
    """The digest of whoever the store is read for, as it would be written now, and whether they have an address.

    The text is empty where nothing of theirs is late or due.
    """
    today = local_day(now)
    sealed = latest(store)
    with store.reading() as tx:
        there = standing(tx, login, today)
        person = _Person(there.row.id, there.row.login, there.row.title)
        for row in tx.all("roles_of_practitioner", practitioner_id=there.row.id, on=today):
            person.roles[row.role].add(row.team)
        reached = any(each.id == person.id for each in _people(tx, today))
        return _digest(tx, person, rules, now, sealed), reached


def _digest(tx: Transaction, person: _Person, rules: Rules, now: datetime, sealed: Any) -> str:
    """What somebody is told in the morning, of what the transaction's viewer may see; empty where there is nothing."""
    today = local_day(now)
    tonight = start_of_day(today + timedelta(days=1)) - timedelta(seconds=1)
    until = start_of_day(rules.calendar.add_working_days(today, SOON) + timedelta(days=1))
    lines = []
    scopes = [("Yours", filters(lead=person.login, title=person.title))]
    scopes += [(f"Team {team}", filters(team=team)) for team in person.teams()]
    for called, narrowed in scopes:
        found = count_work(tx, now, tonight, until, narrowed)
        if found.work:
            soon = found.work - found.late - found.today
            lines.append(f"{called}: {found.late} late, {found.today} due today, {soon} due soon.")
    if lines:
        lines += ["", "List them: pathways worklist"]
    if said := overdue(tx).said:
        lines += [*([""] if lines else []), said, "Whose, and since when: pathways supervision due"]
    if sealed and person.roles.keys() & KEEP_ANCHORS:
        lines += ["", f"The record as of {words(local_day(sealed.anchor.at))} has the code {sealed.anchor.code}.",
                  "Keep this line. To check against it: pathways audit verify --anchor CODE"]  # fmt: skip
    return "\n".join(lines).strip()


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
        people = _people(tx, today)
        for row in tx.all("messages_to_people", after=after, wanted=wanted, most=100_000):
            for person in _told(row, row.to_roles.split(";"), people):
                if row.guarded and not _may_see(tx, row.case_ref, person.login, now):
                    continue
                key = f"urgent/{row.case_ref}/{_day_of(row, now)}/{person.id}"
                queued.append(_urgent(row, what, key, person.id, now, send_after))
        read_to = tx.need("last_message_before", after=after, before=now - STILL_NEWS).id
    made = _queue(store, queued)
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
        people = _people(tx, local_day(now))
        for row in tx.all("every_supervision_due"):
            if row.found_on >= since:
                for person in people:
                    if person.id == row.supervisor_id or _answers_for(person, row):
                        found[person.id, row.found_on] += 1
    queued = [
        _notice(
            f"supervision/{person_id}/{day}", "urgent", person_id, "Supervision is overdue",
            f"Supervision that you give or answer for is overdue; people whom that concerns since {words(day)}: {count}.\n\n"
            "Who, and since when: pathways supervision due", now, waking(now),
        )
        for (person_id, day), count in found.items()
    ]  # fmt: skip
    return _queue(store, queued)


def _answers_for(person: _Person, row: Any) -> bool:
    """Whether somebody heads where the supervised person works, or is told of it once it is late."""
    told = HEADS[row.kind] | ({Role.CHAIR_OF_GOVERNORS} if row.kind == SCHOOL and row.late else set())
    teams = {team for role in told for team in person.roles.get(role, ())}
    return (row.team != "" and row.team in teams) or (row.kind != SCHOOL and "" in teams)


def _day_of(row: Any, now: datetime) -> date:
    """The day that a message counts for: today, but yesterday for one that was read before midnight and is read again."""
    return local_day(max(row.recorded_at, now - STILL_NEWS))


def _told(row: Any, roles: Sequence[str], people: Iterable[_Person]) -> list[_Person]:
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


def _may_see(tx: Transaction, case_ref: str, login: str, now: datetime) -> bool:
    viewer = standing(tx, login, local_day(now)).viewer(now)
    return tx.one("case_by_reference", reference=case_ref, seen_by=viewer) is not None


def _urgent(
    row: Any, what: str, key: str, person_id: int, now: datetime, send_after: datetime
) -> dict[str, Any]:
    said, typed = f"{row.case_ref}: {what}.", f"pathways show {row.case_ref}"
    if row.guarded:
        said, typed = f"On a case that only few may see, {what}.", "pathways worklist"
    return _notice(
        key, "urgent", person_id, "A case needs you", f"{said}\n\nSee it: {typed}", now, send_after
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What was queued for agencies that owe reports: how many messages are new, and the agencies without an address."""

    queued: int
    unreachable: tuple[str, ...]


def queue_chasers(store: Store, mail: Mail, now: datetime) -> Asked:
    """Queue a message for every agency that was asked again, or whose report a conference lacks two days before.

    One an agency, case and day of asking, whichever of the two it was; of several days only the newest. It goes to the agency's address in the settings; where
    there is none, to those on the staff register who hear for the agency and may see the case. A report that has come
    meanwhile is not asked for, and a guarded case is never named to a shared address.

    Args:
        store: where the outbox and the ledger are.
        mail: the agencies' addresses.
        now: this moment, in UTC.
    """
    queued: list[dict[str, Any]] = []
    unreachable: set[str] = set()
    newest: dict[tuple[str, str], Any] = {}
    send_after = waking(now)
    with store.reading() as tx:
        after = int(row.value) if (row := tx.one("setting_named", name=CHASERS_READ_TO)) else 0
        people = _people(tx, local_day(now))
        for row in tx.all("messages_to_agencies", after=after, most=100_000):
            newest |= {(row.case_ref, agency): row for agency in _owing(row)}
        for (reference, agency), row in newest.items():
            key = f"chaser/{reference}/{agency}/{local_day(row.recorded_at)}"
            ids = _hearing(tx, row, agency, mail, people, now)
            queued += [
                _notice(f"{key}/{each or 'shared'}", "urgent", each, *_asking(row), now, send_after, agency)
                for each in ids
            ]
            unreachable |= set() if ids else {agency}
        read_to = tx.need("last_message_before", after=after, before=now - STILL_NEWS).id
    made = _queue(store, queued)
    with store.writing(service=True) as tx:
        tx.run("put_setting", name=CHASERS_READ_TO, value=str(read_to))
    return Asked(made, tuple(sorted(unreachable)))


def _owing(row: Any) -> Sequence[str]:
    """The agencies that a message is about and that owe their report still; its key names the one asked again."""
    waiting = awaited_reports(row.facts)
    if row.event != REPORT_CHASED:
        return waiting
    asked = row.key.split("/")[2].replace("-", " ")
    return [each for each in waiting if each == asked]


def _hearing(
    tx: Transaction, row: Any, agency: str, mail: Mail, people: Iterable[_Person], now: datetime
) -> list[int | None]:
    """Who hears for an agency of a case: None is its shared address; else people by number."""
    if agency in mail.agencies:
        return [None]
    told = _told(row, [role.value for role in HEARS.get(agency, ())], people)
    return [each.id for each in told if _may_see(tx, row.case_ref, each.login, now)]


def _asking(row: Any) -> tuple[str, str]:
    """Subject and body: the reference and the day, and nobody."""
    about = "the conference is on" if row.event != REPORT_CHASED else "it was asked for by"
    day = f"; {about} {words(row.due_on)}" if row.due_on else ""
    return "A report is awaited", (
        f"{row.case_ref}: your agency's report for the child protection conference has not come{day}.\n\n"
        "Send it the way you always do, or tell the conference unit when it will come. Do not answer this message: "
        "it names nobody, and an answer by e-mail should not either."
    )


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
        managers = [each.id for each in _people(tx, local_day(now)) if role in each.roles] if role else []
    made = [
        _notice(f"{key}/{each}", "urgent", each, subject, body, now, waking(now)) for each in managers
    ] or [_notice(key, "operator", None, subject, body, now, now)]
    return _queue(store, made) > 0


def _notice(
    key: str,
    kind: str,
    person_id: int | None,
    subject: str,
    body: str,
    now: datetime,
    send_after: datetime,
    agency: str = "",
) -> dict[str, Any]:
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


def _queue(store: Store, notices: Iterable[dict[str, Any]]) -> int:
    once = {each["key"]: each for each in reversed(list(notices))}
    if not once:
        return 0
    with store.writing(service=True) as tx:
        return sum(max(tx.run("add_notice", **each), 0) for each in reversed(once.values()))


# --- sending ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Sent:
    """What a run of sending did: went out, to be tried again, given up for good."""

    sent: int = 0
    again: int = 0
    given_up: int = 0


class _Refused(Exception):
    """The relay would not take this one message. Arguments: its code, whether that is for good."""


def send_notices(
    store: Store,
    mail: Mail,
    now: Callable[[], datetime],
    *,
    most: int = 1_000,
    seconds: float = RELAY_SECONDS,
) -> Sent:
    """Send what is due. A message that the relay refuses does not hold up the others.

    Args:
        store: where the ledger is.
        mail: the relay.
        now: this moment, in UTC.
        most: messages at most in this run.
        seconds: how long the relay may take over an answer.

    Raises:
        RelayDown: the relay cannot be reached, or went away. What has not gone waits, and no attempt is counted.
    """
    done = Sent()
    with store.reading() as tx:
        due = tx.all("notices_to_send", now=now(), most=most)
    if not due:
        return done
    relay: smtplib.SMTP | None = None
    try:
        relay = _connected(mail, seconds)
        for row in due:
            _one(store, relay, mail, row, now, done)
    except (OSError, smtplib.SMTPException) as fault:
        kind = type(fault).__name__
        with store.reading() as tx:
            waiting = sum(
                row.notices for row in tx.all("count_notices", seen_by=ALL_SEEING) if not row.given_up
            )
        raise RelayDown(kind, waiting) from None
    finally:
        if relay is not None:
            with suppress(OSError, smtplib.SMTPException):
                relay.quit()
    if done.given_up:
        tell_operator(store, "given-up", now())
    return done


def _connected(mail: Mail, seconds: float) -> smtplib.SMTP:
    """A connection to the relay, encrypted and logged in as the settings say."""
    if mail.security == "tls":
        context = ssl.create_default_context()
        relay: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=seconds, context=context)
    else:
        relay = smtplib.SMTP(mail.host, mail.port, timeout=seconds)
    try:
        if mail.security == "starttls":
            relay.starttls(context=ssl.create_default_context())
        if mail.login:
            relay.login(mail.login, mail.password)
    except BaseException:
        relay.close()
        raise
    return relay


def _one(
    store: Store, relay: smtplib.SMTP, mail: Mail, row: Any, now: Callable[[], datetime], done: Sent
) -> None:
    """Send one message and write down how that went."""
    address = _address(mail, row)
    moment = now()
    again = moment + BACK_OFF[min(row.attempts, len(BACK_OFF) - 1)]
    if row.kind != "operator":
        again = waking(again)
    with store.writing(service=True) as tx:
        if not tx.run("claim_notice", notice_id=row.id, attempts=row.attempts, send_after=again):
            return
    try:
        if not address:
            raise _Refused("no address", True)
        _hand_over(relay, _letter(mail, row, address, moment))
    except _Refused as fault:
        code, for_good = fault.args
        with store.writing(service=True) as tx:
            if for_good or row.attempts + 1 >= TRIES:
                tx.run("give_up_notice", notice_id=row.id, now=moment, last_fault=code)
                done.given_up += row.kind != "operator"
            else:
                tx.run("note_notice_fault", notice_id=row.id, last_fault=code)
                done.again += 1
    except (OSError, smtplib.SMTPException) as fault:
        with store.writing(service=True) as tx:
            later = moment + BACK_OFF[0]  # so that the next run begins with others
            kind = type(fault).__name__
            tx.run(
                "unclaim_notice", notice_id=row.id, attempts=row.attempts, send_after=later, last_fault=kind
            )
        raise
    else:
        with store.writing(service=True) as tx:
            tx.run("note_notice_sent", notice_id=row.id, now=now())
        done.sent += 1


def _address(mail: Mail, row: Any) -> str:
    """Where a message goes; empty where no address is known any more."""
    if row.practitioner_id:
        return str(row.email or "")
    return mail.agencies.get(row.agency, "") if row.agency else mail.operator


def _hand_over(relay: smtplib.SMTP, letter: EmailMessage) -> None:
    """Give the relay a message.

    Raises:
        _Refused: it answered, and will not take this one (4xx: now; 5xx: ever).
    """
    try:
        relay.send_message(letter)
    except smtplib.SMTPRecipientsRefused as fault:
        code = next(iter(fault.recipients.values()))[0]
        if code == GOING_AWAY:
            raise
        raise _Refused(str(code), code >= 500) from None
    except smtplib.SMTPDataError as fault:
        if fault.smtp_code == GOING_AWAY:
            raise
        raise _Refused(str(fault.smtp_code), fault.smtp_code >= 500) from None


def _letter(mail: Mail, row: Any, address: str, moment: datetime) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = mail.sender, address, row.subject
    letter["Date"] = format_datetime(moment)
    domain = mail.sender.rpartition("@")[2].strip(" >") or "localhost"
    letter["Message-ID"] = f"<{uuid5(OUTBOX, row.key)}@{domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(row.body + "\n")
    return letter
