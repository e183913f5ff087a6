"""The peers that are built on Django: django-fsm-2 with its log, and viewflow.fsm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.peer_rows import NOW, ended, rows, timed, trigger_of
from benchmarks.population import AS_OF
from models.connecting import driver_address
from models.wire import instant_text
from pathways import NAMES, pathway


def django_setup(url: str, apps: list[str]) -> dict[str, Any]:
    """A minimal project on the program's tables; returns the fields of each model."""
    import django
    from django.conf import settings
    from django.db import models

    if url.startswith("sqlite"):
        database: dict[str, Any] = {
            "ENGINE": "django.db.backends.sqlite3", "NAME": url.removeprefix("sqlite:///"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"},
        }  # fmt: skip
    else:
        from urllib.parse import urlsplit

        parts = urlsplit(driver_address(url))
        database = {
            "ENGINE": "django.db.backends.postgresql", "NAME": parts.path[1:], "USER": parts.username,
            "HOST": parts.hostname, "PORT": parts.port,
        }  # fmt: skip
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", *apps], DATABASES={"default": database},
        USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", SECRET_KEY="benchmark", DEBUG=False,
    )  # fmt: skip
    django.setup()
    from datetime import datetime

    class Moment(models.TextField if url.startswith("sqlite") else models.DateTimeField):  # type: ignore[misc]
        """A moment as the program keeps it."""

        def from_db_value(self, value: Any, *_: Any) -> Any:
            return datetime.fromisoformat(value) if isinstance(value, str) else value

        def get_prep_value(self, value: Any) -> Any:
            return instant_text(value) if value is not None and url.startswith("sqlite") else value

    def meta(table: str) -> type:
        return type("Meta", (), {"app_label": "benchmark", "db_table": table, "managed": False})

    text = models.TextField
    return {
        "models": models,
        "case": lambda: {
            "reference": text(), "pathway": text(), "definition": text(), "person_id": models.BigIntegerField(),
            "episode_id": models.BigIntegerField(), "is_open": models.BooleanField(), "outcome": text(null=True),
            "facts": text(), "version": models.IntegerField(), "seq": models.IntegerField(),
            "head": models.BinaryField(), "team": text(), "lead": text(null=True), "restricted": models.BooleanField(),
            "basis": text(), "opened_at": Moment(), "closed_at": Moment(null=True), "changed_at": Moment(),
            "__module__": __name__, "Meta": meta("pathway_case"),
        },
        "clock": lambda case: {
            "key": text(), "case": models.ForeignKey(case, on_delete=models.CASCADE), "rule": text(), "edition": text(),
            "start_event": text(), "started": text(), "due_on": models.DateField(), "due_at": Moment(),
            "plan_by": models.DateField(null=True), "calendar": text(), "status": text(),
            "statutory": models.BooleanField(), "look_at": Moment(null=True), "told": models.IntegerField(),
            "opened_seq": models.IntegerField(), "closed_at": Moment(null=True),
            "closed_seq": models.IntegerField(null=True), "missed_seq": models.IntegerField(null=True),
            "__module__": __name__, "Meta": meta("deadline"),
        },
        "entry": lambda: {
            "pk": models.CompositePrimaryKey("case_ref", "seq"), "case_ref": text(), "seq": models.IntegerField(),
            "at": Moment(), "effective_at": Moment(), "actor": text(), "role": text(), "action": text(),
            "from_state": text(), "to_state": text(), "rule": text(), "basis": text(),
            "voids": models.IntegerField(null=True), "key": text(null=True), "commitment": models.BinaryField(),
            "prev": models.BinaryField(), "hash": models.BinaryField(), "format": models.IntegerField(),
            "__module__": __name__, "Meta": meta("trail"),
        },
        "message": lambda: {
            "key": text(), "event": text(), "case_ref": text(), "pathway": text(), "team": text(), "rule": text(),
            "due_on": models.DateField(null=True), "to_roles": text(), "effective_at": Moment(), "recorded_at": Moment(),
            "done_at": Moment(null=True), "__module__": __name__, "Meta": meta("outbox"),
        },
    }  # fmt: skip


