"""校验 makes rows higher that are too low for their texts: on forms, on 整体绩效目标, on 首页."""

from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.live.protection import unlocked

LONG = "支持各村公益事业和基础设施维护，让群众生活更好；" * 12
NAME = "老旧小区改造及社区治理能力提升与公共服务设施配套补助专项资金（第二批）" * 2


@office
def test_rows_fit_after_checking(example: Desk) -> None:
    example["01", "B4"].value = LONG
    example["01", "E2"].value = NAME
    example["整体绩效目标", "C8"].value = LONG
    low = example.height("01", "A4"), example.height("首页", "A10")
    goal = sum(example.height("整体绩效目标", f"A{row}") for row in range(8, 12))
    tall = example.height("01", "A12")
    example.press("validate")
    assert example.height("01", "A4") > 2 * low[0]
    assert example.height("首页", "A10") > 2 * low[1]
    assert sum(example.height("整体绩效目标", f"A{row}") for row in range(8, 12)) > 2 * goal
    assert example.height("01", "A12") == tall


def test_rows_of_the_sheet_in_front_fit_after_every_press(example: Desk) -> None:
    """Somebody may print it then; other sheets wait for 校验, 汇总 or 打印为PDF."""
    for sheet, cell in (("01", "B4"), ("02", "B4"), ("整体绩效目标", "C8")):
        example[sheet, cell].value = LONG
    places = ("01", "A4"), ("02", "A4"), ("整体绩效目标", "A8")
    low = [example.height(*place) for place in places]
    example.go("01", "B10")
    example.press("add_indicator_row", "01")
    now = [example.height(*place) for place in places]
    assert now[0] > 2 * low[0]
    assert now[1:] == low[1:]
    example.press("clear_marks", "整体绩效目标")
    assert example.height(*places[2]) > low[2]
    example.press("consolidate")
    assert example.height(*places[1]) > 2 * low[1]


@office
def test_rows_fit_before_printing(example: Desk) -> None:
    """Those of the sheets that are printed."""
    for sheet in ("01", "02"):
        example[sheet, "B4"].value = LONG
    low = example.height("01", "A4"), example.height("02", "A4")
    assert "已把 1 张表写成 PDF" in example.press("print_sheets", "02", ("1", "1"))
    assert example.height("02", "A4") > 2 * low[1]
    assert example.height("01", "A4") == low[0]


def test_nothing_gets_lower_and_other_sheets_stay(example: Desk) -> None:
    with unlocked(example.book.sheets["01"]):
        example["01", "A4"].row_height = 200
    example["02", "B4"].value = LONG
    before = example.height("02", "A4")
    example.press("validate_sheet", "01")
    assert (example.height("01", "A4"), example.height("02", "A4")) == (200, before)
    assert example.book.sheets["01"].api.ProtectContents


@office
def test_all_rows_are_fitted(example: Desk) -> None:
    example["02", "B4"].value = LONG
    example["整体绩效目标", "C8"].value = LONG
    with unlocked(example.book.sheets["01"]):
        example["01", "A4"].row_height = 200
    fitted, goal = example.height("02", "A4"), example.height("整体绩效目标", "A8")
    assert example.press("fit_all_rows") == "已调整 9 张项目表的行高。"
    assert example.height("01", "A4") < 60
    assert example.height("02", "A4") > 2 * fitted
    assert example.height("整体绩效目标", "A8") > goal
    assert example.book.sheets["02"].api.ProtectContents
