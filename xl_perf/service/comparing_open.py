"""与上次比较: the open workbook against files that the person chooses, listed in a workbook beside it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.values import plain
from xl_perf.core.comparing.diff import diff
from xl_perf.core.comparing.not_compared import CALLED
from xl_perf.core.comparing.records import Difference, Pair, ProjectDifference, SideName, signed
from xl_perf.core.comparing.wording import CHANGED, about, counted
from xl_perf.core.errors import BookError, OutputError
from xl_perf.core.model.department import Department
from xl_perf.files.inputs import Found
from xl_perf.files.output import check_target
from xl_perf.live import asking_files, reading
from xl_perf.live.host import NotHere
from xl_perf.service.comparing import Given, write_changes

if TYPE_CHECKING:
    from xl_perf.core.forms.kinds import Kinds
    from xl_perf.live.host import Host

_TITLE: Final = "选择上次的工作簿，与当前的比较"
_MOST: Final = 8
"""Projects, and remarks, that are named one by one."""


def compare(host: "Host") -> str | None:
    """Asks which workbooks are the former ones, and writes what has changed since; gives what the person is told.

    None where the person cancels. Raises `NotHere` where none of them can be read, `OutputError` where the list cannot
    be written.
    """
    paths = _chosen(host)
    if not paths:
        return None
    out = _beside(host.book.fullname)
    former = _read(paths, host)
    difference = diff(former, reading.department_of(host))
    name = Path(host.book.fullname).name
    sides = [_side(SideName.OLD, paths), _side(SideName.NEW, [name])]
    check_target(out, [Path(path) for path in (*paths, host.book.fullname)])
    written = write_changes(str(out), difference, sides)
    return "\n".join([*_said(difference, former), written.message("变动表")])


def _chosen(host: "Host") -> list[str]:
    return asking_files.files(host, _TITLE)


def _side(name: SideName, paths: Sequence[str]) -> Given:
    books = [(Path(path), Path(path).name) for path in paths]
    return Given(name, "、".join(shown for _, shown in books), Found(books, [], 0, []))


def _beside(fullname: str) -> Path:
    path = Path(fullname)
    if "://" in fullname or not path.is_absolute():
        where = "在云端" if "://" in fullname else "还没有保存过"
        raise OutputError(f"这本工作簿{where}，变动表不知道放在哪里", "请先把工作簿保存到本机，再按“与上次比较”")
    return path.with_name(f"{path.stem}-变动.xlsx")


def _read(paths: Sequence[str], host: "Host") -> list[Department]:
    """The former workbooks, read in a process that is held to limits: they came by mail."""
    from xl_perf.saved.guarded import Readers
    from xl_perf.saved.limits import Limits

    found = []
    with Readers(Limits(is_fixed=True)) as readers:
        for path in host.steps(paths, "读取文件"):
            name = Path(path).name
            if Path(path) == Path(host.book.fullname):
                raise NotHere("选的就是当前工作簿自己", "请选上次的那一本")
            try:
                found.append(readers.read(_department, name, path, name, host.known_kinds))
            except BookError as error:
                raise NotHere(str(error).rstrip("。"), "请换一本再比较") from None
    return found


def _department(path: str, shown: str, kinds: "Kinds") -> Department:
    from xl_perf.saved.sent import department_in
    from xl_perf.saved.workbook import read_book
    from xl_perf.service.checking import named_by_file

    return named_by_file(department_in(read_book(Path(path), shown), kinds)[0])[0]


# --- what is said ----------------------------------------------------------------------------------------------------


def _said(difference: Difference, former: Sequence[Department]) -> list[str]:
    shown = "、".join(one.path for one in former)
    if difference.is_empty:
        lines = [f"与 {shown} 相比没有变化。"]
    else:
        budget = difference.amounts["budget"]
        change = f"（{signed(budget.difference)}）" if budget.difference else ""
        lines = [
            f"与 {shown} 相比：{counted(difference.departments)}。",
            f"预算数合计 {plain(budget.old)} → {plain(budget.new)} 万元{change}。",
        ]
        changed = [project for one in difference.departments for project in one.projects]
        lines += [_line(one) for one in changed[:_MOST]]
        if len(changed) > _MOST:
            lines.append(f"……等 {len(changed)} 个项目，全部在变动表里。")
    remarks = [*difference.notes, *(one.note for one in difference.departments if one.note)]
    remarks += [f"没有比：{CALLED[one.side]} {one.path} {one.reason}" for one in difference.not_compared]
    lines += [f"{remark.rstrip('。')}。" for remark in dict.fromkeys(remarks[:_MOST])]
    if len(remarks) > _MOST:
        lines.append(f"……等 {len(remarks)} 条，全部在变动表里。")
    return lines


def _line(project: ProjectDifference) -> str:
    budget = project.amounts.get("budget", Pair())
    amount = f" {signed(budget.difference)} 万元" if budget.difference else ""
    return " ".join(filter(None, (f"{CHANGED[project.change]}“{project.title}”{amount}", about(project))))
