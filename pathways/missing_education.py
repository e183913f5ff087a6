"""Children missing education: from an unexplained absence, or a child found without a school, to a place kept.

Opens   when a registered pupil stops coming, or when anybody finds a child of school age without a school.
Ends    on a roll, suitably educated at home, confirmed abroad, taken on by another authority, past school age.
Read    Children missing education, September 2025; the registration regulations of 2024; Education Act 1996.
Leaves  harm to the front door; the county court and prosecutions to the authority's lawyers.

There is no waiting time: a child without a school is missing education on the first day. A pupil who stops coming
is absent, and stays on the register until a person removes them on a listed ground, after joint enquiries, with
the return to the authority sent first. Three dates are gates and not limits: twenty days of absence, ten after
leave, fifteen of the parent's notice. Nothing can be decided on them sooner, and they decide nothing by passing.
The absence counts afresh where the authority takes part, so that a gate already passed opens the same night.
`untraced` is no way to close a case: the search goes on.
"""

from datetime import date

from pathways import missing_education_forms as forms
from pathways import sources
from pathways.definitions import SAME, Clock, Condition, Emit, Entry, Evidence, Move, Pathway, Stage, State
from pathways.evidence import (
    DEATH_KNOWN_BY,
    EDUCATION,
    MANAGERS,
    WORKERS,
    at_18,
    died,
    led,
    records_everywhere,
    refer_harm,
    yes,
)  # fmt: skip
from pathways.roles import ANYONE, Role

STATES = (
    State("absent", "Unexplained absence"),
    State("school_enquiries", "School enquires"),
    State("joint_enquiries", "School and authority enquire together"),
    State("leave_ground_open", "Ten days since leave: register decision"),
    State("register_decision_due", "Twenty days absent: register decision"),
    State("both_grounds_open", "Twenty days, and ten since leave: decide"),
    State("removal_pending", "Ground found: return, then removal"),
    State("identified", "Without a school: to be looked into"),
    State("registered_elsewhere", "Said to be at another school"),
    State("locating", "Whereabouts or education not known"),
    State("untraced", "Not traced: the search goes on"),
    State("needs_place", "Located: a place is needed"),
    State("placed", "Place found: attendance to be seen"),
    State("home_educated", "Educated at home: to be looked at"),
    State("notice_served", "Notice served: the parent's time runs"),
    State("order_decision_due", "Notice over: decide on an order"),
    State("ordered", "School attendance order in force"),
    State("closing_at_school_age", "Past school age: closure to complete"),
    State("closing_at_18", "Child is 18: closure to complete"),
    State("closed", "Closed", final=True),
)

BEFORE_AUTHORITY = ("absent", "school_enquiries")
GATES_OPEN = ("leave_ground_open", "register_decision_due", "both_grounds_open")
JOINT = ("joint_enquiries", *GATES_OPEN)
LEAVE_OPEN, ABSENCE_OPEN = (
    ("leave_ground_open", "both_grounds_open"),
    ("register_decision_due", "both_grounds_open"),
)
ON_REGISTER = (*BEFORE_AUTHORITY, *JOINT, "removal_pending")
SEARCH = ("identified", "locating", "untraced", "registered_elsewhere")
ORDER = ("notice_served", "order_decision_due", "ordered")
LOCATED = ("needs_place", "placed", "home_educated", *ORDER)
UNDER_WAY = (*ON_REGISTER, *SEARCH, *LOCATED)
CLOSING = ("closing_at_school_age",)
OPEN = (*UNDER_WAY, *CLOSING, "closing_at_18")
NOT_YET_BACK = (*ON_REGISTER, "identified", "locating", "needs_place", "placed")

SCHOOLS = EDUCATION
OFFICERS = forms.OFFICERS
COORDINATOR = (Role.CME_COORDINATOR, Role.EWO)
AUTHORITY = (*OFFICERS, *MANAGERS)
WRITERS = tuple(dict.fromkeys((*WORKERS, *EDUCATION)))
CLOCK = (Role.CLOCK,)

SEEN_AT_SCHOOL = Emit("child_welfare_confirmed", at="last_attended_on")
COUNTED = (
    Emit("first_day_of_absence", at="absent_from"),
    Emit("leave_ended", at="leave_ended_on", when=lambda facts: facts.leave_ended_on is not None),
)
GROUND = Emit("deletion_ground_met")

