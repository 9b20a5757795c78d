"""Amounts of several years or stages on an office's own form, however they are laid out: the year's are read, or asked.

Whatever such a form prints, its 样表 either reads the amounts of the year or cannot be used before an officer decides.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.cell_range import CellRange

from tests.guides import correct
from xl_perf.core.cells.grid import Scalar, a1
from xl_perf.core.forms.guide_form import Guide
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.core.forms.learned import alone
from xl_perf.core.forms.learned_json import as_text, of_text
from xl_perf.core.forms.marks import name_of
from xl_perf.core.reading import read_department
from xl_perf.saved.guides import guide_at
from xl_perf.saved.workbook import read_book
from xl_perf.service.checking import check, read
from xl_perf.service.guides import learn_form

OF_READING = {"S102", "S103", "S115", "S116", "B303", "B310"}
SOURCES = ("资金总额", "财政拨款", "其他资金")
OTHER, OWN = (90, 80, 10), (120, 100, 20)
Rows = list[list[Scalar]]
Amounts = tuple[tuple[Scalar, ...], ...]
Layout = Callable[[tuple[str, ...], Amounts], tuple[Rows, list[str]]]
PLAIN = [
    ("上年预算", "本年预算"),
    ("2024年", "2025年"),
    ("上年执行数", "本年预算数"),
    ("去年决算", "今年预算"),
    ("前年", "本年"),
    ("三年总预算", "2025年预算"),
    ("累计安排", "本年安排"),
]
UNCLEAR = [("年初预算数", "调整后预算数"), ("申报数", "核定数"), ("批复数", "追加后")]
"""Nobody can tell, so that an officer is asked."""


def columns(heads: tuple[str, ...], amounts: Amounts) -> tuple[Rows, list[str]]:
    """A column each, the sources in rows."""
    rows: Rows = [["项目资金", "来源", *heads]]
    rows += [[None, name, *(one[at] for one in amounts)] for at, name in enumerate(SOURCES)]
    return rows, ["A1:A4"]


def rows(heads: tuple[str, ...], amounts: Amounts) -> tuple[Rows, list[str]]:
    """A row each, the sources in columns."""
    found: Rows = [["项目资金", "年度", *SOURCES]]
    found += [[None, head, *one] for head, one in zip(heads, amounts, strict=True)]
    return found, [f"A1:A{len(found)}"]


def blocks_down(heads: tuple[str, ...], amounts: Amounts) -> tuple[Rows, list[str]]:
    """One block below the other, the same labels in each, what it is about merged left of it."""
    found: Rows = []
    for head, one in zip(heads, amounts, strict=True):
        found += [[head, SOURCES[0], one[0]], [None, SOURCES[1], one[1]], [None, SOURCES[2], one[2]]]
    return found, [f"A{at}:A{at + 2}" for at in range(1, len(found), 3)]


def blocks_down_unmerged(heads: tuple[str, ...], amounts: Amounts) -> tuple[Rows, list[str]]:
    """As the merges are lost."""
    return blocks_down(heads, amounts)[0], []


def blocks_across(heads: tuple[str, ...], amounts: Amounts) -> tuple[Rows, list[str]]:
    """One block beside the other, what it is about merged above it."""
    top: list[Scalar] = ["项目资金"]
    for head in heads:
        top += [head, None, None]
    money = [amount for one in amounts for amount in one]
    merges = [f"{'BEH'[at]}1:{'DGJ'[at]}1" for at in range(len(heads))]
    return [top, [None, *SOURCES * len(heads)], [None, *money]], ["A1:A3", *merges]


def headed_blocks_down(heads: tuple[str, ...], amounts: Amounts) -> tuple[Rows, list[str]]:
    """Headings over a row of amounts, once for each."""
    found: Rows = []
    for head, one in zip(heads, amounts, strict=True):
        found += [[head, *SOURCES], [None, *one]]
    return found, [f"A{at}:A{at + 1}" for at in range(1, len(found), 2)]


def pairs_in_rows(heads: tuple[str, ...], amounts: Amounts) -> tuple[Rows, list[str]]:
    """资金总额 | __ | 财政拨款 | __ in a row each."""
    found: Rows = []
    for head, one in zip(heads, amounts, strict=True):
        pairs = [cell for pair in zip(SOURCES, one, strict=True) for cell in pair]
        found.append([head, *pairs])
    return found, []


def pairs_beside(heads: tuple[str, ...], amounts: Amounts) -> tuple[Rows, list[str]]:
    """资金总额 | __ | 资金总额 | __, what each is about merged above."""
    top: list[Scalar] = ["项目资金"]
    for head in heads:
        top += [head, None]
    found: Rows = [top]
    for at, name in enumerate(SOURCES):
        found.append([None, *(cell for one in amounts for cell in (name, one[at]))])
    return found, ["A1:A4", *[f"{'BDF'[at]}1:{'CEG'[at]}1" for at in range(len(heads))]]


LAYOUTS = (
    columns,
    rows,
    blocks_down,
    blocks_down_unmerged,
    blocks_across,
    headed_blocks_down,
    pairs_in_rows,
    pairs_beside,
)


def write(
    path: Path,
    layout: Layout,
    heads: tuple[str, ...],
    amounts: Amounts = ((None,) * 3,) * 2,
    year: str = "2025",
    more: Rows | None = None,
) -> Path:
    """The form with the amounts laid out so, ``more`` below them; blank without ``amounts``."""
    filled = amounts[0][0] is not None
    money, merges = layout(heads, amounts)
    book = Workbook()
    sheet = book.worksheets[0]
    name = "修路" if filled else None
    head: Rows = [["项目支出绩效目标申报表"], [f"（{year}年度）"], ["金额单位：万元"], ["项目名称", name]]
    tail: Rows = [
        ["年度目标", "修好。" if filled else None],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        [None, "产出指标", "数量指标", *(("里程", "≥5公里") if filled else (None, None))],
        [None, "满意度指标", "服务对象满意度指标", *(("村民满意度", "≥90%") if filled else (None, None))],
    ]
    for at, cells in enumerate([*head, *money, *(more or []), *tail], 1):
        for column, typed in enumerate(cells, 1):
            sheet.cell(at, column).value = typed  # type: ignore[assignment]
    for area in merges:
        moved = CellRange(area)
        moved.shift(row_shift=len(head))
        sheet.merge_cells(moved.coord)
    for area in ("A1:G1", "A2:G2", "A3:G3", "B4:G4"):
        sheet.merge_cells(area)
    book.save(path)
    return path


def learned(folder: Path, layout: Layout, heads: tuple[str, ...], more: Rows | None = None) -> tuple[Path, Guide, bool]:
    """The 样表 of such a form, what it says, and whether an officer is asked which amounts are the year's."""
    blank = write(folder / "空白表.xlsx", layout, heads, more=more)
    said = learn_form(str(blank), str(folder / "样表.xlsx")).to_check
    blank.unlink()
    guide = guide_at(folder / "样表.xlsx", "样表.xlsx")
    return folder / "样表.xlsx", guide, any("看不出哪一" in one for one in said)


