"""The functions that PostgreSQL's policies ask: who the viewer is, what they see, and the way in in an emergency.

They run as the owner of the tables, whoever calls them, and tell only of the viewer.
"""

from __future__ import annotations

from models.compiled import CLEARED
from models.row_security_tables import APP, TODAY, quoted
from pathways.access import AUTHORITY, GLASS_HOURS, KEEPERS, REASON_LETTERS

_THIS_ONE = "pg_current_xact_id_if_assigned()::xid"
"""This transaction. A broken glass counts from the next one on: nobody looks through it and takes the breaking back."""


def _on_list(kinds: str, *targets: str) -> str:
    """Whether the viewer stands, at this moment, on a list of one of these kinds for one of these targets."""
    return (
        "EXISTS (SELECT FROM access WHERE access.practitioner_id = viewer "
        f"AND access.kind IN ({kinds}) AND ({' OR '.join(f'access.{each}' for each in targets)}) "
        f"AND (access.kind <> 'glass' OR access.xmin IS DISTINCT FROM {_THIS_ONE}) "
        "AND access.ended_at IS NULL AND access.from_at <= now() "
        "AND (access.until_at IS NULL OR access.until_at > now()))"
    )


_WRITTEN_HERE = f"it.xmin = {_THIS_ONE}"
"""Written by this very transaction: whoever opens an allegation may finish writing it, and then
neither they nor anybody uncleared sees it again."""

_LET_IN, _KEPT_OUT = "'allowed', 'glass'", "'excluded'"

_SEES_CASE = f"""
DECLARE viewer bigint := pathways_viewer(); circle text := pathways_circle(); called text := session_user;
BEGIN
    RETURN EXISTS (
        SELECT FROM pathway_case it,
            LATERAL (SELECT {_on_list(_LET_IN, "case_id = it.id", "person_id = it.person_id")} AS here) named
        WHERE it.id = which AND ({_WRITTEN_HERE} OR (
            (circle = '*' OR strpos(circle, '|' || it.team || '|') > 0 OR (viewer <> 0 AND it.lead = called) OR named.here)
            AND (NOT it.guarded OR (
                NOT {_on_list(_KEPT_OUT, "case_id = it.id", "person_id = it.person_id")}
                AND (NOT it.restricted OR pathways_clears(it.pathway) OR named.here))))));
END"""

_KNOWS_PERSON = f"""
DECLARE viewer bigint := pathways_viewer(); circle text := pathways_circle();
BEGIN
    RETURN EXISTS (
        SELECT FROM person it,
            LATERAL (SELECT {_on_list(_LET_IN, "person_id = it.id")}
                OR EXISTS (SELECT FROM pathway_case theirs
                    WHERE theirs.person_id = it.id AND pathways_sees_case(theirs.id)) AS so) known
        WHERE it.id = which AND ({_WRITTEN_HERE} OR (
            (circle = '*' OR known.so)
            AND (NOT it.guarded OR (
                NOT {_on_list(_KEPT_OUT, "person_id = it.id")} AND (NOT it.restricted OR known.so))))));
END"""

_HELD = f"held.from_on <= {TODAY} AND (held.to_on IS NULL OR held.to_on >= {TODAY})"

_STANDS = f"who.from_on <= {TODAY} AND (who.to_on IS NULL OR who.to_on >= {TODAY})"

_VIEWER = f"""
DECLARE called text := session_user;
BEGIN
    RETURN coalesce((
        SELECT who.id FROM practitioner who
        WHERE who.login = called AND {_STANDS} AND EXISTS (SELECT FROM practitioner_role held WHERE held.practitioner_id = who.id AND {_HELD})), 0);
END"""

_CIRCLE = f"""
DECLARE called text := session_user; circle text;
BEGIN
    SELECT CASE WHEN bool_or(coalesce(nullif(held.agency, ''), who.agency) = '{AUTHORITY}') THEN '*'
        ELSE '|' || coalesce(string_agg(nullif(held.team, '') || '|', '') FILTER (WHERE strpos(held.team, '|') = 0), '')
        || coalesce((CASE WHEN strpos(who.team, '|') = 0 THEN nullif(who.team, '') END) || '|', '') END INTO circle
    FROM practitioner who JOIN practitioner_role held ON held.practitioner_id = who.id
    WHERE who.login = called AND {_STANDS} AND {_HELD} GROUP BY who.team;
    RETURN coalesce(circle, CASE WHEN pg_has_role(session_user, '{APP}', 'MEMBER') THEN '|' ELSE '*' END);
END"""
"""Whose work the viewer sees, as `models/staff.py` has it: every team's, or their own teams'. A practitioner whom the
register does not know today sees nothing; a reader, who is no practitioner, everything that is not guarded."""


_PAIRS = ", ".join(f"('{name}', '{role}')" for name, roles in CLEARED.items() for role in roles)
_CLEARS = f"""
DECLARE viewer bigint := pathways_viewer();
BEGIN
    RETURN EXISTS (
        SELECT FROM practitioner_role held
        WHERE held.practitioner_id = viewer AND (which, held.role) IN ({_PAIRS}) AND {_HELD});
END"""


