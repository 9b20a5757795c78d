"""Cells that an office's own form prints blank and does not read: what is typed there goes with the form."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.command_line import Runner, run
from tests.guides import correct
from xl_perf.core.making.draft import project_content
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

__all__ = ["run"]
_LABELS = ("合计", "财政拨款", "其他资金")
_OTHERS = {"C6": 900, "C7": 600, "C8": 300, "D6": 150, "E6": 310, "E7": "约40", "B9": "见测算表"}
"""What nobody reads: 项目总投资, 以前年度已安排, 以后年度, and a text beside 备注."""
_NUMBERS = ("C6", "C7", "C8", "D6", "E6", "E7")


def write(path: Path, *, filled: bool = True, others: dict[str, object] | None = None) -> Path:
    """A form with the year's amounts in F, below a heading of two rows, and others beside them."""
    book = Workbook()
    sheet = book.worksheets[0]
    rows: list[list[object]] = [
        ["某区2024年项目绩效目标申报表"],
        ["项目名称", "修路" if filled else None, None, None, None, "金额单位：元"],
        ["资金安排"],
        ["资金来源", None, "项目总投资", "以前年度已安排", "分年度", None],
        [None, None, None, None, "以后年度", "本年度"],
        *(of_source(label, amount) for label, amount in zip(_LABELS, amounts(filled), strict=True)),
        ["备注"],
        ["年度目标", "修好。" if filled else None],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", *(("里程", "≥5公里") if filled else ())],
        ["满意度指标", "服务对象满意度指标", *(("村民满意度", "≥90%") if filled else ())],
        ["单位负责人（签字）："],
    ]
    for cells in rows:
        sheet.append(cells)
    for area in ("A1:F1", "B2:E2", "A3:F3", "A4:B5", "C4:C5", "D4:D5", "E4:F4", "B9:F9", "B10:F10"):
        sheet.merge_cells(area)
    for row in (6, 7, 8):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
    for cell, typed in (others or {}).items():
        sheet[cell].value = typed
    book.save(path)
    return path


def of_source(label: str, amount: int | None) -> list[object]:
    return [label, None, None, None, None, amount]


def amounts(filled: bool) -> tuple[int | None, ...]:
    return (1_000_000, 800_000, 200_000) if filled else (None, None, None)


def guide(folder: Path) -> Path:
    blank = write(folder / "空白表.xlsx", filled=False)
    found = Path(learn_form(str(blank), str(folder / "样表.xlsx")).written.path)
    blank.unlink()
    correct(found, {"备注": "不读"})
    return found


def shown(path: Path, sheet: str = "01") -> Worksheet:
    found = load_workbook(path)[sheet]
    assert isinstance(found, Worksheet)
    return found


def test_what_is_typed_there_stands_there_again(tmp_path: Path, run: Runner) -> None:
    """As it was typed: nothing is made of it, and nothing of it is named as left behind."""
    guide(tmp_path)
    source = write(tmp_path / "局.xlsx", others=_OTHERS)
    code, out, err = run("new", tmp_path / "来源.xlsx", "--from", source)
    assert code == 0, out + err
    assert "没有收进来" not in out + err
    sheet = shown(tmp_path / "来源.xlsx")
    assert {cell: sheet[cell].value for cell in _OTHERS} == _OTHERS
    assert [sheet[f"F{row}"].value for row in (6, 7, 8)] == [1_000_000, 800_000, 200_000]
    first, second = (read(path).projects[0] for path in (source, tmp_path / "来源.xlsx"))
    assert [one.label for one in second.carried][:3] == ["合计／项目总投资", "合计／以前年度已安排", "合计／以后年度"]
    assert project_content(first) == project_content(second)


def test_it_belongs_to_no_total_and_no_rule(tmp_path: Path, run: Runner) -> None:
    guide(tmp_path)
    write(tmp_path / "局.xlsx", others=_OTHERS)
    _, out, _ = run("check", tmp_path / "局.xlsx")
    assert "100 / 80 / 20 万元" in out
    assert not any(code in out for code in ("B310", "S102", "S116"))
    _, out, _ = run("check", tmp_path / "局.xlsx", "--json")
    (project,) = json.loads(out)["books"][0]["projects"]
    assert (project["budget"], project["sources"]) == ("100", {"财政拨款": "80", "其他资金": "20"})
    assert "900" not in json.dumps(project)