def read_by(guide: Guide, path: Path) -> tuple[tuple[float | None, ...], list[str]]:
    """The amounts of the first project of a form, and the rules that say that it was not read as it is meant."""
    department = read_department(read_book(path, path.name), alone(guide.form))
    first = department.projects[0]
    values = (first.value(key).value for key in ("budget", "fiscal", "other"))
    amounts = tuple(None if value is None else float(value) for value in values)
    return amounts, sorted({one.code for one in check(department) if one.code in OF_READING})


DETAILS: Rows = [["明细", "支出内容", "上年预算", "本年预算"], [None, None, None, None]]


@pytest.mark.parametrize("is_first", [False, True])
@pytest.mark.parametrize("heads", PLAIN)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_amounts_of_the_year_are_read(
    tmp_path: Path, layout: Layout, heads: tuple[str, str], *, is_first: bool
) -> None:
    """Whether they stand first or last: nobody is asked, and what stands for other years is no amount too many."""
    heads, amounts = (heads[::-1], (OWN, OTHER)) if is_first else (heads, (OTHER, OWN))
    _, guide, _ = learned(tmp_path, layout, heads)
    assert not guide.faults
    filled = write(tmp_path / "局.xlsx", layout, heads, amounts)
    assert read_by(guide, filled) == (OWN, [])


