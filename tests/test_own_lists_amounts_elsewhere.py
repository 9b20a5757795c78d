"""A list whose amounts stand on another sheet: what an officer is told of these when the 样表 is made and checked."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.command_line import Runner, run
from tests.written.test_own_forms import FORMS
from xl_perf.service.guides import check_form, learn_form

__all__ = ["run"]
CASE = FORMS / "c17-yunnan-05-2.xlsx"
AMOUNTS, TARGETS = load_workbook(CASE, read_only=True).sheetnames
WHERE = f"项目的金额读工作表“{AMOUNTS}”，按 C4“项目名称”一栏对上"
NOT_NEW = "提示：照它填好的表能读、能校验、能汇总，还不能用来新建（清单上没有金额一栏"


def case(path: Path, *, unit: str | None, has_amounts: bool = True) -> Path:
    """The case with another unit on the sheet of the amounts, or without that sheet."""
    book = load_workbook(CASE)
    book[AMOUNTS]["D3"] = unit
    if not has_amounts:
        del book[AMOUNTS]
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("单位：元", f"{WHERE}：预算数读 E4“合计”，财政资金读 F4“财政拨款”，单位元"),
        ("单位：万元", f"{WHERE}：预算数读 E4“合计”，财政资金读 F4“财政拨款”，单位万元"),
        (None, f"{WHERE}，但它没有写单位，一个金额也读不进来"),
    ],
)
def test_the_columns_and_the_unit_are_told(unit: str | None, said: str, tmp_path: Path) -> None:
    """When the 样表 is made and when it is checked; so is that no book can be made by it."""
    guide = tmp_path / "样表.xlsx"
    learned = learn_form(str(case(tmp_path / "填好.xlsx", unit=unit)), str(guide))
    checked = check_form(str(guide)).guide
    assert not checked.faults
    for notes in (learned.notes, checked.notes):
        assert [one for one in notes if one.startswith(said)] != []
        assert [one for one in notes if one.startswith(NOT_NEW)] != []


def test_a_list_without_amounts_anywhere(tmp_path: Path, run: Runner) -> None:
    """It is said when the 样表 is made: each project would lack its budget."""
    guide = tmp_path / "样表.xlsx"
    learned = learn_form(str(case(tmp_path / "填好.xlsx", unit=None, has_amounts=False)), str(guide))
    for notes in (learned.notes, check_form(str(guide)).guide.notes):
        assert [one for one in notes if one.startswith("清单上没有金额，别的工作表也没有")] != []
    _, out, _ = run("check", tmp_path / "填好.xlsx")
    assert "合计不含 1 张表里读不出的金额" in out


def test_a_list_with_amounts_of_its_own_is_told_nothing(tmp_path: Path) -> None:
    """Nor where the officer marks the column."""
    learned = learn_form(str(FORMS / "c18-hebei-split-2024.xlsx"), str(tmp_path / "样表.xlsx"))
    notes = (*learned.notes, *check_form(str(tmp_path / "样表.xlsx")).guide.notes)
    assert not [one for one in notes if "金额读工作表" in one or "清单上没有金额" in one]
