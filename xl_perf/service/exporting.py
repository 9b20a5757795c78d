"""Exporting: the tables of many workbooks as a file, or a folder of files, for other tools."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, Self

from xl_perf.core.cells.values import plain
from xl_perf.core.errors import BookError, OutputError, XlPerfError, needing_pandas
from xl_perf.core.figures.tables import GUIDE, TABLES, WORKBOOKS, Table, Type, guide
from xl_perf.core.figures.totals import Totals
from xl_perf.files.data_files import DATABASES, edited_in, sums_of
from xl_perf.files.inputs import Found
from xl_perf.files.output import Output, check_folder, check_target, replacing
from xl_perf.service.placing import Written
from xl_perf.service.results import BookResult
from xl_perf.service.tables import Row, Rows, RowsOf

if TYPE_CHECKING:
    import pandas as pd

XLSX: Final = ".xlsx"
SQLITE, DUCKDB = DATABASES
CSV, PARQUET = ".csv", ".parquet"
FILES: Final = (XLSX, SQLITE, DUCKDB)
"""What is one file with all tables."""
FORMATS: Final = (CSV[1:], PARQUET[1:])
"""What is a folder with a file for each table."""
_EVERY: Final = (*TABLES, GUIDE)
_AT_ONCE: Final = 20_000
"""Rows that are kept until they are written: some 20 MB."""


class Target(NamedTuple):
    """Where the tables go: a file, or a folder of files, of this suffix."""

    path: Path
    suffix: str

    @property
    def is_folder(self) -> bool:
        return self.suffix not in FILES

    @property
    def files(self) -> Mapping[str, Path]:
        """Of a folder: its files by the keys of the tables."""
        return {table.key: self.path / f"{table.name}{self.suffix}" for table in _EVERY}

    @property
    def sums(self) -> Path:
        """Of a folder: the list of fingerprints of its files."""
        return self.path / f"{self.suffix[1:]}.sha256"


def target(out: str, wanted: str | None, found: Found, overwrite: bool = False) -> Target:
    """Where OUT leads. ``wanted`` is the format of a folder: csv or parquet.

    Raises `OutputError` for what must not be written, `MissingPart` where a package is lacking, `XlPerfError` for a
    format that does not go with OUT.
    """
    with needing_pandas("导出数据表"):
        import pandas  # noqa: F401

    path, suffix = Path(out), Path(out).suffix.lower()
    if os.path.isdir(path) or out.endswith(("/", os.sep)) or not suffix:  # noqa: PTH112  # never raises
        chosen = Target(path, f".{wanted or FORMATS[0]}")
        _check_folder(chosen, overwrite)
    else:
        if wanted:
            raise XlPerfError(
                "--format 只与文件夹一起用：写一个文件时看 OUT 的扩展名",
                f"请去掉 --format，或写 -o 数据/ --format {wanted}",
            )
        if suffix not in FILES:
            raise OutputError(*_not_a_file(path, suffix))
        chosen = Target(path, suffix)
        check_target(path, [book for book, _ in found.books], overwrite, FILES)
    if chosen.suffix in {DUCKDB, PARQUET}:
        from xl_perf.written.duckdb_tables import need_duckdb

        need_duckdb(chosen.suffix)
    return chosen


def _not_a_file(path: Path, suffix: str) -> tuple[str, str]:
    named = "、".join(FILES)
    if suffix[1:] in FORMATS:
        message = f"{path}：一个 {suffix} 文件只装得下一张表，数据有 {len(_EVERY)} 张表"
        return message, f"请写文件夹，如 -o 数据/ --format {suffix[1:]}，或改用 {named}"
    return f"{path}：这里只能写出 {named}，或一个文件夹", "请改用这些扩展名，或写文件夹，如 -o 数据/"


def _check_folder(chosen: Target, overwrite: bool) -> None:
    check_folder(chosen.path)
    names = [path.name for path in (*chosen.files.values(), chosen.sums)]
    if any((chosen.path / name).is_dir() for name in names):
        raise OutputError(f"{chosen.path} 里有一个文件夹占了表的名字", "请换一个文件夹")
    edited = edited_in(chosen.path, chosen.sums.name, names[:-1])
    if edited and not overwrite:
        message = f"{chosen.path} 里的 {'、'.join(edited)} 已经存在，没有覆盖：不是 xl-perf 写出的，或写出后有人改过"
        raise OutputError(message, "确要覆盖请加 --overwrite，否则换一个文件夹")


class _Writer(Protocol):
    """Takes frames of tables; as a context it writes what it has at the end."""

    def append(self, table: Table, frame: "pd.DataFrame") -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: object, value: object, trace: object, /) -> None: ...


def export(
    target: Target,
    found: Found,
    results: Iterable[BookResult],
    totals: Callable[[], Totals],
    profiles_note: Callable[[], str] = str,
) -> Written:
    """Writes the tables of results, whose whole projects were asked for. Memory stays flat in the number of books.

    ``totals`` and ``profiles_note`` are asked at the end. Raises `BookError` where not one book could be read: then
    nothing is written.
    """
    with ExitStack() as stack:
        if not target.is_folder:
            output = stack.enter_context(replacing(target.path))
            _write(target, {"": output.temp}, found, results, totals, profiles_note)
            outputs = [output]
        else:
            # What is entered first comes into its place last: until then the list does not fit the files.
            sums = stack.enter_context(replacing(target.sums))
            files = {key: stack.enter_context(replacing(path)) for key, path in target.files.items()}
            outputs = list(files.values())
            _write(target, {key: one.temp for key, one in files.items()}, found, results, totals, profiles_note)
            listed = {path.name: files[key].temp for key, path in target.files.items()}
            sums.temp.write_text(sums_of(listed), "utf-8", newline="\n")
    return _written(target, outputs)


def _written(target: Target, outputs: Sequence[Output]) -> Written:
    if not target.is_folder:
        return Written(outputs[0].path, outputs[0].notice)
    notices = [one.notice for one in outputs if one.notice]
    return Written(target.path, more=notices)


def _writer(target: Target, files: Mapping[str, Path]) -> _Writer:
    if target.suffix == XLSX:
        from xl_perf.written.data_workbook import DataWorkbook

        return DataWorkbook(files[""], TABLES, GUIDE)
    if target.suffix == SQLITE:
        from xl_perf.written.sqlite_tables import SqliteTables

        return SqliteTables(files[""], _EVERY)
    if target.suffix == CSV:
        from xl_perf.written.csv_tables import CsvTables

        return CsvTables(files)
    from xl_perf.written.duckdb_tables import DuckdbTables

    return DuckdbTables(files, _EVERY)


def _write(
    target: Target,
    files: Mapping[str, Path],
    found: Found,
    results: Iterable[BookResult],
    totals: Callable[[], Totals],
    profiles_note: Callable[[], str],
) -> None:
    rows = Rows()
    is_any_read = False
    with _writer(target, files) as writer:
        waiting = _Waiting(writer)
        for result in results:
            is_any_read |= result.error is None and result.left is None
            waiting.add(rows.of(result))
        if not is_any_read:
            path = str(target.path)
            raise BookError("no-workbooks", path, "没有写出，因为没有一本能计入的工作簿", "请先处理上面列出的文件")
        waiting.add(rows.of_skipped(found.skipped))
        waiting.add(rows.of_departments())
        waiting.add({GUIDE.key: [*_said(totals(), profiles_note()), *guide()]})
        waiting.write()


def _said(totals: Totals, profiles_note: str) -> list[Row]:
    """What is to be said of these data: totals, what they lack, how they are made up, by which profiles."""
    amounts = "、".join(
        f"{name} {plain(totals.amounts[key])}"
        for name, key in (("预算数", "budget"), ("财政资金", "fiscal"), ("其他资金", "other"))
    )
    said = [f"{totals.projects} 个项目，合计（万元）：{amounts}", *totals.remarks]
    if totals.note:
        said.append(f"{totals.note}，见 {WORKBOOKS.name} 的“合计缺少”和“状态”")
    return [(None,) * (len(GUIDE.columns) - 1) + (one,) for one in (*said, profiles_note) if one]


class _Waiting:
    """Rows that wait until there are enough of them."""

    def __init__(self, writer: _Writer) -> None:
        self._writer = writer
        self._rows: dict[str, list[Row]] = {table.key: [] for table in _EVERY}
        self._number = 0
        for table in _EVERY:  # an empty table has its header too
            writer.append(table, frame_of(table, []))

    def add(self, more: RowsOf) -> None:
        for key, rows in more.items():
            self._rows[key] += rows
            self._number += len(rows)
        if self._number >= _AT_ONCE:
            self.write()

    def write(self) -> None:
        for table in _EVERY:
            if rows := self._rows[table.key]:
                self._writer.append(table, frame_of(table, rows))
                rows.clear()
        self._number = 0


def frame_of(table: Table, rows: Sequence[Row]) -> "pd.DataFrame":
    """A frame of rows of a table: texts as ``string``, whole numbers as ``Int64``, the others as `Decimal`."""
    import pandas as pd

    series: dict[str, pd.Series[Any]] = {}
    for at, column in enumerate(table.columns):
        values: list[Any] = [row[at] for row in rows]
        if column.type is Type.TEXT:
            series[column.name] = pd.Series(values, dtype="string")
        elif column.type is Type.INTEGER:
            series[column.name] = pd.Series(values, dtype="Int64")
        else:
            series[column.name] = pd.Series(values, dtype=object)
    return pd.DataFrame(series)
