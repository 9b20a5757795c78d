"""新增项目, 复制项目, 删除项目, and taking them back."""

import re

import pytest

from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.core.making.draft import project_content
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.live import marks, projects, undoing, validation
from xl_perf.live.cover import read_list, runs
from xl_perf.live.host import NotHere
from xl_perf.live.protection import Locked, is_visible, unlocked


def test_next_name() -> None:
    assert projects.next_name(["首页", "01", "07", "空白表"]) == "08"
    assert projects.next_name(["首页"]) == "01"
    assert projects.next_name(["99", "20231231"]) == "100"


def test_runs() -> None:
    assert runs([3, 4, 5, 8, 10, 11]) == [[3, 4, 5], [8], [10, 11]]
    assert runs([]) == []


@office
def test_add(blank: Desk) -> None:
    said = projects.add(blank.host)
    assert said == "已新增项目表“02”，列在首页。"
    assert blank.book.sheets.active.name == "02"
    names = blank.book.sheet_names
    assert names.index("02") == names.index("空白表") - 1
    sheet = blank.book.sheets["02"]
    assert sheet.api.ProtectContents
    assert blank["首页", "B11"].formula == '=HYPERLINK("#\'02\'!B2","02")'
    assert blank["首页", "D11"].formula == "=IF(ISREF('02'!$A:$B),IF('02'!E2=\"\",\"\",'02'!E2),\"\")"
    assert blank["首页", "F11"].value == "未填写"
    sheet["E2"].value = "道路养护"
    sheet["C3"].value = 10
    assert blank["首页", "B11:F11"].value == ["02", None, "道路养护", 10.0, "预算不平"]
    assert blank["首页", "E20"].value == 10.0
    assert blank.book.sheets["首页"].api.ProtectContents
    assert [form.sheet for form in blank.read().blank_forms] == ["01"]  # 空白表 is still the model


@office
def test_amounts_of_the_list_have_a_format_of_their_own(blank: Desk) -> None:
    """In LibreOffice a General cell looks like the one that its formula names: 120.35万元."""
    with unlocked(blank.book.sheets["首页"]):
        blank["首页", "E10:E12"].number_format = "General"
    projects.add(blank.host)
    assert {blank["首页", f"E{row}"].number_format for row in range(10, 21)} == {"#,##0.00????"}


@office
def test_the_cursor_stands_on_what_is_to_be_filled_in(example: Desk) -> None:
    """In a new form its first cell; in a copy that of the code, which alone is lacking."""
    example.press("add_project", "首页")
    assert (example.host.active.name, example.cursor) == ("09", "$B$2")
    example.press("copy_project", "02")
    assert (example.host.active.name, example.cursor) == ("10", "$B$2")


def test_the_title_of_a_copy_follows_its_name(example: Desk) -> None:
    """Also where that of the original was typed; the original keeps it."""
    with unlocked(example.book.sheets["02"]):
        example["02", "A1"].value = "老项目\n项目绩效目标表"
    example.press("copy_project", "02")
    with unlocked(example.book.sheets["09"]):
        example["09", "E2"].value = "新项目"
    assert example["09", "A1"].value == "新项目\n项目绩效目标表"
    assert example["02", "A1"].value == "老项目\n项目绩效目标表"
    assert next(one for one in example.read().projects if one.sheet == "09").title == "新项目"


@pytest.mark.slow
def test_more_than_the_list_has_rows(blank: Desk) -> None:
    """Rows are put in where the sum and the states reach them."""
    for _ in range(11):
        projects.add(blank.host)
    found = read_list(blank.host)
    assert found is not None
    assert [name for name in found.listed if name] == [f"{number:02d}" for number in range(1, 13)]
    assert found.listed[-1] == ""
    blank["12", "E2"].value = "第十二个"
    blank["12", "C3"].value = 12.5
    total = blank["首页", f"E{found.total + 1}"]
    assert total.value == 12.5
    assert total.formula == f"=SUM(E{found.first + 1}:E{found.total})"
    numbers = blank.column("首页", f"A{found.first + 1}:A{found.total}")
    assert numbers == [float(number) for number in range(1, len(numbers) + 1)]


@pytest.mark.slow
def test_copy_leaves_the_code_out(example: Desk) -> None:
    validation.validate(example.host)
    example.go("02")
    said = projects.copy(example.host)
    assert said.splitlines() == [
        "已把“02”复制为项目表“09”。",
        "要另填：项目编码 B2（没有复制）。",
        "要改：项目名称 E2（现在与“02”相同，会算重复，表的标题随着变）。",
        "要核对、改成本项目的：预算数 C3、财政资金 E3、资金用途 B4、支出计划 B6、绩效目标 C7、指标值 F10 起。",
    ]
    source, copy = (next(one for one in example.read().projects if one.sheet == name) for name in ("02", "09"))
    assert (source.code.text, copy.code.text) == ("————", "")
    assert project_content(source)[2:] == project_content(copy)[2:]
    assert copy.name.text == source.name.text
    assert example["09", "B2"].note is None  # the copy is not marked, the original is
    assert example["02", "B2"].note is not None
    marks.clear_marks(example.host)
    assert example["02", "B2"].color == example["09", "B2"].color == (0xFF, 0xFD, 0xF0)


def test_copy_is_clean_where_a_note_is_gone(three: Desk) -> None:
    """LibreOffice's key Delete takes it away with the content."""
    plain = three["02", "B2"].color
    marks.mark(three.host, [Finding("F203", "说明", "改法", "02", 1, 1, "字段", "", severity=Severity.ERROR)])
    with unlocked(three.book.sheets["02"]):
        note = three["02", "B2"].note
        assert note is not None
        note.delete()
    three.go("02")
    projects.copy(three.host)
    assert three["02", "B2"].color != plain
    assert three["04", "B2"].color == plain


