"""表上写着作废、取消或者是示例，仍计入合计。

为什么：不再申报的表、填写示例如果留在工作簿里，金额照样计入合计，合计就多了。
怎样认：标题、项目名称的括号里，或者工作表的名称里，有作废、废止、取消、停止、不再申报、示例、样例、样表、范例、旧版等字样；
或者表里、表下面单独写着“注：本项目作废”“本表取消”这样的话，报在那个单元格。
怎样改：不要的表请删去；照常申报的，去掉这些字样，或写明理由后接受这条警告。
依据：本程序读入所有填写过的表，不猜哪一张不算。
"""

import re
from collections.abc import Iterator
from typing import Final

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.checking.rules.base import Rule, in_form
from xl_perf.core.checking.seen import Seen
from xl_perf.core.forms.void_notes import VOID_WORDS
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile

_WORDS: Final = rf"{VOID_WORDS}|示\s*例|样\s*例|样\s*表|范\s*例|旧\s*版"
_BRACKETS: Final = frozenset("(（[【〔")
_IN_BRACKETS: Final = rf"[(（\[【〔](?:已|拟|本表)?(?:{_WORDS})[^()（）]{{0,6}}[)）\]】〕]"
"""Few titles have a bracket: it is compiled when one does."""
_REMEDY: Final = "不要的表请删去；照常申报的，请去掉这些字样"
_IN_NAME: Final = re.compile(_WORDS)


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form, on its top-left cell, or where a note says it."""
    for project in seen.projects:
        texts = (project.heading.typed, project.name.typed)
        found = next(filter(None, map(_in_brackets, texts)), None)
        found = found or _IN_NAME.search(project.sheet)
        if found is not None:
            message = f"“{project.title}”上写着“{found[0].strip()}”，金额仍计入合计"
            yield in_form(project, "S111", "标题", message, _REMEDY)
        elif project.void is not None:
            message = f"“{project.title}”上写着“{project.void.text}”，金额仍计入合计"
            yield at(project.void, "S111", "附注", message, _REMEDY)


def _in_brackets(text: Scalar) -> re.Match[str] | None:
    if not isinstance(text, str) or _BRACKETS.isdisjoint(text):
        return None
    return re.search(_IN_BRACKETS, text)


RULE = Rule("S111", Severity.WARNING, check, __doc__)
