"""表样 (very hidden): the office's own kinds of form in the workbook, so that it is read where no 样表 lies."""

from collections.abc import Iterable
from typing import Final

from xlsxwriter.workbook import Workbook

from xl_perf.core.forms.learned import LearnedForm
from xl_perf.core.forms.learned_json import CARRIED_LABEL, cells_of
from xl_perf.core.workbook.sheets import FORMS_SHEET
from xl_perf.written.page import protect
from xl_perf.written.styles import Styles

_NOTE: Final = "本工作簿的表样，供程序读取，请不要改动。"


def write_carried_forms(workbook: Workbook, styles: Styles, forms: Iterable[LearnedForm]) -> None:
    """Adds the sheet, with a row for each kind; nothing where there is none."""
    own = list(forms)
    if not own:
        return
    sheet = workbook.add_worksheet(FORMS_SHEET)
    sheet.write_string(0, 0, _NOTE, styles("plain"))
    for row, form in enumerate(own, 1):
        for column, text in enumerate((CARRIED_LABEL, *cells_of(form))):
            sheet.write_string(row, column, text, styles("plain"))
    protect(sheet)
    sheet.very_hidden()
