"""Which workbooks a list of inputs means: files and folders, mixed, as people type them."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final, NamedTuple

from xl_perf.core.errors import BookError
from xl_perf.files.guard import (
    COMPOUND_START,
    GIVE_A_WORKBOOK,
    SAVE_AS_XLSX,
    TEMPLATE_SUFFIXES,
    UNPACK,
    WORKBOOK_SUFFIXES,
    load,
    missing,
)
from xl_perf.files.own_files import OWN_OUTPUTS, TEXT
from xl_perf.files.own_properties import properties
from xl_perf.files.zip_package import Package

TEMPORARY_START: Final = ".xl-perf-"
"""How our own outputs are called before they are moved in place."""

LEFT_BEHIND_STARTS: Final = ("~$", ".~lock.", ".~", "._", TEMPORARY_START)
"""Lock files of Excel and WPS, of LibreOffice, backups of WPS, what macOS adds to a file, our unfinished outputs."""
LEFT_BEHIND: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
"""What the systems' own file managers leave in folders."""
PROFILE_SUFFIX: Final = ".toml"
"""Of departments' own profiles: they lie beside the workbooks, and are not passed over but used."""

OPENED_BY_EXCEL: Final = TEMPLATE_SUFFIXES | {".csv", ".htm", ".html", ".mht", ".mhtml", ".slk", ".dif", ".dbf", ".xml"}
ARCHIVES: Final = frozenset({".zip", ".rar", ".7z", ".gz", ".tgz", ".tar"})
NO_WORKBOOK: Final = "不是工作簿"


class Skipped(NamedTuple):
    """A file, or folder, that is no input: its path as the user would type it, and why, in Chinese."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """`books` as pairs of path and the path as the user would type it; what was passed over; what was wrong.

    Of what programs leave behind (lock files) only the number is kept, in `locks`.
    """

    books: list[tuple[Path, str]]
    skipped: list[Skipped]
    locks: int
    errors: list[BookError]


def find_books(inputs: Sequence[str]) -> Found:
    """The workbooks that these inputs mean, each once, in the order of the inputs and sorted within a folder.

    Folders are searched below. What lies in them and is no workbook or our own output is skipped, with the reason; so
    is an own output that is named itself, unless nothing else is left: then that is an error of kind own-output.
    Errors are not raised but listed: missing, no-workbooks (a folder), not-a-workbook (a file named with another
    extension).

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
        search.give_up()
    return Found(search.books, search.skipped, search.locks, search.errors)


class Search:
    """What the inputs so far gave."""

    def __init__(self) -> None:
        self.books: list[tuple[Path, str]] = []
        self.skipped: list[Skipped] = []
        self.errors: list[BookError] = []
        self.locks = 0
        self._own: list[Skipped] = []
        self._folders: list[tuple[str, int]] = []
        self._seen: set[tuple[int, int] | str] = set()

    def take_in(self, given: str) -> None:
        """Takes in the files that one input means. Raises BookError if it means none."""
        before = len(self.skipped)
        workbooks = 0
        for met in candidates_of(given):
            workbooks += not met.reason and is_workbook_name(met.path.name)
            identity = identity_of(met.path)
            if identity not in self._seen:
                self._seen.add(identity)
                self._place(met)
        skipped = len(self.skipped) - before
        if not workbooks:
            raise _no_workbooks(given, skipped)
        if Path(given).is_dir():
            self._folders.append((given, skipped))
        else:
            self._own += self.skipped[before:]

    def _place(self, met: "Met") -> None:
        path = met.path
        if met.reason:
            self.skipped.append(Skipped(met.shown, met.reason))
        elif is_left_behind(path.name):
            self.locks += 1
        elif is_workbook_name(path.name):
            kind = own_kind(path)
            if kind in OWN_OUTPUTS:
                self.skipped.append(Skipped(met.shown, OWN_OUTPUTS[kind]))
            else:
                self.books.append((path, met.shown))
        elif path.suffix.lower() != PROFILE_SUFFIX:
            self.skipped.append(Skipped(met.shown, _no_workbook(path)))

    def give_up(self) -> None:
        """Nothing was found: our own outputs that were named themselves are errors, and so are folders full of them."""
        self.errors += [own_output(one.path) for one in self._own]
        self.errors += [_no_workbooks(*folder) for folder in self._folders]
        self.skipped = [one for one in self.skipped if one not in self._own]


