"""What writes: every command that changes records or writes a file, as data. A new one is a line in `JOBS` and a word in `WRITES`.

`READS` and `WRITES` together are the registry; a test fails when a command is in neither, or a subcommand of one that
writes is neither broken by a job nor said to write nothing. What the stores hold beforehand is in stores.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

READS = frozenset((
    "worklist", "overdue", "find", "show", "next", "why", "chronology", "dashboards", "rules", "doctor", "whoami",
    "digest", "schema", "completion", "tour", "describe", "report", "licences", "help", "conference", "schedule",
))  # fmt: skip
"""Commands that leave the records as they are, but for the note that somebody looked."""
WRITES = frozenset((
    "do", "open", "record", "note", "assign", "drafts", "board", "remind", "rebook", "people", "meeting", "link", "undo", "access", "letter", "documents", "calendar", "retention", "file", "supervision", "training", "check", "serve", "audit", "days", "db", "config", "import", "users", "export", "init",
    "demo",
))  # fmt: skip
"""Commands of which at least one form changes the records."""
WITHOUT_A_JOB: dict[str, str] = {
    "board": "it draws; what is chosen on it is another command's line, and what is typed on it is the form of one: tests/commands/test_board.py",
    "serve": "runs the flows until it is stopped; what they write is `check run`, and the steps of service_steps.py",
}
"""Writing commands without a line in `JOBS`, each with the reason."""

WRITES_NOTHING: dict[str, str] = {
    **dict.fromkeys(
        (
            "access on", "access why", "audit show", "calendar show", "calendar url", "check last", "check status", "config path", "config show", "days show",
            "db check", "db key show-source", "db key write-down", "documents list", "export list", "import unused", "letter check-template",
            "letter fields", "letter recipients", "retention due", "retention why", "supervision actions", "supervision due",
            "supervision list", "supervision show", "training due", "users list",
        ),
        "it shows",
    ),
    "audit verify": "it proves",
    "letter write": "the same as `letter`, which is broken",
    "drafts resume": "it gives the command again that the form is for; a form cut short at each prompt: tests/commands/test_drafts.py",
    "db key add": "it writes to the login's keyring, in one step, and to nothing of ours",
}  # fmt: skip
"""Subcommands of `WRITES` that leave the records as they are but for the note of a look, each with the reason where it needs one."""

GIVEN, FAMILY = "Quillonella", "Zephyrwick"
CANARIES = (GIVEN, FAMILY, "zephyrwick", "quillonella")
"""Names that may stand in the records and nowhere else."""
STARTED = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, 31, tzinfo=UTC)
NIGHT = datetime(2026, 12, 20, 6, 0, tzinfo=UTC)
CASE = "CP-2026-0001"
SISTER, HELD_BACK, TO_BE_LIFTED = "CP-2026-0002", "CP-2026-0003", "CP-2026-0004"
KNOWN_TWICE, LINKED = "RF-2026-0001", "RF-2026-0002"
HIDDEN = "LADO-7KQ4M2X"
TO_REVIEW, TO_APPROVE, TO_DESTROY, KEPT = (f"RF-2026-000{number}" for number in (1, 2, 3, 4))
PAGED, SESSION = "RF-2026-0001", "session-1"
WHY = ("--because", "as was agreed with the police")


@dataclass(frozen=True, slots=True)
class Job:
    """One writing command.

    `arguments` may name files of the work folder in braces. `again` is the exit codes of the same command once it has
    had its effect. `repeats` is false where a second call is a second thing and not the same one (a note): there the
    person looks first, and calls again only if the first is not there. `store` is what there is beforehand.
    """

    name: str
    arguments: tuple[str, ...]
    again: tuple[int, ...] = (0,)
    repeats: bool = True
    store: str = "cases"
    steps: bool = False
    """It writes in several transactions, each whole: a killed run may leave some of them."""
    long: bool = False
    """It makes hundreds of calls or takes seconds: not each call is a point, but `MOST` of each kind."""
    ends: tuple[int, ...] = (0,)
    """How it may end undisturbed."""
    changes: bool = True
    """Whether it leaves more than a note that it ran; a refusal and a drill do not."""
    databases: tuple[str, ...] = ("sqlite", "sqlcipher", "postgresql")
    program: str = "cli.py"
    typed: tuple[str, ...] = ()
    """What a person types at its questions, where it asks only at a terminal."""
    environment: tuple[tuple[str, str], ...] = ()
    """What it finds in its environment besides; may name files in braces."""
    counts: tuple[str, ...] = ()
    """Tables that count here, though they say nothing of other commands' effects."""
    folders: tuple[str, ...] = ()
    """Folders of the home folder whose files are its effect."""
    passes_over: tuple[str, ...] = ()
    """Columns that tell when it was done, where a second time is later than the first; tables that any run may add to."""
    notes: tuple[str, ...] = ()
    """Entries that say beforehand that something is taken out; asked for again, it is said again."""
    then: tuple[str, ...] = ()
    """What a person gives instead of the same again, where the first of several parts is there."""
    elsewhere: bool = False
    """It works in a store of its own, which goes with it: its receipts are not looked for in this one."""
    shows_names: bool = False
    """It prints names because it was asked to."""


