"""Are the installed files, and the workbooks somebody asks about, as they must be?"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from xl_perf.desktop.items import BookFacts, Item, Versions
from xl_perf.desktop.system import System

_INSTALL = "请关闭 Excel，运行 xl-perf excel install"
_FRESH = "请用 xl-perf new 新工作簿.xlsm --from 这本工作簿，换成新的"


def installed_items(system: System, books: Sequence[BookFacts], versions: Versions) -> Iterator[Item]:
    """Add-in and template in their places."""
    for book in books:
        if not book.there:
            yield Item(book.what, f"没有 {book.path}", _INSTALL)
        elif book.problem is not None:
            yield Item(
                book.what, book.problem.message, "请关闭 Excel；仍读不了的，删去它，再运行 xl-perf excel install"
            )
        else:
            yield Item(book.what, str(book.path))
            yield from _book_items(system, book, versions, _INSTALL)


def workbook_items(system: System, books: Sequence[BookFacts], versions: Versions) -> Iterator[Item]:
    """Workbooks that were named on the command line."""
    for book in books:
        if book.problem is not None:
            yield Item(book.what, book.problem.message, book.problem.remedy)
        else:
            yield from _book_items(system, book, versions, _FRESH)


def _book_items(system: System, book: BookFacts, versions: Versions, renew: str) -> Iterator[Item]:
    yield _mark_item(system, book)
    if book.from_libreoffice:
        yield Item(f"{book.what}：保存者", "LibreOffice 保存过，其中的宏在 Excel 里已不能用", renew)
    else:
        yield Item(f"{book.what}：保存者", "不是 LibreOffice")
    yield _module_item(book, versions, renew)
    if book.version:
        yield _version_item(book, versions, renew)
    if book.forms:
        yield Item(f"{book.what}：表样", book.forms, book.forms_remedy)


def _mark_item(system: System, book: BookFacts) -> Item:
    what = f"{book.what}：网络标记"
    if not system.download_mark(book.path):
        return Item(what, "没有")
    if system.name == "macos":
        return Item(what, "有，宏会被拦住", f"请在终端运行 xattr -d com.apple.quarantine '{book.path}'")
    return Item(what, "有，Excel 会拦住其中的宏", "请右击文件—属性—勾选“解除锁定”—确定")


def _module_item(book: BookFacts, versions: Versions, renew: str) -> Item:
    what = f"{book.what}：xlwings 模块"
    if not book.macros:
        return Item(what, "工作簿不带宏；按钮由加载项在功能区提供")
    if not book.xlwings:
        return Item(what, "没有，其中的按钮不能用", renew)
    if book.xlwings != versions.xlwings:
        return Item(what, f"{book.xlwings}，而安装的 xlwings 是 {versions.xlwings}", renew)
    return Item(what, book.xlwings)


def _version_item(book: BookFacts, versions: Versions, renew: str) -> Item:
    what = f"{book.what}：模板版本"
    if _number(book.version) < _number(versions.template):
        return Item(what, f"{book.version}，程序用的是 {versions.template}", renew)
    if _number(book.version) > _number(versions.template):
        return Item(what, f"{book.version}，比程序用的 {versions.template} 新", "请升级 xl-perf")
    return Item(what, book.version)


def _number(version: str) -> tuple[int, ...]:
    """1.10 is newer than 1.9."""
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))


def script_items(scripts: Path, versions: Versions) -> Iterator[Item]:
    """macOS: what AppleScriptTask starts; its name carries the version that VBA asks for."""
    path = scripts / script_name(versions.xlwings)
    if path.is_file():
        yield Item("AppleScript", str(path))
    else:
        yield Item("AppleScript", f"没有 {path}", _INSTALL)


def script_name(xlwings: str) -> str:
    """As xlwings' VBA calls it."""
    return f"xlwings-{xlwings}.applescript"
