"""Word documents whose forms hold further tables in their cells: these are not learned, and nothing is lost unsaid."""

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.command_line import Runner, run
from xl_perf.core.errors import BookError
from xl_perf.service.guides import learn_form

__all__ = ["run"]


def fill(table: Any, *rows: tuple[str, ...]) -> None:
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            if text:
                cell.text = text


def write(path: Path, *, within: bool = True, amount: str = "") -> Path:
    """A form with its indicators in a table within; else these stand alone in a table of two cells for layout."""
    document = Document()
    document.add_paragraph("项目支出绩效目标表（2025年度）")
    table = document.add_table(4, 2)
    if within:
        fill(table, ("项目名称", "修路" if amount else ""), ("预算数", amount), ("年度目标", ""), ("绩效指标", ""))
    fill(
        table.cell(3, 1).add_table(3, 4),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "", ""),
        ("满意度指标", "服务对象满意度指标", "", ""),
    )
    document.save(str(path))
    return path


def test_a_form_with_nested_tables_is_not_learned_and_it_is_said_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="表2套在别的表格的格子里，套着的表读不全") as raised:
        learn_form(str(write(tmp_path / "空白.docx")), out=str(tmp_path / "样表.xlsx"))
    assert "改成外面那张表的行和格" in raised.value.remedy
    assert not (tmp_path / "样表.xlsx").exists()


def test_new_says_that_a_source_has_nested_tables(tmp_path: Path, run: Runner) -> None:
    _, out, err = run("new", str(tmp_path / "新.xlsx"), "--from", str(write(tmp_path / "修路.docx", amount="50")))
    assert "表2套在别的表格的格子里" in out + err


def test_a_table_for_layout_holds_no_nested_form(tmp_path: Path) -> None:
    learned = learn_form(str(write(tmp_path / "空白.docx", within=False)), out=str(tmp_path / "样表.xlsx"))
    assert learned.sure
