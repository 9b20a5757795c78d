"""A plan in texts, as LibreOffice leaves 25% that was typed, counts like numbers."""

import pytest

from tests.live.desk import Desk
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
