"""Access ends to the second: a broken glass after four hours whatever the clocks do, a day and a role at London's midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models.glass import break_glass
from models.letting_in import exclude, grant, revoke
from models.register import Member, enrol, give_role, take_role
from models.staff import NotOnTheRegister, standing
from pathways.days import local_day
from pathways.roles import Role
from tests.models.office import KEEPER, NOW, Office

A_MOMENT, A_SECOND = timedelta(microseconds=1), timedelta(seconds=1)
WHY = "an invented emergency"
GOES_BACK = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
"""Half past midnight, London summer time; at two the clocks go back to one."""
GOES_FORWARD = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
"""Half past midnight, London; at one the clocks go forward to two."""


@pytest.fixture
def office(store, rules):
    return Office(store, rules)


def sees(office, login, case, at):
    """As the program has it: the roles of the London day, the lists of the moment."""
    with office.store.reading() as tx:
        try:
            viewer = standing(tx, login, local_day(at)).viewer(at)
        except NotOnTheRegister:
            return False
        return tx.one("case_by_reference", reference=case, seen_by=viewer) is not None


@pytest.mark.parametrize("at", [NOW, GOES_BACK, GOES_FORWARD], ids=["noon", "back", "forward"])
def test_a_broken_glass_lasts_four_hours_to_the_second(office, at):
    case = office.allegation()
    until = break_glass(office.store, case, because=WHY, actor=office.sit("worker", at), now=at)
    assert until - at == timedelta(hours=4)
    seen = [sees(office, "worker", case, each) for each in (at - A_MOMENT, at, until - A_MOMENT, until)]
    assert seen == [False, True, True, False]


def test_a_glass_that_was_taken_back_is_over_and_one_kept_out_since_breaks_no_other(office):
    case = office.allegation()
    break_glass(office.store, case, because=WHY, actor=office.sit("worker"), now=NOW)
    soon = NOW + timedelta(minutes=10)
    officer = office.sit("officer", soon)
    revoke(office.store, case, "worker", because="not theirs", actor=officer, now=soon)
    assert not sees(office, "worker", case, soon)
    exclude(office.store, case, "worker", because="a relative", actor=officer, now=soon)
    later = soon + timedelta(minutes=1)
    from models.draft_rows import NoSuchCase

    with pytest.raises(NoSuchCase):
        break_glass(office.store, case, because=WHY, actor=office.sit("worker", later), now=later)
    assert not sees(office, "worker", case, later)


@pytest.mark.parametrize(
    ("last", "over"),
    [
        (date(2026, 11, 9), datetime(2026, 11, 10, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 23, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 11, 1, tzinfo=UTC)),
    ],
    ids=["winter", "clocks_forward", "clocks_back"],
)
def test_access_to_a_day_and_a_role_to_a_day_end_at_londons_midnight(office, last, over):
    case = office.allegation()
    officer = office.sit("officer")
    grant(office.store, case, "worker", until=last, because="covers", actor=officer, now=NOW)
    give_role(
        office.store, "second", Role.LADO, from_on=NOW.date(), to_on=last, actor=office.actor("officer"), now=NOW
    )  # fmt: skip
    for login in ("worker", "second"):
        assert [sees(office, login, case, at) for at in (over - A_SECOND, over)] == [True, False], login


def test_a_role_and_a_line_begin_and_end_at_londons_midnight(office):
    case = office.allegation()
    first, last = date(2027, 3, 29), date(2027, 3, 30)
    new = Member("newcomer", "Officer", roles=("lado",))
    enrol(office.store, new, actor=KEEPER, now=NOW, from_on=first)
    take_role(office.store, "newcomer", None, last=last, actor=KEEPER)
    begins, ends = datetime(2027, 3, 28, 23, tzinfo=UTC), datetime(2027, 3, 30, 23, tzinfo=UTC)
    at = (begins - A_MOMENT, begins, ends - A_MOMENT, ends)
    assert [sees(office, "newcomer", case, each) for each in at] == [False, True, True, False]
