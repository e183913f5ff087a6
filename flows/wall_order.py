"""The order of the cards on Prefect's Artifacts page: the front page leads, and the others follow by importance.

Both of Prefect's interfaces list pages by a number, the highest first, which its server draws at random when a key is
first used; neither can be told another order. So before anything is published for the first time, each key is used
for an empty page, and given up and used anew until its number lies where the page belongs. A page that has been
published is left where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient

BEING_MADE = "This page is being made."
"""What its card says meanwhile: on a busy machine all places take a minute or two."""
ROUNDS = 150
"""Draws for a place at most: of fourteen pages one in five thousand ends without one, and then lies anywhere."""


def keep_places(client: SyncPrefectClient, keys: Sequence[str]) -> list[UUID]:
    """Draw the places of keys that are not in use yet.

    Args:
        client: of the server.
        keys: every page, the most important first.

    Returns:
        The empty pages that hold the places; to be taken away once others have been published over them.
    """
    known = _numbers(client, keys)
    waiting = [key for key in keys if key not in known]
    holding: dict[str, UUID] = {}
    for _ in range(ROUNDS):
        if not waiting:
            break
        drawn = {key: _empty_page(client, key) for key in waiting}
        numbers = _numbers(client, waiting)
        holding |= {
            key: made for key, made in drawn.items() if in_place(numbers[key], keys.index(key), len(keys))
        }
        waiting = [key for key in waiting if key not in holding]
        for key in waiting:
            client.delete_artifact(drawn[key])
    return list(holding.values())


def in_place(number: UUID, place: int, places: int) -> bool:
    """Whether a number lies in the part of all numbers that belongs to a place: of so many, counted from the highest."""
    return number.int * places >> 128 == places - 1 - place


def _empty_page(client: SyncPrefectClient, key: str) -> UUID:
    made = {"key": key, "type": "markdown", "description": BEING_MADE, "data": BEING_MADE}
    return UUID(client.request("POST", "/artifacts/", json=made).json()["id"])


def _numbers(client: SyncPrefectClient, keys: Sequence[str]) -> dict[str, UUID]:
    """The numbers of the keys that are in use."""
    asked = {"artifacts": {"key": {"any_": list(keys)}}}
    found = client.request("POST", "/artifacts/latest/filter", json=asked).json()
    return {each["key"]: UUID(each["id"]) for each in found}
