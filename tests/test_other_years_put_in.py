"""Amounts of another year that somebody put beside a form's own, of which neither the form nor its 样表 knows."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding
from xl_perf.profiles import fitting
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

Rows = Sequence[Sequence[Scalar]]

_LAST, _THIS = (100, 60, 40), (120, 80, 40)
"""Of the budget and two sources."""
_OWN = pytest.mark.parametrize("is_own", [False, True], ids=["shipped", "own"])


def write(path: Path, money: Rows, *, is_filled: bool, title: str = "项目支出绩效目标申报表（2025年度）") -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([title])
    sheet.append(["项目名称", "修路" if is_filled else None, "实施单位", "某局" if is_filled else None])
    sheet.append([None, None, None, "单位：万元"])
    for row in money:
        sheet.append(list(row))
    sheet.append(["年度目标", "修好村道。" if is_filled else None])
    sheet.append(["一级指标", "二级指标", "三级指标", "指标值"])
    sheet.append(["产出指标", "数量指标", *(("里程", "≥5公里") if is_filled else ())])
    sheet.append(["满意度指标", "服务对象满意度指标", *(("村民满意度", "≥90%") if is_filled else ())])
    book.save(path)
    return path


def down(heads: Sequence[Scalar] | None, *columns: Sequence[Scalar]) -> Rows:
    """The labels one below the other, right of them columns of amounts below their headings."""
    labels = ("年度资金总额：", "其中：财政拨款", "其他资金")
    rows: list[list[Scalar]] = [["项目资金", None, None, *heads]] if heads else []
    for number, label in enumerate(labels):
        first = None if heads or number else "项目资金"
        rows.append([first, None, label, *(column[number] for column in columns)])
    return rows


def across(*rows: Sequence[Scalar]) -> Rows:
    """The labels side by side, below them rows of amounts behind their headings."""
    return [["资金来源", "年度资金总额", "财政拨款", "其他资金"], *rows]


def filled(folder: Path, blank: Rows, money: Rows, *, is_own: bool) -> Department:
    if is_own:
        form = write(folder / "空白表.xlsx", blank, is_filled=False)
        learn_form(str(form), str(folder / "样表.xlsx"))
        form.unlink()
    department = read(write(folder / "局.xlsx", money, is_filled=True))
    assert (department.projects[0].kind.learned is not None) is is_own
    return department


def found_in(department: Department) -> list[Finding]:
    return [one for one in check(department, fitting(department)) if one.code.startswith("B")]


@_OWN
@pytest.mark.parametrize(
    "heads",
    [
        ("上年数", "本年数"),
        ("上年预算", "本年预算"),
        ("去年", "今年"),
        ("2024年", "2025年"),
        ("2024年度预算数", "2025年度预算数"),
        ("上年决算数", "预算数"),
    ],
)
@pytest.mark.parametrize("is_reversed", [False, True])
def test_the_column_of_the_year_is_read(
    heads: tuple[str, str], is_reversed: bool, is_own: bool, tmp_path: Path
) -> None:
    """Last year's is not; where its heading names a year it is named."""
    step = -1 if is_reversed else 1
    money = down(heads[::step], *(_LAST, _THIS)[::step])
    department = filled(tmp_path, down(None), money, is_own=is_own)
    assert [one.value for one in amounts(department)] == list(_THIS)
    assert not totals_of_department(department).incomplete


@_OWN
@pytest.mark.parametrize("heads", [("上年数", None), ("2024年度实际", None), ("上年", ""), ("前年实际", None)])
def test_amounts_below_another_year_alone_are_not_counted(
    heads: tuple[str, str | None], is_own: bool, tmp_path: Path
) -> None:
    """Nobody can know what the column beside them holds."""
    department = filled(tmp_path, down(None), down(heads, _LAST, _THIS), is_own=is_own)
    assert [one.value for one in amounts(department)] == [None] * 3
    said = [one for one in found_in(department) if one.code == "B308"]
    assert [one.cell for one in said] == ["D5", "D6", "D7"]
    assert all(f"它的栏名是别的年度的：{heads[0]}" in one.message for one in said)
    assert totals_of_department(department).budget == 0
    assert totals_of_department(department).incomplete


@_OWN
@pytest.mark.parametrize("beside", ["执行率分值", "占比"])
def test_a_heading_of_no_amounts_is_not_the_years(beside: str, is_own: bool, tmp_path: Path) -> None:
    money = down(["上年预算数", beside], _THIS, (10, 50, 50))
    department = filled(tmp_path, down(None), money, is_own=is_own)
    assert [one.value for one in amounts(department)] == [None] * 3
    assert totals_of_department(department).incomplete


