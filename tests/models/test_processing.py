"""The record of processing is complete: every table, every pathway, every rule of keeping; and it tells of nobody."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from commands.registry import COMMANDS
from models.processing import (
    EVERYBODY,
    HOLDINGS,
    RECIPIENTS,
    SEALED_BY_HAND,
    TO_FILL_IN,
    columns,
    record_of_processing,
)  # fmt: skip
from models.row_security_tables import TABLES as WALLED
from models.setup import make_tables, rules_of
from models.tables import TABLES
from pathways import NAMES

NOW = datetime(2026, 11, 23, 9, 31, tzinfo=UTC)


@pytest.fixture
def made(store, rules):
    """The record of an empty store of invented cases."""
    return record_of_processing(
        store, authority="sefton", practice=True, rulebook=rules.rulebook, measures={"mail": "none"}, now=NOW
    )


def test_every_table_is_said_to_hold_something():
    told = "models/processing.py: say in HOLDINGS what the new table holds, and about whom"
    assert set(HOLDINGS) == set(TABLES.tables), told


def test_every_column_of_every_table_is_listed(made):
    listed = {each["table"]: each["columns"] for each in made["data"]}
    assert listed == {name: [each.name for each in table.columns] for name, table in TABLES.tables.items()}


def test_a_table_with_a_name_a_birth_or_an_address_is_said_to_be_about_people():
    personal = re.compile(r"given|family|birth|_login$|^login$|person_id|case_id|case_ref|email|actor|author")
    for name, (every, _) in columns().items():
        if any(map(personal.search, every)):
            assert HOLDINGS[name].about, name
        assert set(HOLDINGS[name].about) <= set(EVERYBODY)


def test_what_is_walled_off_on_postgresql_is_said_to_be_about_people():
    unsaid = [name for name, wall in WALLED.items() if wall.sight and not HOLDINGS[name].about]
    assert unsaid == []


def test_what_lies_sealed_is_said_to_be_of_the_special_kinds():
    sealed = {name for name, (_, hidden) in columns().items() if hidden}
    assert sealed >= {"record", "trail_payload", "form_draft"}
    assert all(HOLDINGS[name].special for name in sealed)


def test_what_is_said_to_be_sealed_by_hand_is_a_column():
    assert all(column in columns()[table][1] for table, column in SEALED_BY_HAND)


def test_every_pathway_is_a_purpose_with_the_law_it_stands_on(made):
    assert [each["pathway"] for each in made["purposes"]] == list(NAMES)
    assert all(each["under"] for each in made["purposes"])
    conference = next(each for each in made["purposes"] if each["pathway"] == "child_protection")
    assert "Children Act 1989, section 47" in conference["under"]


def test_every_rule_of_keeping_is_there_with_its_limit(made):
    kept = {each["rule"].partition("@")[0]: each["limit"] for each in made["retention"]}
    assert kept["rec.retain_25"] == "300 months"
    assert kept["rec.retain_75"] == "900 months"
    assert kept["lado.retain_lado_review"] == "120 months"


def test_another_authority_has_its_own_rules_of_keeping(store):
    from pathways.rulebook import load

    made = record_of_processing(
        store, authority="england", practice=True, rulebook=load("england"), measures={}, now=NOW
    )
    assert {each["rule"].partition("@")[0] for each in made["retention"]} == {
        "lado.retain_employer", "rec.retain_25", "rec.retain_75", "sup.retain",
    }  # fmt: skip


def test_every_recipient_is_reached_by_a_command_that_exists():
    for each in RECIPIENTS:
        assert each.by == "every command" or each.by.split()[0] in COMMANDS, each.who


def test_what_the_program_cannot_know_is_left_to_the_authority(made):
    assert made["controller"]["data_protection_officer"] == TO_FILL_IN
    assert TO_FILL_IN in made["transfers_abroad"]


def test_the_safeguards_are_those_of_the_store_at_hand(made, store):
    assert made["security"]["database"].startswith("SQLite" if store.dialect == "sqlite" else "PostgreSQL")
    assert made["security"]["encryption"] == "none; the cases are invented"
    assert made["security"]["trail"] == "the database refuses to change or delete"
    assert made["security"]["proof kept elsewhere"] == "NO place is named"
    assert made["security"]["mail"] == "none"
    assert made["security"]["who sees what"].endswith(
        "reads all of it" if store.dialect == "sqlite" else "by login"
    )


def test_a_safeguard_that_is_gone_is_said_to_be_missing(tmp_path):
    import sqlite3

    from models.setup import AtTheKeyboard, fill
    from models.store import open_store
    from pathways.roles import Role

    path = tmp_path / "records.db"
    make_tables(f"sqlite:///{path}")
    with open_store(f"sqlite:///{path}") as store:
        fill(store, AtTheKeyboard("amy", "amy", (Role.COORDINATOR,)), authority="sefton", now=NOW)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER trail_no_update")
    with open_store(f"sqlite:///{path}", check=False) as store:
        book = rules_of(store).rulebook
        made = record_of_processing(
            store, authority="sefton", practice=False, rulebook=book, measures={}, now=NOW
        )
    assert made["security"]["trail"] == "guards are MISSING: trail_no_update"
    assert made["security"]["encryption"].startswith("NONE")


def test_it_holds_nothing_of_any_case(casework, made, rules):
    from datetime import date

    from models.people import NewPerson
    from pathways import pathway
    from tests.casefile import COORDINATOR, complete

    answers = complete(pathway("front_door").entry("referral").records, "2026-11-20")
    child = NewPerson(given="Quillonella", family="Zephyrwick", birth_date=date(2017, 3, 1))
    casework.open("front_door", "referral", person=child, actor=COORDINATOR, now=NOW, answers=answers)
    after = record_of_processing(
        casework.store, authority="sefton", practice=True, rulebook=rules.rulebook, measures={"mail": "none"}, now=NOW
    )  # fmt: skip
    assert json.dumps(after) == json.dumps(made)
