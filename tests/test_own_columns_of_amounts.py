"""Columns of amounts side by side on an office's own form: only one is the budget, which is told, marked or asked."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from tests.guides import correct
from xl_perf.core.cells.grid import Scalar
from xl_perf.saved.guides import guide_at
from xl_perf.service.guides import learn_form

__all__ = ["run"]
MARKS = ("{预算数}", "{财政资金}", "{其他资金}")
LEFT = (100, 80, 20)
RIGHT = (80, 60, 20)


def write(path: Path, heads: tuple[str, ...], *amounts: tuple[Scalar, ...], year: str = "2024") -> Path:
    """``amounts`` stand below the headings, a column each; without them the form is blank."""
    book = Workbook()
    sheet = book.worksheets[0]
    filled = bool(amounts)
    columns = [*amounts, *[(None,) * 3] * (len(heads) - len(amounts))]
    sums: list[list[Scalar]] = [
        [None, name, *(column[at] for column in columns)] for at, name in enumerate(("合计", "财政拨款", "其他资金"))
    ]
    rows: list[list[Scalar]] = [
        ["项目绩效目标调整表"],
        [f"（{year}年度）"] if year else [],
        ["金额单位：万元"],
        ["项目名称", "修路" if filled else None],
        ["项目资金", "来源", *heads],
        *sums,
        ["绩效目标", "修好。" if filled else None],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        [None, "产出指标", "数量指标", *(("里程", "≥5公里") if filled else (None, None))],
        [None, "满意度指标", "服务对象满意度指标", *(("村民满意度", "≥90%") if filled else (None, None))],
    ]
    for at, cells in enumerate(rows, 1):
        for column, typed in enumerate(cells, 1):
            sheet.cell(at, column).value = typed  # type: ignore[assignment]
    for area in ("A1:E1", "A2:E2", "A3:E3", "B4:E4", "A5:A8", "B9:E9", "A10:A12"):
        sheet.merge_cells(area)
    book.save(path)
    return path


def learned(folder: Path, heads: tuple[str, ...], year: str = "2024") -> tuple[Path, tuple[str, ...]]:
    """The 样表 of such a form, and what is to be checked."""
    blank = write(folder / "空白表.xlsx", heads, year=year)
    said = learn_form(str(blank), str(folder / "样表.xlsx")).to_check
    blank.unlink()
    return folder / "样表.xlsx", said


def move_marks(guide: Path, column: str) -> None:
    """As somebody does who cuts the marks out and puts them into another column; 对照 is left as it is."""
    book = load_workbook(guide)
    sheet = book.worksheets[0]
    for row, mark in zip((6, 7, 8), MARKS, strict=True):
        for old in "CDE":
            sheet[f"{old}{row}"].value = None
        sheet[f"{column}{row}"].value = mark
    book.save(guide)


@pytest.mark.parametrize(
    "heads",
    [
        ("2023年", "2024年"),
        ("上年执行数", "本年申请数"),
        ("项目总投资", "本年度安排"),
        ("2023年执行数", "2024年预算数"),
    ],
)
def test_the_column_of_the_year_is_read(tmp_path: Path, run: Runner, heads: tuple[str, str]) -> None:
    """Plain headings are not asked; the other column is named in 对照, and is no amount too many."""
    guide, asked = learned(tmp_path, heads)
    assert not asked
    found = guide_at(guide, "样表.xlsx")
    assert not found.faults
    assert {row.key: row.cell for row in found.rows}["budget"] == (5, 3)
    assert [row.key for row in found.rows if row.label == heads[0]] == [""]
    write(tmp_path / "局.xlsx", heads, LEFT, RIGHT)
    _, out, _ = run("check", tmp_path / "局.xlsx")
    assert "80 / 60 / 20 万元" in out
    assert "B310" not in out


def test_years_move_on(tmp_path: Path, run: Runner) -> None:
    """2024年 | 2025年 on a form of 2025 by the 样表 of 2024: the form's own year tells."""
    learned(tmp_path, ("2023年", "2024年"))
    write(tmp_path / "局.xlsx", ("2024年", "2025年"), LEFT, RIGHT, year="2025")
    _, out, _ = run("check", tmp_path / "局.xlsx")
    assert "80 / 60 / 20 万元" in out