def _no_workbook(path: Path) -> str:
    """Why a file that is named as no workbook is none."""
    suffix = path.suffix.lower()
    if suffix in ARCHIVES:
        return "压缩包，请先解压"
    if not suffix:
        return "没有扩展名，不知道是不是工作簿"
    if suffix in TEMPLATE_SUFFIXES:
        return "模板文件，填好的请另存为 .xlsx"
    if suffix in OPENED_BY_EXCEL:
        return "不是工作簿，里面有表的请另存为 .xlsx"
    if suffix == ".docx" and own_kind(path) == TEXT:
        return OWN_OUTPUTS[TEXT]
    return NO_WORKBOOK


def _no_workbooks(folder: str, skipped: int) -> BookError:
    remedy = "请核对文件夹；工作簿的扩展名是 .xlsx .xlsm .xlsb .xls .et .ods"
    message = f"文件夹里没有部门填报的工作簿，{skipped} 个文件都略过了" if skipped else "文件夹里没有工作簿"
    return BookError("no-workbooks", folder, message, remedy)


class Met(NamedTuple):
    """What an input means: a file, or, with a reason in Chinese, something that is not looked into."""

    path: Path
    shown: str
    reason: str = ""


def candidates_of(given: str) -> Iterator[Met]:
    """The files that one input means. Raises BookError if it is none, or is named with a foreign extension."""
    path = Path(given)
    if path.is_dir():
        base = given.replace(os.sep, "/").rstrip("/") or "/"
        yield from walk(path, base if base != "/" else "")
    elif not path.exists():
        raise missing(given)
    elif is_left_behind(path.name):
        remedy = "请给出工作簿本身"
        raise BookError("not-a-workbook", given, "是程序打开工作簿时留下的锁定文件或临时文件", remedy)
    elif not is_workbook_name(path.name):
        what = f"扩展名 {path.suffix} 不是工作簿的" if path.suffix else "没有扩展名，不知道是不是工作簿"
        raise BookError("not-a-workbook", given, what, remedy_for(path.suffix.lower()))
    else:
        yield Met(path, given)


def remedy_for(suffix: str) -> str:
    """What to do with a file that is named as no workbook."""
    if suffix in OPENED_BY_EXCEL:
        return SAVE_AS_XLSX
    return UNPACK if suffix in ARCHIVES else GIVE_A_WORKBOOK


def the_one_book(given: str) -> tuple[Path, str]:
    """The one workbook that is meant, with its name as given. Raises BookError for a folder or no workbook."""
    load(Path(given), given)
    return next(candidates_of(given))[:2]


def walk(folder: Path, shown: str) -> Iterator[Met]:
    """All files below, the files of a folder before its subfolders, each sorted by code point as on every system.

    Links to folders are not followed: they may lead round in circles.
    """
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        yield Met(folder, shown, "文件夹打不开，里面有什么不知道")
        return
    for entry in listed:
        if not entry.is_dir(follow_symlinks=False):
            yield Met(Path(entry.path), f"{shown}/{entry.name}", _not_looked_into(entry))
    for entry in listed:
        if entry.is_dir(follow_symlinks=False):
            yield from walk(Path(entry.path), f"{shown}/{entry.name}")


def _not_looked_into(entry: os.DirEntry[str]) -> str:
    """Why something that is no file is passed over."""
    if entry.is_file():
        return ""
    if entry.is_dir():
        return "通往别的文件夹的链接，没有跟过去"
    return "链接所指的文件不在" if entry.is_symlink() else "不是普通文件"


def is_left_behind(name: str) -> bool:
    """A lock file, or something else that a program left beside what people made."""
    return name.startswith(LEFT_BEHIND_STARTS) or name.lower() in LEFT_BEHIND


def is_workbook_name(name: str) -> bool:
    return PurePath(name).suffix.lower() in WORKBOOK_SUFFIXES and not is_left_behind(name)


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
    except Exception:  # whoever reads it, in a process of its own, will say what is wrong
        return ""


def own_output(shown: str) -> BookError:
    message = "是 xl-perf 写出的汇总、校验报告、回执或没有改动过的标注副本，不是部门填报的工作簿"
    return BookError("own-output", shown, message, "请给出部门填报的工作簿")
