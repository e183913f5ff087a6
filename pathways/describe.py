"""A pathway in plain words, for somebody who answers for the procedure and does not read code.

`blocks()` says everything once, as headings, paragraphs and labelled rows; text and Markdown are two ways of
setting those. The text is kept under tests/golden/, so that a change to a definition or to a figure is read as a
change of sentences before it is accepted. Renew texts, pages and pictures with `python -m pathways.describe --write`.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

import pathways
from pathways.choices import offered
from pathways.clocks import runs_in
from pathways.definitions import (
    SAME,
    Clock,
    Condition,
    Emit,
    Evidence,
    Field,
    Move,
    Pathway,
    Source,
    Strength,
)
from pathways.diagrams import picture
from pathways.errors import Mistyped
from pathways.evidence import CHILD_VIEW, DISSENT, WORKERS
from pathways.moments import words
from pathways.pages import Block, as_markdown, as_text
from pathways.roles import ANYONE, Role
from pathways.rule_review import FORCES, PERSON, event_in_words, limit_in_words, told_in_words
from pathways.rulebook import Edition, Rulebook, load

STRENGTHS = {Strength.MUST: "law", Strength.SHOULD: "statutory guidance", Strength.LOCAL: "local procedure"}
WITH_THE_CHILD = "anybody who works with the child"


def describe(pathway: Pathway, rulebook: Rulebook) -> str:
    """A definition and its limits in plain words, 80 columns wide."""
    return "\n".join(as_text(blocks(pathway, rulebook))) + "\n"


def markdown(pathway: Pathway, rulebook: Rulebook) -> str:
    """The same words as a page, with the picture after the title."""
    title, *rest = blocks(pathway, rulebook)
    picture = (
        f"![{pathway.title}: where a case can be and how it moves](./{pathway.name}.svg)\n\n"
        "Whole arrows are decisions of people; a dashed one is the passing of a date; a dotted one a decision on "
        'another pathway. A double border ends the case. What starts at "Wherever the case stands" can be done in '
        "every open state, or in all but one. What is only recorded, and leaves the case where it is, "
        f"is left out. Made by `python -m pathways.describe --write`; the same text: `pathways describe {pathway.name}`."
    )
    lines = [f"# {title.text}", "", picture, *as_markdown(rest)]
    return "\n".join(lines).rstrip() + "\n"


def named(asked: str) -> Pathway:
    """The pathway of that name, typed with dashes or underscores.

    Raises:
        Mistyped: there is none; the sentence offers the nearest.
    """
    name = asked.strip().lower().replace("-", "_")
    if name in pathways.NAMES:
        return pathways.pathway(name)
    from difflib import get_close_matches

    near = get_close_matches(name, pathways.NAMES, 1, 0.5)
    typed = [each.replace("_", "-") for each in near or pathways.NAMES]
    there = f" Did you mean {typed[0]}?" if near else f" There are {', '.join(typed)}."
    raise Mistyped(f"There is no pathway '{asked}'.{there}")


# -- what is said ------------------------------------------------------------------------------------------


def blocks(pathway: Pathway, rulebook: Rulebook) -> list[Block]:
    """Everything that is to be said about a pathway, in order."""
    return [
        Block("title", pathway.title),
        *_opening(pathway, rulebook),
        *_ways_in(pathway),
        *_states(pathway),
        *_passing_dates(pathway),
        *_actions(pathway, rulebook),
        *_conditions(pathway),
        *_records(pathway),
        *_clocks(pathway, rulebook),
        *_people(pathway),
    ]


def _opening(pathway: Pathway, rulebook: Rulebook) -> Iterator[Block]:
    yield from _docstring(pathway)
    yield Block(
        "text",
        f"Edition {pathway.version}, last held against its sources on {words(pathway.checked)}. "
        f"References begin with {pathway.prefix}. Limits: {rulebook.name}.",
    )
    if pathway.restricted:
        yield Block("text", "Restricted: these cases are seen only by those who are named for them.")


def _docstring(pathway: Pathway) -> Iterator[Block]:
    """The first lines of the pathway's file: a sentence, then 'Opens', 'Ends' and the like, then paragraphs."""
    module = pathways.NAMES.get(pathway.name)
    said = inspect.cleandoc(import_module(module.partition(":")[0]).__doc__ or "") if module else ""
    labels = {each.name: f'"{each.label}"' for each in pathway.states}
    for paragraph in filter(None, re.split(r"\n\s*\n", said)):
        paragraph = re.sub(r"`(\w+)`", lambda found: labels.get(found[1], found[1]), paragraph)
        rows = re.findall(r"^(\w+)  +(.*(?:\n +.*)*)", paragraph, re.M)
        if not rows:
            yield Block("text", " ".join(paragraph.split()))
        for label, text in rows:
            yield Block("row", " ".join(text.split()), label)


