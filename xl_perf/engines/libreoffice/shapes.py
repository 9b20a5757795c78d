"""Shapes on a sheet: what they are and are called, where they stand, what stands on them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from xl_perf.engines.libreoffice.bridge import struct
from xl_perf.engines.libreoffice.layout import POINT
from xl_perf.engines.libreoffice.member import Member
from xl_perf.engines.libreoffice.protection import check_unprotected

if TYPE_CHECKING:
    from xl_perf.engines.libreoffice.sheets import Sheet

_OBJECT: Final = "com.sun.star.drawing.OLE2Shape"
_TYPES: Final = {
    "com.sun.star.drawing.ControlShape": "form_control",
    "com.sun.star.drawing.GraphicObjectShape": "picture",
    "com.sun.star.drawing.TextShape": "text_box",
    "com.sun.star.drawing.CaptionShape": "comment",
    "com.sun.star.drawing.GroupShape": "group",
    "com.sun.star.drawing.LineShape": "line",
    "com.sun.star.drawing.ConnectorShape": "line",
    "com.sun.star.drawing.MediaShape": "media",
}
_CHART: Final = "12dcae26-281f-416f-a234-c3086127382e"
"""The class of LibreOffice's charts; other embedded objects are documents."""


class Shapes(Member):
    """All shapes of a sheet, counted from 1, or by name."""

    def __init__(self, sheet: "Sheet") -> None:
        self._sheet = sheet

    @property
    def parent(self) -> "Sheet":
        """The sheet."""
        return self._sheet

    @property
    def api(self) -> Any:
        """LibreOffice's draw page."""
        return self._sheet.api.uno.getDrawPage()

    def __len__(self) -> int:
        return int(self.api.getCount())

    def __iter__(self) -> Iterator["Shape"]:
        page = self.api
        for number in range(page.getCount()):
            yield Shape(self._sheet, page.getByIndex(number))

    def __call__(self, key: str | int) -> "Shape":
        for number, shape in enumerate(self, 1):
            if key in (number, shape.name):
                return shape
        raise KeyError(key)

    def __contains__(self, key: str) -> bool:
        return any(shape.name == key for shape in self)


class Shape(Member):
    """One shape. Places and sizes in points."""

    def __init__(self, sheet: "Sheet", uno: Any) -> None:
        self._sheet = sheet
        self._uno = uno

    @property
    def api(self) -> Any:
        """LibreOffice's own shape."""
        return self._uno

    @property
    def parent(self) -> "Sheet":
        """The sheet."""
        return self._sheet

    @property
    def type(self) -> str:
        """xlwings' word: ``form_control`` for a button, ``picture``, ``chart`` …, else ``auto_shape``."""
        kind = self._uno.getShapeType()
        if kind == _OBJECT:
            return "chart" if str(self._uno.CLSID).lower() == _CHART else "embedded_ole_object"
        return _TYPES.get(kind, "auto_shape")

    @property
    def name(self) -> str:
        """Its name; of a button that came from Excel the name of its control."""
        return str(self._uno.Name or (self._uno.getControl().Name if self.type == "form_control" else ""))

    @name.setter
    def name(self, value: str) -> None:
        self._uno.Name = value

    @property
    def text(self) -> str:
        """What stands on it."""
        return str(self._uno.getControl().Label if self.type == "form_control" else self._uno.getString())

    @text.setter
    def text(self, value: str) -> None:
        check_unprotected(self._sheet, "no changing of shapes")
        if self.type == "form_control":
            self._uno.getControl().Label = value
        else:
            self._uno.setString(value)

    @property
    def left(self) -> float:
        """Points from the sheet's left edge."""
        return float(self._uno.getPosition().X / POINT)

    @left.setter
    def left(self, value: float) -> None:
        self._place(round(value * POINT), self._uno.getPosition().Y)

    @property
    def top(self) -> float:
        """Points from the sheet's upper edge."""
        return float(self._uno.getPosition().Y / POINT)

    @top.setter
    def top(self, value: float) -> None:
        self._place(self._uno.getPosition().X, round(value * POINT))

    @property
    def width(self) -> float:
        """Points."""
        return float(self._uno.getSize().Width / POINT)

    @width.setter
    def width(self, value: float) -> None:
        self._resize(round(value * POINT), self._uno.getSize().Height)

    @property
    def height(self) -> float:
        """Points."""
        return float(self._uno.getSize().Height / POINT)

    @height.setter
    def height(self, value: float) -> None:
        self._resize(self._uno.getSize().Width, round(value * POINT))

    def _place(self, x: int, y: int) -> None:
        check_unprotected(self._sheet, "no changing of shapes")
        self._uno.setPosition(struct("com.sun.star.awt.Point", X=x, Y=y))

    def _resize(self, width: int, height: int) -> None:
        check_unprotected(self._sheet, "no changing of shapes")
        self._uno.setSize(struct("com.sun.star.awt.Size", Width=width, Height=height))

    def delete(self) -> None:
        """Takes it away."""
        check_unprotected(self._sheet, "no changing of shapes")
        self._sheet.api.uno.getDrawPage().remove(self._uno)
