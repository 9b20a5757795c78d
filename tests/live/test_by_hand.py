"""What people do to sheets by hand: the list of 首页 follows at the next press, and no total is wrong in silence."""

from typing import Any

from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.live import cover
from xl_perf.live.protection import unlocked
from xl_perf.sheets.form_content import GONE

TOTAL = "E22"
"""Of the example's list on 首页."""


def copied(desk: Desk, name: str, source: str = "02") -> None:
    """As the menu of a tab does it, before 空白表."""
    sheets = desk.book.sheets
    sheets[source].copy(before=sheets["空白表"], name=name)


def write(desk: Desk, sheet: str, cells: dict[str, Any]) -> None:
    """Somebody takes the protection off and writes over what is ours."""
    with unlocked(desk.book.sheets[sheet]):
        for address, content in cells.items():
            desk[sheet, address].value = content


def errors(desk: Desk, *sheets: str) -> list[str]:
    return [
        f"{name}!{row + 1}:{column + 1}"
        for name in sheets
        for row, cells in enumerate(desk.book.sheets[name].used_range.options(ndim=2, err_to_str=True).value)
        for column, value in enumerate(cells)
        if isinstance(value, str) and value.startswith("#")
    ]


def test_a_long_name_of_a_sheet_shows_whole(example: Desk) -> None:
    before = example.height("首页", "A11")
    example.book.sheets["02"].name = "教师培训（新）"
    example.press("clear_marks")
    assert example["首页", "B11"].value == "教师培训（新）"
    assert example.height("首页", "A11") > before


@office
def test_deleted(example: Desk) -> None:
    before, known = example.column("首页", "C12:C17"), errors(example, "部门汇总")  # the stand-in knows no LARGE
    example.book.sheets["02"].delete()
    assert set(errors(example, "首页", "部门汇总")) <= set(known)
    assert example["首页", TOTAL].value == example["部门汇总", "D25"].value == 1064.01
    assert example["首页", "C11:F11"].value == [None, None, None, GONE]
    said = example.press("validate")
    assert said.endswith("\n首页的项目清单已按现有的工作表更新：去掉 02。")
    assert example.column("首页", "B10:B18") == ["01", *(f"{number:02d}" for number in range(3, 9)), None, None]
    assert example.column("首页", "A10:A21") == [float(number) for number in range(1, 13)]
    assert example.column("首页", "C11:C16") == before
    assert example["首页", TOTAL].value == 1064.01
    assert example["首页", TOTAL].formula == "=SUM(E10:E21)"
    copied(example, "09", "03")
    assert example["首页", "B17"].value == "09"  # the free row in front goes on waiting for it


@office
def test_copied_under_another_name(example: Desk) -> None:
    """Neither total may lack its money any longer than to the next press."""
    copied(example, "道路项目")
    copied(example, "09", "03")
    said = example.press("clear_marks")
    assert said.endswith("\n首页的项目清单已按现有的工作表更新：列入 道路项目、09。")
    assert example.column("首页", "B17:B20") == ["08", "道路项目", "09", None]
    assert example["首页", "E18:F18"].value == [71.75, "已填写"]
    assert example["首页", "E24"].value == 1135.76 + 71.75 + 50
    assert example.column("首页", "A10:A23") == [float(number) for number in range(1, 15)]
    assert "首页" not in example.press("clear_marks")
    assert example["首页", "F18"].value == "已填写"
    assert example.book.sheets["首页"].api.ProtectContents


@office
def test_renamed(example: Desk) -> None:
    """To the number for which a free row waits, too, which then shows the same form."""
    example.book.sheets["04"].name = "09"
    assert example["首页", TOTAL].value == 1135.76 + 78.32
    example.press("clear_marks")
    assert example["首页", TOTAL].value == 1135.76
    assert example["首页", "B13"].formula == '=HYPERLINK("#\'09\'!B2","09")'
    assert '"09"' in example["首页", "F13"].formula
    assert example.column("首页", "B17:B19") == ["08", None, None]
    copied(example, "10")
    assert example["首页", "B18:E18"].value == ["10", "————", example["02", "E2"].value, 71.75]


def test_our_formulas_are_mended(example: Desk) -> None:
    sound = example["首页", "A10:F22"].formula
    own = {"A12": 7, "C10": "1", "D11": "别的", "E12": 1, "F13": "好", TOTAL: 5}
    write(example, "首页", own)
    assert example["首页", TOTAL].value == 5
    example.press("clear_marks")
    found = example["首页", "A10:F22"].formula
    links = [row[1] for row in found]
    assert [(*row[:1], *row[2:]) for row in found] == [(*row[:1], *row[2:]) for row in sound]
    assert links[:4] == [f'=HYPERLINK("#\'{number:02d}\'!B2","{number:02d}")' for number in range(1, 5)]
    assert example["首页", TOTAL].value == 1135.76


def test_a_book_of_version_0_1(example: Desk) -> None:
    """Its formulas do not ask whether the sheet is there: they are understood, and written anew."""
    with unlocked(example.book.sheets["首页"]):
        for row in range(10, 18):
            own = f"'{row - 9:02d}'"
            cells = [f'=IF({own}!{cell}="","",{own}!{cell})' for cell in ("B2", "E2", "C3")]
            example["首页", f"C{row}:E{row}"].formula = [cells]
    example.book.sheets["02"].delete()
    example.book.sheets["03"].name = "征地"
    assert errors(example, "首页") != []
    example.press("clear_marks")
    assert errors(example, "首页") == []
    assert example.column("首页", "B10:B13") == ["01", "征地", "04", "05"]
    assert all("ISREF" in example["首页", f"E{row}"].formula for row in range(10, 17))
    assert example["首页", TOTAL].value == 1064.01


