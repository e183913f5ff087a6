"""Comparing rule packs, and what a check of the rules finds."""

import re
from datetime import date
from pathlib import Path

import pytest

import pathways
import pathways.rulebook as rulebook
from pathways import sources
from pathways.days import Calendar, shipped_calendar
from pathways.definitions import Clock, Emit, Entry, Move, Opens, Pathway, State
from pathways.roles import Role
from pathways.rule_review import (
    NO_CLOCK,
    Finding,
    check,
    diff,
    event_in_words,
    limit_in_words,
    pack_in_words,
    told_in_words,
)
from pathways.rulebook import COLUMNS, PROTECTED, BrokenRules, Rulebook, assemble, load

HERE = Path(rulebook.__file__).parent
TODAY = date(2026, 11, 22)
AUTHORITIES = sorted(
    path.stem.removeprefix("rules_") for path in HERE.glob("rules_*.csv") if path.stem != "rules_england"
)
USUAL = {
    "pathway": "cp", "starts_at": "icpc_held", "amount": "10", "unit": "working_day", "force": "local",
    "source": "A procedure", "valid_from": "2018-07-04", "seen": "yes", "tells": "team_leader", "title": "Do it",
}  # fmt: skip


def pack(name, *rows, read="2026-11-01"):
    """A pack from a few columns; the rest are ordinary."""
    lines = [f"# {name}: for a test; read on {read}" if read else f"# {name}: for a test", ",".join(COLUMNS)]
    lines += [
        ",".join(str((dict.fromkeys(COLUMNS, "") | USUAL | row)[each]) for each in COLUMNS) for row in rows
    ]
    return "\n".join(lines) + "\n"


def national(*rows, **more):
    return assemble([("england", pack("england-1", *rows, **more))])


def local(base, *rows, **more):
    return assemble([("england", pack("england-1", *base)), ("fernside", pack("fernside-1", *rows, **more))])


# -- an authority may only be stricter ------------------------------------------------------------------

LOOSER = [
    # protected rule               a figure that is looser     how the refusal says it
    ("fd.decision",               (2, "working_day"),          "2 working days where the national limit is 1 working day"),
    ("cin.assess",                (46, "working_day"),         "46 working days where the national limit is 45 working days"),
    ("cp.icpc",                   (16, "working_day"),         "16 working days where the national limit is 15 working days"),
    ("cp.transfer_in",            (22, "calendar_day"),        "22 calendar days where the national limit is 15 working days"),
    ("cp.coregroup_first",        (11, "working_day"),         "11 working days where the national limit is 10 working days"),
    ("cp.rcpc_first",             (92, "calendar_day"),        "92 calendar days where the national limit is 3 months"),
    ("cp.rcpc_next",              (7, "month"),                "7 months where the national limit is 6 months"),
    ("lado.refer",                (3, "calendar_day"),         "3 calendar days where the national limit is 1 working day"),
    ("cme.code_n",                (6, "school_day"),           "6 school days where the national limit is 5 school days"),
    ("cme.attendance_return",     (11, "school_day"),          "11 school days where the national limit is 10 school days"),
    ("cme.sickness_return",       (16, "school_day"),          "16 school days where the national limit is 15 school days"),
    ("cme.new_pupil_return",      (5, "working_day"),          "5 working days where the national limit is 5 calendar days"),
    ("cme.deletion_return",       (1, "calendar_day"),         "1 calendar day where the national limit is 0 calendar days"),
    ("cme.ground_leave",          (9, "school_day"),           "9 school days where the national limit is 10 school days"),
    ("cme.ground_20",             (19, "school_day"),          "19 school days where the national limit is 20 school days"),
    ("imm.police_protection",     (73, "clock_hours"),         "73 hours where the national limit is 72 hours"),
    ("mis.return_interview",      (3, "working_day"),          "3 working days where the national limit is 72 hours"),
]  # fmt: skip


def test_a_looser_figure_is_tried_for_every_protected_limit():
    assert {rule for rule, _, _ in LOOSER} == PROTECTED


