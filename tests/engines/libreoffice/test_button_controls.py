"""Buttons that are put back look like those that the workbook came with."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xl_perf.engines.libreoffice import office
from xl_perf.live.host import Host
from xl_perf.service.office import _bring_buttons_back

if TYPE_CHECKING:
    import xlwings

TEMPLATE = Path(__file__).parents[3] / "workbooks" / "template.xlsm"
SHEETS = ("首页", "01", "指标库")
LOOKS = ("Label", "BackgroundColor", "TextColor", "FontName", "FontHeight", "FontWeight", "MultiLine", "VerticalAlign")
NEAR = 50
"""Hundredths of a millimetre."""


def buttons(book: "xlwings.Book", sheet: str) -> list[tuple[dict[str, str], tuple[int, ...]]]:
    """How each looks, and its corner and size."""
    page: Any = book.impl.api.getSheets().getByName(sheet).getDrawPage()
    shapes = [page.getByIndex(at) for at in range(page.getCount())]
    controls = [one for one in shapes if one.supportsService("com.sun.star.drawing.ControlShape")]
    return [
        (
            {name: str(one.getControl().getPropertyValue(name)) for name in LOOKS},
            (one.Position.X, one.Position.Y, one.Size.Width, one.Size.Height),
        )
        for one in controls
    ]


def test_they_look_like_the_templates_own(office_app: "xlwings.App", tmp_path: Path) -> None:
    path, again = tmp_path / "部门.xlsm", tmp_path / "再.xlsm"
    shutil.copy(TEMPLATE, path)
    book = office.open_with_buttons(office_app, path)
    own = {sheet: buttons(book, sheet) for sheet in SHEETS}
    book.save(str(again))
    book.close()
    book = office.open_with_buttons(office_app, again)
    assert not any(buttons(book, sheet) for sheet in SHEETS)
    _bring_buttons_back(Host(book))
    for sheet in SHEETS:
        back = buttons(book, sheet)
        assert [look for look, _ in back] == [look for look, _ in own[sheet]]
        for (_, place), (_, before) in zip(back, own[sheet], strict=True):
            assert place == pytest.approx(before, abs=NEAR)
    book.close()
