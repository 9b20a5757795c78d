"""What is written into a department workbook is read back."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import hypothesis.strategies as st
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from tests.builders import indicator
from tests.departments import odd, read, same, values, whole, written
from tests.samples import part
from xl_perf import profiles
from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.labels import normal_label
from xl_perf.core.cells.values import is_blank, is_placeholder
from xl_perf.core.forms.footers import is_footer, is_unfilled
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.titles import heading_of
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.core.workbook.sheets import COVER_FIELDS, GOALS_FIELDS, MODEL_NAME, TEMPLATE_VERSION
from xl_perf.saved.workbook import read_book


@pytest.mark.parametrize("profile", profiles.names())
@pytest.mark.parametrize("department", [draft.department(), odd()], ids=["empty", "odd"])
def test_what_is_written_is_read_back(department: Department, profile: str, tmp_path: Path) -> None:
    same(department, written(department, tmp_path, profile))


def test_empty_department_has_one_blank_form_and_the_model(tmp_path: Path) -> None:
    book = read_book(written(draft.department(), tmp_path))
    department = read_department(book)
    assert department.projects == ()
    assert [blank.sheet for blank in department.blank_forms] == ["01"]
    assert department.kind == "department"
    assert department.template_version == TEMPLATE_VERSION
    assert book.names[MODEL_NAME].replace("'", "") == "空白表!$A$1"


def test_control_characters_break_nothing(tmp_path: Path) -> None:
    department = draft.department(
        name="甲\x00\x0b乙\ufffe\ud800",
        overall_goal="一\r\n二\r三\x1f",
        projects=[whole(name="道\x08路", heading="\x01标题")],
    )
    found = read(written(department, tmp_path))
    assert found.name == "甲乙"
    assert found.overall_goal.value == "一\n二\n三"
    assert found.projects[0].name.value == "道路"
    assert found.projects[0].heading.value == "标题"


def test_numbers_are_numbers_and_texts_are_texts(tmp_path: Path) -> None:
    project = whole(budget="1,619,300元", indicators=[indicator(target="=78人")])
    cells = values(read_book(written(draft.department(projects=[project]), tmp_path)))
    assert cells["01", 2, 2] == 161.93
    assert [cells["01", 5, column] for column in (1, 2, 3, 5)] == [0.25, 0.5, 0.75, 1.0]
    assert cells["01", 1, 1] == "130200001"
    assert cells["01", 10 - 1, 5] == "=78人"


def test_many_projects(tmp_path: Path) -> None:
    department = draft.department(projects=[whole(name=f"项目{number}") for number in range(1, 201)])
    found = read(written(department, tmp_path))
    assert [project.sheet for project in found.projects][::99] == ["01", "100", "199"]
    assert len(found.projects) == 200
    assert {total.amount.value for total in found.stored_totals if total.what == "budget"} == {Decimal(2000)}


# Texts as people type them: no control characters, something to be seen; no label of the form, no line that ends it,
# no dots alone, which stand for a text that is still to come.
TEXTS = (
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=40)
    .map(str.strip)
    .filter(lambda text: not is_blank(text) and label_key(text) is None and not is_footer(text))
    .filter(lambda text: not is_unfilled(text))
)
MAYBE = st.none() | TEXTS
GOALS_LABELS = tuple(normal_label(word) for field in GOALS_FIELDS for word in (field.label, *field.aliases))
COVER_LABELS = {normal_label(word) for field in COVER_FIELDS for word in (field.label, *field.aliases)}
AMOUNTS = (
    st.none()
    | st.decimals(min_value=-(10**9), max_value=10**9, places=6).map(str)
    | st.decimals(min_value=0, max_value=10**12, places=8).map(lambda number: f"{number}元")
    | TEXTS
)
SHARES = st.none() | st.integers(-20, 130).map(lambda number: f"{number}%") | st.floats(0, 1).map(lambda x: round(x, 4))
LEVELS = st.sampled_from([None, "产出指标", "效果指标", "效益指标", "满意度指标", "其他指标"])
SECONDS = st.sampled_from([None, "数量指标", "质量指标", "社会效益指标", "可持续性影响", "服务对象满意度指标"])
INDICATORS = st.fixed_dictionaries(
    {"level1": LEVELS, "level2": SECONDS, "level3": TEXTS, "description": TEXTS, "target": MAYBE, "basis": TEXTS}
)


def is_heading(text: str | None) -> bool:
    """A placeholder is none: the form then shows the project's name."""
    return text is None or (heading_of(f"{text}\n{DEFAULT.title}") == text and not is_placeholder(text))


