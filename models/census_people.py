"""The people of a batch: who is here already, who is new, what a later return says differently, who is whose family."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from models.gathered import Gathered, Someone
from models.history import Remark
from models.names import fold_name, sounds
from models.people import stood
from models.telling import Who
from models.viewer import ALL_SEEING
from models.wire import json_text
from pathways.census import Child
from pathways.census_checks import NOT_USED, QUERY

LA_CHILD_ID = "la_child_id"

Names = Mapping[str, tuple[str, str, str]]
Families = dict[str, list[tuple[int, date | None]]]


class People:
    """Finds or adds the person that each child of a batch is."""

    def __init__(
        self, batch: Gathered, names: Names, families: Families, as_if_new: frozenset[str] = frozenset()
    ) -> None:
        """`as_if_new` are children, by the authority's identifier, who are taken for new whoever they are."""
        self.batch, self.names, self.families, self._as_if_new = batch, names, families, as_if_new
        self._people_known: dict[str, Any] | None = None
        self._upns_known: Mapping[str, Any] = {}

    def hidden(self, children: list[Child]) -> frozenset[str]:
        """The children known here whom whoever imports may not see, by the authority's identifier."""
        known = ((child, self._known(child)) for child in self._looked_up(children))
        guarded = {self._value(child): child.la_child_id for child, row in known if row and row.guarded}
        seen = self._by_number("known_by_identifiers", LA_CHILD_ID, guarded)
        return frozenset(name for number, name in guarded.items() if number not in seen)

    def found(self, children: list[Child]) -> list[Someone]:
        """Each child with the person it is here, whose rows are gathered."""
        found = [Someone(child, self._known(child)) for child in self._looked_up(children)]
        new = [each for each in found if each.row is None]
        pupils = [each.child.upn for each in new if each.child.upn]
        self._upns_known = self._by_number("known_by_identifiers", "upn", pupils)
        for someone, person_id in zip(new, self.batch.keys("person", len(new)), strict=True):
            someone.id = person_id
        self.batch.tally.people_new += len(new)
        for someone in found:
            if someone.row is None:
                self._add_person(someone)
            else:
                self._correct_person(someone)
            self._family(someone)
        return found

    def _value(self, child: Child) -> str:
        return f"{self.batch.lea}/{child.la_child_id}"

    def _by_number(self, name: str, scheme: str, numbers: Iterable[str]) -> dict[str, Any]:
        """The first person of each number, of those who have one."""
        wanted = [*numbers]
        if not wanted:
            return {}
        rows = self.batch.tx.all(name, scheme=scheme, numbers=json_text(wanted))
        return {row.value: row for row in reversed(rows)}

    def _looked_up(self, children: list[Child]) -> list[Child]:
        """The children, once it is known who of them was here before."""
        if self._people_known is None:
            numbers = map(self._value, children)
            self._people_known = self._by_number("people_by_identifiers", LA_CHILD_ID, numbers)
        return children

    def _known(self, child: Child) -> Any:
        """The person whom a child of this batch was before the batch, if anybody."""
        assert self._people_known is not None
        if child.la_child_id in self._as_if_new:
            return None
        return self._people_known.get(self._value(child))

    def _add_person(self, someone: Someone) -> None:
        child, now = someone.child, self.batch.laying.now
        someone.who = Who(child.birth_date, child.expected_birth_date, child.death_date)
        self.batch.rows["import_person"].append(
            {
                "id": someone.id,
                "kind": "unborn" if child.expected_birth_date and not child.birth_date else "child",
                "birth_date": child.birth_date,
                "expected_delivery_date": child.expected_birth_date,
                "died_on": child.death_date,
                "sex": child.sex,
                "ethnicity": child.ethnicity,
                "restricted": False,
                "guarded": False,
                "version": 1,
                "recorded_at": now,
            }
        )
        name = self.names.get(child.la_child_id)
        if name is not None:
            given, family, _ = name
            folded = fold_name(f"{given} {family}")
            self.batch.rows["add_person_name"].append(
                self.batch.dated(
                    someone.id, kind="usual", given=given, family=family, folded=folded, sounds=sounds(family)
                )
            )
        self._identify(someone, {LA_CHILD_ID: {self._value(child)}}, set())
        self._characterise(someone, set())
        self._perhaps_known(someone)

    def _perhaps_known(self, someone: Someone) -> None:
        """List a new child whose pupil number somebody has whom the viewer knows: a person decides whether they are one."""
        upn = someone.child.upn
        if upn and upn in self._upns_known:
            said = (
                "Somebody else has this number here. A record of its own was made; if they are one child: "
                "pathways people CASE merge CASE"
            )
            self.batch.remark(someone, Remark("ChildIdentifiers/UPN", upn, said, QUERY))

    def _identify(self, someone: Someone, more: dict[str, set[str]], there: set[tuple[str, str]]) -> None:
        child = someone.child
        given: dict[str, set[str | None]] = {"upn": {child.upn}, "former_upn": {child.former_upn}}
        given |= {scheme: {*values} for scheme, values in more.items()}
        for scheme, values in given.items():
            for value in values:
                if value and (scheme, value) not in there:
                    self.batch.rows["add_person_identifier"].append(
                        self.batch.dated(someone.id, scheme=scheme, value=value)
                    )

    def _characterise(self, someone: Someone, there: set[tuple[str, str]]) -> None:
        child = someone.child
        given = [("disability", code) for code in child.disabilities]
        if child.upn_unknown:
            given.append(("upn_unknown", child.upn_unknown))
        if child.sex_as_sent not in ("", child.sex):
            given.append(("sex_as_sent", child.sex_as_sent))
        for kind, code in given:
            if (kind, code) not in there:
                self.batch.rows["add_person_characteristic"].append(
                    self.batch.dated(someone.id, kind=kind, code=code)
                )

    def _correct_person(self, someone: Someone) -> None:
        """What a later return adds about somebody known; what it says differently is listed."""
        child, row = someone.child, someone.row
        someone.id = row.id
        values: dict[str, Any] = {}
        for column, element, said in (
            ("birth_date", "PersonBirthDate", child.birth_date),
            ("expected_delivery_date", "ExpectedPersonBirthDate", child.expected_birth_date),
            ("died_on", "PersonDeathDate", child.death_date),
            ("sex", "Sex", child.sex if child.sex != "U" else None),
            ("ethnicity", "Ethnicity", child.ethnicity),
        ):
            before = getattr(row, column)
            before = None if before == "U" else before
            replaced = column == "ethnicity" or (column == "expected_delivery_date" and not row.birth_date)
            values[column] = said if before is None or (said and replaced) else before
            if said and before and said != before and not replaced:
                self.batch.remark(
                    someone,
                    Remark(
                        f"ChildIdentifiers/{element}",
                        str(said),
                        f"Known here as {before}, which was kept.",
                        NOT_USED,
                    ),
                )
        values["sex"] = values["sex"] or "U"
        values["kind"] = "child" if row.kind == "unborn" and values["birth_date"] else row.kind
        if any(values[column] != getattr(row, column) for column in values):
            before = stood(row, self.batch.laying.now)
            self.batch.rows["correct_person"].append({"person_id": row.id, "before": before, **values})
        if row.birth_date is None and values["birth_date"]:
            someone.born_since = values["birth_date"]
        expected = None if values["birth_date"] else values["expected_delivery_date"]
        someone.who = Who(values["birth_date"], expected, values["died_on"])
        known = {
            (each.scheme, each.value) for each in self.batch.tx.all("identifiers_of_person", person_id=row.id)
        }
        self._identify(someone, {}, known)
        told = {
            (each.kind, each.code)
            for each in self.batch.tx.all("characteristics_of_person", person_id=row.id)
        }
        self._characterise(someone, told)
        someone.cases = self.batch.tx.all("cases_of_person", person_id=row.id, seen_by=ALL_SEEING)
        someone.open_on = {each.pathway: each.reference for each in someone.cases if each.is_open}

    def find_family(self, child: Child) -> None:
        """Take a child imported before into its family, so that brothers and sisters still to come find it."""
        row = self.batch.tx.one("person_by_identifier", scheme=LA_CHILD_ID, value=self._value(child))
        if row is not None:
            self.families.setdefault(self.names[child.la_child_id][2], []).append((row.id, row.birth_date))

    def _family(self, someone: Someone) -> None:
        name = self.names.get(someone.child.la_child_id)
        if name is None or not name[2]:
            return
        family = self.families.setdefault(name[2], [])
        for other_id, born in family:
            days = [day for day in (born, someone.who.born) if day is not None]
            since = max(days) if len(days) == 2 else self.batch.period.reference
            for one, other in ((someone.id, other_id), (other_id, someone.id)):
                if one != other:
                    self.batch.rows["add_relationship"].append(
                        self.batch.dated(one, other_id=other, kind="sibling", from_on=since)
                    )
        family.append((someone.id, someone.who.born))
