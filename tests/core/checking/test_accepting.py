"""Accepted warnings: kept while what was found has not changed, opened again when it has."""

from collections.abc import Sequence

import pytest

from tests import builders
from xl_perf.core.cells.grid import Book, ErrorValue, Grid, NoValue, Scalar
from xl_perf.core.checking.accepting import accept, matched
from xl_perf.core.checking.check import check
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.summary import line_of
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Acceptance, Accepted, Finding, Severity, count, count_accepted
from xl_perf.core.reading import read_department
from xl_perf.profiles import load
from xl_perf.service.results import result_of

HEAD: list[Scalar] = ["级别", "规则", "工作表", "单元格", "项目", "字段", "发现", "说明", "接受理由", "接受人"]
LOW: list[Scalar] = ["警告", "I510", "01", "F15", "", "指标值", "≥75%", "低", "历年如此", "李四"]


def rows(target: str = "≥75%", blank_rows: int = 0) -> list[list[Scalar]]:
    form = builders.form()
    form[14][5] = target
    blanks: list[list[Scalar]] = [[""] * 7 for _ in range(blank_rows)]
    return blanks + form


def book(listed: Sequence[Sequence[Scalar]], form: list[list[Scalar]] | None = None) -> Department:
    sheet = Grid("校验结果", [["校验结果"], ["错误 0"], HEAD, *listed])
    return read_department(Book("本", [Grid("首页", builders.cover()), Grid("01", form or rows()), sheet]))


def found(department: Department) -> list[Finding]:
    return check(department, load())


def test_a_warning_with_reason_and_name_is_accepted() -> None:
    department = book([LOW])
    findings = found(department)
    assert [(one.code, one.severity, one.accepted) for one in findings] == [
        ("I510", Severity.WARNING, Acceptance("历年如此", "李四"))
    ]
    assert count(findings)[Severity.WARNING] == 0
    assert count_accepted(findings) == 1
    line = line_of(department, department.projects[0], findings)
    assert (line.warnings, line.accepted, line.state) == (0, 1, "通过，接受1个警告")


@pytest.mark.parametrize(
    ("column", "typed"),
    [(6, "≥70%"), (2, "02"), (1, "I511"), (8, ""), (9, " ")],
    ids=["found", "sheet", "code", "no reason", "no name"],
)
def test_what_keeps_a_warning_open(column: int, typed: str) -> None:
    """Another value, sheet or rule; or half an acceptance."""
    listed = list(LOW)
    listed[column] = typed
    assert [one.accepted for one in found(book([listed]))] == [None]


def test_a_changed_value_opens_it_again() -> None:
    assert [one.accepted for one in found(book([LOW], rows("≥70%")))] == [None]


def test_half_an_acceptance_is_said() -> None:
    department = book([[*LOW[:9], ""], [*LOW[:8], "", "李四"]])
    assert department.notes == (
        "校验结果第 4 行没有写接受人，不算接受了这条警告",
        "校验结果第 5 行没有写接受理由，不算接受了这条警告",
    )


def test_many_halves_are_said_together() -> None:
    """One note for all of them: a reason that was filled down leaves hundreds without a name."""
    department = book([[*LOW[:9], ""] for _ in range(12)])
    assert department.notes == (
        "校验结果有 12 行没有写接受人（第 4、5、6、7、8、9、10、11、12、13 等行），不算接受了这些警告",
    )


@pytest.mark.parametrize("typed", [NoValue("A1"), NoValue(), ErrorValue("#REF!")])
def test_nobody_is_no_name(typed: Scalar) -> None:
    """A formula without a result, or an error value."""
    department = book([[*LOW[:9], typed]])
    assert [one.accepted for one in found(department)] == [None]
    assert department.notes == ("校验结果第 4 行没有写接受人，不算接受了这条警告",)


