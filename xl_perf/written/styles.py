"""How the workbooks look: one palette, one font, and each cell format made once per workbook."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from xl_perf.sheets.looks import (
    ACCENT,
    AMOUNT,
    ERROR_FILL,
    FONT,
    GOOD_FILL,
    HEAD_FONT,
    HEADER_FILL,
    HINT_FILL,
    INK,
    INPUT_FILL,
    LABEL_FILL,
    LINE,
    MISSING_FILL,
    WARNING_FILL,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_BASE: Final[Mapping[str, Any]] = {
    "font_name": FONT,
    "font_size": 10.5,
    "font_color": INK,
    "valign": "vcenter",
}
_NAMED: Final[Mapping[str, Mapping[str, Any]]] = {
    "plain": {},
    "title": {"font_name": HEAD_FONT, "font_size": 18, "align": "center", "font_color": ACCENT},
    "heading": {"font_name": HEAD_FONT, "font_size": 12, "font_color": ACCENT},
    "note": {"font_size": 9, "font_color": "#5B6675", "text_wrap": True},
    "label": {"border": 1, "border_color": LINE, "bg_color": LABEL_FILL, "align": "center", "text_wrap": True},
    "header": {
        "border": 1,
        "border_color": LINE,
        "bg_color": HEADER_FILL,
        "bold": True,
        "align": "center",
        "text_wrap": True,
    },
    "cell": {"border": 1, "border_color": LINE, "text_wrap": True},
    "input": {"border": 1, "border_color": LINE, "bg_color": INPUT_FILL, "text_wrap": True, "locked": False},
    "total": {"border": 1, "border_color": LINE, "bg_color": HEADER_FILL, "bold": True},
    "missing": {"bold": True, "font_color": "#C00000", "text_wrap": True},
    "next label": {"font_name": HEAD_FONT, "align": "center", "bg_color": ACCENT, "font_color": "#FFFFFF"},
    "next": {"font_name": HEAD_FONT, "bg_color": HINT_FILL, "font_color": ACCENT, "text_wrap": True, "indent": 1},
    "panel link": {"font_color": "#0563C1", "underline": 1},
    "panel message": {"font_color": "#C00000", "text_wrap": True},
    "link": {"border": 1, "border_color": LINE, "font_color": "#0563C1", "underline": 1, "text_wrap": True},
}


class Styles:
    """Formats of one workbook by name, with overrides: ``styles("input", num_format="@")``."""

    def __init__(self, workbook: "Workbook") -> None:
        self._workbook = workbook
        self._made: dict[tuple[object, ...], Format] = {}

    def __call__(self, name: str, **overrides: Any) -> "Format":
        """The format; made at the first call, the same object after that. KeyError for an unknown name."""
        if (
            overrides.get("num_format") == AMOUNT
        ):  # a number that is too long shows as ####, and wrapped ones never shrink
            overrides |= {"shrink": True, "text_wrap": False}
        key = (name, *sorted(overrides.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({**_BASE, **_NAMED[name], **overrides})
        return self._made[key]

    def own(self, properties: Mapping[str, Any]) -> "Format":
        """A format of these properties and no others: of an office's own form."""
        key = ("own", *sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(dict(properties))
        return self._made[key]

    def mark(self, name: str, **properties: Any) -> "Format":
        """A conditional format: ``error``, ``warning``, ``good``, ``missing`` are fills, others what is given."""
        key = ("mark", name, *sorted(properties.items()))
        if key not in self._made:
            fill = {"bg_color": _MARKS[name]} if name in _MARKS else {}
            self._made[key] = self._workbook.add_format({**fill, **properties})
        return self._made[key]


_MARKS: Final = {
    "error": ERROR_FILL,
    "warning": WARNING_FILL,
    "good": GOOD_FILL,
    "missing": MISSING_FILL,
    "input": INPUT_FILL,
}
