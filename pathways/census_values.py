"""From the elements of a census record to a child: how each value is read, and why one was not used.

The tables further down say what each element becomes and in which order elements come. A block (an
assessment, an enquiry, a plan) without a usable start is not used: no clock could run on it. An episode
without a usable date of referral is kept, because a plan may be running in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar

from pathways import census_codes
from pathways.census_checks import (
    NOT_USED,
    QUERY,
    Assessment,
    Child,
    CinPlan,
    CpPlan,
    Episode,
    Extension,
    Kind,
    Period,
    Place,
    Section47,
    check,
)
from pathways.errors import Mistyped

FIRST_YEAR, LAST_YEAR = 2021, 2027
SHOWN = 200

T = TypeVar("T")


class CensusRefused(Mistyped):
    """The file as a whole cannot be read. One argument: the sentence."""


class NotACensus(CensusRefused):
    """The file is XML, and not a children in need census that can be read."""


@dataclass(slots=True)
class Header:
    """Who made the return, when, and the year it covers.

    `year` is the year the return ends in, taken from the reference date. `made_at` is as sent: it has a time
    zone only if the file gave one.
    """

    year: int
    reference_date: date
    lea: str = ""
    software: str = ""
    release: str = ""
    serial: str = ""
    made_at: datetime | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Unused:
    """One thing in the file that was not used, or was used and should be looked at ("query").

    `child` is the identifier sent, "child 3" for the third child if it has none, "" outside the children.
    `rule` is the census's own code, "" where the rule is ours.
    """

    child: str
    line: int
    element: str
    value: str
    reason: str
    rule: str
    kind: Kind


class Node:
    """An element of the section being read: what it says and where."""

    __slots__ = ("kids", "line", "tag", "text")

    def __init__(self, tag: str, line: int, text: str = "") -> None:
        self.tag, self.line, self.text = tag, line, text
        self.kids: list[Node] = []


class _Bad(Exception):
    """A value that cannot be used: the sentence, the census's code, and the value to use all the same."""

    def __init__(self, reason: str, rule: str = "", instead: Any = None) -> None:
        super().__init__(reason, rule, instead)
        self.reason, self.rule, self.instead = reason, rule, instead


@lru_cache(maxsize=8192)
def _iso(text: str) -> date | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _date(text: str, _year: int, earliest: int = 2000) -> date:
    day = _iso(text)
    if day is None:
        raise _Bad("This is not a date written YYYY-MM-DD.")
    if not earliest <= day.year <= 2100:
        raise _Bad(f"The date is not between {earliest} and 2100.")
    return day


_birth = partial(_date, earliest=1900)


def _flag(text: str, _year: int, rule: str = "") -> bool:
    known = {"0": False, "1": True, "false": False, "true": True}.get(text.lower())
    if known is None:
        raise _Bad("This is neither 0 nor 1.", rule)
    return known


def _count(text: str, _year: int) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > 100:
        raise _Bad("This is not a number from 0 to 100.", "8730")
    return int(text)


def _code(text: str, year: int, codeset: str, rule: str) -> str:
    if census_codes.allowed(codeset, text, year):
        return text
    if census_codes.allowed(codeset, text.upper(), year):
        raise _Bad("The code was written in small letters; it was used all the same.", rule, text.upper())
    if text in census_codes.CODES[codeset]:
        raise _Bad(f"The code is not in use in the return for {year}.", rule)
    raise _Bad("There is no such code.", rule)


def _coded(codeset: str, rule: str) -> Callable[[str, int], str]:
    return partial(_code, codeset=codeset, rule=rule)


_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def _upn(text: str, _year: int, former: bool = False) -> str:
    if not re.fullmatch(r"[A-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]", text):
        rule = "1560Q" if former else "1550" if re.fullmatch(r"[A-Z][0-9]{11}.", text) else "1540"
        raise _Bad(
            "A pupil number is a letter, eleven digits, and a digit or a letter other than I, O and S.", rule
        )
    last = int(text[12]) if text[12].isdigit() else _CHECK_LETTERS.index(text[12])
    total = sum(int(digit) * place for place, digit in enumerate(text[1:12], 2)) + 13 * last
    if _CHECK_LETTERS[total % 23] != text[0]:
        raise _Bad("The pupil number's first letter does not fit the rest.", "1560Q" if former else "1510")
    return text


