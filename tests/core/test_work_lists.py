"""任务分解 and 监督记录 are read wherever they stand and however their columns are named, and never taken for forms."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.builders import cover, evaluation_form, form, monitoring_form, supervision_form, tasks_form
from xl_perf import read
from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import Area, Book, Grid, Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.figures.tasks import due_of, is_done
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.making.merging import merge
from xl_perf.core.making.rolling import roll
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import SupervisionRecord, Task
from xl_perf.core.reading import read_department
from xl_perf.core.submitting.packing import not_carried
from xl_perf.profiles import load
from xl_perf.written.report_books import write_supervision, write_tasks
from xl_perf.written.template import write_department

Rows = list[list[Scalar]]


def book(*sheets: tuple[str, Sequence[Sequence[Scalar]]], merges: Sequence[Area] = (), kind: str = "") -> Department:
    """A department's book: 首页, the good form, further sheets."""
    grids = [Grid("首页", cover()), Grid("01", form()), *(Grid(name, rows, merges) for name, rows in sheets)]
    return read_department(Book("本", grids, kind=kind, template_version="1.0" if kind else ""))


def both() -> Department:
    return book(("任务分解", tasks_form()), ("监督记录", supervision_form()))


def said(record: Task | SupervisionRecord) -> list[object]:
    """What a record says, wherever it stands."""
    made: list[object] = []
    for entry in record:
        entries: Sequence[Entry[object]] = (entry,) if isinstance(entry, Entry) else entry
        made += [(one.value, one.text) for one in entries]
    return made


def test_our_own_sheets() -> None:
    found = both()
    first, second = found.tasks
    assert (first.project.text, first.person.value, first.progress.value) == ("村级道路养护", "张某", Decimal(100))
    assert [one.text for one in first.months][:6] == ["", "", "", "摸底", "施工", ""]
    assert (first.state.value, second.state.value, first.as_of) == ("已完成", "未开始", datetime.date(2023, 6, 30))
    assert (second.content.cell, second.content.sheet) == ("C5", "任务分解")
    (record,) = found.supervision
    assert (record.found.text, record.decision.text, record.source.text) == (
        "春季养护晚了一周",
        "补报情况说明",
        "手工",
    )
    assert not found.unread
    assert [one.name.value for one in found.projects] == ["村级道路养护"]
    assert not check(found, load())


@pytest.mark.parametrize("by", ["month", "quarter"])
def test_written_and_read_again(tmp_path: Path, by: str) -> None:
    """Whatever the profile: a plan by months stays one."""
    profile = replace(load(), tasks=replace(load().tasks, by=by))
    department = both()
    write_tasks(tmp_path / "任务.xlsx", department, profile, with_supervision=True)
    again = read(tmp_path / "任务.xlsx")
    assert list(map(said, again.tasks)) == list(map(said, department.tasks))
    assert list(map(said, again.supervision)) == list(map(said, department.supervision))
    assert not again.unread
    write_supervision(tmp_path / "监督.xlsx", department)
    assert list(map(said, read(tmp_path / "监督.xlsx").supervision)) == list(map(said, department.supervision))


@pytest.mark.parametrize("progress", ["0.5%", "50%", 50.0, 1.5, 0.0, "一半"])
def test_progress_stays_what_it_is(tmp_path: Path, progress: Scalar) -> None:
    rows = tasks_form()
    rows[3][23], rows[4][23] = 80.0, progress
    department = book(("任务分解", rows))
    write_tasks(tmp_path / "任务.xlsx", department, load())
    again = read(tmp_path / "任务.xlsx")
    assert [one.progress.value for one in again.tasks] == [one.progress.value for one in department.tasks]


@pytest.mark.parametrize(("typed", "percent"), [((0.5, 1.0), ("50", "100")), ((50.0, 1.0), ("50", "1"))])
def test_shares(typed: tuple[float, float], percent: tuple[str, str]) -> None:
    """Cells that show 50 % and 100 % hold 0.5 and 1."""
    rows = tasks_form()
    rows[3][23], rows[4][23] = typed
    assert [one.progress.value for one in book(("任务", rows)).tasks] == list(map(Decimal, percent))


