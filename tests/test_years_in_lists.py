"""Lists of an office into which somebody has put a column of another year, or whose heading has lost its year."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.model.department import Department
from xl_perf.profiles import fitting
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

_TABLE = ("一级指标", "二级指标", "三级指标", "指标值")
_GROUP: Sequence[Sequence[str | None]] = (("2026年预算安排", None, None), ("合计", "财政拨款", "其他资金"))
_INDICATORS = ("产出指标", "数量指标", "里程", "≥5公里")


def write(
    path: Path, money: Sequence[Sequence[str | None]], amounts: Sequence[Sequence[Scalar]] = (), title: str = ""
) -> Path:
    """A list with the headings of amounts in one row or in two, and a project for each of the ``amounts``."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([f"部门预算项目绩效目标{title or '清单'}"])
    sheet.append(["单位：万元"])
    width = len(money[0])
    first = [*("序号", "项目名称"), *money[0], "年度目标"]
    if len(money) > 1:
        sheet.append([*first, "绩效指标"])
        sheet.append([None, None, *money[1], None, *_TABLE])
        sheet.merge_cells(start_row=3, end_row=3, start_column=4 + width, end_column=7 + width)
        heads = [at for at, text in enumerate(money[0], 3) if text]
        for at, after in zip(heads, [*heads[1:], 3 + width], strict=True):
            if after - at > 1:
                sheet.merge_cells(start_row=3, end_row=3, start_column=at, end_column=after - 1)
    else:
        sheet.append([*first, *_TABLE])
    for number, own in enumerate(amounts or [(None,) * width] * 2, 1):
        filled = [number, f"项目{number}", *own, "办好", *_INDICATORS] if amounts else []
        sheet.append(filled)
    sheet.append(["合计"])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=7 + width)
    book.save(path)
    return path


def filled(
    folder: Path,
    blank: Sequence[Sequence[str | None]],
    money: Sequence[Sequence[str | None]],
    amounts: Sequence[Sequence[Scalar]],
    title: str = "",
) -> Department:
    form = write(folder / "空白表.xlsx", blank)
    learn_form(str(form), str(folder / "样表.xlsx"))
    form.unlink()
    department = read(write(folder / "局.xlsx", money, amounts, title))
    assert {one.kind.learned is not None for one in department.projects} == {True}
    return department


def said(department: Department) -> set[str]:
    return {one.code for one in check(department, fitting(department))}


@pytest.mark.parametrize("is_before", [True, False])
def test_of_two_years_nobody_knows_which_the_list_is_of(is_before: bool, tmp_path: Path) -> None:
    """It says no year: the amounts are not counted, and the total says so. The book has no year of a column."""
    years = ["2025年预算数", "2026年预算数"]
    rows: list[tuple[float, ...]] = [(300, 320.8), (80, 88.36)]
    if not is_before:
        years, rows = years[::-1], [one[::-1] for one in rows]
    department = filled(tmp_path, [["2026年预算数"]], [years], amounts=rows)
    assert [one.budget.value for one in department.projects] == [None, None]
    assert "B308" in said(department)
    assert totals_of_department(department).incomplete
    assert department.year is None


@pytest.mark.parametrize("title", ["清单（2026年度）", "清单（2025年度）"])
def test_the_year_of_the_title_tells(title: str, tmp_path: Path) -> None:
    years = ["2025年预算数", "2026年预算数"]
    department = filled(tmp_path, [["2026年预算数"]], [years], amounts=[(300, 320.8), (80, 88.36)], title=title)
    budget = Decimal("409.16") if "2026" in title else Decimal(380)
    assert totals_of_department(department).amounts["budget"] == budget
    assert "B310" in said(department) or "S116" in said(department)


@pytest.mark.parametrize("head", ["2025年预算数", "2025年预算安排", "上年预算安排", "上年数"])
def test_a_column_before_the_group_of_the_year(head: str, tmp_path: Path) -> None:
    """合计 stands below 2026年预算安排, as on the form of the office."""
    money = [[head, *_GROUP[0]], [None, *_GROUP[1]]]
    department = filled(tmp_path, _GROUP, money, amounts=[(300, 320.8, 300.8, 20), (80, 88.36, 88.36, None)])
    assert totals_of_department(department).amounts["budget"] == Decimal("409.16")
    assert {"B310", "S116"} & said(department)


@pytest.mark.parametrize("head", ["预算安排", "    年预算安排"])
def test_a_heading_may_leave_out_its_year(head: str, tmp_path: Path) -> None:
    """A workbook of which nobody has written the year prints room for it."""
    money = [[head, None, None], _GROUP[1]]
    department = filled(tmp_path, _GROUP, money, amounts=[(320.8, 300.8, 20), (88.36, 88.36, None)])
    assert totals_of_department(department).amounts["budget"] == Decimal("409.16")
    assert not {"S102", "S116", "B310"} & said(department)