def _sex(text: str, year: int, codeset: str) -> str:
    meant = {"M": "M", "F": "F", "U": "U", "1": "M", "2": "F", "0": "U", "9": "U"}.get(text.upper())
    if meant is None:
        raise _Bad("There is no such code for sex.", "4180")
    if text not in census_codes.CODES[codeset]:
        raise _Bad("This is not the code the return uses for sex; it was understood.", "4180", meant)
    return meant


def _identifier(text: str, _year: int) -> str:
    if len(text) > 40 or any(unicodedata.category(c)[0] in "CZ" for c in text):
        raise _Bad(
            "The identifier is longer than 40 characters or holds spaces or unseen characters.", "8500"
        )
    return text


class _Tag(NamedTuple):
    """What an element becomes: the field, how its text is read, and the element repeated inside or of itself."""

    at: int
    field: str
    parse: Callable[[str, int], Any] | None = None
    inner: str = ""
    many: bool = False
    rule: str = ""


def _tags(*rows: tuple[Any, ...]) -> dict[str, _Tag]:
    return {row[0]: _Tag(at, *row[1:]) for at, row in enumerate(rows)}


_CHILD = _tags(
    ("ChildIdentifiers", "identifiers"),
    ("ChildCharacteristics", "characteristics"),
    ("CINdetails", "episodes", None, "", True),
)
_IDENTIFIERS = _tags(
    ("LAchildID", "la_child_id", _identifier),
    ("UPN", "upn", _upn),
    ("FormerUPN", "former_upn", partial(_upn, former=True)),
    ("UPNunknown", "upn_unknown", _coded("UPNunknown", "8772")),
    ("PersonBirthDate", "birth_date", _birth),
    ("ExpectedPersonBirthDate", "expected_birth_date", _date),
    ("Sex", "sex", partial(_sex, codeset="Sex")),
    ("PersonDeathDate", "death_date", _date),
)
_IDENTIFIERS["GenderCurrent"] = _Tag(_IDENTIFIERS["Sex"].at, "sex", partial(_sex, codeset="GenderCurrent"))
_CHARACTERISTICS = _tags(
    ("Ethnicity", "ethnicity", _coded("Ethnicity", "4220")),
    ("Disabilities", "disabilities", _coded("Disability", "8540"), "Disability"),
)
_EPISODE = _tags(
    ("CINreferralDate", "referral_date", _date),
    ("ReferralSource", "referral_source", _coded("ReferralSource", "8866")),
    ("PrimaryNeedCode", "primary_need", _coded("PrimaryNeedCode", "8650")),
    ("CINclosureDate", "closure_date", _date),
    ("ReasonForClosure", "closure_reason", _coded("ReasonForClosure", "8640")),
    ("DateOfInitialCPC", "initial_cpc_date", _date),
    ("Assessments", "assessments", None, "", True),
    ("CINPlanDates", "cin_plans", None, "", True),
    ("Section47", "section_47s", None, "", True),
    ("ReferralNFA", "referral_nfa", partial(_flag, rule="8568")),
    ("ChildProtectionPlans", "cp_plans", None, "", True),
    ("PreProceedingsandFGDM", "extensions", None, "", True),
)
_ASSESSMENT = _tags(
    ("AssessmentActualStartDate", "start", _date),
    ("AssessmentInternalReviewDate", "internal_review", _date),
    ("AssessmentAuthorisationDate", "authorised", _date),
    ("FactorsIdentifiedAtAssessment", "factors", _coded("AssessmentFactors", "8614"), "AssessmentFactors"),
)
_CIN_PLAN = _tags(("CINPlanStartDate", "start", _date), ("CINPlanEndDate", "end", _date))
_SECTION_47 = _tags(
    ("S47ActualStartDate", "start", _date),
    ("InitialCPCtarget", "icpc_target", _date),
    ("DateOfInitialCPC", "icpc_date", _date),
    ("ICPCnotRequired", "icpc_not_required", _flag),
)
_CP_PLAN = _tags(
    ("CPPstartDate", "start", _date),
    ("CPPendDate", "end", _date),
    ("InitialCategoryOfAbuse", "initial_category", _coded("CategoryOfAbuse", "8905")),
    ("LatestCategoryOfAbuse", "latest_category", _coded("CategoryOfAbuse", "8910")),
    ("NumberOfPreviousCPP", "previous_plans", _count),
    ("Reviews", "reviews", _date, "CPPreviewDate", False, "8842Q"),
)
_SPECS: dict[type, dict[str, _Tag]] = {
    Child: {**_IDENTIFIERS, **_CHARACTERISTICS, "CINdetails": _CHILD["CINdetails"]},
    Episode: _EPISODE,
    Assessment: _ASSESSMENT,
    CinPlan: _CIN_PLAN,
    Section47: _SECTION_47,
    CpPlan: _CP_PLAN,
}
_ELEMENTS = {
    (kind, tag.field): [name for name, other in spec.items() if other.field == tag.field]
    for kind, spec in _SPECS.items()
    for tag in spec.values()
}
_NUMBERED = {name for spec in _SPECS.values() for name, tag in spec.items() if tag.many} | {
    tag.inner for spec in _SPECS.values() for tag in spec.values() if tag.inner
}


