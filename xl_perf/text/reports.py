"""绩效运行监控报告 and 绩效自评报告 as Word documents or PDF: a short report, a roll-up, then the official tables.

The same department gives the same bytes. Nothing is corrected here. Contacts stand in none of these tables.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import docx
from docx.enum.section import WD_SECTION

from xl_perf.core.checking.report_errors import evaluation_errors, monitoring_errors
from xl_perf.core.figures.evaluation_rollup import evaluation_rollup
from xl_perf.core.figures.monitoring_rollup import monitoring_rollup
from xl_perf.core.figures.report_lines import said_incomplete
from xl_perf.core.forms.kind import Family
from xl_perf.core.making.report_draft import ReportDraft, period
from xl_perf.core.making.report_layout import report_layout
from xl_perf.core.model.department import Department
from xl_perf.core.profile import Profile
from xl_perf.files.output import Output, replacing
from xl_perf.text import sections as words
from xl_perf.text.numerals import chinese_number
from xl_perf.text.pages import Pages
from xl_perf.text.placement import Placement, Written, heading_mark
from xl_perf.text.report_rollup import evaluation_table, monitoring_table
from xl_perf.text.report_table import PAPERS, column_widths, report_tables
from xl_perf.text.report_words import Said, evaluation_report, monitoring_report
from xl_perf.text.typography import (
    ABOVE,
    BY_ID,
    FORM_NAME,
    HEADING_1,
    HEADING_2,
    NOTE,
    TINY,
    TWIPS,
    set_page,
    set_styles,
    set_wide_page,
)
from xl_perf.text.word_file import finish_as
from xl_perf.text.word_table import Table
from xl_perf.text.wordml import bookmarked, node, paragraph, run
from xl_perf.text.writing import Writing

_TITLES: Final = {Family.MONITORING: "绩效运行监控报告", Family.EVALUATION: "绩效自评报告"}
_ROLLUPS: Final = {Family.MONITORING: "监控汇总表", Family.EVALUATION: "自评汇总表"}


class ReportText(NamedTuple):
    """What a document says: its title in lines, the short report, the roll-up with a note, the tables."""

    department: str
    title: str
    said: Sequence[Said]
    rollup: Table
    note: str
    drafts: Sequence[ReportDraft]


def monitoring_text(department: Department, month: int, drafts: Sequence[ReportDraft], profile: Profile) -> ReportText:
    """The report of a month; ``drafts`` are the tables that it prints."""
    rollup = monitoring_rollup([(department, profile)], month)
    title = f"{_year(department)}{_TITLES[Family.MONITORING]}\n（1—{month}月）"
    errors = monitoring_errors(department, month, profile).said
    said = tuple(monitoring_report(department, rollup, profile, errors))
    note = said_incomplete(rollup.incomplete, len(rollup.incomplete))
    return ReportText(department.name or "", title, said, monitoring_table(rollup), note, drafts)


def evaluation_text(department: Department, drafts: Sequence[ReportDraft], profile: Profile) -> ReportText:
    """The report of a year; ``drafts`` are the tables that it prints."""
    rollup = evaluation_rollup([(department, profile)])
    title = f"{_year(department)}{_TITLES[Family.EVALUATION]}"
    errors = evaluation_errors(department, profile).said
    said = tuple(evaluation_report(department, rollup, profile, errors))
    note = said_incomplete(rollup.incomplete, len(rollup.incomplete))
    if rollup.score is not None:
        score = f"合计行的总分为各项目总分的{rollup.label}"
        note = f"{score}；{note}" if note else score
    return ReportText(department.name or "", title, said, evaluation_table(rollup), note, drafts)


def _year(department: Department) -> str:
    return f"{department.year}年度" if department.year else ""


def publish_reports(path: Path, text: ReportText, profile: Profile, *, laid_out: bool = True) -> Output:
    """Writes the document, whole or not at all (.docx, or .pdf through LibreOffice).

    Without ``laid_out`` it is worked out where the rows of a .docx stand, which saves the seconds that LibreOffice
    takes. Raises `OutputError`, also where LibreOffice is missing for a .pdf.
    """
    from xl_perf.text.pdf import placement_of, print_pdf

    def write(target: Path, placement: Placement | None, *, with_marks: bool) -> Written:
        return write_reports(target, text, profile, placement, with_marks=with_marks)

    with replacing(path) as output:
        if output.temp.suffix.lower() == ".pdf":
            print_pdf(output.temp, write)
        else:
            write(output.temp, placement_of(write) if laid_out else None, with_marks=False)
    return output


def write_reports(
    target: Path, text: ReportText, profile: Profile, placement: Placement | None = None, *, with_marks: bool = False
) -> Written:
    """Writes the document (.docx). Raises OSError where the target cannot be written."""
    document = docx.Document()
    set_styles(document)
    writing = Writing(document, placement, with_marks=with_marks)
    set_page(document.sections[0])
    writing.number_pages(document.sections[0])
    _title(writing, text)
    for one in text.said:
        writing.text(one.style, one.text)
    kind = text.drafts[0].kind
    _rollup(writing, text, kind.family)
    document.add_section(WD_SECTION.NEW_PAGE)
    writing.body[-2].style = TINY
    writing.go_on_numbering()
    if kind.family is Family.MONITORING:
        set_wide_page(document.sections[-1])
    _tables(writing, text.drafts, profile)
    writing.end()
    finish_as(document, text.title.replace("\n", ""), kind.title, text.department, target)
    return Written(writing.placement((1,)), tuple(writing.rows))


def _title(writing: Writing, text: ReportText) -> None:
    title = f"{text.department}\n{text.title}" if text.department else text.title
    writing.pages.paragraph(BY_ID[HEADING_1], title)
    writing.plain(HEADING_1, *bookmarked(heading_mark(1), 1, run(title)))


def _rollup(writing: Writing, text: ReportText, family: Family) -> None:
    number = sum(one.style == HEADING_2 for one in text.said) + 1
    writing.text(HEADING_2, f"{chinese_number(number)}、{_ROLLUPS[family]}")
    writing.text(NOTE, words.UNIT_NOTE)
    table = text.rollup
    writing.pages.rows(table.heights, table.header)
    writing.place(table.drawn())
    if text.note:
        writing.text(NOTE, f"{words.REMARKS}{text.note}。")


def _tables(writing: Writing, drafts: Iterable[ReportDraft], profile: Profile) -> None:
    """A table a page, all with the same columns."""
    layouts = [(draft, report_layout(draft, 0, profile.monitor, profile.evaluate)) for draft in drafts]
    kind = layouts[0][1].kind
    widths = column_widths(kind, (layout for _, layout in layouts))
    paper = PAPERS[kind.family]
    for number, (draft, layout) in enumerate(layouts):
        writing.pages = Pages(paper.width, paper.height)
        writing.pages.paragraph(BY_ID[FORM_NAME], kind.title)
        title = paragraph(FORM_NAME, run(kind.title))
        if number:
            title[0].insert(1, node("pageBreakBefore"))
        writing.place(title)
        writing.pages.paragraph(BY_ID[ABOVE], period(draft))
        above = paragraph(ABOVE, run(f"{period(draft)}\t单位：万元"))
        tab = node("tab", val="right", pos=round(sum(widths) * TWIPS))
        above[0].insert(1, node("tabs", tab))
        writing.place(above)
        writing.tables(*report_tables(layout, widths, writing.pages.has_room))
