"""How the tests ask Prefect's server: what it says while its database is held is no answer yet."""

from __future__ import annotations

import httpx
import pytest

from tests.flows import asking


@pytest.fixture
def server(monkeypatch):
    """A server that is busy for the first two questions, and then has a token; and one that keeps none."""
    monkeypatch.setattr(asking, "PAUSE", 0)
    answers = [
        httpx.Response(503, json={"exception_message": "Service Unavailable"}),
        httpx.Response(503, json={"exception_message": "Service Unavailable"}),
        httpx.Response(200, json={"token": "invented"}),
        httpx.Response(422, json={"detail": "CSRF protection is disabled."}),
    ]
    return httpx.Client(
        transport=httpx.MockTransport(lambda _request: answers.pop(0)), base_url="http://127.0.0.1"
    )


def test_a_token_is_asked_for_until_the_server_has_one(server):
    assert asking.token(server, "/csrf-token")["Prefect-Csrf-Token"] == "invented"
    with pytest.raises(httpx.HTTPStatusError, match="422"):
        asking.token(server, "/csrf-token")
