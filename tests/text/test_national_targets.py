"""The ministry's form in the text: as it is printed, and read back."""

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import departments as hebei
from tests.national import INDICATORS, whole
from tests.text.departments import AMOUNTS, LEVELS, LINES, NAMES, TARGETS, WORDS
from tests.text.departments import projects as hebei_projects
from xl_perf import profiles
from xl_perf.core.forms.national_targets import NATIONAL_TARGETS
from xl_perf.core.forms.project_targets import PROJECT_TARGETS
from xl_perf.core.making import draft
from xl_perf.core.model.project import Project
from xl_perf.text.reader import read_text
from xl_perf.text.understanding import TextRead
from xl_perf.text.word_out import write_text

MOF = profiles.load("mof-2021")


def written(folder: Path, *projects: Project, year: int | None = 2023) -> Path:
    path = folder / "文本.docx"
    write_text(path, draft.department(name="甲局", year=year, projects=projects), MOF)
    return path


def through_word(folder: Path, *projects: Project) -> TextRead:
    return read_text(written(folder, *projects), "文本.docx")


def paragraphs(path: Path) -> list[str]:
    return [one.text for one in docx.Document(str(path)).paragraphs]


def test_the_form_is_the_ministrys(tmp_path: Path) -> None:
    path = written(tmp_path, whole(goals=["一。", "二。"]))
    texts = paragraphs(path)
    at = texts.index("项目支出绩效目标表")
    assert texts[at - 1 : at + 2] == ["数据中心运行", "项目支出绩效目标表", "（2023年度）"]
    tables = docx.Document(str(path)).tables[1:]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    money, points = "项目资金\n（万元）", ["执行率分值\n（10）", "10"]
    assert rows[:10] == [
        ["项目名称", *["数据中心运行"] * 5],
        ["主管部门\n及代码", "[173]甲局", "[173]甲局", "实施单位", "乙台", "乙台"],
        [money, "年度资金总额：", "年度资金总额：", "12.00", *points],
        [money, "  其中：财政拨款", "  其中：财政拨款", "10.00", *points],
        [money, "        上年结转", "        上年结转", "2.00", *points],
        [money, "        其他资金", "        其他资金", "", *points],
        ["年度总体\n目标", *["一。"] * 5],
        ["年度总体\n目标", *["二。"] * 5],
        ["", "一级指标", "二级指标", "三级指标", "指标值", "分值"],
        ["绩\n效\n指\n标", "产出指标", "数量指标", "新增数据量", "≥12TB", "50"],
    ]
    assert [row[:2] for row in rows[9:]] == [
        ["绩\n效\n指\n标", level] for level in ("产出指标", "效益指标", "满意度指标")
    ]


def test_without_a_year_there_is_room_for_it(tmp_path: Path) -> None:
    assert "（    年度）" in paragraphs(written(tmp_path, whole(), year=None))


def test_the_summary_has_months_where_a_project_has_a_plan(tmp_path: Path) -> None:
    path = written(tmp_path, whole())
    rows = [[cell.text for cell in row.cells] for row in docx.Document(str(path)).tables[0].rows]
    assert rows == [
        ["序号", "项目名称", "预算数", "财政资金", "其他资金"],
        ["1", "数据中心运行", "12.00", "10.00", "2.00"],
        ["合计", "合计", "12.00", "10.00", "2.00"],
    ]
    path = written(tmp_path, whole(), hebei.whole())
    rows = [[cell.text for cell in row.cells] for row in docx.Document(str(path)).tables[0].rows]
    assert rows[2:4] == [
        ["1", "数据中心运行", "12.00", "10.00", "2.00", "", "", "", ""],
        ["2", "道路养护", "10.00", "10.00", "", "2.50", "5.00", "7.50", "10.00"],
    ]


def test_each_project_in_its_own_kind(tmp_path: Path) -> None:
    path = written(tmp_path, whole(), hebei.whole())
    titles = [text for text in paragraphs(path) if text.endswith("目标表")]
    assert titles[-2:] == ["项目支出绩效目标表", "项目绩效目标表"]
    found = read_text(path, path.name)
    assert [one.kind for one in found.department.projects] == [NATIONAL_TARGETS, PROJECT_TARGETS]
    assert (found.unplaced, found.warnings) == ((), ())


