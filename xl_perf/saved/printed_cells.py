"""What a form prints without a text: rows with lines around their cells, over which it goes on, and formulas.

ECMA-376 Part 1, 18.8.4 (border), 18.8.10 (cellXfs), 18.3.1.4 (c), 18.3.1.40 (f). Read from the parts: openpyxl, which
tells it too, takes longer to import than a check takes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple
from xml.sax.saxutils import unescape

from xl_perf.core.cells.grid import cell_place
from xl_perf.files.guard import Refused
from xl_perf.files.ooxml_package import relations, wanted_part, workbook_part
from xl_perf.files.xml_parts import Element, elements
from xl_perf.files.zip_package import Package

_SIDES: Final = frozenset({"left", "right", "top", "bottom", "start", "end"})
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s([^<>]*)>")
_FORMULA: Final = re.compile(
    rb"<(?:\w+:)?c\s(?P<cell>[^<>]*[^/<>])>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>(?P<said>[^<]*)</)"
)
_PLACE: Final = re.compile(rb"""\br=["']([A-Z]{1,3}[1-9][0-9]{0,6})["']""")
_STYLE: Final = re.compile(rb"""\bs=["']([0-9]{1,5})["']""")


class PrintedCells(NamedTuple):
    """What the cells of a sheet have that their values do not say.

    ``framed`` is the first column with a line of each row that has one, ``formulas`` what is worked out in a cell,
    empty where another cell says it (ECMA-376 Part 1, 18.3.1.40, shared formulas); rows and columns from 0.
    """

    framed: Mapping[int, int]
    formulas: Mapping[tuple[int, int], str]


def printed_cells(path: Path, sheet: str) -> PrintedCells:
    """What the cells of a sheet have beside their values; nothing where the file does not tell."""
    try:
        package = Package(path.read_bytes())
        workbook = workbook_part(package)
        targets = relations(package, workbook)
        wanted = [one for one in elements(package.read(workbook)) if one.name == "sheet" and one.get("name") == sheet]
        part = wanted_part(wanted[0], targets) if wanted else None
        if part is None:
            return PrintedCells({}, {})
        cells = package.read(part)
        styles = next((target for target, type_ in targets.values() if type_ == "styles"), None)
        framed = frozenset(_framed(elements(package.read(styles)))) if styles is not None else frozenset[int]()
        return PrintedCells(_rows(cells, framed) if framed else {}, dict(_formulas(cells)))
    except (Refused, OSError):
        return PrintedCells({}, {})


def _formulas(part: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for found in _FORMULA.finditer(part):
        place = _PLACE.search(found["cell"])
        if place is not None:
            yield cell_place(place[1].decode()), unescape((found["said"] or b"").decode("utf-8", "replace")).strip()


def _framed(found: Sequence[Element]) -> Iterator[int]:
    """The numbers of cell formats with a line on some side."""
    borders: list[bool] = []
    number = -1
    within = ""
    for one in found:
        if one.name in {"borders", "cellXfs", "cellStyles", "dxfs", "cellStyleXfs"}:
            within = one.name
        elif within == "borders" and one.name == "border":
            borders.append(False)
        elif within == "borders" and borders and one.name in _SIDES and one.get("style", "none") != "none":
            borders[-1] = True
        elif within == "cellXfs" and one.name == "xf":
            number += 1
            border = one.get("borderId", "0")
            if border.isdecimal() and int(border) < len(borders) and borders[int(border)]:
                yield number


def _rows(part: bytes, framed: frozenset[int]) -> Mapping[int, int]:
    rows: dict[int, int] = {}
    for cell in _CELL.finditer(part):
        place, style = _PLACE.search(cell[1]), _STYLE.search(cell[1])
        if place and style and int(style[1]) in framed:
            row, column = cell_place(place[1].decode())
            rows[row] = min(column, rows.get(row, column))
    return rows
