"""校验 makes rows higher that are too low for their texts: on forms, on 整体绩效目标, on 首页."""

from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.live.protection import unlocked

LONG = "支持各村公益事业和基础设施维护，让群众生活更好；" * 12
NAME = "老旧小区改造及社区治理能力提升与公共服务设施配套补助专项资金（第二批）" * 2


@office
def test_rows_fit_after_checking(three: Desk) -> None:
    three["01", "B4"].value = LONG
    three["01", "E2"].value = NAME
    three["整体绩效目标", "C8"].value = LONG
    low = three.height("01", "A4"), three.height("首页", "A10")
    goal = sum(three.height("整体绩效目标", f"A{row}") for row in range(8, 12))
    tall = three.height("01", "A12")
    three.press("validate")
    assert three.height("01", "A4") > 2 * low[0]
    assert three.height("首页", "A10") > 2 * low[1]
    assert sum(three.height("整体绩效目标", f"A{row}") for row in range(8, 12)) > 2 * goal
    assert three.height("01", "A12") == tall


def test_rows_of_the_sheet_in_front_fit_after_every_press(three: Desk) -> None:
    """Somebody may print it then; other sheets wait for 校验, 汇总 or 打印为PDF."""
    for sheet, cell in (("01", "B4"), ("02", "B4"), ("整体绩效目标", "C8")):
        three[sheet, cell].value = LONG
    places = ("01", "A4"), ("02", "A4"), ("整体绩效目标", "A8")
    low = [three.height(*place) for place in places]
    three.go("01", "B10")
    three.press("add_indicator_row", "01")
    now = [three.height(*place) for place in places]
    assert now[0] > 2 * low[0]
    assert now[1:] == low[1:]
    three.press("clear_marks", "整体绩效目标")
    assert three.height(*places[2]) > low[2]
    three.press("consolidate")
    assert three.height(*places[1]) > 2 * low[1]


def test_rows_fit_before_printing(three: Desk) -> None:
    """Those of the sheets that are printed."""
    for sheet in ("01", "02"):
        three[sheet, "B4"].value = LONG
    low = three.height("01", "A4"), three.height("02", "A4")
    assert "已把 1 张表写成 PDF" in three.press("print_sheets", "02", ("1", "1"))
    assert three.height("02", "A4") > 2 * low[1]
    assert three.height("01", "A4") == low[0]


def test_nothing_gets_lower_and_other_sheets_stay(three: Desk) -> None:
    with unlocked(three.book.sheets["01"]):
        three["01", "A4"].row_height = 200
    three["02", "B4"].value = LONG
    before = three.height("02", "A4")
    three.press("validate_sheet", "01")
    assert (three.height("01", "A4"), three.height("02", "A4")) == (200, before)
    assert three.book.sheets["01"].api.ProtectContents


@office
def test_all_rows_are_fitted(three: Desk) -> None:
    three["02", "B4"].value = LONG
    three["整体绩效目标", "C8"].value = LONG
    with unlocked(three.book.sheets["01"]):
        three["01", "A4"].row_height = 200
    fitted, goal = three.height("02", "A4"), three.height("整体绩效目标", "A8")
    assert three.press("fit_all_rows") == "已调整 4 张项目表的行高。"
    assert three.height("01", "A4") < 60
    assert three.height("02", "A4") > 2 * fitted
    assert three.height("整体绩效目标", "A8") > goal
    assert three.book.sheets["02"].api.ProtectContents
