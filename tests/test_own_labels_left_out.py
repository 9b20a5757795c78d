"""Labels of an own form that an officer leaves out, or names a part of a source, though shipped kinds know them."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from tests.guides import correct
from xl_perf.saved.guides import guide_at
from xl_perf.service.guides import check_form, learn_form

__all__ = ["run"]
TWICE = {"上级补助": "其中项", "本级安排": "其中项"}


def write(path: Path, *, filled: bool = False) -> Path:
    """The whole time at the left, the year at the right, with the same labels; amounts in 元."""

    def money(label: str, whole: float | None, year: float | None) -> list[object]:
        return [None, label, whole if filled else None, label, year if filled else None]

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "申报表"
    for cells in (
        ["项目支出绩效目标申报表"],
        ["项目名称", "修路" if filled else None, None, "项目负责人", "孙七" if filled else None],
        [
            "项目资金（元）",
            "中期资金总额：",
            9000000 if filled else None,
            "年度资金总额：",
            3123456.78 if filled else None,
        ],
        money("其中：财政拨款", 8000000, 2623456.78),
        money("\u3000\u3000上级补助", 5000000, 1500000.5),
        money("\u3000\u3000本级安排", 3000000, 1123456.28),
        money("\u3000\u3000\u3000其他资金", 1000000, 500000),
        ["总体目标", "修好。" if filled else None],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", *(("里程", "≥5公里") if filled else (None, None))],
        ["满意度指标", "服务对象满意度指标", *(("村民满意度", "≥90%") if filled else (None, None))],
    ):
        sheet.append(cells)
    for area in ("A1:E1", "A3:A7", "B2:C2", "B8:E8"):
        sheet.merge_cells(area)
    book.save(path)
    return path


def guide(folder: Path, chosen: dict[str, str]) -> Path:
    blank = write(folder / "空白表.xlsx")
    learn_form(str(blank), str(folder / "样表.xlsx"))
    blank.unlink()
    correct(folder / "样表.xlsx", chosen)
    # The other rows with the same label.
    book = load_workbook(folder / "样表.xlsx")
    table = book["对照"]
    for row in range(1, table.max_row + 1):
        if table.cell(row, 1).value in chosen:
            table.cell(row, 5).value = chosen[str(table.cell(row, 1).value)]
    book.save(folder / "样表.xlsx")
    return folder / "样表.xlsx"


@pytest.mark.parametrize("chosen", [TWICE, dict.fromkeys(TWICE, "不读")])
def test_parts_of_a_source_are_not_counted(tmp_path: Path, run: Runner, chosen: dict[str, str]) -> None:
    """Neither as parts of it nor left out; of labels that stand twice the year's counts."""
    assert not guide_at(guide(tmp_path, chosen), "样表.xlsx").faults
    source = write(tmp_path / "局.xlsx", filled=True)
    _, out, _ = run("check", source)
    assert "合计：312.345678 / 262.345678 / 50 万元" in out
    folder = tmp_path / "新"
    _, out, _ = run("new", folder / "书.xlsx", "--from", source)
    written = load_workbook(folder / "书.xlsx")["01"]
    assert [written[cell].value for cell in ("E5", "E6")] == [1500000.5, 1123456.28]
    assert "没有收进来" not in out
    _, out, _ = run("check", folder / "书.xlsx")
    assert "合计：312.345678 / 262.345678 / 50 万元" in out


def test_a_mark_and_a_choice_of_a_part_agree(tmp_path: Path) -> None:
    """Also where the label that 对照 names was changed since."""
    made = guide(tmp_path, TWICE)
    book = load_workbook(made)
    book.worksheets[0]["B5"].value = "（中期）上级补助"
    book.worksheets[0]["E5"].value = "{其中项}"
    book.save(made)
    assert not guide_at(made, "样表.xlsx").faults


@pytest.mark.parametrize("label", ["二级指标", "项目负责人"])
def test_any_label_may_be_left_out(tmp_path: Path, run: Runner, label: str) -> None:
    made = guide(tmp_path, {**TWICE, label: "不读"})
    source = write(tmp_path / "局.xlsx", filled=True)
    found = check_form(str(made), [str(source)])
    assert found.is_sound
    (project,) = found.tried[0].department.projects if found.tried[0].department else ()
    assert [one.level3.value for one in project.indicators] == ["里程", "村民满意度"]
    code, out, _ = run("new", tmp_path / "新" / "书.xlsx", "--from", source)
    assert code == 0
    assert "孙七" not in out
    assert "数量指标" not in out
    sheet = load_workbook(tmp_path / "新" / "书.xlsx")["01"]
    assert "孙七" in [cell for cells in sheet.iter_rows(values_only=True) for cell in cells]
