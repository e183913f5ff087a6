"""Escalation: professionals who disagree climb, rung by rung, until it is settled or said to be unsettled.

Opens   when a decision is challenged, or when an agency does not do what it agreed or must.
Ends    settled at a stage, withdrawn, or recorded as unsettled by the partnership's leads.
Read    The partnership's procedure on professional disagreement; the ten situations of the schools handbook.
Leaves  complaints, and the reviewing officers' practice alert, to procedures of their own.

A dispute never blocks a protective move: no other pathway reads anything of this one, the child's case goes on,
and anybody may refer again at any time. The ten ladders are data, in escalation_forms.py: whom to climb to, in
office hours and out of them. Where significant harm is believed every rung is climbed on the same day, whatever
the stage would allow. A limit that passes offers the next stage; people open it. Nothing closes by itself.
"""

from datetime import date

from pathways import escalation_forms as forms
from pathways import sources
from pathways.definitions import (
    SAME,
    CaseFacts,
    Clock,
    Emit,
    Entry,
    Evidence,
    Move,
    Opens,
    Pathway,
    Source,
    Stage,
    State,
)
from pathways.escalation_forms import LADDERS, Ladder, Rung, next_rung, same_day
from pathways.evidence import notes_everywhere
from pathways.roles import ANYONE, Role

__all__ = ["LADDERS", "PATHWAY", "Ladder", "Rung", "next_rung", "same_day"]

STATES = (
    State("informal", "Talked over with those who decided"),
    State("stage1_offered", "Day passed: stage 1 offered"),
    State("stage1", "Stage 1: with the team manager"),
    State("stage2_offered", "Stage 1 not settled: stage 2 offered"),
    State("stage2", "Stage 2: with the service manager"),
    State("stage2_meeting_offered", "Stage 2 not settled: meeting offered"),
    State("stage2_meeting", "Stage 2: meeting to be held"),
    State("stage3_offered", "Meeting not held: stage 3 offered"),
    State("stage3", "Stage 3: with the partnership"),
    State("stage4_offered", "Stage 3 not settled: stage 4 offered"),
    State("stage4", "Stage 4: with the lead partners"),
    State("stage4_overdue", "Stage 4 past its limit, not settled"),
    State("resolved", "Settled", final=True),
    State("withdrawn", "Withdrawn", final=True),
    State("unresolved_recorded", "Recorded as not settled", final=True),
)

INFORMAL = ("informal", "stage1_offered")
STAGE1 = ("stage1", "stage2_offered")
STAGE2 = ("stage2", "stage2_meeting_offered")
MEETING = ("stage2_meeting", "stage3_offered")
STAGE3 = ("stage3", "stage4_offered")
STAGE4 = ("stage4", "stage4_overdue")
FROM_STAGE2 = (*STAGE2, *MEETING, *STAGE3, *STAGE4)
OPEN = (*INFORMAL, *STAGE1, *FROM_STAGE2)
ENDED = ("resolved", "unresolved_recorded")

CHALLENGERS = forms.CHALLENGERS
RECEIVERS = (
    Role.TEAM_LEADER,
    Role.LINE_MANAGER,
    Role.FRONT_DOOR_MANAGER,
    Role.CHAIR_MANAGER,
    Role.SERVICE_MANAGER,
)
AGENCY_LEADS = (
    Role.DSL, Role.DEPUTY_DSL, Role.HEADTEACHER, Role.PRINCIPAL, Role.CHAIR_OF_GOVERNORS, Role.HEALTH, Role.POLICE,
    Role.EARLY_HELP_HUB, Role.TEAM_LEADER, Role.SERVICE_MANAGER, Role.SENIOR_OFFICER,
)  # fmt: skip
SERVICE = (Role.SERVICE_MANAGER, Role.SENIOR_OFFICER)
PARTNERSHIP = (Role.PARTNERSHIP_MANAGER, Role.PARTNERSHIP_LEAD)
LAST = (Role.PARTNERSHIP_LEAD,)
CLOCK = (Role.CLOCK,)
MANUAL, HANDBOOK = sources.ESCALATION, sources.LADDERS

TODAY = Emit("cp_disagreement_arises", when=same_day)
"""Where harm is believed, each rung begins a day of its own."""
SETTLED = Emit("disagreement_settled")


def _newly_believed(facts: CaseFacts) -> bool:
    return same_day(facts) and facts.cp_disagreement_arises is None


ENTRIES = (
    Entry("disagreement", "informal", CHALLENGERS, MANUAL, "Record a professional disagreement", forms.DISAGREEMENT,
          (Emit("disagreement_or_decision_received"), TODAY)),
)  # fmt: skip

