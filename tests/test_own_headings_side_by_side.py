"""Headings of amounts side by side on an office's own form, the amounts below them: each is read, or asked."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from tests.guides import correct
from xl_perf.saved.guides import guide_at
from xl_perf.service.guides import learn_form

__all__ = ["run"]
Cells = Sequence[str | int | float | None]
_HEADS = ("总计", "一般公共预算", "政府性基金预算", "中央转移支付", "地方债券", "单位资金")
_ASKED = ("中央转移支付", "地方债券")


def write(path: Path, rows: Sequence[Cells], merges: Sequence[str] = (), title: str = "项目绩效目标批复表") -> Path:
    """A workbook with one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    for at, cells in enumerate([[title], ["单位：千元"], *rows], 1):
        for column, typed in enumerate(cells, 1):
            sheet.cell(at, column).value = typed
    for area in ("A1:G1", "A2:G2", *merges):
        sheet.merge_cells(area)
    book.save(path)
    return path


def below(*, filled: bool) -> list[Cells]:
    """What stands below the amounts."""
    own: list[Cells] = [["里程", "≥5公里"], ["村民满意度", "≥90%"]] if filled else [[None, None]] * 2
    return [
        ["总体绩效目标", "修好。" if filled else None],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", *own[0]],
        ["满意度指标", "服务对象满意度指标", *own[1]],
    ]


def one_row(path: Path, amounts: Cells = (), plan: Cells = ()) -> Path:
    """Some headings that every kind knows, two that none does, and perhaps a plan by quarters."""
    quarters: list[Cells] = (
        [["分季支出进度（%）", "一季度", "二季度", "三季度", "四季度"], [None, *plan]] if plan else []
    )
    rows: list[Cells] = [
        ["项目名称", "修路" if amounts else None],
        ["预算资金情况", *_HEADS],
        [None, *amounts],
        *quarters,
        *below(filled=bool(amounts)),
    ]
    first = 3 + len(rows) - 4
    merges = ["B3:G3", "A4:A5", *(["A6:A7"] if plan else []), f"B{first}:G{first}"]
    return write(path, rows, merges)


def guide_of(blank: Path) -> tuple[Path, dict[str, str]]:
    """The 样表 of a blank form, which goes, and what every label was taken for and how sure."""
    guide = blank.with_name("样表.xlsx")
    learn_form(str(blank), str(guide))
    blank.unlink()
    rows = load_workbook(guide)["对照"].iter_rows(min_row=11, max_col=8, values_only=True)
    return guide, {str(row[0]): f"{row[3] or ''} {row[7]}".strip() for row in rows}


def test_unknown_headings_among_amounts_are_asked(tmp_path: Path, run: Runner) -> None:
    """They stand in 对照, are no content to be cleared, and are read and written as they are chosen."""
    guide, taken = guide_of(one_row(tmp_path / "空白表.xlsx"))
    assert [taken[one] for one in _ASKED] == ["请核对"] * 2
    assert any("中央转移支付" in fault.said for fault in guide_at(guide, "样表.xlsx").faults)
    correct(guide, dict.fromkeys(_ASKED, "又一项财政资金"))
    assert not guide_at(guide, "样表.xlsx").faults
    source = one_row(tmp_path / "局.xlsx", (1000, 400, 100, 200, 100, 200))
    _, out, _ = run("check", source)
    assert "100 / 80 / 20 万元" in out
    assert "没有发现问题" in out or "B310" not in out
    run("new", tmp_path / "新" / "书.xlsx", "--from", source)
    sheet = load_workbook(tmp_path / "新" / "书.xlsx")["01"]
    assert [sheet.cell(5, column).value for column in range(2, 8)] == [1000, 400, 100, 200, 100, 200]


@pytest.mark.parametrize("is_one_plan", [True, False])
def test_quarters_are_asked(tmp_path: Path, run: Runner, *, is_one_plan: bool) -> None:
    """Shares of each quarter are no plan that adds up; chosen not to be read they are no amounts either."""
    blank = one_row(tmp_path / "空白表.xlsx", plan=(None,) * 4)
    guide, taken = guide_of(blank)
    names = dict(zip(("一季度", "二季度", "三季度", "四季度"), (3, 6, 9, 12), strict=True))
    assert [taken[one] for one in names] == [f"{month}月底 请核对" for month in names.values()]
    chosen = {one: f"{month}月底" if is_one_plan else "不读" for one, month in names.items()}
    correct(guide, chosen | dict.fromkeys(_ASKED, "又一项财政资金"))
    assert not guide_at(guide, "样表.xlsx").faults
    plan = (10, 30, 60, 100) if is_one_plan else (10, 20, 30, 40)
    _, out, _ = run("check", one_row(tmp_path / "局.xlsx", (1000, 400, 100, 200, 100, 200), plan))
    assert "100 / 80 / 20 万元" in out
    assert ("累计支出计划" in out) is is_one_plan
    assert "P404" not in out
    assert "S102" not in out


