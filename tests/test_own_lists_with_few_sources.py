"""Lists of an office's own without 其他资金, or without any source: what is read of them leaves nothing out."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.command_line import Runner, run
from xl_perf.core.cells.grid import Scalar

__all__ = ["run"]

BEFORE, BEHIND = ["单位名称", "项目名称"], ["年度目标", "一级指标", "二级指标", "三级指标", "指标值"]
LEVELS = (("产出指标", "数量指标", "设备", "≥3台"), ("满意度指标", "服务对象满意度指标", "满意度", "≥90%"))


def write(path: Path, heads: list[str], *projects: tuple[str, tuple[Scalar, ...]]) -> Path:
    """A list with these headings of amounts; without projects a blank one."""
    book = Workbook()
    sheet = book.worksheets[0]
    width = len(BEFORE) + len(heads) + len(BEHIND)
    sheet.append(["项目绩效目标清单"])
    sheet.append(["2025年", *[None] * (width - 2), "单位：万元"])
    sheet.append([*BEFORE, *heads, *BEHIND])
    for name, amounts in projects:
        sheet.append(["一局", name, *amounts, "建好。", *LEVELS[0]])
        sheet.append([None, None, *[None] * len(heads), None, *LEVELS[1]])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("heads", "amounts", "totals"),
    [
        (["预算数", "财政拨款"], ((10, 10), (20, 20)), "合计：30 / 30 / 0 万元"),
        (["预算数"], ((10,), (20,)), "合计：30 / 0 / 0 万元"),
        (["预算数", "一般公共预算", "政府性基金"], ((10, 8, 2), (20, 20, None)), "合计：30 / 30 / 0 万元"),
    ],
)
def test_the_total_is_complete(
    run: Runner, tmp_path: Path, heads: list[str], amounts: tuple[tuple[Scalar, ...], ...], totals: str
) -> None:
    run("form", "learn", write(tmp_path / "空白.xlsx", heads), "-o", tmp_path / "样表.xlsx")
    (tmp_path / "空白.xlsx").unlink()
    assert run("form", "check", tmp_path / "样表.xlsx")[0] == 0
    path = write(tmp_path / "局.xlsx", heads, *zip(("食堂", "安防"), amounts, strict=True))
    status, out, _ = run("check", path)
    assert status == 0, out
    for out in (run("check", path, "--summary")[1], run("consolidate", tmp_path, "-o", tmp_path / "汇总.xlsx")[1]):
        assert totals in out
        assert "合计不含" not in out


def test_what_the_only_source_leaves_is_named(run: Runner, tmp_path: Path) -> None:
    """Nobody wrote where the rest of the budget comes from."""
    heads = ["预算数", "财政拨款"]
    run("form", "learn", write(tmp_path / "空白.xlsx", heads), "-o", tmp_path / "样表.xlsx")
    (tmp_path / "空白.xlsx").unlink()
    out = run("check", write(tmp_path / "局.xlsx", heads, ("食堂", (10, 8))), "--summary")[1]
    assert "合计：10 / 8 / 0 万元" in out
    assert "Sheet（没有写其余的资金来源）" in out
