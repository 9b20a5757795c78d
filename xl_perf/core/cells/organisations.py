"""Names of departments as people type them on covers and in forms."""

import re
from typing import Final

from xl_perf.core.cells.characters import folded

_STAMP: Final = re.compile(r"\s*(?:[(（【][^()（）【】]{0,8}(?:章\s*处?|签\s*字)\s*[)）】]|\s[公盖签]\s*章)\s*$")
"""A place for the stamp behind the name: （盖章）, （单位公章）."""
_WIDE: Final = re.compile(r"\s{2,}")
_SHORTEST: Final = 3
"""Characters of a name; what is shorter before a gap is a part of one: 县　档案馆."""
_IS_OTHER: Final = re.compile(r".*(?:\d|万元|[:：])")
"""What is no part of a name: a date, a unit of amounts, another label."""


def without_stamp(name: str) -> str:
    """The name, trimmed, without the note where the stamp belongs.

    >>> without_stamp("县档案馆（盖章）")
    '县档案馆'
    """
    return _STAMP.sub("", name).strip()


def organisation(text: str) -> str:
    """The name at the beginning of a text, as typed; what stands behind it, after a gap, is none of it.

    Blanks that only space the characters out are part of it. Who compares names folds them.

    >>> organisation("县 档 案 馆　　　填报日期：2024年1月5日")
    '县 档 案 馆'
    """
    name = text.strip()
    colon = re.search("[:：]", name)
    if colon is not None:
        # The label before the colon is another field's: the last word, be it spaced out, after the widest gap.
        name = name[: colon.start()].rstrip()
        gap = max(re.finditer(r"\s+", name), key=lambda one: (len(one[0]), one.start()), default=None)
        name = name if gap is None else name[: gap.start()]
    words = re.split(r"(\s+)", without_stamp(name))
    for at in range(1, len(words), 2):
        before = folded("".join(words[:at]))
        is_wide = _WIDE.fullmatch(words[at]) and len(before) >= _SHORTEST and not _is_spaced(words[::2])
        if len(before) >= _SHORTEST and (is_wide or _IS_OTHER.match(words[at + 1])):
            return without_stamp("".join(words[:at]))
    return without_stamp("".join(words))


def _is_spaced(words: list[str]) -> bool:
    """Every word is a character."""
    return all(len(word) == 1 for word in words)


class Names:
    """Names as they were met first: one that differs in blanks or widths of characters alone is the same."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def first(self, name: str | None) -> str | None:
        """How the name was typed where it was met first; None for none."""
        return None if name is None else self._first.setdefault(folded(name), name)
