"""`describe`, `rules diff` and `rules check` on the command line."""

import json

from pathways.errors import OK, PARTLY, USAGE


def test_a_pathway_is_described_in_words(say):
    said = say("describe", "child-protection")
    assert said.code == OK
    assert said.lines[0] == "Child protection: enquiry, conference and plan"
    assert "EVERY ACTION IN FULL" in said.out
    assert said.err == ""


def test_a_pathway_is_given_as_a_diagram(say):
    said = say("describe", "front_door", "--mermaid")
    assert said.code == OK
    assert said.lines[:4] == [
        "---",
        'title: "Front door: concern, referral and decision"',
        "---",
        "stateDiagram-v2",
    ]


def test_a_pathway_is_given_to_a_program(say):
    found = json.loads(say("describe", "child-in-need", "--json").out)
    assert found["schema"] == "pathways.describe/1"
    assert found["states"][0] == {
        "name": "assessing", "label": "Assessment under way", "final": False, "actions": found["states"][0]["actions"],
    }  # fmt: skip
    review = next(each for each in found["limits"] if each["rule"] == "cin.review")
    assert review["editions"][0]["limit"] == "28 calendar days"
    assert review["starts_with"] == ["cin_meeting_held"]
    assert found["mermaid"].startswith("---\ntitle:")


def test_without_a_name_the_pathways_are_listed(say):
    assert "child-in-need         Child in need: assessment, plan and reviews" in say("describe").lines
    listed = json.loads(say("describe", "--json").out)["pathways"]
    assert {"pathway": "front_door", "title": "Front door: concern, referral and decision"} in listed


def test_a_slip_in_the_name_gets_the_nearest(say):
    said = say("describe", "child-protecton")
    assert (said.code, said.out) == (USAGE, "")
    assert said.words == "There is no pathway 'child-protecton'. Did you mean child-protection?"


def test_our_rules_are_laid_beside_the_national_ones(say):
    said = say("rules", "diff")
    assert said.code == OK
    assert said.lines[0] == "england-2026.1+sefton-2026.1 beside england-2026.1"
    assert (
        "Send the conference minutes (cp.minutes): Sefton 20 working days, national no limit; since 4 July 2018"
        in said.words
    )
    assert "to 13 March 2022" not in said.words
    assert "to 13 March 2022" in say("rules", "diff", "--past").words


def test_one_authority_is_laid_beside_another(say):
    found = json.loads(say("rules", "diff", "--authority", "northmere", "--against", "Sefton", "--json").out)
    group = next(each for each in found["differences"] if each["rule"] == "cp.coregroup_first")
    assert group == {
        "rule": "cp.coregroup_first", "title": "Hold the first core group", "kind": "limit", "verdict": "stricter",
        "ours": "Northmere 8 working days", "theirs": "Sefton 10 working days", "since": "2024-04-01", "until": None,
        "says": "Hold the first core group (cp.coregroup_first): Northmere 8 working days, Sefton 10 working days (stricter); since 1 April 2024",
    }  # fmt: skip
    assert (
        say("rules", "diff", "--authority", "sefton", "--against", "sefton").lines[-2] == "Nothing differs."
    )


def test_an_unknown_authority_gets_the_list_of_known_ones(say):
    said = say("rules", "diff", "--authority", "liverpool")
    assert (said.code, said.out) == (USAGE, "")
    assert said.words == (
        "There are no rules for the authority 'liverpool'; there are rules for england, northmere, sefton."
    )


def test_a_check_says_what_needs_attention_and_ends_with_its_own_code(say):
    said = say("rules", "check", "--as-at", "2027-11-23")
    assert said.code == PARTLY
    assert said.lines[0] == "Rules checked as at 23 November 2027    england-2026.1+sefton-2026.1"
    assert (
        "The rules sefton-2026.1 were last held against their sources on 21 November 2026, over a year ago"
        in said.words
    )
    assert (
        "cme.cnis_visit_request (Ask for a home visit (new register)) is enacted, not in force" in said.words
    )
    found = json.loads(say("rules", "check", "--as-at", "2027-11-23", "--json").out)
    assert [each["kind"] for each in found["findings"]][:2] == ["unread", "unread"]
    assert found["as_at"] == "2027-11-23"


def test_a_check_in_which_nothing_needs_attention_ends_well(say, monkeypatch):
    import pathways.rule_review as rule_review

    monkeypatch.setattr(rule_review, "check", lambda *_: [])
    said = say("rules", "check")
    assert (said.code, said.lines[-3:]) == (
        OK,
        ["Nothing needs attention.", "", "Next: pathways rules list"],
    )
