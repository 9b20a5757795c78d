"""Buttons and charts on sheets, as far as the engine knows them."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.engines.libreoffice.macro_book import macro_book
from xl_perf.engines.libreoffice import office
from xl_perf.engines.libreoffice.protection import Refused

if TYPE_CHECKING:
    import xlwings

EXAMPLE = Path(__file__).parents[3] / "workbooks" / "example-2023.xlsx"
DRAWN = Path(__file__).parents[2] / "fixtures" / "reading" / "forms-as-picture-textbox-inline.xlsx"


def test_button(office_app: "xlwings.App", tmp_path: Path) -> None:
    book = office.open_with_buttons(office_app, macro_book(tmp_path))
    try:
        sheet = book.sheets["首页"]
        (button,) = sheet.shapes
        assert (button.type, button.text) == ("form_control", "校验全部")
        assert (button.left > 0, round(button.top), round(button.height)) == (True, 30, 45)
        button.text = "再校验"
        assert sheet.shapes[0].text == "再校验"
        copied = sheet.copy(name="02")
        assert [shape.text for shape in copied.shapes] == ["再校验"]
        sheet.api.Protect()
        with pytest.raises(Refused):
            button.delete()
        sheet.api.Unprotect()
        button.delete()
        assert sheet.shapes.count == 0
    finally:
        book.close()


def test_charts(office_app: "xlwings.App") -> None:
    book = office_app.books.open(EXAMPLE)
    try:
        charts = book.sheets["部门汇总"].charts
        assert charts.count == 2
        assert [[cells.address for cells in chart.impl.source] for chart in charts] == [
            ["$K$3:$N$3", "$K$25:$N$26"],
            ["$F$5:$G$12"],
        ]
        charts[1].set_source_data(book.sheets["部门汇总"]["C4:D9"])
        assert [cells.address for cells in charts[1].impl.source] == ["$C$4:$D$9"]
        charts[0].delete()
        assert charts.count == 1
        assert book.sheets["01"].charts.count == 0
    finally:
        book.close()


def test_what_shapes_are(office_app: "xlwings.App") -> None:
    example, drawn = office_app.books.open(EXAMPLE), office_app.books.open(DRAWN)
    try:
        assert [shape.type for shape in example.sheets["部门汇总"].shapes] == ["chart", "chart"]
        assert [shape.type for shape in drawn.sheets["03"].shapes] == ["picture"]
        (box,) = drawn.sheets["04"].shapes
        assert box.type in {"text_box", "auto_shape"}
        assert box.text.splitlines()[1] == "项目绩效目标表"
    finally:
        drawn.close()
        example.close()
