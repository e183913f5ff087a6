"""The roles of PostgreSQL's second wall, and for each table what they may do with it and which of its rows they see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pathways.supervision import HEADS, SCHOOL

OWNER, APP, READER, SERVICE = "pathways_owner", "pathways_app", "pathways_reader", "pathways_service"
ROLES = (OWNER, APP, READER, SERVICE)
"""Who owns the tables, uses them, reads them, keeps them; none of them has a login."""


@dataclass(frozen=True, slots=True)
class Walled:
    """What practitioners may do with a table, and to which rows.

    `app`: verbs, as GRANT takes them; empty: nothing, as for what counts over every case. `sight`: the rows they see, as
    a condition; empty: all, for a table that tells of no case and no person. `adds`: the rows they may add, where those
    are not the ones they see.
    """

    app: str = ""
    sight: str = ""
    adds: str = ""


def _of_case(table: str, column: str = "case_id", key: str = "id") -> str:
    return f"EXISTS (SELECT FROM pathway_case its_case WHERE its_case.{key} = {table}.{column})"


def _of_person(table: str, column: str = "person_id") -> str:
    return f"EXISTS (SELECT FROM person its_person WHERE its_person.id = {table}.{column})"


def _of_meeting(table: str) -> str:
    return f"EXISTS (SELECT FROM meeting its_meeting WHERE its_meeting.id = {table}.meeting_id)"


def _of_either(table: str) -> str:
    return f"({_of_case(table)} OR {_of_person(table, 'person_id')})"


def quoted(words: Iterable[str]) -> str:
    """Words as a list of SQL's texts."""
    return ", ".join(f"'{each}'" for each in words)


def _by_reference(table: str) -> str:
    return _of_case(table, "case_ref", "reference")


_IN_CIRCLE = (
    "((SELECT pathways_circle()) = '*' OR strpos((SELECT pathways_circle()), '|' || team || '|') > 0)"
)


def _of_chain(table: str) -> str:
    """A case's, or the viewer's own chain of what belongs to no case (`models/log_chain.py`)."""
    return f"({_by_reference(table)} OR {table}.case_ref = '~' || (SELECT pathways_viewer()))"


def _of_session(table: str) -> str:
    return f"EXISTS (SELECT FROM supervision its_session WHERE its_session.id = {table}.supervision_id)"


TODAY = "(now() AT TIME ZONE 'Europe/London')::date"
"""London's day, as the database has it."""


def _headed(table: str, kind: str) -> str:
    """Whether a role of the viewer's heads rows of a kind: of the own school, of the own teams or of every team."""
    own = f"here.team = {table}.team"
    where = f"{own} AND here.team <> ''" if kind == SCHOOL else f"({own} OR here.team = '')"
    return f"({table}.kind = '{kind}' AND held.role IN ({quoted(sorted(HEADS[kind]))}) AND {where})"


def _of_the_two_or_their_head(table: str) -> str:
    """The two of a session, and the head of where the supervised one works: `models/statements/supervision.py` once more."""
    return (
        f"((SELECT pathways_viewer()) IN ({table}.supervisor_id, {table}.practitioner_id) OR EXISTS (SELECT FROM practitioner_role held "
        "JOIN practitioner who ON who.id = held.practitioner_id, "
        "LATERAL (SELECT coalesce(nullif(held.team, ''), who.team) AS team) here "
        f"WHERE held.practitioner_id = (SELECT pathways_viewer()) AND held.from_on <= {TODAY} "
        f"AND (held.to_on IS NULL OR held.to_on >= {TODAY}) "
        f"AND ({' OR '.join(_headed(table, kind) for kind in HEADS)})))"
    )


_SESSION_KEY = "EXISTS (SELECT FROM supervision its_session WHERE '~s' || its_session.id = case_key.case_ref)"
_SESSION_ASKED = "EXISTS (SELECT FROM supervision its_session WHERE '~s' || its_session.id = proposal.target)"

