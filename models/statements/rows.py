"""Rows put in one by one: an insert for each table that has no more to it."""

from __future__ import annotations

from models.statements.parts import (
    T,
    address,
    adds,
    adds_once,
    bank_holiday,
    check_run,
    counter,
    deadline,
    identifier,
    import_run,
    import_unused,
    name,
    outbox,
    parked,
    payload,
    practitioner,
    practitioner_role,
    puts,
    record,
    setting,
    trail,
)

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
    adds(_named, _table)
for _named, _table in (
    ("add_practitioner", practitioner),
    ("add_check_run", check_run),
    ("add_import_run", import_run),
):
    adds(_named, _table, returns=True)


puts("put_setting", setting, ("name",), {"value": None})
puts("put_parked", parked, ("case_id",), {"reason": None, "found_at": None})
puts("draw_number", counter, ("prefix", "year"), {"last": counter.c.last + 1}, counter.c.last)
adds_once("add_outbox", outbox, "key", "event_id", "sent_at")
