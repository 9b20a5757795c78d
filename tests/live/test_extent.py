"""What stands far from A1 of an open book: read as far as in a saved one, and named where it is not."""

from typing import Any, cast

import pytest

from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.live import extent, summary, validation
from xl_perf.live.protection import unlocked

pytestmark = office

FAR = "工作表“01”的 HB2400 单元格远离表格，其内容没有读取"


def put(desk: Desk, sheet: str, address: str, typed: object) -> None:
    """As somebody does who has taken the protection away."""
    with unlocked(desk.book.sheets[sheet]):
        desk[sheet, address].value = typed


def test_a_stray_value_is_named_and_the_rest_is_read(example: Desk) -> None:
    put(example, "01", "HB2400", "草稿")
    department = example.read()
    assert len(department.projects) == 8
    assert department.notes == (FAR,)
    assert FAR in validation.validate(example.host)
    assert FAR in summary.consolidate(example.host)


def test_values_far_to_the_right_and_long_sheets(example: Desk) -> None:
    put(example, "01", "HC2400", "草稿")
    put(example, "02", "B12000", "草稿")
    department = example.read()
    assert department.notes == ("工作表“01”的 HC2400 单元格远离表格，其内容没有读取",)
    assert department.unread[-1][:1] == ("01",)


def test_it_is_found_as_in_a_saved_book(example: Desk) -> None:
    """Several cells may be another form: an error with its place, as `check` tells it."""
    for address in ("HC2400", "HB2400", "GZ5"):
        put(example, "01", address, "草稿")
    unread = next(one for one in example.read().unread if one.sheet == "01")
    assert (unread.reason, unread.row, unread.column, unread.looks_like_form) == (
        "GZ5 等 3 个单元格远离表格，其内容没有读取", 4, 207, True
    )  # fmt: skip


class Excel:
    """A sheet as xlwings gives it on Windows, as far as this module asks; one answer to what Excel works out."""

    name = "Sheet1"

    def __init__(self, used: tuple[int, int, int, int], answer: object) -> None:
        self.used, self.answer, self.asked = used, answer, list[str]()
        self.book = self.app = self.engine = self.api = cast(Any, self)

    @property
    def used_range(self) -> "Cells":
        return Cells(self, self.used)

    def range(self, first: tuple[int, int], last: tuple[int, int]) -> "Cells":
        return Cells(self, (*first, *last))

    def Evaluate(self, formula: str) -> object:  # noqa: N802  # Excel's name
        self.asked.append(formula)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Cells:
    def __init__(self, sheet: Excel, block: tuple[int, int, int, int]) -> None:
        self.sheet, self.row, self.column = sheet, block[0], block[1]
        self.shape = block[2] - block[0] + 1, block[3] - block[1] + 1
        self.address = f"R{block[0]}C{block[1]}:R{block[2]}C{block[3]}"


@pytest.mark.parametrize("answer", [-2146826273, AttributeError("Evaluate"), None])
def test_without_an_answer_there_may_be_something(answer: object) -> None:
    sheet = Excel((1, 1, 60000, 10), answer)
    far, note = extent.far_cells(cast(Any, sheet))
    assert (far, note) == (None, "工作表“Sheet1”第 10000 行以下远离表格的内容没有读取")
    assert sheet.asked == ["COUNTA(R10001C1:R60000C10)"]


def test_a_plain_zero_is_a_no() -> None:
    sheet = Excel((1, 1, 60000, 10), 0.0)
    assert extent.far_cells(cast(Any, sheet)) == (None, "")


def test_a_small_sheet_costs_no_question() -> None:
    sheet = Excel((3, 2, 400, 30), 1.0)
    assert extent.far_cells(cast(Any, sheet)) == (None, "")
    assert sheet.asked == []
