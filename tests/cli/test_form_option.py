"""--form: which kind of form new workbooks and templates are made of."""

from pathlib import Path

import openpyxl
import pytest

from tests import departments
from tests.builders import department
from tests.command_line import Runner, run
from tests.national import whole
from xl_perf import profiles
from xl_perf.core.forms.national_targets import NATIONAL_TARGETS
from xl_perf.core.forms.project_targets import PROJECT_TARGETS
from xl_perf.core.model.project import Project
from xl_perf.service import checking
from xl_perf.service.making import kind_called
from xl_perf.written.template import write_department

__all__ = ["run"]  # the fixture

NATIONAL, OWN = "项目支出绩效目标表", "项目绩效目标表"
KNOWN = "--form 可用的有：project_targets（项目绩效目标表）、national_targets（项目支出绩效目标表）。\n"


def title(path: Path, sheet: str = "空白表") -> str:
    return str(openpyxl.load_workbook(path, data_only=True)[sheet]["A1"].value)


def book(path: Path, *projects: Project) -> Path:
    write_department(path, department(*projects), profiles.load())
    return path


@pytest.mark.parametrize(("form", "shown"), [("national_targets", NATIONAL), ("project_targets", OWN)])
def test_new_and_template_are_of_that_kind(run: Runner, tmp_path: Path, form: str, shown: str) -> None:
    assert run("new", "新.xlsx", "--form", form, "--year", "2024")[0] == 0
    assert run("template", "模板.xlsm", "--form", form)[0] == 0
    assert [title(tmp_path / name, sheet) for name in ("新.xlsx", "模板.xlsm") for sheet in ("01", "空白表")] == [
        shown
    ] * 4


def test_the_profile_says_which_is_the_default(run: Runner, tmp_path: Path) -> None:
    assert run("new", "新.xlsx")[0] == 0
    assert title(tmp_path / "新.xlsx") == OWN
    assert profiles.load().first_kind is PROJECT_TARGETS
    assert kind_called("national_targets") is NATIONAL_TARGETS


@pytest.mark.parametrize("command", ["new", "template"])
@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("department_targets", "“department_targets”（部门整体绩效目标表）只能读或辨认，还不能新建。"),
        ("monitoring", "“monitoring”（项目支出绩效目标执行监控表）只能读或辨认，还不能新建。"),
        ("evaluation", "“evaluation”（项目支出绩效自评表）只能读或辨认，还不能新建。"),
        ("没有", "没有名称是“没有”的表样。"),
    ],
)
def test_kinds_that_cannot_be_written_are_refused(
    run: Runner, tmp_path: Path, command: str, form: str, said: str
) -> None:
    assert run(command, "新.xlsx", "--form", form) == (2, "", f"{said}{KNOWN}")
    assert not (tmp_path / "新.xlsx").exists()


@pytest.mark.parametrize("command", ["new", "template"])
@pytest.mark.parametrize("form", ["target_list", "部门项目支出绩效目标表"])
def test_a_list_is_written_by_its_own_form(run: Runner, command: str, form: str) -> None:
    """A shipped kind without a layout of ours: what is said leads to a workbook."""
    status, _, said = run(command, "新.xlsx", "--form", form)
    assert status == 2
    assert "xl-perf form show target_list -o 样表.xlsx，再用 --form 样表.xlsx" in said
    assert run("form", "show", "target_list", "-o", "样表.xlsx")[0] == 0
    assert run(command, "新.xlsx", "--form", "样表.xlsx")[0] == 0


@pytest.mark.parametrize(
    ("title", "name"),
    [("项目绩效目标表", "project_targets"), ("项目支出绩效目标表", "national_targets")],
)
def test_a_kind_may_be_named_as_people_do(run: Runner, tmp_path: Path, title: str, name: str) -> None:
    assert run("form", "show", title, "-o", "夹/")[0] == 0
    assert (tmp_path / "夹" / f"样表-{name}.xlsx").exists()
    assert run("new", "新.xlsx", "--form", title)[1].splitlines()[-1].endswith(f"；表样：{name}（{title}）")


def test_new_says_which_forms_it_wrote(run: Runner, tmp_path: Path) -> None:
    """The blank ones, and those that sources had."""
    book(tmp_path / "来.xlsx", whole(), departments.whole(), whole(name="路"))
    said = "；表样：project_targets（项目绩效目标表）；照来源的表样：national_targets（项目支出绩效目标表） 2 个项目"
    assert run("new", "新.xlsx", "--from", "来.xlsx", "--form", "project_targets")[1].splitlines()[-1].endswith(said)
    run("form", "show", "national_targets", "-o", "样表.xlsx")
    assert run("new", "另.xlsx")[1].splitlines()[-1].endswith("；表样：样表“样表”")


def test_every_project_keeps_its_kind(run: Runner, tmp_path: Path) -> None:
    """The blank form is of the kind that most of them have, or of the one asked for."""
    book(tmp_path / "来.xlsx", whole(), departments.whole(), whole(name="路"))
    assert run("new", "一.xlsx", "--from", "来.xlsx")[0] == 0
    assert run("new", "二.xlsx", "--from", "来.xlsx", "--form", "project_targets")[0] == 0
    for name, blank in (("一.xlsx", NATIONAL), ("二.xlsx", OWN)):
        found = checking.read(tmp_path / name)
        assert [one.kind.title for one in found.projects] == [NATIONAL, OWN, NATIONAL]
        assert title(tmp_path / name) == blank


def test_a_text_of_national_forms_comes_into_a_book_of_them(run: Runner, tmp_path: Path) -> None:
    book(tmp_path / "来.xlsx", whole(), whole(name="路"))
    run("publish", "来.xlsx", "-o", "文本.docx")  # with findings of the default profile, which asks for more
    status, out, err = run("new", "新.xlsx", "--from", "文本.docx")
    assert (status, err) == (0, "")
    assert "没有收进来" not in out
    assert "收进 2 个项目，6 个指标" in out
    assert title(tmp_path / "新.xlsx") == NATIONAL
    before, after = (checking.read(tmp_path / name).projects for name in ("来.xlsx", "新.xlsx"))
    assert [one.budget.value for one in after] == [one.budget.value for one in before]
    assert [len(one.indicators) for one in after] == [3, 3]


LIST: list[list[str | int | None]] = [
    ["部门项目支出绩效目标表"],
    [
        "单位名称",
        "项目名称",
        "预算数",
        "年度目标",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
    ],
    ["某中心", "宣传", 12, "办好。", "产出指标", "数量指标", "报道数", "≥", 300, "篇"],
    [None, None, None, None, "满意度指标", "服务对象满意度指标", "观众满意度", "≥", 90, "%"],
]


def test_lists_become_forms(run: Runner, tmp_path: Path) -> None:
    """A list is only read: each of its projects gets a form of the book's kind."""
    made = openpyxl.Workbook()
    sheet = made.create_sheet("目标", 0)
    for row in LIST:
        sheet.append(row)
    made.save(tmp_path / "表.xlsx")
    assert run("new", "新.xlsx", "--from", "表.xlsx", "--form", "national_targets")[0] == 0
    (found,) = checking.read(tmp_path / "新.xlsx").projects
    assert (found.kind, found.name.text, found.budget.text) == (NATIONAL_TARGETS, "宣传", "12")
    assert found.value("unit_name").text == "某中心"
    assert [one.target.text for one in found.indicators] == ["≥300篇", "≥90%"]
