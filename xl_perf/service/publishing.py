"""Publishing: the performance text of a workbook."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from xl_perf.core.errors import OutputError
from xl_perf.core.making.converting import writable
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Severity
from xl_perf.core.profile import Profile
from xl_perf.service.checking import check
from xl_perf.service.placing import Written

_MOST: Final = 10
"""Rows that are named."""


def check_text_output(out: str, source: Path, overwrite: bool = False) -> None:
    """Raises `OutputError` early if OUT (.docx or .pdf) must not be written."""
    from xl_perf.text import publishing

    publishing.check_text_target(Path(out), [source], overwrite)


def publish(out: str, department: Department, profile: Profile, *, laid_out: bool = True) -> Written:
    """The performance text of a department as .docx, or as .pdf through LibreOffice.

    Without ``laid_out`` the page numbers of a .docx are worked out, which saves the seconds that LibreOffice takes.

    What is wrong in the workbook does not keep it from being published: `check` says it. Raises `OutputError` where
    OUT cannot be written or LibreOffice is missing.
    """
    from xl_perf.text import publishing

    output, remark = publishing.publish(Path(out), writable(department, profile.first_kind), profile, laid_out=laid_out)
    return Written(output.path, output.notice, [remark] if remark else ())


def not_printed(left: Sequence[str]) -> str:
    """That some cells (``01!I3、J3``, a row each) are not in the text, in Chinese."""
    more = f"等 {len(left)} 行" if len(left) > _MOST else ""
    return f"有内容没有印进文本（在表样上找不到它们的填写处）：{'；'.join(left[:_MOST])}{more}"


def publish_beside(workbook: str, department: Department, profile: Profile, left: Sequence[str] = ()) -> str:
    """The text as .docx beside an open workbook, an earlier one replaced; gives what the person is told.

    ``left`` are the cells that found no place in it.

    Raises `OutputError` where the workbook was never saved, or where somebody else's file has the name.
    """
    out = text_beside(workbook, "绩效文本", "发布文本")
    lines = [publish(out, department, profile).message("绩效文本"), *errors_left(department, profile)]
    if left:
        lines.append(f"{not_printed(left)}。")
    if not department.projects:
        lines.append("还没有填写的项目表，文本里也就没有。")
    return "\n".join(lines)


def errors_left(department: Department, profile: Profile) -> list[str]:
    """What the person is told of errors in an open workbook, from which something was published all the same."""
    errors = sum(one.severity is Severity.ERROR for one in check(department, profile))
    return [f"工作簿里还有 {errors} 个错误，请按“校验全部”，改正后重新发布。"] if errors else []


def text_beside(workbook: str, what: str, button: str) -> str:
    """Where a document (.docx) about an open workbook goes: beside it. ``button`` is what a person presses again.

    Raises `OutputError` where the workbook was never saved, or where somebody else's file has the name.
    """
    if "://" in workbook:
        raise OutputError("这本工作簿在云端，文本不能放在它旁边", f"请把工作簿另存到本机，再按“{button}”")
    path = Path(workbook)
    if not path.is_absolute():
        raise OutputError("这本工作簿还没有保存过，不知道文本该放在哪里", f"请先保存工作簿，再按“{button}”")
    out = str(path.with_name(f"{path.stem}-{what}.docx"))
    try:
        check_text_output(out, path)
    except OutputError as error:  # whoever presses a button gives neither options nor names
        raise OutputError(error.message, f"请把它改名或移到别处，再按“{button}”") from None
    return out
