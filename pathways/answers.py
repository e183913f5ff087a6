"""What people answer, checked: from typed text to the body of a record and the facts it makes known.

The same checks serve prompts, `--answer name=value`, a file and an import. A field that is needed may be left
blank with a reason, given as `<name>_why`: "not known because ..." is an answer, silence is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from pathways.choices import meant, offered
from pathways.days import LONDON, local_day, parse_moment, words
from pathways.definitions import Evidence, Field
from pathways.errors import USAGE, Mistyped, PathwayError
from pathways.kept_text import clean_text

CODE = "[a-z0-9][a-z0-9-]{0,39}"
WHY = "_why"


class MissingAnswers(PathwayError):
    """Answers are missing or cannot be used. Arguments: what was asked for, lines of (name, question)."""

    code: ClassVar[int] = USAGE

    def __str__(self) -> str:
        what, lines = self.args
        count = "1 answer is" if len(lines) == 1 else f"{len(lines)} answers are"
        listed = "\n".join(f"  {name:<22} {asks}" for name, asks in lines)
        return f"Nothing was saved: {count} missing for {what}.\n{listed}"


class NotUsable(Mistyped):
    """One answer that cannot be used. Arguments: the name of what was asked, why not."""

    def __str__(self) -> str:
        return f"{self.args[0]}: {self.args[1]}"

    @property
    def sentence(self) -> str:
        """Why not, for whoever was just asked and need not be told what it is called."""
        why = str(self.args[1])
        return why[:1].upper() + why[1:]


@dataclass(slots=True)
class Answered:
    """A record's body as stored, and the facts that go with it; `each` marks facts that collect values."""

    body: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    each: set[str] = field(default_factory=set)

    def onto(self, known: Mapping[str, Any]) -> dict[str, Any]:
        """The facts as they stand once learned: those that collect are added to what is known."""
        learned = self.facts.copy()
        if not self.each:
            return learned
        for name in self.each & learned.keys():
            more = learned[name] if isinstance(learned[name], list) else [learned[name]]
            learned[name] = sorted({*known.get(name, ()), *more})
        return learned


def applies(one: Field, body: Mapping[str, Any]) -> bool:
    """Whether a field is asked at all, given the answers before it."""
    return one.when is None or _plain(body.get(one.when[0])) == one.when[1]


