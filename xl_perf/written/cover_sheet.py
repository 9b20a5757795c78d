"""首页: who hands the workbook in, what to do next, and the list of projects with link, budget and state.

Buttons stand right of it, where they are on the projects' sheets too. `core.reading` finds everything by its labels.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.actions import ACTIONS
from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import Area, a1
from xl_perf.core.cells.values import plain
from xl_perf.core.forms.box import YEAR_PATTERN, YEAR_UNKNOWN
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.making.placing import is_list
from xl_perf.core.model.department import Cover
from xl_perf.core.workbook.sheets import COVER_FIELDS, COVER_SHEET, LIST_SHEET, SUMMARY_SHEET
from xl_perf.sheets.button_looks import ACROSS
from xl_perf.sheets.cells import Content, Formula, absolute, amount_content, text_content
from xl_perf.sheets.cover_heights import CODE, NAME, WIDTHS
from xl_perf.sheets.form_content import FILLED, GONE, PLAN_WRONG, UNBALANCED, UNFINISHED, WRONG
from xl_perf.sheets.looks import AMOUNT, TEXT
from xl_perf.sheets.own_texts import parts_of, with_year
from xl_perf.sheets.summary_frame import says_outdated
from xl_perf.sheets.texts import quoted, row_height
from xl_perf.written.button_shapes import place_buttons
from xl_perf.written.form_checks import amount_rule
from xl_perf.written.form_sheet import Written
from xl_perf.written.page import portrait_page, protect
from xl_perf.written.project_list import OVER, Listed, total_of, write_list
from xl_perf.written.put import put
from xl_perf.written.styles import Styles

NEXT_ROW, TITLE_ROW, FIELD_ROW = 0, 2, 4
HEADER_ROW: Final = FIELD_ROW + 4
_LAST: Final = len(WIDTHS) - 1
_LABELS: Final = {field.key: field.label for field in COVER_FIELDS}
FIELDS: Final[dict[str, Area]] = {
    "department": (FIELD_ROW, 2, FIELD_ROW, 3),
    "year": (FIELD_ROW, 5, FIELD_ROW, 5),
    "contact": (FIELD_ROW + 1, 2, FIELD_ROW + 1, 3),
    "phone": (FIELD_ROW + 1, 5, FIELD_ROW + 1, 5),
    "ceiling": (FIELD_ROW + 2, 2, FIELD_ROW + 2, 5),
}
TITLE_TEXT: Final = "部门预算绩效文本"
_BUTTONS: Final = tuple(action for action in ACTIONS if action.on_cover)


def cell_of(key: str) -> str:
    """An input of 首页 as formulas on other sheets name it."""
    return f"{quoted(COVER_SHEET)}!{absolute(FIELDS[key])}"


def year_content(cover: Cover, pattern: str = YEAR_PATTERN) -> Formula:
    """What a line with the year on a form shows: （2023年度）, from 首页; ``pattern`` has {} in the year's place."""
    cell, year = cell_of("year"), _contents(cover)["year"]
    pieces = [
        f'"{text.replace(chr(34), chr(34) * 2)}"'
        if by is None
        else f'IFERROR({cell}{by:+d},"{YEAR_UNKNOWN}")'
        if by
        else cell
        for text, by in parts_of(pattern)
    ]
    blank = with_year(pattern, None).replace('"', '""')
    shown = with_year(pattern, None if year is None else str(year))
    return Formula(f'=IF({cell}="","{blank}",{"&".join(pieces)})', shown)