def test_without_a_year_on_the_form_the_last_is_read_as_on_the_guide(tmp_path: Path, run: Runner) -> None:
    """2023年 | 2024年: asked where the blank form names no year; read is the last then, of later forms as well."""
    guide, asked = learned(tmp_path, ("2023年", "2024年"), year="")
    assert [one.partition("”")[0] for one in asked] == ["“2024年"]
    correct(guide, {"2024年": "本年金额（栏目）"})
    assert not guide_at(guide, "样表.xlsx").faults
    for name, heads in (("甲", ("2023年", "2024年")), ("乙", ("2024年", "2025年"))):
        write(tmp_path / f"{name}.xlsx", heads, LEFT, RIGHT, year="")
        _, out, _ = run("check", tmp_path / f"{name}.xlsx")
        assert "80 / 60 / 20 万元" in out


def test_a_column_of_no_year_that_the_form_says_is_not_taken(tmp_path: Path, run: Runner) -> None:
    """A form of 2026 with columns of 2024 and 2025."""
    learned(tmp_path, ("2023年", "2024年"))
    write(tmp_path / "局.xlsx", ("2024年", "2025年"), LEFT, RIGHT, year="2026")
    _, out, _ = run("check", tmp_path / "局.xlsx")
    assert "100 / 80 / 20" not in out
    assert "80 / 60 / 20" not in out
    assert "S102" in out


def test_columns_that_may_each_be_the_budget_are_asked(tmp_path: Path, run: Runner) -> None:
    """All stand in 对照; what is chosen there is read and written, though the marks stand where they stood."""
    heads = ("年初预算数", "调整数", "调整后预算数")
    guide, asked = learned(tmp_path, heads)
    assert [one.partition("”")[0] for one in asked] == ["“调整后预算数"]
    assert "还没有核对" in guide_at(guide, "样表.xlsx").faults[0].said
    correct(guide, {"年初预算数": "本年金额（栏目）", "调整后预算数": "不读"})
    found = guide_at(guide, "样表.xlsx")
    assert not found.faults
    assert {row.key: row.cell for row in found.rows}["budget"] == (5, 2)
    source = write(tmp_path / "局.xlsx", heads, LEFT, (-20, -20, 0), RIGHT)
    run("new", tmp_path / "新" / "书.xlsx", "--from", source)
    sheet = load_workbook(tmp_path / "新" / "书.xlsx")["01"]
    assert [sheet.cell(6, column).value for column in (3, 4, 5)] == [100, -20, 80]


@pytest.mark.parametrize("chosen", ["不读", "预算数"])
def test_no_column_or_its_heading_chosen(tmp_path: Path, chosen: str) -> None:
    """不读 alone leaves nothing to read; 预算数 chosen for the heading means its column."""
    guide, _ = learned(tmp_path, ("年初预算数", "调整数", "调整后预算数"))
    correct(guide, {"调整后预算数": chosen})
    found = guide_at(guide, "样表.xlsx")
    cells = {row.key: row.cell for row in found.rows}
    assert not found.faults
    assert cells["budget"] == (5, 4)  # where the marks stand
    assert [row.label for row in found.rows if row.key == "annual_column"] == ["调整后预算数"]


@pytest.mark.parametrize(
    "heads",
    [("年初预算数", "调整数", "调整后预算数"), ("单位申报数", "审减数", "财政核定数"), ("一上", "一下", "二上")],
)
def test_the_column_with_the_marks_is_read_and_written(tmp_path: Path, run: Runner, heads: tuple[str, ...]) -> None:
    """Whatever it is called: the marks were moved there by hand, and are the only 样表 of the folder."""
    guide, asked = learned(tmp_path, heads)
    move_marks(guide, "E")
    if asked:
        correct(guide, {asked[0].partition("”")[0].removeprefix("“"): "本年金额（栏目）"})
    assert not guide_at(guide, "样表.xlsx").faults
    source = write(tmp_path / "局.xlsx", heads, LEFT, (-20, -20, 0), RIGHT)
    _, out, _ = run("check", source)
    assert "80 / 60 / 20 万元" in out
    run("new", tmp_path / "新" / "书.xlsx", "--from", source)
    sheet = load_workbook(tmp_path / "新" / "书.xlsx")["01"]
    assert [sheet.cell(6, column).value for column in (3, 4, 5)] == [100, -20, 80]


