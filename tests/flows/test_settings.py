"""Prefect inside a process: its own faults are a sentence, ours stay ours."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest

from flows.in_process import run_in_process
from flows.service import answers, brief_server
from flows.settings import QUIET, own_environment, served
from pathways.errors import NotReady

LATER = datetime(2026, 12, 1, 6, tzinfo=UTC)

pytestmark = pytest.mark.prefect


@pytest.fixture(autouse=True)
def environment_as_it_was(monkeypatch):
    """What a run puts into the environment is taken out again; Prefect's test server stays named in it."""
    before = dict(os.environ)
    monkeypatch.setattr("flows.in_process.prefect_to_ourselves", lambda _home: nullcontext())
    yield
    os.environ.clear()
    os.environ.update(before)


def test_a_fault_of_ours_while_a_flow_is_loaded_is_no_fault_of_prefects(
    monkeypatch, tmp_path, prefect_server
):
    monkeypatch.setitem(sys.modules, "flows.deadlines", None)
    with pytest.raises(ImportError):
        run_in_process("sqlite:///nowhere.db", LATER, 1, home=tmp_path)


def test_what_prefect_meets_as_it_starts_is_a_sentence(monkeypatch, tmp_path, prefect_server):
    import prefect

    def broken(**_):
        raise RuntimeError("no port is free")

    monkeypatch.setattr(prefect, "get_client", broken)
    with pytest.raises(NotReady, match=r"Prefect could not start here \(RuntimeError\)") as refused:
        run_in_process("sqlite:///nowhere.db", LATER, 1, home=tmp_path)
    assert "pathways check run" in str(refused.value)


def test_a_fault_of_the_check_is_the_checks_own(monkeypatch, tmp_path, prefect_server):
    from flows import deadlines

    at_once = deadlines.begin_check.with_options(retry_delay_seconds=0)
    monkeypatch.setattr(deadlines, "begin_check", at_once)
    with pytest.raises(deadlines.StepFailed) as failed:
        run_in_process(f"sqlite:///{tmp_path / 'none.db'}", LATER, 1, home=tmp_path)
    assert str(failed.value).startswith("NotReady in begin-check")


def test_a_persons_own_settings_say_nothing_and_an_operators_few_are_kept(monkeypatch, tmp_path):
    monkeypatch.setenv("PREFECT_API_URL", "https://elsewhere.example/api")
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "name:secret")
    made = own_environment(tmp_path, QUIET, kept=("PREFECT_API_AUTH_STRING",))
    assert "PREFECT_API_URL" not in made
    assert made["PREFECT_API_AUTH_STRING"] == "name:secret"
    assert (tmp_path / "prefect").stat().st_mode & 0o077 == 0


def test_the_served_settings_are_those_that_doctor_asks_for():
    made = served(4300)
    assert made["PREFECT_SERVER_API_HOST"] == "127.0.0.1"
    for name in (
        "PREFECT_SERVER_ANALYTICS_ENABLED", "PREFECT_SERVER_UI_V2_ENABLED", "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT", "PREFECT_LOGGING_TO_API_ENABLED",
    ):  # fmt: skip
        assert made[name] == "false"
    assert made["PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED"] == "true"
    assert made["DO_NOT_TRACK"] == "1"


def test_a_server_for_one_run_prints_into_its_log_and_ends_with_the_run(tmp_path, capfd, prefect_tables):
    """What it prints as it is ended in the middle of its own work is no matter of the person at the terminal."""
    prefect_tables(tmp_path / "prefect")
    talkative = own_environment(tmp_path, {**QUIET, "PREFECT_LOGGING_SERVER_LEVEL": "DEBUG"})
    with brief_server(tmp_path, talkative, seconds=180) as api:
        assert answers(api)
        assert api.startswith("http://127.0.0.1:")
    assert not answers(api)
    assert capfd.readouterr() == ("", "")
    log = tmp_path / "prefect" / "brief-server.log"
    assert "prefect.server" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_a_server_that_does_not_start_is_a_sentence_with_the_way_round(tmp_path, capfd):
    broken = own_environment(tmp_path, {**QUIET, "PREFECT_SERVER_DATABASE_CONNECTION_URL": "nonsense://"})
    with pytest.raises(NotReady) as refused, brief_server(tmp_path, broken, seconds=180):
        pytest.fail("it started")
    assert str(refused.value).startswith("The brief-server ended by itself (exit code ")
    assert str(refused.value).endswith("brief-server.log. Without it: pathways check run")
    assert capfd.readouterr() == ("", "")
