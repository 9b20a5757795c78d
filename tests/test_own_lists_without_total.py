"""A list of an office's own with 预算安排 over several columns, whose heading 合计 was deleted or never stood."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from xl_perf.service.guides import learn_form

__all__ = ["run"]


def write(path: Path, heads: Sequence[str]) -> Path:
    """A blank list; ``heads`` stand below 预算安排."""
    book = Workbook()
    sheet = book.worksheets[0]
    width = len(heads)
    sheet.append(["部门预算项目绩效目标批复表"])
    sheet.append(["部门名称：", *[None] * (width + 5), "单位：万元"])
    titles = ["年度绩效目标", "绩效指标", None, None, None, "备注"]
    sheet.append(["序号", "单位名称", "项目名称", "2026年预算安排", *[None] * (width - 1), *titles])
    sheet.append([None, None, None, *heads, None, "一级指标", "二级指标", "三级指标", "指标值"])
    for column in (1, 2, 3, 4 + width, 9 + width):
        sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    sheet.merge_cells(start_row=3, end_row=3, start_column=4, end_column=3 + width)
    sheet.merge_cells(start_row=3, end_row=3, start_column=5 + width, end_column=8 + width)
    for _ in range(10):
        sheet.append([])
    sheet.append(["合计"])
    book.save(path)
    return path


def test_a_deleted_total_is_named(tmp_path: Path, run: Runner) -> None:
    guide = tmp_path / "样表.xlsx"
    learn_form(str(write(tmp_path / "空白.xlsx", ("合计", "一般公共预算", "其他资金"))), str(guide))
    status, out, _ = run("form", "check", guide)
    assert status == 0, out
    book = load_workbook(guide)
    book.worksheets[0]["D4"].value = None
    book.save(guide)
    status, out, _ = run("form", "check", guide)
    assert status == 1
    assert "D3 的“2026年预算安排”下面没有“合计”一栏，D4 空着：每个项目的预算数都读不到" in out
    assert "D4 是合计的，请把“合计”补上" in out


def test_a_list_that_never_had_one_says_what_is_not_read(tmp_path: Path, run: Runner) -> None:
    """It may be used: the sources are read."""
    learn_form(str(write(tmp_path / "空白.xlsx", ("一般公共预算", "其他资金"))), str(tmp_path / "样表.xlsx"))
    status, out, _ = run("form", "check", tmp_path / "样表.xlsx")
    assert status == 0, out
    assert "D3 的“2026年预算安排”下面没有“合计”一栏，每个项目的预算数都读不到，合计会是 0" in out
