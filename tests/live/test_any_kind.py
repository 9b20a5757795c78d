"""A kind of form is data: what works on the open book asks the form's kind, and knows no field by itself."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import departments
from tests.live.conftest import EXAMPLE, Open, new_book
from tests.live.desk import Desk, above_copy
from tests.live.programs import office, only_libreoffice
from tests.live.trial_kind import TRIAL, TRIAL_KINDS
from xl_perf.core.making import draft
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.live import heights, importing, projects, rows, summary, undoing, validation
from xl_perf.saved import guarded
from xl_perf.saved.limits import Limits
from xl_perf.saved.workbook import read_book

WHOLE: dict[str, Any] = {
    "kind": TRIAL,
    "budget": "10",
    "fiscal": "6",
    "other": "1",
    "carried_over": "3",
    "goals": ["养护道路。"],
}


def whole(**more: Any) -> Project:
    return departments.whole(**(WHOLE | more))


class ReadingHere:
    """Reads in this process: in another the kind of this test, which no profile describes, is not known."""

    def __init__(self, _: Limits) -> None: ...

    def __enter__(self) -> "ReadingHere":
        return self

    def __exit__(self, *_: object) -> None: ...

    def read(self, function: Callable[..., Any], _: str, *arguments: object) -> Any:
        return function(*arguments)


@pytest.fixture(autouse=True)
def _reading_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "Readers", ReadingHere)


@pytest.fixture
def trial(opened: Open, tmp_path: Path) -> Desk:
    """A book with two projects of that kind, and its blank form."""
    made = [whole(), whole(name="绿化", other=None)]
    return opened(new_book(draft.department(name="甲局", year=2023, projects=made), tmp_path, TRIAL), TRIAL_KINDS)


@office
def test_it_is_read_as_from_the_file(trial: Desk) -> None:
    live = trial.read()
    saved = read_department(read_book(Path(trial.book.fullname)), TRIAL_KINDS)
    assert live.projects == saved.projects
    assert [str(project.value("carried_over").value) for project in live.projects] == ["3", "3"]
    assert live.projects[0].value("carried_over").cell == "C4"


@office
def test_rows_come_and_go(trial: Desk) -> None:
    before = trial.read().projects
    trial.go("01", "C11")
    rows.add_indicator_row(trial.host)
    trial.go("01", "C8")
    rows.add_goal_row(trial.host)
    trial["01", trial.cursor].value = "第二个目标"
    assert [goal.text for goal in trial.read().projects[0].goals] == ["养护道路。", "第二个目标"]
    trial["01", trial.cursor].value = None
    trial.answer("1")
    undoing.undo(trial.host)
    undoing.undo(trial.host)
    assert trial.read().projects == before


def test_projects_are_added_and_listed(trial: Desk) -> None:
    projects.add(trial.host)
    trial["03", "E2"].value = "新项目"
    trial["03", "C3"].value = 5
    trial["03", "C4"].value = 5
    assert trial["首页", "B12:E12"].value == ["03", None, "新项目", 5.0]
    assert trial["03", "I2"].value == "未填完"
    trial.go("01")
    projects.copy(trial.host)
    copied = trial.read().projects[-1]
    assert (copied.sheet, copied.code.text, str(copied.value("carried_over").value)) == ("04", "", "3")


def asking(formula: str) -> str:
    """With the question whether the sheet is there."""
    return f"=IF(ISREF('01'!$A:$B),{formula},\"\")"


def test_the_summary_adds_up_what_is_not_the_treasurys(trial: Desk) -> None:
    said = summary.consolidate(trial.host)
    assert said == (
        "已汇总 2 个项目，预算数合计 20 万元。\n1 个项目可能重复，重复的共 10 万元（X601）。\n"
        "其他资金含上年结转 6 万元。\n可能重复的：“道路养护” 10 万元（01!E2、02!E2）。"
    )
    assert trial["部门汇总", "D17:F19"].value == [[10.0, 6.0, 4.0], [10.0, 6.0, 3.0], [20.0, 12.0, 7.0]]
    assert trial["部门汇总", "F17"].formula == asking("IF(COUNT('01'!G3,'01'!C4)=0,\"\",SUM('01'!G3,'01'!C4))")
    trial["02", "C4"].value = 2.5
    trial["02", "G3"].value = 0.5
    assert trial["部门汇总", "F18"].value == 3.0


def test_a_text_among_the_sources_counts_with_a_note(trial: Desk) -> None:
    trial["01", "C4"].value = "３万元"
    summary.consolidate(trial.host)
    cell = trial["部门汇总", "F17"]
    assert (cell.value, cell.formula) == (4.0, asking("N('01'!G3)+3"))
    assert cell.note is not None
    assert cell.note.text.splitlines()[1] == "01!C4 写的是文字“３万元”，这里按 3 万元 计。"


def test_the_rules_count_it(trial: Desk) -> None:
    trial["01", "C4"].value = 2
    validation.validate(trial.host)
    assert ["B303", "01", "C3"] in trial["校验结果", "B4:D9"].value
    assert trial["01", "I2"].value == "预算不平"


@only_libreoffice  # where a line breaks depends on the last tenth of a column's width
def test_heights_go_by_what_stands_in_the_row(trial: Desk) -> None:
    trial.go("02")
    heights.fit_rows(trial.host)
    assert [trial.height("02", f"A{row}") for row in (1, 2, 3, 4, 5, 6, 7, 8)] == [54, 32, 32, 32, 42, 27, 27, 32]


def test_forms_of_other_books_are_taken_in(trial: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their amounts too; a book whose blank form lacks the label says so."""
    folder = tmp_path / "来件"
    folder.mkdir()
    other = new_book(draft.department(name="乙局", year=2023, projects=[whole(name="桥")]), folder, TRIAL)
    monkeypatch.setattr(importing, "_chosen", lambda _: [str(other)])
    assert above_copy(importing.import_projects(trial.host)) == (
        "已导入 1 个项目：工作表 03。\n工作表按顺序重新编号：“01”→03。"
    )
    assert draft.project_content(trial.read().projects[-1]) == draft.project_content(
        read_department(read_book(other), TRIAL_KINDS).projects[0]
    )


def test_a_blank_form_without_the_label_takes_none(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = opened(new_book(draft.department(name="甲局", year=2023), tmp_path), TRIAL_KINDS)
    folder = tmp_path / "来件"
    folder.mkdir()
    other = new_book(draft.department(name="乙局", year=2023, projects=[whole(name="桥")]), folder, TRIAL)
    monkeypatch.setattr(importing, "_chosen", lambda _: [str(other)])
    said = above_copy(importing.import_projects(old.host))
    assert said == "没有导入项目。\n“桥”的标签与“空白表”的不同。请手工填写这个项目。"
    assert old.book.sheet_names.count("02") == 0


def test_the_example_lacks_the_label(opened: Open) -> None:
    """A form of today is no whole form of that kind: what is missing is said, nothing is read by force."""
    desk = opened(EXAMPLE, TRIAL_KINDS)
    first = desk.read().projects[0]
    assert first.missing == ("carried_over",)
    assert str(first.budget.value) == "161.93"
