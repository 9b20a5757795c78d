"""Several amounts of one source on an office's own form: 一般公共预算, 政府性基金预算, all money of the treasury."""

from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from tests.command_line import Runner, run
from tests.guides import blank_form, correct
from xl_perf.core.forms.national_targets import NATIONAL_TARGETS
from xl_perf.core.making.converting import in_kind
from xl_perf.saved.guides import guide_at
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

__all__ = ["run"]
FILLED = Path(__file__).parent / "fixtures" / "layouts" / "l79-total-above-sources.xlsx"


def learned(folder: Path, labels: dict[str, str] | None = None) -> Path:
    """The 样表 of the layout, some labels called otherwise."""
    blank = blank_form(FILLED, folder / "空白.xlsx")
    book = load_workbook(blank)
    for cell, label in (labels or {}).items():
        book.worksheets[0][cell] = label
    book.save(blank)
    return Path(learn_form(str(blank), str(folder / "样表.xlsx")).written.path)


def test_each_amount_keeps_its_cell(tmp_path: Path, run: Runner) -> None:
    guide = learned(tmp_path)
    form = load_workbook(guide).worksheets[0]
    marks = [form[f"E{row}"].value for row in range(6, 10)]
    assert marks == ["{预算数}", "{财政资金}", "{又一项财政资金}", "{单位资金}"]
    assert guide_at(guide, guide.name).faults == ()
    out = tmp_path / "部门.xlsx"
    assert run("new", out, "--form", guide, "--from", FILLED)[0] == 0
    assert [load_workbook(out)["01"][f"E{row}"].value for row in range(6, 10)] == [100, 70, 20, 10]
    (project,) = read(out).projects
    assert project.fiscal.value == Decimal(90)
    status, said, _ = run("check", out)
    assert status == 0
    assert "100 / 90 / 10 万元" in said
    sums = [cell.value for cells in load_workbook(out)["部门汇总"].iter_rows() for cell in cells]
    assert any("E7" in str(one) and "E8" in str(one) for one in sums), "the column of the treasury adds both up"


def test_what_may_be_part_of_it_is_asked(tmp_path: Path) -> None:
    """Below 财政拨款 a label of the treasury's money may name a part of that, or more of it: nobody guesses."""
    guide = learned(tmp_path, {"C7": "财政拨款"})
    assert any(
        "政府性基金预算" in fault.said and "又一项" in fault.said for fault in guide_at(guide, guide.name).faults
    )
    correct(guide, {"政府性基金预算": "其中项"})
    assert guide_at(guide, guide.name).faults == ()


def test_another_form_has_them_together(tmp_path: Path, run: Runner) -> None:
    guide = learned(tmp_path)
    out = tmp_path / "部门.xlsx"
    run("new", out, "--form", guide, "--from", FILLED)
    (project,) = read(out).projects
    assert in_kind(project, NATIONAL_TARGETS).fiscal.value == Decimal(90)
