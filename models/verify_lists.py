"""The lists of who is let in to a case or kept out of it, and the restrictions, beside the entries that say so.

Every row began with an entry of the same moment by the same person, and ends with one. And every such entry left its
rows. So a row that is gone, was put in, altered, ended or set going again shows. Lines of those who broke the glass are
held only as to their end: the entry itself says who looked, and for how long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.access_lists import ALLOWED, EXCLUDED, GLASS
from models.sight import day_of
from models.transaction import Transaction
from models.verify_kinds import TWIN
from models.wire import instant_text

GRANTED, REVOKED, KEPT_OUT = "access_granted", "access_revoked", "access_excluded"
READMITTED, RESTRICTED, LIFTED = "access_readmitted", "access_restricted", "access_lifted"
HEARD = frozenset((GRANTED, REVOKED, KEPT_OUT, READMITTED, RESTRICTED, LIFTED, TWIN))
"""What is said of the lists; a twin's case begins with those of the other child."""

NOT_SO = {
    GRANTED: "whom it lets in is not on the list as it says",
    REVOKED: "whom it no longer lets in is on the list all the same",
    KEPT_OUT: "whom it keeps out is not on the list of those kept out",
    READMITTED: "whom it no longer keeps out is on the list of those kept out all the same",
    RESTRICTED: "the restriction, or one of those named in it, is not as it says",
    LIFTED: "the restriction that it lifts was not lifted then",
}
BEGAN_BY_NONE = "somebody is on the list of those let in or kept out, and no entry put them there so"
ENDED_BY_NONE = "somebody was taken off the list of those let in or kept out, and no entry did it so"
RESTRICTED_BY_NONE = "there is a restriction, and no entry made it so"
LIFTED_BY_NONE = "a restriction was lifted, and no entry lifts it so"

Said = tuple[str, int | None, str]
"""A fault: the case (empty: none can be named), the entry, what."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """An entry about the lists; `told` is empty where its content was destroyed."""

    case_ref: str
    person: int
    seq: int
    at: str
    actor: str
    action: str
    told: Mapping[str, Any]

    @property
    def who(self) -> Sequence[str]:
        """The logins that it names."""
        return self.told["named"] if self.action == RESTRICTED else [self.told["who"]]

    def may_name(self, login: str) -> bool:
        """Whether it names somebody, as far as can be told."""
        return not self.told or login in self.who


class Lists:
    """What the entries of every case say of the lists, to be held against them at the end."""

    def __init__(self) -> None:
        self._heard: list[_Heard] = []
        self._twins: set[tuple[str, int]] = set()

    def hear(self, case: Any, seq: int, at: str, actor: str, action: str, told: Mapping[str, Any]) -> None:
        """Take note of an entry.

        Args:
            case: the case as `every_case_state` gives it.
            seq: the entry's number.
            at: its moment, in writing.
            actor: who did it.
            action: one of `HEARD`.
            told: what it says; empty where that is gone.
        """
        if action == TWIN:
            self._twins.add((at, case[11]))
        else:
            self._heard.append(_Heard(case[0], case[11], seq, at, actor, action, told))

    def compare(self, tx: Transaction) -> Iterator[Said]:
        """Hold the lists against what was heard.

        Raises:
            Garbled: something in a list cannot be read.
        """
        lines, restrictions = tx.all("every_access_line"), tx.all("every_restriction_line")
        yield from self._entries(_by_target(lines), _by_target(restrictions))
        yield from self._rows(lines, restrictions)

    def _entries(self, lines: dict[Any, list[Any]], restrictions: dict[Any, list[Any]]) -> Iterator[Said]:
        """Whether each entry left what it says."""
        for each in self._heard:
            if each.told or each.action == LIFTED:
                own = [*lines[each.case_ref], *lines[each.person]]
                shut = [*restrictions[each.case_ref], *restrictions[each.person]]
                if not _left(each, own, shut):
                    yield each.case_ref, each.seq, NOT_SO[each.action]

    def _rows(self, lines: Sequence[Any], restrictions: Sequence[Any]) -> Iterator[Said]:
        """Whether each row began, and ended, by an entry."""
        entries = _Entries(self._heard, self._twins)
        cases = {each.person: each.case_ref for each in reversed(self._heard)}
        for row in lines:
            place = row.reference or cases.get(row.person_id, "")
            if not entries.put(row):
                yield place, None, BEGAN_BY_NONE
            if not entries.took_off(row):
                yield place, None, ENDED_BY_NONE
        for row in restrictions:
            place = row.reference or cases.get(row.person_id, "")
            if not entries.restricted(row):
                yield place, None, RESTRICTED_BY_NONE
            if not entries.lifted(row):
                yield place, None, LIFTED_BY_NONE


class _Entries:
    """The entries about lists by kind, moment and who wrote them: whether one did what a row says."""

    def __init__(self, heard: Sequence[_Heard], twins: set[tuple[str, int]]) -> None:
        self._twins = twins
        self._by: dict[tuple[str, str, str | None], list[_Heard]] = defaultdict(list)
        for each in heard:
            self._by[each.action, each.at, each.actor].append(each)

    def put(self, row: Any) -> bool:
        """Whether one put somebody on a list, as the row says."""
        if not _is_of_one(row):
            return False
        begins = (KEPT_OUT,) if row.kind == EXCLUDED else (GRANTED, RESTRICTED)
        written = self._written(row, row.from_at, row.by_login, *begins)
        return row.kind == GLASS or self._is_copied(row) or any(_is_put(row, each) for each in written)

    def took_off(self, row: Any) -> bool:
        """Whether one took somebody off a list again, where the row says that they are off it."""
        if row.ended_at is None:
            return row.ended_by is None
        ends = READMITTED if row.kind == EXCLUDED else REVOKED
        written = self._written(row, row.ended_at, row.ended_by, ends)
        return any(each.may_name(row.login) for each in written)

    def restricted(self, row: Any) -> bool:
        """Whether one restricted a case or person, as the row says."""
        written = self._written(row, row.from_at, row.by_login, RESTRICTED)
        return _is_of_one(row) and (self._is_copied(row) or any(_is_as_wide(row, each) for each in written))

    def lifted(self, row: Any) -> bool:
        """Whether one lifted a restriction, where the row says that it is lifted."""
        if row.lifted_at is None:
            return (row.lifted_by, row.lifted_second) == (None, None)
        return any(self._written(row, row.lifted_at, row.lifted_second, LIFTED))

    def _written(self, row: Any, at: Any, by: str | None, *actions: str) -> Iterator[_Heard]:
        """The entries of these kinds that somebody wrote at a moment on the row's case, or on one of its person."""
        for action in actions:
            for each in self._by.get((action, instant_text(at), by), ()):
                if each.person == row.person_id if row.case_id is None else each.case_ref == row.reference:
                    yield each

    def _is_copied(self, row: Any) -> bool:
        """Whether a row of a twin was made as their case was opened: from those of the other child."""
        return row.case_id is None and (instant_text(row.from_at), row.person_id) in self._twins


