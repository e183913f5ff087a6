"""What doctor says of Prefect: each setting that must be so, and a service that is not there."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from flows.hardening import look, wrong_settings
from flows.service import READY

OURS = "sqlite:////home/x/practice.db"


def settings(**changed):
    """A server's settings, all as they must be but for those given, as `api__host=...`."""
    made = {
        "analytics_enabled": False,
        "api": {
            "host": "127.0.0.1", "auth_string": None, "csrf_protection_enabled": True,
            "cors_allowed_origins": "http://127.0.0.1:4200",
        },
        "ui": {"v2_enabled": False, "show_promotional_content": False},
        "services": {"db_vacuum": {"enabled": ["events", "flow_runs"]}},
    }  # fmt: skip
    for path, value in changed.items():
        *folders, last = path.split("__")
        at = made
        for each in folders:
            at = at[each]
        at[last] = value
    return made


def test_all_as_it_must_be():
    assert list(wrong_settings(settings())) == []


@pytest.mark.parametrize(
    ("changed", "fix"),
    [
        ({"analytics_enabled": True}, "PREFECT_SERVER_ANALYTICS_ENABLED=false"),
        ({"ui__v2_enabled": True}, "PREFECT_SERVER_UI_V2_ENABLED=false"),
        ({"ui__show_promotional_content": True}, "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT=false"),
        ({"api__csrf_protection_enabled": False}, "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED=true"),
        ({"api__cors_allowed_origins": "*"}, "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS=its own address"),
        ({"api__host": "0.0.0.0"}, "PREFECT_SERVER_API_AUTH_STRING"),
        ({"services__db_vacuum__enabled": ["events"]}, "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED=events,flow_runs"),
    ],
)  # fmt: skip
def test_each_that_is_not_is_named_with_what_puts_it_right(changed, fix):
    ((_, said),) = wrong_settings(settings(**changed))
    assert said == fix


def test_open_to_the_network_behind_a_secret_is_fine():
    assert list(wrong_settings(settings(api__host="0.0.0.0", api__auth_string="****"))) == []


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING", "PREFECT_SERVER_DATABASE_CONNECTION_URL"):
        monkeypatch.delenv(name, raising=False)


def test_a_service_that_is_not_there_is_no_fault(tmp_path):
    (only,) = look(tmp_path, OURS)
    assert only.ok
    assert "pathways serve" in only.found


def serving(folder, told):
    """A server that says these settings, and the address written down where doctor finds it."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"server": told}).encode())

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    folder.mkdir(mode=0o700)
    (folder / READY).write_text(f"http://127.0.0.1:{server.server_port}/api")
    return server


def test_the_running_server_is_asked(tmp_path):
    server = serving(tmp_path / "prefect", settings(analytics_enabled=True))
    folder, service = look(tmp_path, OURS)
    assert folder.ok
    assert (service.ok, service.fix) == (False, "PREFECT_SERVER_ANALYTICS_ENABLED=false")
    server.shutdown()
    server.server_close()
    assert "does not answer" in list(look(tmp_path, OURS))[-1].found


def test_a_folder_that_others_may_look_into(tmp_path):
    (tmp_path / "prefect").mkdir(mode=0o755)
    (tmp_path / "prefect").chmod(0o755)
    folder, _ = look(tmp_path, OURS)
    assert not folder.ok


def test_prefects_tables_in_the_casework_database(tmp_path, monkeypatch):
    monkeypatch.setenv("PREFECT_SERVER_DATABASE_CONNECTION_URL", "postgresql+asyncpg://p@db/casework")
    tables, _ = look(tmp_path, "postgresql+psycopg://c@db/casework")
    assert not tables.ok


def test_an_address_far_away_is_encrypted(tmp_path, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.invalid/api")
    assert [each.name for each in look(tmp_path, OURS) if not each.ok] == ["Service's address", "Service"]
