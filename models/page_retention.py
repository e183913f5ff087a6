"""Pages of a file that are at the end of their own keeping before the file is: reviewed, agreed to, destroyed by hand.

It is done as for a whole file (`models/retention.py`): one reviews, another agrees, a person carries it out, and the
keeping is worked out anew each time, the last time over what the person at the keyboard may not see, too. The page's
content and its document are overwritten, and the key that both lay under is destroyed, so that no old copy of the store
opens them; its number, title, author and dates stay, and so does the chain. The entry
that says so is the certificate: which pages, under which rule, who asked and who agreed. It is sealed with the file and
goes with it. What a move made known stands on the case and stays until the file goes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.access import quiet_draft, role_of
from models.anchors import writing
from models.destroying import LEAST_WORDS, NotDestroyed, TwoNeeded
from models.draft_rows import write_draft
from models.retention import (
    AGREED,
    APPROVERS,
    DECLINED,
    NOT_SHOWN,
    REVIEWERS,
    WAITING,
    KeptStill,
    Weighed,
    lock,
    must_be,
    old_enough,
    reason,
    standing_proposal,
    weigh,
)
from models.staff import are_one
from models.store import Store
from models.transaction import Transaction
from models.viewer import ALL_SEEING
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.keeping import Keeping, keep_page
from pathways.rulebook import Rulebook
from pathways.trail import FILE, PAGE_DESTROYED

DESTROY_PAGES = "destroy pages"
ASKED, SAID_YES, SAID_NO = f"{FILE}pages_asked", f"{FILE}pages_agreed", f"{FILE}pages_declined"


@dataclass(frozen=True, slots=True)
class DuePages:
    """The pages of one file that may be reviewed by themselves, and what somebody asked for that still holds."""

    reference: str
    pages: dict[int, Keeping]
    asked: Any = None

    @property
    def first_free(self) -> date:
        """The first day on which one of them might have been reviewed."""
        return min(each.free_on for each in self.pages.values() if each.free_on is not None)


@dataclass(frozen=True, slots=True)
class PagesGone:
    """What can be shown of pages that were destroyed: the entry that says so, with its hash."""

    reference: str
    pages: tuple[int, ...]
    entry: int
    hash: str
    rule: str
    by: str
    second: str
    at: datetime

    def text(self) -> str:
        """The certificate: one line for each thing."""
        pages = ", ".join(map(str, self.pages))
        return (
            f"case {self.reference}\npages {pages}\nentry {self.entry}\nhash {self.hash}\nrule {self.rule}\n"
            f"asked {self.by}\nagreed {self.second}\nat {self.at.isoformat(timespec='seconds')}\n"
        )


def due_pages(tx: Transaction, rules: Rulebook, today: date) -> list[DuePages]:
    """Every file with pages that may be reviewed by themselves, while the file itself is kept; oldest first."""
    found = [
        of_file(tx, each, rules, today)
        for each in old_enough(tx, rules, today)
        if not each.together.due(today)
    ]
    return sorted((each for each in found if each.pages), key=lambda each: (each.first_free, each.reference))


def of_file(tx: Transaction, found: Weighed, rules: Rulebook, today: date) -> DuePages:
    """The pages of a file that are at the end of their own keeping; none where the file as a whole is."""
    there = _there(tx, found)
    asked = standing_proposal(tx, DESTROY_PAGES, found.reference, found.ever)
    if asked is not None and not there.issuperset(asked.details["pages"]):
        asked = None  # they are gone
    if found.together.due(today):
        return DuePages(found.reference, {}, asked)
    pages = {page: keep_page(found.file, page, found.others, rules, today) for page in sorted(there)}
    return DuePages(found.reference, {page: each for page, each in pages.items() if each.due(today)}, asked)


def _there(tx: Transaction, found: Weighed) -> frozenset[int]:
    """The pages of a file whose content has not been destroyed."""
    rows = tx.all("records_of_case", case_id=found.row.id)
    return frozenset(row.page for row in rows if row.destroyed_seq is None)


def ask(
    store: Store, reference: str, pages: Sequence[int], *, because: str, rules: Rulebook, actor: Actor, now: datetime
) -> DuePages:  # fmt: skip
    """Review pages that are at their end, and ask for their destruction; somebody else decides.

    Raises:
        NoSuchCase, NotTheirs, NotDestroyed, Mistyped: nothing was changed.
        KeptStill: a rule or a mark keeps one of them.
    """
    must_be(actor, REVIEWERS)
    said = reason(because, LEAST_WORDS)
    with writing(store, now) as tx:
        found = _of(tx, reference, rules, now)
        wanted = _all_due(tx, found, pages, rules, now)
        if found.asked is not None:
            raise Mistyped(
                f"Pages of it are asked for already. How it stands: pathways retention why {reference}"
            )
        rule = _rule(found, wanted)
        tx.run(
            "add_proposal", kind=DESTROY_PAGES, target=reference, details={"rule": rule, "pages": wanted}, because=said,
            asked_by=actor.name, asked_at=now, verdict=WAITING, decided_by=None, decided_at=None, decided_because=None,
        )  # fmt: skip
        _enter(tx, reference, ASKED, actor, now, {"pages": wanted, "rule": rule, "because": said})
    return found


def decide(
    store: Store, reference: str, pages: Sequence[int], *, agreed: bool, because: str, rules: Rulebook, actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Agree that these pages are destroyed, or decline; never by the one who asked. Nothing is destroyed by that.

    Raises:
        NoSuchCase, NotTheirs, NotDestroyed, Mistyped: nothing was changed.
        TwoNeeded: they asked for it themselves.
        KeptStill: a rule or a mark keeps one of them by now.
    """
    must_be(actor, APPROVERS)
    said = reason(because)
    with writing(store, now) as tx:
        found = _of(tx, reference, rules, now)
        asked = found.asked
        if asked is None or asked.verdict != WAITING:
            raise Mistyped(
                f"Nobody has asked for pages of it. To ask: pathways retention review {reference} --page N"
            )
        _same(asked, pages, reference)
        if are_one(tx, asked.asked_by, actor.name):
            raise TwoNeeded(reference, "nobody agrees to what they asked for. Ask another")
        if agreed:
            _all_due(tx, found, pages, rules, now)
        tx.run(
            "decide_proposal", proposal_id=asked.id, verdict=AGREED if agreed else DECLINED, decided_by=actor.name,
            decided_at=now, decided_because=said,
        )  # fmt: skip
        told = {"pages": sorted(pages), "because": said, "asked_by": asked.asked_by}
        _enter(tx, reference, SAID_YES if agreed else SAID_NO, actor, now, told)


