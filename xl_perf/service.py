"""The use cases. Each function does one thing that a person asks for, and knows no file format's details.

Errors that a person can mend are `BookError` or `OutputError` (both `XlPerfError`), in Chinese.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xl_perf.books.inputs import Found, find_books, the_one_book
from xl_perf.books.output import WITH_MACROS, check_new, check_target, replacing
from xl_perf.core.errors import BookError, OutputError
from xl_perf.core.findings import Severity
from xl_perf.core.model import Department
from xl_perf.core.profile import Profile
from xl_perf.core.totals import Totals, add_up, totals_of
from xl_perf.examining import check, examine, examine_all, read
from xl_perf.results import BookResult, OwnProfile, own_profile, result_of

if TYPE_CHECKING:
    from xl_perf.core.rolling import Amounts

__all__ = ["BookResult", "OwnProfile", "check", "examine", "examine_all", "own_profile", "read", "result_of"]


class Written(NamedTuple):
    """Where an output landed, and a Chinese sentence if that is not where it was meant to."""

    path: Path
    notice: str | None = None

    def message(self, what: str) -> str:
        """One line for the person who asked for it."""
        return self.notice or f"已写出{what}：{self.path}"


def find(inputs: Sequence[str]) -> Found:
    """The workbooks that the inputs (files and folders, mixed) stand for, and the inputs that stand for none."""
    return find_books(inputs)


def check_output(out: str, found: Found, overwrite: bool = False) -> None:
    """Raises `OutputError` early if OUT must not be written."""
    check_target(Path(out), [path for path, _ in found.books], overwrite)


def write_report(out: str, results: Iterable[BookResult], said: Callable[[], str] = str) -> Written:
    """The findings workbook, 总览 and 明细: at most one row per finding in memory.

    ``said`` is asked at the end which profiles the results were found by; it stands at the top of 总览.
    """
    from xl_perf.books.report import Report

    with replacing(Path(out)) as output, Report(output.temp) as report:
        for result in results:
            if result.error is not None:
                report.add_error(result.error)
            else:
                report.add(result.path, result.department, result.year, result.lines, result.findings)
        report.said = said()
    return Written(output.path, output.notice)


def consolidate(
    out: str, found: Found, profile: Profile, results: Iterable[BookResult], said: Callable[[], str] = str
) -> Written | None:
    """The summary workbook of one book (部门汇总) or of many (汇总, 明细); None if not one book could be read.

    Books that could not be read are listed in the summary of many. ``said`` is asked at the end which profiles the
    results were found by; it stands at the top of the findings.
    """
    if len(found.books) + len(found.errors) == 1:
        return _consolidate_one(out, profile, next(iter(results)), said)
    from xl_perf.books.combined import CombinedSummary

    with replacing(Path(out)) as output:
        read_any = False
        with CombinedSummary(output.temp, profile) as summary:
            for result in results:
                if result.error is not None:
                    summary.add_error(result.error)
                else:
                    read_any = True
                    summary.add(
                        result.path, result.department, result.year, result.lines, result.findings, result.totals
                    )
            summary.said = said()
        if not read_any:
            raise BookError("no-workbooks", out, "没有写出，因为没有一本工作簿能读", "请先处理上面列出的文件")
    return Written(output.path, output.notice)


def _consolidate_one(out: str, profile: Profile, result: BookResult, said: Callable[[], str]) -> Written | None:
    from xl_perf.books.summary import write_summary

    if result.error is not None:
        return None
    with replacing(Path(out)) as output:
        settings = result.own.profile if result.own else profile
        write_summary(
            output.temp,
            result.path,
            result.department,
            result.year,
            result.lines,
            result.findings,
            settings,
            said(),
        )
    return Written(output.path, output.notice)


# --- new workbooks ---------------------------------------------------------------------------------------------------


class Made(NamedTuple):
    """A new workbook: where it landed, what is in it, and which sources could not be read."""

    written: Written
    totals: Totals
    notes: tuple[str, ...]
    errors: tuple[BookError, ...]


def new_workbook(
    out: str,
    sources: Sequence[str],
    name: str | None,
    year: int | None,
    profile: Profile,
    amounts: "Amounts | None" = None,
) -> Made:
    """A department workbook, empty or with all forms of the sources: performance texts, workbooks and folders of them.

    A .xlsm has buttons.

    With ``year`` every source is rolled forward from its own year (`core.rolling`), with what ``amounts`` says, which
    are kept otherwise. Raises `OutputError` where OUT exists or cannot be written, `BookError` where not one source can
    be read. A bad source among good ones is listed in the result, and so is every text of a source that found no place.
    """
    from xl_perf.core.merging import merge, origins
    from xl_perf.core.rolling import Amounts, roll
    from xl_perf.text.sources import read_sources

    check_new(Path(out), WITH_MACROS)
    sought = read_sources(sources)
    if sources and not sought.departments:
        raise sought.errors[0]
    rolled = [roll(department, year, amounts or Amounts.KEEP) for department in sought.departments]
    department = merge([one.department for one in rolled], name, year)
    written = _write_department(out, department, profile, new=True)
    notes = (*origins(sought.departments), *(note for one in rolled for note in one.notes), *sought.unplaced)
    return Made(written, add_up(map(totals_of, department.projects)), notes, sought.errors)


# --- the performance text ------------------------------------------------------------------------------------------


def check_text_output(out: str, source: Path, overwrite: bool = False) -> None:
    """Raises `OutputError` early if OUT (.docx or .pdf) must not be written."""
    from xl_perf.text import publishing

    publishing.check_text_target(Path(out), [source], overwrite)


def publish(out: str, department: Department, profile: Profile) -> Written:
    """The performance text of a department as .docx, or as .pdf through LibreOffice.

    What is wrong in the workbook does not keep it from being published: `check` says it. Raises `OutputError` where
    OUT cannot be written or LibreOffice is missing.
    """
    from xl_perf.text import publishing

    output = publishing.publish(Path(out), department, profile)
    return Written(output.path, output.notice)


def publish_beside(workbook: str, department: Department, profile: Profile) -> str:
    """The text as .docx beside an open workbook, an earlier one replaced; gives what the person is told.

    Raises `OutputError` where the workbook was never saved, or where somebody else's file has the name.
    """
    path = Path(workbook)
    if not path.is_absolute():
        raise OutputError("这本工作簿还没有保存过，不知道文本该放在哪里", "请先保存工作簿，再按“发布文本”")
    out = str(path.with_name(f"{path.stem}-绩效文本.docx"))
    try:
        check_text_output(out, path)
    except OutputError as error:  # whoever presses a button gives neither options nor names
        raise OutputError(error.message, "请把它改名或移到别处，再按“发布文本”") from None
    errors = sum(one.severity is Severity.ERROR for one in check(department, profile))
    lines = [publish(out, department, profile).message("绩效文本")]
    if errors:
        lines.append(f"工作簿里还有 {errors} 个错误，请按“校验全部”，改正后重新发布。")
    if not department.projects:
        lines.append("还没有填写的项目表，文本里也就没有。")
    return "\n".join(lines)


# --- templates -----------------------------------------------------------------------------------------------------


def write_template(out: str, profile: Profile, overwrite: bool = False) -> Written:
    """The blank template, .xlsm with buttons or .xlsx without; as .xlam the add-in, which brings the buttons only.

    Raises `OutputError` where OUT must not or cannot be written.
    """
    check_target(Path(out), (), overwrite, (*WITH_MACROS, ".xlam"))
    if Path(out).suffix.lower() != ".xlam":
        from xl_perf.core.merging import merge

        return _write_department(out, merge([]), profile)
    from xl_perf.books.template import write_addin

    with replacing(Path(out)) as output:
        write_addin(output.temp)
    return Written(output.path, output.notice)


def _write_department(out: str, department: Department, profile: Profile, *, new: bool = False) -> Written:
    from xl_perf.books.template import write_department

    with replacing(Path(out), new=new) as output:
        write_department(output.temp, department, profile, macros=output.path.suffix.lower() == ".xlsm")
    return Written(output.path, output.notice)


# --- LibreOffice -----------------------------------------------------------------------------------------------------


def open_in_office(book: str, headless: bool, pipe: str | None, say: Callable[[str], None]) -> None:
    """Opens a workbook in LibreOffice with working buttons, listening on the pipe; stays until it is closed.

    ``say`` is told in Chinese what people should know. Raises `BookError` for what is no workbook, `XlPerfError` where
    LibreOffice or its bridge to Python is missing or does not start.
    """
    from xl_perf.books.libreoffice import office

    path, shown = the_one_book(book)
    name = pipe or office.free_pipe()
    with office.running(name, headless=headless) as app:
        office.open_with_buttons(app, path)
        say(f"已在 LibreOffice 中打开 {shown}，关闭窗口后结束。管道：{name}")
        if path.suffix.lower() == ".xlsm":
            say(
                "注意：LibreOffice 保存的 .xlsm 在 Excel 里宏会失效；要交给 Excel 用时，"
                f"请另建一本：xl-perf new 新文件.xlsm --from {shown}"
            )
        office.wait_until_closed(app)
