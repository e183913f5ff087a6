"""What is written down on the child in need pathway, and what its moves ask for."""

from collections.abc import Iterable

from pathways import sources
from pathways.conference_stages import reports_to_come
from pathways.definitions import CaseFacts, Evidence, Field, needs
from pathways.evidence import (
    AGENCIES,
    CHILD_VIEW,
    DISSENT,
    MANAGERS,
    PARTNERS,
    REASONS,
    SIBLINGS,
    SOCIAL_WORKERS,
    yes,
)  # fmt: skip
from pathways.roles import Role

INVITATION = Evidence(
    "meeting_invitation", "Invited to a child in need meeting",
    (
        Field("agencies", "Which agencies are asked for a written report?", "choices", AGENCIES, required=True, fact="agencies_asked"),
        Field("meeting_on", "When is the meeting?", "date", required=True, weekday=True, future=True),
    ),
)  # fmt: skip
REPORT = Evidence(
    "meeting_report", "Agency report received",
    (
        Field("agency", "Which agency is it from?", "choice", AGENCIES, required=True, fact="reports_in", each=True),
        Field("family_has_seen", "Has the family seen it?", "yes_no", required=True),
    ),
)  # fmt: skip
_OUTCOME = (
    Field("family_views", "What do the parents say?", required=True, opinion=True),
    Field("partners", "What do the partners say?", required=True),
    Field("analysis", "Analysis: needs, strengths, risk", required=True, opinion=True),
    REASONS,
    SIBLINGS,
    *CHILD_VIEW,
    *DISSENT,
)
ASSESSMENT = Evidence("assessment_outcome", "Outcome of the assessment", _OUTCOME, "decision")
PLAN = (
    Field("plan", "Plan: outcomes, who does what, by when", required=True),
    Field("chaired_by", "Who chaired (by role)?", required=True),
    Field("who", "Who was there, who was not?", required=True),
    *CHILD_VIEW,
    *DISSENT,
)
FIRST_MEETING = Evidence("first_meeting", "First child in need meeting", PLAN, "decision")
MEETING = Evidence(
    "meeting", "Child in need meeting",
    (Field("progress", "Progress against the outcomes", required=True), *PLAN), "decision",
)  # fmt: skip
ENDING = Evidence(
    "plan_ending", "Child in need meeting ended the plan",
    (
        Field("meeting_on", "At which meeting was it decided?", "date", required=True),
        Field("views_considered", "How were the views of all considered?", required=True),
        REASONS, *CHILD_VIEW, *DISSENT,
    ),
    "decision",
)  # fmt: skip
CONTINUING = Evidence(
    "plan_continued", "Plan continued beyond twelve weeks",
    (REASONS, Field("until", "Until when, and for which outcomes?", required=True), *CHILD_VIEW, *DISSENT), "decision",
)  # fmt: skip
OVERRUN = Evidence(
    "overrun", "Assessment goes on beyond its limit",
    (REASONS, Field("new_target", "By when will it be finished?", "date", required=True, future=True)), "decision",
)  # fmt: skip
WITHDRAWN = Evidence(
    "consent_withdrawn", "Consent withdrawn",
    (Field("by_whom", "Who withdraws it (by role)?", required=True), Field("why", "What do they say?", required=True)),
)  # fmt: skip
RISK = Evidence(
    "risk_judgement", "Risk judged without consent",
    (Field("risk", "What is the risk to the child without help?", required=True, opinion=True), REASONS, *CHILD_VIEW, *DISSENT),
    "decision",
)  # fmt: skip
RESUMED = Evidence(
    "resumed", "Work goes on",
    (Field("why", "What has changed: consent given again, move called off?", required=True),), "decision",
)  # fmt: skip
HARM = Evidence(
    "harm_in_need", "Harm suspected",
    (
        Field("grounds", "What gives reasonable cause to suspect significant harm?", required=True),
        Field("parents_told", "Are the parents told?", "yes_no", required=True),
        Field("why_not_told", "Why not?", when=("parents_told", "no")),
    ),
    "opinion",
)  # fmt: skip
MOVING = Evidence(
    "transfer", "Family moves to another authority",
    (Field("authority", "To which authority?", required=True), Field("sent", "What was sent, to whom (by role)?", required=True)),
)  # fmt: skip
ACCEPTED = Evidence(
    "transfer_accepted", "Other authority accepted the case",
    (Field("accepted_by", "Who accepted (by role), and when?", required=True), *CHILD_VIEW), "decision",
)  # fmt: skip
LOOKED_AFTER = Evidence(
    "accommodation", "Child looked after",
    (
        Field("basis", "On what legal basis?", "choice", ("section 20", "interim care order", "care order", "other"), required=True),
        REASONS, *CHILD_VIEW,
    ),
    "decision",
)  # fmt: skip


