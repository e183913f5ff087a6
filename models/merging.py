"""What several returns say of one referral, put together, and how the whole is kept with the episode. Pure.

A return holds what was open in its year: of a long case the completed assessments and the enquiries of earlier years
are no longer sent. So what an earlier return said stays, and a later one adds to it. Where the two contradict
each other, what is on the trail already stands, and the contradiction is listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

from models.history import Remark
from pathways.census_checks import (
    NOT_USED,
    QUERY,
    Assessment,
    CinPlan,
    CpPlan,
    Episode,
    Kind,
    Section47,
)

BLOCKS: dict[str, type[Any]] = {
    "assessments": Assessment,
    "cin_plans": CinPlan,
    "section_47s": Section47,
    "cp_plans": CpPlan,
}
ELEMENTS = {
    "assessments": "Assessments",
    "cin_plans": "CINPlanDates",
    "section_47s": "Section47",
    "cp_plans": "ChildProtectionPlans",
    "start": "start",
    "internal_review": "AssessmentInternalReviewDate",
    "authorised": "AssessmentAuthorisationDate",
    "factors": "AssessmentFactors",
    "end": "end",
    "icpc_target": "InitialCPCtarget",
    "icpc_date": "DateOfInitialCPC",
    "icpc_not_required": "ICPCnotRequired",
    "initial_category": "InitialCategoryOfAbuse",
    "latest_category": "LatestCategoryOfAbuse",
    "previous_plans": "NumberOfPreviousCPP",
    "referral_source": "ReferralSource",
    "primary_need": "PrimaryNeedCode",
    "closure_date": "CINclosureDate",
    "closure_reason": "ReasonForClosure",
    "initial_cpc_date": "DateOfInitialCPC",
    "referral_nfa": "ReferralNFA",
}
REPLACED = frozenset({"factors", "latest_category", "primary_need", "icpc_target", "internal_review"})
"""What a later return may simply say differently: no step of a case hangs on it."""

T = TypeVar("T")


KINDS: tuple[type[Any], ...] = (Episode, *BLOCKS.values())
NAMES = {kind: tuple(one.name for one in fields(kind)) for kind in KINDS}


def details_of(block: Any) -> dict[str, Any]:
    """The whole of a referral as it is kept with the episode: what is empty is left out."""
    found: dict[str, Any] = {}
    for name in NAMES[type(block)]:
        value = getattr(block, name)
        if not value and value != 0:
            continue
        if isinstance(value, date):
            found[name] = value.isoformat()
        elif name in BLOCKS:
            found[name] = [details_of(each) for each in value]
        elif name == "reviews":
            found[name] = [each.isoformat() for each in value]
        elif value is not False:
            found[name] = value
    return found


def restore(details: dict[str, Any]) -> Episode:
    """The referral that `details_of` was given."""
    given = {
        name: _read(name, value) for name, value in details.items() if name not in (*BLOCKS, "extensions")
    }
    for name, kind in BLOCKS.items():
        given[name] = [
            kind(**{each: _read(each, value) for each, value in block.items()})
            for block in details.get(name, ())
        ]
    given["extensions"] = [
        (tag, tuple((inner, text) for inner, text in values)) for tag, values in details.get("extensions", ())
    ]
    return Episode(**given)


def _read(name: str, value: Any) -> Any:
    if name == "reviews":
        return [date.fromisoformat(each) for each in value]
    is_date = isinstance(value, str) and (
        name in ("start", "end", "authorised", "internal_review", "icpc_target") or name.endswith("_date")
    )
    return date.fromisoformat(value) if is_date else value


def in_order(e: Episode) -> Episode:
    """The referral with its blocks in order of date, as it is kept and compared."""
    for name in BLOCKS:
        getattr(e, name).sort(key=_start)
    return e


def _start(block: Any) -> date:
    found: date = block.start
    return found


def merge(old: Episode, new: Episode) -> tuple[Episode, list[Remark]]:
    """What is known of a referral once a further return has been read, and what of it was not taken."""
    remarks: list[Remark] = []
    merged = replace(old)
    if old.referral_nfa and not new.referral_nfa:
        remarks.append(_against("", "referral_nfa", True, False))
    merged.referral_nfa = old.referral_nfa or new.referral_nfa
    for name in ("referral_source", "primary_need", "closure_date", "closure_reason", "initial_cpc_date"):
        setattr(merged, name, _one(name, "", getattr(old, name), getattr(new, name), remarks))
    if old.closure_date and not new.closure_date:
        remarks.append(_against("", "closure_date", old.closure_date, ""))
    for name in BLOCKS:
        setattr(merged, name, _blocks(name, getattr(old, name), getattr(new, name), remarks))
    merged.extensions = [*old.extensions, *(each for each in new.extensions if each not in old.extensions)]
    return in_order(merged), remarks


def _blocks(name: str, old: Sequence[T], new: Sequence[T], remarks: list[Remark]) -> list[T]:
    later = {_start(block): block for block in new}
    found = []
    for block in old:
        again = later.pop(_start(block), None)
        if again is None:
            if _is_open(block):
                remarks.append(
                    Remark(
                        ELEMENTS[name],
                        _start(block).isoformat(),
                        "It was open in an earlier return, and this one no longer has it. It was left open.",
                    )
                )
            found.append(block)
            continue
        values: dict[str, Any] = {}
        for one in fields(block):  # type: ignore[arg-type]
            before, after = getattr(block, one.name), getattr(again, one.name)
            if one.name == "reviews":
                values[one.name] = sorted({*before, *after})
            elif one.name == "icpc_not_required":
                values[one.name] = before or (after and not getattr(block, "icpc_date", None))
            elif one.name == "icpc_date" and after and getattr(block, "icpc_not_required", False):
                values[one.name] = None
                remarks.append(_against(ELEMENTS[name], one.name, "no conference needed", after))
            else:
                values[one.name] = _one(one.name, ELEMENTS[name], before, after, remarks)
        found.append(type(block)(**values))
    return [*found, *later.values()]


def _is_open(block: Any) -> bool:
    if isinstance(block, Section47):
        return block.icpc_date is None and not block.icpc_not_required
    if isinstance(block, Assessment):
        return block.authorised is None
    return block.end is None


def _one(name: str, element: str, before: Any, after: Any, remarks: list[Remark]) -> Any:
    """One value: what is new is taken, what is the same or no longer sent stays, what contradicts is listed."""
    if after in (None, [], before):
        return before
    if before in (None, []) or name in REPLACED:
        return after
    remarks.append(_against(element, name, before, after))
    return before


def _against(element: str, name: str, before: Any, after: Any, kind: Kind = NOT_USED) -> Remark:
    path = "/".join(part for part in (element, ELEMENTS.get(name, name)) if part)
    said = "nothing" if after in ("", False) else str(after)
    return Remark(
        path,
        said,
        f"An earlier return said {before}. What is on the trail already was kept.",
        kind if said != "nothing" else QUERY,
    )
