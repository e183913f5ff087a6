"""Smaller duties, a pathway each: those with a clock of their own, and those that need only be done and recorded.

Opens   when the thing becomes known that the duty hangs on.
Ends    when it is done, or when a person records why it is not.
Read    the Act or guidance that each one cites.
Leaves  harm to the front door: every one of them can refer at once, and goes on beside it.

With a clock: genital mutilation, serious incident and rapid review, the interview of a child back from being
missing. Without one: modern slavery, Prevent, licensing notices, the neglect screen. A decision not to do any of
it asks for its reason.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from pathways import duties_forms as forms
from pathways import sources
from pathways.definitions import SAME, Clock, Emit, Entry, Move, Opens, Pathway, Stage, State
from pathways.evidence import (
    DEATH_KNOWN_BY,
    EDUCATION,
    MANAGERS,
    WORKERS,
    died,
    led,
    notes_everywhere,
    records_everywhere,
    refer_harm,
)  # fmt: skip
from pathways.roles import Role

WRITERS = tuple(dict.fromkeys((*WORKERS, *EDUCATION)))
PARTNERSHIP = (Role.PARTNERSHIP_LEAD, Role.PARTNERSHIP_MANAGER)
SENIOR = (Role.SENIOR_OFFICER, Role.SERVICE_MANAGER, *PARTNERSHIP)
CHECKED = date(2026, 11, 22)

_duty: Callable[..., Pathway] = partial(Pathway, version="2026.1", checked=CHECKED, facts=("birth_date",))


def _about_a_child(states: tuple[str, ...], dest: str) -> tuple[Move, ...]:
    """What every duty towards a child has: a lead, a way to refer, the file, and the child's death."""
    return (
        led(states, WRITERS),
        refer_harm(states),
        *records_everywhere(states, WRITERS),
        died(states, dest, (*DEATH_KNOWN_BY, *EDUCATION)),
    )


# -- female genital mutilation -------------------------------------------------------------------------

FGM_OPEN = ("to_report",)
FGM = _duty(
    name="genital_mutilation",
    title="Genital mutilation: report to the police",
    prefix="FGM",
    entries=(
        Entry("discovery", "to_report", WRITERS, sources.GENITAL_MUTILATION, "Record that genital mutilation was discovered", forms.DISCOVERED,
              (Emit("fgm_discovered_by_regulated_professional"),)),
    ),
    states=(
        State("to_report", "Discovered: to be reported to the police"),
        State("reported", "Reported", final=True),
        State("closed", "Closed", final=True),
    ),
    moves=(
        Move("report_to_police", FGM_OPEN, "reported", WRITERS, sources.GENITAL_MUTILATION, "Record the report to the police",
             records=forms.POLICE_TOLD, emits=(Emit("fgm_reported"),), outcome="reported", confirm=True),
        Move("close_no_duty", FGM_OPEN, "closed", WRITERS, sources.GENITAL_MUTILATION, "Close: there is no duty to report",
             records=forms.NO_DUTY, outcome="no_duty", confirm=True),
        *_about_a_child(FGM_OPEN, "closed"),
    ),
    clocks=(Clock("fgm.report", ("fgm_reported",), "Report to the police", FGM_OPEN, action="report_to_police"),),
    stages=(Stage(1, "Police told", lambda facts: facts.fgm_reported is not None, "fgm.report"),),
    team="front door",
)  # fmt: skip

# -- serious incidents: other children's safety goes on, and the child may be dead, so nobody is visited here -----

SI_OPEN = ("known", "panel_notified")
SERIOUS_INCIDENT = _duty(
    name="serious_incident",
    title="Serious incident: notification and rapid review",
    prefix="SI",
    entries=(
        Entry("incident", "known", (*WRITERS, *SENIOR), sources.SERIOUS_INCIDENT, "Record a serious incident", forms.INCIDENT,
              (Emit("serious_incident_known_to_la"),)),
    ),
    states=(
        State("known", "Known: national panel to be notified"),
        State("panel_notified", "Notified: rapid review to be finished"),
        State("reviewed", "Rapid review finished", final=True),
        State("closed", "Not to be notified", final=True),
    ),
    moves=(
        Move("notify_panel", ("known",), "panel_notified", SENIOR, sources.SERIOUS_INCIDENT, "Notify the national panel",
             records=forms.PANEL_TOLD, emits=(Emit("panel_notified"),)),
        Move("review_practice_further", ("panel_notified",), "reviewed", PARTNERSHIP, sources.RAPID_REVIEW, "Rapid review: a practice review follows",
             records=forms.REVIEW, emits=(Emit("rapid_review_finished"),), outcome="practice_review", confirm=True),
        Move("end_with_rapid_review", ("panel_notified",), "reviewed", PARTNERSHIP, sources.RAPID_REVIEW, "Rapid review: no practice review",
             records=forms.REVIEW, emits=(Emit("rapid_review_finished"),), outcome="no_practice_review", confirm=True),
        Move("close_not_notifiable", ("known",), "closed", SENIOR, sources.SERIOUS_INCIDENT, "Close: it is not to be notified",
             records=forms.NOT_NOTIFIABLE, outcome="not_notifiable", confirm=True),
        led(SI_OPEN, SENIOR),
        *notes_everywhere(SI_OPEN, (*WRITERS, *PARTNERSHIP)),
    ),
    clocks=(
        Clock("si.notify_panel", ("panel_notified",), "Notify the national panel", ("known",), action="notify_panel"),
        Clock("si.rapid_review", ("rapid_review_finished",), "Finish the rapid review", SI_OPEN, action="end_with_rapid_review", warn=(5, "working_day")),
    ),
    stages=(
        Stage(1, "National panel notified", lambda facts: facts.panel_notified is not None, "si.notify_panel"),
        Stage(2, "Rapid review finished", lambda facts: facts.rapid_review_finished is not None, "si.rapid_review"),
    ),
    team="partnership",
)  # fmt: skip