def write_cover(
    workbook: Workbook,
    sheet: Worksheet,
    styles: Styles,
    cover: Cover,
    forms: Sequence[Written],
    kinds: Sequence[FormKind],
    *,
    macros: bool = False,
    packed: bool = False,
    last_budgets: Sequence[Decimal] = (),
) -> Listed:
    """Writes the sheet, with macros buttons too; gives where its list stands. Amounts in 万元.

    ``kinds`` are those of the book's forms. ``packed``: it is for whoever receives the book, not for filling in.
    ``last_budgets``: what the projects' budgets were last year, in 万元; while one is the same the sheet asks to look.
    """
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    if not any("code" in kind.place for kind in kinds):
        sheet.set_column(CODE, CODE, WIDTHS[CODE], None, {"hidden": True})
        sheet.set_column(NAME, NAME, WIDTHS[CODE] + WIDTHS[NAME])
    contents = _contents(cover)
    _title(sheet, styles, contents)
    _fields(workbook, sheet, styles, contents)
    sheet.set_row(HEADER_ROW - 1, 12)
    ceiling = a1(*FIELDS["ceiling"][:2])
    listed = write_list(sheet, styles, HEADER_ROW, forms, kinds, ceiling, contents["ceiling"])
    lasting = _Next(PACKED, LOST_WITHOUT_BUTTONS, OLD_WITHOUT_BUTTONS) if packed else _NEXT[macros]
    _next_step(sheet, styles, listed, contents, forms, lasting, () if packed else last_budgets)
    steps = STEPS_WITH_BUTTONS if macros else STEPS
    if is_list(kinds[0]):
        steps = (steps[0], STEP_OF_LIST, *steps[2:])
    _steps(sheet, styles, listed.total + 3, STEPS_PACKED if packed else steps)
    if macros:
        sheet.set_column(len(WIDTHS), len(WIDTHS), 2)
        place_buttons(sheet, _BUTTONS, len(WIDTHS) + 1, across=ACROSS)
    _guide(sheet, styles, cover.year.value)
    _page(sheet, listed)
    return listed


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
    for row in (NEXT_ROW + 1, TITLE_ROW + 1):
        sheet.set_row(row, 12)


def _fields(workbook: Workbook, sheet: Worksheet, styles: Styles, contents: dict[str, Content]) -> None:
    label = styles("label")
    for key, area in FIELDS.items():
        row, column = area[:2]
        sheet.set_row(row, row_height([(str(contents[key] or ""), sum(WIDTHS[column : area[3] + 1]))], 28))
        text = f"{_LABELS[key]}（万元）" if key == "ceiling" else _LABELS[key]
        put(sheet, (row, 0, row, 1) if column == 2 else (row, column - 1, row, column - 1), text, label)
        style = {
            "ceiling": {"num_format": AMOUNT, "align": "left", "indent": 1},
            "year": {"num_format": "0", "align": "left", "indent": 1},
        }
        if key == "phone" and "\n" not in str(contents[key] or ""):
            # A number is no longer one when it stands on two lines.
            style[key] = {"num_format": TEXT, "align": "left", "indent": 0, "text_wrap": False, "shrink": True}
        put(
            sheet,
            area,
            contents[key],
            styles("input", **style.get(key, {"num_format": TEXT, "align": "left", "indent": 1})),
        )
        workbook.define_name(_LABELS[key], f"={cell_of(key)}")


def _guide(sheet: Worksheet, styles: Styles, year: int | None) -> None:
    """Input messages, and a soft colour where department or year is still missing."""
    example = "" if year is None else f"，例如 {year}"
    sheet.data_validation(
        *FIELDS["year"],
        {
            "validate": "integer",
            "criteria": "between",
            "minimum": 2000,
            "maximum": 2100,
            "error_title": "不是有效的年度",
            "error_message": f"请填四位数字的年度{example}。",
        },
    )
    rule = amount_rule(absolute(FIELDS["ceiling"]))
    sheet.data_validation(
        *FIELDS["ceiling"],
        rule | {"input_message": "单位万元，没有可以留空。"},
    )
    for key in ("department", "year"):
        rule = {"type": "formula", "criteria": f'={absolute(FIELDS[key])}=""', "format": styles.mark("missing")}
        sheet.conditional_format(*FIELDS[key], rule)


# --- what to do ------------------------------------------------------------------------------------------------

