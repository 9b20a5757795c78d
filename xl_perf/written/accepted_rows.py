"""The warnings that people have accepted, on 校验结果 of a new workbook: reasons travel with what they are about."""

from collections.abc import Mapping, Sequence
from typing import Final

from xlsxwriter.worksheet import Worksheet

from xl_perf.core.checking.accepting import WHOLE_BOOK, WHOLE_FORM
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Severity
from xl_perf.sheets.findings_columns import all_columns
from xl_perf.sheets.lists import FIRST_ROW
from xl_perf.sheets.looks import TEXT
from xl_perf.sheets.texts import clean
from xl_perf.written.styles import Styles

COLUMNS: Final = all_columns(with_files=False)


def write_accepted(sheet: Worksheet, styles: Styles, department: Department, names: Sequence[str]) -> None:
    """A row for each; ``names`` are the new sheets of the department's projects, in their order."""
    renamed = {project.sheet: name for project, name in zip(department.projects, names, strict=False)}
    look = styles("cell", num_format=TEXT, locked=False)
    for row, one in enumerate(department.accepted, FIRST_ROW):
        said: Mapping[str, str] = {
            "severity": Severity.WARNING.label,
            "code": one.code,
            "sheet": renamed.get(one.sheet, one.sheet) or WHOLE_BOOK,
            "cell": one.cell or WHOLE_FORM,
            "field": one.field,
            "found": one.found,
            "message": one.message,
            "reason": one.acceptance.reason,
            "accepted_by": one.acceptance.by,
        }
        for at, column in enumerate(COLUMNS):
            sheet.write_string(row, at, clean(said.get(column.key, "")), look)
