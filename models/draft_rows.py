"""A case's rows: a draft loaded from them and locked, and written back with everything that it has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from models.draft import Draft
from models.transaction import Transaction
from models.viewer import Viewer
from pathways import pathway
from pathways.errors import CONFLICT, NOT_FOUND, NotReady, PathwayError
from pathways.trail import FAMILY, LOOKS, OWNER, QUIET

UNTOLD = (*LOOKS, FAMILY, OWNER)
"""How the entries begin of which nobody else hears."""
CHANGED = (
    "reference", "state", "is_open", "outcome", "facts", "seq", "head", "team", "lead", "closed_at",
    "changed_at",
)  # fmt: skip
"""What of a draft's row is written anew; the reference says with which key."""


class NoSuchCase(PathwayError):
    """No case has this reference, or none that the actor may see: the same words for both."""

    code: ClassVar[int] = NOT_FOUND

    def __str__(self) -> str:
        return f"There is no case {self.args[0]}."


class ChangedMeanwhile(PathwayError):
    """The case is no longer as the actor saw it. Arguments: reference, when it changed."""

    code: ClassVar[int] = CONFLICT

    def __str__(self) -> str:
        return (
            f"Somebody changed {self.args[0]} while you had it open. Nothing was saved. "
            f"Look again, then repeat: pathways show {self.args[0]}"
        )


def load_draft(tx: Transaction, reference: str, **seen_by: Viewer) -> Draft:
    """The case, locked for this change. `seen_by`: for whom it is looked up, where not for the store's viewer.

    Raises:
        NoSuchCase: there is none of that reference.
        NotReady: it runs under a definition that this version of the program does not have.
    """
    rows, running = tx.together(
        ("case_to_change", {"reference": reference, **seen_by}),
        ("clocks_to_change", {"reference": reference}),
    )
    if not rows:
        raise NoSuchCase(reference)
    (row,) = rows
    tx.waited = row.waiting
    found = pathway(row.pathway)
    if row.definition != found.version:
        raise NotReady(
            f"{reference} runs under version {row.definition} of its pathway, and this program has {found.version}. "
            "Nothing was changed; ask the operator to move open cases to the new version."
        )
    return Draft.of(found, row, running, row.page)


def write_draft(tx: Transaction, draft: Draft) -> None:
    """Write one case's changes: its row, entries, records and clocks.

    Raises:
        ChangedMeanwhile: the row is no longer at the version that was read.
    """
    entries = draft.entries
    case: tuple[str, list[dict[str, Any]]]
    if draft.case_id is None:
        draft.begins_as(tx.new_key("case"))
        case = "import_case", [{"id": draft.case_id, **draft.row()}]
    else:
        step = 0
        for each in entries:
            if not each["action"].startswith(QUIET):
                step = 1
                break
        case = "change_case", [{
            "case_id": draft.case_id, "seen": draft.version - step, "step": step, "reference": draft.reference,
            "state": draft.state, "is_open": draft.is_open, "outcome": draft.outcome, "facts": draft.facts,
            "seq": draft.seq, "head": draft.head, "team": draft.team, "lead": draft.lead,
            "closed_at": draft.closed_at, "changed_at": draft.changed_at,
        }]  # fmt: skip
    changed = tx.several((
        case,
        ("add_trail", entries),
        ("add_payload", draft.payloads),
        ("add_record", draft.records),
        ("void_record", draft.voided),
        ("close_deadline", draft.stopped),
        ("add_deadline", [each.values for each in draft.begun] + draft.again),
        ("add_outbox", [_message(draft, each) for each in entries if not each["action"].startswith(UNTOLD)]),
    ))  # fmt: skip
    if changed != 1:
        raise ChangedMeanwhile(draft.reference)
    tx.entered += len(entries)


def _message(draft: Draft, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What others hear of an entry: reference, action, states; never a name or a reason."""
    refused = entry["action"].startswith("refused:")
    return {
        "key": f"{entry['case_ref']}/{entry['seq']}",
        "event": "pathways.move.refused" if refused else "pathways.move",
        "case_ref": entry["case_ref"],
        "pathway": draft.pathway.name,
        "team": draft.team,
        "rule": entry["rule"],
        "due_on": None,
        "to_roles": "",
        "effective_at": entry["effective_at"],
        "recorded_at": entry["at"],
        "done_at": None,
    }
