"""What counting gets to see of a received workbook: its record, what people decided, what came instead of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from xl_perf.core.cells.characters import folded
from xl_perf.core.checking.counting import Choice, Left, decide
from xl_perf.core.checking.delivered import Delivered, file_name
from xl_perf.core.checking.reported import is_report_kind
from xl_perf.core.errors import BookError
from xl_perf.service.counting import counted, hold
from xl_perf.service.naming import department_of
from xl_perf.service.results import BookResult, not_read
from xl_perf.submission import frozen
from xl_perf.submission.decisions import held, standing
from xl_perf.submission.store import Received, Step


def label_of(row: Received) -> str:
    """How people call a received workbook: ``市教育局.xlsx（12号）``."""
    return f"{row.name}（{row.id}号）"


class Later:
    """Which workbooks came later under the same name from the department that the name tells."""

    def __init__(self, rows: Sequence[Received]) -> None:
        self._last = {(row.name, folded(row.department)): row.id for row in rows if row.department and not row.error}

    def instead(self, path: str, number: int) -> int:
        """The number of the one that came after this number instead of a file that could not be read; 0 for none."""
        named = department_of(path)
        name = file_name(path)
        last = self._last.get((name, folded(named.department)), 0) if named else 0
        return last if last > number else 0


def recorded(row: Received, delivered: Mapping[int, Delivered], steps: Sequence[Step], later: Later) -> BookResult:
    """What counting gets to see of a workbook; ``delivered`` are all of them by number."""
    label, known = label_of(row), delivered.get(row.id)
    left = held(row, delivered, steps)
    if row.error:
        result = not_read(BookError(row.error_kind, label, row.error, row.remedy))
        if number := later.instead(row.path, row.id):
            return replace(result, left=Left(f"没有读入，后来收到同一部门同名的 {number}号", None, "不用处理"))
        return replace(result, left=left)
    result = BookResult(label, row.department, row.year, row.sha256)
    result = replace(result, totals=frozen.totals_of_json(row.totals, label))
    if left is not None:
        return replace(result, left=left)
    return replace(result, delivered=replace(known, standing=standing(row, steps)) if known else None)


def counted_by_kind(rows: Sequence[Received], results: Sequence[BookResult], choice: Choice) -> list[BookResult]:
    """The results with what counts: reports are compared among those of their kind, and are in no total of targets."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    found = list(results)
    for at, (row, result) in enumerate(zip(rows, results, strict=True)):
        if is_report_kind(row.kind) and result.delivered is not None:
            by_kind[row.kind].append(at)
            found[at] = replace(result, delivered=replace(result.delivered, projects=()))
    found = list(counted(map(hold, found), choice))
    for several in by_kind.values():
        books = [one for at in several if (one := results[at].delivered) is not None]
        for at, outcome in zip(several, decide(books, choice), strict=True):
            left = None if outcome.left is None else outcome.left._replace(lost=())
            found[at] = replace(found[at], left=left, findings=(*found[at].findings, *outcome.findings))
    return found
