"""Forms with their amounts in one sentence: 资金总额____万元，其中：财政拨款____万元、其他资金____万元."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.command_line import Runner, run
from tests.own_office import CASE
from xl_perf.core.model.department import Department
from xl_perf.saved.guides import guide_at
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form
from xl_perf.service.making import new_workbook

__all__ = ["run"]

SENTENCE = "项目资金总额____万元，其中：财政拨款____万元、其他资金____万元"


def write(path: Path, amounts: str = SENTENCE, project: str | None = None) -> Path:
    """A blank form, or one of a project."""
    filled = (lambda text: text) if project else (lambda _: None)
    rows: Sequence[Sequence[object]] = (
        ("项目支出绩效目标表",),
        ("（2025年度）",),
        ("项目名称", project),
        ("项目资金", amounts),
        ("年度绩效目标", filled("修好村道。")),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", filled("里程"), filled("≥5公里")),
        ("满意度指标", "服务对象满意度指标", filled("满意度"), filled("≥95%")),
    )
    book = Workbook()
    sheet = book.worksheets[0]
    for row, cells in enumerate(rows, 1):
        for column, typed in enumerate(cells, 1):
            sheet.cell(row, column).value = typed  # type: ignore[assignment]
    for row in (1, 2):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=4)
    for row in (3, 4, 5):
        sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=4)
    book.save(path)
    return path


def read_with(folder: Path, amounts: str) -> Department:
    """What is read of a form beside the 样表 that was learned of the blank one."""
    learn_form(str(write(folder / "空白.xlsx")), out=str(folder / "样表.xlsx"))
    return read(write(folder / "修路.xlsx", amounts, "修路"))


def test_learned_marks_of_a_sentence_can_be_read(tmp_path: Path) -> None:
    learn_form(str(write(tmp_path / "空白.xlsx")), out=str(tmp_path / "样表.xlsx"))
    guide = guide_at(tmp_path / "样表.xlsx", "样表.xlsx")
    assert [fault.said for fault in guide.faults] == []


@pytest.mark.parametrize(
    "amounts",
    [
        "项目资金总额100万元，其中：财政拨款80万元、其他资金20万元",
        "项目资金总额__100__万元，其中：财政拨款__80__万元、其他资金__20__万元",
        "1.项目资金总额100万元，其中：财政拨款80万元、其他资金20万元",
        "项目资金总额1000000元，其中：财政拨款800000元、其他资金200000元",
        "项目资金总额：100万元，其中：财政拨款80万元、其他资金20万元",
    ],
)
def test_every_amount_of_the_sentence_is_read(tmp_path: Path, amounts: str) -> None:
    project = read_with(tmp_path, amounts).projects[0]
    assert {name: entry.value for name, entry in project.amounts if entry.value} == {
        "年度资金总额": 100,
        "财政拨款": 80,
        "其他资金": 20,
    }


def test_the_first_amount_is_not_taken_for_that_of_a_label_before_it(tmp_path: Path) -> None:
    project = read_with(tmp_path, "项目资金总额一百万元，财政拨款80万元，其他资金20万元").projects[0]
    assert project.budget.value is None


def test_new_says_that_such_a_form_is_written_otherwise(tmp_path: Path) -> None:
    read_with(tmp_path, "项目资金总额100万元，其中：财政拨款80万元、其他资金20万元")
    (tmp_path / "新").mkdir()
    made = new_workbook(str(tmp_path / "新" / "新.xlsx"), [str(tmp_path / "修路.xlsx")], None, None, None)
    assert any("B4 一格里写着几项，新建的表要一项一格），它的项目改写成" in note for note in made.notes)


def test_the_check_of_the_guide_says_so_too(run: Runner, tmp_path: Path) -> None:
    learn_form(str(write(tmp_path / "空白.xlsx")), out=str(tmp_path / "样表.xlsx"))
    status, out, _ = run("form", "check", tmp_path / "样表.xlsx")
    assert status == 0
    assert "提示：照它填好的表能读、能校验、能汇总，还不能用来新建（B4 一格里写着几项，新建的表要一项一格）" in out
    assert "可以用" in out


def test_of_one_that_new_writes_nothing_is_said(run: Runner, tmp_path: Path) -> None:
    learn_form(str(CASE), out=str(tmp_path / "样表.xlsx"))
    assert "不能用来新建" not in run("form", "check", tmp_path / "样表.xlsx")[1]
