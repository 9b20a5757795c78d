"""Two groups of amounts with the same labels on an office's form: which is the year's is plain, or it is asked."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from xl_perf.core.cells.grid import Scalar
from xl_perf.service.checking import read
from xl_perf.service.guides import check_form, learn_form

_LABELS = ("合计", "财政拨款", "其他资金")
_WHOLE, _YEAR = (300, 200, 100), (90, 60, 30)


def write(path: Path, heads: Sequence[str], amounts: Sequence[Sequence[Scalar]] = ((), ())) -> Path:
    """The form, with amounts filled in where there are any: two rows with a heading each, and the same labels."""
    book = Workbook()
    sheet = book.worksheets[0]
    is_filled = any(amounts)
    lines: list[list[str | None]] = [
        ["2026年度项目绩效目标表"],
        ["单位：万元"],
        ["项目名称", "公路" if is_filled else None],
        *([head, *(cell for label in _LABELS for cell in (label, None))] for head in heads),
        ["年度目标", "修好公路" if is_filled else None],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出", "数量", *(("里程", "≥5公里") if is_filled else ())],
        ["满意度", "服务对象满意度"],
    ]
    for line in lines:
        sheet.append(line)
    for row, own in enumerate(amounts, 4):
        for column, amount in zip((3, 5, 7), own, strict=False):
            sheet.cell(row, column, float(str(amount)))
    book.save(path)
    return path


def learned(folder: Path, heads: Sequence[str]) -> list[str]:
    """Learns the blank form; what is asked of it."""
    blank = write(folder / "空白表.xlsx", heads)
    asked = learn_form(str(blank), str(folder / "样表.xlsx")).to_check
    blank.unlink()
    return [*asked]


@pytest.mark.parametrize(
    "heads",
    [
        ("项目总投入", "当年投入"),
        ("实施期资金", "年度资金"),
        ("总计", "其中：当年"),
        ("2025—2027年", "2026年"),
    ],
)
def test_the_years_amounts_are_read(heads: Sequence[str], tmp_path: Path) -> None:
    assert learned(tmp_path, heads) == []
    assert check_form(str(tmp_path / "样表.xlsx")).guide.faults == ()
    (project,) = read(write(tmp_path / "局.xlsx", heads, (_WHOLE, _YEAR))).projects
    assert project.kind.learned is not None
    assert [entry.value for _, entry in project.amounts] == [*map(Decimal, _YEAR)]


@pytest.mark.parametrize("heads", [("市本级", "区县"), ("方案一", "方案二"), ("总额", "年度")])
def test_what_is_not_plain_is_asked(heads: Sequence[str], tmp_path: Path) -> None:
    (asked,) = learned(tmp_path, heads)
    assert asked.startswith(f"“{heads[1]}”（几块金额，看不出哪一块是本年的")
    assert check_form(str(tmp_path / "样表.xlsx")).guide.faults


def test_the_same_labels_without_headings_are_a_fault(tmp_path: Path) -> None:
    """Nobody could tell which of the two is the budget."""
    learned(tmp_path, ("项目资金", ""))
    faults = [fault.said for fault in check_form(str(tmp_path / "样表.xlsx")).guide.faults]
    assert len(faults) == len(_LABELS)
    assert all("的同名" in said for said in faults)


def test_what_the_budget_is_made_of_in_its_row_is_asked(tmp_path: Path) -> None:
    """其中：本级支出 and 补助下级 hold money, whatever they are called."""
    book = Workbook()
    for line in (
        ["2026年度项目绩效目标表"],
        ["单位：元"],
        ["项目名称"],
        ["当年预算", None, "其中：本级", None, "下级", None],
        ["年度目标"],
        ["一级指标", "二级指标", "指标名称", "计量单位", "指标性质", "指标值"],
    ):
        book.worksheets[0].append(line)
    book.save(tmp_path / "空白表.xlsx")
    asked = learn_form(str(tmp_path / "空白表.xlsx"), str(tmp_path / "样表.xlsx")).to_check
    assert [one.split("（")[0] for one in asked] == ["“其中:本级”", "“下级”"]


def test_a_label_merged_beside_the_rows_of_amounts_heads_them(tmp_path: Path) -> None:
    """项目预算 beside 合计 and its sources is the label of a part; 政府性基金 is no part of 一般公共预算."""
    book = Workbook()
    sheet = book.worksheets[0]
    for line in (
        ["项目绩效目标表"],
        ["单位：千元"],
        ["项目名称"],
        ["项目预算", "资金性质", "2025年预算数", "2026年预算数"],
        [None, "合计"],
        [None, "一般公共预算资金"],
        [None, "其中：上级补助"],
        [None, "政府性基金"],
        ["绩效目标"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
    ):
        sheet.append(line)
    sheet.merge_cells("A4:A8")
    book.save(tmp_path / "空白表.xlsx")
    asked = learn_form(str(tmp_path / "空白表.xlsx"), str(tmp_path / "样表.xlsx")).to_check
    assert [one.split("（")[0] for one in asked] == ["“2026年预算数”"]
    marked = load_workbook(tmp_path / "样表.xlsx").worksheets[0]
    assert [marked.cell(row, 4).value for row in range(5, 9)] == [
        "{预算数}",
        "{财政资金}",
        "{其中项}",
        "{又一项财政资金}",
    ]


def crossed(path: Path, amounts: Sequence[Scalar] = ()) -> Path:
    """What is paid for in rows, sources in columns, right of a column for all years."""
    book = Workbook()
    sheet = book.worksheets[0]
    for line in (
        ["2026年度项目绩效目标表"],
        ["单位：万元"],
        ["项目名称", "公路" if amounts else None],
        ["资金安排", "支出内容", "项目总投资", "本年度安排资金"],
        [None, None, None, "小计", "一般公共预算", "政府性基金", "单位自筹"],
        [None, "合计", *amounts],
        ["年度目标", "修好公路" if amounts else None],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", *(("里程", "≥5公里") if amounts else ())],
    ):
        sheet.append(line)
    for area in ("A4:A6", "B4:B5", "C4:C5", "D4:G4"):
        sheet.merge_cells(area)
    book.save(path)
    return path


def _confirm(guide: Path) -> None:
    """The officer takes what is proposed."""
    marked = load_workbook(guide)
    for row in marked["对照"].iter_rows(min_row=11):
        if row[7].value == "请核对":
            row[4].value = row[3].value
    marked.save(guide)


def test_the_total_of_the_columns_of_sources_is_the_budget(tmp_path: Path) -> None:
    """项目总投资 stands nearer to the label 合计, and is not the year's."""
    blank = crossed(tmp_path / "空白表.xlsx")
    guide = tmp_path / "样表.xlsx"
    asked = learn_form(str(blank), str(guide)).to_check
    blank.unlink()
    marked = load_workbook(guide)
    assert marked.worksheets[0]["D6"].value == "{预算数}"
    assert [one.split("（")[0] for one in asked] == ["“资金安排”"]
    _confirm(guide)
    (project,) = read(crossed(tmp_path / "局.xlsx", (1200, 320.5, 200, 100, 20.5))).projects
    assert project.budget.value == Decimal("320.5")