def test_the_official_form_prints_it(tmp_path: Path, run: Runner) -> None:
    guide(tmp_path)
    write(tmp_path / "局.xlsx", others=_OTHERS)
    _, out, err = run("publish", tmp_path / "局.xlsx", "-o", tmp_path / "文本.docx")
    assert "没有印进" not in out + err
    with ZipFile(tmp_path / "文本.docx") as document:
        text = document.read("word/document.xml").decode()
    assert all(f">{typed}<" in text for typed in _OTHERS.values())


@pytest.mark.parametrize("how", ["clear", "last-year"])
def test_numbers_go_where_amounts_do(tmp_path: Path, run: Runner, how: str) -> None:
    """Texts stay, and it is said how many numbers went."""
    guide(tmp_path)
    write(tmp_path / "局.xlsx", others=_OTHERS)
    _, out, err = run("new", tmp_path / "来源.xlsx", "--from", tmp_path / "局.xlsx", "--amounts", how)
    assert "样表上不读的格子里的数也清空了：“修路”6 个" in out + err
    sheet = shown(tmp_path / "来源.xlsx")
    assert {cell: sheet[cell].value for cell in _NUMBERS} == dict.fromkeys(_NUMBERS)
    assert sheet["B9"].value == "见测算表"


@pytest.mark.parametrize(("rows", "columns"), [(2, 0), (0, 1), (3, 2)])
def test_a_form_that_was_moved_is_known_again(tmp_path: Path, run: Runner, rows: int, columns: int) -> None:
    """By what is printed around the cells: rows stand above it, columns left of it."""
    guide(tmp_path)
    write(tmp_path / "原.xlsx", others=_OTHERS)
    before = shown(tmp_path / "原.xlsx", "Sheet")
    book = Workbook()
    sheet = book.worksheets[0]
    for row, cells in enumerate(before.iter_rows(values_only=True), 1 + rows):
        for column, typed in enumerate(cells, 1 + columns):
            sheet.cell(row, column).value = typed
    (tmp_path / "原.xlsx").unlink()
    book.save(tmp_path / "局.xlsx")
    run("new", tmp_path / "来源.xlsx", "--from", tmp_path / "局.xlsx")
    after = shown(tmp_path / "来源.xlsx")
    assert {cell: after[cell].value for cell in _OTHERS} == _OTHERS


def test_a_row_and_a_column_between_do_not_matter(tmp_path: Path, run: Runner) -> None:
    """Nor what somebody wrote there, which is named."""
    guide(tmp_path)
    write(tmp_path / "局.xlsx", others=_OTHERS)
    book = load_workbook(tmp_path / "局.xlsx")
    sheet = book.worksheets[0]
    for area in [str(one) for one in sheet.merged_cells.ranges]:
        sheet.unmerge_cells(area)
    sheet.insert_rows(4)
    sheet.insert_cols(4)
    sheet["D5"], sheet["D7"] = "调整情况", "说明甲"
    book.save(tmp_path / "局.xlsx")
    _, out, err = run("new", tmp_path / "来源.xlsx", "--from", tmp_path / "局.xlsx")
    assert "D7没有收进来：说明甲" in out + err
    after = shown(tmp_path / "来源.xlsx")
    assert {cell: after[cell].value for cell in _OTHERS} == _OTHERS


def test_what_stands_below_another_heading_is_named(tmp_path: Path, run: Runner) -> None:
    """The heading was changed by hand: nobody knows whether it means the same."""
    guide(tmp_path)
    write(tmp_path / "局.xlsx", others={**_OTHERS, "C4": "项目申请资金"})
    _, out, err = run("new", tmp_path / "来源.xlsx", "--from", tmp_path / "局.xlsx")
    assert "C6没有收进来：900" in out + err
    assert shown(tmp_path / "来源.xlsx")["C6"].value is None
    assert shown(tmp_path / "来源.xlsx")["D6"].value == 150