@pytest.mark.parametrize("heads", UNCLEAR)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_nobody_can_tell_is_asked(tmp_path: Path, layout: Layout, heads: tuple[str, str]) -> None:
    """What is chosen is read, wherever the marks stand."""
    path, guide, is_asked = learned(tmp_path, layout, heads)
    assert guide.faults
    if is_asked:
        correct(path, {heads[0]: "本年金额（栏目）", heads[1]: "不读"})
        guide = guide_at(path, "样表.xlsx")
        assert not guide.faults
        filled = write(tmp_path / "局.xlsx", layout, heads, (OWN, OTHER))
        assert read_by(guide, filled)[0] == OWN


@pytest.mark.parametrize("layout", [columns, rows, blocks_down, blocks_across])
def test_a_second_table_with_the_same_headings_disturbs_nothing(tmp_path: Path, layout: Layout) -> None:
    """The details below repeat 上年预算 and 本年预算: the marks stand in the year's column, row or block."""
    heads = ("上年预算", "本年预算")
    _, guide, _ = learned(tmp_path, layout, heads, DETAILS)
    assert not guide.faults
    filled = write(tmp_path / "局.xlsx", layout, heads, (OTHER, OWN), more=[DETAILS[0], [None, "材料", 90, 120]])
    assert read_by(guide, filled)[0] == OWN


@pytest.mark.parametrize("layout", [columns, rows, blocks_down, blocks_across, headed_blocks_down])
def test_years_move_on(tmp_path: Path, layout: Layout) -> None:
    """By the 样表 of 2025 forms of other years are read by their own year; one of neither year is not read."""
    _, guide, _ = learned(tmp_path, layout, ("2024年", "2025年"))
    later = write(tmp_path / "乙.xlsx", layout, ("2025年", "2026年"), (OTHER, OWN), year="2026")
    assert read_by(guide, later)[0] == OWN
    same = write(tmp_path / "丙.xlsx", layout, ("2025年", "2026年"), (OWN, OTHER), year="2025")
    assert read_by(guide, same)[0] == OWN
    neither = write(tmp_path / "丁.xlsx", layout, ("2025年", "2026年"), (OWN, OTHER), year="2023")
    amounts, codes = read_by(guide, neither)
    assert amounts[0] is None
    assert "S102" in codes


THREE = ("2025年", "2026年", "2027年")
NEXT: Amounts = (OWN, OTHER, (70, 60, 10))


def learned_first(folder: Path, layout: Layout, heads: tuple[str, ...]) -> Guide:
    """The 样表 by which the first of several years is read, of a form whose title names none."""
    blank = write(folder / "空白表.xlsx", layout, heads, ((None,) * 3,) * len(heads), year="")
    learn_form(str(blank), str(folder / "样表.xlsx"))
    blank.unlink()
    path = folder / "样表.xlsx"
    labels = {row.label for row in guide_at(path, "样表.xlsx").rows}
    said = dict.fromkeys(heads[1:], "不读") if {*heads} <= labels else {}
    correct(path, {heads[0]: "本年金额（栏目）", **said} if said else {})
    guide = guide_at(path, "样表.xlsx")
    assert not guide.faults
    return guide


