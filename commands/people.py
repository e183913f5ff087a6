"""The family on a case: who is in it, where they live, what they are called; what changed, and when.

Everything personal is asked for at a prompt or comes from a file, never from the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import forms, prompts, screen
from commands.desk import Desk
from commands.do import Because, DryRun, From, Json, NoInput, given_answers
from commands.run import STYLE, examples
from commands.show import heading
from commands.spoken import full_day, iso, person, short_day
from models.people import SECOND_RECORD
from pathways.answers import check
from pathways.definitions import Evidence, Field
from pathways.errors import Mistyped

if TYPE_CHECKING:
    from models.families import Family
    from models.kin import Household, Relatives
    from models.people import NewPerson
    from models.queries import CaseView

app = typer.Typer(**STYLE)

SINCE = Field("since", "Since when (Enter: today)?", "date")
ON = Field("on", "The last day on which it was so (Enter: today)?", "date")
WHOM = Field("whom", "Who (the number in the list; Enter: 1)?", "number")
PEOPLE_KINDS = ("child", "unborn", "adult")
SCHEME_WORDS = ("the authority's child id", "unique pupil number", "NHS number", "staff number")


@dataclass(frozen=True, slots=True)
class _Listed:
    """Somebody of the family under a number that does not change."""

    number: int
    person_id: int
    row: Any
    is_to_child: tuple[Any, ...] = ()


@app.command(
    help=examples(
        "The family on a case. ACTION is list, add, end, merge or split; WHAT is name, birth, address, number, "
        "relative, household or member.\n\nTwo records of one person are linked by merge, and nothing is moved: split gives "
        "back what was.",
        "pathways people cp41",
        "pathways people cp41 add relative",
        "pathways people cp41 end address --from moved.json",
        "pathways people cp41 merge rf7 --because 'the same child, spelled twice'",
    )
)
def people(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A reference, or a short form: cp41.")],
    action: Annotated[str, typer.Argument(metavar="ACTION", help="list, add, end, merge or split.")] = "list",
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="What is added or ended; with merge, the other case.")
    ] = "",
    names: Annotated[
        bool, typer.Option("--names", help="Show names and addresses; the look is recorded.")
    ] = False,
    because: Because = "",
    from_file: From = "",
    new_person: Annotated[
        bool, typer.Option("--new-person", help="Somebody else than those who are like them.")
    ] = False,
    dry_run: DryRun = False,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Show or change the family on a case."""
    with Desk() as desk:
        view = desk.case(case)
        asks = prompts.can_ask(no_input, as_json)
        if action == "list":
            desk.looked(view, names=names, as_json=as_json)
            _list(desk, view, names, as_json)
        elif action in ("add", "end"):
            _change(
                desk, view, action, what, from_file,
                new_person=new_person, asks=asks, dry_run=dry_run, as_json=as_json,
            )  # fmt: skip
        elif action in ("merge", "split"):
            _link(desk, view, action, what, because, asks=asks, dry_run=dry_run, as_json=as_json)
        else:
            raise Mistyped(
                "After the case stands list, add, end, merge or split, as in: pathways people cp41 add address"
            )


# --- the list --------------------------------------------------------------------------------------------------------


def _family(desk: Desk, view: CaseView) -> tuple[Relatives, list[_Listed]]:
    from models.kin import family_of

    with desk.store.reading() as tx:
        family = family_of(tx, view.row.person_id)
    found: dict[int, _Listed] = {}
    for row in family.relatives:
        there = found.get(row.other_id)
        kinds = (*(there.is_to_child if there else ()), row)
        found[row.other_id] = _Listed(there.number if there else len(found) + 2, row.other_id, row, kinds)
    for household in family.households:
        for row in household.members:
            if row.person_id not in found and row.person_id not in family.records:
                found[row.person_id] = _Listed(len(found) + 2, row.person_id, row)
    return family, list(found.values())


def _list(desk: Desk, view: CaseView, names: bool, as_json: bool) -> None:
    family, others = _family(desk, view)
    if as_json:
        screen.answer_json("people/1", _as_json(desk, view, family, others, names))
        return
    screen.say(screen.two_ends(f"Family of {view.reference}", full_day(desk.today)))
    screen.say()
    rows = [("1", heading(view, desk.today, names=names), "the person of this case", "")]
    for each in others:
        for row in each.is_to_child or (None,):
            kind = row.kind.replace("_", "-") if row else "lives with them"
            rows.append((str(each.number), _who(each.row, desk.today, names), kind, _dates(row, desk.today)))
    columns = ("", "Who", "To the person", "Since, until")
    for line in screen.table(columns, (3, 27, 24, 22), rows, whole=True):
        screen.say(line)
    numbers = {
        view.row.person_id: 1,
        **dict.fromkeys(family.records, 1),
        **{each.person_id: each.number for each in others},
    }
    for place, household in enumerate(family.households, 1):
        screen.say()
        _say_household(place, household, numbers, desk.today)
    screen.say()
    for line in _known_by(family, desk.today, names):
        screen.say(line)
    screen.say(f"\nNext: pathways people {view.reference} add relative")


def _who(row: Any, today: date, names: bool) -> str:
    return person(
        row.given or "", row.family or "", row.birth_date, row.expected_delivery_date, today, names=names,
        died=row.died_on, kind=row.person_kind,
    )  # fmt: skip


def _dates(row: Any, today: date) -> str:
    if row is None:
        return ""
    since = f"{short_day(row.from_on, today)}" if row.from_on else ""
    return f"{since} to {short_day(row.to_on, today)}" if row.to_on else since


