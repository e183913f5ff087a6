"""Messages to agencies that owe a conference their report: to a shared address, or to those who hear for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.chasing import HEARS
from models.mail import Mail
from models.notices import STILL_NEWS, Addressee, addressees, may_see, notice, queue, those_told, waking
from models.queries import awaited_reports
from models.store import Store
from models.transaction import Transaction
from pathways.moments import local_day, words

REPORT_CHASED, CHASERS_READ_TO = "pathways.report.chased", "notices_read_to/chasers"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was queued for agencies that owe reports: how many messages are new, and the agencies without an address."""

    queued: int
    unreachable: tuple[str, ...]


def queue_chasers(store: Store, mail: Mail, now: datetime) -> Asked:
    """Queue a message for every agency that was asked again, or whose report a conference lacks two days before.

    One an agency, case and day of asking, whichever of the two it was; of several days only the newest. It goes to
    the agency's address in the settings; where there is none, to those on the staff register who hear for the agency
    and may see the case. A report that has come meanwhile is not asked for, and a guarded case is never named to a
    shared address.

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
        people = addressees(tx, local_day(now))
        for row in tx.all("messages_to_agencies", after=after, most=100_000):
            newest |= {(row.case_ref, agency): row for agency in _owing(row)}
        for (reference, agency), row in newest.items():
            key = f"chaser/{reference}/{agency}/{local_day(row.recorded_at)}"
            ids = _hearing(tx, row, agency, mail, people, now)
            queued += [
                notice(f"{key}/{each or 'shared'}", "urgent", each, *_asking(row), now, send_after, agency)
                for each in ids
            ]
            unreachable |= set() if ids else {agency}
        read_to = tx.need("last_message_before", after=after, before=now - STILL_NEWS).id
    made = queue(store, queued)
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
    tx: Transaction, row: Any, agency: str, mail: Mail, people: Iterable[Addressee], now: datetime
) -> list[int | None]:
    """Who hears for an agency of a case: None is its shared address; else people by number."""
    if agency in mail.agencies:
        return [None]
    told = those_told(row, [role.value for role in HEARS.get(agency, ())], people)
    return [each.id for each in told if may_see(tx, row.case_ref, each.login, now)]


def _asking(row: Any) -> tuple[str, str]:
    """Subject and body: the reference and the day, and nobody."""
    about = "the conference is on" if row.event != REPORT_CHASED else "it was asked for by"
    day = f"; {about} {words(row.due_on)}" if row.due_on else ""
    return "A report is awaited", (
        f"{row.case_ref}: your agency's report for the child protection conference has not come{day}.\n\n"
        "Send it the way you always do, or tell the conference unit when it will come. Do not answer this message: "
        "it names nobody, and an answer by e-mail should not either."
    )
