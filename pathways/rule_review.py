"""What a policy lead asks of the rules: how ours differ from others', and what in them needs attention.

`diff` compares two rule packs day by day of their validity, so that an edition that has ended, a figure that only
one of them has, and a change of unit all come out as sentences. `check` looks for what nobody would notice: rules
not read for a year, limits that nothing starts, clocks without a rule. It changes nothing and reads no case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pathways.days import Calendar, Unit
from pathways.definitions import Pathway
from pathways.moments import ONE_DAY, add_months, clock_words, words
from pathways.roles import Role
from pathways.rulebook import BIRTHS, Edition, Force, Rulebook, is_looser

FORCES = {
    Force.STATUTORY: "statutory",
    Force.LOCAL: "local procedure",
    Force.GOOD_PRACTICE: "good practice",
    Force.DEFAULT: "our own default, to be confirmed",
    Force.PROSPECTIVE: "enacted, not in force yet",
}

PERSON = BIRTHS | {"expected_delivery_date"}
"""Starting events that come from the person and not from a move."""

_LATER = "a day from which a record may be looked at again, not a task on a case"
_TERMLY = "kept outside cases; `pathways rules due` works its dates out"
NO_CLOCK = {
    "sup.retain": _LATER,
    "rec.retain_25": _LATER,
    "rec.retain_35": _LATER,
    "rec.retain_75": _LATER,
    "lado.retain_employer": _LATER,
    "lado.retain_lado_review": _LATER,
    "lado.retain_lado_proven": _LATER,
    "cme.four_week_test": "history only; it ended in 2016 and answers questions about old cases",
    "sup.school": _TERMLY,
    "sup.school_max": _TERMLY,
    "sup.team_meeting": _TERMLY,
    "sup.social_work": _TERMLY,
    "sup.dsl_training": _TERMLY,
    "rec.chronology_entry": _TERMLY,
}
"""Rules that no pathway starts, on purpose, and why. Everything else without a clock is a finding."""


# -- in words ----------------------------------------------------------------------------------------------


def limit_in_words(edition: Edition) -> str:
    """The figure as people say it: '15 working days', 'the same day', '2 working days before', 'by 9am'."""
    unit, number = edition.unit, abs(edition.amount)
    name = "hour" if unit is Unit.CLOCK_HOURS else unit.value.replace("_", " ")
    if unit is Unit.MONTH and number > 12 and number % 12 == 0:
        name, number = "year", number // 12
    if edition.amount == 0:
        said = "the same day" if unit is Unit.CALENDAR_DAY else f"the same {name}, or the next one"
    else:
        said = f"{number} {name}{'' if number == 1 else 's'}{' before' if edition.amount < 0 else ''}"
    said += ", the day itself counted" if edition.inclusive else ""
    said += f", by {clock_words(edition.by)}" if edition.by else ""
    said += f" (or {edition.earliest_of}, if that is earlier)" if edition.earliest_of else ""
    said += f" (or {edition.latest_of}, if that is later)" if edition.latest_of else ""
    return said + (" to be waited" if edition.gate else "")


def role_in_words(name: str) -> str:
    """A role of the rule table, some of which are nobody's capacity in a case (the director)."""
    try:
        return Role(name).label
    except ValueError:
        return name.replace("_", " ")


def told_in_words(edition: Edition) -> str:
    """Who is told of a miss."""
    return " and ".join(f"the {role_in_words(each)}" for each in edition.tells) or "nobody"


def pack_in_words(rulebook: Rulebook) -> str:
    """What to call a rule pack in a sentence: its authority, or 'national'."""
    name = rulebook.name.split("+")[-1].rsplit("-", 1)[0]
    return "national" if name == "england" else name.replace("_", " ").title()


# -- diff --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """One rule on which two packs differ, for as long as they differ in the same way.

    `kind`: limit, start, told, only_ours or only_theirs. `verdict`: stricter, looser, different or ''.
    """

    rule: str
    title: str
    kind: str
    verdict: str
    ours: str
    theirs: str
    since: date | None
    until: date | None

    def __str__(self) -> str:
        said = self.verdict
        if said == "different":
            said = (
                "earlier or later, as the days fall" if self.kind == "limit" else "counted from another event"
            )
        end = f" ({said})" if said else ""
        return f"{self.title} ({self.rule}): {self.ours}, {self.theirs}{end}{self._period()}"

    def _period(self) -> str:
        if self.until:
            since = f"from {words(self.since)} " if self.since else ""
            return f"; {since}to {words(self.until)}"
        return f"; since {words(self.since)}" if self.since else ""


def diff(ours: Rulebook, base: Rulebook) -> list[Difference]:
    """Where our rules differ from another pack's, rule by rule and period by period."""
    us, them = pack_in_words(ours), pack_in_words(base)
    found = []
    for rule in sorted(set(ours.rules()) | set(base.rules())):
        for since, until, own, other in _periods(_known(ours, rule), _known(base, rule)):
            difference = _difference(own, other, us, them, since, until)
            if difference:
                found.append(difference)
    return found


