"""Amounts arrive in 万元, whatever unit a source uses and wherever it says so; never as another number."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.text.documents import FORM, form, form_rows, p, parts, row, save, tbl
from xl_perf.core.cells.entry import Status
from xl_perf.core.making.rolling import Amounts
from xl_perf.core.model.project import Project
from xl_perf.profiles import load
from xl_perf.service import checking, making

YUAN = {"12.5万元": "5,000,000"}
TITLE = p("道路养护") + p("项目绩效目标表")
NOTE = "注：以上金额单位为元。"


def made(folder: Path, source: Path, amounts: Amounts | None = None) -> making.Made:
    (folder / "新.xlsx").unlink(missing_ok=True)
    return making.new_workbook(str(folder / "新.xlsx"), [str(source)], None, None, load(), amounts)


def only(folder: Path) -> Project:
    (project,) = checking.read(folder / "新.xlsx").projects
    return project


def labelled(changes: dict[str, str]) -> str:
    return form(YUAN | changes)


WORD = {
    "between title and table": TITLE + p("单位：元") + form(YUAN),
    "below several lines": TITLE + p("（2025年度）") + p("填报单位：城关镇") + p("金额单位：元") + p("甲") + form(YUAN),
    "above the title": p("单位：元") + TITLE + form(YUAN),
    "above a table without a title": p("单位：元") + form(YUAN),
    "in a sentence behind": TITLE + form(YUAN) + p(NOTE),
    "in a sentence behind, before another form": TITLE
    + form(YUAN)
    + p(NOTE)
    + p("桥梁")
    + p("项目绩效目标表")
    + form({"道路养护": "桥梁"}),
    "in a cell of the table": TITLE + tbl(row("单位：元"), *form_rows(YUAN)),
    "in a table of its own": TITLE + tbl(row("单位：元")) + form(YUAN),
    "in a table of its own, behind the title's": tbl(row("道路养护项目绩效目标表")) + tbl(row("单位：元")) + form(YUAN),
    "in the labels": TITLE + labelled({"预算数": "预算数（元）", "其中：财政资金": "其中：财政资金（元）"}),
    "in one label": TITLE + labelled({"预算数": "预算数（元）"}),
    "in the label of the part": TITLE + labelled({"预算规模及资金用途": "预算规模及资金用途（单位：元）"}),
    "in the title": p("道路养护项目绩效目标表（单位：元）") + form(YUAN),
    "in the title's cell": tbl(row("道路养护项目绩效目标表（单位：元）"), *form_rows(YUAN)),
    "in the amounts": TITLE + form({"12.5万元": "5,000,000元"}),
}


@pytest.mark.parametrize("body", WORD.values(), ids=WORD)
def test_of_word_documents(body: str, tmp_path: Path) -> None:
    result = made(tmp_path, save(tmp_path / "去年.docx", parts(body)))
    project, *others = checking.read(tmp_path / "新.xlsx").projects
    assert (project.budget.typed, project.fiscal.typed) == (500, 500)
    assert [one.budget.typed for one in others] in ([], [12.5])
    assert (project.heading.value, result.warnings) == ("道路养护", ())
    assert not any("单位：元" in note or "以上金额" in note for note in result.notes)


LINES = ["\t".join(cells) for cells in FORM]
TEXT = {
    "between title and table": ["道路养护项目绩效目标表", "单位：元", *LINES],
    "with blank lines": ["道路养护项目绩效目标表", "", "金额单位：元", "", *LINES],
    "in a row of the table": ["道路养护项目绩效目标表", "\t\t单位：元", *LINES],
    "in the title": ["道路养护项目绩效目标表（单位：元）", *LINES],
    "in a label": ["道路养护项目绩效目标表", *(line.replace("\t预算数\t", "\t预算数（元）\t") for line in LINES)],
    "in a sentence behind": ["道路养护项目绩效目标表", *LINES, NOTE],
    "cells on lines of their own": [
        *("道路养护项目绩效目标表", "", "单位：元", ""),
        *(line for cells in FORM for line in (*(f"\t{cell}" for cell in cells), "")),
    ],
}


@pytest.mark.parametrize("lines", TEXT.values(), ids=TEXT)
def test_of_plain_texts(lines: list[str], tmp_path: Path) -> None:
    source = tmp_path / "去年.txt"
    source.write_text("\n".join(lines).replace("12.5万元", "5000000"), encoding="utf-8")
    made(tmp_path, source)
    assert (only(tmp_path).budget.typed, only(tmp_path).fiscal.typed) == (500, 500)


def test_the_unit_of_one_form_is_not_that_of_the_next(tmp_path: Path) -> None:
    body = TITLE + p("单位：元") + form(YUAN) + p("桥梁项目绩效目标表") + form({"12.5万元": "12.5"})
    made(tmp_path, save(tmp_path / "去年.docx", parts(body)))
    assert [one.budget.typed for one in checking.read(tmp_path / "新.xlsx").projects] == [500, 12.5]


# --- workbooks -----------------------------------------------------------------------------------------------------


def workbook(folder: Path, changes: Mapping[str, object], *above: str) -> Path:
    """`FORM` as somebody's workbook: lines above it, some cells changed."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "道路"
    for line in ("道路养护项目绩效目标表", *above):
        sheet.append([line])
    for cells in FORM:
        sheet.append([changes.get(cell, cell) for cell in cells])
    book.save(folder / "去年.xlsx")
    return folder / "去年.xlsx"