@pytest.mark.parametrize("named", [None, "本年", "本年度", "当年预算"])
@pytest.mark.parametrize("heads", [THREE, THREE[:2]])
@pytest.mark.parametrize("layout", [columns, rows, blocks_down, blocks_across])
def test_the_heading_of_the_year_is_lost_beside_other_years(
    tmp_path: Path, layout: Layout, heads: tuple[str, ...], named: str | None
) -> None:
    """No other year is read in its place, though its heading differs by the year alone."""
    guide = learned_first(tmp_path, layout, heads)
    filled = write(tmp_path / "甲.xlsx", layout, heads, NEXT[: len(heads)], year="")
    assert read_by(guide, filled)[0] == OWN
    lost = write(tmp_path / "乙.xlsx", layout, (named, *heads[1:]), NEXT[: len(heads)], year="")  # type: ignore[arg-type]
    amounts, codes = read_by(guide, lost)
    assert amounts == (None, None, None)
    assert "S102" in codes


@pytest.mark.parametrize("at", [0, 1, 3])
@pytest.mark.parametrize("layout", [columns, rows, blocks_down])
def test_one_more_year_than_the_guide_has(tmp_path: Path, layout: Layout, at: int) -> None:
    """The year of the 样表 is read wherever the other stands; what stands for that is named."""
    guide = learned_first(tmp_path, layout, THREE)
    heads, amounts = (*THREE[:at], "2024年", *THREE[at:]), (*NEXT[:at], (50, 45, 5), *NEXT[at:])
    filled = write(tmp_path / "局.xlsx", layout, heads, amounts, year="")
    found, codes = read_by(guide, filled)
    assert list(found) == list(OWN)
    if layout in {columns, rows}:
        assert codes == ["B310"]
        told = check(read(str(filled)))
        assert sum(one.code == "B310" and "“2024年”" in one.message for one in told) == len(SOURCES)


@pytest.mark.parametrize("layout", [columns, rows, blocks_down, blocks_across])
def test_all_years_move_on_without_a_year_in_the_title(tmp_path: Path, layout: Layout) -> None:
    guide = learned_first(tmp_path, layout, THREE)
    filled = write(tmp_path / "局.xlsx", layout, ("2026年", "2027年", "2028年"), NEXT, year="")
    assert read_by(guide, filled) == (OWN, [])
    fewer = write(tmp_path / "乙.xlsx", layout, THREE[:2], NEXT[:2], year="")
    assert read_by(guide, fewer)[0] == OWN


@pytest.mark.parametrize(
    ("layout", "step"), [(columns, (0, -1)), (rows, (-1, 0)), (blocks_down, (-3, 0)), (blocks_across, (0, -3))]
)
def test_marks_of_another_year_are_refused(tmp_path: Path, layout: Layout, step: tuple[int, int]) -> None:
    """It says which cells they belong into, though nobody chose anything in 对照."""
    path, guide, _ = learned(tmp_path, layout, ("上年执行数", "本年预算数"))
    right = {row.key: row.cell for row in guide.rows if row.cell is not None}
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for key in ("budget", "fiscal", "other"):
        row, column = right[key]
        sheet.cell(row + step[0] + 1, column + step[1] + 1).value = f"{{{name_of(key)}}}"
        sheet.cell(row + 1, column + 1).value = None
    book.save(path)
    (fault,) = guide_at(path, "样表.xlsx").faults
    assert "的标记写在“上年执行数”" in fault.said
    assert f"请移到 {'、'.join(a1(*right[key]) for key in ('budget', 'fiscal', 'other'))}" in fault.said


def test_a_table_of_details_that_is_not_read_raises_nothing(tmp_path: Path) -> None:
    """It repeats labels of the amounts; none of its rows is read, and each form of the office has them."""

    def details(_: tuple[str, ...], amounts: Amounts) -> tuple[Rows, list[str]]:
        whole, half = amounts
        pairs = [cell for pair in zip(SOURCES, whole, strict=True) for cell in pair]
        header: list[Scalar] = [None, "经济科目", "金额", "其中：财政拨款", "其他资金"]
        names = ("办公费", "维修费")
        return [["项目资金", *pairs], header, *([None, name, *half] for name in names)], ["A1:A4"]

    path, guide, _ = learned(tmp_path, details, ())
    correct(path, {"办公费": "不读", "维修费": "不读"})
    guide = guide_at(path, "样表.xlsx")
    assert not guide.faults
    assert guide.form.details
    filled = write(tmp_path / "局.xlsx", details, (), (OWN, (60, 50, 10)))
    assert read_by(guide, filled) == (OWN, [])
    assert of_text(as_text(guide.form._replace(sheet=None))) == guide.form._replace(sheet=None)


