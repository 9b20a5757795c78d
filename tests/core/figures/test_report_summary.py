"""Roll-ups of monitoring and self-evaluation: the worked figures of the design, and nothing left out in silence."""

from dataclasses import replace
from decimal import Decimal

from tests.year_reports import FIFTH, FIRST, evaluated, example, monitored, with_june, with_scores
from xl_perf.core.cells.entries import weight_entry
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.checking.check import check
from xl_perf.core.checking.report_errors import evaluation_errors
from xl_perf.core.figures.evaluation_rollup import evaluation_rollup
from xl_perf.core.figures.monitoring import Light
from xl_perf.core.figures.monitoring_rollup import monitoring_rollup, said_stand_in, said_total
from xl_perf.core.figures.report_lines import said_incomplete
from xl_perf.core.figures.report_pairs import paired
from xl_perf.core.figures.rounding import rounded
from xl_perf.core.making.whole_reports import evaluation_drafts
from xl_perf.core.model.findings import Acceptance, Accepted
from xl_perf.core.model.progress import Monitoring
from xl_perf.profiles import load
from xl_perf.text.reports import evaluation_text

PROFILE = load("hebei-2023")
MEAN = replace(PROFILE, evaluate=replace(PROFILE.evaluate, department="mean"))


def test_the_example_in_june() -> None:
    """383.50 万元 of 1135.76: 33.77 %, 47.80 % planned, yellow, −14.03 points, −159.38 万元."""
    found = monitoring_rollup([(with_june(), PROFILE)], 6)
    total = found.total
    assert total is not None
    assert total.rate is not None
    assert total.plan is not None
    assert total.ratio is not None
    assert total.outturn == Decimal("383.50")
    assert (rounded(total.rate), rounded(total.plan), rounded(total.ratio)) == (
        Decimal("33.77"),
        Decimal("47.80"),
        Decimal("70.64"),
    )
    assert total.light is Light.YELLOW
    assert total.gap is not None
    assert rounded(total.gap) == Decimal("-14.03")
    assert total.planned == Decimal("542.88")
    assert total.gap_amount == Decimal("-159.38")
    lights = [line.spent.light for line in found.lines if line.spent is not None]
    assert [one.label for one in lights] == ["绿", "绿", "绿", "绿", "红", "黄", "绿", "红"]
    assert not found.incomplete
    assert "黄灯" in said_total(found)


def test_what_is_in_no_total_is_named() -> None:
    """No table, a blank outturn, an unreadable one: each is named, and its budget is in no total either."""
    june = with_june()
    first, second, third, *rest = june.monitoring
    projects = june.projects
    blank, unread = monitored(projects[0], 6, ""), monitored(projects[1], 6, "约三十万")
    found = monitoring_rollup([(replace(june, monitoring=(blank, unread, *rest)), PROFILE)], 6)
    said = said_incomplete(found.incomplete)
    assert "合计不含 3 个项目" in said
    for name, reason in ((first, "没有填执行数"), (second, "执行数读不出"), (third, "没有 6 月的监控表")):
        assert f"“{name.name.text}”{reason}" in said
    assert found.total is not None
    assert found.total.budget == sum(one.budget.value for one in projects[3:] if one.budget.value is not None)


def test_a_second_table_of_a_project_counts_once() -> None:
    """It is listed, and named."""
    june = with_june()
    found = monitoring_rollup([(replace(june, monitoring=(*june.monitoring, june.monitoring[0])), PROFILE)], 6)
    assert found.total is not None
    assert found.total.outturn == Decimal("383.50")
    assert len(found.lines) == 9
    assert "又有一张表，只计第一张" in said_incomplete(found.incomplete)


def test_a_table_of_a_project_that_the_book_does_not_have_counts() -> None:
    """A book of monitoring tables alone has no forms: against the time then."""
    june = with_june()
    found = monitoring_rollup([(replace(june, projects=()), PROFILE)], 6)
    assert found.total is not None
    assert found.total.outturn == Decimal("383.50")
    assert found.total.plan is None
    assert found.total.light is Light.YELLOW


def _renamed(report: Monitoring, name: str) -> Monitoring:
    """The same table without a code, under another name."""
    place = report.kind.place
    values = list(report.values)
    values[place["code"]] = _typed(values[place["code"]], None)
    values[place["name"]] = _typed(values[place["name"]], name)
    return replace(report, values=tuple(values))


