"""The audit of a safeguarding file: fifteen points. What the record proves by itself is answered; a person is asked the rest.

An answer from the record names the pages or entries that prove it. What the record cannot prove is never answered for
a person: that a page is there does not say that it was weighed well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pathways.moments import words

YES, NO, ASK = "yes", "no", "ask"
CURRENT = "rec.chronology_entry"
"""The rule on how soon what happened is in the chronology."""
FORMS = ("marf", "marf_copy")
"""The pages that are a referral form."""
CITED = 6
"""Pages named for one point, at most: the first ones."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the file: its number, kind, whether it is fact, opinion or decision, its answers, who wrote it."""

    number: int
    kind: str
    entry: str
    author: str
    role: str
    body: Any
    withdrawn: bool = False

    def says(self, name: str) -> bool:
        """Whether an answer of that name was given."""
        return isinstance(self.body, dict) and bool(self.body.get(name))


@dataclass(frozen=True, slots=True)
class Held:
    """A conference that was begun: the entry of the trail, its day; whether every report asked for was in, if that is known."""

    entry: int
    on: date
    reports_in: bool | None


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral of the child, on this case or another: whether it was telephoned, and whether its form is there."""

    reference: str
    telephoned: bool
    form: bool


@dataclass(frozen=True, slots=True)
class TheFile:
    """What an audit goes by. `late` are limits missed or met late, by rule; `siblings`: other children of the family known.

    `behind` are pages that were written later than the rule on a current chronology allows; `supervised` the days of
    the supervision in which the case was discussed.
    """

    pages: tuple[Page, ...]
    late: tuple[str, ...]
    siblings: bool
    referrals: tuple[Referral, ...] = ()
    behind: tuple[int, ...] = ()
    conferences: tuple[Held, ...] = ()
    supervised: tuple[date, ...] = ()

    def standing(self) -> tuple[Page, ...]:
        """The pages that have not been withdrawn."""
        return tuple(each for each in self.pages if not each.withdrawn)


@dataclass(frozen=True, slots=True)
class Point:
    """One point: what is asked, and how the record answers it, where it can."""

    number: int
    name: str
    asks: str
    proves: Callable[[TheFile], Finding]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the record says to one point: yes, no, or that a person is to be asked; why; the pages that show it."""

    answer: str
    why: str
    pages: tuple[int, ...] = ()


def audit(file: TheFile) -> tuple[tuple[Point, Finding], ...]:
    """Every point with what the record answers, in order."""
    return tuple((each, each.proves(file)) for each in POINTS)


def _cited(pages: Iterable[Page]) -> tuple[int, ...]:
    return tuple(each.number for each in pages)[:CITED]


def _kinds(file: TheFile, *kinds: str) -> list[Page]:
    return [each for each in file.standing() if each.kind in kinds]


def _answered(file: TheFile, *names: str) -> list[Page]:
    return [each for each in file.standing() if any(each.says(name) for name in names)]


def _found(pages: Sequence[Page], there: str, missing: str, otherwise: str = NO) -> Finding:
    """Yes, with the pages, where there are any; `otherwise` says what it means that there are none."""
    return Finding(YES, there, _cited(pages)) if pages else Finding(otherwise, missing)


def _seen_but_asked(pages: Sequence[Page], there: str, missing: str) -> Finding:
    """The record shows that something was written, and only a person can say whether it was done well."""
    return Finding(ASK, there, _cited(pages)) if pages else Finding(NO, missing)


def _chronology(file: TheFile) -> Finding:
    return _found(
        file.standing(),
        "the chronology is made of the pages and is never behind them",
        "the file has no page",
    )


def _signed(file: TheFile) -> Finding:
    unsigned = [each for each in file.standing() if not each.author or not each.role]
    if unsigned:
        return Finding(NO, "these pages name nobody", _cited(unsigned))
    return _found(file.standing(), "every page has its author, role and moment", "the file has no page")


def _fact_and_opinion(file: TheFile) -> Finding:
    marked = [each for each in file.standing() if each.entry in ("fact", "opinion", "decision")]
    if len(marked) < len(file.standing()):
        return Finding(NO, "some pages are not marked as fact, opinion or decision")
    return Finding(ASK, "every page is marked; whether the words keep to it must be read", _cited(marked))


def _views(file: TheFile) -> Finding:
    heard = _answered(file, "child_view", "child_view_why_none")
    return _seen_but_asked(
        heard, "the child's view, or why there is none, is on these pages; are the parents' there too?", "no page has the child's view, or why there is none"
    )  # fmt: skip


def _sharing(file: TheFile) -> Finding:
    pages = _kinds(file, "sharing")
    if pages and file.siblings:
        return Finding(ASK, "sharing is recorded; were the siblings' schools told?", _cited(pages))
    return _found(
        pages,
        "each decision to share or not has its reason",
        "no decision to share, or not to, is recorded",
        ASK,
    )