def outside(node: Node, place: str, reason: str) -> Unused:
    """What is said about an element, or a text, that lies outside the children."""
    element, value = node.tag[:SHOWN] or place, node.text.strip()[:SHOWN]
    return Unused("", node.line, element, value, reason, "", NOT_USED)


def read_header(node: Node) -> tuple[Header, list[Unused]]:
    """The header, and what is wrong with it.

    Raises:
        NotACensus: another return, or one without a reference date that can be used.
    """
    found: dict[str, Node] = {}
    waiting = [node]
    while waiting:
        for kid in waiting.pop().kids:
            found.setdefault(kid.tag, kid)
            waiting.append(kid)

    def said(tag: str) -> str:
        return unicodedata.normalize("NFC", found[tag].text.strip())[:SHOWN] if tag in found else ""

    if said("Collection").upper() != "CIN":
        raise NotACensus("The file is a return of another kind: its Collection is not CIN.")
    day = _iso(said("ReferenceDate"))
    if day is None:
        raise NotACensus(
            "The file has no usable ReferenceDate, so its year is not known. Ask for a correct header."
        )
    year = day.year + ((day.month, day.day) > (3, 31))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotACensus(
            f"The return's reference date is {day}. Returns for the years ending {FIRST_YEAR} to {LAST_YEAR} are read."
        )
    made: datetime | None = None
    wrong: list[tuple[str, str, str, Kind]] = []
    try:
        made = datetime.fromisoformat(said("DateTime")) if said("DateTime") else None
    except ValueError:
        wrong.append(("DateTime", "This is not a date and a time.", "", NOT_USED))
    if said("Year") != str(year):
        wrong.append(("Year", f"The year does not fit the reference date, so {year} was used.", "100", QUERY))
    if (day.month, day.day) != (3, 31):
        wrong.append(("ReferenceDate", "The reference date of a return is 31 March.", "100", QUERY))
    lea = said("LEA")
    if not re.fullmatch(r"[0-9]{3}", lea):
        lea = ""
        wrong.append(("LEA", "This is not the three-digit number of an authority.", "", NOT_USED))
    unused = [
        Unused("", found.get(tag, node).line, f"Header/{tag}", said(tag), reason, rule, kind)
        for tag, reason, rule, kind in wrong
    ]
    header = Header(year, day, lea, said("SoftwareCode"), said("Release"), said("SerialNo"), made, node.line)
    return header, unused