def test_of_a_workbook_with_the_unit_in_the_label(tmp_path: Path) -> None:
    changes = {"预算数": "预算数（元）", "其中：财政资金": "其中：财政资金（元）", "12.5万元": 5000000}
    result = made(tmp_path, workbook(tmp_path, changes))
    assert (only(tmp_path).budget.typed, result.totals.budget) == (500, Decimal(500))
    assert result.notes == (
        f"{tmp_path}/去年.xlsx 工作表“道路”的金额以元计（按标签），已换算成万元",
        "工作表按顺序重新编号：“道路”→01",
    )


def test_of_a_workbook_whose_unit_lines_contradict_each_other(tmp_path: Path) -> None:
    source = workbook(tmp_path, {"12.5万元": 5000}, "单位：元", "金额单位：千元")
    result = made(tmp_path, source)
    budget = only(tmp_path).budget
    assert (budget.typed, budget.status, budget.value) == ("5000（待核对）", Status.UNREADABLE, None)
    assert result.totals.budget == 0
    assert result.totals.note == "合计不含 1 张表里读不出的金额"
    assert result.warnings[0] == (
        f"{source} 工作表“道路”“道路养护”的预算数、财政资金不能确定：表旁的说明写的既有“元”，又有“千元”；"
        "已照“5000（待核对）”的样子写出，不在合计里。请核对后改成万元"
    )


def test_of_a_text_whose_unit_is_contradictory(tmp_path: Path) -> None:
    body = TITLE + p("单位：元") + p("金额单位：千元") + form({"12.5万元": "5000"})
    result = made(tmp_path, save(tmp_path / "去年.docx", parts(body)))
    assert only(tmp_path).budget.typed == "5000（待核对）"
    assert "表1“道路养护”的预算数、财政资金不能确定" in result.warnings[0]


def test_an_unknown_amount_of_last_year_stays_unknown(tmp_path: Path) -> None:
    """Beside the form, where it is kept for comparison, no unit is made up for it either."""
    source = workbook(tmp_path, {"12.5万元": 5000}, "单位：元", "金额单位：千元")
    result = made(tmp_path, source, Amounts.LAST_YEAR)
    sheet = openpyxl.load_workbook(tmp_path / "新.xlsx")["01"]
    beside = [cell.value for cells in sheet.iter_rows() for cell in cells if "上年金额" in str(cell.value)]
    assert "预算数 5000（待核对）" in str(beside[0])
    assert (result.warnings, result.totals.note) == ((), "")


def test_amounts_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    result = made(tmp_path, workbook(tmp_path, {"12.5万元": "八十万左右"}))
    assert only(tmp_path).budget.typed == "八十万左右"
    assert "工作表“道路”“道路养护”的预算数“八十万左右”读不出，不在合计里。请改成数字" in result.warnings[0]