def carry_out(
    store: Store, reference: str, pages: Sequence[int], *, rules: Rulebook, actor: Actor, now: datetime
) -> PagesGone:
    """Destroy pages that one person has reviewed and another agreed to, after working out their keeping once more.

    Raises:
        NoSuchCase, NotTheirs, NotDestroyed, Mistyped: nothing was changed.
        KeptStill: a rule or a mark keeps one of them by now.
        TwoNeeded: it has not been agreed to.
    """
    must_be(actor, APPROVERS)
    with writing(store, now) as tx:
        lock(tx, reference)
        found = _of(tx, reference, rules, now)
        asked = found.asked
        if asked is None or asked.verdict != AGREED:
            raise TwoNeeded(reference, "one person asks and another agrees first: pathways retention due")
        _same(asked, pages, reference)
        wanted = _all_due(tx, found, pages, rules, now)
        return destroy_pages_in(
            tx, reference, wanted, rule=_rule(found, wanted), because=asked.because, by=asked.asked_by,
            second=asked.decided_by, actor=actor, now=now,
        )  # fmt: skip


def destroy_pages_in(
    tx: Transaction, reference: str, pages: Sequence[int], *, rule: str, because: str, by: str, second: str, actor: Actor,
    now: datetime,
) -> PagesGone:  # fmt: skip
    """Overwrite pages of a file and their documents, and enter on its trail that it was done.

    Raises:
        TwoNeeded: who asked and who agreed are one.
        NotDestroyed: there is no such page any more.
    """
    if not by or not second or by.casefold() == second.casefold():
        raise TwoNeeded(reference, "it takes two people, one who asks and another who agrees")
    told = {"pages": sorted(pages), "rule": rule, "because": because, "asked": by, "agreed": second}
    draft = _enter(tx, reference, PAGE_DESTROYED, actor, now, told)
    for page in sorted(pages):
        changed = tx.run(
            "empty_record", case_id=draft.case_id, case_ref=reference, page=page, body={}, seq=draft.seq
        )
        if changed != 1:
            raise NotDestroyed(reference, f"it has no page {page} any more")
        tx.run("empty_document", case_id=draft.case_id, case_ref=reference, page=page, content="")
    if tx.sealer is not None:
        tx.sealer.destroy_pages(reference, pages)
    return PagesGone(reference, tuple(sorted(pages)), draft.seq, draft.head.hex(), rule, by, second, now)


