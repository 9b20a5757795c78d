"""Several forms of an office's own on a sheet, beside or below each other, and lines with gaps that they print."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.model.department import Department
from xl_perf.profiles import fitting
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

_TITLE = "县直单位项目绩效目标申报表"
_WIDTH = 6


def put(sheet: Worksheet, row: int, column: int, name: str, budget: Scalar, *, title: str = _TITLE) -> None:
    """A form from a cell on; ``name`` is empty for a blank one."""

    def told(typed: Scalar) -> Scalar:
        return typed if name else None

    when = "2025年3月至2025年11月" if name else "    年  月至    年  月"
    cells: Sequence[Sequence[Scalar]] = (
        [title or None],
        [f"项目名称：{name}", None, None, "单位：万元"],
        [f"起止时间：{when}"],
        ["资金来源", "年度资金总额", None, None, None, told(budget)],
        [None, "其中：财政拨款", None, None, None, told(budget)],
        ["年度绩效目标", told("修好。")],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "备注"],
        [None, "产出指标", "数量指标", told("里程"), told("≥5公里")],
        [None, "满意度指标", "服务对象满意度指标", told("满意度"), told("≥90%")],
    )
    for down, line in enumerate(cells):
        for right, typed in enumerate(line):
            if typed is not None:
                sheet.cell(row + down, column + right, str(typed) if isinstance(typed, str) else float(str(typed)))
    for down, first, last in ((0, 0, 5), (1, 0, 2), (2, 0, 5), (3, 1, 4), (4, 1, 4), (5, 1, 5)):
        own = row + down
        sheet.merge_cells(start_row=own, end_row=own, start_column=column + first, end_column=column + last)
    sheet.merge_cells(start_row=row + 6, end_row=row + 8, start_column=column, end_column=column)
    sheet.merge_cells(start_row=row + 3, end_row=row + 4, start_column=column, end_column=column)


def filled(folder: Path, second: tuple[int, int], *, title: str = _TITLE) -> Department:
    """Two filled forms beside their 样表, the second one from a cell on."""
    blank = Workbook()
    put(blank.worksheets[0], 1, 1, "", None)
    blank.save(folder / "空白表.xlsx")
    learn_form(str(folder / "空白表.xlsx"), str(folder / "样表.xlsx"))
    (folder / "空白表.xlsx").unlink()
    book = Workbook()
    put(book.worksheets[0], 1, 1, "公路", 80)
    put(book.worksheets[0], *second, "桥梁", 20, title=title)
    book.save(folder / "局.xlsx")
    return read(folder / "局.xlsx")


def said_of(department: Department) -> list[tuple[str | None, Decimal | None]]:
    return [(project.name.value, project.budget.value) for project in department.projects]


BOTH = [("公路", Decimal(80)), ("桥梁", Decimal(20))]


def test_beside_each_other(tmp_path: Path) -> None:
    """The first one ends with a column that no shipped kind has."""
    department = filled(tmp_path, (1, _WIDTH + 2))
    assert said_of(department) == BOTH
    assert [project.area[1] for project in department.projects] == [0, _WIDTH + 1]


def test_below_each_other_without_a_second_title(tmp_path: Path) -> None:
    """A name that shares its cell with its label begins a form as well."""
    assert said_of(filled(tmp_path, (12, 1), title="")) == BOTH


def test_lines_with_gaps_are_of_the_form(tmp_path: Path) -> None:
    """Nobody changed their label."""
    department = filled(tmp_path, (12, 1))
    assert all(project.kind.learned is not None for project in department.projects)
    assert not [one for one in check(department, fitting(department)) if one.code == "S116"]
