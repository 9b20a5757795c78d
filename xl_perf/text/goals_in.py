"""Reads the running text: cover, overall goal, sub-goals with their indicators, safeguards.

Sections are known by their headings (一、总体绩效目标 …), parts by （一） or by automatic numbers. A text that xl-perf
wrote marks names and values by character styles and reads back exactly; in others the sentences are taken apart.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.text import sections as words
from xl_perf.text.blocks import Paragraph, StyledText
from xl_perf.text.contents import contents_of
from xl_perf.text.sections import part_of, section_of
from xl_perf.text.sentences import indicators_in, measure

_LEADING: Final = re.compile(rf"\s*({words.GOAL}|{words.INDICATORS}|{words.PROJECTS}|支撑项目)\s*[：:]\s*")
_TITLE: Final = re.compile(
    r"([^。；;！!：:，元]*?)((?:19|20|21)\d{2})年度?[^。；;！!：:，元]*(?:绩效文本|绩效目标|预算)"
    r"(?:绩效|目标|文本|信息|公开|及|编制|说明|草案|申报|批复|情况|书|表|[()])*"
)
_UNDATED_TITLE: Final = re.compile(r"(?:部门)?(?:预算)?(?:部门预算绩效文本|部门整体绩效目标)")
_OTHER_HEADING: Final = re.compile(r"第[一二三四五六七八九十]{1,3}(?:部分|章|篇)")
_FURNITURE: Final = frozenset(
    map(folded, ("目录", words.SUMMARY_TITLE, words.UNIT_NOTE, words.TEXT_TITLE, words.GOALS_TITLE))
)
"""What a text prints around its content."""
_MISSING: Final = re.compile(r"合计不含(?:、?\d+(?:张表里读不出的金额|张读不出金额的表|个没有读入的文件))+。")
"""What a text prints below its summary where something is missing from the totals (`Totals.note`)."""
_REMARKS: Final = re.compile(
    rf"{folded(words.REMARKS)}(?:其他资金含|-?[\d.]+万元没有写资金来源|支出计划的合计不含|\d+个项目(?:中|可能重复)|\d+本).*。"
)
"""What it prints there of how the amounts are made up (`Totals.remarks`)."""
_NAMED: Final = re.compile(r"(?:编制单位|部门名称|填报单位|单位名称)[：:]\s*(\S.*)")
_LONGEST_TITLE: Final = 60


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


def read_running_text(
    paragraphs: Iterable[tuple[int, Paragraph]], apart: Collection[int] = (), breaks: Collection[int] = ()
) -> RunningText:
    """Takes the running text apart; whatever belongs nowhere is in ``rest``.

    ``apart`` are numbers of paragraphs that are no running text, ``breaks`` of those before which a form stands: what
    follows either goes on from nothing above, until a heading or a numbered part begins something new.
    """
    listed = list(paragraphs)
    contents = contents_of(listed, breaks=breaks)
    reader = _Reader()
    for number, paragraph in listed:
        if number in contents:
            continue
        reader.is_interrupted |= number in breaks or number in apart
        if number in apart:
            reader.text.rest.append((number, paragraph.text))
        else:
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
        self.is_interrupted = False
        """Something else stands between what was read last and what comes: nobody knows where that belongs."""
        self.cover: list[tuple[int, str]] = []
        self.before_title: list[str] = []
        """The cover's lines above the text's title."""

    def take(self, number: int, paragraph: Paragraph) -> None:
        if self._begins_section(number, paragraph):
            return
        if self._is_furniture(paragraph.text):
            if self.section != "cover":
                self.section = "other"
            return
        if self.section == "cover":
            self.cover += [(number, line.strip()) for line in paragraph.text.split("\n") if line.strip()]
        elif self.section == "other" or _ends(paragraph):
            self.section = "other"
            self.text.rest.append((number, paragraph.text))
        elif self.is_interrupted and (self.section == "overall" or self._part(paragraph.text) is None):
            self.text.rest.append((number, paragraph.text))
        else:
            self.is_interrupted = False
            self._take_in(number, paragraph)

    def _take_in(self, number: int, paragraph: Paragraph) -> None:
        """A paragraph of the section."""
        if self.section == "overall":
            self.text.overall.append(paragraph.text)
        elif self.section == "sub_title":
            self._sub_goal(number, paragraph)
        else:
            self._safeguard(number, paragraph)

    def finish(self) -> RunningText:
        """The text, once the cover's lines are understood too."""
        self._read_cover()
        self.text.rest.sort()
        return self.text

    def _begins_section(self, number: int, paragraph: Paragraph) -> bool:
        """The paragraph is a section's heading, perhaps with the section's first sentence behind a colon."""
        found = section_of(paragraph.text)
        if found is None or (found.after and not found.is_numbered and self.section != "cover"):
            return False
        self.section, self.mark, self.field, self.is_interrupted = found.key, "", "", False
        if found.after:
            self.take(number, Paragraph((StyledText(found.after),)))
        return True

    def _is_furniture(self, text: str) -> bool:
        seen = folded(text)
        if seen in _FURNITURE or _MISSING.fullmatch(seen) is not None or _REMARKS.fullmatch(seen) is not None:
            return True
        return self._is_title(text)

    # --- parts of a section

    def _part(self, text: str) -> str | None:
        """The number that begins a part, if it is of the same kind as the section's first; None for any other text."""
        part = part_of(text)
        if part is None:
            return None
        self.mark = self.mark or part.mark
        return part.text if part.mark == self.mark else None

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
            found.append(measure(text[len(part) :], paragraph.spans))
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
        match = _TITLE.fullmatch(line) if len(line) <= _LONGEST_TITLE else None
        if match is None or (self.section != "cover" and not self._is_known(match[1])):
            return False
        self.text.year = self.text.year or match[2]
        self.before_title = self.before_title or [line for _, line in self.cover]
        before = text.rpartition("\n")[0].strip() or match[1]
        if before:
            self.cover.append((0, before))
        return True

    def _is_known(self, name: str) -> bool:
        """Behind the cover a title begins with its year, or with what stands on the cover: a sentence does not."""
        return not name or any(name in folded(line) for _, line in self.cover)

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
