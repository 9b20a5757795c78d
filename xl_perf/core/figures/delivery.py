"""Which departments were to deliver, which did, and which are on no list."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from xl_perf.core.cells.characters import folded

_NUMBERS: Final = r"[0-9一二三四五六七八九十第东西南北中]"
"""What tells schools and streets apart: 第一中学 is another one than 第十一中学."""


class Delivery:
    """The departments on a list, and the workbooks that came."""

    def __init__(self, expected: Sequence[str]) -> None:
        self.expected = tuple(expected)
        self._expected = frozenset(map(folded, expected))
        self._delivered: dict[str, list[str]] = {}
        self._of_other_years: dict[str, list[str]] = {}
        self._other_years: dict[str, set[int]] = {}
        self._shown: dict[str, str] = {}
        self.nameless: list[str] = []
        """Books that name no department."""
        self.unread = 0
        """Files that could not be read: whose they are is not known."""

    def add(self, department: str | None, path: str, other_year: int | None = None) -> None:
        """One workbook that could be read. One of ``other_year``, which is not totalled, is no delivery."""
        if department is None:
            self.nameless.append(path)
            return
        key = folded(department)
        self._shown.setdefault(key, department)
        if other_year is not None:
            self._other_years.setdefault(key, set()).add(other_year)
        (self._delivered if other_year is None else self._of_other_years).setdefault(key, []).append(path)

    def has(self, department: str | None) -> bool:
        """A workbook of this department came that could be read."""
        return department is not None and folded(department) in self._delivered

    def other_years(self, name: str) -> list[int]:
        """The years of what a missing department sent, none of which is the one that is totalled."""
        return sorted(self._other_years.get(folded(name), ()))

    def only_other_years(self, name: str) -> str:
        """Of a missing department: 只交了 2022 年的; empty where it sent nothing at all."""
        years = self.other_years(name)
        return f"只交了 {'、'.join(map(str, years))} 年的" if years else ""

    @property
    def missing(self) -> list[str]:
        """Departments on the list without a workbook of the year that is totalled that could be read."""
        return [name for name in self.expected if folded(name) not in self._delivered]

    def said_of(self, name: str, likely: Sequence[tuple[str, str]], where: str) -> str:
        """What is known of a department that did not deliver or is not on the list, in Chinese; empty for nothing.

        ``likely`` as below; ``where`` says where the others stand.
        """
        years = "" if folded(name) in self._delivered else self.only_other_years(name)
        parts = [years] if years else []
        meant = said_likely(likely, name, where)
        return "；".join([*parts, *[f"{meant}，请核对"] * bool(meant)])

    @property
    def unexpected(self) -> dict[str, Sequence[str]]:
        """Departments that are not on the list, with their workbooks; those of other years too."""
        known = set(map(folded, self.expected))
        found: dict[str, Sequence[str]] = {}
        for books in (self._delivered, self._of_other_years):
            for key, paths in books.items():
                if key not in known:
                    found[self._shown[key]] = [*found.get(self._shown[key], ()), *paths]
        return found

    @property
    def likely(self) -> list[tuple[str, str]]:
        """Pairs of a missing department and one that is on no list which may be the same: a person is to look.

        One name is the other with some characters left out: 甲镇政府, 甲镇人民政府; 市监局, 市场监督管理局.
        """
        others = [(name, folded(name)) for name in self.unexpected]
        return [
            (name, other)
            for name in self.missing
            for other, as_compared in others
            if may_be_same(folded(name), as_compared)
        ]

    @property
    def delivered(self) -> Mapping[str, Sequence[str]]:
        """Departments on the list that delivered, with their workbooks."""
        found = ((name, self._delivered.get(folded(name))) for name in self.expected)
        return {name: paths for name, paths in found if paths}


def may_be_same(one: str, other: str) -> bool:
    """One name is a short form of the other: it begins alike or ends alike, and no number is left out.

    >>> may_be_same("甲镇人民政府", "甲镇政府")
    True
    >>> may_be_same("第一中学", "第十一中学")
    False
    >>> may_be_same("甲镇政府", "乙镇政府")
    False
    """
    short, long = sorted((one, other), key=len)
    if len(short) < 2 or (short[0] != long[0] and short[-1] != long[-1]):
        return False
    left_out = []
    rest = iter(long)
    for character in short:
        for met in rest:
            if met == character:
                break
            left_out.append(met)
        else:
            return False
    return not re.search(_NUMBERS, "".join([*left_out, *rest]))


def said_likely(pairs: Sequence[tuple[str, str]], name: str, where: str) -> str:
    """What a name may be meant by, in Chinese; ``where`` says where the others stand. Empty for nothing."""
    others = [two if one == name else one for one, two in pairs if name in (one, two)]
    return f"可能就是{where}的{'、'.join(f'“{other}”' for other in others)}" if others else ""
