"""How the text looks: page, fonts and styles as official papers have them (GB/T 9704-2012, 5 to 7).

A4 with margins 37/35/28/26 mm, which leaves 156 mm x 225 mm; body 三号仿宋 on lines of 28 pt, 22 a page; headings in
二号小标宋, 黑体 and 楷体; page numbers 四号宋体. A font that is missing is replaced by the one named for it in `FONTS`.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm

from xl_perf.text.wordml import node

TEXT_WIDTH: Final = 442.2
TEXT_HEIGHT: Final = 637.8
"""Points: 156 mm x 225 mm."""
LINE: Final = 28.0
"""Points, exactly: 22 lines fill a page."""
CELL_LINE: Final = 14.0
"""Points, exactly, in tables: so rows are as high as `pages` says, whatever font is there."""
TWIPS: Final = 20
"""A point has 20 twips."""

SONG_TITLE, SONG, HEI, KAI, FANG = "方正小标宋简体", "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312"
FONTS: Final = {
    SONG_TITLE: ("FZXiaoBiaoSong-B05S", "宋体", "SimSun", "Noto Serif CJK SC"),
    SONG: ("SimSun", "STSong", "Noto Serif CJK SC"),
    HEI: ("SimHei", "STHeiti", "Noto Sans CJK SC"),
    KAI: ("楷体", "KaiTi", "STKaiti", "Noto Serif CJK SC"),
    FANG: ("仿宋", "FangSong", "STFangsong", "Noto Serif CJK SC"),
}
"""Every font with its other names and what may stand in for it, best first."""


class Style(NamedTuple):
    """A style; sizes and distances in points, indents in characters."""

    id: str
    name: str
    font: str = FANG
    size: float = 16
    align: str = "both"
    line: float = LINE
    """Exact height of a line; 0 for as high as the font needs."""
    before: float = 0
    after: float = 0
    first: int = 0
    outline: int | None = None
    new_page: bool = False
    keep: bool = False
    tab: bool = False
    """A right tab with dots at the end of the line."""
    indent: int = 0
    indent_right: int = 0


BODY, COVER_TITLE, COVER_NAME, FORM_NAME, NOTE = "BodyText", "Title", "Subtitle", "FormName", "TableNote"
FORM_YEAR: Final = "FormYear"
CELL, LABEL, FIGURE, SMALL = "CellText", "CellLabel", "CellFigure", "CellSmall"
SMALL_TEXT, SMALL_LABEL, ABOVE, BELOW = "CellSmallText", "CellSmallLabel", "AboveTable", "BelowTable"
LEAST_TEXT, LEAST_LABEL, LEAST = "CellLeastText", "CellLeastLabel", "CellLeast"
GOES_ON, GOES_ON_IN_LINE = "CellTextOn", "CellLineOn"
"""Of what goes on in a merged cell on a further page: with a line of its own, or within the last one there."""
HEADING_1, HEADING_2, HEADING_3 = "Heading1", "Heading2", "Heading3"
CONTENTS, CONTENTS_1, CONTENTS_2, TINY = "TOCHeading", "TOC1", "TOC2", "TinyEnd"
FOOTER, FOOTER_EVEN = "Footer", "FooterEven"
"""Page numbers stand at the outer side: of odd pages at the right, of even ones at the left."""
STYLES: Final = (
    Style("Normal", "Normal"),
    Style(BODY, "Body Text", first=2),
    Style(COVER_TITLE, "Title", SONG_TITLE, 22, "center", line=0, before=150, after=0),
    Style(COVER_NAME, "Subtitle", KAI, 18, "center", line=0, before=260),
    Style(HEADING_1, "heading 1", SONG_TITLE, 22, "center", 33, 0, 8, outline=0, new_page=True, keep=True),
    Style(HEADING_2, "heading 2", HEI, first=2, outline=1, keep=True),
    Style(HEADING_3, "heading 3", KAI, first=2, outline=2, keep=True),
    Style(FORM_NAME, "表名", SONG_TITLE, 18, "center", LINE, after=10, keep=True),
    Style(FORM_YEAR, "表头年度", FANG, 12, "center", line=18, after=6, keep=True),
    Style(NOTE, "表注", FANG, 10.5, "right", line=0, after=3, keep=True),
    Style(CELL, "表格文字", FANG, 10.5, "left", CELL_LINE),
    Style(LABEL, "表格栏目", HEI, 10.5, "center", CELL_LINE),
    Style(FIGURE, "表格数字", FANG, 10.5, "center", CELL_LINE),
    Style(SMALL, "表格小数字", FANG, 9, "center", 12),
    Style(SMALL_TEXT, "表格小文字", FANG, 9, "left", 12),
    Style(SMALL_LABEL, "表格小栏目", HEI, 9, "center", 12),
    Style(LEAST, "表格最小数字", FANG, 7.5, "center", 10),
    Style(LEAST_TEXT, "表格最小文字", FANG, 7.5, "left", 10),
    Style(LEAST_LABEL, "表格最小栏目", HEI, 7.5, "center", 10),
    Style(GOES_ON, "表格续文", FANG, 10.5, "left", CELL_LINE),
    Style(GOES_ON_IN_LINE, "表格续行", FANG, 10.5, "left", CELL_LINE),
    Style(ABOVE, "表上", FANG, 10.5, "left", 18, after=2, keep=True),
    Style(BELOW, "表下", FANG, 10.5, "left", 18),
    Style(CONTENTS, "TOC Heading", SONG_TITLE, 22, "center", line=0, after=18, new_page=True),
    Style(CONTENTS_1, "toc 1", FANG, 14, "left", 25, tab=True),
    Style(CONTENTS_2, "toc 2", FANG, 14, "left", 25, indent=2, tab=True),
    Style(TINY, "页末", FANG, 1, "left", line=0.7),
    Style("Header", "header", FANG, 9, "center", line=0),
    Style(FOOTER, "footer", SONG, 14, "right", line=0, indent_right=1),
    Style(FOOTER_EVEN, "双页页码", SONG, 14, "left", line=0, indent=1),
)
BY_ID: Final = {style.id: style for style in STYLES}

# Character styles say what a piece of a sentence is, so that a text reads back exactly (`goals_in`).
INDICATOR, TARGET, MEASURE, MEASURE_TEXT = "指标名称", "指标值", "措施名称", "措施内容"
CHARACTERS: Final = {INDICATOR: FANG, TARGET: FANG, MEASURE: KAI, MEASURE_TEXT: FANG}
TABLE: Final = "FormTable"


def set_styles(document: Document) -> None:
    """Replaces every style of python-docx's template by those of official papers."""
    styles = document.styles.element
    for old in list(styles):
        if not old.tag.endswith("}latentStyles"):
            styles.remove(old)
    styles.insert(0, node("docDefaults", node("rPrDefault", node("rPr", *_characters(FANG, 16)))))
    for style in STYLES:
        styles.append(_paragraph_style(style))
    plain = node("style", node("name", val="Default Paragraph Font"), node("rPr", _fonts(FANG)), type="character")
    plain.set(_w("styleId"), "DefaultParagraphFont")
    plain.set(_w("default"), "1")
    styles.append(plain)
    for name, font in CHARACTERS.items():
        named = node("name", val=name), node("rPr", _fonts(font))
        styles.append(node("style", *named, type="character", styleId=name, customStyle=1))
    styles.append(_table_style())


