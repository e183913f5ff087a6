"""Safeguarding supervision: who is supervised, what a session goes through, when the next is due, who signs. Pure.

From the Sefton schools safeguarding handbook, version 8 (September 2017): supervision statement, checklist and form. A
session is one-to-one, with a group, or unplanned. Only a one-to-one moves the next date on: a group adds to it, and
so does a talk in between. Supervision is kept apart from managing performance, and from the child's file: what was
said about a case goes on that case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from pathways.clocks import Rules
from pathways.days import Replay, replay
from pathways.errors import REFUSED, PathwayError
from pathways.moments import local_day
from pathways.roles import Role
from pathways.rulebook import NoEdition, NotYetInForce, UnknownRule

SCHOOL, SOCIAL_CARE = "school", "social_care"
KINDS = {SCHOOL: "a school or setting", SOCIAL_CARE: "social care"}
ONE_TO_ONE, GROUP, UNPLANNED = "one_to_one", "group", "unplanned"
FORMS = {ONE_TO_ONE: "one-to-one", GROUP: "in a group", UNPLANNED: "unplanned, in between"}
TARGETS = {SCHOOL: "sup.school", SOCIAL_CARE: "sup.social_work"}
"""The rule by which the next session is aimed at."""
LAST_DAYS = {SCHOOL: "sup.school_max", SOCIAL_CARE: "sup.social_work"}
"""The rule by which it is late: half a term is six weeks. Social care has the one figure, which is our own."""
TEAM_MEETING = "sup.team_meeting"
LEADS = frozenset((Role.DSL, Role.DEPUTY_DSL))
FALLS_DUE = {SCHOOL: LEADS, SOCIAL_CARE: frozenset((Role.SOCIAL_WORKER, Role.LCPP))}
"""Whose supervision falls due; anybody else may have it too."""
HEADS = {
    SCHOOL: frozenset((Role.HEADTEACHER, Role.PRINCIPAL)),
    SOCIAL_CARE: frozenset((Role.SERVICE_MANAGER, Role.SENIOR_OFFICER)),
}
"""Who reads every session of their school or teams, and signs where somebody is not there to."""
SUPERVISING = frozenset(
    (
        Role.SUPERVISOR, Role.HEADTEACHER, Role.PRINCIPAL, Role.DSL, Role.PRACTICE_SUPERVISOR, Role.LINE_MANAGER,
        Role.TEAM_LEADER, Role.FRONT_DOOR_MANAGER, Role.CHAIR_MANAGER, Role.SERVICE_MANAGER, Role.SENIOR_OFFICER,
    )
)  # fmt: skip
YES, NO, NONE = "yes", "no", "none"
ANSWERS = (YES, NO, NONE)
"""What is answered to a question of the checklist; none: it does not apply."""
DONE, CARRIED, DROPPED = "done", "carried", "dropped"
OUTCOMES = {DONE: "done", CARRIED: "carried on to next time", DROPPED: "dropped"}
SUPERVISOR, PRACTITIONER, HEAD = "supervisor", "practitioner", "head"
CAPACITIES = {SUPERVISOR: "supervisor", PRACTITIONER: "the one supervised", HEAD: "head"}
HELD, ACTIONS_OPEN, CLOSED = "held", "actions_open", "closed"
STATES = {HELD: "to be signed", ACTIONS_OPEN: "actions open", CLOSED: "closed"}


@dataclass(frozen=True, slots=True)
class Topic:
    """A part of the agenda: its name in the form, and what is asked. `needed`: a session leaves it out only if unplanned."""

    name: str
    asks: str
    needed: bool = True


AGENDA = (
    Topic("workload", "Workload, and how you are"),
    Topic("reflection", "Looking back on the work with cases: what was felt, thought, decided"),
    Topic("standards", "Practice standards: what is done well, what is to be better"),
    Topic("learning", "Learning from reviews, audits and the partnership"),
    Topic("development", "Development and training"),
    Topic("other", "Anything else", needed=False),
)
"""The agenda. Its sixth point, actions, is the list of them."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the checklist. `proved`: the session itself answers it, so nobody is asked."""

    number: int
    asks: str
    proved: bool = False


