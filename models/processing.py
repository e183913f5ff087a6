"""The record of processing (UK GDPR, article 30): what is kept about whom, why, for how long, how it is looked after.

What stands in the tables is listed from the tables; what it is about is said here, once for each table. What is
measured is measured in the store at hand. It holds nothing of any case, and no count of them: it may be shown to anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pathways import NAMES, pathway
from pathways.definitions import Strength
from pathways.moments import local_day
from pathways.practice_mark import MARK

if TYPE_CHECKING:
    from models.store import Store
    from pathways.definitions import Pathway
    from pathways.rulebook import Rulebook

TO_FILL_IN = "TO BE FILLED IN BY THE AUTHORITY"

CHILDREN = "children, born and unborn"
FAMILIES = "parents, carers, brothers and sisters, others of the household"
ACCUSED = "adults against whom an allegation is made"
STAFF = "practitioners of the authority and of partner agencies"
SUBJECTS = (CHILDREN, FAMILIES, ACCUSED)
EVERYBODY = (*SUBJECTS, STAFF)

INVENTED = "none; the cases are invented"


@dataclass(frozen=True, slots=True)
class Holding:
    """What a table holds.

    `about`: the kinds of people; empty: nobody. `special`: it may tell of health, ethnicity, sex life or offences
    (UK GDPR, articles 9 and 10).
    """

    what: str
    about: tuple[str, ...] = ()
    special: bool = False


HOLDINGS: dict[str, Holding] = {
    # people
    "person": Holding("dates of birth, due date, death, and what stood there before; sex; ethnicity", SUBJECTS, special=True),
    "person_name": Holding("names, present and former", SUBJECTS),
    "person_address": Holding("addresses, present and former, confidential ones marked", SUBJECTS),
    "person_identifier": Holding("numbers by which other services know somebody", SUBJECTS),
    "person_characteristic": Holding("disabilities, as returns count them", SUBJECTS, special=True),
    "person_link": Holding("which records are of one person", SUBJECTS),
    "relationship": Holding("who is related to whom", SUBJECTS),
    "household": Holding("households, by a label", SUBJECTS),
    "household_member": Holding("who lived in which household, from when to when", SUBJECTS),
    # casework
    "episode": Holding("spells of involvement: source of referral, need, reason for ending", SUBJECTS, special=True),
    "pathway_case": Holding("cases: pathway, state, outcome, dates, chosen answers, team and lead", EVERYBODY, special=True),
    "deadline": Holding("what was due by when on a case, and whether it was met", SUBJECTS),
    "record": Holding("evidence: reports, contacts, views, with their author", EVERYBODY, special=True),
    "meeting": Holding("conferences: day, place, chair", EVERYBODY),
    "meeting_case": Holding("which cases a conference was about", SUBJECTS),
    "meeting_person": Holding("whose family and household a conference was about", SUBJECTS),
    "form_draft": Holding("forms that somebody began, with their answers so far", EVERYBODY, special=True),
    "file_mark": Holding("what keeps a record from being destroyed, or longer", SUBJECTS, special=True),
    "document": Holding("letters, minutes and papers, as they were made, sent or received", EVERYBODY, special=True),
    # the trail and what proves it
    "trail": Holding("what happened on a case: when, which step, who did it in which role", EVERYBODY),
    "trail_payload": Holding("what each step learned; searches as a commitment, not as words", EVERYBODY, special=True),
    "checkpoint": Holding("signed proofs over the whole record"),
    "checkpoint_leaf": Holding("references of cases and the hashes of their last entries", SUBJECTS),
    "tree_run": Holding("hashes between the ends of cases' trails and the newest signed proof"),
    "uncovered": Holding("references of cases with entries that no signed proof covers yet", SUBJECTS),
    "tombstone": Holding("which case was destroyed, why, under which rule, by whom", EVERYBODY),
    "case_key": Holding("the keys of each case's content and of its pages, themselves sealed", SUBJECTS),
    # who may see what
    "practitioner": Holding("staff register: login, name, date of birth, staff number, e-mail address", (STAFF,)),
    "practitioner_role": Holding("who held which role, from when to when", (STAFF,)),
    "access": Holding("who was let in to a case or kept out, why, on whose word", EVERYBODY, special=True),
    "restriction": Holding("which case or person only the named may see, and why", EVERYBODY, special=True),
    "training": Holding("when safeguarding leads completed their training", (STAFF,)),
    "supervision": Holding("sessions of supervision: who met, when, what was gone through", (STAFF,), special=True),
    "supervision_case": Holding("which cases a session discussed; what was said lies on the case", EVERYBODY),
    "supervision_action": Holding("what a session agreed on: who, by when, whether done", (STAFF,), special=True),
    "supervision_signature": Holding("who signed a session, when, in which capacity", (STAFF,), special=True),
    "supervision_due": Holding("whose supervision the last check found overdue", (STAFF,)),
    "team_meeting": Holding("when a team met about its safeguarding work", (STAFF,)),
    "proposal": Holding("what one person asked for and another decided, with reasons", EVERYBODY, special=True),
    # the service
    "outbox": Holding("messages to other programs: references, roles, dates", SUBJECTS),
    "notice": Holding("e-mails to staff and agencies: references and counts, whether they arrived", EVERYBODY),
    "parked": Holding("cases that the nightly check could not deal with, and why", SUBJECTS),
    "import_unused": Holding("values of an imported file that could not be used, as sent", SUBJECTS, special=True),
    "import_run": Holding("files read in, by fingerprint and counts"),
    "check_run": Holding("runs of the nightly check: moments and counts"),
    "copy_run": Holding("backups made and tried: moments and counts"),
    "daily_count": Holding("how many cases of each pathway and team were open and late on a day"),
    "bank_holiday": Holding("bank holidays of England"),
    "school_days": Holding("terms of schools"),
    "setting": Holding("settings of these records"),
    "calendar_feed": Holding("addresses of calendar feeds, by team or login", (STAFF,)),
    "counter": Holding("the last number given to a case of a kind and year"),
}  # fmt: skip
"""Every table. One that is new has to be put here, by whoever makes it: `tests/models/test_processing.py`."""


SEALED_BY_HAND = {("form_draft", "answers")}
"""What is sealed by the code that keeps it and not by its column's type: `models/form_drafts.py`."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is handed data: what they get, of whom, by which command or on its own."""

    who: str
    gets: str
    by: str
    named: bool = False
    """Whether anybody can be known from it."""


