"""In which order several processes (pytest -n) take the files of tests: the longest first.

Left to itself pytest-xdist begins with the files that have the most tests. The longest have few, and come last, when
nothing is left to run beside them. Prefect's tests all go to the same process while there is other work for the rest:
loading Prefect and starting its server is dear, and they wait more than they work.
"""

from __future__ import annotations

from typing import Any

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

LONGEST = (
    "faults/test_kills.py",
    "flows/test_service.py",
    "faults/test_broken_disks.py",
    "flows/test_wall_in_browser.py",
    "commands/test_wall.py",
    "flows/test_separate_machines.py",
    "flows/test_automations.py",
    "flows/test_settings.py",
    "flows/test_dashboards.py",
    "flows/test_pool.py",
    "flows/test_deadlines.py",
    "flows/test_messages.py",
    "flows/test_service_login.py",
    "flows/test_containers.py",
    "faults/test_random_kills.py",
    "models/test_letter_templates.py",
    "models/test_letters_of_a_case.py",
    "models/test_importing.py",
    "models/test_as_at_for_ever.py",
    "models/test_any_run_of_moves.py",
    "commands/test_every_form.py",
    "commands/test_drafts.py",
    "models/test_restoring.py",
    "commands/test_board.py",
    "faults/test_server_kills.py",
    "faults/test_clocks.py",
    "test_demo.py",
    "commands/test_db.py",
    "pathways/test_census_size.py",
    "pathways/test_census.py",
    "commands/test_refusals.py",
    "models/test_sealing.py",
    "models/test_row_security.py",
    "models/test_family_of_four.py",
    "models/test_copies.py",
    "commands/test_set_up.py",
    "models/test_as_at.py",
    "models/test_upgrading.py",
    "commands/test_tour.py",
    "test_layers.py",
    "pathways/test_learning.py",
)
"""Files that take seven seconds or more, the longest first; beyond them the number of tests tells well enough."""
PREFECTS = "tests/flows/"


class LongestFirst(LoadFileScheduling):
    """Hands out whole files, in that order."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        self.workqueue.move_to_end(self._next_for(node), last=False)
        super()._assign_work_unit(node)

    def _next_for(self, node: WorkerController) -> str:
        """The file that this process is to take: the longest, but Prefect's only where Prefect is loaded already."""
        longest = sorted(self.workqueue, key=self._place)
        elsewhere = any(
            name.startswith(PREFECTS)
            for other, files in self.assigned_work.items() if other is not node
            for name in files
        )  # fmt: skip
        others = [name for name in longest if not (elsewhere and name.startswith(PREFECTS))]
        return (others or longest)[0]

    def _place(self, name: str) -> tuple[int, int]:
        within = name.removeprefix("tests/")
        known = LONGEST.index(within) if within in LONGEST else len(LONGEST)
        return known, -len(self.workqueue[name])


def scheduler(config: Any, log: Any) -> LongestFirst | None:
    """Ours where files are handed out whole, as in `make test`; otherwise what was asked for."""
    return LongestFirst(config, log) if config.getvalue("dist") == "loadfile" else None
