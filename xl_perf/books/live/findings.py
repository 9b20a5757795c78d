"""校验结果 of the open book: the findings in one block, links to their cells, what people typed beside them kept."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.books.live.log_sheet import Formula
from xl_perf.books.live.protection import unlocked
from xl_perf.books.sheets.findings_columns import ACCEPTANCE, FILLS, SHOWN_AT_FIRST, columns_of, said_counts
from xl_perf.books.sheets.list_head import FIRST_ROW, HEAD_ROW, HEADER_ROW, TITLE_ROW
from xl_perf.books.sheets.styles import HEADER_FILL, INPUT_FILL, LINE
from xl_perf.books.sheets.texts import quoted, valid
from xl_perf.core import form
from xl_perf.core.findings import Finding, Severity, count, count_accepted

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.books.live.host import Host

COLUMNS: Final = (*columns_of(with_files=False), *ACCEPTANCE)
_AT: Final = {column.key: number for number, column in enumerate(COLUMNS)}
_CELL: Final = _AT["cell"]
Cells = Sequence[str | Formula | None]


class Accepted(NamedTuple):
    """What a person typed beside a finding: why it stands, and who answers for it."""

    reason: str
    person: str


class Plan(NamedTuple):
    """What is written: rows in their order, how many there are of each severity, and what could not be kept."""

    rows: Sequence[Cells]
    counts: Mapping[Severity, int]
    """Of each severity those that are open."""
    dropped: int = 0
    """Reasons whose findings are gone."""
    listed: Mapping[Severity, int] = MappingProxyType({})
    """Rows of each severity, accepted ones too."""
    accepted: int = 0

    @property
    def said(self) -> str:
        """The line above the list."""
        if not self.rows:
            return "没有发现问题。"
        return f"{said_counts(self.counts, self.accepted)}。点单元格名可以转到该处；接受警告的，请填接受理由和接受人。"


# --- planning ----------------------------------------------------------------------------------------------------


def plan(findings: Iterable[Finding], projects: Mapping[str, str | None], typed: Sequence[Sequence[object]]) -> Plan:
    """Rows for the findings, errors first; ``typed`` are the rows that stand on the sheet now."""
    graded = sorted(findings, key=lambda one: (one.severity or Severity.HINT).rank)
    accepted = _accepted(typed)
    used: set[tuple[str, ...]] = set()
    rows = []
    for finding in graded:
        row = _row(finding, projects.get(finding.sheet or "") or "")
        key = next((key for key in _keys(row) if key in accepted), None)
        if key is not None:
            used.add(key)
            row += [*accepted[key]]
        else:
            row += [None, None]
        rows.append(row)
    kept = {id(accepted[key]) for key in used}
    all_of_them = {id(one) for one in accepted.values()}
    listed = Counter(one.severity or Severity.HINT for one in graded)
    return Plan(rows, count(graded), len(all_of_them - kept), listed, count_accepted(graded))


def _row(finding: Finding, project: str) -> list[str | Formula | None]:
    severity = finding.severity or Severity.HINT
    texts: dict[str, str | None] = {
        "severity": severity.label,
        "code": finding.code,
        "sheet": finding.sheet or "整本",
        "cell": _link(finding),
        "project": project,
        "field": finding.field,
        "found": finding.found,
        "expected": finding.expected,
        "difference": finding.difference,
        "message": finding.message,
        "remedy": finding.remedy,
    }
    return [_safe(texts[column.key]) for column in columns_of(with_files=False)]


def _safe(text: str | None) -> str | Formula | None:
    return text if text is None or isinstance(text, Formula) else valid(text)


def _link(finding: Finding) -> str | None:
    """A formula that leads to the cell: unlike a link of its own it costs no call to the host."""
    if finding.sheet is None:
        return None
    cell = finding.cell
    place = f"#{quoted(finding.sheet)}!{cell or 'A1'}".replace('"', '""')
    return Formula(f'=HYPERLINK("{place}","{cell or "表"}")')


def _accepted(typed: Iterable[Sequence[object]]) -> dict[tuple[str, ...], Accepted]:
    """What people typed, by the finding: by its cell, and without it for a finding that has moved."""
    found: dict[tuple[str, ...], Accepted] = {}
    for row in typed:
        texts = ["" if value is None else str(value) for value in row]
        reason, person = (texts[_AT[column.key]] for column in ACCEPTANCE)
        if reason or person:
            accepted = Accepted(reason, person)
            for key in _keys(texts):
                found.setdefault(key, accepted)
    return found


def _keys(row: Sequence[str | None]) -> Iterable[tuple[str, ...]]:
    """How a finding is known again: rule, sheet and what was found; with the cell, and without."""
    texts = {key: str(row[_AT[key]] or "") for key in ("code", "sheet", "field", "found", "message")}
    cell = row[_CELL]
    shown = cell.rpartition(',"')[2].removesuffix('")') if isinstance(cell, Formula) else str(cell or "")
    yield texts["code"], texts["sheet"], shown, texts["found"]
    yield texts["code"], texts["sheet"], texts["field"], texts["found"], texts["message"]


# --- writing -----------------------------------------------------------------------------------------------------


def fill(host: "Host", findings: Iterable[Finding], projects: Mapping[str, str | None]) -> Plan:
    """Writes the list. Raises `Locked` where the sheet has a password of somebody's own."""
    sheet = host.sheet(form.FINDINGS_SHEET) or _new_sheet(host)
    typed = _typed(sheet)
    planned = plan(findings, projects, typed)
    with unlocked(sheet):
        _empty(sheet, len(typed))
        sheet.range((HEAD_ROW + 1, 1)).value = planned.said
        if planned.rows:
            _write(sheet, planned)
    return planned


