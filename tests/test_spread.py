"""Several processes take the longest files first, and Prefect's all go to one of them."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import pytest

from tests.spread import LONGEST, LongestFirst, scheduler

HERE = Path(__file__).parent


class _Node:
    """A process that only remembers which tests it was given."""

    shutting_down = False

    def __init__(self):
        self.given = []

    def send_runtest_some(self, numbers):
        self.given += numbers

    def shutdown(self):
        self.shutting_down = True


@pytest.fixture
def settings(pytestconfig, monkeypatch):
    """pytest's settings as they are with `-n 2 --dist loadfile`."""
    monkeypatch.setattr(pytestconfig.option, "tx", ["2*popen"])
    monkeypatch.setattr(pytestconfig.option, "dist", "loadfile")
    return pytestconfig


@pytest.fixture
def two(settings):
    """A scheduler with two processes, and what puts files of so many tests before them."""

    def over(**files):
        made, nodes = LongestFirst(settings), [_Node(), _Node()]
        tests = [
            f"tests/{name.replace('__', '/')}.py::test_{number}"
            for name, count in files.items()
            for number in range(count)
        ]
        made.workqueue = OrderedDict()
        for test in tests:
            made.workqueue.setdefault(made._split_scope(test), {})[test] = False
        for node in nodes:
            made.add_node(node)
            made.registered_collections[node] = tests

        def taken(node):
            made._assign_work_unit(nodes[node])
            return tests[nodes[node].given[-1]].partition("::")[0].removeprefix("tests/").removesuffix(".py")

        return taken

    return over


def test_every_file_that_is_named_as_long_is_there():
    assert [name for name in LONGEST if not (HERE / name).is_file()] == []
    assert len({*LONGEST}) == len(LONGEST)


def test_what_is_long_comes_before_what_has_many_tests(two):
    taken = two(models__test_few=2, faults__test_random_kills=1, models__test_many=5, faults__test_kills=1)
    assert [taken(0) for _ in range(4)] == [
        "faults/test_kills", "faults/test_random_kills", "models/test_many", "models/test_few",
    ]  # fmt: skip


def test_prefects_tests_stay_with_the_process_that_began_them(two):
    taken = two(flows__test_service=1, faults__test_kills=1, models__test_many=3, flows__test_pool=2)
    assert taken(0) == "faults/test_kills"
    assert taken(1) == "flows/test_service"
    assert taken(0) == "models/test_many", "and not test_pool, which is longer"
    assert taken(1) == "flows/test_pool"


def test_where_nothing_else_is_left_nobody_is_idle(two):
    taken = two(flows__test_service=1, flows__test_pool=2)
    assert [taken(0), taken(1)] == ["flows/test_service", "flows/test_pool"]


def test_another_way_to_spread_tests_is_left_as_it_was_asked_for(settings, monkeypatch):
    assert isinstance(scheduler(settings, None), LongestFirst)
    monkeypatch.setattr(settings.option, "dist", "worksteal")
    assert scheduler(settings, None) is None