# -- children who go missing ---------------------------------------------------------------------------

MIS_BACK = ("returned", "interview_offered")
MIS_OPEN = ("reported", *MIS_BACK)
RETURNED = Emit("child_returned")
INTERVIEWERS = (
    Role.SOCIAL_WORKER,
    Role.LEAD_PROFESSIONAL,
    Role.ADVOCATE,
    *MANAGERS,
    Role.COORDINATOR,
    Role.EARLY_HELP_HUB,
)
MISSING_CHILD = _duty(
    name="missing_child",
    title="Missing child: return and interview",
    prefix="MIS",
    entries=(
        Entry("missing", "reported", WRITERS, sources.RETURN_INTERVIEW, "Record that a child is missing", forms.MISSING,
              (Emit("child_missing"),)),
        Entry("return", "returned", WRITERS, sources.RETURN_INTERVIEW, "Record that a missing child is back", forms.BACK, (RETURNED,)),
    ),
    states=(
        State("reported", "Reported missing"),
        State("returned", "Back: return interview to be offered"),
        State("interview_offered", "Return interview offered"),
        State("interview_done", "Return interview held", final=True),
        State("declined", "Return interview declined", final=True),
        State("closed", "Closed", final=True),
    ),
    moves=(
        Move("child_back", ("reported",), "returned", WRITERS, sources.RETURN_INTERVIEW, "Record that the child is back",
             records=forms.BACK, emits=(RETURNED,)),
        Move("missing_again", MIS_BACK, "reported", WRITERS, sources.RETURN_INTERVIEW, "Record that the child is missing again",
             records=forms.MISSING, emits=(Emit("child_missing"),), forgets=("interviewer_independent",)),
        Move("offer_interview", MIS_BACK, "interview_offered", INTERVIEWERS, sources.RETURN_INTERVIEW, "Offer the return interview",
             records=forms.OFFER, emits=(Emit("interview_offered"),)),
        Move("hold_interview", ("interview_offered",), "interview_done", INTERVIEWERS, sources.RETURN_INTERVIEW, "Record the return interview",
             (forms.independent,), forms.INTERVIEW, (Emit("return_interview_held"),), outcome="interviewed", confirm=True),
        Move("decline_interview", ("interview_offered",), "declined", (*INTERVIEWERS, Role.CHILD), sources.RETURN_INTERVIEW, "Record that it was declined",
             records=forms.DECLINED, emits=(Emit("return_interview_declined"),), outcome="declined", confirm=True),
        Move("close_not_missing", MIS_OPEN, "closed", (*MANAGERS, Role.POLICE), sources.RETURN_INTERVIEW, "Close: the child was not missing",
             records=forms.NOT_MISSING, outcome="not_missing", confirm=True),
        *_about_a_child(MIS_OPEN, "closed"),
    ),
    clocks=(
        Clock("mis.return_interview", ("return_interview_held", "return_interview_declined"), "Hold the return interview", MIS_BACK,
              action="offer_interview", warn=(24, "clock_hours")),
    ),
    stages=(
        Stage(1, "Child back", lambda facts: facts.child_returned is not None),
        Stage(2, "Interview offered", lambda facts: facts.interview_offered is not None),
        Stage(3, "Interview held", lambda facts: facts.return_interview_held is not None, "mis.return_interview"),
    ),
    team="assessment",
)  # fmt: skip

# -- duties without a clock ----------------------------------------------------------------------------