ENTRIES = (
    Entry("absence", "absent", (*SCHOOLS, Role.EWO), sources.ATTENDANCE, "Record an unexplained absence", forms.ABSENCE,
          (Emit("unexplained_absence_began", at="absent_from"), Emit("first_day_of_absence", at="absent_from"),
           Emit("last_attended", at="last_attended_on"), SEEN_AT_SCHOOL)),
    Entry("no_school", "identified", ANYONE, sources.MISSING_EDUCATION, "Record a child without a school", forms.FOUND,
          (Emit("child_found_without_school"),)),
)  # fmt: skip

ABSENT = (
    Move("make_first_day_contact", ON_REGISTER, SAME, SCHOOLS, sources.ATTENDANCE, "Record first-day contact",
         records=forms.FIRST_DAY, emits=(Emit("first_day_contact_made"),)),
    Move("tell_worker", ON_REGISTER, SAME, SCHOOLS, sources.ATTENDANCE, "Tell the child's social worker",
         records=forms.WORKER_TOLD, emits=(Emit("worker_told"),)),
    Move("record_code", ON_REGISTER, SAME, SCHOOLS, sources.REGISTER_CODES, "Record the attendance code", records=forms.CODE,
         emits=(Emit("code_n_entered", at="code_since", when=lambda facts: facts.attendance_code == "N"),
                Emit("code_n_replaced", when=lambda facts: facts.attendance_code != "N"),
                Emit("unauthorised_absence_began", at="code_since", when=forms.begins("unauthorised_absence_began", "illness_absence_began", "N", "G", "O")),
                Emit("illness_absence_began", at="code_since", when=forms.begins("illness_absence_began", "unauthorised_absence_began", "I")))),
    Move("send_attendance_return", ON_REGISTER, SAME, SCHOOLS, sources.REGISTER_RETURNS, "Send the return on absence",
         records=forms.RETURN, emits=(Emit("attendance_return_sent"),)),
    Move("send_sickness_return", ON_REGISTER, SAME, SCHOOLS, sources.REGISTER_RETURNS, "Send the return on sickness",
         records=forms.RETURN, emits=(Emit("sickness_return_sent"),)),
    Move("correct_absence", (*BEFORE_AUTHORITY, "joint_enquiries"), SAME, SCHOOLS, sources.REGISTER_GROUNDS, "Correct the first day of absence",
         records=forms.ABSENCE_DAYS, emits=COUNTED[:1]),
    Move("correct_absence", GATES_OPEN, "school_enquiries", SCHOOLS, sources.REGISTER_GROUNDS, "Correct the first day: count again",
         records=forms.ABSENCE_DAYS, emits=COUNTED[:1]),
    Move("record_leave_ended", ON_REGISTER, SAME, SCHOOLS, sources.REGISTER_GROUNDS, "Record that agreed leave has ended",
         records=forms.LEAVE, emits=(Emit("leave_ended", at="leave_ended_on"),)),
    Move("enquire", ("absent",), "school_enquiries", SCHOOLS, sources.EALING, "Record the school's enquiries",
         (forms.first_day_tried,), forms.ENQUIRIES, (Emit("enquiries_started"),)),
    Move("enquire", ON_REGISTER[1:], SAME, SCHOOLS, sources.EALING, "Record more of the school's enquiries",
         records=forms.ENQUIRIES, emits=(Emit("enquiries_started"),)),
    Move("refer_to_authority", BEFORE_AUTHORITY, "joint_enquiries", SCHOOLS, sources.BRADFORD, "Refer to the authority",
         records=forms.TO_AUTHORITY, emits=(Emit("cme_referred"), *COUNTED)),
    Move("record_joint_enquiries", (*JOINT, "removal_pending"), SAME, (*SCHOOLS, *AUTHORITY), sources.REGISTER_GROUNDS,
         "Record the joint enquiries", records=forms.JOINT, emits=(Emit("joint_enquiries_made"),)),
    Move("close_back_at_school", ON_REGISTER, "closed", (*SCHOOLS, *AUTHORITY), sources.ATTENDANCE, "Close: the child attends again",
         records=forms.ENDING, emits=(Emit("attending_confirmed"),), outcome="on_roll", confirm=True),
)  # fmt: skip


def _ground(
    kind: str,
    says: str,
    open_in: tuple[str, ...],
    gate: Condition,
    conditions: tuple[Condition, ...],
    records: Evidence,
) -> tuple[Move, Move]:
    """A ground that a date opens: refused with the reason before its gate has passed, open after it."""
    trigger, shut = f"find_ground_{kind}", tuple(state for state in JOINT if state not in open_in)
    asked = (forms.joint_enquiries_made, forms.able_to_attend(trigger), *conditions)
    return (
        Move(trigger, shut, "removal_pending", SCHOOLS, sources.REGISTER_GROUNDS, says, (gate, *asked), records, (GROUND,), forgets=("other_ground",)),
        Move(trigger, open_in, "removal_pending", SCHOOLS, sources.REGISTER_GROUNDS, says, asked, records, (GROUND,), forgets=("other_ground",)),
    )  # fmt: skip