def _each_report(facts: CaseFacts) -> Iterable[str]:
    if not facts.among("agencies_asked"):
        yield "No agency has been asked for a report"
    for agency in reports_to_come(facts):
        yield f"Report missing: {agency}"


@needs(
    "every agency that was asked has sent its written report", sources.CHILD_IN_NEED,
    id="meeting.reports", by=PARTNERS, record="report_received",
    override=(Role.LINE_MANAGER, Role.TEAM_LEADER), missing=_each_report,
)  # fmt: skip
def reports_in(facts: CaseFacts) -> bool:
    """Whether the meeting has the reports that it asked for."""
    return bool(facts.among("agencies_asked")) and not reports_to_come(facts)


@needs(
    "the child has been seen", sources.ASSESSMENT, id="assessment.child_seen", by=SOCIAL_WORKERS, record="child_seen",
    override=(Role.TEAM_LEADER, Role.SERVICE_MANAGER),
)  # fmt: skip
def child_seen(facts: CaseFacts) -> bool:
    """Whether the child was seen for this assessment."""
    return facts.child_seen is not None


@needs(
    "the parents consent to a child in need plan, or it is recorded why there is no consent", sources.S17,
    id="plan.consent", by=(*SOCIAL_WORKERS, *MANAGERS), record="record_consent",
)  # fmt: skip
def consent_recorded(facts: CaseFacts) -> bool:
    """Whether consent is settled, one way or the other."""
    return facts.consent is not None


@needs(
    "the parents consent again", sources.S17,
    id="plan.consent_again", by=(*SOCIAL_WORKERS, *MANAGERS), record="record_consent",
)  # fmt: skip
def consent_again(facts: CaseFacts) -> bool:
    """Whether consent, once withdrawn, has been given again."""
    return yes(facts.consent)


@needs(
    "the child is not on a child protection plan", sources.PLAN,
    id="plan.not_protected", by=(Role.CONFERENCE_CHAIR,), record="child_protection_plan_ended",
)  # fmt: skip
def not_on_a_plan(facts: CaseFacts) -> bool:
    """Whether no child protection plan stands; the two kinds of plan are never held together."""
    return facts.child_protection_plan_made is None


@needs(
    "a child in need meeting has been held; only a meeting ends a plan", sources.CHILD_IN_NEED,
    id="plan.meeting", by=(Role.SOCIAL_WORKER, Role.LINE_MANAGER), record="meeting_held",
)  # fmt: skip
def meeting_held(facts: CaseFacts) -> bool:
    """Whether there was a meeting that could decide."""
    return facts.cin_meeting_held is not None


@needs(
    "the assessment is not finished", sources.ASSESSMENT,
    id="resume.assessing", by=MANAGERS, record="resume_planning",
)  # fmt: skip
def assessment_open(facts: CaseFacts) -> bool:
    """Whether work stopped during the assessment."""
    return facts.assessment_outcome_recorded is None


@needs(
    "the assessment is finished and no meeting has been held yet", sources.CHILD_IN_NEED,
    id="resume.planning", by=MANAGERS, record="resume_assessment",
)  # fmt: skip
def planning_open(facts: CaseFacts) -> bool:
    """Whether work stopped before the first meeting."""
    return facts.assessment_outcome_recorded is not None and facts.cin_first_meeting_held is None


@needs(
    "the first child in need meeting has been held", sources.CHILD_IN_NEED,
    id="resume.plan", by=MANAGERS, record="resume_planning",
)  # fmt: skip
def plan_open(facts: CaseFacts) -> bool:
    """Whether work stopped while there was a plan."""
    return facts.cin_first_meeting_held is not None