NOTED = ("noted",)
MODERN_SLAVERY = _duty(
    name="modern_slavery",
    title="Modern slavery: notification",
    prefix="MS",
    entries=(
        Entry("suspicion", "noted", WRITERS, sources.MODERN_SLAVERY, "Record a suspected victim of slavery", forms.SLAVERY,
              (Emit("slavery_suspected"),)),
    ),
    states=(
        State("noted", "Suspected: Home Office to be notified"),
        State("notified", "Notified", final=True),
        State("closed", "Closed", final=True),
    ),
    moves=(
        Move("notify_home_office", NOTED, "notified", WRITERS, sources.MODERN_SLAVERY, "Notify the Home Office",
             (forms.consent_fits,), forms.SLAVERY_NOTIFIED, (Emit("home_office_notified"),), outcome="notified", confirm=True),
        Move("close_not_notified", NOTED, "closed", WRITERS, sources.MODERN_SLAVERY, "Close: no notification",
             records=forms.NOT_NOTIFIED, outcome="not_notified", confirm=True),
        *_about_a_child(NOTED, "closed"),
    ),
    clocks=(),
    stages=(Stage(1, "Home Office notified", lambda facts: facts.home_office_notified is not None),),
    team="front door",
)  # fmt: skip

PREVENT = _duty(
    name="prevent",
    title="Prevent: concern about radicalisation",
    prefix="PRV",
    entries=(
        Entry("concern", "noted", WRITERS, sources.PREVENT, "Record a concern about radicalisation", forms.PREVENT_CONCERN,
              (Emit("radicalisation_concern"),)),
    ),
    states=(
        State("noted", "Concern noted: decision due"),
        State("referred", "Referred", final=True),
        State("closed", "Closed", final=True),
    ),
    moves=(
        Move("refer_under_prevent", NOTED, "referred", WRITERS, sources.PREVENT, "Refer under Prevent",
             records=forms.PREVENT_REFERRED, emits=(Emit("prevent_referred"),), outcome="referred", confirm=True),
        Move("close_not_referred", NOTED, "closed", WRITERS, sources.PREVENT, "Close: no referral",
             records=forms.NOT_REFERRED, outcome="not_referred", confirm=True),
        *_about_a_child(NOTED, "closed"),
    ),
    clocks=(),
    stages=(Stage(1, "Referred", lambda facts: facts.prevent_referred is not None),),
    team="front door",
)  # fmt: skip

LICENSING_NOTICE = _duty(
    name="licensing_notice",
    title="Licensing notice: protection of children",
    prefix="LIC",
    entries=(
        Entry("notice", "received", (*MANAGERS, Role.COORDINATOR, *PARTNERSHIP), sources.LICENSING, "Record a licensing notice", forms.LICENCE,
              (Emit("licence_notice_received"),)),
    ),
    states=(
        State("received", "Received: to be considered"),
        State("answered", "Answered", final=True),
        State("closed", "No answer needed", final=True),
    ),
    moves=(
        Move("make_representation", ("received",), "answered", (*MANAGERS, *PARTNERSHIP), sources.LICENSING, "Answer the licensing authority",
             records=forms.REPRESENTATION, emits=(Emit("licence_answered"),), outcome="answered", confirm=True),
        Move("close_no_representation", ("received",), "closed", (*MANAGERS, *PARTNERSHIP), sources.LICENSING, "Close: no answer is needed",
             records=forms.NO_REPRESENTATION, outcome="no_answer", confirm=True),
        led(("received",), (*MANAGERS, *PARTNERSHIP)),
        *notes_everywhere(("received",), (*WRITERS, *PARTNERSHIP)),
    ),
    clocks=(),
    stages=(Stage(1, "Answered", lambda facts: facts.licence_answered is not None),),
    team="partnership",
)  # fmt: skip

SCREENING = ("screening",)
NEGLECT_SCREEN = _duty(
    name="neglect_screen",
    title="Neglect screening",
    prefix="NS",
    entries=(
        Entry("screen", "screening", WRITERS, sources.NEGLECT, "Begin a neglect screening", None, (Emit("neglect_screening_begun"),)),
    ),
    states=(
        State("screening", "Screening under way"),
        State("passed_on", "Passed on", final=True),
        State("closed", "Nothing further", final=True),
    ),
    moves=(
        Move("record_screen", SCREENING, SAME, WRITERS, sources.NEGLECT, "Record the screening",
             records=forms.SCREEN, emits=(Emit("neglect_screened"),)),
        Move("pass_to_early_help", SCREENING, "passed_on", WRITERS, sources.NEGLECT, "Pass to early help", (forms.screened,), forms.SCREENED,
             opens=(Opens("early_help", "offered", emits=("early_help_offered",)),), outcome="early_help", confirm=True),
        Move("refer", SCREENING, "passed_on", WRITERS, sources.NEGLECT, "Refer to the front door", records=forms.SCREENED,
             opens=(Opens("front_door", "submitted", emits=("marf_submitted", "referral_made_by_other_staff")),), outcome="referred", confirm=True),
        Move("close", SCREENING, "closed", WRITERS, sources.NEGLECT, "Close: nothing further", (forms.screened,), forms.SCREENED,
             outcome="nothing_further", confirm=True),
        *_about_a_child(SCREENING, "closed"),
    ),
    clocks=(),
    stages=(Stage(1, "Screened", lambda facts: facts.neglect_screened is not None),),
    team="early help",
)  # fmt: skip
