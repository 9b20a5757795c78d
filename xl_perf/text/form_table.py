"""项目绩效目标表 and 项目预算汇总表 as Word tables: merged cells, borders and column widths of the official text.

A form is two tables, one directly below the other: so the header of the indicators stands again on every page.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from itertools import pairwise
from typing import Final, NamedTuple

from docx.oxml.xmlchemy import BaseOxmlElement

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.values import plain
from xl_perf.core.figures.totals import EXACT, MONEY, Totals, planned_amount
from xl_perf.core.forms.kind import Field, FormKind, Value
from xl_perf.core.forms.layout import BLANK_LABEL, Box, Layout, Role
from xl_perf.core.model.project import Project
from xl_perf.core.workbook.sheets import SUMMARY_FIELDS, TOTAL_LABEL
from xl_perf.sheets.cells import text_or_doubt
from xl_perf.text.pages import TALL_ROW, cell_height
from xl_perf.text.typography import BY_ID, CELL, CELL_LINE, FIGURE, LABEL, SMALL, TABLE, TEXT_WIDTH, TWIPS
from xl_perf.text.wordml import node, paragraph, run

_UNITS: Final = {Value.AMOUNT: "万元", Value.PERCENT: "%", Value.WEIGHT: ""}
"""How the official text prints figures; a weight is in the unit of the profile's total."""
_ROW: Final = 30.0
"""Points that a row has at least, text or not."""
_CENTRED: Final = frozenset(
    {Value.CODE, Value.AMOUNT, Value.PERCENT, Value.LEVEL, Value.TARGET, Value.BASIS, Value.WEIGHT}
)


class _Cell(NamedTuple):
    """A cell of a Word table: ``merge`` is restart or continue where it goes over several rows.

    ``open_side`` is the side without a line. ``text`` of a continued cell is that of its first row.
    """

    span: int
    text: str
    style: str
    merge: str = ""
    open_side: str = ""


class Table(NamedTuple):
    """A table yet to be drawn: the first ``header`` rows stand again on every page; edges in twips, heights in points.

    ``repeats_labels``: a cell that goes on over a page says there again what it says.
    """

    rows: Sequence[Sequence[_Cell]]
    edges: Sequence[int]
    heights: Sequence[float]
    header: int
    repeats_labels: bool = False

    @property
    def beginning(self) -> float:
        """The height of its header and the first row below, which stand on one page."""
        return sum(self.heights[: self.header + 1])

    def drawn(self, breaks: Collection[int] = (), *, is_open: bool = False) -> BaseOxmlElement:
        """The table's element; ``breaks`` are the rows that will begin a page. Open, it has no line below."""
        return _drawn(self, breaks, is_open=is_open)


def form_tables(layout: Layout, project: Project) -> list[Table]:
    """The form without its title and its year, which stand above: first all but the indicators, then those."""
    texts = {box: printed(box, entry, layout.kind) for box, entry in layout.filled(project)}
    boxes = {(row, box.area[1]): box for box in layout.boxes for row in range(box.area[0], box.area[2] + 1)}
    header = layout.area("level3:label")[0]
    rows = []
    for row in range(layout.head, layout.last_row + 1):
        columns = sorted(column for at, column in boxes if at == row)
        rows.append([_cell(boxes[row, column], row, texts, header) for column in columns])
    at = header - layout.head
    above, below = rows[:at], rows[at:]
    widths = layout.kind.text_widths
    indicators = _table(widths, below, header=1)._replace(repeats_labels=True)
    return [_table(widths, above, header=1), indicators] if above else [indicators]


def printed(box: Box, entry: Entry[object] | None, kind: FormKind) -> str:
    """What the official text shows in a box: ``161.93万元``, ``25%``, anything else as it was typed.

    A form that says what its amounts count in has the number alone.
    """
    if box.role is not Role.INPUT:
        return BLANK_LABEL if box.text == " " else box.text
    if entry is None:
        return box.text
    if isinstance(entry.value, Decimal) and box.value in _UNITS:
        states_unit = box.value is Value.AMOUNT and kind.states_unit
        return plain(entry.value) if states_unit else f"{plain(entry.value)}{_UNITS[box.value]}"
    return text_or_doubt(entry)


