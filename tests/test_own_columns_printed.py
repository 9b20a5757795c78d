"""Columns beside the amounts that an office's own form prints: 增减额, 测算依据. Filling them in is no fault."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from xl_perf.core.cells.grid import CellLine, Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.forms.printed_columns import printed_columns
from xl_perf.core.model.findings import Finding
from xl_perf.profiles import fitting
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

_HEADS = ("2023年执行数", "2024年预算数", "增减额", "测算依据")
_MONEY: dict[str, tuple[Scalar, ...]] = {
    "合计": (90, 120, 30, "见测算表"),
    "财政拨款": (60, 80, 20, "按合同"),
    "其他资金": (30, 40, 10, None),
}


def write(path: Path, *, is_filled: bool, further: dict[str, Scalar] | None = None) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["某区2024年项目绩效目标申报表"])
    sheet.append(["项目名称", "停车" if is_filled else None, None, "金额单位：万元"])
    sheet.append(["项目资金", "资金来源", *_HEADS])
    for label, amounts in _MONEY.items():
        sheet.append([None, label, *(amounts if is_filled else ())])
    sheet.append(["年度目标", "修好。" if is_filled else None])
    sheet.append(["一级指标", "二级指标", "三级指标", "指标值"])
    sheet.append(["产出指标", "数量指标", *(("里程", "≥5公里") if is_filled else ())])
    sheet.append(["满意度指标", "服务对象满意度指标", *(("村民满意度", "≥90%") if is_filled else ())])
    for cell, typed in (further or {}).items():
        sheet[cell].value = typed
    for area in ("A1:F1", "A3:A6", "B7:F7", "D8:F8", "D9:F9", "D10:F10"):
        sheet.merge_cells(area)
    book.save(path)
    return path


def guide(folder: Path) -> Path:
    blank = write(folder / "空白表.xlsx", is_filled=False)
    found = Path(learn_form(str(blank), str(folder / "样表.xlsx")).written.path)
    blank.unlink()
    return found


def found_in(folder: Path, further: dict[str, Scalar] | None = None) -> list[Finding]:
    department = read(write(folder / "局.xlsx", is_filled=True, further=further))
    assert department.projects[0].kind.learned is not None
    return [one for one in check(department, fitting(department)) if one.code in {"B310", "S116"}]


def test_printed_columns_are_no_fault(tmp_path: Path) -> None:
    guide(tmp_path)
    assert not found_in(tmp_path)


def test_a_column_more_is_named(tmp_path: Path) -> None:
    guide(tmp_path)
    said = found_in(tmp_path, {"G3": "追加预算数", "G4": 7})
    assert [one.cell for one in said if one.code == "B310"] == ["G4"]


def test_what_another_column_was_meant_for_is_named(tmp_path: Path) -> None:
    """Where the 样表 has its mark below another heading than the one that is read, nothing is passed over."""
    guide(tmp_path)
    department = read(write(tmp_path / "局.xlsx", is_filled=True))
    (project,) = department.projects
    sheet = project.kind.own_sheet
    assert sheet is not None
    cells = CellLine([list(row) for row in sheet.texts])
    head, columns = printed_columns(project.kind, project.budget, cells)
    assert (head, sorted(columns)) == (2, [2, 4, 5])
    elsewhere = project.budget._replace(column=4)
    assert not printed_columns(project.kind, elsewhere, cells)[1]


@pytest.mark.parametrize(("own", "remedy"), [(None, "请写在 D5"), (80, "只读 D5 的 80")])
def test_the_remedy_beside_a_source_names_its_cell(own: Scalar, remedy: str, tmp_path: Path) -> None:
    """What stands in the row of a source is no second budget."""
    guide(tmp_path)
    said = found_in(tmp_path, {"D5": own, "G5": 80.5})
    assert any(remedy in one.remedy for one in said if one.cell == "G5")
