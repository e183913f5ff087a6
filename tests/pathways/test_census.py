"""The reader: what it makes of good files and dirty ones, and what it refuses."""

import gc
import gzip
import io
import pickle
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from pathways.census import (
    CpPlan,
    HasDoctype,
    Header,
    Limits,
    NotACensus,
    NotXml,
    TooDeep,
    TooLarge,
    WrongEncoding,
    read,
)
from pathways.invented import write_census
from tests.pathways.census_text import (
    END,
    HEAD,
    TAIL,
    WHO,
    assessment,
    child,
    closed,
    consistent,
    episode,
    one,
    whole,
)

SHARED = Path(__file__).parents[2].parent / "shared" / "cin" / "samples"
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are not here")


def refused(data, kind, **limits):
    with pytest.raises(kind) as error:
        whole(data, **limits)
    said = str(error.value)
    assert said.endswith(".")
    assert "\n" not in said
    assert str(pickle.loads(pickle.dumps(error.value))) == said
    return said


@shared
@pytest.mark.parametrize(
    "path", sorted(SHARED.glob("*.xml")) if SHARED.is_dir() else [], ids=lambda p: p.stem
)
def test_every_sample_of_other_people_is_read_to_its_end(path):
    with path.open("rb") as file:
        header, *pairs = read(file)
    assert isinstance(header, Header)
    for found, unused in pairs:
        assert all(u.line and u.element and u.reason.endswith(".") for u in unused)
        if found:
            consistent(found, header.reference_date)


@shared
def test_a_correct_return_is_read_without_a_remark():
    with (SHARED / "handmade_valid_2026.xml").open("rb") as file:
        header, *pairs = read(file)
    assert (header.year, header.reference_date, header.lea, header.serial) == (2026, END, "343", "001")
    assert [unused for _, unused in pairs] == [[], [], [], []]
    nfa, early, plan, unborn = (found for found, _ in pairs)
    assert (nfa.la_child_id, nfa.upn, nfa.sex, nfa.line) == ("EX000201", "L343123415201", "F", 19)
    assert nfa.episodes[0].referral_nfa
    assert nfa.disabilities == ["NONE"]
    assert early.episodes[0].closure_reason == "RC9"
    assert early.episodes[0].assessments[0].factors == ["4B", "5A"]
    assert early.episodes[0].assessments[0].internal_review == date(2025, 7, 22)
    (enquiry,) = plan.episodes[0].section_47s
    assert (enquiry.start, enquiry.icpc_target, enquiry.icpc_date) == (
        date(2025, 8, 14), date(2025, 9, 5), date(2025, 9, 4),
    )  # fmt: skip
    assert plan.episodes[0].cp_plans == [
        CpPlan(date(2025, 9, 4), None, "NEG", "EMO", 0, [date(2025, 11, 26)])
    ]
    assert (unborn.birth_date, unborn.expected_birth_date, unborn.sex) == (None, date(2026, 5, 20), "U")
    assert unborn.episodes[0].cin_plans[0].end is None


@shared
def test_the_dirty_return_of_2026_is_used_as_far_as_it_goes():
    with (SHARED / "d2i_CIN_Census_2026_dirty.xml").open("rb") as file:
        header, (nobody, about_header), (first, unused), (second, more) = read(file)
    assert (header.year, header.reference_date) == (2024, date(2024, 3, 31))
    assert nobody is None
    assert [(u.element, u.value, u.rule, u.kind) for u in about_header] == [
        ("Header/Year", "2023", "100", "query")
    ]
    assert (first.upn, first.former_upn, first.upn_unknown) == (None, None, "UN3")
    assert (first.sex, first.sex_as_sent) == ("M", "1")
    (case,) = first.episodes
    assert case.referral_date is None, "the plan started before it"
    assert case.closure_date is None, "the plan ended after it"
    assert case.assessments == [], "the only one starts in 2028"
    assert case.cin_plans == [], "it lay inside the child protection plan"
    assert case.cp_plans[0].end == date(2023, 3, 14)
    assert case.extensions[0][0] == "PreProceedingsandFGDM"
    assert case.extensions[0][1][0] == ("PPStartDate", "2026-09-09")
    found = {(u.element, u.value, u.rule) for u in unused if u.kind == "not used"}
    assert found == {
        ("ChildIdentifiers", "PersonBirthDate", ""),
        ("ChildIdentifiers/UPN", "A123456789123", "1510"),
        ("ChildIdentifiers/FormerUPN", "X98765432123B", "1560Q"),
        ("CINdetails[1]/Assessments[1]/FactorsIdentifiedAtAssessment/AssessmentFactors[2]", "RB", "8614"),
        ("CINdetails[1]/Assessments[1]", "", ""),
        ("CINdetails[1]/CINreferralDate", "2022-10-06", "1105"),
        ("CINdetails[1]/CINPlanDates[1]", "", "4001"),
        ("CINdetails[1]/CINclosureDate", "2023-02-27", "8565"),
        ("CINdetails[1]/ReasonForClosure", "RC1", "8810"),
    }
    assert second.episodes[0].assessments[0].authorised == date(2024, 1, 27)
    assert ("CINdetails[1]/CINreferralDate", "8600") in {(u.element, u.rule) for u in more}