def test_what_people_typed_into_free_rows_stays(example: Desk) -> None:
    write(example, "首页", {"B18": "另报", "E18": 3})
    copied(example, "道路项目")
    example.press("clear_marks")
    assert example["首页", "B18:E18"].value[0::3] == ["另报", 3.0]
    assert example["首页", "B19"].value == "道路项目"
    found = cover.read_list(example.host)
    assert found is not None
    assert example["首页", f"E{found.total + 1}"].value == 1135.76 + 71.75 + 3


@office
def test_a_locked_list_stops_no_button(example: Desk) -> None:
    example.book.sheets["02"].delete()
    api = example.book.sheets["首页"].api
    api.Unprotect("")
    api.Protect("mine")
    assert "首页" not in example.press("clear_marks")
    assert example["首页", "B11"].value == "02"


# --- 部门汇总 --------------------------------------------------------------------------------------------------------

TITLE, OLD = "2023年部门预算项目绩效汇总表", "（已过时，请重新汇总）"


def title(desk: Desk) -> str:
    return str(desk["部门汇总", "A1"].value)


def test_outdated(example: Desk) -> None:
    """As soon as a form comes or goes, however it does; what is filled in shows at once and is no matter."""
    assert title(example) == TITLE
    copied(example, "09")
    assert title(example) == TITLE + OLD
    assert str(example["首页", "C1"].value).startswith("部门汇总与本页的项目不一致")
    assert example.press("consolidate") == (
        "已汇总 9 个项目，预算数合计 1207.51 万元。\n"
        "1 个项目可能重复，重复的共 71.75 万元（X602）。\n"
        "可能重复的：“村干部考核奖和离任村干部补贴” 71.75 万元（02!E2、09!E2）。\n"
        "首页的项目清单已按现有的工作表更新：列入 09。"
    )
    assert title(example) == TITLE
    assert str(example["首页", "C1"].value).startswith("项目已填好")
    example["09", "C3"].value = 80
    assert title(example) == TITLE
    example.book.sheets["09"].delete()
    assert title(example) == TITLE + OLD
    assert str(example["首页", "C1"].value).startswith("有 1 张列出的项目表已不在工作簿里")
    copied(example, "10")  # as many as before
    example.press("clear_marks")
    assert title(example) == TITLE + OLD
    example.press("consolidate")
    assert title(example) == TITLE
    assert example["部门汇总", "D26"].value == 1207.51
    assert "1207.51" in str(example["首页", "E22:E24"].value)


def test_outdated_by_buttons(example: Desk) -> None:
    """A deleted form stays in the book, and its row in the summary."""
    example.press("delete_project", "02", ("yes",))
    assert title(example) == TITLE + OLD
    copied(example, "09", "03")
    example.press("clear_marks")
    assert title(example) == TITLE + OLD
    example.book.sheets["09"].delete()
    example.press("clear_marks")
    example.press("undo")
    assert title(example) == TITLE
    assert example["部门汇总", "S18"].value == "已填写"


def test_a_blank_form_outdates_nothing(blank: Desk) -> None:
    """It is in no summary."""
    assert OLD not in title(blank)
    blank["01", "E2"].value = "道路"
    assert OLD not in title(blank)
    blank.press("consolidate")
    blank.press("add_project")
    assert OLD not in title(blank)
    blank["02", "E2"].value = "桥梁"
    assert OLD in title(blank)
    blank.press("consolidate")
    assert OLD not in title(blank)


@office
def test_what_was_written_over_is_restored(example: Desk) -> None:
    example.press("consolidate")
    sound = example["部门汇总", "A1:S27"].formula
    title_lines = {"A1": "我的表", "A2": "单位", "D2": "年", "Q2": "元", "G2": "填报日期：2023年1月5日"}
    top = {"C3": "名", "D3": 1, "A4": "总", "D4": 3, "G4": 0.5, "R4": 1}
    rows = {"C16": "名", "D16": "金额", "S16": None, "D18": 7, "C19": "x", "S20": "好"}
    bottom = {"A25": "总计", "E25": 9, "K25": 2, "A26": None, "H26": 0.6, "L26": 1}
    write(example, "部门汇总", title_lines | top | rows | bottom)
    assert example.press("consolidate") == "已汇总 8 个项目，预算数合计 1135.76 万元。"
    found = [list(cells) for cells in example["部门汇总", "A1:S27"].formula]
    assert (found[1].pop(6), found[25].pop(7)) == ("填报日期：2023年1月5日", "0.6")  # theirs
    expected = [list(cells) for cells in sound]
    expected[1].pop(6)
    expected[25].pop(7)
    assert found == expected


def test_without_headings_and_total(example: Desk) -> None:
    """The sums tell where the list stands; never is anything taken for it that is something else."""
    example.press("consolidate")
    sound = example["部门汇总", "A1:S27"].formula
    write(example, "部门汇总", {f"{letter}16": None for letter in "ABCDEFGHIJKLMNOPQRS"} | {"A25": None, "A4": None})
    example.press("consolidate")
    assert example["部门汇总", "A1:S27"].formula == sound
    write(example, "部门汇总", {f"{letter}{row}": None for letter in "ABCDEFGHIJKLMNOPQRS" for row in (3, 4, 16, 25)})
    said = example.press("consolidate")
    assert said == "“部门汇总”的表头和“合计”行都不见了。请从模板把这张表复制回来，再汇总。"
