"""What xl-perf writes files as: a custom document property by which it knows its own workbooks again."""

from typing import Final

KIND_PROPERTY: Final = "xl-perf"
TEMPLATE_PROPERTY: Final = "xl-perf-template"
"""The version of the template that a department workbook was made from."""

DEPARTMENT: Final = "department"
SUMMARY: Final = "summary"
REPORT: Final = "report"
ADDIN: Final = "addin"
MARKED: Final = "marked"
TEXT: Final = "text"
"""The performance text (.docx, .pdf)."""
OWN_OUTPUTS: Final = frozenset({SUMMARY, REPORT, TEXT, MARKED, "receipt"})
"""Kinds that are never taken as inputs, and may be overwritten: nobody has typed anything into them."""
