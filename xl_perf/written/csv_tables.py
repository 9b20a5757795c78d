"""Tables as CSV files, one for each: UTF-8 with BOM, CRLF, and no text that a spreadsheet would take for a formula."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from xl_perf.core.cells.values import plain
from xl_perf.core.figures.tables import Table, Type

if TYPE_CHECKING:
    import pandas as pd

SUFFIX: Final = ".csv"
_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'")
"""What makes a formula of a text in a spreadsheet, and the mark that keeps it from that."""
_BLANKS: Final = ("\t", "\r", "\n")


def guarded(text: str) -> str:
    """A text with ``'`` before it where a spreadsheet would calculate it; taking one ``'`` off gives the text again."""
    return f"'{text}" if text.startswith(_BLANKS) or text.lstrip().startswith(_STARTS) else text


class CsvTables:
    """Writes tables to files, by the keys of the tables; `append` frames, then leave it as a context."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._stack = ExitStack()
        self._files: dict[str, IO[str]] = {}
        for key, path in files.items():
            self._files[key] = self._stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
        self._begun: set[str] = set()

    def append(self, table: Table, frame: "pd.DataFrame") -> None:
        """Further rows of a table; the first ones bring the header."""
        shown = frame.copy(deep=False)
        for column in table.columns:
            if column.type is Type.TEXT:
                shown[column.name] = frame[column.name].map(guarded, na_action="ignore")
            elif column.type is Type.DECIMAL:
                shown[column.name] = frame[column.name].map(plain, na_action="ignore")
        shown.to_csv(self._files[table.key], header=table.key not in self._begun, index=False, lineterminator="\r\n")
        self._begun.add(table.key)

    def __enter__(self) -> "CsvTables":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
