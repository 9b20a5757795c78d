"""Which workbooks a list of inputs means: files and folders, mixed, as people type them."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from xl_perf.core.errors import BookError
from xl_perf.files.guard import (
    COMPOUND_START,
    GIVE_A_WORKBOOK,
    SAVE_AS_XLSX,
    TEMPLATE_SUFFIXES,
    UNPACK,
    WORKBOOK_SUFFIXES,
    Refused,
    load,
    missing,
)
from xl_perf.files.own_files import OWN_OUTPUTS
from xl_perf.files.own_properties import properties
from xl_perf.files.zip_package import Package

TEMPORARY_START: Final = ".xl-perf-"
"""How our own outputs are called before they are moved in place."""

PASSED_OVER_STARTS: Final = ("~$", ".~lock.", ".~", "._", TEMPORARY_START)
"""Lock files of Excel and WPS, of LibreOffice, backups of WPS, what macOS adds to a file, our unfinished outputs."""
PROFILE_SUFFIX: Final = ".toml"
"""Of departments' own profiles: they lie beside the workbooks, and are not passed over but used."""

OPENED_BY_EXCEL: Final = TEMPLATE_SUFFIXES | {".csv", ".htm", ".html", ".mht", ".mhtml", ".slk", ".dif", ".dbf", ".xml"}
ARCHIVES: Final = frozenset({".zip", ".rar", ".7z", ".gz", ".tar"})


@dataclass(frozen=True, slots=True)
class Found:
    """`books` as pairs of path and the path as the user would type it; the number passed over; what was wrong."""

    books: list[tuple[Path, str]]
    passed_over: int
    errors: list[BookError]


def find_books(inputs: Sequence[str]) -> Found:
    """The workbooks that these inputs mean, each once, in the order of the inputs and sorted within a folder.

    Folders are searched below. What lies in them and is no workbook, a lock file or our own output is passed over and
    counted; so is an own output that is named itself, unless nothing else is left: then that is an error of kind
    own-output. Errors are not raised but listed: missing, no-workbooks (a folder), not-a-workbook (a file named with
    another extension).

    Own outputs are recognised here, before reading, by one small part of the file (about 0.1 ms each): so the caller
    gets a list that is final, and can show how many there are, or share them out to processes.
    """
    search = Search()
    for given in inputs:
        try:
            search.take_in(given)
        except BookError as error:
            search.errors.append(error)
    if not search.books and not search.errors:
        search.errors += map(own_output, search.own)
        search.passed_over -= len(search.own)
    return Found(search.books, search.passed_over, search.errors)


class Search:
    """What the inputs so far gave."""

    def __init__(self) -> None:
        self.books: list[tuple[Path, str]] = []
        self.own: list[str] = []
        self.errors: list[BookError] = []
        self.passed_over = 0
        self._seen: set[tuple[int, int] | str] = set()

    def take_in(self, given: str) -> None:
        """Takes in the files that one input means. Raises BookError if it means none."""
        workbooks = 0
        for path, shown in candidates_of(given):
            if not is_workbook_name(path.name):
                self.passed_over += path.suffix != PROFILE_SUFFIX
                continue
            workbooks += 1
            identity = identity_of(path)
            if identity in self._seen:
                continue
            self._seen.add(identity)
            if own_kind(path) in OWN_OUTPUTS:
                self.passed_over += 1
                self.own.append(shown)
            else:
                self.books.append((path, shown))
        if not workbooks:
            remedy = "请核对文件夹；工作簿的扩展名是 .xlsx .xlsm .xlsb .xls .et .ods"
            raise BookError("no-workbooks", given, "文件夹里没有工作簿", remedy)


def candidates_of(given: str) -> Iterator[tuple[Path, str]]:
    """The files that one input means. Raises BookError if it is none, or is named with a foreign extension."""
    path = Path(given)
    if path.is_dir():
        base = given.replace(os.sep, "/").rstrip("/") or "/"
        yield from walk(path, base if base != "/" else "")
    elif not path.exists():
        raise missing(given)
    elif path.name.startswith(PASSED_OVER_STARTS):
        remedy = "请给出工作簿本身"
        raise BookError("not-a-workbook", given, "是程序打开工作簿时留下的锁定文件或临时文件", remedy)
    elif not is_workbook_name(path.name):
        what = f"扩展名 {path.suffix} 不是工作簿的" if path.suffix else "没有扩展名，不知道是不是工作簿"
        raise BookError("not-a-workbook", given, what, remedy_for(path.suffix.lower()))
    else:
        yield path, given


def remedy_for(suffix: str) -> str:
    """What to do with a file that is named as no workbook."""
    if suffix in OPENED_BY_EXCEL:
        return SAVE_AS_XLSX
    return UNPACK if suffix in ARCHIVES else GIVE_A_WORKBOOK


def the_one_book(given: str) -> tuple[Path, str]:
    """The one workbook that is meant, with its name as given. Raises BookError for a folder or no workbook."""
    load(Path(given), given)
    return next(candidates_of(given))


def walk(folder: Path, shown: str) -> Iterator[tuple[Path, str]]:
    """All files below, the files of a folder before its subfolders, each sorted by code point as on every system.

    Links to folders are not followed: they may lead round in circles. A folder that may not be opened holds nothing
    for us; its own line in the listing would help nobody who cannot open it either.
    """
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in listed:
        if entry.is_file():
            yield Path(entry.path), f"{shown}/{entry.name}"
    for entry in listed:
        if entry.is_dir(follow_symlinks=False):
            yield from walk(Path(entry.path), f"{shown}/{entry.name}")


def is_workbook_name(name: str) -> bool:
    return PurePath(name).suffix.lower() in WORKBOOK_SUFFIXES and not name.startswith(PASSED_OVER_STARTS)


def identity_of(path: Path) -> tuple[int, int] | str:
    """The same for two names of one file, also through links and on file systems that ignore case."""
    try:
        found = path.stat()
    except OSError:
        return str(path.absolute())
    # Some network file systems number no files.
    return (found.st_dev, found.st_ino) if found.st_ino else os.path.normcase(path.absolute())


def own_kind(path: Path) -> str:
    """What xl-perf wrote this file as; "" for anybody else's and for anything that cannot be read.

    Looks at the custom document properties and at nothing else. A binary .xls does not tell.
    """
    try:
        data = load(path, "")
        if data.startswith(COMPOUND_START):
            return ""
        package = Package(data)
        if "meta.xml" in package:
            from xl_perf.files.own_properties import user_defined

            return user_defined(package)[0]
        return properties(package)[0]
    except (BookError, Refused):
        return ""  # whoever reads it will say what is wrong


def own_output(shown: str) -> BookError:
    message = "是 xl-perf 写出的汇总、校验结果、回执或标注副本，不是部门填报的工作簿"
    return BookError("own-output", shown, message, "请给出部门填报的工作簿")
