"""Which 样表 a workbook is read by, whoever wrote or saved it; and which files are 样表, which are filled in."""

import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.command_line import Runner, run
from tests.guides import blank_form, correct, learned_from
from tests.test_forms_of_offices import FORMS
from tests.test_goals_below_headings import HEADINGS, form
from tests.test_goals_below_headings import filled as form_filled
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.core.profile import ProfileError
from xl_perf.files.guard import COMPOUND_START
from xl_perf.saved.guides import guide_at, kinds_beside
from xl_perf.service.checking import read

__all__ = ["run"]

_FORM = FORMS / "c01-central-2023.xlsx"


@pytest.fixture(name="guide")
def _guide(tmp_path: Path) -> Path:
    blank = blank_form(_FORM, tmp_path / "空白.xlsx")
    guide = learned_from(blank, tmp_path)
    blank.unlink()
    return guide


def edit(path: Path, change: Callable[[Workbook], None], out: Path | None = None) -> Path:
    book = load_workbook(path)
    change(book)
    book.save(out or path)
    return out or path


def marked(book: Workbook) -> Mapping[str, str]:
    """The cells of the form that hold one mark, and what it names."""
    cells = (cell for row in book.worksheets[0].iter_rows() for cell in row)
    return {cell.coordinate: str(cell.value)[1:-1] for cell in cells if str(cell.value).startswith("{") and cell.value}


# --- what is a 样表 -----------------------------------------------------------------------------------------------


def in_runs(book: Workbook) -> None:
    """As LibreOffice saves a mark: its braces in another font."""
    font = InlineFont(rFont="Calibri")
    for cell, name in marked(book).items():
        parts = [TextBlock(font, "{"), TextBlock(InlineFont(rFont="宋体"), name), TextBlock(font, "}")]
        book.worksheets[0][cell].value = CellRichText(parts)


def by_hand(book: Workbook) -> None:
    del book[GUIDE_SHEET]


def by_hand_in_runs(book: Workbook) -> None:
    by_hand(book)
    in_runs(book)


@pytest.mark.parametrize("change", [by_hand, by_hand_in_runs])
def test_a_form_with_nothing_but_marks_is_one(
    guide: Path, tmp_path: Path, change: Callable[[Workbook], None], run: Runner
) -> None:
    book = edit(guide, change, tmp_path / "别的.xlsx")  # openpyxl drops what says that xl-perf wrote it
    guide.unlink()
    book.rename(tmp_path / "样表.xlsx")
    shutil.copy(_FORM, tmp_path / "部门.xlsx")
    assert kinds_beside(tmp_path / "部门.xlsx")[0].learned is not None
    _, said, _ = run("check", tmp_path)
    assert "工作簿 1 本" in said
    assert "样表：样表（1 本）" in said


def test_marks_may_be_character_references(guide: Path, tmp_path: Path) -> None:
    edit(guide, by_hand)
    with zipfile.ZipFile(guide) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(guide, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part.decode().encode("ascii", "xmlcharrefreplace"))
    assert kinds_beside(tmp_path / "部门.xlsx")[0].learned is not None


@pytest.mark.parametrize("suffix", [".xls", ".et"])
def test_one_in_another_format_is_an_error(run: Runner, tmp_path: Path, suffix: str) -> None:
    """It is no workbook that somebody filled in, and nothing is read without it."""
    path = tmp_path / f"样表{suffix}"
    path.write_bytes(COMPOUND_START + "{项目名称}{预算数}".encode("utf-16-le"))
    shutil.copy(_FORM, tmp_path / "部门.xlsx")
    with pytest.raises(ProfileError, match=r"不是 \.xlsx"):
        kinds_beside(tmp_path / "部门.xlsx")
    status, said, err = run("check", tmp_path)
    assert status == 2
    assert "另存为 .xlsx" in said + err
    assert "略过 1 个：样表" in said


# --- copies that somebody filled in -------------------------------------------------------------------------------


def filled(guide: Path, out: Path, *, but: str = "", with_table: bool = True) -> Path:
    """A copy of the 样表 in which somebody has typed over the marks, all but one."""
    values = {"项目名称": out.stem, "预算数": 77.5, "财政资金": 77.5}

    def fill(book: Workbook) -> None:
        for cell, name in marked(book).items():
            if name != but:
                book.worksheets[0][cell].value = values.get(name, "≥90%" if name == "指标值" else None)
        if not with_table:
            del book[GUIDE_SHEET]

    return edit(guide, fill, out)


