"""`inbox`: states and their moves, what is written when a department is sent back, what is refused."""

import re
from pathlib import Path

import docx
import openpyxl
import pytest

from tests import samples
from tests.command_line import Runner, run  # noqa: F401 (a fixture)
from tests.submission.mailed import content, expect, form, mailed
from tests.submission.test_receiving import BOX, rows, total
from tests.validator import Validator
from tests.workbooks import saved
from xl_perf.core.errors import XlPerfError
from xl_perf.core.submitting.states import Move, State, moved

LATER = "2023-06-01T00:00:00"


def received(run: Runner, *more: Path) -> None:  # noqa: F811
    """甲局 without a finding, 乙局 with an error."""
    mailed(Path("来件/甲局.xlsx"), "甲局", form("甲", 10))
    mailed(Path("来件/乙局.xlsx"), "乙局", form("乙", 10, fiscal=9))
    run("receive", "来件", *more, "-o", BOX, "--time", "2023-04-01 08:00")


def states(run: Runner) -> dict[str, str]:  # noqa: F811
    lines = run("inbox", BOX, "list")[1].splitlines()
    cells = [re.split(r"\s{2,}", line) for line in lines]
    return {one[0]: one[1] for one in cells if len(one) > 1 and one[0] != "部门"}


@pytest.mark.parametrize(
    ("state", "move", "wanted"),
    [
        (State.RECEIVED, Move.RETURN, State.RETURNED),
        (State.RECEIVED, Move.APPROVE, State.APPROVED),
        (State.RECEIVED, Move.KEEP, State.RECEIVED),
        (State.RETURNED, Move.KEEP, State.RECEIVED),
        (State.APPROVED, Move.KEEP, State.RECEIVED),
        (State.RETURNED, Move.RETURN, "甲局已经退回"),
        (State.RETURNED, Move.APPROVE, "甲局已经退回，还没有收到新的一版，不能批复"),
        (State.APPROVED, Move.RETURN, "甲局已经批复，不能退回"),
        (State.APPROVED, Move.APPROVE, "甲局已经批复过"),
    ],
)
def test_moves(state: State, move: Move, wanted: State | str) -> None:
    if isinstance(wanted, State):
        assert moved(state, move, "甲局") is wanted
        return
    with pytest.raises(XlPerfError, match=wanted):
        moved(state, move, "甲局")


def test_a_round_of_one_department(run: Runner) -> None:  # noqa: F811
    """已收 → 退回 → 已收 → 已批复, each step with its time and reason."""
    received(run)
    assert states(run) == {"甲局": "已收", "乙局": "已收"}
    status, out, err = run(
        "inbox", BOX, "return", "--all-with-errors", "--reason", "请改", "--time", "2023-04-02 09:30"
    )
    assert (status, err) == (0, "")
    assert out == f"已退回 乙局（1号）：{BOX}/退回/乙局\n退回 1 个部门。\n"
    assert states(run) == {"甲局": "已收", "乙局": "退回"}
    mailed(Path("再来/乙局.xlsx"), "乙局", form("乙", 10), saved=LATER)
    run("receive", "再来", "-o", BOX)
    assert states(run) == {"甲局": "已收", "乙局": "已收"}
    assert run("inbox", BOX, "approve", "乙局", "甲局", "--time", "2023-04-05")[:2] == (
        0,
        "已批复 乙局：3号\n已批复 甲局：2号\n",
    )
    assert states(run) == {"甲局": "已批复", "乙局": "已批复"}
    assert rows("SELECT step, department, year, kind, versions, time, reason FROM steps") == [
        ("退回", "乙局", 2023, "targets", "1", "2023-04-02 09:30:00", "请改"),
        ("批复", "乙局", 2023, "targets", "3", "2023-04-05 00:00:00", ""),
        ("批复", "甲局", 2023, "targets", "2", "2023-04-05 00:00:00", ""),
    ]
    history = run("inbox", BOX, "history", "乙局")[1]
    assert "2023-04-02 09:30:00 退回 1号：请改" in history
    assert "2023-04-05 00:00:00 批复 3号" in history
    assert samples.below(BOX / "收件汇总.xlsx", "经过", "做了什么") == ["退回", "批复", "批复"]
    assert samples.below(BOX / "退回/退回清单.xlsx", "退回清单", "以后") == ["收到 3号"]