ON_THE_LADDER = (
    Move("choose_situation", OPEN, SAME, CHALLENGERS, HANDBOOK, "Choose the situation again", records=forms.SITUATION,
         emits=(Emit("cp_disagreement_arises", when=_newly_believed),)),
    Move("climb", OPEN, SAME, CHALLENGERS, HANDBOOK, "Record a rung that was climbed", (forms.in_order,), forms.CLIMBED, (Emit("rung_climbed"),)),
    Move("record_dissent_in_room", OPEN, SAME, CHALLENGERS, HANDBOOK, "Record dissent spoken in the meeting",
         records=forms.DISSENT_MINUTED, emits=(Emit("dissent_spoken"),)),
    Move("believe_harm", OPEN, SAME, CHALLENGERS, HANDBOOK, "Record that significant harm is believed", records=forms.HARM_BELIEVED,
         emits=(Emit("cp_disagreement_arises", when=_newly_believed),)),
    Move("refer_again", OPEN, SAME, ANYONE, sources.FLOWCHART, "Refer the child again", records=forms.AGAIN, emits=(Emit("referred_again"),),
         opens=(Opens("front_door", "submitted", emits=("significant_harm_suspected", "referral_made_by_other_staff")),)),
    Move("notify_partnership", FROM_STAGE2, SAME, (*CHALLENGERS, *PARTNERSHIP), MANUAL, "Notify the partnership",
         records=forms.NOTIFIED, emits=(Emit("partnership_notified"),)),
)  # fmt: skip

STAGE_MOVES = (
    Move("raise_stage1", INFORMAL, "stage1", CHALLENGERS, MANUAL, "Raise at stage 1",
         (forms.situation_fits, forms.dissent_minuted), forms.RAISED, (Emit("esc_stage1_raised"), TODAY)),
    Move("answer", (*STAGE1, *STAGE2, *STAGE3, *STAGE4), SAME, (*RECEIVERS, *SERVICE, *PARTNERSHIP), MANUAL, "Record the answer to the challenge",
         records=forms.ANSWERED, emits=(Emit("challenge_answered"),)),
    Move("open_stage2", STAGE1, "stage2", AGENCY_LEADS, MANUAL, "Open stage 2", records=forms.RAISED, emits=(Emit("esc_stage2_opened"), TODAY)),
    Move("call_meeting", STAGE2, "stage2_meeting", (*AGENCY_LEADS, *PARTNERSHIP), MANUAL, "Not agreed: call the stage 2 meeting",
         records=forms.NOT_AGREED, emits=(Emit("esc_stage2_not_agreed"), TODAY)),
    Move("meeting_not_settled", MEETING, SAME, (*SERVICE, *PARTNERSHIP), MANUAL, "Record a meeting that did not settle it",
         records=forms.NOT_AGREED, emits=(Emit("stage2_meeting_held"),)),
    Move("open_stage3", MEETING, "stage3", (*AGENCY_LEADS, *PARTNERSHIP), MANUAL, "Open stage 3", records=forms.RAISED, emits=(Emit("esc_stage3_opened"), TODAY)),
    Move("open_stage4", STAGE3, "stage4", (*AGENCY_LEADS, *PARTNERSHIP), MANUAL, "Open stage 4", records=forms.RAISED, emits=(Emit("esc_stage4_opened"), TODAY)),
)  # fmt: skip


def _settle(
    trigger: str, states: tuple[str, ...], who: tuple[Role, ...], says: str, outcome: str, event: str,
    records: Evidence = forms.SETTLED,
) -> Move:  # fmt: skip
    """The end of the dispute at one stage."""
    return Move(
        trigger,
        states,
        "resolved",
        who,
        MANUAL,
        says,
        (),
        records,
        (Emit(event), SETTLED),
        outcome=outcome,
        confirm=True,
    )


ENDINGS = (
    _settle("settle_informally", INFORMAL, (*CHALLENGERS, *RECEIVERS), "Settle it by talking", "resolved_informally", "settled_informally"),
    _settle("resolve_stage1", STAGE1, RECEIVERS, "Settle it at stage 1", "resolved_stage1", "esc_stage1_resolved"),
    _settle("agree_stage2", STAGE2, SERVICE, "Settle it at stage 2", "resolved_stage2", "esc_stage2_agreed"),
    _settle("resolve_at_meeting", MEETING, SERVICE, "Settle it at the meeting", "resolved_meeting", "esc_stage2_meeting_resolved"),
    _settle("resolve_stage3", STAGE3, PARTNERSHIP, "Settle it at stage 3", "resolved_stage3", "esc_stage3_resolved"),
    _settle("resolve_stage4", STAGE4, LAST, "Settle it at stage 4", "resolved_stage4", "esc_closed", forms.LEARNING),
    Move("record_unresolved", STAGE4, "unresolved_recorded", LAST, MANUAL, "Record that it is not settled",
         records=forms.UNSETTLED, emits=(Emit("esc_closed"), Emit("disagreement_unsettled")), outcome="unresolved", confirm=True),
    Move("withdraw", OPEN, "withdrawn", CHALLENGERS, MANUAL, "Withdraw the challenge", records=forms.WITHDRAWN,
         emits=(Emit("challenge_withdrawn"),), outcome="withdrawn", confirm=True),
    Move("send_letter", ENDED, SAME, (*RECEIVERS, *SERVICE, *PARTNERSHIP), MANUAL, "Send the letter with the outcome",
         records=forms.LETTER, emits=(Emit("outcome_letter_sent"),)),
)  # fmt: skip


