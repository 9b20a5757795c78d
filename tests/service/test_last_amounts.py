"""new --from of another year: that the amounts are last year's is said, by the command and on 首页."""

from pathlib import Path

import pytest

from xl_perf.core.making.rolling import Amounts
from xl_perf.saved.workbook import read_book
from xl_perf.service.making import new_workbook

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "example-2023.xlsx"
SAID = "各项目的金额是从上年带来的"


@pytest.mark.parametrize(
    ("year", "amounts", "is_said"),
    [(2024, Amounts.KEEP, True), (2024, Amounts.CLEAR, False), (2023, Amounts.KEEP, False)],
)
def test_that_amounts_are_last_years_is_said(tmp_path: Path, year: int, amounts: Amounts, is_said: bool) -> None:
    out = tmp_path / "新.xlsx"
    made = new_workbook(str(out), [str(EXAMPLE)], None, year, None, amounts)
    assert any("各表的金额仍是 2023 年的" in note for note in made.notes) is is_said
    cover = next(grid for grid in read_book(out, out.name).grids if grid.sheet == "首页")
    assert any(SAID in str(typed) for cells in cover.rows for typed in cells) is is_said
