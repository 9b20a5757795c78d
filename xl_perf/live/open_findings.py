"""What 校验结果 lists, read back from the sheet: which finding stands in which row, and which are still open."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from xl_perf.core.cells.grid import cell_place
from xl_perf.core.cells.values import text_of
from xl_perf.core.checking.accepting import WHOLE_BOOK, WHOLE_FORM
from xl_perf.core.model.findings import Severity
from xl_perf.core.workbook.sheets import FINDINGS_SHEET
from xl_perf.live import findings
from xl_perf.live.host import NotHere
from xl_perf.sheets.lists import FIRST_ROW, HEAD_ROW

if TYPE_CHECKING:
    from xl_perf.live.host import Host

_SEVERITIES = {severity.label: severity for severity in Severity}
_AT = {column.key: number for number, column in enumerate(findings.COLUMNS)}


class Listed(NamedTuple):
    """A finding as it is listed. ``row`` is its row on 校验结果, from 0; ``sheet`` is empty for the whole book."""

    row: int
    severity: Severity
    code: str
    sheet: str
    cell: str
    """Empty where the finding is about the whole form, or the whole book."""
    message: str
    remedy: str
    reason: str
    by: str

    @property
    def is_open(self) -> bool:
        """Nobody has accepted it, as `core.checking.accepting` understands it."""
        return self.severity is not Severity.WARNING or not (self.reason and self.by)

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of its cell, from 0; the first cell for what has none."""
        return cell_place(self.cell) if self.cell else (0, 0)

    @property
    def where(self) -> str:
        """Its place as people read it."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet or "整本工作簿"


def read(host: "Host") -> list[Listed]:
    """The findings in the order of the list. Raises `NotHere` where nothing was checked yet."""
    sheet = host.sheet(FINDINGS_SHEET)
    rows = [] if sheet is None else findings.typed_rows(sheet)
    found = [one for at, row in enumerate(rows) if (one := _listed(FIRST_ROW + at, row)) is not None]
    is_listed = any(row[0] in _SEVERITIES for row in rows)
    if not is_listed and (sheet is None or not _is_checked(text_of(sheet.range((HEAD_ROW + 1, 1)).value))):
        raise NotHere("这本工作簿还没有校验", "请先按“校验全部”")
    return found


def _is_checked(headline: str) -> bool:
    return headline.endswith(findings.NOTHING)


def _listed(at: int, row: Sequence[object]) -> Listed | None:
    """None for a row that lists nothing, and for a finding whose cell was deleted."""
    text = {key: "" if row[column] is None else text_of(row[column]).strip() for key, column in _AT.items()}  # type: ignore[arg-type]  # scalars
    severity = _SEVERITIES.get(text["severity"])
    if severity is None or text["cell"] != findings.without_gone(text["cell"]):
        return None
    return Listed(
        at,
        severity,
        text["code"],
        "" if text["sheet"] == WHOLE_BOOK else text["sheet"],
        "" if text["cell"] == WHOLE_FORM else text["cell"],
        text["message"],
        text["remedy"],
        text["reason"],
        text["accepted_by"],
    )