COUNTY: Rows = [
    ["2023年重点工作任务台账"],
    ["", "", "", "", "", "", "填报时间：", datetime.datetime(2023, 9, 5)],
    ["序号", "完成\n时间", "★目标任务", "责任主体", "", "年 度\n目标", "四个季度", "", "", "", "进展情况"],
    ["", "", "", "牵头领导", "牵头单位/责任单位", "", "一季度", "二季度", "三季度", "四季度", ""],
    ["1", "6月底前", "修路", "王某", "建设科", "3公里", "招标", "开工", "", "", "已完成"],
    ["", "8月底前", "", "王某", "建设科", "2公里", "", "", "", "", "推进"],
    [""] * 11,
    ["3", ""],
    ["序号", "完成\n时间", "★目标任务", "责任主体", "", "年 度\n目标", "四个季度", "", "", "", "进展情况"],
    ["", "", "", "牵头领导", "牵头单位", "", "一季度", "二季度", "三季度", "四季度", ""],
    ["2", "12月底前", "审核工资", "李某", "人事科", "按月", "", "", "", "", ""],
    ["备注：本表按季报送"],
    ["填报人：张某", "", "联系电话：123"],
]


def test_a_list_of_another_office() -> None:
    """Aliases, any order, a header of two rows, merged cells, blank rows, a header again, lines below."""
    found = book(("Sheet1", COUNTY), merges=[(2, 3, 2, 4), (4, 2, 5, 2), (11, 0, 11, 10)])
    assert [one.content.text for one in found.tasks] == ["修路", "修路", "审核工资"]
    first, second, third = found.tasks
    assert (first.leader.text, first.section.text, first.standard.text) == ("王某", "建设科", "3公里")
    assert [one.text for one in first.months] == ["招标", "开工", "", ""]
    assert (second.content.cell, second.due.cell, third.due.cell) == ("C5", "B6", "B11")
    assert first.as_of == datetime.date(2023, 9, 5)
    assert (is_done(first), is_done(second)) == (True, False)
    assert due_of(second, second.as_of, 2023, 15).days == 5
    assert not found.unread
    assert len(found.projects) == 1


def test_records_of_another_office() -> None:
    rows: Rows = [
        ["绩效监督检查台账"],
        ["存在问题", "检查时间", "整改措施", "责任单位", "整改情况", "项目名称"],
        ["合同晚签", "2023年5月6日", "约谈", "建设科", "", "村级道路养护"],
        ["", "", "", "", "", ""],
        ["未招标", "", "", "", "", ""],
    ]
    found = book(("台账", rows))
    assert [(one.found.text, one.responsible.text, one.date.text) for one in found.supervision] == [
        ("合同晚签", "建设科", "2023年5月6日"),
        ("未招标", "", ""),
    ]
    assert [one.place for one in check(found, load())] == ["台账!C5"]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        (["填报单位：某局    填报日期：2023年6月30日"], datetime.date(2023, 6, 30)),
        (["填表日期", "", "2023-06-30"], datetime.date(2023, 6, 30)),
        (["截至2023年6月30日：未开始 1 项"], datetime.date(2023, 6, 30)),
        (["填报日期：2023年6月"], None),
        (["填报日期：2023年2月30日"], None),
        (["填报日期："], None),
    ],
)
def test_reported_on(line: list[Scalar], day: datetime.date | None) -> None:
    rows = [*tasks_form()]
    rows[1] = line
    assert book(("任务分解", rows)).tasks[0].as_of == day


