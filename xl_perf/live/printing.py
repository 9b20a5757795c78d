"""打印: forms, 整体绩效目标 and 部门汇总 as they are handed in, without marks and colours of states.

The program that holds the book writes the PDF, or sends the sheets to the printer. In Excel the sheets are meanwhile
printed black on white, which leaves fills out; LibreOffice prints a copy from which they were taken. The book stays as
it is, but for rows that were too low for their texts.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.grid import Book
from xl_perf.core.checking import check as checking
from xl_perf.core.reading import read_department
from xl_perf.core.workbook.sheets import GOALS_SHEET, SUMMARY_SHEET
from xl_perf.live import marks, summary
from xl_perf.live.host import NotHere
from xl_perf.live.low_rows import raise_rows
from xl_perf.live.protection import is_visible
from xl_perf.live.reading import profile_of
from xl_perf.live.typed_percents import read_corrected
from xl_perf.sheets.summary_frame import OUTDATED

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.live.host import Host

FORMS: Final = "全部项目表"
WAYS: Final = ("写成 PDF，放在工作簿旁边", "直接送到打印机")
ALL: Final = "全部"
_OUTDATED: Final = frozenset({"T701", "T702"})
"""Rules that say that 部门汇总 does not show what the forms hold."""
_OF_OUTDATED: Final = ("先重新汇总，再打印", "照现在的样子打印（合计不是各项目表现在的数）")
_PDF: Final = 0  # xlTypePDF
_FORBIDDEN: Final = re.compile(r'[<>"|\x00-\x1f]')
"""Characters that a sheet's name may have and a file's on Windows may not."""


def print_sheets(host: "Host") -> str | None:
    """Asks what is printed and how, and prints it. None where the person cancels.

    Raises `NotHere` where there is nothing to print, no place for the file, no printer, or either refuses.
    """
    if sys.platform == "darwin" and host.app.engine.name == "excel":
        raise NotHere("这个按钮在 Excel for Mac 里不能用", "请用“文件”菜单的“打印”，也可以在那里存为 PDF")
    book, corrected = read_corrected(host)
    choices = _choices(host, book)
    picked = host.choose("要打印哪些表？", [f"{name}（{len(sheets)} 张）" for name, sheets in choices])
    how = None if picked is None else host.choose("写成 PDF，还是直接打印？", WAYS)
    if picked is None or how is None:
        return None
    name, sheets = choices[picked]
    remark = _outdated(host, book, sheets)
    if remark is None:
        return None
    said = _to_pdf(host, book, name, sheets) if how == 0 else _to_printer(host, book, sheets)
    return said and "\n".join(filter(None, (said, remark, corrected)))


def _outdated(host: "Host", book: Book, sheets: Sequence[str]) -> str | None:
    """Has 部门汇总 filled anew before it is printed, if it is outdated and the person says yes.

    What is to be said of it at the end; None where the person goes no further.
    """
    if SUMMARY_SHEET not in sheets:
        return ""
    department = read_department(book, host.kinds)
    found = checking.check(department, profile_of(host.book, department))
    wrong = [f"{one.message}。" for one in found if one.code in _OUTDATED and one.sheet == SUMMARY_SHEET]
    if OUTDATED not in str(host.book.sheets[SUMMARY_SHEET].range("A1").value) and not wrong:
        return ""
    if not host.is_read_only:
        picked = host.choose(f"“{SUMMARY_SHEET}”已过时，怎样打印？", _OF_OUTDATED)
        if picked is None:
            return None
        if picked == 0:
            with host.front_kept():
                return f"“{SUMMARY_SHEET}”已重新汇总。{summary.consolidate(host)}"
    return f"注意：“{SUMMARY_SHEET}”已过时，合计不是各项目表现在的数。{wrong[0] if wrong else ''}"


def _to_printer(host: "Host", book: Book, sheets: Sequence[str]) -> str:
    """Sends the sheets to the printer that the program has chosen, as one job."""
    if not host.is_read_only:
        raise_rows(host, book, sheets)
    try:
        with _as_handed_in(host, sheets):
            printer = _printed(host, sheets)
    except Exception as error:  # each host has its own
        why = "没有安装打印机，打印机没有回应，或者有的表、整本设有密码保护"
        raise NotHere(f"没有打印成：{why}", "请检查打印机、撤消保护，或者改为写成 PDF") from error
    if not printer:
        raise NotHere("这台电脑没有安装打印机，没有打印", "请先在系统里添加打印机，或者改为写成 PDF")
    return f"已把 {len(sheets)} 张表送到打印机：{printer}\n不带校验标记和颜色。"


def _printed(host: "Host", names: Sequence[str]) -> str:
    """The name of the printer that has got the sheets; empty where there is none."""
    plain = [name for name in names if name != SUMMARY_SHEET]
    if host.app.engine.name == "libreoffice":
        return str(host.book.impl.print_out(names, plain))
    with _black_on_white([host.book.sheets[name] for name in plain]):
        host.book.api.Worksheets(tuple(names)).PrintOut()
    return str(host.app.api.ActivePrinter)


def _to_pdf(host: "Host", book: Book, name: str, sheets: Sequence[str]) -> str | None:
    """Writes the sheets as a PDF beside the book. None where the person cancels."""
    folder, stem = _beside(host)
    path = folder / f"{stem}-{_FORBIDDEN.sub('_', name)}.pdf"
    if path.exists() and not host.ask(f"已有“{path.name}”，要替换吗？"):
        return None
    if not host.is_read_only:
        raise_rows(host, book, sheets)
    try:
        with _as_handed_in(host, sheets):
            _write(host, path, sheets)
    except Exception as error:  # each host has its own
        why = "这个文件可能正打开着，文件夹可能不能写，或者有的表、整本设有密码保护"
        raise NotHere(
            f"没有写成“{path.name}”：{why}", "请关闭打开着的 PDF、撤消保护，或把工作簿另存到别处，再按一次"
        ) from error
    if not path.is_file():
        raise NotHere(f"没有写成“{path.name}”", "请检查工作簿所在的文件夹能不能写，再按一次")
    return f"已把 {len(sheets)} 张表写成 PDF：{path}\n不带校验标记和颜色，可以直接打印。"


def _beside(host: "Host") -> tuple[Path, str]:
    """The folder of the book, and the book's name without its ending."""
    if "://" in host.book.fullname:
        raise NotHere("这本工作簿在云端，PDF 不能放在它旁边", "请把工作簿另存到本机，再按一次；或者直接打印")
    path = Path(host.book.fullname)
    if not path.is_absolute():
        raise NotHere("这本工作簿还没有保存过，不知道 PDF 该放在哪里", "请先保存工作簿，再按一次；或者直接打印")
    return path.parent, path.stem