ENCRYPTED = ("sqlcipher", "postgresql")
NEXT_KEY = "c0ffee00" * 8
ROTATES = (("CREDENTIALS_DIRECTORY", "{next_keys}"), ("PATHWAYS_PASSPHRASE", NEXT_KEY))
"""The key to change to is handed over, and once it is the key of the store it is still found."""
OFFICE = "office"
TAKEN = ("export", "export_document")
STEPS = "tests/faults/service_steps.py"
WHEN_SENT = ("notice.attempts", "notice.send_after", "notice.sent_at", "notice.last_fault")

JOBS = (
    # every day
    Job("do, a move that takes the case on", ("do", CASE, "start-enquiry", "--from", "{enquiry}", "--no-input"), again=(3,)),
    Job("do, a move that is refused", ("do", CASE, "decide-plan", "--no-input"), again=(3,), ends=(3,)),
    Job("do, for two sisters at once", ("do", CASE, "note", "--with", SISTER, "--from", "{sisters}", "--no-input"), repeats=False, store=OFFICE),
    Job("record note", ("record", "note", CASE, "--from", "{note}", "--no-input"), repeats=False),
    Job("record note, with a name", ("record", "note", CASE, "--from", "{note}", "--once", "run-7", "--no-input")),
    Job("note", ("note", CASE, "--from", "{note}", "--no-input"), repeats=False),
    Job("open referral", ("open", "referral", "--from", "{referral}", "--no-input"), again=(2, 3)),
    Job("drafts drop", ("drafts", "drop", "1"), again=(5,), store=OFFICE, counts=("form_draft",)),
    Job("find, by name", ("find", CASE, "--names"), repeats=False, store=OFFICE, shows_names=True),
    Job("chronology, on paper", ("chronology", CASE, "--full", "--out", "{out}/chronology.docx"), repeats=False, steps=True, store=OFFICE, notes=TAKEN),
    Job("show, with names", ("show", CASE, "--names"), shows_names=True),
    # a case
    Job("undo", ("undo", CASE, "--entry", "2", "--because", "on the wrong case", "--no-input"), again=(3,), store="staffed"),
    Job("remind", ("remind", CASE, "--agency", "police"), store=OFFICE),
    Job("rebook", ("rebook", CASE, "--to", "2026-11-25", "--although", "--where", "Oak room, 10am", "--because", "ill", "--no-input"), again=(2,), store=OFFICE),
    Job("meeting add", ("meeting", SISTER, "add", "--to", CASE), again=(2,), store=OFFICE),
    Job("link, sisters", ("link", CASE, KNOWN_TWICE, "--as", "half-sibling"), again=(3,), store=OFFICE),
    Job("link, cases", ("link", KNOWN_TWICE, CASE, "--as", "step-up"), repeats=False, store=OFFICE),
    Job("people add name", ("people", CASE, "add", "name", "--from", "{name}", "--no-input"), repeats=False),
    Job("people add address", ("people", CASE, "add", "address", "--from", "{address}", "--no-input"), repeats=False, store=OFFICE),
    Job("people add number", ("people", CASE, "add", "number", "--from", "{number}", "--no-input"), repeats=False, store=OFFICE),
    Job("people add relative", ("people", CASE, "add", "relative", "--from", "{relative}", "--no-input"), repeats=False, store=OFFICE),
    Job("people add household", ("people", CASE, "add", "household", "--from", "{household}", "--no-input"), repeats=False, store=OFFICE),
    Job("people add member", ("people", CASE, "add", "member", "--from", "{member}", "--no-input"), repeats=False, store=OFFICE),
    Job("people end relative", ("people", CASE, "end", "relative", "--from", "{end_relative}", "--no-input"), again=(2,), store=OFFICE),
    Job("people end address", ("people", CASE, "end", "address", "--from", "{end_address}", "--no-input"), again=(2,), store=OFFICE),
    Job("people end member", ("people", CASE, "end", "member", "--from", "{end_member}", "--no-input"), again=(2,), store=OFFICE),
    Job("people merge", ("people", CASE, "merge", KNOWN_TWICE, *WHY), again=(2,), store=OFFICE),
    Job("people split", ("people", LINKED, "split", *WHY), again=(2,), store=OFFICE),
    Job("letter", ("letter", CASE, "transfer-receipt", "--to", "school"), repeats=False, steps=True),
    Job("letter, with a file", ("letter", CASE, "invitation", "--to", "child", "--out", "{out}/letter.docx"), repeats=False, steps=True, store=OFFICE, notes=("looked", *TAKEN), then=("documents", "open", CASE, "2", "--out", "{out}/letter.docx")),
    Job("letter sent", ("letter", "sent", CASE, "1", "--how", "post"), again=(3,), store=OFFICE),
    Job("documents add", ("documents", "add", CASE, "{scan}", "--as", "report"), repeats=False, store=OFFICE),
    Job("documents open", ("documents", "open", CASE, "1", "--out", "{out}/kept.docx"), repeats=False, steps=True, store=OFFICE, notes=TAKEN),
    Job("calendar publish, a new one", ("calendar", "publish", "--mine", "--to", "{out}"), steps=True, store=OFFICE),
    Job("calendar publish", ("calendar", "publish", "--team", "conference", "--to", "{out}"), store=OFFICE),
    Job("calendar revoke", ("calendar", "revoke", "--team", "conference", "--to", "{out}"), again=(5,), store=OFFICE),
    Job("access grant", ("access", "grant", HELD_BACK, "--to", "t.dean", *WHY), repeats=False, store=OFFICE),
    Job("access revoke", ("access", "revoke", HELD_BACK, "--to", "j.moss", *WHY), again=(2,), store=OFFICE),
    Job("access exclude", ("access", "exclude", CASE, "--who", "j.moss", *WHY, "--no-input"), store=OFFICE),
    Job("access restrict", ("access", "restrict", CASE, *WHY), again=(2,)),
    Job("access lift", ("access", "lift", HELD_BACK, *WHY), again=(2,), store=OFFICE),
    Job("access readmit", ("access", "readmit", HELD_BACK, "--who", "r.keep", *WHY), again=(2,), store=OFFICE),
    Job("access agree", ("access", "agree", TO_BE_LIFTED, *WHY), again=(2,), store=OFFICE),
    Job("access open, the glass is broken", ("access", "open", HIDDEN, *WHY), store=OFFICE, typed=(HIDDEN,)),
    Job("file audit", ("file", "audit", CASE, "--from", "{audit}", "--no-input"), repeats=False, store=OFFICE),
    Job("file watch", ("file", "watch", CASE, *WHY), again=(2,), store=OFFICE),
    Job("file unwatch", ("file", "unwatch", SISTER, *WHY), again=(2,), store=OFFICE),
    Job("retention hold", ("retention", "hold", CASE, "--as", "subject_access", *WHY), again=(2,), store=OFFICE),
    Job("retention release", ("retention", "release", CASE, "--as", "complaint", *WHY), again=(2,), store=OFFICE),
    Job("retention review", ("retention", "review", TO_REVIEW, *WHY), again=(2, 3), store="kept"),
    Job("retention approve", ("retention", "approve", TO_APPROVE, *WHY), again=(2, 3), store="kept"),
    Job("retention destroy", ("retention", "destroy", TO_DESTROY), again=(2, 3), store="kept", typed=(TO_DESTROY,), databases=ENCRYPTED),
    Job("retention destroy, a page", ("retention", "destroy", PAGED, "--page", "1"), again=(2, 3, 4), store="past", typed=(PAGED,)),
    Job("retention destroy, a session", ("retention", "destroy", SESSION), again=(3,), store="past", typed=(SESSION,), databases=ENCRYPTED),
    Job("supervision record", ("supervision", "record", "--from", "{session}"), again=(2,), store=OFFICE),
    Job("supervision sign", ("supervision", "sign", "1"), again=(2, 3), store="supervised"),
    Job("supervision done", ("supervision", "done", "1", "--on", "2026-11-22"), again=(2, 5), store="supervised"),
    Job("supervision meeting", ("supervision", "meeting", "--team", "conference", "--on", "2026-11-20"), again=(2,), store=OFFICE),
    Job("training add", ("training", "add", "t.dean", "--on", "2026-11-02"), again=(2,), store=OFFICE),
    # the service
    Job("check run", ("check", "run", "--as-of", "2026-12-20"), steps=True),
    Job("import cin-census", ("import", "cin-census", "{census}"), steps=True, long=True),
    Job("import cin-census, three children", ("import", "cin-census", "{small}"), steps=True),
    Job("import cin-census, with a file", ("import", "cin-census", "{small}", "--unused", "{out}/unused.csv"), again=(2,), steps=True),
    Job("import cin-census, the same again", ("import", "cin-census", "{small}"), steps=True, changes=False, store="imported"),
    Job("dashboards publish", ("dashboards", "publish", "--out", "{out}/pages"), repeats=False, steps=True, long=True, store=OFFICE, notes=TAKEN),
    Job("export processing-record", ("export", "processing-record", "--out", "{out}/record.md"), repeats=False, steps=True, notes=TAKEN),
    Job("audit export", ("audit", "export", CASE, "--out", "{out}/case.jsonl"), repeats=False, steps=True, store=OFFICE, notes=TAKEN, passes_over=("checkpoint", "checkpoint_leaf"), then=("audit", "export", CASE, "--out", "{out}/case.jsonl")),
    Job("audit verifier", ("audit", "verifier", "--out", "{out}/verifier.py"), again=(2,), store="none", databases=("sqlite",)),
    Job("audit anchor", ("audit", "anchor")),
    Job("audit clear", ("audit", "clear"), repeats=False, steps=True, store="held", notes=("clear",)),
    Job("days update", ("days", "update", "--to", "2045")),
    Job("days school", ("days", "school", "usual", "{terms}")),
    Job("users add", ("users", "add", "--from", "{staff}")),
    Job("users end", ("users", "end", "j.moss", "--on", "2026-11-30"), store="staffed"),
    Job("users role", ("users", "role", "j.moss", "conference chair", "--from", "2026-12-01"), again=(0, 2), store="staffed"),
    Job("the service queues digests", ("digests",), store=OFFICE, program=STEPS),
    Job("the service queues urgent messages", ("urgent",), store="mailed", program=STEPS, steps=True),
    Job("the service sends mail", ("send",), store="mailed", program=STEPS, steps=True, folders=("mail",), passes_over=WHEN_SENT),
    Job("the service hands events over", ("events",), store=OFFICE, program=STEPS, steps=True, folders=("events",)),
    Job("config set", ("config", "set", "letters.office=Bootle office")),
    Job("config unset", ("config", "unset", "letters.office"), store="set up"),
    # the store
    Job("init, an encrypted store", ("init", "--no-input", "--role", "coordinator"), store="none", steps=True, long=True, databases=ENCRYPTED),
    Job("init, a plain store", ("init", "--no-input", "--unencrypted"), store="none", steps=True, long=True, databases=("sqlite", "postgresql")),
    Job("db upgrade", ("db", "upgrade"), store="older", steps=True, long=True),
    Job("db backup", ("db", "backup", "--to", "{out}"), repeats=False, steps=True, long=True),
    Job("db drill", ("db", "drill", "--to", "{copies}"), steps=True, long=True, changes=False),
    Job("db restore", ("db", "restore", "{copy}"), again=(10,), store="none", steps=True, long=True),
    Job("db key rotate", ("db", "key", "rotate"), databases=ENCRYPTED, steps=True, environment=ROTATES, store="office", again=(0, 2, 10)),
    Job("db key forget", ("db", "key", "forget", "--yes"), databases=ENCRYPTED, steps=True, environment=ROTATES, store="rotated"),
    Job("db key bring-back", ("db", "key", "bring-back", "{copy}"), databases=("sqlcipher",), store="noteless", again=(2,)),
    Job("assign", ("assign", CASE, "--to", "j.moss"), again=(2,), store="staffed"),
)  # fmt: skip

DEMO = Job(
    "demo, without Prefect", ("demo",), store="none", steps=True, databases=("sqlite",),
    program="tests/faults/demo_without_prefect.py", passes_over=("checkpoint", "checkpoint_leaf"),
)  # fmt: skip
"""What it shows being refused is on record each time that it is shown, and the check's checkpoint covers it: killed in
its last step and given again, it has one checkpoint more."""
DEMO_RESET = replace(
    DEMO, name="demo reset, without Prefect", arguments=("demo", "reset"), store="cases", passes_over=()
)
TOUR = Job(
    "tour, with every step typed",
    ("tour", "coordinator", "--play"),
    changes=False,
    databases=("sqlite",),
    elsewhere=True,
)
"""It works in a store of its own; nobody's records may be touched."""
TOO_LONG = (DEMO, DEMO_RESET, TOUR)
"""Too long to be killed at each write; they are killed at random moments."""
