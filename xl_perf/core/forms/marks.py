"""Marks of a 样表: ``{预算数}`` in the cell that holds a project's budget; what each is called, and what it means.

The names are those of the fields and columns of the shipped forms. Any wording that a shipped form uses for a field is
understood as well.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.units import UNITS
from xl_perf.core.forms.amount_columns import AMOUNT_COLUMN
from xl_perf.core.forms.kind import Money
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.learned import COLUMNS, FIELDS, MORE, PART_OF, PARTS, TEXT, more_of, source_of

GUIDE_STEM: Final = "样表"
"""Begins the name of a 样表 that is for all workbooks of its folder."""
GUIDE_SUFFIXES: Final = frozenset({".xlsx", ".xlsm"})
GOAL: Final = "goal:"
"""Begins the key of a goal's cell: ``goal:1``."""
MONTH: Final = "month:"
"""Begins the key of a checkpoint's cell: ``month:6``."""
OTHER_TEXT: Final = "文字"
"""What a cell holds of which nothing is known but that it is a text."""
OF_SOURCE: Final = "其中项"
"""What a cell holds of which the amount is part of the source above it."""
ONE_MORE: Final = "又一项"
"""Before the name of a source: one more amount of it, 政府性基金 beside 一般公共预算."""
NOT_READ: Final = "不读"
OF_PART: Final = "（栏目）"
"""Behind the name of a part: its label has no cell of its own."""
_AMOUNT_COLUMN: Final = "本年金额"
"""What the heading is called of the column that holds the year's amounts."""
UNANSWERED: Final = "？"
"""Behind a name that an officer has to confirm; alone where nobody knows any."""
_MARK: Final = re.compile(r"[{｛]([^{}｛｝]{0,40})[}｝]")
_GOAL: Final = re.compile(r"目标(\d{1,2})")
_MONTH: Final = re.compile(r"(1[0-2]|[1-9])月底?")
_ROOM: Final = re.compile(
    r"(?P<colon>\s*(?:[(（][^()（）:：]{1,8}[)）]\s*)?[:：]|\s*)[\s_＿]*[¥￥]?(?:\d[\d.,，．]*)?[\s_＿]*"
)
"""Behind the label: a colon, with a bracket before it or not, and the amount or the blanks that stand for it."""
_LINE: Final = re.compile(r"[_＿]+")
"""A line to write on: it is printed where nothing is filled in."""


class Mark(NamedTuple):
    """A mark in a text: the name it gives, whether it waits for an answer, and where it stands in the text."""

    name: str
    is_unanswered: bool
    start: int
    end: int


def marks_in(text: str) -> Iterator[Mark]:
    """The marks of a cell's text, left to right."""
    for found in _MARK.finditer(text):
        name = folded(found[1]).strip()
        yield Mark(name.rstrip("?").strip(), name.endswith("?"), found.start(), found.end())


def without_marks(text: str) -> str:
    """A cell's text as the form prints it."""
    return _MARK.sub("", text)


def known_mark(text: str) -> str:
    """The first mark in a text that is one of a 样表, as it stands there; empty for other braces: {其他}."""
    return next((text[one.start : one.end] for one in marks_in(text) if _is_known(one)), "")


def without_known_marks(text: str) -> str:
    """A text without such marks."""
    parts = [one for one in marks_in(text) if _is_known(one)]
    ends = [0, *(one.end for one in parts)]
    return "".join(text[end:start] for end, start in zip(ends, [*(one.start for one in parts), len(text)], strict=True))


def _is_known(mark: Mark) -> bool:
    return (mark.is_unanswered and not mark.name) or (bool(mark.name) and key_of(mark.name) is not None)


def mark_of(key: str, *, is_unanswered: bool = False) -> str:
    """The mark for a key, as a 样表 shows it."""
    name = OTHER_TEXT if key.startswith(TEXT) else name_of(key) if key else ""
    return f"{{{name}{UNANSWERED if is_unanswered or not name else ''}}}"


def put_behind(text: str, label: str, mark: str, *, has_line: bool = True) -> str:
    """A text with the label of an amount and room for it, the mark in its place: 财政拨款：{财政资金}____万元.

    The line to write on stays behind the mark, where the form prints one (``has_line``).
    """
    start = text.find(label)
    end = start + len(label) if start >= 0 else len(text)
    room = _ROOM.match(text, end)
    if room is None:
        return f"{text}{mark}"
    line = "".join(_LINE.findall(text, room.end("colon"), room.end())) if has_line else ""
    return f"{text[:end]}{room['colon']}{mark}{line}{text[room.end() :]}"


def unit_behind(text: str, label: str) -> str:
    """The unit of money behind the room for an amount, in a cell with its label; empty for none."""
    start = text.find(label)
    room = _ROOM.match(text, start + len(label)) if start >= 0 else None
    behind = "" if room is None else text[room.end() :].lstrip()
    return max((unit for unit in UNITS if unit and behind.startswith(unit)), key=len, default="")


def name_of(key: str) -> str:
    """What a key is called on a 样表 and in messages; 不读 for none."""
    if key.startswith(GOAL):
        return f"目标{key.removeprefix(GOAL)}"
    if key.startswith(MONTH):
        return f"{key.removeprefix(MONTH)}月底"
    if key.startswith(TEXT):
        return OTHER_TEXT
    if key.startswith(PART_OF):
        return OF_SOURCE
    if key.startswith(MORE):
        return f"{ONE_MORE}{name_of(source_of(key))}"
    return _names().get(key, NOT_READ)


def key_of(name: str, label: str = "") -> str | None:
    """The key of a name; ``""`` for 不读, None for what is no name. ``label`` is what stands beside a text's cell."""
    seen = folded(name).strip()
    if seen == NOT_READ:
        return ""
    if seen == OTHER_TEXT:
        return f"{TEXT}{label}"
    if seen == OF_SOURCE:
        return f"{PART_OF}{label}"
    if (goal := _GOAL.fullmatch(seen)) is not None:
        return f"{GOAL}{int(goal[1])}"
    if (month := _MONTH.fullmatch(seen)) is not None:
        return f"{MONTH}{int(month[1])}"
    if seen.startswith(ONE_MORE):
        source = key_of(seen.removeprefix(ONE_MORE)) or ""
        return more_of(source, label) if source in _sources() else None
    own = next((key for key, its in _names().items() if folded(its) == seen), None)
    if own is not None:
        return own
    key = label_key(seen)
    return key if key in FIELDS or key in COLUMNS else None


def like(name: str) -> str:
    """The known name that a name is nearest to; empty for none."""
    return next(iter(get_close_matches(name, _names().values(), 1)), "")


def choices() -> tuple[str, ...]:
    """Every name that an officer may choose, the amounts and the table's columns first."""
    more = (name_of(more_of(key, "")) for key in _sources())
    goals = (f"目标{number}" for number in range(1, 6))
    return (*_names().values(), *goals, OF_SOURCE, *more, OTHER_TEXT, NOT_READ)


def _sources() -> Sequence[str]:
    """Keys of the sources of money."""
    return [key for key, field in FIELDS.items() if field.money in {Money.FISCAL, Money.SOURCE}]


@cache
def _names() -> Mapping[str, str]:
    fields = {key: field.name for key, field in FIELDS.items()}
    columns = {key: column.label for key, column in COLUMNS.items()}
    parts = {key: f"{part.label}{OF_PART}" for key, part in PARTS.items()}
    return {**fields, **columns, **parts, AMOUNT_COLUMN: f"{_AMOUNT_COLUMN}{OF_PART}"}
