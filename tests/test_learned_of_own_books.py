"""A 样表 learned of a workbook that xl-perf wrote: last year's book may be all that there is."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from tests import own_headings, own_lists
from tests.command_line import Runner, run
from tests.guides import correct
from xl_perf.core.forms.learned import LearnedForm
from xl_perf.saved.guides import kind_of_guide

__all__ = ["run"]

_HEAD = (("主管部门", None, None, "实施单位"), ("项目属性", "□新增  □延续", None, "起止时间"))
_TABLE = (
    ("年度目标",),
    ("一级指标", "二级指标", "三级指标", "指标值", "备注"),
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("满意度指标", "服务对象满意度指标"),
)


def _write(path: Path, *rows: tuple[str | None, ...]) -> None:
    book = Workbook()
    for cells in rows:
        book.worksheets[0].append(cells)
    book.save(path)


def _years(path: Path) -> None:
    """The title names the year, and so do the amounts beside it."""
    money = (
        ("项目资金", None, "2024年执行数", "2025年预算数"),
        (None, "资金总额"),
        (None, "财政拨款"),
        (None, "其他资金"),
    )
    _write(path, ("某县项目支出绩效目标申报表（2025年度）",), ("项目名称", None, "单位：万元"), *_HEAD, *money, *_TABLE)


def _line(path: Path) -> None:
    """The year stands in a line of its own, the unit in the label of the amount."""
    money = (("项目资金", "年度资金总额（元）"), (None, "其中：财政拨款（元）"), (None, "其他资金（元）"))
    _write(path, ("项目支出绩效目标表",), ("（2025年度）",), ("项目名称",), *_HEAD, *money, *_TABLE)


def _asked(path: Path) -> None:
    """An officer is asked what a label is, and what amounts count in."""
    money = (("项目资金", "项目盘子"), (None, "财政拨款"), (None, "自有资金"))
    _write(path, ("项目支出绩效目标表",), ("项目名称",), *_HEAD, *money, *_TABLE)


def _headings(path: Path) -> None:
    own_headings.write(path, ("C4:E4", "F4:G4"))


def _list(path: Path) -> None:
    own_lists.write(path)


def _merged_list(path: Path) -> None:
    """A project's own columns are merged over its three rows."""
    own_lists.write(path, [[], [], [], ["合计"], own_lists.FOOTER])
    book = load_workbook(path)
    for letter in "ABCDEFG":
        book.worksheets[0].merge_cells(f"{letter}4:{letter}6")
    book.save(path)


_LAYOUTS: Mapping[str, tuple[Callable[[Path], object], Mapping[str, str], str]] = {
    "years": (_years, {}, ""),
    "line": (_line, {}, ""),
    "asked": (_asked, {"项目盘子": "预算数", "自有资金": "其他资金"}, "万元"),
    "headings": (_headings, {}, ""),
    "list": (_list, {}, ""),
    "merged list": (_merged_list, {}, ""),
}


def _alike(form: LearnedForm) -> tuple[object, ...]:
    """What a 样表 says, but for its name and the order in which its labels stand."""
    assert form.sheet is not None
    assert not form.sheet.problem
    places = {(one.key, one.area[:2], one.before, one.unit) for one in (*form.sheet.fields, *form.sheet.columns)}
    return (form.base, form.unit, set(form.words), form.required, set(form.extra), form.year, form.title, places)


@pytest.mark.parametrize("year", ["", "2026"])
@pytest.mark.parametrize("name", _LAYOUTS)
def test_it_is_the_same_form(name: str, year: str, run: Runner, tmp_path: Path) -> None:
    """Fields, labels, units and what an officer decided: of a blank workbook whatever its year."""
    write, chosen, unit = _LAYOUTS[name]
    write(tmp_path / "空白表.xlsx")
    assert run("form", "learn", "空白表.xlsx", "-o", "样表.xlsx")[0] == 0
    correct(tmp_path / "样表.xlsx", chosen, unit)
    status, out, _ = run("form", "check", "样表.xlsx")
    assert status == 0, out
    if year:
        run("new", "书.xlsx", "--department", "某局", "--year", year)
    else:
        run("template", "书.xlsx")
    assert run("form", "learn", "书.xlsx", "-o", "again/样表.xlsx")[0] == 0
    status, out, _ = run("form", "check", "again/样表.xlsx")
    assert status == 0, out
    first, again = (kind_of_guide(tmp_path / path).learned for path in ("样表.xlsx", "again/样表.xlsx"))
    assert first is not None
    assert again is not None
    if year:
        again = again._replace(title=again.title.replace(year, "2025"), year=first.year)
        words = [word._replace(label=_of_2025(word.label, int(year))) for word in again.words]
        again = again._replace(words=tuple(words))
    assert _alike(first) == _alike(again)


def _of_2025(label: str, year: int) -> str:
    return label.replace(str(year - 1), "2024").replace(str(year), "2025")


@pytest.mark.parametrize("kind", ["project_targets", "national_targets"])
def test_a_book_of_a_shipped_kind_gives_a_form_that_can_be_used(kind: str, run: Runner, tmp_path: Path) -> None:
    """As `form show` of that kind says; its unit is known."""
    run("template", "书.xlsx", "--form", kind)
    assert run("form", "learn", "书.xlsx", "-o", "样表.xlsx")[0] == 0
    status, out, _ = run("form", "check", "样表.xlsx")
    assert status == 0, out
    assert not [name for name in load_workbook("样表.xlsx").sheetnames if name not in {"空白表", "对照"}]
    run("form", "show", kind, "-o", "自带.xlsx")
    first, again = (kind_of_guide(tmp_path / path).learned for path in ("自带.xlsx", "样表.xlsx"))
    assert first is not None
    assert again is not None
    assert (first.base, first.unit, set(first.words)) == (again.base, again.unit, set(again.words))