def _known(rulebook: Rulebook, rule: str) -> tuple[Edition, ...]:
    if rule not in rulebook.rules():
        return ()
    editions = [one for one in rulebook.editions(rule) if one.valid_from]
    return tuple(sorted(editions, key=lambda one: one.layer == "england"))  # the authority's first


def _on(editions: Iterable[Edition], day: date) -> Edition | None:
    return next((one for one in editions if one.covers(day)), None)


def _periods(
    ours: Sequence[Edition], theirs: Sequence[Edition]
) -> Iterator[tuple[date | None, date | None, Edition | None, Edition | None]]:
    """Every run of days on which the two editions in force stay the same, with its first and last day."""
    changes = {one.valid_from for one in (*ours, *theirs) if one.valid_from}
    changes |= {one.valid_to + ONE_DAY for one in (*ours, *theirs) if one.valid_to}
    days = sorted(changes)
    ends: list[date | None] = [*days[1:], None]
    for day, after in zip(days, ends, strict=False):
        yield day, after - ONE_DAY if after else None, _on(ours, day), _on(theirs, day)


def _difference(
    own: Edition | None, other: Edition | None, us: str, them: str, since: date | None, until: date | None
) -> Difference | None:
    edition = own or other
    if edition is None or (own and other and _same(own, other)):
        return None

    def made(kind: str, ours: str, theirs: str, verdict: str = "") -> Difference:
        return Difference(
            edition.rule_id, edition.title, kind, verdict, f"{us} {ours}", f"{them} {theirs}", since, until
        )

    if other is None:
        return made("only_ours", limit_in_words(edition), "no limit")
    if own is None:
        return made("only_theirs", "no limit", limit_in_words(edition))
    mine, others = limit_in_words(own), limit_in_words(other)
    if own.repeat != other.repeat:
        mine += " and again each time" if own.repeat else " once"
        others += " and again each time" if other.repeat else " once"
    if own.starts_at != other.starts_at:
        mine += f" from {event_in_words(own.starts_at)}"
        others += f" from {event_in_words(other.starts_at)}"
        return made("start", mine, others, "different")
    verdict = _verdict(own, other)
    if mine == others and not verdict:
        return made("told", f"tells {told_in_words(own)} of a miss", told_in_words(other))
    return made("limit", mine, others, verdict)


def _same(own: Edition, other: Edition) -> bool:
    def compared(one: Edition) -> tuple[object, ...]:
        return (limit_in_words(one), one.repeat, one.starts_at, one.tells, one.roll, one.age_rule)

    return compared(own) == compared(other)


def _verdict(own: Edition, other: Edition) -> str:
    """Whether ours can only fall earlier, only later, or now one and now the other."""
    later, earlier = is_looser(own, other), is_looser(other, own)
    if later and earlier:
        return "different"
    return "looser" if later else "stricter" if earlier else ""


# -- check -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at (`attention`), or only to know. `kind` is stable, for programs."""

    kind: str
    says: str
    rule: str = ""
    attention: bool = True

    def __str__(self) -> str:
        return self.says


def check(rulebook: Rulebook, calendar: Calendar, today: date, pathways: Sequence[Pathway]) -> list[Finding]:
    """What in the rules, the calendar and the clocks of these pathways needs a person; attention first.

    Args:
        rulebook: the authority's rules.
        calendar: the bank holidays that dates are counted with.
        today: the day of the check.
        pathways: every definition in use.
    """
    found = [
        *_unread(rulebook, today),
        *_ending(rulebook, calendar, today),
        *_overlapping(rulebook),
        *_starting_twice(rulebook),
        *_without_rule(rulebook, pathways, today),
        *_never_started(rulebook, pathways),
        *_without_clock(rulebook, pathways, today),
        *_to_know(rulebook, today),
    ]
    return sorted(found, key=lambda one: not one.attention)


def _unread(rulebook: Rulebook, today: date) -> Iterator[Finding]:
    for pack, read in rulebook.read_on.items():
        if read is None:
            yield Finding(
                "unread", f"The rules {pack} do not say when they were last held against their sources"
            )
        elif add_months(read, 12) < today:
            yield Finding(
                "unread",
                f"The rules {pack} were last held against their sources on {words(read)}, over a year ago",
            )


def _ending(rulebook: Rulebook, calendar: Calendar, today: date) -> Iterator[Finding]:
    ahead, last = add_months(today, 12), date(calendar.last_year, 12, 31)
    if last < ahead:
        yield Finding(
            "calendar",
            f"Bank holidays are known only to {words(last)}. Learn later years: pathways days update",
        )
    for rule in rulebook.rules():
        editions = _known(rulebook, rule)
        now = _on(editions, today)
        if now and not _on(editions, ahead):
            end = max(one.valid_to for one in editions if one.valid_to)
            yield Finding("ending", f"{rule} ends on {words(end)} and no later edition is known", rule)


