"""Which kind of form a group of labels is: the title first, then the share of the kind's labels.

What fits no kind well is no form; a table of a kind that is not read is named, and never read by force.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Area, CellLine
from xl_perf.core.cells.labels import Label, bare
from xl_perf.core.cells.values import text_of
from xl_perf.core.forms.kind import MINIMUM_TELLING, FormKind, Shape
from xl_perf.core.forms.kinds import BY_NAME, KINDS, Kinds
from xl_perf.core.forms.units import STATEMENTS, Statement

_TITLE_COUNTS: Final = 0.2
"""What a title adds to the share of labels that a group has of its kind."""
_LEAST_SHARE: Final = 0.25
"""Of its labels that a table of a kind that is not read must have, where its title does not name it."""
_LEAST_WITH_TITLE: Final = 2
_OF_TABLES: Final = frozenset({"level1", "level2", "level3", "target"})
"""Labels that lists of projects and their amounts do not have."""
_COMMON: Final = frozenset(
    {"name", "level1", "level2", "level3", "target", "department_code", "unit_name", "goals_part"}
)
"""Labels that forms of many kinds have: they alone tell none."""

_NEUTRAL: Final = frozenset({"title", "goal", *STATEMENTS})
"""Labels that forms of any kind may have."""
_OF_PROJECTS: Final = frozenset({"name", "code"})
_OVER_LIST: Final = frozenset({"budget", "goals_part", "indicators_part"})
"""Headings above those of the indicators, right of the one of the projects' names."""
_OF_MONEY: Final = frozenset({"budget", "fiscal", "budget_part"})


class Table(NamedTuple):
    """A table of a kind that is not read as a project."""

    kind: FormKind
    title: tuple[int, int] | None
    area: Area
    labels: int
    """How many of its cells are labels."""
    units: tuple[Statement, ...] = ()
    """What states the unit of amounts around it."""

    def until(self, end: int, right: int, units: Sequence[Statement]) -> "Table":
        """The table with all its rows, up to the one where something else begins, and all columns up to a last one."""
        top, left, bottom, own = self.area
        return self._replace(area=(top, left, max(bottom, end - 1), min(own, right)), units=tuple(units))


def recognised(labels: Sequence[Label], cells: CellLine, kinds: Kinds) -> FormKind | Table | None:
    """The kind as which the labels are read; the table that they are, of a kind that is not read; None for neither."""
    keys = {label.key for label in labels}
    title = next((label for label in labels if label.key == "title"), None)
    named = title.more.partition("/")[0] if title else ""
    shape = Shape.LIST if _heads_list(labels) else Shape.FORM
    text = "" if title is None else text_of(cells.line[title.row * cells.width + title.column])
    scores = [
        (_score(kind, keys, named, text), -at, kind)
        for at, kind in enumerate(kinds)
        if kind.shape is shape or not kind.is_read
    ]
    score, _, best = max(scores, key=lambda one: one[:2], default=(0, 0, kinds[0]))
    if score <= 0:
        return None
    other = next((kind for kind in kinds if kind.name == named and kind.family is not best.family), None)
    if best.is_read and other is None:
        return best
    # A self-evaluation in the layout of the goal form is none the less one.
    return Table(other or best, None if title is None else (title.row, title.column), _area(labels, cells), len(labels))


def _heads_list(labels: Sequence[Label]) -> bool:
    """项目名称 stands in the header of the indicators: a list of projects, a row per indicator."""
    rows = Counter(label.row for label in labels if label.key in _OF_TABLES)
    header = next((row for row, number in rows.items() if number > 1), None)
    at = next((at for at, label in enumerate(labels) if label.key == "name"), None)
    if header is None or at is None:
        return False
    name = labels[at]
    beside = [one for one in labels[at + 1 :] if one.row == name.row]
    is_beside = any(one.column == name.column + 1 for one in beside)
    # A column that somebody put in behind the names is none of the list's.
    is_heading = len({one.key for one in beside} & _OVER_LIST) > 1
    return name.row == header or (name.row == header - 1 and (is_beside or is_heading))


def looks_like_form(labels: Sequence[Label]) -> bool:
    """A title with two labels of a form: something that should have been read."""
    keys = {label.key for label in labels}
    return "title" in keys and len(keys - {"title", *STATEMENTS}) >= _LEAST_WITH_TITLE


def names_money(labels: Sequence[Label]) -> bool:
    """A project or its code with an amount, below or beside a form: another project, or a list of some."""
    keys = {label.key for label in labels}
    return not keys.isdisjoint(_OF_PROJECTS) and not keys.isdisjoint(_OF_MONEY)


def _score(kind: FormKind, keys: set[str], named: str, title: str) -> float:
    """How well the labels fit a kind; 0 where they do not.

    It is the share of its labels that are there, less where there are labels that it does not have; more where the
    title names it.
    """
    known = _known(kind)
    found = known & keys
    foreign = len(keys.difference(kind.labels, _NEUTRAL, _unread_by_base(kind)))
    is_named = named in {kind.name, kind.shipped}  # an office's own form may have the official title
    if kind.is_read:
        is_form = len(kind.telling & keys) >= MINIMUM_TELLING
    elif is_named:
        is_form = len(found) >= _LEAST_WITH_TITLE
    else:
        is_well_known = len(found) / len(known) >= _LEAST_SHARE and len(found - _COMMON) >= MINIMUM_TELLING
        is_form = is_well_known and bool(found & _OF_TABLES)
    # A title such as 项目绩效目标表 is used for many forms: of a kind with labels of its own, one must be there.
    tells = is_named and not (_own(kind) and found.isdisjoint(_own(kind)))
    # An office's own form is brought to be read by: all its labels name it as a title does. Below another title labels
    # that it does not have name another form.
    is_own = kind.learned is not None and found == known
    tells = tells or (is_own and not (foreign and _is_other_title(kind, title)))
    return len(found) / (len(known) + foreign) + _TITLE_COUNTS * tells if is_form else 0


def _is_other_title(kind: FormKind, title: str) -> bool:
    """A title that is not the one of an office's own form, whatever the year and whatever stands before it."""
    own = "" if kind.learned is None else _without_year(kind.learned.title).rpartition("×")[2]
    return bool(own and title) and not _without_year(title).endswith(own)


def _without_year(title: str) -> str:
    return re.sub(r"(?:19|20)\d\d年?度?", "", bare(title).text)


@cache
def _own(kind: FormKind) -> frozenset[str]:
    """The labels that every form of a kind has, and no form of the other kinds for projects."""
    others = (one for one in KINDS if one.name != kind.name and one.family is kind.family and one.is_read)
    return _known(kind).difference(*(one.labels for one in others))


@cache
def _unread_by_base(kind: FormKind) -> frozenset[str]:
    """Of an office's own form what the shipped kind that is nearest knows and does not read, such as a row 合计."""
    return frozenset(one.key for one in BY_NAME[kind.shipped].known) if kind.learned else frozenset()


@cache
def _known(kind: FormKind) -> frozenset[str]:
    return frozenset(kind.required) if kind.is_read else frozenset(one.key for one in kind.known)


def _area(labels: Sequence[Label], cells: CellLine) -> Area:
    rows, columns = [label.row for label in labels], [label.column for label in labels]
    return min(rows), min(columns), max(rows), max([*columns, cells.width - 1])
