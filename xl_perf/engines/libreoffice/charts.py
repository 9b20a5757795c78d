"""Charts on a sheet: how many, what they are called, which cells they show."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xl_perf.engines.libreoffice.cell_range import Range, block_of
from xl_perf.engines.libreoffice.member import Member

if TYPE_CHECKING:
    from xl_perf.engines.libreoffice.sheets import Sheet


class Charts(Member):
    """The charts of a sheet, counted from 1, or by name."""

    def __init__(self, sheet: "Sheet") -> None:
        self._sheet = sheet

    @property
    def parent(self) -> "Sheet":
        """The sheet."""
        return self._sheet

    @property
    def api(self) -> Any:
        """LibreOffice's own collection."""
        return self._sheet.api.uno.getCharts()

    def __len__(self) -> int:
        return int(self.api.getCount())

    def __iter__(self) -> Iterator["Chart"]:
        for name in self.api.getElementNames():
            yield Chart(self._sheet, name)

    def __call__(self, key: str | int) -> "Chart":
        names = self.api.getElementNames()
        if isinstance(key, int):
            return Chart(self._sheet, names[key - 1])
        if key not in names:
            raise KeyError(key)
        return Chart(self._sheet, key)

    def __contains__(self, key: str) -> bool:
        return bool(self.api.hasByName(key))


class Chart(Member):
    """One chart."""

    def __init__(self, sheet: "Sheet", name: str) -> None:
        self._sheet = sheet
        self._name = name

    @property
    def api(self) -> Any:
        """LibreOffice's own chart."""
        return self._sheet.api.uno.getCharts().getByName(self._name)

    @property
    def parent(self) -> "Sheet":
        """The sheet."""
        return self._sheet

    @property
    def name(self) -> str:
        """Its name, LibreOffice's own: names from Excel are not kept."""
        return self._name

    @property
    def title(self) -> str | None:
        """The title, None without one."""
        chart = self.api.getEmbeddedObject()
        return str(chart.getTitle().String) if chart.HasMainTitle else None

    @property
    def source(self) -> tuple[Range, ...]:
        """The cells that it shows, in LibreOffice's order (not a member of xlwings)."""
        sheets = self._sheet.book.sheets
        return tuple(Range(sheets(one.Sheet + 1), block_of(one)) for one in self.api.getRanges())

    def set_source_data(self, cells: Range, plot_by: str | None = None) -> None:
        """Shows other cells."""
        if plot_by is not None:
            raise NotImplementedError("LibreOffice: Chart.set_source_data plot_by")
        self.api.setRanges((cells.api.getRangeAddress(),))

    def delete(self) -> None:
        """Takes it away."""
        self._sheet.api.uno.getCharts().removeByName(self._name)