def test_a_column_that_was_added_to_the_table_is_named(tmp_path: Path, run: Runner) -> None:
    """All of it: its heading alone would stand above nothing."""
    guide(tmp_path)
    write(tmp_path / "局.xlsx", others={"E11": "责任科室", "E12": "工程科"})
    _, out, err = run("new", tmp_path / "来源.xlsx", "--from", tmp_path / "局.xlsx")
    assert "E11没有收进来：责任科室" in out + err
    assert "E12没有收进来：工程科" in out + err


def test_numbers_in_another_unit_than_the_guide_prints_are_named(tmp_path: Path, run: Runner) -> None:
    """The amounts are converted, and these would stand beside them as they were."""
    guide(tmp_path)
    in_wan = {"F2": "金额单位：万元", "F6": 100, "F7": 80, "F8": 20, "C6": 900, "B9": "见测算表"}
    write(tmp_path / "局.xlsx", others=in_wan)
    _, out, err = run("new", tmp_path / "来源.xlsx", "--from", tmp_path / "局.xlsx")
    assert "C6没有收进来：900" in out + err
    sheet = shown(tmp_path / "来源.xlsx")
    assert [sheet[cell].value for cell in ("F6", "C6", "B9")] == [1_000_000, None, "见测算表"]


def test_a_guide_in_another_unit_gets_no_numbers(tmp_path: Path, run: Runner) -> None:
    """They would say something else there, so they are named."""
    guide(tmp_path)
    write(tmp_path / "局.xlsx", others=_OTHERS)
    (tmp_path / "新").mkdir()
    blank = write(tmp_path / "新" / "空白表.xlsx", filled=False, others={"F2": "金额单位：万元"})
    learn_form(str(blank), str(tmp_path / "新" / "样表.xlsx"))
    _, out, err = run(
        "new", tmp_path / "新" / "来源.xlsx", "--from", tmp_path / "局.xlsx", "--form", tmp_path / "新" / "样表.xlsx"
    )
    assert "在表样上没有填写处，没有收进来：合计／项目总投资 900" in out + err
    assert shown(tmp_path / "新" / "来源.xlsx")["C6"].value is None
    assert shown(tmp_path / "新" / "来源.xlsx")["F6"].value == 100


def test_amounts_in_columns_of_a_list_go_as_well(tmp_path: Path, run: Runner) -> None:
    """A column of amounts of a list that is not read; a remark beside it stays."""
    heads = ("预算数", "财政拨款", "政府性基金", "备注")

    def listed(path: Path, amounts: tuple[object, ...]) -> Path:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(["项目绩效目标清单"])
        sheet.append(["2025年", *[None] * 9, "单位：万元"])
        sheet.append(["单位名称", "项目名称", *heads, "年度目标", "一级指标", "二级指标", "三级指标", "指标值"])
        if amounts:
            sheet.append(["一局", "食堂", *amounts, "建好。", "产出指标", "数量指标", "设备", "≥3台"])
        book.save(path)
        return path

    learn_form(str(listed(tmp_path / "空白表.xlsx", ())), str(tmp_path / "样表.xlsx"))
    (tmp_path / "空白表.xlsx").unlink()
    correct(tmp_path / "样表.xlsx", {"政府性基金": "不读"})
    source = listed(tmp_path / "局.xlsx", (10, 10, 4, 2024))
    for how, kept in (("keep", "4"), ("clear", "")):
        _, out, err = run("new", tmp_path / f"{how}.xlsx", "--from", source, "--amounts", how)
        (project,) = read(tmp_path / f"{how}.xlsx").projects
        said = {heading: entries[0].text for heading, entries in project.own_columns}
        assert said == {"政府性基金": kept, "备注": "2024"}
        assert ("样表上不读的格子里的数也清空了：“食堂”1 个" in out + err) is (how == "clear")
