"""Reading in a children in need census: `import cin-census FILE`, and `import unused` for what could not be used."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from commands import files, screen
from commands.desk import Desk, settings
from commands.options import Json
from commands.progress import Progress, took
from commands.spoken import plural
from commands.style import STYLE, examples
from pathways.census import DEFAULT, Limits
from pathways.census_checks import NOT_USED, QUERY
from pathways.errors import OK, PARTLY, Mistyped, NotReady
from pathways.moments import words

app = typer.Typer(help="Read in a children in need census file.", **STYLE)

SHOWN = 10
MOST_MEGABYTES = 4_096
COLUMNS = ("child", "line", "element", "value", "reason", "rule", "kind")


@app.callback()
def import_() -> None:
    """Read a return in. The same file again changes nothing."""


@app.command(
    "cin-census",
    help=examples(
        "Read a children in need census, 2022 to 2026. Exit code 8: the file breaks off, the rest was taken.",
        "pathways import cin-census cin-2026.xml --dry-run",
        "pathways import cin-census cin-2026.xml --unused not-used.csv",
    ),
)
def cin_census(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The XML file as it was sent to the DfE.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Work everything out and keep nothing.")] = False,
    unused: Annotated[
        str,
        typer.Option(
            "--unused", metavar="FILE.csv", help="Write every value that was not used to a new file."
        ),
    ] = "",
    as_json: Json = False,
) -> int:
    """Read a children in need census, 2022 to 2026. Exit code 8: the file breaks off, the rest was taken."""
    from models.importing import import_census

    with (
        Desk() as desk,
        files.open_file(file) as source,
        _kept_in(unused, desk.mark) as keep,
    ):
        noted = Noted(keep)

        with Progress("Reading", share=True) as progress:
            report = import_census(
                desk.store,
                desk.rules,
                source,
                now=desk.now,
                actor=desk.actor,
                dry_run=dry_run,
                limits=_limits(),
                progress=progress,
                on_unused=noted,
            )
        if report.already and report.run_id is not None:
            for each in _of_run(desk, report.run_id):
                noted(each)
    if as_json:
        screen.answer_json("import.cin-census/1", _as_data(report, noted))
    else:
        for line in in_words(report, noted):
            screen.say(line)
        for line in _unused_lines(noted):
            screen.say(line)
        if not report.already:
            screen.say(f"Took {took(progress.seconds)}.")
    if report.broken:
        screen.complain(f"{report.broken} What came before is {'taken' if report.kept else 'shown above'}.")
        return PARTLY
    return OK


@app.command(
    help=examples(
        "List every value that the last import could not use.",
        "pathways import unused --csv > not-used.csv",
    )
)
def unused(
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: Json = False,
) -> None:
    """List every value that the last import could not use."""
    with Desk() as desk:
        with desk.store.reading() as tx:
            runs = tx.all("import_runs", most=1)
        if not runs:
            raise NotReady("Nothing has been imported yet. To begin: pathways import cin-census FILE")
        found, mark = _of_run(desk, runs[0].id), desk.mark
        if as_csv:
            desk.noted("export", {"export": {"what": "import-unused", "rows": len(found)}})
    if as_json:
        rows = [_row(each) for each in found]
        screen.answer_json("import.unused/1", {"reference_date": runs[0].reference_date, "unused": rows})
    elif as_csv:
        files.say_csv(COLUMNS, (tuple(_row(each).values()) for each in found), mark)
    else:
        screen.say(f"Not used or to be looked at, in the return as at {words(runs[0].reference_date)}")
        for line in _table(found):
            screen.say(line)
        screen.say(f"{plural(len(found), 'value')}. To keep the list: pathways import unused --csv")


def _limits() -> Limits:
    """How much is read: as the settings file says under [import], otherwise as usual.

    Raises:
        Mistyped: the setting is no whole number of megabytes.
    """
    wanted = settings().get("import", {})
    size = wanted.get("megabytes", 0) if isinstance(wanted, dict) else None
    if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= MOST_MEGABYTES:
        raise Mistyped(
            f"In pathways.toml, [import] megabytes is a whole number from 1 to {MOST_MEGABYTES:,}."
        )
    return replace(DEFAULT, file_bytes=size * 1024 * 1024) if size else DEFAULT


def names_from(path: Path) -> dict[str, tuple[str, str, str]]:
    """The names and families that go with invented children, by the authority's child id."""
    table = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    return {row["la_child_id"]: (row["given_name"], row["family_name"], row["family"]) for row in table}


