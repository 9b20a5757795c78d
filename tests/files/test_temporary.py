"""What killed runs leave behind, and who takes it away."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.command_line import EXAMPLE, ROOT
from xl_perf.files import crash_log, temporary
from xl_perf.files.output import replacing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="elsewhere only age tells")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of its own, which nobody has looked through yet."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    temporary.sweep.cache_clear()
    return folder


def ended_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def named(start: str, process: int, suffix: str = "") -> str:
    return f"{start}{process}-{temporary._machine()}-0123abcd{suffix}"


def test_what_a_killed_run_left_is_taken_away(place: Path) -> None:
    """Files and folders of processes that have ended; neither those of running ones nor anybody else's."""
    gone, here = ended_process(), os.getpid()
    (place / named("xl-perf-office-", gone) / "user").mkdir(parents=True)
    (place / named("xl-perf-zip-", here)).mkdir()
    others = ["xl-perf-abc.lock", "xl-perf-notes", "xl-perf-0123456789.log", named("xl-perf-book-", here)]
    for name in others[:3]:
        (place / name).touch()
    with temporary.folder("book") as folder:
        assert sorted(path.name for path in place.iterdir()) == sorted(
            [*others[:3], named("xl-perf-zip-", here), folder.name]
        )
    assert not folder.exists()


def test_unfinished_outputs_are_taken_away(tmp_path: Path) -> None:
    gone = named(".xl-perf-", ended_process(), ".xlsx")
    old, young = ".xl-perf-0123456789ab.xlsx", ".xl-perf-0123456789ac.xlsx"  # of version 0.1
    elsewhere = ".xl-perf-99999999-zzzz-01234567.xlsx"
    for name in (gone, old, young, elsewhere):
        (tmp_path / name).touch()
    week_ago = time.time() - 7 * 24 * 3600
    os.utime(tmp_path / old, (week_ago, week_ago))
    with replacing(tmp_path / "汇总.xlsx") as output:
        output.temp.write_text("新")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"tmp", "汇总.xlsx", young, elsewhere}


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="programs are found on Linux only")
@pytest.mark.parametrize(("option", "ends"), [("--headless", True), ("--window", False)])
def test_programs_that_a_killed_run_left_are_ended(place: Path, option: str, ends: bool) -> None:
    """Unless somebody may be at work in their window."""
    folder = place / named("xl-perf-office-", ended_process())
    folder.mkdir()
    command = [sys.executable, "-c", "import time; print(flush=True); time.sleep(60)", f"-env:User={folder}", option]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        temporary.sweep(place)
        try:
            assert folder.exists() is not ends
            if ends:
                assert process.wait(10) == -signal.SIGKILL
        finally:
            process.kill()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_signals_end_a_run_that_cleans_up(place: Path, tmp_path: Path, number: int, status: int) -> None:
    """In the middle of writing; not a traceback, not a file."""
    code = (
        "import os, sys, time\n"
        "from xl_perf.cli import main\n"
        "from xl_perf.written import report\n"
        "def wait(self, *_):\n"
        "    print('now', flush=True)\n"
        "    time.sleep(60)\n"
        "report.Report.add = wait\n"
        "sys.exit(main.main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", code, "check", str(EXAMPLE), "--report", str(tmp_path / "报告.xlsx")]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "now\n"
        assert len(list(tmp_path.glob(".xl-perf-*"))) == 1
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (status, "已中断。没有写完的文件已删去。\n")
    assert [path.name for path in tmp_path.iterdir()] == ["tmp"]
    assert list(place.iterdir()) == []


def test_logs_are_pruned(place: Path) -> None:
    """The latest ones stay."""
    paths = []
    for number in range(30):
        paths.append(Path(crash_log.logged(RuntimeError(str(number)))))
        os.utime(paths[-1], (number, number))
    last = Path(crash_log.logged(RuntimeError("x")))
    assert set(place.iterdir()) == {last, *paths[-19:]}


def test_a_log_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Still one sentence."""

    def fails(error: BaseException) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(crash_log, "logged", fails)
    assert crash_log.sentence_on(ValueError()).startswith("程序内部出错（ValueError），详情也没有写成")