def test_the_properties_name_the_kind_that_most_have(tmp_path: Path) -> None:
    path = written(tmp_path, hebei.whole(), whole(), whole(name="路"))
    assert docx.Document(str(path)).core_properties.subject == "项目支出绩效目标表"


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """A form as people fill it in; amounts may be blank, a dash or words."""
    name = draw(NAMES)
    rows = [
        {"level1": level1, "level2": draw(st.sampled_from(seconds)), "level3": draw(WORDS), "target": draw(TARGETS)}
        | {"weight": draw(st.integers(1, 90).map(str))}
        for level1, seconds in LEVELS.items()
        for _ in range(draw(st.integers(0, 3)))
    ]
    sources = ("fiscal", "carried_over", "special_account", "unit_money", "local_money", "other")
    return draft.project(
        kind=NATIONAL_TARGETS,
        name=name,
        heading=draw(st.one_of(st.just(name), NAMES)),
        department_code=draw(st.one_of(st.just(""), WORDS)),
        unit_name=draw(st.one_of(st.just(""), WORDS)),
        budget=draw(AMOUNTS),
        goals=draw(st.lists(LINES, min_size=1, max_size=4)),
        indicators=rows,
        **{source: draw(AMOUNTS) for source in sources},
    )


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(projects() | hebei_projects(), min_size=1, max_size=3))
def test_any_project_is_read_back(tmp_path: Path, made: list[Project]) -> None:
    """Alone, and beside projects in the other form."""
    found = through_word(tmp_path, *made)
    assert [one.kind for one in found.department.projects] == [one.kind for one in made]
    assert [draft.project_content(one) for one in found.department.projects] == [
        draft.project_content(one) for one in made
    ]
    assert found.unplaced == ()


def test_each_form_is_printed_by_the_profile_of_its_kind(tmp_path: Path) -> None:
    made = draft.department(name="甲局", year=2026, projects=[whole(), hebei.whole(), hebei.whole(name="桥")])
    profile = profiles.fitting(made)
    assert profile.name == "hebei-2023"
    write_text(tmp_path / "文本.docx", made, profile)
    assert [cell.text for cell in docx.Document(str(tmp_path / "文本.docx")).tables[1].rows[2].cells[4:]] == [
        *("执行率分值\n（10）", "10")
    ]


def test_the_year_above_the_form_comes_back(tmp_path: Path) -> None:
    path = written(tmp_path, whole(), year=2026)
    assert "（2026年度）" in paragraphs(path)
    found = read_text(path, path.name)
    again = tmp_path / "又.docx"
    write_text(again, found.department, MOF)
    assert (found.department.year, "（2026年度）" in paragraphs(again)) == (2026, True)
    document = docx.Document(str(path))
    for one in list(document.paragraphs):  # a form alone, without the text around it
        if "2026" in one.text and one.text != "（2026年度）":
            one._p.getparent().remove(one._p)
    document.save(str(path))
    assert read_text(path, path.name).department.year == 2026


def test_cost_under_output_has_no_empty_row_of_its_own(tmp_path: Path) -> None:
    rows = [*INDICATORS, {"level1": "产出指标", "level2": "成本指标", "level3": "单价", "target": "≤1万元/台"}]
    path = written(tmp_path, whole(indicators=rows))
    table = docx.Document(str(path)).tables[2]
    assert [row.cells[1].text for row in table.rows] == [
        *("一级指标", "产出指标", "效益指标", "满意度指标", "产出指标")
    ]


def test_a_form_of_two_pages_says_its_levels_again(tmp_path: Path) -> None:
    """The indicators are a table of their own, whose header stands on every page; labels begin anew there."""
    rows = [{"level1": "产出指标", "level2": "数量指标", "level3": f"数{at}", "target": "=1个"} for at in range(20)]
    path = written(tmp_path, whole(indicators=[*rows, *INDICATORS[1:]]))
    table = docx.Document(str(path)).tables[2]._tbl
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in table.tr_lst] == [True, *[False] * 22]
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in table.tr_lst)
    begins = [at for at, row in enumerate(table.tr_lst) if row.tc_lst[0].vMerge == "restart"]
    assert len(begins) == 2
    shown = [["".join(t.text for t in one.iter(qn("w:t"))) for one in table.tr_lst[at].tc_lst[:2]] for at in begins]
    assert shown == [["绩效指标", "产出指标"]] * 2
    found = read_text(path, path.name)
    assert [len(one.indicators) for one in found.department.projects] == [22]
    assert {one.level1.text for one in found.department.projects[0].indicators[:20]} == {"产出指标"}
    assert (found.unplaced, found.warnings) == ((), ())
