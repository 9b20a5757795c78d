"""Amounts of money that a text states, in figures or Chinese numerals: 500 万元, 1,200.5万, 叁佰万元整, 1亿2000万元.

Rates are none (每人每月 2000 元, 50 元/亩), nor are other years' amounts, thresholds (100 万元以上的项目) and examples.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache, reduce
from typing import Final

from xl_perf.core.cells.characters import numeric, simplified
from xl_perf.core.cells.values import EXACT, MAX_DIGITS, decimal_of
from xl_perf.core.cells.year_words import CARRIED_OVER, EARLIER_YEARS, RESULTS

MONEY_MARKS: Final = "元圆圓万萬亿億¥￥"
"""Every amount has one of these: a quick look, which most sheets fail outside their forms."""
_HAS_MARK: Final = re.compile(f"[{MONEY_MARKS}]").search
_OTHER_FORMS: Final = str.maketrans(
    "圆圓仟佰拾两兩貳貮贰弐参參叁肆伍陸陆柒捌玖壹弌〇零廿", "元元千百十二二二二二二三三三四五六六七八九一一零零廿"
)
_DIGITS: Final = {numeral: Decimal(value) for value, numeral in enumerate("零一二三四五六七八九")}
_SCALES: Final = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
_UNITS: Final = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_FIGURES: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMERALS: Final = r"(?:[零一二三四五六七八九][十百千]?|十)+(?:点[零一二三四五六七八九]+)?"
_PART: Final = rf"(?:{_FIGURES}|{_NUMERALS})[余多几]?[十百千]?[余多几]?"
_OF_THINGS: Final = (
    r"(?![余多]?(?:人|名|亩|户|平|方|立|吨|株|棵|头|只|羽|件|份|台|套|次|公|千|米|里|辆|艘|册|度|条|页|字|个|家|块|箱|支|枝|片"
    r"|张|本|间|盏|座|处|场|斤|克|升|尾|枚|k|m|K|M|K?W|k?w|t|T|㎡))"
)
"""What a bare 万 counts: 6万人, 9万平方米."""
_MONEY: Final = re.compile(
    rf"(?P<before>¥)?(?P<number>(?:(?:{_PART})[万亿])*(?:{_PART})?)(?P<unit>元(?![月旦素件器氏])|(?<=[万亿]){_OF_THINGS})?"
)
_PARTS: Final = re.compile(
    rf"(?P<figures>{_FIGURES})?(?P<numerals>{_NUMERALS})?[余多几]?(?P<scale>[十百千])?[余多几]?(?P<unit>[万亿]?)"
)
_IN_BRACKETS: Final = re.compile(r"(?<=[\d十百千])[(]([十百千]?[万亿]?元)[)]")
_UNIT_FIRST: Final = re.compile(rf"[(]([十百千]?[万亿]?元)[)]:?({_FIGURES})(?![\d.]|[十百千]?[万亿元])")
"""金额（万元）：500."""
_CLAUSE: Final = re.compile(r"([。;；!！?？\n\r]|[,，、](?!\d{3}(?!\d)))")
_COMMAS: Final = frozenset(",，、")
_IS_RATE_BEFORE: Final = re.compile(r"每(?!年)|[人户亩]均|单价|均价|标准(?:[:为是约]|不[低高超]于|不超过)*$").search
_IS_RATE_BEHIND: Final = re.compile(
    r"整?(?:[(]?/(?!年)|每(?!年)|·|的?标准|[(]?(?:含|不含)?[)]?及?以[上下](?:[(]不?含[)])?(?:的|项目|须|应|需))"
).match
_IS_EXAMPLE: Final = re.compile(r"例如|例:|^[(]?如:?|^[(]?示例").search
_OF_OTHER_YEARS: Final = re.compile(f"{EARLIER_YEARS}|{RESULTS}").search
_HEADS_LINE: Final = re.compile(rf"(?:{EARLIER_YEARS})[^:\d]{{0,6}}:").match
_OF_THIS_YEAR: Final = re.compile(r"[本今当]年|现").search
_CARRIED_OVER: Final = re.compile(CARRIED_OVER).search
"""What is carried over is this year's money."""
_YEAR: Final = re.compile(r"(20\d\d)年")


