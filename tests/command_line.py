"""Running commands as people type them, in this process or in one of their own; and workbooks to run them on."""

import os
import subprocess
import sys
from pathlib import Path
from zlib import crc32

import pytest

from xl_perf.cli import main as cli
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
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


def project(name: str, **more: object) -> Project:
    """A project in which only what is given is worth a finding."""
    rows = (
        ("产出", "数量", "数量", "≥3次"),
        ("产出", "质量", "合格率", "≥95%"),
        ("产出", "时效", "时限", "12月底前"),
        ("产出", "成本", "总成本", f"={more.get('budget', '10')}万元"),
        ("效果", "社会效益", "是否改善", "是"),
        ("满意度", "服务对象满意度", "满意度", "≥90%"),
    )
    keys = ("level1", "level2", "level3", "target")
    values = {
        "name": name,
        "heading": name,
        "code": f"1302{crc32(name.encode()):012d}",
        "budget": "10",
        "fiscal": more.get("budget", "10"),
        "purpose": "用于试验。",
        "percents": ["25%", "50%", "75%", "100%"],
        "goals": ["完成试验。"],
        "indicators": [dict(zip(keys, row, strict=True)) | {"basis": "行业标准"} for row in rows],
    }
    return draft.project(**(values | more))  # type: ignore[arg-type]


def write(path: Path, *projects: Project, name: str = "甲办事处") -> Path:
    """A department's workbook."""
    from xl_perf.profiles import load
    from xl_perf.written.template import write_department

    department: Department = draft.department(name=name, year=2023, projects=projects)
    write_department(path, department, load())
    return path


def process(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own, without the coverage tool's hooks."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("COVERAGE", "COV_"))}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=clean | environment, capture_output=True, check=False)
