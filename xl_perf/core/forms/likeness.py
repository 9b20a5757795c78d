"""Which known label an unknown one is like: for proposals that an officer confirms, never for reading."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.labels import Worded, bare
from xl_perf.core.forms.kind import Family, Stands
from xl_perf.core.forms.kinds import KINDS

_ALIKE: Final = 0.7
"""So much of two wordings must be the same for one to be proposed for the other."""
_ALIKE_HEADINGS: Final = 0.6
"""Of headings, which are short."""
_APART: Final = 0.08
"""Less than that between the best two meanings: it could be either."""
_OF_WHICH: Final = re.compile(r"\A其中[:：]?")
_MONEY: Final = re.compile(
    r"[元圆]|资金|预算|金额|经费|拨款|收入|贷款|债券|投资|款项|总额|合计|安排|额度|补助|投入|盘子|转移支付"
)
_OF_WORDS: Final = re.compile(
    r"(?:类型|类别|分类|性质|名称|方式|方向|依据|时间|期限|单位|部门|用途|范围|编码|代码|编号|说明|要求|措施|权重|分值|比例|进度|级次|科目|联系人|负责人|电话|年度|情况)\Z"
)
"""What ends the label of a text on money, not that of an amount: 资金类型."""


class Likeness(NamedTuple):
    """What a label is like: the key and the wording of a known one, and of another that it is as much like."""

    key: str
    wording: str
    other_key: str = ""
    other_wording: str = ""

    @property
    def is_clear(self) -> bool:
        """It is like nothing else."""
        return not self.other_key

    @property
    def said(self) -> str:
        """In Chinese, for the officer who is to confirm it."""
        return f"像“{self.wording}”" + (f"，也像“{self.other_wording}”" if self.other_key else "")


def speaks_of_money(text: str) -> bool:
    """It may be the label of an amount."""
    return _MONEY.search(folded(bare(text).text)) is not None and not is_of_text(text)


def is_of_text(text: str) -> bool:
    """The label of a text, by how it ends: 资金类型, 执行权重."""
    return _OF_WORDS.search(bare(text).text) is not None


def likeness(label: str, taken: set[str], *, is_heading: bool, is_list: bool = False) -> Likeness | None:
    """What a label is like among those that are not taken; None where it is like none.

    ``is_heading``: it stands in the header of the indicators, whose columns are meant then, else fields and parts are;
    in a list of projects (``is_list``) both.
    """
    found: dict[str, tuple[float, str]] = {}
    seen = _OF_WHICH.sub("", bare(label).text) or label
    fields = () if is_heading and not is_list else _wordings(is_heading=False)
    for wording, key in (*fields, *(_wordings(is_heading=True) if is_heading else ())):
        ratio = SequenceMatcher(None, seen, _OF_WHICH.sub("", wording) or wording, autojunk=False).ratio()
        if key not in taken and ratio >= max(_ALIKE_HEADINGS if is_heading else _ALIKE, found.get(key, (0.0, ""))[0]):
            found[key] = ratio, wording
    ranked = sorted(found.items(), key=lambda one: one[1][0], reverse=True)
    if not ranked:
        return None
    (key, (ratio, wording)), *others = ranked
    if others and ratio - others[0][1][0] < _APART:
        return Likeness(key, wording, others[0][0], others[0][1][1])
    return Likeness(key, wording)


@cache
def _wordings(*, is_heading: bool) -> Sequence[tuple[str, str]]:
    """What known labels read, each with its key."""
    found: dict[str, str] = {}
    for kind in (kind for kind in KINDS if kind.family is Family.TARGETS):
        columns: list[Worded] = [*kind.columns, *kind.target_parts]
        fields: list[Worded] = [one for one in kind.fields if one.stands is not Stands.BELOW_PART]
        for one in columns if is_heading else [*kind.parts, *fields]:
            for wording in (one.label, *one.aliases):
                if wording:
                    found.setdefault(bare(wording).text, one.key)
    return tuple(found.items())