_ALL_CASES, _EARLY_HELP, _WATCHED, _DONE = 4, 5, 6, 8
CHECKLIST = (
    Question(1, "Was the session in the diary, and the place safe to talk in?"),
    Question(2, "Is there one-to-one supervision as well as a group?"),
    Question(3, "Does everybody who takes safeguarding decisions have supervision?"),
    Question(_ALL_CASES, "Were all children with a social care case discussed?", proved=True),
    Question(_EARLY_HELP, "Were all early help cases discussed?", proved=True),
    Question(_WATCHED, "Were all other children who are being watched discussed?", proved=True),
    Question(7, "Was the worker's well-being talked about?"),
    Question(_DONE, "Were the actions of last time done, and on time?", proved=True),
    Question(9, "Were changes in children's needs looked at?"),
    Question(10, "Are the records up to standard?"),
    Question(11, "Is there a referral form for every referral?"),
    Question(12, "Is there consent, or were parents told, or is it written why not?"),
    Question(13, "Were meetings attended, and information shared?"),
    Question(14, "Was the child heard?"),
    Question(
        15, "Does the team around the school meet each half term, with nurse, welfare officer and police?"
    ),
    Question(16, "Are training needs known?"),
    Question(17, "Can the workload be managed?"),
    Question(18, "Are there rolling notes from one session to the next?"),
)
"""The handbook's eighteen questions. Its form gives the one about last time's actions two numbers: done, and on time."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """An action: what, by whom (a login), by which day."""

    what: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What became of an action of an earlier session: done (on which day), carried on, or dropped (why)."""

    outcome: str
    on: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action that an earlier session agreed on and that is not done: its number and its day."""

    number: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Session:
    """What was gone through in a session, as it is told.

    `discussed` is what was said of each case, by reference; `reviewed` what became of earlier actions, by number.
    `none_agreed` says why a session ends without any action. `checklist` is an answer and a remark by number.
    """

    form: str
    held_on: date
    agenda: Mapping[str, str]
    checklist: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    discussed: Mapping[str, str] = field(default_factory=dict)
    reviewed: Mapping[int, Reviewed] = field(default_factory=dict)
    agreed: tuple[Agreed, ...] = ()
    none_agreed: str = ""


class NotComplete(PathwayError):
    """A session cannot be put on the record as it stands. One argument: what is missing, each a sentence's end."""

    code: ClassVar[int] = REFUSED

    def __str__(self) -> str:
        missing = self.args[0]
        many = f"{len(missing)} things are" if len(missing) > 1 else "one thing is"
        return f"The session is not on the record: {many} missing. " + " ".join(
            f"{number}. {each}." for number, each in enumerate(missing, 1)
        )


def kind_of(roles: Collection[str], *, of_the_authority: bool) -> str:
    """Whether somebody's supervision is a school's or social care's, by the roles they hold."""
    return SCHOOL if LEADS & frozenset(roles) or not of_the_authority else SOCIAL_CARE


def missing(session: Session, cases: Iterable[str], before: Iterable[OpenAction]) -> list[str]:
    """What a session lacks, each as the end of a sentence; nothing where it is complete.

    Args:
        session: what is told of it.
        cases: references of all cases that have to be talked about.
        before: the actions of earlier sessions that are not done.
    """
    found = [
        f"the agenda says nothing about: {topic.asks.lower()}"
        for topic in AGENDA
        if topic.needed and session.form != UNPLANNED and not _said(session.agenda.get(topic.name))
    ]
    if session.form == UNPLANNED and not any(
        map(_said, (*session.agenda.values(), *session.discussed.values()))
    ):
        found.append("nothing says what was talked about")
    found += [
        f"nothing is said about {case}" for case, said in sorted(session.discussed.items()) if not _said(said)
    ]
    found += [
        f"{each.what} has no owner or day that can be"
        for each in session.agreed
        if not _holds(each, session.held_on)
    ]
    if session.form == ONE_TO_ONE:
        found += _of_one_to_one(session, cases, before)
    found += _of_reviews(session)
    return found


def _of_one_to_one(session: Session, cases: Iterable[str], before: Iterable[OpenAction]) -> list[str]:
    left = sorted(frozenset(cases) - session.discussed.keys())
    found = [f"these cases were not talked about: {', '.join(left)}"] if left else []
    passed = [str(each.number) for each in before if each.number not in session.reviewed]
    if passed:
        found.append(f"these actions of earlier sessions were not looked at: {', '.join(passed)}")
    if not session.agreed and not _said(session.none_agreed):
        found.append("no action is agreed, and nothing says why none is needed")
    open_ = [
        str(each.number)
        for each in CHECKLIST
        if not each.proved and session.checklist.get(each.number, ("", ""))[0] not in ANSWERS
    ]
    if open_:
        found.append(f"these questions of the checklist are not answered: {', '.join(open_)}")
    unsaid = [
        str(number)
        for number, (answer, remark) in sorted(session.checklist.items())
        if answer == NO and not _said(remark)
    ]
    if unsaid:
        found.append(f"a no says what is missing; these do not: {', '.join(unsaid)}")
    return found


def _of_reviews(session: Session) -> list[str]:
    found = []
    for number, each in sorted(session.reviewed.items()):
        if each.outcome not in OUTCOMES:
            found.append(f"action {number} is done, carried or dropped")
        elif each.outcome == DONE and (each.on is None or each.on > session.held_on):
            found.append(f"the day on which action {number} was done is not given, or is still to come")
        elif each.outcome == DROPPED and not _said(each.why):
            found.append(f"action {number} is dropped, and nothing says why")
    return found


