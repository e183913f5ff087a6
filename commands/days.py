"""Days that count: `days show` and `days update` for bank holidays, `days school` for a school's own terms."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import screen
from commands.desk import Desk
from commands.options import Json
from commands.rules import rules_here
from commands.style import STYLE, examples
from pathways.errors import Mistyped
from pathways.moments import WEEKDAYS, local_day, words

app = typer.Typer(help="Bank holidays and school terms: to when they are known, and to extend them.", **STYLE)

AHEAD = 14
"""Years beyond this one that an update asks for unless told otherwise."""


@app.callback()
def days() -> None:
    """The days that are not working days in England, and the days on which each school is open."""


@app.command(
    help=examples(
        "Show the bank holidays of a year, and for which years they are known.", "pathways days show 2027"
    )
)
def show(
    year: Annotated[str, typer.Argument(metavar="YEAR", help="This year by default.")] = "",
    as_json: Json = False,
) -> None:
    """Show the bank holidays of a year, and for which years they are known."""
    found, now = rules_here()
    today = local_day(now)
    if year and not (year.isdecimal() and len(year) == 4):
        raise Mistyped(
            f"'{screen.shown(year)[:20]}' is not a year; write it with four figures, as in {today.year}."
        )
    calendar, asked = found.calendar, int(year or today.year)
    if not calendar.first_year <= asked <= calendar.last_year:
        raise Mistyped(
            f"Bank holidays are known from {calendar.first_year} to {calendar.last_year}. "
            "Later years: pathways days update"
        )
    rows = sorted((day, name) for day, name in calendar.holidays.items() if day.year == asked)
    if as_json:
        known = {
            "first_year": calendar.first_year,
            "last_year": calendar.last_year,
            "version": calendar.version,
        }
        listed = [{"day": day.isoformat(), "name": name} for day, name in rows]
        screen.answer_json("days.show/1", {"year": asked, **known, "days": listed})
        return
    screen.say(f"Bank holidays in England, {asked}")
    screen.say()
    for day, name in rows:
        screen.say(f"  {WEEKDAYS[day.weekday()]:<10} {words(day):<19} {screen.shown(name)}")
    screen.say()
    screen.say(
        f"Known from {calendar.first_year} to {calendar.last_year}, from {screen.shown(calendar.version)}."
    )
    screen.say("Next: pathways days school")


@app.command(
    help=examples(
        "Learn later years, and days proclaimed since; nothing known is changed or taken out.",
        "pathways days update --to 2045",
    )
)
def update(
    to: Annotated[
        int, typer.Option("--to", metavar="YEAR", help="The last year wanted.", max=2099, show_default=False)
    ] = 0,
    as_json: Json = False,
) -> None:
    """Learn later years, and days proclaimed since; nothing known is changed or taken out."""
    from models.bank_holidays import from_package
    from models.setup import calendar_of, extend_days, options_of

    with Desk() as desk:
        with desk.store.reading() as tx:
            known = calendar_of(tx) if "calendar_last" in options_of(tx) else None
        first = known.first_year if known else 1990
        last = max(to or desk.today.year + AHEAD, known.last_year if known else desk.today.year)
        if to and known and to < known.last_year:
            screen.complain(f"Bank holidays are known to {known.last_year} already; nothing is taken out.")
        rows, version = from_package(first, last)
        made = extend_days(desk.store, rows, last, version, at=desk.now)
    if as_json:
        added = [{"day": day.isoformat(), "name": name} for day, name in made.days]
        screen.answer_json(
            "days.update/1",
            {"added": added, "first_year": made.first, "last_year": made.last, "version": made.version},
        )
        return
    old_last = made.last - made.years
    proclaimed = [(day, name) for day, name in made.days if known and day.year <= old_last]
    for day, name in proclaimed:
        screen.say(f"New: {words(day)}, {screen.shown(name)}")
    if made.years:
        screen.say(f"Added {made.years} year{'s' if made.years > 1 else ''}, to {made.last}.")
    if not made.days and not made.years:
        screen.say(f"Nothing new: bank holidays are known from {made.first} to {made.last}.")
    elif proclaimed:
        screen.say("Dates worked out before this keep the calendar they were worked out with.")


@app.command(
    help=examples(
        "Take in a school's calendar, or list the schools whose calendars are known.",
        "pathways days school northside-primary terms.csv",
        "pathways days school",
    )
)
def school(
    name: Annotated[
        str, typer.Argument(metavar="SCHOOL", help="Its short name; 'usual' for cases that name none.")
    ] = "",
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="CSV from,to,kind: term, training or closure.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Take in a school's calendar, or list the schools whose calendars are known."""
    from commands import files
    from models.setup import calendar_of, load_school
    from pathways.days import SchoolCalendar

    if name and not file:
        raise Mistyped("Give the file with the school's terms too: pathways days school NAME FILE")
    with Desk() as desk:
        if name:
            load_school(desk.store, name.lower(), files.read_text(file), desk.now)
        with desk.store.reading() as tx:
            rows, bank = tx.all("school_calendars"), calendar_of(tx)
    known = [(row, SchoolCalendar.from_csv(row.terms, bank)) for row in rows]
    if as_json:
        listed = [
            {"school": row.school, "from": found.first, "to": found.last, "version": row.version}
            for row, found in known
        ]
        screen.answer_json("days.school/1", {"schools": listed})
        return
    if name:
        screen.say(
            f"Took in the calendar of {screen.shown(name.lower())}. Cases that name it count with it from now on."
        )
        screen.say("Dates worked out before keep the calendar they were worked out with.")
    elif not known:
        screen.say("No school's calendar is known yet: pathways days school NAME FILE")
    for row, found in known:
        screen.say(f"  {screen.fit(row.school, 40):<40} {words(found.first)} to {words(found.last)}")