def test_marks_moved_by_hand_count_wherever_they_went(tmp_path: Path) -> None:
    """From the row of one year to that of another, which is chosen; 对照 names the old cells."""
    path, _, _ = learned(tmp_path, rows, ("申报数", "核定数"))
    correct(path, {"申报数": "本年金额（栏目）", "核定数": "不读"})
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for column in "CDE":
        sheet[f"{column}6"].value, sheet[f"{column}7"].value = sheet[f"{column}7"].value, None
    book.save(path)
    guide = guide_at(path, "样表.xlsx")
    assert not guide.faults
    filled = write(tmp_path / "局.xlsx", rows, ("申报数", "核定数"), (OWN, OTHER))
    assert read_by(guide, filled)[0] == OWN


def labelled(names: tuple[str, ...]) -> Layout:
    """A row for each label, as a form with one year prints them."""
    return lambda _, __: ([["项目资金" if not at else None, name, None] for at, name in enumerate(names)], [])


def test_money_of_several_levels_of_government_is_asked(tmp_path: Path) -> None:
    """It is money of the treasury, unless the form is one for transfers: nobody can tell by 省级资金 alone."""
    path, guide, _ = learned(tmp_path, labelled(("资金总额", "其中：省级资金", "市级资金", "县级资金", "其他资金")), ())
    assert sum("各级政府的财政资金" in one.said for one in guide.faults) == len(("省", "市", "县"))
    correct(path, {"其中:省级资金": "财政资金", "市级资金": "又一项财政资金", "县级资金": "又一项财政资金"})
    assert not guide_at(path, "样表.xlsx").faults


def test_what_would_be_counted_twice_cannot_be_used_before_somebody_decides(tmp_path: Path) -> None:
    """其中：银行贷款 below 其他资金, marked as a source by an older 样表: what the officer then chooses holds."""
    path, _, _ = learned(tmp_path, labelled(("资金总额", "财政拨款", "其他资金", "其中：银行贷款")), ())
    book = load_workbook(path)
    book.worksheets[0]["C8"].value = "{银行贷款}"
    for row in book[GUIDE_SHEET].iter_rows():
        if row[0].value == "其中:银行贷款":
            row[3].value = "银行贷款"
    book.save(path)
    said = [one.said for one in guide_at(path, "样表.xlsx").faults]
    assert ["会重复计" in one for one in said] == [True]
    assert "请把“其中:银行贷款”标成 {其中项}；是另外一项的，在“核对”里选“银行贷款”" in said[0]
    correct(path, {"其中:银行贷款": "银行贷款"})
    assert not guide_at(path, "样表.xlsx").faults


def test_a_mark_that_took_the_place_of_another_counts_once(tmp_path: Path) -> None:
    """The goal's mark was moved into a cell that was marked as a second goal."""
    path, _, _ = learned(tmp_path, columns, ("上年预算", "本年预算"))
    book = load_workbook(path)
    table = book[GUIDE_SHEET]
    last = table.max_row + 1
    for column, typed in enumerate((None, None, "C9", "目标2"), 1):
        table.cell(last, column).value = typed
    book.worksheets[0]["B9"].value, book.worksheets[0]["C9"].value = None, "{目标1}"
    book.save(path)
    guide = guide_at(path, "样表.xlsx")
    assert [row.cell for row in guide.rows if row.key == "goal:1"] == [(8, 2)]
    assert not any("只能有一处" in one.said for one in guide.faults)