def _overlapping(rulebook: Rulebook) -> Iterator[Finding]:
    for rule in rulebook.rules():
        editions = [one for one in rulebook.editions(rule) if one.valid_from]
        for place, one in enumerate(editions):
            for other in editions[place + 1 :]:
                if one.layer == other.layer and other.valid_from and one.covers(other.valid_from):
                    yield Finding(
                        "overlap", f"{rule} has two editions in force on {words(other.valid_from)}", rule
                    )


def _starting_twice(rulebook: Rulebook) -> Iterator[Finding]:
    for rule in rulebook.rules():
        starts = dict.fromkeys(one.starts_at for one in rulebook.editions(rule))
        if len(starts) > 1:
            said = " and ".join(event_in_words(each) for each in starts)
            yield Finding(
                "starts",
                f"{rule} is counted from {said} in different editions; clocks follow the oldest",
                rule,
            )


def _clocks(pathways: Sequence[Pathway]) -> Iterator[tuple[Pathway, str]]:
    return ((each, clock.rule) for each in pathways for clock in each.clocks)


def _without_rule(rulebook: Rulebook, pathways: Sequence[Pathway], today: date) -> Iterator[Finding]:
    for pathway, rule in _clocks(pathways):
        editions = _known(rulebook, rule)
        if rule not in rulebook.rules():
            yield Finding("no_rule", f"{_named(pathway)} runs a clock by {rule}, which is no rule here", rule)
        elif editions and not _on(editions, today):
            yield Finding(
                "lapsed", f"{_named(pathway)} runs a clock by {rule}, which is not in force today", rule
            )


def _never_started(rulebook: Rulebook, pathways: Sequence[Pathway]) -> Iterator[Finding]:
    for pathway, rule in _clocks(pathways):
        happens = happening_on(pathway, pathways)
        for event in dict.fromkeys(one.starts_at for one in _known(rulebook, rule)):
            if event not in happens:
                yield Finding(
                    "no_start",
                    f"{rule} is counted from {event_in_words(event)} ({event}), which nothing on "
                    f"{_named(pathway)} brings about",
                    rule,
                )


def happening_on(pathway: Pathway, pathways: Sequence[Pathway]) -> frozenset[str]:
    """Every event that can happen to a case of this pathway: by its own moves, another's, or the person."""
    brought = {
        event
        for other in pathways
        for move in other.moves
        for opens in move.opens
        if opens.pathway == pathway.name
        for event in (*opens.emits, *opens.carries)
    }
    return frozenset(pathway.events | brought | (PERSON & pathway.known))


def _without_clock(rulebook: Rulebook, pathways: Sequence[Pathway], today: date) -> Iterator[Finding]:
    held = {rule for _, rule in _clocks(pathways)}
    for rule in rulebook.rules():
        editions = _known(rulebook, rule)
        if rule in held or not editions:
            continue
        title = editions[-1].title
        if rule in NO_CLOCK:
            yield Finding(
                "no_clock", f"{rule} ({title}) has no clock: {NO_CLOCK[rule]}", rule, attention=False
            )
        elif _on(editions, today):
            yield Finding("no_clock", f"{rule} ({title}) is started by no pathway", rule)


def _to_know(rulebook: Rulebook, today: date) -> Iterator[Finding]:
    defaults, unseen = [], []
    for rule in rulebook.rules():
        for one in rulebook.editions(rule):
            if one.valid_from is None:
                yield Finding(
                    "prospective",
                    f"{rule} ({one.title}) is enacted, not in force and switched off",
                    rule,
                    attention=False,
                )
        now = _on(_known(rulebook, rule), today)
        defaults += [rule] if now and now.force is Force.DEFAULT else []
        unseen += [rule] if now and now.seen == "no" else []
    for kind, rules, says in (
        ("default", defaults, "are our own default and wait for the authority's word"),
        ("unseen", unseen, "rest on general knowledge: their wording was not read"),
    ):
        if rules:
            yield Finding(kind, f"{len(rules)} rules {says}: {', '.join(rules)}", attention=False)


def _named(pathway: Pathway) -> str:
    return pathway.name.replace("_", " ")


_SPELLED = {
    "asm": "allegations strategy meeting",
    "cin": "child in need",
    "cme": "children missing education",
    "cnis": "children not in school register",
    "coregroup": "core group",
    "cp": "child protection",
    "da": "domestic abuse",
    "dsl": "safeguarding lead",
    "eha": "early help assessment",
    "epo": "emergency order",
    "esc": "escalation",
    "fgm": "female genital mutilation",
    "icpc": "initial conference",
    "la": "the authority",
    "lado": "LADO",
    "marf": "referral form",
    "prebirth": "pre-birth",
    "rcpc": "review conference",
    "s17": "section 17",
    "s47": "section 47",
    "sao": "school attendance order",
    "stage1": "stage 1",
    "stage2": "stage 2",
    "stage3": "stage 3",
    "stage4": "stage 4",
    "taf": "team around the family",
    "nfa": "no further action",
    "eh": "early help",
}


def event_in_words(name: str) -> str:
    """An event's name spelled out: `icpc_held` is 'initial conference held'."""
    return " ".join(_SPELLED.get(each, each) for each in name.split("_"))
