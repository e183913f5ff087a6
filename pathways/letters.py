"""Letters and minutes: which there are, to whom each goes, and what each reader may be told. Pure.

A letter is made of named fields. `FIELDS` says for every field which readers it is shown to, and to the others why
not; a template is given what its reader may see and nothing else, so that it cannot print what it was not given.
What people typed into a record is looked through besides (`told_in`): an address that must not reach this reader, or
the name of a child whose record is restricted, stops the letter, wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from pathways.conference_ledger import Written, agencies_of, invitees
from pathways.errors import USAGE, Mistyped, PathwayError
from pathways.escalation import CHALLENGERS, RECEIVERS
from pathways.evidence import AGENCIES, EDUCATION, MANAGERS, SOCIAL_WORKERS
from pathways.roles import Role


class Reader(StrEnum):
    """What a recipient is to the case: it decides what a letter may tell them."""

    FAMILY = "family"
    CHILD = "child"
    AGENCY = "agency"
    EMPLOYER = "employer"
    ADULT = "adult"
    COLLEAGUE = "colleague"

    @property
    def label(self) -> str:
        """The reader in words."""
        return {
            "family": "a parent or carer",
            "child": "the child",
            "agency": "an agency",
            "employer": "the employer",
            "adult": "the adult whom it is about",
            "colleague": "a colleague in a disagreement",
        }[self.value]


EVERYBODY = tuple(Reader)
FAMILY, CHILD, AGENCY, EMPLOYER, ADULT, COLLEAGUE = EVERYBODY
CONFERENCE = (FAMILY, CHILD, AGENCY)
GROWN_UPS = (FAMILY, AGENCY)
NOT_FOR_A_CHILD = "a child hears it from somebody whom they know, and not from a letter"
OTHERS = "what is said of one person does not reach another by letter"
CONFERENCE_ONLY = "it belongs to a conference about a child"
ALLEGATION_ONLY = "it belongs to an allegation about an adult"


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a letter may print: what it is, who may read it, and why others may not."""

    says: str
    shown: tuple[Reader, ...] = EVERYBODY
    why: str = ""


