"""部门汇总: the total and two charts, one row per project, live totals, the plan against an even pace.

The same sheet stands in the department workbook, where its cells refer to the forms (``live``), and in the
consolidated workbook, where they hold numbers that link to the source. `core.reading` reads it back.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any, Final, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.figures.summary import ProjectLine
from xl_perf.core.figures.totals import EXACT, ZERO, Totals, add_up
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import TOTAL_LABEL
from xl_perf.sheets.cells import Formula, fraction, number
from xl_perf.sheets.lists import (
    HEAD_ROW,
    HEADER_ROW,
    LIST_HEADER_ROW,
    LIST_ROW,
    SUMMARY_ZOOM,
    TITLE_ROW,
    TOP_TOTAL_ROW,
)
from xl_perf.sheets.looks import AMOUNT, SHARE
from xl_perf.sheets.summary_columns import OTHER_BRANCH, branch_counts, branch_labels, percent_format, summary_columns
from xl_perf.sheets.summary_frame import (
    DATE,
    OUTDATED,
    REFERENCE_LABEL,
    SHORT_DATE,
    TITLE,
    UNIT,
    Rows,
    department_line,
    is_outdated,
    reference_of,
    total_of,
    year_line,
)
from xl_perf.sheets.summary_frame import title as title_formula
from xl_perf.sheets.texts import clean, row_height
from xl_perf.written.largest import write_largest
from xl_perf.written.list_head import write_headings
from xl_perf.written.page import landscape_page
from xl_perf.written.people_columns import PeopleColumns
from xl_perf.written.planned_amounts import show_whole
from xl_perf.written.put import put
from xl_perf.written.styles import Styles
from xl_perf.written.summary_charts import bars_chart, column_under_right, insert_charts, spending_chart
from xl_perf.written.summary_rows import Link, RowWriter, SummaryPlaces

FEWEST_LIVE_ROWS: Final = 2
"""Of a list whose rows come and go: put in between two, they are in every sum and chart."""
_HEAD_HEIGHTS: Final = (32, 21)
_BELOW_HEIGHTS: Final = (24, 21)
"""Points: 合计, 参考进度."""
_NOTE_HEIGHT: Final = 20.0
_SHARE: Final = Context(prec=17, rounding=ROUND_HALF_EVEN)
"""A share is the one figure here that need not be finite; it is shown, never added."""


class Head(NamedTuple):
    """What the title lines say. The cells are references such as ``'首页'!$C$4``; with them the lines are live.

    ``date`` is 填报日期 as somebody has completed it.
    """

    department: str | None
    year: int | None
    department_cell: str | None = None
    year_cell: str | None = None
    date: str = ""
    listed: Rows | None = None
    """The rows of the list on 首页, with which those of this sheet are compared."""


def write_summary_sheet(
    workbook: Workbook,
    sheet: Worksheet,
    styles: Styles,
    lines: Sequence[ProjectLine],
    profile: Profile,
    head: Head,
    *,
    link: Link | None = None,
    live: bool = False,
    checked: bool = True,
    states: Sequence[Formula] | None = None,
    missing: str = "",
    people: PeopleColumns | None = None,
) -> SummaryPlaces:
    """Writes the whole sheet, top to bottom (so it also works with ``constant_memory``). Amounts in 万元.

    With ``live`` the cells refer to the forms' cells (`ProjectLine.cells`; further keys ``branch:产出`` may hold
    what counts the indicators of a first level). With ``checked`` false the state says 未校验 or 未填报
    instead of what the findings say; ``states`` puts these formulas there, one per line. ``missing`` says below the
    totals what is missing from them. ``people`` are columns that people added.
    """
    months = sorted({month for line in lines for month, _ in line.percents}) if lines else list(profile.checkpoints)
    known = branch_labels(profile)
    more = any(name not in known for line in lines for name, _ in line.branches)
    columns = summary_columns(months, known | ({OTHER_BRANCH: OTHER_BRANCH} if more else {}))
    has_code = not lines or any("code" in line.kind.place for line in lines)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width, None, {} if has_code or column.key != "code" else {"hidden": True})
    rows = RowWriter(sheet, styles, columns, months, live=live, checked=checked, link=link)
    rows.shown = [column for column in columns if has_code or column.key != "code"]
    last = LIST_ROW + max(len(lines), FEWEST_LIVE_ROWS if live else 1) - 1
    made = SummaryPlaces(LIST_ROW, last, last + 1, last + 2, rows.at, [column.label for column in columns])
    added = people.columns if people else []
    for at, column in enumerate(added, len(columns)):
        sheet.set_column(at, at, column.width)
    totals = add_up(line.totals for line in lines)
    _write_head(rows, head, made)
    _write_total(rows, TOP_TOTAL_ROW, made, totals, lines)
    _add_charts(workbook, rows, made, lines)
    write_headings(sheet, styles, LIST_HEADER_ROW, [*columns, *added])
    for at, line in enumerate(lines):
        rows.project(LIST_ROW + at, line, states[at] if states else None)
        if people and added:
            people.write(sheet, styles, LIST_ROW + at, len(columns), (clean(line.name or ""),))
    for row in range(LIST_ROW + len(lines), last + 1):
        rows.blank_row(row)
    pace = {month: share for month, share in zip(profile.checkpoints, profile.pace, strict=True) if month in months}
    _write_total(rows, made.total, made, totals, lines)
    if months:
        _write_reference(rows, made, totals, pace)
        show_whole(sheet, styles, (TOP_TOTAL_ROW, *_planned(rows, TOP_TOTAL_ROW)))
        show_whole(sheet, styles, (LIST_ROW, *_planned(rows, made.reference)))
    remarks = [] if live else totals.remarks
    _write_notes(rows, made.reference + bool(months), profile, missing, remarks)
    if lines and not live:
        sheet.autofilter(LIST_HEADER_ROW, 0, last, len(columns) + len(added) - 1)
    landscape_page(sheet, TITLE_ROW, HEADER_ROW, len(columns))
    sheet.print_black_and_white()  # it is handed in: the colours of states are for the screen
    sheet.freeze_panes(TOP_TOTAL_ROW + 1, rows.at["name"] + 1)
    sheet.set_zoom(SUMMARY_ZOOM)
    return made


def _planned(rows: RowWriter, last: int) -> tuple[int, int, int]:
    """The columns of planned amounts, down to a row: left column, that row, right column."""
    return rows.at[f"planned:{rows.months[0]}"], last, rows.at[f"planned:{rows.months[-1]}"]


def _write_head(rows: RowWriter, head: Head, made: SummaryPlaces) -> None:
    """Title, the line below it, and the headings of the total."""
    sheet, styles, at, last = rows.sheet, rows.styles, rows.at, len(rows.columns) - 1
    left, right = styles("plain"), styles("plain", align="right")
    sheet.set_row(TITLE_ROW, _HEAD_HEIGHTS[0])
    sheet.set_row(HEAD_ROW, _HEAD_HEIGHTS[1])
    year, department = head.year_cell, head.department_cell
    _across(
        sheet, TITLE_ROW, (0, last), styles("title"),
        f"{head.year}年{TITLE}" if head.year else TITLE,
        year and title_formula(year, _outdated(made, head)),
    )  # fmt: skip
    if head.listed:
        rule = {"type": "formula", "criteria": f'=ISNUMBER(FIND("{OUTDATED}",$A$1))', "format": styles.mark("error")}
        sheet.conditional_format(TITLE_ROW, 0, TITLE_ROW, last, rule)
    # Without months the line has less room.
    date = at[f"percent:{rows.months[0]}"] if rows.months else at["other"]
    date_text, unit = (DATE, last - 2) if rows.months else (SHORT_DATE, last - 1)
    _across(
        sheet, HEAD_ROW, (0, at["name"]), left,
        f"填报单位：{clean(head.department or '')}",
        department and department_line(department),
    )  # fmt: skip
    _across(
        sheet, HEAD_ROW, (at["budget"], date - 1), left,
        f"预算年度：{head.year or ''}",
        year and year_line(year),
    )  # fmt: skip
    # Left for hand-writing: the clock would make every output differ.
    _across(sheet, HEAD_ROW, (date, unit - 1), left, head.date or date_text)
    _across(sheet, HEAD_ROW, (unit, last), right, UNIT)
    write_headings(sheet, styles, HEADER_ROW, rows.columns)


def _outdated(made: SummaryPlaces, head: Head) -> str:
    """A test for the title's formula: the rows are not those of 首页."""
    if head.listed is None:
        return "FALSE"
    at = made.columns
    return is_outdated(Rows(made.first, made.last), at["number"], at["state"], head.listed)


