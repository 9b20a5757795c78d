"""项目总额 and its blank cell above 财政资金 | … | 其他资金 | …: the label of an amount, no heading of the two."""

from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

from xl_perf.core.cells.grid import Scalar
from xl_perf.service.checking import read
from xl_perf.service.guides import check_form, learn_form


def write(path: Path, amounts: tuple[Scalar, Scalar, Scalar] = (None, None, None)) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    is_filled = amounts[0] is not None
    for row in (
        ["县级项目支出绩效目标表"],
        ["填报单位：        单位：万元"],
        ["项目名称", "修路" if is_filled else None],
        ["项目总额", amounts[0]],
        ["财政资金", amounts[1], "其他资金", amounts[2]],
        ["绩效目标", "修好。" if is_filled else None],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", *(("里程", "≥5公里") if is_filled else ())],
        ["满意度指标", "服务对象满意度指标", *(("满意度", "≥90%") if is_filled else ())],
    ):
        sheet.append(row)
    for area in ("A1:D1", "A2:D2", "B3:D3", "C4:D4", "B6:D6"):
        sheet.merge_cells(area)
    book.save(path)
    return path


def test_the_total_has_its_own_cell(tmp_path: Path) -> None:
    blank = write(tmp_path / "空白表.xlsx")
    learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    blank.unlink()
    assert not check_form(str(tmp_path / "样表.xlsx")).guide.faults
    (project,) = read(write(tmp_path / "局.xlsx", (100, 60, 40))).projects
    assert project.kind.learned is not None
    assert (project.budget.value, project.fiscal.value) == (Decimal(100), Decimal(60))
