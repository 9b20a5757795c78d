"""变动总览: the totals of both sides and their difference, then a row for each department."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_perf.core.comparing.records import DepartmentDifference, Difference, Pair, ProjectChange
from xl_perf.core.comparing.wording import CHANGED, said_of_reports
from xl_perf.core.workbook.sheets import MONEY_LABELS
from xl_perf.sheets.lists import Column
from xl_perf.sheets.looks import AMOUNT, WARNING_FILL
from xl_perf.sheets.texts import row_height
from xl_perf.written.links import relative, told_from
from xl_perf.written.list_head import write_headings
from xl_perf.written.page import landscape_page
from xl_perf.written.planned_amounts import show_whole
from xl_perf.written.put import put
from xl_perf.written.stream import StreamedWorkbook
from xl_perf.written.styles import Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

OVERVIEW: Final = "变动总览"
_MONEY_WIDTH, _COUNT_WIDTH, _SAID_WIDTH = 16, 8, 40
_TOTALS: Final = (Column("合计", 30), *(Column(one, _MONEY_WIDTH) for one in ("原", "现", "差额")))
_DEPARTMENTS: Final = (
    Column("部门", 30),
    *(Column(f"{one}\n（万元）", _MONEY_WIDTH) for one in ("原预算数", "现预算数", "差额")),
    *(Column(one, _COUNT_WIDTH) for one in ("原项目", "现项目")),
    *(Column(one, _COUNT_WIDTH) for one in CHANGED.values()),
    Column("移出", _COUNT_WIDTH),
    Column("没有变", _COUNT_WIDTH),
    Column("说明", _SAID_WIDTH),
)
_LAST: Final = len(_DEPARTMENTS) - 1


def write_overview(
    workbook: StreamedWorkbook, styles: Styles, folder: Path, difference: Difference, inputs: Sequence[str]
) -> None:
    """The first sheet. ``inputs`` are the two sides as they were typed; files are named as seen from ``folder``."""
    sheet = workbook.add_worksheet(OVERVIEW)
    for at, column in enumerate(_DEPARTMENTS):
        sheet.set_column(at, at, column.width)
    sheet.set_row(0, 32)
    put(sheet, (0, 0, 0, _LAST), OVERVIEW, styles("title"))
    row = 1
    for said, style in _head(folder, difference, inputs):
        put(sheet, (row, 0, row, _LAST), said, styles(style, text_wrap=True))
        room = sum(column.width for column in _DEPARTMENTS)
        sheet.set_row(row, row_height([(said, room)], 20.0))
        row += 1
    row = _write_totals(sheet, styles, row, difference)
    header = row + 1
    write_headings(sheet, styles, header, _DEPARTMENTS)
    for row, one in enumerate(difference.departments, header + 1):
        _write_department(sheet, styles, folder, row, one)
    landscape_page(sheet, 0, 0, len(_DEPARTMENTS))


def _head(folder: Path, difference: Difference, inputs: Sequence[str]) -> list[tuple[str, str]]:
    """The lines below the title with their styles."""
    old, new = (relative(one, folder) for one in inputs)
    lines = [(f"原：{old}", "plain"), (f"现：{new}", "plain")]
    lines += [(f"注意：{told_from(note, folder)}。", "plain") for note in difference.notes]
    bearing = sum(one.bears for one in difference.not_compared)
    if bearing:
        lines.append((f"差额可能不准：有 {bearing} 处没有读入或没有计入，见“没有比的”工作表。", "missing"))
    if difference.is_empty:
        lines.append(("没有变化。", "plain"))
    return lines


def _write_totals(sheet: "Worksheet", styles: Styles, row: int, difference: Difference) -> int:
    """The totals; gives the row below them."""
    write_headings(sheet, styles, row, _TOTALS)
    old, new = difference.old_totals, difference.new_totals
    whole = styles("cell", align="right", num_format="0")
    rows: list[tuple[str, Pair]] = [("项目数", Pair(Decimal(old.projects), Decimal(new.projects)))]
    pairs = difference.amounts
    rows += [(f"{label}（万元）", pairs[key]) for key, label in MONEY_LABELS.items()]
    planned = [key for key in pairs if key.startswith("planned:")]
    rows += [(f"{key.partition(':')[2]}月底累计支出计划（万元）", pairs[key]) for key in planned]
    for label, pair in rows:
        row += 1
        sheet.set_row(row, 20)
        money = whole if label == "项目数" else styles("cell", num_format=AMOUNT)
        put(sheet, (row, 0, row, 0), label, styles("cell"))
        for column, number in enumerate((pair.old, pair.new, pair.difference), 1):
            put(sheet, (row, column, row, column), float(number), money)
    if planned:
        show_whole(sheet, styles, (row + 1 - len(planned), 1, row, 3))
    return row + 1


def _write_department(sheet: "Worksheet", styles: Styles, folder: Path, row: int, one: DepartmentDifference) -> None:
    name = told_from(one.name, folder)
    budget = one.amounts["budget"]
    counts = [sum(project.change is change for project in one.projects) for change in ProjectChange]
    said = "；".join(_said(one))
    sheet.set_row(row, row_height([(name, 30), (said, _SAID_WIDTH)]))
    put(sheet, (row, 0, row, 0), name, styles("cell"))
    for column, number in enumerate((budget.old, budget.new, budget.difference), 1):
        put(sheet, (row, column, row, column), float(number), styles("cell", num_format=AMOUNT))
    numbers = [one.old_totals.projects, one.new_totals.projects, *counts, one.moved_away, one.unchanged]
    for column, count in enumerate(numbers, 4):
        always = column < 6
        put(sheet, (row, column, row, column), count if count or always else None, styles("cell", align="center"))
    only_one = not one.old or not one.new
    style = styles("cell", bg_color=WARNING_FILL) if only_one else styles("cell")
    put(sheet, (row, _LAST, row, _LAST), said, style)


def _said(one: DepartmentDifference) -> list[str]:
    said = []
    if not one.old:
        said.append("只在现在的一边")
    if not one.new:
        said.append("只在原来的一边")
    if one.changes:
        said.append(f"首页和整体绩效目标改动 {len(one.changes)} 处")
    if one.own:
        said.append(f"部门整体绩效目标表改动 {len(one.own)} 张")
    return [*said, *filter(None, [said_of_reports([one]), one.note])] or (["没有变化"] if one.is_empty else [])