def _ways_in(pathway: Pathway) -> Iterator[Block]:
    yield Block("part", "Ways in")
    for entry in pathway.entries:
        yield Block("item", f"{entry.says} ({entry.name.replace('_', '-')})")
        yield Block("row", _label(pathway, entry.state), "Begins at")
        yield Block("row", _sentence(who_in_words(entry.who)), "By")
        yield Block("row", _cited(entry.cites), "Under")
        if entry.records:
            yield Block("row", _written(entry.records), "Record")
        yield from _happens(pathway, entry.emits)
    arrivals = list(_opened_by_others(pathway))
    if arrivals:
        yield Block("item", "Opened by a decision on another pathway")
        for says, state in arrivals:
            yield Block("point", f"{says}: begins at {_label(pathway, state)}")
    if pathway.opened_in:
        states = _listed(_label(pathway, each) for each in pathway.opened_in)
        yield Block("text", f"Other pathways and imported records may open a case at: {states}.")


def _opened_by_others(pathway: Pathway) -> Iterator[tuple[str, str]]:
    for other in (pathways.pathway(name) for name in pathways.NAMES):
        for move in other.moves:
            for opens in move.opens:
                if opens.pathway == pathway.name:
                    yield f"{_named(other.name)}, {move.says}", opens.state


def _states(pathway: Pathway) -> Iterator[Block]:
    yield Block("part", "Where a case can be")
    everywhere = _everywhere(pathway)
    if everywhere:
        yield Block("item", "In every open state")
        yield from _short(pathway, everywhere, "")
    for state in pathway.states:
        final = " (the case is over; papers may follow)" if state.final else ""
        yield Block("item", f"{state.label}{final}")
        here = [each for each in pathway.moves_from(state.name) if each not in everywhere]
        yield from _short(pathway, here, state.name)
        if not here:
            yield Block("point", "Nothing more is done here.")


def _everywhere(pathway: Pathway) -> list[Move]:
    return [each for each in pathway.moves if set(each.source) >= set(pathway.open_states)]


def _short(pathway: Pathway, moves: Sequence[Move], state: str) -> Iterator[Block]:
    """What can be done in a state: a line for each way out of it, one line for all that is only recorded."""
    recorded = [each for each in moves if each.dest in (SAME, state)]
    for move in moves:
        if move not in recorded:
            by = "" if move.by_clock or Role.PATHWAY in move.who else f" By the {_few(move.who)}."
            start = {True: "When a date passes: "}.get(move.by_clock, "")
            start = "On another pathway: " if Role.PATHWAY in move.who else start
            yield Block(
                "point", f"{start}{move.says} ({move.action}): leads to {_label(pathway, move.dest)}.{by}"
            )
    if recorded:
        for others, start in ((False, "Recorded"), (True, "Noted from another pathway")):
            noted = [each for each in recorded if (Role.PATHWAY in each.who) is others]
            if noted:
                done = "; ".join(f"{each.says} ({each.action})" for each in noted)
                yield Block("point", f"{start}, and the case stays: {done}.")


def _passing_dates(pathway: Pathway) -> Iterator[Block]:
    yield Block("part", "What a passing date may do, and may never do")
    moves = [each for each in pathway.moves if each.by_clock]
    for move in moves:
        clocks = _listed(each.rule for each in pathway.clocks if each.on_miss == move.trigger)
        yield Block(
            "point", f"{move.says}: the case is shown as {_label(pathway, move.dest)}. Limit: {clocks}."
        )
    if not moves:
        yield Block("point", "It moves no case of this pathway. It reminds, and marks what is late.")
    yield Block("point", "Everywhere it reminds, and tells those named under each limit what is late.")
    yield Block(
        "point",
        "It never ends a case, decides an outcome, opens a case elsewhere, writes a record or forgets one.",
    )
    yield Block("point", "Being late takes no action away: all that could be done in time can be done late.")