PROJECTS = st.builds(
    draft.project,
    name=TEXTS,
    heading=MAYBE.filter(is_heading),
    code=MAYBE,
    budget=AMOUNTS,
    fiscal=AMOUNTS,
    other=AMOUNTS,
    purpose=MAYBE,
    percents=st.lists(SHARES, min_size=4, max_size=4),
    goals=st.lists(TEXTS, max_size=5),
    indicators=st.lists(INDICATORS, max_size=9),
)


@pytest.mark.slow
@given(st.lists(PROJECTS, min_size=1, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_project_is_read_back(tmp_path: Path, projects: list[Project]) -> None:
    department = draft.department(projects=projects)
    same(department, written(department, tmp_path))


# On 首页 a label is never somebody's value.
# On 整体绩效目标 a text that is a label of the sheet ends a table, and a title "/" says that the row above goes on.
SAID = TEXTS.filter(
    lambda text: not is_placeholder(text) and not any(normal_label(text).endswith(label) for label in GOALS_LABELS)
)
GOALS = st.builds(
    draft.sub_goal,
    SAID,
    SAID,
    st.lists(st.tuples(SAID, SAID | st.just("")), max_size=4),
    st.lists(SAID, max_size=4, unique=True),
)


def is_no_cover_label(text: str | None) -> bool:
    return text is None or normal_label(text) not in COVER_LABELS


DEPARTMENTS = st.builds(
    draft.department,
    name=MAYBE.filter(is_no_cover_label),
    year=st.none() | st.integers(1990, 2199),
    contact=MAYBE.filter(is_no_cover_label),
    phone=MAYBE.filter(is_no_cover_label),
    ceiling=AMOUNTS.filter(is_no_cover_label),
    overall_goal=st.none() | st.lists(SAID, min_size=1, max_size=3).map("\n".join),
    sub_goals=st.lists(GOALS, max_size=4),
    safeguards=st.lists(st.tuples(SAID, SAID | st.just("")), max_size=4),
    projects=st.lists(PROJECTS, max_size=2),
)


@given(DEPARTMENTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_department_is_read_back_whole(tmp_path: Path, department: Department) -> None:
    """Name, year, contact, ceiling, overall goal, sub-goals with indicators and projects, safeguards, forms."""
    same(department, written(department, tmp_path))


def test_placeholder_stays_a_placeholder(tmp_path: Path) -> None:
    project = read(written(draft.department(projects=[whole(code="————", other="————")]), tmp_path)).projects[0]
    assert project.code.status is Status.PLACEHOLDER
    assert project.value("other").status is Status.PLACEHOLDER


def test_another_checkpoint_is_kept(tmp_path: Path) -> None:
    own = replace(whole(), plan=draft.plan(["60%", "100%"], (7, 12)))
    project = read(written(draft.department(projects=[own]), tmp_path)).projects[0]
    assert [(point.month, point.percent.value) for point in project.plan] == [(7, Decimal(60)), (12, Decimal(100))]


def test_anybody_may_write_below_the_head_of_the_findings(tmp_path: Path) -> None:
    """Findings are copied there, and reasons typed beside them: the columns are unlocked, the head is not."""
    path = written(draft.department(), tmp_path)
    number = openpyxl.load_workbook(path).sheetnames.index("校验结果") + 1
    xml, styles = part(path, f"xl/worksheets/sheet{number}.xml"), part(path, "xl/styles.xml")
    formats = re.findall(r"<xf [^>]*/>|<xf .*?</xf>", styles[styles.index("<cellXfs") : styles.index("</cellXfs>")])
    columns = re.findall(r'<col min="(\d+)" max="(\d+)" [^>]*style="(\d+)"', xml)
    assert sum(int(last) - int(first) + 1 for first, last, _ in columns) == 13
    assert all('locked="0"' in formats[int(style)] for *_, style in columns)
    assert all(cell.protection.locked for cell in openpyxl.load_workbook(path)["校验结果"][3])


def test_weights_have_a_column_where_the_profile_asks_for_them(tmp_path: Path) -> None:
    """Between description and value; a project that has weights keeps them under another profile too."""
    row = {"level1": "产出指标", "level2": "数量指标", "level3": "养护里程", "target": "≥78公里", "weight": "12.5"}
    project = whole(indicators=[row])
    department = draft.department(projects=[project])
    for profile in profiles.names():
        path = written(department, tmp_path, profile)
        same(department, path)
        sheet = openpyxl.load_workbook(path)["01"]
        heads = {cell.value: cell.coordinate for cells in sheet.iter_rows() for cell in cells if cell.value == "权重"}
        assert list(heads) == ["权重"]
        (read_project,) = read(path).projects
        assert [one.weight.value for one in read_project.indicators] == [Decimal("12.5")]
    blank = written(draft.department(), tmp_path, "hebei-2023")
    assert all(cell.value != "权重" for cells in openpyxl.load_workbook(blank)["01"].iter_rows() for cell in cells)
