"""Every button, pressed once in the program itself, one after the other in the same book."""

import shutil
from pathlib import Path

import pytest

from tests import departments
from tests.live.conftest import EXAMPLE, new_book
from tests.live.desk import Desk
from tests.live.programs import office
from tests.live.test_library import tick
from xl_perf.core.actions import ACTIONS
from xl_perf.core.making import draft
from xl_perf.live import importing
from xl_perf.service import comparing_open

pytestmark = [pytest.mark.slow, office]

PRESSES: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
    ("add_project", "首页", "A1", (), "已新增项目表“04”"),
    ("copy_project", "02", "A1", (), "已把“02”复制为项目表“05”"),
    ("delete_project", "05", "A1", ("yes",), "已删除项目表“05”"),
    ("undo", "首页", "A1", ("1",), "已撤销“删除项目”"),
    ("add_indicator_row", "03", "C14", (), ""),
    ("delete_indicator_row", "03", "C15", (), "已删除一行指标"),
    ("add_goal_row", "03", "C7", (), ""),
    ("delete_goal_row", "03", "C8", (), "已删除目标2"),
    ("pick_indicators", "01", "A1", (), "已选用 1 个指标"),
    ("fit_rows", "01", "A1", (), ""),
    ("fit_all_rows", "首页", "A1", (), "已调整 6 张项目表的行高"),
    ("import_projects", "首页", "A1", (), "已导入 1 个项目：工作表 06"),
    ("normalise", "首页", "A1", ("yes",), "已改 1 处"),
    ("validate", "首页", "A1", (), "整本工作簿校验完成"),
    ("validate_sheet", "02", "A1", (), "工作表“02”校验完成"),
    ("next_finding", "01", "A1", (), "02!E2"),
    ("previous_finding", "01", "A1", (), "整体绩效目标!E18"),
    ("accept_warnings", "01", "B2", ("系统尚未发码", "张三"), "已接受 1 条警告"),
    ("clear_marks", "首页", "A1", (), "标记已清除"),
    ("consolidate", "首页", "A1", (), "已汇总"),
    ("compare_books", "首页", "A1", (), "与 上次.xlsx 相比："),
    ("print_sheets", "02", "A1", ("1", "1"), "已把 1 张表写成 PDF"),
    ("publish", "首页", "A1", (), "已写出绩效文本"),
    ("pack", "首页", "A1", (), "有 4 个错误，没有打包"),
    ("new_monitoring", "首页", "A1", ("6",), "已新建“监控-6月”"),
    ("update_monitoring", "监控-6月", "A1", (), "已更新 5 张监控表"),
    ("new_evaluation", "首页", "A1", (), "已新建“自评”：5 个项目"),
    ("compute_scores", "自评", "A1", (), "已计算 5 张自评表"),
    ("plan_tasks", "首页", "A1", (), "已建“任务分解”"),
    ("record_supervision", "02", "A1", (), "已在“监督记录”加上第 1 条"),
    ("publish_monitoring", "首页", "A1", (), "已写出绩效运行监控报告"),
    ("publish_evaluation", "首页", "A1", (), "已写出绩效自评报告"),
)
"""Button, sheet, cell, answers, and how begins what is said at the end; three work without a word."""


def test_every_button(three: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sorted(name for name, *_ in PRESSES) == sorted(one.name for one in ACTIONS)
    former = str(shutil.copy(EXAMPLE, tmp_path / "上次.xlsx"))
    other = draft.department(name="乙局", year=2023, projects=[departments.whole(name="道路养护")])
    (tmp_path / "乙").mkdir()
    mailed = str(new_book(other, tmp_path / "乙"))
    monkeypatch.setattr(importing, "_chosen", lambda _: [mailed])
    monkeypatch.setattr(comparing_open, "_chosen", lambda _: [former])
    three["03", "C3"].value = "５０"
    tick(three, "参训率")
    for button, sheet, cell, answers, expected in PRESSES:
        three.go(sheet, cell)
        said = three.press(button, sheet, answers)
        assert said.startswith(expected), button
        assert bool(said) == bool(expected), button
