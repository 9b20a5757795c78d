"""A plan in texts, as LibreOffice leaves 25% that was typed, counts like numbers."""

import pytest

from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.live.protection import unlocked


@pytest.mark.parametrize("percents", [("25%%", "50％", "75%", 1.0), (0.25, "50%%", "75.5%", "100%%")])
def test_percentages_as_texts(example: Desk, percents: tuple[str | float, ...]) -> None:
    _type(example, dict(zip(("B6", "C6", "D6", "F6"), percents, strict=True)))
    plan = [point.percent.value for point in example.read().projects[0].plan]
    assert plan[:2] == [25, 50]
    assert plan[3] == 100
    assert (example["01", "I2"].value, example["01", "I6"].value or "") == ("已填写", "")
    assert example["部门汇总", "G17"].value == 0.25


def test_a_plan_in_texts_that_falls_is_said(example: Desk) -> None:
    _type(example, {"C6": "60%%", "D6": "50%%"})
    assert example["01", "I2"].value == "计划有误"
    assert example["01", "I6"].value == "累计支出不应低于前一时点"


def _type(example: Desk, cells: dict[str, str | float]) -> None:
    with unlocked(example.book.sheets["01"]):
        for cell, typed in cells.items():
            if isinstance(typed, str):
                example["01", cell].number_format = "@"
            example["01", cell].value = typed


@pytest.mark.parametrize(
    "button",
    ["validate", pytest.param("validate_sheet", marks=office), "consolidate", "pack", "publish", "print_sheets"],
)
def test_a_second_sign_is_taken_off(example: Desk, button: str) -> None:
    """As LibreOffice puts it behind 45% in a cell of percentages: the number that was meant, as one step."""
    with unlocked(example.book.sheets["01"]):
        for cell, typed in {"B6": "25%%", "C6": "33.33%%"}.items():
            example["01", cell].value = typed
    assert example["01", "C6"].value == "33.33%%"
    said = example.press(button, "01", ("1", "1") if button == "print_sheets" else ())
    assert (example["01", "B6"].value, example["01", "C6"].value) == (0.25, 0.3333)
    assert "支出计划有 2 格多了一个百分号（如“25%%”），成了文本，已改成百分数：01!B6、01!C6。" in said
    example.press("undo", "01")
    assert (example["01", "B6"].value, example["01", "C6"].value) == ("25%%", "33.33%%")


def test_what_is_no_such_percentage_stays(example: Desk) -> None:
    with unlocked(example.book.sheets["01"]):
        example["01", "B6"].value = "约25%%"
        example["01", "H20"].value = "25%%"
    assert "百分号" not in example.press("validate_sheet", "01")
    assert example["01", "H20"].value == "25%%"
