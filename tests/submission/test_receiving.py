"""`receive`: what is in the total, what is not and why, and that nothing is lost."""

import email
import email.policy
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from tests import samples
from tests.command_line import ROOT, Runner, run  # noqa: F401 (a fixture)
from tests.submission.mailed import content, expect, form, mailed
from tests.workbooks import cell, rewritten, row, saved, sheet

TOTAL = re.compile(r"预算数 / 财政资金 / 其他资金合计：(\S+) / (\S+) / (\S+) 万元")
BOX = Path("箱")


def total(said: str) -> Decimal:
    found = TOTAL.search(said)
    assert found is not None, said
    return Decimal(found[1])


def rows(what: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(BOX / "收件.sqlite")
    try:
        return connection.execute(what).fetchall()
    finally:
        connection.close()


def test_a_round(run: Runner) -> None:  # noqa: F811
    """The total is the independent sum; every file is accounted for; who is missing is named."""
    amounts = {f"第{number}办事处": 10 + Decimal(number) / 10 for number in range(1, 8)}
    for name, amount in amounts.items():
        mailed(Path(f"来件/{name}.xlsx"), name, form(f"{name}道路", float(amount)), form(f"{name}桥梁", 5))
    saved(Path("来件/坏了.xlsx"), b"PK\x03\x04 no zip at all")
    saved(Path("来件/封面.docx"), b"text")
    saved(Path("来件/~$第1办事处.xlsx"), b"lock")
    listed = expect(Path("名单.xlsx"), [*amounts, "从不办事处", "第 9 办事处"])
    status, out, err = run("receive", "来件", "-o", BOX, "--expect", listed)
    assert status == 2
    assert total(out) == sum(amounts.values()) + 5 * len(amounts)
    assert "新收工作簿 8 本（1 本没有读入），略过 1 个，锁定文件和系统文件 1 个。" in out
    assert "应交 9 个部门，已交 7 个。" in out
    assert "没有交 2 个（有 1 个文件没有读入，可能是它们的）：从不办事处、第 9 办事处。" in out
    assert "来件/封面.docx" in out
    assert err.startswith("来件/坏了.xlsx：")
    assert rows("SELECT count(*), sum(error <> '') FROM received") == [(8, 1)]
    assert [path for (path,) in rows("SELECT path FROM passed_over")] == ["来件/封面.docx"]
    originals = [path.read_bytes() for path in (BOX / "原件").rglob("*") if path.is_file()]
    assert sorted(originals) == sorted(path.read_bytes() for path in Path("来件").glob("[第坏]*.xlsx"))
    assert samples.below(BOX / "收件汇总.xlsx", "收件汇总", "状态")[:2] == ["没有交", "没有交"]
    said = samples.below(BOX / "收件汇总.xlsx", "没有读入", "文件")
    assert said == ["来件/坏了.xlsx", "来件/封面.docx"]


def test_again_no_byte_changes(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/一.xlsx"), "甲局", form("甲"), version=1)
    mailed(Path("来件/二.xlsx"), "乙局", form("乙", fiscal=99))
    saved(Path("来件/三.xlsx"), b"PK\x03\x04 no zip at all")
    saved(Path("来件/四.docx"), b"text")
    with zipfile.ZipFile("来件/五.zip", "w") as archive:
        archive.write(mailed(Path("丙.xlsx"), "丙局", form("丙")))
        archive.writestr("说明.txt", "…")
    first = run("receive", "来件", "-o", BOX, "--year", "2023")
    run("inbox", BOX, "return", "乙局", "--time", "2023-04-01 09:30")
    before = content(BOX)
    second = run("receive", "来件", "-o", BOX, "--year", "2023")
    assert content(BOX) == before
    assert (first[0], total(first[1])) == (second[0], total(second[1])) == (2, Decimal(30))
    assert "新收工作簿 0 本，收过的同一文件 4 个" in second[1]
    # By another way to the same files, too: they are known by their content and their own names.
    _, out, _ = run("receive", Path("来件").absolute(), "-o", BOX)
    assert "新收工作簿 0 本" in out
    assert rows("SELECT count(*) FROM received") == [(4,)]


def test_doubles_and_versions(run: Runner) -> None:  # noqa: F811
    """The latest counts: by the manifest's number, else by date; the same content counts once."""
    mailed(Path("一/甲局.xlsx"), "甲局", form("甲", 10), version=1, saved="2023-05-01T00:00:00")
    mailed(Path("二/甲局改.xlsx"), "甲局", form("甲", 20), version=2, saved="2023-04-01T00:00:00")
    mailed(Path("一/乙局.xlsx"), "乙局", form("乙", 30), saved="2023-03-01T00:00:00")
    mailed(Path("二/乙局.xlsx"), "乙局", form("乙", 40), saved="2023-03-02T00:00:00")
    shutil.copy("二/乙局.xlsx", "二/乙局（副本）.xlsx")
    assert total(run("receive", "一", "-o", BOX)[1]) == 40
    status, out, _ = run("receive", "二", "-o", BOX)
    assert (status, total(out)) == (0, Decimal(60))
    assert samples.below(BOX / "收件汇总.xlsx", "工作簿", "是否计入") == [
        "没有计入：是 乙局.xlsx（3号） 的前一稿",
        "没有计入：是 甲局改.xlsx（5号） 的前一稿",
        "计入",
        "没有计入：与 乙局.xlsx（3号） 内容相同",
        "计入",
    ]
    _, said, _ = run("inbox", BOX, "history", "甲局")
    assert "是 甲局改.xlsx" in said


def test_sections_of_a_department_all_count(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/甲局一科.xlsx"), "甲局", form("甲", 10))
    mailed(Path("来件/甲局二科.xlsx"), "甲局", form("乙", 20))
    _, out, _ = run("receive", "来件", "-o", BOX)
    assert total(out) == 30
    assert "2 本都计入了" in out


def test_drafts_of_one_date_cannot_be_approved(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10))
    mailed(Path("来件/乙.xlsx"), "甲局", form("甲", 20))
    _, out, _ = run("receive", "来件", "-o", BOX)
    assert total(out) == 30
    assert "分不出先后" in out
    status, _, err = run("inbox", BOX, "approve", "甲局")
    assert status == 2
    assert "请先用 inbox keep 选定一本" in err
    assert run("inbox", BOX, "keep", "1", "--reason", "电话核对")[0] == 0
    assert run("inbox", BOX, "approve", "甲局", "--time", "2023-04-01")[0] == 0
    assert total(run("inbox", BOX)[1]) == 20


def test_a_wrong_year_stays_out_and_is_named(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10))
    mailed(Path("来件/乙.xlsx"), "乙局", form("乙", 10))
    mailed(Path("来件/丙.xlsx"), "丙局", form("丙", 70), year=2022)
    listed = expect(Path("名单.xlsx"), ["甲局", "乙局", "丙局"])
    _, out, _ = run("receive", "来件", "-o", BOX, "--expect", listed)
    assert total(out) == 20
    assert "丙.xlsx（2号）（是 2022 年的，合计的是 2023 年，70 万元）" in out or "2022" in out
    assert "没有交 1 个：丙局（只交了 2022 年的）。" in out
    notes = samples.below(BOX / "收件汇总.xlsx", "收件汇总", "说明")
    assert notes[0] == "只交了 2022 年的"
    assert total(run("inbox", BOX, "--year", "2022", "list")[1]) == 70


def test_what_was_changed_after_packing_replaces_nothing(run: Runner) -> None:  # noqa: F811
    """The changed cell is named; the verified version counts until a person keeps the other one."""
    mailed(Path("一/甲局.xlsx"), "甲局", form("甲", 10), version=1)
    mailed(
        Path("二/甲局.xlsx"), "甲局", form("甲", 10), version=2, saved="2023-06-01T00:00:00", change=("01", "C3", 999)
    )
    run("receive", "一", "-o", BOX)
    _, out, _ = run("receive", "二", "-o", BOX)
    assert total(out) == 10
    assert "2号内容与报送清单不符，没有替换" in out
    assert "01!C3 预算数（现为 999）" in run("inbox", BOX, "history", "甲局")[1]
    reply = email.message_from_bytes((BOX / "回执/甲局/2号 回执.eml").read_bytes(), policy=email.policy.default)
    body = reply.get_body()
    assert body is not None
    assert "01!C3 预算数（现为 999）" in body.get_content()
    assert run("inbox", BOX, "keep", "2")[0] == 2
    assert run("inbox", BOX, "keep", "2号", "--reason", "电话核对过")[0] == 0
    _, out, _ = run("inbox", BOX)
    assert total(out) == 999
    # What comes later, and is what its manifest says, goes on from there.
    mailed(Path("三/甲局.xlsx"), "甲局", form("甲", 30), version=3, saved="2023-07-01T00:00:00")
    assert total(run("receive", "三", "-o", BOX)[1]) == 30


def test_what_has_no_manifest_beside_one_that_has(run: Runner) -> None:  # noqa: F811
    """The later one counts, as everywhere; that it cannot be checked is said."""
    mailed(Path("一/甲局.xlsx"), "甲局", form("甲", 10), version=1)
    mailed(Path("二/甲局.xlsx"), "甲局", form("甲", 20), saved="2023-06-01T00:00:00")
    run("receive", "一", "-o", BOX)
    run("receive", "二", "-o", BOX)
    notes = samples.below(BOX / "收件汇总.xlsx", "收件汇总", "说明")[0]
    assert notes == "计入的 2号没有报送清单，没有计入的 1号有，请核对"


def test_a_changed_one_that_is_alone_counts_and_is_named(run: Runner) -> None:  # noqa: F811
    mailed(Path("甲局.xlsx"), "甲局", form("甲", 10), version=1, change=("01", "C3", 20))
    _, out, _ = run("receive", "甲局.xlsx", "-o", BOX)
    assert total(out) == 20
    assert "1号内容与报送清单不符" in out
    remark = "1 本打包以后改过，与报送清单核对不上，合计按现在的内容（S114）"
    assert remark in out
    assert remark in run("inbox", BOX)[1]
    status, _, err = run("inbox", BOX, "approve", "甲局")
    assert status == 2
    assert "与报送清单不符" in err


def test_a_bomb_is_recorded_and_the_others_are_read(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10))
    bomb = mailed(Path("来件/弹.xlsx"), "乙局", form("乙", 10))
    rewritten(bomb, {"xl/worksheets/sheet2.xml": sheet(row(1, cell("A1", "7" * 400_000_000)))})
    status, out, err = run("receive", "来件", "-o", BOX, "--limit-memory", "500", "--limit-seconds", "10")
    assert (status, total(out)) == (2, Decimal(10))
    assert err.startswith("来件/弹.xlsx：")
    assert rows("SELECT count(*) FROM received WHERE error <> ''") == [(1,)]
    assert (BOX / "回执/没有写部门").is_dir()


