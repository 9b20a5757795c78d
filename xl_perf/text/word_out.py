"""Writes the performance text as a Word document: cover, contents, goals, summary, one form per project.

What the workbook says is printed as it stands; nothing is corrected here. The same department gives the same bytes.
"""

import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.xmlchemy import BaseOxmlElement

from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.forms.kind import Holds
from xl_perf.core.forms.layout import printed_layout, year_line
from xl_perf.core.making.merging import kind_of
from xl_perf.core.model.department import Department, Safeguard, SubGoal, SubGoalIndicator
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile
from xl_perf.files.own_files import KIND_PROPERTY, TEXT
from xl_perf.sheets.texts import valid
from xl_perf.text import sections as words
from xl_perf.text.form_table import Table, form_tables, summary_table
from xl_perf.text.numerals import chinese_number
from xl_perf.text.pages import Pages
from xl_perf.text.typography import (
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
    font_table,
    set_language,
    set_page,
    set_styles,
)
from xl_perf.text.wordml import bookmarked, field, field_end, field_start, node, paragraph, run

_LONG_AGO: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""Creation and change, as the document states them: the clock must not make two equal texts differ."""
_ZIP_START: Final = (1980, 1, 1, 0, 0, 0)
_LEVELS: Final = {HEADING_1: CONTENTS_1, HEADING_2: CONTENTS_2}
"""Which headings stand in the contents, and in which style."""
_NO_COLON_BEFORE: Final = (*"=＝≥>＞≤<＜≧≦", "达", "不", "按", "控制", "保持", "超过")
"""A value that begins so goes on from its indicator's name: 发放率达到100%."""


def write_text(target: Path | BinaryIO, department: Department, profile: Profile) -> None:
    """Writes the department's performance text (.docx).

    Not published: contact, phone and 控制数. Raises OSError where the target cannot be written.
    """
    document = docx.Document()
    set_styles(document)
    writer = _Writer(document)
    writer.cover(department)
    writer.goals(department)
    writer.summary(department, profile)
    for project in department.projects:
        writer.form(project, profile, department.year)
    writer.end()
    writer.contents()
    _finish(document, department, target)


