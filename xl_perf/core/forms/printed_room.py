"""What a blank form prints where a text belongs: a line to write on, boxes to tick, 年 月 日. It is no content."""

import re
from typing import Final

_LONGEST: Final = 120
_BOXES: Final = frozenset("□☐")
_TICKED: Final = frozenset("☑☒√✓✔")
_TICKS: Final = re.compile("[☑☒]")
_LINE: Final = re.compile(r"[\s_＿]*[_＿][\s_＿]*")
_DATES: Final = re.compile(r"(?=.*[_＿年月日])[\s_＿自从年度月日起至到~～—－–―止-]*", re.DOTALL)
_SPACES: Final = re.compile(" +")


def is_room(text: str) -> bool:
    """Nobody has filled it in: a line, boxes of which none is ticked, 年 月至 年 月."""
    if len(text) > _LONGEST:
        return False
    return _DATES.fullmatch(text) is not None or is_choice(text)


def is_choice(text: str) -> bool:
    """Boxes to tick, of which none is ticked."""
    return not _BOXES.isdisjoint(text) and _TICKED.isdisjoint(text)


def as_printed(text: str) -> str:
    """Boxes that somebody has ticked as the form prints them: □ 新增项目 for ☑ 新增项目."""
    return _TICKS.sub("□", text)


def line_before(text: str) -> str:
    """The line to write on with which a text begins: ____ of ____万元; empty for none."""
    found = _LINE.match(text)
    return "" if found is None else found[0]


def without_room(value: str, room: str) -> str:
    """The formula of what is filled in, of one of what stands in a cell: nothing where only the room stands there."""
    if not room:
        return value
    if _LINE.fullmatch(room):
        return f'TRIM(SUBSTITUTE({value},"_",""))'
    printed = _SPACES.sub(" ", room).strip(" ").replace('"', '""')
    return f'IF(TRIM({value})="{printed}","",{value})'
