"""其中：… right of a source, over its amount: what that is made of, which an officer confirms; behind 合计 a source."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.guides import correct
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.profiles import fitting
from xl_perf.service.checking import read
from xl_perf.service.guides import check_form, learn_form


def write(path: Path, labels: tuple[str, ...], amounts: tuple[Scalar, ...] = ()) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    is_filled = bool(amounts)
    for row in (
        ["2026年区级预算项目绩效目标表"],
        [None, None, None, None, "单位：万元"],
        ["项目名称", "农田" if is_filled else None, None, "项目编码", "120101" if is_filled else None],
        ["资金来源", *labels],
        ["金额", *amounts],
        ["绩效目标", "建成。" if is_filled else None],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", *(("面积", "≥1万亩") if is_filled else ())],
        ["满意度指标", "服务对象满意度指标", *(("满意度", "≥90%") if is_filled else ())],
    ):
        sheet.append(row)
    for area in ("A1:E1", "B3:C3", "B6:E6"):
        sheet.merge_cells(area)
    book.save(path)
    return path


@pytest.mark.parametrize("part", ["其中：上级转移支付", "其中:中央补助", "其中上级补助"])
def test_a_part_beside_its_source_is_asked_and_counts_once(part: str, tmp_path: Path) -> None:
    labels = ("合计", "财政拨款", part, "单位资金")
    blank, guide = write(tmp_path / "空白表.xlsx", labels), tmp_path / "样表.xlsx"
    (asked,) = learn_form(str(blank), str(guide)).to_check
    assert "像是“财政拨款”的其中一项" in asked
    blank.unlink()
    correct(guide, {asked.split("”")[0].removeprefix("“"): "其中项"})
    assert not check_form(str(guide)).guide.faults
    department = read(write(tmp_path / "局.xlsx", labels, (500.5, 400, 150, 100.5)))
    assert totals_of_department(department).amounts == {
        "budget": Decimal("500.5"),
        "fiscal": Decimal(400),
        "other": Decimal("100.5"),
    }
    assert not {one.code for one in check(department, fitting(department))} & {"B303", "B310", "B311"}


def test_a_source_beside_the_total_is_none_of_its_parts(tmp_path: Path) -> None:
    labels = ("合计", "其中：财政拨款", "单位资金")
    blank = write(tmp_path / "空白表.xlsx", labels)
    assert not learn_form(str(blank), str(tmp_path / "样表.xlsx")).to_check
    blank.unlink()
    department = read(write(tmp_path / "局.xlsx", labels, (500.5, 400, 100.5)))
    assert totals_of_department(department).amounts["fiscal"] == 400


def test_a_label_in_brackets_altogether_is_told(tmp_path: Path) -> None:
    """Nobody reads it, nor what stands below it."""
    labels = ("合计", "财政拨款", "（其中：上级转移支付）", "单位资金")
    guide = tmp_path / "样表.xlsx"
    said = learn_form(str(write(tmp_path / "空白表.xlsx", labels)), str(guide)).notes
    assert [one for one in said if "D4“（其中：上级转移支付）”整个写在括号里" in one]
    assert [one for one in check_form(str(guide)).guide.notes if "D4“（其中：上级转移支付）”" in one]
