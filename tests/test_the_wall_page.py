"""docs/the-wall.md says of every page and every measure what the code says; its pictures are there.

After a change: `python tests/test_the_wall_page.py` writes both lists anew; read the difference before you keep it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "the-wall.md"
FILLED = re.compile(r"(<!-- (pages|measures): [^\n]*-->\n).*?(<!-- end -->)", re.DOTALL)


def measured(key: str) -> list[str]:
    """The measures behind a page, by name."""
    from pathways.wall.pages import HOW

    return [function.__name__.replace("_", " ") for _, function in HOW[key]]


def pages() -> str:
    """A row for each page: its key, what it shows, the measures behind it."""
    from pathways.wall.pages import TITLES

    rows = [f"| `{key}` | {title} | {', '.join(measured(key))} |" for key, title in TITLES.items()]
    return "\n".join(["| Page | Shows | Measures |", "| --- | --- | --- |", *rows])


def measures() -> str:
    """Each measure with the words that its page prints, in order of the pages."""
    from pathways.measures import explained
    from pathways.wall.pages import HOW

    every = dict.fromkeys(function for how in HOW.values() for _, function in how)
    return "\n\n".join(
        f"**{function.__name__.replace('_', ' ')}.** {explained(function)}" for function in every
    )


def fresh() -> str:
    """The page with both lists as the code has them."""
    made = {"pages": pages, "measures": measures}
    return FILLED.sub(
        lambda found: f"{found[1]}\n{made[found[2]]()}\n\n{found[3]}", PAGE.read_text(encoding="utf-8")
    )


def test_the_lists_of_the_page_are_those_of_the_code():
    assert PAGE.read_text(encoding="utf-8") == fresh(), "python tests/test_the_wall_page.py writes it anew"


def test_every_measure_stands_on_a_page():
    from pathways.measures import MEASURES
    from pathways.wall.pages import HOW

    assert {name for key in HOW for name in measured(key)} == {name.replace("_", " ") for name in MEASURES}


def test_every_picture_is_there_is_small_and_has_words():
    pictures = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", PAGE.read_text(encoding="utf-8"))
    assert len(pictures) >= 3
    for words, path in pictures:
        assert len(words) > 30
        assert 1_000 < (PAGE.parent / path).stat().st_size < 100_000, path


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    PAGE.write_text(fresh(), encoding="utf-8")
