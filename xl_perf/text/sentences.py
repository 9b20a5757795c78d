"""Sentences of the running text, taken apart: indicators with their values, safeguards with their titles."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xl_perf.text import sections as words
from xl_perf.text.blocks import StyledText
from xl_perf.text.typography import INDICATOR, MEASURE, MEASURE_TEXT, TARGET

_SHORT: Final = 30
_WORDS: Final = "达到?|不低于|不少于|不小于|不超过|不高于|不大于|控制在|大于|小于|高于|低于|超过|至少|至多"
_SIGN: Final = re.compile(
    rf"(.+?)((?:[=＝≥≤><＞＜≧≦]|(?:{_WORDS})(?=\s*[\d０-９百零一二三四五六七八九十两])).*)", re.DOTALL
)
_BARE_RATE: Final = re.compile(r"(.*?率)([\d０-９.]+[%％].*)", re.DOTALL)
_BY: Final = re.compile(r"(.+?)(按(?!时|期|质|量|月|季|年).*)", re.DOTALL)


def indicators_in(text: str, spans: Sequence[StyledText]) -> Iterator[tuple[str, str]]:
    """Name and value of every indicator of a sentence; the value is empty where none is given."""
    if any(span.style in {INDICATOR, TARGET} for span in spans):
        yield from _styled_indicators(spans)
        return
    for item in re.split(r"[；;\n]|。(?=.)", text.strip().rstrip("。；;")):
        if item.strip():
            yield name_and_value(item.strip())


def _styled_indicators(spans: Sequence[StyledText]) -> Iterator[tuple[str, str]]:
    """An indicator ends where a piece without style begins with ；or 。"""
    name, value = "", ""
    for span in [*spans, StyledText("；")]:
        if span.style == INDICATOR:
            name += span.text
        elif span.style == TARGET:
            value += span.text
        elif span.text.startswith(("；", "。")):
            if name or value:
                yield name, value
            name, value = "", ""


def name_and_value(item: str) -> tuple[str, str]:
    """``发放率达到100%`` -> 发放率, 达到100%; the item whole where it names no value."""
    head, colon, tail = item.rpartition("：") if "：" in item else item.rpartition(":")
    if colon and head.strip() and tail.strip():
        return head.strip(), tail.strip()
    for pattern in (_SIGN, _BARE_RATE, _BY):
        match = pattern.fullmatch(item)
        if match:
            return match[1].strip(), match[2].strip()
    return item, ""


def measure(text: str, spans: Sequence[StyledText]) -> tuple[str, str]:
    """A safeguard's title and text: by style, else parted at the first stop or colon of a short beginning."""
    styled = "".join(span.text for span in spans if span.style == MEASURE)
    if styled and text.startswith(styled):
        after = text[len(styled) :]
        return styled, (after[1:] if styled[-1] not in words.STOPS else after)
    if any(span.style == MEASURE_TEXT for span in spans):
        return "", text
    match = re.match(r"([^。：:；\n]{1,30})[。：:；\n]\s*(.*)", text, re.DOTALL)
    if match:
        return match[1].strip(), match[2]
    return (text.strip(), "") if len(text) <= _SHORT else ("", text)
