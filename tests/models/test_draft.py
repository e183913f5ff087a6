"""A case being changed, in memory."""

from datetime import UTC, date, datetime, time

from hypothesis import example, given
from hypothesis import strategies as st

from models.draft import as_fact
from pathways.days import LONDON

MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=st.sampled_from([UTC, LONDON]))


@given(MOMENTS | MOMENTS.map(lambda each: each.replace(microsecond=0)))
@example(datetime(2026, 11, 3, 10, 0, 0, 1, UTC))
@example(datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON))
def test_facts_keep_a_moment_in_utc_as_the_library_writes_it(moment):
    assert as_fact(moment) == moment.astimezone(UTC).isoformat()


def test_facts_keep_a_day_as_a_day():
    assert as_fact(date(2026, 11, 3)) == "2026-11-03"
    assert as_fact(datetime.combine(date(2026, 7, 1), time(9, 30), LONDON)) == "2026-07-01T08:30:00+00:00"
