"""B311: parts of a source that add up to more than it, in forms and lists of an office, each in its unit."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.command_line import Runner, run
from tests.guides import correct
from tests.own_lists import FIRST, FOOTER, SECOND, write
from tests.test_parts_of_sources import form, guide_of, learned, parted
from xl_perf.core.checking.check import check
from xl_perf.core.model.findings import Finding
from xl_perf.profiles import fitting
from xl_perf.saved.guides import guide_at
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

__all__ = ["run"]
_IN_YUAN = {"总额": 10_002_500, "财政": 8_002_500, "中央": 5_000_000, "自筹": 1_500_000, "贷款": 500_000}


def said(book: Path) -> list[Finding]:
    department = read(book)
    return [one for one in check(department, fitting(department)) if one.code == "B311"]


@pytest.mark.parametrize(("part", "difference"), [(3_002_500.01, "0.000001"), (3_002_500, None)])
def test_amounts_count_in_their_units(part: float, difference: str | None, tmp_path: Path) -> None:
    learned(tmp_path, unit="元")
    found = said(form(tmp_path / "局.xlsx", {**_IN_YUAN, "本级": part}, filled=True, unit="元"))
    assert [(one.cell, one.difference) for one in found] == ([("D6", difference)] if difference else [])


def test_what_may_be_part_of_anything_is_compared_with_the_budget(tmp_path: Path) -> None:
    labels = {"预算总额": 130, "其中：上年结转": 30, "当年预算": 100, "其中：财政拨款": 80, "其他资金": 20}
    guide, _ = guide_of(tmp_path, labels)
    correct(guide, {"当年预算": "其中项"})
    assert not said(parted(tmp_path / "局.xlsx", labels))
    (found,) = said(parted(tmp_path / "局.xlsx", {**labels, "当年预算": 131}))
    assert (found.cell, found.difference) == ("B5", "1")


def test_columns_of_a_list(run: Runner, tmp_path: Path) -> None:
    """其中：提前下达 right of 一般公共预算; the workbook that is made of it says the same without the 样表."""
    for name, rows in (("空白表.xlsx", ()), ("局.xlsx", (FIRST, SECOND, FOOTER))):
        book = load_workbook(write(tmp_path / name, rows))
        sheet = book.worksheets[0]
        sheet.unmerge_cells("A1:K1")
        sheet.insert_cols(6)
        sheet["F3"] = "其中：提前下达"
        if rows:
            sheet["F4"], sheet["F5"] = 100, 13.01
        book.save(tmp_path / name)
    learn_form(str(tmp_path / "空白表.xlsx"), str(tmp_path / "样表.xlsx"))
    (tmp_path / "空白表.xlsx").unlink()
    correct(tmp_path / "样表.xlsx", {"其中:提前下达": "其中项"})
    guide = guide_at(tmp_path / "样表.xlsx", "样表.xlsx")
    assert guide.faults == ()
    assert guide.form.wholes == (("part:其中:提前下达", "fiscal"),)
    (found,) = said(tmp_path / "局.xlsx")
    assert (found.cell, found.difference) == ("E5", "0.01")
    (tmp_path / "新").mkdir()
    run("new", tmp_path / "新" / "新.xlsx", "--form", tmp_path / "样表.xlsx", "--from", tmp_path / "局.xlsx")
    (again,) = said(tmp_path / "新" / "新.xlsx")
    assert again.difference == "0.01"
