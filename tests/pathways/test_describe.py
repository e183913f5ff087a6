"""Definitions in words: complete, as accepted, and the same on paper and on the screen."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import pathways
from pathways import describe as plain
from pathways import diagrams, pathway, sources
from pathways.definitions import SAME, Clock, Emit, Entry, Evidence, Field, Move, Opens, Pathway, State, needs
from pathways.describe import describe, markdown, named, who_in_words, write
from pathways.diagrams import dot, mermaid
from pathways.errors import USAGE, Mistyped
from pathways.evidence import WORKERS
from pathways.roles import ANYONE, Role
from pathways.rulebook import COLUMNS, assemble, load

ROOT = Path(__file__).parents[2]
RENEW = "Read the change; if it is meant, renew the files: python -m pathways.describe --write"

every_name = pytest.mark.parametrize("name", list(pathways.NAMES))


def differs(path, wanted):
    """Why a kept file is not what the definitions now say; empty where it is."""
    if not path.exists():
        return f"{path.relative_to(ROOT)} is missing. {RENEW}"
    kept, lines = path.read_text(encoding="utf-8").splitlines(), wanted.splitlines()
    for number, (old, new) in enumerate(zip(kept, lines, strict=False), 1):
        if old != new:
            return f"{path.relative_to(ROOT)}, line {number}: '{old}' is now '{new}'. {RENEW}"
    return "" if len(kept) == len(lines) else f"{path.relative_to(ROOT)} has another length. {RENEW}"


@every_name
def test_the_words_are_those_that_were_accepted(name):
    fault = differs(ROOT / "tests" / "golden" / f"{name}.txt", describe(pathway(name), load()))
    assert not fault, fault


@every_name
def test_the_page_says_the_same(name):
    fault = differs(ROOT / "docs" / "pathways" / f"{name}.md", markdown(pathway(name), load()))
    assert not fault, fault


@every_name
def test_the_picture_is_that_of_this_definition(name):
    drawn = ROOT / "docs" / "pathways" / f"{name}.svg"
    assert drawn.exists(), RENEW
    assert diagrams.mark(pathway(name)) in drawn.read_text(encoding="utf-8"), RENEW


def test_every_page_is_about_a_pathway_that_exists():
    assert {page.stem for page in (ROOT / "docs" / "pathways").glob("*.md")} == set(pathways.NAMES)


@every_name
def test_the_text_fits_an_old_screen(name):
    text = describe(pathway(name), load())
    assert text.isascii()
    assert max(len(line) for line in text.splitlines()) <= 80
    assert not [line for line in text.splitlines() if line != line.rstrip()]


@every_name
def test_nothing_of_a_definition_is_left_out(name):
    found = pathway(name)
    text = " ".join(describe(found, load()).split())
    for each in found.states:
        assert each.label in text
    for each in found.moves:
        assert f"{each.says} ({each.action})" in text, each.trigger
        assert str(each.cites) in text, each.trigger
    for each in found.entries:
        assert f"{each.says} ({each.name.replace('_', '-')})" in text, each.name
    for each in found.conditions().values():
        assert f"[{each.id}]" in text, each.id
        assert each.says in text, each.id
    for each in found.clocks:
        assert f"{each.task} ({each.rule})" in text, each.rule
        for edition in load().editions(each.rule):
            assert edition.source in text, edition.key
    for kind in found.evidence().values():
        assert kind.title in text, kind.name
        for field in kind.fields:
            assert field.asks in text, (kind.name, field.name)


@every_name
def test_the_same_words_come_out_each_time_and_no_fact_keeps_its_short_name(name):
    text = describe(pathway(name), load())
    assert text == describe(pathway(name), load())
    assert "icpc_held" not in text
    assert "Role." not in text


# -- one invented pathway, by hand -----------------------------------------------------------------

LENT = Evidence(
    "loan", "Book lent",
    (
        Field("reader", "Who borrows it?", required=True),
        Field("condition", "How worn is it?", "choice", ("A", "B"), words=("as new", "worn"), needed=True),
        Field("stained", "Is it stained?", "yes_no", required=True, fact="stained"),
        Field("stain", "Where: which pages?", when=("stained", "yes"), opinion=True),
    ),
    "decision",
)  # fmt: skip


@needs(
    "the reader has a card", sources.OURS,
    id="loan.card", by=(Role.STAFF,), record="show_card", override=(Role.HEADTEACHER,),
)  # fmt: skip
def card(facts):
    return facts.card_seen is not None


LIBRARY = Pathway(
    name="library", title="Library: a book and its reader", prefix="LB", version="1", checked=date(2026, 11, 22),
    entries=(Entry("loan", "asked", (Role.PARENT, Role.CHILD), sources.S17, "Ask for a book", emits=(Emit("book_asked"),)),),
    states=(
        State("asked", "Asked for: a book"),
        State("out", "Out on loan"),
        State("late", "Late: letter sent"),
        State("back", "Back", final=True),
    ),
    moves=(
        Move("show_card", ("asked",), SAME, ANYONE, sources.OURS, "Show the card", emits=(Emit("card_seen"),)),
        Move("lend", ("asked",), "out", (Role.STAFF,), sources.EDUCATION, "Lend it", (card,), LENT, (Emit("book_lent"),)),
        Move("limit_passed", ("out",), "late", (Role.CLOCK,), sources.OURS, "Four weeks have passed"),
        Move("give_back", ("asked", "out", "late"), "back", (Role.STAFF, Role.PARENT), sources.OURS, "Give it back; thank them",
             emits=(Emit("book_back"),), opens=(Opens("front_door", "triage"),), outcome="returned", confirm=True),
        Move("burnt", ("out", "late"), "back", (Role.PATHWAY,), sources.OURS, "The house burnt down", outcome="lost"),
    ),
    clocks=(
        Clock("li.loan", ("book_back",), "Bring the book back", ("out",), "limit_passed", "give_back", warn=(2, "working_day")),
        Clock("li.none", ("book_back",), "Nothing set here"),
    ),
)  # fmt: skip

ROWS = {
    "rule_id": "li.loan", "pathway": "library", "starts_at": "book_lent", "amount": "4", "unit": "working_day",
    "force": "local", "source": "Reading room rules", "valid_from": "2020-01-01", "seen": "partly",
    "tells": "headteacher;director", "title": "Bring it back",
}  # fmt: skip
SHELF = assemble(
    [("england", f"{','.join(COLUMNS)}\n{','.join(ROWS.get(column, '') for column in COLUMNS)}\n")]
)

SAID = [
    "Edition 1, last held against its sources on 22 November 2026. References begin with LB.",
    'Ask for a book (loan) Begins at "Asked for: a book" By Parent or child Under Children Act 1989, section 17 (law) Then book asked',
    'In every open state - Give it back; thank them (give-back): leads to "Back". By the staff or parent.',
    'Asked for: a book - Lend it (lend): leads to "Out on loan". By the staff. - Recorded, and the case stays: Show the card (show-card).',
    '- When a date passes: Four weeks have passed (limit-passed): leads to "Late: letter sent".',
    '- On another pathway: The house burnt down (burnt): leads to "Back".',
    "Back (the case is over; papers may follow) - Nothing more is done here.",
    '- Four weeks have passed: the case is shown as "Late: letter sent". Limit: li.loan.',
    "It never ends a case, decides an outcome, opens a case elsewhere, writes a record or forgets one.",
    'Lend it (lend) From Asked for: a book To "Out on loan" By Staff Under Keeping Children Safe in Education, part one (statutory guidance) Needs the reader has a card [loan.card] Record Book lent (a decision) Then book lent Starts Bring the book back (li.loan)',
    'Stops Bring the book back (li.loan) Opens Front door, a case of the same person, at "At the front door for decision" Outcome returned Confirm is asked once more before it is saved',
    "[loan.card] Needed The reader has a card Under This product's own rules, what is true of every pathway (local procedure) Supplied by staff, with: Show the card (show-card) Without it the headteacher, giving a reason Asked by Lend it",
    "- How worn is it? (one of: A (as new), B (worn); left out, the record is incomplete)",
    '- Where: which pages? (in words; asked, and then required, where "Is it stained?" is yes; kept as opinion)',
    "Bring the book back (li.loan) Limit 4 working days; local procedure; since 1 January 2020 Source Reading room rules (wording read in part) Starts with Book lent: Lend it. Stops with Book back. Runs in Out on loan Done by Give it back; thank them (give-back)",
    'Passed Told: the headteacher and the director. The case is then shown as "Late: letter sent". Warned 2 working days before the limit',
    "Nothing set here (li.none) Limit none is set under these rules, so nothing runs",
    "Anyone every person there is a role for",
]  # fmt: skip


@pytest.mark.parametrize("said", SAID)
def test_a_definition_is_said_in_full(said):
    assert said in " ".join(describe(LIBRARY, SHELF).split())


def test_a_page_is_the_same_with_marks():
    page = markdown(LIBRARY, SHELF)
    assert page.startswith("# Library: a book and its reader\n\n![Library: a book and its reader")
    assert "](./library.svg)" in page
    assert "\n## Every action in full\n" in page
    assert "\n### Lend it (lend)\n\n- **From:** Asked for: a book\n" in page
    assert r"- **Needs:** the reader has a card \[loan.card\]" in page


MERMAID = """\
---
title: "Library: a book and its reader"
---
stateDiagram-v2
    direction TB
    state "Asked for#58; a book" as s_asked
    state "Out on loan" as s_out
    state "Late#58; letter sent" as s_late
    state "Back" as s_back
    [*] --> s_asked : Ask for a book
    s_asked --> s_out : Lend it
    s_out --> s_late : By date#58; Four weeks have passed
    s_asked --> s_back : Give it back#59; thank them
    s_out --> s_back : Give it back#59; thank them
    s_late --> s_back : Give it back#59; thank them
    s_out --> s_back : Elsewhere#58; The house burnt down
    s_late --> s_back : Elsewhere#58; The house burnt down
    s_back --> [*]
    classDef final stroke-width:4px
    classDef late stroke-dasharray:6 3
    class s_late late
    class s_back final
