"""A source that the 样表 lacks, in a form with parts of sources and several columns of amounts side by side."""

from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.guides import correct
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.model.findings import Finding
from xl_perf.profiles import fitting
from xl_perf.saved.guides import guide_at
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

_AMOUNTS = {
    "资金总额": 1505000,
    "一、一般公共预算": 1000000,
    "    1.经费拨款": 900000,
    "    2.非税收入安排": 100000,
    "二、上级转移支付": 500000,
    "三、自筹资金": 5000,
}


def form(path: Path, amounts: dict[str, float] | None = None) -> Path:
    """Amounts in the column 申报数, none in 核定数; without ``amounts`` a blank form."""
    book = Workbook()
    sheet = book.worksheets[0]
    filled = bool(amounts)
    sums = amounts or dict.fromkeys(_AMOUNTS)
    rows: list[list[Scalar]] = [
        ["2026年度某区项目支出绩效目标申报表"],
        ["", "", "", "单位：元"],
        ["项目名称", "养老" if filled else None],
        ["资金构成", "资金来源", "申报数", "核定数"],
        *(["", label, amount] for label, amount in sums.items()),
        ["年度目标", "办好。" if filled else None],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["", "产出指标", "数量指标", *(("人数", "≥5人") if filled else ())],
        ["", "满意度指标", "服务对象满意度指标", *(("老人满意度", "≥90%") if filled else ())],
    ]
    for cells in rows:
        sheet.append(cells)
    sheet.merge_cells("A1:E1")
    sheet.merge_cells(f"A4:A{4 + len(sums)}")
    book.save(path)
    return path


def guide(folder: Path) -> None:
    blank = form(folder / "空白表.xlsx")
    learn_form(str(blank), str(folder / "样表.xlsx"))
    blank.unlink()
    table = load_workbook(folder / "样表.xlsx")["对照"]
    labels = {str(row[0]) for row in table.iter_rows(min_row=11, max_col=1, values_only=True)}
    chosen = {"申报数": "本年金额（栏目）", "核定数": "不读", "经费拨款": "其中项", "非税收入安排": "其中项"}
    correct(folder / "样表.xlsx", {label: chosen[label] for label in labels & chosen.keys()})
    assert guide_at(folder / "样表.xlsx", "样表.xlsx").faults == ()


def found_in(book: Path) -> list[Finding]:
    department = read(book)
    return [one for one in check(department, fitting(department)) if one.code in {"S102", "S116", "B310", "B311"}]


def test_it_alone_is_named(tmp_path: Path) -> None:
    """The parts of a source that holds them are none that nobody knows."""
    guide(tmp_path)
    (said,) = found_in(form(tmp_path / "局.xlsx", {**_AMOUNTS, "资金总额": 1555000, "四、债券资金": 50000}))
    assert (said.code, said.cell) == ("S102", "C11")
    assert "标签“四、债券资金”样表上没有" in said.message
    assert "把“四、债券资金”改成" in said.remedy


def test_parts_of_a_source_that_is_blank_are_named(tmp_path: Path) -> None:
    guide(tmp_path)
    lacking = {label: amount for label, amount in _AMOUNTS.items() if label != "一、一般公共预算"}
    book = form(tmp_path / "局.xlsx", {**lacking, "    3.债券": 7})
    assert [(one.code, one.cell) for one in found_in(book)] == [("S102", "C6"), ("S102", "C7"), ("S102", "C10")]
