"""The managers' pages from the command line: printed here, and written as a folder of plain HTML."""

from __future__ import annotations

import json

import pytest

from models.store import open_store
from pathways.errors import NOT_ALLOWED, NOT_READY, OK, USAGE
from pathways.practice_mark import MARK
from pathways.wall.pages import TITLES


def test_a_page_is_printed_with_its_numbers_and_what_to_type_next(say):
    said = say("dashboards", "preview", "--only", "this-morning")
    assert said.code == OK
    assert said.lines[:3] == ["This morning", "============", f"{MARK}."]
    assert said.lines[3] == "As at 9:31am, Monday 23 November 2026."
    assert "4 cases counted" in said.words
    assert "Next: pathways overdue pathways worklist" in said.words
    assert max(map(len, said.lines)) <= 80


def test_all_pages_are_printed_in_the_order_of_importance(say):
    said = say("dashboards", "preview")
    assert said.code == OK
    titles = [line for line in said.lines if line in TITLES.values()]
    assert titles == list(TITLES.values())
    assert said.lines[-1] == "One page: pathways dashboards preview --only this-morning"
    assert max(map(len, said.lines)) <= 80
    assert said.out.isascii()


def test_what_is_late_is_listed_by_reference_and_never_by_name(say):
    said = say("dashboards", "preview", "--only", "late-now")
    assert "CP-2026-0003" in said.out
    assert not {"Ash", "Birch", "Hazel", "Thorne", "Willow", "Marsh"} & set(said.out.split())


def test_pages_as_json(say):
    said = say("dashboards", "preview", "--only", "late-now", "--json")
    found = json.loads(said.out)
    assert found["schema"] == "pathways.dashboards/1"
    (only,) = found["pages"]
    assert only["name"] == "late-now"
    assert set(only["late"][0]) == {"Days late", "Case", "Waiting for", "Team", "Was due"}


def test_a_page_that_there_is_not_gets_the_nearest(say):
    said = say("dashboards", "preview", "--only", "this-mornin")
    assert said.code == USAGE
    assert "Did you mean this-morning?" in said.words


def test_the_pages_are_written_as_html_with_small_numbers_hidden(say, tmp_path):
    said = say("dashboards", "publish", "--out", str(tmp_path / "wall"))
    assert said.code == OK
    assert "14 pages written. Numbers from 1 to 4 are hidden, and no case is listed." in said.out
    files = {each.name for each in (tmp_path / "wall").iterdir()}
    assert files == {"index.html", *(f"{key}.html" for key in TITLES)}
    for each in (tmp_path / "wall").iterdir():
        text = each.read_text(encoding="utf-8")
        assert "-2026-0" not in text
        assert "<script" not in text
    assert '<td class="n">c</td>' in (tmp_path / "wall" / "this-morning.html").read_text(encoding="utf-8")


def test_where_todays_check_has_not_run_that_is_said_first(say, tmp_path, practice_home):
    """The morning after: the practice store's clock is put a day on, to Tuesday 24 November."""
    assert "has not run" not in say("dashboards", "publish", "--out", str(tmp_path / "before")).out
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.writing() as tx:
        tx.run("put_setting", name="clock", value="2026-11-24T09:31:00+00:00")
    said = say("dashboards", "publish", "--out", str(tmp_path / "wall"))
    assert said.code == OK
    # Only that it is all invented stands before it: a real store's pages do not begin so.
    first = f"{MARK}. Today's check has not run (the last one looked from"
    assert said.words.startswith(first)
    assert max(map(len, said.lines[:2])) <= 80
    for each in (tmp_path / "wall").iterdir():
        assert f'<p class="as-at">{first}' in each.read_text(encoding="utf-8"), each.name


def test_writing_again_replaces_our_files_and_leaves_others(say, tmp_path):
    (tmp_path / "notes.txt").write_text("ours", encoding="utf-8")
    for _ in range(2):
        assert say("dashboards", "publish", "--out", str(tmp_path), "--json").code == OK
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "ours"
    assert not list(tmp_path.glob("*.part"))


def test_a_folder_that_cannot_be_written_is_said_plainly(say, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = say("dashboards", "publish", "--out", str(tmp_path / "file"))
    assert said.code == NOT_READY
    assert "Choose another folder: --out" in said.words


def test_it_is_for_the_authoritys_own_staff(say, monkeypatch):
    from models.staff import Standing
    from models.viewer import Viewer

    monkeypatch.setattr(
        Standing, "viewer", lambda self, at: Viewer(id=self.row.id, at=at, circle="|north school|")
    )
    for line in (("preview",), ("publish", "--out", "anywhere")):
        said = say("dashboards", *line)
        assert said.code == NOT_ALLOWED
        assert "for the authority's own staff" in said.words


@pytest.mark.parametrize("line", ["dashboards", "dashboards preview", "dashboards publish"])
def test_help_begins_with_what_it_does(say, line):
    said = say(*line.split(), "--help")
    assert said.code == OK
    assert "page" in said.out
