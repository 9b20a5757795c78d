"""Word tables: merged cells, borders, fixed widths of columns, a header that stands again on every page."""

from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from docx.oxml.xmlchemy import BaseOxmlElement

from xl_perf.text.figures import Type, fitted
from xl_perf.text.merged_texts import level_of, lines_in_rows, needed_height, parted
from xl_perf.text.pages import AROUND, TALL_PART, broken, cell_height
from xl_perf.text.placement import Marks
from xl_perf.text.typography import BY_ID, CELL_MARGIN, GOES_ON, GOES_ON_IN_LINE, TABLE, TEXT_HEIGHT, TWIPS
from xl_perf.text.widths import most
from xl_perf.text.wordml import bookmarked, node, paragraph, run

ROW: Final = 30.0
"""Points that a row has at least, text or not, unless something else is said."""
MARGIN: Final = 2.0
"""Points above and below a cell's text, as the style of tables has them."""
_USUAL: Final = 100
"""Per cent of the usual width of characters."""


class Cell(NamedTuple):
    """A cell of a Word table: ``merge`` is restart or continue where it goes over several rows.

    ``open_side`` are the sides without a line, in the order top, left, bottom, right. ``text`` of a continued cell is
    that of its first row. ``type`` is how its characters are set: None as its style says, unless a number needs less.
    ``widest`` is, in points, the longest of the amounts that stand below each other in a column: it stands in the
    middle, the others end where it ends. ``flows``: where it goes over a page its text goes on there, and is not said
    again; ``goes_on`` is the style of that which tells readers so.
    """

    span: int
    text: str
    style: str
    merge: str = ""
    open_side: str = ""
    type: Type | None = None
    widest: float | None = None
    flows: bool = False
    goes_on: str = ""


