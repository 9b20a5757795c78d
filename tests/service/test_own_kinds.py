"""Workbooks made of an office's own forms of before: in the 样表 that holds now, and in its unit."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.command_line import Runner, run
from tests.departments import read
from tests.guides import correct
from tests.own_guides import learned
from tests.written.test_own_forms import WRITTEN, said
from xl_perf.core.errors import FormError
from xl_perf.core.forms.kinds import KINDS
from xl_perf.core.forms.learned import learned_kind
from xl_perf.core.making.converting import fitted, in_kind
from xl_perf.core.making.merging import merge
from xl_perf.core.making.own_kinds import into_of
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.saved.guides import kind_of_guide
from xl_perf.saved.workbook import read_book
from xl_perf.service.guides import learn_form
from xl_perf.service.making import _compare_money

__all__ = ["run"]


def office_form(path: Path, *, year: int = 2023, with_contact: bool = True, amount: float | None = None) -> Path:
    """A form that does not say what its amounts count in; filled in where there is an ``amount``."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    filled = amount is not None
    rows = [
        ("县级项目支出绩效目标表",),
        (f"（{year}年度）",),
        (
            "项目名称",
            "路灯维修" if filled else "",
            "",
            "联系人" if with_contact else "",
            "张三" if filled and with_contact else "",
        ),
        ("年度资金总额", amount, "", "其中：财政拨款", amount),
        ("实施单位", "市政处" if filled else "", "", "其他资金", 0 if filled else None),
        ("年度绩效目标", "维修320盏。" if filled else ""),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        *(
            (first, second, *((third, target) if filled else ()))
            for first, second, third, target in (
                ("产出指标", "数量指标", "维修路灯", "320盏"),
                ("", "质量指标", "合格率", "100%"),
                ("效益指标", "社会效益指标", "受益居民", "≥5000人"),
                ("满意度指标", "服务对象满意度指标", "居民满意度", "≥90%"),
            )
        ),
    ]
    for number, row in enumerate(rows, 1):
        for column, typed in enumerate(row, 1):
            if typed not in {"", None}:
                sheet.cell(number, column, typed)
    for area in ("A1:E1", "A2:E2", "B3:C3", "B4:C4", "B5:C5", "B6:E6"):
        sheet.merge_cells(area)
    book.save(path)
    return path


def own_guide(path: Path, unit: str, *, year: int = 2023, with_contact: bool = True) -> Path:
    blank = office_form(path.with_name(f"空白{path.name}"), year=year, with_contact=with_contact)
    guide = Path(learn_form(str(blank), str(path), overwrite=True).written.path)
    blank.unlink()
    correct(guide, {}, unit=unit)
    return guide


@pytest.mark.parametrize(("before", "now", "typed"), [("万元", "元", 8140000), ("元", "万元", 814)])
def test_the_unit_of_a_guide_was_corrected(before: str, now: str, typed: int, tmp_path: Path, run: Runner) -> None:
    """The workbook of before is read by what it carries, and written in the unit by which the new one is read."""
    own_guide(tmp_path / "样表.xlsx", before)
    old, new = tmp_path / "旧.xlsx", tmp_path / "新.xlsx"
    filled = office_form(tmp_path / "填好.xlsx", amount=814 if before == "万元" else 8140000)
    assert run("new", old, "--from", filled)[0] == 0
    own_guide(tmp_path / "样表.xlsx", now)
    status, said, more = run("new", new, "--from", old)
    assert status == 0
    assert f"金额由{before}换算成{now}" in said + more
    assert "814 / 814 / 0 万元" in said
    assert load_workbook(new)["01"]["B4"].value == typed
    assert read(new).projects[0].budget.value == read(old).projects[0].budget.value == Decimal(814)


def test_projects_of_last_year_get_the_form_of_this_year(tmp_path: Path, run: Runner) -> None:
    last, now = tmp_path / "去年", tmp_path / "今年"
    for folder in (last, now):
        folder.mkdir()
    own_guide(last / "样表-2023.xlsx", "万元")
    own_guide(now / "样表-2024.xlsx", "元", year=2024, with_contact=False)
    book, out = office_form(last / "填好.xlsx", amount=120), now / "部门.xlsx"
    status, said, more = run("new", out, "--from", book, "--year", "2024")
    assert status == 0
    assert load_workbook(out)["01"]["B4"].value == 1200000
    assert "样表-2024" in said + more
    assert "没有收进来：联系人 张三" in said + more
    (project,) = read(out).projects
    assert (project.kind.name, project.budget.value) == ("样表-2024", Decimal(120))
    assert project.indicators[3].level3.text == "居民满意度"


def test_beside_both_the_year_decides(tmp_path: Path, run: Runner) -> None:
    for year, has in ((2023, True), (2024, False)):
        own_guide(tmp_path / f"样表-{year}.xlsx", "万元", year=year, with_contact=has)
    book = office_form(tmp_path / "填好.xlsx", amount=120)
    for year in (2023, 2024):
        out = tmp_path / f"部门{year}.xlsx"
        assert run("new", out, "--from", book, "--year", str(year))[0] == 0
        assert read(out).projects[0].kind.name == f"样表-{year}"


