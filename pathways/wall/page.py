"""A page of the wall, set as Markdown for Prefect, as HTML for a folder, and as plain text for a terminal."""

from __future__ import annotations

import html
import re
import textwrap
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pathways.wall.charts import Chart
from pathways.wall.tables import NOTE, Table

Draw = Callable[[Chart], bytes]


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page. `headline` is the card's, with its number between asterisks, at most 60 characters."""

    key: str
    title: str
    headline: str
    as_at: tuple[str, ...]
    answer: tuple[str, ...]
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    how: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    public: bool = False
    listed: tuple[dict[str, str], ...] | None = field(default=None)
    """The rows of a page that is one table of references; such a page is never published."""


def data_address(picture: bytes) -> str:
    """A PNG picture as an address that holds the picture itself."""
    return f"data:image/png;base64,{b64encode(picture).decode()}"


# --- Markdown ---------------------------------------------------------------------------------------------------


def as_markdown(page: Page, draw: Draw | None) -> str:
    """The page as one Markdown artifact; without `draw` it has no pictures, and its tables hold the same numbers."""
    lines = [f"**{page.as_at[0]}**", *page.as_at[1:], "", *_apart(page.answer)]
    for chart in page.charts if draw else ():
        assert draw is not None
        lines += ["", f"![{_plain(chart.words)}]({data_address(draw(chart))})"]
    for table in page.tables:
        lines += ["", f"**{table.caption}**", "", *_markdown_table(table)]
    if page.unknown:
        lines += ["", "**What is not known here**", "", *(f"- {each}" for each in page.unknown)]
    if page.how:
        # One line of HTML: after an empty line inside it, Prefect's first interface forgets that it is folded.
        lines += ["", f"<details><summary>How this is worked out</summary>{_how(page)}</details>"]
    if page.commands:
        lines += ["", f"List them: {' or '.join(f'`{each}`' for each in page.commands)}"]
    links = [f"[{says}](../key/{key})" for key, says in page.related]
    if len(links) > 2:
        lines += ["", "**Every page**", "", *(f"- {each}" for each in links)]
    elif links:
        lines += ["", f"See {' and '.join(links)}."]
    return "\n".join(lines).rstrip() + "\n"


def _apart(paragraphs: Iterable[str]) -> list[str]:
    return [line for each in paragraphs for line in (each, "")][:-1]


def _plain(text: str) -> str:
    """Text that stands in a picture's brackets."""
    return re.sub(r"[\[\]\n]", " ", text)


def _markdown_table(table: Table) -> list[str]:
    rule = ["---:" if number else "---" for number in table.numeric]
    rows = [list(table.head), rule, *([_cell(each) for each in row] for row in table.printed())]
    if table.total:
        rows[-1] = [f"**{each}**" if each else "" for each in rows[-1]]
    return [f"| {' | '.join(row)} |" for row in rows]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


# --- HTML -------------------------------------------------------------------------------------------------------

STYLE = """
body{font:1.05rem/1.5 Arial,Helvetica,sans-serif;color:#0b0c0c;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.9rem;line-height:1.2;margin:.5rem 0}h2{font-size:1.3rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}caption,figcaption{text-align:left;font-weight:bold;padding:.4rem 0}
th,td{text-align:left;padding:.45rem .7rem .45rem 0;border-bottom:1px solid #b1b4b6;vertical-align:top}
figure{margin:1.5rem 0}
.n{text-align:right;font-variant-numeric:tabular-nums}tr.sum th,tr.sum td{font-weight:bold;border-top:2px solid #0b0c0c}
img{max-width:100%;height:auto;margin:1rem 0}.as-at{color:#505a5f}a{color:#1d70b8}
a:focus,summary:focus{outline:3px solid #fd0;background:#fd0;color:#0b0c0c}.wide:focus{outline:3px solid #fd0}
code{background:#f3f2f1;padding:.1rem .3rem;overflow-wrap:anywhere}.wide{overflow-x:auto;background:
linear-gradient(90deg,#fff 1rem,#fff0) 0 0/2rem 100% no-repeat local,linear-gradient(270deg,#fff 1rem,#fff0) 100% 0/2rem 100% no-repeat local,
linear-gradient(90deg,#b1b4b6,#fff0) 0 0/.7rem 100% no-repeat,linear-gradient(270deg,#b1b4b6,#fff0) 100% 0/.7rem 100% no-repeat}
@media(max-width:40rem){body{margin:1rem auto}h1{font-size:1.5rem}table{font-size:.9rem;line-height:1.35}
th,td{padding:.4rem .4rem .4rem 0;hyphens:auto}}
@media print{body{max-width:none;margin:0}details{display:block}.wide{overflow:visible;background:none}
figure,tr,img{break-inside:avoid}}
""".strip()


def as_html(page: Page, draw: Draw | None) -> str:
    """The page as an HTML document of its own: no script, nothing fetched from anywhere."""
    said = [f'<p><a href="index.html">All pages</a></p><h1>{_text(page.title)}</h1>']
    said += [f'<p class="as-at">{_text(" ".join(page.as_at))}</p>']
    said += [f"<p>{_marked(each)}</p>" for each in page.answer]
    for chart in page.charts if draw else ():
        assert draw is not None
        said.append(f'<img src="{data_address(draw(chart))}" alt="{html.escape(chart.words)}">')
    said += [_html_table(each, f"table-{place}") for place, each in enumerate(page.tables, 1)]
    if page.public and page.tables:
        said.append(f"<p>{_text(NOTE)}</p>")
    if page.unknown:
        said.append("<h2>What is not known here</h2>")
        said.append(f"<ul>{''.join(f'<li>{_text(each)}</li>' for each in page.unknown)}</ul>")
    if page.how:
        said.append(f"<details><summary>How this is worked out</summary>{_how(page)}</details>")
    links = [f'<a href="{key}.html">{_text(says)}</a>' for key, says in page.related]
    if len(links) > 2:
        said.append(f"<h2>Every page</h2><ul>{''.join(f'<li>{each}</li>' for each in links)}</ul>")
    elif links:
        said.append(f"<p>See {' and '.join(links)}.</p>")
    return document(page.title, "\n".join(said))