REGISTER = (
    Move("twenty_days_over", ("joint_enquiries",), "register_decision_due", CLOCK, sources.REGISTER_GROUNDS,
         "Twenty school days of absence are over", emits=(Emit("twenty_days_over"),)),
    Move("twenty_days_over", ("leave_ground_open",), "both_grounds_open", CLOCK, sources.REGISTER_GROUNDS,
         "Twenty school days of absence are over", emits=(Emit("twenty_days_over"),)),
    Move("ten_days_over", ("joint_enquiries",), "leave_ground_open", CLOCK, sources.REGISTER_GROUNDS,
         "Ten school days since the leave are over", emits=(Emit("ten_days_over"),)),
    Move("ten_days_over", ("register_decision_due",), "both_grounds_open", CLOCK, sources.REGISTER_GROUNDS,
         "Ten school days since the leave are over", emits=(Emit("ten_days_over"),)),
    *_ground("absence", "Find a ground: absence", ABSENCE_OPEN, forms.twenty_days_over, (forms.only_these_codes,), forms.GROUND_ABSENCE),
    *_ground("leave", "Find a ground: no return after leave", LEAVE_OPEN, forms.ten_days_over, (), forms.GROUND_LEAVE),
    Move("find_ground_earlier_rules", JOINT, "removal_pending", SCHOOLS, sources.REGISTER_2006, "Find a ground under the earlier regulations",
         (forms.under_earlier_rules, forms.joint_enquiries_made, forms.days_of_earlier_rules, forms.able_to_attend("find_ground_earlier_rules")),
         forms.GROUND_2006, (GROUND,), forgets=("other_ground",)),
    Move("find_ground_other", (*BEFORE_AUTHORITY, *JOINT), "removal_pending", SCHOOLS, sources.REGISTER_GROUNDS,
         "Find a ground: other school, home, moved", records=forms.GROUND_OTHER, emits=(GROUND,)),
    Move("send_deletion_return", ("removal_pending",), SAME, SCHOOLS, sources.REGISTER_RETURNS, "Send the return on the removal",
         records=forms.RETURN, emits=(Emit("deletion_return_sent"),)),
    Move("remove_not_found", ("removal_pending",), "locating", (Role.PROPRIETOR, Role.HEADTEACHER, Role.PRINCIPAL), sources.REGISTER_GROUNDS,
         "Remove from the register; the search goes on", (forms.return_sent, forms.lost), forms.REMOVAL, (Emit("removed_from_register"),)),
    Move("remove_to_other_school", ("removal_pending",), "registered_elsewhere", (Role.PROPRIETOR, Role.HEADTEACHER, Role.PRINCIPAL),
         sources.REGISTER_GROUNDS, "Remove from the register: other school", (forms.return_sent, forms.at_other_school), forms.REMOVAL, (Emit("removed_from_register"),)),
    Move("remove_to_home", ("removal_pending",), "home_educated", (Role.PROPRIETOR, Role.HEADTEACHER, Role.PRINCIPAL),
         sources.REGISTER_GROUNDS, "Remove from the register: home education", (forms.return_sent, forms.at_home), forms.REMOVAL, (Emit("removed_from_register"),)),
    Move("keep_on_register", ("removal_pending",), "joint_enquiries", SCHOOLS, sources.REGISTER_GROUNDS, "Keep on the register",
         records=forms.KEPT, emits=COUNTED, forgets=("other_ground", "deletion_return_sent")),
)  # fmt: skip

