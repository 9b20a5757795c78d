"""校验结果 of the open book."""

from pathlib import Path

import pytest

from tests.example_findings import NUMBER_OF_HINTS, NUMBER_OF_WARNINGS
from tests.live.conftest import Open
from tests.live.desk import Desk
from tests.live.programs import office, only_libreoffice
from xl_perf.core.model.findings import Acceptance, Finding, Severity
from xl_perf.live import findings, validation
from xl_perf.live.host import NotHere
from xl_perf.live.log_sheet import Formula
from xl_perf.live.protection import unlocked

TITLES = [column.label for column in findings.COLUMNS]


def finding(code: str, severity: Severity, cell: tuple[int, int] = (2, 2), found: str = "=78人") -> Finding:
    return Finding(code, "说明", "改法", "01", *cell, "指标值", found, "≥90%", severity=severity)


def test_rows_errors_first() -> None:
    planned = findings.plan(
        [finding("I511", Severity.HINT), finding("F202", Severity.WARNING), finding("B303", Severity.ERROR)],
        {"01": "道路"},
        [],
    )
    assert [row[1] for row in planned.rows] == ["B303", "F202", "I511"]
    link = Formula('=HYPERLINK("#\'01\'!C3","C3")')
    assert planned.rows[0] == [
        "错误",
        "B303",
        "01",
        link,
        "道路",
        "指标值",
        "=78人",
        "≥90%",
        None,
        "说明",
        "改法",
        None,
        None,
    ]
    assert planned.headline.startswith("错误 1，警告 1，提示 1。")


def row_of(cells: dict[str, str]) -> list[str | None]:
    return [cells.get(title) for title in TITLES]


CELLS = {"规则": "F202", "工作表": "01", "单元格": "C3", "发现": "=78人", "字段": "指标值", "说明": "说明"}


def test_acceptance_stays_with_its_finding() -> None:
    typed = [
        row_of(
            {
                "规则": "F202",
                "工作表": "01",
                "单元格": "C3",
                "发现": "=78人",
                "接受理由": "编码未下达",
                "接受人": "张三",
            }
        ),
        row_of({"规则": "F207", "工作表": "02", "单元格": "A1", "发现": "x", "接受理由": "已并入"}),
    ]
    planned = findings.plan([finding("F202", Severity.WARNING)], {}, typed)
    assert planned.rows[0][-2:] == ["编码未下达", "张三"]
    assert planned.dropped == 1


@pytest.mark.parametrize("found", ["", "————"])
def test_acceptance_of_a_blank_is_of_what_was_said(found: str) -> None:
    """Another indicator stands in the row now: the reason was not given for that."""
    typed = [row_of({**CELLS, "发现": found, "说明": "“完成率”没有填指标值", "接受理由": "下月才有", "接受人": "张三"})]
    blank = finding("F202", Severity.WARNING, found=found)
    same = findings.plan([blank._replace(message="“完成率”没有填指标值")], {}, typed)
    assert (same.rows[0][-2:], same.dropped) == (["下月才有", "张三"], 0)
    other = findings.plan([blank._replace(message="“满意度”没有填指标值")], {}, typed)
    assert (other.rows[0][-2:], other.dropped) == ([None, None], 1)


def test_acceptance_follows_a_cell_that_moved() -> None:
    planned = findings.plan(
        [finding("F202", Severity.WARNING, (3, 2))], {}, [row_of({**CELLS, "接受理由": "编码未下达"})]
    )
    assert planned.rows[0][-2:] == ["编码未下达", ""]
    assert planned.dropped == 0


def test_rows_of_other_sheets_stay() -> None:
    """校验本表 lists one sheet anew; what was typed beside the others' findings is not lost."""
    typed = [
        row_of({**CELLS, "级别": "警告"}),
        row_of({**CELLS, "级别": "错误", "工作表": "02", "接受理由": "待定", "接受人": "李四"}),
        row_of({**CELLS, "级别": "提示", "工作表": "整本", "单元格": ""}),
    ]
    planned = findings.plan([finding("B304", Severity.WARNING)], {}, typed, "01")
    assert [(row[0], row[1], row[2]) for row in planned.rows] == [
        ("错误", "F202", "02"),
        ("警告", "B304", "01"),
        ("提示", "F202", "整本"),
    ]
    assert planned.rows[0][3] == '=HYPERLINK("#\'02\'!C3","C3")'
    assert planned.rows[0][-2:] == ["待定", "李四"]
    assert planned.counts == {Severity.ERROR: 1, Severity.WARNING: 1, Severity.HINT: 1}


