"""What the buttons call: one function per button, named as in `core.actions`.

VBA starts ``xl-perf button NAME`` or calls the function through RunPython. Whatever happens is said through the host
in Chinese; stderr stays ASCII, for VBA shows it in the system's code page. Nothing is imported here that the button
does not need: a person waits for it.
"""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import wraps
from typing import TYPE_CHECKING, Final

from xl_perf.core import actions
from xl_perf.core.errors import XlPerfError

if TYPE_CHECKING:
    from xl_perf.live.host import Host

PIPE: Final = "XL_PERF_PIPE"
"""Environment variable with the name of the pipe on which LibreOffice listens (``xl-perf office`` sets it)."""
BOOK: Final = "XL_PERF_BOOK"
"""Environment variable with the name of Excel's workbook that is worked on (the VBA sets it on Windows)."""
DONE: Final = 0
COULD_NOT: Final = 2

Work = Callable[["Host"], str | None]
"""Does what a button is for, and gives what is said to the person at the end, if anything."""


def _button(work: Work) -> Callable[[], int]:
    @wraps(work)
    def press() -> int:
        return _press(work)

    del press.__wrapped__  # it takes no arguments, and help() shall say so
    return press


@_button
def add_project(host: "Host") -> str:
    """新增项目: a new form sheet from 空白表, listed on 首页."""
    from xl_perf.live import projects

    return projects.add(host)


@_button
def copy_project(host: "Host") -> str:
    """复制项目: the active form once more, without its code."""
    from xl_perf.live import projects

    return projects.copy(host)


@_button
def delete_project(host: "Host") -> str | None:
    """删除项目: asks, then takes the active form away; `undo` brings it back."""
    from xl_perf.live import projects

    return projects.delete(host)


@_button
def import_projects(host: "Host") -> str | None:
    """导入项目: the forms of other workbooks become sheets of this one."""
    from xl_perf.live import importing

    return importing.import_projects(host)


@_button
def add_indicator_row(host: "Host") -> None:
    """增加指标行: one more row below the selected one, under the same first level."""
    from xl_perf.live import rows

    rows.add_indicator_row(host)


@_button
def delete_indicator_row(host: "Host") -> str:
    """删除指标行: the selected row of the indicator table; `undo` brings it back."""
    from xl_perf.live import rows

    return rows.delete_indicator_row(host)


@_button
def pick_indicators(host: "Host") -> str | None:
    """选用指标: the ticked rows of 指标库 go into blank rows of the form; `undo` takes them out again."""
    from xl_perf.live import library

    return library.pick(host)


@_button
def add_goal_row(host: "Host") -> None:
    """增加目标行: one more goal at the end."""
    from xl_perf.live import rows

    rows.add_goal_row(host)


@_button
def delete_goal_row(host: "Host") -> str:
    """删除目标行: the selected goal; `undo` brings it back."""
    from xl_perf.live import goal_rows

    return goal_rows.delete(host)


@_button
def fit_rows(host: "Host") -> None:
    """调整行高: every text of the active form shows whole."""
    from xl_perf.live import heights

    heights.fit_rows(host)


@_button
def fit_all_rows(host: "Host") -> str:
    """调整全部行高: every text of the whole book shows whole."""
    from xl_perf.live import low_rows

    return low_rows.fit_all(host)


@_button
def validate(host: "Host") -> str:
    """校验全部: checks the whole book, fills 校验结果, marks cells."""
    from xl_perf.live import validation

    return validation.validate(host)


@_button
def validate_sheet(host: "Host") -> str:
    """校验本表: checks the active form, fills 校验结果 and marks cells with what is found there."""
    from xl_perf.live import validation

    return validation.validate_sheet(host)


@_button
def next_finding(host: "Host") -> str:
    """下一个问题: goes to the next open finding of 校验结果, and says what is wrong there."""
    from xl_perf.live import going

    return going.go_next(host)


@_button
def previous_finding(host: "Host") -> str:
    """上一个问题: goes to the open finding before, and says what is wrong there."""
    from xl_perf.live import going

    return going.go_back(host)