def two_rows(path: Path, amounts: Cells = ()) -> Path:
    """总计 and 单位资金 merged over two rows, 财政拨款 over its parts; the amounts stand in the row below both."""
    rows: list[Cells] = [
        ["项目名称", "修路" if amounts else None],
        ["预算资金情况", "总计", "财政拨款", None, None, "单位资金"],
        [None, None, "小计", "一般公共预算", "政府性基金预算"],
        [None, *amounts],
        *below(filled=bool(amounts)),
    ]
    return write(path, rows, ["B3:G3", "A4:A6", "B4:B5", "C4:E4", "F4:F5", "B7:G7"])


def test_headings_of_two_rows(tmp_path: Path, run: Runner) -> None:
    """Amounts are filled in below both rows; the parts of 财政拨款 are asked, and count once."""
    guide, taken = guide_of(two_rows(tmp_path / "空白表.xlsx"))
    parts = ("一般公共预算", "政府性基金预算")
    assert [taken[one] for one in parts] == ["又一项财政资金 请核对"] * 2
    correct(guide, dict.fromkeys(parts, "其中项"))
    found = guide_at(guide, "样表.xlsx")
    assert not found.faults
    cells = {row.label: row.cell for row in found.rows}
    assert [cells[one] for one in ("总计", "财政拨款", *parts, "单位资金")] == [(5, at) for at in range(1, 6)]
    source = two_rows(tmp_path / "局.xlsx", (1000, 800, 700, 100, 200))
    _, out, _ = run("check", source)
    assert "100 / 80 / 20 万元" in out
    run("new", tmp_path / "新" / "书.xlsx", "--from", source)
    sheet = load_workbook(tmp_path / "新" / "书.xlsx")["01"]
    assert [sheet.cell(6, column).value for column in range(2, 7)] == [1000, 800, 700, 100, 200]


def listed(path: Path, *rows: Cells) -> Path:
    """A list whose project columns are merged over both rows of its header."""
    heads: list[Cells] = [
        ["部门名称：" + ("某局" if rows else "")],
        ["序号", "预算单位", "项目名称", "项目资金", None, None, None, "年度绩效目标", "绩效指标"],
        [
            *[None] * 3,
            "合计",
            "一般公共预算",
            "政府性基金",
            "单位资金",
            None,
            "一级指标",
            "二级指标",
            "三级指标",
            "指标值",
        ],
    ]
    merges = ["A3:G3", *(f"{column}4:{column}5" for column in "ABCH"), "D4:G4", "I4:L4"]
    return write(path, [*heads, *(rows or [[None] * 12]), ["合计"]], merges, "部门预算项目绩效目标情况表")


def test_a_further_source_of_a_list_counts(tmp_path: Path, run: Runner) -> None:
    """政府性基金 beside 一般公共预算; 预算单位 is told from the department above the list."""
    guide, taken = guide_of(listed(tmp_path / "空白表.xlsx"))
    assert taken["政府性基金"] == "又一项财政资金 确定"
    assert taken["预算单位"] == "实施单位 确定"
    assert not guide_at(guide, "样表.xlsx").faults
    first: Cells = [1, "一中", "修路", 1000, 500, 300, 200, "修好。", "产出指标", "数量指标", "里程", "≥5公里"]
    _, out, _ = run("check", listed(tmp_path / "局.xlsx", first))
    assert "100 / 80 / 20 万元" in out
    assert "B303" not in out
    run("new", tmp_path / "新" / "书.xlsx", "--from", tmp_path / "局.xlsx")
    sheet = load_workbook(tmp_path / "新" / "书.xlsx")["项目清单"]
    assert [sheet.cell(6, column).value for column in range(2, 8)] == ["一中", "修路", 1000, 500, 300, 200]
