"""样表: every layout that offices use is learned from its blank form; the filled one is then read by it alone."""

import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import Workbook, load_workbook

from tests.command_line import Runner, run
from tests.guides import blank_form, correct, learned_from
from tests.test_forms_of_offices import EXPECTED, FORMS, compared
from xl_perf.core.errors import BookError
from xl_perf.core.forms.learned import alone
from xl_perf.core.reading import read_department
from xl_perf.saved.guides import guide_at
from xl_perf.saved.workbook import read_book
from xl_perf.service.guides import check_form, learn_form

__all__ = ["run"]


class Correction(NamedTuple):
    """What an officer has to say of a form: which label is what, the unit, marks typed into the form."""

    chosen: dict[str, str] = {}  # noqa: RUF012
    unit: str = ""
    marks: dict[str, str] = {}  # noqa: RUF012
    total: str = ""


CORRECTIONS = {
    "c07-hunan-old-2021": Correction(unit="万元"),
    "c08-hubei-ezhou-2022": Correction(unit="万元"),
    "c21-integrated-page": Correction(
        unit="元", marks={"D6": "{预算数}", "D7": "{财政资金}", "D8": "{其他资金}"}, total="111.1111"
    ),
}
"""The layouts that need one, with the correction; the last two print no unit, c21 no amount of the year."""
TARGETS = sorted(path for path in FORMS.glob("*.xlsx") if EXPECTED[path.stem][0]["kind"] == "targets")


@pytest.mark.parametrize("path", TARGETS, ids=lambda path: path.stem)
def test_every_layout_is_learned_from_its_blank_form(path: Path, tmp_path: Path) -> None:
    """What the filled form says is then read without any shipped kind for projects."""
    guide = learned_from(blank_form(path, tmp_path / "空白表.xlsx"), tmp_path)
    correction = CORRECTIONS.get(path.stem)
    if correction is not None:
        assert guide_at(guide, guide.name).faults, "it needs no correction"
        correct(guide, correction.chosen, correction.unit, correction.marks)
    said = guide_at(guide, guide.name)
    assert said.faults == ()
    department = read_department(read_book(path, path.name), alone(said.form))
    expected = EXPECTED[path.stem]
    if correction is not None and correction.total:
        kept = [{key: value for key, value in one.items() if key not in {"fiscal", "other"}} for one in expected]
        expected = [one | {"total": correction.total} for one in kept]
    found, right = compared(list(department.projects), expected)
    assert found == right


def grade_form(path: Path, amounts: tuple[str, str] = ("", "")) -> Path:
    """A form whose words no shipped kind knows, but for the levels that it prints; with amounts it is filled in."""
    total, fiscal = amounts
    is_filled = bool(total)
    rows: list[list[str | None]] = [
        ["某市市级财政支出绩效计划书"],
        ["支出事项", "设备运维" if is_filled else None, None, "归口科室", "综合科" if is_filled else None],
        ["资金盘子（元）", "全年盘子", total or None, "其中市本级", fiscal or None],
        ["年度想达到的效果", "保障平稳运行，服务群众。" if is_filled else None],
        ["考核点", "大类", "小类", "考核内容", "考核要求"],
        [None, "产出指标", "数量指标", *(("开展培训次数", "≥12次") if is_filled else ())],
        [None, None, "质量指标", *(("验收合格率", "≥95%") if is_filled else ())],
        [None, "满意度指标", "服务对象满意度指标", *(("群众满意度", "≥90%") if is_filled else ())],
    ]
    book = Workbook()
    sheet = book.worksheets[0]
    for row, cells in enumerate(rows, 1):
        for column, typed in enumerate(cells, 1):
            sheet.cell(row, column).value = typed
    for area in ("A1:E1", "B2:C2", "B4:E4", "A5:A8", "B6:B7"):
        sheet.merge_cells(area)
    book.save(path)
    return path


