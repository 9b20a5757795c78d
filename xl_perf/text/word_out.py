"""Writes the performance text as a Word document: cover, contents, goals, summary, one form per project.

What the workbook says is printed as it stands; nothing is corrected here. The same department gives the same bytes.
"""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml.xmlchemy import BaseOxmlElement

from xl_perf.core.checking.doubles import doubled_in
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.forms.box import Role, year_line
from xl_perf.core.forms.goals_on_form import with_goals_in_places
from xl_perf.core.forms.kind import FormKind, Holds
from xl_perf.core.forms.layout import Layout, printed_layout
from xl_perf.core.model.department import Department, Safeguard, SubGoal, SubGoalIndicator
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile
from xl_perf.sheets.own_texts import of_year
from xl_perf.text import sections as words
from xl_perf.text.form_table import OwnRows, form_tables
from xl_perf.text.numerals import chinese_number
from xl_perf.text.own_frame import OwnFrame, above, below, frame_of, title_of
from xl_perf.text.placement import Placement, Written, heading_mark
from xl_perf.text.summary_table import summary_table
from xl_perf.text.typography import (
    ABOVE,
    BELOW,
    BODY,
    BY_ID,
    CONTENTS,
    CONTENTS_1,
    CONTENTS_2,
    COVER_NAME,
    COVER_TITLE,
    FORM_NAME,
    FORM_YEAR,
    HEADING_1,
    HEADING_2,
    HEADING_3,
    INDICATOR,
    MEASURE,
    MEASURE_TEXT,
    NOTE,
    TARGET,
    TINY,
    set_page,
    set_styles,
)
from xl_perf.text.word_file import finish
from xl_perf.text.wordml import bookmarked, field, field_end, field_start, node, paragraph, run
from xl_perf.text.writing import Writing
from xl_perf.written.own_look import OwnLook, look_of
from xl_perf.written.own_page import is_wide

_LEVELS: Final = {HEADING_1: CONTENTS_1, HEADING_2: CONTENTS_2}
"""Which headings stand in the contents, and in which style."""
_ABOVE: Final = {"left": ABOVE, "center": FORM_YEAR, "right": NOTE}
"""The style of what an office prints above its table, by the side on which it stands."""
_GAP: Final = "\u3000\u3000"
"""Between what stands side by side below the table."""
_NO_COLON_BEFORE: Final = (*"=＝≥>＞≤<＜≧≦", "达", "不", "按", "控制", "保持", "超过")
"""A value that begins so goes on from its indicator's name: 发放率达到100%."""


def write_text(
    target: Path | BinaryIO,
    department: Department,
    profile: Profile,
    placement: Placement | None = None,
    *,
    with_marks: bool = False,
) -> Written:
    """Writes the department's performance text (.docx).

    ``placement`` says where its headings and rows stand, None to have it worked out; one without headings leaves the
    page numbers out of the contents. ``with_marks`` puts bookmarks at the rows of forms, so that they are found in a
    PDF. Not published: contact, phone and 控制数. Raises OSError where the target cannot be written.
    """
    document = docx.Document()
    set_styles(document)
    writer = _Writer(document, placement, with_marks=with_marks)
    writer.cover(department)
    writer.goals(department)
    writer.summary(department)
    numbers: Counter[FormKind] = Counter()
    for project in department.projects:
        numbers[project.kind] += 1
        writer.form(project, profile, department.year, numbers[project.kind])
    writer.end()
    writer.contents()
    finish(document, department, target)
    headings = tuple(entry.page for entry in writer.entries)
    return Written(writer.placement(headings), tuple(writer.rows))


class _Entry(NamedTuple):
    """A line of the contents."""

    style: str
    text: str
    bookmark: str
    page: int


