"""Formulas of the list of projects on 首页: of a project's row, and of a row that waits for the next form sheet."""

from typing import NamedTuple

from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.model.findings import Severity
from xl_perf.core.workbook.sheets import FINDINGS_SHEET
from xl_perf.sheets.form_content import FILLED, WRONG
from xl_perf.sheets.form_names import STATE_NAME
from xl_perf.sheets.texts import quoted


class RowFormulas(NamedTuple):
    """The columns right of 序号."""

    link: str
    code: str
    name: str
    total: str
    state: str


def shown(reference: str) -> str:
    """What another cell shows; blank where it is blank."""
    return f'=IF({reference}="","",{reference})'


def state(sheet: str, own: str) -> str:
    """A form's own state (a reference, or what finds it); of a filled one whether 校验结果 lists an error on it."""
    said = sheet.replace('"', '""')
    listed = f'{quoted(FINDINGS_SHEET)}!$C:$C,"{said}",{quoted(FINDINGS_SHEET)}!$A:$A,"{Severity.ERROR.label}"'
    return f'IF({own}="{FILLED}",IF(IFERROR(COUNTIFS({listed}),0)>0,"{WRONG}","{FILLED}"),{own})'


def project_row(sheet: str, code: str, name: str, total: str, state_cell: str) -> RowFormulas:
    """The row of a form that is there; the cells are names such as ``B2``."""
    own = quoted(sheet)
    place, said = own.replace('"', '""'), sheet.replace('"', '""')
    return RowFormulas(
        f'=HYPERLINK("#{place}!A1","{said}")',
        shown(f"{own}!{code}"),
        shown(f"{own}!{name}"),
        shown(f"{own}!{total}"),
        f"={state(sheet, f'{own}!{state_cell}')}",
    )


def spare_row(number: int) -> RowFormulas:
    """A row that fills itself when a form sheet of that number is added, by the names of the form's cells."""
    wanted = f"{number:02d}"

    def source(name: str) -> str:
        return f"INDIRECT(\"'{wanted}'!{name}\")"

    def found(key: str) -> str:
        cell = source(DEFAULT.field(key).name)
        return f'=IFERROR(IF({cell}="","",{cell}),"")'

    return RowFormulas(
        f'=IF(ISREF({source("A1")}),HYPERLINK("#\'{wanted}\'!A1","{wanted}"),"")',
        found("code"),
        found("name"),
        found("budget"),
        f'=IFERROR({state(wanted, source(STATE_NAME))},"")',
    )
