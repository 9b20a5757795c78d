"""部门汇总: one row per project, live totals, the plan against an even pace, two charts.

The same sheet stands in the department workbook, where its cells refer to the forms (``live``), and in the
consolidated workbook, where they hold numbers that link to the source. `core.reading` reads it back.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any, Final, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import a1
from xl_perf.core.figures.summary import ProjectLine
from xl_perf.core.figures.totals import EXACT, ZERO, Totals, add_up
from xl_perf.core.forms.kinds import BY_NAME
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import TOTAL_LABEL
from xl_perf.sheets.cells import Formula, fraction, number
from xl_perf.sheets.lists import FIRST_ROW, HEAD_ROW, HEADER_ROW, TITLE_ROW
from xl_perf.sheets.looks import AMOUNT, SHARE
from xl_perf.sheets.summary_columns import OTHER_BRANCH, branch_counts, branch_labels, percent_format, summary_columns
from xl_perf.sheets.texts import DEFAULT_HEIGHT, clean, row_height
from xl_perf.written.page import landscape_page
from xl_perf.written.put import put
from xl_perf.written.styles import Styles
from xl_perf.written.summary_charts import bars_chart, insert_charts, spending_chart
from xl_perf.written.summary_rows import Link, RowWriter, SummaryPlaces

REFERENCE_LABEL: Final = "参考进度"
TITLE: Final = "部门预算项目绩效汇总表"
FEWEST_LIVE_ROWS: Final = 2
"""Of a list whose rows come and go: put in between two, they are in every sum and chart."""
_HEAD_HEIGHTS: Final = (36, 22, 36)
_HEAD_HEIGHT: Final = sum(_HEAD_HEIGHTS)
_BELOW_HEIGHTS: Final = (24, 21)
"""Points: 合计, 参考进度."""
_NOTE_HEIGHT: Final = 20.0
_SHORT_DATE: Final = "填报日期：      年    月    日"
_SHARE: Final = Context(prec=17, rounding=ROUND_HALF_EVEN)
"""A share is the one figure here that need not be finite; it is shown, never added."""


class Head(NamedTuple):
    """What the title lines say. The cells are references such as ``'首页'!$C$4``; with them the lines are live."""

    department: str | None
    year: int | None
    department_cell: str | None = None
    year_cell: str | None = None


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
) -> SummaryPlaces:
    """Writes the whole sheet, top to bottom (so it also works with ``constant_memory``). Amounts in 万元.

    With ``live`` the cells refer to the forms' cells (`ProjectLine.cells`; further keys ``branch:产出`` may name
    the range of 三级指标 whose filled cells are counted). With ``checked`` false the state says 未校验 or 未填报
    instead of what the findings say; ``states`` puts these formulas there, one per line. ``missing`` says below the
    totals what is missing from them.
    """
    planned = profile.checkpoints if not lines or any(line.has_plan for line in lines) else ()
    months = sorted({*planned, *(month for line in lines for month, _ in line.percents)})
    known = branch_labels(profile)
    more = any(name not in known for line in lines for name, _ in line.branches)
    columns = summary_columns(months, known | ({OTHER_BRANCH: OTHER_BRANCH} if more else {}))
    has_code = not lines or any("code" in BY_NAME[line.form].place for line in lines)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width, None, {} if has_code or column.key != "code" else {"hidden": True})
    rows = RowWriter(sheet, styles, columns, months, live=live, checked=checked, link=link)
    rows.widths = [column.width for column in columns if has_code or column.key != "code"]
    _write_head(rows, head)
    for at, line in enumerate(lines):
        rows.project(FIRST_ROW + at, line, states[at] if states else None)
    last = FIRST_ROW + max(len(lines), FEWEST_LIVE_ROWS if live else 1) - 1
    for row in range(FIRST_ROW + len(lines), last + 1):
        rows.blank_row(row)
    made = SummaryPlaces(FIRST_ROW, last, last + 1, last + 2, rows.at)
    totals = add_up(line.totals for line in lines)
    pace = {month: share for month, share in zip(profile.checkpoints, profile.pace, strict=True) if month in months}
    _write_total(rows, made, totals, lines)
    if months:
        _write_reference(rows, made, totals, pace)
    remarks = [] if live else totals.remarks
    below = _write_notes(rows, made.reference + bool(months), profile, missing, remarks)
    landscape_page(sheet, TITLE_ROW, HEADER_ROW, len(columns))
    sheet.freeze_panes(FIRST_ROW, rows.at["name"] + 1)
    _add_charts(workbook, rows, made, below)
    return made


def _write_head(rows: RowWriter, head: Head) -> None:
    """Title, the line below it, and the header row."""
    sheet, styles, at, last = rows.sheet, rows.styles, rows.at, len(rows.columns) - 1
    left, right = styles("plain"), styles("plain", align="right")
    sheet.set_row(TITLE_ROW, _HEAD_HEIGHTS[0])
    sheet.set_row(HEAD_ROW, _HEAD_HEIGHTS[1])
    sheet.set_row(HEADER_ROW, _HEAD_HEIGHTS[2])
    year, department = head.year_cell, head.department_cell
    _across(
        sheet, TITLE_ROW, (0, last), styles("title"),
        f"{head.year}年{TITLE}" if head.year else TITLE,
        year and f'=IF({year}="","",{year}&"年")&"{TITLE}"',
    )  # fmt: skip
    # Without months the line has less room.
    date = at[f"percent:{rows.months[0]}"] if rows.months else at["other"]
    date_text, unit = ("填报日期：          年      月      日", last - 2) if rows.months else (_SHORT_DATE, last - 1)
    _across(
        sheet, HEAD_ROW, (0, at["name"]), left,
        f"填报单位：{clean(head.department or '')}",
        department and f'="填报单位："&{department}',
    )  # fmt: skip
    _across(
        sheet, HEAD_ROW, (at["budget"], date - 1), left,
        f"预算年度：{head.year or ''}",
        year and f'="预算年度："&{year}',
    )  # fmt: skip
    # Left for hand-writing: the clock would make every output differ.
    _across(sheet, HEAD_ROW, (date, unit - 1), left, date_text)
    _across(sheet, HEAD_ROW, (unit, last), right, "单位：万元")
    for column, what in enumerate(rows.columns):
        sheet.write_string(HEADER_ROW, column, what.label, styles("header"))


def _across(
    sheet: Worksheet, row: int, columns: tuple[int, int], style: Format, text: str, formula: str | None = None
) -> None:
    """One text over several columns, or the formula that gives it."""
    put(sheet, (row, columns[0], row, columns[1]), Formula(formula, text) if formula else text, style)


def _write_total(rows: RowWriter, made: SummaryPlaces, totals: Totals, lines: Sequence[ProjectLine]) -> None:
    """合计: sums as live formulas; under the percentages the share of the whole budget."""
    sheet, row = rows.sheet, made.total
    sheet.set_row(row, _BELOW_HEIGHTS[0])
    style = rows.styles("total", num_format=AMOUNT)
    _across(sheet, row, (0, rows.at["name"]), rows.styles("total", align="center"), TOTAL_LABEL)
    figures = totals.figures
    for key, column in rows.at.items():
        if key.startswith("percent:"):
            month = int(key.partition(":")[2])
            budget, planned = a1(row, rows.at["budget"]), a1(row, rows.at[f"planned:{month}"])
            share = _SHARE.divide(totals.planned_at(month), totals.budget) if totals.budget else ZERO
            percent = rows.styles("total", num_format=SHARE)
            sheet.write_formula(row, column, f"=IF({budget}=0,0,{planned}/{budget})", percent, number(share))
        elif key in figures or key.startswith("planned:"):
            sheet.write_formula(row, column, _sum(made, column), style, number(figures.get(key, ZERO)))
    counts = [branch_counts(line, rows.at) for line in lines]
    centred = rows.styles("total", align="center")
    for key in (key for key in rows.at if key.startswith("branch:")):
        sheet.write_formula(row, rows.at[key], _sum(made, rows.at[key]), centred, sum(count[key] for count in counts))
    column = rows.at["indicators"]
    sheet.write_formula(row, column, _sum(made, column), centred, sum(line.indicators for line in lines))
    sheet.write_blank(row, rows.at["state"], None, centred)


def _sum(made: SummaryPlaces, column: int) -> str:
    return f"=SUM({a1(made.first, column)}:{a1(made.last, column)})"


def _write_reference(rows: RowWriter, made: SummaryPlaces, totals: Totals, pace: Mapping[int, Decimal]) -> None:
    """参考进度: the profile's pace, and what of the whole budget would be spent by then."""
    sheet, row = rows.sheet, made.reference
    sheet.set_row(row, _BELOW_HEIGHTS[1])
    grey = {"font_color": "#5B6675"}
    _across(sheet, row, (0, rows.at["name"]), rows.styles("cell", align="center", **grey), REFERENCE_LABEL)
    budget = a1(made.total, rows.at["budget"])
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
            sheet.write_formula(row, column, f"={budget}*{a1(row, rows.at[f'percent:{month}'])}", style, number(amount))


