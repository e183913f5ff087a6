"""The words that people meet: every message in the code, read as a person would (UX 8.14).

The catalogue is the code itself: what is raised as a refusal, said, complained of, asked or told. Values that are put in
are read as one word.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("commands", "models", "pathways", "flows")
SAYING = ("say", "complain", "tell", "ask", "confirm", "choose", "folded", "wrapped", "HeldBack")
BANNED = re.compile(
    r"\b(invalid|please|error occurred|illegal|abort(ed)?|oops|sorry|fatal|failed to|null|none type|exception|traceback|whitelist"
    r"|blacklist|kindly|utilis|e\.g\.|i\.e\.|etc\.|vis-a-vis)\b|!(\s|$)",
    re.IGNORECASE,
)
SENTENCES = 3
"""At most: what was refused, why, what to do. That nothing was changed is not counted."""
HARDEST = 13.0
"""The grade that no message is above: names of packages and rules make a few of them longer than their words are hard."""
MIDDLE = 5.0
"""The grade that half of them are below: a child of eleven is in the sixth."""


@cache
def catalogue() -> dict[str, str]:
    """Every message by where it stands."""
    found: dict[str, str] = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" in path.parts or path.name == "compiled.py":
                continue
            for node in _saying(_parsed(path)):
                for each in _texts(node):
                    if " " in each.strip():
                        found[f"{path.relative_to(ROOT)}:{node.lineno}:{len(found)}"] = each
    return found


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _saying(tree):
    """What raises a refusal, says something, or is the sentence of a refusal."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from node.exc.args
        elif isinstance(node, ast.Call) and _name(node.func) in SAYING:
            yield from node.args
        elif isinstance(node, ast.FunctionDef) and node.name == "__str__":
            yield from (each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value)


def _name(function):
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _texts(node):
    """The texts of an expression, with X for each value that is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "X" for part in node.values)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from (f"{left} {right}" for left in _texts(node.left) for right in _texts(node.right))
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))


def sentences(message):
    """The sentences of a message; a command after a colon is none, nor is a dot inside a word."""
    plain = re.sub(
        r"(pathways|pip install) [a-zA-Z0-9 =_.'\[\]-]+|`[^`]*`|\S+\[\w+\]|https?://\S+", "it", message
    )
    found = [each for each in re.split(r"[.?](?:\s+|$)", plain) if re.search(r"[a-z]{2}", each)]
    return [each for each in found if not each.startswith("Nothing was")] or found


def syllables(word):
    """How many, as they are usually counted: groups of vowels, a silent e left out."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, groups - (word.lower().endswith("e") and not word.lower().endswith("le")))


def grade(message):
    """The Flesch-Kincaid grade of a message: the school year in which it is read."""
    parts = sentences(message)
    words = [word for part in parts for word in re.findall(r"[A-Za-z']+", part)]
    if len(words) < 8:
        return 0.0
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_there_is_a_catalogue():
    assert len(catalogue()) > 600


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_message_blames_begs_or_uses_the_machines_words(folder):
    assert [
        f"{where} {said}"
        for where, said in catalogue().items()
        if where.startswith(folder) and BANNED.search(said)
    ] == []


def test_no_message_is_longer_than_a_person_reads():
    assert [
        f"{where} {said}" for where, said in catalogue().items() if len(sentences(said)) > SENTENCES
    ] == []


def test_the_messages_are_read_at_eleven_and_none_is_much_harder():
    grades = {f"{where} {said}": grade(said) for where, said in catalogue().items()}
    assert [each for each, found in grades.items() if found > HARDEST] == []
    assert median(found for found in grades.values() if found) < MIDDLE


@cache
def refusals() -> set[type[Exception]]:
    """Every kind of refusal in the code, whatever other tests have imported."""
    import pathways.errors as errors

    def every(kind: type[Exception]) -> set[type[Exception]]:
        return {kind, *(found for each in kind.__subclasses__() for found in every(each))}

    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if any(isinstance(each, ast.ClassDef) for each in ast.walk(_parsed(path))):
                import_module(
                    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
                )
    return every(errors.PathwayError)


def test_every_refusal_has_an_exit_code_and_says_when_it_is_raised():
    depends = set()
    for kind in refusals():
        assert (kind.__doc__ or "").strip(), kind
        if isinstance(kind.code, property):
            depends.add(f"{kind.__module__}.{kind.__name__}")
        else:
            assert 1 <= kind.code <= 10, kind
    assert depends == {
        "flows.steps.StepFailed",
        "models.refusals.RefusedMove",
        "models.refusals.RefusedTogether",
        "models.undo_following.RefusedUndo",
    }, "whose code depends on what was refused"


def test_a_refusal_is_its_arguments_so_that_one_process_can_hand_it_to_another():
    assert {kind for kind in refusals() if kind.__init__ is not Exception.__init__} == set()


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("It is so.", 1),
        ("It is so. Do this: pathways show cp1", 2),
        ("The day has passed. Nothing was changed.", 1),
        ("Why?", 1),
    ],
)
def test_sentences_are_counted_as_a_person_counts_them(said, counted):
    assert len(sentences(said)) == counted


@pytest.mark.parametrize(
    "said", ["An invalid date.", "Please try again.", "Done!", "An error occurred.", "It was aborted."]
)
def test_what_is_banned_is_found(said):
    assert BANNED.search(said)
