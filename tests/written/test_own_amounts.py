"""Amounts in an office's own form are written in the unit by which they are read."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.command_line import Runner, run
from tests.departments import read
from tests.guides import correct
from tests.own_guides import learned
from tests.thorough import every
from tests.written.test_own_forms import WRITTEN, written
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.forms.kind import Value
from xl_perf.core.making.converting import in_kind
from xl_perf.core.making.merging import merge
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.saved.workbook import read_book
from xl_perf.service.guides import learn_form

__all__ = ["run"]
CASES = WRITTEN[:: every(3)]


def with_unit(path: Path, unit: str, out: Path) -> Path:
    """The case as its office prints it in another unit."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, str) and "万元" in cell.value:
                    cell.value = cell.value.replace("万元", unit)
    book.save(out)
    return out


def amounts_of(project: Project) -> list[tuple[str, Decimal]]:
    fields = zip(project.kind.fields, project.values, strict=True)
    return [(one.key, entry.value) for one, entry in fields if one.value is Value.AMOUNT and entry.value is not None]


@pytest.mark.parametrize("unit", ["元", "千元", "百元"])
@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_amounts_read_back_as_the_same_money(path: Path, unit: str, tmp_path: Path) -> None:
    kind = learned(with_unit(path, unit, tmp_path / "form.xlsx"))
    projects = read_department(read_book(path, path.name), (learned(path),)).projects
    given = tuple(with_all_amounts(in_kind(one, kind)) for one in projects)
    after = written(kind, replace(merge([]), projects=given), tmp_path / "out.xlsx").projects
    assert [amounts_of(one) for one in after] == [amounts_of(one) for one in given]
    assert all(map(amounts_of, given)) or path.stem == "c21-integrated-page", "that one has no place for them"


def with_all_amounts(project: Project) -> Project:
    """Something in each of its amounts for which the form has a place, in 万元."""
    own = project.kind.own_sheet
    places = {place.key for place in own.fields} if own is not None else set[str]()
    values = [
        Entry(Decimal(number), Status.FILLED, number, "", 0, 0)
        if field.key in places and field.value is Value.AMOUNT
        else entry
        for number, (field, entry) in enumerate(zip(project.kind.fields, project.values, strict=True), 1)
    ]
    return replace(project, values=tuple(values))


def form(path: Path, unit: str, *, is_filled: bool) -> Path:
    """A form whose total has its place in a row that is merged to the end: without an amount it reads like a heading.

    The money of the treasury and other money stand below it.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    rows = [
        ("项目支出绩效目标表",),
        (f"单位：{unit}",),
        ("项目名称", "路灯维修", "", "项目编码", "330100250001"),
        ("预算数", 123456.7),
        ("其中：财政拨款", 100000.2, "", "其他资金", 23456.5),
        ("年度绩效目标", "维修320盏。"),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "维修路灯", "320盏"),
        ("", "质量指标", "合格率", "100%"),
        ("效益指标", "社会效益指标", "受益居民", "≥5000人"),
        ("满意度指标", "服务对象满意度指标", "居民满意度", "≥90%"),
    ]
    for number, row in enumerate(rows, 1):
        for column, typed in enumerate(row, 1):
            is_label = number in {1, 2, 7} or column == 1 or (number > 7 and column == 2) or typed == "项目编码"
            if typed != "" and (is_filled or is_label or typed == "其他资金"):
                sheet.cell(number, column, typed)
    for area in ("A1:E1", "A2:E2", "B3:C3", "B4:E4", "B5:C5", "B6:E6"):
        sheet.merge_cells(area)
    book.save(path)
    return path


@pytest.mark.parametrize("unit", ["元", "千元"])
def test_a_total_that_was_marked_by_hand_has_the_unit_of_the_form(unit: str, tmp_path: Path, run: Runner) -> None:
    """The blank form shows no place for it, so an officer writes the mark: it counts in what the others count in."""
    guide = Path(
        learn_form(str(form(tmp_path / "空白.xlsx", unit, is_filled=False)), str(tmp_path / "样表.xlsx")).written.path
    )
    correct(guide, {}, marks={"B4": "{预算数}"})
    filled, out = form(tmp_path / "填好.xlsx", unit, is_filled=True), tmp_path / "部门.xlsx"
    assert run("form", "check", guide, filled)[0] == 0
    status, said, _ = run("new", out, "--from", filled)
    assert status == 0
    made = load_workbook(out)["01"]
    assert [made[cell].value for cell in ("B4", "B5", "E5")] == [123456.7, 100000.2, 23456.5]
    assert read(out).projects[0].budget.value == read(filled).projects[0].budget.value
    assert "预算不平" not in said
