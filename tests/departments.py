"""Departments to write into workbooks, and how to look at what was written."""

import datetime
import zipfile
from pathlib import Path
from typing import Any, Final

from tests import builders
from xl_perf.core.cells.grid import Book, Scalar
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.saved.workbook import read_book


def written(department: Department, folder: Path, profile: str = "hebei-2023") -> Path:
    return builders.write(folder / "部门.xlsx", department, profile)


def read(path: Path) -> Department:
    return read_department(read_book(path))


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def values(book: Book) -> dict[tuple[str, int, int], Scalar]:
    """Every cell with a content."""
    return {
        (grid.sheet, row, column): typed
        for grid in book.grids
        for row, cells in enumerate(grid.rows)
        for column, typed in enumerate(cells)
        if typed is not None and typed != ""
    }


indicator = builders.indicator
GOOD: Final = builders.GOOD["indicators"]


def whole(**more: Any) -> Project:
    """A complete project of 10 万元; what is given alone is changed, also where it then does not fit the rest."""
    own = builders.facts(name="道路养护", code="130200001", budget="10", percents=["25%", "50%", "75%", "100%"])
    return builders.project(**(own | more))


def odd() -> Department:
    """A department with everything that has ever been lost on the way into a workbook and back."""
    long = "很长的文字，" * 50
    return draft.department(
        name="=高新区“办事处”<&>",
        year="二〇二三",
        contact="————",
        phone="0315-0001234",
        ceiling="八百万",
        overall_goal=f"第一段\n{long}\n{long}{long}\n末段🙂",
        sub_goals=[
            draft.sub_goal("=甲", "乙", [("指标", "=100%"), ("另一个", "")], ["道路养护", "绿化"]),
            draft.sub_goal("没有指标", long),
            draft.sub_goal("没有项目", "丁", [("指标", "0.90")]),
        ],
        safeguards=[("加强领导", long), ("=措施", "+1"), ("只有标题", "")],
        projects=[
            whole(heading="标题里\n换行", name="=SUM(A1)", code="000123456789012", purpose=f"-{long}"),
            whole(code="————", budget="————", fiscal="八十万", other="-3"),
            whole(budget="1234567890.123456", fiscal=123456789.12345678, other="161.93 万元"),
            whole(budget="9" * 29, fiscal="9" * 29, other="0.000001"),
            whole(percents=["25%", "看情况", None, "120%"], goals=["一", "", "三\n行", "四"]),
            whole(percents=[0.1, 0.335, "————", 1]),
            whole(percents=["33.3333333333333333%", "-5%", "0%", "100%"], goals=[]),
            whole(name="甲" * 300, heading="乙" * 300, code="A" * 40),
            whole(indicators=[]),
            draft.project(name="只有名称🙂"),
            draft.project(budget="0"),
            draft.project(heading="只有标题"),
            whole(
                indicators=[
                    {"level3": "没有级别", "target": "1个"},
                    indicator("产出指标", "质量指标", target="无"),
                    {"level1": "产出指标", "level3": "没有二级"},
                    indicator("效益指标", "可持续性影响", target=datetime.date(2023, 12, 31)),
                    {"level3": "又没有级别", "description": "+说明", "target": 0.9, "basis": "@依据"},
                    indicator("产出指标", "数量指标", level3="_x0041_", description="<b>&amp;", basis="'引号"),
                    indicator("满意度指标", "满意度指标", level3=long, description="{=1}", target="——"),
                ]
            ),
        ],
    )


def states() -> Department:
    """Forms in every state, so that every branch of their formulas is calculated."""
    return draft.department(
        name="甲局",
        year=2023,
        ceiling="20.5",
        projects=[
            whole(),
            whole(fiscal="9", other="0.5"),
            whole(fiscal="70.1", other="30.2"),
            whole(budget="0.3", fiscal="0.1", other="0.2"),
            whole(percents=["25%", "20%", "75%", "100%"]),
            whole(percents=["25%", "50%", "75%", "99.5%"]),
            whole(percents=["25%", "50%", None, "100%"]),
            whole(percents=["25%", "50%", "看情况", "100%"]),
            whole(purpose=None),
            whole(goals=[]),
            whole(indicators=[]),
            whole(indicators=[indicator(target=None)]),
            whole(indicators=[*GOOD, indicator(level3=None, target=None, basis=None, description="只写了描述")]),
            whole(indicators=[*GOOD, indicator(basis=None)]),
            whole(indicators=[one for one in GOOD if one["level1"] != "满意度指标"]),
            whole(heading="自己的标题"),
            draft.project(name="只有名称"),
            draft.project(code="A1"),
            draft.project(heading="只有标题"),
        ],
    )


_PAIR = 2


def with_shown_heading(content: tuple[object, ...]) -> tuple[object, ...]:
    """A form without a heading shows the project's name as one."""
    pairs = [part for part in content if isinstance(part, tuple) and len(part) == _PAIR]
    said = {part[0]: part[1] for part in pairs}
    return (("标题", said["标题"] or said["项目名称"]), *content[1:])


def same(department: Department, path: Path) -> None:
    """Fails unless the workbook says what the department says."""
    *content, projects = draft.department_content(department)
    *content_read, projects_read = draft.department_content(read(path))
    assert content_read == content
    assert isinstance(projects, tuple)
    assert isinstance(projects_read, tuple)
    for expected, found in zip(projects, projects_read, strict=True):
        assert found == with_shown_heading(expected)
