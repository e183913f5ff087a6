"""Whether an answer for programs has the shape that `pathways schema` promises, and holds nothing that it does not name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from commands.schemas import ANSWERS, PARTS

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}.*(Z|[+-][0-9]{2}:[0-9]{2})")
WORDS = {
    "text": lambda value: isinstance(value, str),
    "whole": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "flag": lambda value: isinstance(value, bool),
    "day": lambda value: isinstance(value, str) and DAY.fullmatch(value),
    "moment": lambda value: isinstance(value, str) and MOMENT.fullmatch(value),
    "when": lambda value: isinstance(value, str) and (DAY.fullmatch(value) or MOMENT.fullmatch(value)),
    "scalar": lambda value: isinstance(value, str | int | float),
    "any": lambda value: True,
}


def faults_of(document: Mapping[str, Any]) -> list[str]:
    """What is wrong with an answer, place by place; nothing where it is as promised."""
    name = str(document["schema"]).removeprefix("pathways.")
    if name not in ANSWERS:
        return [f"{name} is not in commands/schemas.py"]
    told = {key: value for key, value in document.items() if key != "schema"}
    return [f"{name}: {each}" for each in _faults(ANSWERS[name], told, "")]


def _faults(shape: Any, value: Any, place: str) -> Iterator[str]:
    if isinstance(shape, str):
        word, null = shape.removesuffix("?"), shape.endswith("?")
        if value is None and null:
            return
        if word.startswith("="):
            yield from _faults(PARTS[word[1:]], value, place)
        elif not WORDS[word](value):
            yield f"{place or '.'} is {value!r:.60}, and no {shape}"
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{place} is no list"
            return
        for number, each in enumerate(value):
            yield from _faults(shape[0], each, f"{place}[{number}]")
    elif "?" in shape:
        if value is not None:
            yield from _faults(shape["?"], value, place)
    elif not isinstance(value, Mapping):
        yield f"{place} is no object"
    elif "*" in shape:
        for name, each in value.items():
            yield from _faults(shape["*"], each, f"{place}.{name}")
    else:
        yield from _of_object(shape, value, place)


def _of_object(shape: Mapping[str, Any], value: Mapping[str, Any], place: str) -> Iterator[str]:
    known = {name.removesuffix("?"): name for name in shape}
    yield from (f"{place}.{name} is not promised" for name in value.keys() - known.keys())
    for name, written in known.items():
        if name in value:
            yield from _faults(shape[written], value[name], f"{place}.{name}")
        elif not written.endswith("?"):
            yield f"{place}.{name} is missing"