class Table(NamedTuple):
    """A table yet to be drawn: the first ``header`` rows stand again on every page; edges in twips, heights in points.

    ``repeats_labels``: a cell that goes on over a page says there again what it says. ``page`` is the height of the
    pages on which it stands, ``margin`` the points above and below the texts.
    """

    rows: Sequence[Sequence[Cell]]
    edges: Sequence[int]
    heights: Sequence[float]
    header: int
    repeats_labels: bool = False
    page: float = TEXT_HEIGHT
    margin: float = MARGIN

    @property
    def beginning(self) -> float:
        """The height of its header and the first row below, which stand on one page."""
        return sum(self.heights[: self.header + 1])

    def drawn(
        self, breaks: Collection[int] = (), *, is_open: bool = False, marks: Marks | None = None
    ) -> BaseOxmlElement:
        """The table's element; ``breaks`` are the rows that will begin a page. Open, it has no line below.

        With ``marks`` every row has a bookmark where it begins, a tall one also where it ends.
        """
        edges = self.edges
        properties = node(
            "tblPr",
            node("tblStyle", val=TABLE),
            node("tblW", w=edges[-1], type="dxa"),
            node("jc", val="center"),
            node("tblLayout", type="fixed"),
            *self._margins(),
        )
        columns = (node("gridCol", w=right - left) for left, right in pairwise(edges))
        made = node("tbl", properties, node("tblGrid", *columns))
        rows = self._with_labels_again(breaks) if self.repeats_labels else list(map(list, self.rows))
        self._flow(rows, breaks)
        for at, (cells, height) in enumerate(zip(rows, self.heights, strict=True)):
            if is_open and at == len(rows) - 1:
                cells = [cell._replace(open_side=_opened(cell.open_side, "bottom")) for cell in cells]
            contents = [_paragraph(cell, width) for cell, width in _with_widths(cells, edges)]
            if marks is not None:
                _mark(cells, contents, marks, at, is_tall=self._is_tall(height))
            made.append(self._row(cells, contents, height, is_header=at < self.header))
        return made

    def _margins(self) -> Iterator[BaseOxmlElement]:
        """Those above and below texts, where they are not as usual (ECMA-376 Part 1, 17.4.42 tblCellMar)."""
        if self.margin != MARGIN:
            width = round(self.margin * TWIPS)
            yield node("tblCellMar", *(node(side, w=width, type="dxa") for side in ("top", "bottom")))

    @property
    def _around(self) -> float:
        return around(self.margin)

    def _is_tall(self, height: float) -> bool:
        """A row that may be split over pages."""
        return height > self.page * TALL_PART

    def _row(
        self, cells: Sequence[Cell], contents: Sequence[BaseOxmlElement], height: float, *, is_header: bool
    ) -> BaseOxmlElement:
        """A row that stays on one page. A tall one may be split: LibreOffice cuts off what a page does not hold."""
        is_tall = self._is_tall(height)
        least = node("trHeight", val=round((ROW if is_tall else height) * TWIPS), hRule="atLeast")
        keeping = [] if is_tall else [node("cantSplit")]
        row = node("tr", node("trPr", *keeping, least, *([node("tblHeader")] if is_header and not is_tall else [])))
        for (cell, width), content in zip(_with_widths(cells, self.edges), contents, strict=True):
            properties = node("tcPr", node("tcW", w=round(width * TWIPS), type="dxa"))
            if cell.span > 1:
                properties.append(node("gridSpan", val=cell.span))
            if cell.merge:
                properties.append(node("vMerge", val=cell.merge))
            if cell.open_side:
                properties.append(node("tcBorders", *(node(side, val="nil") for side in cell.open_side.split())))
            properties.append(node("vAlign", val="top" if cell.goes_on and cell.text else "center"))
            row.append(node("tc", properties, content))
        return row

    def _with_labels_again(self, breaks: Collection[int]) -> list[list[Cell]]:
        """The rows, merged cells begun anew on each page. A label whose rows there are too low goes on one line."""
        begins = sorted({0, *breaks, len(self.rows)})
        labels = self._labels_of_header()
        made: list[list[Cell]] = []
        for first, last in pairwise(begins):
            for at in range(first, last):
                columns = list(accumulate((cell.span for cell in self.rows[at][:-1]), initial=0))
                cells = list(self.rows[at])
                if at == first:
                    cells = [_anew(one, column in labels) for one, column in zip(cells, columns, strict=True)]
                made.append(
                    [self._on_one_line(one, at, column, last) for one, column in zip(cells, columns, strict=True)]
                )
        return made

    def _flow(self, rows: Sequence[list[Cell]], breaks: Collection[int]) -> None:
        """Puts into merged cells that go over pages what of their text each page has room for."""
        for first, place, column, end in _merged(self.rows, flow=True):
            begins = [first, *sorted(row for row in breaks if first < row < end)]
            if len(begins) == 1:
                continue
            cell = self.rows[first][place]
            width = (self.edges[column + cell.span] - self.edges[column]) / TWIPS
            rooms = [
                lines_in_rows(self.heights[begin:stop], BY_ID[cell.style].line, self._around)
                for begin, stop in pairwise((*begins, end))
            ]
            for row, part in zip(begins, parted(_lines(cell, width), rooms), strict=True):
                goes_on = "" if row == first else GOES_ON_IN_LINE if part.is_within_line else GOES_ON
                at = _place_of(rows[row], column)
                rows[row][at] = rows[row][at]._replace(text=part.text, merge="restart", goes_on=goes_on)

    def _labels_of_header(self) -> frozenset[int]:
        """The columns in which a label stands below the header's blank cell, without a line between."""
        if not 0 < self.header < len(self.rows):
            return frozenset()
        cells = self.rows[self.header - 1]
        columns = accumulate((cell.span for cell in cells[:-1]), initial=0)
        return frozenset(at for cell, at in zip(cells, columns, strict=True) if cell.open_side == "bottom")

    def _on_one_line(self, cell: Cell, at: int, column: int, last: int) -> Cell:
        """A merged cell that begins in row ``at`` of a page, whose last row is before ``last``."""
        if cell.merge != "restart" or cell.flows:
            return cell
        end = next((row for row in range(at + 1, last) if not self._goes_on(row, column)), last)
        if "\n" not in cell.text:
            return cell._replace(text="") if self._is_too_low(cell, column, at, end) else cell
        needed = (cell.text.count("\n") + 1) * BY_ID[cell.style].line
        return cell if needed <= sum(self.heights[at:end]) else cell._replace(text=cell.text.replace("\n", ""))

    def _is_too_low(self, cell: Cell, column: int, first: int, end: int) -> bool:
        """The rows of a merged cell on one page are too low for its upright label, and those on others are not: its
        letters would go on there.
        """
        width = (self.edges[column + cell.span] - self.edges[column]) / TWIPS
        style = BY_ID[cell.style]
        if width - 2 * CELL_MARGIN >= 2 * style.size:
            return False
        begin, stop = first, end
        while begin and self._goes_on(begin, column):
            begin -= 1
        while stop < len(self.rows) and self._goes_on(stop, column):
            stop += 1
        needed, own = cell_height(cell.text, style, width, self._around), sum(self.heights[first:end])
        return own < needed <= sum(self.heights[begin:stop]) - own

    def _goes_on(self, row: int, column: int) -> bool:
        """The cell of a row that begins in that column belongs to the one above."""
        begins = 0
        for cell in self.rows[row]:
            if begins == column:
                return cell.merge == "continue"
            begins += cell.span
        return False


