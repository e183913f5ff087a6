"""The managers' pages outside Prefect: `publish` writes them as plain HTML, `preview` prints them here.

What is published leaves the service, so that small numbers are hidden and no case is listed. What is previewed is what
the service's own pages show.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from commands import files, screen
from commands.desk import Desk
from commands.options import Json
from commands.progress import Progress
from commands.spoken import plural
from commands.style import STYLE, examples
from pathways.errors import NOT_ALLOWED, Mistyped, NotReady, PathwayError

if TYPE_CHECKING:
    from pathways.wall.figures import Figures
    from pathways.wall.page import Page

app = typer.Typer(help="The managers' pages: print them, or write them as HTML.", **STYLE)


class ForTheAuthority(PathwayError):
    """Somebody who sees their own agency's work only asks for counts over all of it."""

    code: ClassVar[int] = NOT_ALLOWED

    def __str__(self) -> str:
        return "These pages count the work of every team, and are for the authority's own staff. Your own: pathways worklist"


@app.callback()
def dashboards() -> None:
    """Fourteen pages of counts: what is late, how long things take, where cases wait.

    The same pages stand on Prefect's Artifacts page. Restricted cases are counted on none of them.
    """


@app.command(
    help=examples(
        "Print a page, or all of them, as the service's own pages show it.",
        "pathways dashboards preview --only late-now",
        "pathways dashboards preview",
    )
)
def preview(
    only: Annotated[str, typer.Option(metavar="NAME", help="One page, as this-morning.")] = "",
    as_json: Json = False,
) -> None:
    """Print pages in the terminal."""
    from pathways.wall.page import as_text
    from pathways.wall.pages import all_pages, page

    _known(only)
    with Desk() as desk:
        found = _figures(desk)
    made = [page(found, only)] if only else all_pages(found)
    if as_json:
        screen.answer_json("dashboards/1", {"pages": [_as_data(each) for each in made]})
        return
    for place, each in enumerate(made):
        if place:
            screen.say()
        for line in as_text(each):
            screen.say(screen.shown(line))
    screen.say()
    if only:
        for line in screen.wrapped("Next:", "  ".join(made[0].commands)):
            screen.say(line)
    else:
        screen.say("One page: pathways dashboards preview --only this-morning")


@app.command(
    help=examples(
        "Write every page as plain HTML, with small numbers hidden, for the intranet or a board's papers.",
        "pathways dashboards publish --out wall",
    )
)
def publish(
    out: Annotated[
        Path, typer.Option("--out", metavar="FOLDER", help="Where to write; made if it is not there.")
    ],
    as_json: Json = False,
) -> None:
    """Write every page as plain HTML."""
    from pathways.wall.drawing import can_draw, png
    from pathways.wall.page import as_html, index_html
    from pathways.wall.pages import all_pages

    files.refuse_ours(out)
    with Desk() as desk:
        pages = all_pages(_figures(desk), public=True)
        desk.noted("export", {"export": {"what": "pages"}})
    draw = png if can_draw() else None
    texts = {"index.html": index_html(pages, pages[0].as_at)}
    with Progress("Pages", share=True) as progress:
        for place, each in enumerate(pages, 1):
            texts[f"{each.key}.html"] = as_html(each, draw)
            progress(place, len(pages))
    _write(out, texts)
    if as_json:
        screen.answer_json(
            "dashboards.publish/1", {"folder": str(out), "files": list(texts), "pictures": draw is not None}
        )
        return
    for warning in pages[0].as_at[:-2]:  # before when it is as at, and under which rules
        for line in screen.wrapped("", warning, indent=0):
            screen.say(line)
    screen.say(
        f"{plural(len(pages), 'page')} written. Numbers from 1 to 4 are hidden, and no case is listed."
    )
    if draw is None:
        screen.say("There are no pictures in them: pip install 'safeguarding-pathways[charts]'")
    screen.say(f"Open {screen.shown(out / 'index.html')}")


def _known(only: str) -> None:
    from pathways.wall.pages import TITLES

    if only and only not in TITLES:
        from difflib import get_close_matches

        near = get_close_matches(only, TITLES, n=1)
        meant = f" Did you mean {near[0]}?" if near else f" The pages are: {', '.join(TITLES)}."
        raise Mistyped(f"There is no page {screen.shown(only[:40])}.{meant}")


def _figures(desk: Desk) -> Figures:
    """What the pages show, for somebody of the authority whom the store knows."""
    from models.measuring import figures
    from models.nearing import slots_a_week
    from models.place import settings

    _ = desk.actor
    if desk.store.viewer.circle != "*":
        raise ForTheAuthority
    return figures(desk.store, desk.rules, desk.now, slots_a_week(settings()))


def _write(folder: Path, texts: dict[str, str]) -> None:
    """Write the files beside what else the folder holds; each is whole or not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            half = folder / f"{name}.part"
            half.write_text(text, encoding="utf-8")
            half.replace(folder / name)
    except OSError as fault:
        raise NotReady(
            f"The pages cannot be written in {folder} ({fault.strerror}). Choose another folder: --out"
        ) from None


def _as_data(page: Page) -> dict[str, object]:
    from pathways.wall.page import unmarked

    return {
        "name": page.key,
        "title": page.title,
        "headline": unmarked(page.headline),
        "as_at": list(page.as_at),
        "answer": [unmarked(each) for each in page.answer],
        "tables": [
            {
                "caption": table.caption,
                "rows": [dict(zip(table.head, row, strict=True)) for row in table.printed()],
            }
            for table in page.tables
        ],
        "late": list(page.listed) if page.listed is not None else None,
        "next": [each for each in page.commands],
    }