def test_what_is_sent_back(run: Runner) -> None:  # noqa: F811
    """A letter with place and remedy of every finding, the findings, a marked copy; 提示 are counted only."""
    received(run)
    run("inbox", BOX, "return", "乙局", "--reason", "金额不平", "--time", "2023-04-02")
    folder = BOX / "退回" / "乙局"
    letter = docx.Document(str(folder / "1号 退回通知.docx"))
    texts = [one.text for one in letter.paragraphs]
    assert texts[:4] == [
        "关于退回2023年预算绩效目标的通知",
        "乙局：",
        "你单位报送的2023年预算绩效目标，经校验有需要修改的地方，现予退回。请按下表修改，并重新校验后报送。",
        "退回理由：金额不平",
    ]
    assert "乙局.xlsx（编号 1号，2023-04-01 08:00:00收到）：项目 1 个，预算数 10 万元；错误 1 个，警告 0 个。" in texts
    assert texts[-1] == "2023年4月2日"
    # What stands above a table, and above the date, is on the same page.
    kept = [one.text for one in letter.paragraphs if one.paragraph_format.keep_with_next]
    assert kept[-2].startswith("乙局.xlsx（编号 1号")
    assert kept[-1].startswith("附件：")
    (table,) = letter.tables
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "位置", "项目栏", "问题", "怎样改"]
    first = [cell.text for cell in table.rows[1].cells]
    assert first[:2] == ["1", "01!C3"]
    assert first[3:] == [
        "预算数 10，财政资金与其他资金合计 9，相差 1 万元",
        "请核对三个金额，改正填错的一个",
    ]
    marked = openpyxl.load_workbook(folder / "1号 标注副本.xlsx")
    assert marked["01"]["C3"].comment is not None
    (found,) = samples.below(folder / "1号 校验结果.xlsx", "明细", "规则")
    assert found == "B303"
    assert samples.below(BOX / "退回/退回清单.xlsx", "退回清单", "以后") == ["还没有收到新的一版"]


def test_wrong_moves_are_refused(run: Runner) -> None:  # noqa: F811
    received(run)
    assert run("inbox", BOX, "approve", "乙局")[2] == (
        "乙局有 1 个错误，没有批复。请先退回修改；确要批复的，请用 --reason 写明理由。\n"
    )
    assert run("inbox", BOX, "approve", "乙局", "--reason", "特批")[0] == 0
    before = content(BOX)
    for command, said in (
        (["return", "乙局"], "乙局已经批复，不能退回"),
        (["approve", "乙局"], "乙局已经批复过"),
        (["approve", "丙局"], "收件箱里没有 丙局 2023 年的工作簿"),
        (["keep", "9", "--reason", "x"], "收件箱里没有 9号"),
        (["keep", "1"], "选定一版要写理由"),
        (["keep", "零", "--reason", "x"], "应为编号"),
        (["return"], "退回哪些部门，没有说清"),
        (["return", "甲局", "--all-with-errors"], "退回哪些部门，没有说清"),
        (["approve", "甲局", "--time", "昨天"], "应为日期和时间"),
        (["list", "甲局"], "多余的参数"),
    ):
        status, out, err = run("inbox", BOX, *command)
        assert (status, out) == (2, ""), command
        assert said in err
    assert content(BOX) == before


def test_what_comes_after_the_approval_does_not_replace_it(run: Runner) -> None:  # noqa: F811
    received(run)
    run("inbox", BOX, "approve", "甲局")
    mailed(Path("再来/甲局.xlsx"), "甲局", form("甲", 70), saved=LATER)
    _, out, _ = run("receive", "再来", "-o", BOX)
    assert total(out) == 20
    assert "批复以后又收到 3号" in out
    assert run("inbox", BOX, "keep", "3", "--reason", "追加预算")[0] == 0
    assert total(run("inbox", BOX)[1]) == 80
    assert states(run)["甲局"] == "已收"


