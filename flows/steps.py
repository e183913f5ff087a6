"""What every flow has in common: nothing of a fault but its kind leaves a step, and what may pass is tried again.

Prefect keeps whatever it is told: parameters, names, printed lines, messages of exceptions. So a flow takes dates
and short words of our own, its body runs inside `without_values`, and all else is switched off in `TOLD_NOTHING`.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Any, ParamSpec, TypedDict, TypeVar

from prefect.client.schemas.objects import State

from models.clock import now as real_now
from models.place import database_url
from models.setup import moments
from models.store import Store, open_store
from models.sweep import Held
from pathways.errors import BUG, CONFLICT, NOT_READY, Mistyped, PathwayError
from pathways.moments import LONDON, local_day, words

Given = ParamSpec("Given")
Made = TypeVar("Made")


class _ToldNothing(TypedDict):
    log_prints: bool
    persist_result: bool
    validate_parameters: bool


TOLD_NOTHING = _ToldNothing(log_prints=False, persist_result=False, validate_parameters=False)
"""For every flow: Prefect keeps no output, no result, and no words about a parameter that does not fit."""


class StepFailed(PathwayError):
    """A step of a flow failed. Arguments: the kind of fault, the step, a number for the place, the exit code."""

    @property
    def code(self) -> int:  # type: ignore[override]
        """That of the fault itself."""
        return int(self.args[3])

    def __str__(self) -> str:
        kind, step, number, _ = self.args
        return f"{kind} in {step}, error no. {number}"


def _failed(fault: Exception, step: str) -> StepFailed:
    places = [
        f"{os.path.basename(each.filename)}:{each.lineno}"
        for each in traceback.extract_tb(fault.__traceback__)
    ]
    number = sha256("/".join(places).encode()).hexdigest()[:4]
    return StepFailed(
        type(fault).__name__, step, number, fault.code if isinstance(fault, PathwayError) else BUG
    )


WORDS_OF_OURS = (Held,)
"""Faults whose words hold no value: they leave a step as they are, and say on Prefect's pages what the command says."""


def without_values(step: str) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Let nothing leave a step but what kind of fault it was and a number: Prefect keeps whatever it is told."""

    def wrap(function: Callable[Given, Made]) -> Callable[Given, Made]:
        @wraps(function)
        def run(*args: Given.args, **named: Given.kwargs) -> Made:
            try:
                return function(*args, **named)
            except (StepFailed, *WORDS_OF_OURS) as fault:
                failed: PathwayError = type(fault)(*fault.args)
            except Exception as fault:
                failed = _failed(fault, step)
            raise failed  # outside the handler, so that the fault and its values do not hang on it

        return run

    return wrap


def may_pass(_task: Any, _run: Any, state: State[Any]) -> bool:
    """Try again when the database was locked or lost or somebody holds a case; what is refused is only refused again."""
    fault = state.result(raise_on_failure=False)
    return isinstance(fault, Held) or (isinstance(fault, StepFailed) and fault.code in (CONFLICT, NOT_READY))


class _Retried(TypedDict):
    retries: int
    retry_delay_seconds: list[float]
    retry_condition_fn: Callable[[Any, Any, State[Any]], bool]
    log_prints: bool
    persist_result: bool


RETRIED = _Retried(
    retries=3,
    retry_delay_seconds=[1, 10, 60],
    retry_condition_fn=may_pass,
    log_prints=False,
    persist_result=False,
)
"""For every task: three more tries when the database is locked or lost."""


def moment_of(as_of: Any) -> datetime | None:
    """The moment that a parameter names; None where it names none.

    Raises:
        Mistyped: it is not ISO text.
    """
    if not as_of:
        return None
    try:
        found = datetime.fromisoformat(str(as_of))
    except ValueError:
        raise Mistyped("as_of is an ISO date-time, such as 2026-11-24T06:00+00:00.") from None
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def open_at(as_of: str = "") -> tuple[Store, datetime, datetime]:
    """The store, the moment to look from, and this moment as it is written down."""
    store = open_store(database_url())
    try:
        return store, *moments(store, moment_of(as_of), real_now())
    except BaseException:
        store.close()
        raise


def day_in_words(as_of: Any = "") -> str:
    """The day that a run's name carries: of the moment it looks from, on a practice store of its fixed clock.

    Raises:
        Mistyped: `as_of` is not ISO text.
    """
    asked = moment_of(as_of)
    try:
        store, moment, _ = open_at(str(as_of or ""))
    except PathwayError:  # the run itself says what is wrong; its name need not
        moment = asked or real_now()
    else:
        store.close()
    return words(local_day(moment))