def _actions(pathway: Pathway, rulebook: Rulebook) -> Iterator[Block]:
    yield Block("part", "Every action in full")
    for move in pathway.moves:
        yield Block("item", f"{move.says} ({move.action})")
        yield Block("row", _from(pathway, move), "From")
        yield Block("row", "stays where it is" if move.dest == SAME else _label(pathway, move.dest), "To")
        yield Block("row", _sentence(who_in_words(move.who)), "By")
        yield Block("row", _cited(move.cites), "Under")
        if move.apart_from:
            earlier = [each.says for each in pathway.moves if each.signs == move.apart_from]
            yield Block("row", f"whoever did this: {_listed(earlier, '; ')}", "Not by")
        for each in move.conditions:
            yield Block("row", f"{each.says} [{each.id}]", "Needs")
        if move.records:
            yield Block("row", _written(move.records), "Record")
        yield from _happens(pathway, move.emits)
        yield from _clock_effects(pathway, move, rulebook)
        for opens in move.opens:
            yield Block("row", _opens(opens.pathway, opens.state), "Opens")
        for fires in move.fires:
            yield Block("row", f"{_named(fires.pathway)}: {_says(fires.pathway, fires.trigger)}", "Also")
        if move.forgets:
            yield Block("row", _listed(event_in_words(each) for each in move.forgets), "No longer")
        if move.outcome:
            yield Block("row", event_in_words(move.outcome), "Outcome")
        if move.confirm:
            yield Block("row", "is asked once more before it is saved", "Confirm")


def _happens(pathway: Pathway, emits: Iterable[Emit]) -> Iterator[Block]:
    said = []
    for emit in emits:
        dated = f", dated by: {event_in_words(emit.at)}" if emit.at and emit.at != emit.event else ""
        only = " (only where the record says so)" if emit.when else ""
        said.append(f"{event_in_words(emit.event)}{dated}{only}")
    if said:
        yield Block("row", "; ".join(said), "Then")


def _clock_effects(pathway: Pathway, move: Move, rulebook: Rulebook) -> Iterator[Block]:
    events = {each.event for each in move.emits}
    arrived = set(move.source) if move.dest == SAME else {move.dest}
    starts, stops = [], []
    for clock in pathway.clocks:
        edition = _present(rulebook, clock.rule)
        if edition is None:
            continue
        if edition.starts_at in events and any(runs_in(clock, pathway, each) for each in arrived):
            starts.append(_clock_title(clock))
        if events & set(clock.met_by) and any(runs_in(clock, pathway, each) for each in move.source):
            stops.append(_clock_title(clock))
    if starts:
        yield Block("row", "; ".join(starts), "Starts")
    if stops:
        yield Block("row", "; ".join(stops), "Stops")


def _conditions(pathway: Pathway) -> Iterator[Block]:
    found = pathway.conditions()
    if found:
        yield Block("part", "What must be there first")
    for each in found.values():
        yield Block("item", f"[{each.id}]")
        yield Block("row", _sentence(each.says), "Needed")
        yield Block("row", _cited(each.cites), "Under")
        yield Block("row", _supplied(pathway, each), "Supplied by")
        yield Block(
            "row",
            f"the {who_in_words(each.override)}, giving a reason" if each.override else "nobody",
            "Without it",
        )
        asking = [one for one in pathway.moves if each in one.conditions]
        yield Block("row", _listed(dict.fromkeys(one.says for one in asking), "; "), "Asked by")


def _supplied(pathway: Pathway, condition: Condition) -> str:
    says = _moved(pathway, condition.record)
    action = condition.record.replace("_", "-")
    return f"{who_in_words(condition.by)}, with: {says} ({action})"


STANDING = (
    ("The child's own view, or why there is none", CHILD_VIEW),
    ("Disagreement with the decision", DISSENT),
)
"""Questions that come with nearly every decision; their text is given once."""


def _records(pathway: Pathway) -> Iterator[Block]:
    found = pathway.evidence()
    used = {
        says for says, fields in STANDING if any(set(fields) <= set(each.fields) for each in found.values())
    }
    if found:
        yield Block("part", "What is written down")
    for each in found.values():
        yield Block("item", _written(each))
        left = list(each.fields)
        for says, fields in STANDING:
            if set(fields) <= set(left):
                left[left.index(fields[0])] = Field("", says)
                left = [one for one in left if one not in fields]
        for field in left:
            yield Block("point", _question(field, each) if field.name else f"{field.asks} (questions below)")
        if not left:
            yield Block("point", "Nothing is asked.")
    for says, fields in STANDING:
        if says in used:
            yield Block("item", says)
            for field in fields:
                yield Block("point", _question(field, Evidence("", "", fields)))


