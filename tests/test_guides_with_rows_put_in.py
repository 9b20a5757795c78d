"""A 样表 in which an officer put in rows or columns, took some away, or moved marks: 对照 names the cells of before."""

from collections.abc import Sequence

import pytest

from xl_perf.core.cells.grid import Area, Grid, Scalar
from xl_perf.core.forms.guide_form import Guide, read_guide
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.core.forms.guide_rows import HEADINGS
from xl_perf.core.forms.guide_table import marked_cells, table_head, table_rows
from xl_perf.core.forms.learning import learn

_FORM: Sequence[Sequence[Scalar]] = (
    ("部门项目支出绩效目标申报表",),
    ("项目名称", None, None, None, "主管部门"),
    ("资金来源（万元）", "年度资金总额"),
    (None, "一般公共预算拨款"),
    (None, "政府性基金预算拨款"),
    (None, "单位资金"),
    ("立项依据",),
    ("年度目标",),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标"),
    (None, "质量指标"),
    ("效益指标", "社会效益指标"),
)
_MERGES: Sequence[Area] = ((2, 0, 5, 0), *((row, 2, row, 4) for row in range(2, 6)), (9, 0, 10, 0))


class Office:
    """The form with its marks, and 对照."""

    def __init__(self) -> None:
        grid = Grid("申报表", [[*cells, *[None] * (6 - len(cells))] for cells in _FORM], list(_MERGES))
        found = learn(grid, "样表")
        self.table = [list[Scalar](one) for one in (*table_head(found, grid.sheet), HEADINGS, *table_rows(found))]
        self.rows = [list(cells) for cells in grid.rows]
        for (row, column), mark in marked_cells(grid, found).items():
            self.rows[row][column] = mark
        self.merges = list(_MERGES)

    def put_in_row(self, at: int, *cells: Scalar) -> None:
        self.rows.insert(at, [*cells, *[None] * (6 - len(cells))])
        self.merges = [(a + (a >= at), b, c + (c >= at), d) for a, b, c, d in self.merges]

    def put_in_column(self, at: int) -> None:
        for cells in self.rows:
            cells.insert(at, None)
        self.merges = [(a, b + (b >= at), c, d + (d >= at)) for a, b, c, d in self.merges]

    def choose(self, label: str, name: str) -> None:
        """In 对照."""
        at = next(at for at, cells in enumerate(self.table) if cells[0] == label)
        self.table[at][4] = name

    def read(self) -> Guide:
        return read_guide([Grid("申报表", self.rows, self.merges), Grid(GUIDE_SHEET, self.table)], "样表")

    def cells(self) -> dict[str, tuple[int, int] | None]:
        """Where each label is filled in."""
        return {row.label: row.cell for row in self.read().rows if row.key}


def _said(guide: Guide) -> list[str]:
    return [fault.said for fault in guide.faults]


def test_nothing_was_moved() -> None:
    guide = Office().read()
    assert not guide.faults
    assert not any("格号" in note for note in guide.notes)


def test_a_row_above_a_text_moves_what_is_below() -> None:
    office = Office()
    office.put_in_row(6)
    guide, cells = office.read(), office.cells()
    assert not guide.faults
    assert cells["立项依据"] == (7, 1)
    assert cells["三级指标"] == (10, 2)
    assert cells["单位资金"] == (5, 2)
    assert "表上插了 1 行：“对照”里的格号照表上的读" in guide.notes


def test_a_new_row_is_taken_with_its_mark() -> None:
    office = Office()
    office.put_in_row(5, None, "债券资金安排", "{债券资金}")
    guide = office.read()
    assert not guide.faults
    assert {row.label: row.key for row in guide.rows}["债券资金安排"] == "bonds"
    assert office.cells()["单位资金"] == (6, 2)


def test_a_column_moves_what_is_right_of_it() -> None:
    office = Office()
    office.put_in_column(2)
    guide, cells = office.read(), office.cells()
    assert not guide.faults
    assert cells["年度资金总额"] == (2, 3)
    assert cells["指标值"] == (9, 4)
    assert "表上插了 1 列：“对照”里的格号照表上的读" in guide.notes


