"""Tables as a DuckDB database or as Parquet files. Needs the package duckdb, which is optional.

Amounts wait as texts in a database in a temporary folder until all have come: then it is known how many decimals their
columns need, and nothing is ever rounded.
"""

import errno
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_perf.core.cells.values import plain
from xl_perf.core.errors import MissingPart, OutputError
from xl_perf.core.figures.tables import Column, Table, Type
from xl_perf.files import temporary
from xl_perf.files.data_files import seal_database

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

DATABASE: Final = ".duckdb"
PARQUET: Final = ".parquet"
_STAGED: Final = {Type.TEXT: "VARCHAR", Type.INTEGER: "BIGINT", Type.DECIMAL: "VARCHAR"}
_DIGITS: Final = 38
"""That a DECIMAL has at most."""
_DECIMALS: Final = 12
"""Of them behind the point, unless some number needs more."""
_SETTINGS: Final[dict[str, str | bool | int | float | list[str]]] = {
    "memory_limit": "512MB",  # what needs more goes to the temporary folder
    "threads": 1,  # rows keep their order, and the same input gives the same Parquet files
    "autoinstall_known_extensions": False,  # nothing is ever fetched
    "autoload_known_extensions": False,
}


def need_duckdb(suffix: str) -> None:
    """Raises `MissingPart` where the package duckdb is not installed."""
    try:
        import duckdb  # noqa: F401
    except ModuleNotFoundError as error:
        message = f"写 {suffix} 要用软件包 duckdb，这里没有安装"
        remedy = "请运行 pip install duckdb（或安装 xl-perf[export]），或改写 .xlsx、.sqlite、--format csv"
        raise MissingPart(message, remedy) from error


class DuckdbTables:
    """Takes frames of tables; as a context it writes the outputs at the end, unless something went wrong.

    ``outputs`` is one path of a database under the key ``""``, or the paths of Parquet files by the keys of the tables.
    """

    def __init__(self, outputs: Mapping[str, Path], tables: Sequence[Table]) -> None:
        import duckdb

        self._outputs, self._tables = outputs, tables
        self._needs: dict[tuple[str, str], tuple[int, int]] = {}
        """Of each column of decimals: digits before and behind the point."""
        self._folder = temporary.new_folder("tables")
        with _disk_errors():
            self._staged = duckdb.connect(self._folder / "staged.duckdb", config=_SETTINGS)
            for table in tables:
                columns = ", ".join(_declared(column, _STAGED[column.type]) for column in table.columns)
                _run(self._staged, f'CREATE TABLE "{table.name}" ({columns})')

    def append(self, table: Table, frame: "pd.DataFrame") -> None:
        """Further rows of a table."""
        shown = frame.copy(deep=False)
        for column in table.columns:
            if column.type is Type.DECIMAL:
                self._note(table, column, frame[column.name])
                shown[column.name] = frame[column.name].map(plain, na_action="ignore").astype("string")
        with _disk_errors():
            self._staged.register("appended", shown)
            _run(self._staged, f'INSERT INTO "{table.name}" SELECT * FROM appended')
            self._staged.unregister("appended")

    def _note(self, table: Table, column: Column, values: "pd.Series[Any]") -> None:
        whole, behind = self._needs.get((table.name, column.name), (1, _DECIMALS))
        for value in values.dropna():
            before, after = _digits(value)
            whole, behind = max(whole, before), max(behind, after)
        self._needs[table.name, column.name] = whole, behind
        if whole + behind > _DIGITS:
            message = f"表“{table.name}”的“{column.name}”有的数位数太多，DuckDB 和 Parquet 的小数最多 {_DIGITS} 位"
            raise OutputError(message, "请改写 .xlsx、.sqlite 或 --format csv")

    def __enter__(self) -> "DuckdbTables":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                with _disk_errors():
                    self._write()
        finally:
            with suppress(Exception):
                self._staged.close()
            temporary.remove(self._folder)

    def _write(self) -> None:
        database = self._outputs.get("")
        if database is None:
            for table in self._tables:
                to = str(self._outputs[table.key]).replace("'", "''")
                options = (
                    f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{'xl-perf': 'export', 'table': '{table.name}'}}"
                )
                _run(self._staged, f"COPY ({self._selected(table)}) TO '{to}' ({options})")
            return
        made = self._folder / "made.duckdb"
        _run(self._staged, f"ATTACH '{str(made).replace(chr(39), chr(39) * 2)}' AS made")
        for table in self._tables:
            columns = ", ".join(_declared(column, self._type(table, column)) for column in table.columns)
            _run(self._staged, f'CREATE TABLE made."{table.name}" ({columns})')
            _run(self._staged, f'INSERT INTO made."{table.name}" {self._selected(table)}')
        _run(self._staged, "DETACH made")
        shutil.copyfile(made, database)
        seal_database(database)

    def _selected(self, table: Table) -> str:
        columns = ", ".join(self._cast(table, column) for column in table.columns)
        return f'SELECT {columns} FROM "{table.name}"'

    def _cast(self, table: Table, column: Column) -> str:
        if column.type is not Type.DECIMAL:
            return f'"{column.name}"'
        return f'CAST("{column.name}" AS {self._type(table, column)}) AS "{column.name}"'

    def _type(self, table: Table, column: Column) -> str:
        if column.type is not Type.DECIMAL:
            return _STAGED[column.type]
        _, behind = self._needs.get((table.name, column.name), (1, _DECIMALS))
        return f"DECIMAL({_DIGITS}, {behind})"


def _declared(column: Column, kind: str) -> str:
    return f'"{column.name}" {kind}{" NOT NULL" if column.always else ""}'


def _digits(value: Decimal) -> tuple[int, int]:
    """How many digits a number has before and behind the point."""
    whole, _, behind = plain(value.copy_abs()).partition(".")
    return len(whole), len(behind)


def _run(connection: "DuckDBPyConnection", statement: str) -> None:
    """Carries a statement out, to its end."""
    connection.execute(statement).fetchall()


@contextmanager
def _disk_errors() -> Iterator[None]:
    """What DuckDB says of the disk becomes an OSError, which `output.replacing` explains."""
    import duckdb

    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        is_full = "No space left" in str(error) or "disk quota" in str(error).lower()
        raise OSError(errno.ENOSPC if is_full else errno.EIO, str(error)) from error
