"""What is handed to operators: it reads as what it says it is, and says the same as the code."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / "deployments"
ROOT = FOLDER.parent
UNITS = sorted((FOLDER / "systemd").glob("*.service"))
TIMERS = sorted((FOLDER / "systemd").glob("*.timer"))
WRITTEN = [FOLDER / "Dockerfile", FOLDER / "compose.yaml", FOLDER / "nginx.conf", *UNITS, *TIMERS]
OUR_SECRETS = "/etc/pathways"


def read(name):
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


@pytest.mark.prefect
def test_prefects_own_file_says_what_the_timetable_says():
    from flows.timetable import TIMETABLE, ZONE

    told = {
        f"{each['entrypoint'].rpartition('.')[2].replace('_', '-')}/{each['name']}": each
        for each in read("prefect.yaml")["deployments"]
    }
    assert set(told) == {each.full_name for each in TIMETABLE}
    for each in TIMETABLE:
        said = told[each.full_name]
        assert said["entrypoint"] == f"{each.module}.{each.flow}"
        assert said["description"] == each.says
        assert [one["cron"] for one in said.get("schedules", [])] == list(each.crons)
        assert {one["timezone"] for one in said.get("schedules", [])} <= {ZONE}
        alone = {"limit": 1, "collision_strategy": "CANCEL_NEW"} if each.alone else None
        assert said.get("concurrency_limit") == alone
        assert said["work_pool"] == {"name": "pathways"}
        assert set(said.get("parameters", {})) == set(each.parameters)


def all_runs(api):
    """Every run that the server knows; it gives 200 at a time."""
    found = []
    while more := api.read_flow_runs(offset=len(found), limit=200):
        found += more
    return found


@pytest.mark.prefect
def test_everything_is_registered_on_a_pool_any_number_of_times(api, capsys, sqlite_url, monkeypatch):
    from deployments.serve import main
    from flows.timetable import entries
    from models.setup import AtTheKeyboard, fill
    from models.store import open_store
    from pathways.roles import Role
    from tests.casefile import NOW

    monkeypatch.setenv("PATHWAYS_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("PATHWAYS_WORK_POOL", "several-machines")
    with open_store(sqlite_url) as store:
        who = AtTheKeyboard("practice", "C", (Role.COORDINATOR,))
        fill(store, who, authority="sefton", now=NOW, practice_clock=NOW)
    before = {run.id for run in all_runs(api)}
    assert (main(), main()) == (0, 0)
    assert f"{len(entries())} deployments on the pool several-machines" in capsys.readouterr().out
    asked_for = [run for run in all_runs(api) if run.id not in before and not run.auto_scheduled]
    for each in entries():
        made = api.read_deployment_by_name(each.full_name)
        assert made.work_pool_name == "several-machines"
        assert sorted(one.schedule.cron for one in made.schedules) == sorted(each.crons)
        assert made.parameters == each.parameters
        now = [run for run in asked_for if run.deployment_id == made.id]
        assert len(now) == (2 if each.at_start else 0), f"{each.full_name}: at once, and not in the night"
    api.delete_work_pool("several-machines")


@pytest.mark.prefect
def test_registering_where_something_is_missing_says_what_in_a_sentence(api, capsys, tmp_path, monkeypatch):
    """No tables yet, as in new containers; and a server that is not there."""
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from deployments.serve import main
    from tests.postgres import free_port

    monkeypatch.setenv("PATHWAYS_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    assert main() == 10
    assert "pathways init" in capsys.readouterr().err
    nobody = f"http://127.0.0.1:{free_port()}/api"
    with temporary_settings({PREFECT_API_URL: nobody}):
        assert main() == 10
    assert capsys.readouterr().err.startswith(f"Prefect's server at {nobody} does not answer.")


def test_building_the_image_sends_no_secret_and_all_that_it_copies():
    kept = (FOLDER / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in kept, "nothing is sent but what is named"
    named = {each[1:] for each in kept if each.startswith("!")}
    assert not {each for each in named if "secret" in each or each.startswith(".")}
    project = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    papers = {project["project"]["readme"], *project["project"]["license-files"]}
    assert {*wheel, *papers, "requirements.lock", "pyproject.toml", "deployments"} <= named


def test_the_records_key_reaches_whoever_opens_the_records():
    services = read("compose.yaml")["services"]
    opens = {
        name: one for name, one in services.items() if "PATHWAYS_DATABASE_URL" in one.get("environment", {})
    }
    assert set(opens) == {"operator", "register", "worker"}
    for name, one in opens.items():
        assert "pathways-key" in one["secrets"], name
        assert one["environment"]["CREDENTIALS_DIRECTORY"] == "/run/secrets"


def test_only_the_operators_container_may_change_tables_and_none_logs_in_as_a_superuser():
    """The superuser's secret reaches the databases alone; tests/flows/test_containers.py logs in as each."""
    services = read("compose.yaml")["services"]
    holds = {
        secret: {name for name, one in services.items() if secret in one.get("secrets", [])}
        for secret in ("database-admin-password", "operator-password", "service-password", "prefect-password")
    }
    assert holds == {
        "database-admin-password": {"casework-db", "prefect-db"},
        "operator-password": {"casework-db", "operator"},
        "service-password": {"casework-db", "register", "worker"},
        "prefect-password": {"prefect-db", "server"},
    }
    assert services["operator"]["profiles"], "it starts only when it is asked for"


