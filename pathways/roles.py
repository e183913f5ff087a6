"""Who may decide what: the role names of the field, and the two that are not people."""

from __future__ import annotations

from enum import StrEnum

from pathways.errors import Mistyped


class Role(StrEnum):
    """A capacity in which somebody acts. The value is what is stored; `label` is what is shown."""

    STAFF = "staff"
    DSL = "dsl"
    DEPUTY_DSL = "deputy_dsl"
    HEADTEACHER = "headteacher"
    CHAIR_OF_GOVERNORS = "chair_of_governors"
    PRINCIPAL = "principal"
    LEAD_PROFESSIONAL = "lead_professional"
    EARLY_HELP_HUB = "early_help_hub"
    CALL_HANDLER = "call_handler"
    FRONT_DOOR_SW = "front_door_sw"
    FRONT_DOOR_MANAGER = "front_door_manager"
    EDT_OFFICER = "edt_officer"
    SOCIAL_WORKER = "social_worker"
    LINE_MANAGER = "line_manager"
    TEAM_LEADER = "team_leader"
    SERVICE_MANAGER = "service_manager"
    SENIOR_OFFICER = "senior_officer"
    PRACTICE_SUPERVISOR = "practice_supervisor"
    LCPP = "lcpp"
    MACPT = "macpt"
    CONFERENCE_CHAIR = "conference_chair"
    CHAIR_MANAGER = "chair_manager"
    CORE_GROUP_MEMBER = "core_group_member"
    POLICE = "police"
    HEALTH = "health"
    SCHOOL_NURSE = "school_nurse"
    EWO = "ewo"
    PARENT = "parent"
    CHILD = "child"
    ADVOCATE = "advocate"
    LADO = "lado"
    LADO_MANAGER = "lado_manager"
    EMPLOYER_MANAGER = "employer_manager"
    INVESTIGATOR = "investigator"
    HR = "hr"
    CME_COORDINATOR = "cme_coordinator"
    ATTENDANCE_LEAD = "attendance_lead"
    ADMISSIONS = "admissions"
    PROPRIETOR = "proprietor"
    PARTNERSHIP_MANAGER = "partnership_manager"
    PARTNERSHIP_LEAD = "partnership_lead"
    SUPERVISOR = "supervisor"
    RECORDS_OFFICER = "records_officer"
    AUDITOR = "auditor"
    COORDINATOR = "coordinator"
    CLOCK = "clock"
    PATHWAY = "pathway"

    @property
    def label(self) -> str:
        """The role in words, for a screen or a sentence."""
        return _LABELS.get(self) or self.replace("_", " ")


_LABELS = {
    "dsl": "designated safeguarding lead",
    "deputy_dsl": "deputy designated safeguarding lead",
    "front_door_sw": "front-door social worker",
    "front_door_manager": "front-door manager",
    "edt_officer": "emergency duty officer",
    "lcpp": "lead child protection practitioner",
    "macpt": "multi-agency child protection team",
    "ewo": "education welfare officer",
    "lado": "designated officer (LADO)",
    "lado_manager": "LADO manager",
    "hr": "human resources",
    "cme_coordinator": "children missing education coordinator",
    "clock": "the passing of a date",
    "pathway": "a decision on another pathway",
}

ANYONE = tuple(role for role in Role if role not in (Role.CLOCK, Role.PATHWAY))
"""Everybody who is a person. Anyone may refer, and nobody may stop them (RULES: true everywhere, 11)."""

NOT_PEOPLE = (Role.CLOCK, Role.PATHWAY)


def called(typed: str) -> Role:
    """The role that a person may hold, by its name or what it is called on screens: `lado`, `designated officer`, `chair`.

    Raises:
        Mistyped: there is none; the nearest is named, or else all of them.
    """
    named = {_plain(role.label): role for role in ANYONE} | {_plain(role.value): role for role in ANYONE}
    named |= {"chair": Role.CONFERENCE_CHAIR, "designated_officer": Role.LADO}
    said = _plain(typed)
    if said in named:
        return named[said]
    from difflib import get_close_matches

    near = get_close_matches(said, named, 1)
    listed = ", ".join(sorted(role.value.replace("_", "-") for role in ANYONE))
    hint = f"Did you mean {near[0].replace('_', '-')}?" if near else f"There are: {listed}."
    raise Mistyped(f"There is no role {typed[:40]}. {hint}")


def _plain(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")
