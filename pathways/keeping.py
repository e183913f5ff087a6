"""How long the record of a case is kept: every rule considered, the longest of them, and what bars disposal. Pure.

A date here says from when a named person may look at a record again; nothing is destroyed because it has come. What is
not known (a birth date, a figure that the authority has not set) never makes a record due: it is kept until a person
has found it out. A legal hold, an inquiry, a complaint or an open request for access bars disposal altogether.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pathways.days import Unit, words
from pathways.moments import ONE_DAY, add_months
from pathways.rulebook import Edition, NoEdition, NotYetInForce, Rulebook, UnknownRule

HOLD, INQUIRY, COMPLAINT, SUBJECT_ACCESS = "hold", "inquiry", "complaint", "subject_access"
BARS = {
    HOLD: "a legal hold",
    INQUIRY: "an inquiry",
    COMPLAINT: "a complaint",
    SUBJECT_ACCESS: "an open request for access",
}
"""What bars disposal altogether while it stands."""
SEXUAL_ABUSE, BY_PROFESSIONAL, EMPLOYER_RECORD = "sexual_abuse", "by_professional", "employer_record"
GROUNDS = {
    SEXUAL_ABUSE: "child sexual abuse",
    BY_PROFESSIONAL: "sexual abuse by a professional",
    EMPLOYER_RECORD: "the employer's own record of an allegation",
}
"""What makes a keeping longer, as people have marked it."""
ALLEGATIONS = "allegations"
PROVEN = ("substantiated", "unsubstantiated")
REVIEWED = ("malicious", "false", "unfounded", "below_threshold", "advice_only")
REMOVED = ("malicious", "false")
ADULT_YEARS = 18


@dataclass(frozen=True, slots=True)
class Item:
    """One page of a file with something of its own that keeps it; `marks`, `bars`, `pension_on` as for the file."""

    page: int
    marks: frozenset[str] = frozenset()
    bars: frozenset[str] = frozenset()
    pension_on: date | None = None


@dataclass(frozen=True, slots=True)
class File:
    """What is known of one case's record, for its keeping. Every date is a London day.

    `born_on` is the birth of whom the case is about; `pension_on` their pension age, for an employer's record of an
    adult. `marks` are keys of `GROUNDS`, `bars` keys of `BARS`; `items` are the pages that have any of their own.
    """

    reference: str
    pathway: str
    opened_on: date
    closed_on: date | None
    born_on: date | None = None
    outcome: str | None = None
    known_on: date | None = None
    pension_on: date | None = None
    marks: frozenset[str] = frozenset()
    bars: frozenset[str] = frozenset()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Considered:
    """A rule that was looked at: whether it applies, from which day it lets the record go, and why.

    `free_on` is None where the rule does not apply, and where it applies and its day cannot be worked out. `page` is
    the page that it is about; None: the whole file.
    """

    rule: str
    applies: bool
    free_on: date | None
    why: str
    page: int | None = None

    @property
    def open_ended(self) -> bool:
        """Whether it keeps the record, nobody can say until when."""
        return self.applies and self.free_on is None


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a record is kept. `free_on`: the first day on which it may be reviewed; None: not known, so it is kept."""

    references: tuple[str, ...]
    free_on: date | None
    rule: str
    considered: tuple[Considered, ...]
    barred: tuple[str, ...] = ()

    def due(self, today: date) -> bool:
        """Whether a person may review it for destruction on this day."""
        return not self.barred and self.free_on is not None and self.free_on <= today

    def why_kept(self, today: date) -> str:
        """Why it is not to be destroyed on this day, as the end of a sentence; empty where it is due."""
        if self.barred:
            return f"{' and '.join(BARS[each] for each in self.barred)} bars it"
        if self.free_on is None:
            return next(each.why for each in self.considered if each.open_ended)
        if self.free_on > today:
            return f"it is kept until {words(self.free_on - ONE_DAY)} under {self.rule}"
        return ""


