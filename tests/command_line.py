"""Running commands as people type them, in this process or in one of their own; and workbooks to run them on."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from xl_perf.cli import main as cli
from xl_perf.core.model.project import Project

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "workbooks" / "example-2023.xlsx"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Runner":
    monkeypatch.chdir(tmp_path)
    return Runner(capsys)


class Runner:
    """Runs a command in this process: ``status, stdout, stderr``."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        status = cli.main([str(one) for one in arguments])
        out, err = self._capsys.readouterr()
        return status, out, err


def project(name: str, **more: Any) -> Project:
    """The good project under another name, of 10 万元; only what is given is worth a finding."""
    return builders.project(**({"name": name, "budget": "10"} | more))


def write(path: Path, *projects: Project, name: str = "甲办事处") -> Path:
    """A department's workbook."""
    return builders.write(path, builders.department(*projects, name=name))


def process(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own, without the coverage tool's hooks."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("COVERAGE", "COV_"))}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=clean | environment, capture_output=True, check=False)
