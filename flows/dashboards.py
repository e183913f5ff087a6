"""The managers' wall: fourteen artifacts on Prefect's Artifacts page, published by a flow.

Every page is a keyed artifact, so that publishing again adds a version. The most important stands first
(`flows/wall_order.py`). They hold counts, and `late-now` references; never a name. The
counts are true ones: these pages are for the people who run the service and could open the cases.
"""

from __future__ import annotations

from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.steps import TOLD_NOTHING, day_in_words, without_values
from flows.wall_order import clear_places, keep_places
from models.clock import now as real_now
from models.measuring import figures, note_morning
from models.nearing import slots_a_week, tell_of_rising
from models.place import database_url, settings
from models.setup import moments, rules_of
from models.store import open_store
from pathways.errors import Mistyped
from pathways.wall.drawing import can_draw, png
from pathways.wall.figures import Figures
from pathways.wall.page import Page, as_markdown
from pathways.wall.pages import TITLES, all_pages, page

NOTHING = {"Days late": "-", "Case": "none", "Waiting for": "nothing is late", "Team": "-", "Was due": "-"}


def run_name() -> str:
    """What a run is called on Prefect's pages."""
    return f"Managers' pages for {day_in_words()}"


@flow(
    name="publish-dashboards",
    flow_run_name=run_name,
    **TOLD_NOTHING,
)
@without_values("publish-dashboards")
def publish_dashboards(only: str = "") -> State[Any]:
    """Publish every page of the wall, or one, and note down how things stand this morning.

    Args:
        only: the key of one page, such as late-now; every page by default.
    """
    if only and only not in TITLES:
        raise Mistyped(f"There is no page of that name. The pages are: {', '.join(TITLES)}.")
    found = read_records()
    made = [page(found, only)] if only else all_pages(found)
    with get_client(sync_client=True) as client:
        keep_places(client, {each.key: each.headline for each in made}, list(TITLES))
        for each in reversed(made):
            publish(each)
        clear_places(client, [each.key for each in made])
    return Completed(message=f"{len(made)} {'page' if only else 'pages'} published")


def read_records() -> Figures:
    """Read what the pages show, and write down how this morning stands for the lines over time."""
    with open_store(database_url()) as store:
        _, now = moments(store, None, real_now())
        rules = rules_of(store)
        note_morning(store, rules, now)
        tell_of_rising(store, now)
        return figures(store, rules, now, slots_a_week(settings()))


def publish(one: Page) -> None:
    """Make the next version of a page's artifact; it must be called in a flow or with a server known."""
    if one.listed is not None:
        create_table_artifact(table=list(one.listed) or [NOTHING], key=one.key, description=one.headline)
    else:
        create_markdown_artifact(as_markdown(one, png if can_draw() else None), key=one.key, description=one.headline)  # fmt: skip
