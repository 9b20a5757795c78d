"""交表情况: the departments that were to deliver, those that did not, and those on no list."""

from collections.abc import Sequence
from pathlib import Path

from xl_perf.core.figures.delivery import Delivery
from xl_perf.core.workbook.typed import Earlier
from xl_perf.sheets.lists import FIRST_ROW, HEADER_ROW, Column
from xl_perf.sheets.looks import ERROR_FILL, GOOD_FILL, WARNING_FILL
from xl_perf.sheets.texts import row_height
from xl_perf.written.links import relative
from xl_perf.written.list_head import write_list_head
from xl_perf.written.people_columns import REMARKS, PeopleColumns
from xl_perf.written.stream import StreamedWorkbook, text
from xl_perf.written.styles import Styles

NAME = "交表情况"
_COLUMNS = (Column("部门", 34), Column("情况", 14), Column("工作簿", 60), Column("说明", 40))
_ALL = 20
"""Workbooks of one department that are named one by one."""


def write_delivery(
    workbook: StreamedWorkbook, styles: Styles, folder: Path, delivery: Delivery, earlier: Earlier
) -> None:
    """The sheet: what is missing first, then what is on no list, then what came; with what people typed before.

    Files are named as seen from ``folder``.
    """
    sheet = workbook.list_sheet(NAME, FIRST_ROW)
    sheet.columns([styles("cell"), None, styles("cell"), styles("cell")])
    people = PeopleColumns(NAME, earlier, REMARKS)
    people.join(sheet, styles)
    bad, fair, good = (
        sheet.style(styles("cell", align="center", bg_color=fill)) for fill in (ERROR_FILL, WARNING_FILL, GOOD_FILL)
    )
    likely = delivery.likely
    rows: list[tuple[str, bytes, str, Sequence[str]]] = [
        *((name, bad, "没有交", ()) for name in delivery.missing),
        *((name, fair, "名单以外", paths) for name, paths in delivery.unexpected.items()),
        *(("（没有写部门名称）", fair, "名单以外", (path,)) for path in delivery.nameless),
        *((name, good, "已交", paths) for name, paths in delivery.delivered.items()),
    ]
    for name, look, state, paths in rows:
        more = f"\n……共 {len(paths)} 本" if len(paths) > _ALL else ""
        files = "\n".join(relative(path, folder) for path in paths[:_ALL]) + more
        note = delivery.said_of(name, likely, "名单以外" if look is bad else "名单上") if look is not good else ""
        typed = people.take((name,))
        height = people.height(typed, row_height([(name, 34), (files, 60), (note, 40)]))
        sheet.add([text(name), look + text(state), text(files), text(note), *people.cells(typed)], height)
    others = len(delivery.unexpected) + len(delivery.nameless)
    said = f"应交 {len(delivery.expected)} 个部门，已交 {len(delivery.delivered)} 个，没有交 {len(delivery.missing)} 个"
    said += f"；有 {delivery.unread} 个文件没有读入，可能是没有交的" if delivery.missing and delivery.unread else ""
    columns = (*_COLUMNS, *people.columns)
    write_list_head(sheet, styles, NAME, said + (f"；名单以外 {others} 个。" if others else "。"), columns)
    if sheet.next > FIRST_ROW:
        sheet.autofilter(HEADER_ROW, 0, sheet.next - 1, len(columns) - 1)
    if delivery.missing:
        sheet.set_tab_color("#C00000")
    sheet.finish()