RECIPIENTS = (
    Recipient("practitioners on the staff register", "the cases and people that their role, team and the access lists open to them", "every command", named=True),
    Recipient("managers", "counts, and references of late cases, on pages; nothing of a restricted case", "dashboards"),
    Recipient("whoever is given published pages", "counts, those from 1 to 4 hidden", "dashboards publish"),
    Recipient("practitioners, by e-mail", "references and counts", "serve"),
    Recipient("the operator of the service", "that a check, a proof or a relay failed; counts", "serve"),
    Recipient("the Prefect server", "dates, references, counts, codes of teams and rules; nothing of a guarded case", "serve"),
    Recipient("a court or an inspector", "one case's entries with their proof, when a practitioner exports it", "audit export", named=True),
    Recipient("families and agencies, one at a time", "letters and minutes, with what that one may be told, once a practitioner sends them", "letter", named=True),
    Recipient("families, agencies and employers, by letter", "what the table in pathways/letters.py shows to each; kept with its fingerprint", "letter", named=True),
    Recipient("whoever has a calendar's address", "references, tasks and days; nothing of a guarded case", "calendar publish"),
    Recipient("whoever keeps the backups", "everything, sealed under a key that is not in it", "db backup", named=True),
    Recipient("whoever keeps the anchors", "a code over the whole record, and its counts of cases and entries", "audit anchor"),
)  # fmt: skip
"""What leaves the records, by the command that takes it out."""

BASES = (
    ("UK GDPR, article 6(1)(c) and (e)", "legal obligation and public task: Children Act 1989 and 2004, Education Act 1996"),
    ("UK GDPR, article 9(2)(g)", "substantial public interest: Data Protection Act 2018, Schedule 1, paragraphs 6 and 18"),
    ("UK GDPR, article 10", "offences: Data Protection Act 2018, section 10(5) and Schedule 1, paragraph 18"),
)  # fmt: skip
"""What a local authority usually relies on; its data protection officer confirms or changes it."""