FIELDS: dict[str, Field] = {
    # the letter itself
    "authority": Field("the authority that writes"),
    "letter_date": Field("the day it is written"),
    "our_reference": Field("the case's reference"),
    "signed_by": Field("the job title of who writes"),
    "recipient_name": Field("whom it is written to"),
    "recipient_address": Field("the recipient's own address, line by line"),
    # the child
    "child_name": Field("the child's name", CONFERENCE, "a letter outside the family's own case names no child"),
    "child_first_name": Field("the child's first name", CONFERENCE, "a letter outside the family's own case names no child"),
    "child_birth_date": Field("the child's date of birth", GROWN_UPS, "it is for those who have to know which child is meant"),
    "child_initials": Field("the child's initials", (COLLEAGUE,), "it stands for the name where the name is not needed"),
    "child_address": Field("where the child lives", (AGENCY,), "an address never reaches another parent, and nobody needs their own told"),
    "siblings": Field("brothers and sisters at the same conference", GROWN_UPS, "each child has a letter of their own"),
    # never
    "other_parent_name": Field("the other parent's name", (), OTHERS),
    "other_parent_address": Field("the other parent's address", (), "an address never reaches the other parent"),
    "referrer": Field("who referred", (), "who referred is not told in a letter; they may have asked to stay unnamed"),
    # before a conference
    "conference_kind": Field("initial or review conference", CONFERENCE, CONFERENCE_ONLY),
    "conference_day": Field("the day of the conference", CONFERENCE, CONFERENCE_ONLY),
    "conference_where": Field("where and at what time", CONFERENCE, CONFERENCE_ONLY),
    "expected": Field("what is expected of those invited", GROWN_UPS, NOT_FOR_A_CHILD),
    "child_takes_part": Field("how the child may take part", CONFERENCE, CONFERENCE_ONLY),
    "family_invited": Field("who in the family is invited, who is not and why", (AGENCY,), OTHERS),
    "agencies_invited": Field("the agencies that are asked to come", GROWN_UPS, NOT_FOR_A_CHILD),
    "report_due": Field("the day by which a report is asked for", (AGENCY,), "only an agency writes a report"),
    "agenda": Field("the headings of the conference", CONFERENCE, CONFERENCE_ONLY),
    # after a conference
    "held_on": Field("the day it was held", CONFERENCE, CONFERENCE_ONLY),
    "agencies_present": Field("the agencies that came", GROWN_UPS, NOT_FOR_A_CHILD),
    "family_present": Field("who of the family came", GROWN_UPS, NOT_FOR_A_CHILD),
    "apologies": Field("apologies", GROWN_UPS, NOT_FOR_A_CHILD),
    "risks": Field("current risks", GROWN_UPS, NOT_FOR_A_CHILD),
    "safety": Field("safety and protective factors", GROWN_UPS, NOT_FOR_A_CHILD),
    "strengths": Field("family strengths", GROWN_UPS, NOT_FOR_A_CHILD),
    "history": Field("things in the past that complicate", GROWN_UPS, NOT_FOR_A_CHILD),
    "grey_areas": Field("grey areas to explore", GROWN_UPS, NOT_FOR_A_CHILD),
    "child_view": Field(
        "the child's own words", (AGENCY, CHILD), "what a child said reaches a parent by the chair's decision, and not by letter"
    ),
    "child_view_why_none": Field("why the child's views could not be heard", (AGENCY,), OTHERS),
    "protective": Field("the protective factors that the conference sees", GROWN_UPS, NOT_FOR_A_CHILD),
    "what_next": Field("what needs to happen", GROWN_UPS, NOT_FOR_A_CHILD),
    "decision": Field("what the conference decided", CONFERENCE, CONFERENCE_ONLY),
    "category": Field("the category of harm", GROWN_UPS, NOT_FOR_A_CHILD),
    "outline_plan": Field("the outline plan, a row for each action (outcome, what, who, by)", GROWN_UPS, NOT_FOR_A_CHILD),
    "plan_progress": Field("how far the plan before has come, a row for each action (outcome, what, who, by, state)", GROWN_UPS,
                           NOT_FOR_A_CHILD),
    "child_safe": Field("how the child is kept safe", GROWN_UPS, NOT_FOR_A_CHILD),
    "contingency": Field("what happens if the plan does not work", GROWN_UPS, NOT_FOR_A_CHILD),
    "lead": Field("the lead social worker, by team", CONFERENCE, CONFERENCE_ONLY),
    "core_group": Field("who is in the core group", GROWN_UPS, NOT_FOR_A_CHILD),
    "core_group_day": Field("the day of the first core group", GROWN_UPS, NOT_FOR_A_CHILD),
    "review_day": Field("the day of the next review", CONFERENCE, CONFERENCE_ONLY),
    "progress": Field("what has changed since the last conference", GROWN_UPS, NOT_FOR_A_CHILD),
    "changes": Field("what changes in the plan", GROWN_UPS, NOT_FOR_A_CHILD),
    "still_needed": Field("what the child still needs", GROWN_UPS, NOT_FOR_A_CHILD),
    "criterion": Field("why the plan ended", GROWN_UPS, NOT_FOR_A_CHILD),
    "reasons": Field("the reasons for the decision", (FAMILY, AGENCY, EMPLOYER, ADULT), NOT_FOR_A_CHILD),
    "dissent": Field("who disagreed, and why", GROWN_UPS, NOT_FOR_A_CHILD),
    # allegations
    "adult_name": Field("the name of the adult", (EMPLOYER, ADULT), ALLEGATION_ONLY),
    "outcome": Field("the outcome of the allegation", (EMPLOYER, ADULT), ALLEGATION_ONLY),
    "outcome_evidence": Field("on which evidence the outcome rests", (EMPLOYER,), "the evidence is told to the adult by the employer, with support"),
    "support": Field("which support goes on", (EMPLOYER, ADULT), ALLEGATION_ONLY),
    "learning": Field("what is learned", (EMPLOYER,), "it is for the employer"),
    "who_alleged": Field("who made the allegation", (), "who made it is not told in a letter"),
    # disagreements
    "stage": Field("the stage of the disagreement", (COLLEAGUE,), "it is between professionals"),
    "tried": Field("what was tried before", (COLLEAGUE,), "it is between professionals"),
    "agreed": Field("what was agreed", (COLLEAGUE,), "it is between professionals"),
    "decision_changes": Field("whether the decision changes", (COLLEAGUE,), "it is between professionals"),
    # a file that moved
    "pages": Field("how many pages the file has", (AGENCY,), "it is between those who keep the file"),
}  # fmt: skip

