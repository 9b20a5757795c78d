"""The Word document as a program reads it: styles and fonts, page, contents, tables, texts."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from tests.text.departments import example
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.files.inputs import own_kind
from xl_perf.profiles import load
from xl_perf.service import publishing
from xl_perf.text.figures import width_of
from xl_perf.text.typography import FONTS, SONG_TITLE
from xl_perf.text.word_out import write_text


def written(department: Department, profile: str = "hebei-2023") -> Any:
    target = BytesIO()
    write_text(target, department, load(profile))
    return target


@pytest.fixture(scope="module")
def document() -> Document:
    return docx.Document(written(example()))


def grid(document: Document, at: int) -> list[list[str]]:
    """The texts of a table's cells, one for each cell of the file (merged ones once a row)."""
    table = document.tables[at]._tbl
    return [["".join(one.text for one in cell.iter(qn("w:t"))) for cell in row.tc_lst] for row in table.tr_lst]


def form(document: Document, number: int = 1) -> list[list[str]]:
    """The texts of a project's form: what stands above the indicators, and those."""
    return [*grid(document, 2 * number - 1), *grid(document, 2 * number)]


# --- typography ----------------------------------------------------------------------------------------------------


def test_every_style_names_an_east_asian_font(document: Document) -> None:
    styles = document.styles.element.findall(qn("w:style"))
    assert len(styles) > 15
    for style in styles:
        fonts = style.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert fonts is not None, style.get(qn("w:styleId"))
        assert fonts.get(qn("w:eastAsia")) in FONTS
        assert not any("Theme" in name for name in fonts.attrib)
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:rFonts')}")
    assert defaults.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_every_font_has_a_stand_in() -> None:
    with zipfile.ZipFile(written(example())) as package:
        table = package.read("word/fontTable.xml").decode()
    for name, others in FONTS.items():
        assert f'<w:font w:name="{name}"><w:altName w:val="{",".join(others)}"/>' in table


def test_body_and_headings(document: Document) -> None:
    normal, title = document.styles["Normal"], document.styles["Heading 1"]
    assert (normal.font.size.pt, normal.paragraph_format.line_spacing.pt) == (16, 28)
    assert title.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == SONG_TITLE
    levels = {
        style.name: style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val"))
        for style in document.styles
        if style.name.startswith("Heading")
    }
    assert levels == {"Heading 1": "0", "Heading 2": "1", "Heading 3": "2"}
    assert title.paragraph_format.page_break_before


def test_page(document: Document) -> None:
    cover, text = document.sections
    for section in (cover, text):
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        sizes = (section.page_width, section.page_height, *margins)
        assert [one and round(one / Mm(1)) for one in sizes] == [210, 297, 37, 35, 28, 26]
    assert cover.footer.is_linked_to_previous
    assert text._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_page_numbers(document: Document) -> None:
    """四号宋体, odd ones at the right, even ones at the left, one character from the edge."""
    assert document.settings.odd_and_even_pages_header_footer
    text = document.sections[1]
    for footer, align, side in ((text.footer, "right", "rightChars"), (text.even_page_footer, "left", "leftChars")):
        (line,) = footer.paragraphs
        assert line.text == "— 1 —"
        assert [one.text for one in footer._element.iter(qn("w:instrText"))] == [" PAGE "]
        assert line.style is not None
        properties, characters = line.style.element.pPr, line.style.element.rPr
        assert properties.find(qn("w:jc")).get(qn("w:val")) == align
        assert properties.find(qn("w:ind")).get(qn(f"w:{side}")) == "100"
        assert characters.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "宋体"
        assert characters.find(qn("w:sz")).get(qn("w:val")) == "28"


def test_titles_are_of_the_second_size(document: Document) -> None:
    for name in ("Title", "Heading 1", "TOC Heading"):
        style = document.styles[name]
        assert (style.font.name, style.font.size.pt) == (SONG_TITLE, 22)


# --- contents ------------------------------------------------------------------------------------------------------


