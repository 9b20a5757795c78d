"""A monitoring or self-evaluation table as the rules look at it: what was read, and how they find something in it."""

from dataclasses import dataclass
from typing import Any

from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.model.findings import Edit, Finding, Severity, at
from xl_perf.core.model.progress import EvaluatedIndicator, MonitoredIndicator, Report
from xl_perf.core.model.project import Project


@dataclass(frozen=True)
class Judged:
    """A table with the form of the same project in the same book, if it has one."""

    table: Report
    project: Project | None

    def find(
        self,
        entry: Entry[Any],
        code: str,
        field: str,
        message: str,
        remedy: str,
        *,
        found: str | None = None,
        expected: str | None = None,
        difference: str | None = None,
        severity: Severity | None = None,
        edit: Edit | None = None,
    ) -> Finding:
        """A finding on a cell; on the head of the indicators where the table has no such cell."""
        if entry.status is Status.ABSENT:
            row, column = self.table.table or self.table.area[:2]
            entry = Entry(None, Status.BLANK, None, self.table.sheet, row, column)
        return at(
            entry,
            code,
            field,
            message,
            remedy,
            found=found,
            expected=expected,
            difference=difference,
            severity=severity,
            edit=edit,
        )


def name_of(row: MonitoredIndicator | EvaluatedIndicator) -> str:
    """What to call an indicator in a message."""
    return row.level3.text or row.level2.text or "这一行指标"