def keep(file: File, rules: Rulebook, today: date) -> Keeping:
    """How long one case's record is kept.

    Args:
        file: what is known of it.
        rules: the authority's rules.
        today: the London day, for rules that run from a birth.
    """
    considered = _of_one(file, rules, today)
    whole = frozenset(each.rule for each in considered if each.applies)
    own = []
    for item in file.items:
        alone = replace(file, marks=item.marks, pension_on=item.pension_on, items=())
        found = (each for each in _of_one(alone, rules, today) if each.applies and each.rule not in whole)
        own += [replace(each, page=item.page) for each in found]
    by_page = frozenset(each.rule for each in own)
    considered = [each for each in considered if each.applies or each.rule not in by_page] + own
    if file.closed_on is None:
        considered.append(
            Considered("", True, None, "the case is open, and its keeping is counted from its end")
        )
    bars = file.bars.union(*(item.bars for item in file.items))
    return _longest((file.reference,), considered, bars)


def keep_session(
    number: int, left_on: date | None, bars: Iterable[str], rules: Rulebook, today: date
) -> Keeping:
    """How long a session of supervision is kept: as the personnel record of whom it was with.

    Args:
        number: the session's.
        left_on: the last day of the one who was supervised; None: they are still there, or nobody has written it down.
        bars: what bars the file of a case that was discussed in it, as keys of `BARS`.
        rules: the authority's rules.
        today: the London day.
    """
    counted = _counted(
        "sup.retain", True, left_on, "the last day of the one who was supervised", rules, today
    )
    return _longest((f"session {number}",), [counted], bars)


def keep_page(file: File, page: int, others: Sequence[File], rules: Rulebook, today: date) -> Keeping:
    """How long one page of a file is kept by itself: by what is said of the page, and of every file of the person whole.

    What is said of another page keeps that page and its file, and not this one.

    Args:
        file: the file.
        page: the page.
        others: what else is kept of the person.
        rules: the authority's rules.
        today: the London day, for rules that run from a birth.
    """
    item = next((each for each in file.items if each.page == page), Item(page))
    pensions = [each for each in (file.pension_on, item.pension_on) if each is not None]
    own = replace(
        file, marks=file.marks | item.marks, bars=file.bars | item.bars, pension_on=max(pensions, default=None), items=()
    )  # fmt: skip
    whole = [keep(replace(each, items=()), rules, today) for each in others]
    return keep_together([keep(own, rules, today), *whole])


def keep_together(each: Sequence[Keeping]) -> Keeping:
    """How long the records of one person are kept together: the longest of them, and whatever bars any of them.

    Raises:
        ValueError: there are none.
    """
    if not each:
        raise ValueError("nothing to keep")
    references = tuple(name for one in each for name in one.references)
    considered = [rule for one in each for rule in one.considered]
    return _longest(references, considered, (bar for one in each for bar in one.barred))


def _longest(references: tuple[str, ...], considered: Sequence[Considered], bars: Iterable[str]) -> Keeping:
    barred = tuple(sorted(frozenset(bars), key=list(BARS).index))
    applying = [each for each in considered if each.applies]
    unknown = next((each for each in applying if each.open_ended), None)
    if unknown is not None:
        return Keeping(references, None, unknown.rule, tuple(considered), barred)
    free_on, rule = max((each.free_on, each.rule) for each in applying if each.free_on)
    return Keeping(references, free_on, rule, tuple(considered), barred)


# --- the rules ------------------------------------------------------------------------------------------------------


def _of_one(file: File, rules: Rulebook, today: date) -> list[Considered]:
    of = _of_an_allegation if file.pathway == ALLEGATIONS else _of_a_child
    return of(file, rules, today)


