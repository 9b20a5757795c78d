"""Rows of a workbook's forms are as high as on the office's 样表, higher only where a text does not fit."""

from pathlib import Path

from openpyxl import load_workbook
from xlsxwriter.workbook import Workbook

from tests.text.test_row_heights import form
from tests.written.test_own_forms import profile_of
from xl_perf.core.forms.layout import project_layout
from xl_perf.written.form_sheet import write_form
from xl_perf.written.own_look import look_of
from xl_perf.written.own_page import printed_scale
from xl_perf.written.styles import Styles

_USUAL = 15.0


def test_rows_are_those_of_the_office(tmp_path: Path) -> None:
    """A line of text has room in a row of 15 points; the form goes on one page, as the office prints it."""
    department, kind = form(tmp_path, 16, {10: 60})
    (project,) = department.projects
    profile = profile_of(kind)
    layout = project_layout(project, profile)
    book = Workbook(str(tmp_path / "表.xlsx"))
    write_form(book, book.add_worksheet("01"), Styles(book), layout, project, profile)
    book.close()
    sheet = load_workbook(tmp_path / "表.xlsx")["01"]
    heights = [sheet.row_dimensions[row + 1].height or _USUAL for row in range(len(layout.rows))]
    assert heights[0] > 1.6 * 11, "a title has room around it"
    assert heights[9] == 60
    assert heights[1:9] == [_USUAL] * 8
    found = enumerate(sheet.iter_rows(min_row=12, values_only=True), 11)
    texts = {text: heights[at] for at, cells in found for text in cells if at < len(heights)}
    assert texts["数量指标"] == _USUAL
    assert 2 * 14.5 < texts["经济效益\n指标"] < 34, "two lines, as a Chinese font of 11 points needs them"
    assert layout.own is not None
    look = look_of(layout.own)
    assert look is not None
    assert printed_scale(look, layout, heights) == 1
