"""What stands far from A1 of an open book: read as far as in a saved one, and named where it is not."""

from typing import Any, cast

import pytest

from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.live import extent, summary, validation
from xl_perf.live.protection import unlocked

pytestmark = office

FAR = "工作表“01”第 55555 行以下远离表格的内容没有读取"


def put(desk: Desk, sheet: str, address: str, typed: object) -> None:
    """As somebody does who has taken the protection away."""
    with unlocked(desk.book.sheets[sheet]):
        desk[sheet, address].value = typed


def test_a_stray_value_is_named_and_the_rest_is_read(example: Desk) -> None:
    put(example, "01", "B90000", "草稿")
    department = example.read()
    assert len(department.projects) == 8
    assert department.notes == (FAR,)
    assert FAR in validation.validate(example.host)
    assert FAR in summary.consolidate(example.host)


def test_values_far_to_the_right_and_long_sheets(example: Desk) -> None:
    put(example, "01", "ZZ2000", "草稿")
    put(example, "02", "B12000", "草稿")
    assert example.read().notes == ("工作表“01”GR 列以右远离表格的内容没有读取",)


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


@pytest.mark.parametrize(
    ("answer", "is_said"),
    [(0.0, False), (3.0, True), (-2146826273, True), (AttributeError("Evaluate"), True), (None, True)],
)
def test_excel_is_asked_and_only_a_plain_zero_is_a_no(answer: object, is_said: bool) -> None:
    sheet = Excel((1, 1, 60000, 10), answer)
    assert bool(extent.left_out(cast(Any, sheet))) is is_said
    assert sheet.asked == ["COUNTA(R50001C1:R60000C10)"]


def test_a_small_sheet_costs_no_question() -> None:
    sheet = Excel((3, 2, 400, 30), 1.0)
    assert extent.left_out(cast(Any, sheet)) == ""
    assert sheet.asked == []
