"""Passing on the safeguarding file: to the next setting, against a signed receipt, and no copy left behind.

Opens   when a child leaves during the year, or begins at the next setting with a new term.
Ends    when both sides have accepted the receipt and the copy is destroyed, or no file is to be passed on.
Read    Keeping Children Safe in Education, annex on the safeguarding lead; the schools handbook on transfer.
Leaves  the ordinary school file to the school. How long a record is kept is worked out in `keeping.py`.

The sender has talked with those who take it before anything is sent. The receipt is written down by somebody other than
whoever handed the file over, and accepted by somebody other than whoever wrote it down; where the other side has no login
here, it says who signed there. A copy is kept until the receipt is signed and checked, and no longer, unless a law or a
hold requires it. Being late changes nothing but the worklist: a file that is
not sent, or not signed for, stays where it is until people have dealt with it.
"""

from datetime import date

from pathways import file_transfer_forms as forms
from pathways import sources
from pathways.definitions import SAME, Clock, Emit, Entry, Move, Pathway, Stage, State
from pathways.evidence import DEATH_KNOWN_BY, EDUCATION, WORKERS, died, led, records_everywhere, refer_harm

STATES = (
    State("open", "File to be handed over"),
    State("sent", "Sent, receipt awaited"),
    State("received", "Receipt here, to be checked"),
    State("accepted", "Accepted on both sides: copy to go"),
    State("retained", "Copy kept on a legal ground"),
    State("closed", "Closed", final=True),
)

TO_SEND, SENT, RECEIVED = ("open",), ("sent",), ("received",)
WITH_COPY = ("accepted", "retained")
OPEN = (*TO_SEND, *SENT, *RECEIVED, *WITH_COPY)
SENDERS, RECEIVERS = forms.SENDERS, forms.RECEIVERS
WRITERS = tuple(dict.fromkeys((*WORKERS, *EDUCATION, *SENDERS)))
RULE, HANDBOOK = sources.FILE_TRANSFER, sources.FILE_TRANSFER_HANDBOOK

LEFT, TERM = "pupil_left_in_year", "new_term_began"
STILL_DUE = (
    Emit(LEFT, at=LEFT, when=lambda facts: facts.pupil_left_in_year is not None),
    Emit(TERM, at=TERM, when=lambda facts: facts.new_term_began is not None),
)
"""A file that did not arrive is due since the child moved, and not since the mistake."""

ENTRIES = (
    Entry("left_in_year", "open", RECEIVERS, RULE, "Pass on the file of a child who left in the year", forms.GOING, (Emit(LEFT),)),
    Entry("new_term", "open", RECEIVERS, RULE, "Pass on a file at the start of term", forms.GOING, (Emit(TERM),)),
)  # fmt: skip

MOVES = (
    Move("hold_talk", TO_SEND, SAME, SENDERS, HANDBOOK, "Record the talk with those who take the file",
         records=forms.TALK, emits=(Emit("transfer_talk_held"),)),
    Move("change_destination", TO_SEND, SAME, RECEIVERS, HANDBOOK, "The child goes somewhere else",
         records=forms.GOING, forgets=("transfer_talk_held",)),
    Move("send_file", TO_SEND, "sent", SENDERS, RULE, "Hand the file over",
         (forms.talked, forms.right_recipient, forms.apart), forms.SENT, (Emit("file_sent"),), signs="handed_over_by"),
    Move("chase_receipt", SENT, SAME, SENDERS, HANDBOOK, "Ask for the receipt again",
         records=forms.CHASED, emits=(Emit("receipt_chased"),)),
    Move("receive_file", SENT, "received", RECEIVERS, RULE, "Sign the receipt for the file",
         records=forms.RECEIPT, emits=(Emit("file_received"),), signs="receipt_by", apart_from="handed_over_by"),
    Move("accept_receipt", RECEIVED, "accepted", SENDERS, RULE, "Check the receipt and accept it",
         (forms.signed, forms.whole), forms.ACCEPTED, (Emit("receipt_accepted"),), apart_from="receipt_by"),
    Move("report_gap", (*SENT, *RECEIVED), "open", RECEIVERS, HANDBOOK, "The file did not arrive as it was sent",
         records=forms.GAP, emits=(Emit("file_gap_found"), *STILL_DUE),
         forgets=("file_sent", "file_received", "sent_to", "sent_apart", "sent_print", "pages_sent", "receipt_signed_by_them",
                  "right_place", "pages_received", "received_print", "handed_over_by", "receipt_by")),
    Move("keep_copy", WITH_COPY, "retained", SENDERS, HANDBOOK, "Keep a copy on a legal ground",
         records=forms.KEPT, emits=(Emit("copy_kept"),)),
    Move("destroy_copy", WITH_COPY, "closed", SENDERS, HANDBOOK, "Destroy the copy and close",
         (forms.no_legal_ground,), forms.DESTROYED, (Emit("copy_destroyed"),), outcome="transferred", confirm=True),
    Move("close_not_needed", TO_SEND, "closed", SENDERS, HANDBOOK, "Close: no file is passed on",
         records=forms.NOT_NEEDED, outcome="not_needed", confirm=True),
    led(OPEN, RECEIVERS),
    refer_harm(OPEN),
    *records_everywhere(OPEN, WRITERS),
    died(OPEN, "closed", (*DEATH_KNOWN_BY, *SENDERS)),
)  # fmt: skip

CLOCKS = (
    Clock("rec.transfer_in_year", ("file_sent",), "Hand the file over", TO_SEND, action="send_file"),
    Clock("rec.transfer_new_term", ("file_sent",), "Hand the file over", TO_SEND, action="send_file"),
    Clock("rec.receipt_chase", ("file_received",), "Get the signed receipt", SENT, action="chase_receipt"),
)

STAGES = (
    Stage(1, "Next setting talked with", lambda facts: facts.transfer_talk_held is not None),
    Stage(2, "File handed over", lambda facts: facts.file_sent is not None, "rec.transfer_in_year"),
    Stage(3, "Receipt signed", lambda facts: facts.file_received is not None, "rec.receipt_chase"),
    Stage(4, "Accepted on both sides", lambda facts: facts.receipt_accepted is not None),
    Stage(5, "Copy destroyed", lambda facts: facts.copy_destroyed is not None),
)

PATHWAY = Pathway(
    name="file_transfer",
    title="Passing on the safeguarding file",
    prefix="FT",
    version="2026.1",
    checked=date(2026, 11, 22),
    entries=ENTRIES,
    states=STATES,
    moves=MOVES,
    clocks=CLOCKS,
    stages=STAGES,
    facts=("birth_date",),
    team="records",
)
