"""首页: who hands the workbook in, what to do next, and the list of projects with link, budget and state.

Rows 2 and 3 of the sheet stay free for buttons. `core.reading` finds everything by its labels.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.books.cells import PROTECTION, Content, Formula, amount_content, put, span, text_content
from xl_perf.books.form_checks import amount_rule
from xl_perf.books.form_content import FILLED, PLAN_WRONG, UNBALANCED, UNFINISHED
from xl_perf.books.form_sheet import NAMES, STATE_NAME, Written
from xl_perf.books.layout import A4, quoted, row_height
from xl_perf.books.styles import AMOUNT, TEXT, Styles
from xl_perf.core import form
from xl_perf.core.grid import Area, a1
from xl_perf.core.model import Cover, Status
from xl_perf.core.totals import EXACT, ZERO

WIDTHS: Final = (7, 9, 21, 35, 15, 15)
TITLE_ROW, BUTTON_ROW, NEXT_ROW, FIELD_ROW = 0, 1, 3, 4
HEADER_ROW: Final = FIELD_ROW + 4
FIRST_ROW: Final = HEADER_ROW + 1
SPARE_ROWS: Final = 4
FEWEST_ROWS: Final = 10
_LAST: Final = len(WIDTHS) - 1
_LABELS: Final = {field.key: field.label for field in form.COVER_FIELDS}
FIELDS: Final[dict[str, Area]] = {
    "department": (FIELD_ROW, 2, FIELD_ROW, 3),
    "year": (FIELD_ROW, 5, FIELD_ROW, 5),
    "contact": (FIELD_ROW + 1, 2, FIELD_ROW + 1, 3),
    "phone": (FIELD_ROW + 1, 5, FIELD_ROW + 1, 5),
    "ceiling": (FIELD_ROW + 2, 2, FIELD_ROW + 2, 3),
}
TITLE_TEXT: Final = "部门预算绩效文本"


class Listed(NamedTuple):
    """Rows of the list: the first, the last, and the row of the total."""

    first: int
    last: int
    total: int


def cell_of(key: str) -> str:
    """An input of 首页 as formulas on other sheets name it."""
    return f"{quoted(form.COVER_SHEET)}!{span(FIELDS[key]).partition(':')[0]}"


def write_cover(workbook: Workbook, sheet: Worksheet, styles: Styles, cover: Cover, forms: Sequence[Written]) -> None:
    """Writes the sheet. Amounts in 万元."""
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    rows = max(FEWEST_ROWS, len(forms) + SPARE_ROWS)
    listed = Listed(FIRST_ROW, FIRST_ROW + rows - 1, FIRST_ROW + rows)
    contents = _contents(cover)
    _title(sheet, styles, contents)
    _fields(workbook, sheet, styles, contents)
    _header(sheet, styles)
    for row in range(listed.first, listed.last + 1):
        at = row - listed.first
        if at < len(forms):
            _project(sheet, styles, row, at + 1, forms[at])
        else:
            _spare(sheet, styles, row, at + 1)
    _totals(sheet, styles, listed, contents, forms)
    _next_step(sheet, styles, listed, contents, forms)
    _steps(sheet, styles, listed.total + 3)
    _colour(sheet, styles, listed)
    _page(sheet, listed)


def _contents(cover: Cover) -> dict[str, Content]:
    year = cover.year
    return {
        "department": text_content(cover.department),
        "year": year.value if year.status is Status.FILLED else text_content(year),
        "contact": text_content(cover.contact),
        "phone": text_content(cover.phone),
        "ceiling": amount_content(cover.ceiling),
    }


# --- the top ---------------------------------------------------------------------------------------------------


def _title(sheet: Worksheet, styles: Styles, contents: dict[str, Content]) -> None:
    cell = a1(*FIELDS["year"][:2])
    year = contents["year"]
    text = f"{year}年{TITLE_TEXT}" if year else TITLE_TEXT
    title = Formula(f'=IF({cell}="","",{cell}&"年")&"{TITLE_TEXT}"', text)
    sheet.set_row(TITLE_ROW, 46)
    put(sheet, (TITLE_ROW, 0, TITLE_ROW, _LAST), title, styles("title", font_size=22))
    sheet.set_row(BUTTON_ROW, 15)
    sheet.set_row(BUTTON_ROW + 1, 15)


def _fields(workbook: Workbook, sheet: Worksheet, styles: Styles, contents: dict[str, Content]) -> None:
    label = styles("label")
    for key, area in FIELDS.items():
        row, column = area[:2]
        sheet.set_row(row, row_height([(str(contents[key] or ""), sum(WIDTHS[column : area[3] + 1]))], 28))
        text = f"{_LABELS[key]}（万元）" if key == "ceiling" else _LABELS[key]
        put(sheet, (row, 0, row, 1) if column == 2 else (row, column - 1, row, column - 1), text, label)
        style = {"ceiling": {"num_format": AMOUNT, "align": "left"}, "year": {"num_format": "0", "align": "left"}}
        put(sheet, area, contents[key], styles("input", **style.get(key, {"num_format": TEXT, "align": "left"})))
        workbook.define_name(_LABELS[key], f"={cell_of(key)}")
    row = FIELDS["ceiling"][0]
    note = "财政部门下达的控制数，没有可留空"
    put(sheet, (row, 4, row, 5), None, styles("cell"))
    sheet.data_validation(
        *FIELDS["year"],
        {
            "validate": "integer",
            "criteria": "between",
            "minimum": 2000,
            "maximum": 2100,
            "input_title": "预算年度",
            "input_message": "四位数字，例如 2023。",
            "error_title": "不是有效的年度",
            "error_message": "请填四位数字的年度，例如 2023。",
        },
    )
    rule = amount_rule(span(FIELDS["ceiling"]).partition(":")[0])
    sheet.data_validation(*FIELDS["ceiling"], rule | {"input_title": "控制数（万元）", "input_message": f"{note}。"})
    name = {"validate": "any", "input_title": "部门名称", "input_message": "单位全称，与上报文本一致。"}
    sheet.data_validation(*FIELDS["department"], name)


# --- the list --------------------------------------------------------------------------------------------------


def _header(sheet: Worksheet, styles: Styles) -> None:
    sheet.set_row(HEADER_ROW - 1, 12)
    sheet.set_row(HEADER_ROW, 26)
    for column, text in enumerate(("序号", "项目表", "项目编码", "项目名称", "预算数（万元）", STATE_NAME)):
        sheet.write_string(HEADER_ROW, column, text, styles("header"))


def _project(sheet: Worksheet, styles: Styles, row: int, number: int, written: Written) -> None:
    """A row that refers to the form's cells; the first column leads there."""
    cell, centre = styles("cell"), styles("cell", align="center")
    code, name, total = (written.content(key) for key in ("code", "name", "total"))
    sheet.set_row(row, row_height([(str(name or ""), WIDTHS[3]), (str(code or ""), WIDTHS[2])], 23))
    sheet.write_number(row, 0, number, centre)
    link = styles("link", align="center")
    sheet.write_url(row, 1, f"internal:{quoted(written.sheet)}!A1", link, written.sheet)
    amount = styles("cell", num_format=AMOUNT, align="right")
    looks = (2, "code", code, centre), (3, "name", name, cell), (4, "total", total, amount)
    for column, key, content, style in looks:
        source = written.reference(key)
        result = content if isinstance(content, str | float) else ""
        put(sheet, (row, column, row, column), Formula(f'=IF({source}="","",{source})', result), style)
    put(sheet, (row, 5, row, 5), Formula(f"={written.state_reference}", written.state), centre)


