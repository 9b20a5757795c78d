"""A run that is killed at any of its writes leaves a whole inbox, and the next one makes it what it was to be.

`make thorough` kills it at every write, `make test` at each third or fourth.
"""

import hashlib
import os
import sqlite3
import sys
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Runner, run  # noqa: F401 (a fixture)
from tests.submission.mailed import content, form, mailed
from tests.thorough import every
from tests.workbooks import saved
from xl_perf.cli import main as cli

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")]
BOX = Path("箱")
_KILLED, _DONE, _FAILED = 137, 0, 99
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.truncate", "os.chmod"}


def killed_at(number: int, *arguments: str) -> bool:
    """Runs a command in a process that dies before its write of this number; false where it has fewer writes.

    A write is a file of the inbox that is opened for writing, moved, made or removed, and a statement of SQLite.
    """
    child = os.fork()
    if child == 0:
        try:
            _die_at(number)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            status = cli.main(list(arguments))
            os._exit(_DONE if status in {0, 1} else _FAILED)
        except BaseException:
            traceback.print_exc()
            os._exit(_FAILED)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {_KILLED, _DONE}
    return code == _KILLED


def _die_at(number: int) -> None:
    own, left = os.getpid(), [number]

    def count() -> None:
        if os.getpid() == own:
            left[0] -= 1
            if left[0] < 0:
                os._exit(_KILLED)

    def look(event: str, values: tuple[Any, ...]) -> None:
        is_change = event in _CHANGES or (event == "open" and isinstance(values[2], int) and values[2] & _WRITING)
        if is_change and BOX.name in Path(str(values[0])).absolute().parts:
            count()

    sys.addaudithook(look)
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def traced(*positional: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*positional, **named)
        connection.set_trace_callback(lambda _: count())
        return connection

    setattr(sqlite3, "connect", traced)  # noqa: B010  # mypy knows its overloads


def whole(box: Path) -> int:
    """The number of workbooks in the record, every one of them with its original; nothing is half written."""
    if not (box / "收件.sqlite").is_file():
        return 0
    connection = sqlite3.connect(box / "收件.sqlite")
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            return 0
        rows = connection.execute("SELECT sha256, suffix FROM received").fetchall()
    finally:
        connection.close()
    for sha256, suffix in rows:
        original = box / "原件" / sha256[:2] / f"{sha256}{suffix}"
        assert hashlib.sha256(original.read_bytes()).hexdigest() == sha256
    for path in box.rglob("[!.]*.xlsx"):
        assert zipfile.is_zipfile(path) or "原件" in path.parts
    return len(rows)


def test_receiving(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/乙.xlsx"), "乙局", form("乙", 10, fiscal=9))
    with zipfile.ZipFile("来件/甲.zip", "w") as archive:
        archive.write(mailed(Path("甲.xlsx"), "甲局", form("甲", 10), version=1))
    saved(Path("来件/说明.docx"), b"text")
    command = ["receive", "来件", "--time", "2023-04-01", "--year", "2023", "-o"]
    run(*command, "全")
    wanted = content(Path("全"))
    number, seen, step = 0, set(), every(16)
    while killed_at(number, *command, str(BOX / str(number))):
        box = BOX / str(number)
        box.mkdir(parents=True, exist_ok=True)
        seen.add(whole(box))
        status, out, err = run(*command, box)
        assert (status, err) == (1, ""), number
        assert "合计：20 / 19 / 0 万元" in out
        found = content(box)
        found.pop("收件.sqlite")
        assert found == {name: digest for name, digest in wanted.items() if name != "收件.sqlite"}, number
        number += step
    assert number > 50
    assert seen == {0, 1, 2}


def test_returning(run: Runner) -> None:  # noqa: F811
    """The step is recorded when everything is written; before that the department is as it was."""
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10, fiscal=9))
    run("receive", "来件", "-o", BOX, "--time", "2023-04-01")
    command = ["inbox", str(BOX), "return", "甲局", "--reason", "请改", "--time", "2023-04-02"]
    number, step = 0, every(9)
    while killed_at(number, *command):
        assert whole(BOX) == 1
        state = "退回" if "，2023年：退回" in run("inbox", BOX, "history", "甲局")[1] else "已收"
        folder = BOX / "退回" / "甲局"
        if state == "退回":
            assert sorted(path.name for path in folder.iterdir() if path.name[0] != ".") == [
                "1号 标注副本.xlsx",
                "1号 校验结果.xlsx",
                "1号 退回通知.docx",
            ]
            run("receive", "来件", "-o", BOX)
            assert (BOX / "退回" / "退回清单.xlsx").is_file()
            break
        number += step
    assert number > 10