def test_nothing_found() -> None:
    planned = findings.plan([], {}, [])
    assert (list(planned.rows), planned.headline) == ([], "没有发现问题。")


@office
def test_in_the_book(three: Desk) -> None:
    """Texts are texts, links lead to the cell, the state on 首页 follows, the sheet stays protected."""
    three["01", "C3"].value = 100
    three["01", "F10"].value = "=78人"
    three["01", "E3"].value = 90
    said = validation.validate(three.host)
    assert "错误 " in said
    rows = three["校验结果", "A4:M9"].value
    assert rows[0][:5] == ["错误", "B303", "01", "C3", "村干部工资、保险和聘用人员工资"]
    assert three["校验结果", "E4"].formula != ""
    assert three["校验结果", "D4"].formula == '=HYPERLINK("#\'01\'!C3","C3")'
    assert rows[0][8] == "10"
    assert three["校验结果", "A4"].color == (0xF8, 0xCB, 0xAD)
    assert three.book.sheets["校验结果"].api.ProtectContents
    assert three["校验结果", "A2"].value.startswith("错误 ")
    # What is typed wrong in the form itself is said there; what only the rules find, by 校验结果.
    assert three["首页", "F10"].value == "预算不平"


def test_money_in_words_beside_and_below_a_form(three: Desk) -> None:
    """校验 finds it in the open book as `check` does in the saved one; of the total above the list likewise."""
    for name in ("01", "02", "部门汇总"):
        three.book.sheets[name].api.Unprotect()
    three["01", "A24"].value = "另：追加动物防疫补贴 500 万元"
    three["02", "L3"].value = "注：以上另含未列支出伍佰万元整"
    three["部门汇总", "D4"].value = 99999
    validation.validate(three.host)
    rows = three["校验结果", "A4:M40"].value
    assert [row[2:4] for row in rows if row[1] == "S115"] == [["01", "A24"], ["02", "L3"]]
    assert [row[2:4] for row in rows if row[1] == "T701"] == [["部门汇总", "D4"]]


@pytest.mark.slow
@only_libreoffice
def test_rows_are_high_enough_at_another_zoom(three: Desk) -> None:
    """At 100 % the remedy just fits into two lines; at 85 % it may need three, and the third was cut off."""
    found = Finding("X602", "说明", "改" * 30, "01", 1, 4, "项目名称", "甲", severity=Severity.ERROR)
    before = three["校验结果", "K1"].column_width
    findings.fill(three.host, [found], {})
    assert (three["校验结果", "K4"].row_height or 0) > 36
    assert three["校验结果", "K1"].column_width == before


def test_states_on_the_cover_follow(example: Desk) -> None:
    """The form itself is content; that its cost is not its budget only the rules find."""
    assert example["首页", "F11"].value == "已填写"
    example["02", "F13"].value = "=1000万元"
    validation.validate(example.host)
    assert [row[1:4] for row in example["校验结果", "A4:D30"].value if row[0] == "错误"] == [["I506", "02", "F13"]]
    assert example["首页", "F11"].value == "有错误"
    assert example["首页", "C1"].value == "有 1 个项目校验有错误，按“校验结果”改正后再校验。"
    example["02", "F13"].value = "=71.75万元"
    validation.validate(example.host)
    assert example["首页", "F11"].value == "已填写"


@pytest.mark.slow
def test_a_shorter_list_leaves_nothing_behind(example: Desk) -> None:
    validation.validate(example.host)
    before = len([one for one in example.column("校验结果", "A4:A200") if one])
    for sheet in ("01", "02", "07", "08"):
        example[sheet, "B2"].value = f"13020000123{sheet}"
    validation.validate(example.host)
    rows = [row for row in example["校验结果", "A4:M200"].value if any(row)]
    assert len(rows) == before - 4
    assert example["校验结果", f"A{4 + before - 1}"].color is None


@office
@pytest.mark.slow
def test_acceptance_typed_on_the_sheet(example: Desk) -> None:
    """The cells for it can be written on although the sheet is protected."""
    validation.validate(example.host)
    example["校验结果", "L4:M4"].value = ["编码未下达", "李四"]
    kept = example["校验结果", "B4:D4"].value
    said = validation.validate(example.host)
    counted = f"警告 {NUMBER_OF_WARNINGS - 1} 条，提示 {NUMBER_OF_HINTS}"
    told, hidden = said.split("\n")
    assert told == f"整本工作簿校验完成：{counted} 条，已接受 1 条。逐条列在“校验结果”。"
    assert hidden == f"“校验结果”里有 {findings.HOW_TO_SHOW.format(NUMBER_OF_HINTS)}"
    assert example["校验结果", "B4:D4"].value == kept
    assert example["校验结果", "L4:M4"].value == ["编码未下达", "李四"]
    assert example["校验结果", "A2"].value.startswith(
        f"错误 0，警告 {NUMBER_OF_WARNINGS - 1}，提示 {NUMBER_OF_HINTS}，已接受 1。"
    )