def test_what_the_containers_run_is_a_shell_script_that_reads():
    found = read("compose.yaml")["services"]
    scripts = [
        words[words.index("-ec") + 1].replace("$$", "$")
        for one in found.values()
        for words in (one.get("command"), one.get("entrypoint"))
        if isinstance(words, list) and "-ec" in words
    ]
    scripts += [each.read_text(encoding="utf-8") for each in sorted((FOLDER / "postgresql").glob("*.sh"))]
    assert len(scripts) == 6
    for each in scripts:
        assert subprocess.run(["sh", "-n", "-c", each], check=False).returncode == 0


def test_prefects_database_is_never_the_casework_one():
    services = read("compose.yaml")["services"]
    databases = {name: one for name, one in services.items() if "POSTGRES_DB" in one.get("environment", {})}
    names = {one["environment"]["POSTGRES_DB"] for one in databases.values()}
    assert (len(databases), len(names)) == (2, 2)
    assert "casework-db" not in str(services["server"])
    assert not set(services["server"]["networks"]) & set(services["casework-db"]["networks"])


def test_only_the_proxys_side_of_the_server_is_on_this_machines_loopback():
    services = read("compose.yaml")["services"]
    ports = [port for one in services.values() for port in one.get("ports", [])]
    assert ports == ["127.0.0.1:4200:4200"]


def test_no_secret_stands_in_a_file():
    found = read("compose.yaml")
    used = {each for one in found["services"].values() for each in one.get("secrets", [])}
    assert used == set(found["secrets"])
    for name, one in found["services"].items():
        for variable, value in one.get("environment", {}).items():
            secret = re.search(r"PASSWORD|AUTH|KEY", variable)
            assert not secret or str(value).startswith("/run/secrets/"), f"{name}: {variable}"


@pytest.mark.parametrize("unit", UNITS, ids=[each.name for each in UNITS])
def test_a_unit_is_shut_in_and_gets_its_secrets_as_credentials(unit):
    text = unit.read_text(encoding="utf-8")
    for line in (
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
        "UMask=0077",
    ):
        assert line in text.splitlines()
    assert "LoadCredential=" in text
    assert not re.search(r"^Environment=.*(PASSWORD|AUTH_STRING|://[^/]*:[^/]*@)", text, re.MULTILINE)


def test_what_a_worker_writes_down_of_its_environment_lies_in_memory():
    """Prefect's worker keeps it in a file while a run lasts: tests/flows/test_separate_machines.py finds one."""
    lines = (FOLDER / "systemd" / "pathways-worker@.service").read_text(encoding="utf-8").splitlines()
    assert "RuntimeDirectory=pathways-worker-%i" in lines
    assert "RuntimeDirectoryMode=0700" in lines
    assert "Environment=TMPDIR=%t/pathways-worker-%i" in lines
    workers = [each for name, each in read("compose.yaml")["services"].items() if "worker" in name]
    assert workers
    for each in workers:
        assert each["tmpfs"] == ["/tmp"]
        assert "TMPDIR" not in each["environment"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_systemd_understands_the_units():
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, [*UNITS, *TIMERS])],
        capture_output=True,
        text=True,
        check=False,
    )
    faults = [
        line for line in done.stderr.splitlines() if "is not executable" not in line
    ]  # it is not installed here
    assert not faults


