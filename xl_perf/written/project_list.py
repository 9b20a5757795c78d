"""The list of projects on 首页: link, code, name, budget and state of each form, live; the total."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import a1
from xl_perf.core.figures.totals import EXACT, ZERO, to_fen
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.making.placing import is_list
from xl_perf.core.workbook.sheets import TOTAL_LABEL
from xl_perf.sheets.cells import Content, Formula
from xl_perf.sheets.cover_heights import LEAST, of_project
from xl_perf.sheets.form_content import EMPTY, FILLED, GONE, PLAN_WRONG, UNBALANCED, UNFINISHED, WRONG
from xl_perf.sheets.form_names import STATE_NAME, first_input
from xl_perf.sheets.list_formulas import RowFormulas, spare_row
from xl_perf.sheets.list_sheet import NOT_LISTED, listed_row, not_listed
from xl_perf.sheets.looks import AMOUNT
from xl_perf.sheets.texts import quoted
from xl_perf.written.form_sheet import Written
from xl_perf.written.put import put
from xl_perf.written.styles import Styles

SPARE_ROWS: Final = 4
FEWEST_ROWS: Final = 10
OVER, WITHIN = "超出控制数", "在控制数内"
UNKNOWN: Final = "先改正再比较"
"""Instead of the two, while the total lacks something: what, says the line below."""
NOT_COUNTED: Final = "张表的预算数不是数字，没有计入合计。"
_AMOUNT: Final[Mapping[str, Any]] = {
    "num_format": AMOUNT,
    "align": "right",
    "indent": 1,
    "text_wrap": False,
    "shrink": True,
}
_LINK, _TOTAL, _STATE = 1, 4, 5


class Listed(NamedTuple):
    """Rows of the list: the first, the last, and the row of the total; below that what 控制数 leaves."""

    first: int
    last: int
    total: int

    @property
    def states(self) -> str:
        """The cells of the states."""
        return f"{a1(self.first, _STATE)}:{a1(self.last, _STATE)}"

    @property
    def links(self) -> str:
        """The cells that name the projects' sheets."""
        return f"{a1(self.first, _LINK)}:{a1(self.last, _LINK)}"

    @property
    def budgets(self) -> str:
        """The cells of the budgets."""
        return f"{a1(self.first, _TOTAL)}:{a1(self.last, _TOTAL)}"

    @property
    def texts(self) -> str:
        """A formula for how many amounts are texts, which the sum passes over."""
        return f'SUMPRODUCT(ISTEXT({self.budgets})*({self.budgets}<>""))'

    @property
    def against_ceiling(self) -> str:
        """The cell that says whether the total is within 控制数."""
        return a1(self.total + 1, _STATE)


def write_list(
    sheet: Worksheet,
    styles: Styles,
    top: int,
    forms: Sequence[Written],
    kinds: Sequence[FormKind],
    ceiling_cell: str,
    ceiling: Content,
) -> Listed:
    """Writes the header in row ``top``, a row per form, spare rows, the totals, and what they lack. Amounts in 万元.

    Spare rows wait for forms of ``kinds``.
    """
    lines = _lines(forms, kinds)
    listed = Listed(top + 1, top + len(lines), top + len(lines) + 1)
    sheet.set_row(top, 26)
    for column, text in enumerate(("序号", "项目表", "项目编码", "项目名称", "预算数（万元）", STATE_NAME)):
        sheet.write_string(top, column, text, styles("header"))
    for at, line in enumerate(lines):
        if isinstance(line, Written):
            _project(sheet, styles, listed.first + at, at + 1, line)
        else:
            _spare(sheet, styles, listed.first + at, at + 1, line)
    _total(sheet, styles, listed, total_of(forms))
    _against_ceiling(sheet, styles, listed, forms, ceiling_cell, ceiling)
    _not_counted(sheet, styles, listed, forms)
    _colour(sheet, styles, listed)
    return listed


def _lines(forms: Sequence[Written], kinds: Sequence[FormKind]) -> list[Written | RowFormulas]:
    """The forms, each with rows behind it that wait for more: behind a list for its next projects, else for sheets."""
    lists = list(dict.fromkeys(one.place[0].sheet for one in forms if one.place))
    alone = len(lists) == 1 and all(one.place for one in forms)
    spare = max(FEWEST_ROWS - len(forms), SPARE_ROWS) if alone else SPARE_ROWS
    lines: list[Written | RowFormulas] = []
    for at, written in enumerate(forms):
        lines.append(written)
        after = forms[at + 1].place if at + 1 < len(forms) else None
        if written.place is not None and (after is None or after[0] != written.place[0]):
            cells, number = written.place
            lines += [listed_row(cells, number + more, is_there=False) for more in range(1, spare + 1)]
    waiting = [kind for kind in kinds if not is_list(kind)]
    if not waiting:
        return lines
    number = sum(one.place is None for one in forms) + 1
    rows = range(max(FEWEST_ROWS - len(lines), SPARE_ROWS))
    return [*lines, *(spare_row(number + more, waiting) for more in rows)]


