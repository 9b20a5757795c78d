"""What stands around the rows of 部门汇总: title lines, 合计, 参考进度, and whether the rows are those of 首页."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import a1
from xl_perf.core.workbook.sheets import COVER_SHEET, TOTAL_LABEL
from xl_perf.core.workbook.typed import DATE_LABEL
from xl_perf.sheets.cells import absolute_span
from xl_perf.sheets.form_content import EMPTY, GONE
from xl_perf.sheets.texts import quoted

TITLE: Final = "部门预算项目绩效汇总表"
REFERENCE_LABEL: Final = "参考进度"
UNIT: Final = "单位：万元"
DATE: Final = f"{DATE_LABEL}          年      月      日"
SHORT_DATE: Final = f"{DATE_LABEL}      年    月    日"
OUTDATED: Final = "已过时"
OUTDATED_NOTE: Final = f"（{OUTDATED}，请重新汇总）"
"""Behind the title, while 首页 lists other projects than this sheet."""
_LINK, _STATE = 1, 5
"""Columns of the list on 首页."""


class Rows(NamedTuple):
    """The first and the last row of a list, from 0."""

    first: int
    last: int


def is_outdated(own: Rows, number: int, state: int, listed: Rows, more: int = 0) -> str:
    """A test for formulas: 首页, whose list has the rows ``listed``, lists other filled forms than this sheet.

    ``number`` and ``state`` are columns of this sheet; a form whose sheet is gone is one too many. ``more`` is how many
    projects more this sheet has when both are in line: 首页 lists one for each sheet.
    """
    numbers, states = (absolute_span((own.first, at, own.last, at)) for at in (number, state))
    links, filled = (
        f"{quoted(COVER_SHEET)}!{absolute_span((listed.first, at, listed.last, at))}" for at in (_LINK, _STATE)
    )
    on_cover = f'SUMPRODUCT(({links}<>"")*({filled}<>"{EMPTY}")*({filled}<>"{GONE}"))'
    here = f'COUNT({numbers})-COUNTIF({states},"{EMPTY}")'
    return f'IFERROR(OR(COUNTIF({states},"{GONE}")>0,{on_cover}{more:+d}<>{here}),FALSE)'


def title(year: str, outdated: str) -> str:
    """The title's formula; ``year`` is the cell that holds it."""
    return f'=IF({year}="","",{year}&"年")&"{TITLE}"&IF({outdated},"{OUTDATED_NOTE}","")'


def says_outdated(sheet: str) -> str:
    """A test for formulas of other sheets; false without the sheet."""
    return f'IFERROR(FIND("{OUTDATED}",{quoted(sheet)}!$A$1),0)>0'


def department_line(department: str) -> str:
    """填报单位, from the cell that holds it."""
    return f'="填报单位："&{department}'


def year_line(year: str) -> str:
    """预算年度, from the cell that holds it."""
    return f'="预算年度："&{year}'


def total_of(key: str, row: int, columns: Mapping[str, int], rows: Rows) -> str:
    """What the row 合计 in ``row`` holds in the column of that key: label, sum, share of the budget, or nothing."""
    kind, _, month = key.partition(":")
    if kind == "number":
        return TOTAL_LABEL
    if kind in {"code", "name", "state"}:
        return ""
    if kind == "percent":
        budget, planned = a1(row, columns["budget"]), a1(row, columns[f"planned:{month}"])
        return f"=IF({budget}=0,0,{planned}/{budget})"
    return f"=SUM({a1(rows.first, columns[key])}:{a1(rows.last, columns[key])})"


def reference_of(month: str, row: int, columns: Mapping[str, int]) -> str:
    """What would be spent by the end of a month at the pace that stands in the row 参考进度, right below 合计."""
    return f"={a1(row - 1, columns['budget'])}*{a1(row, columns[f'percent:{month}'])}"