def test_what_was_chosen_goes_with_its_label() -> None:
    office = Office()
    office.choose("立项依据", "不读")
    office.choose("单位资金", "其他资金")
    office.rows[5][2] = "{其他资金}"
    office.put_in_row(4, None, "债券资金安排", "{债券资金}")
    office.put_in_row(4)
    guide = office.read()
    assert not guide.faults
    keys = {row.label: row.key for row in guide.rows}
    assert (keys["立项依据"], keys["单位资金"], keys["债券资金安排"]) == ("", "other", "bonds")
    assert office.cells()["单位资金"] == (7, 2)


def test_a_row_that_was_taken_away() -> None:
    """Its row on 对照 is what has to go."""
    office = Office()
    del office.rows[6]
    office.merges = [(a - (a > 6), b, c - (c > 6), d) for a, b, c, d in office.merges]
    assert _said(office.read()) == [
        "标签“立项依据”（原来在 A7）表上没有了：不要的请在这里删去这一行，改了名的请把这里的标签改成表上的"
    ]
    office.table = [cells for cells in office.table if cells[0] != "立项依据"]
    guide = office.read()
    assert not guide.faults
    assert office.cells()["三级指标"] == (8, 2)
    assert "表上删了 1 行：“对照”里的格号照表上的读" in guide.notes


def test_a_label_that_was_moved_with_its_mark() -> None:
    office = Office()
    office.rows[1][4], office.rows[1][5] = None, None
    office.put_in_row(3)
    office.put_in_row(8, "主管部门", "{主管部门及代码}")
    guide = office.read()
    assert not guide.faults
    assert office.cells()["主管部门"] == (8, 1)
    assert any("“主管部门”移到了 A9" in note for note in guide.notes)


def test_a_cell_without_a_mark_between_rows_that_moved_and_rows_that_did_not() -> None:
    """Which cell is meant nobody can tell: 对照 has to say."""
    office = Office()
    at = next(at for at, cells in enumerate(office.table) if cells[0] == "立项依据")
    office.table[at][0], office.table[at][1] = "", ""
    office.rows[6][:2] = [None, None]
    office.put_in_row(6)
    (said,) = [one for one in _said(office.read()) if "看不出" in one]
    assert said == (
        "表上插了行、列，看不出“文字”的填写处（原来在 B7）现在是 B7 还是 B8："
        "请把“填写处”改成其中一格，或在那一格写上标记"
    )


@pytest.mark.parametrize("chosen", [True, False])
def test_the_mark_of_an_amount_beside_the_label_of_another(chosen: bool) -> None:
    """What the label is that 对照 calls so is read; the mark is not. Nobody can tell which is meant."""
    office = Office()
    if chosen:
        office.choose("年度资金总额", "预算数")
    office.rows[2][2], office.rows[3][2] = None, "{预算数}"
    (said,) = _said(office.read())
    assert said == (
        "{预算数} 标在 C4（“一般公共预算拨款”的一格），“对照”里它是“年度资金总额”的：请移到 C3，C4 写上 {财政资金}；"
        "“一般公共预算拨款”确实是预算数的，请在“对照”的“核对”里选，“年度资金总额”也另选"
    )


def test_one_more_amount_of_a_source_beside_the_label_of_another() -> None:
    office = Office()
    assert office.rows[4][2] == "{又一项财政资金}"
    office.rows[4][2], office.rows[5][2] = None, "{又一项财政资金}"
    (said,) = _said(office.read())
    assert "{又一项财政资金} 标在 C6（“单位资金”的一格），“对照”里它是“政府性基金预算拨款”的：请移到 C5" in said


def test_the_mark_of_an_amount_beside_a_new_label() -> None:
    office = Office()
    office.rows[2][2] = None
    office.put_in_row(6, None, "核定数", "{预算数}")
    (said,) = _said(office.read())
    assert "{预算数} 标在 C7（“核定数”的一格），“对照”里它是“年度资金总额”的：请移到 C3；" in said


def test_marks_that_an_officer_wrote_anew_in_their_cells() -> None:
    """Each of them still stands: that is what was decided, and no mark was moved."""
    office = Office()
    office.rows[4][2], office.rows[5][2] = "{单位资金}", "{其他资金}"
    guide = office.read()
    assert not guide.faults
    keys = {row.label: row.key for row in guide.rows}
    assert (keys["政府性基金预算拨款"], keys["单位资金"]) == ("unit_money", "other")


def test_what_was_chosen_for_an_open_mark_holds_after_it_was_moved() -> None:
    office = Office()
    office.choose("单位资金", "其他资金")
    office.rows[5][2], office.rows[5][3] = None, "{其他资金？}"
    assert not any("还没有核对" in said for said in _said(office.read()))
