"""A 样表 whose sources stand in rows and in columns at once: what they cross is of no one source, and is asked."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.guides import correct
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.service.checking import read
from xl_perf.service.guides import check_form, learn_form

HEADS = [("小计", "上级补助", "本级安排"), ("合计", "一般公共预算", "政府性基金预算")]
_AMOUNTS = ((120, 20, 100), (80, 20, 60), (40, 0, 40))


def write(path: Path, heads: tuple[str, ...], *, is_filled: bool) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    rows: list[list[Scalar]] = [
        ["某市项目支出绩效目标申报表"],
        ["（2025年度）", None, None, None, "单位：万元"],
        ["项目名称", "修路" if is_filled else None, None, "实施单位"],
        ["项目资金", None, *heads],
    ]
    for number, label in enumerate(("年度资金总额", "其中：财政拨款", "其他资金")):
        rows.append([None, label, *(_AMOUNTS[number] if is_filled else ())])
    rows += [
        ["年度目标", "修好。" if is_filled else None],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", *(("里程", "≥5公里") if is_filled else ())],
        ["满意度指标", "服务对象满意度指标", *(("满意度", "≥90%") if is_filled else ())],
    ]
    for row in rows:
        sheet.append(row)
    for area in ("A1:E1", "A4:A7", "B3:C3", "B8:E8"):
        sheet.merge_cells(area)
    book.save(path)
    return path


@pytest.mark.parametrize("heads", HEADS)
def test_crossed_sources_are_asked_and_the_answer_holds(heads: tuple[str, ...], tmp_path: Path) -> None:
    blank = write(tmp_path / "空白表.xlsx", heads, is_filled=False)
    guide = tmp_path / "样表.xlsx"
    learn_form(str(blank), str(guide))
    blank.unlink()
    (fault,) = check_form(str(guide)).guide.faults
    assert f"D4 的“{heads[1]}”和 B6 的“其中:财政拨款”横竖都是资金来源，交叉的 D6 不知道算哪一种" in fault.said
    correct(guide, dict.fromkeys(heads[1:], "不读"))
    assert not check_form(str(guide)).guide.faults
    totals = totals_of_department(read(write(tmp_path / "局.xlsx", heads, is_filled=True)))
    assert totals.amounts == {"budget": Decimal(120), "fiscal": Decimal(80), "other": Decimal(40)}
    assert not totals.incomplete