@pytest.mark.parametrize(
    ("listed", "target", "said"),
    [
        (LOW, "≥75%", []),
        (LOW, "≥85%", []),
        (LOW, "≥70%", ["李四对 01!F15 的 I510 的接受不算：发现的内容变了，请重新核对"]),
        (["警告", "I509", "01", "F15", *LOW[4:]], "≥750%", ["李四对 01!F15 的 I509 的接受不算：是错误，不能接受"]),
        (["警告", "I510", "道路", *LOW[3:]], "≥75%", ["李四对 道路!F15 的 I510 的接受不算：没有这张工作表了"]),
        (["警告", "X606", "校验结果", *LOW[3:]], "≥75%", []),
    ],
    ids=["it counts", "mended", "changed", "an error", "sheet renamed", "another sheet that is there"],
)
def test_an_acceptance_that_does_not_count_is_said(listed: list[Scalar], target: str, said: list[str]) -> None:
    department = book([listed], rows(target))
    assert list(result_of(Seen(department), found(department), load()).notes) == said


def test_it_follows_rows_that_were_inserted() -> None:
    """The cell is another one, the field and what was found are the same, and only one finding can be meant."""
    findings = found(book([LOW], rows(blank_rows=3)))
    assert [(one.cell, one.accepted) for one in findings] == [("F18", Acceptance("历年如此", "李四"))]


def test_it_does_not_follow_where_two_can_be_meant() -> None:
    form = rows()
    form[9][6] = form[10][6] = ""
    listed = ["警告", "I512", "01", "G99", "", "指标值确定依据", "", "没有写指标值确定依据", "没有依据", "李四"]
    assert [one.accepted for one in found(book([listed], form)) if one.code == "I512"] == [None, None]
    listed[3] = "G11"
    assert [(one.cell, one.accepted) for one in found(book([listed], form)) if one.code == "I512"] == [
        ("G10", None),
        ("G11", Acceptance("没有依据", "李四")),
    ]


def test_errors_and_hints_cannot_be_accepted() -> None:
    form = rows("≥90%")
    form[2][4] = 80.0
    form[12][6] = "工作经验"
    listed = [
        ["错误", "B303", "01", "C3", "", "预算数", "100", "80", "没有关系", "李四"],
        ["提示", "I512", "01", "G13", "", "指标值确定依据", "工作经验", "", "没有关系", "李四"],
    ]
    assert [(one.code, one.accepted) for one in found(book(listed, form))] == [("B303", None), ("I512", None)]


def test_the_book_as_a_whole() -> None:
    """What belongs to no sheet stands there as 整本, and a form without a cell as 表."""
    one = Finding("S104", "", "", "01", None, None, "工作表", severity=Severity.WARNING)
    reason = Acceptance("是", "李四")
    assert accept([one], [Accepted("S104", "01", "", "工作表", "", "", reason)])[0].accepted == reason
    whole = one._replace(sheet=None)
    assert accept([whole], [Accepted("S104", "", "", "工作表", "", "", reason)])[0].accepted == reason


def test_findings_without_a_cell_are_told_apart_by_the_message() -> None:
    """部门汇总 lacks two projects; that one of them is missing has been accepted."""
    summary = Grid("部门汇总", [["序号", "项目名称", "预算数"], [1.0, "丙", 3.0]])
    forms = []
    for name in ("甲", "乙"):
        form = rows("≥90%")
        form[0][0], form[1][4] = f"{name}项目绩效目标表", name
        forms.append(Grid(name, form))
    row: list[Scalar] = [
        "警告",
        "T702",
        "部门汇总",
        "表",
        "",
        "项目名称",
        "",
        "部门汇总没有列出“乙”（工作表乙）",
        "下月再汇总",
        "李四",
    ]
    department = read_department(Book("本", [*forms, summary, Grid("校验结果", [HEAD, row])]))
    findings = [one for one in found(department) if one.code == "T702" and one.cell is None]
    assert [(one.expected, one.accepted is not None) for one in findings] == [("甲", False), ("乙", True)]


