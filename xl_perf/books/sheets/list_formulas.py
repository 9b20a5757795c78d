"""Formulas of the list of projects on 首页: of a project's row, and of a row that waits for the next form sheet."""

from typing import NamedTuple

from xl_perf.books.sheets.form_names import NAMES, STATE_NAME
from xl_perf.books.sheets.texts import quoted


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


def project_row(sheet: str, code: str, name: str, total: str, state: str) -> RowFormulas:
    """The row of a form that is there; the cells are names such as ``B2``."""
    own = quoted(sheet)
    place, said = own.replace('"', '""'), sheet.replace('"', '""')
    link = f'=HYPERLINK("#{place}!A1","{said}")'
    return RowFormulas(link, shown(f"{own}!{code}"), shown(f"{own}!{name}"), shown(f"{own}!{total}"), f"={own}!{state}")


def spare_row(number: int) -> RowFormulas:
    """A row that fills itself when a form sheet of that number is added, by the names of the form's cells."""
    wanted = f"{number:02d}"
    link = f'=IF(ISREF(INDIRECT("\'{wanted}\'!A1")),HYPERLINK("#\'{wanted}\'!A1","{wanted}"),"")'

    def found(name: str) -> str:
        source = f"INDIRECT(\"'{wanted}'!{name}\")"
        return f'=IFERROR(IF({source}="","",{source}),"")'

    state = f'=IFERROR(INDIRECT("\'{wanted}\'!{STATE_NAME}"),"")'
    return RowFormulas(link, found(NAMES["code"]), found(NAMES["name"]), found(NAMES["total"]), state)
