"""Many departments on both sides: which belong together, what moved, what does not count and what that does."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests import builders
from tests.builders import indicator, project
from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.comparing.diff import diff
from xl_perf.core.comparing.records import DepartmentDifference, MatchedBy, NotCompared, ProjectChange, SideName
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Acceptance, Accepted
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department


def book(name: str | None, *projects: Project, path: str = "", **more: Any) -> Department:
    department = builders.department(*projects, **({"name": name} | more))
    return replace(department, path=path or f"{name}.xlsx")


def own(name: str, **more: Any) -> Project:
    """A project whose goals and indicators are its own."""
    rows = [indicator(level3=f"{name}{number}", target=f"={number}个") for number in range(3)]
    return project(**({"name": name, "code": "", "goals": [f"做好{name}"], "indicators": rows} | more))


def changes(one: DepartmentDifference) -> list[tuple[ProjectChange, str]]:
    return [(project.change, project.title) for project in one.projects]


def test_departments_by_name() -> None:
    """Those of one side only are named, with all their projects."""
    old = [book("甲局", own("一")), book("乙 局", own("二")), book("丙局", own("三", budget=7))]
    new = [book("丁局", own("四")), book("乙局", own("二", budget=120)), book("甲局", own("一"))]
    found = diff(old, new)
    assert [(one.name, changes(one)) for one in found.departments] == [
        ("乙 局 → 乙局", [(ProjectChange.CHANGED, "二")]),
        ("甲局", []),
        ("丁局", [(ProjectChange.ADDED, "四")]),
        ("丙局", [(ProjectChange.REMOVED, "三")]),
    ]
    assert [bool(one.old) for one in found.departments] == [True, True, False, True]
    assert found.amounts["budget"].difference == Decimal(20 + 100 - 7)


def test_sections_of_a_department_are_one() -> None:
    """Their projects may go from one of its books to another: nothing differs."""
    old = [
        book("甲局", own("一"), own("二"), path="a"),
        book("甲局", own("三"), own("四"), path="b"),
        book("乙局", own("五")),
    ]
    new = [
        book("甲局", own("三"), own("一"), path="c"),
        book("甲局", own("二"), own("四"), path="d"),
        book("乙局", own("五")),
    ]
    found = diff(old, new)
    assert [(one.name, one.unchanged, changes(one)) for one in found.departments] == [("甲局", 4, []), ("乙局", 1, [])]


def test_a_department_that_was_renamed() -> None:
    found = diff(
        [book("文化局", own("一"), own("二")), book("乙局", own("三"))],
        [book("文旅局", own("一"), own("二")), book("乙局", own("三"))],
    )
    renamed, same = found.departments
    assert (renamed.name, changes(renamed)) == ("文化局 → 文旅局", [])
    assert renamed.note.startswith("按共同的项目对上")
    assert [change.field for change in renamed.changes] == ["cover.department"]
    assert same.is_empty


def test_one_book_on_either_side_is_compared_whatever_it_names() -> None:
    (one,) = diff(book("甲局", own("一")), book("乙局", own("二"))).departments
    assert "可能不是同一个部门" in one.note
    (one,) = diff(book("甲局", own("一")), book("乙局", own("一"))).departments
    assert one.note
    assert "可能不是" not in one.note


def test_a_move_that_is_certain() -> None:
    old = [book("甲局", own("一", code="1001"), own("二")), book("乙局", own("三"))]
    new = [book("甲局", own("二")), book("乙局", own("三"), own("一", code="1001", budget="90"))]
    found = diff(old, new)
    first, second = found.departments
    (moved,) = second.projects
    assert (moved.change, moved.matched_by) == (ProjectChange.MOVED, MatchedBy.CODE)
    assert moved.old is not None
    assert moved.old.department == "甲局"
    assert (first.projects, first.moved_away, first.is_empty) == ((), 1, False)
    assert [one.amounts["budget"].difference for one in found.departments] == [-100, 90]
    assert found.amounts["budget"].difference == -10
    (moved,) = (
        diff(
            [book("甲局", own("一"), own("二")), book("乙局", own("三"))],
            [book("甲局", own("二")), book("乙局", own("三"), own("一"))],
        )
        .departments[1]
        .projects
    )
    assert moved.matched_by is MatchedBy.NAME


def test_a_move_that_is_not_certain() -> None:
    """The same name says little, and so does a code that each department counts for itself."""
    for old, new in (
        (own("办公经费"), own("办公经费", goals=["别的"], indicators=[indicator()], purpose="别的")),
        (own("道路", code="1"), own("绿化", code="1")),
        (own("道路", code="1"), own("道路", code="2")),
    ):
        found = diff(
            [book("甲局", old, own("二")), book("乙局", own("三"))],
            [book("甲局", own("二")), book("乙局", own("三"), new)],
        )
        assert [changes(one)[0][0] for one in found.departments] == [ProjectChange.REMOVED, ProjectChange.ADDED]


# --- what does not count ---------------------------------------------------------------------------------------------


def told(found: tuple[NotCompared, ...]) -> list[tuple[SideName, str, bool]]:
    return [(one.side, one.place, one.bears) for one in found]


def test_copies_versions_and_other_years_are_named() -> None:
    first = book("甲局", own("一"), path="a", year=2023)
    old = [
        replace(first, modified="2023-01-02T00:00:00Z"),
        replace(first, path="copy", modified="2023-01-03T00:00:00Z"),
        replace(book("甲局", own("一", budget=90), path="draft"), modified="2023-01-01T00:00:00Z"),
        book("乙局", own("二", budget=55), path="2022", year=2022),
    ]
    found = diff(old, book("甲局", own("一"), path="b"))
    assert told(found.not_compared) == [
        (SideName.OLD, "2022", True),
        (SideName.OLD, "copy", False),
        (SideName.OLD, "draft", False),
    ]
    other_year = found.not_compared[0]
    assert (other_year.amount, other_year.effect) == (Decimal(55), "原合计不含这 55 万元，差额因此偏大 55 万元")
    assert found.is_empty
    assert found.amounts["budget"].old == 100


def test_drafts_that_nobody_can_tell_apart() -> None:
    two = [book("甲局", own("一"), own(name), path=name) for name in ("二", "三")]
    found = diff(book("甲局", own("一")), two)
    assert [one.effect for one in found.not_compared] == ["现合计可能重复计入 200 万元，差额可能偏大"] * 2


def test_years_that_differ_are_said() -> None:
    found = diff(book("甲局", own("一"), year=2023), book("甲局", own("一"), year=2024))
    assert found.notes == ("两边的年度不同：原 2023年，现 2024年",)
    assert [change.field for change in found.departments[0].changes] == ["cover.year"]


def read(**sheets: builders.Rows) -> Department:
    return read_department(Book("本.xlsx", [Grid(name, rows) for name, rows in sheets.items()]))


def test_what_a_book_holds_that_is_in_no_total() -> None:
    """With its place, and what it does to the difference."""
    sound = read(甲=builders.form())
    monitoring: builders.Rows = [
        ["项目支出绩效自评表", "", "", "", ""],
        ["项目名称", "公园管护", "", "", ""],
        ["年初预算数", "全年预算数", "全年执行数", "执行率", "得分"],
        [120.5, 120.5, 120.0, "99.6%", 10.0],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "得分"],
    ]
    notes: builders.Rows = [["随手记的"], ["几行字"]]
    odd = read(甲=builders.form(budget="八十万"), 监控=monitoring, 笔记=notes)
    found = diff(sound, odd)
    assert told(found.not_compared) == [
        (SideName.NEW, "本.xlsx 的 甲", True),
        (SideName.NEW, "本.xlsx 的 监控!A1", False),
        (SideName.NEW, "本.xlsx 的 笔记", False),
    ]
    money = found.not_compared[0]
    assert "预算数读不出" in money.reason
    assert money.effect == "现合计不含它的金额，差额可能偏小"
    assert [one.effect for one in diff(odd, sound).not_compared] == [
        "原合计不含它的金额，差额可能偏大",
        "不影响差额",
        "没有比；其中若有金额，原合计不含",
    ]


def test_amounts_beside_are_named() -> None:
    """A second number beside the budget (B310) is neither compared nor counted."""
    rows = builders.form()
    rows[2] = ["预算规模及资金用途", "预算数", 100.0, "其中：财政资金", 100.0, "调整后预算数", 130.0]
    found = diff(read(甲=builders.form()), read(甲=rows))
    beside = [one for one in found.not_compared if one.cell == "G3"]
    assert [one.bears for one in beside] == [False], found.not_compared
    assert "130" in beside[0].reason


def test_books_of_which_nobody_knows_whether_they_are_drafts() -> None:
    """No department is typed, the names of the files say two, no amount is the same: either may be there twice."""
    pair = [
        replace(book(None, own("一", budget=100), path="教育局.xlsx"), named_by_file="教育局"),
        replace(book(None, own("一", budget=30), path="体育局.xlsx"), named_by_file="体育局"),
    ]
    (one, other) = diff(pair, book("甲局", own("二"))).not_compared
    assert (one.path, one.amount, one.bears) == ("教育局.xlsx", Decimal(100), True)
    assert one.reason == "与 体育局.xlsx 的项目名称相同、金额不同，部门没有都写明，都计入了"
    assert one.effect == "原合计可能重复计入 100 万元，差额可能偏小"
    assert other.effect == "原合计可能重复计入 30 万元，差额可能偏小"


def test_projects_that_may_stand_in_a_total_twice() -> None:
    """One department under two names, and within a book: what may be too much, and how the difference comes out."""
    two = [
        book("农业局", own("一", budget=10), own("二", budget=7)),
        book("农业农村局", own("一", budget=10), own("二", budget=7)),
    ]
    found = diff(book("甲局", own("三"), own("三")), two).not_compared
    assert [(one.side, one.path, one.amount, one.effect) for one in found] == [
        (SideName.OLD, "甲局.xlsx", Decimal(100), "原合计可能重复计入 100 万元，差额可能偏小"),
        (SideName.NEW, "农业局.xlsx", Decimal(10), "现合计可能重复计入 10 万元，差额可能偏大"),
        (SideName.NEW, "农业局.xlsx", Decimal(7), "现合计可能重复计入 7 万元，差额可能偏大"),
    ]
    assert found[1].reason.startswith("“一” 10 万元（农业局.xlsx 的 ")
    assert found[1].reason.endswith("可能是同一个项目（X610）")
    accepted = [
        Accepted("X610", "", "", "", f"{other}.xlsx：2 个项目，17 万元", "", Acceptance("确是两个部门", "李四"))
        for other in ("农业农村局", "农业局")
    ]
    settled = [replace(one, accepted=(row,)) for one, row in zip(two, accepted, strict=True)]
    assert diff(book("甲局", own("三")), settled).not_compared == ()
