"""An inbox as an input: its record decides what counts, so it is refused, and what counts can be written out."""

import zipfile
from pathlib import Path

from tests.command_line import Runner, run  # noqa: F401 (a fixture)
from tests.submission.mailed import form, mailed
from tests.submission.test_receiving import BOX, total
from tests.workbooks import saved

LATER = "2023-06-01T00:00:00"


def box(run: Runner) -> None:  # noqa: F811
    """甲局 of which the former draft was approved, two books of the same file name, one without a department."""
    mailed(Path("来件/甲局.xlsx"), "甲局", form("甲", 10))
    mailed(Path("来件/一/表.xlsx"), "乙局", form("乙", 20))
    mailed(Path("来件/二/表.xlsx"), "乙局", form("丙", 30))
    mailed(Path("来件/无名.xlsx"), None, form("丁", 40))
    mailed(Path("来件/去年.xlsx"), "戊局", form("戊", 500), year=2022)
    run("receive", "来件", "-o", BOX, "--year", "2023")
    run("inbox", BOX, "approve", "甲局")
    mailed(Path("再来/甲局.xlsx"), "甲局", form("甲", 70), saved=LATER)
    run("receive", "再来", "-o", BOX)


_COMMANDS = (
    ("check",),
    ("consolidate", "-o", "汇总.xlsx"),
    ("export", "-o", "表.xlsx"),
    ("publish", "-o", "文本"),
)


def test_it_is_refused(run: Runner) -> None:  # noqa: F811
    """Never read by what files lie in it: the approved draft is the former one."""
    box(run)
    with zipfile.ZipFile("包.zip", "w") as archive:
        for path in BOX.rglob("*"):
            archive.write(path)
    places = [(command, "箱") for command in _COMMANDS]
    places += [(_COMMANDS[0], where) for where in ("箱/", "箱/原件", ".", "箱/*", "包.zip")]
    for (command, *options), where in places:
        status, _, err = run(command, where, *options)
        assert status == 2, (command, where)
        assert "收件箱" in err, (command, where)
        assert "counted -o 文件夹" in err, (command, where)


def test_comparing_refuses_it_too(run: Runner) -> None:  # noqa: F811
    box(run)
    status, _, err = run("diff", BOX, "来件")
    assert status == 2
    assert "counted -o 文件夹" in err


def test_what_counts_is_written_out(run: Runner) -> None:  # noqa: F811
    """The total of what is written out is the inbox's, under the names that people know."""
    box(run)
    status, out, err = run("inbox", BOX, "counted", "-o", "计入")
    assert (status, err) == (0, "")
    assert "已写出计入的 4 本：计入。" in out
    assert "批复以后收到，没有替换已批复的" in out
    written = sorted(path.relative_to("计入").as_posix() for path in Path("计入").rglob("*.xlsx"))
    assert written == ["乙局/表.xlsx", "乙局/表（5号）.xlsx", "无名.xlsx", "甲局/甲局.xlsx"]
    assert Path("计入/甲局/甲局.xlsx").read_bytes() == Path("来件/甲局.xlsx").read_bytes()
    assert total(run("inbox", BOX)[1]) == total(run("check", "计入")[1]) == 100
    assert run("consolidate", "计入", "-o", "汇总.xlsx")[0] == 0
    status, _, err = run("inbox", BOX, "counted", "-o", "计入")
    assert status == 2
    assert "已经有文件" in err
    assert "在收件箱里" in run("inbox", BOX, "counted", "-o", BOX / "计入")[2]


def test_what_is_missing_is_said_with_it(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/甲局.xlsx"), "甲局", form("甲", 10))
    saved(Path("来件/坏.xlsx"), b"PK\x03\x04 no zip at all")
    run("receive", "来件", "-o", BOX)
    status, out, _ = run("inbox", BOX, "counted", "-o", "计入")
    assert status == 2
    assert "没有读入：坏.xlsx（" in out
    assert "合计不含" in out
