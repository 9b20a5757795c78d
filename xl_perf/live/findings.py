"""校验结果 of the open book: the findings in one block, links to their cells, what people typed beside them kept."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.cells.grid import a1
from xl_perf.core.checking.accepting import WHOLE_BOOK, WHOLE_FORM, matched, read_row
from xl_perf.core.figures.summary import title_of
from xl_perf.core.model.findings import Finding, Severity, count_accepted
from xl_perf.core.workbook.sheets import FINDINGS_SHEET
from xl_perf.live.log_sheet import Formula
from xl_perf.live.protection import unlocked
from xl_perf.sheets.findings_columns import ACCEPTANCE, FILLS, SHOWN_AT_FIRST, all_columns, columns_of, said_counts
from xl_perf.sheets.lists import FIRST_ROW, HEAD_ROW, HEADER_ROW, TITLE_ROW
from xl_perf.sheets.looks import HEADER_FILL, INPUT_FILL, LINE
from xl_perf.sheets.texts import quoted, valid

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.live.host import Host

COLUMNS: Final = all_columns(with_files=False)
_AT: Final = {column.key: number for number, column in enumerate(COLUMNS)}
_CELL: Final = _AT["cell"]
_READ_AT: Final = {**_AT, "by": _AT["accepted_by"]}
"""The columns by the keys of `core.workbook.sheets.FINDINGS_FIELDS`."""
_RANKS: Final = {severity.label: severity.rank for severity in Severity}
NOTHING: Final = "没有发现问题。"
HOW_TO_SHOW: Final = "{} 条提示先不显示，点表头“级别”的筛选箭头，勾上“提示”就能看到。"
OUTDATED: Final = "已过时：校验以后增删过行，有的单元格名和说明对不上了，请再按“校验全部”。"
"""Before the headline of a list that buttons could not keep right."""
_GONE: Final = "（已删）"
"""Behind the name of a cell whose row was deleted."""
_WRAPPED: Final = ("project", "field", "found", "expected", "message", "remedy")
_NARROWER: Final = 0.9
RowContents = Sequence[str | Formula | None]


class Plan(NamedTuple):
    """What is written: rows in their order, how many there are of each severity, and what could not be kept."""

    rows: Sequence[RowContents]
    counts: Mapping[Severity, int]
    """Of each severity those that are open."""
    dropped: int = 0
    """Reasons whose findings are gone."""
    listed: Mapping[Severity, int] = MappingProxyType({})
    """Rows of each severity, accepted ones too."""
    accepted: int = 0
    is_filtered: bool = False
    """Hints are out of sight."""
    is_outdated: bool = False
    """Rows of other sheets were out of date before."""

    @property
    def headline(self) -> str:
        """The line above the list."""
        before = OUTDATED if self.is_outdated else ""
        if not self.rows:
            return f"{before}{NOTHING}"
        said = f"{said_counts(self.counts, self.accepted)}。{self.hidden}"
        return f"{before}{said}点单元格名可以转到该处；接受警告的，请填接受理由和接受人。"

    @property
    def hidden(self) -> str:
        """That hints are out of sight, and how they are shown; empty without any."""
        return HOW_TO_SHOW.format(self.listed.get(Severity.HINT, 0)) if self.is_filtered else ""


# --- planning ----------------------------------------------------------------------------------------------------


def plan(
    findings: Sequence[Finding],
    projects: Mapping[str, str | None],
    typed: Sequence[Sequence[object]],
    only: str | None = None,
) -> Plan:
    """Rows for the findings, errors first; ``typed`` are the rows that stand on the sheet now.

    With ``only`` the findings are those of one sheet, and the rows of the others stay as they are.
    """
    others = [] if only is None else [row for row in map(_kept, typed) if row is not None and row[_AT["sheet"]] != only]
    own = [row for row in typed if only is None or row[_AT["sheet"]] == only]
    reasons = [row for row in own if any(_typed_beside(row))]
    pairs = matched(findings, [read_row(row, _READ_AT) for row in reasons])
    rows: list[RowContents] = []
    for at, finding in enumerate(findings):
        beside = _typed_beside(reasons[pairs[at]]) if at in pairs else (None, None)
        rows.append([*_row(finding, title_of(finding, projects)), *beside])
    rows = sorted([*rows, *others], key=lambda row: _RANKS[str(row[0])])
    listed = {severity: sum(row[0] == severity.label for row in rows) for severity in Severity}
    agreed = count_accepted(findings) + sum(map(_is_accepted, others))
    still_open = {**listed, Severity.WARNING: listed[Severity.WARNING] - agreed}
    return Plan(rows, still_open, len(reasons) - len(pairs), listed, agreed)


def _typed_beside(row: Sequence[object]) -> tuple[str, ...]:
    """What a person has typed beside a finding: why it stands, and who answers for it."""
    return tuple("" if row[_AT[column.key]] is None else str(row[_AT[column.key]]) for column in ACCEPTANCE)


def _is_accepted(row: RowContents) -> bool:
    """A warning with a reason and a name, as `core.accepting` asks for both."""
    return row[0] == Severity.WARNING.label and all(str(row[_AT[column.key]] or "").strip() for column in ACCEPTANCE)


def _kept(row: Sequence[object]) -> RowContents | None:
    """A row that stands on the sheet, as it is written again; None for what is no finding."""
    if row[0] not in _RANKS:
        return None
    texts = [None if value is None else str(value) for value in row]
    cell, sheet = texts[_CELL], texts[_AT["sheet"]]
    cells: list[str | Formula | None] = [*texts]
    if cell and sheet:
        cells[_CELL] = link(sheet, None if cell == WHOLE_FORM else cell)
    return cells


def _row(finding: Finding, project: str) -> list[str | Formula | None]:
    severity = finding.severity or Severity.HINT
    texts: dict[str, str | None] = {
        "severity": severity.label,
        "code": finding.code,
        "sheet": finding.sheet or WHOLE_BOOK,
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


def _link(finding: Finding) -> str | Formula | None:
    return None if finding.sheet is None else link(finding.sheet, finding.cell)


def link(sheet: str, cell: str | None) -> str | Formula:
    """A formula that leads to the cell: unlike a link of its own it costs no call to the host. A cell that is `gone`
    has none.
    """
    if cell and cell.endswith(_GONE):
        return cell
    place = f"#{quoted(sheet)}!{cell or 'A1'}".replace('"', '""')
    return Formula(f'=HYPERLINK("{place}","{cell or WHOLE_FORM}")')


def gone(cell: str) -> str:
    """What stands there for a cell whose row was deleted."""
    return f"{cell}{_GONE}"


def without_gone(cell: str) -> str:
    """The name that a cell has, or had when it was deleted."""
    return cell.removesuffix(_GONE)


def is_outdated(sheet: "Sheet") -> bool:
    """校验结果 says of itself that it is not right any more."""
    return str(sheet.range((HEAD_ROW + 1, 1)).value or "").startswith(OUTDATED)


def say_outdated(sheet: "Sheet") -> None:
    """校验结果 says so from now on, until the whole book is checked. The sheet must be unlocked."""
    if not is_outdated(sheet):
        headline = sheet.range((HEAD_ROW + 1, 1))
        headline.value = f"{OUTDATED}{headline.value or ''}"


# --- writing -----------------------------------------------------------------------------------------------------


def fill(
    host: "Host", findings: Sequence[Finding], projects: Mapping[str, str | None], only: str | None = None
) -> Plan:
    """Writes the list, or with ``only`` the rows of one sheet in it.

    Raises `Locked` where 校验结果 has a password of somebody's own.
    """
    sheet = host.sheet(FINDINGS_SHEET) or _new_sheet(host)
    typed = typed_rows(sheet)
    planned = plan(findings, projects, typed, only)
    planned = planned._replace(is_outdated=only is not None and is_outdated(sheet))
    with unlocked(sheet):
        host.remove_filter(sheet, a1(HEADER_ROW, 0), a1(HEADER_ROW, len(COLUMNS) - 1))
        _empty(sheet, len(typed))
        if planned.rows:
            _write(sheet, planned)
            planned = planned._replace(is_filtered=_filter(sheet, planned))
        sheet.range((HEAD_ROW + 1, 1)).value = planned.headline
    return planned


def typed_rows(sheet: "Sheet") -> list[Sequence[object]]:
    """The rows of the list as they stand, in one call."""
    last = sheet.used_range.last_cell.row
    if last <= FIRST_ROW:
        return []
    cells = sheet.range((FIRST_ROW + 1, 1), (last, len(COLUMNS)))
    rows: list[Sequence[object]] = cells.options(ndim=2).value
    return rows


def _empty(sheet: "Sheet", rows: int) -> None:
    """Takes the earlier list away, shown rows and filtered ones."""
    if rows:
        cells = sheet.range((FIRST_ROW + 1, 1), (FIRST_ROW + rows, len(COLUMNS)))
        cells.rows.hidden = False
        cells.clear_contents()
        cells.color = None
        cells.borders.clear()


def _write(sheet: "Sheet", planned: Plan) -> None:
    """The cells as texts, the links as formulas; colours and filter by severity."""
    first, last = FIRST_ROW + 1, FIRST_ROW + len(planned.rows)
    cells = sheet.range((first, 1), (last, len(COLUMNS)))
    cells.number_format = "@"  # before the values: a text like =78人 is no formula
    links = sheet.range((first, _CELL + 1), (last, _CELL + 1))
    links.number_format = "General"
    links.font.color = "#0563C1"
    cells.value = [[str(cell) if cell is not None else None for cell in row] for row in planned.rows]
    cells.wrap_text = True
    cells.vertical_alignment = "center"
    cells.borders.set(line_style="continuous", weight="thin", color=LINE)
    typed = sheet.range((first, len(COLUMNS) - len(ACCEPTANCE) + 1), (last, len(COLUMNS)))
    typed.color = INPUT_FILL
    row = first
    for severity in Severity:
        number = planned.listed.get(severity, 0)
        if number:
            sheet.range((row, 1), (row + number - 1, 1)).color = FILLS[severity]
            row += number
    _fit(sheet, first, last)


def _fit(sheet: "Sheet", first: int, last: int) -> None:
    """Makes the rows high enough for their texts, for as many calls however many rows there are.

    They are fitted while the columns are a little narrower: at another zoom LibreOffice needs a line more for a text
    than the one for which it fits the row, and cuts it off.
    """
    columns = [sheet.range((1, _AT[key] + 1)) for key in _WRAPPED]
    shown = [(column, width) for column in columns if (width := column.column_width)]
    for column, width in shown:
        column.column_width = width * _NARROWER
    sheet.range((first, 1), (last, len(COLUMNS))).rows.autofit()
    for column, width in shown:
        column.column_width = width


def _filter(sheet: "Sheet", planned: Plan) -> bool:
    """Hints are filtered out at first. False where there are none, or they stay in sight."""
    if not planned.listed.get(Severity.HINT, 0):
        return False
    try:
        last = FIRST_ROW + len(planned.rows)
        listed = sheet.range((HEADER_ROW + 1, 1), (last, len(COLUMNS)))
        listed.autofilter.apply_values(1, [severity.label for severity in SHOWN_AT_FIRST])
    except (NotImplementedError, ValueError):  # or somebody has a filter of their own there
        return False
    return True


def _new_sheet(host: "Host") -> "Sheet":
    """The sheet for a book that has none: a workbook that came by mail."""
    host.check_structure()
    with host.front_kept():
        sheet = host.added_last(FINDINGS_SHEET)
    for at, column in enumerate(COLUMNS, 1):
        sheet.range((1, at)).column_width = column.width
    sheet.range((TITLE_ROW + 1, 1)).value = FINDINGS_SHEET
    sheet.range((TITLE_ROW + 1, 1)).font.bold = True
    header = sheet.range((HEADER_ROW + 1, 1), (HEADER_ROW + 1, len(COLUMNS)))
    header.value = [column.label for column in COLUMNS]
    header.color = HEADER_FILL
    header.font.bold = True
    return sheet
