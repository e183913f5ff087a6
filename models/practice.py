"""Invented work for a practice store: what a census does not hold, and a morning's pages would be empty without.

Conferences being prepared and held, agency reports, early help, missing pupils, disagreements, telephone referrals. It
all goes through the door that real work uses, at moments reckoned back from the store's fixed clock. Nobody in it
exists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from models.casework import Casework
from models.families import changing
from models.people import NewPerson
from models.setup import options_of
from models.store import Store
from pathways import pathway
from pathways.clocks import Rules
from pathways.definitions import Evidence, Field
from pathways.engine import Actor
from pathways.errors import PathwayError
from pathways.moments import LONDON, ONE_DAY
from pathways.trail import FAMILY

ADDED = "practice_work"
AGENCIES = ("school", "health visiting", "police", "general practice")
LEADS = ("Social worker 1", "Social worker 2", "Social worker 3", "Social worker 4")
NAMES = (
    ("Alder", "Finch", "F"), ("Bryony", "Finch", "F"), ("Cedar", "Heron", "M"), ("Clover", "Linnet", "F"),
    ("Dale", "Martin", "M"), ("Fern", "Starling", "F"), ("Flint", "Swift", "M"), ("Glen", "Wren", "M"),
    ("Heather", "Dunnock", "F"), ("Ivy", "Plover", "F"), ("Jasper", "Siskin", "M"), ("Juniper", "Teal", "F"),
    ("Laurel", "Crake", "F"), ("Linden", "Kite", "M"), ("Maple", "Lark", "F"), ("Moss", "Rook", "M"),
    ("Olive", "Knot", "F"), ("Reed", "Curlew", "M"), ("River", "Dotterel", "M"), ("Sage", "Fulmar", "F"),
    ("Sorrel", "Gannet", "F"), ("Thorn", "Merlin", "M"), ("Vale", "Osprey", "M"), ("Yarrow", "Petrel", "F"),
    ("Aspen", "Pipit", "F"), ("Bracken", "Quail", "M"), ("Briar", "Robin", "F"), ("Elm", "Sanderling", "M"),
    ("Hawthorn", "Tern", "M"), ("Lavender", "Twite", "F"),
)  # fmt: skip


class CutOff(PathwayError):
    """The stories were cut off on their way, and cannot go on from where they stand."""

    def __str__(self) -> str:
        return "The practice store was not finished, and its cases have changed since. Begin anew: pathways demo reset"


class Practice:
    """Casework by small words, in the name of one person, on days counted back from a fixed day in working days.

    Whoever tells a story again, after it was cut off, goes on where it ended: what stands on the record already, by the
    same person's name, at the same moment, is not done twice.
    """

    def __init__(self, store: Store, rules: Rules, actor: Actor, now: datetime) -> None:
        self.casework, self.rules, self.actor, self.now = Casework(store, rules), rules, actor, now
        self.today = now.astimezone(LONDON).date()
        self._names = iter(NAMES)
        self._left: dict[str, Counter[tuple[str, datetime]]] = {}

    def day(self, back: int) -> date:
        """The day so many working days ago; ahead where negative."""
        return self.rules.calendar.add(self.today, -back)

    def at(self, back: int, hour: int = 10) -> datetime:
        """A moment of that day, never after the store's own."""
        return min(datetime.combine(self.day(back), time(hour), tzinfo=LONDON), self.now)

    def open(self, name: str, entry: str, back: int, *, kind: str = "child", **own: Any) -> str:
        """Open a case for the next invented child, or an adult."""
        given, family, sex = next(self._names)
        born = date(self.today.year - 6 - len(given) % 7, 1 + len(family) % 12, 5 + len(given))
        moment = self.at(back, 9)
        child = NewPerson(kind=kind, given=given, family=family, birth_date=born, sex=sex)
        if reference := self._begun(name, child):
            return reference
        answers = complete(pathway(name).entry(entry).records, moment, own)
        return self.casework.open(
            name, entry, person=child, actor=self.actor, now=moment, answers=answers
        ).reference

    def make(self, reference: str, trigger: str, back: int, hour: int = 10, **own: Any) -> list[str]:
        """Make a move on that day; the references of the cases that it opened.

        Raises:
            CutOff: Somebody else has worked in the case since the stories were cut off.
        """
        moment = self.at(back, hour)
        left = self._left.get(reference)
        if left and left[trigger, moment]:
            left[trigger, moment] -= 1
            return []
        with self.casework.store.reading() as tx:
            row = tx.need("case_by_reference", reference=reference)
        move = next(
            (each for each in pathway(row.pathway).moves_from(row.state) if each.trigger == trigger), None
        )
        if move is None and left is not None:
            raise CutOff
        assert move is not None, f"{trigger} from {row.state}"
        answers = complete(move.records, moment, own)
        made = self.casework.make(reference, trigger, actor=self.actor, now=moment, answers=answers)
        return list(made.opened)

    def wrote(self, reference: str, kind: str) -> bool:
        """Whether entries of this kind stood on a case when its story was taken up again."""
        return any(action.startswith(kind) for action, _ in self._left.get(reference, ()))

    def _begun(self, name: str, child: NewPerson) -> str:
        """The case of somebody whose story was begun before; empty where there is none."""
        with self.casework.store.reading() as tx:
            for person in tx.all("people_by_birth_date", birth_date=child.birth_date, most=100):
                known = {(each.given, each.family) for each in tx.all("names_of_person", person_id=person.id)}
                for case in tx.all("cases_of_person", person_id=person.id):
                    if case.pathway == name and (child.given, child.family) in known:
                        entries = tx.all("trail_of_case", reference=case.reference)
                        self._left[case.reference] = Counter((each.action, each.at) for each in entries)
                        return str(case.reference)
        return ""