AGENDA = (
    "Welcome, who is here, and how the conference works",
    "What the social worker and the agencies have found",
    "What the family says",
    "The child's views",
    "What we are worried about: current risks, and things in the past that complicate",
    "What is working well: safety, protective factors and family strengths",
    "Grey areas to explore",
    "What needs to happen",
    "Is a child protection plan needed, and why",
    "The outline plan, the core group, and the next dates",
)

HEAD = ("authority", "letter_date", "our_reference", "signed_by", "recipient_name", "recipient_address")
_CHILD = ("child_name", "child_first_name", "child_birth_date", "siblings")
_TO_COME = ("conference_kind", "conference_day", "conference_where")
_DECIDED = (
    "held_on", "decision", "category", "outline_plan", "child_safe", "contingency", "lead", "core_group", "core_group_day",
    "review_day", "progress", "plan_progress", "changes", "still_needed", "criterion", "reasons", "dissent",
)  # fmt: skip
CONFERENCE_UNIT = (Role.COORDINATOR, Role.CONFERENCE_CHAIR, Role.CHAIR_MANAGER)
CONFERENCE_STAFF = (*CONFERENCE_UNIT, *SOCIAL_WORKERS, *MANAGERS)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter.

    `needs`: without these fields it is not made. `then`: the move that says it went out, and stops its clock.
    """

    name: str
    title: str
    pathways: tuple[str, ...]
    readers: tuple[Reader, ...]
    who: tuple[Role, ...]
    prints: tuple[str, ...]
    needs: tuple[str, ...] = ()
    then: str = ""

    def given(self, reader: Reader) -> tuple[str, ...]:
        """The fields that a letter of this kind may print for a reader."""
        return tuple(name for name in (*HEAD, *self.prints) if reader in FIELDS[name].shown)


KINDS: dict[str, Kind] = {
    each.name: each
    for each in (
        Kind("invitation", "Invitation to a conference", ("child_protection",), CONFERENCE, CONFERENCE_STAFF,
             (*_CHILD, *_TO_COME, "expected", "child_takes_part", "family_invited", "agencies_invited", "report_due"),
             ("conference_day", "conference_where"), "invite"),
        Kind("report-request", "Request for a report", ("child_protection",), (AGENCY,), CONFERENCE_STAFF,
             (*_CHILD, "child_address", *_TO_COME, "expected", "report_due"), ("conference_day",), "invite"),
        Kind("agenda", "Agenda of a conference", ("child_protection",), CONFERENCE, CONFERENCE_STAFF,
             (*_CHILD, *_TO_COME, "agenda"), ("conference_day",)),
        Kind("decisions", "Decisions of a conference", ("child_protection",), CONFERENCE, CONFERENCE_STAFF,
             (*_CHILD, *_DECIDED), ("held_on", "decision"), "send_decisions"),
        Kind("minutes", "Minutes of a conference", ("child_protection",), GROWN_UPS, CONFERENCE_STAFF,
             (*_CHILD, *_DECIDED, "agencies_present", "family_present", "apologies", "risks", "safety", "strengths", "history",
              "grey_areas", "child_view", "child_view_why_none", "protective", "what_next"), ("held_on", "decision", "risks"), "send_minutes"),
        Kind("lado-outcome", "Outcome of an allegation", ("allegations",), (EMPLOYER, ADULT), (Role.LADO, Role.LADO_MANAGER),
             ("adult_name", "outcome", "outcome_evidence", "reasons", "support", "learning"), ("outcome",)),
        Kind("escalation-raise", "A disagreement raised to the next stage", ("escalation",), (COLLEAGUE,),
             (*CHALLENGERS, *RECEIVERS, Role.COORDINATOR), ("child_initials", "stage", "tried"), ("tried",)),
        Kind("escalation-outcome", "Outcome of a disagreement", ("escalation",), (COLLEAGUE,),
             (*CHALLENGERS, *RECEIVERS, Role.PARTNERSHIP_MANAGER, Role.PARTNERSHIP_LEAD, Role.COORDINATOR),
             ("child_initials", "stage", "agreed", "decision_changes"), ("agreed",), "send_letter"),
        Kind("transfer-receipt", "Receipt for a child's file", (), (AGENCY,), (*EDUCATION, Role.COORDINATOR, Role.RECORDS_OFFICER),
             ("child_name", "child_birth_date", "pages"), ("child_name",)),
    )
}  # fmt: skip
"""Every kind of letter, by the name that is typed. A kind without pathways is for any child's case."""

