"""Files that no person would write: they get a plain sentence, and nothing is changed."""

from __future__ import annotations

import pytest

from pathways.errors import USAGE

DEEP = 20_000


@pytest.fixture
def handed_in(tmp_path):
    """Write a file of that text; its path."""

    def written(text):
        path = tmp_path / "handed-in"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


def refused(said):
    assert said.code == USAGE
    assert "Incident" not in said.err
    return " ".join(said.err.split())


def test_a_file_for_init_with_lists_within_lists_is_refused_in_a_sentence(
    say, handed_in, tmp_path, monkeypatch
):
    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path / "new"))
    path = handed_in(f"roles = {'[' * DEEP}{']' * DEEP}")
    assert "lists within lists" in refused(say("init", "--from", path, "--no-input"))


def test_a_settings_file_with_lists_within_lists_is_refused_in_a_sentence(say, practice_home):
    (practice_home / "pathways.toml").write_text(f"a = {'[' * DEEP}{']' * DEEP}", encoding="utf-8")
    assert "lists within lists" in refused(say("import", "cin-census", "-"))


@pytest.mark.parametrize("text", ["login,title\na,{}\n", "login,{}\n"], ids=["a cell", "a column's name"])
def test_a_register_with_a_cell_that_is_far_too_long_is_refused_in_a_sentence(say, handed_in, text):
    path = handed_in(text.format("x" * 140_000))
    assert "no line of CSV" in refused(say("users", "add", "--from", path))


def test_a_quote_that_is_never_closed_is_refused_in_a_sentence(say, handed_in):
    path = handed_in('login,title\na,"' + "x\n" * 80_000)
    assert "no line of CSV" in refused(say("users", "add", "--from", path))


READ_AS_JSON = (
    "do cp1 note --from {}",
    "do cp1 note --with cp2 --from {}",
    "open strategy --no-input --from {}",
    "record note cp1 --from {}",
    "assign cp1 --take --handover {}",
    "file audit cp1 --from {}",
    "supervision record --from {}",
    "schedule --from {}",
)


@pytest.mark.parametrize("line", READ_AS_JSON)
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"text": ' + "[" * DEEP, "is not JSON"),
        ('{"text": "one", "text": "two"}', "holds 'text' twice. Give it once."),
        ('{"text": {"within": {"a": 1, "a": 2}}}', "holds 'a' twice. Give it once."),
    ],
    ids=["lists within lists", "a name twice", "a name twice within"],
)
def test_a_file_of_answers_that_cannot_be_meant_is_refused_in_a_sentence(say, handed_in, line, text, says):
    assert says in refused(say(*line.format(handed_in(text)).split()))


@pytest.mark.parametrize(
    ("line", "text"),
    [(line, "{") for line in READ_AS_JSON]
    + [(line, "[1, 2]") for line in READ_AS_JSON if "--handover" not in line],
)
def test_a_file_that_is_no_json_object_says_what_one_holds(say, handed_in, line, text):
    assert "JSON" in refused(say(*line.format(handed_in(text)).split()))


@pytest.mark.parametrize("beside", ["", " --with cp2"])
@pytest.mark.parametrize("value", ['{"a": {"b": "c"}}', "1.5", '[["a"]]'])
def test_what_is_no_answer_is_named(say, handed_in, beside, value):
    path = handed_in(f'{{"text": {value}}}')
    said = refused(say(*f"do cp1 note{beside} --from {path}".split()))
    assert "what stands at 'text' is no answer" in said
