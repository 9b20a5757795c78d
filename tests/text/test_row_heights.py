"""Rows of an office's own form are as high as on its 样表, lower and set smaller where they fit on a page only so."""

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import Workbook

from tests.office import Office, poppler
from tests.own_guides import learned
from tests.written.test_own_forms import profile_of, said
from tests.written.test_own_lists import department_in
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.making.merging import merge
from xl_perf.core.model.department import Department
from xl_perf.text.pdf import write_pdf
from xl_perf.text.reader import read_text
from xl_perf.text.typography import BY_ID, CELL, LABEL, LEAST_TEXT, SMALL_TEXT
from xl_perf.text.word_out import write_text
from xl_perf.text.word_table import Cell, word_table

LEVELS = [
    *["产出指标/数量指标"] * 4,
    *["产出指标/质量指标"] * 4,
    *["产出指标/时效指标"] * 2,
    *["效益指标/经济效益\n指标"] * 2,
    *["效益指标/社会效益\n指标"] * 2,
    *["满意度指标/服务对象满意度指标"] * 2,
]


def form(
    folder: Path, indicators: int = 16, heights: dict[int, float] | None = None, scale: int = 100
) -> tuple[Department, FormKind]:
    """A filled form of an office, and its kind; ``heights`` are those that it has set, ``scale`` that of its page."""
    book = Workbook()
    sheet = book.worksheets[0]
    rows: list[list[object]] = [
        ["项目支出绩效目标申报表"],
        ["单位：万元"],
        ["项目名称", None, "食堂", None, "主管部门", "教育局"],
        ["项目资金", None, "资金总额", None, 100],
        [None, None, "其中：财政拨款", None, 60],
        [None, None, "上级补助", None, 30],
        [None, None, "其他资金", None, 10],
        ["立项依据", None, "教发〔2025〕8号"],
        ["项目概况", None, "建设食堂"],
        ["年度目标", None, "建好食堂"],
        ["年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "备注"],
    ]
    for at in range(indicators):
        level1, level2 = LEVELS[at % len(LEVELS)].split("/")
        rows.append([None, level1, level2, f"指标{at}完成数量", f"≥{at + 1}处", f"备注{at}"])
    for cells in rows:
        sheet.append(cells)
    wide = [f"A{row}:B{row}" for row in (3, 8, 9, 10)] + [f"C{row}:F{row}" for row in (8, 9, 10)]
    money = [f"{one}{row}:{two}{row}" for row in (4, 5, 6, 7) for one, two in ("CD", "EF")]
    for area in ("A1:F1", "A2:F2", "C3:D3", "A4:B7", *money, *wide, f"A11:A{len(rows)}"):
        sheet.merge_cells(area)
    for column, width in zip("ABCDEF", (8, 12, 14, 34, 14, 14), strict=True):
        sheet.column_dimensions[column].width = width
    for row, height in (heights or {}).items():
        sheet.row_dimensions[row].height = height
    sheet.page_setup.paperSize, sheet.page_setup.scale = 9, scale
    path = folder / "局.xlsx"
    book.save(path)
    kind = learned(path, str(path))
    return merge([department_in(path, kind)]), kind


def written(folder: Path, department: Department, kind: FormKind) -> tuple[list[float], set[str]]:
    """The heights of the rows of the form's tables in points, and the styles in them."""
    out = folder / "文本.docx"
    write_text(out, department, profile_of(kind))
    read = read_text(out, out.name, (kind,)).department
    assert [said(one) for one in read.projects] == [said(one) for one in department.projects]
    tables = docx.Document(str(out)).tables[1:]
    styles = {one.get(qn("w:val")) for table in tables for one in table._tbl.iter(qn("w:pStyle"))}
    return [float(row.height.pt) for table in tables for row in table.rows if row.height], styles


def test_rows_are_as_high_as_the_office_has_set_them(tmp_path: Path) -> None:
    """Those of which it says nothing are as usual; what a text needs is more than what the office has set."""
    department, kind = form(tmp_path, 3, {3: 24, 9: 12, 10: 75})
    heights, styles = written(tmp_path, department, kind)
    assert heights == [24, 30, 30, 30, 30, 30, 18.5, 75, *[30] * 4]
    assert CELL in styles


def test_rows_of_no_height_become_lower_first(tmp_path: Path) -> None:
    department, kind = form(tmp_path, 10, {10: 75})
    heights, styles = written(tmp_path, department, kind)
    assert heights[7] == 75
    assert 19 <= min(heights) < 30
    assert CELL in styles


@pytest.mark.parametrize(
    ("indicators", "style"), [(10, CELL), (16, CELL), (20, CELL), (24, SMALL_TEXT), (28, SMALL_TEXT)]
)
def test_a_form_of_many_rows_stays_on_one_page(indicators: int, style: str, soffice: Office, tmp_path: Path) -> None:
    """As LibreOffice lays it out, all of it; type is set smaller only where lower rows do not help."""
    department, kind = form(tmp_path, indicators, {10: 60})
    _, styles = written(tmp_path, department, kind)
    assert styles & {CELL, SMALL_TEXT} == {style}
    out = tmp_path / "文本.pdf"
    assert write_pdf(out, department, profile_of(kind)) == ""
    pages = ["".join(page.split()) for page in poppler("pdftotext", "-raw", str(out), "-").split("\f")]
    (page,) = (one for one in pages if "三级指标" in one)
    assert all(f"指标{at}完成数量≥{at + 1}处备注{at}" in page for at in range(indicators))


def test_what_fits_on_no_page_is_as_high_as_usual(tmp_path: Path) -> None:
    department, kind = form(tmp_path, 60, {10: 75})
    heights, styles = written(tmp_path, department, kind)
    assert heights[7] == 75
    assert min(heights) == 30
    assert styles & {CELL, SMALL_TEXT} == {CELL}


def test_the_smallest_type_only_where_the_office_prints_as_small(tmp_path: Path) -> None:
    """In 65 per cent, which is 7 points, on one page: else no type is as small."""
    for scale, style in ((65, LEAST_TEXT), (100, CELL)):
        department, kind = form(tmp_path, 32, scale=scale)
        _, styles = written(tmp_path, department, kind)
        assert styles & {CELL, SMALL_TEXT, LEAST_TEXT} == {style}


def test_a_level_that_the_office_has_broken_stands_on_one_line_where_it_fits(tmp_path: Path) -> None:
    department, kind = form(tmp_path, 24)
    written(tmp_path, department, kind)
    table = docx.Document(str(tmp_path / "文本.docx")).tables[-1]
    texts = {cell.text for row in table.rows for cell in row.cells}
    assert "经济效益指标" in texts
    assert "经济效益\n指标" not in texts


def test_rows_of_a_merged_label_have_room_for_it() -> None:
    """Word would make the last one higher, and more would stand on the page than was counted."""
    label = Cell(1, "可持续影响指标", LABEL)
    rows = [[label._replace(merge=merge), Cell(1, "里程", CELL)] for merge in ("restart", "continue")]
    table = word_table([30.0, 200.0], rows, 0, least=[15.5, 15.5], margin=0.5)
    lines = 4
    assert table.heights == (BY_ID[LABEL].line * lines / 2 + 0.75,) * 2