SEARCHING = (
    Move("record_checks", (*JOINT, *SEARCH), SAME, (*AUTHORITY, *WORKERS), sources.MISSING_EDUCATION, "Ask where the child is educated",
         records=forms.CHECKS, emits=(Emit("checks_made"),)),
    Move("find_at_other_school", ("identified", "locating", "untraced", "needs_place"), "registered_elsewhere", OFFICERS, sources.MISSING_EDUCATION,
         "Find that the child is at another school", records=forms.ELSEWHERE, emits=(Emit("found_elsewhere"),)),
    Move("find_home_educated", ("identified", "locating", "untraced", "registered_elsewhere", "needs_place"), "home_educated",
         (*OFFICERS, Role.PARENT), sources.HOME_EDUCATION, "Record that the child is educated at home",
         records=forms.HOME, emits=(Emit("home_education_notified"),)),
    Move("find_not_known", ("identified", "registered_elsewhere", "placed", "home_educated"), "locating", OFFICERS, sources.MISSING_EDUCATION,
         "Find that whereabouts are not known", records=forms.NOT_KNOWN),
    Move("record_not_traced", ("locating",), "untraced", COORDINATOR, sources.MISSING_EDUCATION, "Record that the child is not traced",
         (forms.checks_made, forms.police_and_social_care_told), forms.NOT_FOUND, (Emit("not_traced"),)),
    Move("record_not_traced", ("untraced",), SAME, COORDINATOR, sources.MISSING_EDUCATION, "Record again that the child is not traced",
         records=forms.NOT_FOUND),
    Move("look_again", ("untraced",), SAME, (*AUTHORITY, *WORKERS), sources.MISSING_EDUCATION, "Look for the child again", records=forms.RECHECK),
    Move("locate", SEARCH, "needs_place", COORDINATOR, sources.MISSING_EDUCATION, "Record that the child is located",
         (forms.child_seen,), forms.LOCATED, (Emit("child_located"),)),
    Move("close_at_other_school", ("registered_elsewhere",), "closed", OFFICERS, sources.MISSING_EDUCATION, "Close: attends another school",
         records=forms.ENDING, emits=(Emit("attending_confirmed"),), outcome="on_roll", confirm=True),
)  # fmt: skip

PLACING = (
    Move("find_place", ("needs_place", "ordered", "home_educated"), "placed", (Role.ADMISSIONS, *COORDINATOR), sources.MISSING_EDUCATION, "Record a place",
         records=forms.PLACE, emits=(Emit("place_found"),)),
    Move("enter_on_register", ("placed",), SAME, (*SCHOOLS, *OFFICERS), sources.REGISTER_RETURNS, "Record the entry on a register", records=forms.ENTERED,
         emits=(Emit("entered_on_register"),
                Emit("pupil_entered_on_register", when=lambda facts: not yes(facts.usual_intake)))),
    Move("send_new_pupil_return", ("placed", "closed"), SAME, SCHOOLS, sources.REGISTER_RETURNS, "Send the return on the new pupil",
         records=forms.RETURN, emits=(Emit("new_pupil_return_sent"),)),
    Move("place_fell_through", ("placed",), "needs_place", (*SCHOOLS, *OFFICERS), sources.MISSING_EDUCATION, "Record that the place fell through",
         records=forms.PLACE_LOST, forgets=("entered_on_register",)),
    Move("close_placed", ("placed",), "closed", (*SCHOOLS, *OFFICERS), sources.MISSING_EDUCATION, "Close: attendance has been seen",
         (forms.on_a_register,), forms.ENDING, (Emit("attending_confirmed"),), outcome="on_roll", confirm=True),
)  # fmt: skip

AT_HOME = (
    Move("close_suitable_at_home", ("home_educated",), "closed", COORDINATOR, sources.HOME_EDUCATION, "Close: suitable education at home",
         records=forms.ENDING, outcome="ehe_suitable", confirm=True),
    Move("serve_notice", ("home_educated", "needs_place"), "notice_served", AUTHORITY, sources.ATTENDANCE_ORDER, "Serve the notice on the parent",
         records=forms.NOTICE, emits=(Emit("preliminary_notice_served"),)),
    Move("notice_over", ("notice_served",), "order_decision_due", CLOCK, sources.ATTENDANCE_ORDER, "The days of the notice are over",
         emits=(Emit("notice_over"),)),
    Move("make_order", ("notice_served",), "ordered", AUTHORITY, sources.ATTENDANCE_ORDER, "Make a school attendance order",
         (forms.notice_over,), forms.ORDER, (Emit("order_made"),)),
    Move("make_order", ("order_decision_due",), "ordered", AUTHORITY, sources.ATTENDANCE_ORDER, "Make a school attendance order",
         records=forms.ORDER, emits=(Emit("order_made"),)),
    Move("accept_home_education", ORDER, "home_educated", AUTHORITY, sources.ATTENDANCE_ORDER, "Find the education suitable: end the order",
         records=forms.SATISFIED, emits=(Emit("parent_satisfied"),)),
    Move("record_breach", ("ordered",), SAME, AUTHORITY, sources.ATTENDANCE_ORDER, "Record that the order is not kept", records=forms.BREACH),
)  # fmt: skip

