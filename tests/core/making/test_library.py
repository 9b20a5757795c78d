"""What 指标库 offers: what was there before, each once, no amounts of before, and rows that the rules accept."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.builders import indicator
from xl_perf import profiles
from xl_perf.core.checking.check import check
from xl_perf.core.forms.kinds import BY_NAME
from xl_perf.core.making.library import offered
from xl_perf.core.making.merging import merge
from xl_perf.core.reading import read_department
from xl_perf.core.workbook.library import OWN_KIND, SHIPPED, LibraryRow, columns_in, read_library
from xl_perf.profiles.indicator_library import shipped
from xl_perf.saved.workbook import read_book
from xl_perf.service.making import new_workbook
from xl_perf.written.template import write_department

ROW = LibraryRow("宣传", "产出指标", "数量指标", "活动次数", "", "≥XX次", "工作计划", SHIPPED)


def library_of(path: Path) -> list[LibraryRow]:
    grid = next(one for one in read_book(path, with_library=True).grids if one.sheet == "指标库")
    return [one.indicator for one in read_library(grid.rows)]


def test_own_indicators_come_first_and_once() -> None:
    rows = [indicator(), indicator(level2="成本指标", level3="总金额", target="=161.93万元")]
    one, two = (builders.project(name=name, indicators=rows) for name in ("修路", "修桥"))
    other = builders.project(name="植树", indicators=[indicator(level3="株数", target="=200株")])
    found = offered([builders.department(one, two, other)], [], [ROW, ROW])
    assert [(row.kind, row.level3, row.target, row.source) for row in found] == [
        (OWN_KIND, "人数", "=78人", "2023年 2 个项目"),
        (OWN_KIND, "总金额", "=XX万元", "2023年 2 个项目"),
        (OWN_KIND, "株数", "=200株", "2023年 植树"),
        ("宣传", "活动次数", "≥XX次", SHIPPED),
    ]


def test_what_was_deleted_does_not_come_back() -> None:
    mine = ROW._replace(kind=OWN_KIND, level3="人 数", target="=1人")
    found = offered([builders.department(builders.project(indicators=[indicator()]))], [[mine, ROW]], [ROW, mine])
    assert [(row.kind, row.level3, row.target) for row in found] == [
        (OWN_KIND, "人数", "=78人"),
        ("宣传", "活动次数", "≥XX次"),
    ]


@pytest.mark.parametrize("kind", ["project_targets", "national_targets"])
def test_shipped_indicators_are_sound(kind: str) -> None:
    """In a form of that kind nothing is found but the XX that everybody has to replace."""
    profile = profiles.for_form(kind)
    rows = shipped(profile, 2023)
    assert 60 <= len(rows) <= 80
    assert len({(row.kind, row.level2, row.level3) for row in rows}) == len(rows)
    typed = [
        {key: getattr(row, key) for key in ("level1", "level2", "level3", "description", "target", "basis")}
        for row in rows
    ]
    good = builders.project()
    project = replace(good, indicators=builders.project(indicators=typed).indicators)
    before = Counter(one.code for one in check(builders.department(good), profile))
    for row, own in zip(rows, project.indicators, strict=True):
        found = check(builders.department(replace(project, indicators=(*good.indicators, own))), profile)
        more = set(Counter(one.code for one in found) - before)
        assert more == ({"F209"} if "XX" in row.target else set()), row


def test_deadlines_are_in_the_year() -> None:
    years = {row.target for year in (2024, None) for row in shipped(profiles.load(), year) if "月" in row.target}
    assert years == {"2024年12月底前", "2024年10月底前", "12月底前", "10月底前"}


def test_new_workbook_brings_everything(tmp_path: Path) -> None:
    """Last year's indicators with their years moved; what somebody typed into 指标库; nothing twice, later either."""
    first, second, third = (tmp_path / f"{name}.xlsx" for name in "abc")
    rows = [indicator(), indicator(level2="时效指标", level3="完成时限", target="2023年12月底前")]
    department = builders.department(builders.project(indicators=rows))
    mine = ROW._replace(kind="救灾", level3="转移人数", source="张三")
    late = mine._replace(level3="转移时限", target="2023年6月底前")
    write_department(first, department, profiles.load(), library=[mine, late])
    new_workbook(str(second), [str(first)], None, 2024, None)
    assert [(row.kind, row.level3, row.target, row.source) for row in library_of(second)] == [
        (OWN_KIND, "人数", "=78人", "2023年 村级道路养护"),
        (OWN_KIND, "完成时限", "2024年12月底前", "2023年 村级道路养护"),
        ("救灾", "转移人数", "≥XX次", "张三"),
        ("救灾", "转移时限", "2024年6月底前", "张三"),
    ]
    new_workbook(str(third), [str(second)], None, None, None)
    assert [row.level3 for row in library_of(third)] == ["人数", "完成时限", "转移人数", "转移时限"]


def test_no_reader_takes_it_for_a_form(tmp_path: Path) -> None:
    """Also where the file no longer says that it is ours, or every sheet is read."""
    write_department(tmp_path / "a.xlsx", merge([]), profiles.load(), kind=BY_NAME["project_targets"])
    book = read_book(tmp_path / "a.xlsx", with_library=True)
    assert book.grids[-1].sheet == "指标库"
    for kind in (book.kind, ""):
        read = read_department(replace(book, kind=kind))
        assert (read.projects, read.own_targets, read.unread, read.tables) == ((), (), (), ())
    assert "指标库" not in {grid.sheet for grid in read_book(tmp_path / "a.xlsx").grids}


def test_headings_may_move() -> None:
    rows = [
        ["指标库"],
        ["来源", "指标", "二级", "一级", "选用"],
        ["我", "人数", "数量", "产出", "√"],
        ["", "", "", "", ""],
    ]
    head = columns_in(rows)
    assert head is not None
    assert head[0] == 1
    (one,) = read_library(rows)
    assert (one.row, one.is_picked, one.indicator.level3, one.indicator.source) == (2, True, "人数", "我")
    assert read_library([["一级", "二级"]]) == []


@pytest.mark.parametrize(("typed", "is_picked"), [("√", True), ("✓", True), ("1", True), ("0", False), ("no", False)])
def test_what_picks(typed: str, is_picked: bool) -> None:
    (one,) = read_library([["选用", "一级", "二级", "指标"], [typed, "产出", "数量", "人数"]])
    assert one.is_picked is is_picked