def columns() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Of each table its columns, and those that lie sealed in a store of real cases."""
    from models.tables import TABLES
    from models.types import SealedJson, SealedText

    return {
        name: (
            tuple(each.name for each in table.columns),
            tuple(
                each.name
                for each in table.columns
                if isinstance(each.type, SealedJson | SealedText) or (name, each.name) in SEALED_BY_HAND
            ),
        )
        for name, table in sorted(TABLES.tables.items())
    }


def record_of_processing(
    store: Store,
    *,
    authority: str,
    practice: bool,
    rulebook: Rulebook,
    measures: dict[str, str],
    now: datetime,
) -> dict[str, Any]:
    """The whole record, ready for JSON.

    Args:
        store: the store; only its settings and its safeguards are looked at.
        authority: whose rules it follows.
        practice: whether its cases are invented.
        rulebook: the rules of retention.
        measures: safeguards that are not the store's own (mail, the service), by name.
        now: the moment as at which it is true.
    """
    kept = columns()
    return {
        **({"mark": MARK} if practice else {}),
        "as_at": now.isoformat(),
        "controller": {
            "rules_of": authority,
            "name_and_contact": TO_FILL_IN,
            "joint_controllers": TO_FILL_IN,
            "data_protection_officer": TO_FILL_IN,
            "processors": TO_FILL_IN,
        },
        "purposes": [_purpose(pathway(name)) for name in NAMES],
        "lawful_bases_to_confirm": [{"basis": basis, "because": why} for basis, why in BASES],
        "people": sorted({kind for each in HOLDINGS.values() for kind in each.about}),
        "data": [
            {
                "table": name,
                "holds": HOLDINGS[name].what,
                "about": list(HOLDINGS[name].about),
                "special": HOLDINGS[name].special,
                "columns": list(every),
                "sealed_columns": list(sealed),
            }
            for name, (every, sealed) in kept.items()
        ],
        "recipients": [
            {"who": each.who, "gets": each.gets, "by": each.by, "anybody_known": each.named}
            for each in RECIPIENTS
        ],
        "transfers_abroad": "none by this program; where the computers stand: " + TO_FILL_IN,
        "retention": _retention(rulebook, now),
        "security": {**_safeguards(store, practice, now), **measures},
    }


def _purpose(about: Pathway) -> dict[str, Any]:
    """What a pathway is for: the law and guidance that it cites, a procedure's where it cites no other."""
    cited = dict.fromkeys(way.cites for way in about.ways())
    law = [each for each in cited if each.strength is not Strength.LOCAL] or list(cited)
    return {
        "pathway": about.name,
        "title": about.title,
        "restricted": about.restricted,
        "under": [str(each) for each in law],
    }


def _retention(rulebook: Rulebook, now: datetime) -> list[dict[str, str]]:
    """The rules of keeping that are in force; the rest of a limit is with the people who review it."""
    today = local_day(now)
    return [
        {
            "rule": each.key,
            "what": each.title,
            "limit": each.limit,
            "from": each.starts_at.replace("_", " "),
            "force": each.force.replace("_", " "),
            "source": each.source,
            "note": each.note,
        }
        for rule in rulebook.rules()
        if ".retain" in rule
        for each in rulebook.editions(rule)
        if each.covers(today)
    ]


def _safeguards(store: Store, practice: bool, now: datetime) -> dict[str, str]:
    """How these records are looked after, as found now."""
    return {
        "database": "SQLite, one file" if store.dialect == "sqlite" else "PostgreSQL",
        "encryption": INVENTED if practice else _encryption(store),
        "trail": _trail(store),
        "who sees what": _wall(store),
        "proof kept elsewhere": _elsewhere(store),
        "backups": INVENTED if practice else _backups(store, now),
    }


def _encryption(store: Store) -> str:
    from models.keys import keys_of

    if not keys_of(store):
        return "NONE: for made-up data only"
    whole = "the whole file, and " if store.dialect == "sqlite" else ""
    return f"{whole}what is written of each case, with a key of its own"


def _trail(store: Store) -> str:
    from models.setup import guards_missing

    missing = guards_missing(store)
    return (
        f"guards are MISSING: {', '.join(missing)}" if missing else "the database refuses to change or delete"
    )


def _wall(store: Store) -> str:
    if store.dialect == "sqlite":
        return "every query asks who is looking; whoever has the file's key and account reads all of it"
    from models.row_security import open_tables

    bare = open_tables(store)
    return (
        f"row security is MISSING on: {', '.join(bare)}"
        if bare
        else "every query asks who is looking; row security by login"
    )


def _elsewhere(store: Store) -> str:
    from models.anchors import outside

    return "anchors are added to a file in another place" if outside(store) else "NO place is named"


def _backups(store: Store, now: datetime) -> str:
    from models.copy_state import state_of

    with store.reading() as tx:
        return " ".join(state_of(tx, now)) or "none is missing"
