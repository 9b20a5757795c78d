"""Lists with a row per project whose indicators stand side by side: they are refused, and their money is missed."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.command_line import Runner, run
from tests.own_lists import HEADS
from xl_perf.core.cells.grid import CellLine, Scalar
from xl_perf.core.errors import BookError
from xl_perf.core.forms.side_by_side import indicators_across
from xl_perf.saved.guides import guide_at
from xl_perf.service.guides import learn_form

__all__ = ["run"]
Row = list[Scalar]
OF_PROJECT: Row = ["项目名称", "预算数", "年度目标"]
FILLED: Row = ["食堂", 150, "建好。"]
LISTS: list[tuple[list[Row], str]] = [
    (
        [[*OF_PROJECT, "数量指标", "指标值", "质量指标", "指标值", "满意度指标", "指标值"]],
        "数量指标、质量指标、满意度指标",
    ),
    ([[*OF_PROJECT, "数量指标", "指标值", "满意度指标", "指标值"]], "数量指标、满意度指标"),
    ([[*OF_PROJECT, "三级指标1", "指标值1", "三级指标2", "指标值2"]], "三级指标1、三级指标2"),
    ([[*OF_PROJECT, "绩效指标一", "指标值一", "绩效指标二", "指标值二"]], "绩效指标一、绩效指标二"),
    ([[*OF_PROJECT, "三级指标", "指标值", "三级指标", "指标值"]], "三级指标"),
    (
        [
            [*OF_PROJECT, "产出指标", None, "效益指标", None, "满意度指标", None],
            [None, None, None, "数量指标", "指标值", "社会效益指标", "指标值", "服务对象满意度", "指标值"],
        ],
        "产出指标、效益指标、满意度指标",
    ),
    ([[*OF_PROJECT, "产出指标", "效益指标", "满意度指标"]], "产出指标、效益指标、满意度指标"),
]


def write(path: Path, rows: list[Row]) -> Path:
    book = Workbook()
    book.worksheets[0].title = "目标表"
    above: list[Row] = [["某区部门预算项目绩效目标表"], [None, None, "单位：万元"]]
    for one in [*above, *rows]:
        book.worksheets[0].append(one)
    book.save(path)
    return path


@pytest.mark.parametrize(("heads", "names"), LISTS)
def test_form_learn_refuses_in_one_sentence(heads: list[Row], names: str, tmp_path: Path) -> None:
    """No 样表 is written of which nothing could be read; what is to be changed is said."""
    with pytest.raises(BookError) as refused:
        learn_form(str(write(tmp_path / "空白表.xlsx", [*heads, [], []])), str(tmp_path / "样表.xlsx"))
    assert f"第 3 行把{names}等横着排" in refused.value.message
    assert refused.value.remedy.startswith("请改成一行一个指标")
    assert not (tmp_path / "样表.xlsx").exists()


@pytest.mark.parametrize(("heads", "names"), LISTS)
def test_form_check_says_it_alone(heads: list[Row], names: str, tmp_path: Path) -> None:
    """Of a 样表 that somebody marked by hand: nothing to mark helps."""
    marks: Row = ["{项目名称}", "{预算数}", "{目标1}", "{三级指标}", "{指标值}"]
    guide = guide_at(write(tmp_path / "样表.xlsx", [*heads, marks]), "样表.xlsx")
    (fault,) = guide.faults
    assert fault.said.startswith(f"第 3 行把{names}等横着排")
    assert "请改成一行一个指标" in fault.said
    assert not guide.notes


@pytest.mark.parametrize(("heads", "names"), [one for one in LISTS if one[1] != "三级指标"])
def test_the_money_of_a_filled_one_is_missed(heads: list[Row], names: str, tmp_path: Path, run: Runner) -> None:
    """S108 says why, where, and what helps."""
    rows = [*heads, [*FILLED, *["面积", "≥5平方米"] * 3], [*FILLED, *["监控", "≥9路"] * 3]]
    code, out, _ = run("check", write(tmp_path / "局.xlsx", rows))
    assert code == 1
    assert f"第 3 行把{names}等横着排，各占一栏，这样的表还不能读，它的金额不在合计里" in out
    assert "请改成一行一个指标" in out
    assert "合计不含 1 张表里读不出的金额" in out


@pytest.mark.parametrize(
    "rows",
    [
        [[*HEADS], [1, "一中", "食堂", 150, 100, 50, "建好。", "产出指标", "数量指标", "质量", "满意度"]],
        [["项目名称", "预算数"], ["产出指标", "效益指标"]],
        [["一级指标", "二级指标", "三级指标", "指标值", "三级指标", "指标值"]],
    ],
)
def test_columns_of_levels_are_none_side_by_side(rows: list[Row]) -> None:
    """A row per indicator, and the halves of a table for the whole time and for the year."""
    assert indicators_across(CellLine(rows)) is None


def test_the_pairs_that_are_left_are_told(tmp_path: Path, run: Runner) -> None:
    """Of headings that are called the same the first ones are read."""
    heads: Row = [*OF_PROJECT, "三级指标", "指标值", "三级指标", "指标值"]
    rows = [heads, [*FILLED, "面积", "≥5平方米", "监控", "≥9路"]]
    _, out, _ = run("check", write(tmp_path / "局.xlsx", rows))
    assert "第 3 行把三级指标等横着排" in out
    assert "只读了第一组，其余的指标没有读" in out