def _of_a_child(file: File, rules: Rulebook, today: date) -> list[Considered]:
    if _adult(file):
        return [
            Considered(
                "", True, None, "it is about an adult, and no rule says how long such a record is kept"
            )
        ]
    abused = SEXUAL_ABUSE in file.marks or BY_PROFESSIONAL in file.marks
    return [
        _counted("rec.retain_25", True, file.born_on, "the birth date", rules, today),
        _counted("rec.retain_35", BY_PROFESSIONAL in file.marks, file.closed_on, "the day of closing", rules, today,
                 "nothing says that a professional sexually abused the child"),
        _counted("rec.retain_75", abused, file.closed_on, "the day of closing", rules, today,
                 "nothing says that the child was sexually abused"),
    ]  # fmt: skip


def _adult(file: File) -> bool:
    """Whether the case began when its person was of age; somebody whose birth date is missing is taken for a child."""
    if file.born_on is None:
        return False
    return add_months(file.born_on, 12 * ADULT_YEARS, age=True) <= file.opened_on


def _of_an_allegation(file: File, rules: Rulebook, today: date) -> list[Considered]:
    outcome = (file.outcome or "no outcome").replace("_", " ")
    found = [
        _counted("lado.retain_lado_proven", file.outcome in PROVEN, file.born_on, "the adult's birth date", rules, today,
                 f"the outcome is {outcome}"),
        _counted("lado.retain_lado_review", file.outcome in REVIEWED, file.closed_on, "the day of closing", rules, today,
                 f"the outcome is {outcome}"),
        _of_the_employer(file, rules, today),
    ]  # fmt: skip
    if file.outcome not in (*PROVEN, *REVIEWED):
        found.append(
            Considered("", True, None, f"no rule speaks of an allegation with the outcome '{outcome}'")
        )
    return found


def _of_the_employer(file: File, rules: Rulebook, today: date) -> Considered:
    rule = "lado.retain_employer"
    if EMPLOYER_RECORD not in file.marks:
        return Considered(rule, False, None, "it is about the employer's own record, which this is not")
    if file.outcome in REMOVED:
        return Considered(
            rule, False, None, f"the outcome is {file.outcome}: it is taken out of the personnel file"
        )
    ten_years = _counted(rule, True, file.known_on, "the day the employer knew", rules, today)
    if ten_years.free_on is None:
        return ten_years
    if file.pension_on is None:
        return Considered(
            rule, True, None, "the adult's pension age is not known, and the later of the two is kept"
        )
    if file.pension_on > ten_years.free_on:
        return Considered(
            rule, True, file.pension_on, f"to pension age on {words(file.pension_on)}, the later of the two"
        )
    return ten_years


def _counted(
    rule: str, applies: bool, start: date | None, called: str, rules: Rulebook, today: date, but: str = ""
) -> Considered:
    """One rule, counted from its start. A figure of years from a birth ends as the birthday begins, others with their day."""
    if not applies:
        return Considered(rule, False, None, but)
    if start is None:
        return Considered(rule, True, None, f"{called} is not known, so {rule} cannot be counted")
    edition = _edition(rules, rule, start, today)
    if edition is None:
        return Considered(rule, True, None, f"the authority's rules have no figure for {rule}")
    ends = add_months(start, edition.amount, age=edition.age_rule)
    free_on = ends if edition.age_rule else ends + ONE_DAY
    return Considered(rule, True, free_on, f"{_figure(edition)} from {called}, {words(start)}")


def _figure(edition: Edition) -> str:
    """The figure as people say it: whole years, where months make them."""
    years, over = divmod(edition.amount, 12)
    return f"{years} years" if edition.unit is Unit.MONTH and years > 1 and not over else edition.limit


def _edition(rules: Rulebook, rule: str, start: date, today: date) -> Edition | None:
    """The edition that covers the start; for what began before a rule was written down, the one of today."""
    for day in (start, today):
        try:
            return rules.edition(rule, day, today)
        except (NoEdition, NotYetInForce):
            continue
        except UnknownRule:
            return None
    return None
