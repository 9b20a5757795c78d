"""A 样表 with 小计 | 上年结转 | 本年预算 over its sources: which is the year's is asked, and the answer holds."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from tests.guides import correct
from xl_perf.core.cells.grid import Scalar

__all__ = ["run"]

SOURCES = ("资金总额", "财政拨款", "其他资金")
AMOUNTS = ((240, 40, 200), (200, 30, 170), (40, 10, 30))
COLUMNS = "CDE"
NEW = ("小计", "上年结转", "本年预算")
WORDINGS = [
    NEW,
    ("合计", "上年结转资金", "当年预算安排"),
    ("总计", "结转资金", "预算安排"),
    ("小计", "结余", "本年预算"),
]


def write(path: Path, heads: tuple[str, ...], *, is_filled: bool = False) -> Path:
    """The form, blank or filled in."""
    book = Workbook()
    sheet = book.worksheets[0]
    amounts = AMOUNTS if is_filled else ((None,) * 3,) * 3
    sums: list[list[Scalar]] = [[name, None, *own] for name, own in zip(SOURCES, amounts, strict=True)]
    rows: list[list[Scalar]] = [
        ["部门预算项目绩效目标表"],
        ["2025年", None, None, None, "单位：万元"],
        ["项目名称", "水库加固" if is_filled else None],
        ["主管部门", None, None, "实施单位"],
        ["项目资金", None, *heads],
        *sums,
        ["绩效目标", "完成加固。" if is_filled else None],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        [None, "产出指标", "数量指标", *(("加固水库", "=3座") if is_filled else ())],
        [None, "满意度指标", "服务对象满意度指标", *(("满意度", "≥90%") if is_filled else ())],
    ]
    for at, cells in enumerate(rows, 1):
        for column, typed in enumerate(cells, 1):
            sheet.cell(at, column).value = typed  # type: ignore[assignment]
    for area in ["A1:E1", "A10:A12", "B3:E3", "B4:C4", "B9:E9", *(f"A{row}:B{row}" for row in (5, 6, 7, 8))]:
        sheet.merge_cells(area)
    book.save(path)
    return path


def test_what_is_carried_over_beside_the_years_is_asked_without_a_sum(run: Runner, tmp_path: Path) -> None:
    """The budget may be the one or both together."""
    blank = write(tmp_path / "空白.xlsx", ("上年结转", "本年预算"))
    _, out, _ = run("form", "learn", blank, "-o", tmp_path / "样表.xlsx")
    assert "“本年预算”（几栏金额，看不出哪一栏是本年的" in out
    assert run("form", "check", tmp_path / "样表.xlsx")[0] == 1


def move_marks(guide: Path, column: str) -> None:
    """An officer writes the marks of the amounts into another column."""
    book = load_workbook(guide)
    sheet = book.worksheets[0]
    for row in (6, 7, 8):
        own = next(sheet[f"{one}{row}"] for one in COLUMNS if str(sheet[f"{one}{row}"].value).startswith("{"))
        own.value, sheet[f"{column}{row}"].value = None, own.value
    book.save(guide)


@pytest.mark.parametrize("heads", WORDINGS)
def test_which_column_is_the_years_is_asked(run: Runner, tmp_path: Path, heads: tuple[str, ...]) -> None:
    _, out, _ = run("form", "learn", write(tmp_path / "空白.xlsx", heads), "-o", tmp_path / "样表.xlsx")
    assert f"“{heads[2]}”（几栏金额，看不出哪一栏是本年的" in out
    status, out, _ = run("form", "check", tmp_path / "样表.xlsx")
    assert status == 1
    assert f"的“{heads[2]}”还没有核对" in out


@pytest.mark.parametrize("is_moved", [False, True])
@pytest.mark.parametrize("at", [0, 2])
@pytest.mark.parametrize("heads", WORDINGS)
def test_the_column_that_was_chosen_is_written_and_read(
    run: Runner, tmp_path: Path, heads: tuple[str, ...], at: int, *, is_moved: bool
) -> None:
    guide = tmp_path / "样表.xlsx"
    run("form", "learn", write(tmp_path / "空白.xlsx", heads), "-o", guide)
    (tmp_path / "空白.xlsx").unlink()
    correct(guide, {heads[at]: "本年金额（栏目）", **({heads[2]: "不读"} if at != 2 else {})})
    if is_moved:
        move_marks(guide, COLUMNS[at])
    status, out, err = run("form", "check", guide)
    assert status == 0, out + err

    filled = write(tmp_path / "一局.xlsx", heads, is_filled=True)
    totals = " / ".join(str(own[at]) for own in AMOUNTS)
    _, out, _ = run("check", filled)
    assert "S102" not in out
    assert "B310" not in out
    assert f"合计：{totals} 万元" in run("check", filled, "--summary")[1]
    filled.rename(tmp_path / "from.xlsx")

    made = tmp_path / "新建.xlsx"
    status, _, err = run("new", made, "--form", guide, "--from", tmp_path / "from.xlsx", "--year", "2025")
    assert status == 0, err
    (tmp_path / "from.xlsx").unlink()
    sheet = load_workbook(made)["01"]
    cells = [sheet[f"{COLUMNS[at]}{row}"].value for row in (6, 7, 8)]
    assert cells == [str(own[at]) if isinstance(cells[0], str) else own[at] for own in AMOUNTS]
    book = load_workbook(made)
    for row, amount in zip((6, 7, 8), (260, 210, 50), strict=True):
        book["01"][f"{COLUMNS[at]}{row}"].value = amount
    book.save(made)
    assert "合计：260 / 210 / 50 万元" in run("check", made, "--summary")[1]
    _, out, err = run("consolidate", tmp_path, "-o", tmp_path / "汇总.xlsx")
    assert "合计：260 / 210 / 50 万元" in out + err
    assert "合计不含" not in out + err


def test_marks_that_are_moved_alone_are_asked_in_the_table(run: Runner, tmp_path: Path) -> None:
    guide = tmp_path / "样表.xlsx"
    run("form", "learn", write(tmp_path / "空白.xlsx", NEW), "-o", guide)
    move_marks(guide, "C")
    status, out, _ = run("form", "check", guide)
    assert status == 1
    assert "要读“小计”的，在“核对”里把它选为“本年金额（栏目）”" in out
