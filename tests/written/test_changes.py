"""The workbook of `diff`: totals, departments, projects, values with links to the new book, what was left out."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.command_line import EXAMPLE, project, write
from tests.departments import odd, states
from tests.office import Office
from tests.samples import shown_sheets, values
from tests.validator import Validator
from xl_perf import profiles
from xl_perf.files.inputs import own_kind
from xl_perf.service import comparing
from xl_perf.written.template import write_department


def compared(tmp_path: Path, old: Path, new: Path) -> Path:
    sides = comparing.given(str(old), str(new))
    out = tmp_path / "变动表.xlsx"
    comparing.write_changes(str(out), comparing.compare(sides).difference, sides)
    return out


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """One project dearer, one gone, one new with a name like a formula; a file that cannot be read."""
    for folder in ("原", "现 #1"):
        (tmp_path / folder).mkdir()
    old, new = tmp_path / "原", tmp_path / "现 #1"
    write(old / "甲.xlsx", project("一一", budget="10.1"), project("二二", budget="7"))
    write(new / "甲'新.xlsx", project("一一", budget="12.2"), project("=SUM(A1)", budget="3.5"))
    (new / "坏.xlsx").write_bytes(b"PK\x03\x04")
    return compared(tmp_path, old, new)


def rows(path: Path, sheet: str) -> list[list[Any]]:
    return values(path, sheet)[3:]


def test_the_overview_has_both_totals(changed: Path) -> None:
    found = values(changed, "变动总览")
    by_label = {row[0]: row[1:4] for row in found if row[0]}
    assert by_label["项目数"] == [2, 2, 0]
    assert by_label["预算数（万元）"] == [17.1, 15.7, -1.4]
    assert by_label["甲办事处"] == [17.1, 15.7, -1.4]
    assert any("差额可能不准：有 1 处" in str(row[0]) for row in found)
    assert own_kind(changed) == "changes"


def test_a_row_for_each_project(changed: Path) -> None:
    found = {row[2]: (row[0], *row[5:8]) for row in rows(changed, "项目")}
    assert found == {
        "=SUM(A1)": ("新增", None, 3.5, 3.5),
        "一一": ("改动", 10.1, 12.2, 2.1),
        "二二": ("删去", 7, None, -7),
    }


def test_the_differences_of_a_field_add_up(changed: Path) -> None:
    """Amounts are numbers, so that people can add them up."""
    of_budget = [row for row in rows(changed, "明细") if row[3] == "预算数"]
    assert round(sum(row[6] for row in of_budget), 6) == -1.4
    assert [row[4:6] for row in of_budget if row[0] == "改动"] == [[10.1, 12.2]]


def test_links_lead_to_the_new_book(changed: Path, tmp_path: Path) -> None:
    """Those of what is gone to the old one; a # in a path no link can have."""
    sheet = openpyxl.load_workbook(changed)["项目"]
    links = {sheet.cell(row, 3).value: (sheet.cell(row, 4).value, sheet.cell(row, 5).value) for row in range(4, 7)}
    assert links["二二"] == ("原/甲.xlsx", '=HYPERLINK(D6&"#\'02\'!E2","02!E2")')
    assert links["一一"] == ("现 #1/甲'新.xlsx", "01!E2")
    (tmp_path / "现 #1").rename(tmp_path / "现")
    sheet = openpyxl.load_workbook(compared(tmp_path, tmp_path / "原", tmp_path / "现"))["明细"]
    (row,) = [row for row in range(4, sheet.max_row + 1) if sheet.cell(row, 4).value == "预算数"][1:2]
    assert sheet.cell(row, 9).value == f'=HYPERLINK(H{row}&"#\'01\'!C3","01!C3")'
    assert sheet.cell(row, 8).value == "现/甲'新.xlsx"


def test_what_was_not_compared_stands_on_a_sheet(changed: Path, tmp_path: Path) -> None:
    (row,) = rows(changed, "没有比的")
    assert row[:2] == ["现", "现 #1/坏.xlsx"]
    assert row[4] == "现合计不含它的金额，差额可能偏小"
    assert shown_sheets(changed) == ["变动总览", "项目", "明细", "没有比的"]
    same = compared(tmp_path, EXAMPLE, EXAMPLE)
    assert shown_sheets(same) == ["变动总览", "项目", "明细"]
    assert "没有变化。" in [row[0] for row in values(same, "变动总览")]
    assert rows(same, "明细") == []


def test_it_prints_on_a4_landscape(changed: Path, tmp_path: Path, soffice: Office) -> None:
    book = openpyxl.load_workbook(changed)
    for sheet in (book[name] for name in shown_sheets(changed)):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert soffice.pages(soffice.convert(changed, "pdf", tmp_path)) == 4


def test_the_validator_has_nothing_to_say(validator: Validator, changed: Path, tmp_path: Path) -> None:
    assert validator.errors(changed) == []
    hebei = profiles.load("hebei-2023")
    for name, make in (("怪", odd), ("各种状态", states)):
        write_department(tmp_path / f"{name}.xlsx", make(), hebei)
    assert validator.errors(compared(tmp_path, tmp_path / "怪.xlsx", tmp_path / "各种状态.xlsx")) == []