@pytest.mark.parametrize(("rule", "figure", "said"), LOOSER)
def test_a_pack_that_loosens_a_protected_limit_is_refused_with_the_reason(rule, figure, said):
    base = load("england").editions(rule)[-1]
    row = {
        "rule_id": rule, "amount": figure[0], "unit": figure[1], "starts_at": base.starts_at,
        "gate": "yes" if base.gate else "", "count": "inclusive" if base.inclusive else "",
        "valid_from": base.valid_from,
    }  # fmt: skip
    england = (HERE / "rules_england.csv").read_text(encoding="utf-8")
    with pytest.raises(BrokenRules) as refused:
        assemble([("england", england), ("fernside", pack("fernside-1", row))])
    assert f"{rule} would allow {said}, and an authority may only be stricter" in str(refused.value)


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_shipped_authority_loads_and_says_when_it_was_read(authority):
    book = load(authority)
    assert book.name == f"england-2026.1+{authority}-2026.1"
    assert set(book.read_on) == {"england-2026.1", f"{authority}-2026.1"}
    assert all(book.read_on.values())


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_an_authority_has_a_figure_for_every_clock(authority):
    """A clock without a rule could not run; the national base leaves many figures to the authority."""
    wanted = {clock.rule for name in pathways.NAMES for clock in pathways.pathway(name).clocks}
    assert wanted <= set(load(authority).rules())


NORTHMERE = [
    # rule               day            limit                                        why
    ("cp.minutes",        (2026, 11, 3), "15 working days",                           "Sefton has 20"),
    ("cp.report_rcpc",    (2026, 11, 3), "5 working days before",                     "as in Sefton"),
    ("cp.visit",          (2026, 11, 3), "10 working days",                           "the partnership's own, not our default"),
    ("cin.review",        (2026, 11, 3), "28 calendar days",                          "four-weekly everywhere"),
    ("fd.marf_confirm",   (2026, 11, 3), "48 hours",                                  "not protected: two days are used elsewhere"),
    ("cp.coregroup_first", (2026, 11, 3), "8 working days",                           "stricter than the national ten"),
    ("cp.coregroup_first", (2024, 3, 31), "10 working days",                          "the national one until April 2024"),
    ("cp.coregroup_next", (2024, 3, 31), "1 month",                                   "the last day of the monthly edition"),
    ("cp.coregroup_next", (2024, 4, 1),  "20 working days",                           "the first day of the next"),
    ("cp.icpc",           (2026, 11, 3), "15 working days",                           "national: there is no own row"),
    ("cp.rcpc_prebirth",  (2026, 11, 3), "15 working days (or cp.rcpc_first, if that is earlier)", "the earlier of two"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "day", "limit", "why"), NORTHMERE)
def test_the_second_authority_counts_by_its_own_figures(rule, day, limit, why):
    assert limit_in_words(load("northmere").edition(rule, date(*day), TODAY)) == limit, why


def test_the_second_authority_is_plainly_invented():
    own = [one for rule in load("northmere").rules() for one in load("northmere").editions(rule)]
    for one in own:
        if one.layer == "northmere":
            assert one.source.startswith(
                "Northmere Safeguarding Children Partnership procedures (invented)"
            ), one.key
            assert 5 <= len(one.title) <= 55, one.key


# -- diff ---------------------------------------------------------------------------------------------

CORE = {"rule_id": "cp.group", "title": "First core group", "force": "statutory"}
MONTHLY = {"rule_id": "cp.next", "amount": 1, "unit": "month", "title": "Next core group", "repeat": "yes"}