@lru_cache(maxsize=4096)
def amounts_in(text: str, year: int | None = None) -> tuple[Decimal, ...]:
    """The amounts that a text states, in 万元, in their order; ``year`` is the budget year, where it is known."""
    found: list[Decimal] = []
    if not _HAS_MARK(text):
        return ()
    is_of_other_year = is_line_of_other_year = False
    clauses = _CLAUSE.split(text)
    for clause, before in zip(clauses[::2], ["", *clauses[1::2]], strict=True):
        seen = _with_units_behind(simplified(numeric(clause)).translate(_OTHER_FORMS))
        is_line_of_other_year &= before in _COMMAS and not _OF_THIS_YEAR(seen)
        if _is_of_other_year(seen, year):
            # A heading speaks of the lines below it too, 上年金额（供比较）：, or of its line: 上年：9万元，完成 8万元.
            is_of_other_year |= seen.endswith(":")
            is_line_of_other_year |= _HEADS_LINE(seen) is not None
            continue
        if not (is_of_other_year or is_line_of_other_year) and _HAS_MARK(seen) and not _IS_EXAMPLE(seen):
            found += _in_clause(seen)
    return tuple(found)


def _with_units_behind(clause: str) -> str:
    """500(万元) and (万元):500 as 500万元."""
    return _UNIT_FIRST.sub(r"\2\1", _IN_BRACKETS.sub(r"\1", clause)) if "元)" in clause else clause


def _is_of_other_year(clause: str, year: int | None) -> bool:
    if _CARRIED_OVER(clause):
        return False
    years = {int(one) for one in _YEAR.findall(clause)}
    return _OF_OTHER_YEARS(clause) is not None or (year is not None and bool(years) and year not in years)


def _in_clause(clause: str) -> Iterator[Decimal]:
    for match in _MONEY.finditer(clause):
        number = match["number"]
        if not number or not (match["before"] or match["unit"] is not None):
            continue
        if clause[match.start() - 1 : match.start()] in {".", ","} and match.start():
            continue
        if _IS_RATE_BEFORE(clause, 0, match.start()) or _IS_RATE_BEHIND(clause, match.end()):
            continue
        value = _value(number)
        if value:
            yield value


def _value(number: str) -> Decimal | None:
    """The number in 万元; None for a lone numeral that may be part of a name (三元), or for too many digits."""
    if len(number) > MAX_DIGITS or (len(number) == 1 and number in _DIGITS):
        return None
    total = Decimal(0)
    for part in _PARTS.finditer(number):
        if part["figures"]:
            value = decimal_of(part["figures"])
        elif part["numerals"]:
            value = _of_numerals(part["numerals"])
        else:
            continue
        if value is None:
            return None
        factor = EXACT.multiply(_SCALES.get(part["scale"] or "", Decimal(1)), _UNITS[part["unit"]])
        total = EXACT.add(total, EXACT.multiply(value, factor))
    return total.scaleb(-4, EXACT)


def _of_numerals(numerals: str) -> Decimal:
    """A number below ten thousand: 五百二十三, 十二, 二零二四, 三点五."""
    whole, _, fraction = numerals.partition("点")
    if not any(scale in whole for scale in _SCALES):
        total = reduce(lambda before, one: EXACT.add(before.scaleb(1, EXACT), _DIGITS[one]), whole, Decimal(0))
    else:
        total, digit = Decimal(0), None
        for one in whole:
            if one in _SCALES:
                total = EXACT.add(total, EXACT.multiply(Decimal(1) if digit is None else digit, _SCALES[one]))
                digit = None
            else:
                digit = _DIGITS[one] or digit
        total = EXACT.add(total, digit or Decimal(0))
    behind = reduce(lambda before, one: EXACT.add(before.scaleb(1, EXACT), _DIGITS[one]), fraction, Decimal(0))
    return EXACT.add(total, behind.scaleb(-len(fraction), EXACT))