def _offers(trigger: str, cites: Source, says: str, **ways: str) -> tuple[Move, ...]:
    """A passing date that offers the next stage, from each of these states."""
    return tuple(Move(trigger, (source,), dest, CLOCK, cites, says) for source, dest in ways.items())


OFFERED = (
    *_offers("same_day_passed", HANDBOOK, "The day has passed: the next rung is offered", informal="stage1_offered", stage1="stage2_offered",
             stage2="stage2_meeting_offered", stage2_meeting="stage3_offered", stage3="stage4_offered", stage4="stage4_overdue"),
    *_offers("stage1_passed", MANUAL, "The limit of stage 1 has passed", stage1="stage2_offered"),
    *_offers("stage2_passed", MANUAL, "The limit of stage 2 has passed", stage2="stage2_meeting_offered"),
    *_offers("meeting_passed", MANUAL, "The limit of the meeting has passed", stage2_meeting="stage3_offered"),
    *_offers("stage3_passed", MANUAL, "The limit of stage 3 has passed", stage3="stage4_offered"),
    *_offers("stage4_passed", MANUAL, "The limit of stage 4 has passed", stage4="stage4_overdue"),
)  # fmt: skip

MOVES = (
    *ON_THE_LADDER,
    *STAGE_MOVES,
    *ENDINGS,
    *OFFERED,
    *notes_everywhere(OPEN, (*CHALLENGERS, *PARTNERSHIP)),
)

NEXT_STAGE = (
    "esc_stage1_raised",
    "esc_stage2_opened",
    "esc_stage2_not_agreed",
    "esc_stage3_opened",
    "esc_stage4_opened",
)
CLOCKS = (
    Clock("esc.cp_same_day", (*NEXT_STAGE, "disagreement_settled", "disagreement_unsettled"), "Climb to the next rung today", OPEN, "same_day_passed", "climb"),
    Clock("esc.s1_raise", ("esc_stage1_raised", "disagreement_settled"), "Raise it at stage 1", INFORMAL, action="raise_stage1"),
    Clock("esc.s1_respond", ("challenge_answered", "esc_stage1_resolved", "esc_stage2_opened"), "Answer the challenge", STAGE1, "stage1_passed", "answer"),
    Clock("esc.s1_outcome_letter", ("outcome_letter_sent",), "Send the letter of stage 1", ENDED, action="send_letter"),
    Clock("esc.s2_agree", ("esc_stage2_agreed", "esc_stage2_not_agreed"), "Try to agree at stage 2", STAGE2, "stage2_passed", "agree_stage2"),
    Clock("esc.s2_notify_partnership", ("partnership_notified",), "Notify the partnership", FROM_STAGE2, action="notify_partnership"),
    Clock("esc.s2_outcome_letter", ("outcome_letter_sent",), "Send the letter of stage 2", ENDED, action="send_letter"),
    Clock("esc.s2_meeting", ("stage2_meeting_held", "esc_stage2_meeting_resolved", "esc_stage3_opened"), "Hold the stage 2 meeting", MEETING, "meeting_passed", "resolve_at_meeting"),
    Clock("esc.s2_meeting_letter", ("outcome_letter_sent",), "Send the letter of the meeting", ENDED, action="send_letter"),
    Clock("esc.s3_resolve", ("esc_stage3_resolved", "esc_stage4_opened"), "Settle it at stage 3", STAGE3, "stage3_passed", "resolve_stage3"),
    Clock("esc.s4_resolve", ("esc_closed",), "Settle it at stage 4", STAGE4, "stage4_passed", "resolve_stage4"),
)  # fmt: skip


def _next(facts: CaseFacts) -> str:
    rung = next_rung(facts)
    return f"next: {rung.name}" if rung else ""


STAGES = (
    Stage(1, "Rungs climbed", lambda facts: facts.rung_climbed is not None, "esc.cp_same_day", _next),
    Stage(2, "Stage 1 raised", lambda facts: facts.esc_stage1_raised is not None, "esc.s1_raise"),
    Stage(3, "Stage 2 opened", lambda facts: facts.esc_stage2_opened is not None, "esc.s1_respond"),
    Stage(4, "Meeting called", lambda facts: facts.esc_stage2_not_agreed is not None, "esc.s2_meeting"),
    Stage(5, "Stage 3 opened", lambda facts: facts.esc_stage3_opened is not None, "esc.s3_resolve"),
    Stage(6, "Stage 4 opened", lambda facts: facts.esc_stage4_opened is not None, "esc.s4_resolve"),
    Stage(7, "Letter sent", lambda facts: facts.outcome_letter_sent is not None),
)

PATHWAY = Pathway(
    name="escalation",
    title="Escalation: disagreement between professionals",
    prefix="ESC",
    version="2026.1",
    checked=date(2026, 11, 22),
    entries=ENTRIES,
    states=STATES,
    moves=MOVES,
    clocks=CLOCKS,
    stages=STAGES,
    team="partnership",
)