AFTER: Mapping[str, tuple[str, ...]] = {
    "invite": ("invitation", "report-request"),
    "rebook_conference": ("invitation",),
    **dict.fromkeys(
        (
            "decide_plan", "decide_no_plan", "decide_no_plan_early_help", "decide_no_plan_close", "continue_plan", "end_plan",
            "end_plan_to_child_in_need", "end_plan_to_early_help", "end_plan_for_care",
        ),
        ("decisions",),
    ),
}  # fmt: skip
"""The letters that are to be made once a move is: for whoever makes it, so that none is forgotten."""
EVERYONE, NOBODY = "everyone", "nobody"
TO_COME = ("invitation", "report-request", "agenda")
"""Letters about the conference that is to come; decisions and minutes are about the one that was held."""

STANDING = {
    "employer": EMPLOYER,
    "adult": ADULT,
    "receiver": COLLEAGUE,
    "challenger": COLLEAGUE,
    "partnership": COLLEAGUE,
}
"""Recipients who are nobody of the family and no agency, by the word that is typed."""
RELATED = ("parent", "step_parent", "carer", "grandparent")
"""Relationships by which somebody may be written to as one of the family."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a letter is for: the word that is typed, what they are to the case, who they are where they are a person."""

    word: str
    reader: Reader
    called: str
    person_id: int | None = None
    address: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Secret:
    """Something that must not reach a reader: what it is in words, and how it is written."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that letters of a case could tell, before anybody is chosen to tell it to.

    `values`: by field, text or a list of texts. `where`: of a field that people typed, where it stands.
    """

    values: Mapping[str, Any]
    recipients: tuple[Recipient, ...]
    siblings: tuple[Sibling, ...] = ()
    addresses: tuple[Address, ...] = ()
    hidden_names: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sibling:
    """A child who shares the conference: their name, and who of the family belongs to them."""

    name: str
    belongs_to: frozenset[int]


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives or lived."""

    person_id: int
    lines: str
    postcode: str = ""
    confidential: bool = False


class NotForThem(PathwayError):
    """Nobody of this kind gets this letter, or this case has none. One argument: the sentence."""

    code: ClassVar[int] = USAGE


class NotKnownYet(PathwayError):
    """A letter cannot be written before something is known. Arguments: the letter's title, what is missing, the case."""

    def __str__(self) -> str:
        title, missing, reference = self.args
        return (
            f"This letter ({title.lower()}) is not made before this is on the record: {'; '.join(missing)}. "
            f"Nothing was made. See what comes first: pathways next {reference}"
        )


class WouldReach(PathwayError):
    """A letter would tell somebody what must not reach them. Arguments: what it is, where it stands."""

    def __str__(self) -> str:
        what, where = self.args
        return (
            f"This letter would carry {what}, which must not reach this recipient. It stands in {where}. "
            "Nothing was made. Put the record right first: pathways undo"
        )


class NotAllCanBeMade(PathwayError):
    """Of the letters for everyone some cannot be made, so none was. One argument: recipient and why, for each."""

    def __str__(self) -> str:
        said = " ".join(
            f"For {word}: {str(why).split(' Nothing was made.')[0]}" for word, why in self.args[0]
        )
        leave = " ".join(f"--without {word}" for word, _ in self.args[0])
        return f"No letter was made. {said} To make the others now: {leave}"


# --- who gets what ---------------------------------------------------------------------------------------


def kind_of(name: str, pathway_name: str) -> Kind:
    """The kind of letter that was typed, for a case on this pathway.

    Raises:
        Mistyped: there is none of that name.
        NotForThem: not on this pathway.
    """
    kind = KINDS.get(name.strip().lower().replace("_", "-"))
    if kind is None:
        raise Mistyped(f"There is no such letter. There are: {', '.join(KINDS)}.")
    if pathway_name not in kind.pathways and (kind.pathways or pathway_name == "allegations"):
        here = [each.name for each in KINDS.values() if pathway_name in each.pathways]
        raise NotForThem(
            f"No {kind.name} is sent on this pathway. Letters here: {', '.join(here) or 'none but transfer-receipt'}."
        )
    return kind