class Reader:
    """Makes children of one file's elements; remembers eight bytes of each identifier it has met."""

    def __init__(self, header: Header) -> None:
        reference = header.reference_date
        self.period = Period(header.year, date(header.year - 1, 4, 1), reference)
        self.year, self.seen, self.count = header.year, set[bytes](), 0
        self.notes: list[tuple[Node, str, str, str, Kind]] = []
        self.nodes: dict[int, list[Node]] = {}
        self.entries: dict[int, dict[str, list[Node]]] = {}

    def child(self, node: Node) -> tuple[Child | None, list[Unused]]:
        """One child, or `None` where there is no identifier to know it by, and what was not used."""
        self.count += 1
        self.notes, self.nodes, self.entries = [], {}, {}
        name = f"child {self.count}"
        values, groups = self._fields(node, _CHILD)
        identifiers = groups.get("identifiers", [Node("ChildIdentifiers", node.line)])[0]
        who, _ = self._fields(identifiers, _IDENTIFIERS)
        characteristics = groups.get("characteristics", [Node("ChildCharacteristics", node.line)])[0]
        values, _ = self._fields(characteristics, _CHARACTERISTICS)
        child: Child | None = None
        if "la_child_id" in who:
            name = who["la_child_id"]
            child = Child(**who, **values, line=node.line)
            child.sex_as_sent = next(
                (k.text.strip()[:SHOWN] for k in identifiers.kids if k.tag in ("Sex", "GenderCurrent")), ""
            )
            self._again(name, identifiers)
            self.nodes[id(child)] = [identifiers, characteristics, node]
            child.episodes = [e for e in map(self._episode, groups.get("episodes", [])) if e is not None]
            for rule, place in check(child, self.period):
                self._broken(rule.says, rule.code, rule.kind, place)
        else:
            self._note(
                identifiers,
                "The child has no usable identifier, so nothing of the record was used.",
                "8500",
                tag="LAchildID",
            )
        if not self.notes:
            return child, []
        paths = _paths(node)
        return child, [
            Unused(
                name,
                at.line,
                _path(paths, at, tag),
                "" if tag else at.text.strip()[:SHOWN],
                reason,
                rule,
                kind,
            )
            for at, tag, reason, rule, kind in self.notes
        ]

    def _note(self, node: Node, reason: str, rule: str, kind: Kind = NOT_USED, tag: str = "") -> None:
        self.notes.append((node, tag, reason, rule, kind))

    def _again(self, name: str, node: Node) -> None:
        mark = blake2b(name.encode(), digest_size=8).digest()
        if mark in self.seen:
            self._note(node, "This identifier has been sent before in this file.", "8510", QUERY, "LAchildID")
        self.seen.add(mark)

    def _broken(self, says: str, code: str, kind: Kind, place: Place) -> None:
        """Note where a rule was broken: at the value as sent, or at the block it is missing from."""
        item, name, *entry = place
        nodes = self.nodes[id(item)]
        if not name:
            self._note(nodes[0], says, code, kind)
            return
        names = _ELEMENTS[type(item), name]
        for node in nodes:
            for kid in node.kids:
                if kid.tag in names:
                    self._note(self._entry(kid, str(entry[0])) if entry else kid, says, code, kind)
                    return
        home = nodes[1] if names[0] in _CHARACTERISTICS else nodes[-1] if name == "episodes" else nodes[0]
        self._note(home, says, code, kind, names[0])

    def _entry(self, group: Node, value: str) -> Node:
        """Where an entry of a list was sent: of several alike the last one first, for the first is kept."""
        if id(group) not in self.entries:
            index = self.entries[id(group)] = {}
            for kid in group.kids:
                index.setdefault(kid.text.strip().upper(), []).append(kid)
        alike = self.entries[id(group)].get(value, [group])
        return alike.pop() if len(alike) > 1 else alike[0]

    def _fields(self, node: Node, spec: dict[str, _Tag]) -> tuple[dict[str, Any], dict[str, list[Node]]]:
        """The values of a block by field, and the blocks inside it."""
        values: dict[str, Any] = {}
        groups: dict[str, list[Node]] = {}
        last, ordered = -1, True
        text = node.text
        if text and not text.isspace():
            self._note(node, "Text between elements.", "")
        for kid in node.kids:
            tag = spec.get(kid.tag)
            if tag is None:
                says = "Attributes are not read." if kid.tag[0] == "@" else "There is no such element here."
                self._note(kid, says, "")
                continue
            if tag.at < last and ordered:
                ordered = False
                self._note(kid, "The elements are not in the order the return lays down.", "", QUERY)
            last = max(last, tag.at)
            name = tag.field
            if tag.many:
                groups.setdefault(name, []).append(kid)
            elif name in values or name in groups:
                self._note(kid, "This may be sent once only; the first was kept.", "")
            elif tag.inner:
                values[name] = list(self._entries(kid, tag))
            elif tag.parse is None:
                groups[name] = [kid]
            else:
                value = self._value(kid, tag.parse)
                if value is not None:
                    values[name] = value
        return values, groups

    def _entries(self, node: Node, tag: _Tag) -> Iterator[Any]:
        assert tag.parse is not None
        if node.text and not node.text.isspace():
            self._note(node, "Text between elements.", "")
        if not node.kids:
            self._note(node, "The element is empty.", tag.rule, QUERY)
        for kid in node.kids:
            if kid.tag != tag.inner:
                self._note(kid, "There is no such element here.", "")
            elif (value := self._value(kid, tag.parse)) is not None:
                yield value

    def _value(self, node: Node, parse: Callable[[str, int], Any]) -> Any:
        """The value of an element, or `None` with a note of the reason."""
        for kid in node.kids:
            self._note(kid, "There is no such element here.", "")
        text = node.text.strip()
        if not text:
            self._note(node, "The element is empty.", "")
            return None
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        try:
            return parse(text, self.year)
        except _Bad as bad:
            self._note(node, bad.reason, bad.rule, NOT_USED if bad.instead is None else QUERY)
            return bad.instead

    def _block(self, node: Node, kind: Callable[..., T]) -> T | None:
        spec = _SPECS[kind]  # type: ignore[index]
        values, _ = self._fields(node, spec)
        if "start" not in values:
            self._note(node, "Without a usable start this was not used.", "8720" if spec is _CP_PLAN else "")
            return None
        made = kind(**values)
        self.nodes[id(made)] = [node]
        return made

    def _blocks(self, nodes: list[Node] | None, kind: Callable[..., T]) -> list[T]:
        return [made for node in nodes or () if (made := self._block(node, kind)) is not None]

    def _episode(self, node: Node) -> Episode | None:
        values, groups = self._fields(node, _EPISODE)
        if "referral_nfa" not in values:
            self._note(
                node,
                "It is not said whether the referral ended in no further action.",
                "8568",
                QUERY,
                "ReferralNFA",
            )
        e = Episode(
            **values,
            assessments=self._blocks(groups.get("assessments"), Assessment),
            cin_plans=self._blocks(groups.get("cin_plans"), CinPlan),
            section_47s=self._blocks(groups.get("section_47s"), Section47),
            cp_plans=self._blocks(groups.get("cp_plans"), CpPlan),
            extensions=[_opaque(block) for block in groups.get("extensions", [])],
        )
        for plan in e.cp_plans:
            plan.reviews.sort()
        held = (
            e.referral_date,
            e.closure_date,
            e.initial_cpc_date,
            e.assessments,
            e.cin_plans,
            e.section_47s,
        )
        if not any(held) and not e.cp_plans and not e.extensions:
            self._note(node, "Nothing in this referral can be used.", "8600")
            return None
        self.nodes[id(e)] = [node]
        return e


def _opaque(node: Node) -> Extension:
    return node.tag, tuple(
        (kid.tag, unicodedata.normalize("NFC", kid.text.strip())[:2_000]) for kid in node.kids
    )


def _paths(root: Node) -> dict[int, str]:
    """Where each element of a record lies, as CINdetails[2]/Assessments[1]/AssessmentAuthorisationDate."""
    paths = {id(root): ""}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        inside = paths[id(node)] + "/" if paths[id(node)] else ""
        met: dict[str, int] = {}
        for kid in node.kids:
            met[kid.tag] = met.get(kid.tag, 0) + 1
            number = f"[{met[kid.tag]}]" if kid.tag in _NUMBERED else ""
            paths[id(kid)] = f"{inside}{kid.tag[:SHOWN]}{number}"[-4 * SHOWN :]
            waiting.append(kid)
    return paths


def _path(paths: dict[int, str], node: Node, tag: str) -> str:
    return "/".join(part for part in (paths.get(id(node), node.tag), tag) if part) or node.tag
