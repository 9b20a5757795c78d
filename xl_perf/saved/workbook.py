"""Saved workbooks of every format into grids, through python-calamine.

Each file is read once. The modules per format look it through at the price of inflating it and give calamine bytes
that cannot crash it; for most sheets nothing else happens. What is measured: benchmarks/.
"""

import hashlib
from collections.abc import Callable, Collection, Sequence
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from xl_perf.core.cells.grid import Area, Book, Grid, Scalar
from xl_perf.core.errors import BookError
from xl_perf.files.compound_file import Compound
from xl_perf.files.guard import (
    COMPOUND_START,
    SAVE_AS_XLSX,
    ZIP_START,
    Refused,
    damaged,
    encrypted,
    load,
    panics_unheard,
    refuse_foreign,
    restricted,
    suffix_of,
    wrong_suffix,
)
from xl_perf.files.zip_package import Package
from xl_perf.saved.extent import clipped
from xl_perf.saved.source import AUXILIARY, LIBRARY, NO_FACTS, SheetSource, Source

__all__ = ["AUXILIARY", "OpenedBook", "open_book", "read_book"]


def read_book(path: Path, shown: str | None = None, *, with_library: bool = False) -> Book:
    """Reads a workbook (.xlsx .xlsm .xlsb .xls .et .ods) as it was saved; nothing is calculated.

    `shown` is the path as the user gave it; it stands in `Book.path` and in messages.

    Every grid starts at A1. Chart, dialog and macro sheets are left out, and so are the AUXILIARY sheets of a
    department workbook; 指标库 is read `with_library`. Merged areas and number formats are known for all formats, names
    for .xlsx, .xlsm and .ods; pictures and boxes for .xlsx and .xlsm; what xl-perf wrote a file as for all but .xls and
    binary .et. Where `sees_errors` is false (.xls, .xlsb and binary .et), an error value looks like a blank.

    Workbooks that are encrypted with Excel's own password, and so open without asking, are read.

    Raises BookError, never anything else, for what cannot be read; the kinds are listed there.
    """
    left_out = AUXILIARY - {LIBRARY} if with_library else AUXILIARY
    return open_book(path, str(path) if shown is None else shown, left_out=left_out).read()


class OpenedBook(NamedTuple):
    """A workbook on the way: its file has been read and looked through, its cells are still to come."""

    path: str
    source: Source
    sha256: str

    def read(self) -> Book:
        """Its cells. Raises BookError."""
        source = self.source
        try:
            grids = read_grids(source)
        except BaseException as error:
            raise refusal(error, self.path) from error
        return Book(
            path=self.path,
            grids=grids,
            names=dict(source.names),  # a mapping that can be sent to another process
            sha256=self.sha256,
            kind=source.written_as.kind,
            template_version=source.written_as.version,
            profile_name=source.written_as.profile,
            modified=source.modified,
            notes=source.notes,
            sees_errors=source.sees_errors,
            carried=source.carried,
        )


def open_book(path: Path, shown: str, *, fingerprint: bool = True, left_out: Collection[str] = AUXILIARY) -> OpenedBook:
    """The first half of `read_book`: whoever has many books does one half for all, then the other. Raises BookError.

    Without `fingerprint` the book's `sha256` stays empty, which saves one hundredth of the time.
    """
    data = load(path, shown)
    try:
        source = opened(data, suffix_of(path), left_out)
    except BaseException as error:
        raise refusal(error, shown) from error
    return OpenedBook(shown, source, hashlib.sha256(data).hexdigest() if fingerprint else "")


def refusal(error: BaseException, shown: str) -> BookError:
    """What is said of a workbook that cannot be read. Raises what says nothing of it, such as KeyboardInterrupt."""
    if isinstance(error, Refused):
        return error.at(shown)
    if isinstance(error, MemoryError):
        raise error  # whoever holds us to a limit says so
    # A panic in Rust: pyo3 lets it derive from BaseException, and its class cannot be imported.
    if isinstance(error, Exception) or type(error).__name__ == "PanicException":
        return damaged().at(shown)
    raise error


def opened(data: bytes, suffix: str, left_out: Collection[str] = AUXILIARY) -> Source:
    """Decides by the content what a file is. Raises Refused, also if the suffix says something else."""
    if data.startswith(ZIP_START):
        return open_zip(Package(data), suffix, left_out)
    if data.startswith(COMPOUND_START):
        return open_compound(data, suffix)
    raise refuse_foreign(data)


