"""Formulas of the list of projects on 首页: of a project's row, and of a row that waits for the next form sheet."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from xl_perf.core.cells.values import plain
from xl_perf.core.forms.kind import Field, FormKind, Value
from xl_perf.core.model.findings import Severity
from xl_perf.core.workbook.sheets import FINDINGS_SHEET
from xl_perf.sheets.form_content import FILLED, GONE, WRONG
from xl_perf.sheets.form_formulas import filled_in, in_wan
from xl_perf.sheets.form_names import STATE_NAME, first_input
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


def converted(reference: str, factor: Decimal) -> str:
    """What another cell shows, a number multiplied and rounded to 1 分: what counts in 元 is listed in 万元."""
    number = f"ROUND({reference}*{plain(factor)},6)"
    return f'=IF(ISNUMBER({reference}),{number},IF({reference}="","",{reference}))'


def guarded(sheet: str, formula: str, otherwise: str = '""') -> str:
    """A formula as long as the sheet is there that it refers to, which somebody may delete: no total turns into #REF!.

    The sheet is known by its first columns, which stay whatever row is deleted. So a deleted cell is still an error,
    and a form's own error is one too.
    """
    return f"=IF(ISREF({quoted(sheet)}!$A:$B),{formula[1:]},{otherwise})"


def state(sheet: str, own: str) -> str:
    """A form's own state (a reference, or what finds it); of a filled one whether 校验结果 lists an error on it."""
    text = sheet.replace('"', '""')
    listed = f'{quoted(FINDINGS_SHEET)}!$C:$C,"{text}",{quoted(FINDINGS_SHEET)}!$A:$A,"{Severity.ERROR.label}"'
    return f'IF({own}="{FILLED}",IF(IFERROR(COUNTIFS({listed}),0)>0,"{WRONG}","{FILLED}"),{own})'


def project_row(
    sheet: str, first: str, code: str | None, name: str | None, total: str | None, state_cell: str
) -> RowFormulas:
    """The row of a form that is there; ``code``, ``name`` and ``total`` are references, None for what it does not have.

    The link leads to ``first``, the first cell to fill in.
    """
    own = quoted(sheet)
    place, name_text = own.replace('"', '""'), sheet.replace('"', '""')
    code, name, total = ("" if cell is None else guarded(sheet, shown(cell)) for cell in (code, name, total))
    link = f'=HYPERLINK("#{place}!{first}","{name_text}")'
    return RowFormulas(link, code, name, total, guarded_state(sheet, f"{own}!{state_cell}"))


def guarded_state(sheet: str, own: str) -> str:
    """The state of a listed form; `GONE` without its sheet."""
    return guarded(sheet, f"={state(sheet, own)}", f'"{GONE}"')


def spare_row(number: int, kinds: Sequence[FormKind]) -> RowFormulas:
    """A row that fills itself when a form sheet of that number is added, by the names of the form's cells.

    It may be of any of ``kinds``: a name that its sheet does not have is an error, and the next one counts.
    """
    wanted, first = f"{number:02d}", first_input(kinds[0])

    def source(name: str) -> str:
        return f"INDIRECT(\"'{wanted}'!{name}\")"

    def found(key: str) -> str:
        cells = dict.fromkeys(
            listed(kind, field, source(field.name)) for kind in kinds for field in kind.fields if field.key == key
        )
        formula = '""'
        for cell in reversed(cells):
            formula = f'IFERROR(IF({cell}="","",{cell}),{formula})'
        return f"={formula}" if cells else ""

    return RowFormulas(
        f'=IF(ISREF({source("A1")}),HYPERLINK("#\'{wanted}\'!{first}","{wanted}"),"")',
        found("code"),
        found("name"),
        found("budget"),
        f'=IFERROR({state(wanted, source(STATE_NAME))},"")',
    )


def listed(kind: FormKind, field: Field, cell: str) -> str:
    """What the list shows of the cell of a field; on an office's own sheet it may print more, or count in 元."""
    fields = () if kind.own_sheet is None else kind.own_sheet.fields
    place = next((one for one in fields if one.key == field.key), None)
    if place is None:
        return cell
    is_amount = field.value is Value.AMOUNT
    value = filled_in(cell, (place.before, place.after), is_number=is_amount)
    return in_wan(value, place.unit) if is_amount else value
