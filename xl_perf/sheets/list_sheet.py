"""Formulas of a list of projects, a row per indicator: which rows are which project's, and what other sheets show.

Right of the list, off the printed page, every row holds the number of its project, and the first row of each project
its state. 首页 finds a project by its number: so one that somebody types into the list is listed and counted at once.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import a1, column_letters
from xl_perf.core.forms.kind import FormKind, Value
from xl_perf.core.forms.layout import Layout
from xl_perf.core.model.findings import Severity
from xl_perf.core.workbook.sheets import FINDINGS_SHEET
from xl_perf.sheets.cells import absolute_span
from xl_perf.sheets.form_content import EMPTY, FILLED, GO_WITH, GONE, UNBALANCED, UNFINISHED, WRONG, Contents, state_of
from xl_perf.sheets.form_formulas import in_wan
from xl_perf.sheets.list_formulas import RowFormulas, guarded
from xl_perf.sheets.texts import quoted

_NAME: Final = "name"
_BEYOND: Final = 500
"""Rows below a list that are looked at."""
_IDENTITY: Final = ("unit_name", "code")
"""What tells two projects of one name apart."""
_GO_WITH: Final = {key: others for key, others in GO_WITH.items() if key != "level2"}
"""A blank second level is that of the row above."""
NOT_NUMBERED: Final = "行没有编号，没有列入首页：请按“校验全部”；没有按钮的，撤消保护后把上一行右边的编号复制下来"
NOT_LISTED: Final = "个项目没有列入本页和合计：请按“校验全部”；没有按钮的，用 xl-perf new --from 另出一本。"


class ListCells(NamedTuple):
    """Where a list stands: rows and columns from 0. ``above`` is the row above the first, ``last`` the last."""

    sheet: str
    kind: FormKind
    above: int
    last: int
    columns: Mapping[str, int]
    units: Mapping[str, str]
    width: int
    heads: bool
    """The row above the first says something in the column of names."""
    is_open: bool
    """Nothing is printed below its last row."""

    @property
    def numbers(self) -> int:
        """The column with the numbers of projects."""
        return self.width

    @property
    def states(self) -> int:
        """The column with their states."""
        return self.width + 1

    def span(self, column: int, last: int | None = None) -> str:
        """A column of the list, down to a row: with the row above the first, so that one put in there is in it."""
        return absolute_span((self.above, column, self.last if last is None else last, column))

    def beside(self, column: int) -> str:
        """The same as other sheets name it."""
        return f"{quoted(self.sheet)}!{self.span(column)}"

    @property
    def not_numbered(self) -> str:
        """A formula for the number of rows that name a project and have lost the number right of them."""
        names, numbers = self.beside(self.columns["name"]), self.beside(self.numbers)
        below = f"COUNTA({quoted(self.sheet)}!{self._below})" if self.is_open else "0"
        return f'(SUMPRODUCT(({names}<>"")*ISBLANK({numbers}))-{int(self.heads)}+{below})'

    @property
    def _below(self) -> str:
        """Where somebody may go on in the column of names though nothing is prepared there."""
        column = self.columns["name"]
        return absolute_span((self.last + 1, column, self.last + _BEYOND, column))


def list_cells(sheet: str, layout: Layout, rows: tuple[int, int]) -> ListCells:
    """The cells of a list of which ``rows`` are the first and last for indicators."""
    own = layout.own
    assert own is not None
    places = [*own.columns, *own.goals, *(place for place in own.fields if place.area[0] == own.body[0])]
    columns = {place.key: place.area[1] for place in places}
    units = {place.key: place.unit for place in own.fields}
    heads = bool(own.texts[own.body[0] - 1][columns["name"]].strip())
    is_open = own.body[1] == len(own.texts) - 1
    return ListCells(sheet, layout.kind, rows[0] - 1, rows[1], columns, units, own.width, heads, is_open)


# --- in the list -----------------------------------------------------------------------------------------------------


def number_formula(cells: ListCells, row: int) -> str:
    """The number of the project to which a row belongs; blank for a row that says nothing.

    A row names another project where it differs from the first row of the one above: as a reader takes it.
    """
    numbers = _numbers_above(cells, row)
    most = f"MAX({numbers})"

    def own(key: str) -> str:
        return f"TRIM({a1(row, cells.columns[key])})"

    def last(key: str) -> str:
        letters = column_letters(cells.columns[key])
        return f"TRIM(INDEX(${letters}${cells.above + 1}:${letters}{row + 1},MATCH({most},{numbers},0)))"

    name = own(_NAME)
    others = [f'AND({own(key)}<>"",{own(key)}<>{last(key)})' for key in _IDENTITY if key in cells.columns]
    differs = f"OR({','.join([f'{name}<>{last(_NAME)}', *others])})"
    filled = "&".join(a1(row, column) for column in sorted(set(cells.columns.values())))
    return f'=IF({name}="",IF(OR({most}=0,{filled}=""),"",{most}),IF({most}=0,1,{most}+IF({differs},1,0)))'


def state_formula(cells: ListCells, row: int, layout: Layout) -> str:
    """The state of a project, in its first row; ``layout`` is that of one."""
    own = a1(row, cells.numbers)
    above = _numbers_above(cells, row)
    number = f"({cells.span(cells.numbers)}={own})"

    def there(key: str) -> str:
        return a1(row, cells.columns[key])

    money = layout.balanced
    unbalanced = "FALSE"
    if money:
        amounts = ",".join(there(field.key) for field in money)
        rest = ",".join(there(field.key) for field in money[1:])
        unbalanced = f"AND(COUNT({amounts})>0,ROUND(SUM({there(money[0].key)})-SUM({rest}),6)<>0)"
    missing = [f'{there(field.key)}=""' for field in layout.required_texts if field.key in cells.columns]
    missing.append(f"COUNT({there(cells.kind.money[0].key)})=0")
    missing += [f'{there("goal")}=""'] if "goal" in cells.columns else []
    filled = "level3" if "level3" in cells.columns else "target"
    missing.append(f'SUMPRODUCT({number}*({cells.span(cells.columns[filled])}<>""))=0')
    for key, others in _GO_WITH.items():
        said = "&".join(cells.span(cells.columns[other]) for other in others if other in cells.columns)
        if key in cells.columns and said:
            blank = f'({cells.span(cells.columns[key])}="")'
            missing.append(f'SUMPRODUCT({number}*{blank}*({said}<>""))>0')
    state = f'IF({unbalanced},"{UNBALANCED}",IF(OR({",".join(missing)}),"{UNFINISHED}","{FILLED}"))'
    return f'=IF({own}="","",IF(COUNTIF({above},{own})>0,"",{state}))'


def list_state(layout: Layout, contents: Contents) -> str:
    """The state that the formula gives for a project's contents."""
    return state_of(layout, {box: one for box, one in contents.items() if box.key not in {"level1", "level2"}})