@_button
def accept_warnings(host: "Host") -> str | None:
    """接受警告: asks why the selected warnings stand and who answers for it, and writes that on 校验结果."""
    from xl_perf.live import accepting

    return accepting.accept(host)


@_button
def normalise(host: "Host") -> str:
    """规范化: lists what can be written in the usual form, and writes it after a yes."""
    from xl_perf.live import edits

    return edits.normalise(host)


@_button
def consolidate(host: "Host") -> str:
    """汇总: fills 部门汇总 with live references to the forms."""
    from xl_perf.live import summary

    return summary.consolidate(host)


@_button
def publish(host: "Host") -> str:
    """发布文本: the performance text as .docx beside the book."""
    from xl_perf.service import publishing_open

    return publishing_open.publish(host)


@_button
def new_monitoring(host: "Host") -> str | None:
    """新建监控: a sheet with a monitoring table for each project, for a month that the person names."""
    from xl_perf.live import reports

    return reports.new_monitoring(host)


@_button
def update_monitoring(host: "Host") -> str:
    """更新监控: shares, lights and progress beside the monitoring tables, and 监控汇总 anew."""
    from xl_perf.live import reports

    return reports.update_monitoring(host)


@_button
def new_evaluation(host: "Host") -> str:
    """新建自评: a sheet with a self-evaluation for each project."""
    from xl_perf.live import reports

    return reports.new_evaluation(host)


@_button
def compute_scores(host: "Host") -> str:
    """计算得分: blank scores, explanations, 自评汇总 anew; `undo` takes the scores out again."""
    from xl_perf.live import reports

    return reports.compute_scores(host)


@_button
def plan_tasks(host: "Host") -> str:
    """任务分解: a list of tasks, or the projects that it lacks."""
    from xl_perf.live import tasks

    return tasks.plan(host)


@_button
def record_supervision(host: "Host") -> str:
    """登记监督: a further line of 监督记录."""
    from xl_perf.live import tasks

    return tasks.record_supervision(host)


@_button
def publish_monitoring(host: "Host") -> str | None:
    """发布监控: the monitoring tables of a month as .docx beside the book."""
    from xl_perf.service import publishing_open

    return publishing_open.publish_monitoring(host)


@_button
def publish_evaluation(host: "Host") -> str:
    """发布自评: the self-evaluations as .docx beside the book."""
    from xl_perf.service import publishing_open

    return publishing_open.publish_evaluation(host)


@_button
def pack(host: "Host") -> str:
    """打包上报: a macro-free workbook with its manifest and the draft of a mail, in a folder beside the book."""
    from xl_perf.submission import pack_open

    return pack_open.pack(host)


@_button
def compare_books(host: "Host") -> str | None:
    """与上次比较: what has changed since a workbook that the person chooses, as a list beside the book."""
    from xl_perf.service import comparing_open

    return comparing_open.compare(host)


@_button
def print_sheets(host: "Host") -> str | None:
    """打印: asks which sheets, and prints them without marks, into a PDF beside the book or on the printer."""
    from xl_perf.live import printing

    return printing.print_sheets(host)


@_button
def clear_marks(host: "Host") -> str:
    """清除标记: every marked cell looks as before."""
    from xl_perf.live import marks

    return marks.clear_marks(host)


@_button
def undo(host: "Host") -> str:
    """撤销上次操作: takes back what the last button changed in the book."""
    from xl_perf.live import undoing

    return undoing.undo(host)


def run(name: str, arguments: Sequence[str] = ()) -> int:  # noqa: ARG001  # xlwings reads them from sys.argv
    """Presses a button by its name, as ``xl-perf button NAME`` does. 0: done, or the person was told why not."""
    if actions.find(name) is None:
        known = "、".join(f"{action.name}（{action.caption}）" for action in actions.ACTIONS)
        return _complain(
            f"no button {name.encode('ascii', 'replace').decode()}",
            f"没有按钮 {name}，可用的有：{known}。",
        )
    press: Callable[[], int] = globals()[name]
    return press()