@pytest.mark.parametrize("with_table", [True, False], ids=["with 对照", "without"])
def test_a_copy_that_is_filled_in_is_a_workbook(run: Runner, guide: Path, tmp_path: Path, with_table: bool) -> None:
    book = filled(guide, tmp_path / "甲单位.xlsx", with_table=with_table)
    _, said, _ = run("check", tmp_path)
    assert "预算数 / 财政资金 / 其他资金合计：77.5 / 77.5 / 0 万元" in said
    assert len(read(book).projects) == 1
    _, said, _ = run("check", book)
    assert "77.5" in said


def test_one_that_is_half_filled_in_is_named_with_its_money(run: Runner, guide: Path, tmp_path: Path) -> None:
    book = filled(guide, tmp_path / "甲单位.xlsx", but="三级指标")
    shutil.copy(_FORM, tmp_path / "部门.xlsx")
    _, said, _ = run("check", tmp_path)
    assert "填了内容的表（项目“甲单位”，预算数 77.5），没有计入" in said
    _, _, err = run("check", book)
    assert "里面还有没填的标记" in err


# --- versions -----------------------------------------------------------------------------------------------------


def in_head(guide: Path, name: str, value: str) -> None:
    def put(book: Workbook) -> None:
        row = next(row for row in book[GUIDE_SHEET].iter_rows(max_row=12) if row[0].value == name)
        row[1].value = value

    edit(guide, put)


def test_of_the_same_labels_those_of_the_latest_year_count(guide: Path, tmp_path: Path) -> None:
    """其他资金 has come to be money of the treasury: who prints the same labels may mean something else by them."""
    new = Path(shutil.copy(guide, tmp_path / "样表-新.xlsx"))
    for path, name, year in ((guide, "旧", "2020"), (new, "新", "2022")):
        in_head(path, "表名", name)
        in_head(path, "适用年度", year)
    other = next(cell for cell, name in marked(load_workbook(new)).items() if name == "其他资金")
    correct(new, {"其他资金": "又一项财政资金"}, marks={other: "{又一项财政资金}"})
    assert guide_at(new, new.name).faults == ()
    book = Path(shutil.copy(_FORM, tmp_path / "部门.xlsx"))  # of 2023
    project = read(book).projects[0]
    assert project.kind.name == "新"
    assert project.fiscal.value != project.value("fiscal").value
    in_head(new, "适用年度", "2024")
    assert read(book).projects[0].kind.name == "旧"
    in_head(new, "适用年度", "2020")
    with pytest.raises(ProfileError, match="意思不同"):
        read(book)


@pytest.fixture(name="own")
def _own(run: Runner, guide: Path, tmp_path: Path) -> Path:
    """A workbook of ours that carries its form, in a folder without the 样表."""
    (tmp_path / "甲").mkdir()
    out = tmp_path / "甲" / "甲.xlsx"
    run("new", out, "--form", guide, "--from", _FORM, "--department", "甲局")
    return out


def test_another_version_than_that_beside_it_is_said(run: Runner, guide: Path, own: Path) -> None:
    correct(guide, {"其他资金": "又一项财政资金"})
    shutil.copy(guide, own.with_name("样表.xlsx"))
    _, said, _ = run("check", own)
    assert (
        "注意：样表“样表”：这本是照另一版做的，仍按它自带的一版读，请核对；要改按新的一版，请运行 xl-perf new " in said
    )


def test_a_book_follows_the_new_version_as_is_said(run: Runner, guide: Path, own: Path) -> None:
    """The command of the sentence, with the names of the files: what has no place now is named, and nothing else."""
    correct(guide, {"其他资金": "又一项财政资金"})
    beside = Path(shutil.copy(guide, own.with_name("样表.xlsx")))
    new = own.with_name("新书.xlsx")
    _, said, err = run("new", new, "--from", own, "--form", beside)
    assert "没有收进来：其他资金 50" in said + err, "nothing says that it was money of the treasury before"
    _, said, _ = run("check", new)
    assert "另一版" not in said


