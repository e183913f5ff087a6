"""Training at the keyboard."""

from __future__ import annotations

import json

from models.store import open_store
from tests.models.office import NOW


def test_a_training_is_written_down_and_the_next_is_shown(say, practice_home, rows):
    from models.people import add_practitioner

    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.writing() as tx:
        number = add_practitioner(
            tx,
            "lead-1",
            "Safeguarding lead",
            agency="north school",
            team="",
            from_on=NOW.date(),
            recorded_at=NOW,
        )
        tx.run(
            "add_practitioner_role", practitioner_id=number, role="dsl", agency="north school", team="", from_on=NOW.date(),
            to_on=None, recorded_at=NOW,
        )  # fmt: skip
    said = say("training", "due")
    assert (said.code, "lead-1" in said.out, "LATE" in said.out) == (0, True, True)
    assert say("training", "add", "lead-1", "--on", "2026-11-02", "--dry-run").code == 0
    assert json.loads(say("training", "due", "--json").out)["leads"][0]["last_on"] is None
    assert say("training", "add", "lead-1", "--on", "2026-11-02").code == 0
    (lead,) = json.loads(say("training", "due", "--json").out)["leads"]
    assert (lead["last_on"], lead["due_on"], lead["late"]) == ("2026-11-02", "2028-11-02", False)
    assert "LATE" not in say("training", "due").out
    assert say("training", "add", "lead-1", "--on", "2027-01-01").code == 2
