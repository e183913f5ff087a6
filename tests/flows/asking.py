"""Asking Prefect's server as a browser does: with a token of its own, and again where it says to come again."""

from __future__ import annotations

import time

import httpx

TRIES = 20
PAUSE = 0.5
BUSY = 503
"""Its SQLite database is held by its own writing. A token is written down too, so that even asking for one may meet this."""


def ask(client: httpx.Client, method: str, path: str, **more) -> httpx.Response:
    """The server's answer, once it has time for one."""
    for _ in range(TRIES):
        answer = client.request(method, path, **more)
        if answer.status_code != BUSY:
            break
        time.sleep(PAUSE)
    return answer


def token(client: httpx.Client, path: str) -> dict[str, str]:
    """What every request that may change something has to carry: asked for at this path."""
    answer = ask(client, "GET", path, params={"client": "tests"})
    answer.raise_for_status()
    return {"Prefect-Csrf-Token": answer.json()["token"], "Prefect-Csrf-Client": "tests"}