ADD = "SELECT, INSERT"
TABLES: dict[str, Walled] = {
    "pathway_case": Walled(
        f"{ADD}, UPDATE (state, is_open, outcome, facts, version, seq, head, team, lead, restricted, guarded, "
        "closed_at, changed_at)",
        f"(NOT guarded AND {_IN_CIRCLE}) OR (((NOT restricted AND {_IN_CIRCLE}) OR (lead IS NOT NULL AND lead = session_user::text) "
        "OR (SELECT pathways_is_on_a_list())) AND pathways_sees_case(id))",
        "pathways_knows_person(person_id)",
    ),
    "person": Walled(
        f"{ADD}, UPDATE (kind, birth_date, expected_delivery_date, died_on, sex, ethnicity, restricted, guarded, "
        "version, was)",
        "(NOT guarded AND (SELECT pathways_circle()) = '*') "
        "OR (((NOT restricted AND (SELECT pathways_circle()) = '*') OR (SELECT pathways_is_on_a_list()) "
        "OR EXISTS (SELECT FROM pathway_case theirs WHERE theirs.person_id = person.id)) "
        "AND pathways_knows_person(id))",
        "true",
    ),
    "trail": Walled(ADD, _of_chain("trail")),
    "trail_payload": Walled(ADD, _of_chain("trail_payload")),
    "case_key": Walled(ADD, f"({_of_chain('case_key')} OR {_SESSION_KEY})"),
    "checkpoint_leaf": Walled("SELECT", _by_reference("checkpoint_leaf")),
    "uncovered": Walled(ADD, "false", "true"),
    "tree_run": Walled(),
    "outbox": Walled(ADD, _by_reference("outbox")),
    "deadline": Walled(f"{ADD}, UPDATE (status, closed_at, closed_seq, look_at)", _of_case("deadline")),
    "record": Walled(f"{ADD}, UPDATE (voided_seq)", _of_case("record")),
    "parked": Walled("SELECT", _of_case("parked")),
    "meeting": Walled(
        f"{ADD}, UPDATE (kind, booked_on, starts_at, place, chair, status, household)",
        "EXISTS (SELECT FROM meeting_case about WHERE about.meeting_id = meeting.id)",
        "true",
    ),
    "meeting_case": Walled(
        f"{ADD}, UPDATE (left_at)",
        _of_case("meeting_case"),
        f"{_of_case('meeting_case')} AND pathways_sees_meeting(meeting_id)",
    ),
    "meeting_person": Walled(
        ADD,
        f"({_of_person('meeting_person')} AND {_of_meeting('meeting_person')})",
        f"{_of_person('meeting_person')} AND pathways_sees_meeting(meeting_id)",
    ),
    "person_link": Walled(
        f"{ADD}, UPDATE (ended_at, ended_by, ended_because)",
        f"({_of_person('person_link')} AND {_of_person('person_link', 'other_id')})",
    ),
    "episode": Walled(
        f"{ADD}, UPDATE (closed_on, closure_reason, referral_source, primary_need, details)",
        _of_person("episode"),
    ),
    "person_name": Walled(f"{ADD}, UPDATE (to_on)", _of_person("person_name")),
    "person_address": Walled(f"{ADD}, UPDATE (to_on)", _of_person("person_address")),
    "person_identifier": Walled(f"{ADD}, UPDATE (to_on)", _of_person("person_identifier")),
    "person_characteristic": Walled(f"{ADD}, UPDATE (to_on)", _of_person("person_characteristic")),
    "relationship": Walled(
        f"{ADD}, UPDATE (to_on, end_recorded_at)",
        f"({_of_person('relationship')} AND {_of_person('relationship', 'other_id')})",
    ),
    "household": Walled(
        ADD,
        "EXISTS (SELECT FROM household_member one WHERE one.household_id = household.id)",
        "true",
    ),
    "household_member": Walled(
        f"{ADD}, UPDATE (to_on)",
        _of_person("household_member"),
        f"{_of_person('household_member')} AND pathways_knows_household(household_id)",
    ),
    "access": Walled(f"{ADD}, UPDATE (ended_at, ended_by)", _of_either("access")),
    "restriction": Walled(f"{ADD}, UPDATE (lifted_at, lifted_by, lifted_second)", _of_either("restriction")),
    "file_mark": Walled(f"{ADD}, UPDATE (ended_at, ended_by)", _of_either("file_mark")),
    "document": Walled(f"{ADD}, UPDATE (sent_at, sent_how, sent_by, sent_seq)", _of_case("document")),
    "calendar_feed": Walled(f"{ADD}, UPDATE (ended_at, ended_by)"),
    "proposal": Walled(
        f"{ADD}, UPDATE (verdict, decided_by, decided_at, decided_because)",
        f"(CASE WHEN target ~ '^~s' THEN {_SESSION_ASKED} WHEN target ~ '^[A-Z]+-' "
        f"THEN {_of_case('proposal', 'target', 'reference')} ELSE true END)",
    ),
    "form_draft": Walled(
        f"{ADD}, UPDATE (answers, saved_at, finished_at, dropped_at)",
        "practitioner_id = (SELECT pathways_viewer())",
    ),
    "notice": Walled(ADD, "practitioner_id = (SELECT pathways_viewer())", "true"),
    "tombstone": Walled("SELECT", _by_reference("tombstone")),
    "import_unused": Walled("", "false"),
    "counter": Walled(f"{ADD}, UPDATE (last)"),
    "alembic_version": Walled("SELECT"),
    "bank_holiday": Walled("SELECT"),
    "check_run": Walled("SELECT"),
    "checkpoint": Walled(),
    "copy_run": Walled("SELECT (id, kind, started_at, finished_at, whole)"),
    "daily_count": Walled("SELECT"),
    "import_run": Walled("SELECT"),
    "practitioner": Walled("SELECT"),
    "practitioner_role": Walled("SELECT"),
    "school_days": Walled("SELECT"),
    "setting": Walled("SELECT"),
    "training": Walled(ADD),
    "supervision": Walled(f"{ADD}, UPDATE (body, fingerprint)", _of_the_two_or_their_head("supervision")),
    "supervision_due": Walled("SELECT", _of_the_two_or_their_head("supervision_due")),
    "supervision_case": Walled(
        ADD, f"({_of_session('supervision_case')} AND {_of_case('supervision_case')})"
    ),
    "supervision_action": Walled(
        f"{ADD}, UPDATE (ended_on, ended_as, ended_why, ended_by, ended_at)",
        _of_session("supervision_action"),
    ),
    "supervision_signature": Walled(
        ADD,
        _of_session("supervision_signature"),
        f"practitioner_id = (SELECT pathways_viewer()) AND {_of_session('supervision_signature')}",
    ),
    "team_meeting": Walled(ADD, _IN_CIRCLE),
}
"""Every table of the store. A table that is not here is nobody's but the owner's."""
