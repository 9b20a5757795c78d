"""定性指标的得分不在所选的档内，或需要填得分而没有填。

为什么：定性指标按达成的程度分三档给分，选了哪一档，得分就在哪一档的范围里。
怎样认：得分不在实际完成值那一档的范围内，说明里写出范围（18.00 ≤ 得分 < 24.00）；第二、
三档和直接赋分的没有填得分。第一档没有填得分的按满分算，不报。得分小于 0 或大于分值的由 E906 报，
实际完成值不是三档之一的由 E904 报。表样按工作簿自动选的口径（没有人指定，
也不是本程序的工作簿）时不查得分在哪一档：各省三档的界限不同；只在别的行填了得分、
这一行分值填了而得分空着时报警告。
怎样改：把得分改到这一档的范围里，或改选实际完成值的档。
依据：财预〔2020〕10号：三档为 100%-80%（含）、80%-60%（含）、60%-0；界限见口径文件 evaluate.bands。
"""

from collections.abc import Iterator

from xl_perf.core.checking.evaluated import EvaluatedRow, EvaluatedTable, is_left_blank
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        has_scores = any(row.row.score.value is not None for row in one.rows)
        for row in one.rows:
            if one.is_ours:
                yield from _in_band(one, row)
            elif has_scores and row.row.weight.value and is_left_blank(row.row.score):
                message = f"“{row.name}”没有填得分，别的指标都填了"
                yield one.find(row.row.score, "E907", "得分", message, "请填得分", severity=Severity.WARNING)


def _in_band(one: EvaluatedTable, row: EvaluatedRow) -> Iterator[Finding]:
    band, score = row.scored.band, row.row.score
    if band is None:
        return
    if score.value is None:
        if row.scored.computed is None and not score.text:
            message = f"“{row.name}”需要填得分：{row.scored.explained}"
            yield one.find(score, "E907", "得分", message, f"请填得分，{band.said}", expected=band.said)
        return
    if 0 <= score.value <= row.points and not band.holds(score.value):
        message = f"“{row.name}”得分 {score.value:.2f} 不在所选的档内：{row.scored.explained}"
        remedy = f"请改得分（{band.said}），或改选实际完成值的档"
        nearest = band.low if score.value < band.low else band.high
        difference = f"{score.value - nearest:.2f}" if score.value != nearest else None
        yield one.find(score, "E907", "得分", message, remedy, expected=band.said, difference=difference)


RULE = Rule("E907", Severity.ERROR, check, __doc__)