def _anew(cell: Cell, is_below_header: bool) -> Cell:
    """The cell as it begins a page, where its label stands again."""
    if not cell.merge:
        return cell
    return cell._replace(merge="restart", open_side="top" if is_below_header else cell.open_side)


def _opened(open_side: str, also: str) -> str:
    """The sides without a line, and another one."""
    return " ".join(side for side in ("top", "left", "bottom", "right") if side == also or side in open_side.split())


def around(margin: float) -> float:
    """Points of a row's height that its text does not have: margins and a line."""
    return AROUND + 2 * (margin - MARGIN)


def word_table(
    widths: Sequence[float],
    rows: Sequence[Sequence[Cell]],
    header: int,
    page: float = TEXT_HEIGHT,
    least: Sequence[float] = (),
    margin: float = MARGIN,
) -> Table:
    """A table of columns of these widths (points); the first ``header`` rows stand again on every page.

    ``least`` are the heights that its rows have at least, ``margin`` is what is left above and below their texts.
    """
    edges = [0, *(round(sum(widths[: at + 1]) * TWIPS) for at in range(len(widths)))]
    set_rows = [[_set(cell, width) for cell, width in _with_widths(cells, edges)] for cells in rows]
    heights = list(_heights(set_rows, edges, least or [ROW] * len(rows), around(margin)))
    _make_room_for_labels(set_rows, edges, heights, page, around(margin))
    _make_room(set_rows, edges, heights, header, page, around(margin))
    return Table(set_rows, edges, tuple(heights), header, page=page, margin=margin)


def _make_room_for_labels(
    rows: Sequence[Sequence[Cell]], edges: Sequence[int], heights: list[float], page: float, beside: float
) -> None:
    """Makes the rows of merged labels high enough for them, each alike; not where a page has no room for that."""
    for first, place, column, end in _merged(rows, flow=False):
        cell = rows[first][place]
        own = heights[first:end]
        needed = _height(cell, (edges[column + cell.span] - edges[column]) / TWIPS, beside)
        if sum(own) < needed <= page * TALL_PART:
            level = level_of(own, needed)
            heights[first:end] = [max(height, level) for height in own]


def _make_room(
    rows: Sequence[list[Cell]], edges: Sequence[int], heights: list[float], header: int, page: float, beside: float
) -> None:
    """Makes the rows of merged cells high enough for their texts, on whatever pages these go on.

    A text for which rows that stay on one page would be too low stands in its first row alone, which may be split.
    """
    body = page - sum(heights[:header])
    highest = body / 2 - 1
    for first, place, column, end in _merged(rows, flow=True):
        cell = rows[first][place]
        width = (edges[column + cell.span] - edges[column]) / TWIPS
        line = BY_ID[cell.style].line
        own = heights[first:end]
        needed = needed_height(len(_lines(cell, width)), line, sum(own), body, beside)
        if needed <= sum(own):
            continue
        level = level_of(own, needed)
        if level <= highest:
            heights[first:end] = [max(height, level) for height in own]
            continue
        heights[first] = max(heights[first], _height(cell, width, beside))
        rows[first][place] = cell._replace(merge="", open_side=_opened(cell.open_side, "bottom"))
        below = cell._replace(text="", open_side=_opened(cell.open_side, "top"))
        for row in range(first + 1, end):
            merge = "continue" if row > first + 1 else "restart" if end > first + 2 else ""
            rows[row][_place_of(rows[row], column)] = below._replace(merge=merge)


