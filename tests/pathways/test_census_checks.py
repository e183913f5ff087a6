"""The rules a child's record keeps, one contradiction at a time and any number at once."""

import io
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.census import CensusRefused, Header, read
from pathways.census_checks import BLOCKS, RULES, Period
from pathways.invented import write_census
from tests.pathways.census_text import (
    END,
    HEAD,
    TAIL,
    WHO,
    assessment,
    child,
    cin,
    closed,
    consistent,
    cp,
    episode,
    one,
    s47,
)

# Each contradiction: the episode as sent, the rule, and what must have become of it.
CONTRADICTIONS = [
    ("8608", episode(assessment("2025-06-10", "2025-06-09", ())), lambda e: e.assessments[0].authorised is None),
    ("1103", episode(assessment("2025-06-01")), lambda e: not e.assessments),
    ("8615", episode(s47("2025-06-10", "2025-06-09")), lambda e: e.section_47s[0].icpc_date is None),
    ("8875", episode(s47("2025-06-03", "2025-06-14")), lambda e: e.section_47s[0].icpc_date is None),
    ("2889", episode(s47("2025-06-01")), lambda e: not e.section_47s),
    ("8868", episode(s47("2025-06-03", "2025-06-20", "1")), lambda e: not e.section_47s[0].icpc_not_required),
    ("8630", episode(before=closed("2025-06-01")), lambda e: e.closure_date is None),
    ("8810", episode(before="<ReasonForClosure>RC7</ReasonForClosure>"), lambda e: e.closure_reason is None),
    ("8867", episode(assessment("2025-06-03", "", ()), closed("2025-07-01")), lambda e: e.closure_date is None),
    ("8868", episode(s47("2025-06-03"), closed("2025-07-01")), lambda e: e.closure_date is None),
    ("8565", episode(cin("2025-06-03"), closed("2025-07-01")), lambda e: e.closure_date is None),
    ("8565", episode(cin("2025-06-03", "2025-07-02"), closed("2025-07-01")), lambda e: e.closure_date is None),
    ("4011", episode(cin("2025-06-10", "2025-06-09")), lambda e: e.cin_plans[0].end is None),
    ("4015", episode(cin("2025-06-01")), lambda e: not e.cin_plans),
    ("4014", episode(cin("2025-06-10", "2025-07-01") + cin("2025-07-01")), lambda e: e.cin_plans[0].start.month == 7),
    ("4001", episode(cin("2025-06-10"), plans=cp("2025-07-01")), lambda e: not e.cin_plans and e.cp_plans),
    ("8925", episode(plans=cp("2025-06-10", "2025-06-09")), lambda e: e.cp_plans[0].end is None),
    ("8840", episode(plans=cp("2025-06-10", "2025-06-10")), lambda e: e.cp_plans[0].end is None),
    ("8841", episode(plans=cp("2025-06-10", reviews=("2025-06-10", "2025-09-01"))), lambda e: e.cp_plans[0].reviews == [date(2025, 9, 1)]),
    ("8940", episode(plans=cp("2025-06-10", "2025-09-01") + cp("2025-07-10")), lambda e: [p.end for p in e.cp_plans] == [None]),
    ("8940", episode(plans=cp("2025-06-10") + cp("2025-07-10", "2025-08-01")), lambda e: [p.end for p in e.cp_plans] == [None]),
    ("1105", episode(plans=cp("2025-05-30")), lambda e: e.referral_date is None and e.cp_plans),
    ("8730", episode(plans=cp("2025-06-10", previous="some")), lambda e: e.cp_plans[0].previous_plans is None),
    ("8831", episode(cin("2025-06-03"), nfa="1"), lambda e: not e.referral_nfa and e.cin_plans),
    ("2990", episode(cin("2025-06-03", "2025-07-01"), closed("2025-07-02", "RC8")), lambda e: e.closure_reason is None),
    ("2884", episode(s47("2025-06-03", "2025-06-20"), "<DateOfInitialCPC>2025-06-20</DateOfInitialCPC>"), lambda e: e.initial_cpc_date is None),
    ("8614", episode(assessment("2025-06-03")), lambda e: not e.assessments[0].factors),
    ("8869", episode(assessment("2025-06-03", "2025-06-30", ("21", "3B"))), lambda e: e.assessments[0].factors == ["3B"]),
    ("8898", episode(assessment("2025-06-03", "2025-06-30", ("3B", "3B"))), lambda e: e.assessments[0].factors == ["3B"]),
    ("8896", episode(assessment("2025-06-03", "", ()) + assessment("2025-07-03", "", ())), lambda e: e.assessments[0].start.month == 6),
    ("8839", episode(s47("2025-06-03") + s47("2025-07-03")), lambda e: [s.start.month for s in e.section_47s] == [6]),
    ("8696", episode(assessment("2026-03-03", "2026-04-01", ())), lambda e: e.assessments[0].authorised is None),
    ("8720", episode(plans=cp("2026-04-01")) , lambda e: not e.cp_plans),
    ("8600", episode(referred="2026-04-01", plans=cp("2025-06-03")), lambda e: e.referral_date is None and e.cp_plans),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "then"), CONTRADICTIONS, ids=[f"{n}-{c[0]}" for n, c in enumerate(CONTRADICTIONS)]
)
def test_a_contradiction_is_listed_and_leaves_a_case_that_can_be_followed(rule, text, then):
    found, unused = one(child(text))
    assert then(found.episodes[0])
    assert rule in {code for code, kind, _ in unused if kind == "not used"}
    consistent(found, END)