GRADES = {
    "支出事项": "项目名称",
    "资金盘子": "项目资金（万元）（栏目）",
    "全年盘子": "预算数",
    "其中市本级": "财政资金",
    "年度想达到的效果": "目标1",
    "考核点": "绩效指标（栏目）",
    "大类": "一级指标",
    "小类": "二级指标",
    "考核内容": "三级指标",
    "考核要求": "指标值",
}


def test_a_form_with_words_that_nobody_knows(tmp_path: Path) -> None:
    """Amounts and headings are asked, never guessed; once answered its books are read, in its own unit."""
    guide = learned_from(grade_form(tmp_path / "空白表.xlsx"), tmp_path)
    asked = [one.said for one in guide_at(guide, guide.name).faults]
    for label in ("资金盘子", "全年盘子", "其中市本级", "大类", "小类", "考核内容", "考核要求"):
        assert any(f"“{label}”还没有核对" in said for said in asked), label
    assert any("没有标出项目名称" in said for said in asked)
    correct(guide, GRADES)
    assert guide_at(guide, guide.name).faults == ()
    filled = grade_form(tmp_path / "一局.xlsx", ("1204500", "1000000.5"))
    checked = check_form(str(guide), [str(filled)])
    assert checked.is_sound
    department = checked.tried[0].department
    assert department is not None
    (project,) = department.projects
    assert (project.name.value, project.budget.value) == ("设备运维", Decimal("120.45"))
    assert project.fiscal.value == Decimal("100.00005")
    assert [goal.value for goal in project.goals] == ["保障平稳运行，服务群众。"]
    assert [(one.level1.value, one.level3.value, one.target.text) for one in project.indicators] == [
        ("产出", "开展培训次数", "≥12次"),
        ("产出", "验收合格率", "≥95%"),
        ("满意度", "群众满意度", "≥90%"),
    ]


def ready(folder: Path) -> Path:
    """A 样表 that can be used, in a folder."""
    guide = learned_from(grade_form(folder / "空白表.xlsx"), folder)
    (folder / "空白表.xlsx").unlink()
    correct(guide, GRADES)
    return guide


def test_beside_workbooks_it_is_a_kind_of_form(run: Runner, tmp_path: Path) -> None:
    """The folder's books are read by it, counted with those of shipped kinds; it is no book itself; the line tells."""
    guide = ready(tmp_path)
    grade_form(tmp_path / "一局.xlsx", ("1204500", "1000000.5"))
    grade_form(tmp_path / "二局.xlsx", ("300000", "300000"))
    (tmp_path / "三局.xlsx").write_bytes((FORMS / "c01-central-2023.xlsx").read_bytes())
    _, out, _ = run("check", tmp_path, "--summary")
    assert "1350.45" in out
    assert "样表，说明别的表怎样读" in out
    assert "样表：样表（2 本）" in out.splitlines()[-1]
    guide.unlink()
    assert "1350.45" not in run("check", tmp_path, "--summary")[1]


def test_all_its_labels_name_it_as_a_title_does(run: Runner, tmp_path: Path) -> None:
    """A 样表 that prints no title is used all the same; one that fits nothing is said not to have been used."""
    path = FORMS / "n00-plain.xlsx"
    book = load_workbook(blank_form(path, tmp_path / "空白.xlsx"))
    book.worksheets[0]["A1"] = None
    book.save(tmp_path / "空白.xlsx")
    for name in ("own", "other"):
        (tmp_path / name).mkdir()
        run("form", "learn", tmp_path / "空白.xlsx", "-o", tmp_path / name / "样表.xlsx")
    shutil.copy(path, tmp_path / "own")
    shutil.copy(FORMS / "c10-shaanxi-2020.xlsx", tmp_path / "other")
    assert run("check", tmp_path / "own")[1].splitlines()[-1] == "口径：hebei-2023；样表：样表（1 本）"
    assert run("check", tmp_path / "other")[1].splitlines()[-1] == "口径：mof-2021；样表：样表（没有用上）"


