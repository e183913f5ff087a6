"""E-mail: how the settings say that it is sent, and sending what the ledger of messages holds.

A message that the relay refuses waits and is tried again; it never holds up the others.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from uuid import uuid5

from models.notices import tell_operator, waking
from models.relay import OUTBOX
from models.setup import mark_of
from models.store import Store
from models.viewer import ALL_SEEING
from pathways.errors import Mistyped, PathwayError
from pathways.evidence import AGENCIES
from pathways.practice_mark import BANNER

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
        due, mark = tx.all("notices_to_send", now=now(), most=most), mark_of(tx)
    if not due:
        return done
    relay: smtplib.SMTP | None = None
    try:
        relay = _connected(mail, seconds)
        for row in due:
            _one(store, relay, mail, row, mark, now, done)
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
    store: Store,
    relay: smtplib.SMTP,
    mail: Mail,
    row: Any,
    mark: str,
    now: Callable[[], datetime],
    done: Sent,
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
        _hand_over(relay, _letter(mail, row, mark, address, moment))
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


def _letter(mail: Mail, row: Any, mark: str, address: str, moment: datetime) -> EmailMessage:
    """A message; its subject and its first line say so where the cases are invented."""
    letter = EmailMessage()
    letter["From"], letter["To"] = mail.sender, address
    letter["Subject"] = f"{BANNER}: {row.subject}" if mark else row.subject
    letter["Date"] = format_datetime(moment)
    domain = mail.sender.rpartition("@")[2].strip(" >") or "localhost"
    letter["Message-ID"] = f"<{uuid5(OUTBOX, row.key)}@{domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(f"{mark}.\n\n{row.body}\n" if mark else f"{row.body}\n")
    return letter