@shared
def test_the_dirty_return_of_2022_leaves_a_child_without_a_referral():
    with (SHARED / "liia_cin_2022_dirty.xml").open("rb") as file:
        _, (found, unused) = read(file)
    assert found.episodes == []
    assert (found.birth_date, found.death_date, found.disabilities) == (
        date(1966, 3, 24),
        None,
        ["HAND", "HEAR"],
    )
    lines = {u.line: u.value for u in unused}
    assert lines[37] == "1970-10-06"
    assert {u.rule for u in unused if u.kind == "query"} == {"8775Q", "8590"}


BOMB = '<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip


def test_a_billion_laughs_is_refused_before_the_first():
    refused('<?xml version="1.0"?>' + BOMB + "<Message>&j;</Message>", HasDoctype)


def test_an_external_entity_is_refused():
    refused('<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]><Message>&x;</Message>', HasDoctype)
    refused('<!DOCTYPE Message SYSTEM "http://localhost/x.dtd"><Message/>', HasDoctype)


def test_deep_nesting_is_refused_inside_a_child_and_outside():
    refused(HEAD + child("<a>" * 20), TooDeep)
    refused("<Message>" + "<a>" * 100_000, TooDeep)


def test_a_huge_child_is_refused_whatever_makes_it_huge():
    for stuffing in (
        "<x/>" * 6_000,
        "x" * 300_000,
        f"<x y='{'z' * 300_000}'/>",
        f"<!--{'z' * 300_000}-->",
        " " * 300_000,
        f"<{'x' * 300_000}/>",
    ):
        refused(HEAD + child("") + child(stuffing) + TAIL, TooLarge)
    refused(HEAD + f"<!--{'z' * 500_000}--></Children></Message>", TooLarge)
    refused(HEAD + child("<x/>" * 40) + TAIL, TooLarge, elements_per_child=40)


def test_a_child_up_to_the_limit_is_read():
    assert whole(HEAD + child(" " * 200_000) + TAIL)[1][0].la_child_id == "A1"


class Endless(io.RawIOBase):
    """A stream that claims to hold nothing and goes on for ever."""

    def __init__(self):
        self.head, self.given = HEAD.encode(), 0

    def seekable(self):
        return False

    def fileno(self):
        raise OSError

    def __len__(self):
        return 0

    def read(self, size=-1):
        block, self.head = self.head or child(episode(assessment("2025-06-03"))).encode() * 100, b""
        self.given += len(block)
        return block


def test_a_stream_that_never_ends_is_cut_off_at_the_limit():
    source = Endless()
    with pytest.raises(TooLarge):
        for _ in read(source, limits=Limits(file_bytes=3_000_000)):
            pass
    assert source.given < 3_200_000


def test_children_before_the_damage_have_been_handed_out():
    text = HEAD + child(episode()) + "\n\n" + child(episode())[:-30]
    got = []
    with pytest.raises(NotXml, match=r"stops too early, at line 7\."):
        got.extend(iter_all(text))
    assert len(got) == 2, "the header and one child"


