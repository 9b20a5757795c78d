"""下一个问题, 上一个问题, 接受警告: from 校验结果 to the cells and back."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.live.conftest import EXAMPLE, Open, new_book
from tests.live.desk import Desk
from tests.live.programs import office, only_libreoffice
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.reading import read_department
from xl_perf.live import findings, going, last_shown, log_sheet, marks, validation
from xl_perf.live.going import Place, Stop, nearest
from xl_perf.live.open_findings import Listed, read
from xl_perf.live.protection import unlocked
from xl_perf.saved.workbook import read_book

NOT_CHECKED = "这本工作簿还没有校验。请先按“校验全部”。"


@pytest.fixture
def example(opened: Open, tmp_path: Path) -> Desk:
    """Three of the reference projects."""
    whole = read_department(read_book(EXAMPLE))
    return opened(new_book(replace(whole, projects=whole.projects[:3]), tmp_path))


@pytest.fixture
def checked(example: Desk) -> Desk:
    """Warnings of the reference projects, and an error in 02."""
    example["02", "C3"].value = "一百"
    validation.validate(example.host)
    return example


def stops(desk: Desk) -> list[tuple[str, str]]:
    """Cells with open findings, by their gravest one, then in the order of sheets and cells."""
    order = desk.book.sheet_names
    found: dict[tuple[int, tuple[int, int]], list[Listed]] = {}
    for one in read(desk.host):
        if one.is_open:
            found.setdefault((order.index(one.sheet), one.place), []).append(one)
    ranked = sorted((min(one.severity.rank for one in own), place) for place, own in found.items())
    return [(found[place][0].sheet, found[place][0].cell or "A1") for _, place in ranked]


def here(desk: Desk) -> tuple[str, str]:
    return desk.host.active.name, desk.cursor.replace("$", "").partition(":")[0]


def press(desk: Desk, button: str, answers: tuple[str, ...] = ()) -> str:
    """On the sheet in front, where the cursor is."""
    return desk.press(button, desk.host.active.name, answers)


@office
def test_forwards_and_back(checked: Desk) -> None:
    wanted = stops(checked)
    assert len(wanted) > 5
    checked.go("首页")
    met, counted = [], []
    for _ in wanted:
        said = going.go_next(checked.host)
        met.append(here(checked))
        counted.append(said.partition("（第 ")[2].partition("）")[0])
    assert met == wanted
    assert wanted[0][0] == "02"  # the error, though 01 has warnings
    number = sum(one.severity is Severity.ERROR for one in read(checked.host))
    which = "1" if number == 1 else f"1 到 {number}"
    assert counted[0] == f"{which} 个错误，共 {number} 个"
    assert re.fullmatch(r"\d+( 到 \d+)? 个警告，共 \d+ 个", counted[1])
    said = press(checked, "next_finding")
    assert said.startswith(f"后面没有问题了。共 {len(wanted)} 处，按“上一个问题”往回走。")
    assert here(checked) == wanted[-1]
    press(checked, "previous_finding")
    assert here(checked) == wanted[-2]
    checked.go(*wanted[0])
    assert press(checked, "previous_finding").startswith("前面没有问题了。")
    checked.go("校验结果", "A4")
    press(checked, "previous_finding")
    assert here(checked) == wanted[0]  # the last error


def test_on_from_where_somebody_typed(checked: Desk) -> None:
    """Enter moves the cursor down, a tabulator to the right; that is no way back to the errors."""
    wanted = stops(checked)
    at = 0
    while here(checked) in wanted or at == 0:
        at += 1
        sheet, cell = wanted[at]
        checked.go(sheet, checked[sheet, cell].merge_area[-1].offset(1, 0).address)
    press(checked, "next_finding")
    assert here(checked) == wanted[at + 1]
    checked.go("01", "A1")
    press(checked, "next_finding")
    assert here(checked) == wanted[0]


@pytest.fixture
def three(example: Desk) -> Desk:
    """Warnings in F10, F11 and F12, and one further right in the row of F11."""
    places = [(9, 5), (10, 5), (10, 6), (11, 5)]
    found = [Finding("F202", "说明", "改法", "01", *place, severity=Severity.WARNING) for place in places]
    findings.fill(example.host, found, {})
    marks.mark(example.host, found)
    return example


@pytest.mark.parametrize("moved", ["F11", "G10"], ids=["Enter", "tabulator"])
def test_none_is_passed_over_where_the_cursor_moves_to_another(three: Desk, moved: str) -> None:
    """Each press is a process of its own, so the problem shown last is kept in the workbook."""
    three.go("01", "A1")
    met = []
    for cell in (moved, "F12", "G12", "F13"):
        press(three, "next_finding")
        met.append(here(three)[1])
        three.go("01", cell)
    assert met == ["F10", "F11", "G11", "F12"]
    press(three, "previous_finding")
    assert here(three) == ("01", "G11")


def test_on_from_a_problem_that_is_mended(three: Desk) -> None:
    """It is no longer listed, and the cursor stands on the next one."""
    three.go("01", "A1")
    press(three, "next_finding")
    left = [Finding("F202", "说明", "改法", "01", *place, severity=Severity.WARNING) for place in [(10, 5), (11, 5)]]
    findings.fill(three.host, left, {})
    three.go("01", "F11")
    press(three, "next_finding")
    assert here(three) == ("01", "F11")


def test_on_from_a_problem_that_moved(three: Desk) -> None:
    """Its own row is deleted: the next one took its place. A row above it moves it down."""
    three.go("01", "A1")
    press(three, "next_finding")
    press(three, "next_finding")
    assert here(three) == ("01", "F11")
    press(three, "delete_indicator_row")
    press(three, "next_finding")
    assert here(three) == ("01", "F11")  # it was F12
    three.go("01", "C10")
    press(three, "add_indicator_row")
    three.go("01", "F12")
    assert press(three, "next_finding").startswith("后面没有问题了")


def test_somewhere_else_is_somewhere_else(three: Desk) -> None:
    """Who has clicked another problem far away goes on from there."""
    three.go("01", "A1")
    press(three, "next_finding")
    three.go("01", "F12")
    assert press(three, "next_finding").startswith("后面没有问题了")


def test_what_is_said(checked: Desk) -> None:
    checked.go("首页")
    errors = [one for one in read(checked.host) if one.sheet == "02" and one.cell == "C3"]
    assert errors
    said = going.go_next(checked.host)
    assert here(checked) == ("02", "C3")
    assert said.splitlines()[:3] == [
        "02!C3",
        f"{errors[0].severity.label} {errors[0].code}：{errors[0].message}。",
        f"改法：{errors[0].remedy}。",
    ]


def test_nothing_to_go_to(blank: Desk) -> None:
    for button in ("next_finding", "previous_finding", "accept_warnings"):
        assert blank.press(button, "01") == NOT_CHECKED


def test_all_accepted(example: Desk) -> None:
    """Accepted ones are passed over; so are rows of sheets that are out of sight, which is said."""
    validation.validate(example.host)
    listed = read(example.host)
    for one in listed:
        if one.severity.label == "警告":
            example["校验结果", f"L{one.row + 1}:M{one.row + 1}"].value = ["核过", "张三"]
    left = [one for one in read(example.host) if one.is_open]
    assert {one.severity.label for one in left} <= {"提示"}
    with unlocked(example.book.sheets["校验结果"]):
        for one in left:
            example["校验结果", f"A{one.row + 1}:M{one.row + 1}"].clear_contents()
    count = len(listed) - len(left)
    assert example.press("next_finding") == f"没有要处理的问题（已接受 {count} 条）。"
    first = next(one for one in listed if one.severity.label == "警告" and one.sheet)
    example["校验结果", f"L{first.row + 1}"].value = None
    example.book.sheets[first.sheet].visible = False
    assert example.press("next_finding") == "有 1 条所在的工作表已隐藏、改名或删除，见“校验结果”。"


def warnings(desk: Desk) -> list[Listed]:
    return [one for one in read(desk.host) if one.severity.label == "警告" and one.sheet and one.cell]


@office
def test_accepting_from_a_form(checked: Desk) -> None:
    cell = warnings(checked)[0]
    own = [one for one in warnings(checked) if (one.sheet, one.cell) == (cell.sheet, cell.cell)]
    checked.go(cell.sheet, cell.cell)
    said = press(checked, "accept_warnings", (" =5 领导\n同意 ", "张三"))
    assert said.startswith(f"已接受 {len(own)} 条警告，理由和接受人写在“校验结果”。")
    assert f"{cell.sheet}!{cell.cell} {cell.code}" in checked.said[0]
    assert checked["校验结果", f"L{cell.row + 1}:M{cell.row + 1}"].value == ["=5 领导 同意", "张三"]
    assert checked.book.sheets["校验结果"].api.ProtectContents
    assert press(checked, "accept_warnings").startswith("选中的警告已经接受过。")
    assert f"已接受 {len(own)} 条" in checked.press("validate")
    assert {one.reason for one in warnings(checked) if (one.sheet, one.cell) == (cell.sheet, cell.cell)} == {
        "=5 领导 同意"
    }


@office
def test_accepting_rows_of_the_list(checked: Desk) -> None:
    """An error among them stays, which is said; the name is proposed the next time."""
    listed = read(checked.host)
    errors = [one for one in listed if one.severity.label == "错误"]
    last = warnings(checked)[1]
    between = [one for one in listed if one.row <= last.row and one.severity.label == "警告"]
    checked.go("校验结果", f"A4:M{last.row + 1}")
    said = press(checked, "accept_warnings", ("核过", "李四"))
    assert said.startswith(f"已接受 {len(between)} 条警告")
    assert f"选中的还有 {len(errors)} 条错误，错误不能接受，请改正。" in said
    assert [one.row for one in read(checked.host) if one.by == "李四"] == [one.row for one in between]


def test_accepted_warnings_are_recorded(checked: Desk) -> None:
    """Where 监督记录 is there, below its last line; 撤销 takes the lines away, the acceptance stays."""
    cell = next(one for one in warnings(checked) if one.sheet == "02")
    own = [one for one in warnings(checked) if (one.sheet, one.cell) == (cell.sheet, cell.cell)]
    checked.press("record_supervision", "03")
    checked.go(cell.sheet, cell.cell)
    said = press(checked, "accept_warnings", ("市里统一规定", "张三"))
    assert f"“监督记录”已登记 {len(own)} 条" in said
    found = checked.read()
    records = found.supervision
    assert [one.source.text for one in records] == ["手工", *["接受警告"] * len(own)]
    last = records[-1]
    assert (last.number.text, last.type.text, last.decision.text, last.responsible.text) == (
        str(len(own) + 1),
        "接受警告",
        "市里统一规定",
        "张三",
    )
    assert last.project.text == found.projects[1].title
    assert last.found.text == f"{own[-1].code} {own[-1].message}"
    assert last.date.text == log_sheet.now()[:10]
    checked.press("undo", answers=("1",))
    assert [one.source.text for one in checked.read().supervision] == ["手工"]
    assert {one.by for one in warnings(checked) if (one.sheet, one.cell) == (cell.sheet, cell.cell)} == {"张三"}


def test_a_record_that_cannot_be_added_is_told(checked: Desk) -> None:
    """The acceptance itself is written all the same."""
    cell = warnings(checked)[0]
    checked.press("record_supervision", "03")
    with unlocked(checked.book.sheets["监督记录"]):
        checked["监督记录", "E3"].value = "情况"
    checked.go(cell.sheet, cell.cell)
    said = press(checked, "accept_warnings", ("核过", "张三"))
    assert said.startswith("已接受")
    assert "“监督记录”没有登记：“监督记录”的表头改过了" in said


def test_what_is_not_accepted(checked: Desk) -> None:
    error = next(one for one in read(checked.host) if one.severity.label == "错误")
    checked.go("校验结果", f"A{error.row + 1}")
    assert press(checked, "accept_warnings") == "错误不能接受。请按“处理办法”改正，再按“校验全部”。"
    checked.go("首页", "A1")
    assert press(checked, "accept_warnings").startswith("选中的单元格没有列出的问题。")
    cell = warnings(checked)[0]
    checked.go(cell.sheet, cell.cell)
    assert press(checked, "accept_warnings", ("cancel",)) == checked.said[0]
    assert press(checked, "accept_warnings", ("核过", "cancel")) == checked.said[1]
    assert press(checked, "accept_warnings", ("核过", " ")) == (
        "没有填接受人，警告没有接受。请再按一次，接受理由和接受人都要填。"
    )
    assert not any(one.reason or one.by for one in read(checked.host))


def test_merged_cells_are_one_place() -> None:
    """A finding inside the merged cell in front is not met again."""
    stops = stops_at(Place(1, 1, 1), Place(1, 2, 2), Place(1, 2, 5), Place(2, 0, 0))
    merged = (Place(1, 1, 1), Place(1, 2, 3))
    assert nearest(stops, merged, forward=True) == 2
    assert nearest(stops, (Place(1, 2, 5), Place(1, 2, 5)), forward=False) == 1
    assert nearest(stops, (Place(2, 0, 0), Place(2, 0, 0)), forward=True) is None
    assert nearest(stops, (Place(1, 0, 0), Place(1, 0, 0)), forward=False) is None


def test_the_gravest_first() -> None:
    """Errors that were passed over come before the warnings behind the cursor."""
    errors = stops_at(Place(1, 5, 0), Place(1, 9, 0), severity=Severity.ERROR)
    stops = [*errors, *stops_at(Place(1, 1, 0), Place(1, 20, 0))]
    assert nearest(stops, (Place(1, 7, 3), Place(1, 7, 3)), forward=True) == 1
    assert nearest(stops, (Place(1, 15, 3), Place(1, 15, 3)), forward=True) == 0
    assert nearest(stops, (Place(1, 9, 0), Place(1, 9, 0)), forward=True) == 2
    assert nearest(stops, (Place(1, 2, 0), Place(1, 2, 0)), forward=True) == 3  # one below the first warning
    assert nearest(stops, (Place(1, 7, 3), Place(1, 7, 3)), forward=False) == 0
    assert nearest(stops, (Place(1, 4, 3), Place(1, 4, 3)), forward=False) == 2


def stops_at(*places: Place, severity: Severity = Severity.WARNING) -> list[Stop]:
    one = Listed(3, severity, "P000", "01", "A1", "", "", "", "")
    return [Stop(place, [one]) for place in places]


@only_libreoffice
def test_what_was_shown_is_no_step_to_undo(three: Desk) -> None:
    three.go("01", "A1")
    before = three.book.impl.undo_steps
    press(three, "next_finding")
    assert last_shown.read(three.host) is not None
    assert three.book.impl.undo_steps == before
