"""年度预算数 over the only column of amounts, and 资金总额 as the label of the whole: one budget, read from its row."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from xl_perf.core.cells.grid import Scalar
from xl_perf.service.checking import read
from xl_perf.service.guides import check_form, learn_form

_AMOUNTS = (1234.56, 1000, 134.56, 100)
_LABELS = ("资金总额", "  其中：1.一般公共预算拨款", "        2.政府性基金预算拨款", "        3.单位资金")


def write(path: Path, head: str, beside: str | None, amounts: tuple[Scalar, ...] = ()) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    is_filled = bool(amounts)
    sheet.append(["某省项目支出绩效目标申报表"])
    sheet.append(["（2026年度）", None, None, None, "金额单位：万元"])
    sheet.append(["项目名称", "公路" if is_filled else None, None, "项目代码", "130102" if is_filled else None])
    sheet.append(["项目资金申请", "资金来源", None, head, beside])
    for number, label in enumerate(_LABELS):
        sheet.append([None, label, None, amounts[number] if is_filled else None])
    if beside:
        sheet["E5"].value = 10
    sheet.append(["总体目标", "养好公路。" if is_filled else None])
    sheet.append(["一级指标", "二级指标", "三级指标", "指标值", "分值"])
    sheet.append(["产出指标", "数量指标", *(("里程", "≥5公里", 50) if is_filled else ())])
    sheet.append(["满意度指标", "服务对象满意度指标", *(("满意度", "≥90%", 40) if is_filled else ())])
    for area in ("A1:E1", "B3:C3", "A4:A8", "B9:E9", "E5:E8", *(f"B{row}:C{row}" for row in range(4, 9))):
        sheet.merge_cells(area)
    book.save(path)
    return path


@pytest.mark.parametrize("head", ["年度预算数", "预算数", "预算金额"])
@pytest.mark.parametrize("beside", ["执行率分值", None])
def test_the_heading_is_no_second_label(head: str, beside: str | None, tmp_path: Path) -> None:
    blank = write(tmp_path / "空白表.xlsx", head, beside)
    learn_form(str(blank), str(tmp_path / "样表.xlsx"))
    blank.unlink()
    assert not check_form(str(tmp_path / "样表.xlsx")).guide.faults
    (project,) = read(write(tmp_path / "局.xlsx", head, beside, _AMOUNTS)).projects
    assert project.kind.learned is not None
    assert project.budget.value == Decimal("1234.56")
    assert {one.value for one in project.sources if one.value} == {Decimal(str(one)) for one in _AMOUNTS[1:]}
