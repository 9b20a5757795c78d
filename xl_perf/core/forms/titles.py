"""Title lines of forms: 村级道路养护项目绩效目标表, 项目支出绩效自评表（2023年度）."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from xl_perf.core.cells.characters import folded, simplified
from xl_perf.core.cells.labels import bare, unit_of_label
from xl_perf.core.cells.units import stated_units
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.kinds import DEFAULT, KINDS

CONTINUED: Final = "continued"
"""The key of a title over a further page of the same form: 项目支出绩效目标表（续）."""
LONGEST_TITLE: Final = 120
_ENDING: Final = r"(?:绩效.{0,14}|自评价?(?:得分|情况)?|监控(?:情况)?)表(?:[(（][^()（）]*[)）]|\d+)*\Z"
_NO_TITLE: Final = r"汇总|一览表|统计表|目录|清单|填写|填报|详见|按照|要求|应当|如实|说明|提交|编制|[。；，：]"
_TITLE_OF_LIST: Final = re.compile(
    r"[^：]*(?:绩效|项目).*(?:清单|情况|一览表?|汇总表?|目录)(?:[(（][^()（）]*[)）])?"
).fullmatch
_CONTINUED: Final = re.compile(r"[(（]续[表页]?\d{0,2}[)）]\s*\Z")
_OFFICIAL: Final = frozenset(kind.title for kind in KINDS)
_YEAR_LINE: Final = r"\((?:(?:19|20|21)\d{2})?_*年度?\)|(?:19|20|21)\d{2}年度?"
_ATTACHMENT: Final = re.compile(r"\s*附\s*[件表录]?\s*[-—－.\d一二三四五六七八九十]*\s*[:：]?\s*").fullmatch
_ATTACHED: Final = re.compile(r"\A附(?:件|表)?\d*[:：]?")
# Possessive: what stands between the characters is tried once, however long it is.
_SPACED_TITLE: Final = (
    r"(?:项\s*+目\s*+)?(?:支\s*+出\s*+)?绩\s*+效\s*+目\s*+标\s*+(?:申\s*+报\s*+|批\s*+复\s*+)?表\s*+"
    r"(?:[(（][^()（）]*[)）]\s*+)?\Z"
)


@lru_cache(maxsize=2048)
def is_attachment(text: str) -> bool:
    """The number of an attachment above a form, and no title: 附件2, 附3-1：."""
    return _ATTACHMENT(text) is not None


def is_title(text: str) -> bool:
    """A form's title, whatever its kind; a list's (绩效目标汇总表) or a sentence about one is none.

    Above an official title that has a line of its own any heading may stand: 控制性规划编制项目, or a very long one.
    """
    if "表" not in text:
        return False
    heading, _, last = text.rpartition("\n")
    if heading and last in _OFFICIAL:
        return True
    if len(text) > LONGEST_TITLE:
        return False
    seen = _ATTACHED.sub("", bare(text).text)
    return re.search(_ENDING, seen) is not None and re.search(_NO_TITLE, folded(text)) is None


@lru_cache(maxsize=2048)
def is_title_of_list(text: str) -> bool:
    """A heading above a list, which is called no 表 of one form: 部门预算项目绩效目标清单, 绩效目标情况一览表."""
    return len(text) <= LONGEST_TITLE and _TITLE_OF_LIST(bare(text).text) is not None


def is_continued(title: str) -> bool:
    """A title over a further page of the same form."""
    return _CONTINUED.search(title) is not None


@lru_cache(maxsize=2048)
def kind_of_title(text: str, kinds: Sequence[FormKind]) -> FormKind | None:
    """The kind whose title the text ends with, the longest one; None where it tells no kind (绩效目标表)."""
    seen = bare(text).text
    fitting = [
        (len(title), -at, kind) for at, kind in enumerate(kinds) for title in kind.titles if seen.endswith(title)
    ]
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None


def is_year_line(text: str) -> bool:
    """A line below a title that says the form's year and nothing else: （2023年度）, （    年度）."""
    return "年" in text and len(text) < LONGEST_TITLE and re.fullmatch(_YEAR_LINE, year_folded(text)) is not None


def year_folded(text: str) -> str:
    """A text with full-width characters folded, and its year in digits: 二〇二五年度 says 2025年度."""
    seen = folded(text)
    if "二" not in seen and "一九" not in seen:
        return seen
    return YEAR_IN_WORDS.sub(lambda found: found[0].translate(_DIGITS), seen)


YEAR_IN_WORDS: Final = re.compile("(?:二[〇○零0Oo]|一九)[一二三四五六七八九〇○零0Oo]{2}(?=年)")
_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九Oo", "00012345678900")


def unit_of_title(text: str) -> str:
    """The unit of money that a title names behind it: 项目绩效目标表（单位：元）; empty for none."""
    named = unit_of_label(text) or "、".join(stated_units(text))
    return named if "、" not in named else ""


def heading_of(title: str, official: str = DEFAULT.title) -> str:
    """The heading in a title line, without the form's own title and without white space at its ends."""
    seen = simplified(title)  # as long as the title: a character for a character
    before, found, after = seen.partition(official)
    if found and not after.strip():
        return title[: len(before)].strip()
    match = re.search(_SPACED_TITLE, seen)
    return (title[: match.start()] if match else title).strip()
