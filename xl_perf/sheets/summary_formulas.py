"""Formulas of a project's row of 部门汇总: live references to the cells of its form."""

from collections.abc import Callable, Iterable, Sequence

from xl_perf.core.cells.grid import a1
from xl_perf.sheets.form_formulas import percent_in_text
from xl_perf.sheets.list_formulas import converted, guarded, shown
from xl_perf.sheets.texts import quoted

__all__ = ["Refer", "converted", "count", "guarded", "linked", "planned", "share", "shown", "summed"]

Refer = Callable[[str], str]
"""Makes a formula that refers to a cell."""


def linked(sheet: str, first: str, reference: str) -> str:
    """What a cell shows, as a link to the first cell to fill in on its sheet."""
    place = quoted(sheet).replace('"', '""')
    return f'=IF({reference}="","",HYPERLINK("#{place}!{first}",{reference}))'


def summed(references: Sequence[str]) -> str:
    """What several cells add up to; blank while all are."""
    if len(references) == 1:
        return shown(references[0])
    cells = ",".join(references)
    # What is computed may be an empty text, which a sum takes for an error.
    terms = ",".join(f"N({one})" if "(" in one else one for one in references)
    return f'=IF(COUNT({cells})=0,"",SUM({terms}))'


def share(reference: str) -> str:
    """A percentage. A form's cell holds 25% as 0.25; pasted values may be 25, and texts 25%."""
    text = f'IFERROR({percent_in_text(reference)}/100,"")'
    return f"=IF(ISNUMBER({reference}),IF({reference}>1,{reference}/100,{reference}),{text})"


def planned(budget: str, percent: str) -> str:
    """What is planned to be spent, in 万元; blank while one of both is."""
    return f'=IF(AND(ISNUMBER({budget}),ISNUMBER({percent})),{budget}*{percent},"")'


def count(sheet: str, branches: Iterable[tuple[int, int]], columns: Iterable[int]) -> str:
    """The number of indicators between some first and last rows: each row with something in one of the columns.

    Without "="; an error value counts as something.
    """
    places = sorted(columns)
    blank = (
        "*".join(f"ISBLANK({quoted(sheet)}!{a1(first, column)}:{a1(last, column)})" for column in places)
        for first, last in branches
    )
    return f"SUMPRODUCT(1-{')+SUMPRODUCT(1-'.join(blank)})"