def _plain(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def check(evidence: Evidence, answers: Mapping[str, Any], *, now: datetime, what: str = "") -> Answered:
    """Check every answer and give the record's body and facts.

    Args:
        evidence: the kind of record.
        answers: by field name; text, or values already typed.
        now: the present moment; dates that lie ahead are refused where they must lie behind.
        what: how the thing is called in a message.

    Raises:
        MissingAnswers: everything that is missing, at once.
        Mistyped: an answer that cannot be used, or a name that is no field.
    """
    known = evidence.names
    plain = known.issuperset(answers)
    if not plain:
        for name in answers:
            if name not in known and not (name.endswith(WHY) and name.removesuffix(WHY) in known):
                listed = ", ".join(one.name for one in evidence.fields) or "nothing"
                raise Mistyped(
                    f"{what or evidence.title} does not ask for '{name[:40]}'. It asks for: {listed}."
                )
    found = Answered()
    body = found.body
    missing: list[tuple[str, str]] = []
    gaps: list[str] = []
    for one in evidence.fields:
        name = one.name
        given = answers.get(name)
        if not plain:
            why = answers.get(name + WHY)
            if why is not None and str(why).strip():
                body[name + WHY] = clean_text(str(why))
        if given is None or (isinstance(given, str) and not given.strip()):
            if applies(one, body) and not (one.needed and name + WHY in body):
                if one.required or one.when is not None:
                    missing.append((name, one.asks))
                elif one.needed:
                    gaps.append(name)
            continue
        body[name] = value = _value(one, given, now)
        if one.fact:
            found.facts[one.fact] = value
            if one.each:
                found.each.add(one.fact)
    if missing:
        raise MissingAnswers(what or evidence.title, missing)
    if evidence.tracks_gaps:
        found.facts[f"{evidence.name}_missing"] = gaps
    return found


_LISTS = (list, tuple, set, frozenset)
_NOT_ONE = (*_LISTS, dict)


def _value(one: Field, given: Any, now: datetime) -> Any:
    kind = one.kind
    if kind == "text" and isinstance(given, str):
        return clean_text(given)
    if kind in ("plan", "progress"):
        from pathways.outline_plan import plan_from, progress_from

        return plan_from(given) if kind == "plan" else progress_from(given)
    if kind == "choices":
        parts: Sequence[Any] = list(given) if isinstance(given, _LISTS) else str(given).split(",")
        return sorted({_choice(one, str(part)) for part in parts if str(part).strip()})
    if isinstance(given, _NOT_ONE):
        raise NotUsable(one.name, "give one answer, not a list.")
    if kind == "text":
        return clean_text(str(given))
    if kind == "choice":
        return _choice(one, str(given))
    if kind == "yes_no":
        return _yes_no(one, given)
    if kind == "number":
        return _number(one, given)
    if kind == "code":
        return _code(one, str(given))
    if kind == "time":
        return _time(one, str(given))
    return _moment(one, given, now)


def _code(one: Field, given: str) -> str:
    said = clean_text(given).lower()
    if not re.fullmatch(CODE, said):
        raise NotUsable(one.name, "use letters, digits and hyphens, up to 40 of them.")
    return said


def _yes_no(one: Field, given: Any) -> bool:
    said = str(given).strip().lower()
    if said in ("yes", "y", "true", "1"):
        return True
    if said in ("no", "n", "false", "0"):
        return False
    raise NotUsable(one.name, f"answer yes or no, not '{clean_text(str(given))[:40]}'.")


def _time(one: Field, given: str) -> str:
    """A time of day as it is kept: 09:30."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?::00)?", given.strip())
    if found is None:
        raise NotUsable(one.name, f"give a time of day, as in 09:30, not '{clean_text(given)[:40]}'.")
    return f"{int(found[1]):02}:{found[2]}"


def _number(one: Field, given: Any) -> int:
    said = (
        clean_text(str(given)) if not isinstance(given, int) or abs(given) < 10**18 else "so large a number"
    )
    if not re.fullmatch(r"[+-]?[0-9]{1,4000}", said):
        raise NotUsable(one.name, f"give a whole number, not '{said[:40]}'.")
    value = int(said)
    if not 0 <= value <= 1_000_000:
        raise NotUsable(one.name, f"{said[:40]} cannot be right.")
    return value


def _choice(one: Field, given: str) -> str:
    said = clean_text(given)
    found = meant(said, one.choices, one.words)
    if found is not None:
        return found
    raise NotUsable(one.name, f"'{said[:40]}' is not one of {', '.join(offered(one.choices, one.words))}.")


def _moment(one: Field, given: Any, now: datetime) -> str:
    if isinstance(given, str) and len(given.strip()) > 60:
        raise NotUsable(
            one.name, "that is too long for a date. Write it as in 2026-11-24 or 2026-11-24T10:00."
        )
    value = given if isinstance(given, date) else parse_moment(str(given), birth="birth" in one.name)
    if one.kind == "date" and isinstance(value, datetime):
        value = value.astimezone(LONDON).date()
    if one.kind == "moment" and not isinstance(value, datetime):
        raise NotUsable(one.name, f"give the time of day too, as in {value.isoformat()}T10:00.")
    day = value.astimezone(LONDON).date() if isinstance(value, datetime) else value
    if one.weekday and day.weekday() > 4:
        raise Mistyped(
            f"{words(day)} is a {day:%A}. A conference is held on a working day; give another date."
        )
    if not one.future:
        late = value > now if isinstance(value, datetime) else day > local_day(now)
        if late:
            raise NotUsable(one.name, f"{words(day)} is in the future. It is recorded after it happens.")
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value.isoformat()
