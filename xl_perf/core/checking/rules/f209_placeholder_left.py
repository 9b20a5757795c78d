"""文字中留着没有替换的占位文字。

为什么：“请填写”“XX”“***”是等人替换的，公开出去就是没有写完。
怎样认：文字中有口径文件所列的占位文字；连着的 X、×、* 多于所列个数的也算。一个单元格只报一次。
照样表填的，样表的标记（{目标2}）还留着的也算，当作没有填，一张工作表报一次，写明一共几格。
整格只有“————”“无”的不在此列；编码、金额、百分数由各自的规则报。
怎样改：换成实际内容。
依据：占位文字见口径文件 words.placeholders。
"""

from collections.abc import Iterator

from xl_perf.core.cells.entry import Status
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile

_FILL_IN = "请填写，没有内容的把标记删去"


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per cell; the whole book is looked through at once, for nearly always there is nothing."""
    yield from _marks(seen)
    if not seen.mentions(profile.words.placeholders):
        return
    for text in seen.texts:
        match = profile.placeholders.search(text.typed)
        if match and text.entry.status is not Status.PLACEHOLDER:
            message = f"{text.label}中留着占位文字“{match[0]}”"
            yield at(text.entry, "F209", text.label, message, "请换成实际内容")


def _marks(seen: Seen) -> Iterator[Finding]:
    """One finding per sheet, at its first mark of a 样表."""
    for one in seen.department.marks_left:
        more = f"等 {one.number} 格" if one.number > 1 else ""
        message = f"样表的标记“{one.text}”{more}没有填，当作空格"
        yield Finding("F209", message, _FILL_IN, one.sheet, one.row, one.column, "表样", one.text)


RULE = Rule("F209", Severity.ERROR, check, __doc__)