def _across(
    sheet: Worksheet, row: int, columns: tuple[int, int], style: Format, text: str, formula: str | None = None
) -> None:
    """One text over several columns, or the formula that gives it."""
    put(sheet, (row, columns[0], row, columns[1]), Formula(formula, text) if formula else text, style)


def _write_total(rows: RowWriter, row: int, made: SummaryPlaces, totals: Totals, lines: Sequence[ProjectLine]) -> None:
    """合计: sums as live formulas; under the percentages the share of the whole budget.

    It stands below the list, and above the charts once more.
    """
    sheet = rows.sheet
    sheet.set_row(row, _BELOW_HEIGHTS[0])
    style = rows.styles("total", num_format=AMOUNT, shrink=True)
    _across(sheet, row, (0, rows.at["name"]), rows.styles("total", align="center"), TOTAL_LABEL)
    figures, own = totals.figures, Rows(made.first, made.last)
    for key, column in rows.at.items():
        if key.startswith("percent:"):
            month = int(key.partition(":")[2])
            share = _SHARE.divide(totals.planned_at(month), totals.budget) if totals.budget else ZERO
            percent = rows.styles("total", num_format=SHARE)
            sheet.write_formula(row, column, total_of(key, row, rows.at, own), percent, number(share))
        elif key in figures or key.startswith("planned:"):
            sheet.write_formula(row, column, total_of(key, row, rows.at, own), style, number(figures.get(key, ZERO)))
    counts = [branch_counts(line, rows.at) for line in lines]
    centred = rows.styles("total", align="center")
    for key in (key for key in rows.at if key.startswith("branch:")):
        counted = sum(count[key] for count in counts)
        sheet.write_formula(row, rows.at[key], total_of(key, row, rows.at, own), centred, counted)
    summed = total_of("indicators", row, rows.at, own)
    sheet.write_formula(row, rows.at["indicators"], summed, centred, sum(line.indicators for line in lines))
    sheet.write_blank(row, rows.at["state"], None, centred)


