"""Which unit the amounts of a form count in, worked out from what stands around them.

The order: the amount's own text, the number format, the label, the next cell, the labels of the part, a line or
sentence near the form, the title, the kind's own. The first two stand in the cell itself and are for `reader`.
A unit in one label or beside one amount holds for those of its part that have none of their own. Where what speaks of
all amounts names another one, nobody knows which counts for these.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from xl_perf.core.cells.labels import Label
from xl_perf.core.cells.units import DOUBTFUL, OTHER_MONEY, SIGN, UNITS
from xl_perf.core.forms.kind import Field, FormKind

LABEL, NEXT_CELL, PART, LINE, TITLE, OWN = "标签", "旁边的单元格", "本部分的标签", "表旁的说明", "标题", ""
OTHERS_LABEL: Final = "别的金额的标签"
SHEET: Final = "工作表名"


DOUBTS: Final = {SIGN: "只有货币符号或“人民币”，没有写元还是万元", OTHER_MONEY: "写的单位看不懂，或者不是人民币"}
STATEMENTS: Final = frozenset({"unit", "unit_said"})
"""Keys of labels that state a unit: alone in their cell, or in a sentence."""


class Statement(NamedTuple):
    """A unit that something states, and where that stands (row and column from 0).

    ``is_alone``: nothing else stands in the cell. ``doubt`` says in Chinese why it may be about another table.
    """

    unit: str
    row: int
    column: int
    is_alone: bool = True
    doubt: str = ""


class AmountUnit(NamedTuple):
    """What a bare number counts in. ``where`` is what says so, in Chinese; empty where it is the kind's own unit.

    ``contradiction`` says in Chinese what names another unit of the same rank: then nobody can know. ``against`` says
    what names another one further away: the nearer one counts.
    """

    unit: str
    factor: Decimal
    where: str
    row: int
    column: int
    contradiction: str = ""
    against: str = ""


def statements_in(labels: Iterable[Label]) -> list[Statement]:
    """What lines and cells state, in reading order; a line may state several units."""
    return [
        Statement(unit, label.row, label.column, label.key == "unit")
        for label in labels
        if label.key in STATEMENTS
        for unit in label.more.split("、")
    ]


def units_of(
    kind: FormKind, labels: dict[str, Label], near: Sequence[Statement], heading: Label | None = None
) -> dict[str, AmountUnit]:
    """The unit of each amount of a form; ``near`` are the statements around it.

    ``heading`` is that of the column in which the amounts stand, as near as a label: 年度预算数（元）.
    """
    amounts = [(field, labels[field.key]) for field in kind.amounts if field.key in labels]
    found: dict[str, AmountUnit] = {}
    for field, label in amounts:
        beside = {
            other.key: [one for one in near if one.row == its.row and _is_beside(one, its, labels)]
            for other, its in amounts
            if other.part == field.part
        }
        its_own = (LABEL, [*_of_label(label), *_of_label(heading)]), (NEXT_CELL, beside[field.key])
        of_others = (
            (OTHERS_LABEL, [one for other, its in amounts if other.part == field.part for one in _of_label(its)]),
            (NEXT_CELL, [one for those in beside.values() for one in those]),
        )
        of_all = (
            (PART, _of_part(field, labels)),
            (LINE, [one for one in near if not _stands_beside_amount(one, amounts, labels)]),
            (TITLE, _of_title(labels.get("title"))),
        )
        unit = unit_of_ranks((*its_own, *of_others, *of_all), kind.unit, label)
        if unit.against and not any(said for _, said in its_own):
            # 财政拨款（元） beside 预算数 under 单位：万元: the heading's unit may be for its column alone.
            unit = unit._replace(contradiction=f"{unit.where}写的是“{unit.unit}”，{unit.against}", against="")
        found[field.key] = unit
    return found


Rank = tuple[str, Sequence[Statement]]
"""What states the unit, all equally near: what it is, in Chinese, and what it says."""


def unit_of_ranks(ranks: Sequence[Rank], own: str, label: Label) -> AmountUnit:
    """What an amount counts in, by what is nearest to it; what speaks of all amounts may say otherwise."""
    telling = [(where, said) for where, said in ranks if any(one.unit != SIGN for one in said)]
    chosen = next(
        (_chosen(where, said) for where, said in (*telling, *ranks) if said),
        AmountUnit(own, UNITS[own], OWN, label.row, label.column),
    )
    return chosen._replace(against=_against(chosen, [one for one in ranks if one[0] in _OF_ALL]))


_OF_ALL: Final = frozenset({PART, LINE, TITLE})
"""These state what all amounts of the form count in."""


def _against(chosen: AmountUnit, ranks: Sequence[Rank]) -> str:
    """What names another unit for all amounts than the one that counts for this, in Chinese."""
    if chosen.contradiction:
        return ""
    others = ((where, one.unit) for where, said in ranks for one in said if one.unit not in (SIGN, chosen.unit))
    return next((f"{where}写的是“{unit}”" for where, unit in others if unit not in DOUBTFUL), "")


def _of_label(label: Label | None) -> list[Statement]:
    return [Statement(label.more, label.row, label.column)] if label is not None and label.more else []


def _of_part(field: Field, labels: dict[str, Label]) -> list[Statement]:
    headings = (labels.get(key) for key in (field.part, "money_heading", "money_part"))
    return [said for label in headings for said in _of_label(label)]


def _of_title(title: Label | None) -> list[Statement]:
    unit = title.more.partition("/")[2] if title is not None else ""
    return [Statement(unit, title.row, title.column)] if title is not None and unit else []


def _is_beside(one: Statement, label: Label, labels: dict[str, Label]) -> bool:
    """It stands right of the label, before the next label of the row."""
    row = [other.column for other in labels.values() if other.row == label.row and other.column > label.column]
    return label.column < one.column < min(row, default=1 << 30)


def _stands_beside_amount(one: Statement, amounts: Sequence[tuple[Field, Label]], labels: dict[str, Label]) -> bool:
    return any(one.row == label.row and _is_beside(one, label, labels) for _, label in amounts)


def _chosen(where: str, said: Sequence[Statement]) -> AmountUnit:
    named = [one for one in said if one.unit != SIGN] or said
    first = named[0]
    other = next((one for one in named if one.unit != first.unit), None)
    if first.unit in DOUBTFUL or (other is not None and other.unit in DOUBTFUL):
        both = f"{where}{DOUBTS[SIGN if first.unit == SIGN else OTHER_MONEY]}"
    else:
        both = first.doubt if other is None else f"{where}写的既有“{first.unit}”，又有“{other.unit}”"
    return AmountUnit(first.unit, UNITS[first.unit], where, first.row, first.column, both)