def set_language(document: Document) -> None:
    """Chinese, and laid out by the rules of Word 2013 and later: older ones would show as 兼容模式."""
    settings = document.settings.element
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(_w("name")) == "compatibilityMode":
            one.set(_w("val"), "15")
    for one in settings.iter(qn("w:themeFontLang")):
        one.set(_w("eastAsia"), "zh-CN")


def _w(name: str) -> str:
    """An attribute's full name."""
    return qn(f"w:{name}")


def _fonts(font: str) -> BaseOxmlElement:
    return node("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font)


def _characters(font: str, size: float) -> Iterator[BaseOxmlElement]:
    yield _fonts(font)
    yield node("sz", val=round(size * 2))
    yield node("szCs", val=round(size * 2))
    yield node("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")


def _paragraph_style(style: Style) -> BaseOxmlElement:
    made = node("style", node("name", val=style.name), type="paragraph", styleId=style.id)
    if style.id == "Normal":
        made.set(_w("default"), "1")
    else:
        made.append(node("basedOn", val="Normal"))
        if style.id.startswith(("Heading", "TOC")) or style.id in {COVER_TITLE, FORM_NAME}:
            made.append(node("next", val=BODY))
    made.append(node("qFormat"))
    made.append(node("pPr", *_paragraph_properties(style)))
    made.append(node("rPr", *_characters(style.font, style.size)))
    return made


def _paragraph_properties(style: Style) -> Iterator[BaseOxmlElement]:
    """In the order that the schema asks for (ECMA-376 Part 1, 17.3.1.26)."""
    if style.keep:
        yield node("keepNext")
    if style.new_page:
        yield node("pageBreakBefore")
    yield node("widowControl", val=0)
    if style.tab:
        yield node("tabs", node("tab", val="right", leader="dot", pos=round(TEXT_WIDTH * TWIPS)))
    yield node("snapToGrid", val=0)
    spacing = {"before": round(style.before * TWIPS), "after": round(style.after * TWIPS)}
    rule = {"line": round(style.line * TWIPS), "lineRule": "exact"} if style.line else {"line": 240, "lineRule": "auto"}
    yield node("spacing", **spacing, **rule)
    # Both: WordprocessingML counts characters, programs that do not know them take the distance.
    chars = round(style.size * TWIPS)
    first = {"firstLineChars": style.first * 100, "firstLine": style.first * chars} if style.first else {}
    left = {"leftChars": style.indent * 100, "left": style.indent * chars} if style.indent else {}
    right = {"rightChars": style.indent_right * 100, "right": style.indent_right * chars} if style.indent_right else {}
    if first or left or right:
        yield node("ind", **left, **right, **first)
    yield node("jc", val=style.align)
    if style.outline is not None:
        yield node("outlineLvl", val=style.outline)


def _table_style() -> BaseOxmlElement:
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = node("tblBorders", *(node(edge, val="single", sz=4, space=0, color="auto") for edge in edges))
    margins = node("tblCellMar", *(node(side, w=width, type="dxa") for side, width in _MARGINS))
    return node(
        "style",
        node("name", val="绩效目标表"),
        node("rPr", _fonts(FANG)),
        node("tblPr", borders, margins),
        type="table",
        styleId=TABLE,
        customStyle=1,
    )


_MARGINS: Final = (("top", 40), ("left", 50), ("bottom", 40), ("right", 50))
CELL_MARGIN: Final = 50 / TWIPS
"""Points left and right of a cell's text."""


def set_page(section: Section) -> None:
    """A4 and the margins of official papers."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)


WIDE_WIDTH: Final = 705.8
WIDE_HEIGHT: Final = 479.0
"""Points of a page lying on its side: 249 mm x 169 mm."""


def set_wide_page(section: Section) -> None:
    """A4 lying on its side, for tables of many columns."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(21), Mm(20)
    section.left_margin, section.right_margin = Mm(24), Mm(24)
    section.header_distance, section.footer_distance = Mm(12), Mm(11)


def font_table() -> bytes:
    """The part fontTable.xml: every font with what stands in for it (ECMA-376 Part 1, 17.8.3.1 altName)."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{",".join(others)}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, others in FONTS.items()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:fonts xmlns:w="{space}">{fonts}</w:fonts>'.encode()