def _write_reference(rows: RowWriter, made: SummaryPlaces, totals: Totals, pace: Mapping[int, Decimal]) -> None:
    """参考进度: the profile's pace, and what of the whole budget would be spent by then."""
    sheet, row = rows.sheet, made.reference
    sheet.set_row(row, _BELOW_HEIGHTS[1])
    grey = {"font_color": "#5B6675"}
    _across(sheet, row, (0, rows.at["name"]), rows.styles("cell", align="center", **grey), REFERENCE_LABEL)
    for key, column in rows.at.items():
        kind, _, month = key.partition(":")
        share = pace.get(int(month)) if kind in {"percent", "planned"} else None
        if share is None:
            if column > rows.at["name"]:
                sheet.write_blank(row, column, None, rows.styles("cell"))
        elif kind == "percent":
            style = rows.styles("cell", num_format=percent_format([share], live=False), align="right", **grey)
            sheet.write_number(row, column, fraction(share), style)
        else:
            amount = EXACT.multiply(totals.budget, share).scaleb(-2, EXACT)
            style = rows.styles("cell", num_format=AMOUNT, align="right", **grey)
            sheet.write_formula(row, column, reference_of(month, row, rows.at), style, number(amount))


def _write_notes(rows: RowWriter, row: int, profile: Profile, missing: str, remarks: Sequence[str]) -> None:
    """What is missing from the totals, and how the figures come about."""
    source = f"参考进度取自口径“{clean(profile.title)}”"
    note = f"注：各月底为累计计划支出，金额＝预算数×累计百分比；{source}。"
    width = sum(rows.widths)
    notes = [(note, "note", _NOTE_HEIGHT)] if rows.months else []
    if remarks:
        made_up = f"注：{'；'.join(remarks)}。"
        notes.append((made_up, "note", row_height([(made_up, width)], _NOTE_HEIGHT)))
    if missing:
        notes.insert(0, (missing, "missing", row_height([(missing, width)], _NOTE_HEIGHT)))
    for at, (text, style, height) in enumerate(notes, row):
        _across(rows.sheet, at, (0, len(rows.columns) - 1), rows.styles(style), text)
        rows.sheet.set_row(at, height)


def _add_charts(workbook: Workbook, rows: RowWriter, made: SummaryPlaces, lines: Sequence[ProjectLine]) -> None:
    """Between the total and the list, which grows below them; the largest budgets stand in cells under the second."""
    name, at, months = str(rows.sheet.name), made.columns, rows.months
    charts: list[Any] = []
    if months:
        first, last = at[f"planned:{months[0]}"], at[f"planned:{months[-1]}"]
        headings, planned, pace = ((row, first, row, last) for row in (HEADER_ROW, made.total, made.reference))
        charts.append(spending_chart(workbook, name, headings, planned, pace))
    names, budgets = ((made.first, at[key], made.last, at[key]) for key in ("name", "budget"))
    shown = [number for number, column in enumerate(rows.columns) if column in rows.shown]
    listed = [(line.name or "", line.amounts["budget"]) for line in lines]
    column = shown[column_under_right(rows.widths)]
    largest = write_largest(rows.sheet, rows.styles, column, names, budgets, listed, grows=rows.live)
    charts.append(bars_chart(workbook, name, "各项目预算数", *largest))
    insert_charts(rows.sheet, rows.widths, charts)
