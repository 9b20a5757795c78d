"""What files' names say of the order of versions.

v1 comes before v2, 初稿 before 修改稿 before 终稿, 定稿 and 最终版, 最终版 before 最终版2.
"""

import re
import unicodedata
from pathlib import PurePath
from typing import Final, NamedTuple

_WORDS: Final = (
    re.compile(r"初稿|草稿|一稿|征求意见稿"),
    re.compile(r"修改|修订|修正|改稿|修稿|[改修]$"),
    re.compile(r"终稿|定稿|最终|终版|正式稿|final", re.IGNORECASE),
)
"""Words of versions, the earliest first."""
_NUMBER: Final = re.compile(
    r"(?:v|ver|版本)\.?\s*(\d{1,3}(?:\.\d{1,3})*)(?!\d)|第?(\d{1,2}|[一二三四五六七八九十])[稿版]"
    r"|(?:稿|版|终|定|改|修)[（(_-]?(\d{1,2})[)）]?$|(?<!\d)(\d{1,2})$",
    re.IGNORECASE,
)
_COPY: Final = re.compile(r"副本|复制|复件|\bcopy\b|[(]\d{1,2}[)]$", re.IGNORECASE)
"""What programs put into the name of a copy of a file."""
_CHINESE: Final = "一二三四五六七八九十"
_FINAL: Final = len(_WORDS) - 1


class _Said(NamedTuple):
    """The place of the last of the `_WORDS`, the number of the version, and what else the name holds."""

    word: int | None
    number: tuple[int, ...]
    is_bare: bool
    rest: str


def names_say_later(path: str, other: str) -> bool:
    """By its name the first file is a later version than the other one; False where the names do not say it."""
    mine, its = _said(path), _said(other)
    if mine.word is not None and its.word is not None:
        return (mine.word, mine.number) > (its.word, its.number)
    if mine.word is None and its.word is None:
        # A number without a word tells versions only where nothing else differs.
        if (mine.is_bare or its.is_bare) and mine.rest != its.rest:
            return False
        return bool(mine.number and its.number) and mine.number > its.number
    if mine.word is not None:
        return mine.word == _FINAL and bool(its.number)
    return its.word == 0 and bool(mine.number)


def is_named_copy(path: str) -> bool:
    """The file is called a copy of another one: 甲 - 副本, 甲 (2).

    >>> is_named_copy("收件/甲 (2).xlsx")
    True
    """
    return _COPY.search(unicodedata.normalize("NFKC", PurePath(path).stem).strip()) is not None


def _said(path: str) -> _Said:
    stem = unicodedata.normalize("NFKC", PurePath(path).stem).strip()
    word = next((at for at in reversed(range(len(_WORDS))) if _WORDS[at].search(stem)), None)
    found = _NUMBER.search(stem)
    if found is None:
        return _Said(word, (), False, stem)
    typed = next(filter(None, found.groups()))
    number = (_CHINESE.index(typed) + 1,) if typed in _CHINESE else tuple(map(int, typed.split(".")))
    rest = stem[: found.start()] + stem[found.end() :]
    return _Said(word, number, found[4] is not None, rest)
