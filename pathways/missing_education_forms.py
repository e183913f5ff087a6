"""What is written down about children missing education, and what its moves ask for."""

from collections.abc import Iterable
from datetime import date

from pathways import sources
from pathways.definitions import CaseFacts, Condition, Evidence, Field, Test, needs
from pathways.evidence import AT_SCHOOL, CHILD_VIEW, DISSENT, EDUCATION, REASONS, SIBLINGS, WORKERS, yes
from pathways.moments import school_age_ends
from pathways.roles import Role

OFFICERS = (Role.CME_COORDINATOR, Role.EWO, Role.ADMISSIONS)
NEW_RULES_FROM = date(2024, 8, 19)
"""The attendance and registration regulations of 2024; earlier absences stay under those of 2006 and 2016."""

CODES = ("N", "G", "O", "I", "other")
CODE_WORDS = (
    "reason not yet known", "holiday not granted", "absent without a good reason", "illness", "another code",
)  # fmt: skip
GROUPS = (
    "at risk of harm or neglect", "runaway", "youth justice", "Gypsy or Roma or Traveller", "service family",
    "new migrant", "never started", "withdrawn", "no place after moving", "frequent moves", "family breakdown",
    "stage transition", "none",
)  # fmt: skip
PLACES_ASKED = (
    "school-to-school database", "admissions", "other authorities", "health", "benefits", "border checks", "housing",
    "family and friends",
)  # fmt: skip
OTHER_SCHOOL, HOME_EDUCATED, MOVED_AWAY = (
    "registered at another school",
    "educated at home",
    "moved out of reach",
)

_GROUPS = Field(
    "groups",
    "Does the child belong to a group more at risk?",
    "choices",
    GROUPS,
    required=True,
    fact="vulnerable",
)
_HARM = Field(
    "worry",
    "Is there a safeguarding worry? It is referred at once, before anything here.",
    "yes_no",
    required=True,
)

