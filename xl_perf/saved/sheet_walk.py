"""A worksheet's XML gone through cell by cell, where one search could not tell that all its cells are plain."""

import re
from collections.abc import Callable, Collection, Mapping
from html import unescape
from typing import Final

from xl_perf.core.cells.grid import ErrorValue, NoValue, a1, column_number
from xl_perf.core.cells.number_formats import STRUCK
from xl_perf.files.guard import damaged
from xl_perf.files.xml_parts import local, refuse_doctype
from xl_perf.saved.extent import Extent
from xl_perf.saved.source import Special

CALAMINE_ERRORS: Final = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
NEVER_EMPTY: Final = frozenset({"n", "b"})
"""Types of cells that hold something if they have a value: a text may be an empty one."""
BARE: Final = NEVER_EMPTY | {"s"}
"""Types of which calamine understands the characters of the value alone, without entities or elements in it."""
KEPT: Final = frozenset({"v", "f", "t"})
"""Elements of a cell whose text matters."""
SPELLED_OUT: Final = re.compile(r"[0-9.eE+-]{1,40}", re.ASCII)
"""A value some of whose characters may be spelled by their numbers, which calamine does not understand."""
STRING_NUMBER: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
REFERENCE: Final = re.compile(r"([A-Za-z]{1,8})([0-9]+)", re.ASCII)


class Walk:
    """Goes through all cells as calamine does: positions from `r` where it is given, else counted on."""

    def __init__(self, xml: bytes, telling: Mapping[str, str]) -> None:
        self.xml = xml
        self.special: list[Special] = []
        self.extent = Extent()
        self.formats: dict[tuple[int, int], str] = {}
        self._filled = 0
        self._shared: list[int] = []
        self._telling = telling
        self._strays: list[tuple[int, int]] = []
        self._unknown: list[tuple[int, int]] = []
        self._respelled: list[tuple[int, int, bytes]] = []
        self._row = self._column = 0
        self._depth = 0  # of elements inside sheetData
        self._over = False
        self._cell = False
        self._parse()

    @property
    def filled(self) -> int:
        """How many cells hold something, but for error values; shared strings may be empty."""
        return self._filled + len(self._shared)

    def surely(self, blank_strings: Callable[[], Collection[int]]) -> int:
        """The same without cells that show one of some shared strings."""
        blank = blank_strings() if self._shared else ()
        return self._filled + sum(number not in blank for number in self._shared)

    def without_strays(self) -> bytes:
        """The XML without the cells that calamine cannot bear."""
        cuts = self._unknown
        edits = list(self._respelled)
        if not self.extent.sane:
            cuts = cuts + self._strays
            # Errors out there are not shown either: the rows would have to reach them.
            self.special = [special for special in self.special if not Extent().add(*special[:2])]
        pieces = []
        position = 0
        for begin, end, instead in sorted([*edits, *((begin, end, b"") for begin, end in cuts)]):
            if begin >= position:  # else inside a cell that is taken out
                pieces += [self.xml[position:begin], instead]
            position = max(position, end)
        return b"".join((*pieces, self.xml[position:]))

    def _parse(self) -> None:
        import pyexpat

        self._parser = pyexpat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = refuse_doctype
        try:
            self._parser.Parse(self.xml, True)
        except pyexpat.ExpatError:
            raise damaged("XML") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if not self._depth:
            self._depth = name == "sheetData" and not self._over
            return
        self._depth += 1
        if self._cell:
            self._inside = name
            self._seen.add(name)
        elif name == "c":
            self._start_cell(attributes)
        elif name == "row" and "r" in attributes:
            self._row = number(attributes["r"]) - 1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell = True
        self._begin = self._parser.CurrentByteIndex
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._inside = ""
        self._seen: set[str] = set()
        self._texts: dict[str, list[str]] = {}
        self._place = self._row, self._column
        if "r" in attributes:
            match = REFERENCE.fullmatch(attributes["r"])
            if match is None:
                raise damaged(f"单元格 {attributes['r'][:20]}")
            self._column = column_number(match[1].upper())
            self._place = number(match[2]) - 1, self._column

    def _characters(self, text: str) -> None:
        if self._cell and self._inside in KEPT:
            self._texts.setdefault(self._inside, []).append(text)

    def _text(self, name: str) -> str:
        """What the cell's elements of this name hold."""
        return "".join(self._texts[name]) if name in self._texts else ""

    def _end(self, name: str) -> None:
        if not self._depth:
            return
        self._depth -= 1
        self._over = not self._depth
        name = local(name)
        if self._cell:
            self._inside = ""
            if name == "v" and self._type in BARE:
                self._refuse_odd_value()
            elif name == "c":
                self._end_cell()
        elif name == "row":
            self._row += 1
            self._column = 0

    def _end_cell(self) -> None:
        self._cell = False
        self._column += 1
        value = self._text("v")
        if not (value or "is" in self._seen or "f" in self._seen):
            return  # a styled blank, wherever it stands, costs calamine nothing
        span = self._begin, self.xml.index(b">", self._parser.CurrentByteIndex) + 1
        if self.extent.add(*self._place):
            if self._strays and self._strays[-1][1] == span[0]:
                self._strays[-1] = self._strays[-1][0], span[1]
            else:
                self._strays.append(span)
            self._note_far(value)
        else:
            self._note(value)
        if self._type == "inlineStr" and value and "is" not in self._seen:
            self.special.append((*self._place, value))  # calamine looks for it elsewhere
        elif self._type == "e":
            self.special.append((*self._place, ErrorValue(value)))
            if value not in CALAMINE_ERRORS:
                self._unknown.append(span)
        elif not value and "f" in self._seen and not self._holds_text():
            self.special.append((*self._place, NoValue(self._text("f"))))

    def _refuse_odd_value(self) -> None:
        """A value of which calamine would take a part, or for a shared string the first one."""
        value = self._text("v")
        end = self._parser.CurrentByteIndex
        begin = self.xml.rfind(b">", 0, end) + 1
        shown = self.xml[begin:end] if value else b""
        if b"&#" in shown and unescape(shown.decode("utf-8", "replace")) == value and SPELLED_OUT.fullmatch(value):
            self._respelled.append((begin, end, value.encode()))
            shown = value.encode()
        if shown != value.encode() or (self._type == "s" and value and not STRING_NUMBER.fullmatch(value)):
            raise damaged(f"单元格 {a1(*self._place)}")

    def _note_far(self, value: str) -> None:
        if self._type == "s":
            self.extent.far_strings += [int(value)] if value else []
        elif self._type != "e":
            self.extent.far_filled += bool((value or self._text("t")).strip())

    def _note(self, value: str) -> None:
        if self._type == "s":
            self._shared += [int(value)] if value else []
        elif self._type in NEVER_EMPTY:
            self._filled += bool(value)
        elif self._type == "str":
            self._filled += not value.isspace() and bool(value)
        elif self._type == "inlineStr" and "rPh" not in self._seen:
            self._filled += bool(self._text("t").strip())
        code = self._telling.get(self._style) if self._telling else None
        if code and ((value and self._type == "n") or code == STRUCK):
            self.formats[self._place] = code

    def _holds_text(self) -> bool:
        """A formula with an empty text is a result, such as =""; one without any `v` was not calculated."""
        return "is" in self._seen or (self._type == "str" and "v" in self._seen)


def number(digits: str) -> int:
    """A row number; absurdly long ones are damage, and Python would refuse to convert them."""
    if not digits.isdecimal() or len(digits) > 20:
        raise damaged(f"行号 {digits[:20]}")
    return int(digits)