def _project(sheet: Worksheet, styles: Styles, row: int, number: int, written: Written) -> None:
    """A row that refers to the form's cells; the first column leads there."""
    cell, centre = styles("cell", indent=1), styles("cell", align="center")
    code, name, total = written.content("code"), written.content("name"), written.budget
    sheet.set_row(row, of_project(written.sheet, str(code or ""), str(name or "")))
    sheet.write_number(row, 0, number, centre)
    link = styles("link", align="center")
    formulas = written.list_row
    if written.place is None:
        target = f"internal:{quoted(written.sheet)}!{first_input(written.layout.kind)}"
        sheet.write_url(row, 1, target, link, written.sheet)
    else:
        shown = written.sheet if written.state != EMPTY else ""
        put(sheet, (row, 1, row, 1), Formula(formulas.link, shown), link)
    amount = styles("cell", **_AMOUNT)
    looks = (2, formulas.code, code, centre), (3, formulas.name, name, cell), (4, formulas.total, total, amount)
    for column, formula, content, style in looks:
        result = content if isinstance(content, str | float) else ""
        put(sheet, (row, column, row, column), Formula(formula, result) if formula else None, style)
    state = "" if written.place is not None and written.state == EMPTY else written.listed_state
    put(sheet, (row, 5, row, 5), Formula(formulas.state, state), centre)


def _spare(sheet: Worksheet, styles: Styles, row: int, number: int, formulas: RowFormulas) -> None:
    """A row that fills itself when a form sheet of the next number is added, or a project to a list."""
    cell, centre = styles("cell", indent=1), styles("cell", align="center")
    sheet.set_row(row, LEAST)
    sheet.write_number(row, 0, number, centre)
    amount, link = styles("cell", **_AMOUNT), styles("link", align="center")
    for column, (formula, style) in enumerate(zip(formulas, (link, centre, cell, amount, centre), strict=True), 1):
        put(sheet, (row, column, row, column), Formula(formula, "") if formula else None, style)


def _total(sheet: Worksheet, styles: Styles, listed: Listed, total: Decimal) -> None:
    row = listed.total
    sheet.set_row(row, 25)
    put(sheet, (row, 0, row, _TOTAL - 1), TOTAL_LABEL, styles("total", align="center"))
    sums = f"=SUM({a1(listed.first, _TOTAL)}:{a1(listed.last, _TOTAL)})"
    amount = styles("total", **_AMOUNT)
    put(sheet, (row, _TOTAL, row, _TOTAL), Formula(sums, float(total)), amount)
    put(sheet, (row, _STATE, row, _STATE), None, styles("total"))


def _against_ceiling(
    sheet: Worksheet, styles: Styles, listed: Listed, forms: Sequence[Written], ceiling_cell: str, ceiling: Content
) -> None:
    """What 控制数 leaves, and whether the total is within it; both blank without 控制数.

    While the sum passes over an amount nobody knows what it leaves: that is said instead.
    """
    row = listed.total + 1
    rest, lacking = a1(row, _TOTAL), _texts(forms)
    left = None
    if isinstance(ceiling, float) and not lacking:
        left = EXACT.subtract(Decimal(format(ceiling, ".15g")), total_of(forms))
    sheet.set_row(row, 25)
    put(sheet, (row, 0, row, _TOTAL - 1), "控制数减去项目预算合计（万元）", styles("label"))
    is_known = f"AND(ISNUMBER({ceiling_cell}),{listed.texts}=0)"
    formula = f'=IF({is_known},ROUND({ceiling_cell}-{a1(listed.total, _TOTAL)},6),"")'
    amount = styles("cell", **_AMOUNT)
    put(sheet, (row, _TOTAL, row, _TOTAL), Formula(formula, "" if left is None else float(to_fen(left))), amount)
    said = OVER if left is not None and left < 0 else WITHIN if left is not None else UNKNOWN
    compared = f'IF({listed.texts}>0,"{UNKNOWN}",IF({rest}<0,"{OVER}","{WITHIN}"))'
    formula = f'=IF(ISNUMBER({ceiling_cell}),{compared},"")'
    shown = said if isinstance(ceiling, float) else ""
    put(sheet, (row, _STATE, row, _STATE), Formula(formula, shown), styles("cell", align="center"))


def _texts(forms: Sequence[Written]) -> int:
    """How many amounts the sheet's SUM passes over, for they are texts."""
    return sum(isinstance(written.budget, str) for written in forms)


def _not_counted(sheet: Worksheet, styles: Styles, listed: Listed, forms: Sequence[Written]) -> None:
    """Below the total: how many amounts the sum passes over, how many projects have no row; blank where none."""
    number, texts = listed.texts, _texts(forms)
    result = f"有 {texts} {NOT_COUNTED}" if texts else ""
    row = listed.total + 2
    sheet.set_row(row, 20)
    said = f'IF({number}=0,"","有 "&{number}&" {NOT_COUNTED}")'
    lists = {one.place[0].sheet: one.place[0] for one in forms if one.place is not None}
    if lists:
        lost = not_listed([*lists.values()], listed.links)
        said = f'IF({lost}>0,"有 "&{lost}&" {NOT_LISTED}",{said})'
    put(sheet, (row, 0, row, _STATE), Formula(f"={said}", result), styles("panel message", align="right"))


def total_of(forms: Sequence[Written]) -> Decimal:
    """The sum that the sheet's SUM gives: amounts that are texts do not count there."""
    total = ZERO
    for written in forms:
        content = written.budget
        if isinstance(content, float):
            total = EXACT.add(total, Decimal(format(content, ".15g")))
    return total


def _colour(sheet: Worksheet, styles: Styles, listed: Listed) -> None:
    errors = ((value, "error") for value in (UNBALANCED, PLAN_WRONG, WRONG, GONE, OVER))
    for value, look in ((FILLED, "good"), (UNFINISHED, "warning"), (UNKNOWN, "warning"), *errors):
        rule = {"type": "cell", "criteria": "==", "value": f'"{value}"', "format": styles.mark(look)}
        sheet.conditional_format(listed.first, _STATE, listed.total + 1, _STATE, rule)
