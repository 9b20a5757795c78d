"""表上写着作废、取消或者是示例，仍计入合计。

为什么：不再申报的表、填写示例如果留在工作簿里，金额照样计入合计，合计就多了。
怎样认：标题、项目名称的括号里，或者工作表的名称里，有作废、废止、取消、停止、不再申报、示例、样例、样表、范例、旧版等字样。
怎样改：不要的表请删去；照常申报的，去掉这些字样，或写明理由后接受这条警告。
依据：本程序读入所有填写过的表，不猜哪一张不算。
"""

import re
from collections.abc import Iterator
from typing import Final

from xl_perf.core.checking.rules.base import Rule, in_form
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile

_WORDS: Final = r"作\s*废|废\s*止|取\s*消|停\s*止|不再申报|示\s*例|样\s*例|样\s*表|范\s*例|旧\s*版"
_IN_BRACKETS: Final = re.compile(rf"[(（\[【〔](?:已|拟|本表)?(?:{_WORDS})[^()（）]{{0,6}}[)）\]】〕]")
_IN_NAME: Final = re.compile(_WORDS)


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form, on its top-left cell."""
    for project in seen.projects:
        texts = (project.heading.typed, project.name.typed)
        found = next((one for text in texts if isinstance(text, str) and (one := _IN_BRACKETS.search(text))), None)
        found = found or _IN_NAME.search(project.sheet)
        if found is not None:
            message = f"“{project.title}”上写着“{found[0].strip()}”，金额仍计入合计"
            yield in_form(project, "S111", "标题", message, "不要的表请删去；照常申报的，请去掉这些字样")


RULE = Rule("S111", Severity.WARNING, check, __doc__)
