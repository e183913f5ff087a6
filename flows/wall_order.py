"""The order of the cards on Prefect's Artifacts page: the front page leads, and the others follow by importance.

Both of Prefect's interfaces list pages by a number, the highest first, which its server draws at random when a key is
first used; neither can be told another order. So before anything is published for the first time, each key is used for
an empty page that shows its card already; those that lie out of order are given up and drawn anew. An empty page is of
a type of its own, so that a publish that was cut short is known by what it left, and the next one goes on from there. A
page that has been published is left where it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey, ArtifactFilterType

EMPTY = "progress"
"""The type of an empty page, which no other page of ours has: of nought in a hundred it is made."""
BEING_MADE = "This page is being made."
"""What it says beneath its number; the older interface shows one line of it on the card."""
ROUNDS = 400
"""Of three thousand first times the longest took 150; after so many, what has no place yet lies anywhere."""


@dataclass(frozen=True, slots=True)
class Lying:
    """Where a card lies: a share of all numbers, the highest first; None, not drawn yet. What is `fixed` stays there."""

    at: float | None = None
    fixed: bool = False
    page: str = ""
    """The number of its newest page."""


def keep_places(client: SyncPrefectClient, cards: Mapping[str, str], keys: Sequence[str]) -> None:
    """Draw the places of cards that are not published yet; about a hundred draws for fourteen.

    Args:
        client: of the server.
        cards: what the card of each page that is about to be published says, by key.
        keys: every page that there may be, the most important first.
    """
    published = _lying(client, keys, {"not_any_": [EMPTY]}, fixed=True)
    missing = [key for key in cards if key not in published]
    for _ in range(ROUNDS if missing else 0):
        drawn = _lying(client, keys, {"any_": [EMPTY]})
        lying = published | drawn
        kept = worth_keeping([lying.get(key, Lying()) for key in keys])
        anew = [key for key in missing if keys.index(key) not in kept]
        if not anew:
            return
        for key in anew:
            if key in drawn:
                client.delete_artifact(UUID(drawn[key].page))
            _draw(client, key, cards[key])


def clear_places(client: SyncPrefectClient, keys: Sequence[str]) -> None:
    """Take away the empty pages of keys that have been published, those of a publish that was cut short among them."""
    wanted = ArtifactFilter(key=ArtifactFilterKey(any_=list(keys)), type=ArtifactFilterType(any_=[EMPTY]))
    while found := client.read_artifacts(artifact_filter=wanted):
        for each in found:
            client.delete_artifact(each.id)


def worth_keeping(cards: Sequence[Lying]) -> set[int]:
    """Which cards are best left where they lie: they are in order, and the rest is drawn in the fewest draws.

    Args:
        cards: every one, the most important first.

    Returns:
        Their places in `cards`, from 0.
    """
    ends = [Lying(1.0), *cards, Lying(0.0)]
    ways: dict[int, tuple[int, float, list[int]]] = {0: (0, 0.0, [])}
    """The best way to each card from the first: published ones that it passes over, draws, the cards on it."""
    for there, card in enumerate(ends[1:], 1):
        if card.at is None:
            continue
        # Cards take as many draws as their number times the number of fits of one place into the gap: n * n / gap.
        ways[there] = min(
            (left + passed, draws + (there - here - 1 - passed) ** 2 / gap, [*on_the_way, there])
            for here, (left, draws, on_the_way) in ways.items()
            if (gap := (ends[here].at or 0.0) - card.at) > 0
            for passed in [sum(each.fixed for each in ends[here + 1 : there])]
        )
    *_, kept = ways[len(ends) - 1]
    return {there - 1 for there in kept[:-1]}


def _draw(client: SyncPrefectClient, key: str, card: str) -> None:
    made = {"key": key, "type": EMPTY, "description": f"{card}\n\n{BEING_MADE}", "data": 0}
    client.request("POST", "/artifacts/", json=made)


def _lying(
    client: SyncPrefectClient,
    keys: Sequence[str],
    of_type: Mapping[str, Sequence[str]],
    *,
    fixed: bool = False,
) -> dict[str, Lying]:
    """Where the cards lie whose newest page is of such a type."""
    asked = {"artifacts": {"key": {"any_": list(keys)}, "type": of_type}}
    found = client.request("POST", "/artifacts/latest/filter", json=asked).json()
    return {each["key"]: Lying(share_of(UUID(each["id"])), fixed, each["latest_id"]) for each in found}


def share_of(number: UUID) -> float:
    """A number as a share of all numbers, above 0 and below 1."""
    return (number.int >> 75 | 1) / 2.0**53