DIFFERENCES = [
    # national                      the authority's                                   what is said
    ((CORE,), (CORE | {"amount": 8},), ["First core group (cp.group): Fernside 8 working days, national 10 working days (stricter); since 4 July 2018"]),
    ((CORE,), (CORE | {"amount": 12},), ["First core group (cp.group): Fernside 12 working days, national 10 working days (looser); since 4 July 2018"]),
    ((CORE,), (CORE | {"amount": 14, "unit": "calendar_day"},), ["First core group (cp.group): Fernside 14 calendar days, national 10 working days (earlier or later, as the days fall); since 4 July 2018"]),
    ((CORE,), (CORE | {"amount": 12, "unit": "calendar_day"},), ["First core group (cp.group): Fernside 12 calendar days, national 10 working days (stricter); since 4 July 2018"]),
    ((MONTHLY,), (MONTHLY | {"amount": 21, "unit": "working_day"},), ["Next core group (cp.next): Fernside 21 working days, national 1 month (earlier or later, as the days fall); since 4 July 2018"]),
    ((CORE,), (CORE | {"amount": 8, "valid_from": "2024-01-01", "valid_to": "2024-12-31"},), ["First core group (cp.group): Fernside 8 working days, national 10 working days (stricter); from 1 January 2024 to 31 December 2024"]),
    ((CORE,), (MONTHLY,), ["Next core group (cp.next): Fernside 1 month, national no limit; since 4 July 2018"]),
    ((CORE,), (CORE | {"starts_at": "coregroup_held"},), ["First core group (cp.group): Fernside 10 working days from core group held, national 10 working days from initial conference held (counted from another event); since 4 July 2018"]),
    ((CORE,), (CORE | {"tells": "conference_chair;director"},), ["First core group (cp.group): Fernside tells the conference chair and the director of a miss, national the team leader; since 4 July 2018"]),
    ((CORE,), (CORE | {"repeat": "yes"},), ["First core group (cp.group): Fernside 10 working days and again each time, national 10 working days once; since 4 July 2018"]),
    ((CORE,), (CORE | {"by": "09:00"},), ["First core group (cp.group): Fernside 10 working days, by 9am, national 10 working days (stricter); since 4 July 2018"]),
    ((CORE,), (CORE | {"source": "Our own words"},), []),
    ((CORE | {"amount": -5},), (CORE | {"amount": -2},), ["First core group (cp.group): Fernside 2 working days before, national 5 working days before (looser); since 4 July 2018"]),
    ((CORE | {"gate": "yes"},), (CORE | {"gate": "yes", "amount": 15},), ["First core group (cp.group): Fernside 15 working days to be waited, national 10 working days to be waited (stricter); since 4 July 2018"]),
]  # fmt: skip


@pytest.mark.parametrize(("base", "own", "said"), DIFFERENCES)
def test_a_difference_is_a_sentence(base, own, said):
    assert [str(each) for each in diff(local(base, *own), national(*base))] == said


def test_two_authorities_are_compared_with_each_other():
    said = {str(each) for each in diff(load("northmere"), load("sefton")) if each.until is None}
    assert (
        "Hold the first core group (cp.coregroup_first): Northmere 8 working days, Sefton 10 working days (stricter); since 1 April 2024"
        in said
    )
    assert (
        "Confirm the phone call in writing (fd.marf_confirm): Northmere 48 hours, Sefton 24 hours (looser); since 1 April 2021"
        in said
    )
    assert (
        "Hold the next core group (cp.coregroup_next): Northmere 20 working days, Sefton 28 calendar days (earlier or later, as the days fall); since 1 May 2024"
        in said
    )
    assert not [each for each in said if "(cin.review)" in each or "(cp.report_rcpc)" in each]


def test_a_rule_that_only_the_other_has_is_said_too():
    found = [each for each in diff(load("northmere"), load("sefton")) if each.rule == "rec.retain_35"]
    assert [(each.kind, each.ours, each.theirs) for each in found] == [
        ("only_theirs", "Northmere no limit", "Sefton 35 years (or rec.retain_25, if that is later)")
    ]


@pytest.mark.parametrize("authority", ["england", *AUTHORITIES])
def test_a_pack_does_not_differ_from_itself(authority):
    assert diff(load(authority), load(authority)) == []


# -- check ---------------------------------------------------------------------------------------------


def small(rules=("cp.group",), starts="icpc_held", name="groups", opens=()):
    """A pathway of two states with these clocks."""
    return Pathway(
        name=name, title="Groups", prefix="G", version="1", checked=TODAY,
        entries=(Entry("group", "open", (Role.STAFF,), sources.OURS, "Open", emits=(Emit(starts),)),),
        states=(State("open", "Open"), State("shut", "Shut", final=True)),
        moves=(Move("close", ("open",), "shut", (Role.STAFF,), sources.OURS, "Close", emits=(Emit("done"),), opens=opens, outcome="x", confirm=True),),
        clocks=tuple(Clock(rule, ("done",), "Do it") for rule in rules),
    )  # fmt: skip


