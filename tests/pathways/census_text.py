"""Pieces of a census in XML, and what any child read from one must satisfy."""

import io
from datetime import date
from itertools import pairwise

from pathways.census import Limits, read

END = date(2026, 3, 31)

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>
<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails><Source><SourceLevel>L</SourceLevel><LEA>999</LEA>
<SoftwareCode>x</SoftwareCode><Release>1</Release><SerialNo>001</SerialNo>
<DateTime>2026-04-20T09:00:00</DateTime></Source></Header><Children>"""
TAIL = "</Children></Message>"
WHO = "<LAchildID>A1</LAchildID><UPNunknown>UN2</UPNunknown><PersonBirthDate>2015-05-05</PersonBirthDate><Sex>F</Sex>"


def child(episodes, who=WHO, what="<Ethnicity>WBRI</Ethnicity>"):
    return (
        f"<Child><ChildIdentifiers>{who}</ChildIdentifiers>"
        f"<ChildCharacteristics>{what}</ChildCharacteristics>{episodes}</Child>"
    )


def episode(inside="", before="", referred="2025-06-02", nfa="0", plans=""):
    """An episode: `before` holds closure or conference, `inside` the blocks ahead of ReferralNFA, `plans` after."""
    return (
        f"<CINdetails><CINreferralDate>{referred}</CINreferralDate><ReferralSource>6</ReferralSource>"
        f"<PrimaryNeedCode>N1</PrimaryNeedCode>{before}{inside}<ReferralNFA>{nfa}</ReferralNFA>{plans}</CINdetails>"
    )


def closed(on, why="RC7"):
    return f"<CINclosureDate>{on}</CINclosureDate><ReasonForClosure>{why}</ReasonForClosure>"


def assessment(start, end="", factors=("3B",)):
    found = "".join(f"<AssessmentFactors>{f}</AssessmentFactors>" for f in factors)
    done = f"<AssessmentAuthorisationDate>{end}</AssessmentAuthorisationDate>" if end else ""
    group = f"<FactorsIdentifiedAtAssessment>{found}</FactorsIdentifiedAtAssessment>" if found else ""
    return f"<Assessments><AssessmentActualStartDate>{start}</AssessmentActualStartDate>{done}{group}</Assessments>"


def cin(start, end=""):
    end = f"<CINPlanEndDate>{end}</CINPlanEndDate>" if end else ""
    return f"<CINPlanDates><CINPlanStartDate>{start}</CINPlanStartDate>{end}</CINPlanDates>"


def s47(start, icpc="", none="0"):
    met = f"<DateOfInitialCPC>{icpc}</DateOfInitialCPC>" if icpc else ""
    return f"<Section47><S47ActualStartDate>{start}</S47ActualStartDate>{met}<ICPCnotRequired>{none}</ICPCnotRequired></Section47>"


def cp(start, end="", previous="0", reviews=()):
    ended = f"<CPPendDate>{end}</CPPendDate>" if end else ""
    held = "".join(f"<CPPreviewDate>{r}</CPPreviewDate>" for r in reviews)
    held = f"<Reviews>{held}</Reviews>" if held else ""
    return (
        f"<ChildProtectionPlans><CPPstartDate>{start}</CPPstartDate>{ended}<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>"
        f"<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><NumberOfPreviousCPP>{previous}</NumberOfPreviousCPP>{held}"
        "</ChildProtectionPlans>"
    )


def whole(text, **limits):
    data = text if isinstance(text, bytes) else text.encode()
    return list(read(io.BytesIO(data), limits=Limits(**limits)))


def one(*children, head=HEAD):
    """The last record of a file: the child, and rule, kind and element of what was not used."""
    found, unused = [p for p in whole(head + "".join(children) + TAIL) if isinstance(p, tuple)][-1]
    return found, [(u.rule, u.kind, u.element) for u in unused]


def consistent(found, reference):
    """Whether a record can be acted on; written from the guide to the return, not from the reader's table."""

    def ordered(*days):
        known = [d for d in days if d is not None]
        assert known == sorted(known)

    assert found.la_child_id
    assert not (found.birth_date and found.expected_birth_date)
    ordered(found.birth_date, found.death_date, reference)
    plans = []
    for e in found.episodes:
        ordered(e.referral_date, e.closure_date, reference)
        ordered(e.referral_date, e.initial_cpc_date, e.closure_date, reference)
        assert e.closure_date or not e.closure_reason
        active = e.assessments or e.cin_plans or e.section_47s or e.cp_plans or e.initial_cpc_date
        assert not (e.referral_nfa and active)
        assert not (e.closure_reason in ("RC8", "RC9") and (e.cin_plans or e.section_47s or e.cp_plans))
        for a in e.assessments:
            ordered(e.referral_date, a.start, a.authorised, e.closure_date, reference)
            ordered(a.start, a.internal_review)
            assert a.authorised or not (a.factors or e.closure_date)
            assert len(set(a.factors)) == len(a.factors)
            assert a.factors == ["21"] or "21" not in a.factors
        for s in e.section_47s:
            ordered(e.referral_date, s.start, s.icpc_date, e.closure_date, reference)
            assert not (s.icpc_date and s.icpc_not_required)
            assert s.icpc_date or s.icpc_not_required or not e.closure_date
            assert s.icpc_date is None or s.icpc_date.weekday() < 5
            assert s.icpc_date is None or s.icpc_date != e.initial_cpc_date
        assert sum(a.authorised is None for a in e.assessments) <= 1
        assert sum(s.icpc_date is None and not s.icpc_not_required for s in e.section_47s) <= 1
        for p in (*e.cin_plans, *e.cp_plans):
            ordered(e.referral_date, p.start, p.end, e.closure_date, reference)
            assert p.end or not e.closure_date
            plans.append(p)
        for p in e.cp_plans:
            assert p.end != p.start
            ordered(p.start, *p.reviews, p.end, reference)
            assert len({p.start, *p.reviews}) == len(p.reviews) + 1
        if found.death_date:
            for day in (
                e.referral_date,
                *(a.start for a in e.assessments),
                *(s.start for s in e.section_47s),
            ):
                assert day is None or day <= found.death_date
    for one_, other in pairwise(sorted(plans, key=lambda p: (p.start, p.end or date.max))):
        assert one_.end is not None
        assert one_.end <= other.start
    if found.death_date:
        assert all(d <= found.death_date for p in plans for d in (p.start, p.end) if d)
