"""指标库: usual indicators from which a department picks those of a project.

Its headings are no labels of a form, so that no reader takes the sheet for one.
"""

import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.workbook.sheets import SheetField


class LibraryRow(NamedTuple):
    """An indicator as it is offered, all texts: levels as a form prints them, the target as it is typed."""

    kind: str
    """What kind of project it is for: 基建维修."""
    level1: str
    level2: str
    level3: str
    description: str
    target: str
    basis: str
    source: str


class Offered(NamedTuple):
    """A row of the sheet, counted from 0, and whether somebody has ticked it."""

    row: int
    is_picked: bool
    indicator: LibraryRow
    unclear: str = ""
    """What stands in 选用, where it says neither yes nor no."""


TICKS: Final = frozenset([*"√✓✔☑●vy是1对选要", "选用", "yes"])
"""What people type to pick a row, in small letters."""
CROSSES: Final = frozenset([*"0×✗✘☐否不n无-", "不选", "不用", "no"])
"""What they type so as not to. An x is a tick for some, a cross for others."""
PICK: Final = SheetField("picked", "选用", ("选择", "√"))
LIBRARY_FIELDS: Final = (
    PICK,
    SheetField("kind", "项目类型"),
    SheetField("level1", "一级"),
    SheetField("level2", "二级"),
    SheetField("level3", "指标", ("指标名称",)),
    SheetField("description", "说明"),
    SheetField("target", "参考值"),
    SheetField("basis", "参考依据"),
    SheetField("source", "来源"),
)
"""The columns in their order; people may move them."""
OWN_KIND: Final = "本部门"
"""What kind the indicators are of that the department had before."""
SHIPPED: Final = "自带"
"""Where the indicators come from that come with xl-perf."""
_NEEDED: Final = frozenset({"level1", "level2", "level3"})
_HEADER_ROWS: Final = 20
"""The headings stand within the first rows."""
_KEYS: Final = {name: field.key for field in LIBRARY_FIELDS for name in (field.label, *field.aliases)}


def columns_in(rows: Sequence[Sequence[Scalar]]) -> tuple[int, dict[str, int]] | None:
    """The row of the headings and the column of each field, from 0; None where levels or names have no heading."""
    for row, cells in enumerate(rows[:_HEADER_ROWS]):
        found: dict[str, int] = {}
        for column, typed in enumerate(cells):
            key = _KEYS.get("".join(text_of(typed).split())) if isinstance(typed, str) else None
            if key is not None:
                found.setdefault(key, column)
        if found.keys() >= _NEEDED:
            return row, found
    return None


def read_library(rows: Sequence[Sequence[Scalar]]) -> list[Offered]:
    """The rows with an indicator or a tick, top to bottom; none where the headings are missing."""
    head = columns_in(rows)
    if head is None:
        return []
    header, places = head
    offered = []
    for row, cells in enumerate(rows[header + 1 :], header + 1):
        texts = {key: _text(cells[at]) for key, at in places.items() if at < len(cells)}
        typed = texts.pop(PICK.key, "")
        picked = unicodedata.normalize("NFKC", typed).lower()
        if picked or texts.get("level3"):
            indicator = LibraryRow(*(texts.get(key, "") for key in LibraryRow._fields))
            unclear = "" if picked in TICKS or picked in CROSSES else typed
            offered.append(Offered(row, picked in TICKS, indicator, unclear))
    return offered


def _text(typed: Scalar) -> str:
    return "" if is_blank(typed) else text_of(typed).strip()