def _typed(sheet: "Sheet") -> list[Sequence[object]]:
    """The rows of the list as they stand, in one call."""
    last = sheet.used_range.last_cell.row
    if last <= FIRST_ROW:
        return []
    block = sheet.range((FIRST_ROW + 1, 1), (last, len(COLUMNS)))
    rows: list[Sequence[object]] = block.options(ndim=2).value
    return rows


def _empty(sheet: "Sheet", rows: int) -> None:
    """Takes the earlier list away, shown rows and filtered ones."""
    header = sheet.range((HEADER_ROW + 1, 1), (HEADER_ROW + 1, len(COLUMNS)))
    with suppress(NotImplementedError):
        header.autofilter.clear()
    if rows:
        block = sheet.range((FIRST_ROW + 1, 1), (FIRST_ROW + rows, len(COLUMNS)))
        block.rows.hidden = False
        block.clear_contents()
        block.color = None


def _write(sheet: "Sheet", planned: Plan) -> None:
    """The block of cells as texts, the links as formulas; colours and filter by severity."""
    first, last = FIRST_ROW + 1, FIRST_ROW + len(planned.rows)
    block = sheet.range((first, 1), (last, len(COLUMNS)))
    block.number_format = "@"  # before the values: a text like =78人 is no formula
    links = sheet.range((first, _CELL + 1), (last, _CELL + 1))
    links.number_format = "General"
    links.font.color = "#0563C1"
    block.value = [[str(cell) if cell is not None else None for cell in row] for row in planned.rows]
    block.wrap_text = True
    block.vertical_alignment = "center"
    with suppress(NotImplementedError):
        block.borders.set(line_style="continuous", weight="thin", color=LINE)
    typed = sheet.range((first, len(COLUMNS) - len(ACCEPTANCE) + 1), (last, len(COLUMNS)))
    typed.color = INPUT_FILL
    row = first
    for severity in Severity:
        number = planned.listed.get(severity, 0)
        if number:
            sheet.range((row, 1), (row + number - 1, 1)).color = FILLS[severity]
            row += number
    block.rows.autofit()
    _filter(sheet, planned, last)


def _filter(sheet: "Sheet", planned: Plan, last: int) -> None:
    """Hints are filtered out at first; without filters, as in LibreOffice, their rows are hidden."""
    hints = planned.listed.get(Severity.HINT, 0)
    if not hints:
        return
    whole = sheet.range((HEADER_ROW + 1, 1), (last, len(COLUMNS)))
    try:
        whole.autofilter.apply_values(1, [severity.label for severity in SHOWN_AT_FIRST])
    except NotImplementedError:
        sheet.range((last - hints + 1, 1), (last, 1)).rows.hidden = True


def _new_sheet(host: "Host") -> "Sheet":
    """The sheet for a book that has none: a workbook that came by mail."""
    with host.front_kept():
        sheet = host.book.sheets.add(form.FINDINGS_SHEET, after=host.book.sheets[-1])
    for at, column in enumerate(COLUMNS, 1):
        sheet.range((1, at)).column_width = column.width
    sheet.range((TITLE_ROW + 1, 1)).value = form.FINDINGS_SHEET
    sheet.range((TITLE_ROW + 1, 1)).font.bold = True
    header = sheet.range((HEADER_ROW + 1, 1), (HEADER_ROW + 1, len(COLUMNS)))
    header.value = [column.label for column in COLUMNS]
    header.color = HEADER_FILL
    header.font.bold = True
    return sheet
