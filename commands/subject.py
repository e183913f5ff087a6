"""Whom a new case is about: looked up or asked for at the prompt, or read from a file; in the words that fit.

A pathway is about a child, an unborn child or an adult; `pathways.compatibility.WHO` says which. What is typed at a
prompt or stands in a file is never repeated in a refusal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from commands import forms, prompts, screen
from commands.desk import Desk
from commands.spoken import person
from commands.typed_dates import parse
from models.queries import Person
from pathways.answers import MissingAnswers
from pathways.compatibility import ADULT, CHILD, UNBORN
from pathways.errors import Mistyped, PathwayError
from pathways.kept_text import clean_text
from pathways.moments import add_months, local_day

if TYPE_CHECKING:
    from models.people import NewPerson

PERSON = (
    "given_name", "family_name", "birth_date", "expected_delivery_date", "sex", "la_child_id", "upn", "person",
)  # fmt: skip
"""What a file may say of the person, beside the answers of the form."""
SEXES = ("F", "M", "U", "I")
SEX_WORDS = ("female", "male", "not known yet", "indeterminate")
ANYBODY = (CHILD, UNBORN, ADULT)
GROWN_UP = 18 * 12
"""Months."""
BORN_ONLY = "This is about a child who has been born. Before a birth: pathways open pre-birth, or pathways open referral"


def noun(about: tuple[str, ...]) -> str:
    """What the person is called in a question: the child, the adult, the person."""
    if ADULT not in about:
        return "child"
    return "adult" if about == (ADULT,) else "person"


def kind_of(about: tuple[str, ...], born: date | None, said: str, today: date) -> str:
    """The kind of a new person on a pathway about these; empty where it has to be said."""
    if about == (ADULT,):
        return ADULT
    if ADULT not in about:
        return CHILD if born else UNBORN
    if born:
        return ADULT if add_months(born, GROWN_UP, age=True) <= today else CHILD
    return said if said in about else ""


# --- from a file --------------------------------------------------------------------------------------------------


def from_answers(desk: Desk, told: Mapping[str, Any], new_person: bool, about: tuple[str, ...]) -> Any:
    """The person that a file describes: known by the authority's child id, or new.

    Raises:
        MissingAnswers: there is not enough to know them by.
        Mistyped: somebody like this is in the records already.
    """
    from models.people import NewPerson

    said = {name: clean_text(str(value)) for name, value in told.items() if value is not None}
    number = said.get("la_child_id", "")
    if number:
        with desk.store.reading() as tx:
            row = tx.one("known_by_identifier", scheme="la_child_id", value=number)
        if row is not None:
            return row.id
    born = _day(desk, said.get("birth_date", ""), birth=True)
    expected = _day(desk, said.get("expected_delivery_date", ""), birth=False)
    kind = kind_of(about, born, said.get("person", "").lower(), desk.today)
    lines = _missing(about, said, kind, born, expected)
    if lines:
        raise MissingAnswers("the case", lines)
    if born and born > desk.today:
        unborn = " For a child not born yet give expected_delivery_date." if UNBORN in about else ""
        raise Mistyped(f"The date of birth is in the future.{unborn}")
    if expected and UNBORN not in about:
        raise Mistyped(BORN_ONLY)
    given, family = said.get("given_name", ""), said.get("family_name", "")
    if family and not new_person:
        _refuse_double(desk, given, family, born, about)
    numbers = tuple((scheme, said[scheme]) for scheme in ("la_child_id", "upn") if said.get(scheme))
    return NewPerson(
        kind=kind,
        given=given,
        family=family,
        birth_date=born,
        expected_delivery_date=expected,
        sex=_sex(said.get("sex", "U")),
        identifiers=numbers,
    )


def _missing(
    about: tuple[str, ...], said: Mapping[str, str], kind: str, born: date | None, expected: date | None
) -> list[tuple[str, str]]:
    """What a file must still say of the person, each with what it is."""
    whose, lines = noun(about), []
    number = said.get("la_child_id", "")
    if not (said.get("family_name") or number or expected):
        hint = "; unknown where it is not known" if ADULT in about else ""
        lines.append(("family_name", f"The {whose}'s family name, in the file{hint}"))
    if not kind:
        lines.append(("birth_date", "The person's date of birth, in the file; or say person: child or adult"))
    elif ADULT not in about and not (born or expected):
        other = ", or expected_delivery_date" if UNBORN in about else ""
        lines.append(("birth_date", f"The child's date of birth{other}, in the file"))
    return lines


def _day(desk: Desk, typed: str, *, birth: bool) -> date | None:
    return local_day(parse(typed, now=desk.now, birth=birth, ahead=not birth)) if typed else None


def _sex(typed: str) -> str:
    for options in (SEXES, SEX_WORDS):
        place = prompts.which(typed, options)
        if place is not None:
            return SEXES[place]
    raise Mistyped(
        f"sex: '{screen.shown(typed)[:20]}' is not one of F, M, U (not known yet), I (indeterminate)."
    )


def _refuse_double(desk: Desk, given: str, family: str, born: date | None, about: tuple[str, ...]) -> None:
    refuse_likely(desk, given, family, born, about=about, whose=noun(about))


def refuse_likely(
    desk: Desk,
    given: str,
    family: str,
    born: date | None,
    *,
    about: tuple[str, ...] = ANYBODY,
    whose: str = "person",
    way: str = "--like {}",
    besides: Collection[int] = (),
) -> None:
    """Say who in the records may be the one whom a file describes, and why, so that nobody is added twice.

    Args:
        way: how the known case is named instead, with a place for it.
        besides: records that are of somebody else for certain.

    Raises:
        Mistyped: somebody may be that person.
    """
    from models.likely import likely
    from models.names import fold_name

    with desk.store.reading() as tx:
        found = [
            each
            for each in likely(tx, given, family, born)
            if each.person.kind in about and each.person.id not in besides
        ]
    if not found:
        return
    who = found[0].person
    known = f", on {who.cases[-1].reference}" if who.cases else ", without a case of their own"
    same = fold_name(who.family) == fold_name(family) and who.birth_date == born
    if same and (born or fold_name(who.given) == fold_name(given)):
        known_by = "name and date of birth" if born else "name"
        begins = f"Somebody of this {known_by} is in the records{known}."
    else:
        begins = f"Somebody in the records may be the {whose}{known}: {', '.join(found[0].reasons)}."
    instead = (
        way.format(who.cases[-1].reference) if who.cases else "choose them at the prompt, without a file"
    )
    raise Mistyped(f"{begins} If that is the {whose}: {instead}. If it is somebody else: --new-person")


# --- at the prompt ------------------------------------------------------------------------------------------------


def find_or_make(desk: Desk, *, about: tuple[str, ...], unborn: bool) -> int | NewPerson:
    """Look the person up, and take one of those found or somebody new."""
    from commands.find import search

    whose = noun(about)
    while True:
        begins = forms.place()
        typed = prompts.ask(f"Find the {whose} (name, date of birth or number; Enter if new):")
        found: list[Person] = []
        if typed:
            with desk.store.reading() as tx:
                found = [each for each in search(tx, typed, desk.now) if each.kind in about]
        if typed and found:
            options = [candidate(each, desk.today) for each in found[:8]]
            prompts.tell("Is it one of these?")
            for number, option in enumerate([*options, "none of these"], 1):
                prompts.tell(f"  {number}  {option}")
            known = " ".join(str(each.id) for each in found[:8])
            chosen = prompts.ask(f"[1-{len(options) + 1}]", about=f"people {known}")
            place = prompts.which(chosen, [*options, "none of these"])
            if place is None:
                prompts.tell(f"Type a number from 1 to {len(options) + 1}. The search begins again.")
                forms.back_to(begins)
                continue
            if place < len(options):
                return found[place].id
        elif typed:
            prompts.tell("Nobody like that is in the records.")
        made = _new(desk, about=about, unborn=unborn)
        there = known_already(desk, made, about)
        return made if there is None else there


def known_already(
    desk: Desk, made: NewPerson, about: tuple[str, ...] = ANYBODY, besides: Collection[int] = ()
) -> int | None:
    """Show who in the records may be somebody who is to be added, and why; the one who is, if any.

    `besides`: records that are of somebody else for certain.
    """
    from models.likely import likely

    numbers = [value for _, value in made.identifiers]
    with desk.store.reading() as tx:
        found = likely(tx, made.given, made.family, made.birth_date, numbers=numbers)
    found = [each for each in found if each.person.kind in about and each.person.id not in besides]
    if not found:
        return None
    options = [*(candidate(each.person, desk.today) for each in found), "none of these"]
    while True:
        prompts.tell("Somebody like this is in the records already:")
        for number, option in enumerate(options, 1):
            prompts.tell(f"  {number}  {option}")
            if number <= len(found):
                prompts.tell(f"     {', '.join(found[number - 1].reasons)}")
        place = prompts.which(prompts.ask(f"Is it one of these? [1-{len(options)}]", kind="choice"), options)
        if place is not None:
            return found[place].person.id if place < len(found) else None
        prompts.again(f"Type a number from 1 to {len(options)}.")


def candidate(found: Person, today: date) -> str:
    """Somebody found, as shown where one is chosen: initials, age, what they are known by."""
    who = person(found.given, found.family, found.birth_date, found.expected, today, kind=found.kind)
    cases = [f"{row.reference} ({'open' if row.is_open else 'closed'})" for row in found.cases[-3:]]
    return f"{who:<16} known: {', '.join(cases)}" if cases else f"{who:<16} no case"


def _new(desk: Desk, *, about: tuple[str, ...], unborn: bool) -> NewPerson:
    from models.people import NewPerson

    kind = noun(about)
    if kind == "person":
        kind = (CHILD, ADULT)[prompts.choose("Is it a child or an adult?", (CHILD, ADULT))]
    prompts.tell("A new adult." if kind == ADULT else "A new child.")
    given, family = _name("Given name"), _name("Family name")
    if kind == ADULT:
        return NewPerson(kind=ADULT, given=given, family=family, birth_date=_asked_birth(desk, needed=False))
    born = expected = None
    if not unborn:  # before a birth the record itself asks when the baby is due
        born = _asked_birth(desk, needed=True, unborn=UNBORN in about)
        if born and born > desk.today:
            born, expected = None, born
    sex = SEXES[prompts.choose("Sex", SEX_WORDS, "3")]
    return NewPerson(
        kind=CHILD if born else UNBORN,
        given=given,
        family=family,
        birth_date=born,
        expected_delivery_date=expected,
        sex=sex,
    )


def _name(which: str) -> str:
    while True:
        typed = prompts.ask(f"{which} (Enter if not known)", kind="name")
        if typed != "<":
            return clean_text(typed)
        prompts.again(prompts.HELP["name"])


def _asked_birth(desk: Desk, *, needed: bool, unborn: bool = False) -> date | None:
    """A date of birth; with `unborn` its expected date will do."""
    question = "Date of birth, or its expected date if unborn" if unborn else "Date of birth"
    while True:
        typed = prompts.ask(question if needed else f"{question} (Enter if not known)", kind="birth")
        if not typed and not needed:
            return None
        try:
            found = local_day(parse(typed, now=desk.now, birth=True))
        except PathwayError as fault:
            prompts.again(str(fault))
            continue
        if found > desk.today and not unborn:
            prompts.again(BORN_ONLY if needed else "That is in the future.")
            continue
        prompts.meant(found)
        return found
