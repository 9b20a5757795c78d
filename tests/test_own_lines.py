"""Lines that an office's own form prints without a mark: what was typed into them is printed again."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from xl_perf.core.cells.entries import text_entry
from xl_perf.core.checking.check import check
from xl_perf.core.forms.kinds import DEFAULT, KINDS
from xl_perf.core.forms.layout import printed_layout
from xl_perf.core.making import draft
from xl_perf.core.making.converting import in_kind, left_behind
from xl_perf.core.making.own_kinds import Into
from xl_perf.core.making.rolling import roll
from xl_perf.core.model.department import Department
from xl_perf.profiles import fitting
from xl_perf.service.checking import read, read_with_left
from xl_perf.service.guides import learn_form
from xl_perf.service.publishing import publish
from xl_perf.text.sources import read_sources

_HEAD = "填报单位（盖章）：      金额单位：万元"
_FOOT = ("填表人：", None, "联系电话：", "填报日期：    年  月  日")


def write(path: Path, head: str = _HEAD, foot: tuple[str | int | None, ...] = _FOOT, opinion: str = "") -> Path:
    """The form; filled in where it is no blank one."""
    is_blank = head == _HEAD and foot == _FOOT
    name, amount, goal = ("", "", "") if is_blank else ("公路", 10, "修好公路")
    book = Workbook()
    sheet = book.worksheets[0]
    for line in (
        ["2025年度项目绩效目标申报表"],
        [head],
        ["项目名称", name],
        ["联系电话", "" if is_blank else "8160000"],
        ["年度资金总额", amount],
        ["其中：财政拨款", amount],
        ["年度目标", goal],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", *(() if is_blank else ("里程", "≥5公里"))],
        ["满意度指标", "服务对象满意度指标", *(() if is_blank else ("满意度", "≥90%"))],
        ["主管部门审核意见", opinion],
        [*foot],
    ):
        sheet.append([one if one != "" else None for one in line])
    sheet.merge_cells("A2:D2")
    book.save(path)
    return path


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """The folder with the 样表."""
    blank = write(tmp_path / "空白表.xlsx")
    learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    blank.unlink()
    return tmp_path


def printed(department: Department) -> list[str]:
    """The texts of the form outside of what is filled in at marks."""
    (project,) = department.projects
    assert project.kind.learned is not None
    layout = printed_layout(project, fitting(department))
    return [box.text for box in layout.boxes if box.text]


def test_what_stands_behind_printed_labels_is_printed_again(guide: Path) -> None:
    foot = ("填表人：王芳", None, "联系电话：8166002", "填报日期：2025年10月8日")
    department, left = read_with_left(write(guide / "局.xlsx", foot=foot), None, "局.xlsx")
    assert {one for one in foot if one} <= {*printed(department)}
    assert left == ()
    assert not [one for one in check(department, fitting(department)) if one.code == "S116"]


def test_what_stands_beside_them_is_printed_there(guide: Path) -> None:
    department, left = read_with_left(
        write(guide / "局.xlsx", foot=("填表人：", "王芳", *_FOOT[2:]), opinion="同意"), None, "局.xlsx"
    )
    texts = printed(department)
    assert texts[texts.index("填表人：") + 1] == "王芳"
    assert texts[texts.index("主管部门审核意见") + 1] == "同意"
    assert left == ()


def test_unit_of_amounts_beside_it_stays(guide: Path) -> None:
    head = "填报单位（盖章）：清河县水务局    金额单位：万元"
    department = read(write(guide / "局.xlsx", head=head))
    assert head in printed(department)
    assert department.projects[0].budget.value == 10


def test_line_with_another_unit_is_named(guide: Path) -> None:
    """The amounts are printed in 万元."""
    department, left = read_with_left(
        write(guide / "局.xlsx", head="填报单位（盖章）：清河县水务局    金额单位：元"), None, "局.xlsx"
    )
    assert _HEAD in printed(department)
    assert left == ("Sheet!A2",)


def test_form_without_such_lines_names_them(guide: Path) -> None:
    department = read(write(guide / "局.xlsx", foot=("填表人：王芳", None, *_FOOT[2:])))
    (project,) = department.projects
    assert in_kind(project, project.kind).own_lines == project.own_lines
    assert in_kind(project, DEFAULT).own_lines == ()
    said = [*left_behind(department, Into(DEFAULT, {project.kind: DEFAULT}))]
    assert any("填表人：王芳" in one for one in said)


def test_next_year_is_signed_anew(guide: Path) -> None:
    head = "填报单位（盖章）：清河县水务局    金额单位：万元"
    foot = ("填表人：王芳", None, "联系电话：", "填报日期：2025年10月8日")
    department = read(write(guide / "局.xlsx", head=head, foot=foot))
    rolled = roll(department, 2026)
    assert [one.entry.text for one in rolled.department.projects[0].own_lines] == [head]
    assert "上年的填表人、联系电话和填报日期没有带来，请重填" in rolled.notes


def test_column_that_somebody_put_into_the_table_is_named(guide: Path) -> None:
    """Its weights are checked, and the form has no place for them."""
    path = write(guide / "局.xlsx", foot=("填表人：王芳", None, *_FOOT[2:]))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row, typed in ((8, "权重"), (9, 50), (10, 40)):
        sheet.cell(row, 5, typed)
    book.save(path)
    department, left = read_with_left(path, None, "局.xlsx")
    (said,) = [one for one in check(department, fitting(department)) if one.code == "S116"]
    assert (said.cell, said.message) == ("E8", "“权重”等 3 格样表上没有，表里没有地方印")
    assert left == ("Sheet!E9—E10",)


def test_text_of_ours_says_nothing_that_its_projects_do_not(guide: Path) -> None:
    """Its headings are the names of projects; its summary has what several sources add up to."""
    foot = ("填表人：", "", *_FOOT[2:])
    department = read(write(guide / "局.xlsx", foot=foot))
    publish(str(guide / "文本.docx"), department, fitting(department))
    kinds = (*KINDS, department.projects[0].kind)
    (source,) = read_sources([str(guide / "文本.docx")], lambda _: kinds).read
    assert len(source.department.projects) == 1
    assert source.unplaced == ()


def test_goals_for_the_whole_time_are_none_for_the_year() -> None:
    """实施期目标 alone: the year's goal is missing."""
    whole = text_entry("三年造林", "01", 10, 1)
    project = replace(draft.project(name="造林"), goals=(whole,), goal_periods=("whole",))
    alone = draft.department(projects=[project])
    (said,) = [one for one in check(alone, fitting(alone)) if one.code == "F205"]
    assert said.message == "没有填年度目标"
    both = replace(project, goals=(whole, text_entry("当年造林", "01", 10, 5)), goal_periods=("whole", "year"))
    department = draft.department(projects=[both])
    assert not [one for one in check(department, fitting(department)) if one.code == "F205"]