def recipient_of(kind: Kind, word: str, there: Iterable[Recipient]) -> Recipient:
    """The recipient that was typed.

    Raises:
        NotForThem: there is none, or this letter is not for them.
    """
    fit = [each for each in there if each.reader in kind.readers]
    asked = word.strip().lower().replace("_", "-").replace(" ", "-")
    found = [each for each in fit if each.word == asked] or [
        each for each in fit if re.fullmatch(rf"{re.escape(asked)}-[0-9]+", each.word)
    ]
    if len(found) == 1:
        return found[0]
    people = [each.word for each in fit if each.word not in _AGENCY_WORDS]
    listed = ", ".join(
        [*people, *(["an agency, as school or health-visiting"] if AGENCY in kind.readers else [])]
    )
    why = "There are several" if found else f"No {kind.name} goes to that recipient"
    raise NotForThem(f"{why}. Write to: {listed or 'nobody who is on the record yet'}.")


def everyone(
    kind: Kind,
    there: Iterable[Recipient],
    written: Sequence[Written],
    without: Sequence[str],
    reference: str,
) -> list[Recipient]:
    """Everybody to whom a letter of this kind goes: the family and the child on the record, the agencies on the list.

    Args:
        kind: the kind of letter.
        there: everybody to whom one could be written.
        written: what was written down for the conference that the letter is about.
        without: recipients who are left out, by their word; `nobody` says that none is.
        reference: the case.

    Raises:
        Mistyped: somebody is left out who is none of them, or nobody is left.
        NotForThem: it goes to one at a time; nobody was asked yet; or somebody of the family is not invited, and nobody
            has said yet who of these recipients that is.
    """
    if not kind.pathways:
        raise NotForThem(f"A {kind.name} goes to one recipient at a time: --to WORD")
    without = [each.strip().lower().replace("_", "-").replace(" ", "-") for each in without]
    there = tuple(there)
    fit = [each for each in there if each.reader in kind.readers]
    if kind.pathways == ("child_protection",):
        named = _agencies_for(kind, written)
        fit = [each for each in fit if each.reader is not AGENCY or each.word.replace("-", " ") in named]
        if AGENCY in kind.readers and kind.readers == (AGENCY,) and not fit:
            raise NotForThem(f"No agency has been asked yet. First: pathways do {reference} invite")
        fit = _but_for_those_kept_away(kind, fit, written, without)
    left_out = set(without) - {NOBODY}
    unknown = next(iter(sorted(left_out - {each.word for each in fit})), None)
    if unknown is not None and unknown not in {each.word for each in there}:
        raise Mistyped(
            f"Nobody here is called {unknown[:40]}. There are: {', '.join(each.word for each in fit)}."
        )
    found = [each for each in fit if each.word not in left_out]
    if not found:
        raise Mistyped("Nobody is left to write to.")
    return found


def _agencies_for(kind: Kind, written: Sequence[Written]) -> set[str]:
    """The agencies to which a letter goes: those asked for a report, or everybody who was asked, came or is on the list."""
    if kind.name == "report-request":
        return {
            agency for each in written if each.trigger == "invite" for agency in each.body.get("agencies", ())
        }
    return set(agencies_of(written))


def _but_for_those_kept_away(
    kind: Kind, fit: list[Recipient], written: Sequence[Written], without: Sequence[str]
) -> list[Recipient]:
    """Leave out whoever of the family is not invited, by their word on the list; else ask who of these that is."""
    if FAMILY not in kind.readers:
        return fit
    away = [each for each in invitees(written) if each.part in ("family", "child") and not each.invited]
    words = {each.word for each in fit}
    called = {" ".join(each.who.lower().split()).replace(" ", "-") for each in away}
    family = {each.word for each in fit if each.reader is not AGENCY}
    if called - words and not (family | {NOBODY}) & set(without):
        who = ", ".join(each.who for each in away)
        listed = ", ".join(each.word for each in fit if each.word in family)
        raise NotForThem(
            f"Of the family this is not for all: on the list stands as not invited: {who}. Say which of these is left out "
            f"({listed}): --without WORD, or --without {NOBODY} where all get it."
        )
    return [each for each in fit if each.word not in called or NOBODY in without]


AGENCY_RECIPIENTS = tuple(
    Recipient(each.replace(" ", "-"), AGENCY, each[:1].upper() + each[1:]) for each in AGENCIES
)
_AGENCY_WORDS = frozenset(each.word for each in AGENCY_RECIPIENTS)


