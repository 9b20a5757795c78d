"""Parts the labels of a sheet into forms: beside each other, and below each other."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise, zip_longest
from typing import Final

from xl_perf.core.cells.labels import Label
from xl_perf.core.forms.in_text import IN_TEXT
from xl_perf.core.forms.kind import PRINTED
from xl_perf.core.forms.kinds import Kinds
from xl_perf.core.forms.learned import TEXT
from xl_perf.core.forms.variants import EXTRA


def bands_of(labels: Sequence[Label]) -> list[Sequence[Label]]:
    """Forms that stand beside each other, parted: a row with two 一级指标 or two 项目编码 starts a band at each."""
    columns_of: dict[tuple[str, int], list[int]] = {}
    for label in labels:
        if label.key in {"level1", "code"}:
            columns_of.setdefault((label.key, label.row), []).append(label.column)
    key, row = max(columns_of, key=lambda one: len(columns_of[one]), default=("", 0))
    most = columns_of.get((key, row), [])
    if len(most) < 2:
        return [labels] if labels else []
    edges = most[1:]
    if key == "level1":
        in_header = [label.column for label in labels if label.row == row and label.key in _HEADINGS]
        # 备注 right of a table, which only its office's form names, begins no form.
        own = [label for label in labels if label.row != row or not label.key.startswith(EXTRA)]
        edges = [_left_edge(own, in_header, column) for column in edges]
    bands: list[Sequence[Label]] = []
    for low, high in pairwise([0, *edges, 1 << 30]):
        band = [label for label in labels if low <= label.column < high]
        if bands and not any(label.key in _IDENTITY for label in band):
            # The table's columns stand twice, for the whole time and for the year.
            bands[-1] = sorted([*bands[-1], *band], key=lambda label: label[1:3])
        else:
            bands.append(band)
    return bands


_WEAK: Final = frozenset({"annual_column", "whole_column", "row_total", "cost_item", "content", "operator", "measure"})
"""Labels that stand in tables of all sorts: no form begins with one."""


def _left_edge(labels: Sequence[Label], in_header: Sequence[int], column: int) -> int:
    """The first column of a form whose 一级指标 stands in a column: labels of its parts stand left of that."""
    before = max((one for one in in_header if one < column), default=-1)
    return min((label.column for label in labels if before < label.column <= column), default=column)


def segments_of(labels: Sequence[Label], rows: int, kinds: Kinds) -> list[tuple[list[Label], int]]:
    """The labels of each form, and the row below its last.

    A form's title, code, name or budget after the indicator header of another begins the next form, and so does a
    whole second head.
    """
    starters = frozenset().union(*(kind.starters for kind in kinds if kind.is_read), {"title"})
    has_table = Counter(label.row for label in labels if label.key in _HEADINGS)
    """Rows with headings of a table; one alone may be what somebody typed: 立项依据 | 依据."""
    forms: list[list[Label]] = [[]]
    seen: set[str] = set()
    first = next((label.key for label in labels if label.key != "title" and label.key not in _WEAK), "")
    """A text of the office's own may stand below a form as well as in its head: 联系电话."""
    for position, label in enumerate(labels):
        if label.key in _WEAK and not seen:
            continue
        may_begin = label.key.removeprefix(IN_TEXT) in starters and (not _is_of_office(label) or label.key == first)
        if may_begin and _begins_form(label, seen, _named_after(labels, position)):
            forms.append([])
            seen = set()
        forms[-1].append(label)
        if label.key not in _OF_TABLE or has_table[label.row] > 1:
            seen.add(label.key)
    filled = [segment for segment in forms if segment]
    return [(one, below[0].row if below else rows) for one, below in zip_longest(filled, filled[1:])]


_HEADINGS: Final = frozenset({"level1", "level2", "level3", "description", "target", "basis", "weight", "measure"})
_OF_TABLE: Final = frozenset({"level3", "target", "basis"})
_FOLLOWING: Final = 6
"""Labels behind the first of a form among which one of its amounts stands."""
_FOLLOWING_AT_ALL: Final = 40
"""No head of a form has more labels above its amounts."""
_OF_OFFICE: Final = (TEXT, PRINTED)
_IDENTITY: Final = frozenset({"name", "title"})
"""A form has one of these labels; a code may stand right of its project's name."""
_MONEY_FOLLOWS: Final = frozenset({"budget_part", "budget", "money_part", "fiscal", "initial_budget"})


def _named_after(labels: Sequence[Label], position: int) -> list[Label]:
    """The labels behind one, without those of an office's own form that hold texts or are not read: 项目负责人."""
    behind = labels[position + 1 : position + 1 + _FOLLOWING_AT_ALL]
    return list(islice((label for label in behind if not _is_of_office(label)), _FOLLOWING))


def _is_of_office(label: Label) -> bool:
    return label.key.startswith(_OF_OFFICE)


def _begins_form(label: Label, seen: set[str], following: Sequence[Label]) -> bool:
    keys = [after.key.removeprefix(IN_TEXT) for after in following]
    head = keys[: keys.index("title")] if "title" in keys else keys
    if seen & _OF_TABLE:
        # The header of a list of projects may be repeated on every page.
        if any(after.key == "level1" and after.row == label.row for after in following):
            return False
        # An indicator may be called 项目名称 or 编制绩效目标表; no head of a form follows it.
        return bool(_MONEY_FOLLOWS & set(head))
    if label.key == "title":
        return bool(seen - {"title"})
    return "budget_part" in seen and label.key == "code" and keys[:2] == ["name", "budget_part"]
