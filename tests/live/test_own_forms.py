"""Buttons on forms of an office's own: rows go in where they belong, and everything is read as before."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.live.conftest import Open
from tests.live.desk import Desk
from tests.live.programs import office
from tests.own_guides import learned
from tests.text.test_row_heights import form
from tests.written.test_own_forms import FORMS, WRITTEN, profile_of, said
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.layout import project_layout
from xl_perf.core.making.merging import merge
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.live import goal_rows, heights, importing, projects, rows, undoing
from xl_perf.live.forms import form_of
from xl_perf.live.host import NotHere
from xl_perf.saved.workbook import read_book
from xl_perf.written.template import write_department

_STEMS = {"c01", "c07", "c08", "c10", "c13", "c16", "c18", "c19", "c21", "l40", "n00", "n01"}
LAYOUTS = [path for path in WRITTEN if path.stem[:3] in _STEMS]


def desk_of(path: Path, opened: Open, folder: Path) -> tuple[Desk, FormKind, Department]:
    kind = learned(path)
    department = merge([read_department(read_book(path, path.name), (kind,))])
    book = folder / "book.xlsx"
    write_department(book, department, profile_of(kind), kind=kind)
    return opened(book, (kind,)), kind, department


@pytest.mark.parametrize("path", LAYOUTS, ids=[path.stem for path in LAYOUTS])
def test_rows_come_and_go(path: Path, opened: Open, tmp_path: Path) -> None:
    desk, _, department = desk_of(path, opened, tmp_path)
    before = desk.read().projects
    assert [said(one) for one in before] == [said(one) for one in department.projects]
    live = form_of(desk.host, desk.book.sheets["01"])
    assert live is not None
    first = live.branches()[0]
    desk.go("01", desk_cell(first.first, live.frame.columns["level3"].start))
    rows.add_indicator_row(desk.host)
    again = form_of(desk.host, desk.book.sheets["01"])
    assert again is not None
    assert again.branches()[0].last == first.last + 1
    assert [said(one) for one in desk.read().projects] == [said(one) for one in before]
    desk[desk.host.active.name, desk.cursor].value = "新的指标"
    names = [one.level3.text for one in desk.read().projects[0].indicators]
    assert names[1] == "新的指标"
    assert len(names) == len(before[0].indicators) + 1
    desk[desk.host.active.name, desk.cursor].value = None
    undoing.undo(desk.host)
    assert [said(one) for one in desk.read().projects] == [said(one) for one in before]
    heights.fit_rows(desk.host)


def test_rows_stay_as_high_as_the_office_has_them(opened: Open, tmp_path: Path) -> None:
    """调整行高 finds that every text fits in the rows that `new` has written."""
    department, kind = form(tmp_path, 16, {10: 60})
    book = tmp_path / "book.xlsx"
    write_department(book, department, profile_of(kind), kind=kind)
    desk = opened(book, (kind,))
    sheet = desk.book.sheets["01"]
    sheet.activate()
    rows_of_form = range(1, 28)
    before = [sheet.range((row, 1)).row_height for row in rows_of_form]
    heights.fit_rows(desk.host)
    assert [sheet.range((row, 1)).row_height for row in rows_of_form] == pytest.approx(before, abs=0.5)


def desk_cell(row: int, column: int) -> str:
    return f"{'ABCDEFGHIJ'[column]}{row + 1}"


@pytest.mark.parametrize("path", LAYOUTS, ids=[path.stem for path in LAYOUTS])
def test_goals_come_and_go(path: Path, opened: Open, tmp_path: Path) -> None:
    desk, kind, _ = desk_of(path, opened, tmp_path)
    before = desk.read().projects[0]
    live = form_of(desk.host, desk.book.sheets["01"])
    assert live is not None
    row = live.goals[-1].rows[0]
    desk.go("01", desk_cell(row, live.goals[-1].blank[1]))
    if (not kind.numbers_goals and len(live.goals) == 1) or path.stem.startswith("c07"):  # beside each other
        for button in (rows.add_goal_row, goal_rows.delete):
            with pytest.raises(NotHere):
                button(desk.host)
        return
    rows.add_goal_row(desk.host)
    desk["01", desk.cursor].value = "又一个目标。"
    after = desk.read().projects[0]
    assert [goal.text for goal in after.goals] == [*(goal.text for goal in before.goals), "又一个目标。"]
    assert said(after)[:4] == said(before)[:4]
    goal_rows.delete(desk.host)
    assert said(desk.read().projects[0]) == said(before)


@pytest.mark.parametrize("path", LAYOUTS, ids=[path.stem for path in LAYOUTS])
def test_projects_are_added_and_brought_in(path: Path, opened: Open, tmp_path: Path) -> None:
    """A copy of 空白表 takes what another book has; 首页 lists it in 万元."""
    desk, kind, department = desk_of(path, opened, tmp_path)
    model = desk.book.sheets["空白表"]
    live = importing.add_form(desk.host, model, department.projects[0], profile_of(kind))
    found = [one for one in desk.read().projects if one.sheet == live.sheet.name]
    assert [said(one) for one in found] == [said(department.projects[0])]
    projects.add(desk.host)
    number = len(department.projects) + 2
    assert f"{number:02d}" in [sheet.name for sheet in desk.book.sheets]


def test_the_list_counts_in_wan(opened: Open, tmp_path: Path) -> None:
    desk, _, _ = desk_of(FORMS / "n01-unit-line-yuan.xlsx", opened, tmp_path)
    projects.add(desk.host)
    desk["02", "C4"].value = 120000
    listed = [row for row in desk["首页", "B8:E20"].value if row[0] == "02"]
    assert listed[0][3] == 12


@office
@pytest.mark.parametrize("stem", ["c01-central-2023", "c10-shaanxi-2020", "c19-region-2023", "n00-plain"])
def test_a_project_with_more_goals_is_brought_in(stem: str, opened: Open, tmp_path: Path) -> None:
    """Rows for goals go in below the marked one, and the labels over them grow."""
    desk, kind, department = desk_of(FORMS / f"{stem}.xlsx", opened, tmp_path)
    project = department.projects[0]
    more = replace(project, goals=(project.goals[0],) * 4, indicators=project.indicators * 2)
    live = importing.add_form(desk.host, desk.book.sheets["空白表"], more, profile_of(kind))
    found = next(one for one in desk.read().projects if one.sheet == live.sheet.name)
    assert [goal.text for goal in found.goals] == [goal.text for goal in more.goals]
    assert [one.level3.text for one in found.indicators] == [one.level3.text for one in more.indicators]
    wanted = project_layout(more, profile_of(kind))
    merged = {box.area for box in wanted.boxes if box.area[:2] != box.area[2:]}
    sheet = desk.book.sheets[live.sheet.name]
    for top, left, bottom, right in merged:
        own = f"${'ABCDEFGHIJ'[left]}${top + 1}:${'ABCDEFGHIJ'[right]}${bottom + 1}"
        assert sheet.range((top + 1, left + 1)).merge_area.address == own


def test_rows_go_into_the_table_in_which_the_cursor_is(opened: Open, tmp_path: Path) -> None:
    """长期绩效指标 above 年度绩效指标: a row below the last one of the first table belongs to that, and is counted."""
    desk, _, _ = desk_of(FORMS / "c07-hunan-old-2021.xlsx", opened, tmp_path)
    sheet = desk.book.sheets["空白表"]
    live = form_of(desk.host, sheet)
    assert live is not None
    before = live.branches()
    assert [branch.label for branch in before] == ["产出指标", "效益指标", "社会公众或服务对象满意度指标"] * 2
    assert before[2].first == before[2].last == before[3].first - 2  # the second header stands between
    desk.go("空白表", desk_cell(before[2].first, live.frame.columns["level3"].start))
    rows.add_indicator_row(desk.host)
    again = form_of(desk.host, sheet)
    assert again is not None
    rows_of = [branch.last - branch.first + 1 for branch in again.branches()]
    assert rows_of == [4, 4, 2, 4, 4, 1]
    counted = str(desk["空白表", "H2"].formula)
    assert f"$D${before[0].first + 1}:$D${before[2].last + 2}" in counted
    assert "COUNTA($B$20,$E$20)=0" in counted  # goals beside each other
    assert f"$D${before[3].first + 2}:$D${before[5].last + 2}" in counted
