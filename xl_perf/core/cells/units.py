"""Units of money: what they are in 万元, and where texts name them."""

import re
import unicodedata
from decimal import Decimal
from functools import cache, lru_cache
from string import ascii_letters
from typing import Final

from xl_perf.core.cells.characters import folded, simplified, visible

WAN: Final = Decimal(1)
"""万元 in 万元. Readers know it by identity: nothing is to be converted."""
SIGN: Final = "货币符号"
"""In place of a unit: money without a word on 元 or 万元 (￥, 人民币)."""
OTHER_MONEY: Final = "看不懂的单位"
"""In place of a unit: words on money that are not understood, or foreign money."""
DOUBTFUL: Final = frozenset({SIGN, OTHER_MONEY})
UNITS: Final = {
    "": WAN,
    "万元": WAN,
    "万": WAN,
    "万元整": WAN,
    "元": Decimal("0.0001"),
    "元整": Decimal("0.0001"),
    "十元": Decimal("0.001"),
    "百元": Decimal("0.01"),
    "千元": Decimal("0.1"),
    "十万元": Decimal(10),
    "百万元": Decimal(100),
    "百万": Decimal(100),
    "千万元": Decimal(1000),
    "千万": Decimal(1000),
    "亿元": Decimal(10000),
    "亿": Decimal(10000),
    SIGN: WAN,
    OTHER_MONEY: WAN,
}
"""One of each in 万元. The blank stands for a number without a unit where 万元 is the form's own."""
OF_FORMS: Final = ("亿元", "千万元", "百万元", "十万元", "万元", "千元", "百元", "十元", "元")
"""Units that a label or a line names for all amounts of a form."""
FOREIGN: Final = re.compile(r"[美欧日港澳韩台]元|英镑|港币|澳门币|外币|卢布|USD|EUR|HKD|JPY|GBP|[$€£]")
"""Other money: nobody can know what it is in 万元."""
_SHORT: Final = ("亿", "千万", "百万", "十万", "万", "千", "百")
"""In a bracket behind a label of money: （千）."""
OTHER_DIGITS: Final = str.maketrans("圆圓仟佰拾∶", "元元千百十:")
"""Characters of amounts in words, and another colon, as units are compared."""
_QUOTES: Final = str.maketrans("’‘′＇", "'" * 4)
_RMB: Final = r"(?:人民币|RMB|CNY|¥)"
_UNIT: Final = rf"(?:{_RMB} ?[(/]?)?({'|'.join(OF_FORMS)})(?:整|[(/]?{_RMB})?"
_END: Final = r"(?![\w/])"
"""What follows would make another word of it: 元氏县, 元/人."""
_IN_BRACKETS: Final = re.compile(rf"(?:(?:金额|货币|计量|资金)*单位(?:[:为]|均为)?)?{_UNIT}")
_FOREIGN_UNIT: Final = (
    r"([十百千万亿]*(?:[美欧日港澳韩]元|英镑|港币|澳门币|外币|卢布|USD|EUR|HKD|JPY|GBP|[$€£])|[Kk兆]元)"
)


def _stated(unit: str) -> str:
    """For a pattern: what states such a unit for the amounts around it."""
    return (
        rf"(?:金额单位|(?:单位|Unit|UNIT) ?(?:均?为|[:;是(])) ?{unit}{_END}"
        rf"|单位 {unit}(?=$|[ )])"
        rf"|(?:金额(?:均为|:)|(?:口径|币种):){unit}{_END}"
        rf"|(?:均?以|按|用){unit}"
        rf"(?:为(?:计量|金额|货币|记账)?单位|计算?(?!划)|计[量价]|填[列报写]|反映|列[示报]|[表显标]示|编[制报]|核算)"
        rf"|填写?的?(?:都|均|就)?(?:是|为){unit}{_END}"
    )


def _head_line(unit: str) -> str:
    """For a pattern: a line above a form that ends with such a unit: 部门：某局 （元）, 某局 2024年度 元."""
    return (
        rf"(?:[^:]{{0,12}}(?:单位|部门|机关|名称|编制|日期)[^:]{{0,6}}:[^:]{{0,40}}?|.{{0,40}}?(?:19|20|21)\d\d年度?[)]?"
        rf"|[^:\d]{{1,30}}[局委办院厅站所心府校会部队室处社]) ?(?:(?<= ){unit}|[(]{unit}[)])"
    )