def index_html(pages: Iterable[Page], as_at: tuple[str, ...]) -> str:
    """The first page of the folder: every page with its headline."""
    rows = "".join(
        f'<tr><th scope="row"><a href="{page.key}.html">{_text(page.title)}</a></th><td>{_marked(page.headline)}</td></tr>'
        for page in pages
    )
    said = (
        f'<h1>The wall</h1><p class="as-at">{_text(" ".join(as_at))}</p>'
        f'<table><caption>Every page, the most important first</caption><thead><tr><th scope="col">Page</th>'
        f'<th scope="col">In short</th></tr></thead><tbody>{rows}</tbody></table><p>{_text(NOTE)}</p>'
    )
    return document("The wall", said)


def document(title: str, inside: str) -> str:
    """An HTML document in English, with its style inside."""
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
        f"<title>{_text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{inside}\n</main>\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return html.escape(text, quote=False)


def _marked(text: str) -> str:
    """Text with its bold and its commands marked."""
    bold = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", _text(text))
    return re.sub(r"`(.+?)`", r"<code>\1</code>", bold)


def _how(page: Page) -> str:
    return "".join(_explained(name, words) for name, words in page.how)


def _explained(name: str, words: str) -> str:
    first, *rest = words.split("\n\n")
    return f"<p><strong>{_text(name)}.</strong> {_marked(first)}</p>" + "".join(
        f"<p>{_marked(each)}</p>" for each in rest
    )


def _html_table(table: Table, mark: str) -> str:
    """A table under its caption; one that is wider than the window is moved within itself, and its caption stays.

    `mark`: what the caption is called on the page, for whoever hears the table read.
    """
    kinds = [' class="n"' if number else "" for number in table.numeric]
    head = "".join(
        f'<th scope="col"{kind}>{_text(each)}</th>' for each, kind in zip(table.head, kinds, strict=True)
    )
    body = []
    printed = table.printed()
    for place, row in enumerate(printed):
        last = ' class="sum"' if table.total and place == len(printed) - 1 else ""
        cells = "".join(
            f"<td{kind}>{_text(each)}</td>" for each, kind in zip(row[1:], kinds[1:], strict=True)
        )
        body.append(f'<tr{last}><th scope="row">{_text(row[0])}</th>{cells}</tr>')
    return (
        f'<figure><figcaption id="{mark}">{_text(table.caption)}</figcaption>'
        f'<div class="wide" role="group" aria-labelledby="{mark}" tabindex="0"><table aria-labelledby="{mark}">'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div></figure>"
    )


# --- plain text -------------------------------------------------------------------------------------------------

WIDTH = 80


def as_text(page: Page) -> list[str]:
    """The page for a terminal: 80 columns, the tables, no pictures."""
    lines = [page.title, "=" * len(page.title)]
    for each in (*page.as_at, *page.answer):
        lines += textwrap.wrap(unmarked(each), WIDTH)
    for table in page.tables:
        lines += ["", *textwrap.wrap(table.caption, WIDTH), *_text_table(table)]
    if page.listed:
        head = tuple(page.listed[0])
        lines += ["", *_text_rows(head, [list(row.values()) for row in page.listed], [False] * len(head))]
    for each in page.unknown:
        lines += ["", *textwrap.wrap(f"Not known: {each}", WIDTH)]
    return lines


def unmarked(text: str) -> str:
    """Text without the asterisks of bold and the ticks of commands."""
    return text.replace("**", "").replace("`", "")


def _text_table(table: Table) -> list[str]:
    return _text_rows(table.head, table.printed(), table.numeric)


def _text_rows(head: Sequence[str], body: Sequence[Sequence[str]], numeric: Sequence[bool]) -> list[str]:
    """Columns under their headings, which are folded; the widest gives way where the line would be over 80."""
    widths = [
        max([*(len(word) for word in title.split()), *(len(row[column]) for row in body)], default=0)
        for column, title in enumerate(head)
    ]
    while sum(widths) + 2 * (len(widths) - 1) > WIDTH:
        widths[widths.index(max(widths))] -= 1
    folded = [textwrap.wrap(title, max(width, 1)) for title, width in zip(head, widths, strict=True)]
    deep = max(map(len, folded))
    titles = [[*[""] * (deep - len(lines)), *lines] for lines in folded]
    made = [_text_row([lines[depth] for lines in titles], widths, numeric) for depth in range(deep)]
    made.append("  ".join("-" * width for width in widths))
    return [*made, *(_text_row(row, widths, numeric) for row in body)]


def _text_row(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    return "  ".join(
        f"{_cut(cell, width):>{width}}" if number else f"{_cut(cell, width):<{width}}"
        for cell, width, number in zip(cells, widths, numeric, strict=True)
    ).rstrip()


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 2]}.."