def test_a_profile_names_it(run: Runner, tmp_path: Path) -> None:
    """From another folder, for books elsewhere."""
    own = tmp_path / "我的口径"
    own.mkdir()
    ready(own)
    profile = own / "口径.toml"
    profile.write_text('base = "mof-2021"\nname = "某市"\ntitle = "某市口径"\nforms = ["样表.xlsx"]\n', "utf-8")
    filled = grade_form(tmp_path / "一局.xlsx", ("1204500", "1000000.5"))
    assert "120.45" in run("check", filled, "--profile", profile)[1]
    profile.write_text(profile.read_text("utf-8").replace("样表.xlsx", "没有.xlsx"), "utf-8")
    status, _, err = run("check", filled, "--profile", profile)
    assert status == 2
    assert "没有.xlsx" in err


def test_one_that_is_not_ready_stops_its_folder(run: Runner, tmp_path: Path) -> None:
    """A book beside it is not read without it: its money would be missing without a word."""
    learned_from(grade_form(tmp_path / "空白表.xlsx"), tmp_path)
    (tmp_path / "空白表.xlsx").unlink()
    filled = grade_form(tmp_path / "一局.xlsx", ("1204500", "1000000.5"))
    status, _, err = run("check", filled)
    assert status == 2
    assert "样表“样表.xlsx”还不能用" in err
    assert "xl-perf form check" in err


def test_a_blank_form_of_that_name_is_none(run: Runner, tmp_path: Path) -> None:
    """The bureau's blank form is often called 样表.xlsx: without marks it changes nothing."""
    blank_form(FORMS / "c01-central-2023.xlsx", tmp_path / "样表.xlsx")
    (tmp_path / "一局.xlsx").write_bytes((FORMS / "c01-central-2023.xlsx").read_bytes())
    status, out, _ = run("check", tmp_path / "一局.xlsx")
    assert "1200" in out
    assert status != 2


@pytest.mark.parametrize(
    ("chosen", "marks", "said"),
    [
        ({}, {"E2": "{预算数}"}, "都标成了预算数"),
        ({}, {"C3": "{预算数目}"}, "不是一种栏目，是不是 {预算数}"),
        ({"支出事项": "不读"}, {}, "没有标出项目名称"),
        ({"考核内容": "不读"}, {}, "没有标出三级指标"),
        ({"大类": "预算指标"}, {}, "不是一种栏目"),
    ],
)
def test_what_is_missing_or_contradictory_is_said(
    chosen: dict[str, str], marks: dict[str, str], said: str, tmp_path: Path
) -> None:
    guide = ready(tmp_path)
    correct(guide, chosen, marks=marks)
    faults = [str(one) for one in guide_at(guide, guide.name).faults]
    assert any(said in one for one in faults), faults


@pytest.mark.parametrize("name", ["c01-central-2023.docx", "c10-shaanxi-2020.docx", "c19-region-2023.docx"])
def test_a_text_is_learned_too(name: str, tmp_path: Path) -> None:
    """The form is drawn from a table in Word, filled in as it is; the filled text is read by it."""
    guide = learned_from(FORMS / name, tmp_path)
    checked = check_form(str(guide), [str(FORMS / name)])
    assert checked.guide.faults == ()
    department = checked.tried[0].department
    assert department is not None
    found, right = compared(list(department.projects), EXPECTED[Path(name).stem])
    assert found == right


# --- odd files -----------------------------------------------------------------------------------------------------


def _empty(path: Path) -> None:
    Workbook().save(path)


def _wide(path: Path) -> None:
    book = Workbook()
    for column in range(1, 10_001):
        book.worksheets[0].cell(1, column).value = "项目名称"
    book.save(path)