def test_marks_below_another_year_are_refused(tmp_path: Path) -> None:
    """2023年 on a form of 2024: it says why."""
    guide, _ = learned(tmp_path, ("2023年", "2024年"))
    move_marks(guide, "C")
    said = guide_at(guide, "样表.xlsx").faults[0].said
    assert "本年金额是“2024年”，C6、C7、C8 的标记写在“2023年”下面：请移到 D6、D7、D8" in said
    correct(guide, {"2023年": "本年金额（栏目）", "2024年": "不读"})
    said = guide_at(guide, "样表.xlsx").faults[0].said
    assert "标在 C6" in said
    assert "“2024年”写的是表上的年度" in said


def test_marks_outside_the_column_of_the_year_are_refused_though_nobody_chose(tmp_path: Path) -> None:
    """It is plain which column is the year's, and the marks stand in another one; it says where they belong."""
    guide, asked = learned(tmp_path, ("上年执行数", "本年申请数"))
    assert not asked
    move_marks(guide, "C")
    (fault,) = guide_at(guide, "样表.xlsx").faults
    assert "C6、C7、C8 的标记写在“上年执行数”下面：请移到 D6、D7、D8；要读“上年执行数”的" in fault.said
    move_marks(guide, "D")
    assert not guide_at(guide, "样表.xlsx").faults


def test_marks_and_choice_that_differ_are_refused(tmp_path: Path) -> None:
    """The marks were moved to one column, another one was chosen."""
    guide, _ = learned(tmp_path, ("年初预算数", "调整数", "调整后预算数"))
    move_marks(guide, "C")
    correct(guide, {"调整数": "本年金额（栏目）", "调整后预算数": "不读"})
    assert "标记写在“年初预算数”下面" in guide_at(guide, "样表.xlsx").faults[0].said


def test_a_mark_behind_another_column_of_amounts_is_refused(tmp_path: Path) -> None:
    """A gap between the headings: they are no columns that can be told, and what stands left would be read."""
    guide, _ = learned(tmp_path, ("年初预算数", "", "调整后预算数"))
    move_marks(guide, "E")
    faults = [one.said for one in guide_at(guide, "样表.xlsx").faults]
    assert "会读成它" in faults[0]


def test_what_stands_in_a_column_that_is_not_read_is_no_stranger(tmp_path: Path, run: Runner) -> None:
    """增减额 and 测算依据 are printed beside the budget: neither their amounts nor their texts are reported."""
    heads = ("2024年预算数", "增减额", "测算依据")
    guide, asked = learned(tmp_path, heads)
    assert not asked
    assert not guide_at(guide, "样表.xlsx").faults
    write(tmp_path / "局.xlsx", heads, RIGHT, (-20, -20, 0), ("见测算表", "按合同", None))
    _, out, _ = run("check", tmp_path / "局.xlsx")
    assert "80 / 60 / 20 万元" in out
    assert "没有发现问题" in out


def test_a_column_that_the_form_does_not_have_is_still_reported(tmp_path: Path, run: Runner) -> None:
    """Somebody added 追加数."""
    learned(tmp_path, ("2023年", "2024年"))
    write(tmp_path / "局.xlsx", ("2023年", "2024年", "追加数"), LEFT, RIGHT, (7, 7, 0))
    _, out, _ = run("check", tmp_path / "局.xlsx")
    assert "B310" in out
    assert "追加数" in out


_HEADS = ("年初预算数", "调整数", "调整后预算数")


def _of_third(folder: Path) -> None:
    """The 样表 that reads 调整后预算数."""
    guide, _ = learned(folder, _HEADS)
    correct(guide, {"调整后预算数": "本年金额（栏目）"})
    assert not guide_at(guide, "样表.xlsx").faults


@pytest.mark.parametrize("heading", [None, "批复数", "备注1", "2023年预算数", "本年预算数"])
def test_the_heading_that_the_guide_reads_by_is_missing(tmp_path: Path, run: Runner, heading: str | None) -> None:
    """No other column is read instead: it is an error, and the total says that it lacks the form."""
    _of_third(tmp_path)
    write(tmp_path / "局.xlsx", (*_HEADS[:2], heading or ""), LEFT, (-20, -20, 0), RIGHT)
    status, out, _ = run("check", tmp_path / "局.xlsx")
    assert status == 1
    assert "表中没有标签“调整后预算数”" in out
    assert "合计不含" in out
    assert "没有标签“调整后预算数”" in out[out.index("合计不含") :]
    assert "B310" not in out
    assert "0 没有读" not in out