ABSENCE = Evidence(
    "unexplained_absence", "Unexplained absence",
    (
        Field("last_attended_on", "On which day did the child last attend?", "date", required=True, fact="last_attended_on"),
        Field("absent_from", "Which was the first full day of absence?", "date", required=True, fact="absent_from", weekday=True),
        Field("tried", "What was tried on the first day?", required=True),
        Field("household", "Who lives with the child; brothers and sisters at which schools?", required=True),
        AT_SCHOOL, _GROUPS, _HARM,
    ),
)  # fmt: skip
FOUND = Evidence(
    "found_without_school", "Child found without a school",
    (
        Field("found_by", "Who found the child (by role and agency)?", required=True),
        Field("known", "What is known: where, with whom, last school, waiting for a place?", required=True),
        _GROUPS, _HARM,
    ),
)  # fmt: skip
ABSENCE_DAYS = Evidence(
    "absence_days", "Days of absence corrected",
    (
        Field("absent_from", "Which was the first full day of the present absence?", "date", required=True, fact="absent_from", weekday=True),
        Field("why", "Why is it another day?", required=True),
    ),
)  # fmt: skip
FIRST_DAY = Evidence(
    "first_day_contact", "First-day contact",
    (Field("how", "Who was tried, and how?", required=True), Field("answer", "What was the answer?", required=True)),
)  # fmt: skip
WORKER_TOLD = Evidence(
    "worker_told", "Social worker or youth justice worker told",
    (
        Field("has_worker", "Has the child a social worker or youth justice worker?", "yes_no", required=True, fact="has_worker"),
        Field("told", "Who was told (by role), and how?", when=("has_worker", "yes")),
    ),
)  # fmt: skip
CODE = Evidence(
    "attendance_code", "Attendance code",
    (
        Field("code", "Which code stands in the register?", "choice", CODES, words=CODE_WORDS, required=True, fact="attendance_code"),
        Field("since", "Since which school day?", "date", required=True, fact="code_since", weekday=True),
    ),
)  # fmt: skip
RETURN = Evidence(
    "attendance_return", "Return sent to the authority",
    (Field("what", "Which return, and where is the copy?", required=True),),
)  # fmt: skip
ENQUIRIES = Evidence(
    "school_enquiries", "Enquiries of the school",
    (
        Field("who", "Who was asked: contacts, brothers' and sisters' schools, friends, agencies?", required=True),
        Field("visit", "Was there a visit at home?", "yes_no", required=True),
        Field("visit_why_not", "Why not?", when=("visit", "no")),
        Field("found", "What was found?", required=True),
    ),
)  # fmt: skip
TO_AUTHORITY = Evidence(
    "authority_referral", "Referred to the authority",
    (
        Field("log", "Is the log of enquiries attached?", "yes_no", required=True),
        Field("family", "What is known of the family's plans and addresses?", required=True),
        _GROUPS, _HARM,
    ),
)  # fmt: skip
JOINT = Evidence(
    "joint_enquiries", "Joint enquiries",
    (
        Field("school_did", "What did the school do?", required=True),
        Field("authority_did", "What did the authority do?", required=True),
        Field("result", "What do they find together?", "choice",
              ("cannot find the child", "no grounds to expect a return", "child found"), required=True, fact="joint_result"),
    ),
)  # fmt: skip
LEAVE = Evidence(
    "leave_ended", "Agreed leave ended",
    (
        Field("ended_on", "Which was the last day of the agreed leave?", "date", required=True, fact="leave_ended_on"),
        Field("reason_given", "Which reason is given for not returning?", required=True),
    ),
)  # fmt: skip
_NOT_UNABLE = Field(
    "unable",
    "Is there reason to think of sickness or an unavoidable cause?",
    "yes_no",
    required=True,
    fact="unable_to_attend",
)
GROUND_ABSENCE = Evidence(
    "ground_absence", "Ground for removal: absence",
    (
        Field("only_these_codes", "Does every session since then carry G, N or O?", "yes_no", required=True, fact="only_these_codes"),
        _NOT_UNABLE, REASONS, *DISSENT,
    ),
    "decision",
)  # fmt: skip
GROUND_LEAVE = Evidence(
    "ground_leave", "Ground for removal: no return after leave", (_NOT_UNABLE, REASONS, *DISSENT), "decision"
)
GROUND_2006 = Evidence(
    "ground_2006", "Ground for removal under the earlier regulations",
    (
        Field("which", "Which ground?", "choice", ("absence", "leave"), required=True, fact="earlier_ground"),
        Field("school_days", "How many school days has the child been absent without leave?", "number", required=True, fact="school_days_absent"),
        _NOT_UNABLE, REASONS, *DISSENT,
    ),
    "decision",
)  # fmt: skip
GROUND_OTHER = Evidence(
    "ground_other", "Other ground for removal",
    (
        Field("ground", "Which ground?", "choice", (OTHER_SCHOOL, HOME_EDUCATED, MOVED_AWAY), required=True, fact="other_ground"),
        Field("proof", "How is it known: confirmation of the school, the parent's letter, the new address?", required=True),
        Field("consent_37", "Is consent needed to withdraw the child (section 37, once in force)?", "choice", ("not in force", "not needed", "given"), required=True),
        REASONS,
    ),
    "decision",
)  # fmt: skip
REMOVAL = Evidence(
    "register_removal", "Removed from the register",
    (
        Field("file_sent", "What happens to the safeguarding file?", required=True),
        Field("lost_pupil", "Is the pupil's file on the lost-pupil database, or sent to the next school?", required=True),
        *CHILD_VIEW,
    ),
    "decision",
)  # fmt: skip
KEPT = Evidence("kept_on_register", "Kept on the register", (REASONS,), "decision")
CHECKS = Evidence(
    "place_checks", "Where is the child educated?",
    (
        Field("asked", "Who or what was asked?", "choices", PLACES_ASKED, required=True),
        Field("found", "What was found?", required=True),
    ),
)  # fmt: skip
ELSEWHERE = Evidence(
    "registered_elsewhere", "Registered at another school",
    (Field("school", "Which school, and who there confirms it (by role)?", required=True),),
)  # fmt: skip
NOT_KNOWN = Evidence(
    "whereabouts_unknown",
    "Whereabouts or education not known",
    (Field("next", "What is done next, by whom?", required=True),),
)
NOT_FOUND = Evidence(
    "not_traced", "Child not traced",
    (
        Field("police", "Have the police been told?", "yes_no", required=True, fact="police_told"),
        Field("social_care", "Has social care been told?", "yes_no", required=True, fact="social_care_told"),
        Field("lost_pupil", "Is the pupil on the lost-pupil database?", "yes_no", required=True),
        Field("again_on", "When is it checked again?", "date", required=True, future=True),
    ),
    "decision",
)  # fmt: skip
RECHECK = Evidence(
    "recheck", "Looked for again",
    (
        Field("asked", "Who or what was asked?", "choices", PLACES_ASKED, required=True),
        Field("again_on", "When is it checked again?", "date", required=True, future=True),
    ),
)  # fmt: skip
LOCATED = Evidence(
    "located", "Child located",
    (Field("where", "Where, and with whom?", required=True), Field("needs", "Which education is needed?", required=True), _HARM, SIBLINGS, *CHILD_VIEW),
)  # fmt: skip
PLACE = Evidence(
    "place", "Place found",
    (Field("school", "Which school or provision?", required=True), Field("starts_on", "When does the child start?", "date", required=True, future=True)),
    "decision",
)  # fmt: skip
ENTERED = Evidence(
    "register_entry", "Entered on a register",
    (
        Field("school", "On which school's register?", required=True),
        Field("usual_intake", "Is it the usual yearly intake?", "yes_no", required=True, fact="usual_intake"),
    ),
)  # fmt: skip
PLACE_LOST = Evidence("place_lost", "Place fell through", (Field("why", "Why?", required=True),))
HOME = Evidence(
    "home_education", "Home education",
    (
        Field("written", "Has the parent said so in writing?", "yes_no", required=True),
        Field("why_not_written", "How is it known?", when=("written", "no")),
        Field("consent_37", "Is consent needed to withdraw the child (section 37, once in force)?", "choice", ("not in force", "not needed", "given"), required=True),
        SIBLINGS,
    ),
)  # fmt: skip
NOTICE = Evidence(
    "preliminary_notice", "Notice served on the parent",
    (Field("why", "Why does the education not appear suitable?", required=True, opinion=True), Field("asked", "What is the parent asked to show?", required=True)),
    "decision",
)  # fmt: skip
ORDER = Evidence(
    "attendance_order", "School attendance order",
    (Field("school", "Which school is named?", required=True), REASONS, *CHILD_VIEW), "decision",
)  # fmt: skip
SATISFIED = Evidence("parent_satisfied", "Parent showed suitable education", (REASONS,), "decision")
BREACH = Evidence(
    "order_breach",
    "Order not kept",
    (Field("what", "What is done: talk, review, prosecution?", required=True),),
    "decision",
)
ENDING = Evidence(
    "missing_education_ending", "Child no longer missing education",
    (
        Field("shown_by", "What shows it, and who confirmed it (by role)?", required=True),
        Field("told", "Who has been told?", required=True),
        SIBLINGS, *CHILD_VIEW,
    ),
    "decision",
)  # fmt: skip
OUT_OF_AGE = Evidence(
    "out_of_age", "Past compulsory school age",
    (
        Field("ended_on", "On which day did compulsory school age end?", "date", required=True, fact="school_age_ended_on"),
        Field("next", "What is known of education, training or work, and who helps?", required=True),
        *CHILD_VIEW,
    ),
    "decision",
)  # fmt: skip