def test_a_book_is_tried_by_the_given_version_alone(run: Runner, guide: Path, own: Path) -> None:
    """The officer sees what her correction does, in a workbook that carries the form as it was before too."""
    _, before, _ = run("form", "check", guide, own)
    assert "另一版" not in before
    correct(guide, {"其他资金": "又一项财政资金"})
    _, after, _ = run("form", "check", guide, own)
    (old,), (new,) = ([line.split() for line in said.splitlines() if "  01  " in line] for said in (before, after))
    assert old[3:6] == ["1200", "1000", "200"]
    assert new[3:6] == ["1200", "1050", "150"], "其他资金, 50, has come to be money of the treasury"
    assert (
        "甲.xlsx　这本自带的是样表的另一版，这里只按给出的样表试读，check 仍按它自带的一版读；要改按新的一版" in after
    )


def test_a_sender_does_not_say_how_the_office_reads(run: Runner, guide: Path, own: Path, tmp_path: Path) -> None:
    """Who receives reads by the office's form, if the profile names it; else the form is said to be the sender's."""
    _, said, _ = run("receive", own, "-o", tmp_path / "收件箱")
    assert "是工作簿自己带来的，这里没有这一份" in said
    total = next(line for line in said.splitlines() if "合计：" in line)
    correct(guide, {"其他资金": "又一项财政资金"})
    (tmp_path / "口径.toml").write_text('name = "本市"\nbase = "mof-2021"\nforms = ["样表.xlsx"]\n', encoding="utf-8")
    _, said, _ = run("receive", own, "-o", tmp_path / "收件箱2", "--profile", tmp_path / "口径.toml")
    assert "自己带来的" not in said
    assert total not in said, "nothing became money of the treasury"


# --- 对照 ---------------------------------------------------------------------------------------------------------


def renamed(book: Workbook) -> None:
    book[GUIDE_SHEET].title = "Sheet2"


def with_column(book: Workbook) -> None:
    book[GUIDE_SHEET].insert_cols(2)


@pytest.mark.parametrize("change", [renamed, with_column])
def test_its_table_is_found_wherever_it_stands(guide: Path, tmp_path: Path, change: Callable[[Workbook], None]) -> None:
    in_head(guide, "表名", "本局的表")
    edit(guide, change)
    said = guide_at(guide, guide.name)
    assert (said.form.name, said.faults) == ("本局的表", ())
    shutil.copy(_FORM, tmp_path / "部门.xlsx")
    assert [project.kind.name for project in read(tmp_path / "部门.xlsx").projects] == ["本局的表"]


def test_a_shipped_name_is_taken(guide: Path) -> None:
    in_head(guide, "表名", "national_targets")
    assert any("同名" in fault.said for fault in guide_at(guide, guide.name).faults)


def test_a_profile_asks_for_nothing_that_the_form_has_not(run: Runner, tmp_path: Path) -> None:
    """Neither weights nor levels that it does not print, whatever the profile's base demands."""
    form(HEADINGS["year alone"]).save(tmp_path / "空白.xlsx")
    learned_from(tmp_path / "空白.xlsx", tmp_path)
    (tmp_path / "口径.toml").write_text('name = "本市"\nbase = "mof-2021"\nforms = ["样表.xlsx"]\n', encoding="utf-8")
    (tmp_path / "报来").mkdir()
    book = form_filled(HEADINGS["year alone"], tmp_path / "报来")
    status, said, _ = run("check", book, "--profile", tmp_path / "口径.toml")
    assert (status, "没有发现问题" in said) == (0, True)


def test_a_trial_shows_where_the_money_comes_from_and_what_is_not_read(
    run: Runner, guide: Path, tmp_path: Path
) -> None:
    book = filled(guide, tmp_path / "甲单位.xlsx", with_table=False)
    status, said, _ = run("form", "check", guide, book)
    assert status == 0
    assert next(line.split()[1:6] for line in said.splitlines() if line.startswith(str(book))) == [
        load_workbook(book).sheetnames[0],
        *("甲单位", "77.5", "77.5", "0"),
    ]
    other = next(cell for cell, name in marked(load_workbook(guide)).items() if name == "财政资金")

    def reworded(workbook: Workbook) -> None:
        sheet = workbook.worksheets[0]
        next(one for one in sheet[other[1:]] if isinstance(one.value, str)).value = "其中：别的钱"

    edit(book, reworded)
    status, said, _ = run("form", "check", guide, book)
    assert status == 1
    assert "别的钱" in said
    assert "没有计入任何一项来源（S102）" in said
