"""Plans of spending that are filled in with amounts: they are never read as percentages."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from tests.guides import correct
from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.figures.totals import add_up, totals_of
from xl_perf.core.forms.plan_in_money import UNREAD_PLAN
from xl_perf.core.reading import read_department
from xl_perf.saved.guides import guide_at
from xl_perf.service.guides import learn_form

__all__ = ["run"]
Rows = list[list[Scalar]]
MONTHS = ("3月底", "6月底", "9月底", "12月底")
NOT_READ = dict.fromkeys(MONTHS, "不读")


def rows(plan: str, months: tuple[str, ...] = MONTHS, values: tuple[Scalar, ...] = (), line: str = "") -> Rows:
    """A form with a plan; filled in where there are ``values`` of it. ``line`` stands above the plan."""
    amount = 200 if values else None
    above: Rows = [[line]] if line else []
    return [
        ["项目绩效目标表"],
        ["单位：万元"],
        ["项目名称", "养老床位" if values else None, None, "项目编码", "130000240009" if values else None],
        ["预算规模及资金用途", "预算数", amount, "其中：财政资金", amount, "其他资金", None],
        *above,
        [plan, *months],
        [None, *values],
        ["绩效目标", "建成。" if values else None],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", *(("建设床位", "≥120张") if values else ())],
        ["满意度指标", "服务对象满意度指标", *(("老人满意度", "≥95%") if values else ())],
    ]


def write(path: Path, cells: Rows) -> Path:
    book = Workbook()
    book.worksheets[0].title = "01"
    for one in cells:
        book.worksheets[0].append(one)
    book.save(path)
    return path


WAN = tuple(f"{month}（万元）" for month in MONTHS)


@pytest.mark.parametrize(
    ("cells", "is_money"),
    [
        (rows("支出计划（万元）", values=(20, 50, 80, 100)), True),
        (rows("支出计划", WAN, (20, 50, 80, 100)), True),
        (rows("支出计划", values=(20, 50, 80, 100), line="单位：万元"), True),
        (rows("支出计划", values=(20, 50, 80, 200)), True),
        (rows("支出计划", values=(20, 120.5, 180, 199)), True),
        (rows("支出计划（%）", values=(20, 50, 80, 100)), False),
        (rows("支出计划（%）", values=(20, 50, 80, 100), line="单位：万元"), False),
        (rows("支出计划（万元）", values=("20%", "50%", "80%", "100%")), False),
        (rows("支出计划", values=(20, 50, 80, 110)), False),
    ],
)
def test_amounts_are_no_percentages(cells: Rows, is_money: bool) -> None:
    """They count nowhere, and the totals say whose plan is left out."""
    (project,) = read_department(Book("书.xlsx", [Grid("01", cells)])).projects
    assert {point.percent.status for point in project.plan} == {Status.CONTRADICTED if is_money else Status.FILLED}
    total = add_up([totals_of(project)])
    assert (total.unplanned == ("01",)) is is_money
    assert (total.planned_at(6) == Decimal(0)) is is_money


def test_a_shipped_form_with_amounts_is_an_error(tmp_path: Path, run: Runner) -> None:
    source = write(tmp_path / "局.xlsx", rows("支出计划（万元）", values=(20, 50, 80, 100)))
    code, out, _ = run("check", source)
    assert code == 1
    assert "3月底的支出计划“20”是金额，不是百分数，没有计入累计支出" in out
    assert "支出计划的合计不含 1 个项目" in out


def test_a_plan_in_money_is_asked_and_refused(tmp_path: Path, run: Runner) -> None:
    """`form learn` asks, `form check` refuses a month that is marked; what is marked 不读 is not read, nor missed."""
    blank = write(tmp_path / "空白表.xlsx", rows("支出计划（万元）"))
    learned = learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    assert [one for one in learned.to_check if UNREAD_PLAN in one] == [
        f"“{month}”（{UNREAD_PLAN}）" for month in MONTHS
    ]
    guide = tmp_path / "样表.xlsx"
    blank.unlink()
    correct(guide, dict(zip(MONTHS, MONTHS, strict=True)))
    assert [one.cell for one in guide_at(guide, "样表.xlsx").faults if UNREAD_PLAN in one.said] == [
        "B6",
        "C6",
        "D6",
        "E6",
    ]
    correct(guide, NOT_READ)
    assert not guide_at(guide, "样表.xlsx").faults
    source = write(tmp_path / "局.xlsx", rows("支出计划（万元）", values=(20, 50, 80, 100)))
    _, out, _ = run("check", source)
    assert "P401" not in out
    assert "月底计划" not in out
    assert "没有计入累计支出：01!B5" in out
    _, out, _ = run("new", tmp_path / "新" / "书.xlsx", "--from", source)
    assert "没有收进来" not in out
    written = load_workbook(tmp_path / "新" / "书.xlsx")["01"]
    assert [written.cell(6, 2 + at).value for at in range(4)] == [20, 50, 80, 100]


def test_the_heading_of_what_is_measured_has_a_row(tmp_path: Path) -> None:
    """指标名称 has a row of its own in 对照: without 三级指标 it stands for that, and another meaning can be chosen."""
    cells = rows("支出计划（%）")
    cells[7] = ["指标类型", "二级指标", "指标名称", "指标值"]
    learn_form(str(write(tmp_path / "空白表.xlsx", cells)), str(tmp_path / "样表.xlsx"))
    guide = guide_at(tmp_path / "样表.xlsx", "样表.xlsx")
    assert not guide.faults
    assert ("level3", "指标名称") in {(row.key, row.label) for row in guide.rows}
    assert ("level3", "指标名称", False) in guide.form.words