@needs(
    "compulsory school age has ended: the last Friday in June of the school year of the sixteenth birthday",
    sources.SCHOOL_AGE, id="ending.age", by=OFFICERS, record="close_out_of_age",
)  # fmt: skip
def out_of_age(facts: CaseFacts) -> bool:
    """Whether the day given is one after which nobody need be at school; the birth date must be known."""
    if facts.birth_date is None or facts.school_age_ended_on is None:
        return False
    ended = date.fromisoformat(facts.school_age_ended_on[:10])
    return ended >= school_age_ends(date.fromisoformat(facts.birth_date[:10]))


def begins(event: str, instead: str, *codes: str) -> Test:
    """Whether this code begins `event` now: another code of the same kind goes on with the run that there is."""

    def holds(facts: CaseFacts) -> bool:
        if facts.attendance_code not in codes:
            return False
        since, ended = facts.moment(event), facts.moment(instead)
        return since is None or (ended is not None and ended > since)

    return holds


@needs(
    "first-day contact has been tried", sources.ATTENDANCE,
    id="enquiries.first_day", by=EDUCATION, record="make_first_day_contact",
)  # fmt: skip
def first_day_tried(facts: CaseFacts) -> bool:
    """Whether the school rang on the day."""
    return facts.first_day_contact_made is not None


@needs(
    "school and authority have enquired together and cannot find the child, or agree that no return is to be expected",
    sources.REGISTER_GROUNDS, id="removal.joint", by=(*EDUCATION, *OFFICERS), record="record_joint_enquiries",
)  # fmt: skip
def joint_enquiries_made(facts: CaseFacts) -> bool:
    """Whether the enquiries that the law asks for were made, and left nothing to hope for."""
    return facts.joint_result in JOINT.fields[2].choices[:2]


@needs(
    "twenty school days of absence have ended; see the case's dates", sources.REGISTER_GROUNDS,
    id="removal.twenty_days", by=(Role.CLOCK,), record="twenty_days_over",
)  # fmt: skip
def twenty_days_over(facts: CaseFacts) -> bool:
    """Always false where it is asked: once the days are over, the case stands at another state."""
    return facts.twenty_days_over is not None


@needs(
    "ten school days since the leave have ended; see the case's dates", sources.REGISTER_GROUNDS,
    id="removal.ten_days", by=(Role.CLOCK,), record="ten_days_over",
)  # fmt: skip
def ten_days_over(facts: CaseFacts) -> bool:
    """Always false where it is asked: once the days are over, the case stands at another state."""
    return facts.ten_days_over is not None