def open_compound(data: bytes, suffix: str) -> Source:
    """An old workbook, or a new one that is encrypted but opens without asking."""
    from xl_perf.saved.biff import open_biff

    compound = Compound(data)
    if "EncryptedPackage" in compound:
        from xl_perf.files.default_password import opened_by_default

        package = opened_by_default(compound)
        if package is None:
            raise encrypted() if "EncryptionInfo" in compound else restricted()
        return open_zip(Package(package), suffix)
    if suffix not in (".xls", ".et"):
        open_biff(compound)  # tells first what hinders more than the name: encrypted, a Word document
        raise wrong_suffix(suffix, "旧版 Excel 工作簿", ".xls")
    return open_biff(compound)


def open_zip(package: Package, suffix: str, left_out: Collection[str] = AUXILIARY) -> Source:
    """What the parts of a zip archive make of it."""
    if "xl/workbook.bin" in package:
        from xl_perf.saved.xlsb import open_xlsb

        content, right, allowed, reader = "二进制工作簿", ".xlsb", {".xlsb"}, open_xlsb
    elif "mimetype" in package or "content.xml" in package:
        from xl_perf.saved.ods import open_ods

        content, right, allowed, reader = " ODF 表格", ".ods", {".ods"}, open_ods
    else:
        from xl_perf.saved.ooxml import open_ooxml

        if "xl/workbook.xml" not in package:
            from xl_perf.files.foreign import refuse_other_archives

            refuse_other_archives(package)
        right = ".xlsm" if "xl/vbaproject.bin" in package else ".xlsx"
        content, allowed, reader = (
            "新版 Excel 工作簿",
            {".xlsx", ".xlsm", ".et"},
            partial(open_ooxml, left_out=left_out),
        )
    if suffix not in allowed:
        reader(package)
        raise wrong_suffix(suffix, content, right)
    return reader(package)


def read_grids(source: Source) -> tuple[Grid, ...]:
    if source.sees_errors:
        return grids_of(source)
    with panics_unheard():
        return grids_of(source)


def grids_of(source: Source) -> tuple[Grid, ...]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(source.data))
    sheets = listed(workbook) if source.sheets is None else enumerate(source.sheets)
    grids = []
    for index, sheet in sheets:
        read = workbook.get_sheet_by_index(index)
        rows: list[list[Scalar]] = read.to_python(skip_empty_area=False)  # type: ignore[assignment]
        facts = source.facts.get(index, NO_FACTS)
        if facts.filled:
            refuse_losses(sheet.name, rows, facts.filled, facts.surely)
        for row, column, value in facts.special:
            place(rows, row, column, value)
        merges = merges_of(read) if facts.merges is None else facts.merges
        is_sound = not facts.special
        drawn = facts.pictures, facts.boxes, facts.around
        unseen = facts.hidden_rows, facts.hidden_columns, facts.far
        grids.append(
            Grid(sheet.name, rows, merges, sheet.hidden, is_sound, facts.formats, *drawn, *unseen, facts.attached)
        )
    return tuple(grids)


def refuse_losses(
    sheet: str, rows: Sequence[Sequence[Scalar]], filled: int, surely: Callable[[], int] | None = None
) -> None:
    """Raises Refused (unreadable) if fewer cells came back than certainly hold something: see `Facts`."""
    if len(list(filter(None, chain.from_iterable(rows)))) >= filled:
        return  # seen at once: only zeros are left out
    cells = list(chain.from_iterable(rows))
    back = len(cells) - cells.count("") - cells.count(None)
    lost = filled - back
    if lost > 0 and surely is not None:
        lost = surely() - back
    if lost > 0:
        message = f"工作表“{sheet}”有单元格读不出来（至少 {lost} 个），没有读取"
        raise Refused("unreadable", message, SAVE_AS_XLSX)


def listed(workbook: CalamineWorkbook) -> list[tuple[int, SheetSource]]:
    """The worksheets that calamine knows, with their places in its list."""
    return [
        (index, SheetSource(sheet.name, sheet.visible != SheetVisibleEnum.Visible))
        for index, sheet in enumerate(workbook.sheets_metadata)
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def merges_of(sheet: CalamineSheet) -> tuple[Area, ...]:
    return clipped(sheet.merged_cell_ranges or ())


def place(rows: list[list[Scalar]], row: int, column: int, value: Scalar) -> None:
    """Puts a value that calamine does not give where it belongs, which may be beyond the last cell that it gives."""
    while len(rows) <= row:
        rows.append([])
    cells = rows[row]
    cells.extend([""] * (column + 1 - len(cells)))
    cells[column] = value
