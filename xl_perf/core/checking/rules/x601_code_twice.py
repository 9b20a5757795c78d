"""项目编码重复。

为什么：编码是项目的唯一标识。
怎样认：同一部门中两张表的编码相同（空格、全角半角不计较）；占位符不算编码。一次检查多个部门时，
不同部门之间编码相同报警告。在后出现的表上报，说明里指出先出现的位置。
怎样改：核对编码，改正填错的一张；重复的表请删去。
依据：预算管理一体化系统中项目编码唯一。
"""

from collections.abc import Iterator

from xl_perf.core.cells.characters import folded
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per further form with the same code."""
    first: dict[str, Project] = {}
    for project in seen.projects:
        code = folded(project.code.value or "")
        other = first.setdefault(code, project) if code else project
        if other is not project:
            message = f"项目编码 {code} 与{other.code.sheet}!{other.code.cell}（{other.title}）相同"
            yield at(project.code, "X601", "项目编码", message, "请核对编码；重复的表请删去")


RULE = Rule("X601", Severity.ERROR, check, __doc__)