def _cell(box: Box, row: int, texts: Mapping[Box, str], header: int) -> _Cell:
    """A cell of a row. The label of the part that begins in the ``header`` row of the indicators stands below that."""
    top, left, bottom, right = box.area
    style = FIGURE if box.value in _CENTRED or box.key == "name" else CELL
    if box.role is Role.LABEL:
        style = CELL if box.at_left else LABEL
    if top == header < bottom:
        if row == header:
            return _Cell(right - left + 1, "", style, open_side="bottom")
        top += 1
    merge = "" if top == bottom else "restart" if row == top else "continue"
    open_side = "top" if row == header + 1 == top and box.area[0] == header else ""
    return _Cell(right - left + 1, texts[box], style, merge, open_side)


# --- 项目预算汇总表 ------------------------------------------------------------------------------------------------

_NUMBER_WIDTH, _AMOUNT_WIDTH = 26.0, 48.0
_FEWEST_NAME: Final = 80.0
_NAME: Final = next(field.label for field in SUMMARY_FIELDS if field.key == "name")


def summary_table(projects: Sequence[Project], totals: Totals, months: Sequence[int]) -> Table:
    """One row per project in 万元, the header repeated on every page, 合计 last.

    Without a project whose kind plans its spending, the months are left out.
    """
    months = months if any(project.kind.has_plan for project in projects) else ()
    labels = [
        *(field.label for field in SUMMARY_FIELDS if field.key in MONEY),
        *(f"{month}月底" for month in months),
    ]
    amount = min(_AMOUNT_WIDTH, (TEXT_WIDTH - _NUMBER_WIDTH - _FEWEST_NAME) / len(labels))
    widths = (_NUMBER_WIDTH, TEXT_WIDTH - _NUMBER_WIDTH - amount * len(labels), *[amount] * len(labels))
    plan = [_Cell(len(months), "累计支出计划", LABEL)] if months else []
    head = [_Cell(1, label, LABEL, "restart") for label in ("序号", _NAME, *labels[:3])]
    below = [_Cell(1, "", LABEL, "continue")] * len(head) + [_Cell(1, label, LABEL) for label in labels[3:]]
    rows = [[*head, *plan], below] if months else [[cell._replace(merge="") for cell in head]]
    header = len(rows)
    for number, project in enumerate(projects, 1):
        figures = [_figure_of(project, key) for key in MONEY]
        figures += ["" if one is None else plain(one) for one in (planned_amount(project, month) for month in months)]
        name = _Cell(1, project.name.text or project.heading.text, CELL)
        rows.append([_figure(str(number)), name, *map(_figure, figures)])
    sums = (*totals.amounts.values(), *(totals.planned_at(month) for month in months))
    rows.append([_Cell(2, TOTAL_LABEL, LABEL), *(_figure(plain(amount)) for amount in sums)])
    return _table(widths, rows, header)


def _figure_of(project: Project, key: str) -> str:
    """An amount in 万元 as the summary prints it; what is no amount as it was typed."""
    entries = [project.value(one.key) for one in _fields_of(project, key)]
    known = [entry.value for entry in entries if entry.value is not None]
    if known:
        return plain(reduce(EXACT.add, known))
    return next((text_or_doubt(entry) for entry in entries if entry.text), "")


def _fields_of(project: Project, key: str) -> list[Field]:
    kind = project.kind
    return [kind.fields[at] for at in kind.other_places] if key == "other" else [kind.field(key)]


def _figure(text: str) -> _Cell:
    return _Cell(1, text, SMALL)


# --- drawing -----------------------------------------------------------------------------------------------------