def iter_all(text):
    yield from read(io.BytesIO(text.encode()))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", NotXml),
        (b"   \n ", NotXml),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(1, 256)) * 9, NotXml),
        (b"LAchildID,UPN\nA1,B2\n", NotXml),
        (gzip.compress((HEAD + TAIL).encode()), WrongEncoding),
        (b"PK\x03\x04" + b"x" * 99, WrongEncoding),
        ((HEAD + TAIL).encode("utf-16"), WrongEncoding),
        ((HEAD + TAIL).encode("utf-16-le"), WrongEncoding),
        ((HEAD + TAIL).encode("utf-32"), WrongEncoding),
        (HEAD.replace("utf-8", "shift_jis").encode(), WrongEncoding),
        (HEAD.replace("utf-8", "rot13").encode(), WrongEncoding),
        (HEAD.encode() + b"\xed\xa0\x80" + TAIL.encode(), NotXml),
        ((HEAD + "&#xD800;" + TAIL).encode(), NotXml),
        ((HEAD + "&#0;" + TAIL).encode(), NotXml),
        (HEAD.encode() + b"\0" + TAIL.encode(), NotXml),
        (HEAD.encode() + b"\xff" + TAIL.encode(), NotXml),
        ((HEAD + "<a></b>" + TAIL).encode(), NotXml),
        ((HEAD + "&nbsp;" + TAIL).encode(), NotXml),
        ((HEAD + TAIL + "<more/>").encode(), NotXml),
        (b"<html><body/></html>", NotACensus),
        (b"<Message/>", NotACensus),
        (b"<Message><Children></Children></Message>", NotACensus),
        (b"<Message><Children><Child/></Children></Message>", NotACensus),
        (HEAD.replace(">CIN<", ">CLA<").encode(), NotACensus),
        (HEAD.replace("2026-03-31", "31/03/2026").encode(), NotACensus),
        (HEAD.replace("2026-03-31", "1970-03-31").encode(), NotACensus),
        (HEAD.replace("<ReferenceDate>2026-03-31</ReferenceDate>", "").encode(), NotACensus),
        (("<Message>" + "".join(f"<a{n}/>" for n in range(9_000))).encode(), NotACensus),
    ],
)
def test_a_file_of_another_kind_is_refused_in_one_sentence(data, kind):
    refused(data, kind)


def test_a_return_in_windows_1252_is_read():
    head = HEAD.replace("utf-8", "windows-1252").replace(
        "<SoftwareCode>x", "<SoftwareCode>Caf\xe9 \u201cx\u201d"
    )
    assert whole((head + TAIL).encode("windows-1252"))[0].software == "Caf\xe9 \u201cx\u201d"


def test_memory_does_not_grow_with_the_file():
    def peak(children):
        source = io.BytesIO()
        write_census(source, children=children)
        source.seek(0)
        gc.collect()
        tracemalloc.start()
        for _ in read(source):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(1_500)  # fills the cache of dates
    few, many = (min(peak(children) for _ in range(3)) for children in (300, 1_500))
    assert many - few < 1_200 * 200


def test_the_shapes_of_2021_and_2027_are_understood():
    old = HEAD.replace("2026", "2021").replace(
        "</Header>", "<Content><CBDSLevels><CBDSLevel>Child</CBDSLevel></CBDSLevels></Content></Header>"
    )
    who = WHO.replace("<Sex>F</Sex>", "<GenderCurrent>2</GenderCurrent>")
    found, unused = one(child(episode(referred="2020-06-02"), who), head=old)
    assert (found.sex, found.sex_as_sent, unused) == ("F", "2", [])
    block = "<PreProceedingsandFGDM><PPStartDate>2026-09-09</PPStartDate></PreProceedingsandFGDM>"
    found, unused = one(child(episode(referred="2026-06-02", plans=block)), head=HEAD.replace("2026", "2027"))
    assert found.episodes[0].extensions == [("PreProceedingsandFGDM", (("PPStartDate", "2026-09-09"),))]
    assert unused == []


def test_a_wrong_year_gives_way_to_the_reference_date():
    header, (_, unused) = whole(HEAD.replace("<Year>2026", "<Year>2019") + TAIL)
    assert header.year == 2026
    assert [(u.rule, u.kind, u.value) for u in unused] == [("100", "query", "2019")]