def sum_formula(cells: ListCells, key: str) -> str:
    """The sum of an amount over the first rows of all projects; blank while there is none."""
    states, amounts = cells.span(cells.states), cells.span(cells.columns[key])
    return f'=IF(COUNT({cells.span(cells.numbers)})=0,"",SUMIF({states},"?*",{amounts}))'


def message_formula(cells: ListCells) -> str:
    """Says that rows have lost their numbers."""
    return f'=IF({cells.not_numbered}>0,{cells.not_numbered}&" {NOT_NUMBERED}","")'


def _numbers_above(cells: ListCells, row: int) -> str:
    """The numbers above a row, up to the one right above it, also where rows were put in between."""
    letters, name = column_letters(cells.numbers), cells.columns["name"]
    above = f"OFFSET(${a1(row, name)},-1,{cells.numbers - name})"
    return f"${letters}${cells.above + 1}:{above}"


# --- on other sheets -------------------------------------------------------------------------------------------------


def listed_row(cells: ListCells, number: int, *, is_there: bool) -> RowFormulas:
    """The row of 首页 of the project of that number; ``is_there``: one was written, else it waits for one."""
    sheet = quoted(cells.sheet)
    place = f"MATCH({number},{cells.beside(cells.numbers)},0)"

    def shown(key: str) -> str:
        if key not in cells.columns:
            return ""
        value = f"INDEX({cells.beside(cells.columns[key])},{place})"
        is_amount = key in cells.kind.place and cells.kind.field(key).value is Value.AMOUNT
        unit = cells.units.get(key, "万元") if is_amount else "万元"
        said = in_wan(value, unit) if unit != "万元" else f'IF({value}="","",{value})'
        return guarded(cells.sheet, f'=IF(ISNUMBER({place}),{said},"")')

    row = f"ROW(INDEX({cells.beside(cells.numbers)},{place}))"
    target = f'"#{sheet.replace(chr(34), chr(34) * 2)}!{column_letters(cells.columns["name"])}"&{row}'
    link = guarded(cells.sheet, f'=IF(ISNUMBER({place}),HYPERLINK({target},"{cells.sheet}"),"")')
    state = guarded(cells.sheet, f"={listed_state(cells, number)}", f'"{GONE}"' if is_there else '""')
    return RowFormulas(link, shown("code"), shown("name"), shown(cells.kind.money[0].key), state)


def listed_state(cells: ListCells, number: int, otherwise: str = "") -> str:
    """The state of a project by its number; without "="."""
    place = f"MATCH({number},{cells.beside(cells.numbers)},0)"
    own = f"INDEX({cells.beside(cells.states)},{place})"
    name = f"INDEX({cells.beside(cells.columns['name'])},{place})"
    return f'IF(ISNUMBER({place}),{_state(cells.sheet, own, name)},"{otherwise}")'


def _state(sheet: str, own: str, name: str) -> str:
    """A project's own state; of a filled one whether 校验结果 lists an error of it."""
    found, text = quoted(FINDINGS_SHEET), sheet.replace('"', '""')
    listed = f'{found}!$C:$C,"{text}",{found}!$A:$A,"{Severity.ERROR.label}",{found}!$E:$E,{name}'
    return f'IF({own}="{FILLED}",IF(IFERROR(COUNTIFS({listed}),0)>0,"{WRONG}","{FILLED}"),{own})'


def state_in_row(kind: FormKind, sheet: str, row: int, name: str) -> str:
    """The state of the project that begins in a row of a list of ours; ``name`` is the cell of its name."""
    own = f"{quoted(sheet)}!{a1(row, kind.width + 1)}"
    return guarded(sheet, f"={_state(sheet, own, f'{quoted(sheet)}!{name}')}", f'"{GONE}"')


def summary_state(cells: ListCells, number: int) -> str:
    """The same as 部门汇总 shows it, where a project that is not there is one not filled in."""
    return guarded(cells.sheet, f"={listed_state(cells, number, EMPTY)}", f'"{GONE}"')


def not_listed(lists: Sequence[ListCells], links: str) -> str:
    """A formula for how many projects of lists have no row on 首页; ``links`` are the cells there that name sheets."""
    terms = []
    for one in lists:
        listed = f'COUNTIF({links},"{one.sheet}")'
        lost = f"MAX(MAX({one.beside(one.numbers)})-{listed},0)+MAX({one.not_numbered},0)"
        terms.append(f"IF(ISREF({quoted(one.sheet)}!$A:$B),{lost},0)")
    return "+".join(terms)
