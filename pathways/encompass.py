"""Operation Encompass: the police tell a child's school of domestic abuse before the school opens again.

Opens   when the police know of an incident at which a child was affected.
Ends    when the key adult has supported the child and has referred, or has said why not.
Read    Domestic Abuse Act 2021, section 49A; the scheme's guidance for key adults.
Leaves  the referral to the front door. A notice is information and no referral.

Schools and early years settings have it before their next opening; after a holiday, for the first day back. A
child who is educated at home, or has no school, is the authority's to look after. Training of key adults and the
advice line are kept with the school, in no child's case.
"""

from datetime import date

from pathways import encompass_forms as forms
from pathways import sources
from pathways.definitions import SAME, Clock, Emit, Entry, Move, Opens, Pathway, Stage, State
from pathways.evidence import DEATH_KNOWN_BY, EDUCATION, WORKERS, died, led, records_everywhere, refer_harm

STATES = (
    State("incident", "Incident known: notice to be sent"),
    State("notified", "Notice sent, receipt awaited"),
    State("acknowledged", "Notice received: support to be given"),
    State("supported", "Child supported: decision due"),
    State("referred", "Referred", final=True),
    State("closed", "Closed", final=True),
)

SENT = ("notified", "acknowledged", "supported")
OPEN = ("incident", *SENT)
SENDERS, KEY_ADULTS = forms.SENDERS, forms.KEY_ADULTS
WRITERS = tuple(dict.fromkeys((*WORKERS, *EDUCATION)))

REFERRAL = Opens("front_door", "submitted", emits=("marf_submitted",))

ENTRIES = (
    Entry("incident", "incident", SENDERS, sources.ENCOMPASS, "Record a domestic abuse incident",
          forms.INCIDENT, (Emit("da_incident_known_to_police"),)),
)  # fmt: skip

MOVES = (
    Move("send_notice", ("incident",), "notified", SENDERS, sources.ENCOMPASS, "Send the notice",
         (forms.right_recipient,), forms.NOTICE, (Emit("encompass_notice_sent"),)),
    Move("redirect_notice", SENT, "incident", (*SENDERS, *KEY_ADULTS), sources.ENCOMPASS, "The notice was for somebody else",
         records=forms.ELSEWHERE, emits=(Emit("notice_redirected"), Emit("da_incident_known_to_police", at="da_incident_known_to_police")),
         forgets=("encompass_notice_sent", "encompass_notice_received", "notice_to")),
    Move("receive_notice", ("notified",), "acknowledged", KEY_ADULTS, sources.ENCOMPASS_SCHEME, "Receive the notice and file it",
         records=forms.RECEIPT, emits=(Emit("encompass_notice_received"),)),
    Move("offer_support", ("acknowledged",), "supported", KEY_ADULTS, sources.ENCOMPASS_SCHEME, "Record the support for the child",
         records=forms.SUPPORT, emits=(Emit("child_supported"),)),
    Move("offer_support", ("supported",), SAME, KEY_ADULTS, sources.ENCOMPASS_SCHEME, "Record more support for the child",
         records=forms.SUPPORT, emits=(Emit("child_supported"),)),
    Move("refer", SENT, "referred", KEY_ADULTS, sources.MARF, "Refer the child", records=forms.REFERRED,
         emits=(Emit("child_referred"),), opens=(REFERRAL,), outcome="referred", confirm=True),
    Move("close", ("supported",), "closed", KEY_ADULTS, sources.ENCOMPASS_SCHEME, "Close: no referral is needed",
         records=forms.ENDED, outcome="supported", confirm=True),
    Move("close_not_sent", ("incident",), "closed", SENDERS, sources.ENCOMPASS, "Close: no notice is to be sent",
         records=forms.NOT_OURS, outcome="not_sent", confirm=True),
    led(OPEN, (*KEY_ADULTS, *SENDERS)),
    refer_harm(OPEN),
    *records_everywhere(OPEN, WRITERS),
    died(OPEN, "closed", (*DEATH_KNOWN_BY, *KEY_ADULTS, *SENDERS[:1])),
)  # fmt: skip

CLOCKS = (
    Clock("oe.notify", ("encompass_notice_sent",), "Send it before the school opens", ("incident",), action="send_notice"),
    Clock("oe.dsl_response", ("child_supported", "child_referred"), "Support the child today", ("acknowledged",), action="offer_support"),
)  # fmt: skip

STAGES = (
    Stage(1, "Notice sent", lambda facts: facts.encompass_notice_sent is not None, "oe.notify"),
    Stage(2, "Notice received", lambda facts: facts.encompass_notice_received is not None),
    Stage(3, "Child supported", lambda facts: facts.child_supported is not None, "oe.dsl_response"),
)

PATHWAY = Pathway(
    name="encompass",
    title="Operation Encompass: notice to school",
    prefix="OE",
    version="2026.1",
    checked=date(2026, 11, 22),
    entries=ENTRIES,
    states=STATES,
    moves=MOVES,
    clocks=CLOCKS,
    stages=STAGES,
    facts=("birth_date",),
    team="front door",
)