@pytest.mark.parametrize("unit", UNITS, ids=[each.name for each in UNITS])
def test_a_unit_reads_the_credentials_that_it_is_given_and_the_runbook_names_their_files(unit):
    text, runbook = (
        unit.read_text(encoding="utf-8"),
        (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8"),
    )
    given = dict(re.findall(r"^LoadCredential=([\w-]+):(\S+)$", text, re.MULTILINE))
    shell = set(re.findall(r"CREDENTIALS_DIRECTORY/([\w-]+)", text))
    assert shell <= set(given)
    assert set(given) - shell <= {"mail-password", "pathways-key"}, "what the program looks for by itself"
    for file in given.values():
        folder, _, name = file.rpartition("/")
        assert folder == OUR_SECRETS
        assert f"`{name}`" in runbook


def test_what_runs_by_itself_may_write_where_the_papers_have_anchors_and_backups_put():
    said = {
        name: re.findall(r"(/srv/[a-z]+)", (ROOT / "docs" / paper).read_text(encoding="utf-8"))
        for name, paper in (("anchors", "proof.md"), ("backups", "keys-and-backups.md"))
    }
    assert (set(said["anchors"]), set(said["backups"])) == ({"/srv/anchors"}, {"/srv/backups"})
    may = {each.stem: re.findall(r"^ReadWritePaths=(.*)$", each.read_text(), re.MULTILINE) for each in UNITS}
    assert may == {
        "pathways": ["-/srv/anchors"],
        "pathways-backup": ["-/srv/backups"],
        "pathways-server": [],
        "pathways-worker@": ["-/srv/anchors"],
    }


def test_a_backup_is_made_and_tried_each_night_before_the_check():
    timer = (FOLDER / "systemd" / "pathways-backup.timer").read_text(encoding="utf-8")
    assert "OnCalendar=*-*-* 02:30:00 Europe/London" in timer.splitlines()
    assert "Persistent=yes" in timer.splitlines()
    text = (FOLDER / "systemd" / "pathways-backup.service").read_text(encoding="utf-8")
    assert "Type=oneshot" in text.splitlines(), "of others there may be one command only"
    assert re.findall(r"bin/pathways ([a-z ]+)'", text) == ["db backup", "db drill"]


@pytest.mark.prefect
def test_every_variable_that_is_set_is_one_that_somebody_reads():
    from prefect.settings import Settings
    from prefect.settings.legacy import _get_settings_fields

    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("pathways", "models", "flows", "commands", "deployments")
        for path in (ROOT / folder).rglob("*.py")
    )
    ours = set(re.findall(r"PATHWAYS_[A-Z_]+", code))
    assert "PATHWAYS_SHARDS" in ours
    known = ours | set(_get_settings_fields(Settings))
    for path in WRITTEN:
        text = re.sub(r"^\s*#.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert set(re.findall(r"(?:PATHWAYS|PREFECT)_[A-Z0-9_]+", text)) - known == set(), path.name


def test_a_container_is_given_what_it_reads_reaches_whom_it_speaks_to_and_writes_where_it_may():
    composed, image = read("compose.yaml"), (FOLDER / "Dockerfile").read_text(encoding="utf-8")
    services, header = composed["services"], (FOLDER / "compose.yaml").read_text().partition("\nname:")[0]
    user = re.search(r"--uid (\d+) --gid (\d+)", image)
    assert user
    assert f":{user[2]} secrets/*" in header, "who may read them"
    for secret in composed["secrets"]:
        assert re.search(rf"\b{secret}\b", header), f"{secret}: it is not said what is to be made"
    for name, one in services.items():
        words = str(one.get("entrypoint", "")) + str(one.get("command", "")) + str(one["environment"])
        assert set(re.findall(r"/run/secrets/([\w-]+)", words)) <= set(one["secrets"]), name
        for other in re.findall(r"(?:@|http://)([\w-]+):\d", words):
            if other != "127.0.0.1":
                assert set(one["networks"]) & set(services[other]["networks"]), f"{name} to {other}"
        assert set(one["networks"]) <= set(composed["networks"])
        for source, place, *_ in (each.split(":") for each in one["volumes"]):
            assert (FOLDER / source).is_file() if source.startswith(".") else source in composed["volumes"]
            if one.get("read_only"):
                assert place == "/var/lib/pathways"
        if "build" in one:
            assert one["read_only"], name
            assert one["tmpfs"] == ["/tmp"], name
    places = re.findall(r"(?:PATHWAYS_HOME|PREFECT_HOME|PREFECT_UI_STATIC_DIRECTORY)=(\S+)", image)
    assert len(places) == 3
    assert all(each.startswith("/var/lib/pathways") for each in places), "the volume is there"
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", image, re.MULTILINE):
        assert all((ROOT / each).exists() for each in copied.split())


def test_the_proxy_lets_no_page_ask_anybody_else_and_lets_nobody_in_unasked():
    text = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
    assert "connect-src 'self'" in text
    assert "auth_request /oauth2/auth;" in text
    assert text.count("{") == text.count("}")


def test_the_image_takes_nothing_that_the_lock_does_not_know():
    text = (FOLDER / "Dockerfile").read_text(encoding="utf-8")
    steps = re.split(r"&&|\n(?=[A-Z])", text.replace("\\\n", " "))
    installs = [each for each in steps if "pip install" in each]
    assert len(installs) == 4
    for each in installs:
        assert "--require-hashes" in each or "--verify-hashes" in each or "--no-index" in each, each
    assert "USER pathways" in text


@pytest.mark.parametrize(
    "command",
    sorted(
        set(
            re.findall(
                r"`(pathways [a-z-]+(?: [a-z]+)?)",
                (FOLDER.parent / "docs" / "runbook.md").read_text(encoding="utf-8"),
            )
        )
    ),
)
def test_every_command_in_the_runbook_is_one(command):
    from commands.registry import COMMANDS

    assert command.split()[1] in COMMANDS