def _django_loop(
    kit: dict[str, Any], case_class: Any, fire: Callable[[Any, str], None], ids: list[int]
) -> Callable[[], None]:
    from django.db import transaction

    model = kit["models"].Model
    clock_class = type("Clock", (model,), kit["clock"](case_class))
    entry_class = type("Entry", (model,), kit["entry"]())
    message_class = type("Message", (model,), kit["message"]())

    def run() -> None:
        for case_id in ids:
            with transaction.atomic():
                clock: Any = clock_class.objects.select_related("case").get(
                    case_id=case_id, look_at__lt=AS_OF
                )
                case, before = clock.case, clock.case.state
                action = trigger_of(case.pathway, before, clock.rule)
                fire(case, action)
                passed_at = clock.look_at
                entry, changes, message = rows(case, clock, before, case.state, action)
                case.version += 1
                case.changed_at = NOW
                case.save()
                for name, value in changes.items():
                    setattr(clock, name, value)
                clock.save()
                entry_class.objects.create(**entry)
                if message:
                    message_class.objects.create(**message)
                ends = ended(case.pathway, before, case.state)
                if ends:
                    running = clock_class.objects.filter(case_id=case_id, closed_at=None, rule__in=ends)
                    running.exclude(id=clock.id).update(
                        status="ended", closed_at=passed_at, closed_seq=case.seq, look_at=None
                    )

    return run


def _merged() -> dict[str, dict[str, set[str]]]:
    """By trigger, over all pathways: where each state may lead."""
    merged: dict[str, dict[str, set[str]]] = {}
    for ways in timed().values():
        for trigger, way in ways.items():
            for source, dest in way.items():
                merged.setdefault(trigger, {}).setdefault(source, set()).add(dest)
    return merged


def django_fsm(url: str, ids: list[int]) -> Callable[[], None]:
    """django-fsm-2 with django-fsm-log: a transition method and save() inside atomic()."""
    kit = django_setup(url, ["django_fsm", "django_fsm_log"])
    from django.core.management import call_command
    from django_fsm import GET_STATE, FSMField, FSMModelMixin, transition
    from django_fsm_log.decorators import fsm_log_by

    for app in ("contenttypes", "auth", "django_fsm_log"):
        call_command("migrate", app, verbosity=0)
    ways = timed()
    fields = kit["case"]()
    fields["state"] = state = FSMField()

    def method(trigger: str, way: dict[str, set[str]]) -> Any:
        def fire(self: Any, **_: Any) -> None:
            pass

        fire.__name__ = trigger
        to = GET_STATE(lambda self, **_: ways[self.pathway][trigger][self.state])
        return fsm_log_by(transition(field=state, source=list(way), target=to)(fire))

    for trigger, way in _merged().items():
        fields[trigger] = method(trigger, way)
    case_class = type("Case", (FSMModelMixin, kit["models"].Model), fields)
    return _django_loop(kit, case_class, lambda case, trigger: getattr(case, trigger)(), ids)


def viewflow(url: str, ids: list[int]) -> Callable[[], None]:
    """viewflow.fsm: a flow class over the model."""
    kit = django_setup(url, ["viewflow"])
    from viewflow import fsm

    fields = {**kit["case"](), "state": kit["models"].TextField()}
    case_class = type("Case", (kit["models"].Model,), fields)
    ways = timed()
    every = sorted({state for name in NAMES for state in (each.name for each in pathway(name).states)})
    texts = kit["models"].TextChoices("States", {each.upper(): (each, each) for each in every})
    state = fsm.State(texts, default=texts(every[0]))

    def method(trigger: str, way: dict[str, set[str]]) -> Any:
        def fire(self: Any) -> None:
            pass

        fire.__name__ = trigger
        for source, dests in way.items():
            if len(dests) == 1:
                to: Any = texts(next(iter(dests)))
            else:
                to = fsm.State.GET_STATE(
                    lambda self: texts(ways[self.case.pathway][trigger][self.case.state]),
                    states=[texts(x) for x in dests],
                )
            fire = state.transition(source=texts(source), target=to)(fire)
        return fire

    class Base:
        def __init__(self, case: Any) -> None:
            self.case = case

        @state.setter()
        def _set(self, value: Any) -> None:
            self.case.state = value.value

        @state.getter()
        def _get(self) -> Any:
            return texts(self.case.state)

    members = {"state": state, **{trigger: method(trigger, way) for trigger, way in _merged().items()}}
    flow = type("Flow", (Base,), members)
    return _django_loop(kit, case_class, lambda case, trigger: getattr(flow(case), trigger)(), ids)
