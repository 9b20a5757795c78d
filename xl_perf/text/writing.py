"""Writing a Word document from top to bottom: paragraphs, tables over pages, page numbers."""

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section

from xl_perf.text.pages import Pages
from xl_perf.text.placement import Marks, Placement
from xl_perf.text.typography import (
    BY_ID,
    FOOTER,
    FOOTER_EVEN,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    TINY,
    WIDE_HEIGHT,
    WIDE_WIDTH,
    set_page,
    set_wide_page,
)
from xl_perf.text.word_table import Table
from xl_perf.text.wordml import field, node, paragraph, run


class Writing:
    """Puts things at the end of a document; remembers where the rows of its tables stand."""

    def __init__(self, document: Document, known: Placement | None, *, with_marks: bool) -> None:
        self.document = document
        self.body = document.element.body
        self.pages = Pages()
        self.known = known
        self.with_marks = with_marks
        self.rows: list[int] = []
        """Of each table that goes over pages; likewise which of them begin a page, and if the next follows on it."""
        self.breaks: list[tuple[int, ...]] = []
        self.joins: list[bool] = []

    def place(self, element: BaseOxmlElement) -> None:
        """Puts an element at the end, before the properties of the last section."""
        self.body.insert(len(self.body) - 1, element)

    def plain(self, style: str, *content: BaseOxmlElement) -> None:
        """A paragraph that takes no part in the counting of pages."""
        self.place(paragraph(style, *content))

    def text(self, style: str, text: str) -> None:
        """A paragraph."""
        self.pages.paragraph(BY_ID[style], text)
        self.plain(style, run(text))

    def tables(self, *tables: Table) -> None:
        """Tables directly below each other, each with a header of its own: they look like one."""
        for at, table in enumerate(tables):
            below = tables[at + 1] if at + 1 < len(tables) else None
            self._table(table, below)
            if below is not None:
                self._join()

    def _table(self, table: Table, below: Table | None) -> None:
        at = len(self.rows)
        breaks = tuple(self.pages.rows(table.heights, table.header))
        joins = below is not None and self.pages.has_room(below.beginning)
        if self.known is not None and self.known.breaks:
            breaks, joins = self.known.breaks[at], self.known.joins[at]
        self.rows.append(len(table.rows))
        self.breaks.append(breaks)
        self.joins.append(joins)
        self.place(table.drawn(breaks, is_open=joins, marks=Marks(at) if self.with_marks else None))

    def _join(self) -> None:
        """What stands between the tables of a form: Word makes one of two that touch, and repeats the first's header.

        Its lines at both sides close the frame.
        """
        self.pages.paragraph(BY_ID[TINY], "")
        sides = (node(side, val="single", sz=4, space=0, color="auto") for side in ("left", "right"))
        made = paragraph(TINY)
        made[0].extend([node("keepNext"), node("pBdr", *sides)])
        self.place(made)

    def number_pages(self, section: Section) -> None:
        """Page numbers from 1 on, at the outer side, in a section and in those that follow."""
        self.document.settings.odd_and_even_pages_header_footer = True
        for footer, style in ((section.footer, FOOTER), (section.even_page_footer, FOOTER_EVEN)):
            footer.is_linked_to_previous = False
            number = paragraph(style, run("— "), *field("PAGE", "1"), run(" —"))
            footer.paragraphs[0]._p.getparent().replace(footer.paragraphs[0]._p, number)  # noqa: SLF001  # no fields there
        own = section._sectPr  # noqa: SLF001  # nothing of python-docx numbers pages
        own.insert_element_before(node("pgNumType", start=1), "w:cols", "w:docGrid")

    def go_on_numbering(self) -> None:
        """The last section goes on with the page numbers of the one before."""
        for one in self.body[-1].findall(qn("w:pgNumType")):
            self.body[-1].remove(one)

    def lay(self, *, is_wide: bool) -> None:
        """What follows stands on pages that lie on their side, or on upright ones: a section of its own."""
        width, height = (WIDE_WIDTH, WIDE_HEIGHT) if is_wide else (TEXT_WIDTH, TEXT_HEIGHT)
        if self.pages.width == width:
            return
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self.body[-2].style = TINY
        self.go_on_numbering()
        if is_wide:
            set_wide_page(section)
        else:
            section.orientation = WD_ORIENT.PORTRAIT
            set_page(section)
        self.pages.width, self.pages.height = width, height

    def end(self) -> None:
        """A last paragraph, for Word wants one behind a table; it takes no room."""
        self.plain(TINY)

    def placement(self, headings: tuple[int, ...]) -> Placement:
        """Where things stand, with the pages of the headings."""
        return Placement(headings, tuple(self.breaks), tuple(self.joins))