def test_a_date_in_the_list_is_none_of_the_whole() -> None:
    """What is done as of a day is said of one task; 填报日期 below the list is said of all."""
    rows = [*tasks_form()]
    rows[1], rows[3][21] = ["填报单位：某局"], "截至2023年6月30日完成一半"
    assert book(("任务分解", rows)).tasks[0].as_of is None
    assert book(("任务分解", [*rows, ["填报日期：2023-06-30"]])).tasks[1].as_of == datetime.date(2023, 6, 30)


@pytest.mark.parametrize("kind", ["", "department"])
def test_a_sheet_of_that_name_without_the_headings_is_told(kind: str) -> None:
    found = book(("任务分解", [["任务分解"], ["见附件", "甲"]]), kind=kind)
    assert not found.tasks
    assert [one.sheet for one in found.unread] == ["任务分解"]


def test_a_form_on_the_same_sheet_is_read() -> None:
    """Nothing with money is passed over because a list of tasks stands above it."""
    rows = [*([*row[:9]] for row in tasks_form()), [], *form(name="修桥", code="C9")]
    rows[2][8] = "完成时限"
    found = book(("任务", rows))
    assert [one.name.value for one in found.projects] == ["村级道路养护", "修桥"]
    assert found.tasks[0].content.text == "春季养护"


def test_in_our_own_workbook(tmp_path: Path) -> None:
    """A new or packed workbook holds what was read."""
    department = both()
    path = tmp_path / "本.xlsx"
    write_department(path, department, load())
    again = read(path)
    assert list(map(said, again.tasks)) == list(map(said, department.tasks))
    assert list(map(said, again.supervision)) == list(map(said, department.supervision))
    assert not again.unread
    names = list(again.sheets)
    assert names[names.index("任务分解") : names.index("部门汇总")] == ["任务分解", "监督记录"]
    write_department(path, book(), load())
    assert not {"任务分解", "监督记录"} & {*read(path).sheets}


def test_several_workbooks_made_one() -> None:
    """Of all sources, not only of the first with goals; in a new year they stay behind, which is said."""
    first, second = book(("任务分解", tasks_form())), both()
    made = merge([first, second])
    assert (len(made.tasks), len(made.supervision)) == (4, 1)
    rolled = roll(made, 2024)
    assert (rolled.department.tasks, rolled.department.supervision) == ((), ())
    assert "上年的任务分解、监督记录没有带来" in rolled.notes
    assert len(roll(made, 2023).department.tasks) == 4


def test_columns_that_are_not_read_are_told() -> None:
    """What such a list holds beside is no secret: nor when the workbook is packed."""
    rows = [[*row, ""] for row in tasks_form()]
    rows[2][26], rows[3][26] = "年度\n投资", "300万元"
    found = book(("任务分解", rows))
    assert [(one.sheet, one.reason, one.lacks_money) for one in found.unread] == [
        ("任务分解", "“年度投资”栏没有读", False)
    ]
    assert [one.code for one in check(found, load())] == ["S109"]
    assert "工作表“任务分解”的“年度投资”栏没有带上" in list(not_carried(found, (), DEFAULT))


def test_what_is_packed_along() -> None:
    """Lists and reports that are written again do not count as left behind."""
    rows = {
        "任务分解": tasks_form(),
        "监督记录": supervision_form(),
        "监控-6月": monitoring_form(),
        "自评": evaluation_form(),
    }
    assert not [one for one in not_carried(book(*rows.items()), (), DEFAULT) if any(name in one for name in rows)]
    undated = monitoring_form()
    undated[1][0] = "（2023年度）"
    undated[4] = [str(typed).replace("1-6月", "") for typed in undated[4]]
    undated[9] = [str(typed).replace("1-6月", "") for typed in undated[9]]
    (left,) = [one for one in not_carried(book(("监控", undated)), (), DEFAULT) if "监控" in one]
    assert "没有带上" in left


def test_only_lists() -> None:
    """A workbook of tasks is what it is, and no form that could not be read."""
    found = read_department(Book("本", [Grid("任务分解", tasks_form())]))
    assert "S101" not in {one.code for one in check(found, load())}