def _write_notes(rows: RowWriter, row: int, profile: Profile, missing: str, remarks: Sequence[str]) -> float:
    """What is missing from the totals, and how the figures come about; gives the height of both."""
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
    return sum(height for *_, height in notes)


def _add_charts(workbook: Workbook, rows: RowWriter, made: SummaryPlaces, notes: float) -> None:
    """Below the notes, which take so many points."""
    name, at, months = str(rows.sheet.name), made.columns, rows.months
    charts: list[tuple[Any, int]] = []
    if months:
        first, last = at[f"planned:{months[0]}"], at[f"planned:{months[-1]}"]
        headings, planned, pace = ((row, first, row, last) for row in (HEADER_ROW, made.total, made.reference))
        charts.append((spending_chart(workbook, name, headings, planned, pace), 0))
    names, budgets = ((made.first, at[key], made.last, at[key]) for key in ("name", "budget"))
    charts.append((bars_chart(workbook, name, "各项目预算数", "项目", names, budgets), made.last - made.first + 1))
    above = _HEAD_HEIGHT + rows.height + sum(_BELOW_HEIGHTS) + notes + DEFAULT_HEIGHT
    row = made.reference + (4 if notes > _NOTE_HEIGHT else 3)
    insert_charts(rows.sheet, row, rows.widths, charts, above, _HEAD_HEIGHT, grows=rows.live)