def test_a_mark_behind_another_column_is_no_budget(tmp_path: Path) -> None:
    """合计 is called the budget, and its mark stands in 小计: 项目总投资 would be read."""
    blank = crossed(tmp_path / "空白表.xlsx")
    guide = tmp_path / "样表.xlsx"
    learn_form(str(blank), str(guide))
    marked = load_workbook(guide)
    for row in marked["对照"].iter_rows(min_row=11):
        if row[0].value == "小计":
            row[0].value, row[1].value = "合计", "B6"
    marked.save(guide)
    _confirm(guide)
    assert any("会读成它" in fault.said for fault in check_form(str(guide)).guide.faults)


def halves(path: Path, whole: str, amounts: Sequence[int] = ()) -> Path:
    """The amounts for all years beside those of the year, each with its total and its sources."""
    book = Workbook()
    sheet = book.worksheets[0]
    own: list[int | None] = [*amounts] or [None] * 6
    for line in (
        ["2026年度项目绩效目标表"],
        ["单位：万元"],
        ["项目名称", "公路" if amounts else None],
        ["资金安排", whole, own[0], "本年资金", own[3]],
        [None, "其中：财政拨款", own[1], "其中：财政拨款", own[4]],
        [None, "其他资金", own[2], "其他资金", own[5]],
        ["年度目标", "修好公路" if amounts else None],
        ["一级指标", "二级指标", "三级指标", "指标值", "备注"],
        ["产出指标", "数量指标", *(("里程", "≥5公里") if amounts else ())],
    ):
        sheet.append(line)
    sheet.merge_cells("A4:A6")
    book.save(path)
    return path


@pytest.mark.parametrize("typed", ["总投资", "全部投资"])
def test_the_half_of_the_year_is_read(typed: str, tmp_path: Path) -> None:
    """So where the other half is called otherwise in a filled form."""
    blank = halves(tmp_path / "空白表.xlsx", "总投资")
    learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    blank.unlink()
    _confirm(tmp_path / "样表.xlsx")
    assert check_form(str(tmp_path / "样表.xlsx")).guide.faults == ()
    (project,) = read(halves(tmp_path / "局.xlsx", typed, (900, 600, 300, 100, 80, 20))).projects
    assert project.kind.learned is not None
    assert [entry.value for _, entry in project.amounts] == [100, 80, 20]


def test_amounts_that_are_stored_as_text_head_nothing(tmp_path: Path) -> None:
    """A Word table has no other: the halves are told apart as ever."""
    blank = halves(tmp_path / "空白表.xlsx", "总投资")
    learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    blank.unlink()
    _confirm(tmp_path / "样表.xlsx")
    filled = load_workbook(halves(tmp_path / "局.xlsx", "总投资", (900, 600, 300, 100, 80, 20)))
    for cell in ("C4", "C5", "C6", "E4", "E5", "E6"):
        filled.worksheets[0][cell] = str(filled.worksheets[0][cell].value)
    filled.save(tmp_path / "局.xlsx")
    (project,) = read(tmp_path / "局.xlsx").projects
    assert [entry.value for _, entry in project.amounts] == [100, 80, 20]
