"""Names of projects as they are compared: without what people add to say which draft it is.

“校舍维修（调整）”, “【新】校舍维修”, “校舍维修—修订稿”, “调整后校舍维修” are “校舍维修”, and so is
“2024年度校舍维修” in a book of 2024.
“（二期）”, “（一）”, “（东片）” and another year tell projects apart, and stay.
"""

import re
from functools import lru_cache
from typing import Final

from xl_perf.core.cells.characters import folded

_VERB: Final = "调整|修改|修订|修正|更正|变更"
_REMARK: Final = (
    rf"(?:第?[一二三四五六七八九十\d]{{1,2}}次)?(?:已|经)?(?:{_VERB})(?:后|过)?(?:的?[稿版])?"
    r"|(?:新|旧|原|改|最新|重报|重新上报|正式|送审|报审|报批|上报|审定|征求意见|讨论)稿?|[初草定终]稿|最终[稿版]?|终版"
    r"|更新[后稿版]|第?[一二三四五六七八九十\d]{1,2}稿"
)
"""“新”, “改” and the like alone are remarks in brackets only."""
_DASH: Final = "-‐‑‒–—―─－_"
_OPEN, _CLOSE = r"[(\[【〔〖{]", r"[)\]】〕〗}]"
_INSIDE: Final = rf"(?:{_REMARK}){{1,2}}\d?"
_BEHIND: Final = re.compile(rf"(?:{_OPEN}(?:{_INSIDE}){_CLOSE}|[{_DASH}]+(?=..)(?:{_INSIDE}))$")
_BEFORE: Final = re.compile(
    rf"^(?:{_OPEN}(?:{_INSIDE}){_CLOSE}|(?=[^{_DASH}]{{2}})(?:{_INSIDE})[{_DASH}]+|(?:{_VERB})后的?(?=..))"
)
_YEAR: Final = re.compile(r"^[(\[【〔]?(\d{4})年度?[)\]】〕]?(?=..)|[(\[【〔](\d{4})年度?[)\]】〕]$")


def said_alike(name: str | None, other: str | None) -> str:
    """How two names that are compared as the same are alike, in Chinese."""
    if folded(name or "") == folded(other or ""):
        return "相同"
    return f"“{other}”只差“调整”“定稿”一类的字或年度"


@lru_cache(maxsize=8192)
def compared_name(name: str, year: int | None = None) -> str:
    """The name as it is compared, in a book of the ``year``; folded, and never empty where the name is not.

    >>> compared_name("2024年度道路养护（调整）", 2024)
    '道路养护'
    >>> compared_name("2023年度道路养护（二期）", 2024)
    '2023年度道路养护(二期)'
    """
    bare = folded(name)
    while True:
        shorter = _BEFORE.sub("", _BEHIND.sub("", bare))
        found = _YEAR.search(shorter)
        if found and year is not None and int(found[1] or found[2]) == year:
            shorter = shorter[: found.start()] + shorter[found.end() :]
        if not shorter or shorter == bare:
            return bare
        bare = shorter
