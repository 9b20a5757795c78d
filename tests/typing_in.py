"""A person at the keyboard: puts a department's facts into the cells of the blank forms, through xlwings."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import a1
from xl_perf.core.forms.box import Box, Role
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.forms.layout import Layout, blank_layout
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Indicator, Project
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import COVER_SHEET

if TYPE_CHECKING:
    import xlwings


def type_in(book: "xlwings.Book", department: Department, profile: Profile) -> None:
    """Types cover and projects into 首页 and the forms 01, 02 …; every entry as the text that was written down."""
    for name, entry in (("部门名称", department.cover.department), ("预算年度", department.cover.year)):
        book.sheets[COVER_SHEET].range(name).value = _typed(entry)
    for number, project in enumerate(department.projects, 1):
        sheet = book.sheets[f"{number:02}"]
        for place, text in project_cells(project, blank_layout(profile, project.kind)):
            sheet[place].value = text


def project_cells(project: Project, layout: Layout) -> Iterator[tuple[str, str]]:
    """Each cell of a blank form that gets a text, and the text."""
    yield "A1", f"{project.heading.text}\n{project.kind.title}"
    boxes = {(box.key, box.item): box for box in layout.boxes if box.role is Role.INPUT}
    for field, entry in zip(project.kind.fields, project.values, strict=True):
        yield from _cell(boxes[field.key, None], entry)
    for item, point in enumerate(project.plan):
        yield from _cell(boxes["percent", item], point.percent)
    for item, goal in enumerate(project.goals):
        yield from _cell(boxes["goal", item], goal)
    yield from _indicator_cells(project, layout)


def _indicator_cells(project: Project, layout: Layout) -> Iterator[tuple[str, str]]:
    """Each indicator goes into the first free row that has its second level printed."""
    rows: dict[int, dict[str, Box]] = {}
    for box in layout.boxes:
        if box.role is Role.INPUT and box.area[0] >= layout.first_indicator_row:
            rows.setdefault(box.area[0], {})[box.key] = box
    for indicator in project.indicators:
        level = indicator.level2.value
        row = next(row for row, boxes in rows.items() if branch_key(boxes["level2"].text) == level)
        yield from _row_cells(rows.pop(row), indicator)


def _row_cells(boxes: dict[str, Box], indicator: Indicator) -> Iterator[tuple[str, str]]:
    yield from _cell(boxes["level3"], indicator.level3)
    yield from _cell(boxes["description"], indicator.description)
    yield from _cell(boxes["target"], indicator.target)
    yield from _cell(boxes["basis"], indicator.basis)


def _cell(box: Box, entry: Entry[object]) -> Iterator[tuple[str, str]]:
    if entry.text:
        yield a1(box.area[0], box.area[1]), _typed(entry)


def _typed(entry: Entry[object]) -> str:
    return entry.text