def _typed(entry: Entry[str], text: str | None) -> Entry[str]:
    """The entry as if this had been typed."""
    return entry._replace(value=text, typed=text)


def test_a_table_of_no_project_of_the_forms_is_in_no_total() -> None:
    """The forms say which projects there are: a further table is named beside the total."""
    june = with_june()
    stranger = _renamed(june.monitoring[0], "别的单位的项目")
    found = monitoring_rollup([(replace(june, monitoring=(*june.monitoring, stranger)), PROFILE)], 6)
    assert found.total is not None
    assert found.total.outturn == Decimal("383.50")
    assert "“别的单位的项目”：表上的项目不在目标表里" in said_incomplete(found.incomplete)


def test_names_pair_whatever_their_blanks_and_marks() -> None:
    """村干部工资、保险 is 村干部工资 保险; a name that is typed alike comes first."""
    june = with_june()
    name = june.projects[0].name.text
    assert "、" in name
    other = _renamed(june.monitoring[0], name.replace("、", " "))
    found = monitoring_rollup([(replace(june, monitoring=(other, *june.monitoring[1:])), PROFILE)], 6)
    assert not found.incomplete
    assert found.total is not None
    assert found.total.outturn == Decimal("383.50")
    first = june.projects[0]
    values = list(first.values)
    values[first.kind.place["name"]] = _typed(first.name, name.replace("、", ""))
    twin = replace(first, values=tuple(values))
    assert twin.name.value != name
    both = replace(june, projects=(twin, first), monitoring=(_renamed(june.monitoring[0], name),))
    assert [one is not None for _, one in paired(both, both.monitoring)] == [False, True]


def test_periods_for_the_chart() -> None:
    """Planned at every month of the profile; spent only where there are tables."""
    found = monitoring_rollup([(with_june(), PROFILE)], 6)
    by_month = {one.month: one for one in found.periods}
    assert sorted(by_month) == [3, 6, 9, 12]
    assert (by_month[6].planned, by_month[6].outturn) == (Decimal("542.88"), Decimal("383.50"))
    assert by_month[3].outturn is None
    assert by_month[3].planned == Decimal("253.5025")
    assert by_month[12].planned == sum(one.budget.value for one in example().projects if one.budget.value)


def test_a_plan_never_falls_where_projects_have_no_outturn() -> None:
    """September with one project filled in: the plan is still that of all eight, and what the outturn lacks is said."""
    department = example()
    tables = tuple(monitored(one, 6, "10") for one in department.projects)
    september = (monitored(department.projects[0], 9, "100"),)
    found = monitoring_rollup([(replace(department, monitoring=tables + september), PROFILE)], 9)
    planned = [one.planned for one in found.periods]
    assert planned == sorted(planned)
    by_month = {one.month: one for one in found.periods}
    assert (by_month[6].left_out, by_month[9].left_out) == (0, 7)
    assert by_month[9].planned == by_month[6].planned == Decimal("542.88")  # the plan has no September
    assert by_month[9].outturn == 100
    assert (by_month[12].outturn, by_month[12].left_out) == (None, 0)


def test_possibilities_and_rectifying() -> None:
    """Ticks are counted; what cannot be reached needs 整改要求."""
    june = with_june()
    tick = Entry(True, Status.FILLED, "√", "监控-6月", 10, 13)
    table = june.monitoring[7]
    rows = (table.indicators[0]._replace(impossible=tick), table.indicators[1]._replace(certain=tick))
    changed = replace(table, indicators=(*rows, *table.indicators[2:]))
    found = monitoring_rollup([(replace(june, monitoring=(*june.monitoring[:7], changed)), PROFILE)], 6)
    line = found.lines[7]
    assert line.possibilities == (1, 0, 1)
    assert line.lacks_rectify
    assert not line.rectify


def test_whole_projects_and_the_weighted_mean() -> None:
    """95.91 优 and 71.60 中; weighted 77.55, plain 83.76 (half up)."""
    found = evaluation_rollup([(with_scores(), PROFILE)])
    assert [line.total for line in found.lines] == [Decimal("95.91"), Decimal("71.60")]
    assert [line.result.grade for line in found.lines if line.result] == ["优", "中"]
    assert (found.score, found.label) == (Decimal("77.55"), "加权平均")
    plain = evaluation_rollup([(with_scores(), MEAN)])
    assert (plain.score, plain.label) == (Decimal("83.76"), "算术平均")