class _Writer:
    """Writes the document from top to bottom; remembers where headings stand, for the contents."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.body = document.element.body
        self.pages = Pages()
        self.entries: list[tuple[str, str, str, int]] = []
        """Style, text, bookmark and page of each heading of the contents."""
        self.here: BaseOxmlElement | None = None

    def cover(self, department: Department) -> None:
        """Department, title and who made it; what follows begins a section with page numbers of its own."""
        name, year = department.cover.department.text, _year(department)
        self._plain(COVER_TITLE, *([run(f"{name}\n")] if name else []), run(f"{year}{words.TEXT_TITLE}"))
        self._plain(COVER_NAME, run(f"{name}{words.MADE_BY}" if name else ""))
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        for one in self.document.sections:
            set_page(one)
        self.here = self.body[-2]
        section.footer.is_linked_to_previous = False
        footer = section.footer.paragraphs[0]
        footer.style = self.document.styles["footer"]
        footer._p.extend([run("— "), *field("PAGE", "1"), run(" —")])  # noqa: SLF001  # python-docx has no fields
        self.here.style = TINY
        last = self.body[-1]
        last.insert_element_before(node("pgNumType", start=1), "w:cols", "w:docGrid")

    def _plain(self, style: str, *content: BaseOxmlElement) -> None:
        self._place(paragraph(style, *content))

    def _place(self, element: BaseOxmlElement) -> None:
        """Puts an element at the end, before the properties of the last section."""
        self.body.insert(len(self.body) - 1, element)

    def _text(self, style: str, *pieces: tuple[str, str | None]) -> None:
        """A paragraph of pieces of text with their character styles."""
        self.pages.paragraph(BY_ID[style], "".join(text for text, _ in pieces))
        self._plain(style, *(run(text, characters) for text, characters in pieces if text))

    def _heading(self, style: str, text: str) -> None:
        page = self.pages.paragraph(BY_ID[style], text)
        if style not in _LEVELS:
            self._plain(style, run(text))
            return
        name = f"_Toc{len(self.entries) + 1:09d}"
        self.entries.append((_LEVELS[style], " ".join(text.split("\n")), name, page))
        self._plain(style, *bookmarked(name, len(self.entries), run(text)))

    # --- 部门整体绩效目标

    def goals(self, department: Department) -> None:
        """Overall goal, sub-goals and safeguards, as far as there are any; only a text without anything says so."""
        overall = department.overall_goal.text
        goals, safeguards = department.sub_goals, department.safeguards
        parts = (words.OVERALL, overall), (words.SUB_GOALS, goals), (words.SAFEGUARDS, safeguards)
        numerals = {name: chinese_number(at) for at, name in enumerate((name for name, content in parts if content), 1)}
        if numerals or not department.projects:
            self._heading(HEADING_1, f"{_year(department)}{words.GOALS_TITLE}")
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

    def summary(self, department: Department, profile: Profile) -> None:
        """项目预算汇总表, where there are projects."""
        if not department.projects:
            return
        self._heading(HEADING_1, words.SUMMARY_TITLE)
        self._text(NOTE, (words.UNIT_NOTE, None))
        totals = totals_of_department(department)
        self._table(summary_table(department.projects, totals, profile.checkpoints))
        if totals.note:
            self._text(NOTE, (f"{totals.note}。", None))
        if totals.remarks:
            self._text(NOTE, (f"{words.REMARKS}{'；'.join(totals.remarks)}。", None))

    def form(self, project: Project, profile: Profile, year: int | None) -> None:
        """A project's heading and form, on a page of its own."""
        layout = printed_layout(project, profile.by_kind.get(project.kind.name, profile))
        heading = project.heading.value or project.name.text
        if heading:
            self._heading(HEADING_1, heading)
            self._text(FORM_NAME, (project.kind.title, None))
        else:
            self._heading(HEADING_1, project.kind.title)
        if project.kind.part_of(Holds.YEAR) is not None:
            self._text(FORM_YEAR, (year_line(year), None))
        *above, indicators = form_tables(layout, project)
        for table in above:
            breaks = self.pages.rows(table.heights, table.header)
            self._place(table.drawn(breaks, is_open=self.pages.has_room(indicators.beginning)))
            self._join()
        self._table(indicators)

    def _join(self) -> None:
        """What stands between the tables of a form: Word makes one of two that touch, and repeats the first's header.

        Its lines at both sides close the frame.
        """
        self.pages.paragraph(BY_ID[TINY], "")
        sides = (node(side, val="single", sz=4, space=0, color="auto") for side in ("left", "right"))
        made = paragraph(TINY)
        made[0].extend([node("keepNext"), node("pBdr", *sides)])
        self._place(made)

    def _table(self, table: Table) -> None:
        breaks = self.pages.rows(table.heights, table.header)
        self._place(table.drawn(breaks))

    def end(self) -> None:
        """A last paragraph, for Word wants one behind a table; it takes no room."""
        self._plain(TINY)

    # --- contents

    def contents(self) -> None:
        """目录 behind the cover: a TOC field with all entries stored, so that it shows without being updated."""
        assert self.here is not None
        made = [paragraph(CONTENTS, run(words.CONTENTS_TITLE))]
        for number, (style, text, name, page) in enumerate(self.entries):
            start = field_start('TOC \\o "1-2" \\h \\z \\u') if number == 0 else []
            link = node("hyperlink", run(f"{text}\t"), *field(f"PAGEREF {name} \\h", str(page)), anchor=name, history=1)
            end = [field_end()] if number == len(self.entries) - 1 else []
            made.append(paragraph(style, *start, link, *end))
        at = self.body.index(self.here)
        for offset, one in enumerate(made):
            self.body.insert(at + offset, one)


def _year(department: Department) -> str:
    """``2023年``; empty where the workbook does not say it."""
    return f"{department.year}年" if department.year else ""


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


# --- the file ------------------------------------------------------------------------------------------------------


def _finish(document: Document, department: Department, target: Path | BinaryIO) -> None:
    """Properties, our mark and fonts; parts in the order in which they come, with one date for all."""
    properties = document.core_properties
    properties.title = f"{_year(department)}{words.TEXT_TITLE}"
    properties.author = properties.last_modified_by = valid(department.cover.department.text)[:255]
    properties.subject, properties.keywords, properties.comments = kind_of(department.projects).title, KIND_PROPERTY, ""
    properties.created = properties.modified = _LONG_AGO
    properties.revision = 1
    _mark(document)
    set_language(document)
    own = {"word/fontTable.xml": font_table(), "docProps/app.xml": _APPLICATION}
    saved = BytesIO()
    document.save(saved)
    with ZipFile(saved) as parts, ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for name in parts.namelist():
            entry = ZipInfo(name, _ZIP_START)
            entry.compress_type = ZIP_DEFLATED
            packed.writestr(entry, own.get(name) or parts.read(name))


_OF_THE_TEMPLATE: Final = frozenset({"thumbnail", "stylesWithEffects", "customXml", "numbering", "webSettings"})
_APPLICATION: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>xl-perf</Application></Properties>"
)
_CUSTOM: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="%s"><vt:lpwstr>%s</vt:lpwstr></property>'
    "</Properties>"
)


def _mark(document: Document) -> None:
    """The custom property by which xl-perf knows its own files; python-docx's template leaves nothing of its own."""
    package = document.part.package
    for relations in (package.rels, document.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in _OF_THE_TEMPLATE:
                del relations[name]
    content_type = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    blob = (_CUSTOM % (KIND_PROPERTY, TEXT)).encode()
    part = Part(PackURI("/docProps/custom.xml"), content_type, blob, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
