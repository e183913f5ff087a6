"""Forms that were begun and not finished: kept after each answer, for whoever began them and for nobody else.

What was answered lies sealed where the store's content is sealed: with the key of the case that the form is about, so
that it goes when the case is destroyed, or with the key of the practitioner's own chain. A finished form is emptied in
the transaction that writes what it was for, so the same form never writes twice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from models.prepared import Row
from models.store import Store
from models.transaction import Transaction
from models.wire import json_text
from pathways.errors import CONFLICT, NOT_FOUND, PathwayError

KEPT_FOR = timedelta(days=30)


class NoSuchForm(PathwayError):
    """There is none of that number, it is finished, or it is not theirs. One argument: the number."""

    code: ClassVar[int] = NOT_FOUND

    def __str__(self) -> str:
        return f"You have no form {self.args[0]} that could be gone on with. Yours: pathways drafts"


class FinishedElsewhere(PathwayError):
    """What the form was for has been written, or it was dropped, since it was opened here."""

    code: ClassVar[int] = CONFLICT

    def __str__(self) -> str:
        return "This form was finished or dropped in another window meanwhile. Nothing was saved; look at the case first."


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was begun: its number among their own, what for, since when, and the answers so far."""

    number: int
    command: str
    target: str
    begun_at: datetime
    saved_at: datetime
    answers: Mapping[str, Any]


def save(
    store: Store, form: int | None, *, command: str, target: str, answers: Mapping[str, Any], now: datetime
) -> int:
    """Keep the answers so far of whoever the store is read for, in a transaction of its own; the form's number.

    Args:
        store: its viewer is on the staff register.
        form: the number that it has already.
        command: what the form is for, as people type it; no name.
        target: the case that it is about, or empty.
        answers: all of them, ready for JSON.
        now: the present moment, aware.

    Raises:
        FinishedElsewhere: it has been finished or dropped, or its case is out of sight now.
    """
    with store.writing(service=True) as tx:
        sealed = _sealed(tx, target, answers)
        if form is None:
            row = tx.need(
                "add_form", practitioner_id=tx.viewer.id, command=command, target=target, answers=sealed,
                begun_at=now, saved_at=now, finished_at=None, dropped_at=None,
            )  # fmt: skip
            return int(tx.need("number_of_form", row_id=row.id).number)
        if tx.run("save_form", form_id=form, answers=sealed, saved_at=now) != 1:
            raise FinishedElsewhere
    return form


def begun(store: Store) -> list[Kept]:
    """What the store's viewer began and has not finished, but for forms about cases out of their sight."""
    with store.reading() as tx:
        return [kept for row in tx.all("forms_begun") if (kept := _opened(tx, row)) is not None]


def find(store: Store, form: int) -> Kept:
    """One form of the store's viewer.

    Raises:
        NoSuchForm: they have none of that number, or it is about a case out of their sight.
    """
    with store.reading() as tx:
        row = tx.one("form_begun", form_id=form)
        kept = _opened(tx, row) if row is not None else None
    if kept is None:
        raise NoSuchForm(form)
    return kept


def finish(tx: Transaction, form: int, now: datetime) -> None:
    """Mark a form as finished and forget its answers, together with what it was for.

    Raises:
        FinishedElsewhere: that has happened already.
    """
    if tx.run("finish_form", form_id=form, answers={}, finished_at=now) != 1:
        raise FinishedElsewhere


def drop(store: Store, form: int, now: datetime) -> None:
    """Forget a form's answers; it is not gone on with.

    Raises:
        NoSuchForm: they have none of that number.
    """
    with store.writing(service=True) as tx:
        if tx.one("form_begun", form_id=form) is None:
            raise NoSuchForm(form)
        tx.run("drop_form", form_id=form, answers={}, dropped_at=now)


def drop_old(store: Store, now: datetime) -> int:
    """Forget every form that nobody went on with for thirty days; how many there were."""
    with store.writing(service=True) as tx:
        return tx.run("drop_forms_before", answers={}, dropped_at=now, before=now - KEPT_FOR)


def _sealed(tx: Transaction, target: str, answers: Mapping[str, Any]) -> Any:
    # Half a character, as a broken terminal sends it, can be stored nowhere: a question mark stands for it.
    kept = json.loads(json_text(dict(answers)).encode("utf-8", "replace"))
    if tx.sealer is None:
        return kept
    row = {"case_ref": target or f"~{tx.viewer.id}", "answers": kept}
    sealed = tx.sealer.sealed(("answers",), row)["answers"]
    tx.sealer.lay_keys()
    return sealed


def _opened(tx: Transaction, row: Row) -> Kept | None:
    answers = row.answers
    if isinstance(answers, str):
        opened = tx.sealer.opened(answers) if tx.sealer is not None else None
        if opened is None:
            return None
        answers = json.loads(opened)
    return Kept(row.number, row.command, row.target, row.begun_at, row.saved_at, answers)
