"""How cells of an office's own form are set in the text: amounts beside each other alike, upright labels unbroken."""

import shutil
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from tests.guides import learned_from
from xl_perf.text.typography import CELL, LABEL
from xl_perf.text.word_table import Cell, word_table

__all__ = ["run"]


def _list(path: Path, *, filled: bool) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["2025年部门预算项目绩效目标表"])
    sheet.append(["单位：元"])
    sheet.append(["单位名称", "项目名称", "预算金额", None, None, "年度目标", "绩效指标"])
    sheet.append([None, None, "合计", "财政拨款", "其他资金", None, "一级指标", "二级指标", "三级指标", "指标值"])
    for at in range(4):
        kept = ["产出指标", "数量指标", "里程", "≥3公里"]
        own = [
            ["水利局", "防汛", 123456789.01, 123456781.01, 8, "修好。"],
            ["水文站", "监测", 0.32, 0.32, None, "测好。"],
        ]
        sheet.append((own[at // 2] if at % 2 == 0 else [None] * 6) + kept if filled else [None])
    sheet["A9"] = "合计"
    if filled:
        sheet["C9"], sheet["D9"], sheet["E9"] = 123456789.33, 123456781.33, 8
    for area in ("A1:J1", "A2:J2", "A3:A4", "B3:B4", "C3:E3", "F3:F4", "G3:J3"):
        sheet.merge_cells(area)
    book.save(path)
    return path


def test_amounts_of_a_row_are_set_alike_and_sums_show_all_decimals(run: Runner, tmp_path: Path) -> None:
    guide = learned_from(_list(tmp_path / "空白.xlsx", filled=False), tmp_path)
    (tmp_path / "新").mkdir()
    out = tmp_path / "新" / "新.xlsx"
    shutil.copy(guide, tmp_path / "新" / "样表.xlsx")
    status, _, _ = run("new", out, "--from", _list(tmp_path / "部门.xlsx", filled=True))
    assert status == 0
    sheet = load_workbook(out)["项目清单"]
    sums = [cell for row in sheet.iter_rows() for cell in row[2:5] if str(cell.value).startswith("=")]
    assert len(sums) == 3
    assert {cell.number_format for cell in sums} == {"0.00####"}
    run("publish", out, "-o", tmp_path / "文本.docx")
    for table in docx.Document(str(tmp_path / "文本.docx")).tables:
        for row in table.rows:
            cells = [cell for cell in row.cells if cell.text in {"123456789.01", "123456781.01", "8.00", "8"}]
            sizes = {size.get(qn("w:val")) for cell in cells for size in cell._tc.iter(qn("w:sz"))}
            scales = {
                size.get(qn("w:val"))
                for cell in cells
                for size in cell._tc.iter(qn("w:w"))
                if size.getparent().tag == qn("w:rPr")
            }
            assert len(cells) in {0, 3} or row.cells[0].text != "水利局"
            assert len(sizes) <= 1
            assert len(scales) <= 1


def test_a_label_in_a_column_of_one_character_has_no_breaks(run: Runner, tmp_path: Path) -> None:
    """A break behind a character as broad as its column is a blank line: pages end elsewhere than they should."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["项目支出绩效目标申报表"],
        ["单位：万元"],
        ["项\n目\n名\n称", "", "道路"],
        ["资\n金", "资金总额", 12],
        ["", "其中：财政资金", 12],
        ["年\n度\n目\n标", "", "修好。"],
        ["绩\n效\n指\n标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["", "产出指标", "数量指标", "里程", "≥3公里"],
        ["", "效益指标", "社会效益指标", "出行", "≥90%"],
    ):
        sheet.append(row)
    for area in ("A1:E1", "A2:E2", "C3:E3", "A4:A5", "C4:E4", "C5:E5", "C6:E6", "A7:A9"):
        sheet.merge_cells(area)
    for column, width in zip("ABCDE", (2.5, 18, 24, 24, 24), strict=True):
        sheet.column_dimensions[column].width = width
    sheet["B3"] = sheet["B6"] = None
    source = tmp_path / "部门.xlsx"
    book.save(source)
    learned_from(source, tmp_path)
    run("publish", source, "-o", tmp_path / "文本.docx")
    body = docx.Document(str(tmp_path / "文本.docx")).element.body
    texts = {"".join(one.text or "" for one in cell.iter(qn("w:t"))): cell for cell in body.iter(qn("w:tc"))}
    label = next(cell for text, cell in texts.items() if "".join(text.split()) == "绩效指标")
    assert not list(label.iter(qn("w:br")))


@pytest.mark.parametrize(
    ("breaks", "shown"), [([2], ["", "绩效指标"]), ([7], ["绩效指标", ""]), ([4], ["绩效指标", "绩效指标"])]
)
def test_an_upright_label_stands_on_the_pages_that_have_room_for_it(breaks: list[int], shown: list[str]) -> None:
    """A row or two of a merged cell at the foot of a page would get its first letters, the next page the others."""
    rows = [[Cell(1, "", LABEL), Cell(1, "三级指标", LABEL)]]
    rows += [
        [Cell(1, "绩\n效\n指\n标", LABEL, "restart" if at == 0 else "continue"), Cell(1, "里程", CELL)]
        for at in range(7)
    ]
    table = word_table([15, 100], rows, 1)._replace(repeats_labels=True)
    cells = [row[0] for row in table.drawn(breaks).findall(qn("w:tr")) for row in [row.findall(qn("w:tc"))]][1:]
    begun = [cell for cell in cells if cell.find(qn("w:tcPr")).find(qn("w:vMerge")).get(qn("w:val")) == "restart"]
    assert ["".join(one.text or "" for one in cell.iter(qn("w:t"))) for cell in begun] == shown