def _risk(file: TheFile) -> Finding:
    return _seen_but_asked(
        [each for each in file.standing() if each.entry == "decision"],
        "decisions with reasons are on these pages; is the risk managed?", "no decision is recorded",
    )  # fmt: skip


def _timely(file: TheFile) -> Finding:
    said = [f"late: {', '.join(file.late)}"] if file.late else []
    if file.behind:
        said.append(f"{len(file.behind)} written later than {CURRENT} allows")
    if said:
        return Finding(NO, "; ".join(said), file.behind[:CITED])
    return Finding(YES, "no limit was missed or met late, and the pages were written in time")


def _agencies(file: TheFile) -> Finding:
    return _seen_but_asked(
        _kinds(file, "contact", "dissent", "agency_report", "strategy_discussion", "partner_checks"),
        "talks, reports and disagreement are on these pages; did the agencies work together?",
        "no talk with another agency is recorded",
    )  # fmt: skip


def _meetings(file: TheFile) -> Finding:
    met = [
        each
        for each in file.standing()
        if "meeting" in each.kind or "conference" in each.kind or "group" in each.kind
    ]
    return Finding(ASK, "were they attended, and are the minutes here?", _cited(met)) if met else Finding(
        ASK, "no meeting is recorded; was there one?"
    )  # fmt: skip


def _contacts(file: TheFile) -> Finding:
    return _found(_kinds(file, "contact"), "contacts are on these pages", "no contact is recorded", ASK)


def _equality(_file: TheFile) -> Finding:
    return Finding(ASK, "the record cannot show whether it was thought of")


def _reviewed(file: TheFile) -> Finding:
    pages = [each for each in file.standing() if "review" in each.kind]
    return Finding(ASK, "was it reviewed, with challenge, and escalated where needed?", _cited(pages))


def _supervised(file: TheFile) -> Finding:
    if not file.supervised:
        return Finding(NO, "no session of supervision is marked on this file")
    days = sorted(file.supervised)
    often = "once" if len(days) == 1 else f"{len(days)} times"
    return Finding(YES, f"discussed in supervision {often}, last on {words(days[-1])}")


def _referral_followed(file: TheFile) -> Finding:
    if not file.referrals:
        return Finding(
            ASK, "no referral of the child is in sight; was there a call, and did the form follow?"
        )
    calls = [each for each in file.referrals if each.telephoned]
    if not calls:
        return Finding(YES, "no referral was made by telephone")
    without = [each.reference for each in calls if not each.form]
    if without:
        return Finding(NO, f"referred by telephone, and no form is there: {', '.join(without)}")
    named = ", ".join(each.reference for each in calls)
    return Finding(YES, f"the form followed the call: {named}", _cited(_kinds(file, *FORMS)))


def _reports(file: TheFile) -> Finding:
    pages = _cited(_kinds(file, "agency_report"))
    if not file.conferences:
        return Finding(YES, "no conference was held")
    without = [each for each in file.conferences if each.reports_in is False]
    if without:
        days = ", ".join(words(each.on) for each in without)
        return Finding(NO, f"begun without a report that was asked for: {days}", pages)
    if any(each.reports_in is None for each in file.conferences):
        return Finding(ASK, "was there a report for every conference?", pages)
    return Finding(YES, "every conference began with all the reports that were asked for", pages)


POINTS = (
    Point(1, "current", "Is the file current, with its chronology in front?", _chronology),
    Point(2, "signed", "Is everything signed and dated?", _signed),
    Point(3, "fact", "Is fact kept from opinion?", _fact_and_opinion),
    Point(4, "views", "Are the child's and the parents' views there?", _views),
    Point(5, "sharing", "Is what was shared there, with reasons, and were siblings' schools told?", _sharing),
    Point(6, "risk", "Is the risk managed?", _risk),
    Point(7, "timely", "Was everything done in time?", _timely),
    Point(8, "agencies", "Is the work with other agencies there, and disagreement with it?", _agencies),
    Point(9, "meetings", "Were meetings attended, and are the minutes held?", _meetings),
    Point(10, "contacts", "Are the contacts there?", _contacts),
    Point(11, "equality", "Were identity, language, faith, disability and needs thought of?", _equality),
    Point(12, "reviewed", "Was it reviewed, challenged, and escalated where needed?", _reviewed),
    Point(13, "supervised", "Does supervision show?", _supervised),
    Point(14, "referral", "Did the referral form follow every call?", _referral_followed),
    Point(15, "reports", "Is there a report for every conference?", _reports),
)
"""The handbook's fifteen points, in its order."""