def test_what_was_unreadable_and_comes_again_is_no_longer_missing(run: Runner) -> None:  # noqa: F811
    Path("一").mkdir()
    saved(Path("一/甲局.xlsx"), b"PK\x03\x04 no zip at all")
    assert run("receive", "一", "-o", BOX)[0] == 2
    mailed(Path("二/甲局.xlsx"), "甲局", form("甲", 10))
    status, out, _ = run("receive", "二", "-o", BOX)
    assert (status, total(out)) == (0, Decimal(10))
    assert "合计不含" not in out
    assert "没有读入，后来收到同一部门同名的 2号" in out


def test_what_cannot_be_taken_out_is_missing_from_every_total(run: Runner) -> None:  # noqa: F811
    """Also when others of the same name come: 预算.xlsx does not say whose it is."""
    with zipfile.ZipFile("一.zip", "w") as archive:
        archive.writestr("甲/预算.xlsx", mailed(Path("甲.xlsx"), "甲局", form("甲", 10)).read_bytes())
        archive.writestr("../预算.xlsx", b"somebody's")
    saved(Path("预算.xlsx"), b"PK\x03\x04 no zip at all")
    assert run("receive", "一.zip", "预算.xlsx", "-o", BOX)[0] == 2
    Path("二").mkdir()
    mailed(Path("二/预算.xlsx"), "乙局", form("乙", 10))
    status, out, _ = run("receive", "二", "-o", BOX)
    assert (status, total(out)) == (2, Decimal(20))
    assert "合计不含 2 个没有读入的文件" in out
    assert "一.zip!../预算.xlsx" in run("inbox", BOX)[1]