def destroy_again(store: Store, told: Mapping[str, Any], now: datetime) -> None:
    """Destroy pages in an older copy, which were destroyed in the records that it takes the place of.

    Args:
        store: the copy.
        told: `case_ref`, and what the entry said: `pages`, `rule`, `because`, `asked`, `agreed`.
        now: the moment that is written.
    """
    reference = told["case_ref"]
    with store.writing(service=True) as tx:
        row = tx.need("case_by_reference", reference=reference, seen_by=ALL_SEEING)
        rows = tx.all("records_of_case", case_id=row.id)
        there = {each.page for each in rows if each.destroyed_seq is None} & set(told["pages"])
        if there:
            destroy_pages_in(
                tx, reference, sorted(there), rule=told["rule"], because=told["because"], by=told["asked"],
                second=told["agreed"], actor=Actor(told["agreed"], frozenset()), now=now,
            )  # fmt: skip


def _of(tx: Transaction, reference: str, rules: Rulebook, now: datetime) -> DuePages:
    today = local_day(now)
    return of_file(tx, weigh(tx, reference, rules, today), rules, today)


def _all_due(
    tx: Transaction, found: DuePages, pages: Sequence[int], rules: Rulebook, now: datetime
) -> list[int]:
    """The pages, in order, where each may go, by what the viewer may see and by everything.

    Raises:
        Mistyped: no page is named, or one twice, or the file has none of a number.
        KeptStill: one of them is kept, or the file as a whole is due, and goes as a whole.
    """
    wanted, today = sorted(pages), local_day(now)
    if not wanted or len(set(wanted)) < len(wanted):
        raise Mistyped("Name each page once: --page N. Nothing was changed.")
    shown = weigh(tx, found.reference, rules, today)
    if shown.together.due(today):
        raise Mistyped(
            f"{found.reference} as a whole is at its end: pathways retention review {found.reference}"
        )
    there = _there(tx, shown)
    counted = weigh(tx, found.reference, rules, today, seen_by=ALL_SEEING)
    for page in wanted:
        if page not in there:
            raise Mistyped(
                f"{found.reference} has no page {page} any more: pathways chronology {found.reference}"
            )
        why = keep_page(shown.file, page, shown.others, rules, today).why_kept(today)
        if not why and not keep_page(counted.file, page, counted.others, rules, today).due(today):
            why = NOT_SHOWN
        if why:
            raise KeptStill(f"Page {page} of {found.reference}", why)
    return wanted


def _rule(found: DuePages, pages: Sequence[int]) -> str:
    """The rule under which they go: that of the page that was kept longest."""
    last = max((found.pages[page] for page in pages), key=lambda each: each.free_on or date.min)
    return last.rule


def _same(asked: Any, pages: Sequence[int], reference: str) -> None:
    """Refuse other pages than were asked for: what is agreed to and destroyed is what was read.

    Raises:
        Mistyped: always for them.
    """
    if sorted(pages) != asked.details["pages"]:
        listed = " ".join(f"--page {each}" for each in asked.details["pages"])
        raise Mistyped(f"What was asked for of {reference} is: {listed}. Nothing was changed.")


def _enter(
    tx: Transaction, reference: str, action: str, actor: Actor, now: datetime, told: dict[str, Any]
) -> Any:
    draft = quiet_draft(tx, reference, seen_by=ALL_SEEING)
    draft.enter(
        action, draft.state, actor=actor.name, role=role_of(actor), effective_at=now, now=now, extra=told
    )
    write_draft(tx, draft)
    return draft