def test_an_older_draft_after_the_return_changes_nothing(run: Runner) -> None:  # noqa: F811
    received(run)
    run("inbox", BOX, "return", "乙局")
    mailed(Path("再来/乙局旧.xlsx"), "乙局", form("乙", 5), saved="2022-01-01T00:00:00")
    _, out, _ = run("receive", "再来", "-o", BOX)
    assert states(run)["乙局"] == "退回"
    assert "退回以后收到的 3号没有计入" in out


def test_the_last_choice_holds(run: Runner) -> None:  # noqa: F811
    for number, amount in enumerate((10, 20, 30), 1):
        mailed(Path(f"来件/{number}稿.xlsx"), "甲局", form("甲", amount), saved=f"2023-03-0{number}T00:00:00")
    _, out, _ = run("receive", "来件", "-o", BOX)
    assert total(out) == 30
    for which, amount in (("1", 10), ("2", 20), ("1", 10)):
        run("inbox", BOX, "keep", which, "--reason", "核对")
        assert total(run("inbox", BOX)[1]) == amount
    mailed(Path("再来/四稿.xlsx"), "甲局", form("甲", 40), saved=LATER)
    assert total(run("receive", "再来", "-o", BOX)[1]) == 40


def test_nothing_to_send_back(run: Runner) -> None:  # noqa: F811
    mailed(Path("甲局.xlsx"), "甲局", form("甲", 10))
    run("receive", "甲局.xlsx", "-o", BOX)
    status, out, _ = run("inbox", BOX, "return", "--all-with-errors")
    assert (status, out) == (0, "没有要退回的：已收的部门都没有错误。\n")
    assert not (BOX / "退回").exists()


def test_names_as_people_type_them(run: Runner) -> None:  # noqa: F811
    """As `check --expect` does: blanks and widths of characters do not count."""
    mailed(Path("甲.xlsx"), "第 1 局（本级）", form("甲", 10))
    run("receive", "甲.xlsx", "-o", BOX, "--expect", expect(Path("名单.xlsx"), ["第１局(本级)"]))
    assert "没有交" not in run("inbox", BOX)[1]
    assert run("inbox", BOX, "approve", "第1局(本级)")[0] == 0


def test_another_time_zone_and_surrogates_in_names(run: Runner) -> None:  # noqa: F811
    name = b"\xff\xfe\xd6\xd0.xlsx".decode("utf-8", "surrogateescape")
    mailed(Path("甲.xlsx"), "甲局", form("甲", 10)).rename(name)
    status, out, err = run("receive", name, "-o", BOX)
    assert (status, err) == (0, "")
    assert total(out) == 10


def test_the_profile_is_remembered(run: Runner) -> None:  # noqa: F811
    """What is sent back is found by the same rules as when it was received."""
    Path("我.toml").write_text('base = "hebei-2023"\n[rules.B303]\noff = "试"\n', "utf-8")
    mailed(Path("来件/乙局.xlsx"), "乙局", form("乙", 10, fiscal=9))
    assert run("receive", "来件", "-o", BOX, "--profile", "我.toml")[0] == 0
    assert run("inbox", BOX, "return", "乙局", "--reason", "试")[0] == 0
    assert "B303" not in samples.below(BOX / "退回/乙局/1号 校验结果.xlsx", "明细", "规则")
    mailed(Path("再来/丙局.xlsx"), "丙局", form("丙", 10, fiscal=9))
    assert run("receive", "再来", "-o", BOX)[0] == 0


def test_the_validator_has_nothing_to_say(run: Runner, validator: Validator) -> None:  # noqa: F811
    """Of both overviews, with names that would be formulas, and of the letter."""
    mailed(Path("来件/=1+1.xlsx"), "=HYPERLINK(1)", form("甲", 10, fiscal=9))
    saved(Path("来件/坏.xlsx"), b"PK\x03\x04 no zip at all")
    run("receive", "来件", "-o", BOX, "--expect", expect(Path("名单.xlsx"), ["丙局"]))
    run("inbox", BOX, "return", "1", "--reason", "=cmd|x")
    written = [BOX / "收件汇总.xlsx", BOX / "退回/退回清单.xlsx"]
    assert len(rows("SELECT * FROM steps")) == 1
    for one in (*written, *BOX.rglob("*退回通知.docx")):
        assert validator.errors(one) == []
    for one in written:
        book = openpyxl.load_workbook(one)
        assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
