"""Labels among the cells of a sheet, and layouts that are remembered by them."""

from collections.abc import Callable

import pytest

from tests.builders import Rows, form, projects_in
from xl_perf.core.cells.grid import Area, CellLine, Grid
from xl_perf.core.cells.labels import Label
from xl_perf.core.forms import finding
from xl_perf.core.forms.finding import frames_in
from xl_perf.core.forms.kinds import KINDS
from xl_perf.core.forms.labels import FORM_LABELS, find_labels, label_text
from xl_perf.core.forms.monitoring import MONITORING
from xl_perf.core.making import draft

MERGES: tuple[Area, ...] = ((0, 0, 0, 6), (1, 1, 1, 2), (1, 4, 1, 6), (2, 0, 3, 0), (3, 1, 3, 6))


def test_labels_in_reading_order_each_time_they_stand_there() -> None:
    rows: Rows = [["指标值", 0, None, "某项目"], [], ["", "预 算 数：", "指标值", ""]]
    assert find_labels(Grid("01", rows)) == [Label("target", 0, 0), Label("budget", 2, 1), Label("target", 2, 2)]
    assert FORM_LABELS.by_row(CellLine(rows)) == {0: {"target": 0}, 2: {"budget": 1, "target": 2}}


def test_cells_in_one_line() -> None:
    cells = CellLine([["a", "b"], [], ["c"]])
    assert (cells.line, cells.width) == (["a", "b", None, None, "c", None, None], 2)
    assert cells.column(0, range(1, 3)) == [None, "c"]
    assert cells.column(2, range(3)) == cells.column(None, range(3)) == [None, None, None]
    assert CellLine([]).line == [None]


def other_name(rows: Rows) -> Rows:
    rows[0][0], rows[1][4] = "另一个部门另一个项目\n项目绩效目标表", "另一个项目"
    return rows


def label_elsewhere(rows: Rows) -> Rows:
    rows[1][3], rows[1][2] = "", "项目名称"
    return rows


def label_as_value(rows: Rows) -> Rows:
    rows[1][4] = "财政资金"
    return rows


def label_reworded(rows: Rows) -> Rows:
    rows[8][6] = "备注"
    return rows


def labels_changed_places(rows: Rows) -> Rows:
    rows[8][5], rows[8][6] = rows[8][6], rows[8][5]
    return rows


def row_more(rows: Rows) -> Rows:
    return [*rows[:11], list(rows[11]), *rows[11:]]


def row_shorter(rows: Rows) -> Rows:
    return [*rows[:9], rows[9][:4], *rows[10:]]


def same(rows: Rows) -> Rows:
    return rows


@pytest.mark.parametrize(
    "changed",
    [other_name, label_elsewhere, label_as_value, label_reworded, labels_changed_places, row_more, row_shorter, same],
)
@pytest.mark.parametrize("merges", [MERGES, MERGES[1:], ()])
def test_a_form_that_is_almost_like_the_last_is_read_as_if_it_were_the_first(
    changed: Callable[[Rows], Rows], merges: tuple[Area, ...]
) -> None:
    finding._layouts.clear()
    alone = projects_in(changed(form()), merges)
    finding._layouts.clear()
    assert projects_in(form(), MERGES)
    assert projects_in(changed(form()), merges) == alone
    assert projects_in(changed(form()), merges) == alone


def test_any_two_cells_changed_about() -> None:
    for row, cells in enumerate(form()):
        for column in range(len(cells) - 1):
            rows = form()
            rows[row][column], rows[row][column + 1] = rows[row][column + 1], rows[row][column]
            finding._layouts.clear()
            alone = frames_in(Grid("01", rows, MERGES))
            finding._layouts.clear()
            frames_in(Grid("01", form(), MERGES))
            assert frames_in(Grid("01", rows, MERGES)) == alone, (row, column)


def test_layouts_are_known_again_but_not_without_end() -> None:
    finding._layouts.clear()
    first = frames_in(Grid("01", form(), MERGES))
    assert frames_in(Grid("02", other_name(form()), list(MERGES))) is first
    for above in range(finding._REMEMBERED + 1):
        frames_in(Grid("01", [*([""] * 7 for _ in range(above)), *form()]))
    assert len(finding._layouts) <= finding._REMEMBERED


def test_a_merge_that_was_lost_is_read_from_the_cell_that_holds_the_text() -> None:
    rows = form()
    rows[9][4], rows[9][3] = rows[9][3], ""
    description = projects_in(rows, MERGES)[0].indicators[0].description
    assert (description.value, description.cell) == (form()[9][3], "E10")
    content = draft.project_content(projects_in(form(), MERGES)[0])
    assert draft.project_content(projects_in(rows, MERGES)[0]) == content


def test_every_key_of_a_report_has_a_text_for_messages() -> None:
    """The labels that a table may lack: of its head, its money, its columns."""
    for kind in (kind for kind in KINDS if kind.is_report):
        columns = [column.key for column in (*kind.fund_columns, *kind.columns)]
        keys = [*columns, *(field.key for field in kind.labelled if field.label)]
        assert all(label_text(kind, key) for key in keys)
    assert [label_text(MONITORING, key) for key in ("name", "budget", "outturn", "reached")] == [
        "项目名称",
        "年度资金总额",
        "执行数",
        "执行情况",
    ]
