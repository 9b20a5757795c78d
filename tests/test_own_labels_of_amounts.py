"""What an office's own form calls its amounts and codes: parts of its own money, columns put in, its own codes."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests import own_sources
from tests.own_headings import FILLED
from tests.own_headings import write as write_headed
from xl_perf.core.cells.entries import amount_entry
from xl_perf.core.checking.check import check
from xl_perf.core.model.department import Department
from xl_perf.profiles import fitting, load
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form


def with_code(folder: Path, code: str) -> Department:
    blank = own_sources.write(folder / "空白表.xlsx")
    _put(blank, {"C3": "项目编号"})
    learn_form(str(blank), str(folder / "样表.xlsx"))
    blank.unlink()
    filled = own_sources.write(folder / "局.xlsx", {own_sources.BUDGET: 130})
    _put(filled, {"C3": "项目编号", "D3": code, "B3": "单位：万元"})
    return read(filled)


def _put(path: Path, cells: dict[str, str | float]) -> None:
    book = load_workbook(path)
    for cell, text in cells.items():
        book.worksheets[0][cell].value = text
    book.save(path)


def test_how_codes_are_made_is_the_affair_of_the_office(tmp_path: Path) -> None:
    """Unless somebody chose a profile, which says it."""
    department = with_code(tmp_path, "JDU-2026-07")
    assert department.projects[0].code.value == "JDU-2026-07"
    assert "F203" not in {one.code for one in check(department, fitting(department))}
    assert "F203" in {one.code for one in check(department, load("hebei-2023"))}


@pytest.mark.parametrize("typed", ["按人均2300.5元测算", "户均5万元", "单价5万元", "标准50元"])
def test_what_one_of_many_costs_is_no_amount(typed: str) -> None:
    assert amount_entry(typed, "表", 0, 0).value is None


def test_an_amount_among_words_is_one() -> None:
    assert amount_entry("需要资金 773 万元", "表", 0, 0).value == Decimal(773)


def test_a_column_put_in_is_named(tmp_path: Path) -> None:
    """As a source it is to go into one of the form's, not into the budget."""
    merges = ("B4:B5", "C4:E4", "F4:G4")
    learn_form(str(write_headed(tmp_path / "空白表.xlsx", merges)), str(tmp_path / "样表.xlsx"))
    (tmp_path / "空白表.xlsx").unlink()
    filled = write_headed(tmp_path / "局.xlsx", merges, {**FILLED, "H5": "债券资金", "H6": 77.5})
    department = read(filled)
    (found,) = [one for one in check(department, fitting(department)) if one.code == "B310"]
    assert found.message.startswith("“债券资金”77.5 没有读")
    assert found.remedy.startswith("是一种资金来源的，请写进表上有的一项")


def test_loans_below_own_money_are_part_of_it(tmp_path: Path) -> None:
    book = Workbook()
    for texts in (
        ["某市项目支出绩效目标申报表"],
        ["项目名称", None, "实施单位"],
        ["（2025年度）", None, None, "单位：万元"],
        ["项目资金", None, "年度资金总额："],
        [None, None, "一、财政拨款"],
        [None, None, "二、自筹资金"],
        [None, None, "　　其中：银行贷款"],
        ["年度目标"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标"],
    ):
        book.worksheets[0].append(texts)
    for area in ("A1:D1", "A4:B7", "B8:D8"):
        book.worksheets[0].merge_cells(area)
    book.save(tmp_path / "空白表.xlsx")
    learned = learn_form(str(tmp_path / "空白表.xlsx"), str(tmp_path / "样表.xlsx"))
    assert learned.to_check == ()
    rows = load_workbook(tmp_path / "样表.xlsx")["对照"].iter_rows(values_only=True)
    assert [row[3] for row in rows if row[0] == "其中:银行贷款"] == ["其中项"]
