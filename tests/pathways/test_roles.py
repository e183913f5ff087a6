"""The roles: each is understood by its name and by what screens call it."""

from __future__ import annotations

import pytest

from pathways.errors import Mistyped
from pathways.roles import ANYONE, NOT_PEOPLE, Role, called


@pytest.mark.parametrize("role", ANYONE)
def test_a_role_is_known_by_its_name_and_by_what_screens_call_it(role):
    assert called(role.value) is called(role.value.replace("_", "-")) is called(role.label.upper()) is role


def test_the_words_of_the_field_are_understood():
    assert called("designated officer") is Role.LADO
    assert called("chair") is Role.CONFERENCE_CHAIR


@pytest.mark.parametrize("role", NOT_PEOPLE)
def test_nobody_has_the_role_of_what_is_no_person(role):
    with pytest.raises(Mistyped):
        called(role.value)


def test_a_slip_is_told_the_nearest_and_anything_else_all_there_are():
    with pytest.raises(
        Mistyped, match=r"no role safeguarding-lead. Did you mean designated-safeguarding-lead\?"
    ):
        called("safeguarding-lead")
    with pytest.raises(Mistyped, match=r"There are: admissions, .*conference-chair, .*ewo, .*social-worker"):
        called("zzz")