def _spare(sheet: Worksheet, styles: Styles, row: int, number: int) -> None:
    """A row that fills itself when a form sheet of the next number is added, by the names of the form's cells."""
    cell, centre = styles("cell"), styles("cell", align="center")
    sheet.set_row(row, 23)
    sheet.write_number(row, 0, number, centre)
    wanted = f"{number:02d}"
    found = f"ISREF(INDIRECT(\"'{wanted}'!A1\"))"
    link = f'=IF({found},HYPERLINK("#\'{wanted}\'!A1","{wanted}"),"")'
    put(sheet, (row, 1, row, 1), Formula(link, ""), styles("link", align="center"))
    amount = styles("cell", num_format=AMOUNT, align="right")
    for column, key, style in ((2, "code", centre), (3, "name", cell), (4, "total", amount)):
        source = f"INDIRECT(\"'{wanted}'!{NAMES[key]}\")"
        put(sheet, (row, column, row, column), Formula(f'=IFERROR(IF({source}="","",{source}),"")', ""), style)
    state = f"=IFERROR(INDIRECT(\"'{wanted}'!{STATE_NAME}\"),\"\")"
    put(sheet, (row, 5, row, 5), Formula(state, ""), centre)


def _totals(
    sheet: Worksheet, styles: Styles, listed: Listed, contents: dict[str, Content], forms: Sequence[Written]
) -> None:
    """合计, and what 控制数 leaves."""
    row, column = listed.total, 4
    total = _total_of(forms)
    amount = styles("total", num_format=AMOUNT, align="right")
    sheet.set_row(row, 25)
    put(sheet, (row, 0, row, 3), form.TOTAL_LABEL, styles("total", align="center"))
    sums = f"=SUM({a1(listed.first, column)}:{a1(listed.last, column)})"
    put(sheet, (row, column, row, column), Formula(sums, float(total)), amount)
    put(sheet, (row, 5, row, 5), None, styles("total"))
    sheet.set_row(row + 1, 25)
    put(sheet, (row + 1, 0, row + 1, 3), "控制数减去项目预算合计（万元）", styles("label"))
    ceiling, sum_cell = a1(*FIELDS["ceiling"][:2]), a1(row, column)
    left = contents["ceiling"]
    rest = float(EXACT.subtract(Decimal(str(left)), total)) if isinstance(left, float) else ""
    formula = Formula(f'=IF(ISNUMBER({ceiling}),ROUND({ceiling}-{sum_cell},6),"")', rest)
    put(sheet, (row + 1, column, row + 1, column), formula, styles("cell", num_format=AMOUNT, align="right"))
    over = f'=IF(ISNUMBER({a1(row + 1, column)}),IF({a1(row + 1, column)}<0,"超出控制数","在控制数内"),"")'
    said = "" if isinstance(rest, str) else "超出控制数" if rest < 0 else "在控制数内"
    put(sheet, (row + 1, 5, row + 1, 5), Formula(over, said), styles("cell", align="center"))


