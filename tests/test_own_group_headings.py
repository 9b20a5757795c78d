"""Two rows of headings over columns of amounts: 财政资金 over 一般公共预算 | 政府性基金 | 上级转移支付."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.command_line import Runner, run
from tests.own_headings import FILLED, write
from xl_perf.service.checking import read
from xl_perf.service.guides import check_form, learn_form

__all__ = ["run"]


@pytest.mark.parametrize("merges", [(), ("B4:B5", "C4:E4", "F4:G4"), ("C4:E4", "F4:G4")])
def test_the_heading_is_no_amount(merges: tuple[str, ...], tmp_path: Path, run: Runner) -> None:
    """The amounts below it count once; nothing is asked, and the form is written as it is."""
    learned = learn_form(str(write(tmp_path / "空白表.xlsx", merges)), str(tmp_path / "样表.xlsx"))
    (tmp_path / "空白表.xlsx").unlink()
    assert learned.to_check == ()
    assert learned.left == ("财政资金", "其他资金")
    assert check_form(str(tmp_path / "样表.xlsx"), ()).guide.faults == ()
    (project,) = read(write(tmp_path / "局.xlsx", merges, FILLED)).projects
    assert (project.budget.value, project.fiscal.value) == (Decimal(180), Decimal(120))
    run("new", tmp_path / "新.xlsx", "--from", tmp_path / "局.xlsx")
    made = load_workbook(tmp_path / "新.xlsx")["01"]
    assert [made[f"{column}6"].value for column in "BCDEFG"] == [180, 100, 20, 30, 10, 20]


def test_a_heading_that_is_chosen_as_a_source_is_said(tmp_path: Path) -> None:
    learn_form(str(write(tmp_path / "空白表.xlsx", ("C4:E4", "F4:G4"))), str(tmp_path / "样表.xlsx"))
    book = load_workbook(tmp_path / "样表.xlsx")
    chosen = {"财政资金": "财政资金", "一般公共预算": "又一项财政资金"}
    for row in book["对照"].iter_rows(min_row=10):
        if (name := chosen.get(str(row[0].value))) is not None:
            row[4].value = name
    book.save(tmp_path / "样表.xlsx")
    faults = check_form(str(tmp_path / "样表.xlsx"), ()).guide.faults
    assert "C4 的“财政资金”是下面几栏金额的名称，标成财政资金会重复计：请在“核对”里选不读" in [
        one.said for one in faults
    ]