class _Writer(Writing):
    """Writes the document from top to bottom; remembers where headings and rows stand."""

    def __init__(self, document: Document, known: Placement | None, *, with_marks: bool) -> None:
        super().__init__(document, known, with_marks=with_marks)
        self.entries: list[_Entry] = []
        self.here: BaseOxmlElement | None = None

    def cover(self, department: Department) -> None:
        """Department, title and who made it; what follows begins a section with page numbers of its own."""
        name, year = department.cover.department.text, words.year_of(department)
        self.plain(COVER_TITLE, *([run(f"{name}\n")] if name else []), run(f"{year}{words.TEXT_TITLE}"))
        self.plain(COVER_NAME, run(f"{name}{words.MADE_BY}" if name else ""))
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        for one in self.document.sections:
            set_page(one)
        self.here = self.body[-2]
        self.number_pages(section)
        self.here.style = TINY

    def _text(self, style: str, *pieces: tuple[str, str | None]) -> None:
        """A paragraph of pieces of text with their character styles."""
        self.pages.paragraph(BY_ID[style], "".join(text for text, _ in pieces))
        self.plain(style, *(_piece(text, characters) for text, characters in pieces if text))

    def _heading(self, style: str, text: str) -> None:
        page = self.pages.paragraph(BY_ID[style], text)
        if style not in _LEVELS:
            self.plain(style, run(text))
            return
        at = len(self.entries)
        name = heading_mark(at + 1)
        if self.known is not None:
            page = self.known.headings[at] if self.known.headings else 0
        self.entries.append(_Entry(_LEVELS[style], " ".join(text.split("\n")), name, page))
        self.plain(style, *bookmarked(name, at + 1, run(text)))

    # --- 部门整体绩效目标

    def goals(self, department: Department) -> None:
        """Overall goal, sub-goals and safeguards, as far as there are any; only a text without anything says so."""
        overall = department.overall_goal.text
        goals, safeguards = department.sub_goals, department.safeguards
        parts = (words.OVERALL, overall), (words.SUB_GOALS, goals), (words.SAFEGUARDS, safeguards)
        numerals = {name: chinese_number(at) for at, name in enumerate((name for name, content in parts if content), 1)}
        if numerals or not department.projects:
            self._heading(HEADING_1, f"{words.year_of(department)}{words.GOALS_TITLE}")
        if overall:
            self._heading(HEADING_2, f"{numerals[words.OVERALL]}、{words.OVERALL}")
        for text in _paragraphs(overall) if overall else ():
            self._text(BODY, (text, None))
        if goals:
            self._heading(HEADING_2, f"{numerals[words.SUB_GOALS]}、{words.SUB_GOALS}")
        for number, sub in enumerate(goals, 1):
            self._sub_goal(number, sub)
        if safeguards:
            self._heading(HEADING_2, f"{numerals[words.SAFEGUARDS]}、{words.SAFEGUARDS}")
        for number, safeguard in enumerate(safeguards, 1):
            self._safeguard(number, safeguard)

    def _sub_goal(self, number: int, sub: SubGoal) -> None:
        self._heading(HEADING_3, f"（{chinese_number(number)}）{sub.title.text}")
        if sub.goal.text:
            self._text(BODY, (f"{words.GOAL}：", None), (sub.goal.text, None))
        pieces = [piece for one in sub.indicators for piece in _indicator(one)]
        if pieces:
            self._text(BODY, (f"{words.INDICATORS}：", None), *pieces[:-1], ("。", None))
        if sub.project_names:
            self._text(BODY, (f"{words.PROJECTS}：", None), ("；".join(sub.project_names), None), ("。", None))

    def _safeguard(self, number: int, safeguard: Safeguard) -> None:
        title, text = safeguard.title.text, safeguard.text.text
        stop = "" if not title or title[-1] in words.STOPS else "。"
        self._text(BODY, (f"（{chinese_number(number)}）", None), (title, MEASURE), (stop, None), (text, MEASURE_TEXT))

    # --- the tables

    def summary(self, department: Department) -> None:
        """项目预算汇总表, where there are projects."""
        if not department.projects:
            return
        self._heading(HEADING_1, words.SUMMARY_TITLE)
        self._text(NOTE, (words.UNIT_NOTE, None))
        totals = totals_of_department(department)._replace(doubled=doubled_in(department))
        table = summary_table(department.projects, totals)
        self.pages.rows(table.heights, table.header)
        self.place(table.drawn())
        if totals.note:
            self._text(NOTE, (f"{totals.note}。", None))
        if totals.remarks:
            self._text(NOTE, (f"{words.REMARKS}{'；'.join(totals.remarks)}。", None))

    def form(self, project: Project, profile: Profile, year: int | None, number: int) -> None:
        """A project's heading and form, on a page of its own; it is so manieth of its kind."""
        project = with_goals_in_places(project)
        layout = printed_layout(project, profile.by_kind.get(project.kind.name, profile), number)
        look = None if layout.own is None else look_of(layout.own)
        if layout.own is not None:
            layout = of_year(layout, year)
        frame = None if layout.own is None else frame_of(layout, look)
        named = None if frame is None else title_of(layout)
        title = layout.title if named is None else " ".join(named.text.split())
        heading = project.heading.value or project.name.text
        self.lay(is_wide=frame is not None and is_wide(look, layout))
        if heading:
            self._heading(HEADING_1, heading)
            self._text(FORM_NAME, (title, None))
        else:
            self._heading(HEADING_1, title)
        if frame is not None:
            self._own_form(layout, project, look, frame)
            return
        if project.kind.part_of(Holds.YEAR) is not None:
            self._text(FORM_YEAR, (year_line(year), None))
        self.tables(*form_tables(layout, project))

    def _own_form(self, layout: Layout, project: Project, look: OwnLook | None, frame: OwnFrame) -> None:
        """An office's own form: what it prints above its table, the table, and what it prints below."""
        layout = layout if look is None else replace(layout, own_widths=look.widths)
        sides = {} if look is None else look.sides(layout.boxes)
        for box in above(layout, frame):
            usual = FORM_YEAR if box.role is Role.YEAR else NOTE
            style = usual if look is None else _ABOVE.get(sides.get(box, "left"), usual)
            self._text(style, (" ".join(box.text.split()), None))
        notes = [(_GAP.join(box.text.strip() for box in row), row) for row in below(layout, frame)]
        room = self.pages.left - sum(self.pages.height_of(BY_ID[BELOW], text) for text, _ in notes)
        width, height = self.pages.width, self.pages.height
        own = OwnRows(frame, look, room)
        self.tables(*form_tables(layout, project, sides, own, width, height))
        for text, row in notes:
            self.pages.paragraph(BY_ID[BELOW], text)
            made = paragraph(BELOW, run(text))
            if len(row) == 1 and sides.get(row[0], "left") != "left":
                made[0].append(node("jc", val=sides[row[0]]))
            self.place(made)

    # --- contents

    def contents(self) -> None:
        """目录 behind the cover: a TOC field with all entries stored, so that it shows without being updated."""
        assert self.here is not None
        made = [paragraph(CONTENTS, run(words.CONTENTS_TITLE))]
        for number, entry in enumerate(self.entries):
            start = field_start('TOC \\o "1-2" \\h \\z \\u') if number == 0 else []
            page = [run("\t"), *field(f"PAGEREF {entry.bookmark} \\h", str(entry.page))] if entry.page else []
            link = node("hyperlink", run(entry.text), *page, anchor=entry.bookmark, history=1)
            end = [field_end()] if number == len(self.entries) - 1 else []
            made.append(paragraph(entry.style, *start, link, *end))
        at = self.body.index(self.here)
        for offset, one in enumerate(made):
            self.body.insert(at + offset, one)


def _piece(text: str, characters: str | None) -> BaseOxmlElement:
    return run(text, *([node("rStyle", val=characters)] if characters else []))


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; a blank line between two stays with the second."""
    found: list[str] = []
    for line in text.split("\n"):
        if found and (not line or not found[-1].strip("\n")):
            found[-1] += f"\n{line}"
        elif found and found[-1].endswith("\n"):
            found[-1] += line
        else:
            found.append(line)
    return found


def _indicator(one: SubGoalIndicator) -> list[tuple[str, str | None]]:
    """An indicator's name and value in one sentence; the styles tell them apart when it is read back."""
    name, value = one.name.text, one.target.text
    colon = "：" if name and value and not value.startswith(_NO_COLON_BEFORE) else ""
    return [(name, INDICATOR), (colon, None), (value, TARGET), ("；", None)]
