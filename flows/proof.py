"""Does the record still verify, and do rules and calendars still reach? Looked at every night."""

from __future__ import annotations

from typing import Any, ClassVar

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.steps import TOLD_NOTHING, open_at, without_values
from models.anchors import sees_part
from models.covered import prove
from models.nearing import needs_a_person, runs_out, tell_of_endings
from models.notices import tell_operator
from models.readonly import stop_writing
from models.setup import rules_of
from pathways.errors import NOT_ALLOWED, PathwayError
from pathways.moments import local_day


class SeesPart(PathwayError):
    """The database hides rows from this login: what it proves would be a part, and must not read as the whole."""

    code: ClassVar[int] = NOT_ALLOWED

    def __str__(self) -> str:
        return "This database login sees only part of the records. Prove them with the service's: docs/postgresql.md"


@flow(name="verify-audit", flow_run_name="Does the record verify?", **TOLD_NOTHING)
@without_values("verify-audit")
def verify_audit() -> State[Any]:
    """Check every entry, checkpoint and anchor. Where one does not hold, the record may only be read from that moment on."""
    store, _, now = open_at()
    with store:
        if sees_part(store):
            raise SeesPart
        found = prove(store, rules_of(store))
        if found.whole:
            return Completed(message="The record verifies")
        stop_writing(store, now)
        tell_operator(store, "not-proven", now)
    return Failed(
        name="Not proven",
        message="The record does not verify and may only be read: pathways audit verify says where",
    )


@flow(name="rules-check", flow_run_name="Do rules and calendars reach?", **TOLD_NOTHING)
@without_values("rules-check")
def rules_check() -> State[Any]:
    """Say which rules, bank holidays and school terms end within 60 days, and how much in the rules needs a person."""
    store, _, now = open_at()
    with store:
        rules, today = rules_of(store), local_day(now)
        ending = runs_out(store, rules, today)
        if ending:
            tell_of_endings(store, now)
    open_points = needs_a_person(rules, today)
    said = f"{len(ending)} run out within 60 days, {open_points} points for a person: pathways rules check"
    return Completed(name="Running out" if ending else "Completed", message=said)
