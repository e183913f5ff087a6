"""The README shows what the program prints: its commands are run against a fresh practice store and compared.

After a change of a screen: `python tests/test_readme.py` writes the blocks anew; read the difference before you keep it.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```text\n(\$ pathways.*?)^```$", re.MULTILINE | re.DOTALL)


def typed(line: str) -> str:
    """What a command prints on both streams, with its exit code where there is one."""
    from commands.run import run

    screen = io.StringIO()
    with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
        code = run(shlex.split(line)[1:])
    said = "\n".join(each.rstrip() for each in screen.getvalue().strip("\n").split("\n"))
    return f"{said}\n(exit {code})" if code else said


def fresh(block: str) -> str:
    """A block with each of its commands run again."""
    commands = [line.removeprefix("$ ") for line in block.split("\n") if line.startswith("$ pathways")]
    return "\n\n".join(f"$ {line}\n{typed(line)}" for line in commands) + "\n"


def without_times(text: str) -> str:
    """The same on a slow machine."""
    return re.sub(r"\bin (less than a second|[\d.]+ seconds)", "in some time", " ".join(text.split()))


@contextlib.contextmanager
def practice(home: Path) -> Iterator[None]:
    """A practice store in a folder of its own, checked without Prefect."""
    from commands import demo
    from commands.desk import sqlite_url

    kept = dict(os.environ)
    for name in ("PATHWAYS_DATABASE_URL", "FORCE_COLOR"):
        os.environ.pop(name, None)
    os.environ |= {"PATHWAYS_HOME": str(home), "NO_COLOR": "1"}
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            demo.fill_store(sqlite_url("practice"), flow=False)
        yield
    finally:
        os.environ.clear()
        os.environ |= kept


def test_the_first_five_minutes_are_what_is_printed(tmp_path):
    text = README.read_text(encoding="utf-8")
    blocks = BLOCK.findall(text)
    assert len(blocks) >= 5
    with practice(tmp_path / "home"):
        for block in blocks:
            assert without_times(block) == without_times(fresh(block)), (
                "python tests/test_readme.py writes it anew"
            )


def test_what_is_quoted_from_the_files_stands_in_them():
    text = README.read_text(encoding="utf-8")
    source = (ROOT / "pathways" / "child_protection.py").read_text(encoding="utf-8")
    (quoted,) = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert [line for line in quoted.splitlines() if line not in source] == []


def test_the_number_of_rules_is_right():
    from pathways.rulebook import load

    assert f"{len(load().rules())} rules" in README.read_text(encoding="utf-8")


def test_every_link_leads_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def main() -> None:
    """Write the blocks of the README anew."""
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, practice(Path(folder) / "home"):
        text = BLOCK.sub(lambda found: f"```text\n{fresh(found[1])}```", text)
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