def test_the_fifth_project() -> None:
    """96.81 优; its parts add up to it."""
    project = example().projects[4]
    department = replace(example(), projects=(project,), evaluations=(evaluated(project, "67.99", FIFTH),))
    (line,) = evaluation_rollup([(department, PROFILE)]).lines
    assert line.total == Decimal("96.81") == sum(line.scores.values())
    assert line.scores["执行"] == Decimal("8.62")


def test_the_largest_losses_with_their_reasons() -> None:
    """As they were typed; that there is no reason is said."""
    line = evaluation_rollup([(with_scores(), PROFILE)]).lines[1]
    first, second, third, more = line.reasons.split("\n")
    assert first == "资金是否及时支出扣 12.50 分：资金下达较晚"
    assert second == "环境是否得到改善扣 10.00 分（没有写原因）"
    assert third == "涉及改造村数扣 3.12 分：一个村推迟到下年"
    assert more == "另有 2 处扣分"


def test_projects_without_a_total_are_named() -> None:
    """No table, an indicator without score: neither is 0."""
    scores = with_scores()
    rows = [("76人",), ("",), ("2023年12月28日",), ("158.40万元",), ("成效明显",), ("87.5%",)]
    open_one = evaluated(scores.projects[0], "158.40", rows)
    found = evaluation_rollup([(replace(scores, evaluations=(open_one,)), PROFILE)])
    said = said_incomplete(found.incomplete)
    assert "2 个指标还没有得分" in said
    assert "没有自评表" in said
    assert found.score is None
    assert all(line.total is None for line in found.lines)


def test_last_years_tables_are_in_no_total() -> None:
    """They were left in the book: each is named with its year, and its project has none."""
    june = with_june()
    old = replace(june.monitoring[0], year=Entry(2022, Status.FILLED, 2022, "监控-6月", 1, 0))
    found = monitoring_rollup([(replace(june, monitoring=(old, *june.monitoring[1:])), PROFILE)], 6)
    said = said_incomplete(found.incomplete)
    assert "的表是 2022 年的" in said
    assert "没有 6 月的监控表" in said
    assert found.total is not None
    assert found.total.outturn == Decimal("309.80")


def test_an_adjusted_budget_that_cannot_be_read_is_not_the_initial_one() -> None:
    """The table is in no total: nobody knows what may be spent."""
    june = with_june()
    first, *rest = june.monitoring
    whole = first.whole
    unread = whole._replace(adjusted_budget=Entry(None, Status.CONTRADICTED, 800000, "监控-6月", 5, 4))
    changed = replace(first, funds=(unread, *first.funds[1:]))
    found = monitoring_rollup([(replace(june, monitoring=(changed, *rest)), PROFILE)], 6)
    assert found.lines[0].spent is None
    assert f"“{first.name.text}”预算数的单位不能确定" in said_incomplete(found.incomplete)


def test_money_that_was_not_read_is_named_though_the_table_counts() -> None:
    """An amount of an unknown column, a source whose unit nobody knows: the total is that of the budget row."""
    june = with_june()
    first, *rest = june.monitoring
    beside = Entry(Decimal(90), Status.FILLED, 90, "监控-6月", 5, 9)
    source = first.whole._replace(
        key="fiscal",
        label=first.whole.label._replace(value="财政资金", typed="财政资金"),
        outturn=Entry(None, Status.CONTRADICTED, 300000, "监控-6月", 6, 5),
    )
    changed = replace(first, funds=(*first.funds, source), unread=(("审定数", beside),))
    found = monitoring_rollup([(replace(june, monitoring=(changed, *rest)), PROFILE)], 6)
    assert found.total is not None
    assert found.total.outturn == Decimal("383.50")
    assert said_incomplete(found.incomplete) == (
        f"计入合计而有数没有读的 1 个项目：“{first.name.text}”"
        "“审定数”的 90（J6）没有读、财政资金的执行数单位不能确定（F7）"
    )


