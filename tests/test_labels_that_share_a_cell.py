"""Forms whose labels share their cells with what is filled in: 项目名称：困难群众补贴, 财政拨款：____万元."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from tests.command_line import Runner, run
from tests.departments import read
from xl_perf.saved.guides import guide_at
from xl_perf.service.checking import read as read_beside
from xl_perf.service.guides import learn_form

__all__ = ["run"]

LINE = "__________"
Row = Sequence[object]


def rows_of(project: str = "", **said: str) -> list[Row]:
    """A blank form, or one that is filled in."""
    own = {
        "budget": "350.25" if project else LINE,
        "fiscal": "300.15" if project else LINE,
        "other": "50.1" if project else LINE,
        "overview": f"{project}是市委部署的工作。" if project else "",
        "goal": f"1.完成{project}。\n2.支付率达到100%。" if project else "",
        "name": project or LINE,
        "leader": "张三" if project else LINE,
        "phone": "0311-88880000" if project else LINE,
        "signed": "填表人：李四   审核人：王五   填表日期：2024年11月5日"
        if project
        else "填表人：   审核人：   填表日期：",
    }
    own |= said
    return [
        ("市级预算项目绩效目标表",),
        (
            "填报单位：市人社局" if project else f"填报单位：{LINE}",
            None,
            "预算年度：2025年" if project else "预算年度：______年",
        ),
        (f"项目名称：{own['name']}", None, f"特别说明事项：{'无须评审' if project else LINE}"),
        (f"项目负责人：{own['leader']}", None, f"联系电话：{own['phone']}"),
        ("项目资金", f"项目资金总额：{own['budget']}万元"),
        (None, f"财政拨款：{own['fiscal']}万元"),
        (None, f"单位自筹：{own['other']}万元"),
        (f"项目概况：{own['overview']}",),
        (f"年度目标：{own['goal']}",),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", *(("补贴人数", "≥1200人") if project else ())),
        ("满意度指标", "服务对象满意度", *(("满意度", "≥95%") if project else ())),
        (own["signed"],),
        ("经办人：", "钱六" if project else None),
    ]


def write(path: Path, *sheets: list[Row]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"{number:02}")
        for row, cells in enumerate(rows, 1):
            for column, typed in enumerate(cells, 1):
                sheet.cell(row, column).value = typed
        wide = ("A1:D1", "A8:D8", "A9:D9", "A13:D13", "A5:A7", "B5:D5", "B6:D6", "B7:D7")
        for area in (*wide, *(f"{left}{row}:{right}{row}" for row in (2, 3, 4) for left, right in ("AB", "CD"))):
            sheet.merge_cells(area)
    book.save(path)
    return path


def learned(folder: Path, *sheets: list[Row]) -> Path:
    return Path(learn_form(str(write(folder / "源表.xlsx", *sheets)), str(folder / "样表.xlsx")).written.path)


def texts_of(path: Path) -> dict[str, str]:
    cells = (cell for row in load_workbook(path).worksheets[0].iter_rows() for cell in row)
    return {cell.coordinate: cell.value for cell in cells if isinstance(cell.value, str)}


MARKED = {
    "A2": "填报单位：{主管部门及代码}",
    "C2": "预算年度：{文字}",
    "A3": "项目名称：{项目名称}",
    "C3": "特别说明事项：{文字}",
    "A4": "项目负责人：{文字}",
    "C4": "联系电话：{文字}",
    "B5": "项目资金总额：{预算数}万元",
    "A8": "项目概况：{文字}",
    "A9": "年度目标：{目标1}",
}


@pytest.mark.parametrize("name", ["", "困难群众补贴"])
def test_what_stands_behind_a_label_is_marked_in_its_cell(tmp_path: Path, name: str) -> None:
    """The same marks for a blank form and a filled one; of what was filled in nothing stays."""
    guide = learned(tmp_path, rows_of(name))
    texts = texts_of(guide)
    assert {cell: re.sub(r"(?<=})_+年?", "", texts.get(cell, "")) for cell in MARKED} == MARKED
    if not name:  # what is printed stays, whatever is filled in there
        printed = texts_of(tmp_path / "源表.xlsx")
        assert {cell: re.sub(r"{.*?}", "", texts[cell]) for cell in MARKED} == {cell: printed[cell] for cell in MARKED}
    (tmp_path / "源表.xlsx").unlink()
    kept = "".join(texts.values())
    said = ("困难群众", "张三", "0311", "市委", "李四", "王五", "钱六", "2024年11月", "支付率", "无须评审", "满意度≥")
    assert not [one for one in said if one in kept]
    assert not guide_at(guide, "样表.xlsx").faults
    assert "C12" not in texts  # 满意度, which reads like a first level


def test_other_projects_are_written_without_the_first_ones_contents(tmp_path: Path, run: Runner) -> None:
    """What stood in the cells of the labels is read and written back for each project."""
    learned(tmp_path, rows_of("困难群众补贴"))
    (tmp_path / "源表.xlsx").unlink()
    write(tmp_path / "人社局.xlsx", rows_of("困难群众补贴"), rows_of("技能培训", leader="赵七"))
    run("new", tmp_path / "新.xlsx", "--from", tmp_path / "人社局.xlsx")
    sheet = load_workbook(tmp_path / "新.xlsx")["02"]
    assert [sheet[cell].value for cell in ("A3", "A4", "A8")] == [
        "项目名称：技能培训",
        "项目负责人：赵七",
        "项目概况：技能培训是市委部署的工作。",
    ]


def test_texts_that_may_be_contents_are_named(tmp_path: Path) -> None:
    """Nobody can tell whether the form prints them."""
    rows = rows_of("困难群众补贴")
    rows[2] = (rows[2][0], None, "项目类型：□新增 ☑延续")
    rows[9:9] = [(None, None, None, "已经局长办公会研究同意")]
    source = write(tmp_path / "源表.xlsx", rows)
    (said,) = [one for one in learn_form(str(source), str(tmp_path / "样表.xlsx")).notes if "看不出" in one]
    assert said.startswith("D10“已经局长办公会研究同意”看不出")
    assert texts_of(tmp_path / "样表.xlsx")["C3"] == "项目类型：{文字}□新增 □延续"


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("项目名称：{项目名称}困难群众补贴", True),
        ("项目名称：{项目名称}（全称）", False),
        ("项目名称：{项目名称}  ____", False),
    ],
)
def test_a_text_behind_a_mark_is_said(tmp_path: Path, text: str, *, is_said: bool) -> None:
    """A unit or a hint in brackets is what a form prints; words are what somebody filled in."""
    guide = learned(tmp_path, rows_of())
    book = load_workbook(guide)
    book.worksheets[0]["A3"].value = text
    book.save(guide)
    notes = guide_at(guide, "样表.xlsx").notes
    assert any("A3 的标记 {项目名称} 后面还有" in one for one in notes) is is_said


@pytest.mark.parametrize("typed", ["350.25______", "__350.25__", "３５０．２５", "  350.25  ", "＿＿３５０.２５＿"])
@pytest.mark.parametrize("is_own", [False, True])
def test_an_amount_on_the_line_or_in_full_width_is_read(tmp_path: Path, typed: str, *, is_own: bool) -> None:
    """By a 样表, and by the kinds that are shipped; the name on its line is read without that."""
    if is_own:
        learned(tmp_path, rows_of())
        (tmp_path / "源表.xlsx").unlink()
    rows = rows_of("困难群众补贴", budget=typed, name="___困难群众补贴____")
    (project,) = read(write(tmp_path / "人社局.xlsx", rows)).projects
    assert str(project.budget.value) == "350.25"
    assert project.name.value == "困难群众补贴"


@pytest.mark.parametrize("typed", ["约350", "三百五十", "350__25", "100—200"])
def test_an_amount_that_cannot_be_read_is_said_to_be_one(tmp_path: Path, run: Runner, typed: str) -> None:
    """The label is there: B301 with the cell, not S102."""
    rows = rows_of("困难群众补贴", budget=typed)
    _, out, _ = run("check", write(tmp_path / "人社局.xlsx", rows))
    (line,) = [one for one in out.splitlines() if "B301" in one]
    assert "01!B5" in line
    assert "没有标签“项目资金总额”" not in out


def test_a_filled_form_in_a_guide_is_said_not_to_count(tmp_path: Path, run: Runner) -> None:
    """By `form check`, and where the 样表 is passed over."""
    guide = learned(tmp_path, rows_of())
    (tmp_path / "源表.xlsx").unlink()
    book = load_workbook(guide)
    sheet = book.create_sheet("误填")
    for row, cells in enumerate(rows_of("多出的项目", budget="33.3"), 1):
        for column, typed in enumerate(cells, 1):
            sheet.cell(row, column).value = typed
    sheet["C4"].value = "联系电话：{文字}"  # left as it was where somebody copied the form and filled it in
    book.copy_worksheet(book.worksheets[0])  # nobody filled this one in
    book.save(guide)
    write(tmp_path / "人社局.xlsx", rows_of("困难群众补贴"))
    assert run("form", "check", guide)[1].count("填了内容的表") == 1
    said = "工作表“误填”上有一张填了内容的表（项目“多出的项目”，预算数 33.3"
    assert said in run("form", "check", guide)[1]
    assert said in run("check", tmp_path)[1]
    assert said in run("consolidate", tmp_path, "-o", tmp_path / "汇总" / "汇总.xlsx")[1]


@pytest.mark.parametrize("is_saved_by_others", [False, True])
def test_a_guide_by_another_name_is_said_not_to_be_used(
    tmp_path: Path, run: Runner, *, is_saved_by_others: bool
) -> None:
    """Its name has to begin with 样表."""
    guide = learned(tmp_path, rows_of())
    (tmp_path / "源表.xlsx").unlink()
    if is_saved_by_others:
        book: Any = load_workbook(guide)
        for one in [*book.custom_doc_props.names]:
            del book.custom_doc_props[one]
        book.save(guide)
    guide.rename(tmp_path / "盘子样表.xlsx")
    write(tmp_path / "人社局.xlsx", rows_of("困难群众补贴"))
    out = run("check", tmp_path)[1]
    assert "没有用它读别的表，因为文件名不以“样表”开头" in out


_MARK_COLOURS = {"E2F0D9", "FFE699", "DDEBF7", "000000"}


@pytest.mark.parametrize("saved_by", ["openpyxl", "others"])
@pytest.mark.parametrize("text", [None, "项目负责人：__________", "（此栏不填）"])
def test_no_colour_of_a_mark_is_written(tmp_path: Path, run: Runner, text: str | None, saved_by: str) -> None:
    """Whether the mark was deleted or its text was changed; what the office coloured itself stays."""
    guide = learned(tmp_path, rows_of())
    (tmp_path / "源表.xlsx").unlink()
    book = load_workbook(guide)
    sheet = book.worksheets[0]
    sheet["A4"].value = text
    table = book["对照"]
    for row in range(11, table.max_row + 1):
        if table.cell(row, 3).value == "A4":
            table.cell(row, 5).value = "不读"
    sheet["A10"].fill = PatternFill("solid", fgColor="FFDDEBF7")
    if saved_by == "others":
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.fill.patternType):
            cell.fill = PatternFill("solid", fgColor=f"FF{cell.fill.fgColor.rgb[-6:]}", bgColor="FFFFFFCC")
    book.save(guide)
    write(tmp_path / "人社局.xlsx", rows_of("困难群众补贴"))
    run("new", tmp_path / "新.xlsx", "--from", tmp_path / "人社局.xlsx")
    made = load_workbook(tmp_path / "新.xlsx")["01"]
    cells = [cell for row in made.iter_rows(max_col=4) for cell in row if cell.fill.patternType]
    assert [one.coordinate for one in cells if str(one.fill.fgColor.rgb)[-6:] in _MARK_COLOURS] == ["A10"]


def test_a_form_from_word_has_its_title_and_lines_outside_the_frame(tmp_path: Path, run: Runner) -> None:
    """As broad as the table, the title centred and larger, none of them boxed; so in the books made of it."""
    document = Document()
    document.add_paragraph("区级部门项目绩效目标申报表")
    document.add_paragraph("填报单位（盖章）：                    单位：万元")
    rows = [
        ("项目名称", "", "项目负责人", ""),
        ("资金情况", "年度资金总额", "", ""),
        ("", "其中：财政拨款", "", ""),
        ("", "其他资金", "", ""),
        ("年度总体目标", "", "", ""),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "", ""),
        ("满意度指标", "服务对象满意度指标", "", ""),
    ]
    table = document.add_table(len(rows), 4)
    for cells, typed in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, typed, strict=True):
            cell.text = text
    document.add_paragraph("填报人：          审核人：")
    document.add_paragraph("注：金额单位为万元。")
    document.save(str(tmp_path / "空白表.docx"))
    learn_form(str(tmp_path / "空白表.docx"), str(tmp_path / "样表.xlsx"))
    assert run("form", "check", tmp_path / "样表.xlsx")[0] == 0
    drawn = load_workbook(tmp_path / "样表.xlsx").worksheets[0]
    assert [str(drawn.cell(row, 1).value)[:2] for row in (11, 12)] == ["填报", "注："]
    run("new", tmp_path / "新.xlsx", "--profile", "mof-2021", "--form", tmp_path / "样表.xlsx")
    for sheet in (load_workbook(tmp_path / "样表.xlsx").worksheets[0], load_workbook(tmp_path / "新.xlsx")["01"]):
        assert {"A1:D1", "A2:D2"} <= {str(area) for area in sheet.merged_cells.ranges}
        assert (sheet["A1"].alignment.horizontal, sheet["A2"].alignment.horizontal) == ("center", "left")
        assert sheet["A1"].font.sz > sheet["A2"].font.sz
        framed = [sheet[cell].border.left.style for cell in ("A1", "A2", "A3")]
        assert framed == [None, None, "thin"]
        assert sheet.column_dimensions["A"].width < 40


@pytest.mark.parametrize("is_own", [True, False])
@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"budget": "2025年120万元，2026年80"}, "budget"),
        ({"fiscal": "2025年100"}, "fiscal"),
        ({"other": "捐赠15万元、贷款5"}, "other"),
    ],
)
def test_several_amounts_behind_one_label_are_none(
    run: Runner, tmp_path: Path, said: dict[str, str], key: str, *, is_own: bool
) -> None:
    """The label is there, and nobody knows which one counts: the total says that it lacks it."""
    if is_own:
        learned(tmp_path, rows_of())
        (tmp_path / "源表.xlsx").unlink()
    source = write(tmp_path / "人社局.xlsx", rows_of("困难群众补贴", **said))
    status, out, _ = run("check", source, "--json")
    assert status == 1
    found = json.loads(out)
    codes = [(one["code"], one["cell"]) for one in found["books"][0]["findings"]]
    assert ("B301", {"budget": "B5", "fiscal": "B6", "other": "B7"}[key]) in codes
    assert not {"S102", "S115"} & {code for code, _ in codes}
    assert found["totals"]["incomplete"]


def test_all_amounts_in_one_cell_are_read(tmp_path: Path) -> None:
    """With a blank between an amount and the next label, and by the office's own labels."""
    learned(tmp_path, rows_of())
    (tmp_path / "源表.xlsx").unlink()
    rows = rows_of("困难群众补贴")
    rows[4:7] = [("项目资金", "项目资金总额：350.25万元 财政拨款：300.15万元 单位自筹：50.1万元"), (), ()]
    (project,) = read_beside(write(tmp_path / "人社局.xlsx", rows)).projects
    assert [str(one.value) for _, one in project.amounts] == ["350.25", "300.15", "50.1"]


_WITHIN = "（其中：上级财政资金：{}万元；本级财政：{}万元）"


@pytest.mark.parametrize(
    ("typed", "is_strange"),
    [
        (_WITHIN.format("200.15", "100"), False),
        (_WITHIN.format("200.15", "0").replace("（", "(").replace("）", ")"), False),
        (_WITHIN.format("  ", "____"), False),
        ("（其中：中央财政资金：200.15万元）", True),
    ],
)
def test_what_an_amount_is_made_of_is_printed_behind_it(
    run: Runner, tmp_path: Path, typed: str, *, is_strange: bool
) -> None:
    """The 样表 has room for it: it is nothing that somebody added."""
    blank = rows_of()
    blank[5] = (None, f"财政拨款：{LINE}万元{_WITHIN.format('____', '____')}")
    guide = learned(tmp_path, blank)
    (tmp_path / "源表.xlsx").unlink()
    assert not guide_at(guide, guide.name).faults
    rows = rows_of("困难群众补贴")
    rows[5] = (None, f"财政拨款：300.15万元{typed}")
    _, out, _ = run("check", write(tmp_path / "人社局.xlsx", rows))
    assert "350.25 / 300.15 / 50.1 万元" in out
    assert ("S116" in out) is is_strange