GOOD = national(CORE)
KNOWN = Calendar({}, 2018, 2030, "test")


def found(book=GOOD, calendar=KNOWN, today=TODAY, pathways=()):
    return check(book, calendar, today, pathways or (small(),))


def test_rules_in_order_leave_nothing_to_find():
    assert found() == []


CHECKS = [
    # what is wrong                                                  kind        what is said
    ({"book": national(CORE, read="2025-11-21")},                    "unread",   "The rules england-1 were last held against their sources on 21 November 2025, over a year ago"),
    ({"book": national(CORE, read="")},                              "unread",   "The rules england-1 do not say when they were last held against their sources"),
    ({"book": local((CORE,), MONTHLY | {"starts_at": "icpc_held"}, read="2024-02-29"), "pathways": (small(("cp.group", "cp.next")),)},
                                                                     "unread",   "The rules fernside-1 were last held against their sources on 29 February 2024, over a year ago"),
    ({"calendar": Calendar({}, 2018, 2026, "test")},                 "calendar", "Bank holidays are known only to 31 December 2026. Learn later years: pathways days update"),
    ({"book": national(CORE | {"valid_to": "2027-06-30"})},          "ending",   "cp.group ends on 30 June 2027 and no later edition is known"),
    ({"book": national(CORE | {"valid_to": "2026-11-21"})},          "lapsed",   "groups runs a clock by cp.group, which is not in force today"),
    ({"book": national(CORE, MONTHLY)},                              "no_clock", "cp.next (Next core group) is started by no pathway"),
    ({"pathways": (small(("cp.group", "cp.gone")),)},                "no_rule",  "groups runs a clock by cp.gone, which is no rule here"),
    ({"pathways": (small(starts="s47_route_decided"),)},             "no_start", "cp.group is counted from initial conference held (icpc_held), which nothing on groups brings about"),
    ({"book": national(CORE | {"valid_to": "2020-12-31"}, CORE | {"valid_from": "2021-01-01", "starts_at": "done"})},
                                                                     "starts",   "cp.group is counted from initial conference held and done in different editions; clocks follow the oldest"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "kind", "said"), CHECKS)
def test_what_nobody_would_notice_is_found(wrong, kind, said):
    assert [(each.kind, each.says, each.attention) for each in found(**wrong)] == [(kind, said, True)]


EDGES = [
    # what is just in order                                     why
    ({"book": national(CORE, read="2025-11-22")},                "read a year ago to the day"),
    ({"calendar": Calendar({}, 2018, 2027, "test")},             "more than a year of bank holidays is left"),
    ({"book": national(CORE | {"valid_to": "2026-12-31"}, CORE | {"valid_from": "2027-01-01"})}, "the next edition is there"),
    ({"book": national(CORE, MONTHLY | {"valid_to": "2020-01-01"})}, "what has ended needs no clock"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "why"), EDGES)
def test_what_is_just_in_order_is_not_found(right, why):
    assert found(**right) == [], why


def test_an_event_may_come_from_another_pathway():
    waiting = small(starts="s47_route_decided")
    other = small(starts="icpc_held", name="other", opens=(Opens("groups", "open", emits=("icpc_held",)),))
    assert found(pathways=(waiting, other)) == []


def test_two_editions_of_one_layer_in_force_together_are_found():
    """A pack is refused for this when it is loaded; a book made by a program is not."""
    row, later = (
        GOOD.editions("cp.group")[0],
        national(CORE | {"valid_from": "2021-01-01"}).editions("cp.group")[0],
    )
    book = Rulebook("england-1", [[row, later]], {"england-1": TODAY})
    assert [(each.kind, each.says) for each in found(book)] == [
        ("overlap", "cp.group has two editions in force on 1 January 2021")
    ]