class Noted:
    """What an import reports as it meets it: counted by kind, the first few kept for the screen."""

    def __init__(self, keep: Callable[[Any], None] | None = None) -> None:
        self.first: list[Any] = []
        self.kinds: Counter[str] = Counter()
        self._keep = keep

    def __call__(self, each: Any) -> None:
        """Take note of one."""
        self.kinds[each.kind] += 1
        if len(self.first) < SHOWN:
            self.first.append(each)
        if self._keep is not None:
            self._keep(each)


def in_words(report: Any, noted: Noted) -> list[str]:
    """What an import did."""
    day = words(report.header.reference_date)
    if report.already:
        return [f"This very file was read in before, as the return at {day}. Nothing was changed."]
    front = "" if report.kept else "Would be: "
    lines = [
        f"{front}{plural(report.children, 'child').replace('childs', 'children')} "
        f"({report.people_new:,} new), {plural(report.episodes, 'referral')}",
        f"{front}{plural(report.cases_new, 'case')} opened, {report.cases_changed:,} changed, "
        f"{plural(report.clocks, 'clock')} running as at {day}",
    ]
    looked, left = noted.kinds[QUERY], noted.kinds[NOT_USED]
    lines.append(
        f"{plural(left, 'value')} not used, {looked:,} used and to be looked at; kept with their reasons"
    )
    if report.unknown:
        lines.append(
            f"{plural(sum(report.unknown.values()), 'limit')} of years before our rules begin: not run"
        )
    if not report.kept:
        lines.append("This was a trial. Nothing was kept.")
    return lines


def _unused_lines(noted: Noted) -> list[str]:
    if not noted.first:
        return []
    lines, left = ["", *_table(noted.first)], noted.kinds.total() - len(noted.first)
    return [*lines, f"and {left:,} more. All of them: pathways import unused"] if left else lines


def _table(rows: list[Any]) -> list[str]:
    lines = []
    for each in rows:
        lines.append(
            screen.fit(f"  {each.child or 'the file'}  {each.element}  {each.value!s}", screen.WIDTH)
        )
        used = "Used all the same. " if each.kind == QUERY else ""
        lines += screen.wrapped("     ", f"{used}{each.reason} (line {each.line})", indent=5)
    return lines


def _of_run(desk: Desk, run_id: int) -> list[Any]:
    with desk.store.reading() as tx:
        return tx.all("unused_of_import", run_id=run_id)


def _row(each: Any) -> dict[str, Any]:
    return {name: getattr(each, name) for name in COLUMNS}


@contextmanager
def _kept_in(path: str, mark: str) -> Iterator[Callable[[Any], None]]:
    """A new CSV file for what is not used, written as it is met; without a name, nothing. It is there once all is in it."""
    if not path:
        yield lambda _: None
        return
    name = screen.shown(path)
    if Path(path).exists():
        raise Mistyped(f"There is a file {name} already, and it is left as it is. Give another name.")
    with ExitStack() as made:
        try:
            target = made.enter_context(files.making(Path(path)))
        except OSError as fault:
            raise Mistyped(
                f"The file {name} cannot be written ({fault.strerror}). Give another name."
            ) from None

        def write(row: Iterable[object]) -> None:
            target.write(f"{files.csv_line(row)}\n".encode())

        write(files.marked(COLUMNS, mark and files.MARKED))
        yield lambda each: write(files.marked(_row(each).values(), mark))


def _as_data(report: Any, noted: Noted) -> dict[str, Any]:
    states: dict[str, dict[str, int]] = {}
    for (pathway, state), number in sorted(report.states.items()):
        states.setdefault(pathway, {})[state] = number
    counts = (
        "children",
        "people_new",
        "episodes",
        "episodes_new",
        "cases_new",
        "cases_changed",
        "entries",
        "clocks",
    )
    return {
        "reference_date": report.header.reference_date,
        "kept": report.kept and not report.already,
        "already": report.already,
        "broken": report.broken,
        **{each: getattr(report, each) for each in counts},
        "states": states,
        "rules_not_run": dict(report.unknown),
        "not_used": noted.kinds[NOT_USED],
        "to_look_at": noted.kinds[QUERY],
        "checkpoint_owed": not report.covered,
        "first": [_row(each) for each in noted.first],
    }
