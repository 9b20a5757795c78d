"""A missing label of an office's own form is named as its 样表 prints it, with its cell there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from xl_perf.core.cells.grid import Scalar

__all__ = ["run"]

YEARS, STAGES = ("2024年", "2025年"), ("上年预算", "本年预算")
AMOUNTS = ((90, 120), (80, 100), (10, 20))


def write(path: Path, heads: tuple[str, ...], *, is_filled: bool = False) -> Path:
    """The form, whose title line says 2025年 as well, blank or filled in."""
    book = Workbook()
    sheet = book.worksheets[0]
    amounts: tuple[tuple[int | None, ...], ...] = AMOUNTS if is_filled else ((None,) * len(heads),) * 3
    names = ("资金总额", "财政拨款", "其他资金")
    sums: list[list[Scalar]] = [[name, None, *own] for name, own in zip(names, amounts, strict=True)]
    rows: list[list[Scalar]] = [
        ["部门预算项目绩效目标表"],
        ["2025年", None, None, None, "单位：万元"],
        ["项目名称", "水库加固" if is_filled else None],
        ["项目资金", None, *heads],
        *sums,
        ["绩效目标", "完成加固。" if is_filled else None],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        [None, "产出指标", "数量指标", *(("加固水库", "≥3座") if is_filled else ())],
        [None, "满意度指标", "服务对象满意度指标", *(("满意度", "≥90%") if is_filled else ())],
    ]
    for cells in rows:
        sheet.append(cells)
    sheet.merge_cells("A1:E1")
    book.save(path)
    return path


def said(run: Runner, folder: Path, heads: tuple[str, ...], change: Callable[[Any], object]) -> str:
    """What is said of a form that was changed after it was filled in."""
    run("form", "learn", write(folder / "空白.xlsx", heads), "-o", folder / "样表.xlsx")
    (folder / "空白.xlsx").unlink()
    book = load_workbook(write(folder / "局.xlsx", heads, is_filled=True))
    change(book.worksheets[0])
    book.save(folder / "局.xlsx")
    return run("check", folder / "局.xlsx")[1]


@pytest.mark.parametrize(("heads", "label"), [(YEARS, "2025年"), (STAGES, "本年预算")])
@pytest.mark.parametrize("value", [None, "当年安排的"])
def test_the_heading_of_the_year(
    run: Runner, tmp_path: Path, heads: tuple[str, ...], label: str, value: str | None
) -> None:
    out = said(run, tmp_path, heads, lambda sheet: sheet.__setitem__("D4", value))
    assert f"表中没有标签“{label}”" in out
    assert f"请在原来的位置补上“{label}”（样表印在 D4）" in out
    assert f"合计不含 1 张表里读不出的金额：Sheet（没有标签“{label}”）" in out


@pytest.mark.parametrize("heads", [YEARS, STAGES])
def test_a_source_whose_row_is_gone(run: Runner, tmp_path: Path, heads: tuple[str, ...]) -> None:
    out = said(run, tmp_path, heads, lambda sheet: sheet.delete_rows(6))
    assert "表中没有标签“财政拨款”，各项来源加起来少于资金总额" in out
    assert "请在原来的位置补上“财政拨款”（样表印在 A6）" in out
    assert "合计不含" in out


def test_a_source_that_nobody_misses(run: Runner, tmp_path: Path) -> None:
    """The other sources are as large as the budget."""

    def change(sheet: Any) -> None:
        sheet["D6"].value = 120
        sheet.delete_rows(7)

    assert "S102" not in said(run, tmp_path, STAGES, change)