def _merged(rows: Sequence[Sequence[Cell]], *, flow: bool) -> Iterator[tuple[int, int, int, int]]:
    """The merged cells whose text flows, or the others: the first row of each, its place and column there, and the row
    below it.
    """
    for first, cells in enumerate(rows):
        column = 0
        for place, cell in enumerate(cells):
            if cell.flows is flow and cell.merge == "restart":
                end = first + 1
                while end < len(rows) and rows[end][_place_of(rows[end], column)].merge == "continue":
                    end += 1
                yield first, place, column, end
            column += cell.span


def _place_of(cells: Sequence[Cell], column: int) -> int:
    """The place in a row of the cell that covers a column."""
    ends = accumulate(cell.span for cell in cells)
    return next(place for place, end in enumerate(ends) if end > column)


def _lines(cell: Cell, width: float) -> list[str]:
    """The lines of a cell's text as `cell_height` counts them."""
    size = BY_ID[cell.style].size if cell.type is None else cell.type.size
    return list(broken(cell.text, size, width - 2 * CELL_MARGIN, em=most))


def _with_widths(cells: Sequence[Cell], edges: Sequence[int]) -> Iterator[tuple[Cell, float]]:
    """The cells of a row and how wide they are, in points."""
    column = 0
    for cell in cells:
        yield cell, (edges[column + cell.span] - edges[column]) / TWIPS
        column += cell.span


def _set(cell: Cell, width: float) -> Cell:
    size = BY_ID[cell.style].size
    cell = cell._replace(text=_upright(cell.text, size, width))
    type_ = cell.type or fitted(cell.text, size, width)
    return cell._replace(type=None if type_ == Type(size) else type_)


def _upright(text: str, size: float, width: float) -> str:
    """A label of one character a line in a column that holds no second one: it breaks by itself, and a break after a
    character that is as broad as the column is a blank line.
    """
    lines = text.split("\n")
    is_narrow = width - 2 * CELL_MARGIN < 2 * size
    return "".join(lines) if is_narrow and all(len(line.strip()) <= 1 for line in lines) else text


def _heights(
    rows: Sequence[Sequence[Cell]], edges: Sequence[int], least: Sequence[float], beside: float
) -> Iterator[float]:
    """What each row needs for its texts; those merged over rows count where they fit into no single one."""
    for cells, lowest in zip(rows, least, strict=True):
        height = lowest
        for cell, width in _with_widths(cells, edges):
            if not cell.merge:
                height = max(height, _height(cell, width, beside))
        yield height


def _height(cell: Cell, width: float, beside: float) -> float:
    style = BY_ID[cell.style]
    return cell_height(cell.text, style if cell.type is None else style._replace(size=cell.type.size), width, beside)


def _paragraph(cell: Cell, width: float) -> BaseOxmlElement:
    """What stands in a cell."""
    made = paragraph(cell.goes_on or cell.style)
    if cell.goes_on:
        made[0].append(node("jc", val=BY_ID[cell.style].align))
    if cell.widest is not None:
        right = max((width - 2 * CELL_MARGIN - cell.widest) / 2, 0)
        made[0].extend([node("ind", right=round(right * TWIPS)), node("jc", val="right")])
    if cell.text and cell.merge != "continue":
        made.append(run(cell.text, *_type(cell.type)))
    return made


def _type(chosen: Type | None) -> Iterator[BaseOxmlElement]:
    """Properties of a run, in the order that the schema asks for (ECMA-376 Part 1, 17.3.2.28)."""
    if chosen is None:
        return
    if chosen.scale != _USUAL:
        yield node("w", val=chosen.scale)
    yield node("sz", val=round(chosen.size * 2))
    yield node("szCs", val=round(chosen.size * 2))


def _mark(cells: Sequence[Cell], contents: Sequence[BaseOxmlElement], marks: Marks, at: int, *, is_tall: bool) -> None:
    """Bookmarks where the longest text of a row begins and, if it may be split over pages, where that ends."""
    own = [place for place, cell in enumerate(cells) if not cell.merge] or [0]
    longest = contents[max(own, key=lambda place: len(cells[place].text))]
    longest[1:1] = bookmarked(marks.begin(at), marks.number(at))
    if is_tall:
        longest.extend(bookmarked(marks.end(at), marks.number(at) + 1))