def _table(widths: Sequence[float], rows: Sequence[Sequence[_Cell]], header: int) -> Table:
    """A table of fixed widths over the whole page; the first ``header`` rows stand again on every page."""
    edges = [0, *(round(sum(widths[: at + 1]) * TWIPS) for at in range(len(widths)))]
    return Table(rows, edges, tuple(_heights(rows, edges)), header)


def _drawn(table: Table, breaks: Collection[int], *, is_open: bool) -> BaseOxmlElement:
    edges = table.edges
    properties = node(
        "tblPr",
        node("tblStyle", val=TABLE),
        node("tblW", w=edges[-1], type="dxa"),
        node("jc", val="center"),
        node("tblLayout", type="fixed"),
    )
    columns = (node("gridCol", w=right - left) for left, right in pairwise(edges))
    made = node("tbl", properties, node("tblGrid", *columns))
    rows = _with_labels_again(table, breaks) if table.repeats_labels else table.rows
    for at, (cells, height) in enumerate(zip(rows, table.heights, strict=True)):
        if is_open and at == len(rows) - 1:
            cells = [cell._replace(open_side="bottom") for cell in cells]
        made.append(_row(cells, edges, height, is_header=at < table.header))
    return made


def _with_labels_again(table: Table, breaks: Collection[int]) -> list[list[_Cell]]:
    """The rows, merged cells begun anew on each page. A label that its rows there are too low for goes on one line."""
    begins = sorted({0, *breaks, len(table.rows)})
    made: list[list[_Cell]] = []
    for first, last in pairwise(begins):
        for at in range(first, last):
            cells = [cell._replace(merge="restart") if cell.merge and at == first else cell for cell in table.rows[at]]
            made.append([_fitted(table, cell, place, at, last) for place, cell in enumerate(cells)])
    return made


def _fitted(table: Table, cell: _Cell, place: int, at: int, last: int) -> _Cell:
    """A merged cell that begins in row ``at`` of a page, whose last row is before ``last``."""
    if cell.merge != "restart" or "\n" not in cell.text:
        return cell
    rows = range(at + 1, last)
    end = next((row for row in rows if table.rows[row][place].merge != "continue"), last)
    needed = cell.text.count("\n") + 1
    return cell if needed * CELL_LINE <= sum(table.heights[at:end]) else cell._replace(text=cell.text.replace("\n", ""))


def _row(cells: Sequence[_Cell], edges: Sequence[int], height: float, *, is_header: bool) -> BaseOxmlElement:
    """A row that stays on one page. A tall one may be split: LibreOffice cuts off what a page does not hold."""
    is_tall = height > TALL_ROW
    least = node("trHeight", val=round((_ROW if is_tall else height) * TWIPS), hRule="atLeast")
    keeping = [] if is_tall else [node("cantSplit")]
    row = node("tr", node("trPr", *keeping, least, *([node("tblHeader")] if is_header and not is_tall else [])))
    column = 0
    for cell in cells:
        properties = node("tcPr", node("tcW", w=edges[column + cell.span] - edges[column], type="dxa"))
        if cell.span > 1:
            properties.append(node("gridSpan", val=cell.span))
        if cell.merge:
            properties.append(node("vMerge", val=cell.merge))
        if cell.open_side:
            properties.append(node("tcBorders", node(cell.open_side, val="nil")))
        properties.append(node("vAlign", val="center"))
        content = [run(cell.text)] if cell.text and cell.merge != "continue" else []
        row.append(node("tc", properties, paragraph(cell.style, *content)))
        column += cell.span
    return row


def _heights(rows: Sequence[Sequence[_Cell]], edges: Sequence[int]) -> Iterator[float]:
    """What each row needs for its texts; those merged over rows count where they fit into no single one."""
    for cells in rows:
        column, height = 0, _ROW
        for cell in cells:
            width = (edges[column + cell.span] - edges[column]) / TWIPS
            if not cell.merge:
                height = max(height, cell_height(cell.text, BY_ID[cell.style], width) + 4)
            column += cell.span
        yield height