def context(kind: Kind, reader: Recipient, known: Known, reference: str) -> dict[str, Any]:
    """What a template is given for one recipient: every field that they may see, and no other.

    Raises:
        NotKnownYet: something that the letter needs is not known.
        WouldReach: what people typed would carry what must not reach this recipient.
    """
    given = {name: known.values.get(name, "") for name in kind.given(reader.reader)}
    if "siblings" in given:
        given["siblings"] = [each.name for each in known.siblings if _may_hear_of(reader, each)]
    given["recipient_name"], given["recipient_address"] = reader.called, list(reader.address)
    missing = [FIELDS[name].says for name in kind.needs if name in given and not given[name]]
    if missing:
        raise NotKnownYet(kind.title, missing, reference)
    secrets = secrets_from(reader, known)
    for name, value in given.items():
        if name != "recipient_address":
            told_in(_lines(value), secrets, known.where.get(name, FIELDS[name].says))
    return given


def _may_hear_of(reader: Recipient, sibling: Sibling) -> bool:
    """An agency hears of all who share the conference; one of the family of the children who are theirs."""
    return reader.reader is AGENCY or reader.person_id in sibling.belongs_to


class Rows(tuple[Mapping[str, str], ...]):
    """Rows of a table in a letter; a template that prints them as they are prints a sentence for each."""

    __slots__ = ()

    def __str__(self) -> str:
        return " ".join(f"{', '.join(filter(None, map(str, row.values())))}." for row in self)


def _lines(value: Any) -> Iterator[str]:
    for each in [value] if isinstance(value, str) else value:
        if isinstance(each, str):
            yield each
        else:
            yield from map(str, each.values())


def secrets_from(reader: Recipient, known: Known) -> list[Secret]:
    """What must not reach a recipient: addresses that are not theirs to know, names of children who are restricted.

    An agency may know an address that is not confidential; one of the family knows only their own.
    """
    own = " ".join(map(_plain, reader.address))
    found = [Secret("the name of a child whose record is restricted", each) for each in known.hidden_names]
    for each in sorted(known.addresses, key=lambda one: not one.confidential):
        if each.person_id == reader.person_id or not (each.confidential or reader.reader is not AGENCY):
            continue
        what = "a confidential address" if each.confidential else "somebody else's address"
        written = [each.postcode, *_first_line(each.lines)]
        found += [Secret(what, text) for text in written if text and not _holds(own, text)]
    return found


def is_told_to_all(address: Address, addresses: Iterable[Address]) -> bool:
    """Whether an address is nobody's confidential one: where two live together, the one who is careful decides."""
    written = _plain(f"{address.lines} {address.postcode}")
    return not any(
        _holds(written, text)
        for each in addresses
        if each.confidential
        for text in (each.postcode, *_first_line(each.lines))
    )


def _first_line(lines: str) -> list[str]:
    """The part of an address that says which house: as much of it as is enough to find it."""
    parts = [part.strip() for part in re.split(r"[,\n;]", lines) if part.strip()]
    enough = next((place for place, part in enumerate(parts) if len(_plain(part).split()) > 1), None)
    return [] if enough is None else [parts[enough]]


def _plain(text: str) -> str:
    """Lower-case words parted by one space; what is no letter and no digit does not count."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _holds(plain: str, text: str) -> bool:
    wanted = _plain(text)
    if not wanted:
        return False
    return f" {wanted} " in f" {plain} " or (
        _is_postcode(text) and wanted.replace(" ", "") in plain.replace(" ", "")
    )


def _is_postcode(text: str) -> bool:
    return re.fullmatch(r"[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}", text.strip().upper()) is not None


def told_in(lines: Iterable[str], secrets: Iterable[Secret], where: str) -> None:
    """Look through text for what must not reach its reader.

    Raises:
        WouldReach: it is there.
    """
    text = _plain(" ".join(lines))
    for each in secrets:
        if _holds(text, each.text):
            raise WouldReach(each.what, where)


def refused_names(kind: Kind, readers: Iterable[Reader], used: Iterable[str]) -> list[str]:
    """Why a template that prints these names cannot be used for these readers: a sentence for each name."""
    found = []
    for name in sorted(set(used)):
        here = FIELDS.get(name)
        if here is None or (name not in (*HEAD, *kind.prints) and here.shown):
            if here is None:
                found.append(f"It prints {name}, which is no name that a letter knows.")
            else:
                found.append(f"It prints {name} ({here.says}), which does not belong to this letter.")
            continue
        kept_from = [each for each in readers if each not in here.shown]
        if kept_from:
            whom = " or ".join(each.label for each in kept_from)
            found.append(f"It prints {name} ({here.says}), which {whom} may not be told: {here.why}.")
    return found