def _choices(host: "Host", book: Book) -> list[tuple[str, list[str]]]:
    """What can be printed, with the names of the sheets in their order; the sheet in front first."""
    shown = [sheet.name for sheet in host.book.sheets if is_visible(sheet)]
    projects = {project.sheet for project in read_department(book, host.kinds).projects}
    forms = [name for name in shown if name in projects]
    groups: list[tuple[str, list[str]]] = [(FORMS, forms)]
    groups += [(name, [name]) for name in (GOALS_SHEET, SUMMARY_SHEET) if name in shown]
    everything = [name for name in shown if name in {one for _, sheets in groups for one in sheets}]
    found = [(name, sheets) for name, sheets in (*groups, (ALL, everything)) if sheets]
    if host.active.name in forms:
        found.insert(0, (host.active.name, [host.active.name]))
    if not found:
        raise NotHere("没有可以打印的项目表", "请先填写项目表，再按一次")
    return found


def _write(host: "Host", path: Path, names: Sequence[str]) -> None:
    if host.app.engine.name == "libreoffice":
        host.book.impl.print_clean(str(path), names, plain=[name for name in names if name != SUMMARY_SHEET])
        return
    sheets = [host.book.sheets[name] for name in names]
    with host.front_kept(), _black_on_white([one for one in sheets if one.name != SUMMARY_SHEET]):
        front, selection = host.active, host.app.selection
        for number, sheet in enumerate(sheets):
            sheet.api.Select(number == 0)  # the others join the first
        try:
            host.book.api.ActiveSheet.ExportAsFixedFormat(
                Type=_PDF, Filename=str(path), IgnorePrintAreas=False, OpenAfterPublish=False
            )
        finally:
            front.api.Select(True)  # sheets that are selected together would all be typed into
            if selection is not None:
                selection.select()


@contextmanager
def _as_handed_in(host: "Host", names: Sequence[str]) -> Iterator[None]:
    """部门汇总 keeps its colours on paper, for it has charts, but not those of marks."""
    if SUMMARY_SHEET not in names:
        yield
        return
    with host.not_changed(), marks.lifted(host, host.book.sheets[SUMMARY_SHEET]):
        yield


@contextmanager
def _black_on_white(sheets: "Sequence[Sheet]") -> Iterator[None]:
    """Excel prints no fills and no coloured texts of these sheets, as long as the block runs."""
    changed = []
    try:
        for sheet in sheets:
            setup = sheet.api.PageSetup
            if not setup.BlackAndWhite:
                setup.BlackAndWhite = True
                changed.append(setup)
        yield
    finally:
        for setup in changed:
            setup.BlackAndWhite = False
