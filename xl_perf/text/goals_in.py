"""Reads the running text: cover, overall goal, sub-goals with their indicators, safeguards.

Sections are known by their headings (一、总体绩效目标 …), parts by （一） or by automatic numbers. A text that xl-perf
wrote marks names and values by character styles and reads back exactly; in others the sentences are taken apart.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.labels import Vocabulary
from xl_perf.core.workbook.sheets import GOALS_FIELDS
from xl_perf.text import sections as words
from xl_perf.text.blocks import Paragraph, StyledText
from xl_perf.text.typography import INDICATOR, MEASURE, MEASURE_TEXT, TARGET

_SECTIONS: Final = Vocabulary(one for one in GOALS_FIELDS if one.key in {"overall", "sub_title", "safeguard"})
_ORDINAL: Final = re.compile(
    r"\s*(?:(?:第?[一二三四五六七八九十]{1,3}(?:部分|章)?|\d{1,2})[、.．:：\s]|[（(][一二三四五六七八九十\d]{1,3}[）)])\s*"
)
_PART: Final = re.compile(r"\s*(?:([（(])[一二三四五六七八九十]{1,3}[）)]|([（(])\d{1,2}[）)]|\d{1,2}([、.．]))\s*")
_LEADING: Final = re.compile(rf"\s*({words.GOAL}|{words.INDICATORS}|{words.PROJECTS}|支撑项目)\s*[：:]\s*")
_CONTENTS: Final = re.compile(r".*(?:\t|[.…·]{3,})\s*\d+\s*")
_TITLE: Final = re.compile(r"(.*?)((?:19|20|21)\d{2})年度?(?:.*(?:绩效文本|绩效目标|预算).*)")
_UNDATED_TITLE: Final = re.compile(r"(?:部门)?(?:预算)?(?:部门预算绩效文本|部门整体绩效目标)")
_OTHER_HEADING: Final = re.compile(r"第[一二三四五六七八九十]{1,3}(?:部分|章|篇)")
_FURNITURE: Final = frozenset(
    map(folded, ("目录", words.SUMMARY_TITLE, words.UNIT_NOTE, words.TEXT_TITLE, words.GOALS_TITLE))
)
"""What a text prints around its content."""
_NAMED: Final = re.compile(r"(?:编制单位|部门名称|填报单位|单位名称)[：:]\s*(\S.*)")
_SHORT: Final = 30
_LONGEST_ENTRY: Final = 400

_WORDS: Final = "达到?|不低于|不少于|不小于|不超过|不高于|不大于|控制在|大于|小于|高于|低于|超过|至少|至多"
_SIGN: Final = re.compile(
    rf"(.+?)((?:[=＝≥≤><＞＜≧≦]|(?:{_WORDS})(?=\s*[\d０-９百零一二三四五六七八九十两])).*)", re.DOTALL
)
_BARE_RATE: Final = re.compile(r"(.*?率)([\d０-９.]+[%％].*)", re.DOTALL)
_BY: Final = re.compile(r"(.+?)(按(?!时|期|质|量|月|季|年).*)", re.DOTALL)


@dataclass(slots=True)
class SubGoalText:
    """A sub-goal as it was read."""

    title: str
    goal: list[str] = field(default_factory=list)
    indicators: list[tuple[str, str]] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RunningText:
    """What the paragraphs say; ``rest`` are those that found no place, by their numbers."""

    department: str = ""
    year: str = ""
    overall: list[str] = field(default_factory=list)
    sub_goals: list[SubGoalText] = field(default_factory=list)
    safeguards: list[tuple[str, str]] = field(default_factory=list)
    rest: list[tuple[int, str]] = field(default_factory=list)


def read_running_text(paragraphs: Iterable[tuple[int, Paragraph]]) -> RunningText:
    """Takes the running text apart; whatever belongs nowhere is in ``rest``."""
    reader = _Reader()
    for number, paragraph in paragraphs:
        reader.take(number, paragraph)
    return reader.finish()


class _Reader:
    """Goes through the paragraphs; ``section`` is where it stands."""

    def __init__(self) -> None:
        self.text = RunningText()
        self.section = "cover"
        self.mark = ""
        """The kind of number that begins a part of this section: its first one's."""
        self.field = ""
        self.cover: list[tuple[int, str]] = []
        self.before_title: list[str] = []
        """The cover's lines above the text's title."""

    def take(self, number: int, paragraph: Paragraph) -> None:
        if paragraph.style.startswith("toc") or _is_contents(paragraph.text):
            return
        if self._begins_section(number, paragraph):
            return
        if folded(paragraph.text) in _FURNITURE or self._is_title(paragraph.text):
            if self.section != "cover":
                self.section = "other"
            return
        if self.section == "cover":
            self.cover += [(number, line.strip()) for line in paragraph.text.split("\n") if line.strip()]
        elif self.section == "overall" and not _ends(paragraph):
            self.text.overall.append(paragraph.text)
        elif self.section == "sub_title" and not _ends(paragraph):
            self._sub_goal(number, paragraph)
        elif self.section == "safeguard" and not _ends(paragraph):
            self._safeguard(number, paragraph)
        else:
            self.section = "other"
            self.text.rest.append((number, paragraph.text))

    def finish(self) -> RunningText:
        """The text, once the cover's lines are understood too."""
        self._read_cover()
        self.text.rest.sort()
        return self.text

    def _begins_section(self, number: int, paragraph: Paragraph) -> bool:
        """The paragraph is a section's heading, perhaps with the section's first sentence behind a colon."""
        text = paragraph.text.strip()
        head, _, after = text.partition("：") if "：" in text else text.partition(":")
        ordinal = _ORDINAL.match(head)
        bare = head[ordinal.end() if ordinal else 0 :].rstrip("。")
        key = _SECTIONS.key(bare)
        if key is None or (bare == head and after.strip() and self.section != "cover"):
            return False
        self.section, self.mark, self.field = key, "", ""
        if after.strip():
            self.take(number, Paragraph((StyledText(after.strip()),)))
        return True

    # --- parts of a section

    def _part(self, text: str) -> str | None:
        """The number that begins a part, if it is of the same kind as the section's first; None for any other text."""
        match = _PART.match(text)
        if match is None:
            return None
        kind = "（一）" if match[1] else "（1）" if match[2] else "1."
        self.mark = self.mark or kind
        return match[0] if kind == self.mark else None

    def _sub_goal(self, number: int, paragraph: Paragraph) -> None:
        text, found = paragraph.text, self.text.sub_goals
        leading = _LEADING.match(text)
        part = None if leading else self._part(text)
        if part is not None:
            found.append(SubGoalText(text[len(part) :].strip()))
            self.field = ""
        elif not found:
            self.text.rest.append((number, text))
        elif leading:
            self.field = leading[1]
            self._fill(
                found[-1], text[leading.end() :], _without(paragraph.spans, leading.end() - len(paragraph.number))
            )
        else:
            self._fill(found[-1], text, paragraph.spans)

    def _fill(self, sub: SubGoalText, text: str, spans: Sequence[StyledText]) -> None:
        """Puts a text into the field that the last leading words named; into the goal without any."""
        if self.field == words.INDICATORS:
            sub.indicators += indicators_in(text, spans)
        elif self.field in {words.PROJECTS, "支撑项目"}:
            sub.projects += [name for name in re.split(r"[；;\n]", text.strip().removesuffix("。")) if name.strip()]
        else:
            sub.goal.append(text)

    def _safeguard(self, number: int, paragraph: Paragraph) -> None:
        text, found = paragraph.text, self.text.safeguards
        part = self._part(text)
        if part is not None:
            found.append(_measure(text[len(part) :], paragraph.spans))
        elif not found:
            self.text.rest.append((number, text))
        else:
            title, before = found[-1]
            found[-1] = title, f"{before}\n{text}" if before else text

    # --- cover

    def _is_title(self, text: str) -> bool:
        """A line such as 2023年部门整体绩效目标; it gives the year and perhaps the department."""
        line = folded(text.rpartition("\n")[2])
        if _UNDATED_TITLE.fullmatch(line):
            return "\n" not in text
        match = _TITLE.fullmatch(line) if len(line) <= 2 * _SHORT else None
        if match is None:
            return False
        self.text.year = self.text.year or match[2]
        self.before_title = self.before_title or [line for _, line in self.cover]
        before = text.rpartition("\n")[0].strip() or match[1]
        if before:
            self.cover.append((0, before))
        return True

    def _read_cover(self) -> None:
        """The department's name: before 编制, else the line before the title."""
        text = self.text
        made = [line.removesuffix(words.MADE_BY) for _, line in self.cover if line.endswith(words.MADE_BY)]
        names = [name.removeprefix("编制单位：").strip() for name in made if name.strip()]
        names += [match[1] for _, line in self.cover if (match := _NAMED.fullmatch(line))]
        names += [line for number, line in self.cover if number == 0] + self.before_title[:1]
        text.department = names[0] if names else ""
        known = {text.department, f"{text.department}{words.MADE_BY}"}
        for number, line in self.cover:
            named = _NAMED.fullmatch(line)
            if number and line not in known and not (named and named[1] == text.department):
                text.rest.append((number, line))


def _is_contents(text: str) -> bool:
    """A line of the contents: a heading, dots or a tab, a page number."""
    return len(text) <= _LONGEST_ENTRY and _CONTENTS.fullmatch(text) is not None


def _ends(paragraph: Paragraph) -> bool:
    """A heading that ends the section: of the first level, or a line such as 第二部分 项目绩效目标."""
    return paragraph.style in {"heading 1", "title"} or _OTHER_HEADING.match(paragraph.text.strip()) is not None


def _without(spans: Sequence[StyledText], length: int) -> list[StyledText]:
    """The pieces of a paragraph without its first characters."""
    left: list[StyledText] = []
    for span in spans:
        cut = min(max(length, 0), len(span.text))
        length -= cut
        if span.text[cut:]:
            left.append(span._replace(text=span.text[cut:]))
    return left


# --- sentences -----------------------------------------------------------------------------------------------------


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


def _measure(text: str, spans: Sequence[StyledText]) -> tuple[str, str]:
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
