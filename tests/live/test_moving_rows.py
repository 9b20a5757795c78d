"""Rows come and go after a check: 校验结果 names the cells where they are now, or says that it is out of date."""

import pytest

from tests.live.desk import Desk
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.live import findings, goal_rows, going, open_findings, rows, undoing
from xl_perf.live.protection import Locked

PLACES = [("01", 2, 2), ("01", 6, 2), ("01", 7, 2), ("01", 9, 0), ("01", 10, 5), ("01", 11, 5), ("02", 11, 5)]
"""C3, both goals, 产出指标, F11, F12; and another sheet."""
ALL = ["C3", "C7", "C8", "A10", "F11", "F12", "F12"]


def fill(desk: Desk, message: str = "说明") -> None:
    found = [
        Finding("F202", message, "改法", sheet, row, column, "字段", f"{row}", severity=Severity.WARNING)
        for sheet, row, column in PLACES
    ]
    findings.fill(desk.host, found, {})


def listed(desk: Desk) -> list[str]:
    return desk.column("校验结果", f"D4:D{3 + len(PLACES)}")


def links(desk: Desk) -> list[str]:
    return [str(cell.formula) for cell in desk["校验结果", f"D4:D{3 + len(PLACES)}"]]


def is_outdated(desk: Desk) -> bool:
    return str(desk["校验结果", "A2"].value).startswith("已过时")


def test_indicator_rows(example: Desk) -> None:
    """A row goes in below F11; F11's own row goes; both are taken back."""
    fill(example)
    example["校验结果", "L8:M8"].value = ["核过", "张三"]
    example.go("01", "C11")
    rows.add_indicator_row(example.host)
    assert listed(example) == ["C3", "C7", "C8", "A10", "F11", "F13", "F12"]
    assert links(example)[5:] == ['=HYPERLINK("#\'01\'!F13","F13")', '=HYPERLINK("#\'02\'!F12","F12")']
    assert not is_outdated(example)
    assert example.book.sheets["校验结果"].api.ProtectContents
    example.go("01", "C11")
    rows.delete_indicator_row(example.host)
    assert listed(example) == ["C3", "C7", "C8", "A10", "F11（已删）", "F12", "F12"]
    assert links(example)[4] == "F11（已删）"
    assert is_outdated(example)
    assert len(open_findings.read(example.host)) == len(PLACES) - 1
    assert "“校验结果”已过时" in going.go_next(example.host)
    findings.fill(example.host, [], {}, only="02")  # 校验本表 of another sheet
    assert (listed(example)[4], is_outdated(example)) == ("F11（已删）", True)
    assert example["校验结果", "L8:M8"].value == ["核过", "张三"]
    example.answer("1")
    undoing.undo(example.host)
    assert listed(example)[:6] == ["C3", "C7", "C8", "A10", "F11", "F13"]
    undoing.undo(example.host)
    assert listed(example)[:6] == ALL[:6]
    fill(example)
    assert not is_outdated(example)


def test_the_first_row_of_a_group(example: Desk) -> None:
    """The first level stays said in the row that follows; it comes back with the deleted row."""
    fill(example)
    example.go("01", "C10")
    rows.delete_indicator_row(example.host)
    assert listed(example) == ["C3", "C7", "C8", "A10", "F10", "F11", "F12"]
    undoing.undo(example.host)
    assert listed(example) == ALL


def test_goal_rows(example: Desk) -> None:
    fill(example)
    example.go("01", "C7")
    rows.add_goal_row(example.host)
    assert listed(example) == ["C3", "C7", "C8", "A11", "F12", "F13", "F12"]
    example.go("01", "C7")
    goal_rows.delete(example.host)
    assert listed(example) == ["C3", "C7（已删）", "C7", "A10", "F11", "F12", "F12"]
    example.answer("1")
    undoing.undo(example.host)
    assert listed(example) == ["C3", "C7", "C8", "A11", "F12", "F13", "F12"]
    undoing.undo(example.host)
    assert listed(example) == ALL


@pytest.mark.parametrize(
    ("message", "told"),
    [("与第 12 行的指标相同", True), ("与第 11 行的指标相同", False), ("见 01!F12", True), ("见 03!F12", False)],
)
def test_texts_that_name_cells(example: Desk, message: str, told: bool) -> None:
    """Texts stay as they were written, for acceptances go by them."""
    fill(example, message)
    example.go("01", "C11")
    rows.add_indicator_row(example.host)
    assert listed(example)[5] == "F13"
    assert is_outdated(example) is told


def test_only_rows_that_are_gone(example: Desk) -> None:
    """There was a check, and nothing to go to."""
    findings.fill(example.host, [Finding("F202", "说明", "改法", "01", 10, 5, severity=Severity.WARNING)], {})
    example.go("01", "C11")
    rows.delete_indicator_row(example.host)
    assert going.go_next(example.host).startswith("没有要处理的问题")


def test_a_list_with_a_password(example: Desk) -> None:
    """Nothing is moved that the list could not follow."""
    fill(example)
    sheet = example.book.sheets["校验结果"]
    sheet.api.Unprotect("")
    sheet.api.Protect("secret")
    before = example.column("01", "C10:C15")
    example.go("01", "C11")
    with pytest.raises(Locked, match="“校验结果”设有密码保护"):
        rows.add_indicator_row(example.host)
    assert example.column("01", "C10:C15") == before
