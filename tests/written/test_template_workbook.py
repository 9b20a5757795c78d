"""The department workbook itself: sheets, protection, names, drop-downs, states; built the same every time."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.departments import odd, parts, read, states, values, whole, written
from tests.office import Office
from xl_perf import profiles
from xl_perf.core.actions import ACTIONS
from xl_perf.core.cells.grid import a1
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.kinds import KINDS
from xl_perf.core.forms.layout import blank_layout
from xl_perf.core.making import draft
from xl_perf.saved.workbook import read_book
from xl_perf.sheets.form_names import first_input
from xl_perf.written.template import write_department

HEBEI = profiles.load("hebei-2023")


def test_same_department_same_bytes(tmp_path: Path) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_department(first, odd(), HEBEI)
    write_department(second, odd(), HEBEI)
    assert first.getvalue() == second.getvalue()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The parts of a workbook with two projects, as text."""
    department = draft.department(name="甲局", year=2023, ceiling="15", projects=[whole(), whole(budget="11")])
    path = written(department, tmp_path_factory.mktemp("built"))
    return {name: content.decode() for name, content in parts(path).items()}


def test_sheets(built: dict[str, str]) -> None:
    names = re.findall(r'<sheet name="([^"]+)"(?: sheetId="\d+")?( state="hidden")?', built["xl/workbook.xml"])
    shown = [name for name, hidden in names if not hidden]
    assert shown == ["首页", "整体绩效目标", "01", "02", "空白表", "部门汇总", "校验结果", "指标库", "说明"]
    assert [name for name, hidden in names if hidden] == ["字典"]
    assert "activeTab" not in built["xl/workbook.xml"]  # opens on the first sheet
    assert not any(name.endswith(".bin") for name in built)


def test_a_phone_number_stays_on_one_line(tmp_path: Path) -> None:
    """And two of them, each on a line of its own, on two."""
    import openpyxl

    for phone, is_small in (("13911112222", True), ("13911112222\n0318-7520000", False)):
        department = draft.department(name="甲局", year=2023, phone=phone, projects=[whole()])
        path = written(department, tmp_path)
        look = openpyxl.load_workbook(path)["首页"]["F6"].alignment
        assert (bool(look.shrink_to_fit), bool(look.wrap_text)) == (is_small, not is_small)


def test_protection_without_password_lets_rows_be_inserted(built: dict[str, str]) -> None:
    """But for 指标库, the eighth sheet, which people may change as they like."""
    for number in range(1, 11):
        tag = re.search(r"<sheetProtection [^>]*>", built[f"xl/worksheets/sheet{number}.xml"])
        if number == 8:
            assert tag is None
            continue
        assert tag is not None, number
        assert "password" not in tag[0]
        for allowed in ("insertRows", "formatRows", "formatColumns"):
            assert f'{allowed}="0"' in tag[0]


def test_defined_names(built: dict[str, str]) -> None:
    names = dict(re.findall(r'<definedName name="([^"]+)"(?: localSheetId="2")?>([^<]+)', built["xl/workbook.xml"]))
    assert names["部门名称"] == "'首页'!$C$5"
    assert names["预算年度"] == "'首页'!$F$5"
    assert names["预算数"] == "'01'!$C$3"
    assert names["其他资金"] == "'01'!$G$3"
    assert names["项目名称"] == "'01'!$E$2"


def test_form_prints_on_one_a4_page_and_hides_number_marks(built: dict[str, str]) -> None:
    sheet = built["xl/worksheets/sheet3.xml"]
    assert 'paperSize="9"' in sheet
    assert "<pageSetUpPr fitToPage=" in sheet
    assert "numberStoredAsText" in sheet


def test_drop_downs_and_messages(built: dict[str, str]) -> None:
    sheet = built["xl/worksheets/sheet3.xml"]
    assert "<formula1>二级清单_产出</formula1>" in sheet
    assert "<formula1>依据清单</formula1>" in sheet
    assert sheet.count('type="custom"') == 3 + 4
    told = {
        place
        for tag in re.findall(r"<dataValidation [^>]*>", sheet)
        if " prompt=" in tag
        for place in re.findall(r'sqref="([A-Z]+\d+)', tag)
    }
    assert {"B2", "C3", "B6"} <= told
    assert any(place[0] == "F" for place in told)
    assert not {"A1", "E2", "G3", "B4", "F6"} & told  # there it would cover what the form says about itself
    assert not any(place[0] in "CG" and int(place[1:]) > 6 for place in told)  # label or list's arrow say it already
    assert 'errorTitle="不是有效的金额"' in sheet
    lists = {str(value) for value in re.findall(r"<t[^>]*>([^<]+)</t>", built["xl/sharedStrings.xml"])}
    assert {"上级政策", "行业标准", "服务对象满意度指标"} <= lists


@pytest.mark.parametrize("kind", [one for one in KINDS if one.is_written], ids=lambda kind: kind.name)
def test_messages_cover_little(kind: FormKind, tmp_path: Path) -> None:
    """A message hangs over the cells beside: one short line, without a title that repeats the label."""
    write_department(tmp_path / "表.xlsx", draft.department(year=2027), profiles.load(), kind=kind)
    with zipfile.ZipFile(tmp_path / "表.xlsx") as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
    said = [text for sheet in sheets for text in re.findall(r' prompt="([^"]*)"', sheet)]
    assert said
    assert max(map(len, said)) <= 24
    assert not any(" promptTitle=" in sheet for sheet in sheets)


