"""A project's row of 部门汇总: numbers with links to their source, or live references to the form."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from xl_perf.core.cells.grid import a1
from xl_perf.core.figures.summary import ProjectLine
from xl_perf.sheets import summary_formulas as formulas
from xl_perf.sheets.cells import Formula, fraction, number
from xl_perf.sheets.lists import LIST_ROW, Column
from xl_perf.sheets.looks import AMOUNT, ERROR_FILL, GOOD_FILL, WARNING_FILL
from xl_perf.sheets.summary_columns import EMPTY_FORM, MONEY, UNCHECKED, branch_counts, height_of, percent_format
from xl_perf.sheets.texts import EMPTY_RESULT, clean, quoted, row_height
from xl_perf.written.put import put
from xl_perf.written.styles import Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Link = Callable[[ProjectLine, str], str | None]
"""The address to which a project's ``name`` or ``budget`` leads, as XlsxWriter takes it; None for no link."""


class SummaryPlaces(NamedTuple):
    """Where things stand on the written sheet, rows and columns from 0."""

    first: int
    last: int
    total: int
    reference: int
    columns: Mapping[str, int]
    labels: Sequence[str]
    """The headings of the columns."""


class RowWriter:
    """Writes the projects of one 部门汇总."""

    def __init__(
        self,
        sheet: "Worksheet",
        styles: Styles,
        columns: Sequence[Column],
        months: Sequence[int],
        *,
        live: bool,
        checked: bool,
        link: Link | None,
    ) -> None:
        self.sheet, self.styles, self.columns, self.months = sheet, styles, columns, months
        self.live, self.checked, self.link = live, checked, link
        self.at = {column.key: number for number, column in enumerate(columns)}
        self.shown = list(columns)
        """The columns that are not hidden."""

    @property
    def widths(self) -> list[float]:
        """Of the columns that show."""
        return [column.width for column in self.shown]

    def project(self, row: int, line: ProjectLine, state: Formula | None = None) -> None:
        """One project's row."""
        name, code = clean(line.name or ""), clean(line.code or "")
        sheet, styles = self.sheet, self.styles
        said = line.state if state is None and self.checked else ""
        height = max(height_of(name, code), row_height([(said, self.columns[-1].width)]))
        sheet.set_row(row, height)
        sheet.write_number(row, 0, row - LIST_ROW + 1, styles("cell", align="center"))
        self._text(row, "code", line, code)
        self._text(row, "name", line, name)
        for key, amount in line.amounts.items():
            self._money(row, key, line, amount)
        percents = dict(line.percents)
        for month in self.months:
            self._percent(row, f"percent:{month}", line, percents.get(month))
        planned = dict(line.planned)
        for month in self.months:
            self._planned(row, month, planned.get(month))
        self._counts(row, line)
        self._state(row, line, name, state)

    def _source(self, line: ProjectLine, key: str) -> str | None:
        """The reference to a form's cell, or what is computed of it, where the sheet is live."""
        cell = dict(line.cells).get(key) if self.live else None
        if cell and cell.startswith("="):
            return cell[1:]
        return f"{quoted(line.sheet)}!{cell}" if cell else None

    def _url(self, row: int, key: str, line: ProjectLine) -> bool:
        """Lays a link under a cell that is written afterwards."""
        url = self.link(line, key) if self.link else None
        return url is not None and self.sheet.write_url(row, self.at[key], url, None, "") == 0

    def _text(self, row: int, key: str, line: ProjectLine, text: str) -> None:
        source = self._source(line, key)
        if source:
            # A formula that leads there, and not a link under the cell, which would stay when rows move.
            places = (line.cell(key) for key in ("code", "name"))
            first = next((place for place in places if place and not place.startswith("=")), "A1")
            formula = formulas.linked(line.sheet, first, source) if key == "name" else formulas.shown(source)
            look = self.styles("link" if key == "name" else "cell")
            guarded = formulas.guarded(line.sheet, formula)
            self.sheet.write_formula(row, self.at[key], guarded, look, text or EMPTY_RESULT)
        else:
            linked = key == "name" and self._url(row, key, line)
            style = self.styles("link" if linked else "cell", num_format="@")
            self.sheet.write_string(row, self.at[key], text, style)

    def _money(self, row: int, key: str, line: ProjectLine, amount: Decimal | None) -> None:
        linked = key == "budget" and self._url(row, key, line)
        treasury = tuple(line.kind.fields[at].key for at in line.kind.fiscal_places) or (key,)
        keys = {"other": line.others, "fiscal": treasury}.get(key, (key,))
        sources = [source for one in keys if (source := self._source(line, one))]
        formula = formulas.guarded(line.sheet, formulas.summed(sources)) if sources else None
        self.figure(row, key, formula, None if amount is None else number(amount), AMOUNT, "link" if linked else "cell")

    def _percent(self, row: int, key: str, line: ProjectLine, percent: Decimal | None) -> None:
        source = self._source(line, key)
        formula = formulas.guarded(line.sheet, formulas.share(source)) if source else None
        stored = None if percent is None else fraction(percent)
        self.figure(row, key, formula, stored, percent_format([percent], self.live))

    def _planned(self, row: int, month: int, amount: Decimal | None) -> None:
        budget, percent = a1(row, self.at["budget"]), a1(row, self.at[f"percent:{month}"])
        formula = None
        if self.live:
            formula = formulas.planned(budget, percent)
        elif amount is not None:
            formula = f"={budget}*{percent}"
        self.figure(row, f"planned:{month}", formula, None if amount is None else number(amount), AMOUNT)

    def figure(
        self, row: int, key: str, formula: str | None, stored: float | None, num_format: str, name: str = "cell"
    ) -> None:
        """A number, or a formula with the number that it gives; blank where there is neither."""
        style, column = self.styles(name, num_format=num_format, align="right", text_wrap=False), self.at[key]
        if formula:
            self.sheet.write_formula(row, column, formula, style, EMPTY_RESULT if stored is None else stored)
        elif stored is None:
            self.sheet.write_blank(row, column, None, style)
        else:
            self.sheet.write_number(row, column, stored, style)

    def _counts(self, row: int, line: ProjectLine) -> None:
        style = self.styles("cell", align="center")
        counts = branch_counts(line, self.at)
        ranges = dict(line.cells)
        for key, count in counts.items():
            where = ranges.get(key) if self.live else None
            if where:
                counted = formulas.guarded(line.sheet, f"={where}", "0")
                self.sheet.write_formula(row, self.at[key], counted, style, count)
            else:
                self.sheet.write_number(row, self.at[key], count, style)
        first, last = a1(row, self.at[next(iter(counts))]), a1(row, self.at["indicators"] - 1)
        self.sheet.write_formula(row, self.at["indicators"], f"=SUM({first}:{last})", style, line.indicators)

    def _state(self, row: int, line: ProjectLine, name: str, state: Formula | None) -> None:
        column = self.at["state"]
        style = self.styles("cell", align="center")
        if state is None and self.checked:
            fill = ERROR_FILL if line.errors else WARNING_FILL if line.warnings else GOOD_FILL
            self.sheet.write_string(row, column, line.state, self.styles("cell", align="center", bg_color=fill))
            return
        formula = f'=IF({a1(row, self.at["name"])}="","{EMPTY_FORM}","{UNCHECKED}")'
        put(self.sheet, (row, column, row, column), state or Formula(formula, UNCHECKED if name else EMPTY_FORM), style)

    def blank_row(self, row: int) -> None:
        """A row without a project, styled for one: so the sums have a range, between whose rows others can be put."""
        centred, figure = {"align": "center"}, {"align": "right", "text_wrap": False}
        for column in self.columns:
            kind = column.key.partition(":")[0]
            look: dict[str, Any] = {}
            if kind in {*MONEY, "planned"}:
                look = {"num_format": AMOUNT, **figure}
            elif kind == "percent":
                look = {"num_format": percent_format([], self.live), **figure}
            elif kind not in {"code", "name"}:
                look = centred
            style = self.styles("link" if self.live and kind == "name" else "cell", **look)
            self.sheet.write_blank(row, self.at[column.key], None, style)