"""


def test_a_diagram_shows_states_and_ways_between_them_and_no_mere_record():
    assert mermaid(LIBRARY) == MERMAID


def test_what_leads_from_nearly_everywhere_starts_from_one_box():
    five = tuple(State(f"room_{number}", f"Room {number}") for number in range(5))
    rooms = tuple(each.name for each in five)
    wide = replace(
        LIBRARY, states=(*LIBRARY.states, *five), opened_in=rooms,
        moves=(*LIBRARY.moves, Move("close", (*rooms, "asked", "out"), "back", (Role.STAFF,), sources.OURS, "Close", outcome="closed", confirm=True)),
    )  # fmt: skip
    assert '    state "Wherever the case stands" as s_anywhere\n' in mermaid(wide)
    assert mermaid(wide).count(": Close\n") == 1
    assert "    s_anywhere --> s_back : Close\n" in mermaid(wide)
    assert "  anywhere -> back [" in dot(wide)


@every_name
def test_no_label_holds_a_sign_that_mermaid_reads_as_its_own(name):
    lines = mermaid(pathway(name)).splitlines()
    assert lines[3] == "stateDiagram-v2"
    for line in lines[4:]:
        if "-->" in line:
            label = line.partition(" : ")[2]
            assert ":" not in label
            assert all(part.isdigit() for part in (one.rsplit("#", 1)[-1] for one in label.split(";")[:-1]))
        if line.lstrip().startswith("state "):
            assert line.count('"') == 2


@every_name
def test_every_state_is_in_both_diagrams(name):
    found = pathway(name)
    for state in found.states:
        assert f" as s_{state.name}\n" in mermaid(found)
        assert f"\n  {state.name} [label=" in dot(found)
        assert (f"    s_{state.name} --> [*]\n" in mermaid(found)) is state.final


def test_decisions_dates_and_other_pathways_are_drawn_in_different_lines():
    drawn = dot(LIBRARY)
    assert 'asked -> out [label="Lend it\\l" color="#1f4e79" fontcolor="#1f4e79" style=solid]' in drawn
    assert 'label="By date: Four weeks have\\lpassed\\l"' in drawn
    assert "style=dashed]" in drawn
    assert "style=dotted" in drawn
    assert 'back [label="Back" peripheries=2' in drawn


# -- names, people and files -----------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["child_protection", "child-protection", " Child-Protection "])
def test_a_pathway_is_found_as_people_type_it(asked):
    assert named(asked).name == "child_protection"


def test_a_slip_gets_the_nearest_name_and_nonsense_gets_them_all():
    with pytest.raises(
        Mistyped, match=r"There is no pathway 'child-protecton'\. Did you mean child-protection\?"
    ) as slip:
        named("child-protecton")
    assert slip.value.code == USAGE
    with pytest.raises(Mistyped, match=r"There is no pathway 'zzz'\. There are front-door, child-in-need,"):
        named("zzz")


WHO = [
    ((Role.CLOCK,), "the passing of a date"),
    ((Role.PATHWAY,), "a decision on another pathway"),
    (ANYONE, "anyone"),
    ((*WORKERS, Role.PARENT), "anybody who works with the child or parent"),
    ((Role.TEAM_LEADER, Role.SERVICE_MANAGER, Role.TEAM_LEADER), "team leader or service manager"),
    ((Role.POLICE, Role.HEALTH, Role.DSL), "police, health or designated safeguarding lead"),
]  # fmt: skip


@pytest.mark.parametrize(("roles", "said"), WHO)
def test_who_may_decide_is_said_in_words(roles, said):
    assert who_in_words(roles) == said


def test_everything_is_written_at_once_and_a_missing_graphviz_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(diagrams.shutil, "which", lambda program: None)
    said = write(tmp_path)
    assert said == [
        "No picture was drawn: Graphviz's program `dot` is not installed (on Debian: apt-get install graphviz)."
    ]
    assert {file.stem for file in (tmp_path / "tests" / "golden").iterdir()} == set(pathways.NAMES)
    assert {file.name for file in (tmp_path / "docs" / "pathways").iterdir()} == {
        f"{name}.md" for name in pathways.NAMES
    }
    assert plain.__doc__


def test_a_way_out_of_half_the_states_keeps_its_own_arrows():
    assert "s_anywhere --> s_phoned" not in mermaid(pathway("front_door"))
    assert "    s_submitted --> s_phoned : Refer by telephone\n" in mermaid(pathway("front_door"))
    assert "s_anywhere --> s_decided : Record that the child has died" in mermaid(pathway("front_door"))