def test_nothing_of_ours_stays_on_the_sheet(run: Runner, tmp_path: Path) -> None:
    """State, messages, numbers, colours and names that every form of ours gets anew."""
    for write in (_years, _list):
        write(tmp_path / "空白表.xlsx")
        run("form", "learn", "空白表.xlsx", "-o", "样表.xlsx", "--overwrite")
        run("template", "书.xlsx", "--overwrite")
        run("form", "learn", "书.xlsx", "-o", "样表2.xlsx", "--overwrite")
        sheet = load_workbook("样表2.xlsx").worksheets[0]
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f" and "SUM" not in str(cell.value)]
        assert not [cell.value for cell in cells if cell.value in {"返回首页", "未填写"}]
        assert not list(sheet.defined_names)
        assert not list(sheet.conditional_formatting)
        (tmp_path / "样表2.xlsx").unlink()


def test_a_filled_book_gives_its_blank_form(run: Runner, tmp_path: Path) -> None:
    """What was filled in last year is not on it, however many goals and indicators that was."""
    _line(tmp_path / "空白表.xlsx")
    run("form", "learn", "空白表.xlsx", "-o", "样表.xlsx")
    _line(tmp_path / "源.xlsx")
    book = load_workbook("源.xlsx")
    filled: Mapping[str, str | int] = {
        "B3": "修路",
        "C6": 100,
        "C7": 100,
        "B9": "修好。",
        "C11": "里程",
        "D11": "≥5公里",
    }
    for cell, typed in filled.items():
        book.worksheets[0][cell] = typed
    book.save("源.xlsx")
    run("new", "书.xlsx", "--from", "源.xlsx", "--department", "某局", "--year", "2026")
    (tmp_path / "样表.xlsx").unlink()
    run("form", "learn", "书.xlsx", "-o", "样表.xlsx")
    texts = [cell.value for row in load_workbook("样表.xlsx").worksheets[0].iter_rows() for cell in row]
    assert "（2026年度）" in texts
    assert not {"修路", "修好。", "里程", "≥5公里", 100} & set(texts)


def _summed_list(path: Path) -> None:
    """The office's total is a sum."""
    own_lists.write(path, [[], [], ["合计", None, None, "=SUM(D4:D5)", "=SUM(E4:E5)", "=SUM(F4:F5)"], own_lists.FOOTER])


def test_a_book_without_its_blank_form_says_so(run: Runner, tmp_path: Path) -> None:
    """A packed workbook has none: the rows are those of last year's project."""
    run("new", "书.xlsx", "--form", "national_targets")
    _, out, _ = run("form", "learn", "书.xlsx", "-o", "样表.xlsx")
    assert "没有“空白表”" not in out
    book = load_workbook("书.xlsx")
    del book["空白表"]
    book.save("书.xlsx")
    _, out, _ = run("form", "learn", "书.xlsx", "-o", "样表2.xlsx")
    assert "工作簿里没有“空白表”，学的是填好的一张" in out


@pytest.mark.parametrize("write", [_list, _merged_list, _summed_list])
def test_a_filled_list_gives_the_list_as_it_was(write: Callable[[Path], object], run: Runner, tmp_path: Path) -> None:
    """Its rows, what is merged and what stands below, however many projects there were."""
    write(tmp_path / "空白表.xlsx")
    run("form", "learn", "空白表.xlsx", "-o", "样表.xlsx")
    more = [(*[None] * 7, "产出指标", "数量指标", f"第{number}项", "≥1个") for number in range(9)]
    own_lists.write(tmp_path / "源.xlsx", [own_lists.FIRST, *more, own_lists.SECOND, own_lists.TOTAL])
    assert run("new", "书.xlsx", "--from", "源.xlsx", "--department", "某局")[0] == 0
    run("form", "learn", "书.xlsx", "-o", "again/样表.xlsx")
    status, out, _ = run("form", "check", "again/样表.xlsx")
    assert status == 0, out
    first, again = (kind_of_guide(tmp_path / path).own_sheet for path in ("样表.xlsx", "again/样表.xlsx"))
    assert first is not None
    assert again is not None
    assert (first.texts, first.merges, first.tables) == (again.texts, again.merges, again.tables)
    assert first.formulas == again.formulas


def test_the_text_of_a_formula_is_a_text_in_a_learned_form(run: Runner, tmp_path: Path) -> None:
    """An office's own: what it speaks of is not in the 样表. Each is named."""
    _line(tmp_path / "源.xlsx")
    book = load_workbook("源.xlsx")
    sheet = book.worksheets[0]
    sheet["A2"] = '="（"&封面!B1&"年度）"'
    sheet["E8"] = '=IF(C6<>C7+C8,"不平","")'
    book.create_sheet("封面")["B1"] = 2025
    book.save("源.xlsx")
    with ZipFile("源.xlsx") as old, ZipFile("空白表.xlsx", "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for cell, shown in (("A2", "（2025年度）"), ("E8", "")):  # as Excel stores what a formula shows
                part = re.sub(
                    rf'<c r="{cell}"><f>(.*?)</f><v ?/?>(?:</v>)?'.encode(),
                    rf'<c r="{cell}" t="str"><f>\1</f><v>{shown}</v>'.encode(),
                    part,
                )
            new.writestr(name, part)
    _, out, _ = run("form", "learn", "空白表.xlsx", "-o", "样表.xlsx")
    assert "A2 的公式换成了它显示的文字“（2025年度）”" in out
    assert "E8 的公式没有显示文字，样表里没有它" in out
    status, out, _ = run("form", "check", "样表.xlsx")
    assert status == 0, out