def complete(evidence: Evidence | None, moment: datetime, own: dict[str, Any]) -> dict[str, Any]:
    """Every answer that a record asks for: our own where given, else one that fits its kind."""
    given: dict[str, Any] = {}
    for one in evidence.fields if evidence else ():
        if one.name in own:
            given[one.name] = own[one.name]
        elif one.required or one.needed or one.when is not None:
            asked = one.when is None or str(given.get(one.when[0])) == one.when[1]
            given |= {one.name: _answer(one, moment)} if asked else {}
    return given


def _answer(one: Field, moment: datetime) -> Any:
    day = moment.astimezone(LONDON).date()
    if one.kind == "plan":
        return outline_plan(day)
    if one.future:
        day = _weekday(day + timedelta(days=14))
    plain = {
        "yes_no": "yes",
        "number": "4",
        "date": day.isoformat(),
        "moment": f"{day.isoformat()}T09:00",
        "time": "10:00",
    }
    if one.kind in plain:
        return plain[one.kind]
    if one.kind in ("choice", "choices"):
        return ",".join(one.choices) if one.kind == "choices" else one.choices[0]
    return "Invented for practice."


def outline_plan(held_on: date) -> list[dict[str, Any]]:
    """An invented outline plan, made on that day."""
    soon, later = (_weekday(held_on + timedelta(days=days)).isoformat() for days in (14, 42))
    return [
        {
            "outcome": "There is food in the house and somebody awake in the morning.",
            "actions": [
                {
                    "what": "Visit before school twice a week and write down what is seen.",
                    "who": "social worker",
                    "by": soon,
                },
                {
                    "what": "Keep a place at breakfast club and say the same day if it is empty.",
                    "who": "school",
                    "by": soon,
                },
            ],
        },
        {
            "outcome": "Every appointment for health is kept.",
            "actions": [
                {"what": "Weigh, measure, and book what is overdue.", "who": "health visiting", "by": later}
            ],
        },
    ]


def _weekday(day: date) -> date:
    while day.weekday() > 4:
        day += ONE_DAY
    return day


def add_work(store: Store, rules: Rules, actor: Actor, now: datetime) -> int:
    """Add the invented work to a practice store, once; how many cases it made. Cut off, it goes on the next time.

    Raises:
        CutOff: It was cut off, and somebody has worked in its cases since.
    """
    with store.reading() as tx:
        known = options_of(tx)
    if known.get("practice") != "yes" or ADDED in known:
        return 0
    practice = Practice(store, rules, actor, now)
    made = sum(
        1
        for story in (_conferences, _plans, _early_help, _missing, _disagreements, _telephone)
        for _ in story(practice)
    )
    with store.writing() as tx:
        tx.run("put_setting", name=ADDED, value=now.isoformat())
    return made