def test_names_never_become_paths(run: Runner) -> None:  # noqa: F811
    with zipfile.ZipFile("包.zip", "w") as archive:
        archive.write(mailed(Path("甲.xlsx"), "../../外面/局:<>|", form("甲", 10)), "深/甲.xlsx")
        archive.write("甲.xlsx", "../../逃.xlsx")
        archive.write(mailed(Path("乙.xlsx"), "CON", form("乙", 10)), "con/乙\u202excod.xlsx")
    Path("甲.xlsx").unlink()
    Path("乙.xlsx").unlink()
    before = {path for path in Path.cwd().parent.rglob("*") if BOX.name not in path.parts}
    _, out, err = run("receive", "包.zip", "-o", BOX)
    run("inbox", BOX, "return", "1", "2", "--reason", "x")
    assert total(out) == 20
    assert "路径不正常" in err
    assert {path for path in Path.cwd().parent.rglob("*") if BOX.name not in path.parts} == before
    names = [path.name for path in BOX.rglob("*")]
    assert not [name for name in names if re.search(r'[\\/:*?"<>|\u202e]', name) or name.lower() == "con"]
    assert rows("SELECT name FROM containers") == [("包.zip",)]


def test_a_workbook_without_a_manifest_and_department(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/某某.xlsx"), None, form("甲", 10))
    _, out, _ = run("receive", "来件", "-o", BOX)
    assert total(out) == 10
    assert "1号没有写部门名称" in out
    status, _, _ = run("inbox", BOX, "return", "1号", "--reason", "请写部门")
    assert status == 0
    assert total(run("inbox", BOX)[1]) == 10


def test_what_somebody_typed_into_the_summary_is_kept(run: Runner) -> None:  # noqa: F811
    mailed(Path("一/甲.xlsx"), "甲局", form("甲", 10))
    run("receive", "一", "-o", BOX)
    samples_edit(BOX / "收件汇总.xlsx")
    edited = (BOX / "收件汇总.xlsx").read_bytes()
    _, out, _ = run("receive", "一", "-o", BOX)
    assert "收件汇总.xlsx 有人改过，原件留作 收件汇总（改过的原件）.xlsx。" in out
    assert (BOX / "收件汇总（改过的原件）.xlsx").read_bytes() == edited


def samples_edit(path: Path) -> None:
    import openpyxl

    workbook = openpyxl.load_workbook(path)
    workbook.worksheets[0]["N5"] = "我写的"
    workbook.save(path)


def test_a_later_list_and_year_are_remembered(run: Runner) -> None:  # noqa: F811
    mailed(Path("来件/甲.xlsx"), "甲局", form("甲", 10), year=2022)
    mailed(Path("来件/乙.xlsx"), "乙局", form("乙", 20))
    run("receive", "来件", "-o", BOX, "--year", "2022", "--expect", expect(Path("名单.xlsx"), ["甲局", "丙局"]))
    _, out, _ = run("receive", "来件", "-o", BOX)
    assert total(out) == 10
    assert "没有交 1 个：丙局。" in out


@pytest.mark.parametrize("what", ["text", "database"])
def test_a_record_that_is_not_ours(run: Runner, what: str) -> None:  # noqa: F811
    BOX.mkdir()
    if what == "text":
        (BOX / "收件.sqlite").write_text("我的笔记，请不要动它。" * 100)
    else:
        connection = sqlite3.connect(BOX / "收件.sqlite")
        connection.execute("CREATE TABLE mine (x)")
        connection.close()
    mailed(Path("甲.xlsx"), "甲局", form("甲", 10))
    before = (BOX / "收件.sqlite").read_bytes()
    status, out, err = run("receive", "甲.xlsx", "-o", BOX)
    assert (status, out) == (2, "")
    assert "不是 xl-perf 的收件记录" in err
    assert (BOX / "收件.sqlite").read_bytes() == before


def test_no_inbox(run: Runner) -> None:  # noqa: F811
    status, _, err = run("inbox", "没有")
    assert (status, err) == (
        2,
        "没有 不是收件箱，里面没有 收件.sqlite。请核对文件夹；收件箱由 xl-perf receive 建立。\n",
    )
    assert not Path("没有").exists()


def started(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "xl_perf", *arguments]
    return subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_two_runs_at_once(run: Runner) -> None:  # noqa: F811
    """Both come to the end; every workbook is there once, and the total is that of all."""
    for number in range(24):
        mailed(Path(f"来件/{number}.xlsx"), f"第{number}办事处", form(f"道路{number}", 10))
    for number in range(24, 30):
        mailed(Path(f"别的/{number}.xlsx"), f"第{number}办事处", form(f"道路{number}", 10))
    both = [started("receive", "来件", "-o", str(BOX)), started("receive", "来件", "别的", "-o", str(BOX))]
    for one in both:
        out, err = one.communicate(timeout=120)
        assert (one.returncode, err.decode()) == (0, ""), out.decode()
    assert rows("SELECT count(*), count(DISTINCT sha256) FROM received") == [(30, 30)]
    assert total(run("inbox", BOX)[1]) == 300
    assert len(samples.below(BOX / "收件汇总.xlsx", "工作簿", "号")) == 30
    assert len(list((BOX / "回执").rglob("*.eml"))) == 30
    assert not list(BOX.rglob(".*"))


def test_sigterm_leaves_a_whole_inbox(run: Runner) -> None:  # noqa: F811
    for number in range(40):
        mailed(Path(f"来件/{number}.xlsx"), f"第{number}办事处", form(f"道路{number}", 10))
    one = started("receive", "来件", "-o", str(BOX))
    while not list((BOX / "回执").rglob("*.eml")) and one.poll() is None:
        pass
    one.terminate()
    _, err = one.communicate(timeout=60)
    assert (one.returncode, err.decode()) == (143, "已中断。没有写完的文件已删去。\n")
    assert not list(BOX.rglob(".*"))
    status, out, _ = run("receive", "来件", "-o", BOX)
    assert (status, total(out)) == (0, Decimal(400))
    assert len(list((BOX / "回执").rglob("*.eml"))) == 40