def test_contents_are_a_field_with_all_entries(document: Document) -> None:
    entries = [one for one in document.paragraphs if "\t" in one.text]
    assert {one.style.name for one in entries if one.style} == {"toc 1", "toc 2"}
    assert entries[0].text == "2023年部门整体绩效目标\t1"
    assert entries[1].text == "一、总体绩效目标\t1"
    assert entries[4].text == "项目预算汇总表\t4"
    assert [one.text for one in entries[5:7]] == [
        "村干部工资、保险和聘用人员工资\t5",
        "村两委考核奖、离任村干部生活补贴\t6",
    ]
    assert len(entries) == 13
    codes = [node.text for node in document.element.iter(qn("w:instrText"))]
    assert codes[0] == ' TOC \\o "1-2" \\h \\z \\u '
    kinds = [node.get(qn("w:fldCharType")) for node in document.element.body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == 14
    anchors = [node.get(qn("w:anchor")) for node in document.element.iter(qn("w:hyperlink"))]
    names = [node.get(qn("w:name")) for node in document.element.iter(qn("w:bookmarkStart"))]
    assert anchors == names
    assert len(set(names)) == 13


# --- text ----------------------------------------------------------------------------------------------------------


def test_running_text(document: Document) -> None:
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "高新区三女河办事处\n2023年部门预算绩效文本"
    assert "高新区三女河办事处编制" in texts
    assert (
        "绩效指标：支付标准按文件规定执行；村级人员工资待遇发放率达到100%；村级人员工资待遇按时发放率达到100%。"
        in texts
    )
    assert "绩效指标：上访案件及时回复率；发现上访人员及时劝返率；资金到位下拨率。" in texts
    assert "（十）加强宣传培训调研。提高职工业务素质，通过调研改进资金配置，宣传预算绩效理念。" in texts
    assert texts.count("项目绩效目标表") == 8


def test_summary(document: Document) -> None:
    rows = grid(document, 0)
    assert rows[0] == ["序号", "项目名称", "预算数", "财政资金", "其他资金", "累计支出计划"]
    assert rows[1][5:] == ["3月底", "6月底", "10月底", "12月底"]
    assert rows[2] == [
        "1",
        "村干部工资、保险和聘用人员工资",
        "161.93",
        "161.93",
        "",
        "40.4825",
        "80.965",
        "121.4475",
        "161.93",
    ]
    assert rows[-1] == ["合计", "1135.76", "1135.76", "0.00", "253.5025", "542.880", "796.3825", "1135.76"]
    headers = document.tables[0]._tbl.findall(f".//{qn('w:tblHeader')}")
    assert len(headers) == 2


def test_amounts_of_a_column_stand_below_each_other() -> None:
    """As many decimals as one of them needs, two at least; nothing is rounded, nor too wide for its cell."""
    amounts = ("50", "161.9", "0.125", "1234567.8912", "约三百")
    projects = [
        draft.project(name=f"{at}", budget=amount, fiscal="50", percents=["25%"] * 4)
        for at, amount in enumerate(amounts)
    ]
    document = docx.Document(written(draft.department(projects=projects)))
    rows = grid(document, 0)[2:]
    assert [row[2] for row in rows[:-1]] == ["50.0000", "161.9000", "0.1250", "1234567.8912", "约三百"]
    assert [row[3] for row in rows[:-1]] == ["50.0000"] * 5, "as many as the budgets beside them"
    assert rows[-1][1:4] == ["1234779.9162", "250.0000", "0.0000"]
    table: Any = document.tables[0]._tbl
    assert sum(int(column.get(qn("w:w"))) for column in table.tblGrid.gridCol_lst) == 8844
    cells = [row.tc_lst[2] for row in table.tr_lst[2:-1]]
    assert {cell.p_lst[0].pPr.find(qn("w:jc")).get(qn("w:val")) for cell in cells} == {"right"}
    assert len({cell.p_lst[0].pPr.find(qn("w:ind")).get(qn("w:right")) for cell in cells}) == 1
    size = {int(one.get(qn("w:val"))) / 2 for cell in cells for one in cell.iter(qn("w:sz"))}
    assert len(size) == 1
    scale = {int(one.get(qn("w:val"))) for cell in cells for one in cell.iter(qn("w:w"))}
    assert len(scale) == 1
    assert width_of("1234567.8912", size.pop()) * scale.pop() / 100 < cells[0].width.pt - 4


def test_form(document: Document) -> None:
    rows = form(document)
    assert rows[0] == ["项目编码", "————", "项目名称", "村干部工资、保险和聘用人员工资"]
    assert rows[1] == ["预算规模及资金用途", "预算数", "161.93万元", "其中：财政资金", "161.93万元", "其他资金", ""]
    assert rows[2] == ["", "资金主要用于村干部和聘用人员的补贴、工资和保险。"]
    assert rows[3] == ["资金支出计划（%）", "3月底", "6月底", "10月底", "12月底"]
    assert rows[4] == ["", "25%", "50%", "75%", "100%"]
    assert rows[5] == ["绩效目标", "目标1", "按时发放村级人员报酬。"]
    assert rows[8] == ["产出指标", "数量指标", "享受资金人数", "领取资金的人数", "=78人", "工作经验"]
    assert [row[4] for row in rows[8:]] == ["=78人", "=100%", "2023年12月底前", "=161.93万元", "成效明显", "≥90%"]
    assert len(rows) == 14


def test_merged_cells_of_the_form(document: Document) -> None:
    table, indicators = document.tables[1]._tbl, document.tables[2]._tbl
    lines = [*table.tr_lst, *indicators.tr_lst]
    spans = [[cell.grid_span for cell in row.tc_lst] for row in lines]
    assert spans[:6] == [[1, 2, 1, 3], [1] * 7, [1, 6], [1, 1, 1, 2, 2], [1, 1, 1, 2, 2], [1, 1, 5]]
    assert spans[7] == [1, 1, 1, 2, 1, 1]
    merges = [row.tc_lst[0].vMerge for row in lines]
    assert merges == [
        *(None, "restart", "continue", "restart", "continue", "restart", "continue", None),
        *("restart", "continue", "continue", "continue", None, None),
    ]
    widths = [int(column.get(qn("w:w"))) for column in table.tblGrid.gridCol_lst]
    assert sum(widths) == 8844  # 156 mm
    assert table.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"


def test_amounts_print_as_the_official_text_does() -> None:
    project = draft.project(
        name="甲", budget="1,619,300元", fiscal="0.0161亿元", other="八十万", percents=["5%", 0.5, "", "半"]
    )
    rows = form(docx.Document(written(draft.department(projects=[project]))))
    assert rows[1][2::2] == ["161.93万元", "161万元", "八十万"]
    assert rows[4][1:] == ["5%", "50%", "", "半"]


def test_a_form_without_indicators_prints_its_first_levels() -> None:
    rows = form(docx.Document(written(draft.department(projects=[draft.project(name="甲", budget=1)]))))
    assert [row[0] for row in rows[7:]] == ["产出指标", "效果指标", "满意度指标"]


def test_another_profile() -> None:
    rows = form(docx.Document(written(draft.department(projects=[draft.project(name="甲")]), "mof-2021")))
    assert [row[0] for row in rows[7:]] == ["成本指标", "产出指标", "效益指标", "满意度指标"]


def test_what_xml_cannot_hold_is_left_out() -> None:
    goal = "甲\x00\x0b乙\ud800<b>&\t丙"
    rows = form(docx.Document(written(draft.department(projects=[draft.project(name="=1+1", goals=[goal])]))))
    assert rows[0][3] == "=1+1"
    assert rows[5][2] == "甲乙<b>&丙"


def test_an_empty_department() -> None:
    document = docx.Document(written(draft.department()))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts[0] == "部门预算绩效文本"
    assert "部门整体绩效目标" in texts
    assert document.tables == []


def test_parts_without_content_are_left_out() -> None:
    safe = draft.department(name="甲局", projects=[draft.project(name="甲")], safeguards=[("领导", "有力。")])
    bare = draft.department(name="甲局", projects=[draft.project(name="甲")])
    headings = [
        [
            one.text
            for one in docx.Document(written(made)).paragraphs
            if one.style is not None and one.style.style_id.startswith("Heading")
        ]
        for made in (safe, bare)
    ]
    assert headings == [["部门整体绩效目标", "一、工作保障措施", "项目预算汇总表", "甲"], ["项目预算汇总表", "甲"]]


def test_contact_and_ceiling_are_not_published() -> None:
    department = draft.department(name="甲局", contact="王五", phone="13800000000", ceiling="99.5")
    with zipfile.ZipFile(written(department)) as package:
        everything = b"".join(package.read(name) for name in package.namelist()).decode("utf-8", "replace")
    assert "甲局" in everything
    assert not any(secret in everything for secret in ("王五", "13800000000", "99.5"))


# --- the file ------------------------------------------------------------------------------------------------------


def test_properties_and_mark(tmp_path: Path) -> None:
    path = tmp_path / "文本.docx"
    publishing.publish(str(path), example(), load())
    properties = docx.Document(str(path)).core_properties
    assert (properties.title, properties.author) == ("2023年部门预算绩效文本", "高新区三女河办事处")
    assert properties.created == properties.modified
    assert own_kind(path) == "text"
    with zipfile.ZipFile(path) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in package.namelist()
        assert b"Microsoft" not in package.read("docProps/app.xml")
        settings = package.read("word/settings.xml").decode()
    assert re.findall(r'"compatibilityMode" [^>]* w:val="(\d+)"', settings) == ["15"]


def test_plan_of_other_months() -> None:
    project = replace(draft.project(name="甲", budget=10), plan=draft.plan(["50%", "100%"], (6, 12)))
    rows = form(docx.Document(written(draft.department(projects=[project]))))
    assert rows[3][1:] == ["3月底", "6月底", "10月底", "12月底"]
    assert rows[4][1:] == ["", "50%", "", "100%"]
