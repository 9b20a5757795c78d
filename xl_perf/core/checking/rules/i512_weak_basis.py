"""指标值没有写依据，或依据不够有力。

为什么：依据说明指标值从哪里来；只凭经验，年终难以说明高低。
怎样认：指标值确定依据为空或只有占位符，报警告；只写了口径文件所列的依据（默认只有“工作经验”），报提示。
同时写了别的依据的不报。单位自己的样表，“对照”里“必填”是空的，空着不报。
怎样改：写明政策、标准、计划、合同或历史数据。
依据：用词见口径文件 words.weak_basis。
"""

import re
from collections.abc import Iterator
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Indicator, Project
from xl_perf.core.profile import Profile

_PARTS: Final = re.compile("[、,;/和及]")


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator: a warning for a blank, a hint for a weak basis."""
    weak = frozenset(profile.words.weak_basis)
    texts = {indicator.basis.value for indicator in seen.indicators.rows}
    lacking = {text for text in texts if text is None or _is_weak(text, weak)}
    for project, indicator in _rows(seen) if lacking else ():
        basis = indicator.basis
        if basis.value is None:
            if basis.is_empty and _is_demanded(project):
                message, remedy = "没有写指标值确定依据", "请写明政策、标准、计划、合同或历史数据"
                yield at(basis, "I512", "指标值确定依据", message, remedy)
        elif basis.value in lacking:
            message = f"依据只写了“{basis.text}”，不够有力"
            remedy = "最好写明政策、标准、计划、合同或历史数据"
            yield at(basis, "I512", "指标值确定依据", message, remedy, severity=Severity.HINT)


def _is_demanded(project: Project) -> bool:
    """The kind has a column for it; of an office's own form 对照 says that it must be filled in."""
    own = project.kind.learned
    return "basis" in project.kind.demanded and (own is None or "basis" in own.required)


def _rows(seen: Seen) -> Iterator[tuple[Project, Indicator]]:
    return ((project, indicator) for project in seen.projects for indicator in project.indicators)


def _is_weak(basis: str, weak: frozenset[str]) -> bool:
    """Every part of the basis is weak."""
    return weak.issuperset(_PARTS.split(folded(basis)))


RULE = Rule("I512", Severity.WARNING, check, __doc__)