# Each query: the episode, and the rule. What was sent is kept.
QUERIES = [
    ("2885", episode(s47("2025-06-03", "2025-06-20"), plans=cp("2025-06-23"))),
    ("8805", episode(before="<CINclosureDate>2025-07-01</CINclosureDate>")),
    ("8610", episode().replace("<PrimaryNeedCode>N1</PrimaryNeedCode>", "")),
    ("8866", episode().replace("<ReferralSource>6</ReferralSource>", "")),
    ("8568", episode().replace("<ReferralNFA>0</ReferralNFA>", "")),
    ("8897Q", episode(assessment("2025-06-03", "2025-06-30", ()))),
    ("8873Q", episode(assessment("2025-06-03", "2025-06-30", ("21",)))),
    ("8945Q", episode(assessment("2025-06-03", "2025-06-30", ("18A",)))),
    ("8950Q", episode(assessment("2025-06-03", "2025-06-30", ("19A",)))),
    ("8825Q", episode(before=closed("2025-07-01", "RC8"))),
    ("8585Q", episode(before=closed("2025-07-01", "RC2"))),
    ("2991Q", episode(s47("2025-06-03", none="1"))),
    ("8569Q", episode(referred="2025-03-20", nfa="1")),
    ("8606", episode(referred="2014-01-01")),
    ("8670Q", episode(assessment("2026-01-23", "", ()))),
    ("8675Q", episode(s47("2026-03-09"))),
    ("4012Q", episode(cin("2025-06-03", "2025-06-03"))),
    ("8863Q", episode(assessment("2025-06-03", "2025-06-30") + assessment("2025-06-20", "2025-07-30"))),
    ("8890", episode(s47("2025-06-03", "2025-06-20") + s47("2025-06-10", none="1"))),
    ("8815", episode() + episode(referred="2025-08-01")),
    ("8820", episode(before=closed("2025-09-01")) + episode(referred="2025-08-01")),
    ("8736", episode(assessment("2025-03-10", "", ()), referred="2025-03-03")),
    ("8696", episode(assessment("2025-03-04", "2025-03-28"), referred="2025-03-03")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), QUERIES, ids=[f"{n}-{q[0]}" for n, q in enumerate(QUERIES)])
def test_a_query_is_raised_and_nothing_taken_away(rule, text):
    _, unused = one(child(text))
    assert rule in {code for code, _, _ in unused}
    assert {kind for _, kind, _ in unused} == {"query"}


