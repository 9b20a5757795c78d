"""Plans of spending whose months are written as spans: 1-3月 | 4-6月 | 7-10月 | 11-12月."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.command_line import Runner, run
from tests.guides import correct
from tests.test_own_plans_in_money import MONTHS, rows, write
from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.reading import read_department
from xl_perf.saved.guides import guide_at
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

__all__ = ["run"]
SPANS = ("1-3月", "4-6月", "7-10月", "11-12月")
ENDS = ("3月底", "6月底", "10月底", "12月底")
SHARES = ("25%", "50%", "75%", "100%")


@pytest.mark.parametrize(
    ("months", "ends"),
    [
        (SPANS, [3, 6, 10, 12]),
        (("1-3月", "4至6月", "7月-9月", "10月—12月"), [3, 6, 9, 12]),
        ((*MONTHS[:3], "11-12月"), [3, 6, 9, 12]),
        ((*MONTHS[:3], "第四季度(10-12月)"), [3, 6, 9, 12]),
    ],
)
def test_a_span_ends_with_its_last_month(months: tuple[str, ...], ends: list[int]) -> None:
    """Each heads a share, whichever month the span begins with."""
    (project,) = read_department(Book("书.xlsx", [Grid("01", rows("支出计划", months, SHARES))])).projects
    assert [point.month for point in project.plan] == ends
    assert {point.percent.status for point in project.plan} == {Status.FILLED}


def test_an_officer_says_whether_spans_add_up(tmp_path: Path) -> None:
    """`form learn` asks of each, `form check` waits for the answer; what was chosen is read."""
    blank, guide = write(tmp_path / "空白表.xlsx", rows("支出计划", SPANS)), tmp_path / "样表.xlsx"
    learned = learn_form(str(blank), str(guide))
    asked = "看不出“11-12月”填的是这几个月的还是累计的：累计到月底的选“12月底”，各段分开的选“不读”"
    assert f"“11-12月”（{asked}）" in learned.to_check
    assert len(learned.to_check) == 4
    assert len(guide_at(guide, "样表.xlsx").faults) == 4
    correct(guide, dict(zip(SPANS, ENDS, strict=True)))
    assert not guide_at(guide, "样表.xlsx").faults
    blank.unlink()
    (project,) = read(write(tmp_path / "局.xlsx", rows("支出计划", SPANS, SHARES))).projects
    assert [point.month for point in project.plan] == [3, 6, 10, 12]


@pytest.mark.parametrize("typed", ["11-12月", "第四季度(10-12月)"])
def test_months_typed_as_a_share_are_no_label(typed: str, tmp_path: Path, run: Runner) -> None:
    """The other shares are read; the cell is said to be no percentage."""
    values: tuple[Scalar, ...] = (*SHARES[:3], typed)
    source = write(tmp_path / "局.xlsx", rows("支出计划", values=values))
    (project,) = read(source).projects
    assert [point.percent.status for point in project.plan] == [*[Status.FILLED] * 3, Status.UNREADABLE]
    _, out, _ = run("check", source)
    assert f"12月底的支出计划“{typed}”不是百分数" in out
    assert "S103" not in out


def test_a_time_of_work_is_no_plan() -> None:
    """3-12月 alone in its row."""
    cells = rows("支出计划", MONTHS, SHARES)
    cells.insert(3, ["起止时间", "3-12月"])
    (project,) = read_department(Book("书.xlsx", [Grid("01", cells)])).projects
    assert [point.percent.typed for point in project.plan] == [*SHARES]


TWELVE = tuple(f"{month}月" for month in range(1, 13))


@pytest.mark.parametrize(
    ("plan", "months", "values", "chosen"),
    [
        ("分月用款计划（万元）", TWELVE, (10,) * 12, {}),
        ("分月用款计划", TWELVE, (16,) * 11 + (24,), {}),
        ("支出计划（万元）", MONTHS, (20, 50, 80, 200), dict.fromkeys(MONTHS, "不读")),
        ("支出计划（万元）", MONTHS, ("20万元", "50万元", "80万元", "200万元"), dict.fromkeys(MONTHS, "不读")),
        ("支出计划", SPANS, (25, 25, 30, 20), dict.fromkeys(SPANS, "不读")),
    ],
)
def test_a_plan_that_is_not_read_is_told(
    plan: str, months: tuple[str, ...], values: tuple[Scalar, ...], chosen: dict[str, str], tmp_path: Path, run: Runner
) -> None:
    """To the officer, the clerk, and whoever writes a book of it; the new book has the plan as it was typed, unread."""
    blank, guide = write(tmp_path / "空白表.xlsx", rows(plan, months)), tmp_path / "样表.xlsx"
    learned = learn_form(str(blank), str(guide))
    said = f"B5 起的支出计划（“{'、'.join(months[:3])}”等 {len(months)} 栏）不读"
    assert any(one.startswith(said) for one in learned.notes) is (not chosen)
    assert not chosen or len(learned.to_check) == len(chosen)
    correct(guide, chosen)
    checked = guide_at(guide, "样表.xlsx")
    assert not checked.faults
    assert [one for one in checked.notes if one.startswith(said)] != []
    blank.unlink()
    source = write(tmp_path / "局.xlsx", rows(plan, months, values))
    _, out, _ = run("check", source)
    assert "没有计入累计支出：01!B5" in out
    assert "P401" not in out
    _, out, _ = run("new", tmp_path / "新" / "书.xlsx", "--from", source)
    assert "没有计入累计支出：01!B5" in out
    assert "没有收进来" not in out
    sheet = load_workbook(tmp_path / "新" / "书.xlsx")["01"]
    assert [sheet.cell(5, 2 + at).value for at in range(len(months))] == [*months]
    assert [sheet.cell(6, 2 + at).value for at in range(len(months))] == [*values]
    _, out, _ = run("check", tmp_path / "新" / "书.xlsx")
    assert "没有计入累计支出：01!B5" in out


def test_quarters_that_are_not_read_are_no_purpose(tmp_path: Path) -> None:
    """What the money is for stands above them: their first heading was taken for it."""
    quarters = ("一季度", "二季度", "三季度", "四季度")
    blank = write(tmp_path / "空白表.xlsx", rows("用款计划", quarters, line="单位：万元"))
    learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    correct(tmp_path / "样表.xlsx", dict.fromkeys(quarters, "不读"))
    blank.unlink()
    (project,) = read(write(tmp_path / "局.xlsx", rows("用款计划", quarters, (50,) * 4, line="单位：万元"))).projects
    assert project.value("purpose").text == ""
