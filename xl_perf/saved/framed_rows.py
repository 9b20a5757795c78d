"""Rows of a sheet that have lines around their cells: a form goes on over them, though nothing is written there.

ECMA-376 Part 1, 18.8.4 (border), 18.8.10 (cellXfs), 18.3.1.4 (c). Read from the parts: openpyxl, which tells it too,
takes longer to import than a check takes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from xl_perf.core.cells.grid import cell_place
from xl_perf.files.guard import Refused
from xl_perf.files.ooxml_package import relations, wanted_part, workbook_part
from xl_perf.files.xml_parts import Element, elements
from xl_perf.files.zip_package import Package

_SIDES: Final = frozenset({"left", "right", "top", "bottom", "start", "end"})
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s([^<>]*)>")
_PLACE: Final = re.compile(rb"""\br=["']([A-Z]{1,3}[1-9][0-9]{0,6})["']""")
_STYLE: Final = re.compile(rb"""\bs=["']([0-9]{1,5})["']""")


def framed_rows(path: Path, sheet: str) -> Mapping[int, int]:
    """The first column with a line of each row that has one, both from 0; none where the file does not tell."""
    try:
        package = Package(path.read_bytes())
        workbook = workbook_part(package)
        targets = relations(package, workbook)
        wanted = [one for one in elements(package.read(workbook)) if one.name == "sheet" and one.get("name") == sheet]
        part = wanted_part(wanted[0], targets) if wanted else None
        styles = next((target for target, type_ in targets.values() if type_ == "styles"), None)
        if part is None or styles is None:
            return {}
        framed = frozenset(_framed(elements(package.read(styles))))
        return _rows(package.read(part), framed) if framed else {}
    except (Refused, OSError):
        return {}


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
