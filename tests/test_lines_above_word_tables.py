"""A form in a Word file: the lines above and below its table are printed with it, and the unit in them counts."""

from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from tests.command_line import Runner, run
from xl_perf.saved.guides import guide_at
from xl_perf.service.checking import read

__all__ = ["run"]

_LABELS = [
    ("项目名称", "", "", ""),
    ("资金总额", "", "其中：财政拨款", ""),
    ("年度目标", "", "", ""),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "", ""),
    ("效益指标", "社会效益指标", "", ""),
]


def _form(path: Path, above: list[str], below: tuple[str, ...] = ()) -> Path:
    document = docx.Document()
    for text in above:
        document.add_paragraph(text)
    table = document.add_table(rows=len(_LABELS), cols=4, style="Table Grid")
    for row, texts in zip(table.rows, _LABELS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for row in (0, 2):
        table.rows[row].cells[1].merge(table.rows[row].cells[3])
    document.add_paragraph("填报人：            审核人：           日期：")
    for text in below:
        document.add_paragraph(text)
    document.save(str(path))
    return path


@pytest.mark.parametrize(
    "above",
    [
        ["附件3", "专项项目绩效目标表", "（2025年度）", "申报单位：                         单位：元"],
        ["附件3-1", "专项项目绩效目标表", "申报单位：    ", "单位：元"],
        [
            "专项项目绩效目标表",
            "（2025年度）",
            "填报单位（盖章）：        填报日期：    年  月  日        金额单位：元",
        ],
        ["填报单位：                         单位：元"],
    ],
    ids=["one line", "lines", "three in one", "without title"],
)
def test_the_lines_above_the_table_are_printed(run: Runner, tmp_path: Path, above: list[str]) -> None:
    guide = tmp_path / "样表.xlsx"
    _, said, _ = run("form", "learn", _form(tmp_path / "空白.docx", above), "-o", guide)
    assert "没有印金额单位" not in said
    sheet = load_workbook(guide).worksheets[0]
    shown = ["".join(str(sheet.cell(row, 1).value).split("{")[0].split()) for row in range(1, len(above) + 1)]
    assert shown == ["".join(text.split()) for text in above]
    assert [row for row, text in enumerate(above, 1) if sheet.cell(row, 1).font.b] == [
        row for row, text in enumerate(above, 1) if text.endswith("目标表")
    ]
    assert guide_at(guide, guide.name).faults == ()
    book = load_workbook(guide)
    top = len(above)
    filled: dict[str, str | int] = {
        "B1": "种业",
        "B2": 1200000,
        "D2": 1200000,
        "B3": "建成。",
        "C5": "建设",
        "D5": "≥3个",
        "C6": "满意",
        "D6": "≥90%",
    }
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if "{" in str(cell.value):
                cell.value = None if str(cell.value).startswith("{") else str(cell.value).split("{")[0]
    for at, value in filled.items():
        book.worksheets[0][f"{at[0]}{int(at[1:]) + top}"] = value
    del book["对照"]
    path = tmp_path / "部门.xlsx"
    book.save(path)
    project = read(path).projects[0]
    assert project.budget.value == 120
    (tmp_path / "新").mkdir()
    out = tmp_path / "新" / "新.xlsx"
    assert run("new", out, "--form", guide, "--from", path)[0] == 0
    written = load_workbook(out)["01"]
    shown = ["".join(str(written.cell(row, 1).value).split()) for row in range(1, len(above) + 1)]
    assert shown[:1] == ["".join(above[0].split())]
    assert "单位：元" in shown[-1]
    assert written[f"B{top + 2}"].value == 1200000


def test_other_paragraphs_are_said(run: Runner, tmp_path: Path) -> None:
    """What is no part of the form is not printed with it, and that is said."""
    below = ("填报说明", "一、项目名称填写全称，与预算批复一致。")
    source = _form(tmp_path / "空白.docx", ["专项项目绩效目标表", "单位：元"], below)
    _, said, _ = run("form", "learn", source, "-o", tmp_path / "样表.xlsx")
    assert "表以外的文字没有带到样表里：“填报说明”、“一、项目名称填写全称" in said
    source = _form(tmp_path / "另一.docx", ["专项项目绩效目标表", "单位：元"])
    _, said, _ = run("form", "learn", source, "-o", tmp_path / "样表-另.xlsx")
    assert "表以外的文字" not in said
