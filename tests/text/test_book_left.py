"""`new --from` workbooks: every cell that was not taken in is named with its sheet and address."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.command_line import EXAMPLE, project, write
from tests.text.documents import FORM
from xl_perf.core.making import draft
from xl_perf.core.making.rolling import Amounts
from xl_perf.profiles import load
from xl_perf.service import making
from xl_perf.written.template import write_department

OTHER = (
    *(("项目支出绩效自评表",), ("项目名称", "路灯"), ("年初预算数", 5, "全年执行数", 4)),
    *(("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分"), ("产出", "数量", "路灯", "3", "3", 10)),
)
DEPARTMENT_OWN = (("部门整体支出绩效自评表",), ("部门名称", "甲局"), *OTHER[2:])
NATIONAL = (
    *(("项目支出绩效目标表",), ("项目名称", "路灯"), ("项目资金（万元）", "年度资金总额", 5)),
    *(("年度总体目标", "亮"), ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值")),
)


def made(folder: Path, *sources: Path, amounts: Amounts | None = None) -> making.Made:
    return making.new_workbook(str(folder / "新.xlsx"), [*map(str, sources)], None, None, load(), amounts)


def changed(folder: Path, change: Callable[[Workbook], object]) -> Path:
    """The example workbook with a change."""
    book = openpyxl.load_workbook(EXAMPLE)
    change(book)
    book.save(folder / "去年.xlsx")
    return folder / "去年.xlsx"


def foreign(folder: Path, **sheets: tuple[tuple[object, ...], ...]) -> Path:
    """Somebody's workbook with these rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet: Worksheet = book.create_sheet(name)
        for cells in rows:
            sheet.append([*cells])
    book.save(folder / "去年.xlsx")
    return folder / "去年.xlsx"


# --- our own template ----------------------------------------------------------------------------------------------


def test_our_own_workbook_leaves_nothing(tmp_path: Path) -> None:
    """The sheets beside the forms, and what stands right of a form: the way back, the state, messages."""
    bad = project("道路", budget="10", fiscal="9", percents=["50%", "25%", "75%", "80%"])
    write(tmp_path / "甲.xlsx", project("桥梁"), bad)
    for source in (EXAMPLE, tmp_path / "甲.xlsx"):
        result = made(tmp_path, source)
        assert (result.notes, result.warnings) == ((), ())
        (tmp_path / "新.xlsx").unlink()


def test_last_years_amounts_beside_a_form_are_nobodys(tmp_path: Path) -> None:
    made(tmp_path, EXAMPLE, amounts=Amounts.LAST_YEAR)
    (tmp_path / "新.xlsx").rename(tmp_path / "去年.xlsx")
    assert made(tmp_path, tmp_path / "去年.xlsx").notes == ()


def test_an_empty_template_leaves_nothing(tmp_path: Path) -> None:
    write_department(tmp_path / "空.xlsx", draft.department(), load())
    assert made(tmp_path, tmp_path / "空.xlsx").notes == (f"{tmp_path}/空.xlsx 里没有填写的项目绩效目标表",)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("A60", "01!A60没有收进来：填表人：张三"),
        ("K5", "01!K5没有收进来：填表人：张三"),
        ("I12", "01!I12没有收进来：填表人：张三"),
    ],
)
def test_what_people_add_to_our_form_is_named(cell: str, said: str, tmp_path: Path) -> None:
    def add(book: Workbook) -> None:
        book["01"][cell] = "填表人：张三"

    source = changed(tmp_path, add)
    assert made(tmp_path, source).notes == (f"{source} {said}",)


def test_an_inserted_row_is_named_in_one_line(tmp_path: Path) -> None:
    rows = [("道路养护项目绩效目标表",), *FORM[:1], ("主管部门", "住建局", "联系人", "李四"), *FORM[1:]]
    source = foreign(tmp_path, 道路=tuple(rows))
    assert made(tmp_path, source).notes == (
        f"{source} 道路!A3、B3、C3、D3没有收进来：主管部门｜住建局｜联系人｜李四",
        "工作表按顺序重新编号：“道路”→01",
    )


def test_notes_on_the_sheet_of_goals_are_named(tmp_path: Path) -> None:
    def add(book: Workbook) -> None:
        book["整体绩效目标"]["A90"] = "注：经党组会审议。"

    source = changed(tmp_path, add)
    assert made(tmp_path, source).notes == (f"{source} 整体绩效目标!A90没有收进来：注：经党组会审议。",)


# --- sheets that were not read -------------------------------------------------------------------------------------


def test_other_sheets_are_named_with_the_reason(tmp_path: Path) -> None:
    source = foreign(tmp_path, 道路=FORM, 测算=(("人数", 3), ("标准", 5)))
    result = made(tmp_path, source)
    assert result.notes == (
        f"{source} 工作表“测算”没有收进来：不是项目绩效目标表（有内容的单元格 4 个）",
        "工作表按顺序重新编号：“道路”→01",
    )
    assert result.warnings == ()


def test_a_sheet_that_looks_like_a_form_is_said_strongly(tmp_path: Path) -> None:
    lines = (("路灯项目绩效目标表",), ("项目名称：路灯",), ("预算数：20万元",))
    source = foreign(tmp_path, 道路=FORM, 路灯=lines)
    result = made(tmp_path, source)
    assert result.warnings == (
        (
            f"{source} 工作表“路灯”像项目绩效目标表，但读不出来，它的金额没有收进来。"
            "请把标签补全，标签和内容分写在两格；或在新工作簿里另填一张"
        ),
    )
    assert result.totals.note == "合计不含 1 张表里读不出的金额"


def test_a_self_evaluation_stays_in_its_year(tmp_path: Path) -> None:
    """What is written into the new workbook is not said to be left out."""
    result = made(tmp_path, foreign(tmp_path, 道路=FORM, 自评=OTHER))
    assert result.notes == ("工作表按顺序重新编号：“道路”→01",)
    assert "自评" in openpyxl.load_workbook(tmp_path / "新.xlsx").sheetnames


def test_tables_of_other_kinds_are_named(tmp_path: Path) -> None:
    source = foreign(tmp_path, 道路=FORM, 自评=DEPARTMENT_OWN, 部级=NATIONAL)
    result = made(tmp_path, source)
    assert result.notes == (
        f"{source} 工作表“自评”的“部门整体支出绩效自评表”（绩效自评表）不是项目绩效目标表，没有收进来",
        "工作表按顺序重新编号：“道路”→01，“部级”→02",
    )
    assert result.warnings == ()
    assert [one.projects for one in result.taken] == [2]
