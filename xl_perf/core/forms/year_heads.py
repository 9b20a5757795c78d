"""Which of several headings of amounts a form means: by the year that it names, by the words of the 样表."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.cells.labels import Label, bare
from xl_perf.core.forms.amount_blocks import blocks_of_amounts
from xl_perf.core.forms.amount_columns import AMOUNT_COLUMN, of_the_year, year_in
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.learned import LearnedForm, lasting
from xl_perf.core.forms.sheet_cells import Cell

_SEVERAL: Final = 2


def year_meant(kind: FormKind, years: Sequence[int], year: int | None) -> int | None:
    """Of headings that name years: the form's ``year``; where it says none the one in its place on the 样表.

    None where nobody can tell: the 样表 of 2025, 2026 and 2027 reads 2025, and only 2026 and 2027 are left.
    """
    if year is not None or kind.learned is None or not years:
        return year
    read, others = _years_of_guide(kind.learned)
    return None if read is None or not others else _moved(read, others | {read}, {*years})


def is_of_further_year(kind: FormKind, heading: str, read: str) -> bool:
    """A heading names a year that the 样表 has none for, beside the heading that is ``read``: 2024年 by 2025年."""
    year, meant = year_in(heading), year_in(read)
    if kind.learned is None or year is None or meant is None:
        return False
    of_guide, others = _years_of_guide(kind.learned)
    return of_guide is not None and year - meant + of_guide not in others | {of_guide}


def _years_of_guide(own: LearnedForm) -> tuple[int | None, AbstractSet[int]]:
    """The year that the heading of the year's amounts names on the 样表, and those that others beside it name."""
    read = {named for word in own.words if word.key == AMOUNT_COLUMN and (named := year_in(word.label))}
    return min(read) if len(read) == 1 else None, {named for text in own.printed if (named := year_in(text))}


def _moved(read: int, known: AbstractSet[int], years: AbstractSet[int]) -> int | None:
    """The year that is read where ``known`` years have become ``years``, of a later form or with more or fewer."""
    steps = [one - read for one in years]
    for fits in (years.__eq__, years.__ge__):
        found = [step for step in steps if fits({one + step for one in known})]
        if found:
            return read if 0 in found else read + found[0] if len(found) == 1 else None
    return read if read in years and years <= known else None


def head_of_year(kind: FormKind, named: Sequence[str], year: int | None) -> int | None:
    """Which of some headings is that of the year's amounts; None where nobody can tell.

    An office's own form says what its heading is called; the year may be another one.
    """
    own = kind.learned
    if own is None:
        at, is_plain = of_the_year(named, year)
        return at if is_plain else None
    called = {lasting(word.label) for word in own.words if word.key == AMOUNT_COLUMN}
    found = [at for at, one in enumerate(named) if lasting(one) in called]
    years = [said for at in found if (said := year_in(named[at]))]
    is_by_year = {lasting(word) for word in own.printed} & called
    if len({*years}) >= _SEVERAL or (years and is_by_year):
        meant = year_meant(kind, years, year)
        found = [at for at in found if year_in(named[at]) == meant]
    return found[0] if len(found) == 1 else None


class LabelsInBlocks(NamedTuple):
    """The labels of the year's block, those of the others, and the cells of the headings of all."""

    own: tuple[Label, ...]
    others: tuple[Label, ...]
    heads: frozenset[Cell]


def labels_in_blocks(
    kind: FormKind,
    labels: Sequence[Label],
    typed: Callable[[Cell], Scalar],
    end_of: Callable[[Cell], int],
    year: int | None,
) -> LabelsInBlocks | None:
    """The labels of amounts that stand in several blocks, 上年度资金 and 本年度资金; None where there is one block.

    Of an office's own form none is the year's where no heading is called as on its 样表.
    """
    found = blocks_of_amounts(typed, [label[1:3] for label in labels], end_of)
    if found is None:
        return None
    at = head_of_year(kind, [bare(str(typed(one))).text for one in found.heads], year)
    if at is None and kind.learned is None:
        return None
    inside = [label for label in labels if label[1:3] not in found.heads]
    own = [label for label in inside if at is not None and found.head_of(label[1:3]) == found.heads[at]]
    return LabelsInBlocks(tuple(own), tuple(one for one in inside if one not in own), frozenset(found.heads))
