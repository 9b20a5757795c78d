"""Amounts of a form of its own that an officer names in 对照 alone: they have a cell, and are written."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from tests.guides import correct
from xl_perf.core.cells.grid import Scalar
from xl_perf.saved.guides import guide_at
from xl_perf.service.guides import learn_form

__all__ = ["run"]
AMOUNTS = (10, 20.5, 30)
CHOSEN = {"盘子": "项目资金（万元）（栏目）", "年初安排": "财政资金", "上级带帽": "上级资金", "自筹": "单位资金"}


def write(path: Path, amounts: tuple[Scalar, ...] = (), *, total_last: bool = True) -> Path:
    """Headings of amounts in a row, the amounts in the row below; 小计 behind or before them."""
    heads: list[Scalar] = ["年初安排", "上级带帽", "自筹"]
    money: list[Scalar] = [*amounts] or [None] * 3
    total = 60.5 if amounts else None
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "盘子表"
    for cells in (
        ["重点工作资金盘子及考核表"],
        ["项目名称", "修路" if amounts else None, None, None, None],
        ["盘子（万元）", *((*heads, "小计") if total_last else ("小计", *heads))],
        [None, *((*money, total) if total_last else (total, *money))],
        ["年度目标", "修好。" if amounts else None],
        ["一级指标", "二级指标", "三级指标", "指标值", "备注"],
        ["产出指标", "数量指标", *(("里程", "≥5公里") if amounts else (None, None))],
        ["满意度指标", "服务对象满意度指标", *(("村民满意度", "≥90%") if amounts else (None, None))],
    ):
        sheet.append(cells)
    for area in ("A1:E1", "A3:A4", "B2:E2", "B5:E5"):
        sheet.merge_cells(area)
    book.save(path)
    return path


@pytest.mark.parametrize("total_last", [True, False])
def test_amounts_chosen_by_their_headings_are_written(tmp_path: Path, run: Runner, *, total_last: bool) -> None:
    """Below the headings, though nobody marked a cell; what is written is read again."""
    blank = write(tmp_path / "空白表.xlsx", total_last=total_last)
    learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    blank.unlink()
    guide = tmp_path / "样表.xlsx"
    correct(guide, CHOSEN, marks={"E4" if total_last else "B4": "{预算数}"})
    found = guide_at(guide, "样表.xlsx")
    assert not found.faults
    first = 1 if total_last else 2
    cells = {row.key: row.cell for row in found.rows}
    assert [cells[key] for key in ("fiscal", "superior", "own_funds") if key in cells][:1] == [(3, first)]
    source = write(tmp_path / "局.xlsx", AMOUNTS, total_last=total_last)
    folder = tmp_path / "新"
    run("new", folder / "书.xlsx", "--from", source)
    sheet = load_workbook(folder / "书.xlsx")["01"]
    assert [Decimal(str(sheet.cell(4, first + 1 + at).value)) for at in range(3)] == [10, Decimal("20.5"), 30]
    _, out, _ = run("check", folder / "书.xlsx")
    assert "60.5 / 10 / 50.5 万元" in out


def test_an_amount_without_a_cell_is_refused(tmp_path: Path) -> None:
    """Nothing is free right of its label nor below it."""
    blank = write(tmp_path / "空白表.xlsx")
    book = load_workbook(blank)
    book.worksheets[0]["C4"].value = "由财政局填"
    book.save(blank)
    learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    correct(tmp_path / "样表.xlsx", CHOSEN, marks={"E4": "{预算数}"})
    (fault, *_) = guide_at(tmp_path / "样表.xlsx", "样表.xlsx").faults
    assert "没有填写处" in fault.said


def test_a_form_without_second_levels_is_not_asked_for_them(tmp_path: Path, run: Runner) -> None:
    """Rules look at the columns that the form has."""

    def without(path: Path, *, filled: bool) -> Path:
        book = Workbook()
        rows: list[list[Scalar]] = [
            ["项目支出绩效目标表"],
            ["项目名称", "修路" if filled else None],
            ["预算数（万元）", 60.5 if filled else None, "其中：财政拨款", 60.5 if filled else None],
            ["年度目标", "修好。" if filled else None],
            ["一级指标", "三级指标", "指标值"],
            ["产出指标", *(("里程", "≥5公里") if filled else (None, None))],
            ["效益指标", *(("受益村", "≥5个") if filled else (None, None))],
            ["满意度指标", *(("村民满意度", "≥90%") if filled else (None, None))],
        ]
        for cells in rows:
            book.worksheets[0].append(cells)
        book.save(path)
        return path

    blank = without(tmp_path / "空白表.xlsx", filled=False)
    learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    blank.unlink()
    assert not guide_at(tmp_path / "样表.xlsx", "样表.xlsx").faults
    _, out, _ = run("check", without(tmp_path / "局.xlsx", filled=True))
    assert "样表：" in out
    assert "I503" not in out
    assert "I502" not in out


@pytest.mark.parametrize(("years", "used"), [((2024, 2026), 2024), ((2024, 2025), 2025), ((2026, 2027), 2026)])
def test_a_form_holds_from_its_year(tmp_path: Path, run: Runner, years: tuple[int, int], used: int) -> None:
    """Of several the newest that is not from a later year than the book; where none holds, the nearest."""
    blank = write(tmp_path / "空白表.xlsx")
    book = load_workbook(blank)
    book.worksheets[0]["A1"].value = "项目支出绩效目标申报表"
    book.save(blank)
    for year in years:
        guide = tmp_path / f"样表-{year}.xlsx"
        learn_form(str(blank), str(guide))
        correct(guide, CHOSEN, marks={"E4": "{预算数}"})
        book = load_workbook(guide)
        book["对照"]["B6"].value = year
        book.save(guide)
    blank.unlink()
    source = write(tmp_path / "局.xlsx", AMOUNTS)
    book = load_workbook(source)
    book.worksheets[0]["A1"].value = "2025年度项目支出绩效目标申报表"
    book.save(source)
    _, out, _ = run("check", source)
    assert f"样表-{used}（1 本）" in out


def test_sources_below_the_amount_of_a_list_are_asked(tmp_path: Path, run: Runner) -> None:
    """合计 | 财政 | 其他 below 预算金额: each amount is read in its own column."""

    def listed(path: Path, *rows: list[Scalar]) -> Path:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(["部门项目绩效目标汇总表"])
        sheet.append(["单位名称", "项目名称", "预算金额（万元）", None, None, "年度绩效目标", "绩效指标"])
        sheet.append([None, None, "合计", "财政", "其他", None, "一级指标", "二级指标", "三级指标", "指标值"])
        for row in rows:
            sheet.append(row)
        for area in ("A1:J1", "A2:A3", "B2:B3", "C2:E2", "F2:F3", "G2:J2"):
            sheet.merge_cells(area)
        book.save(path)
        return path

    blank = listed(tmp_path / "空白表.xlsx", [None] * 10, ["合计"])
    learned = learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    assert [one[:4] for one in learned.to_check] == ["“财政”", "“其他”"]
    blank.unlink()
    correct(tmp_path / "样表.xlsx", {"财政": "财政资金", "其他": "其他资金"})
    found = guide_at(tmp_path / "样表.xlsx", "样表.xlsx")
    assert not found.faults
    assert {row.key: row.cell for row in found.rows if row.key in {"fiscal", "other"}} == {
        "fiscal": (3, 3),
        "other": (3, 4),
    }
    row: list[Scalar] = ["某校", "资助", 30, None, 30, "办好。", "产出指标", "数量指标", "人数", "≥5人"]
    _, out, _ = run("check", listed(tmp_path / "局.xlsx", row))
    assert "合计：30 / 0 / 30 万元" in out