def test_money_of_a_self_evaluation_that_was_not_read_is_named() -> None:
    june = with_scores()
    first, *rest = june.evaluations
    beside = Entry(Decimal(90), Status.FILLED, 90, "自评", 5, 9)
    changed = replace(first, unread=(("审定数", beside),))
    found = evaluation_rollup([(replace(june, evaluations=(changed, *rest)), PROFILE)])
    assert "“审定数”的 90（J6）没有读" in said_incomplete(found.incomplete)


def test_a_month_that_the_plan_does_not_have() -> None:
    """September is judged by the plan of June: that is said beside the total."""
    department = example()
    tables = tuple(monitored(one, 9, "10") for one in department.projects)
    found = monitoring_rollup([(replace(department, monitoring=tables), PROFILE)], 9)
    assert "计划没有 9 月的时点，用的是 6 月的；要按月折算，可改口径文件）" in said_total(found)
    linear = replace(PROFILE, monitor=replace(PROFILE.monitor, plan_between="linear"))
    assert not said_stand_in(monitoring_rollup([(replace(department, monitoring=tables), linear)], 9))
    assert not said_stand_in(monitoring_rollup([(with_june(), PROFILE)], 6))


def test_the_execution_score_that_stands_in_the_table_counts() -> None:
    """8 where 9.78 is right (E912): the total is that of the printed scores."""
    scores = with_scores()
    first = scores.evaluations[0]
    fund = first.whole._replace(score=weight_entry("8", "自评", 5, 7))
    found = evaluation_rollup([(replace(scores, evaluations=(replace(first, funds=(fund,)),)), PROFILE)])
    line = found.lines[0]
    assert line.result is not None
    assert line.scores["执行"] == 8
    assert line.total == sum(line.scores.values())


def test_a_given_execution_score_does_not_make_money_known() -> None:
    """No outturn: the project is in no total, whatever was typed as its score."""
    scores = with_scores()
    one = evaluated(scores.projects[0], "", FIRST)
    fund = one.whole._replace(score=weight_entry("10", "自评", 5, 7))
    found = evaluation_rollup([(replace(scores, evaluations=(replace(one, funds=(fund,)),)), PROFILE)])
    assert found.lines[0].total is None
    assert "没有填执行数" in said_incomplete(found.incomplete)


def test_errors_are_said_where_they_stand() -> None:
    """A project without a table and a table with blanks: each row has its own, the report says how many there are."""
    scores = with_scores()
    department = replace(scores, evaluations=scores.evaluations[:1])
    errors = evaluation_errors(department, PROFILE)
    assert errors.lines[1] == 1  # E901
    assert errors.total >= sum(errors.lines)
    said = [one.text for one in evaluation_text(department, [], PROFILE).said]
    assert f"表里还有 {errors.total} 处错误，改正以前得数可能不对。" in said
    assert evaluation_errors(replace(department, evaluations=()), PROFILE).said == ""


def test_figures_of_june_that_nobody_confirmed_are_told() -> None:
    """They count, and the roll-up says of which project; a person who accepts the warning answers for them."""
    department = example()
    first = department.projects[0]
    june = monitored(first, 6, "73.70", {0: "40人", 2: "2023年5月8日", 5: "87.5%"})
    table = evaluated(first, "73.70", (("40 人", None), *FIRST[1:2], ("2023年5月8日",), *FIRST[3:]))
    book = replace(department, projects=(first,), monitoring=(june,), evaluations=(table,))
    found = evaluation_rollup([(book, PROFILE)])
    assert found.lines[0].total is not None
    said = said_incomplete(found.incomplete)
    assert said == (
        f"得分按年中监控的数计算、没有确认是全年数的 1 个项目：“{first.name.text}”有 3 个数与 1-6月监控相同"
    )
    (draft,) = evaluation_drafts(book, PROFILE)
    assert draft.proposed == {(0, "actual"), (5, "actual"), ("budget", "outturn")}
    (told,) = [one for one in check(book, PROFILE) if one.code == "E926"]
    accepted = Accepted("E926", told.sheet or "", told.cell or "", "", told.found or "", "", Acceptance("属实", "张三"))
    assert not evaluation_rollup([(replace(book, accepted=(accepted,)), PROFILE)]).incomplete
    other = replace(table, indicators=tuple(row._replace(evidence=row.level3) for row in table.indicators))
    assert "有 1 个数" in said_incomplete(
        evaluation_rollup([(replace(book, evaluations=(other,)), PROFILE)]).incomplete
    )
