"""What is learned of a sheet with several forms beside each other, and of cells with room for dates."""

from pathlib import Path

from openpyxl import Workbook, load_workbook

from xl_perf.saved.guides import guide_at
from xl_perf.service.guides import learn_form

FORM = (
    ("项目绩效目标表（2025年度）",),
    ("单位名称：", None, None, None, "单位：万元"),
    ("项目名称",),
    ("预算总额", None, "财政资金", None, None),
    ("其他资金", None, "项目负责人", None, None),
    ("实施时间", "  年  月  日至  年  月  日"),
    ("年度目标",),
    ("一级指标", "二级指标", "三级指标", "指标值", "备注"),
    ("产出指标", "数量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
)


def write(path: Path, *lefts: int) -> Path:
    """A sheet with a blank form at each column."""
    book = Workbook()
    sheet = book.worksheets[0]
    for left in lefts:
        for row, cells in enumerate(FORM, 1):
            for column, typed in enumerate(cells, left):
                if typed is not None:
                    sheet.cell(row, column).value = typed
        sheet.merge_cells(start_row=1, start_column=left, end_row=1, end_column=left + 4)
        for row in (3, 7):
            sheet.merge_cells(start_row=row, start_column=left + 1, end_row=row, end_column=left + 4)
    book.save(path)
    return path


def test_nothing_is_kept_of_a_form_beside_the_first(tmp_path: Path) -> None:
    guide = tmp_path / "样表.xlsx"
    learned = learn_form(str(write(tmp_path / "空白.xlsx", 1, 8)), out=str(guide))
    sheet = load_workbook(guide).worksheets[0]
    assert [cell.coordinate for row in sheet.iter_rows(min_col=6) for cell in row if cell.value is not None] == []
    assert not any("左右两半" in note for note in learned.notes)
    assert [fault.said for fault in guide_at(guide, "样表").faults] == []


def test_room_for_dates_is_no_label(tmp_path: Path) -> None:
    learned = learn_form(str(write(tmp_path / "空白.xlsx", 1)), out=str(tmp_path / "样表.xlsx"))
    assert set(learned.unknown) == {"实施时间"}