def _say_household(place: int, household: Household, numbers: Mapping[int, int], today: date) -> None:
    now = {row.id for row in household.on(today)}
    screen.say(f"Household {place} ({screen.shown(household.label)})")
    for row in household.members:
        state = "lives there" if row.id in now else "lived there"
        screen.say(f"  {numbers.get(row.person_id, '-'):<3} {row.part:<6} {state:<12} {_dates(row, today)}")


def _known_by(family: Relatives, today: date, names: bool) -> list[str]:
    """Names, numbers and addresses of the person of the case; only counted where names were not asked for."""
    if not names:
        hidden = sum(row.confidential for row in family.addresses)
        kept = f", {hidden} confidential" if hidden else ""
        counted = f"Names {len(family.names)}, numbers {len(family.numbers)}, addresses {len(family.addresses)}{kept}."
        more = (
            [f"{len(family.records)} records are linked as of one person."] if len(family.records) > 1 else []
        )
        return [counted, *more, "To see them: --names, which is recorded."]
    lines = []
    for row in family.names:
        called = " ".join(filter(None, (row.given, row.family)))
        lines += screen.wrapped(
            f"Name     {row.kind.replace('_', '-')}", f"{called}  {_dates(row, today)}", indent=26
        )
    for row in family.numbers:
        scheme = row.scheme.removesuffix(SECOND_RECORD)
        lines += screen.wrapped(f"Number   {scheme}", f"{row.value}  {_dates(row, today)}", indent=26)
    for place, row in enumerate(family.addresses, 1):
        kept = "CONFIDENTIAL, not for the other parent: " if row.confidential else ""
        said = ", ".join(filter(None, (row.lines, row.postcode)))
        lines += screen.wrapped(f"Address  {place}", f"{kept}{said}  {_dates(row, today)}", indent=26)
    return lines


def _as_json(
    desk: Desk, view: CaseView, family: Relatives, others: list[_Listed], names: bool
) -> dict[str, Any]:
    numbers = {**dict.fromkeys(family.records, 1), **{each.person_id: each.number for each in others}}
    found: dict[str, Any] = {
        "case": view.reference,
        "people": [
            {"number": 1, "person": heading(view, desk.today, names=names), "relationships": []},
            *(
                {
                    "number": each.number,
                    "person": _who(each.row, desk.today, names),
                    "kind": each.row.person_kind,
                    "relationships": [
                        {"kind": row.kind, "since": iso(row.from_on), "until": iso(row.to_on)}
                        for row in each.is_to_child
                    ],
                }
                for each in others
            ),
        ],
        "households": [
            {
                "household": place,
                "label": household.label,
                "members": [
                    {
                        "number": numbers.get(row.person_id),
                        "part": row.part,
                        "since": iso(row.from_on),
                        "until": iso(row.to_on),
                    }
                    for row in household.members
                ],
            }
            for place, household in enumerate(family.households, 1)
        ],
        "records": len(family.records),
        "next": [f"pathways people {view.reference} add relative"],
    }
    if names:
        found["names"] = [
            {
                "kind": row.kind,
                "given": row.given,
                "family": row.family,
                "since": iso(row.from_on),
                "until": iso(row.to_on),
            }
            for row in family.names
        ]
        found["addresses"] = [
            {
                "number": place, "lines": row.lines, "postcode": row.postcode, "confidential": row.confidential,
                "since": iso(row.from_on), "until": iso(row.to_on),
            }
            for place, row in enumerate(family.addresses, 1)
        ]  # fmt: skip
    return found


# --- adding and ending ---------------------------------------------------------------------------------------------


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
    others: list[_Listed]
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


def _change(
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
        given = prompts.fill(form, given, now=desk.now, calendar=lambda: desk.rules.calendar)
    said = check(form, given, now=desk.now, what=form.title).body
    other = desk.case(said["case"]) if said.get("case") else None
    family, others = _family(desk, view)
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


# --- two records of one person ---------------------------------------------------------------------------------------


def _link(
    desk: Desk,
    view: CaseView,
    action: str,
    other: str,
    because: str,
    *,
    asks: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    from models.one_person import merge, split

    desk.looked(view, as_json=as_json)
    if action == "merge":
        if not other:
            raise Mistyped(
                f"Name a case of the other record: pathways people {view.reference} merge CASE --because TEXT"
            )
        there = desk.case(other)
        desk.looked(there, as_json=as_json)
        if asks:
            prompts.tell(
                f"{view.reference}: {heading(view, desk.today)}.  {there.reference}: {heading(there, desk.today)}."
            )
            prompts.tell(
                "Both are shown as one person from now on. Nothing is moved; split gives back what was."
            )
    because = because or (prompts.ask("Why? (goes on the record)") if asks else "")
    if action == "merge":
        if asks and not dry_run and not prompts.confirm("Are the two of one person?", anew=True):
            raise typer.Abort
        with forms.finishing(desk):
            line = merge(
                desk.store, view.reference, there.reference, because=because, actor=desk.actor, now=desk.now,
                dry_run=dry_run,
            )  # fmt: skip
        said, back = (
            f"{view.reference} and {there.reference} are of one person.",
            f"pathways people {there.reference} split",
        )
    else:
        with forms.finishing(desk):
            line = split(
                desk.store, desk.rules, view.reference, because=because, actor=desk.actor, now=desk.now,
                dry_run=dry_run,
            )  # fmt: skip
        said, back = (
            f"{view.reference} stands on a record of its own again.",
            f"pathways people {view.reference}",
        )
    if as_json:
        document = {"ok": True, "changed": not dry_run, "case": view.reference, "next": [back]}
        screen.answer_json("people.link/1", document)
        return
    screen.say(said if not dry_run else "It could be done. Nothing was changed.")
    if not dry_run:
        screen.say(line)
    screen.say(
        f"Next: pathways people {view.reference}"
        if action == "split"
        else f"To take it back: {back} --because TEXT"
    )