def test_the_two_clock_queries_spare_the_last_day():
    # 26 January 2026 + 45 working days = 30 March; 10 March + 15 = 31 March (no bank holiday between)
    assert one(child(episode(assessment("2026-01-27", "", ()))))[1] == []
    assert [rule for rule, _, _ in one(child(episode(assessment("2026-01-26", "", ()))))[1]] == ["8670Q"]
    assert "8675Q" not in [rule for rule, _, _ in one(child(episode(s47("2026-03-10"))))[1]]


def test_a_hand_over_between_plans_on_one_day_is_no_contradiction():
    met = s47("2025-06-03", "2025-06-20")
    text = episode(
        assessment("2025-06-03", "2025-06-30") + cin("2025-09-01") + met,
        plans=cp("2025-06-20", "2025-09-01", reviews=("2025-09-01",)),
    )
    found, unused = one(child(text))
    assert unused == []
    assert found.episodes[0].cp_plans[0].reviews == [date(2025, 9, 1)]


def test_a_death_before_the_last_thing_done_is_not_believed():
    who = WHO + "<PersonDeathDate>2025-08-01</PersonDeathDate>"
    found, unused = one(child(episode(plans=cp("2025-09-01")), who))
    assert found.death_date is None
    assert ("8555Q", "not used", "ChildIdentifiers/PersonDeathDate") in unused
    found, unused = one(child(episode(assessment("2025-07-01", "2025-08-08")), who))
    assert found.death_date == date(2025, 8, 1), "an assessment may be written up afterwards"


def test_a_child_has_been_born_or_is_expected_but_not_both():
    both = WHO.replace("<Sex>", "<ExpectedPersonBirthDate>2015-05-01</ExpectedPersonBirthDate><Sex>")
    found, unused = one(child(episode(), both))
    assert (found.birth_date, found.expected_birth_date) == (date(2015, 5, 5), None)
    assert unused == [("8525Q", "not used", "ChildIdentifiers/ExpectedPersonBirthDate")]
    unborn = (
        "<LAchildID>A1</LAchildID><ExpectedPersonBirthDate>2026-05-01</ExpectedPersonBirthDate><Sex>M</Sex>"
    )
    found, unused = one(child(episode(referred="2026-02-02"), unborn))
    assert (found.sex, found.sex_as_sent) == ("U", "M")
    assert unused == [("8750", "not used", "ChildIdentifiers/Sex")]


def test_un7_is_only_for_children_whose_referrals_went_no_further():
    _, unused = one(child(episode(), WHO.replace("UN2", "UN7")))
    assert ("8772", "not used", "ChildIdentifiers/UPNunknown") in unused
    text = episode(nfa="1").replace("<PrimaryNeedCode>N1</PrimaryNeedCode>", "")
    assert one(child(text, WHO.replace("UN2", "UN7")))[1] == []


def test_every_rule_says_something_in_a_sentence_of_its_own():
    for rule in RULES:
        assert rule.says.endswith(".")
        assert rule.says[0].isupper() or rule.says[0] == "'"


def test_a_rule_about_some_blocks_finds_nothing_in_a_child_without_any():
    file = io.BytesIO()
    write_census(file, children=60, seed=3)
    file.seek(0)
    children = [pair[0] for pair in list(read(file))[1:] if pair[0] is not None]
    periods = [Period(year, date(year - 1, 4, 1), date(year, 3, 31)) for year in (2019, 2026, 2031)]
    broken = set()
    for rule in (each for each in RULES if each.of):
        for child_, period in product(children, periods):
            bare = replace(child_, episodes=[replace(e, **{rule.of: []}) for e in child_.episodes])
            assert not list(rule.find(bare, period)), rule.says
            broken |= {rule.of for _ in rule.find(child_, period)}
    assert broken == {*BLOCKS}


def _lines():
    out = io.BytesIO()
    write_census(out, children=90, seed=7)
    text = out.getvalue().decode()
    start, end = text.index("    <Child>"), text.rindex("  </Children>")
    records = text[start:end].split("    </Child>\n")[:-1]
    return text[:start], [f"{record}    </Child>\n" for record in records], text[end:]


