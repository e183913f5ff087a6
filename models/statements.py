"""Every statement the program sends, written once against the SQLModel tables.

`python -m models.build` turns them into the text in `models/compiled.py`, for SQLite and for PostgreSQL; a test
fails when that text is stale. Nothing else holds SQL, but for the guards and what a database needs of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    Column,
    Executable,
    MetaData,
    Table,
    and_,
    asc,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    union,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import BigInteger, Boolean, Date, Integer, LargeBinary, Text

from models.tables import TABLES
from models.types import Instant

T = TABLES.tables
person, name, address, identifier = (
    T[each] for each in ("person", "person_name", "person_address", "person_identifier")
)
relationship, episode, pathway_case = (T[each] for each in ("relationship", "episode", "pathway_case"))
trail, payload, deadline, record = (T[each] for each in ("trail", "trail_payload", "deadline", "record"))
practitioner, practitioner_role, outbox = (
    T[each] for each in ("practitioner", "practitioner_role", "outbox")
)
parked, check_run, bank_holiday = (T[each] for each in ("parked", "check_run", "bank_holiday"))
setting, counter = (T[each] for each in ("setting", "counter"))
import_run, import_unused = (T[each] for each in ("import_run", "import_unused"))
characteristic = T["person_characteristic"]

STATEMENTS: dict[str, Executable | dict[str, Executable]] = {}


def _statement(function: Callable[[], Any]) -> Callable[[], Any]:
    STATEMENTS[function.__name__] = function()
    return function


def _text(bind: str) -> Any:
    return bindparam(bind, type_=Text())


def _number(bind: str) -> Any:
    return bindparam(bind, type_=BigInteger())


def _moment(bind: str) -> Any:
    return bindparam(bind, type_=Instant())


def _day(bind: str) -> Any:
    return bindparam(bind, type_=Date())


def _only(bind: str, column: Any) -> Any:
    """A filter that is off when its value is empty."""
    return or_(_text(bind) == literal("", Text()), column == _text(bind))


def _values(table: Table, *without: str) -> dict[str, Any]:
    return {
        column.name: bindparam(column.name, type_=column.type)
        for column in table.columns
        if column.name not in without
    }


def _adds(named: str, table: Table, *, returns: bool = False) -> None:
    statement: Any = insert(table).values(_values(table, *(["id"] if "id" in table.columns else [])))
    STATEMENTS[named] = statement.returning(table.c.id) if returns else statement.inline()


for _named, _table in (
    ("add_person_name", name),
    ("add_person_address", address),
    ("add_person_identifier", identifier),
    ("add_person_characteristic", T["person_characteristic"]),
    ("add_household_member", T["household_member"]),
    ("add_trail", trail),
    ("add_payload", payload),
    ("add_deadline", deadline),
    ("add_record", record),
    ("add_practitioner_role", practitioner_role),
    ("add_bank_holiday", bank_holiday),
    ("add_school_days", T["school_days"]),
    ("add_import_unused", import_unused),
):
    _adds(_named, _table)
for _named, _table in (
    ("add_person", person),
    ("add_household", T["household"]),
    ("add_episode", episode),
    ("add_case", pathway_case),
    ("add_practitioner", practitioner),
    ("add_check_run", check_run),
    ("add_import_run", import_run),
):
    _adds(_named, _table, returns=True)


def _adds_once(named: str, table: Table, key: str) -> None:
    """Insert, or leave what is there: the row is known by its key."""
    values = _values(table, *(["id"] if "id" in table.columns else []))
    STATEMENTS[named] = {
        "sqlite": sqlite.insert(table).values(values).on_conflict_do_nothing(index_elements=[key]).inline(),
        "postgresql": postgresql.insert(table)
        .values(values)
        .on_conflict_do_nothing(index_elements=[key])
        .inline(),
    }


_adds_once("add_outbox", outbox, "key")


def _puts(
    named: str, table: Table, key: tuple[str, ...], changes: dict[str, Any], returns: Any = None
) -> None:
    """Insert, or change what is there."""
    made = {}
    for dialect, module in (("sqlite", sqlite), ("postgresql", postgresql)):
        statement: Any = module.insert(table).values(_values(table))
        fresh = {column: getattr(statement.excluded, column) for column in changes if changes[column] is None}
        fixed = {column: value for column, value in changes.items() if value is not None}
        statement = statement.on_conflict_do_update(index_elements=list(key), set_={**fresh, **fixed})
        made[dialect] = statement.returning(returns) if returns is not None else statement.inline()
    STATEMENTS[named] = made


_puts("put_setting", setting, ("name",), {"value": None})
_puts("put_parked", parked, ("case_id",), {"reason": None, "found_at": None})
_puts("draw_number", counter, ("prefix", "year"), {"last": counter.c.last + 1}, counter.c.last)


# --- one case -------------------------------------------------------------------------------------------

_CASE = tuple(pathway_case.c)
_PERSON_FACTS = (
    person.c.birth_date,
    person.c.expected_delivery_date,
    person.c.died_on,
    person.c.kind.label("person_kind"),
)


_SEEN = or_(pathway_case.c.restricted.is_(False), bindparam("cleared", type_=Boolean()))
"""The gate: a restricted case is there for those cleared to see it, and for nobody else."""
_KNOWN = or_(person.c.restricted.is_(False), bindparam("cleared", type_=Boolean()))
"""The same for somebody who is in the records only as the subject of a restricted case."""


def _case_and_person() -> Any:
    return select(*_CASE, *_PERSON_FACTS).join(person, person.c.id == pathway_case.c.person_id)


@_statement
def case_by_reference() -> Any:
    return _case_and_person().where(pathway_case.c.reference == _text("reference"), _SEEN)


@_statement
def case_to_change() -> Any:
    found = _case_and_person().where(pathway_case.c.reference == _text("reference"), _SEEN)
    return found.with_for_update(of=pathway_case)


@_statement
def case_by_id() -> Any:
    return _case_and_person().where(pathway_case.c.id == _number("case_id"))


@_statement
def open_case_of_person() -> Any:
    return (
        _case_and_person()
        .where(pathway_case.c.person_id == _number("person_id"), pathway_case.c.pathway == _text("pathway"))
        .where(pathway_case.c.is_open)
        .order_by(pathway_case.c.id.desc())
    )


@_statement
def cases_of_person() -> Any:
    return (
        _case_and_person()
        .where(pathway_case.c.person_id == _number("person_id"), _SEEN)
        .order_by(pathway_case.c.id)
    )


@_statement
def change_case() -> Any:
    columns = (
        "state",
        "is_open",
        "outcome",
        "facts",
        "seq",
        "head",
        "team",
        "lead",
        "closed_at",
        "changed_at",
    )
    values = {each: bindparam(each, type_=pathway_case.c[each].type) for each in columns}
    return (
        update(pathway_case)
        .where(pathway_case.c.id == _number("case_id"), pathway_case.c.version == _number("seen"))
        .values(version=pathway_case.c.version + _number("step"), **values)
    )


@_statement
def references_like() -> Any:
    """References of a pattern, between a start and an end, so that a prefix need not read them all."""
    return (
        select(pathway_case.c.reference)
        .where(pathway_case.c.reference >= _text("start"), pathway_case.c.reference < _text("end"))
        .where(pathway_case.c.reference.like(_text("pattern")), _SEEN)
        .order_by(pathway_case.c.is_open.desc(), pathway_case.c.reference.desc())
        .limit(_number("most"))
    )


@_statement
def running_deadlines() -> Any:
    return (
        select(*deadline.c)
        .where(deadline.c.case_id == _number("case_id"), deadline.c.closed_at.is_(None))
        .order_by(deadline.c.due_at, deadline.c.id)
    )


@_statement
def deadlines_of_case() -> Any:
    return (
        select(*deadline.c)
        .where(deadline.c.case_id == _number("case_id"))
        .order_by(deadline.c.due_at, deadline.c.id)
    )


@_statement
def close_deadline() -> Any:
    return (
        update(deadline)
        .where(deadline.c.id == _number("deadline_id"), deadline.c.closed_at.is_(None))
        .values(
            status=bindparam("status", type_=Text()),
            closed_at=_moment("closed_at"),
            closed_seq=_number("closed_seq"),
            look_at=null(),
        )
    )


@_statement
def last_page() -> Any:
    return select(func.coalesce(func.max(record.c.page), 0).label("page")).where(
        record.c.case_id == _number("case_id")
    )


@_statement
def records_of_case() -> Any:
    return select(*record.c).where(record.c.case_id == _number("case_id")).order_by(record.c.page)


@_statement
def trail_of_case() -> Any:
    return (
        select(*trail.c, payload.c.salt, payload.c.body)
        .outerjoin(payload, and_(payload.c.case_ref == trail.c.case_ref, payload.c.seq == trail.c.seq))
        .join(pathway_case, pathway_case.c.reference == trail.c.case_ref)
        .where(trail.c.case_ref == _text("reference"), _SEEN)
        .order_by(trail.c.seq)
    )


@_statement
def last_entry() -> Any:
    return (
        select(*trail.c).where(trail.c.case_ref == _text("reference")).order_by(trail.c.seq.desc()).limit(1)
    )


@_statement
def whole_trail() -> Any:
    return (
        select(*trail.c, payload.c.salt, payload.c.body)
        .outerjoin(payload, and_(payload.c.case_ref == trail.c.case_ref, payload.c.seq == trail.c.seq))
        .order_by(trail.c.case_ref, trail.c.seq)
    )


@_statement
def every_case_state() -> Any:
    columns = ("reference", "pathway", "state", "is_open", "facts", "seq", "head")
    return select(*(pathway_case.c[each] for each in columns)).order_by(pathway_case.c.reference)


@_statement
def every_record_print() -> Any:
    text = type_coerce(record.c.body, Text()).label("body")
    return (
        select(pathway_case.c.reference, record.c.seq, record.c.page, text)
        .join(pathway_case, pathway_case.c.id == record.c.case_id)
        .order_by(pathway_case.c.reference, record.c.seq)
    )


@_statement
def every_running_deadline() -> Any:
    return (
        select(pathway_case.c.reference, *deadline.c)
        .join(pathway_case, pathway_case.c.id == deadline.c.case_id)
        .where(deadline.c.closed_at.is_(None))
        .order_by(pathway_case.c.reference, deadline.c.id)
    )


# --- people ----------------------------------------------------------------------------------------------

_USUAL = (
    select(name.c.person_id, name.c.given, name.c.family)
    .where(name.c.to_on.is_(None), name.c.kind == "usual")
    .subquery("usual_name")
)


@_statement
def person_by_id() -> Any:
    return select(*person.c).where(person.c.id == _number("person_id"))


@_statement
def names_of_person() -> Any:
    return select(*name.c).where(name.c.person_id == _number("person_id")).order_by(name.c.id)


@_statement
def identifiers_of_person() -> Any:
    return (
        select(*identifier.c).where(identifier.c.person_id == _number("person_id")).order_by(identifier.c.id)
    )


@_statement
def siblings_of_person() -> Any:
    return (
        select(relationship.c.other_id, pathway_case.c.reference, pathway_case.c.pathway)
        .join(pathway_case, pathway_case.c.person_id == relationship.c.other_id)
        .where(
            relationship.c.person_id == _number("person_id"),
            relationship.c.kind == "sibling",
            relationship.c.to_on.is_(None),
            pathway_case.c.is_open,
            _SEEN,
        )
        .order_by(pathway_case.c.reference)
    )


@_statement
def person_by_identifier() -> Any:
    return (
        select(*person.c)
        .join(identifier, identifier.c.person_id == person.c.id)
        .where(identifier.c.scheme == _text("scheme"), identifier.c.value == _text("value"))
        .order_by(person.c.id)
    )


def _found_people() -> Any:
    return (
        select(
            person.c.id,
            person.c.kind,
            person.c.birth_date,
            person.c.expected_delivery_date,
            _USUAL.c.given,
            _USUAL.c.family,
        )
        .outerjoin(_USUAL, _USUAL.c.person_id == person.c.id)
        .where(_KNOWN)
        .order_by(_USUAL.c.family, _USUAL.c.given, person.c.id)
    )


@_statement
def people_by_name() -> Any:
    folded = select(name.c.person_id).where(name.c.folded == _text("folded"))
    sounding = select(name.c.person_id).where(name.c.sounds == _text("sounds"))
    return _found_people().where(person.c.id.in_(union(folded, sounding))).limit(_number("most"))


@_statement
def people_by_birth_date() -> Any:
    return _found_people().where(person.c.birth_date == _day("birth_date")).limit(_number("most"))


@_statement
def people_by_identifier() -> Any:
    matching = select(identifier.c.person_id).where(identifier.c.value == _text("value"))
    return _found_people().where(person.c.id.in_(matching)).limit(_number("most"))


@_statement
def add_relationship() -> Any:
    values = _values(relationship, "id")
    return {
        "sqlite": sqlite.insert(relationship).values(values).on_conflict_do_nothing().inline(),
        "postgresql": postgresql.insert(relationship).values(values).on_conflict_do_nothing().inline(),
    }


@_statement
def correct_person() -> Any:
    columns = ("kind", "birth_date", "expected_delivery_date", "died_on", "sex", "ethnicity")
    values = {each: bindparam(each, type_=person.c[each].type) for each in columns}
    return (
        update(person)
        .where(person.c.id == _number("person_id"))
        .values(version=person.c.version + 1, **values)
    )


# --- work --------------------------------------------------------------------------------------------------

_WAITING = or_(deadline.c.status == "open", deadline.c.status == "missed")
_WORK = (
    pathway_case.c.reference,
    pathway_case.c.pathway,
    pathway_case.c.state,
    pathway_case.c.team,
    pathway_case.c.lead,
    pathway_case.c.facts,
    deadline.c.rule,
    deadline.c.due_on,
    deadline.c.due_at,
    deadline.c.plan_by,
    deadline.c.status,
    deadline.c.statutory,
)


_FILTERS = (
    _only("team", pathway_case.c.team),
    _only("pathway", pathway_case.c.pathway),
    _only("state", pathway_case.c.state),
    or_(_only("lead", pathway_case.c.lead), pathway_case.c.lead == _text("title")),
)


_COMMA = literal(",", Text())
_MAY_BE_LATE = func.replace(_text("gates"), _COMMA + deadline.c.rule + _COMMA, literal("", Text())) == _text(
    "gates"
)


def _running_work() -> Any:
    return (
        select(*_WORK)
        .join(pathway_case, pathway_case.c.id == deadline.c.case_id)
        .where(
            deadline.c.closed_at.is_(None),
            _SEEN,
            _WAITING,
            *_FILTERS,
        )
    )


@_statement
def work_until() -> Any:
    return (
        _running_work()
        .where(deadline.c.due_at <= _moment("until"))
        .order_by(asc(deadline.c.due_at), pathway_case.c.reference, deadline.c.rule)
        .limit(_number("most"))
    )


@_statement
def late_work() -> Any:
    return (
        _running_work()
        .where(
            deadline.c.due_at < _moment("now"),
            _MAY_BE_LATE,
        )
        .order_by(asc(deadline.c.due_at), pathway_case.c.reference, deadline.c.rule)
        .limit(_number("most"))
    )


@_statement
def count_work() -> Any:
    """How much is late, due today, and due until a moment; `gates` are rules that are never late, as ',a,b,'."""
    late = func.sum(case((deadline.c.due_at < _moment("now"), 1), else_=0))
    today = func.sum(
        case((and_(deadline.c.due_at >= _moment("now"), deadline.c.due_at <= _moment("tonight")), 1), else_=0)
    )
    return (
        select(
            func.count().label("work"),
            func.coalesce(late, 0).label("late"),
            func.coalesce(today, 0).label("today"),
            func.min(deadline.c.due_at, type_=Instant()).label("oldest"),
        )
        .select_from(deadline.join(pathway_case, pathway_case.c.id == deadline.c.case_id))
        .where(
            deadline.c.closed_at.is_(None),
            _SEEN,
            _WAITING,
            deadline.c.due_at <= _moment("until"),
            _MAY_BE_LATE,
            *_FILTERS,
        )
    )


_OPEN = literal_column("pathway_case.is_open", Integer())
"""Whether a case is open, in the words of the index of open cases: SQLite does not see that `= 1` says the same."""


@_statement
def count_open_cases() -> Any:
    return (
        select(pathway_case.c.pathway, pathway_case.c.state, func.count().label("cases"))
        .where(_OPEN, _SEEN)
        .group_by(pathway_case.c.pathway, pathway_case.c.state)
        .order_by(pathway_case.c.pathway, pathway_case.c.state)
    )


# --- the nightly check ---------------------------------------------------------------------------------------


DUE = Table(
    "due_clock",
    MetaData(),
    Column("case_id", BigInteger(), primary_key=True, autoincrement=False),
    Column("deadline_id", BigInteger(), primary_key=True, autoincrement=False),
    prefixes=["TEMPORARY"],
    sqlite_with_rowid=False,
)
STATEMENTS["make_due"] = CreateTable(DUE, if_not_exists=True)
_BLOCK = literal_column("256", BigInteger())
"""Cases that lie together stay together: two shards do not fetch, lock and log the same pages."""
_MINE = deadline.c.case_id.op("/")(_BLOCK).op("%")(_number("shards")) == _number("shard")


@_statement
def clear_due() -> Any:
    return delete(DUE)


@_statement
def fill_due() -> Any:
    """The clocks to look at, by case. No ORDER BY: it would tempt a planner to read every clock in case order."""
    found = select(deadline.c.case_id, deadline.c.id).where(deadline.c.look_at < _moment("as_of"), _MINE)
    return insert(DUE).from_select(["case_id", "deadline_id"], found)


@_statement
def count_due_cases() -> Any:
    return select(func.count(DUE.c.case_id.distinct()).label("cases"))


@_statement
def chunk_ends() -> Any:
    chunk = (
        select(DUE.c.case_id)
        .distinct()
        .where(DUE.c.case_id > _number("after"))
        .order_by(DUE.c.case_id)
        .limit(_number("chunk"))
        .subquery()
    )
    return select(func.max(chunk.c.case_id).label("last"), func.count().label("cases")).select_from(chunk)


@_statement
def due_chunk() -> Any:
    """The due clocks of a chunk of cases, in case order; on PostgreSQL the cases nobody else holds, locked."""
    cases = ("id", "reference", "pathway", "definition", "state", "seq", "head", "team")
    clocks = (
        "rule",
        "edition",
        "due_on",
        "due_at",
        "status",
        "statutory",
        "look_at",
        "told",
        "missed_seq",
        "opened_seq",
        "key",
    )
    return (
        select(
            *(pathway_case.c[each] for each in cases),
            deadline.c.id.label("deadline_id"),
            *(deadline.c[each] for each in clocks),
        )
        .select_from(DUE)
        .join(pathway_case, pathway_case.c.id == DUE.c.case_id)
        .join(deadline, deadline.c.id == DUE.c.deadline_id)
        .where(DUE.c.case_id > _number("after"), DUE.c.case_id <= _number("last"))
        .where(deadline.c.look_at < _moment("as_of"))
        .order_by(DUE.c.case_id, deadline.c.look_at, deadline.c.id)
        .with_for_update(of=pathway_case, skip_locked=True)
    )


def _changes_many(
    table: Table,
    key: str,
    columns: dict[str, Any],
    fixed: dict[str, Any],
    alike: dict[str, Any] | None = None,
) -> Any:
    """Change many rows by their id: once for each on SQLite, from arrays in one statement on PostgreSQL.

    `alike` are columns that get the same value in every row.
    """
    alike = {each: bindparam(each, type_=kind) for each, kind in (alike or {}).items()}
    one_by_one = (
        update(table)
        .where(table.c.id == _number(key))
        .values({**alike, **{each: bindparam(each, type_=kind) for each, kind in columns.items()}, **fixed})
    )
    types = {**columns, key: BigInteger()}
    arrays = [bindparam(each, type_=postgresql.ARRAY(kind)) for each, kind in types.items()]
    given = func.unnest(*arrays).table_valued(
        *(Column(each, kind) for each, kind in types.items()), name="given"
    )
    given = given.render_derived()
    at_once = (
        update(table)
        .where(table.c.id == given.c[key])
        .values({**alike, **{each: given.c[each] for each in columns}, **fixed})
    )
    return {"sqlite": one_by_one, "postgresql": at_once}


@_statement
def pass_case() -> Any:
    columns = {"state": Text(), "seq": Integer(), "head": LargeBinary()}
    more = {"version": pathway_case.c.version + 1}
    return _changes_many(pathway_case, "case_id", columns, more, {"changed_at": Instant()})


@_statement
def pass_deadline() -> Any:
    columns = {"status": Text(), "look_at": Instant(), "told": Integer(), "missed_seq": Integer()}
    return _changes_many(deadline, "deadline_id", columns, {})


@_statement
def end_deadline() -> Any:
    columns = {"status": Text(), "closed_at": Instant(), "closed_seq": Integer()}
    return _changes_many(deadline, "deadline_id", columns, {"look_at": null()})


@_statement
def any_due() -> Any:
    return select(deadline.c.case_id).where(deadline.c.look_at < _moment("as_of")).limit(1)


@_statement
def count_due() -> Any:
    return select(
        func.count().label("due"),
        func.min(deadline.c.case_id).label("first"),
        func.max(deadline.c.case_id).label("last"),
    ).where(deadline.c.look_at < _moment("as_of"))


@_statement
def finish_check_run() -> Any:
    counts = {each: _number(each) for each in ("cases", "missed", "moved", "reminded", "parked")}
    return (
        update(check_run)
        .where(check_run.c.id == _number("run_id"))
        .values(finished_at=_moment("finished_at"), **counts)
    )


@_statement
def check_runs() -> Any:
    return select(*check_run.c).order_by(check_run.c.id.desc()).limit(_number("most"))


@_statement
def parked_cases() -> Any:
    return (
        select(pathway_case.c.reference, pathway_case.c.pathway, parked.c.reason, parked.c.found_at)
        .join(pathway_case, pathway_case.c.id == parked.c.case_id)
        .where(_SEEN)
        .order_by(pathway_case.c.reference)
    )


@_statement
def cases_off_their_trail() -> Any:
    """Cases whose last entry is not the one that the trail ends with: a quick look, no proof."""
    last = and_(trail.c.case_ref == pathway_case.c.reference, trail.c.seq == pathway_case.c.seq)
    off = or_(
        trail.c.hash.is_(None), trail.c.hash != pathway_case.c.head, trail.c.to_state != pathway_case.c.state
    )
    return (
        select(pathway_case.c.reference)
        .outerjoin(trail, last)
        .where(off)
        .order_by(pathway_case.c.reference)
        .limit(20)
    )


@_statement
def parked_ids() -> Any:
    return select(parked.c.case_id)


@_statement
def unpark() -> Any:
    return delete(parked).where(parked.c.case_id == _number("case_id"))


@_statement
def waiting_messages() -> Any:
    return select(*outbox.c).where(outbox.c.done_at.is_(None)).order_by(outbox.c.id).limit(_number("most"))


# --- who, settings, days --------------------------------------------------------------------------------------


@_statement
def practitioner_by_login() -> Any:
    return select(*practitioner.c).where(practitioner.c.login == _text("login"))


@_statement
def roles_of_practitioner() -> Any:
    return (
        select(practitioner_role.c.role, practitioner_role.c.team, practitioner_role.c.agency)
        .where(
            practitioner_role.c.practitioner_id == _number("practitioner_id"),
            practitioner_role.c.from_on <= _day("on"),
            or_(practitioner_role.c.to_on.is_(None), practitioner_role.c.to_on >= _day("on")),
        )
        .order_by(practitioner_role.c.id)
    )


@_statement
def settings() -> Any:
    return select(setting.c.name, setting.c.value)


@_statement
def bank_holidays() -> Any:
    return select(bank_holiday.c.day, bank_holiday.c.name).order_by(bank_holiday.c.day)


@_statement
def school_calendar() -> Any:
    """The newest calendar of a school."""
    days = T["school_days"]
    return select(*days.c).where(days.c.school == _text("school")).order_by(days.c.id.desc()).limit(1)


@_statement
def school_calendars() -> Any:
    days = T["school_days"]
    newest = select(func.max(days.c.id)).group_by(days.c.school)
    return select(*days.c).where(days.c.id.in_(newest)).order_by(days.c.school)


@_statement
def clear_bank_holidays() -> Any:
    return delete(bank_holiday)


# --- imports ---------------------------------------------------------------------------------------------------


@_statement
def import_by_fingerprint() -> Any:
    return select(*import_run.c).where(
        import_run.c.fingerprint == _text("fingerprint"), import_run.c.finished_at.is_not(None)
    )


@_statement
def finish_import_run() -> Any:
    counts = {each: _number(each) for each in ("children", "cases", "unused")}
    return (
        update(import_run)
        .where(import_run.c.id == _number("run_id"))
        .values(finished_at=_moment("finished_at"), **counts)
    )


@_statement
def import_runs() -> Any:
    finished = import_run.c.finished_at.is_not(None)
    return select(*import_run.c).where(finished).order_by(import_run.c.id.desc()).limit(_number("most"))


@_statement
def unused_of_import() -> Any:
    return (
        select(*import_unused.c)
        .where(import_unused.c.run_id == _number("run_id"))
        .order_by(import_unused.c.id)
    )


@_statement
def episode_by_source_key() -> Any:
    return select(*episode.c).where(episode.c.source_key == _text("source_key"))


@_statement
def correct_episode() -> Any:
    columns = ("closed_on", "closure_reason", "referral_source", "primary_need", "details")
    values = {each: bindparam(each, type_=episode.c[each].type) for each in columns}
    return update(episode).where(episode.c.id == _number("episode_id")).values(**values)


@_statement
def close_episode() -> Any:
    still_open = exists().where(pathway_case.c.episode_id == episode.c.id, pathway_case.c.is_open)
    return (
        update(episode)
        .where(episode.c.id == _number("episode_id"), episode.c.closed_on.is_(None), ~still_open)
        .values(closed_on=_day("closed_on"))
    )


@_statement
def reopen_episode() -> Any:
    return update(episode).where(episode.c.id == _number("episode_id")).values(closed_on=null())


@_statement
def cases_of_episode() -> Any:
    return (
        _case_and_person()
        .where(pathway_case.c.episode_id == _number("episode_id"))
        .order_by(pathway_case.c.id)
    )


def _adds_whole(named: str, table: Table) -> None:
    """Insert with a key drawn before, so that a whole batch can be written at once."""
    STATEMENTS[named] = insert(table).values(_values(table)).inline()


def _draws_keys(named: str, table: Table) -> None:
    """The last key given (SQLite, where one writer holds the store), or as many new ones as asked for."""
    numbers: Any = func.generate_series(1, _number("count")).table_valued("number")
    sequence = func.pg_get_serial_sequence(literal_column(f"'{table.name}'"), literal_column("'id'"))
    STATEMENTS[named] = {
        "sqlite": select(func.coalesce(func.max(table.c.id), 0).label("id")),
        "postgresql": select(func.nextval(sequence, type_=BigInteger()).label("id")).select_from(numbers),
    }


for _named, _table in (("person", person), ("episode", episode), ("case", pathway_case)):
    _adds_whole(f"import_{_named}", _table)
    _draws_keys(f"draw_{_named}_keys", _table)


@_statement
def draw_numbers() -> Any:
    """A run of reference numbers at once; gives the last of them."""
    made = {}
    for dialect, module in (("sqlite", sqlite), ("postgresql", postgresql)):
        statement: Any = module.insert(counter).values(_values(counter))
        after = {"last": counter.c.last + statement.excluded.last}
        made[dialect] = statement.on_conflict_do_update(
            index_elements=["prefix", "year"], set_=after
        ).returning(counter.c.last)
    return made


@_statement
def import_under_way() -> Any:
    """A run over the same file that was stopped before its end."""
    return (
        select(*import_run.c)
        .where(import_run.c.fingerprint == _text("fingerprint"), import_run.c.finished_at.is_(None))
        .order_by(import_run.c.id.desc())
    )


@_statement
def characteristics_of_person() -> Any:
    return (
        select(*characteristic.c)
        .where(characteristic.c.person_id == _number("person_id"))
        .order_by(characteristic.c.id)
    )
