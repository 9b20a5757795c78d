"""Automatic numbers of paragraphs, as Word prints them: （一） may not stand in the text (ECMA-376 Part 1, 17.9)."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from xl_perf.files.xml_parts import Element
from xl_perf.text.numerals import chinese_number
from xl_perf.text.word_xml import whole

_CHINESE: Final = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "ideographDigital"}
)
_PLACE: Final = re.compile(r"%([1-9])")
_LEVELS: Final = 9


class Level(NamedTuple):
    """How one level of a list counts."""

    start: int = 1
    format: str = "decimal"
    text: str = ""


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, parts: Iterable[Element] = ()) -> None:
        self._levels: dict[tuple[str, int], Level] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        self._read(parts)

    def _read(self, parts: Iterable[Element]) -> None:
        abstract, level, number = "", 0, ""
        for part in parts:
            value = part.get_local("val")
            if part.name == "abstractNum":
                abstract, number = part.get_local("abstractNumId"), ""
            elif part.name == "num":
                number = part.get_local("numId")
            elif part.name == "abstractNumId" and number:
                self._lists[number] = value
            elif part.name == "lvl" and not number:
                level = whole(part.get_local("ilvl"))
                self._levels[abstract, level] = Level()
            elif part.name in {"start", "numFmt", "lvlText"} and (abstract, level) in self._levels and not number:
                self._levels[abstract, level] = _changed(self._levels[abstract, level], part.name, value)

    def next(self, number: str, level: int) -> str:
        """What stands before the next paragraph of a list; empty for bullets and unknown lists."""
        abstract = self._lists.get(number)
        known = None if abstract is None else self._levels.get((abstract, level))
        if abstract is None or known is None or not 0 <= level < _LEVELS:
            return ""
        counts = self._counts.setdefault(abstract, [0] * _LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else known.start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if known.format in {"bullet", "none"}:
            return ""
        return _PLACE.sub(lambda match: self._shown(abstract, int(match[1]) - 1, counts), known.text)

    def _shown(self, abstract: str, level: int, counts: list[int]) -> str:
        known = self._levels.get((abstract, level), Level())
        count = counts[level] or known.start
        return chinese_number(count) if known.format in _CHINESE else str(count)


def _changed(level: Level, name: str, value: str) -> Level:
    if name == "start":
        return level._replace(start=whole(value) or 1)
    return level._replace(format=value) if name == "numFmt" else level._replace(text=value)
