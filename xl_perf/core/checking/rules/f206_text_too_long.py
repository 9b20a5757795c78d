"""文字超过规定的字数。

为什么：太长的文字印不下，系统也可能截断。
怎样认：名称类文字（标题、项目名称、三级指标、指标值、分项绩效目标和措施的名称）超过口径规定的字数（默认 100 字），
其他文字（资金用途、目标、描述、依据、总体目标、措施内容）超过 1,000 字。按字符数，含标点和空格。
怎样改：写短一些；细节写进实施方案。
依据：字数见口径文件 text_limit_name、text_limit。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per text."""
    limits = profile.text_limit, profile.text_limit_name
    shortest = min(limits)
    if max(map(len, seen.strings), default=0) <= shortest:
        return
    for text in seen.texts:
        length = len(text.typed)
        if length <= shortest or len(text.entry.text) <= limits[text.is_name]:
            continue
        length, limit = len(text.entry.text), limits[text.is_name]
        yield at(
            text.entry,
            "F206",
            text.label,
            f"{text.label}有 {length} 字，规定不超过 {limit} 字",
            f"请写短一些，去掉 {length - limit} 字",
            found=f"{length}字",
            expected=f"不超过{limit}字",
            difference=f"{length - limit}字",
        )


RULE = Rule("F206", Severity.WARNING, check, __doc__)