_STATED: Final = _stated(_UNIT), _stated(_FOREIGN_UNIT)
_HEAD_LINE: Final = _head_line(_UNIT), _head_line(_FOREIGN_UNIT)
_MONEY_ITSELF: Final = re.compile(rf"(?:单位|Unit|UNIT)[:;] ?(?:{_RMB}|Yuan|YUAN|yuan)(?! ?[\w/'])")
"""人民币 as a unit is 元."""
_OF_MONEY_ITSELF: Final = re.compile(r"资金|拨款|补助|补贴|经费|费用|预算数|预算额|收入|支出|投资")
"""Such a line is rather the label of an amount, which is about itself alone."""
_NOT_UNDERSTOOD: Final = (
    rf"(?:单位|Unit|UNIT)[:;] ?"
    rf"(?:\S{{0,10}}[\d十百千万亿兆Kk']\S{{0,3}}元|\d[\d,.]*[十百千万亿兆]+|\S{{0,6}}{_RMB}\S{{1,8}})(?:$|[ )])"
)
"""Money is the unit, and nobody can tell which: 单位：每50元, 单位：RMB'0."""
_POWERS: Final = {1: "十", 2: "百", 3: "千", 4: "万", 5: "十万", 6: "百万", 7: "千万", 8: "亿"}
"""By how many noughts a power of ten has."""
_FEWEST_NOUGHTS: Final = 3
_IN_DIGITS: Final = rf"((?:单位|Unit|UNIT) ?[:;为是(]? ?)(?:{_RMB} ?)?1([0,]*)((?:[十百千]?万|[百千亿])?元)"
_IN_NOUGHTS: Final = rf"{_RMB} ?(?:'|1,?)(0[0,]*)(?![\d元])(?:元|Yuan|yuan)?"
"""RMB'000."""
_UNKNOWN_YUAN: Final = r"^[^0-9\u4e00-\u9fff]*元\Z"
"""In a bracket: K元."""
_ALONE: Final = re.compile(rf"[(\[]?(?:(?:金额|货币|计量|资金)*单位)?[:(]?{_UNIT}[)\]]?")
_OF_SOMETHING_ELSE: Final = re.compile(r"指标|单价|人均|成本|标准|明细|测算|工资|每[人户月年]")
"""A clause about one of these states no unit of the form's amounts."""
_CLAUSE: Final = re.compile(r"[,。!?\n]")
_LONGEST_STATEMENT: Final = 400
"""Characters; a note on how to fill the form in may be as long."""


_WORD: Final = (
    r"(?P<foreign>[万亿]?(?:[美欧日港澳韩台]元|英镑|港币|澳门币|外币|卢布|USD|EUR|HKD|JPY|GBP|[$€£]|[Tt]housand|[Mm]illion))"
    r"|(?P<unit>(?:亿|[千百十]?万|[千百十])?元)整?"
    r"|(?P<bare>亿|[千百十]?万|[千百])"
    r"|(?P<sign>人民币|RMB|CNY|[¥￥]|[Yy]uan|YUAN)"
    r"|(?P<coin>[角分Kk])"
    r"|金额|资金|货币|币种|计量|计价|记账|单位|単位|位|[Uu]nits?|UNIT|以上|以下|上述|[均都就或和及为是以按用]|计算?"
    r"|填列|填报|填写|填|反映|[本此表全内中格各栏列]|数据|数字|数|注意|备注|注|请|说明|要求|保留|取|两位|[0-9]位|小数|点后|整数"
    r"|不?含税|必填|选填|[每/]?[年项]|[Cc]urrency|[^\w$€£¥￥]|_"
)
"""A word of a text that says nothing but a unit. Few books have such a text: it is compiled when one does."""
_LONGEST_WORDS: Final = 30
_OF_MONEY: Final = frozenset("元亿万千百镑币布角分$€£¥￥" + ascii_letters)
"""Every unit, and every other name of money, has one of these."""
_OTHER_NUMBER: Final = re.compile("[0-9](?!位)")
_LONGEST_HEAD: Final = 80
_BEGINS_STATEMENT: Final = ("位", "nit", "NIT", "金额", "口径", "币种", "以", "按", "用", "填")
"""One of these stands in whatever states a unit in a sentence."""


_compiled: Final = cache(re.compile)


def _without_digits(seen: str) -> str:
    """The text with units in words that it names by powers of ten: 单位：1000元, RMB'000."""
    if "0" not in seen and "1" not in seen:
        return seen
    return _compiled(_IN_DIGITS).sub(_digits_in_words, _compiled(_IN_NOUGHTS).sub(_noughts_in_words, seen))


def _digits_in_words(found: re.Match[str]) -> str:
    noughts, unit = found[2].count("0"), found[3]
    if noughts and (unit != "元" or noughts not in _POWERS):
        return found[0]
    return f"{found[1]}{_POWERS.get(noughts, '')}{unit}"


def _noughts_in_words(found: re.Match[str]) -> str:
    power = _POWERS.get(found[1].count("0"))
    return f"{power}元" if power and found[1].count("0") >= _FEWEST_NOUGHTS else found[0]


