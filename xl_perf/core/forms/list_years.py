"""Columns of a list that are called by years: of 2025年预算数 | 2026年预算数 the year's is read.

Where the list does not say its year nobody knows which column that is.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from xl_perf.core.cells.labels import Label, bare
from xl_perf.core.cells.values import text_of
from xl_perf.core.forms.amount_columns import year_in
from xl_perf.core.forms.other_years import OTHER_YEAR_SAID
from xl_perf.core.forms.placing import Placed
from xl_perf.core.forms.stated import year_among
from xl_perf.core.forms.units import AmountUnit
from xl_perf.core.forms.year_heads import year_meant

_SEVERAL: Final = 2
_ROWS_ABOVE: Final = 4
"""Lines above the header of a list in which its title and year stand."""


def labels_of_year(
    placed: Placed, labels: Sequence[Label], headers: Collection[int]
) -> tuple[dict[str, Label], dict[str, str]]:
    """The headings of amounts that are the year's, by field, of those that stand there for several years.

    Second, for fields of which nobody can tell, why not, in Chinese. ``headers`` are the rows of the list's header.
    """
    own: dict[str, Label] = {}
    lost: dict[str, str] = {}
    rows = {*headers, min(headers, default=0) - 1}
    year = placed.year or _year_above(placed, min(rows))
    for key in [field.key for field in placed.kind.money]:
        here = [label for label in labels if label.key == key and label.row in rows]
        texts = {label: bare(text_of(placed.label_cells.text(label))).text for label in here}
        dated = {named: one for one, text in reversed(texts.items()) if (named := year_in(text)) is not None}
        if len(dated) < _SEVERAL:
            continue
        over = [named for named, one in dated.items() if _stands_over_total(placed, labels, one)]
        meant = over[0] if len(over) == 1 else year_meant(placed.kind, list(dated), year)
        if meant in dated:
            own[key] = dated[meant]
        else:
            lost[key] = f"{OTHER_YEAR_SAID}：{'、'.join(texts[one] for one in sorted(dated.values()))}"
    return own, lost


def _year_above(placed: Placed, header: int) -> int | None:
    """What the lines above the header say: 2026年某县部门预算项目清单."""
    cells = placed.cells
    lines = (
        cells.line[row * cells.width : (row + 1) * cells.width] for row in range(max(header - _ROWS_ABOVE, 0), header)
    )
    return year_among(list(lines))


def _stands_over_total(placed: Placed, labels: Sequence[Label], label: Label) -> bool:
    """合计 stands right below 2026年预算安排, as the list of the office has it."""
    columns = range(label.column, placed.label_cells.last_column(label) + 1)
    return any(one.key == "row_total" and one.row == label.row + 1 and one.column in columns for one in labels)


def with_contradictions(units: Mapping[str, AmountUnit], lost: Mapping[str, str]) -> Mapping[str, AmountUnit]:
    """The units of a list's amounts; those of fields of which nobody knows the column are contradicted."""
    return {key: one._replace(contradiction=lost[key]) if key in lost else one for key, one in units.items()}
