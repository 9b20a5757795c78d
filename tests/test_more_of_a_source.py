"""Several amounts of one source on an office's own form: 一般公共预算, 政府性基金预算, all money of the treasury."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from docx import Document
from openpyxl import load_workbook

from tests.command_line import Runner, run
from tests.guides import blank_form, correct
from xl_perf.core.comparing.projects import Placed, compared_project
from xl_perf.core.forms.national_targets import NATIONAL_TARGETS
from xl_perf.core.making.converting import in_kind
from xl_perf.core.model.project import Project
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


def test_the_text_has_all_of_it(tmp_path: Path, run: Runner) -> None:
    """项目预算汇总表 has one column for the money of the treasury: rows add up to its total."""
    guide, out, text = learned(tmp_path), tmp_path / "部门.xlsx", tmp_path / "文本.docx"
    run("new", out, "--form", guide, "--from", FILLED)
    assert run("publish", out, "-o", text)[0] == 0
    rows = [[cell.text for cell in row.cells] for table in Document(str(text)).tables for row in table.rows]
    (row,) = [one for one in rows if one[0] == "1" and "100.00" in one]
    assert row[2:5] == ["100.00", "90.00", "10.00"]


def test_books_with_several_amounts_of_a_source_are_compared(tmp_path: Path, run: Runner) -> None:
    guide, old, new = learned(tmp_path), tmp_path / "原" / "部门.xlsx", tmp_path / "现" / "部门.xlsx"
    for out in (old, new):
        out.parent.mkdir()
        assert run("new", out, "--form", guide, "--from", FILLED)[0] == 0
    status, said, _ = run("diff", old, new)
    assert (status, "没有变化" in said) == (0, True)
    book = load_workbook(new)
    book["01"]["E8"] = 25
    book.save(new)
    assert changed(read(old).projects[0], read(new).projects[0]) == [("政府性基金预算", "20", "25")]


def changed(old: Project, new: Project) -> list[tuple[str, str | None, str | None]]:
    found = compared_project(Placed(old, "原", None), Placed(new, "现", None), None)
    return (
        []
        if found is None
        else [(one.label, one.old and one.old.text, one.new and one.new.text) for one in found.changes]
    )


def test_with_a_form_that_has_them_together_the_whole_is_compared(tmp_path: Path, run: Runner) -> None:
    """70 and 20 here are 90 there: nothing has changed."""
    guide, out = learned(tmp_path), tmp_path / "部门.xlsx"
    run("new", out, "--form", guide, "--from", FILLED)
    (project,) = read(out).projects
    there = in_kind(project, NATIONAL_TARGETS)
    assert [label for label, *_ in changed(project, there)] == ["表样"]
    values = list(there.values)
    at = there.kind.place["fiscal"]
    values[at] = values[at]._replace(value=Decimal(95), typed=95)
    assert ("财政资金", "90", "95") in changed(project, replace(there, values=tuple(values)))