@pytest.mark.parametrize("typed", ["", "————"])
def test_a_blank_of_another_indicator_is_open_again(typed: str) -> None:
    """A missing target value has been accepted; now another indicator stands in its row."""
    goals: list[list[Scalar]] = [
        ["整体绩效目标"],
        ["序号", "分项绩效目标", "绩效目标", "绩效指标", "指标值", "对应项目"],
        [1.0, "改善出行", "修路", "完成率", typed, "村级道路养护"],
    ]
    row: list[Scalar] = [
        *("警告", "X606", "整体绩效目标", "E3", "", "指标值", typed),
        *("“完成率”没有填指标值", "下月才有", "李四"),
    ]

    def of_x606() -> list[Acceptance | None]:
        sheets = [
            Grid("首页", builders.cover()),
            Grid("01", rows("≥90%")),
            Grid("整体绩效目标", goals),
            Grid("校验结果", [HEAD, row]),
        ]
        department = read_department(Book("本", sheets))
        notes.extend(result_of(Seen(department), found(department), load()).notes)
        return [one.accepted for one in found(department) if one.code == "X606"]

    notes: list[str] = []
    assert of_x606() == [Acceptance("下月才有", "李四")]
    assert notes == []
    goals[2][3] = "满意度"
    assert of_x606() == [None]
    assert notes == ["李四对 整体绩效目标!E3 的 X606 的接受不算：发现的内容变了，请重新核对"]


def test_a_sheet_without_the_labels_says_nothing() -> None:
    sheet = Grid("校验结果", [["级别", "规则", "接受理由"], ["警告", "I510", "是"]])
    assert read_department(Book("本", [Grid("01", rows()), sheet])).accepted == ()


def test_a_list_of_findings_is_no_form() -> None:
    """Its fields read like the labels of one; also where the format does not say that the book is ours."""
    fields = ("绩效目标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据", "项目编码", "预算数")
    listed: list[list[Scalar]] = [
        ["提示", "I512", "01", f"A{at}", "", field, "", "", "", ""] for at, field in enumerate(fields, 1)
    ]
    assert [project.sheet for project in book(listed).projects] == ["01"]


# --- rows and findings


def low(cell: str, found: str = "≥75%", by: str = "李四") -> Accepted:
    """A row of the list, as it is read."""
    return Accepted("I510", "01", cell, "指标值", found, "低", Acceptance("历年如此", by))


def at_cell(row: int, found: str = "≥75%", severity: Severity = Severity.WARNING) -> Finding:
    return Finding("I510", "低", "", "01", row, 5, "指标值", found, severity=severity)


def test_each_finding_has_one_row_and_each_row_one_finding() -> None:
    """Also where two findings of a rule stand in one cell."""
    assert matched([at_cell(14), at_cell(14)], [low("F15"), low("F15", by="王五")]) == {0: 0, 1: 1}
    assert matched([at_cell(14), at_cell(15)], [low("F15")]) == {0: 0}


def test_a_row_follows_its_finding_to_another_cell() -> None:
    assert matched([at_cell(17)], [low("F15")]) == {0: 0}
    assert matched([at_cell(17), at_cell(18)], [low("F15")]) == {}
    assert matched([at_cell(17, "≥70%")], [low("F15")]) == {}


def test_what_is_accepted_goes_before_what_is_only_written() -> None:
    """A reason without a name belongs to a finding, and takes it from no row that accepts it."""
    half, whole = low("F15", by=""), low("F15")
    findings = [at_cell(14)]
    assert matched(findings, [half, whole]) == {0: 1}
    assert accept(findings, [whole])[0].accepted == whole.acceptance
    assert matched(findings, [half]) == {0: 0}


def test_a_reason_beside_an_error_stays_there_and_accepts_nothing() -> None:
    error = at_cell(14, severity=Severity.ERROR)
    assert matched([error], [low("F15")]) == {0: 0}
    assert accept([error], [low("F15")])[0].accepted is None


def test_the_same_rows_accept_and_stay() -> None:
    """Whatever `accept` accepts has its row in `matched`."""
    findings = [at_cell(row, found) for row in (14, 15, 20) for found in ("≥75%", "≥70%")]
    typed = [low("F15"), low("F16", "≥70%"), low("F99"), low("F21", "≥70%", "王五")]
    pairs = matched(findings, typed)
    accepted = {at: one.accepted for at, one in enumerate(accept(findings, typed)) if one.accepted is not None}
    assert accepted == {at: typed[row].acceptance for at, row in pairs.items()}