def test_delete_asks(example: Desk) -> None:
    example.go("03")
    example.answer("no")
    assert projects.delete(example.host) is None
    assert "03" in example.book.sheet_names
    assert example.said[-1].startswith("要删除项目表“03”吗？")


@office
def test_delete_and_undo(example: Desk) -> None:
    before = example.read()
    listed = example["首页", "A10:F22"].value
    example.go("03")
    example.answer("yes")
    said, copied = str(projects.delete(example.host)).split("\n")
    assert said == "已删除项目表“03”。要恢复请按“撤销上次操作”；部门汇总请重新汇总。"
    assert re.fullmatch(r"操作前的工作簿备份在：.*xl-perf 备份.部门 \d{4}-\d\d-\d\d \d{6} 删除项目前\.xlsx", copied)
    assert "03" not in example.book.sheet_names
    assert not is_visible(example.book.sheets["已删除03"])
    after = example.read()
    assert [one.sheet for one in after.projects] == ["01", "02", "04", "05", "06", "07", "08"]
    assert example.column("首页", "B10:B17") == ["01", "02", "04", "05", "06", "07", "08", None]
    assert example["首页", "E22"].value == 1085.76
    assert undoing.undo(example.host).startswith("已撤销“删除项目”")
    assert example.read().projects == before.projects
    assert example["首页", "A10:F22"].value == listed
    assert undoing.undo(example.host).startswith("没有可以撤销的操作。")


@office
def test_undo_of_an_addition_asks(blank: Desk) -> None:
    projects.add(blank.host)
    blank.answer("no")
    assert undoing.undo(blank.host) == "没有改动。"
    assert "02" in blank.book.sheet_names
    blank.answer("yes")
    undoing.undo(blank.host)
    assert "02" not in blank.book.sheet_names
    assert blank.column("首页", "B10:B12") == ["01", None, None]
    projects.add(blank.host)
    assert blank.column("首页", "B10:B12") == ["01", "02", None]


def test_where_it_cannot_be_done(example: Desk) -> None:
    example.go("首页")
    with pytest.raises(NotHere, match="工作表“首页”上没有项目绩效目标表。请先转到一张项目表"):
        projects.copy(example.host)
    example.go("空白表")
    with pytest.raises(NotHere, match="“空白表”是留着复制的"):
        projects.delete(example.host)
    example.book.sheets["空白表"].delete()
    with pytest.raises(NotHere, match="这本工作簿没有“空白表”，不能新增项目表"):
        projects.add(example.host)


@office
@pytest.mark.slow
def test_a_renamed_sheet_keeps_its_row(example: Desk) -> None:
    """Its link and state hold the name as a text; the row is known by the cells that it refers to."""
    listed = example["首页", "C10:E17"].value
    example.book.sheets["01"].name = "O'Neil (1)"
    example.press("validate")
    assert example["首页", "B10"].formula == "=HYPERLINK(\"#'O''Neil (1)'!B2\",\"O'Neil (1)\")"
    assert '"O\'Neil (1)"' in example["首页", "F10"].formula
    assert example["首页", "F10"].value == "已填写"
    assert projects.add(example.host) == "已新增项目表“09”，列在首页。"
    assert example.column("首页", "B10:B18") == ["O'Neil (1)", *(f"{number:02d}" for number in range(2, 10))]
    assert example["首页", "C10:E17"].value == listed


def test_a_new_sheet_of_the_old_name_has_its_own_row(blank: Desk) -> None:
    blank.book.sheets["01"].name = "道路"
    projects.add(blank.host)
    assert blank.column("首页", "B10:B12") == ["道路", "01", None]
    assert str(blank["首页", "D10"].formula).replace("'", "") == '=IF(ISREF(道路!$A:$B),IF(道路!E2="","",道路!E2),"")'


def test_a_renamed_sheet_is_deleted_with_its_row(example: Desk) -> None:
    example.book.sheets["08"].name = "煤"
    example.go("煤")
    example.answer("yes")
    projects.delete(example.host)
    assert example["首页", "E22"].value == 635.76
    assert undoing.undo(example.host).startswith("已撤销“删除项目”")
    assert example["首页", "E22"].value == 1135.76
    assert example.column("首页", "B17:B18") == ["煤", None]


@pytest.mark.parametrize("locked", ["01", "首页", "记录"])
def test_nothing_is_copied_where_it_could_not_be_listed(example: Desk, locked: str) -> None:
    """A sheet that is neither listed nor logged could not be taken back."""
    projects.add(example.host)
    names = example.book.sheet_names
    api = example.book.sheets[locked].api
    api.Unprotect("")
    api.Protect("mine")
    example.go("01")
    with pytest.raises(Locked, match=f"工作表“{locked}”设有密码保护，不能改动。请先在“审阅”中撤消"):
        projects.copy(example.host)
    if locked != "01":
        with pytest.raises(Locked, match=f"工作表“{locked}”"):
            projects.add(example.host)
    assert example.book.sheet_names == names
    api.Unprotect("mine")


@office
def test_protected_structure(example: Desk) -> None:
    """Said before anything is done: Excel would refuse each step with an English box."""
    example.program.protect_structure(example.book)
    with pytest.raises(NotHere, match="工作簿的结构设有保护，不能增删工作表。请先在“审阅”中撤消"):
        projects.add(example.host)
    example.go("03")
    with pytest.raises(NotHere, match="工作簿的结构设有保护"):
        projects.delete(example.host)
    assert "03" in example.book.sheet_names
