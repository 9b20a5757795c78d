"""xl-perf as a process of its own: what it imports, what it does to streams and pipes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import EXAMPLE, ROOT, process

HEAVY = ("pandas", "numpy", "openpyxl", "xlwings", "rich", "xlsxwriter", "hypothesis", "duckdb", "sqlite3")


@pytest.mark.parametrize("command", ["check", "consolidate"])
def test_nothing_heavy_is_imported_for_one_book(command: str, tmp_path: Path) -> None:
    """`check` and `consolidate` on one book do without pandas, openpyxl and xlwings; `check` also without writers."""
    more = ["-o", str(tmp_path / "汇总.xlsx")] if command == "consolidate" else []
    code = (
        "import sys; from xl_perf.cli.main import main\n"
        f"status = main({[command, str(EXAMPLE), *more]!r})\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], status)"
    )
    run = process("-c", code)
    expected = "[]" if command == "check" else "['xlsxwriter']"
    assert run.stdout.decode("utf-8").splitlines()[-1] == f"{expected} 0"


def test_public_names_come_without_their_cost() -> None:
    """`import xl_perf` imports nothing but itself and its version."""
    code = "import sys, typing; before = set(sys.modules); import xl_perf; print(sorted(set(sys.modules) - before))"
    assert process("-c", code).stdout == b"['xl_perf', 'xl_perf.core', 'xl_perf.core.version']\n"


def test_streams_never_fail_on_a_character() -> None:
    """A code page without Chinese: question marks, no traceback; JSON stays UTF-8."""
    run = process("-m", "xl_perf", "check", EXAMPLE, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert run.returncode == 0
    assert b"1135.76" in run.stdout
    assert b"Traceback" not in run.stderr
    run = process("-m", "xl_perf", "check", EXAMPLE, "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert json.loads(run.stdout.decode("utf-8"))["books"][0]["department"] == "高新区三女河办事处"
    run = process("-m", "xl_perf", "check", "没有.xlsx", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert run.returncode == 2
    assert b"Traceback" not in run.stderr


def test_a_closed_pipe_is_no_error() -> None:
    """`xl-perf rules | head -1`."""
    command = f"{sys.executable} -m xl_perf check {EXAMPLE} | head -1"
    run = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert run.stderr == b""
    assert run.stdout.decode("utf-8").count("\n") == 1


def test_modules_of_the_folder_in_which_people_stand_are_not_run(tmp_path: Path) -> None:
    """A docx.py or polars.py among downloads is no module of ours."""
    for name in ("docx", "python_calamine", "xlsxwriter", "secrets", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('somebody else')\n", "utf-8")
    command = [sys.executable, "-m", "xl_perf", "check", str(EXAMPLE)]
    paths = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=paths, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_help_and_version() -> None:
    """One line for each command, in Chinese."""
    out = process("-m", "xl_perf", "--help").stdout.decode("utf-8")
    listed = out.partition("命令:\n")[2].splitlines()
    commands = [
        "new",
        "check",
        "consolidate",
        "publish",
        "monitor",
        "evaluate",
        "tasks",
        "diff",
        "export",
        "pack",
        "receive",
        "inbox",
        "form",
        "rules",
        "template",
        "excel",
        "office",
        "button",
    ]
    assert [line.split()[0] for line in listed] == commands
    assert all(line.startswith("  ") and len(line.split(maxsplit=1)) == 2 for line in listed)
    assert process("-m", "xl_perf", "--version").stdout.startswith(b"xl-perf ")
    assert process("-m", "xl_perf").returncode == 0
