"""What belongs to a sheet of the stand-in for Excel: protection, filter, comments, shapes, page setup."""

import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.excel.errors import NotThere
from tests.excel.model import MAY
from tests.excel.parts import Object
from tests.excel.ranges import Range
from tests.excel.references import Area

if TYPE_CHECKING:
    from tests.excel.sheets import Worksheet


class Protection(Object):
    """What a protected sheet allows."""

    def __init__(self, sheet: "Worksheet") -> None:
        super().__init__(sheet.Application)
        for name in MAY:
            setattr(self, name, sheet.data.allowed.get(name, False))


class AutoFilter(Object):
    """The one filter of a sheet."""

    def __init__(self, sheet: "Worksheet") -> None:
        super().__init__(sheet.Application)
        self._sheet = sheet

    @property
    def Range(self) -> Range:
        assert self._sheet.data.filter is not None
        return Range(self._sheet, self._sheet.data.filter)

    def ShowAllData(self) -> None:
        area = self._sheet.data.filter
        assert area is not None
        self._sheet.data.hidden_rows -= set(range(area.top, area.bottom + 1))


class Comments(Object):
    """The notes on a sheet."""

    def __init__(self, sheet: "Worksheet") -> None:
        super().__init__(sheet.Application)
        self._sheet = sheet

    @property
    def Count(self) -> int:
        return len(list(self.each()))

    def Item(self, Index: int) -> Any:
        return list(self.each())[Index - 1]

    def each(self) -> Iterator[Any]:
        for (row, column), cell in sorted(copy.copy(self._sheet.data.cells).items()):
            if cell.note is not None:
                yield Range(self._sheet, Area(row, column, row, column)).Comment


class CommentsThreaded(Comments):
    """The comments on a sheet that people answer."""

    def each(self) -> Iterator[Any]:
        for (row, column), cell in sorted(copy.copy(self._sheet.data.cells).items()):
            if cell.thread:
                yield Range(self._sheet, Area(row, column, row, column)).CommentThreaded


class Shapes(Object):
    """Shapes on a sheet: those that tests have put there."""

    def __init__(self, sheet: "Worksheet") -> None:
        super().__init__(sheet.Application)
        self._shapes = sheet.data.shapes

    @property
    def Count(self) -> int:
        return len(self._shapes)

    def Item(self, Index: int | str) -> Any:
        found = [one for one in self._shapes if Index in (one.Name, self._shapes.index(one) + 1)]
        if not found:
            raise NotThere(f"no shape {Index}")
        return found[0]

    def each(self) -> Iterator[Any]:
        return iter(self._shapes)


class PageSetup(Object):
    """How a sheet is printed."""

    def __init__(self, sheet: "Worksheet") -> None:
        super().__init__(sheet._application)
        self._sheet = sheet

    @property
    def BlackAndWhite(self) -> bool:
        return self._sheet.data.is_black_and_white

    @BlackAndWhite.setter
    def BlackAndWhite(self, value: bool) -> None:
        self._sheet.data.is_black_and_white = value