START: Final = "先填写下面的部门名称和预算年度。"
OPEN: Final = "点列表中的表号 01，填写第一个项目。"
OPEN_LIST: Final = f"打开“{LIST_SHEET}”，填写第一个项目。"
TOO_MUCH: Final = "项目预算合计超过控制数，请核对各项目的预算数。"
FILLED_IN: Final = "项目已填好。"
LAST_AMOUNTS: Final = "有项目的预算数与上年相同，请核对是否已改成今年的。"
"""Stands in its place as long as that is so."""
_MOST_LAST: Final = 300
"""Budgets that a formula compares with: it has 8,192 characters."""
DONE: Final = f"{FILLED_IN}填完“整体绩效目标”后按“校验全部”；没有按钮的，保存后运行 xl-perf check。"
DONE_WITH_BUTTONS: Final = f"{FILLED_IN}填完“整体绩效目标”后按“校验全部”。"
BROKEN: Final = "个项目的金额或支出计划有误，点表号进去改正。"
MISTAKEN: Final = "个项目校验有错误，按“校验结果”改正后再校验。"
LOST: Final = "张列出的项目表已不在工作簿里，合计没有计入，按“校验全部”更新列表。"
LOST_WITHOUT_BUTTONS: Final = "张列出的项目表已不在工作簿里，合计没有计入，请核对。"
OLD: Final = "部门汇总与本页的项目不一致，按“汇总”更新。"
OLD_WITHOUT_BUTTONS: Final = "部门汇总与本页的项目不一致，按“汇总”更新；没有按钮的，运行 xl-perf consolidate 另出汇总。"
GOING: Final = "个项目还没填完，点表号进去继续填写。"
PACKED: Final = "这是打包报送的工作簿，校验情况见“校验结果”，内容和摘要见“报送清单”。"


class _Next(NamedTuple):
    """What the line says where all is filled in, where sheets are gone, where 部门汇总 is another."""

    done: str
    lost: str
    old: str


_NEXT: Final = (_Next(DONE, LOST_WITHOUT_BUTTONS, OLD_WITHOUT_BUTTONS), _Next(DONE_WITH_BUTTONS, LOST, OLD))
"""Without and with buttons."""


def _next_step(
    sheet: Worksheet,
    styles: Styles,
    listed: Listed,
    contents: dict[str, Content],
    forms: Sequence[Written],
    says: "_Next",
    last_budgets: Sequence[Decimal],
) -> None:
    """One line that follows the state of the book."""
    done, lost, old = says
    start = OPEN_LIST if all(one.place for one in forms) else OPEN
    kept = f"{LAST_AMOUNTS}{done.removeprefix(FILLED_IN)}"
    last = sorted(set(last_budgets))[:_MOST_LAST]
    is_kept = f"SUMPRODUCT(COUNTIF({listed.budgets},{{{';'.join(map(plain, last))}}}))>0"
    ending = f'IF({is_kept},"{kept}","{done}")' if last else f'"{done}"'
    states = listed.states
    department, year = (a1(*FIELDS[key][:2]) for key in ("department", "year"))
    broken = f'(COUNTIF({states},"{UNBALANCED}")+COUNTIF({states},"{PLAN_WRONG}"))'
    unfinished, filled = f'COUNTIF({states},"{UNFINISHED}")', f'COUNTIF({states},"{FILLED}")'
    wrong, gone = f'COUNTIF({states},"{WRONG}")', f'COUNTIF({states},"{GONE}")'
    formula = (
        f'=IF(OR({department}="",{year}=""),"{START}",IF({gone}>0,"有 "&{gone}&" {lost}",'
        f'IF({broken}>0,"有 "&{broken}&" {BROKEN}",'
        f'IF({unfinished}>0,"有 "&{unfinished}&" {GOING}",IF({wrong}>0,"有 "&{wrong}&" {MISTAKEN}",'
        f'IF({filled}=0,"{start}",IF({listed.against_ceiling}="{OVER}","{TOO_MUCH}",'
        f'IF({says_outdated(SUMMARY_SHEET)},"{old}",{ending}))))))))'
    )
    sheet.set_row(NEXT_ROW, 30)
    put(sheet, (NEXT_ROW, 0, NEXT_ROW, 1), "下一步", styles("next label"))
    is_same = any(isinstance(one.budget, float) and Decimal(format(one.budget, ".15g")) in last for one in forms)
    result = _next_result(contents, forms, kept if is_same else done)
    put(sheet, (NEXT_ROW, 2, NEXT_ROW, _LAST), Formula(formula, result), styles("next"))


