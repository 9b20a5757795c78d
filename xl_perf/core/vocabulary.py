"""The labels of one sheet of the department workbook, recognised in its cells."""

from collections.abc import Iterable
from typing import Final

from xl_perf.core.form import BLANK_STARTS, LONGEST_LABEL, Field, normal_label
from xl_perf.core.grid import Scalar
from xl_perf.core.labels import Labels


class Vocabulary(Labels):
    """Labels and their aliases; white space, full-width forms, a trailing colon and unit do not count."""

    def __init__(self, fields: Iterable[Field]) -> None:
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
