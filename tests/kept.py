"""What a table holds, row by row: for what the program keeps and never asks for whole."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models.build import compile_one
from models.prepared import FROM_POSTGRESQL, FROM_SQLITE, Statement
from models.statements.parts import T
from models.transaction import Transaction


def every_row(tx: Transaction, table: str) -> list[Any]:
    """Every row of a table, in the order of its keys, with values as the program's own types; sealed ones opened."""
    columns = T[table]
    text = compile_one(select(*columns.c).order_by(*columns.primary_key), tx.dialect)
    out = FROM_SQLITE if tx.dialect == "sqlite" else FROM_POSTGRESQL
    asked = Statement(f"every_{table}", text, {}, out)
    return [*asked.rows(tx.connection.execute(asked.sql).fetchall(), tx.sealer)]