def _total_of(forms: Sequence[Written]) -> Decimal:
    """The sum that the sheet's SUM gives: amounts that are texts do not count there."""
    total = ZERO
    for written in forms:
        content = written.content("total")
        if isinstance(content, float):
            total = EXACT.add(total, Decimal(format(content, ".15g")))
    return total


# --- what to do ------------------------------------------------------------------------------------------------

START: Final = "先填写下面的部门名称和预算年度。"
OPEN: Final = "点列表中的表号 01，填写第一个项目。"
OVER: Final = "项目预算合计超过控制数，请核对各项目的预算数。"
DONE: Final = "项目已填好。填完“整体绩效目标”后保存，运行 xl-perf check 校验。"
BROKEN: Final = "个项目的金额或支出计划有误，点表号进去改正。"
GOING: Final = "个项目还没填完，点表号进去继续填写。"


def _next_step(
    sheet: Worksheet, styles: Styles, listed: Listed, contents: dict[str, Content], forms: Sequence[Written]
) -> None:
    """One line that follows the state of the book."""
    states = f"{a1(listed.first, 5)}:{a1(listed.last, 5)}"
    department, year = (a1(*FIELDS[key][:2]) for key in ("department", "year"))
    broken = f'(COUNTIF({states},"{UNBALANCED}")+COUNTIF({states},"{PLAN_WRONG}"))'
    unfinished, filled = f'COUNTIF({states},"{UNFINISHED}")', f'COUNTIF({states},"{FILLED}")'
    formula = (
        f'=IF(OR({department}="",{year}=""),"{START}",IF({broken}>0,"有 "&{broken}&" {BROKEN}",'
        f'IF({unfinished}>0,"有 "&{unfinished}&" {GOING}",IF({filled}=0,"{OPEN}",'
        f'IF({a1(listed.total + 1, 5)}="超出控制数","{OVER}","{DONE}")))))'
    )
    sheet.set_row(NEXT_ROW, 30)
    put(sheet, (NEXT_ROW, 0, NEXT_ROW, 1), "下一步", styles("next label"))
    result = _next_result(contents, forms)
    put(sheet, (NEXT_ROW, 2, NEXT_ROW, _LAST), Formula(formula, result), styles("next"))


