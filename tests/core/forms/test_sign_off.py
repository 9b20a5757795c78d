"""The line for signatures below our own forms: read as typed, and no indicator; other offices' stay footers."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests import builders
from xl_perf import profiles
from xl_perf.core.forms.kinds import BY_NAME
from xl_perf.core.making import draft
from xl_perf.core.making.rolling import roll
from xl_perf.core.model.project import Project, SignOff
from xl_perf.core.reading import read_department
from xl_perf.saved.workbook import read_book
from xl_perf.service.making import new_workbook
from xl_perf.written.template import write_department

SIGNED = SignOff(draft.text("张三"), draft.text("李四"), draft.text("2023年3月1日"))


def written(path: Path, name: str, signed: SignOff | None) -> Project:
    """A project as it was written and read again."""
    kind = BY_NAME[name]
    if name == "project_targets":
        one = builders.project()
    else:
        pleased = builders.indicator("满意度指标", "服务对象满意度指标", level3="满意度", target="≥90%")
        rows = [builders.indicator(), pleased]
        one = draft.project(kind=kind, name="养护", budget="5", goals=["完成。"], indicators=rows)
    write_department(path, builders.department(replace(one, sign_off=signed)), profiles.for_form(name), kind=kind)
    (read,) = read_department(read_book(path)).projects
    assert [(own.key, own.target.text) for own in read.indicators] == [
        (own.key, own.target.text) for own in one.indicators
    ]
    return read


@pytest.mark.parametrize("name", ["project_targets", "national_targets"])
def test_read_as_typed(name: str, tmp_path: Path) -> None:
    read = written(tmp_path / "a.xlsx", name, SIGNED)
    assert read.sign_off is not None
    assert [one.text for one in read.sign_off] == ["张三", "李四", "2023年3月1日"]
    assert (read.beside, read.unlabelled, read.void) == ((), (), None)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["01"]
    row = read.sign_off.filled_by.row + 1
    assert [sheet.cell(row, column).value for column in (1, 3, 5)] == ["填报人：", "审核人：", "填报日期："]
    assert sheet.print_area.endswith(f"${row}")
    assert [sheet.cell(row, column).protection.locked for column in (1, 2, 4, 6)] == [True, False, False, False]
    empty = written(tmp_path / "b.xlsx", name, None).sign_off
    assert empty is not None
    assert [one.value for one in empty] == [None] * 3


def test_of_the_same_year_only(tmp_path: Path) -> None:
    """Made anew, a workbook keeps it; in a new year somebody else signs. Nothing of it is left behind."""
    written(tmp_path / "a.xlsx", "project_targets", SIGNED)
    made = new_workbook(str(tmp_path / "b.xlsx"), [str(tmp_path / "a.xlsx")], None, None, None)
    assert made.notes == ()
    (again,) = read_department(read_book(tmp_path / "b.xlsx")).projects
    assert again.sign_off is not None
    assert again.sign_off.reviewed_by.text == "李四"
    (later,) = roll(read_department(read_book(tmp_path / "b.xlsx")), 2024).department.projects
    assert later.sign_off is None


@pytest.mark.parametrize("at", [1, 4, -1])
def test_nothing_beside_the_line_is_lost(at: int) -> None:
    """A form with indicators alone is one also where such a line stands above them or among them."""
    rows = builders.form(name=None, code=None, budget=None, fiscal=None, purpose=None, heading=None, goals=[])
    rows[0][0] = "项目绩效目标表"
    for row, columns in ((5, (1, 2, 3, 5)),):
        for column in columns:
            rows[row][column] = None
    names = [one.level3.text for one in builders.project_in(rows).indicators]
    rows.insert(at if at > 0 else len(rows) - 1, ["填报人：", "张三", "审核人：", None, "填报日期：", None, None])
    (read,) = builders.projects_in(rows)
    assert [one.level3.text for one in read.indicators][:1] == names[:1]


@pytest.mark.parametrize("line", ["填报人：张三    审核人：李四", "填表人：张三", "审核人：李四"])
def test_other_offices_lines_are_footers(line: str) -> None:
    rows = builders.form()
    before = builders.project_in(rows)
    rows.append([line])
    read = builders.project_in(rows)
    assert read.sign_off is None
    assert read.indicators == before.indicators
