"""得分高于按实际完成值计算的得分。

为什么：没有完成的指标不能得满分；填报人可以说明理由少给分，不能多给。
怎样认：得分大于计算得分，说明里写出算式。定性指标由 E907 查；得分大于分值的由 E906 报；
实际完成值没有填或看不懂的不算。
差额 = 填的得分 − 计算得分，单位分。计分方法可在口径文件 [evaluate] 里改，也可按行填“计分方法”。
表样按工作簿自动选的口径（没有人指定，也不是本程序的工作簿）时，只查年度指标值是数（≥、＞、≤、＜、＝而没有达到）、
没有达到却给满分的，报警告：各省扣多少不同，但没有达到不能满分。
怎样改：把得分改为不高于计算得分；实际完成值填错的先改实际完成值。
依据：财预〔2020〕10号：定量指标完成的记满分，未完成的按完成值与指标值的比例记分；口径文件 [evaluate]。
"""

from collections.abc import Iterator
from typing import Final

from xl_perf.core.checking.evaluated import EvaluatedRow, EvaluatedTable, minus
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile

_CLEAR: Final = frozenset({"≥", ">", "≤", "<"})


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        for row in one.rows:
            score, computed = row.row.score.value, row.scored.computed
            if score is None or computed is None or not computed < score <= row.points:
                continue
            if row.scored.band is not None or not (one.is_ours or _is_certain(one, row)):
                continue
            said = row.scored.explained
            is_product = "×" in said
            message = f"“{row.name}”得分 {score:.2f}，高于计算的 {computed:.2f}：{'分值' if is_product else ''}{said}"
            yield one.find(
                row.row.score,
                "E905",
                "得分",
                message,
                f"请改为不高于 {computed:.2f}；实际完成值填错的，先改实际完成值",
                found=f"{score:.2f}",
                expected=f"{computed:.2f}",
                difference=f"{minus(score, computed):.2f}",
                severity=None if one.is_ours else Severity.WARNING,
            )


def _is_certain(one: EvaluatedTable, row: EvaluatedRow) -> bool:
    """Full marks for a number that was missed: whatever the method, that is too much."""
    aim, actual = row.row.target.value, row.row.actual.value
    if aim is None or actual is None or row.row.weight.value is None or row.row.score.value != row.points:
        return False
    is_missed = aim.operator in _CLEAR or (aim.operator == "=" and (actual.low or 0) < (aim.low or 0))
    return aim.kind == "number" and is_missed


RULE = Rule("E905", Severity.ERROR, check, __doc__)