FRONT, RECORDS, BACK = _lines()
VALUES = st.one_of(
    st.dates(date(2024, 12, 1), date(2026, 5, 1)).map(str),
    st.dates(date(2025, 4, 1), date(2026, 3, 31)).map(str),
    st.sampled_from(["", "0", "1", "true", "RC8", "RC2", "21", "NONE", "UN7", "5D", "U", "-1", "9999-12-31", "2025-02-29", "31/03/2026", "\u202e", "x" * 3000]),
    st.text(st.characters(exclude_characters="<&", exclude_categories=["Cs", "Cc"]), max_size=8),
)  # fmt: skip
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["drop", "twice", "value", "value", "value", "swap", "cut"]),
        st.integers(0, 400),
        VALUES,
    ),
    max_size=10,
)


def changed(text, changes):
    lines = text.splitlines(keepends=True)
    for what, where, value in changes:
        n = where % len(lines)
        if what == "drop" and len(lines) > 1:
            del lines[n]
        elif what == "twice":
            lines.insert(n, lines[n])
        elif what == "swap":
            lines[n], lines[-n] = lines[-n], lines[n]
        elif what == "value" and "</" in lines[n] and "><" not in lines[n] and lines[n].count("<") == 2:
            opening, rest = lines[n].split(">", 1)
            lines[n] = f"{opening}>{value}<{rest.split('<', 1)[1]}"
        elif what == "cut" and where % 20 == 0:
            lines = lines[: n + 1]
    return "".join(lines)


def soundly(data):
    """Read as far as it goes, each child sound; the sentence of the refusal, if there was one."""
    try:
        for pair in read(io.BytesIO(data)):
            if isinstance(pair, Header):
                continue
            found, unused = pair
            assert found or unused
            assert all(u.line > 0 and u.element and u.reason and len(u.value) <= 200 for u in unused)
            if found:
                consistent(found, END)
    except CensusRefused as error:
        return str(error)
    return "."


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(RECORDS) - 1), CHANGES), min_size=1, max_size=4))
def test_a_damaged_return_gives_sound_children_or_a_plain_refusal(parts):
    text = FRONT + "".join(changed(RECORDS[n], changes) for n, changes in parts) + BACK
    assert soundly(text.encode()).endswith(".")


def jumble(random):
    """A child whose dates were thrown like dice, a few weeks apart so that they often meet."""

    def day(often=1.0):
        return (
            str(date(2025, 5, 20) + timedelta(random.randrange(60) * random.choice((1, 1, 6))))
            if random.random() < often
            else ""
        )

    def some(most, make):
        return "".join(make() for _ in range(random.randrange(most + 1)))

    def case():
        before = closed(day(), random.choice(("RC2", "RC7", "RC8"))) if random.random() < 0.5 else ""
        if random.random() < 0.3:
            before += f"<DateOfInitialCPC>{day()}</DateOfInitialCPC>"
        inside = some(
            2,
            lambda: assessment(
                day(), day(0.7), random.choices(("21", "3B", "4B", "18A"), k=random.randrange(3))
            ),
        )
        inside += some(3, lambda: cin(day(), day(0.7)))
        inside += some(2, lambda: s47(day(), day(0.6), random.choice("001")))
        plans = some(3, lambda: cp(day(), day(0.7), reviews=[day() for _ in range(random.randrange(4))]))
        return episode(inside, before, day(), random.choice("0001"), plans)

    who = WHO.replace("A1", f"A{random.randrange(10**9)}")
    if random.random() < 0.4:
        who += f"<PersonDeathDate>{day()}</PersonDeathDate>"
    if random.random() < 0.2:
        who = who.replace("2015-05-05", day())
    return child(case() + some(2, case), who)


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=True))
def test_dates_thrown_like_dice_leave_sound_children(random):
    text = HEAD + "".join(jumble(random) for _ in range(20)) + TAIL
    assert soundly(text.encode()) == "."


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 2_000), st.integers(0, 400))
def test_bytes_cut_out_or_put_in_anywhere_never_raise_anything_else(junk, at, length):
    data = (FRONT + RECORDS[13] + BACK).encode()
    assert soundly(data[:at] + junk + data[at + length :]).endswith(".")
