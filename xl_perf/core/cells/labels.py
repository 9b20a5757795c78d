"""Labels among the cells of a sheet: how they are compared, and how they are found."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from xl_perf.core.cells.grid import CellLine, Scalar
from xl_perf.core.cells.values import folded

BLANK_STARTS: Final = frozenset(" \n\t\r　\xa0")
LONGEST_LABEL: Final = 40
"""Longer texts are not looked at as labels; a title may be longer."""
_UNIT_TAIL: Final = re.compile(r"\((?:单位:)?(?:万元|元|%|百分比)\)$")


class Worded(Protocol):
    """Something with a label: a field of a form or of another sheet."""

    @property
    def key(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def aliases(self) -> tuple[str, ...]: ...


class Label(NamedTuple):
    """A label of a sheet: its key, and where it stands (row and column from 0)."""

    key: str
    row: int
    column: int


def _normal(text: str) -> str:
    normal = folded(text)
    if normal.endswith(")"):
        normal = _UNIT_TAIL.sub("", normal)
    return normal.rstrip(":")


@lru_cache(maxsize=16384)
def normal_label(text: str) -> str:
    """A text as it is compared with labels: see `label_key`."""
    return _normal(text)


class Labels:
    """Finds labels by ``key_of``, which is asked only once for each label: they stand in sheet after sheet.

    Other texts are asked about as well, and are soon forgotten: few are remembered, for they may be long.
    """

    def __init__(self, key_of: Callable[[Scalar], str | None]) -> None:
        self.key: Final = lru_cache(maxsize=2048)(key_of)
        """The key of the label that a cell holds; None if it holds none."""

    def texts(self, cells: CellLine) -> tuple[Scalar, ...]:
        """What the labels of the sheet read, in reading order; what is falsy, 0 as well, is none."""
        return tuple(filter(self.key, filter(None, cells.line)))

    def by_row(self, cells: CellLine) -> dict[int, dict[str, int]]:
        """The rows that have labels, top to bottom; for every key the first column that holds it."""
        found: dict[int, dict[str, int]] = {}
        for key, row, column in self.places(cells):
            found.setdefault(row, {}).setdefault(key, column)
        return found

    def places(self, cells: CellLine, texts: Iterable[Scalar] | None = None) -> list[Label]:
        """Every label of the sheet, in reading order; ``texts`` is what `texts` gives."""
        texts = self.texts(cells) if texts is None else texts
        found = zip(map(self.key, texts), cells.places(texts), strict=True)
        return [Label(key, *place) for key, place in found if key is not None]


class Vocabulary(Labels):
    """Labels and their aliases; white space, full-width forms, a trailing colon and unit do not count."""

    def __init__(self, fields: Iterable[Worded]) -> None:
        super().__init__(self._key)
        wordings = [(wording, field.key) for field in fields for wording in (field.label, *field.aliases)]
        self._keys: Final = {normal_label(wording): key for wording, key in wordings}
        self._starts: Final = {wording[0] for wording, _ in wordings} | BLANK_STARTS

    def _key(self, typed: Scalar) -> str | None:
        """Most texts fail by their first character."""
        if not isinstance(typed, str) or not typed or typed[0] not in self._starts or len(typed) > LONGEST_LABEL:
            return None
        return self._keys.get(normal_label(typed))

    def in_row(self, cells: Iterable[Scalar]) -> dict[str, int]:
        """Keys of the labels of a row, each with the first column that holds it."""
        found: dict[str, int] = {}
        for column, typed in enumerate(cells):
            if typed and (key := self.key(typed)) is not None and key not in found:
                found[key] = column
        return found