# --- a press ---------------------------------------------------------------------------------------------------


def _press(work: Work) -> int:
    """One action on the book, one at a time; every way out is a message through the host."""
    try:
        host = _host()
    except Exception as error:
        from xl_perf.files.crash_log import logged

        log = logged(error)
        return _complain(
            f"no workbook to work on, details in {log}",
            f"没有打开着的工作簿可以处理（详情在 {log}）。请在工作簿里按按钮；磁盘上的文件请用 xl-perf check 等命令。",
        )
    try:
        return _work(work, host)
    except Exception as error:
        from xl_perf.files.crash_log import logged

        log = logged(error)
        return _complain(
            f"the host does not answer, details in {log}",
            f"Excel 或 LibreOffice 没有回应（详情在 {log}）。请关闭其中的对话框后再试。",
        )


def _work(work: Work, host: "Host") -> int:
    from xl_perf.live import unfinished
    from xl_perf.live.host import Stopped
    from xl_perf.live.lock import Busy, lock_name, one_at_a_time

    action = actions.find(work.__name__)
    caption = work.__name__ if action is None else action.caption
    renamed = ""
    try:
        with one_at_a_time(lock_name(os.environ.get(PIPE, ""), host.book.fullname)) as held:
            unfinished.take_back(host, held.unfinished)
            host.finish_typing()
            renamed = host.name_cells_by_letters()
            if action is not None and not action.reads_only:
                host.check_changeable()
            held.note(unfinished.noted(host, caption))
            with host.working(caption), host.one_step(caption):
                said = _listed(host)
                outcome = "\n".join(filter(None, (work(host), said, renamed)))
                if action is not None and not action.reads_only:
                    _raise_rows(host)
    except Busy as error:
        host.tell_in_passing(str(error))
    except XlPerfError as error:
        host.tell("\n".join(filter(None, (str(error), renamed))), alarming=not isinstance(error, Stopped))
    except Exception as error:
        from xl_perf.files.crash_log import sentence_on

        host.tell(sentence_on(error), alarming=True)
    else:
        if outcome:
            host.tell(outcome)
    return DONE


def _listed(host: "Host") -> str:
    """首页 lists the forms that are there, whatever people did to their sheets by hand since the last press."""
    from xl_perf.live import cover, project_lists
    from xl_perf.live.protection import Locked

    if host.is_read_only:
        return ""
    with suppress(Locked):  # somebody's own password: the list stays as it is
        return "\n".join(filter(None, (cover.refresh(host), project_lists.mend(host))))
    return ""


def _raise_rows(host: "Host") -> None:
    """No text of the sheet in front is cut off, also where somebody prints it now."""
    from xl_perf.live import low_rows

    low_rows.raise_in_front(host)


def _host() -> "Host":
    """The book that the button stands in: Excel's caller, or the active one of the LibreOffice that started us."""
    from xl_perf.engines import xlwings_import
    from xl_perf.live.host import Host

    xlwings = xlwings_import.load()
    pipe = os.environ.get(PIPE)
    if pipe:
        from xl_perf.engines.libreoffice import connect

        return Host(connect(pipe).books.active)
    name = os.environ.get(BOOK)
    if name and not any(one.startswith("--wb=") for one in sys.argv):  # older macros give it there
        from xl_perf.engines import excel

        return Host(excel.calling_book(xlwings, name))
    return Host(xlwings.Book.caller())


def _complain(ascii_text: str, chinese: str) -> int:
    """For whoever calls without a host. VBA gets ASCII, which it reads in the system's code page; people Chinese."""
    is_vba = PIPE in os.environ or any(one.startswith(("--wb=", "--from_xl=")) for one in sys.argv)
    with suppress(OSError):
        text = f"xl-perf button: {ascii_text.encode('ascii', 'replace').decode()}" if is_vba else chinese
        print(text, file=sys.stderr)
    return COULD_NOT
