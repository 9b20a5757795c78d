"""Streams that fail: a full disk, a closed one, one that nobody reads to the end. One sentence, never a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import EXAMPLE, ROOT

PROGRAM = f"{sys.executable} -m xl_perf"
COMMANDS = ["--help", "--version", "rules", f"check {EXAMPLE}", f"check {EXAMPLE} --json"]
FULL = "结果没有显示完：标准输出磁盘空间不足。请换一个输出位置再试。\n"
CLOSED = "结果没有显示完：标准输出已经关闭。请换一个输出位置再试。\n"

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is a Linux matter")


def shell(line: str) -> tuple[int, str, str]:
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_stdout_that_fails(command: str) -> None:
    assert shell(f"{PROGRAM} {command} > /dev/full") == (2, "", FULL)
    assert shell(f"{PROGRAM} {command} >&-") == (2, "", CLOSED)
    assert shell(f"{PROGRAM} {command} >&- 2>&-") == (2, "", "")
    assert shell(f"{PROGRAM} {command} > /dev/full 2>&1") == (2, "", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_goes_away(command: str) -> None:
    status, out, err = shell(f"{PROGRAM} {command} | head -1; exit ${{PIPESTATUS[0]}}")
    assert (status, err) == (0, "")
    assert out.count("\n") == 1


@pytest.mark.parametrize("stream", ["2>/dev/full", "2>&-"])
def test_a_stderr_that_fails(stream: str) -> None:
    """What is said there is lost; the rest is as ever."""
    status, out, _ = shell(f"{PROGRAM} check {EXAMPLE} 没有.xlsx {stream}")
    assert status == 2
    assert "1135.76" in out
    assert shell(f"{PROGRAM} check {EXAMPLE} {stream}")[0] == 0


def test_what_goes_into_a_file_is_written_all_the_same(tmp_path: Path) -> None:
    """Nothing is written into it that was meant for a closed stream."""
    out = tmp_path / "汇总.xlsx"
    assert shell(f"{PROGRAM} consolidate {EXAMPLE} -o {out} >&-") == (2, "", CLOSED)
    with out.open("rb") as file:
        assert file.read(4) == b"PK\x03\x04"
    assert shell(f"{PROGRAM} check {out} 2>&-")[1].startswith("工作簿 0 本")
