"""What happens by itself in Prefect: each automation's name is the sentence that a manager reads in the list.

They are known by their names: made where they are not there, brought up to date where they are. Which of them is on
is settled when they are made and after that is the operator's to change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ActionTypes, ChangeFlowRunState, PauseDeployment, RunDeployment
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

from models.place import database_url
from models.store import open_store

NOTIFY = "notify/notify"
PAUSED_WHEN_NOT_PROVEN = ("check-deadlines/overnight", "publish-dashboards/pages")
HEARTBEAT = "prefect.flow-run.heartbeat"
SILENT = timedelta(seconds=120)
"""Four heartbeats of 30 seconds."""
NIGHT_AND_A_BIT = timedelta(hours=26)
WATCHED = (
    "check-deadlines", "check-shard", "watch-referrals", "relay-events", "verify-audit", "rules-check", "publish-dashboards",
)  # fmt: skip
"""Flows whose crash is told by mail. Not those that send it: they would call each other for ever."""

_EVENT = {"prefect.resource.id": "pathways.*"}
_RUN = {"prefect.resource.id": "prefect.flow-run.*"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """An automation as it should be: its sentence, what sets it off, the word that `notify` gets, whether it is on."""

    name: str
    trigger: EventTrigger
    about: str = ""
    on: bool = False
    pauses: bool = False
    crashes: bool = False
    description: str = ""


def _when(event: str, *, statutory: bool = False) -> EventTrigger:
    match = {**_EVENT, "pathways.statutory": "yes"} if statutory else _EVENT
    # At most one a minute, however many limits passed in the night: the flow that is run tells of all of them.
    return EventTrigger(
        expect={event},
        match=_labels(match),
        posture=Posture.Reactive,
        threshold=1,
        within=timedelta(minutes=1),
    )


def _labels(match: Mapping[str, str | list[str]]) -> ResourceSpecification:
    return ResourceSpecification.model_validate(dict(match))


WANTED: tuple[Wanted, ...] = (
    Wanted("A statutory date was missed", _when("pathways.deadline.missed", statutory=True), "deadline-missed", on=True),
    Wanted("A statutory date is tomorrow and nothing is booked", _when("pathways.deadline.near", statutory=True), "date-near"),
    Wanted("A referral has 2 working hours left", _when("pathways.referral.near"), "referral-near"),
    Wanted("Reports missing 2 working days before a conference", _when("pathways.reports.missing"), "reports-missing", on=True),
    Wanted(
        "More conferences due than chair slots next week", _when("pathways.capacity.short"), "capacity-short",
        description="Needs a number in pathways.toml: slots_a_week under [conferences]. Without it nothing says this.",
    ),
    Wanted("A case has had no owner for a day", _when("pathways.case.unowned"), "no-owner"),
    Wanted("Late cases rose by a third in a week", _when("pathways.late.rising"), "late-rising"),
    Wanted(
        "The overnight check did not finish",
        EventTrigger(
            expect={"pathways.check.finished"}, match=_labels(_EVENT), posture=Posture.Proactive, threshold=1,
            within=NIGHT_AND_A_BIT,
        ),
        "check-unfinished", on=True,
        description="No check has finished for 26 hours. Look: pathways check last. Then: pathways check run",
    ),
    Wanted(
        "A scheduled run crashed",
        EventTrigger(
            expect={"prefect.flow-run.Failed", "prefect.flow-run.Crashed"}, match=_labels(_RUN),
            match_related=_labels({"prefect.resource.role": "flow", "prefect.resource.name": list(WATCHED)}),
            posture=Posture.Reactive, threshold=1, within=timedelta(minutes=1),
        ),
        "run-crashed", on=True,
    ),
    Wanted(
        "A run fell silent and counts as crashed",
        EventTrigger(
            after={HEARTBEAT}, expect={"prefect.flow-run.*"}, match=_labels(_RUN),
            for_each={"prefect.resource.id"}, posture=Posture.Proactive, threshold=1, within=SILENT,
        ),
        on=True, crashes=True,
        description="Its process or its machine went away. What it had done stands; the next run does the rest.",
    ),
    Wanted(
        "The record did not verify", _when("pathways.audit.broken"), "not-proven", on=True, pauses=True,
        description="The record may only be read until an operator has looked: pathways audit verify",
    ),
    Wanted("Rules or bank holidays run out in 60 days", _when("pathways.calendar.ending"), "calendar-ending"),
)  # fmt: skip


def make_automations(deployments: Mapping[str, UUID]) -> list[str]:
    """Make every automation that is wanted, or bring it up to date; the names of those newly made.

    Args:
        deployments: by full name, as `notify/notify`, those that the actions run or pause.
    """
    fresh = []
    for wanted in WANTED:
        made = AutomationCore(
            name=wanted.name,
            description=wanted.description,
            enabled=wanted.on,
            trigger=wanted.trigger,
            actions=list(_actions(wanted, deployments)),
        )
        with get_client(sync_client=True) as client:
            there = client.read_automations_by_name(wanted.name)
            if not there:
                client.create_automation(made)
                fresh.append(wanted.name)
                continue
            made.enabled = there[0].enabled
            if _told(made) != _told(there[0]):  # an update begins every watch anew, also one of 26 hours
                client.update_automation(there[0].id, made)
            for twin in there[1:]:
                client.delete_automation(twin.id)
    return fresh


def _told(automation: AutomationCore) -> dict[str, Any]:
    """What of an automation is ours to say, in a form that compares."""
    said = automation.model_dump(mode="json", include={"description", "trigger", "actions"})
    said["trigger"].pop("id", None)
    for labels in ("after", "expect", "for_each"):
        said["trigger"][labels] = sorted(said["trigger"][labels])
    return said


def _actions(wanted: Wanted, deployments: Mapping[str, UUID]) -> Sequence[ActionTypes]:
    actions: list[ActionTypes] = []
    if wanted.crashes:
        said = "It gave no sign of life for two minutes."
        actions.append(ChangeFlowRunState(name=None, state=StateType.CRASHED, message=said, force=False))
    if wanted.pauses:
        actions += [
            PauseDeployment(source="selected", deployment_id=deployments[each])
            for each in PAUSED_WHEN_NOT_PROVEN
            if each in deployments
        ]
    if wanted.about:
        told: dict[str, Any] = {"about": wanted.about}
        actions.append(
            RunDeployment(
                source="selected", deployment_id=deployments[NOTIFY], parameters=told, job_variables=None
            )
        )
    return actions


def resume_schedules(deployments: Mapping[str, UUID]) -> None:
    """Set the schedules going again that a record which did not verify had paused, once it may be written to."""
    with open_store(database_url()) as store:
        if store.read_only:
            return
    with get_client(sync_client=True) as client:
        for each in PAUSED_WHEN_NOT_PROVEN:
            if each in deployments:
                client.resume_deployment(deployments[each])