def _next_result(contents: dict[str, Content], forms: Sequence[Written], done: str) -> str:
    """What the line's formula gives."""
    states = [written.listed_state for written in forms]
    if not contents["department"] or not contents["year"]:
        return START
    broken = states.count(UNBALANCED) + states.count(PLAN_WRONG)
    if broken:
        return f"有 {broken} {BROKEN}"
    if UNFINISHED in states:
        return f"有 {states.count(UNFINISHED)} {GOING}"
    if WRONG in states:
        return f"有 {states.count(WRONG)} {MISTAKEN}"
    if FILLED not in states:
        return OPEN_LIST if all(one.place for one in forms) else OPEN
    ceiling = contents["ceiling"]
    over = isinstance(ceiling, float) and Decimal(format(ceiling, ".15g")) < total_of(forms)
    return TOO_MUCH if over else done


STEPS: Final = (
    "1. 填写本页的部门名称、预算年度和联系人；控制数没有可以留空。",
    "2. 一个项目一张表：点表号填写。要增加项目，复制“空白表”并改名为下一个号（见“说明”）。",
    "3. 填写“整体绩效目标”：总体目标、分项目标及其指标和对应项目、工作保障措施。",
    "4. 按“校验全部”，按“校验结果”改正；再按“汇总”。没有按钮的，保存后运行 xl-perf check 和 xl-perf consolidate。",
)
STEPS_WITH_BUTTONS: Final = (
    STEPS[0],
    "2. 一个项目一张表：点表号填写。要增加项目，按“新增项目”；收集各单位报来的表，按“导入项目”。",
    STEPS[2],
    "4. 按“校验全部”，按“校验结果”改正；再按“汇总”，生成部门汇总。每个按钮的作用见“说明”。",
)
STEP_OF_LIST: Final = (
    f"2. 所有项目填在“{LIST_SHEET}”上，一行一个指标；项目自己的栏目写在它的第一行。要增加项目，接着在下面的空行写。"
)
STEPS_PACKED: Final = (
    "1. 本工作簿由部门的原工作簿打包而成，不含宏：表样、金额和文字与原来一致，合计随表更新。",
    "2. 没有带上的内容、接受的警告和各表的摘要见“报送清单”。内容改了，收件时会逐格指出；要改请改原工作簿，重新打包。",
)


def _steps(sheet: Worksheet, styles: Styles, row: int, steps: Sequence[str]) -> None:
    sheet.set_row(row, 22)
    put(sheet, (row, 0, row, _LAST), "说明" if steps is STEPS_PACKED else "填报步骤", styles("heading"))
    for at, text in enumerate(steps, row + 1):
        sheet.set_row(at, row_height([(text, sum(WIDTHS))], 20))
        put(sheet, (at, 0, at, _LAST), text, styles("plain", text_wrap=True))


def _page(sheet: Worksheet, listed: Listed) -> None:
    portrait_page(sheet, one_page=False)
    # Title, fields and list: not what helps to fill in, nor the buttons, for which LibreOffice would make room.
    sheet.print_area(TITLE_ROW, 0, listed.total + 2, _LAST)
    sheet.repeat_rows(HEADER_ROW)
    sheet.ignore_errors({"number_stored_as_text": f"A1:F{listed.total + 1}"})
    protect(sheet)
    sheet.set_selection(a1(*FIELDS["department"][:2]))