def test_a_rule_that_is_not_in_force_yet_is_only_told():
    coming = CORE | {
        "rule_id": "cp.coming",
        "force": "prospective",
        "valid_from": "",
        "title": "Visit at home",
    }
    assert found(national(CORE, coming)) == [
        Finding(
            "prospective",
            "cp.coming (Visit at home) is enacted, not in force and switched off",
            "cp.coming",
            False,
        )
    ]


def test_defaults_and_unread_wordings_are_told_together_after_what_needs_attention():
    book = national(CORE | {"force": "default", "seen": "no"}, MONTHLY)
    assert [(each.kind, each.attention) for each in found(book)] == [
        ("no_clock", True), ("default", False), ("unseen", False),
    ]  # fmt: skip
    assert found(book)[1].says.endswith("wait for the authority's word: cp.group")


EVERY = [pathways.pathway(name) for name in pathways.NAMES]


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_the_shipped_rules_need_nothing_but_the_clocks_of_pathways_to_come(authority):
    wanting = [each for each in check(load(authority), shipped_calendar(), TODAY, EVERY) if each.attention]
    started = {
        edition.pathway
        for each in EVERY
        for clock in each.clocks
        for edition in load(authority).editions(clock.rule)
    }
    for each in wanting:
        assert each.kind == "no_clock", each.says
        assert load(authority).editions(each.rule)[-1].pathway not in started, each.says


def test_a_rule_that_needs_no_clock_has_none_and_a_reason():
    held = {clock.rule for each in EVERY for clock in each.clocks}
    for rule, reason in NO_CLOCK.items():
        assert rule in load().rules()
        assert rule not in held, f"{rule} has a clock now: take it out of NO_CLOCK"
        assert len(reason) > 20


def test_a_year_on_somebody_must_read_the_rules_again():
    kinds = [
        each.says
        for each in check(load(), shipped_calendar(), date(2027, 11, 22), EVERY)
        if each.kind == "unread"
    ]
    assert len(kinds) == 2
    assert all("21 November 2026, over a year ago" in each for each in kinds)


# -- words ---------------------------------------------------------------------------------------------

WORDS = [
    ({"amount": 1},                                              "1 working day"),
    ({"amount": 0, "unit": "calendar_day"},                      "the same day"),
    ({"amount": 0, "unit": "school_day"},                        "the same school day, or the next one"),
    ({"amount": -70, "unit": "calendar_day"},                    "70 calendar days before"),
    ({"amount": 72, "unit": "clock_hours"},                      "72 hours"),
    ({"amount": 216, "unit": "month"},                           "18 years"),
    ({"amount": 12, "unit": "month"},                            "12 months"),
    ({"amount": 1, "unit": "school_day", "by": "09:00"},         "1 school day, by 9am"),
    ({"amount": 10, "unit": "school_day", "count": "inclusive"}, "10 school days, the day itself counted"),
    ({"amount": 15, "unit": "calendar_day", "gate": "yes"},      "15 calendar days to be waited"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "said"), WORDS)
def test_a_limit_is_said_as_people_say_it(row, said):
    assert limit_in_words(national(CORE | row).editions("cp.group")[0]) == said


def test_events_and_roles_are_spelled_out():
    assert event_in_words("icpc_held") == "initial conference held"
    assert event_in_words("s47_route_decided") == "section 47 route decided"
    assert event_in_words("esc_stage2_not_agreed") == "escalation stage 2 not agreed"
    tells = {"tells": "dsl;director"}
    assert (
        told_in_words(national(CORE | tells).editions("cp.group")[0])
        == "the designated safeguarding lead and the director"
    )
    assert told_in_words(national(CORE | {"tells": ""}).editions("cp.group")[0]) == "nobody"


def test_a_pack_is_called_by_its_authority():
    assert [pack_in_words(load(each)) for each in ("england", "sefton", "northmere")] == [
        "national",
        "Sefton",
        "Northmere",
    ]


def test_every_pack_names_itself_and_the_day_on_its_first_line():
    for path in HERE.glob("rules_*.csv"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert re.match(r"# [a-z_]+-\d{4}\.\d+: .*; read on \d{4}-\d{2}-\d{2};", first), path.name