def _question(field: Field, record: Evidence) -> str:
    kind = {
        "text": "in words",
        "yes_no": "yes or no",
        "number": "a number",
        "code": "a short name",
        "date": "a date",
        "moment": "a date and time",
        "time": "a time of day",
        "plan": "outcomes, and for each the actions with who and by when",
        "progress": "for each action of the outline plan: done, under way or not done",
        "choice": "one of: ",
        "choices": "any of: ",
    }[field.kind]
    kind += ", ".join(offered(field.choices, field.words))
    notes = [kind]
    if field.when:
        asked = next(one.asks for one in record.fields if one.name == field.when[0])
        notes.append(f'asked, and then required, where "{asked}" is {field.when[1]}')
    elif field.required:
        notes.append("required")
    elif field.needed:
        notes.append("left out, the record is incomplete")
    else:
        notes.append("may be left out")
    notes += ["kept as opinion"] if field.opinion else []
    return f"{field.asks} ({'; '.join(notes)})"


def _clocks(pathway: Pathway, rulebook: Rulebook) -> Iterator[Block]:
    yield Block("part", "Limits")
    if not pathway.clocks:
        yield Block("text", "No limit of the rule table runs here.")
    for clock in pathway.clocks:
        yield Block("item", _clock_title(clock))
        if clock.rule not in rulebook.rules():
            yield Block("row", "none is set under these rules, so nothing runs", "Limit")
            continue
        editions = rulebook.editions(clock.rule)
        for edition in editions:
            yield Block(
                "row", f"{limit_in_words(edition)}; {FORCES[edition.force]}; {_valid(edition)}", "Limit"
            )
            yield Block("row", edition.source + _read(edition), "Source")
            if edition.note:
                yield Block("row", edition.note, "Note")
        starts = dict.fromkeys(each.starts_at for each in editions)
        yield Block("row", "; ".join(_starting(pathway, each) for each in starts), "Starts with")
        again = " It then starts again." if any(each.repeat for each in editions) else ""
        stops = _listed((event_in_words(each) for each in clock.met_by), " or ")
        yield Block("row", f"{_sentence(stops)}.{again}" if stops else "Nothing stops it.", "Stops with")
        yield Block("row", _runs(pathway, clock), "Runs in")
        if clock.action:
            yield Block(
                "row", f"{_moved(pathway, clock.action)} ({clock.action.replace('_', '-')})", "Done by"
            )
        yield Block("row", _missed(pathway, clock, editions[-1]), "Passed")
        if clock.warn:
            amount, unit = clock.warn
            unit = "hour" if unit == "clock_hours" else unit.replace("_", " ")
            yield Block("row", f"{amount} {unit}{'s' if amount > 1 else ''} before the limit", "Warned")


def _starting(pathway: Pathway, event: str) -> str:
    said = _sentence(event_in_words(event))
    if event in PERSON:
        return f"{said}, from the person's record."
    ours = [each.says for each in pathway.ways() if any(emit.event == event for emit in each.emits)]
    theirs = [
        f"{_named(other)}, {move.says}"
        for other in pathways.NAMES
        for move in pathways.pathway(other).moves
        if any(one.pathway == pathway.name and event in (*one.emits, *one.carries) for one in move.opens)
    ]
    ways = _listed(dict.fromkeys(ours + theirs), "; ")
    return f"{said}: {ways}." if ways else f"{said}: nothing brings this about."


def _missed(pathway: Pathway, clock: Clock, edition: Edition) -> str:
    gate = clock.gate or edition.gate
    moves = [each for each in pathway.moves if each.trigger == clock.on_miss]
    said = "Nothing is late." if gate else f"Told: {told_in_words(edition)}."
    runs = {each.name for each in pathway.states if runs_in(clock, pathway, each.name)}
    for move in moves:
        where = "The case is then" if runs <= set(move.source) else f"From {_from(pathway, move)} the case is"
        said += f" {where} shown as {_label(pathway, move.dest)}."
    if not moves:
        said += (
            " A wait is over; the case stays where it is."
            if gate
            else " The case stays where it is, marked late."
        )
    return said


def _runs(pathway: Pathway, clock: Clock) -> str:
    where = [each for each in pathway.states if runs_in(clock, pathway, each.name)]
    if {each.name for each in where} == set(pathway.open_states):
        return "every open state"
    return _listed((each.label for each in where), "; ")


def _people(pathway: Pathway) -> Iterator[Block]:
    used = {WITH_THE_CHILD: WORKERS, "anyone": ANYONE}
    groups = [each.who for each in pathway.ways()] + [each.by for each in pathway.conditions().values()]
    shown = [name for name, roles in used.items() if any(_group(each) == name for each in groups)]
    if shown:
        yield Block("part", "Who is meant")
    for name in shown:
        roles = "every person there is a role for" if name == "anyone" else _listed(r.label for r in WORKERS)
        yield Block("row", roles, _sentence(name))


