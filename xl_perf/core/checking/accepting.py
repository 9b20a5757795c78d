"""Accepted warnings: why a warning stands and who answers for it, typed on 校验结果 beside the finding.

An acceptance holds as long as what was found has not changed. It belongs to the rule, the sheet, the cell and what was
found there; where rows were inserted meanwhile it follows the field, if only one finding can be meant. What is missing
(a blank, a dash) says nothing by itself: there the message is compared, which nearly always names what it is about.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
        row = read_row(cells, columns)
        reason, by = row.acceptance
        if reason and by and row.code:
            accepted.append(row)
        elif (reason or by) and row.code:
            lacking.setdefault("接受人" if reason else "接受理由", []).append(number)
    return accepted, [_lacks(what, rows) for what, rows in lacking.items()]


def read_row(cells: Sequence[object], columns: Mapping[str, int]) -> Accepted:
    """What a row of the list says, also one that lacks a reason or a name; ``columns`` by the keys of its fields."""
    row = {key: _text(cells, at) for key, at in columns.items()}
    return Accepted(
        row["code"],
        "" if row["sheet"] == WHOLE_BOOK else row["sheet"],
        row.get("cell", "").replace(WHOLE_FORM, ""),
        row.get("field", ""),
        row.get("found", ""),
        row.get("message", ""),
        Acceptance(row["reason"], row["by"]),
    )


def _lacks(what: str, rows: Sequence[int]) -> str:
    """The note on the rows in which something is not written."""
    if len(rows) == 1:
        return f"校验结果第 {rows[0]} 行没有写{what}，不算接受了这条警告"
    named = "、".join(map(str, rows[:_MOST_NAMED])) + (" 等" if len(rows) > _MOST_NAMED else " ")
    return f"校验结果有 {len(rows)} 行没有写{what}（第 {named}行），不算接受了这些警告"


def lists_findings(grid: Grid) -> bool:
    """A list of findings stands there: the fields that it names are no labels of a form."""
    return any(_LABELS.in_row(cells).keys() >= _NEEDED for cells in grid.rows[:_HEAD_ROWS])


def _text(cells: Sequence[object], column: int) -> str:
    typed = cells[column] if column < len(cells) else None
    # Nobody answers for anything with a formula that has no result, or an error value.
    is_nothing = is_blank(typed) or isinstance(typed, NoValue | ErrorValue)  # type: ignore[arg-type]  # scalars
    return "" if is_nothing else one_line(text_of(typed))  # type: ignore[arg-type]


def accept(findings: Iterable[Finding], accepted: Sequence[Accepted]) -> list[Finding]:
    """The findings, with their acceptance where a person has accepted the warning and nothing has changed since."""
    marked = list(findings)
    if accepted:
        for at, row in _paired(marked, _warnings(marked), accepted, range(len(accepted))).items():
            marked[at] = marked[at]._replace(accepted=accepted[row].acceptance)
    return marked


def matched(findings: Sequence[Finding], typed: Sequence[Accepted]) -> dict[int, int]:
    """Which of the rows on which people have typed belongs to which finding: both by their numbers.

    The rows that `accept` heeds go to the same warnings as there; then the others, a reason without a name among them,
    to what is left.
    """
    whole = [row for row, one in enumerate(typed) if all(one.acceptance)]
    pairs = _paired(findings, _warnings(findings), typed, whole)
    used = set(pairs.values())
    others = [row for row in range(len(typed)) if row not in used]
    return pairs | _paired(findings, [at for at in range(len(findings)) if at not in pairs], typed, others)


def _warnings(findings: Sequence[Finding]) -> list[int]:
    return [at for at, finding in enumerate(findings) if finding.severity is Severity.WARNING]


def _paired(
    findings: Sequence[Finding], wanting: Iterable[int], typed: Sequence[Accepted], waiting: Iterable[int]
) -> dict[int, int]:
    """Some findings with the rows that belong to them: by the cell, else where only one can be meant by the field."""
    rows: dict[Key, list[int]] = {}
    for row in waiting:
        one = typed[row]
        rows.setdefault(_by_cell(one.code, one.sheet, one.cell, one.told), []).append(row)
    if not rows:
        return {}
    pairs: dict[int, int] = {}
    taken: set[Key] = set()
    left: list[int] = []
    for at in wanting:
        finding = findings[at]
        keys = [
            _by_cell(finding.code, finding.sheet or "", finding.cell or "", what)
            for what in (_told_by(finding), one_line(finding.found))
        ]
        key = next((key for key in keys if rows.get(key)), None)
        if key is None:
            left.append(at)
        else:
            pairs[at] = rows[key].pop(0)
            taken.add(key)
    moved = [of_cell[-1] for key, of_cell in rows.items() if key not in taken]
    return pairs | _followed(findings, left, typed, moved) if moved else pairs


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


def _followed(
    findings: Sequence[Finding], wanting: Sequence[int], typed: Sequence[Accepted], waiting: Sequence[int]
) -> dict[int, int]:
    """Findings that stand in another cell now than their rows say."""
    wanted: dict[int, Key] = {}
    for at in wanting:
        finding = findings[at]
        wanted[at] = _by_field(finding.code, finding.sheet, finding.field, _told_by(finding))
    offered: dict[int, Key] = {}
    for row in waiting:
        one = typed[row]
        offered[row] = _by_field(one.code, one.sheet, one.field, one.told)
    times_wanted, times_offered = Counter(wanted.values()), Counter(offered.values())
    row_of = {key: row for row, key in offered.items()}
    return {at: row_of[key] for at, key in wanted.items() if times_wanted[key] == times_offered[key] == 1}


def _told_by(finding: Finding) -> str:
    return fingerprint(finding.found, finding.message)


def _by_cell(code: str, sheet: str, cell: str, what: str) -> Key:
    return code, sheet, cell, what


def _by_field(code: str, sheet: str | None, field: str | None, what: str) -> Key:
    return code, sheet or "", one_line(field), what
