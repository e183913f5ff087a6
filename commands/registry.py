"""Every command, by name: the module that holds it, what it does in a line, and where help lists it.

The list is all that `--help` and a slip of the keyboard need; a command's module is imported when it is run. Each
module has `app`, a Typer application: one function for a command, several for a group (`open referral`).
"""

from __future__ import annotations

EVERY_DAY = "Every day"
START = "Start something"
WORK = "Work on a case"
SERVICE = "Run the service"
SET_UP = "Set up and learn"

GROUPS = (EVERY_DAY, START, WORK, SERVICE, SET_UP)

COMMANDS: dict[str, tuple[str, str, str]] = {
    "worklist": ("commands.worklist", "What is to be done, most urgent first.", EVERY_DAY),
    "overdue": ("commands.overdue", "What is late now.", EVERY_DAY),
    "find": ("commands.find", "Find a person by name, date of birth or number.", EVERY_DAY),
    "show": ("commands.show", "A case: where it stands, its dates and stages.", EVERY_DAY),
    "next": ("commands.next", "What can be done now, what not yet, and what would open it.", EVERY_DAY),
    "why": ("commands.why", "How a date was worked out, day by day.", EVERY_DAY),
    "do": ("commands.do", "Make a move on a case.", EVERY_DAY),
    "note": ("commands.note", "Write a note on a case: fact, opinion or decision.", EVERY_DAY),
    "drafts": ("commands.drafts", "Forms you began and did not finish: go on, or drop.", EVERY_DAY),
    "board": ("commands.board", "A full screen: cases by stage; a conference's board.", EVERY_DAY),
    "digest": ("commands.digest", "The morning's message: what it says to you.", EVERY_DAY),
    "open": ("commands.open", "Open a case: referral and other ways in.", START),
    "record": ("commands.record", "Put evidence on a case: a report, a contact, views.", WORK),
    "undo": ("commands.undo", "Put a mistake right: withdraw an entry, or put it back.", WORK),
    "conference": ("commands.conference", "A conference: its day, what it lacks, reports, board.", WORK),
    "remind": ("commands.remind", "Ask agencies again for their reports.", WORK),
    "rebook": ("commands.rebook", "Another day for a conference: what it breaks, then the move.", WORK),
    "schedule": ("commands.schedule", "Propose slots for the conferences to be held.", WORK),
    "chronology": ("commands.chronology", "What happened on a case, in order.", WORK),
    "people": ("commands.people", "The family: who is in it, where they live, linked records.", WORK),
    "meeting": ("commands.meeting", "The conference that several children share.", WORK),
    "assign": ("commands.assign", "Who leads a case: give it, take it, hand over all of somebody's.", WORK),
    "link": ("commands.link", "Link two cases: brothers and sisters, one incident.", WORK),
    "letter": ("commands.letter", "Write a letter or minutes, for one recipient at a time.", WORK),
    "documents": ("commands.documents", "Letters and papers of a case: list, open, add.", WORK),
    "calendar": ("commands.calendar", "Calendar files with what is due; references only.", WORK),
    "access": ("commands.access", "Who may see a case, since when, on whose word.", WORK),
    "file": ("commands.file", "Audit a file; say that a child is watched.", WORK),
    "report": ("commands.report", "The central list of children; every concern with its outcome.", WORK),
    "supervision": ("commands.supervision", "Supervision: sessions, signatures, actions, what is due.", WORK),
    "retention": ("commands.retention", "How long files are kept, and their end by two people.", WORK),
    "check": ("commands.check", "The overnight check: run it, or see the last one.", SERVICE),
    "serve": ("commands.serve", "Start the service: nightly check, messages, pages.", SERVICE),
    "dashboards": ("commands.dashboards", "The managers' pages: print them, or write them as HTML.", SERVICE),
    "audit": ("commands.audit", "Prove that the record is whole.", SERVICE),
    "rules": ("commands.rules", "The rule pack: list, show, work out a date.", SERVICE),
    "days": ("commands.days", "Bank holidays and school terms: to when known, and to extend them.", SERVICE),
    "db": ("commands.db", "Look after the database: back up, restore, check.", SERVICE),
    "import": ("commands.import_", "Read in a children in need census file.", SERVICE),
    "users": ("commands.users", "The staff register: who may act here, in which roles.", SERVICE),
    "export": ("commands.export", "What can be taken out, and the record of processing.", SERVICE),
    "training": (
        "commands.training",
        "Training of safeguarding leads: when it was, when it is due.",
        SERVICE,
    ),
    "doctor": ("commands.doctor", "Check that everything is in order.", SERVICE),
    "init": ("commands.init", "Set up a store for real work.", SET_UP),
    "whoami": ("commands.whoami", "Who you are here, and whose cases you see.", SET_UP),
    "config": ("commands.config", "Settings of this computer, and where each comes from.", SET_UP),
    "demo": ("commands.demo", "A practice store with invented cases.", SET_UP),
    "describe": ("commands.describe", "A pathway in plain words, or as a diagram.", SET_UP),
    "tour": ("commands.tour", "Ten things to type, each checked, in a store of its own.", SET_UP),
    "completion": ("commands.completion", "Let your shell fill in commands and options.", SET_UP),
    "schema": ("commands.schema", "The shape of what --json prints, as JSON Schema.", SET_UP),
    "licences": ("commands.licences", "The packages in use, and their licences.", SET_UP),
    "help": ("commands.help", "All commands, or one; also: help exit-codes, help dates.", SET_UP),
}
