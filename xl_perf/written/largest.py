"""The largest budgets of a list, and the rest in one figure: cells under a chart, by formulas that follow the list."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce

from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import Area, a1
from xl_perf.core.figures.rounding import rounded
from xl_perf.core.figures.totals import EXACT, ZERO
from xl_perf.sheets.cells import absolute_span, number
from xl_perf.sheets.lists import CHART_ROW_HEIGHT, CHART_ROWS, CHARTS_ROW
from xl_perf.sheets.texts import EMPTY_RESULT, clean
from xl_perf.written.styles import Styles
from xl_perf.written.summary_charts import MOST_BARS

_FEWEST_BARS = 4
"""There is room for so many: one alone would be a block."""
_LONGEST = 14
"""Characters of a name beside its bar."""
Listed = tuple[str, Decimal | None]
"""A name in the list, and the budget in 万元."""


def write_largest(
    sheet: Worksheet,
    styles: Styles,
    column: int,
    names: Area,
    budgets: Area,
    listed: Sequence[Listed],
    *,
    grows: bool = False,
    lowest: bool = False,
) -> tuple[Area, Area]:
    """Writes `MOST_BARS` names with their budgets right of them, and 其余 n 个; gives the cells of both.

    ``lowest``: of scores, where the lowest are to be seen, and the others have their mean together.

    ``names`` and ``budgets`` are the list's cells, ``listed`` what stands there now. With one more than the bars that
    one has the last bar. Under a list that ``grows`` every bar has its cells, those that are not needed yet are blank.
    """
    style = styles("note", font_color="#FFFFFF", text_wrap=False)
    found = sorted(
        ((name, budget) for name, budget in listed if budget is not None), key=lambda one: one[1] if lowest else -one[1]
    )
    shown = [(_short(name), budget) for name, budget in found[: MOST_BARS + 1]]
    if len(found) > MOST_BARS + 1:
        rest = reduce(EXACT.add, (budget for _, budget in found[MOST_BARS:]), ZERO)
        others = len(found) - MOST_BARS
        shown[MOST_BARS:] = [
            (_mean_of(others), rounded(Fraction(rest) / others)) if lowest else (rest_of(others), rest)
        ]
    shown += [("", ZERO)] * ((MOST_BARS + 1 if grows else _FEWEST_BARS) - len(shown))
    own, amounts = absolute_span(names), absolute_span(budgets)
    for row in range(CHARTS_ROW, CHARTS_ROW + CHART_ROWS):
        sheet.set_row(row, CHART_ROW_HEIGHT)
    for at, (name, budget) in enumerate(shown):
        row, formula = CHARTS_ROW + at, _Formulas(own, amounts, column + 1, at, lowest=lowest)
        is_last = at == MOST_BARS
        sheet.write_formula(row, column, formula.last_name if is_last else formula.name, style, name or EMPTY_RESULT)
        sheet.write_formula(row, column + 1, formula.last_amount if is_last else formula.amount, style, number(budget))
    last = CHARTS_ROW + len(shown) - 1
    return (CHARTS_ROW, column, last, column), (CHARTS_ROW, column + 1, last, column + 1)


def rest_of(number_of: int) -> str:
    """What the bar of the others is called."""
    return f"其余 {number_of} 个"


def _mean_of(number_of: int) -> str:
    return f"{rest_of(number_of)}平均"


def _short(name: str) -> str:
    name = clean(name)
    return f"{name[: _LONGEST - 1]}…" if len(name) > _LONGEST else name


class _Formulas:
    """Of one bar, ``at`` from 0."""

    def __init__(self, names: str, budgets: str, column: int, at: int, *, lowest: bool = False) -> None:
        self._number = f"COUNT({budgets})"
        own, first = a1(CHARTS_ROW + at, column), a1(CHARTS_ROW, column)
        before = f"{first}:{a1(CHARTS_ROW + at - 1, column)}"
        # Of equal budgets the first in the list comes first: LARGE counts rows from the last one.
        which = f"COUNTIF({budgets},{own})" + (f"-COUNTIF({before},{own})" if at else "")
        row = f"SUMPRODUCT(LARGE(({budgets}={own})*ROW({budgets}),{which}))-ROW({budgets.partition(':')[0]})+1"
        name = f"INDEX({names},{row})"
        self._name = f'IF(LEN({name})>{_LONGEST},LEFT({name},{_LONGEST - 1})&"…",{name}&"")'
        self._amount = f"{'SMALL' if lowest else 'LARGE'}({budgets},{at + 1})"
        rest = f"SUM({budgets})-SUM({before})"
        self._at, self._rest = at, f"ROUND(({rest})/({self._number}-{at}),2)" if lowest else rest
        self._called = " 个平均" if lowest else " 个"

    @property
    def name(self) -> str:
        """The name of the next largest."""
        return f'=IF({self._number}>{self._at},{self._name},"")'

    @property
    def amount(self) -> str:
        """Its budget; 0 for none."""
        return f"=IF({self._number}>{self._at},{self._amount},0)"

    @property
    def last_name(self) -> str:
        """其余 n 个, or the name of the only one that is left."""
        rest = f'"其余 "&{self._number}-{self._at}&"{self._called}"'
        return f"=IF({self._number}>{self._at + 1},{rest},{self.name[1:]})"

    @property
    def last_amount(self) -> str:
        """What they have together."""
        return f"=IF({self._number}>{self._at + 1},{self._rest},{self.amount[1:]})"
