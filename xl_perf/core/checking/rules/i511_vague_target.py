"""指标值无法衡量。

为什么：“成效明显”“逐步提高”没有标准，年终谁也说不清完成了没有。
怎样认：指标值只有文字，并含有口径文件所列的词（明显、显著、逐步……）。有数字的、写“是”“否”的不报；满意度由 I510 报。
怎样改：改成可以衡量的数量、比率、期限，或能回答“是”“否”的指标。
依据：用词见口径文件 words.vague。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    for indicator in seen.indicators.by_kind["words"]:
        target = indicator.target
        if indicator.level1.value != "满意度" and profile.vague_words.search(target.text):
            message = f"指标值“{target.text}”无法衡量"
            yield at(target, "I511", "指标值", message, "请改成数量、比率、期限，或能回答是、否的指标")


RULE = Rule("I511", Severity.HINT, check, __doc__)