def _next_result(contents: dict[str, Content], forms: Sequence[Written]) -> str:
    """What the line's formula gives."""
    states = [written.state for written in forms]
    if not contents["department"] or not contents["year"]:
        return START
    broken = states.count(UNBALANCED) + states.count(PLAN_WRONG)
    if broken:
        return f"有 {broken} {BROKEN}"
    if UNFINISHED in states:
        return f"有 {states.count(UNFINISHED)} {GOING}"
    if FILLED not in states:
        return OPEN
    ceiling = contents["ceiling"]
    return OVER if isinstance(ceiling, float) and Decimal(str(ceiling)) < _total_of(forms) else DONE


STEPS: Final = (
    "1. 填写本页的部门名称、预算年度和联系人；控制数没有可以留空。",
    "2. 一个项目一张表：点列表中的表号填写。要增加项目，复制“空白表”，工作表名接着写下一个号（见“说明”）。",
    "3. 填写“整体绩效目标”：总体目标、分项目标及其指标和对应项目、工作保障措施。",
    "4. 保存后运行 xl-perf check 校验，按“校验结果”改正；再运行 xl-perf consolidate 汇总。",
)


def _steps(sheet: Worksheet, styles: Styles, row: int) -> None:
    sheet.set_row(row, 22)
    put(sheet, (row, 0, row, _LAST), "填报步骤", styles("heading"))
    for at, text in enumerate(STEPS, row + 1):
        sheet.set_row(at, row_height([(text, sum(WIDTHS))], 20))
        put(sheet, (at, 0, at, _LAST), text, styles("plain", text_wrap=True))


def _colour(sheet: Worksheet, styles: Styles, listed: Listed) -> None:
    marks = (FILLED, "good"), (UNBALANCED, "error"), (PLAN_WRONG, "error"), (UNFINISHED, "warning")
    for value, look in marks:
        rule = {"type": "cell", "criteria": "==", "value": f'"{value}"', "format": styles.mark(look)}
        sheet.conditional_format(listed.first, 5, listed.last, 5, rule)
    over = {"type": "cell", "criteria": "==", "value": '"超出控制数"', "format": styles.mark("error")}
    sheet.conditional_format(listed.total + 1, 5, listed.total + 1, 5, over)
    for key in ("department", "year"):
        cell = span(FIELDS[key]).partition(":")[0]
        rule = {"type": "formula", "criteria": f'={cell}=""', "format": styles.mark("missing")}
        sheet.conditional_format(*FIELDS[key], rule)


def _page(sheet: Worksheet, listed: Listed) -> None:
    sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW) if listed.total > 40 else None
    sheet.set_footer("&L&9&A&R&9第 &P 页，共 &N 页", {"margin": 0.35})
    sheet.hide_gridlines(2)
    sheet.ignore_errors({"number_stored_as_text": f"A1:F{listed.total + 1}"})
    sheet.protect("", dict(PROTECTION))
    sheet.set_selection(a1(*FIELDS["department"][:2]))
