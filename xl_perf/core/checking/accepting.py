"""Accepted warnings: why a warning stands and who answers for it, typed on 校验结果 beside the finding.

An acceptance holds as long as what was found has not changed. It belongs to the rule, the sheet, the cell and what was
found there; where rows were inserted meanwhile it follows the field, if only one finding can be meant. What is missing
(a blank, a dash) says nothing by itself: there the message is compared, which nearly always names what it is about.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from xl_perf.core.cells.grid import ErrorValue, Grid, NoValue
from xl_perf.core.cells.labels import Vocabulary
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.model.findings import Acceptance, Accepted, Finding, Severity, fingerprint, one_line
from xl_perf.core.workbook.sheets import FINDINGS_FIELDS

WHOLE_BOOK, WHOLE_FORM = "整本", "表"
"""What stands there in place of a sheet, and in place of a cell."""
_LABELS: Final = Vocabulary(FINDINGS_FIELDS)
_HEAD_ROWS: Final = 10
_MOST_NAMED: Final = 10
"""Rows that a note names one by one."""
_NEEDED: Final = frozenset({"code", "sheet", "reason", "by"})


Key = tuple[str, str, str, str]


def read_accepted(grid: Grid | None) -> tuple[list[Accepted], list[str]]:
    """The rows in which a person accepts a warning, and Chinese notes on those that lack a reason or a name."""
    accepted: list[Accepted] = []
    lacking: dict[str, list[int]] = {}
    columns: dict[str, int] = {}
    for number, cells in enumerate(() if grid is None else grid.rows, 1):
        if not columns:
            here = _LABELS.in_row(cells)
            columns = here if here.keys() >= _NEEDED else {}
            continue
        row = {key: _said(cells, at) for key, at in columns.items()}
        reason, by = row["reason"], row["by"]
        if reason and by and row["code"]:
            sheet = "" if row["sheet"] == WHOLE_BOOK else row["sheet"]
            cell, field = row.get("cell", "").replace(WHOLE_FORM, ""), row.get("field", "")
            found, message = row.get("found", ""), row.get("message", "")
            accepted.append(Accepted(row["code"], sheet, cell, field, found, message, Acceptance(reason, by)))
        elif (reason or by) and row["code"]:
            lacking.setdefault("接受人" if reason else "接受理由", []).append(number)
    return accepted, [_lacks(what, rows) for what, rows in lacking.items()]


def _lacks(what: str, rows: Sequence[int]) -> str:
    """The note on the rows in which something is not written."""
    if len(rows) == 1:
        return f"校验结果第 {rows[0]} 行没有写{what}，不算接受了这条警告"
    said = "、".join(map(str, rows[:_MOST_NAMED])) + (" 等" if len(rows) > _MOST_NAMED else " ")
    return f"校验结果有 {len(rows)} 行没有写{what}（第 {said}行），不算接受了这些警告"


def lists_findings(grid: Grid) -> bool:
    """A list of findings stands there: the fields that it names are no labels of a form."""
    return any(_LABELS.in_row(cells).keys() >= _NEEDED for cells in grid.rows[:_HEAD_ROWS])


def _said(cells: Sequence[object], column: int) -> str:
    typed = cells[column] if column < len(cells) else None
    # Nobody answers for anything with a formula that has no result, or an error value.
    is_nothing = is_blank(typed) or isinstance(typed, NoValue | ErrorValue)  # type: ignore[arg-type]  # scalars
    return "" if is_nothing else one_line(text_of(typed))  # type: ignore[arg-type]


def accept(findings: Iterable[Finding], accepted: Sequence[Accepted]) -> list[Finding]:
    """The findings, with their acceptance where a person has accepted the warning and nothing has changed since."""
    marked = list(findings)
    if not accepted:
        return marked
    waiting = {_by_cell(one.code, one.sheet, one.cell, one.told): one for one in accepted}
    for at, finding in enumerate(marked):
        if finding.severity is Severity.WARNING:
            for what in (_told_by(finding), one_line(finding.found)):
                one = waiting.pop(_by_cell(finding.code, finding.sheet or "", finding.cell or "", what), None)
                if one is not None:
                    marked[at] = finding._replace(accepted=one.acceptance)
                    break
    if waiting:
        _follow(marked, list(waiting.values()))
    return marked


def no_longer(findings: Iterable[Finding], accepted: Sequence[Accepted], sheets: Sequence[str]) -> list[str]:
    """Chinese notes on acceptances that do not count, so that nobody believes they do.

    What was found has changed, it is an error now, or the sheet is gone. What has been mended needs no note.
    """
    if not accepted:
        return []
    by_place: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        if finding.severity is not Severity.HINT:
            by_place.setdefault((finding.code, finding.sheet or "", finding.cell or ""), []).append(finding)
    notes: list[str] = []
    for one in accepted:
        here = by_place.get((one.code, one.sheet, one.cell), [])
        if any(finding.accepted for finding in here):
            continue
        place = f"{one.sheet or WHOLE_BOOK}{'!' if one.cell else ''}{one.cell}"
        if here:
            changed = "是错误，不能接受" if here[0].severity is Severity.ERROR else "发现的内容变了，请重新核对"
            notes.append(f"{one.acceptance.by}对 {place} 的 {one.code} 的接受不算：{changed}")
        elif one.sheet and one.sheet not in sheets:
            notes.append(f"{one.acceptance.by}对 {place} 的 {one.code} 的接受不算：没有这张工作表了")
    return notes


def _follow(marked: list[Finding], left: Sequence[Accepted]) -> None:
    """Acceptances whose finding stands in another cell now."""
    open_at = [at for at, one in enumerate(marked) if one.severity is Severity.WARNING and one.accepted is None]
    keys = {at: _by_field(marked[at].code, marked[at].sheet, marked[at].field, _told_by(marked[at])) for at in open_at}
    of_findings = Counter(keys.values())
    by_field = {_by_field(one.code, one.sheet, one.field, one.told): one for one in left}
    of_accepted = Counter(_by_field(one.code, one.sheet, one.field, one.told) for one in left)
    for at, key in keys.items():
        if of_findings[key] == 1 and of_accepted[key] == 1:
            marked[at] = marked[at]._replace(accepted=by_field[key].acceptance)


def _told_by(finding: Finding) -> str:
    return fingerprint(finding.found, finding.message)


def _by_cell(code: str, sheet: str, cell: str, what: str) -> Key:
    return code, sheet, cell, what


def _by_field(code: str, sheet: str | None, field: str | None, what: str) -> Key:
    return code, sheet or "", one_line(field), what