def _enquiry(practice: Practice, back: int, lead: str) -> str:
    """An enquiry that is to come to a conference; it began so many working days ago."""
    case = practice.open("child_protection", "strategy", back)
    practice.make(case, "start_enquiry", back)
    practice.make(case, "child_seen", back, 15, seen="yes")
    practice.make(case, "allocate", back, 16, lead=lead)
    return case


def _conferences(practice: Practice) -> Iterator[str]:
    """First conferences on the way: nobody invited yet, reports awaited, the family met."""
    cases = []
    for (begun, decided, stage), begins in zip(
        ((5, 1, 1), (8, 4, 2), (7, 3, 2), (9, 5, 3)), ("10:00", "10:00", "13:30", "15:45"), strict=True
    ):
        case = _enquiry(practice, begun, LEADS[stage])
        cases.append(case)
        practice.make(case, "decide_conference", decided)
        practice.make(case, "request_conference", decided, 11)
        room = "Elm room" if stage == 1 else "Oak room"
        practice.make(
            case, "book_conference", decided, 12, conference_on=practice.day(-4).isoformat(), where=room, begins=begins
        )  # fmt: skip
        if stage > 1:
            practice.make(case, "invite", decided, 13, agencies=",".join(AGENCIES))
            for agency in AGENCIES[: 2 if stage == 2 else 4]:
                practice.make(case, "report_received", decided - 1, agency=agency)
        practice.make(case, "child_seen", 1, 15, seen="yes")
        yield case
    _one_family(practice, cases[0], cases[1])


def _one_family(practice: Practice, first: str, second: str) -> None:
    """A mother with both children at one address, their father at another: known before they were invited."""
    if not practice.wrote(second, FAMILY):
        _write_family(practice, first, second)
    for who, part, own in (
        ("mother", "family", {"reply": "coming"}),
        ("father", "family", {"reply": "none yet"}),
        ("designated safeguarding lead", "professional", {"agency": "school", "reply": "coming"}),
        ("health visitor", "professional", {"agency": "health visiting", "reply": "coming"}),
        ("police constable", "professional", {"agency": "police", "reply": "apologies"}),
    ):
        practice.make(second, "attendance", 0, 8, who=who, part=part, invited="yes", **own)


def _write_family(practice: Practice, first: str, second: str) -> None:
    """Who lives with whom, in one transaction."""
    since, now = date(practice.today.year - 2, 9, 1), practice.at(0, 8)
    store = practice.casework.store
    with store.reading() as tx:
        children = [tx.need("case_by_reference", reference=each).person_id for each in (first, second)]
    with changing(store, second, actor=practice.actor, now=now) as family:
        mother = family.add_person(NewPerson(kind="adult", given="Linnet", family="Finch"))
        father = family.add_person(NewPerson(kind="adult", given="Rowan", family="Stoat"))
        for child in children:
            family.relate(child, mother, "parent")
            family.relate(child, father, "parent")
        family.relate(children[1], children[0], "sibling")
        family.begin_household("Finch", [(mother, "adult"), *((child, "child") for child in children)], since)
        for who in (mother, *children):
            family.add_address(who, "3 Heron Rise, Northmere", "ZZ99 3VZ")
        family.add_address(father, "18 Plover Lane, Northmere", "ZZ99 3WZ")


