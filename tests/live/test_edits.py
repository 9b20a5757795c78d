"""规范化 and 撤销: what is written is what was offered, and comes back exactly."""

from tests.live.desk import Desk, above_copy
from tests.live.programs import office
from xl_perf.core.model.findings import Edit
from xl_perf.live import edits, log_sheet, undoing
from xl_perf.live.log_sheet import Formula, coded, decoded
from xl_perf.live.protection import is_visible

pytestmark = office


def contents(desk: Desk) -> list[object]:
    places = ("B2", "C3", "E3", "B6", "C6", "F10", "F11")
    return [(desk["01", place].value, desk["01", place].number_format, desk["01", place].formula) for place in places]


SPOILT = 6


def offered(desk: Desk) -> int:
    """The number of edits that are offered: the example has some as it was published."""
    desk.answer("no")
    edits.normalise(desk.host)
    return int(desk.said[-1].split()[1])


def spoil(desk: Desk) -> None:
    """What people type: the cells' formats are those of the template."""
    sheet = desk.book.sheets["01"]
    sheet["B2"].value = " １30200 1"
    sheet["C3"].value = "161.93万元"
    sheet["E3"].value = "１６１.９３ 万元"
    sheet["B6"].value = "25％"
    sheet["F10"].value = "＝78人"
    sheet["F11"].value = ">=100％"


def test_applied_after_a_yes(example: Desk) -> None:
    number = offered(example) + SPOILT
    spoil(example)
    example.answer("yes")
    said = above_copy(edits.normalise(example.host))
    assert said == f"已改 {number} 处，逐条记在“记录”里。要恢复请按“撤销上次操作”。"
    lines = example.said[-1].splitlines()
    assert lines[0] == f"有 {number} 处可以统一写法："
    assert lines[2:4] == ["01!B2：“ １30200 1” → “1302001”", "01!C3：“161.93万元” → 161.93"]
    assert "01!B6：“25％” → 25%" in lines  # what the cell will show; 0.25 is what it will hold
    assert [example["01", place].value for place in ("B2", "C3", "E3", "B6", "F10", "F11")] == [
        *("1302001", 161.93, 161.93, 0.25, "=78人", "≥100%")
    ]
    assert example["01", "C3"].number_format == 'General"万元"'
    assert example["01", "F10"].formula == "=78人"
    assert example["01", "F10"].number_format == "@"
    assert example.read().projects[0].code.text == "1302001"
    assert edits.normalise(example.host) == "写法都已统一，没有要改的。"
    assert not is_visible(example.book.sheets["记录"])


def test_no_means_no(three: Desk) -> None:
    spoil(three)
    before = contents(three)
    three.answer("no")
    assert edits.normalise(three.host) == "没有改动。"
    assert contents(three) == before


def test_undo_brings_everything_back(three: Desk) -> None:
    spoil(three)
    before = contents(three)
    three.answer("yes")
    edits.normalise(three.host)
    assert contents(three) != before
    assert undoing.undo(three.host).startswith("已撤销“规范化”")
    assert contents(three) == before
    assert three.book.sheets["01"].api.ProtectContents


def test_undo_leaves_what_people_changed_since(example: Desk) -> None:
    number = offered(example) + SPOILT
    spoil(example)
    example.answer("yes")
    edits.normalise(example.host)
    example["01", "C3"].value = 170
    said = undoing.undo(example.host)
    assert said == f"已恢复 {number - 1} 处。以下单元格的内容后来又改过，没有动：01!C3。"
    assert example["01", "C3"].value == 170
    assert example["01", "E3"].value == "１６１.９３ 万元"


def test_numbers_typed_into_cells_that_are_texts(three: Desk) -> None:
    """Pasted from elsewhere the cell is of format @: a number must not become a text again."""
    sheet = three.book.sheets["01"]
    sheet.api.Unprotect("")
    for place, text in (("C3", "161.93"), ("B6", "25%"), ("C6", "50%")):
        sheet[place].number_format = "@"
        sheet[place].value = text
    sheet.api.Protect("")
    three.answer("yes")
    edits.normalise(three.host)
    assert [sheet[place].value for place in ("C3", "B6", "C6")] == [161.93, 0.25, 0.5]
    assert [sheet[place].number_format for place in ("C3", "B6")] == ['General"万元"', "0%"]
    undoing.undo(three.host)
    assert [(sheet[place].value, sheet[place].number_format) for place in ("C3", "B6")] == [
        ("161.93", "@"),
        ("25%", "@"),
    ]


def test_formulas_are_left_alone(example: Desk) -> None:
    example["01", "C3"].value = '="161.93"&"万元"'
    assert example["01", "C3"].value == "161.93万元"
    example.answer("no")
    edits.normalise(example.host)
    assert "01!" not in example.said[-1]


def test_cells_changed_since_the_reading_are_left(three: Desk) -> None:
    said = edits.apply(three.host, [Edit("01", 2, 2, "161.93万元", 161.93), Edit("01", 9, 5, "=78人", "=79人")])
    assert said.splitlines() == [
        "已改 1 处，逐条记在“记录”里。要恢复请按“撤销上次操作”。",
        "以下单元格的内容已变，没有改：01!C3。",
    ]


def test_nothing_written(three: Desk) -> None:
    """Nothing to take back is promised."""
    said = edits.apply(three.host, [Edit("01", 2, 2, "161.93万元", 161.93)])
    assert said == "没有改动。\n以下单元格的内容已变，没有改：01!C3。"


def test_sheet_with_a_password(three: Desk) -> None:
    spoil(three)
    three.book.sheets["01"].api.Unprotect("")
    three.book.sheets["01"].api.Protect("geheim")
    three.answer("yes")
    said = above_copy(edits.normalise(three.host))
    assert said.splitlines()[1] == "工作表 01 设有密码保护，没有改。请先在“审阅”中撤消保护，再按一次。"
    assert three["01", "C3"].value == "161.93万元"


def test_long_lists_are_cut() -> None:
    asked = edits.question([Edit("01", row, 5, "＝1", "=1") for row in range(40)])
    assert asked.count("→") == 15
    assert "……等共 40 处" in asked


def test_contents_in_the_log() -> None:
    for content in (None, "=78人", Formula("=1+1"), 161.93, 0.0, True, "s", "n1"):
        back = decoded(coded(content))
        assert back == content
        assert isinstance(back, Formula) == isinstance(content, Formula)


def test_the_log_keeps_texts(three: Desk) -> None:
    records = [log_sheet.Record(1, log_sheet.now(), "规范化", "改写", "01", "C3", "s=1+1", "n1.5", "@", "s00123")]
    log_sheet.write(three.host, records)
    assert log_sheet.read(three.host) == records
    log_sheet.write(three.host, [])
    assert log_sheet.read(three.host) == []
    assert three.book.sheets.active.name == "首页"