_IS_ON_A_LIST = f"""
DECLARE viewer bigint := pathways_viewer();
BEGIN
    RETURN {_THIS_ONE} IS NOT NULL
        OR EXISTS (SELECT FROM access WHERE practitioner_id = viewer AND kind IN ({_LET_IN}) AND ended_at IS NULL)
        OR EXISTS (SELECT FROM practitioner_role held WHERE held.practitioner_id = viewer
            AND held.role IN ({quoted(sorted({role for roles in CLEARED.values() for role in roles}))}) AND {_HELD});
END"""
"""Whether it is worth asking of each hidden row at all: most people stand on no list and are cleared for nothing."""

_BREAK_GLASS = f"""
DECLARE viewer bigint := pathways_viewer(); called text := session_user; it record; number bigint;
BEGIN
    SELECT found.* INTO it FROM pathway_case found WHERE found.reference = which;
    IF NOT FOUND OR viewer = 0 OR pathways_circle() <> '*' OR length(btrim(why)) < {REASON_LETTERS}
        OR pathways_sees_case(it.id) OR {_on_list(_KEPT_OUT, "case_id = it.id", "person_id = it.person_id")} THEN
        RETURN false;
    END IF;
    INSERT INTO access (case_id, practitioner_id, kind, because, by_login, from_at, until_at, recorded_at)
        VALUES (it.id, viewer, 'glass', why, called, now(), now() + interval '{GLASS_HOURS} hours', now())
        RETURNING id INTO number;
    INSERT INTO outbox (key, event, case_ref, pathway, team, rule, to_roles, effective_at, recorded_at)
        VALUES ('wall/' || number, 'pathways.access.glass', it.reference, it.pathway, it.team, '', '', now(), now());
    RETURN true;
END"""

_OWNING = " ".join(
    f"WHEN '{name}' THEN '{';'.join(sorted(map(str, roles)))}'" for name, roles in sorted(CLEARED.items())
)
_TELL_OF_DEATH = f"""
BEGIN
    IF NOT pathways_knows_person(which) THEN
        RETURN;
    END IF;
    INSERT INTO outbox (key, event, case_ref, pathway, team, rule, to_roles, effective_at, recorded_at)
        WITH linked AS (
            SELECT which AS id
            UNION SELECT person_id FROM person_link WHERE other_id = which AND ended_at IS NULL
            UNION SELECT other_id FROM person_link WHERE person_id = which AND ended_at IS NULL),
        same AS (
            SELECT id FROM linked
            UNION SELECT person_id FROM person_link WHERE other_id IN (SELECT id FROM linked) AND ended_at IS NULL)
        SELECT 'death/' || it.reference, 'pathways.person.died', it.reference, it.pathway, it.team, '',
            CASE it.pathway {_OWNING} ELSE '{";".join(sorted(map(str, KEEPERS)))}' END, now(), now()
        FROM pathway_case it
        WHERE it.person_id IN (SELECT id FROM same) AND it.is_open AND it.guarded AND NOT pathways_sees_case(it.id)
        ON CONFLICT DO NOTHING;
END"""
"""Tells those who see a case hidden from whoever recorded the death: its clocks run on until the next nightly check stops
them (`models/deaths.py`), or until one of them records it.
The caller learns nothing, not even whether there was anybody to tell."""


def _joined(table: str, members: str, seen: str) -> str:
    """Whether one of its members is in sight, or this transaction made it: nobody joins their own to what is hidden."""
    return (
        f"BEGIN RETURN EXISTS (SELECT FROM {table} it WHERE it.id = which AND ({_WRITTEN_HERE} OR EXISTS "
        f"(SELECT FROM {members} one WHERE one.{table}_id = it.id AND {seen}))); END"
    )


FUNCTIONS = {
    "pathways_viewer() RETURNS bigint STABLE": _VIEWER,
    "pathways_circle() RETURNS text STABLE": _CIRCLE,
    "pathways_is_on_a_list() RETURNS boolean STABLE": _IS_ON_A_LIST,
    "pathways_clears(which text) RETURNS boolean STABLE": _CLEARS,
    "pathways_sees_case(which bigint) RETURNS boolean STABLE": _SEES_CASE,
    "pathways_knows_person(which bigint) RETURNS boolean STABLE": _KNOWS_PERSON,
    "pathways_sees_meeting(which bigint) RETURNS boolean STABLE": _joined(
        "meeting", "meeting_case", "pathways_sees_case(one.case_id)"
    ),
    "pathways_knows_household(which bigint) RETURNS boolean STABLE": _joined(
        "household", "household_member", "pathways_knows_person(one.person_id)"
    ),
    "pathways_tell_of_death(which bigint) RETURNS void VOLATILE": _TELL_OF_DEATH,
    "pathways_break_glass(which text, why text) RETURNS boolean VOLATILE": _BREAK_GLASS,
}
"""What the policies ask, by signature. Each tells of the viewer, or says no of a hidden case as of a missing one. The
last is the way in in an emergency: it says no where the command would, and its row stays."""


def called(signature: str) -> str:
    """A function's name with the types that it takes, as SQL names it where it is not being made."""
    return signature.split(" RETURNS ")[0].replace("which ", "").replace("why ", "")
