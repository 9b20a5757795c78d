"""Buttons on a list of an office's own: what can be pressed works, the rest says what to do by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.live.conftest import Open
from tests.live.desk import Desk
from tests.own_guides import learned
from tests.written.test_own_forms import profile_of, said
from xl_perf.core.making.merging import merge
from xl_perf.core.reading import read_department
from xl_perf.core.workbook.sheets import COVER_SHEET, FINDINGS_SHEET, LIST_SHEET, SUMMARY_SHEET
from xl_perf.live import (
    goal_rows,
    heights,
    importing,
    library,
    marks,
    project_lists,
    projects,
    rows,
    summary,
    validation,
)
from xl_perf.live.host import Host, NotHere
from xl_perf.live.protection import unlocked
from xl_perf.saved.workbook import read_book
from xl_perf.sheets.summary_frame import OUTDATED
from xl_perf.written.template import write_department

LISTED = Path(__file__).parents[1] / "fixtures" / "layouts" / "l33-list-two-headers-sources.xlsx"
FIRST = 4
"""The first row for indicators, from 1."""
Press = Callable[[Host], object]


def desk_of(opened: Open, folder: Path) -> Desk:
    kind = learned(LISTED)
    department = merge([read_department(read_book(LISTED, LISTED.name), (kind,))])
    book = folder / "book.xlsx"
    write_department(book, department, profile_of(kind), kind=kind)
    return opened(book, (kind,))


def texts(desk: Desk, sheet: str) -> list[list[object]]:
    found: list[list[object]] = desk.book.sheets[sheet].used_range.options(ndim=2, empty="").value
    return found


def test_buttons_of_forms_say_what_to_do_by_hand(opened: Open, tmp_path: Path) -> None:
    """No error in other words, and nothing is changed."""
    desk = desk_of(opened, tmp_path)
    before = [said(one) for one in desk.read().projects]
    desk.go(LIST_SHEET, f"B{FIRST}")
    presses: list[Press] = [
        rows.add_indicator_row,
        rows.delete_indicator_row,
        rows.add_goal_row,
        goal_rows.delete,
        heights.fit_rows,
    ]
    for press in presses:
        with pytest.raises(NotHere, match="一行一个指标的清单") as caught:
            press(desk.host)
        assert "空行" in str(caught.value)
    presses = [projects.copy, projects.delete, library.pick]
    for press in presses:
        with pytest.raises(NotHere, match="清单"):
            press(desk.host)
    presses = [projects.add, importing.import_projects]
    for press in presses:
        with pytest.raises(NotHere, match=f"项目都写在“{LIST_SHEET}”上"):
            press(desk.host)
    assert [said(one) for one in desk.read().projects] == before


def test_formulas_give_what_is_stored_with_them(opened: Open, tmp_path: Path) -> None:
    """Numbers and states of projects, and what 首页 shows of them: calculated anew they are the same."""
    desk = desk_of(opened, tmp_path)
    stored, written = (load_workbook(tmp_path / "book.xlsx", data_only=is_value) for is_value in (True, False))
    for name, fewest in ((LIST_SHEET, 30), (COVER_SHEET, 40)):
        found = texts(desk, name)
        cells: list[Any] = [one for row in written[name].iter_rows() for one in row if str(one.value).startswith("=")]
        wrong = [
            cell.coordinate
            for cell in cells
            if (stored[name][cell.coordinate].value or "") != (found[cell.row - 1][cell.column - 1] or "")
        ]
        assert not wrong
        assert len(cells) > fewest


def test_it_is_checked_and_its_marks_come_and_go(opened: Open, tmp_path: Path) -> None:
    """校验全部 lists what is wrong with the project that it is wrong with; 清除标记 takes the marks away."""
    desk = desk_of(opened, tmp_path)
    desk[LIST_SHEET, f"C{FIRST}"].value = 970000
    validation.validate(desk.host)
    found = [row for row in texts(desk, FINDINGS_SHEET) if row[0] == "错误"]
    assert {(row[2], row[4]) for row in found} == {(LIST_SHEET, "场馆低免开放")}
    assert desk[LIST_SHEET, f"C{FIRST}"].color is not None
    assert marks.clear_marks(desk.host)
    assert said(desk.read().projects[0])[2] == ("预算数", 97)


def test_it_is_summed_up(opened: Open, tmp_path: Path) -> None:
    """汇总 has amounts in 万元, the indicators of each project, and what was typed since."""
    desk = desk_of(opened, tmp_path)
    last = FIRST + 6
    for column, typed in zip(
        "ABCGHIK", ("某区体育中心", "新项目", 25000, "产出指标", "数量指标", "新指标", "3"), strict=True
    ):
        desk[LIST_SHEET, f"{column}{last}"].value = typed
    outcome = summary.consolidate(desk.host)
    assert "3 个项目，预算数合计 115 万元" in outcome
    lines = [row for row in texts(desk, SUMMARY_SHEET) if row[0] in {1, 2, 3} and row[2]]
    assert [row[2] for row in lines] == ["场馆低免开放", "青少年选材", "新项目"]
    assert [row[3] for row in lines] == [98, 14.5, 2.5]
    heads = next(row for row in texts(desk, SUMMARY_SHEET) if "指标数" in row or "指标" in row)
    at = next(at for at, head in enumerate(heads) if head in {"指标数", "指标"})
    assert [row[at] for row in lines] == [4, 2, 1]
    assert OUTDATED not in str(texts(desk, SUMMARY_SHEET)[0][0])
    assert [row[-1] for row in lines] == ["已填写", "已填写", "预算不平"]


def test_rows_that_people_put_in_are_numbered(opened: Open, tmp_path: Path) -> None:
    """A project in the middle of the list, and more of them than 首页 has rows: all are listed at the next press."""
    desk = desk_of(opened, tmp_path)
    sheet = desk.book.sheets[LIST_SHEET]
    new = FIRST + 4
    with unlocked(sheet):
        sheet.range(f"{new}:{new + 11}").insert("down")
        for at in range(12):
            typed = f"新项目{at}", 10000, "产出指标", "数量指标", "新指标", "3"
            for column, text in zip("BCGHIK", typed, strict=True):
                sheet[f"{column}{new + at}"].value = text
    assert "首页列入了" in project_lists.mend(desk.host)
    numbers = [row[13] for row in texts(desk, LIST_SHEET)[FIRST - 1 :]]
    assert [one for one in numbers if one] == [1] * 4 + list(range(2, 14)) + [14] * 2
    listed = [row for row in texts(desk, COVER_SHEET) if row[1] == LIST_SHEET]
    assert [row[3] for row in listed] == ["场馆低免开放", *(f"新项目{at}" for at in range(12)), "青少年选材"]
    total = next(row for row in texts(desk, COVER_SHEET) if row[0] == "合计")
    assert total[4] == 98 + 12 + 14.5
    assert project_lists.mend(desk.host) == ""
