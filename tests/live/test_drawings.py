"""Pictures and text boxes in place of a form: said of the open book as of the saved one."""

from pathlib import Path

from tests.live.conftest import Open
from tests.live.programs import only_libreoffice
from xl_perf.core.reading import read_department
from xl_perf.live import validation
from xl_perf.saved.workbook import read_book

DRAWN = Path(__file__).parents[1] / "fixtures" / "reading" / "forms-as-picture-textbox-inline.xlsx"


@only_libreoffice
def test_what_is_drawn_is_found(opened: Open) -> None:
    desk = opened(DRAWN)
    live, saved = desk.read(), read_department(read_book(DRAWN))
    assert live.unread == saved.unread
    assert [one.sheet for one in live.unread] == ["03", "04", "05"]


@only_libreoffice
def test_it_is_reported(opened: Open) -> None:
    desk = opened(DRAWN)
    validation.validate(desk.host)
    listed = [row for row in desk["校验结果", "B4:C30"].value if row[0] in {"S108", "S109"}]
    found = [one for one in read_department(read_book(DRAWN)).unread if one.looks_like_form]
    assert ["S108", "03"] in listed
    assert len([row for row in listed if row[0] == "S108"]) == len(found)