ENDINGS = (
    Move("close_left_country", (*SEARCH, *LOCATED), "closed", COORDINATOR, sources.MISSING_EDUCATION, "Close: confirmed in another country",
         records=forms.ENDING, outcome="left_country_confirmed", confirm=True),
    Move("close_other_authority", (*SEARCH, *LOCATED), "closed", COORDINATOR, sources.MISSING_EDUCATION, "Close: another authority accepted",
         records=forms.ENDING, outcome="other_la_accepted", confirm=True),
    Move("school_age_ended", UNDER_WAY, "closing_at_school_age", CLOCK, sources.SCHOOL_AGE, "Compulsory school age has ended"),
    Move("close_out_of_age", (*UNDER_WAY, *CLOSING), "closed", OFFICERS, sources.SCHOOL_AGE, "Close: past compulsory school age",
         (forms.out_of_age,), forms.OUT_OF_AGE, outcome="age_out", confirm=True),
    refer_harm(UNDER_WAY),
)  # fmt: skip

MOVES = (
    *ABSENT,
    *REGISTER,
    *SEARCHING,
    *PLACING,
    *AT_HOME,
    *ENDINGS,
    led(OPEN, (*SCHOOLS, *AUTHORITY)),
    *records_everywhere(OPEN, WRITERS, ("child_welfare_confirmed",)),
    died(OPEN, "closed", (*DEATH_KNOWN_BY, *SCHOOLS, *OFFICERS)),
    *at_18((*UNDER_WAY, *CLOSING), "closed", AUTHORITY, "age_out"),
)

CLOCKS = (
    Clock("cme.first_day_contact", ("first_day_contact_made",), "Make first-day contact", ON_REGISTER, action="make_first_day_contact"),
    Clock("cme.tell_social_worker", ("worker_told",), "Tell the child's social worker", ON_REGISTER, action="tell_worker"),
    Clock("cme.code_n", ("code_n_replaced",), "Replace code N", ON_REGISTER, action="record_code"),
    Clock("cme.enquiries_start", ("enquiries_started", "cme_referred"), "Begin enquiries", ON_REGISTER, action="enquire"),
    Clock("cme.refer_to_la", ("cme_referred",), "Refer to the authority", BEFORE_AUTHORITY, action="refer_to_authority", warn=(2, "working_day")),
    Clock("cme.attendance_return", ("attendance_return_sent",), "Send the return on absence", ON_REGISTER, action="send_attendance_return"),
    Clock("cme.sickness_return", ("sickness_return_sent",), "Send the return on sickness", ON_REGISTER, action="send_sickness_return"),
    Clock("cme.weekly_welfare", ("child_welfare_confirmed",), "See the child this week", NOT_YET_BACK, action="child_seen"),
    Clock("cme.ground_20", (), "Twenty days of absence end", JOINT, "twenty_days_over", "find_ground_absence", gate=True),
    Clock("cme.ground_leave", (), "Ten days since the leave end", JOINT, "ten_days_over", "find_ground_leave", gate=True),
    Clock("cme.deletion_return", ("deletion_return_sent",), "Send the return on the removal", ("removal_pending",), action="send_deletion_return"),
    Clock("cme.new_pupil_return", ("new_pupil_return_sent",), "Send the return on the new pupil", ("placed", "closed"), action="send_new_pupil_return"),
    Clock("cme.sao_notice", (), "The parent's notice ends", ORDER[:2], "notice_over", "make_order", gate=True),
    Clock("cme.school_age", (), "Complete the closure", UNDER_WAY, "school_age_ended", "close_out_of_age", gate=True, warn=(1, "month")),
    Clock("cp.age_18", (), "Complete the closure at 18", (*UNDER_WAY, *CLOSING), "reached_18", "complete_closure", gate=True, warn=(6, "month")),
)  # fmt: skip

STAGES = (
    Stage(1, "First-day contact", lambda facts: facts.first_day_contact_made is not None, "cme.first_day_contact"),
    Stage(2, "School enquired", lambda facts: facts.enquiries_started is not None, "cme.enquiries_start"),
    Stage(3, "Authority told", lambda facts: facts.cme_referred is not None, "cme.refer_to_la"),
    Stage(4, "Enquired together", lambda facts: facts.joint_enquiries_made is not None),
    Stage(5, "Child seen", lambda facts: facts.child_seen is not None, "cme.weekly_welfare"),
    Stage(6, "Place found", lambda facts: facts.place_found is not None),
    Stage(7, "On a register", lambda facts: facts.entered_on_register is not None, "cme.new_pupil_return"),
)  # fmt: skip

PATHWAY = Pathway(
    name="missing_education",
    title="Children missing education",
    prefix="CME",
    version="2026.1",
    checked=date(2026, 11, 22),
    entries=ENTRIES,
    states=STATES,
    moves=MOVES,
    clocks=CLOCKS,
    opened_in=("identified",),
    stages=STAGES,
    facts=("birth_date",),
    team="missing education",
)
