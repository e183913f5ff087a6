"""Answers that come with a command: on its line, or in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from commands import forms, record_form, screen
from commands.desk import Desk
from pathways.answers import MissingAnswers
from pathways.choices import offered
from pathways.definitions import Evidence
from pathways.errors import Mistyped

PERSONAL = ("given_name", "family_name", "birth_date", "expected_delivery_date", "la_child_id", "died_on")
NOTHING = Evidence("nothing", "nothing")
HOLDS = 'Answers are written in JSON like {"level": "4"}.'


def given_answers(
    records: Evidence, answer: Sequence[str], from_file: str, desk: Desk, extra: Sequence[str] = ()
) -> dict[str, Any]:
    """Answers from a file and from the command line, the command line's last; dates read as people type them.

    Raises:
        Mistyped: one cannot be read, or is personal data that does not belong on a command line.
    """
    found = from_json(from_file) if from_file else forms.given_before()
    for each in answer:
        name, mark, value = each.partition("=")
        name = name.strip().replace("-", "_")
        if not mark or not name:
            raise Mistyped("An answer is written NAME=VALUE, as in --answer level=4.")
        if name in PERSONAL:
            raise Mistyped(
                f"{name} is personal and would stay in the command history. Answer it at the prompt, or put it in a "
                "file: --from FILE"
            )
        found[name] = value
    return readable_answers(records, found, desk)


def readable_answers(records: Evidence, found: Mapping[str, Any], desk: Desk) -> dict[str, Any]:
    """Answers as people type them, turned into what the checks of a record take."""
    fields = {one.name: one for one in records.fields}
    return {
        name: record_form.readable(fields[name], value, desk.now, lambda: desk.rules.calendar)
        if name in fields
        else value
        for name, value in found.items()
    }


def from_json(path: str, *, several: bool = False) -> dict[str, Any]:
    """The answers in a file, or on standard input for `-`; true and false are the words for yes and no.

    Args:
        path: the file.
        several: answers of one child of several may stand under a name of their own.

    Raises:
        Mistyped: it is no JSON object of answers.
    """
    from commands.files import called, read_json

    found = read_json(path, HOLDS)
    for name, value in found.items():
        is_answer = all(map(plain, value.values())) if several and isinstance(value, dict) else plain(value)
        if not is_answer:
            raise Mistyped(
                f"{called(path)}: what stands at '{screen.shown(name)[:40]}' is no answer. {HOLDS}"
            )
    return {name: _said(value) for name, value in found.items()}


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _said(each) for name, each in value.items()}
    return ("yes" if value else "no") if isinstance(value, bool) else value


def plain(value: Any) -> bool:
    """Whether something in a file can be an answer."""
    if isinstance(value, list):
        return all(isinstance(each, str | dict) for each in value)
    return value is None or isinstance(value, str | int | bool)


def with_reason(records: Evidence, answers: dict[str, Any], because: str) -> dict[str, Any]:
    """What `--because` says is also the answer to a decision's question for reasons."""
    for name in ("reasons", "why"):
        if because and name not in answers and any(one.name == name for one in records.fields):
            return {**answers, name: because}
    return answers


def with_choices(missing: MissingAnswers, records: Evidence) -> MissingAnswers:
    """The same refusal, with what each answer may be."""
    what, listed = missing.args[:2]
    return MissingAnswers(what, listed, {one.name: _offered(one) for one in records.fields if _offered(one)})


def _offered(one: Any) -> tuple[str, ...]:
    return ("yes", "no") if one.kind == "yes_no" else offered(one.choices, one.words)
