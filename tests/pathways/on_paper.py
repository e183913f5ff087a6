"""A case on paper, for tests: decided, dated and moved by passing dates as in the store, without one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from models.draft import Draft, instant
from pathways import rulebook
from pathways.answers import Answered, check
from pathways.clocks import Rules
from pathways.days import LONDON, SchoolCalendar, local_day, shipped_calendar
from pathways.definitions import Evidence, Pathway
from pathways.engine import Actor, Done, Question, Refused, decide
from pathways.roles import Role
from tests.casefile import complete

ANNEX_B = """from,to,kind
2025-09-03,2025-10-24,term
2025-11-03,2025-12-19,term
2026-01-05,2026-02-13,term
2026-02-23,2026-03-27,term
2026-04-13,2026-05-22,term
2026-06-01,2026-07-21,term
2026-09-02,2026-10-23,term
2026-11-02,2026-12-18,term
2027-01-04,2027-02-12,term
2027-02-22,2027-03-25,term
2027-04-12,2027-05-28,term
2027-06-07,2027-07-21,term
2025-09-03,2025-09-03,training
2026-01-05,2026-01-05,training
2026-09-02,2026-09-02,training
2026-11-02,2026-11-02,training
2027-01-04,2027-01-04,training
"""
"""The invented school of the rules' annex B."""

SCHOOL = SchoolCalendar.from_csv(ANNEX_B, shipped_calendar())
RULES = Rules(rulebook.load(), shipped_calendar(), school=SCHOOL)
NOTHING = Evidence("nothing", "nothing")


def london(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment in London."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


def due(rule: str, started: datetime | date) -> datetime | date:
    """Where the limit of a rule falls, under the edition of the day on which it started."""
    day = local_day(started)
    edition = RULES.rulebook.edition(rule, day, day)
    return RULES.due(edition, started.isoformat()).due


class Paper:
    """One case on paper."""

    def __init__(
        self, found: Pathway, entry: str, at: datetime, rules: Rules = RULES, **answers: Any
    ) -> None:
        way = found.entry(entry)
        self.found, self.rules, self.at = found, rules, at
        self.draft = Draft(found, "ON-PAPER", 1, 1, way.state, {}, instant(at))
        self._take(way, way.state, way.who[0], at, answers)

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.draft.state

    @property
    def facts(self) -> dict[str, Any]:
        """What is known of it."""
        return self.draft.facts

    @property
    def running(self) -> dict[str, date]:
        """The limits that run, with their days."""
        return {each.rule: each.values["due_on"] for each in self.draft.running}

    def do(self, trigger: str, role: Role, at: datetime, *, overrides: Any = None, **answers: Any) -> str:
        """Make a move in this role; the state it leads to, or the kind of its refusal."""
        move = next(each for each in self.found.moves_from(self.state) if each.trigger == trigger)
        answered = self._answered(move.records, at, answers)
        verdict = decide(
            Question(self.found, self.state, self.facts),
            trigger,
            Actor(role.value, frozenset({role})),
            overrides=overrides,
            learned=answered.onto(self.facts),
        )
        if isinstance(verdict, Refused):
            return verdict.kind
        assert isinstance(verdict, Done), verdict
        self._take(move, verdict.dest, role, at, answers)
        return self.state

    def pass_time(self, until: datetime) -> str:
        """Let every limit up to a moment pass, as the nightly check does; nothing is learned by it."""
        while True:
            ripe = [each for each in self.draft.running if each.values["status"] == "open"]
            ripe = [each for each in ripe if each.values["due_at"] < instant(until)]
            if not ripe:
                return self.state
            first = min(ripe, key=lambda each: each.values["due_at"])
            clock = first.started_clock.clock
            gate = clock.gate or first.started_clock.edition.gate
            first.values["status"] = "passed" if gate else "missed"
            fired = [
                each for each in self.found.moves_from(self.state) if each.trigger == clock.on_miss != ""
            ]
            if fired:
                assert not fired[0].conditions
                self.draft.enter(
                    clock.on_miss, fired[0].dest, actor="clock", role="clock", effective_at=until, now=until
                )
                where = {each.rule: each.while_in or self.found.open_states for each in self.found.clocks}
                self.draft.running = [each for each in self.draft.running if self.state in where[each.rule]]

    def _answered(self, records: Evidence | None, at: datetime, answers: dict[str, Any]) -> Answered:
        given = complete(records, local_day(at).isoformat(), **answers)
        return check(records or NOTHING, given, now=at)

    def _take(self, way: Any, dest: str, role: Role, at: datetime, answers: dict[str, Any]) -> None:
        answered = self._answered(way.records, at, answers)
        self.draft.take(
            way, dest, actor=role.value, role=role, at=at, now=at, answered=answered, rules=self.rules
        )
