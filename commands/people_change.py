"""Adding to a family and ending what is over: what each asks for, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from commands import forms, record_form, screen
from commands.desk import Desk
from commands.given import given_answers
from commands.people_list import Listed, family_with_numbers
from pathways.answers import check
from pathways.definitions import Evidence, Field
from pathways.errors import Mistyped

if TYPE_CHECKING:
    from models.families import Family
    from models.kin import Relatives
    from models.people import NewPerson
    from models.queries import CaseView

SINCE = Field("since", "Since when (Enter: today)?", "date")
ON = Field("on", "The last day on which it was so (Enter: today)?", "date")
WHOM = Field("whom", "Who (the number in the list; Enter: 1)?", "number")
PEOPLE_KINDS = ("child", "unborn", "adult")
SCHEME_WORDS = ("the authority's child id", "unique pupil number", "NHS number", "staff number")


def _forms() -> dict[tuple[str, str], tuple[Evidence, Callable[[Family, Mapping[str, Any], _Context], None]]]:
    """What each addition and ending asks, and what it does."""
    from models.families import NAMES, PARTS, RELATIONS, SCHEMES, shown

    relation = Field(
        "kind",
        "What are they to the person of this case?",
        "choice",
        tuple(RELATIONS),
        words=tuple(map(shown, RELATIONS)),
        required=True,
    )
    home = Field("household", "Which household (its number in the list)?", "number", required=True)
    who_is_new = (
        Field("case", "A case of theirs, where they are known already"),
        Field("person", "A child, an unborn child or an adult?", "choice", PEOPLE_KINDS),
        Field("given_name", "Given name"),
        Field("family_name", "Family name"),
        Field("birth_date", "Date of birth", "date"),
        Field("expected_delivery_date", "If unborn, when is the birth expected?", "date", future=True),
    )
    of_name = (
        Field("kind", "What kind of name?", "choice", NAMES, words=tuple(map(shown, NAMES)), required=True),
        Field("given_name", "Given name"),
        Field("family_name", "Family name"),
    )
    of_birth = (
        Field("whom", "Who (the number in the list)?", "number", required=True),
        Field("birth_date", "When were they born?", "date", required=True),
        Field("given_name", "Given name, where it is new"),
        Field("family_name", "Family name, where it is new"),
    )
    of_address = (
        Field("lines", "Address, without the postcode", required=True),
        Field("postcode", "Postcode"),
        Field("confidential", "Is it confidential, and kept from the other parent?", "yes_no", required=True),
        Field("beside", "Do they go on living where they lived until now?", "yes_no"),
    )
    of_number = (
        Field("scheme", "What kind of number?", "choice", SCHEMES, words=SCHEME_WORDS, required=True),
        Field("value", "Number", required=True),
    )
    part = Field("part", "Child or adult of the household?", "choice", PARTS, required=True)
    everybody = Field("members", "Who lives there (numbers of the list, with commas)?", required=True)
    label = Field("label", "What is the household called (no address)?")
    which = Field("address", "Which address (its number with --names)?", "number", required=True)
    return {
        ("add", "name"): (Evidence("name", "a name", (WHOM, *of_name, SINCE)), _add_name),
        ("add", "birth"): (Evidence("birth", "a date of birth", of_birth), _add_birth),
        ("add", "address"): (Evidence("address", "an address", (WHOM, *of_address, SINCE)), _add_address),
        ("add", "number"): (Evidence("number", "a number", (WHOM, *of_number)), _add_number),
        ("add", "relative"): (
            Evidence("relative", "a relative", (relation, *who_is_new, SINCE)),
            _add_relative,
        ),
        ("add", "household"): (
            Evidence("household", "a household", (label, everybody, SINCE)),
            _add_household,
        ),
        ("add", "member"): (
            Evidence("member", "a member of a household", (home, WHOM, part, SINCE)),
            _add_member,
        ),
        ("end", "relative"): (Evidence("relative", "a relationship", (WHOM, relation, ON)), _end_relative),
        ("end", "address"): (Evidence("address", "an address", (which, ON)), _end_address),
        ("end", "member"): (Evidence("member", "a stay in a household", (home, WHOM, ON)), _end_member),
    }


@dataclass(frozen=True, slots=True)
class _Context:
    """What answers refer to: the list with its numbers, and somebody in the records who is meant."""

    family: Relatives
    others: list[Listed]
    known: int | None
    today: date

    def whom(self, said: Mapping[str, Any], name: str = "whom") -> int:
        """The person of a number in the list."""
        number = int(said.get(name) or 1)
        return self.numbered(number)

    def numbered(self, number: int) -> int:
        if number == 1:
            return self.family.person_id
        found = next((each.person_id for each in self.others if each.number == number), None)
        if found is None:
            raise Mistyped(f"There is no number {number} in the list. Who is in it: pathways people CASE")
        return found

    def day(self, said: Mapping[str, Any], name: str) -> date:
        return date.fromisoformat(said[name]) if said.get(name) else self.today


def _since(said: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(said["since"]) if said.get("since") else None


def _add_name(folk: Family, said: Mapping[str, Any], here: _Context) -> None:
    folk.add_name(
        here.whom(said),
        said.get("given_name", ""),
        said.get("family_name", ""),
        kind=said["kind"],
        since=_since(said),
    )


def _add_address(folk: Family, said: Mapping[str, Any], here: _Context) -> None:
    folk.add_address(
        here.whom(said), said["lines"], said.get("postcode", ""), confidential=bool(said["confidential"]),
        since=_since(said), beside=bool(said.get("beside")),
    )  # fmt: skip


def _add_birth(folk: Family, said: Mapping[str, Any], here: _Context) -> None:
    who = here.whom(said)
    folk.add_birth(who, date.fromisoformat(said["birth_date"]))
    if said.get("given_name") or said.get("family_name"):
        folk.add_name(who, said.get("given_name", ""), said.get("family_name", ""))


def _add_number(folk: Family, said: Mapping[str, Any], here: _Context) -> None:
    folk.add_number(here.whom(said), said["scheme"], said["value"])


def _add_relative(folk: Family, said: Mapping[str, Any], here: _Context) -> None:
    other = here.known if here.known is not None else folk.add_person(_somebody_new(said))
    folk.relate(here.family.person_id, other, said["kind"], _since(said))


def _somebody_new(said: Mapping[str, Any]) -> NewPerson:
    """The person whom these answers describe.

    Raises:
        Mistyped: they do not say who it is, or say two things that cannot both be.
    """
    from models.people import NewPerson

    born, expected = (
        date.fromisoformat(said[each]) if said.get(each) else None
        for each in ("birth_date", "expected_delivery_date")
    )
    given, family = said.get("given_name", ""), said.get("family_name", "")
    if not (given or family or born or expected):
        raise Mistyped(
            "Who is it? Give case, or a name or date of birth; for an unborn child when it is expected."
        )
    kind = said.get("person") or ("unborn" if expected and not born else "")
    if not kind:
        raise Mistyped(
            "Say in person whether it is a child, an unborn child or an adult: child, unborn, adult."
        )
    if kind == "unborn" and born:
        raise Mistyped("Who has a date of birth is a child. Before a birth give expected_delivery_date.")
    return NewPerson(kind=kind, given=given, family=family, birth_date=born, expected_delivery_date=expected)


def _add_household(folk: Family, said: Mapping[str, Any], here: _Context) -> None:
    members = []
    for typed in str(said["members"]).replace(",", " ").split():
        if not typed.isdigit():
            raise Mistyped("members are numbers of the list with commas between: 1,2,3.")
        who = here.numbered(int(typed))
        row = next((each.row for each in here.others if each.person_id == who), None)
        members.append((who, "adult" if row is not None and row.person_kind == "adult" else "child"))
    folk.begin_household(said.get("label", ""), members, here.day(said, "since"))


def _known_household(said: Mapping[str, Any], here: _Context) -> int:
    number = int(said["household"])
    if not 1 <= number <= len(here.family.households):
        raise Mistyped(f"There is no household {number} in the list. Which there are: pathways people CASE")
    return here.family.households[number - 1].id


def _add_member(folk: Family, said: Mapping[str, Any], here: _Context) -> None:
    folk.join(_known_household(said, here), here.whom(said), said["part"], here.day(said, "since"))


def _end_member(folk: Family, said: Mapping[str, Any], here: _Context) -> None:
    folk.leave(_known_household(said, here), here.whom(said), here.day(said, "on"))


def _end_relative(folk: Family, said: Mapping[str, Any], here: _Context) -> None:
    folk.end_relationship(here.family.person_id, here.whom(said), said["kind"], here.day(said, "on"))


def _end_address(folk: Family, said: Mapping[str, Any], here: _Context) -> None:
    place = int(said["address"])
    if not 1 <= place <= len(here.family.addresses):
        raise Mistyped(
            f"There is no address {place} in the list. Which there are: pathways people CASE --names"
        )
    row = here.family.addresses[place - 1]
    folk.end_address(row.person_id, row.id, here.day(said, "on"))


def change(
    desk: Desk,
    view: CaseView,
    action: str,
    what: str,
    from_file: str,
    *,
    new_person: bool,
    asks: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Carry out an addition or an ending that was typed after the case; ask for what is missing where somebody can be asked.

    Raises:
        Mistyped: nothing of that kind is added or ended, or the answers do not fit.
    """
    from models.families import changing

    asked = _forms()
    if (action, what) not in asked:
        known = ", ".join(each for verb, each in asked if verb == action)
        raise Mistyped(
            f"What is {action}ed is one of: {known}. As in: pathways people {view.reference} {action} address"
        )
    form, carry_out = asked[action, what]
    given = given_answers(form, (), from_file, desk)
    if asks and not from_file:
        if not dry_run:
            words = ["people", view.reference, action, what]
            forms.begin(desk, f"people {action}", words, target=view.reference, given=given)
        given = record_form.fill(form, given, now=desk.now, calendar=lambda: desk.rules.calendar)
    said = check(form, given, now=desk.now, what=form.title).body
    other = desk.case(said["case"]) if said.get("case") else None
    family, others = family_with_numbers(desk, view)
    there = other.row.person_id if other else None
    if what == "relative" and action == "add" and there is None and not new_person:
        there = _known_already(desk, said, family.records, asks=asks and not from_file)
    here = _Context(family, others, there, desk.today)
    desk.looked(view, as_json=as_json)
    with (
        forms.finishing(desk),
        changing(desk.store, view.reference, actor=desk.actor, now=desk.now, dry_run=dry_run) as folk,
    ):
        carry_out(folk, said, here)
    ways = [f"pathways people {view.reference}"]
    if as_json:
        screen.answer_json(
            "people.change/1", {"ok": True, "changed": not dry_run, "case": view.reference, "next": ways}
        )
        return
    done = "ended" if action == "end" else "written down"
    screen.say(
        f"Done   {form.title[:1].upper()}{form.title[1:]} was {done}."
        if not dry_run
        else "It could be written down. Nothing was changed."
    )
    if folk.line and not dry_run:
        screen.say(folk.line)
    screen.say(f"Next: {ways[0]}")


def _known_already(
    desk: Desk, said: Mapping[str, Any], records: tuple[int, ...], *, asks: bool
) -> int | None:
    """Say who in the records may be the one who is to be added, before they are; the one who is, if any.

    Args:
        records: those of the person of the case, who is nobody's relative here but their own.

    Raises:
        Mistyped: somebody is, or may well be, and nobody can be asked; what to do is said.
    """
    from commands.subject import known_already, refuse_likely

    made = _somebody_new(said)
    if asks:
        return known_already(desk, made, besides=records)
    refuse_likely(
        desk, made.given, made.family, made.birth_date, way="give case {} in the file", besides=records
    )
    return None