def able_to_attend(record: str) -> Condition:
    """The condition that nothing points to sickness or an unavoidable cause, for one kind of ground."""
    return needs(
        "there is no reason to think of sickness or an unavoidable cause", sources.REGISTER_GROUNDS,
        id=f"{record}.able", by=EDUCATION, record=record,
    )(lambda facts: facts.unable_to_attend is not None and not yes(facts.unable_to_attend))  # fmt: skip


@needs(
    "every session carries code G, N or O", sources.REGISTER_GROUNDS,
    id="removal.codes", by=EDUCATION, record="find_ground_absence",
)  # fmt: skip
def only_these_codes(facts: CaseFacts) -> bool:
    """Whether no session was accounted for in another way."""
    return yes(facts.only_these_codes)


@needs(
    "the absence began before 19 August 2024", sources.REGISTER_2006,
    id="removal.earlier_rules", by=EDUCATION, record="correct_absence",
)  # fmt: skip
def under_earlier_rules(facts: CaseFacts) -> bool:
    """Whether the regulations of 2006, as amended in 2016, still apply to this absence."""
    began = facts.moment("first_day_of_absence")
    return began is not None and began.date() < NEW_RULES_FROM


def _days_short(facts: CaseFacts) -> Iterable[str]:
    wanted = 10 if facts.earlier_ground == "leave" else 20
    yield f"At least {wanted} school days are needed"


@needs(
    "the child was absent for twenty school days, or for ten after leave", sources.REGISTER_2006,
    id="removal.earlier_days", by=EDUCATION, record="find_ground_earlier_rules", missing=_days_short,
)  # fmt: skip
def days_of_earlier_rules(facts: CaseFacts) -> bool:
    """Whether the days counted by the school are enough; the rule table has no edition for those years."""
    return int(facts.school_days_absent or 0) >= (10 if facts.earlier_ground == "leave" else 20)


@needs(
    "the return to the authority has been sent; it may not come after the removal", sources.REGISTER_RETURNS,
    id="removal.returned", by=EDUCATION, record="send_deletion_return",
)  # fmt: skip
def return_sent(facts: CaseFacts) -> bool:
    """Whether the authority knows of the ground before the child leaves the register."""
    return facts.deletion_return_sent is not None


def _ground(id: str, says: str, *grounds: str | None) -> Condition:
    return needs(
        says, sources.REGISTER_GROUNDS, id=id, by=EDUCATION, record="keep_on_register"
    )(lambda facts: facts.other_ground in grounds)  # fmt: skip


lost = _ground("removal.lost", "the ground is absence, leave, or a move out of reach", None, MOVED_AWAY)
at_other_school = _ground("removal.other_school", "the ground is another school's register", OTHER_SCHOOL)
at_home = _ground("removal.at_home", "the ground is education at home", HOME_EDUCATED)


@needs(
    "it was asked where the child is educated", sources.MISSING_EDUCATION,
    id="search.checks", by=(*OFFICERS, *WORKERS), record="record_checks",
)  # fmt: skip
def checks_made(facts: CaseFacts) -> bool:
    """Whether anybody looked before the child was called lost."""
    return facts.checks_made is not None


@needs(
    "police and social care have been told", sources.MISSING_EDUCATION,
    id="search.told", by=OFFICERS, record="record_not_traced",
)  # fmt: skip
def police_and_social_care_told(facts: CaseFacts) -> bool:
    """Whether those who must know that a child is lost do know."""
    return yes(facts.police_told) and yes(facts.social_care_told)


@needs(
    "somebody has seen the child", sources.CHILD_SEEN,
    id="located.seen", by=WORKERS, record="child_seen", override=(Role.CME_COORDINATOR,),
)  # fmt: skip
def child_seen(facts: CaseFacts) -> bool:
    """Whether being located rests on more than a message."""
    return facts.child_seen is not None


@needs(
    "the child is on a school's register", sources.MISSING_EDUCATION,
    id="ending.on_roll", by=EDUCATION, record="enter_on_register",
)  # fmt: skip
def on_a_register(facts: CaseFacts) -> bool:
    """Whether a place is more than a promise."""
    return facts.entered_on_register is not None


@needs(
    "the fifteen days of the notice have ended; see the case's dates", sources.ATTENDANCE_ORDER,
    id="order.notice_over", by=(Role.CLOCK,), record="notice_over",
)  # fmt: skip
def notice_over(facts: CaseFacts) -> bool:
    """Always false where it is asked: once the days are over, the case stands at another state."""
    return facts.notice_over is not None