# -- words -------------------------------------------------------------------------------------------------


def who_in_words(roles: Collection[Role]) -> str:
    """Who may do something; the two large groups by their name."""
    if set(roles) == {Role.CLOCK} or set(roles) == {Role.PATHWAY}:
        return next(iter(roles)).label
    name = _group(roles)
    if name == "anyone":
        return name
    rest = [each.label for each in dict.fromkeys(roles) if not name or each not in WORKERS]
    return _listed([*([name] if name else []), *rest], " or ")


def _group(roles: Collection[Role]) -> str:
    if set(roles) >= set(ANYONE):
        return "anyone"
    return WITH_THE_CHILD if set(roles) >= set(WORKERS) else ""


def _few(roles: Sequence[Role]) -> str:
    """Whose action it is, cut short: the full list stands under the action."""
    if _group(roles):
        return who_in_words(roles).removeprefix("the ")
    labels = [each.label for each in dict.fromkeys(roles)]
    if len(labels) > 4:
        return f"{', '.join(labels[:3])} or {len(labels) - 3} others"
    return _listed(labels, " or ")


def _listed(parts: Iterable[str], last: str = ", ") -> str:
    """Parts in a row; `last` stands before the last one, or between all where it ends a clause."""
    found = list(parts)
    if last in (", ", "; ") or len(found) < 2:
        return last.join(found)
    return f"{', '.join(found[:-1])}{last}{found[-1]}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cited(source: Source) -> str:
    return f"{source} ({STRENGTHS[source.strength]})"


def _written(record: Evidence) -> str:
    kept = {"fact": "", "opinion": " (an opinion)", "decision": " (a decision)"}.get(record.entry, "")
    return f"{record.title}{kept}"


def _label(pathway: Pathway, state: str) -> str:
    return f'"{pathway.state(state).label}"'


def _named(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _from(pathway: Pathway, move: Move) -> str:
    if set(move.source) == set(pathway.open_states) and len(move.source) > 2:
        return "every open state"
    return _listed((pathway.state(each).label for each in move.source), "; ")


def _opens(name: str, state: str) -> str:
    if name not in pathways.NAMES:
        return f"{_named(name)}, a case of the same person"
    return f"{_named(name)}, a case of the same person, at {_label(pathways.pathway(name), state)}"


def _says(name: str, trigger: str) -> str:
    if name not in pathways.NAMES:
        return trigger.replace("_", " ")
    return _moved(pathways.pathway(name), trigger)


def _moved(pathway: Pathway, trigger: str) -> str:
    return next(each.says for each in pathway.moves if each.trigger == trigger)


def _clock_title(clock: Clock) -> str:
    return f"{clock.task} ({clock.rule})"


def _present(rulebook: Rulebook, rule: str) -> Edition | None:
    return rulebook.editions(rule)[-1] if rule in rulebook.rules() else None


def _valid(edition: Edition) -> str:
    if edition.valid_from is None:
        return "not in force yet"
    until = f" to {words(edition.valid_to)}" if edition.valid_to else ""
    return f"{'from' if until else 'since'} {words(edition.valid_from)}{until}"


def _read(edition: Edition) -> str:
    return {"partly": " (wording read in part)", "no": " (wording not read)"}.get(edition.seen, "")


# -- the files under tests/golden/ and docs/ -----------------------------------------------------------------


def write(root: Path) -> list[str]:
    """Write every pathway's text, page and picture; give what could not be done, in sentences."""
    golden, pages = root / "tests" / "golden", root / "docs" / "pathways"
    golden.mkdir(parents=True, exist_ok=True)
    pages.mkdir(parents=True, exist_ok=True)
    rulebook, undrawn = load(), False
    for name in pathways.NAMES:
        found = pathways.pathway(name)
        (golden / f"{name}.txt").write_text(describe(found, rulebook), encoding="utf-8")
        (pages / f"{name}.md").write_text(markdown(found, rulebook), encoding="utf-8")
        drawn = picture(found)
        undrawn |= drawn is None
        if drawn:
            (pages / f"{name}.svg").write_text(drawn, encoding="utf-8")
    missing = "No picture was drawn: Graphviz's program `dot` is not installed (on Debian: apt-get install graphviz)."
    return [missing] if undrawn else []


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("Say --write to renew tests/golden/ and docs/pathways/.")
    sys.exit("\n".join(write(Path(__file__).parents[1])) or 0)