@_OWN
@pytest.mark.parametrize("head", ["年度预算数（元）", "本年预算（元）"])
def test_a_unit_in_the_heading_of_the_column(head: str, is_own: bool, tmp_path: Path) -> None:
    """It is as near as one in the labels."""
    department = filled(tmp_path, down(["年度预算数", None]), down([head, None], _THIS), is_own=is_own)
    assert department.projects[0].budget.value in {Decimal("0.012"), None}
    assert {one.code for one in found_in(department)} & {"B307", "B308"}


@_OWN
def test_a_unit_left_of_the_row_of_amounts(is_own: bool, tmp_path: Path) -> None:
    """So is one left of the amounts, below their labels; forms that look alike are each read for themselves.

    Where the 样表 prints 万元, and the amount looks like one of that, nobody knows.
    """
    plain = across(("预算金额", *_THIS))
    first = filled(tmp_path, across(("预算金额",)), plain, is_own=is_own)
    heads = ("预算金额（元）", "预算金额", "预算金额（千元）")
    books = (write(tmp_path / f"{head}.xlsx", across((head, *_THIS)), is_filled=True) for head in heads)
    found = [first, *map(read, books)]
    budgets = [one.projects[0].budget.value for one in found]
    assert budgets == [120, None if is_own else Decimal("0.012"), 120, 12]
    assert {one.code for one in found_in(found[1])} == {"B308" if is_own else "B307"}


@_OWN
def test_a_form_without_a_year_does_not_tell_of_which_its_amounts_are(is_own: bool, tmp_path: Path) -> None:
    """The book may have the year on another sheet: a heading that names another one is named."""
    books = [
        down(["2024年预算", "2025年预算"], _LAST, _THIS),
        down(["2024年预算数"], _THIS),
        down(["2024年执行数", "2025年预算数"], _LAST, _THIS),
    ]
    blank = write(tmp_path / "空白表.xlsx", down(None), is_filled=False, title="项目支出绩效目标申报表")
    if is_own:
        learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    blank.unlink()
    several, one, plain = (
        read(write(tmp_path / f"局2025-{at}.xlsx", money, is_filled=True, title="项目支出绩效目标申报表"))
        for at, money in enumerate(books)
    )
    assert [amount.value for amount in amounts(several)] == [None] * 3
    assert one.projects[0].budget.value == 120
    assert is_own or plain.projects[0].budget.value == 120
    if is_own:
        assert [said.value for said in one.projects[0].dated] == [2024]


@_OWN
def test_an_amount_of_last_year_is_none_of_a_blank_one(is_own: bool, tmp_path: Path) -> None:
    money = down(["本年数", "上年数"], (None,) * 3, _LAST)
    department = filled(tmp_path, down(None), money, is_own=is_own)
    assert [one.value for one in amounts(department)] == [None] * 3


@_OWN
@pytest.mark.parametrize("heads", [("上年数", "本年数"), ("2024年", "2025年"), ("上年预算", "本年预算")])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_the_row_of_the_year_is_read(heads: tuple[str, str], is_reversed: bool, is_own: bool, tmp_path: Path) -> None:
    rows = [(heads[0], *_LAST), (heads[1], *_THIS)]
    money = across(*(reversed(rows) if is_reversed else rows))
    department = filled(tmp_path, across(("预算金额",)), money, is_own=is_own)
    assert [one.value for one in amounts(department)] == list(_THIS)


@_OWN
def test_amounts_in_a_row_of_another_year_alone_are_not_counted(is_own: bool, tmp_path: Path) -> None:
    money = across(("上年数", *_LAST), (None, *_THIS))
    department = filled(tmp_path, across(("预算金额",)), money, is_own=is_own)
    assert [one.value for one in amounts(department)] == [None] * 3
    assert [one.cell for one in found_in(department) if one.code == "B308"] == ["B5", "C5", "D5"]


@pytest.mark.parametrize("text", ["上年结转", "2024年结转资金", "2024年1月—2025年12月", "中期", "2025年"])
def test_what_is_over_amounts_and_of_no_other_year(text: str, tmp_path: Path) -> None:
    """What is carried over is this year's money; a period of a project heads no amounts."""
    money = down([text], _THIS)
    department = filled(tmp_path, down(None), money, is_own=False)
    assert "B308" not in {one.code for one in found_in(department)}


def amounts(department: Department) -> list[Entry[Decimal]]:
    """The budget, 财政拨款 and 其他资金 of the only project."""
    (project,) = department.projects
    named = dict(project.amounts)
    return [project.budget, project.fiscal, named["其他资金"]]