@pytest.mark.parametrize("typed", [["编码未下达", "李四"], ["编码未下达", None]], ids=["accepted", "only a reason"])
def test_it_follows_rows_that_were_inserted(example: Desk, typed: list[str | None]) -> None:
    """The cell is another one, and so is what the message says of other cells."""
    row = _listed(example, "F202", "01")
    example["校验结果", f"L{row}:M{row}"].value = typed
    example.book.sheets["01"].api.Unprotect("")
    example.book.sheets["01"].range("1:2").insert("down")
    said = validation.validate(example.host)
    row = _listed(example, "F202", "01", validate=False)
    assert example["校验结果", f"D{row}"].value == "B4"
    assert example["校验结果", f"L{row}:M{row}"].value == typed
    assert ("已接受 1 条" in said) == (typed[1] is not None)
    assert "不再列出" not in said


def test_it_goes_to_no_other_finding_of_the_rule(three: Desk) -> None:
    """What was found has changed: the reason belongs to nothing any more, and that is said."""
    row = _listed(three, "F207", "02")
    three["校验结果", f"L{row}:M{row}"].value = ["已报批", "李四"]
    three["02", "A1"].value = "另一个标题\n项目绩效目标表"
    said = validation.validate(three.host)
    assert "有 1 条接受理由所说的问题已经不存在，不再列出。" in said
    assert "已接受" not in said


def _listed(desk: Desk, code: str, sheet: str, *, validate: bool = True) -> int:
    """The row of a finding on 校验结果."""
    if validate:
        validation.validate(desk.host)
    rows: list[list[str]] = desk["校验结果", "B4:C200"].value
    return 4 + rows.index([code, sheet])


def test_all_that_was_found_is_accepted(example: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted = finding("F202", Severity.WARNING)._replace(accepted=Acceptance("系统尚未发码", "李四"))
    monkeypatch.setattr("xl_perf.core.checking.check.check", lambda *_: [accepted])
    assert validation.validate(example.host) == "整本工作簿校验完成：已接受 1 条。逐条列在“校验结果”。"


@office
def test_hints_are_out_of_sight_at_first(three: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        Finding("I511", "说明", "改法", "01", 10, 5, severity=Severity.HINT),
        Finding("F202", "说明", "改法", "01", 1, 1, severity=Severity.WARNING),
    ]
    sheet = three.book.sheets["校验结果"]
    findings.fill(three.host, found, {})
    assert [sheet.range(f"{row}:{row}").rows.hidden for row in (4, 5)] == [False, True]
    told = "1 条提示先不显示，点表头“级别”的筛选箭头，勾上“提示”就能看到。"
    assert told in str(sheet["A2"].value)
    findings.fill(three.host, found[1:], {})
    assert sheet.range("5:5").rows.hidden is False
    assert told not in str(sheet["A2"].value)


@office
def test_hints_stay_in_sight_beside_a_filter_of_somebody_else(three: Desk) -> None:
    """A sheet has one filter; what is said is what is seen."""
    sheet = three.book.sheets["校验结果"]
    with unlocked(sheet):
        sheet.range("A3:C4").autofilter.apply_values(1, ["级别"])
        sheet.range("A3:C4").autofilter.clear()
    found = [Finding("I511", "说明", "改法", "01", 10, 5, severity=Severity.HINT)]
    findings.fill(three.host, found, {})
    assert sheet.range("4:4").rows.hidden is False
    assert "先不显示" not in str(sheet["A2"].value)


@office
def test_a_book_without_the_sheet(opened: Open, tmp_path: Path) -> None:
    """A mailed workbook of somebody else gets one."""
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.active["A1"] = "随便"
    book.save(tmp_path / "来件.xlsx")
    desk = opened(tmp_path / "来件.xlsx")
    assert validation.validate(desk.host).startswith("整本工作簿校验完成：错误 1 条")
    assert desk["校验结果", "A3:B4"].value == [["级别", "规则"], ["错误", "S101"]]
    assert desk.book.sheets["校验结果"].range("C4").value == "整本"


def test_not_a_form(example: Desk) -> None:
    example.go("首页")
    with pytest.raises(NotHere, match="工作表“首页”不是填写过的项目表。请先转到一张项目表"):
        validation.validate_sheet(example.host)