def test_the_row_of_headings_is_missing(tmp_path: Path, run: Runner) -> None:
    _of_third(tmp_path)
    write(tmp_path / "局.xlsx", ("", "", ""), LEFT, (-20, -20, 0), RIGHT)
    _, out, _ = run("check", tmp_path / "局.xlsx")
    assert "表中没有标签“调整后预算数”" in out
    assert "合计不含" in out


def test_one_column_needs_no_heading(tmp_path: Path, run: Runner) -> None:
    """Nothing stands beside it that could be meant."""
    learned(tmp_path, ("2024年金额",))
    write(tmp_path / "局.xlsx", ("",), LEFT)
    _, out, _ = run("check", tmp_path / "局.xlsx")
    assert "100 / 80 / 20 万元" in out


@pytest.mark.parametrize("heads", [("2023年预算数",), ("说明", "2023年金额")])
def test_a_heading_of_another_year_than_the_books(tmp_path: Path, run: Runner, heads: tuple[str, ...]) -> None:
    """It is read, for many forms are last year's; and told."""
    learned(tmp_path, tuple(one.replace("2023", "2024") for one in heads))
    write(tmp_path / "局.xlsx", heads, *[("略",) * 3] * (len(heads) - 1), LEFT)
    _, out, _ = run("check", tmp_path / "局.xlsx")
    assert "100 / 80 / 20 万元" in out
    assert f"“{heads[-1]}”写的是 2023 年" in out


def test_of_columns_that_differ_by_the_year_that_of_the_year_is_missing(tmp_path: Path, run: Runner) -> None:
    learned(tmp_path, ("2023年", "2024年"))
    write(tmp_path / "局.xlsx", ("2023年", ""), LEFT, RIGHT)
    _, out, _ = run("check", tmp_path / "局.xlsx")
    assert "表中没有标签" in out
    assert "合计不含" in out


def test_an_amount_in_a_cell_merged_over_the_columns(tmp_path: Path, run: Runner) -> None:
    """Nobody knows of which column it is: where it stands is told, and where it belongs."""
    _of_third(tmp_path)
    path = write(tmp_path / "局.xlsx", _HEADS, LEFT)
    book = load_workbook(path)
    for row in (6, 7, 8):
        book.worksheets[0].merge_cells(f"C{row}:E{row}")
    book.save(path)
    status, out, _ = run("check", path)
    assert status == 1
    assert "“100”不能确定（C6:E6 合并成一格，看不出是哪一栏的，要写在 E6），没有计入合计" in out
    assert "请取消合并，把金额写在 E7" in out
    assert "没有填" not in out
    assert "合计不含" in out


def test_an_amount_in_a_merged_cell_is_written_as_one_to_be_checked(tmp_path: Path, run: Runner) -> None:
    """Its unit is known: what is not, is its column."""
    _of_third(tmp_path)
    path = write(tmp_path / "局.xlsx", _HEADS, LEFT)
    book = load_workbook(path)
    book.worksheets[0].merge_cells("C6:E6")
    book.save(path)
    _, out, err = run("new", tmp_path / "新.xlsx", "--from", path)
    assert "已照“100（待核对）”的样子写出，不在合计里。请核对后填上数字" in out + err
    sheet = next(one for one in load_workbook(tmp_path / "新.xlsx") if one["B4"].value == "修路")
    assert sheet["E6"].value == "100（待核对）"


def test_a_budget_that_stands_in_a_column_that_is_not_read_is_told(tmp_path: Path, run: Runner) -> None:
    _of_third(tmp_path)
    status, out, _ = run("check", write(tmp_path / "局.xlsx", _HEADS, LEFT))
    assert status == 1
    assert "没有填年度资金总额；“年初预算数”一栏的 100（C6）不是要报的一栏，没有读" in out
    assert "合计不含" in out


def test_no_other_column_is_told_of_where_all_are_blank(tmp_path: Path, run: Runner) -> None:
    _of_third(tmp_path)
    _, out, _ = run("check", write(tmp_path / "局.xlsx", _HEADS, (0, None, None)))
    assert "没有填年度资金总额" in out
    assert "不是要报的一栏" not in out