def _is_of_one(row: Any) -> bool:
    """Whether a row is of a case, or else of a person."""
    return bool((row.case_id is None) != (row.person_id is None))


def _by_target(rows: Sequence[Any]) -> dict[Any, list[Any]]:
    """Rows by the case that they are of, or else by the person."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.person_id if row.case_id is None else row.reference].append(row)
    return found


def _left(entry: _Heard, lines: Sequence[Any], restrictions: Sequence[Any]) -> bool:
    """Whether an entry left on the lists, and among the restrictions, of its case and person what it says."""
    at, told = entry.at, entry.told
    if entry.action == LIFTED:
        return any(
            row.lifted_second == entry.actor and _is(row.lifted_at, at)
            and told.get("asked_by", row.lifted_by) == row.lifted_by
            for row in restrictions
        )  # fmt: skip
    if entry.action == RESTRICTED:
        named = {row.login for row in lines if row.kind == ALLOWED and _is_so(row, entry)}
        made = any(
            _is_so(row, entry) and (row.case_id is None) == bool(told["person"]) for row in restrictions
        )
        return made and named.issuperset(told["named"])
    own = [row for row in lines if row.login == told["who"]]
    if entry.action == GRANTED:
        return any(
            row.kind == ALLOWED and _is_so(row, entry) and _is(row.until_at, _until(told)) for row in own
        )
    if entry.action == KEPT_OUT:
        out = [row for row in own if row.kind == EXCLUDED and _runs_at(row, at, also=True)]
        return len({row.case_id for row in out}) == 2  # from the case, and from all about its person
    kinds = (EXCLUDED,) if entry.action == READMITTED else (ALLOWED, GLASS)
    return not any(row.kind in kinds and _runs_at(row, at) for row in own)


def _is_put(row: Any, entry: _Heard) -> bool:
    """Whether a line stands on a list as an entry put it there, as far as can be told."""
    if not entry.told:
        return True
    return (
        row.login in entry.who
        and _is_as_wide(row, entry)
        and row.because == entry.told["because"]
        and _is(row.until_at, _until(entry.told))
    )


def _is_as_wide(row: Any, entry: _Heard) -> bool:
    """Whether a row is of a case, or of all about a person, as an entry that restricted one says; others do not say it."""
    of_person = row.case_id is None
    return bool(entry.told.get("person", of_person)) == of_person


def _until(told: Mapping[str, Any]) -> str | None:
    """Until when somebody is let in, in writing; None: until it is taken back."""
    day = told.get("until")
    return None if day is None else instant_text(day_of(date.fromisoformat(day))[1])


def _is(moment: Any, at: str | None) -> bool:
    return (None if moment is None else instant_text(moment)) == at


def _is_so(row: Any, entry: _Heard) -> bool:
    """Whether a row began with an entry: then, by whom, and why."""
    return _is(row.from_at, entry.at) and row.by_login == entry.actor and row.because == entry.told["because"]


def _runs_at(row: Any, at: str, *, also: bool = False) -> bool:
    """Whether a line began before a moment and went on beyond it; `also`: or began, or ended, at that very moment."""
    ends = min((instant_text(each) for each in (row.until_at, row.ended_at) if each is not None), default="~")
    begins = instant_text(row.from_at)
    return begins <= at <= ends if also else begins < at < ends