@lru_cache(maxsize=2048)
def unit_words(text: str) -> tuple[str, ...]:
    """The units in a short text that says nothing else, in whatever order: 金额以“元”为单位, 元/万元, 必填，元.

    `SIGN` where money is named without a unit, `OTHER_MONEY` for foreign money, 角 and 分. Empty where something else
    is said, an amount as well, or no money at all.
    """
    seen = simplified(visible(unicodedata.normalize("NFKC", text[: _LONGEST_WORDS + 1]))).translate(OTHER_DIGITS)
    seen = _without_digits("".join(seen.split()).translate(_QUOTES))
    if len(seen) > _LONGEST_WORDS or _OF_MONEY.isdisjoint(seen) or _OTHER_NUMBER.search(seen):
        return ()
    words = _words(seen)
    is_statement = "位" in seen or "nit" in seen or "NIT" in seen
    if any(word["bare"] or word["coin"] for word in words) and not is_statement:
        return ()
    units = dict.fromkeys(filter(None, map(_unit_of_word, words)))
    if not units and any(word["sign"] for word in words):
        units["元" if is_statement else SIGN] = None
    return tuple(units)


def _words(seen: str) -> list[re.Match[str]]:
    """The words of a text; none where one of them is not known, or a number stands before a unit."""
    words: list[re.Match[str]] = []
    at = 0
    while at < len(seen):
        word = _compiled(_WORD).match(seen, at)
        if word is None or (word["unit"] and seen[:at][-1:].isdecimal()):
            return []
        words.append(word)
        at = word.end()
    return words


def _unit_of_word(word: re.Match[str]) -> str:
    if word["foreign"] or word["coin"]:
        return OTHER_MONEY
    return word["unit"] or (f"{word['bare']}元" if word["bare"] else "")


def unit_in_brackets(inside: str) -> str | None:
    """The unit that a bracket behind a label or title names: ``元`` for （元） and （单位：元）; None if it is none.

    `OTHER_MONEY` where it speaks of 元 and nobody can tell what it says.
    """
    seen = _without_digits(inside.translate(OTHER_DIGITS).translate(_QUOTES))
    if re.fullmatch(r"10{1,8}元", seen):
        seen = f"{_POWERS[seen.count('0')]}元"
    if seen in _SHORT:
        return f"{seen}元"
    match = _IN_BRACKETS.fullmatch(seen)
    if match:
        return match[1]
    words = unit_words(inside)
    if words:
        return words[0] if len(words) == 1 else OTHER_MONEY
    return OTHER_MONEY if seen.endswith("元") and re.search(_UNKNOWN_YUAN, seen) else None


def is_unit_alone(text: str) -> bool:
    """The text is a unit and nothing else: 元, （万元）, 单位：千元."""
    return _ALONE.fullmatch(simplified(folded(text)).translate(OTHER_DIGITS)) is not None


@lru_cache(maxsize=2048)
def stated_units(text: str) -> tuple[str, ...]:
    """The units that a line or sentence states for what is around it: 单位：元, 以上金额单位为千元, 以万元为单位."""
    alone = _ALONE.fullmatch(simplified(folded(text[:_LONGEST_STATEMENT])).translate(OTHER_DIGITS))
    if alone is not None:
        return (alone[1],) if "位" in text else ()
    seen = simplified(visible(unicodedata.normalize("NFKC", text[:_LONGEST_STATEMENT])))
    seen = _without_digits(seen.translate(OTHER_DIGITS).translate(_QUOTES))
    found: list[str] = []
    for clause in _CLAUSE.split(seen):
        said = " ".join(clause.split())
        may_state = "元" in said and any(word in said for word in _BEGINS_STATEMENT)
        for ours, pattern in zip((True, False), _STATED, strict=True) if may_state else ():
            for match in _compiled(pattern).finditer(said):
                if not _OF_SOMETHING_ELSE.search(said, 0, match.start()):
                    found += filter(None, match.groups()) if ours else (OTHER_MONEY,)
        if _MONEY_ITSELF.search(said):
            found.append("元")
        if not found and ("位" in said or "nit" in said or "NIT" in said) and _compiled(_NOT_UNDERSTOOD).search(said):
            found.append(OTHER_MONEY)
    words = unit_words(text)
    return tuple(dict.fromkeys((*words, *found) if len(words) > 1 or not found else found)) or _unit_of_head(seen)


def ends_with_unit(text: str) -> bool:
    """A quick look: a line may end with its unit."""
    return _ENDS_WITH_UNIT(text) is not None


_ENDS_WITH_UNIT: Final = re.compile(r"[\s(（].{0,6}[元圆圓][)）]?\s*\Z").search


def _unit_of_head(seen: str) -> tuple[str, ...]:
    """The unit at the end of a line above a form."""
    said = " ".join(seen.split())
    if not ends_with_unit(said) or len(said) > _LONGEST_HEAD or _OF_MONEY_ITSELF.search(said):
        return ()
    if _OF_SOMETHING_ELSE.search(said):
        return ()
    ours, foreign = (_compiled(pattern).fullmatch(said) for pattern in _HEAD_LINE)
    return tuple(filter(None, ours.groups())) if ours else (OTHER_MONEY,) * bool(foreign)
