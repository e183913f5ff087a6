"""Who is told what: every field has its readers, and nothing reaches anybody else by a letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.errors import Mistyped
from pathways.letters import (
    ADULT,
    AGENCY,
    AGENCY_RECIPIENTS,
    CHILD,
    EVERYBODY,
    FAMILY,
    FIELDS,
    HEAD,
    KINDS,
    Address,
    Known,
    NotForThem,
    NotKnownYet,
    Recipient,
    Sibling,
    WouldReach,
    context,
    kind_of,
    recipient_of,
    refused_names,
    secrets_from,
    told_in,
)

ASH, MOTHER, FATHER = 1, 2, 3
PARENT_1 = Recipient("parent-1", FAMILY, "Willow Birch", MOTHER, ("3 Heron Rise", "L20 9ZZ"))
PARENT_2 = Recipient("parent-2", FAMILY, "Alder Fox", FATHER, ("18 Plover Lane", "L21 8YY"))
ASH_HERSELF = Recipient("child", CHILD, "Ash Birch", ASH, ("3 Heron Rise", "L20 9ZZ"))
SCHOOL = next(each for each in AGENCY_RECIPIENTS if each.word == "school")
ADDRESSES = (
    Address(ASH, "3 Heron Rise, Bootle", "L20 9ZZ"),
    Address(MOTHER, "3 Heron Rise, Bootle", "L20 9ZZ", confidential=True),
    Address(FATHER, "18 Plover Lane, Bootle", "L21 8YY"),
)


def known(**values):
    everything = (
        {name: f"canary {name.replace('_', ' ')}" for name in FIELDS}
        | {"agencies_invited": ["school"]}
        | values
    )
    return Known(
        everything,
        (ASH_HERSELF, PARENT_1, PARENT_2, *AGENCY_RECIPIENTS),
        (Sibling("Rowan Birch", frozenset({MOTHER})), Sibling("Elm Fox", frozenset({FATHER}))),
        ADDRESSES,
        ("Hazel Birch",),
    )


def test_every_withheld_field_says_why_and_every_kind_prints_known_fields():
    for name, field in FIELDS.items():
        assert set(field.shown) == set(EVERYBODY) or field.why, name
    for kind in KINDS.values():
        assert set(kind.prints) <= FIELDS.keys()
        for reader in kind.readers:
            assert set(HEAD) <= set(kind.given(reader))


@pytest.mark.parametrize("never", ["other_parent_address", "other_parent_name", "referrer", "who_alleged"])
def test_some_things_are_told_to_nobody(never):
    assert FIELDS[never].shown == ()
    assert all(never not in kind.given(reader) for kind in KINDS.values() for reader in kind.readers)


def test_a_context_holds_exactly_what_its_reader_may_see():
    for kind in KINDS.values():
        for reader in kind.readers:
            to = Recipient("somebody", reader, "Somebody")
            assert set(context(kind, to, known(), "CP-2026-0041")) == set(kind.given(reader))


def test_a_parent_hears_of_their_own_children_alone():
    told = KINDS["decisions"]
    assert context(told, PARENT_1, known(), "CP-2026-0041")["siblings"] == ["Rowan Birch"]
    assert context(told, PARENT_2, known(), "CP-2026-0041")["siblings"] == ["Elm Fox"]
    assert context(told, SCHOOL, known(), "CP-2026-0041")["siblings"] == ["Rowan Birch", "Elm Fox"]


def test_a_childs_own_words_do_not_reach_a_parent_by_letter():
    minutes = KINDS["minutes"]
    assert "child_view" in context(minutes, SCHOOL, known(), "CP-2026-0041")
    assert "child_view" not in context(minutes, PARENT_1, known(), "CP-2026-0041")


@pytest.mark.parametrize(
    "written",
    [
        "She lives at 3 Heron Rise now.", "she moved to 3, HERON RISE", "postcode L209ZZ", "post to l20 9zz please",
    ],
)  # fmt: skip
def test_an_address_that_somebody_typed_stops_the_letter_to_the_other_parent(written):
    with pytest.raises(WouldReach) as refused:
        context(KINDS["minutes"], PARENT_2, known(risks=written), "CP-2026-0041")
    assert "must not reach this recipient" in str(refused.value)
    assert "Heron" not in str(refused.value)


def test_ones_own_address_is_no_secret():
    assert context(KINDS["minutes"], PARENT_1, known(risks="At 3 Heron Rise, L20 9ZZ."), "CP-2026-0041")


def test_an_agency_may_read_an_address_unless_it_is_confidential():
    assert context(KINDS["minutes"], SCHOOL, known(risks="He lives at 18 Plover Lane."), "CP-2026-0041")
    with pytest.raises(WouldReach):
        context(KINDS["minutes"], SCHOOL, known(risks="She lives at 3 Heron Rise."), "CP-2026-0041")


def test_the_name_of_a_restricted_child_stops_every_letter():
    for to in (PARENT_1, ASH_HERSELF, SCHOOL):
        with pytest.raises(WouldReach, match="restricted"):
            context(KINDS["decisions"], to, known(held_on="with Hazel Birch"), "CP-2026-0041")


def test_a_part_of_a_word_is_not_taken_for_an_address():
    told_in(["13 Heron Risen, number 43 Heron Rises"], secrets_from(PARENT_2, known()), "a test")


@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_stands_around_it_the_other_parents_address_is_found(before, after):
    with pytest.raises(WouldReach):
        told_in([f"{before} 3 Heron Rise {after}"], secrets_from(PARENT_2, known()), "a test")


def test_what_is_missing_is_listed_before_anything_is_made():
    with pytest.raises(NotKnownYet) as refused:
        context(KINDS["invitation"], PARENT_1, known(conference_day="", conference_where=""), "CP-2026-0041")
    assert "the day of the conference; where and at what time" in str(refused.value)
    assert "pathways next CP-2026-0041" in str(refused.value)


def test_a_kind_belongs_to_its_pathway():
    assert kind_of("Report request".replace(" ", "-"), "child_protection").name == "report-request"
    assert kind_of("transfer-receipt", "missing_education").name == "transfer-receipt"
    with pytest.raises(NotForThem, match="Letters here: lado-outcome"):
        kind_of("minutes", "allegations")
    with pytest.raises(NotForThem):
        kind_of("transfer-receipt", "allegations")
    with pytest.raises(Mistyped, match="There are: invitation"):
        kind_of("postcard", "child_protection")


def test_a_recipient_is_a_word_and_never_a_guess():
    there = known().recipients
    assert recipient_of(KINDS["decisions"], "Parent 2", there) is PARENT_2
    assert recipient_of(KINDS["minutes"], "health visiting", there).word == "health-visiting"
    with pytest.raises(NotForThem, match=r"There are several.*parent-1, parent-2"):
        recipient_of(KINDS["decisions"], "parent", there)
    with pytest.raises(NotForThem, match="No minutes goes to that recipient"):
        recipient_of(KINDS["minutes"], "child", there)
    assert recipient_of(KINDS["decisions"], "parent", [PARENT_1]) is PARENT_1


@given(st.sampled_from(sorted(KINDS)), st.lists(st.sampled_from([*FIELDS, "nonsense"]), max_size=6))
def test_a_template_is_fit_only_if_all_its_readers_may_see_all_it_prints(name, used):
    kind = KINDS[name]
    allowed = set.intersection(*(set(kind.given(reader)) for reader in kind.readers))
    assert (refused_names(kind, kind.readers, used) == []) == (set(used) <= allowed)


def test_a_refused_template_says_what_it_prints_and_why_not():
    (why,) = refused_names(KINDS["decisions"], (FAMILY,), ["other_parent_address"])
    assert why == (
        "It prints other_parent_address (the other parent's address), which a parent or carer may not be told: "
        "an address never reaches the other parent."
    )
    assert refused_names(KINDS["decisions"], (AGENCY,), ["nmae"]) == [
        "It prints nmae, which is no name that a letter knows."
    ]
    assert "does not belong" in refused_names(KINDS["lado-outcome"], (ADULT,), ["risks"])[0]
