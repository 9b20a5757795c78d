"""Formulas that a program wrote with the result 0, for a spreadsheet program to calculate when it opens the file.

XlsxWriter does so where it is not told a result, and asks by ``fullCalcOnLoad`` (ECMA-376 Part 1, 18.2.2) that all be
calculated. Whoever reads the file before that would take each such amount for 0.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from xl_perf.core.cells.grid import NoValue, cell_place
from xl_perf.saved.source import Special

ZERO: Final = b"</f><v>0</v>"
CELL: Final = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^<>]*><f[^<>]*>([^<]*)</f><v>0</v>')


def never_calculated(xml: bytes) -> Iterator[Special]:
    """The formulas with the result 0 on a worksheet, as formulas without one."""
    for cell in CELL.finditer(xml) if ZERO in xml else ():
        formula = unescape(cell[2].decode("utf-8", "replace"))
        yield *cell_place(cell[1].decode()), NoValue(formula, is_stored=True)