def _said(text: str | None) -> bool:
    return bool(text and text.strip())


def _holds(action: Agreed, held_on: date) -> bool:
    return _said(action.what) and _said(action.owner) and action.due_on >= held_on


def proved(
    session: Session, headings: Mapping[str, str], before: Iterable[OpenAction]
) -> dict[int, tuple[str, str]]:
    """What the session itself answers of the checklist: yes or no and why, by number.

    Args:
        session: what is told of it.
        headings: every case that had to be talked about, with the pathway that puts it there, or `watched`.
        before: the actions of earlier sessions that were not done when it began.
    """
    by_question = {_EARLY_HELP: ("early_help",), _WATCHED: ("watched",)}
    others = frozenset(name for names in by_question.values() for name in names)
    found = {}
    for number in (_ALL_CASES, _EARLY_HELP, _WATCHED):
        of_it = [
            case
            for case, name in headings.items()
            if (name in by_question[number] if number in by_question else name not in others)
        ]
        left = sorted(frozenset(of_it) - session.discussed.keys())
        if left:
            found[number] = (NO, f"not talked about: {', '.join(left)}")
        else:
            found[number] = (YES, f"all {len(of_it)} were") if of_it else (NONE, "there are none")
    found[_DONE] = _done_on_time(session, tuple(before))
    return found


def _done_on_time(session: Session, before: tuple[OpenAction, ...]) -> tuple[str, str]:
    if not before:
        return NONE, "none was open"
    not_done, late = [], []
    for each in before:
        review = session.reviewed.get(each.number)
        if review is None or review.outcome != DONE:
            not_done.append(str(each.number))
        elif review.on is not None and review.on > each.due_on:
            late.append(str(each.number))
    said = []
    if not_done:
        said.append(f"not done: {', '.join(not_done)}")
    if late:
        said.append(f"done late: {', '.join(late)}")
    return (NO, "; ".join(said)) if said else (YES, f"all {len(before)} were, on time")


# --- the next one ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Next:
    """When a session is to be held again: aimed at, and the last day before it is late, each as it was counted.

    Both are None for somebody who has had none (`never`): it is due now. One is None where the authority has no
    figure of its own for that rule; nothing is late by it.
    """

    never: bool
    aim: Replay | None
    last: Replay | None
    rules: tuple[str, str]

    def late(self, today: date) -> bool:
        """Whether the last day has passed, or there was none yet."""
        return self.never or _passed(self.last, today)

    def aim_missed(self, today: date) -> bool:
        """Whether the day aimed at has passed, or there was none yet."""
        return self.never or _passed(self.aim, today)


def _passed(counted: Replay | None, today: date) -> bool:
    return counted is not None and local_day(counted.due.due) < today


def next_session(kind: str, held_on: date | None, rules: Rules, today: date) -> Next:
    """When the next one-to-one is due after the last that was held, under the authority's rules.

    Args:
        kind: a key of `KINDS`.
        held_on: London's day of the last one-to-one; None: there was none.
        rules: the authority's rules and calendar.
        today: the London day.
    """
    names = TARGETS[kind], LAST_DAYS[kind]
    if held_on is None:
        return Next(True, None, None, names)
    aim, last = (_counted(name, held_on, rules, today) for name in names)
    return Next(False, aim, last, names)


def next_team_meeting(held_on: date, rules: Rules, today: date) -> Replay | None:
    """When a team is to meet again after it last met; None where the authority has no figure for it."""
    return _counted(TEAM_MEETING, held_on, rules, today)


def _counted(rule: str, started: date, rules: Rules, today: date) -> Replay | None:
    try:
        edition = rules.rulebook.edition(rule, started, today)
    except (UnknownRule, NoEdition, NotYetInForce):
        return None
    return replay(edition, started, calendar=rules.calendar, counting=rules.counting)


# --- who signs ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature: in which capacity, and for whom a head signs who is not there."""

    capacity: str
    instead_of: str = ""


def unsigned(kind: str, signatures: Iterable[Signed], *, head_present: bool) -> list[str]:
    """In which capacities a session is still to be signed, in order.

    Both sign, or the head for one who cannot. A school's head who was not there reads it, says what they make of it
    and signs too (RULES section 12).
    """
    there = frozenset(signatures)
    left = [each for each in (SUPERVISOR, PRACTITIONER) if not there & {Signed(each), Signed(HEAD, each)}]
    if kind == SCHOOL and not head_present and not any(each.capacity == HEAD for each in there):
        left.append(HEAD)
    return left


def state(left_to_sign: Collection[str], open_actions: int) -> str:
    """Where a session stands: to be signed, with actions open, or closed."""
    if left_to_sign:
        return HELD
    return ACTIONS_OPEN if open_actions else CLOSED