def test_a_form_that_is_named_is_that_of_the_projects(tmp_path: Path, run: Runner) -> None:
    own_guide(tmp_path / "样表-2023.xlsx", "万元")
    (tmp_path / "另").mkdir()
    named = own_guide(tmp_path / "另" / "样表-2024.xlsx", "元", year=2024, with_contact=False)
    out = tmp_path / "部门.xlsx"
    assert run("new", out, "--from", office_form(tmp_path / "填好.xlsx", amount=120), "--form", named)[0] == 0
    assert load_workbook(out)["01"]["B4"].value == 1200000


def test_forms_that_one_workbook_could_not_tell_apart(tmp_path: Path) -> None:
    """Alike but for the unit they become one; of one name with other labels they get names of their own."""
    kind = kind_of_guide(own_guide(tmp_path / "样表.xlsx", "万元"))
    assert kind.learned is not None
    in_yuan = learned_kind(kind.learned._replace(unit="元"))
    other = learned_kind(kind.learned._replace(words=kind.learned.words[1:]))
    projects = [replace(one, kind=its) for its in (kind, in_yuan, other) for one in _projects(tmp_path)]
    into = into_of(projects, KINDS[0], KINDS, 2023, is_named=False)
    assert into.of(kind) is kind
    assert into.of(in_yuan) is kind
    assert into.of(other).name == "样表（2）"


def _projects(folder: Path) -> list[Project]:
    return list(read(office_form(folder / "填好.xlsx", amount=814)).projects)


def test_what_reads_otherwise_than_it_was_written_is_refused(tmp_path: Path, run: Runner) -> None:
    own_guide(tmp_path / "样表.xlsx", "万元")
    out = tmp_path / "部门.xlsx"
    assert run("new", out, "--from", office_form(tmp_path / "填好.xlsx", amount=814))[0] == 0
    department = read(out)
    kinds = (department.projects[0].kind, *KINDS)
    _compare_money(out, department, kinds)
    at = department.projects[0].kind.place["budget"]
    values = list(department.projects[0].values)
    values[at] = values[at]._replace(value=Decimal(8140000))
    changed = replace(merge([department]), projects=(replace(department.projects[0], values=tuple(values)),))
    with pytest.raises(FormError, match="路灯维修"):
        _compare_money(out, changed, kinds)


def test_a_template_is_of_the_form_that_lies_beside_it(tmp_path: Path, run: Runner) -> None:
    own_guide(tmp_path / "样表.xlsx", "万元")
    out = tmp_path / "模板.xlsx"
    assert run("template", out)[0] == 0
    assert load_workbook(out)["空白表"]["A1"].value == "县级项目支出绩效目标表"
    assert run("template", tmp_path / "自带.xlsx", "--form", "national_targets")[0] == 0
    assert load_workbook(tmp_path / "自带.xlsx")["空白表"]["A1"].value != "县级项目支出绩效目标表"


def test_what_is_said_of_units_that_stay(tmp_path: Path, run: Runner) -> None:
    """The unit that the 样表 says counts; forms on it keep that, also when they are packed."""
    own_guide(tmp_path / "样表.xlsx", "元")
    out = tmp_path / "部门.xlsx"
    book = office_form(tmp_path / "填好.xlsx", amount=8140000)
    status, said, more = run("new", out, "--from", book, "--department", "某县", "--year", "2023")
    assert status == 0
    assert "的金额以元计（按样表），合计按万元" in said + more
    _, said, more = run("pack", out, "-o", tmp_path / "报送", "--force", "--reason", "试报")
    assert "打包后以万元计" not in said + more
    (packed,) = (tmp_path / "报送").glob("*.xlsx")
    assert load_workbook(packed)["01"]["B4"].value == 8140000


@pytest.mark.parametrize("path", WRITTEN, ids=[path.stem for path in WRITTEN])
def test_nothing_is_lost_between_two_versions_of_a_form(path: Path) -> None:
    kind = learned(path)
    assert kind.learned is not None
    now = learned_kind(kind.learned._replace(name="今年的"))
    department = read_department(read_book(path, path.name), (kind,))
    made = fitted(department, into_of(department.projects, now, (now,), None, is_named=False))
    assert all(project.kind is now for project in made.projects)
    assert list(map(said, made.projects)) == list(map(said, department.projects))


def test_a_plan_stays_where_the_nearest_shipped_kind_has_none() -> None:
    path = next(path for path in WRITTEN if path.stem == "n00-plain")
    kind = learned(path)
    assert kind.learned is not None
    now = learned_kind(kind.learned._replace(base="national_targets"))
    assert now.own_sheet is not None
    assert now.own_sheet.months
    assert not now.has_plan
    (project, *_) = read_department(read_book(path, path.name), (kind,)).projects
    assert project.plan
    assert in_kind(project, now).plan == project.plan
