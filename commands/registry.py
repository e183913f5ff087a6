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
    "open": ("commands.open", "Open a case: referral and other ways in.", START),
    "record": ("commands.record", "Put evidence on a case: a report, a contact, views.", WORK),
    "chronology": ("commands.chronology", "What happened on a case, in order.", WORK),
    "check": ("commands.check", "The overnight check: run it, or see the last one.", SERVICE),
    "audit": ("commands.audit", "Prove that the record is whole.", SERVICE),
    "rules": ("commands.rules", "The rule pack: list, show, work out a date.", SERVICE),
    "days": ("commands.days", "Bank holidays and school terms: to when known, and to extend them.", SERVICE),
    "db": ("commands.db", "Look after the database: upgrade its tables.", SERVICE),
    "import": ("commands.import_", "Read in a children in need census file.", SERVICE),
    "doctor": ("commands.doctor", "Check that everything is in order.", SERVICE),
    "init": ("commands.init", "Set up a store for real work.", SET_UP),
    "demo": ("commands.demo", "A practice store with invented cases.", SET_UP),
    "describe": ("commands.describe", "A pathway in plain words, or as a diagram.", SET_UP),
    "help": ("commands.help", "All commands, or one; also: help exit-codes, help dates.", SET_UP),
}