def test_eight_buttons_stay_in_sight(tmp_path: Path) -> None:
    """Checking, going on, undoing, rows: beside the frozen rows of a form, also where that is scrolled down."""
    write_department(tmp_path / "表.xlsm", draft.department(), profiles.load(), macros=True)
    with zipfile.ZipFile(tmp_path / "表.xlsm") as package:
        sheet = package.read("xl/worksheets/sheet3.xml").decode()
        drawn = package.read("xl/drawings/vmlDrawing2.vml").decode()
    frozen = int(re.findall(r'ySplit="(\d+)"', sheet)[0])
    places = [[int(one) for one in text.split(",")] for text in re.findall(r"<x:Anchor>([^<]+)<", drawn)]
    assert len(places) == sum(action.on_form for action in ACTIONS)
    assert sum(lower < frozen or (lower, below) == (frozen, 0) for *_, lower, below in places) == 8


def test_what_is_printed(built: dict[str, str]) -> None:
    """Forms and goals as they are handed in; of 首页 not what helps to fill in."""
    for number in (1, 2, 3):
        sheet = built[f"xl/worksheets/sheet{number}.xml"]
        assert 'blackAndWhite="1"' in sheet
        assert "<headerFooter" not in sheet
    assert re.search(r"Print_Area[^>]*>'?首页'?!\$A\$3:\$F\$22<", built["xl/workbook.xml"])


@pytest.mark.parametrize("kind", [one for one in KINDS if one.is_written], ids=lambda kind: kind.name)
def test_links_lead_to_the_first_input(kind: FormKind) -> None:
    layout = blank_layout(profiles.load(), kind)
    assert first_input(kind) == a1(*layout.area(kind.fields[0].key)[:2])


def test_examples_in_messages_name_the_year_of_the_book(tmp_path: Path) -> None:
    def said(year: int | None) -> str:
        write_department(tmp_path / "年.xlsx", draft.department(year=year), profiles.load())
        with zipfile.ZipFile(tmp_path / "年.xlsx") as package:
            return package.read("xl/worksheets/sheet1.xml").decode() + package.read("xl/worksheets/sheet3.xml").decode()

    assert "请填四位数字的年度，例如 2027。" in said(2027)
    assert "2027年12月底前" in said(2027)
    assert "2023" not in said(2027) + said(None)


def test_no_formula_from_typed_text(tmp_path: Path) -> None:
    typed = '=HYPERLINK("http://example.invalid","甲")'
    department = draft.department(
        name=typed,
        overall_goal=typed,
        safeguards=[(typed, typed)],
        projects=[whole(name=typed, heading=typed, purpose=typed, goals=[typed], code=typed)],
    )
    for name, content in parts(written(department, tmp_path)).items():
        if name.startswith("xl/worksheets"):
            assert b"example.invalid" not in b"".join(re.findall(rb"<f>(.*?)</f>", content)), name


def test_states_say_what_is_wrong(tmp_path: Path) -> None:
    book = read_book(written(states(), tmp_path))
    cells = values(book)
    shown = [cells.get(("首页", 9 + row, 5)) for row in range(19)]
    assert shown == [
        *("已填写", "预算不平", "预算不平", "已填写", "计划有误", "计划有误"),
        *("未填完", "未填完", "未填完", "未填完", "未填完", "未填完"),
        *("未填完", "未填完", "未填完"),  # a description alone, no basis, no indicator of satisfaction
        *("已填写", "未填完", "未填完", "未填写"),
    ]
    assert cells["02", 2, 8] == "预算数比财政资金与其他资金之和多 0.5 万元"
    assert cells["05", 5, 8] == "累计支出不应低于前一时点"
    assert cells["06", 5, 8] == "12月底应为 100%"


def test_the_total_says_how_many_amounts_it_passes_over(tmp_path: Path, soffice: Office) -> None:
    """Live, below it: a sum passes over texts, also over those that a person understands."""
    projects = [whole(), whole(budget="八十万"), whole(budget="看情况"), whole(budget=None)]
    path = written(draft.department(projects=projects), tmp_path)
    for one in (path, soffice.convert(path, "xlsx", tmp_path / "lo")):
        cells = values(read_book(one))
        total = next(place[1] for place, said in cells.items() if place[::2] == ("首页", 0) and said == "合计")
        assert cells["首页", total, 4] == 10
        assert cells["首页", total + 2, 0] == "有 2 张表的预算数不是数字，没有计入合计。"
    whole_book = values(read_book(written(draft.department(projects=[whole()]), tmp_path)))
    assert not any("没有计入合计" in str(said) for said in whole_book.values())


def test_every_typed_entry_is_unlocked(tmp_path: Path) -> None:
    """No value that a person fills in may stand in a locked cell."""
    from openpyxl import load_workbook

    book = load_workbook(written(draft.department(projects=[whole()]), tmp_path))
    project = read(tmp_path / "部门.xlsx").projects[0]
    for label, entry in project.entries():
        cell = book["01"].cell(entry.row + 1, entry.column + 1)
        assert cell.protection.locked is (label == "一级指标"), label
        if label in {"指标值", "项目编码", "项目名称", "三级指标"}:
            assert cell.number_format == "@"
    assert all(book["01"][name].protection.locked for name in ("A2", "D2", "B3", "B5", "I2"))