def _plans(practice: Practice) -> Iterator[str]:
    """First conferences that were held lately, most in time, and the plans that they made."""
    late = {1: ("police",), 3: ("health visiting", "police")}
    for place, (begun, held) in enumerate(((54, 41), (46, 32), (39, 22), (30, 16), (27, 12))):
        case = _enquiry(practice, begun, LEADS[place % 4])
        practice.make(case, "decide_conference", held + 8)
        practice.make(case, "request_conference", held + 8, 11)
        practice.make(case, "book_conference", held + 8, 12, conference_on=practice.day(held).isoformat())
        practice.make(case, "invite", held + 7, agencies=",".join(AGENCIES))
        for agency in AGENCIES:
            practice.make(
                case, "report_received", held + (1 if agency in late.get(place, ()) else 3), agency=agency
            )
        for step, hour in (("family_met", 10), ("chair_met_family", 11), ("reports_shared", 12)):
            practice.make(case, step, held, hour)
        practice.make(case, "start_conference", held, 13)
        practice.make(case, "views_recorded", held, 14)
        review = practice.rules.calendar.on_or_before(practice.day(held) + timedelta(days=85))
        practice.make(case, "decide_plan", held, 15, review_on=review.isoformat())
        practice.make(case, "send_decisions", max(held - 1, 0))
        for back in range(held - 9, 0, -8):
            practice.make(case, "child_seen", back, 15, seen="yes")
        if place != 4:
            practice.make(case, "core_group_held", held - (12 if place == 2 else 9))
        practice.make(case, "send_minutes", max(held - 15, 1))
        yield case


def _early_help(practice: Practice) -> Iterator[str]:
    """Early help being offered, assessed, reviewed, declined and stepped up."""
    for begun, reach in ((3, 1), (12, 2), (60, 4), (75, 4), (90, 5), (50, 6), (28, 6), (20, 7)):
        case = practice.open("early_help", "early_help", begun)
        if reach == 7:
            practice.make(case, "refuse_consent", begun - 2)
        if reach in (1, 7):
            yield case
            continue
        practice.make(case, "allocate", begun - 1, lead=f"Lead professional {1 + begun % 3}", accepted="yes")
        practice.make(case, "give_consent", begun - 1, 11, given="yes")
        practice.make(case, "log_with_hub", begun - 1, 12)
        if reach > 2:
            practice.make(case, "complete_assessment", begun - (24 if begun == 75 else 16))
            practice.make(case, "team_met", begun - 26)
        if reach == 6:
            practice.make(case, "step_up", max(begun - 40, 2))
        if reach == 5:
            practice.make(case, "team_met", begun - 50)
            practice.make(case, "team_met", begun - 78)
        yield case


def _missing(practice: Practice) -> Iterator[str]:
    """Pupils who have stopped coming, and one who came back."""
    for begun in (4, 9, 17, 33, 21):
        absent = practice.day(begun)
        case = practice.open(
            "missing_education", "absence", begun, last_attended_on=practice.day(begun + 1).isoformat(), absent_from=absent.isoformat()
        )  # fmt: skip
        practice.make(case, "make_first_day_contact", begun, 11)
        practice.make(case, "tell_worker", begun, 12, has_worker="no")
        practice.make(case, "enquire", begun - 2)
        if begun > 9:
            practice.make(case, "refer_to_authority", begun - 8)
            practice.make(case, "record_joint_enquiries", begun - 10)
        if begun == 21:
            practice.make(case, "close_back_at_school", 6)
        else:
            practice.make(case, "child_seen", 1, 15, seen="yes")
        yield case


def _disagreements(practice: Practice) -> Iterator[str]:
    """Disagreements at several steps, and one that was settled."""
    for begun, steps in (
        (1, ()),
        (4, ("raise_stage1",)),
        (8, ("raise_stage1", "open_stage2")),
        (15, ("settle_informally",)),
    ):
        case = practice.open(
            "escalation",
            "disagreement",
            begun,
            situation="3",
            decided_at="nothing decided",
            harm_believed="no",
            out_of_hours="no",
        )
        for place, step in enumerate(steps):
            practice.make(case, step, begun - 1 - 3 * place)
        yield case


def _telephone(practice: Practice) -> Iterator[str]:
    """Referrals by telephone: written in time, written late, decided."""
    for begun, written, decided in ((2, 2, 1), (6, 4, 5), (11, 11, 10), (16, 15, 14)):
        case = practice.open("front_door", "phone", begun)
        practice.make(case, "submit_marf", written, 16)
        practice.make(case, "acknowledge", begun - 1, 11)
        practice.make(case, "record_checks", decided, 12)
        practice.make(case, "decide_advice", decided, 13)
        practice.make(case, "tell_referrer", decided, 14)
        yield case


STORIES = {"conferences": _conferences, "missing": _missing, "early_help": _early_help}
"""Some of the stories, by name, for a tour that needs one of its cases."""