@pytest.mark.parametrize(
    ("wrong", "right", "rule", "kind", "field"),
    [
        ("<Sex>F", "<Sex>Q", "4180", "not used", "Sex"),
        ("<Sex>F", "<Sex>2", "4180", "query", "Sex"),
        ("UN2", "UN9", "8772", "not used", "UPNunknown"),
        ("UN2", "un2", "8772", "query", "UPNunknown"),
        ("2015-05-05", "05/05/2015", "", "not used", "PersonBirthDate"),
        ("2015-05-05", "2015-02-30", "", "not used", "PersonBirthDate"),
        ("2015-05-05", "1066-01-01", "", "not used", "PersonBirthDate"),
        ("2015-05-05", "2026-04-01", "8520", "not used", "PersonBirthDate"),
        ("2015-05-05", "\u0662\u0660\u0661\u0665-05-05", "", "not used", "PersonBirthDate"),
        ("2015-05-05", "", "", "not used", "PersonBirthDate"),
        ("<LAchildID>A1", "<LAchildID>A_1", "1580", "query", "LAchildID"),
        ("<LAchildID>A1", "<LAchildID>A12345678901234567890", "1570", "query", "LAchildID"),
    ],
)
def test_a_value_that_cannot_be_used_is_listed_and_the_rest_kept(wrong, right, rule, kind, field):
    found, unused = one(child(episode(), WHO.replace(wrong, right, 1)))
    assert (rule, kind, f"ChildIdentifiers/{field}") in unused
    assert found.episodes[0].referral_date == date(2025, 6, 2)


def test_a_pupil_numbers_check_letter_is_worked_out():
    # L343123415201: 3*2+4*3+3*4+1*5+2*6+3*7+4*8+1*9+5*10+2*11+0*12+1*13 = 194 = 8*23+10 -> L
    good = WHO.replace("<UPNunknown>UN2</UPNunknown>", "<UPN>L343123415201</UPN>")
    assert one(child(episode(), good))[0].upn == "L343123415201"
    for bad, rule in (("M343123415201", "1510"), ("L34312341520I", "1550"), ("L3431234152", "1540")):
        found, unused = one(child(episode(), good.replace("L343123415201", bad)))
        assert found.upn is None
        assert (rule, "not used", "ChildIdentifiers/UPN") in unused


def test_codes_are_those_of_the_year():
    old = HEAD.replace("2026", "2022").replace("2025", "2021")
    text = episode(assessment("2021-06-03", "2021-07-05"), closed("2021-07-06", "RC9"), "2021-06-02")
    found, unused = one(child(text), head=old)
    assert found.episodes[0].closure_reason is None
    assert ("8640", "not used", "CINdetails[1]/ReasonForClosure") in unused


def test_a_child_without_an_identifier_is_listed_by_its_place():
    pairs = whole(HEAD + child(episode()) + child(episode(), "<Sex>F</Sex>") + TAIL)[1:]
    found, unused = pairs[1]
    assert found is None
    assert [(u.child, u.rule, u.element) for u in unused] == [
        ("child 2", "8500", "ChildIdentifiers/LAchildID")
    ]


def test_an_identifier_sent_twice_is_pointed_out():
    found, unused = one(child(episode()), child(episode()))
    assert found is not None
    assert unused == [("8510", "query", "ChildIdentifiers/LAchildID")]


def test_stray_text_unknown_elements_attributes_and_repeats_are_listed():
    text = child(
        episode("<Odd>1</Odd>stray<ReferralSource>7</ReferralSource>").replace(
            "<CINdetails>", "<CINdetails id='1'>"
        )
    )
    found, unused = one(text)
    assert found.episodes[0].referral_source == "6"
    assert [(kind, element) for _, kind, element in unused] == [
        ("not used", "CINdetails[1]"),
        ("not used", "CINdetails[1]/@id"),
        ("not used", "CINdetails[1]/Odd"),
        ("query", "CINdetails[1]/ReferralSource"),
        ("not used", "CINdetails[1]/ReferralSource"),
    ]
    pairs = whole(HEAD + "loose<Odd>2</Odd>" + child(episode()) + TAIL)
    assert [(p[0], p[1][0].element, p[1][0].value) for p in pairs[1:3]] == [
        (None, "Children", "loose"),
        (None, "Odd", "2"),
    ]


def test_elements_in_the_wrong_order_are_taken():
    found, unused = one(child(episode(plans=closed("2025-09-01"))))
    assert found.episodes[0].closure_date == date(2025, 9, 1)
    assert unused == [("", "query", "CINdetails[1]/CINclosureDate")]


def test_values_are_shown_as_sent_and_cut_at_200_characters():
    _, unused = whole(HEAD + child(episode(), WHO.replace("2015-05-05", "9" * 1500)) + TAIL)[1]
    assert unused[0].value == "9" * 200