def _sentence(path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "各单位请按要求填报项目绩效目标表，于本月底前报送。"
    book.save(path)


def _no_workbook(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 nothing")


@pytest.mark.parametrize("make", [_empty, _wide, _sentence, _no_workbook])
def test_what_is_no_form_gives_a_sentence(make: Callable[[Path], None], run: Runner, tmp_path: Path) -> None:
    """With the file, the reason and the next step; nothing is written."""
    source = tmp_path / "空白表.xlsx"
    make(source)
    status, out, err = run("form", "learn", source, "-o", tmp_path / "样表.xlsx")
    assert (status, out) == (2, "")
    assert err.startswith(str(source))
    assert err.count("。") >= 2
    assert not (tmp_path / "样表.xlsx").exists()


@pytest.mark.parametrize("name", ["c04-sichuan-self-2023.xlsx", "c06-monitor-136.xlsx", "c12-hubei-dept-2021.xlsx"])
def test_another_kind_is_named_and_not_learned(name: str, tmp_path: Path) -> None:
    with pytest.raises(BookError, match="不是项目绩效目标表"):
        learned_from(FORMS / name, tmp_path)


def test_several_forms_on_a_sheet_are_said(tmp_path: Path) -> None:
    learned = learn_form(str(FORMS / "n14-two-stacked-no-code.xlsx"), str(tmp_path / "样表.xlsx"))
    assert "这张工作表上有几张表，只学了第一张" in learned.notes


def test_a_filled_form_leaves_nothing_of_what_was_filled_in(tmp_path: Path) -> None:
    """Names, texts and amounts of somebody's project are not in the 样表."""
    source = FORMS / "c01-central-2023.xlsx"
    guide = learned_from(source, tmp_path)
    shown = {typed for grid in read_book(guide, guide.name).grids for row in grid.rows for typed in row}
    (project,) = read_department(read_book(source, source.name)).projects
    texts = [entry.typed for entry in (*project.values, *project.goals) if not entry.is_empty]
    texts += [typed for one in project.indicators for typed in (one.level3.typed, one.target.typed)]
    assert [typed for typed in texts if typed in shown] == []


def test_a_filled_form_of_hebei_is_learned_without_what_it_says(tmp_path: Path) -> None:
    """Its title names the project, its plan percentages; both go, and what no other form prints is no label."""
    learned = learn_form(str(FORMS / "n00-plain.xlsx"), str(tmp_path / "样表.xlsx"))
    guide = Path(learned.written.path)
    assert (learned.to_check, learned.unknown) == ((), ())
    shown = [str(typed) for grid in read_book(guide, guide.name).grids for row in grid.rows for typed in row if typed]
    assert "项目绩效目标表" in shown
    assert not any("设备购置" in text or "25%" in text for text in shown)


def test_the_source_is_left_as_it_is(run: Runner, tmp_path: Path) -> None:
    source = tmp_path / "空白表.xlsx"
    grade_form(source)
    before = source.read_bytes()
    run("form", "learn", source, "-o", tmp_path)
    assert source.read_bytes() == before
    assert (tmp_path / "样表-空白表.xlsx").exists()
    status, _, err = run("form", "learn", tmp_path / "样表-空白表.xlsx", "-o", tmp_path / "x.xlsx")
    assert status == 2
    assert "已经是样表了" in err


def test_a_workbook_carries_the_kind_that_it_was_made_of(run: Runner, tmp_path: Path) -> None:
    """Sent to where no 样表 lies, it is read as it was made: `form` in the JSON, amounts, indicators."""
    folder = tmp_path / "本局"
    folder.mkdir()
    learned_from(grade_form(tmp_path / "空白表.xlsx"), folder)
    correct(folder / "样表.xlsx", GRADES)
    filled = grade_form(folder / "一局.xlsx", ("1204500", "1000000.5"))
    assert run("new", folder / "部门.xlsx", "--from", filled, "--year", "2025")[0] == 0
    away = tmp_path / "市局" / "部门.xlsx"
    away.parent.mkdir()
    away.write_bytes((folder / "部门.xlsx").read_bytes())
    here, there = (json.loads(run("check", path, "--json")[1])["books"][0] for path in (folder / "部门.xlsx", away))
    assert here["projects"] == there["projects"]
    (project,) = there["projects"]
    assert (project["form"], project["name"], project["budget"]) == ("样表", "设备运维", "120.45")


@pytest.mark.parametrize(
    "change",
    [
        {"A10": "随便"},
        {"B11": "不是单元格", "C12": "ZZZZ99999"},
        {"D11": "=1/0", "E11": "=HYPERLINK(\"x\")"},
        {"B5": "x" * 30_000, "B7": "没有这种"},
        {f"A{row}": f"标签{row}" for row in range(30, 600)},
    ],
)  # fmt: skip
def test_a_silly_table_gives_faults_or_a_form(change: dict[str, str], run: Runner, tmp_path: Path) -> None:
    """Whatever somebody types into 对照: sentences, never a traceback."""
    guide = ready(tmp_path)
    book = load_workbook(guide)
    for cell, typed in change.items():
        book["对照"][cell] = typed
    book.save(guide)
    status, out, err = run("form", "check", guide)
    assert status in {0, 1}
    assert err == ""
    assert out


def test_an_empty_amount_is_asked_in_the_unit_of_the_form(run: Runner, tmp_path: Path) -> None:
    """A form in 元 asks for 元: 161.93 there would be read as 0.016193 万元."""
    ready(tmp_path)
    book = load_workbook(grade_form(tmp_path / "一局.xlsx", ("1204500", "1000000.5")))
    book.worksheets[0]["C3"] = None
    book.save(tmp_path / "一局.xlsx")
    assert "单位为元，如 1619300" in run("check", tmp_path / "一局.xlsx")[1]


def test_an_amount_that_somebody_called_a_text_is_told(run: Runner, tmp_path: Path) -> None:
    """文字 chosen for a label beside the amounts: its number is in no total, and that is said."""
    guide = ready(tmp_path)
    correct(guide, {"其中市本级": "文字"})
    grade_form(tmp_path / "一局.xlsx", ("1204500", "1000000.5"))
    out = run("check", tmp_path / "一局.xlsx")[1]
    assert "1000000.5" in out
    assert "B310" in out


def test_marks_without_a_table_that_wait_for_an_answer_are_faults(tmp_path: Path) -> None:
    guide = learned_from(grade_form(tmp_path / "空白表.xlsx"), tmp_path)
    book = load_workbook(guide)
    del book["对照"]
    book.save(guide)
    faults = [one.said for one in guide_at(guide, guide.name).faults]
    assert any("{文字？} 还没有核对" in said for said in faults), faults


def test_amounts_in_rows_of_their_own_that_are_not_read_are_told(run: Runner, tmp_path: Path) -> None:
    """One below the other, of which two are no field: each is named, and the total says what it lacks."""
    source = FORMS / "c01-central-2023.xlsx"
    guide = learned_from(blank_form(source, tmp_path / "空白表.xlsx"), tmp_path)
    correct(guide, {"上年结转": "文字", "其他资金": "文字"})
    (tmp_path / "一局.xlsx").write_bytes(source.read_bytes())
    _, out, _ = run("check", tmp_path / "一局.xlsx")
    assert "“上年结转”" in out
    assert "150" in out
    assert "“其他资金”" in out
    assert "合计不含" in out


def test_a_label_with_room_shares_its_cell(run: Runner, tmp_path: Path) -> None:
    """项目名称：____ beside 年度：2022年: what is filled in stands behind the colon, also where nothing does yet."""
    path = FORMS.parent / "layouts" / "l25-label-and-value-in-one-cell.xlsx"
    guide = learned_from(blank_form(path, tmp_path / "空白.xlsx"), tmp_path)
    form = load_workbook(guide).worksheets[0]
    assert [form[cell].value for cell in ("A2", "D2", "D3", "A5")] == [
        "项目名称：{项目名称}",
        "年度：2022年",
        "实施单位：{实施单位}",
        "年度总体目标：{目标1}",
    ]
    assert guide_at(guide, guide.name).faults == ()
    (tmp_path / "新").mkdir()
    out = tmp_path / "新" / "部门.xlsx"
    run("new", out, "--form", guide, "--from", path)
    written = load_workbook(out)["01"]
    assert written["A2"].value == "项目名称：红色资源保护利用"
    assert written["A5"].value == "年度总体目标：修缮纪念设施，开展祭扫活动。"
    status, said, _ = run("check", out)
    assert status == 0
    assert "136.5 / 100 / 36.5 万元" in said
