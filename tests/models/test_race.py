"""Several people on one case at the same moment: nothing is lost, nothing is doubled, and the trail stays whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from models import compiled
from models.casework import Casework
from models.change import Change
from models.one_person import merge
from models.people import NewPerson
from models.refusals import RefusedMove
from models.store import open_store
from models.sweep import pass_due_dates
from models.verify import verify
from pathways import pathway
from pathways.errors import CONFLICT, PathwayError
from tests.casefile import COORDINATOR, NOW, complete
from tests.models.test_sweep import open_cases

NOTE = next(each for each in pathway("child_protection").moves if each.trigger == "note")
EACH = 12


def test_four_people_writing_on_one_case_lose_nothing(casework, store, store_url, rules):
    (reference,) = open_cases(casework)

    def write(_):
        kept = refused = 0
        with open_store(store_url) as own:
            theirs = Casework(own, rules)
            for _ in range(EACH):
                try:
                    theirs.make(reference, "note", actor=COORDINATOR, now=NOW, answers=complete(NOTE.records))
                    kept += 1
                except PathwayError as conflict:
                    if conflict.code != CONFLICT:
                        raise
                    refused += 1
        return kept, refused

    with ThreadPoolExecutor(4) as people:
        done = list(people.map(write, range(4)))
    assert sum(map(sum, done)) == 4 * EACH
    with store.reading() as tx:
        notes = [row for row in tx.all("trail_of_case", reference=reference) if row.action == "note"]
    assert len(notes) == sum(kept for kept, _ in done)
    assert verify(store, rules).faults == []


def test_two_checks_at_once_and_a_person_between_them_do_everything_once(casework, store, store_url, rules):
    references = open_cases(casework, 40)
    at = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)

    def check(_):
        with open_store(store_url) as own:
            return pass_due_dates(own, rules, at, at, chunk=7)

    def write(_):
        with open_store(store_url) as own:
            theirs = Casework(own, rules)
            for reference in references[::4]:
                theirs.make(
                    reference,
                    "note",
                    actor=COORDINATOR,
                    now=NOW + timedelta(days=1),
                    answers=complete(NOTE.records),
                )

    with ThreadPoolExecutor(3) as at_once:
        first, second, person = at_once.submit(check, 0), at_once.submit(check, 1), at_once.submit(write, 2)
        person.result()
        missed = first.result().missed + second.result().missed
    missed += pass_due_dates(store, rules, at, at).missed
    assert missed == 40, "each conference limit once, whoever found it"
    assert verify(store, rules).faults == []


def test_a_clock_that_was_dealt_with_since_the_check_began_to_look_is_let_be(migrated_url, rules):
    """Whoever reads first what is due, and then locks it, finds it as it is by then: never a missed limit twice."""
    at = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
    with open_store(migrated_url) as store, open_store(migrated_url) as late:
        open_cases(Casework(store, rules))
        due = [number for (number,) in store.connection.execute("SELECT id FROM deadline").fetchall()]
        late.connection.execute("BEGIN")
        text, _ = compiled.POSTGRESQL["due_chunk"][:2]
        ask = psycopg.ClientCursor(late.connection).mogrify(text, [due, at])
        late.connection.execute(f"DECLARE looking CURSOR FOR {ask}")  # what is due is settled here
        assert pass_due_dates(store, rules, at, at).missed == 1
        assert late.connection.execute("FETCH ALL FROM looking").fetchall() == []  # and locked here
        late.connection.execute("ROLLBACK")
        assert verify(store, rules).faults == []


WAITS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def both_at_once(store, monkeypatch, first, second):
    """Let the second begin once the first has decided and not written, and the first go on once the other waits or is done."""
    written = Change.write
    with (
        ThreadPoolExecutor(1) as other,
        psycopg.connect(store.url.replace("+psycopg", ""), autocommit=True) as looks,
    ):
        begun = []

        def late(change):
            if not begun:
                begun.append(other.submit(second))
                while not begun[0].done() and looks.execute(WAITS).fetchone() == (0,):
                    pass
            written(change)

        monkeypatch.setattr(Change, "write", late)
        first()
        return begun[0].result()


@pytest.mark.parametrize("linked", [False, True], ids=["one_record", "two_records"])
def test_of_two_who_open_the_same_for_one_child_the_later_is_refused(
    migrated_url, rules, monkeypatch, linked
):
    entry = pathway("child_protection").entry("strategy")

    def opened(store, person, name="child_protection", entry=entry):
        return Casework(store, rules).open(
            name, entry.name, person=person, actor=COORDINATOR, now=NOW, answers=complete(entry.records)
        )

    with open_store(migrated_url) as store, open_store(migrated_url) as theirs:
        referral, early = pathway("front_door").entry("referral"), pathway("early_help").entry("early_help")
        known = [
            opened(store, NewPerson(given="Ash", birth_date=date(2017, 3, 1)), *where).reference
            for where in (("front_door", referral), ("early_help", early))
        ]
        with store.reading() as tx:
            one, other = (tx.need("case_by_reference", reference=each).person_id for each in known)
        if linked:
            merge(store, *known, because="the mother has shown both", actor=COORDINATOR, now=NOW)

        def second():
            with pytest.raises(RefusedMove, match="there is an open case on this pathway already"):
                opened(theirs, other if linked else one)

        both_at_once(store, monkeypatch, lambda: opened(store, one), second)
        assert verify(store, rules).faults == []
