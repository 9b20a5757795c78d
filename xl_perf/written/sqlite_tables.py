"""Tables as a SQLite database, which has no decimal numbers: each of them has two columns.

The column of the usual name is REAL, to calculate, compare and sort by; the one with `EXACT` behind its name is TEXT
and holds every digit.
"""

import errno
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_perf.core.cells.values import plain
from xl_perf.core.figures.tables import Column, Table, Type
from xl_perf.files.data_files import seal_database

if TYPE_CHECKING:
    import pandas as pd

SUFFIX: Final = ".sqlite"
EXACT: Final = "_精确"
_TYPES: Final = {Type.TEXT: "TEXT", Type.INTEGER: "INTEGER", Type.DECIMAL: "REAL"}
_APPLICATION: Final = 0x786C7066
"""``xlpf``: by this number the program ``file`` tells whose database it is."""


class SqliteTables:
    """Writes tables into an empty file; as a context it is sealed at the end, unless something went wrong."""

    def __init__(self, path: Path, tables: Sequence[Table]) -> None:
        self._path = path
        with _disk_errors():
            self._database = sqlite3.connect(path, isolation_level=None)
            # The file comes into its place when it is whole: nothing in it needs to be taken back.
            self._database.execute("PRAGMA journal_mode = OFF")
            self._database.execute("PRAGMA synchronous = OFF")
            self._database.execute(f"PRAGMA application_id = {_APPLICATION}")
            self._database.execute("BEGIN")
            for table in tables:
                columns = ", ".join(part for column in table.columns for part in _declared(column))
                self._database.execute(f'CREATE TABLE "{table.name}" ({columns})')

    def append(self, table: Table, frame: "pd.DataFrame") -> None:
        """Further rows of a table."""
        columns = [values for column in table.columns for values in _stored(column, frame[column.name])]
        places = ", ".join("?" * len(columns))
        with _disk_errors():
            insert = f'INSERT INTO "{table.name}" VALUES ({places})'
            self._database.executemany(insert, zip(*columns, strict=True))

    def __enter__(self) -> "SqliteTables":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                with _disk_errors():
                    self._database.execute("COMMIT")
        finally:
            self._database.close()
        if kind is None:
            seal_database(self._path)


def columns_of(column: Column) -> tuple[tuple[str, str], ...]:
    """The columns that a column becomes, with their types."""
    own = (column.name, _TYPES[column.type])
    return (own, (f"{column.name}{EXACT}", "TEXT")) if column.type is Type.DECIMAL else (own,)


def _declared(column: Column) -> Iterator[str]:
    for name, kind in columns_of(column):
        yield f'"{name}" {kind}{" NOT NULL" if column.always else ""}'


def _stored(column: Column, values: "pd.Series[Any]") -> tuple[list[Any], ...]:
    """What stands in those columns."""
    found = list(values.astype(object).where(values.notna(), None))
    if column.type is not Type.DECIMAL:
        return ([int(one) if column.type is Type.INTEGER and one is not None else one for one in found],)
    return [None if one is None else float(one) for one in found], [
        None if one is None else plain(one) for one in found
    ]


@contextmanager
def _disk_errors() -> Iterator[None]:
    """What SQLite says of the disk becomes an OSError, which `output.replacing` explains."""
    try:
        yield
    except sqlite3.OperationalError as error:
        is_full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if is_full else errno.EIO, str(error)) from error
