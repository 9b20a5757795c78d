"""新建监控, 更新监控, 新建自评, 计算得分: tables of the year after the text, in the open book."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from tests.live.desk import Desk
from xl_perf.core.model.progress import Evaluation, Monitoring
from xl_perf.live import log_sheet, reports
from xl_perf.live.host import NotHere
from xl_perf.live.log_sheet import REPORT_ADDED
from xl_perf.live.protection import unlocked
from xl_perf.live.undoing import steps

JUNE = ("73.70", "30.14", "0", "39.16", "20.50", "33.00", "47.00", "140")
"""What the eight projects had spent by the end of June, in 万元."""


def fill(desk: Desk, sheet: str, cells: Sequence[tuple[int, int, object]]) -> None:
    """Types into cells, row and column from 0."""
    with unlocked(desk.book.sheets[sheet]):
        for row, column, content in cells:
            desk.book.sheets[sheet].range((row + 1, column + 1)).value = content


def monitored(desk: Desk) -> tuple[Monitoring, ...]:
    return desk.read().monitoring


def evaluated(desk: Desk) -> tuple[Evaluation, ...]:
    return desk.read().evaluations


def column_of(desk: Desk, sheet: str, label: str) -> int:
    """The column under a heading, from 0."""
    for row in desk.book.sheets[sheet].used_range.value:
        if label in row:
            return int(row.index(label))
    raise AssertionError(label)


def test_new_monitoring(example: Desk) -> None:
    said = example.press("new_monitoring", answers=("6月",))
    assert "已新建“监控-6月”：8 个项目" in said
    assert example.host.active.name == "监控-6月"
    names = example.book.sheet_names
    assert names.index("空白表") < names.index("监控-6月") < names.index("部门汇总")
    assert example.book.sheets["监控-6月"].api.ProtectContents
    found = example.read()
    assert [one.month.value for one in found.monitoring] == [6] * 8
    assert [one.key for one in found.monitoring] == [one.key for one in found.projects]
    assert found.monitoring[7].whole.initial_budget.value == Decimal(500)
    assert len(found.projects) == 8
    assert len(example.host.app.books) == 1  # the file of which the sheet was taken is closed again
    example.answer("6", "no")
    with pytest.raises(NotHere, match="已经有“监控-6月”，没有改动"):
        reports.new_monitoring(example.host)
    _undone(example)


def test_a_report_is_made_anew(three: Desk) -> None:
    """LibreOffice lets nobody delete or rename a protected sheet by hand."""
    three.answer("6")
    reports.new_monitoring(three.host)
    whole = three.read().monitoring[0].whole
    fill(three, "监控-6月", [(whole.outturn.row, whole.outturn.column, 5)])
    assert three.read().monitoring[0].whole.outturn.value == 5
    names = three.book.sheet_names
    three.answer("6", "yes")
    said = reports.new_monitoring(three.host)
    assert said is not None
    assert "操作前的工作簿备份在：" in said
    assert three.book.sheet_names == names
    found = three.read().monitoring
    assert len(found) == 3
    assert found[0].whole.outturn.value == 5  # what was filled in comes along


def test_the_month_after_the_last_one_is_proposed(example: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    example.answer("6")
    reports.new_monitoring(example.host)
    asked: list[str] = []
    monkeypatch.setattr(example.host, "ask_text", lambda _, proposed: asked.append(proposed))
    assert reports.new_monitoring(example.host) is None
    assert asked == ["9"]


@pytest.mark.parametrize("typed", ["13", "六月份吧", "0"])
def test_no_month(example: Desk, typed: str) -> None:
    example.answer(typed)
    with pytest.raises(NotHere, match="不是月份"):
        reports.new_monitoring(example.host)


def _undone(example: Desk) -> None:
    """After a question, for something may have been filled in."""
    assert [step.first.kind for step in steps(log_sheet.read(example.host))] == [REPORT_ADDED]
    said = example.press("undo", answers=("yes",))
    assert "已删除工作表“监控-6月”" in said
    assert "监控-6月" not in example.book.sheet_names
    assert example.read().monitoring == ()


def test_update_monitoring(example: Desk) -> None:
    """Money and indicators get their lights; the roll-up is made, and made anew."""
    example.press("new_monitoring", answers=("6",))
    found = monitored(example)
    typed: list[tuple[int, int, object]] = []
    for one, amount in zip(found, JUNE, strict=True):
        fiscal = one.fund("fiscal")
        assert fiscal is not None
        typed.append((fiscal.outturn.row, fiscal.outturn.column, float(amount)))
    villages = found[7].indicators[0].reached
    typed.append((villages.row, villages.column, "1个"))
    fill(example, "监控-6月", typed)
    said = example.press("update_monitoring", "监控-6月")
    assert "已更新 8 张监控表" in said
    sheet = example.book.sheets["监控-6月"]
    light = column_of(example, "监控-6月", "资金灯")
    lights = [sheet.range((one.whole.label.row + 1, light + 1)).value for one in found]
    assert lights == ["● 绿", "● 绿", "● 绿", "● 绿", "● 红", "● 黄", "● 绿", "● 红"]
    share = column_of(example, "监控-6月", "完成比")
    assert sheet.range((villages.row + 1, share + 1)).value == pytest.approx(0.25)
    assert sheet.range((villages.row + 1, share + 2)).value == "● 红"
    assert "监控汇总" in example.book.sheet_names
    assert [one.month.value for one in monitored(example)] == [6] * 8  # the roll-up is no monitoring table
    again = example.press("update_monitoring", "监控-6月")
    assert "改了 0 格" in again
    assert example.book.sheet_names.count("监控汇总") == 1
    example.press("undo", answers=("1",))
    assert sheet.range((villages.row + 1, share + 1)).value in (None, "")
    assert sheet.range((villages.row + 1, villages.column + 1)).value == "1个"


def test_the_summary_says_what_it_lacks(example: Desk) -> None:
    """One project of eight is filled in. The lines of the chart keep their names, and the title is in sight."""
    example.press("new_monitoring", answers=("6",))
    fiscal = monitored(example)[0].fund("fiscal")
    assert fiscal is not None
    fill(example, "监控-6月", [(fiscal.outturn.row, fiscal.outturn.column, 73.7)])
    said = example.press("update_monitoring", "监控-6月")
    assert "监控汇总（6月）：合计不含 7 个项目：“村干部考核奖和离任村干部补贴”没有填执行数" in said
    sheet = example.book.sheets["监控汇总"]
    texts = [text for row in sheet.used_range.value for text in row if isinstance(text, str)]
    assert "6月底（执行数缺 7 个项目）" in texts
    assert not [text for text in texts if "plan_between" in text or "linear" in text]
    heading = next(number for number, row in enumerate(sheet.used_range.value, 1) if "累计计划" in row)
    if sheet.book.app.engine.name == "libreoffice":
        ((source,),) = [chart.source for chart in sheet.impl.charts]
        assert source.row == heading


def test_scores(example: Desk) -> None:
    """year.md's first project: 95.91. A score that was lowered stays, one of the button's own follows."""
    example.press("new_evaluation")
    one = evaluated(example)[0]
    fiscal = one.fund("fiscal")
    assert fiscal is not None
    actual = ["76人", "97.82%", "2023-12-28", "158.40万元", "达成预期指标", "87.5%"]
    typed: list[tuple[int, int, object]] = [
        (row.actual.row, row.actual.column, text) for row, text in zip(one.indicators, actual, strict=True)
    ]
    typed.append((fiscal.outturn.row, fiscal.outturn.column, 158.40))
    words = one.indicators[4].score
    typed.append((words.row, words.column, 27))
    fill(example, "自评", typed)
    said = example.press("compute_scores", "自评")
    assert "村干部工资、保险和聘用人员工资 95.91" in said
    found = evaluated(example)[0]
    assert [row.score.value for row in found.indicators] == [
        Decimal(score) for score in ("12.18", "12.23", "12.5", "12.5", "27", "9.72")
    ]
    assert (found.whole.score.value, found.total.value, found.grade.value) == (Decimal("9.78"), Decimal("95.91"), "优")
    explained = column_of(example, "自评", "计分说明")
    cell = example.book.sheets["自评"].range((found.indicators[0].score.row + 1, explained + 1))
    assert "12.5×76÷78＝12.18" in cell.value
    assert "自评汇总" in example.book.sheet_names
    people, rate = found.indicators[0].actual, found.indicators[1].score
    fill(example, "自评", [(people.row, people.column, "78人"), (rate.row, rate.column, 10)])
    example.press("compute_scores", "自评")
    after = evaluated(example)[0]
    assert [row.score.value for row in after.indicators[:2]] == [Decimal("12.5"), Decimal(10)]


def test_nothing_to_work_on(blank: Desk) -> None:
    with pytest.raises(NotHere, match="没有填写过的项目表"):
        reports.new_evaluation(blank.host)
    with pytest.raises(NotHere, match="没有监控表"):
        reports.update_monitoring(blank.host)
    with pytest.raises(NotHere, match="没有自评表"):
        reports.compute_scores(blank.host)


def test_tasks(example: Desk) -> None:
    """The list is made once; what is added later is what it lacks."""
    said = example.press("plan_tasks")
    assert "已建“任务分解”" in said
    column = column_of(example, "任务分解", "工作任务")
    rows = example.book.sheets["任务分解"].used_range.value
    named = [row[1] for row in rows if row[0] and str(row[0]).isdecimal()]
    assert named[:2] == ["村干部工资、保险和聘用人员工资", "村干部考核奖和离任村干部补贴"]
    assert "没有改动" in example.press("plan_tasks", "任务分解")
    at = next(number for number, row in enumerate(rows, 1) if row[1] == "敬老院人员经费")
    with unlocked(example.book.sheets["任务分解"]):
        example.book.sheets["任务分解"].range((at, 2)).value = "改了名"
    said = example.press("plan_tasks", "任务分解")
    assert "补上 1 项：敬老院人员经费" in said
    after = example.book.sheets["任务分解"].used_range.value
    last = [row for row in after if row[1]][-1]
    assert (last[1], bool(last[column])) == ("敬老院人员经费", True)


def test_supervision(example: Desk) -> None:
    """A line for the project in front, below the last one."""
    said = example.press("record_supervision", "03")
    assert "第 1 条，项目是“征地拆迁补偿款”" in said
    assert example.host.active.name == "监督记录"
    with unlocked(example.book.sheets["监督记录"]):
        example["监督记录", example.cursor].value = "2023-05-06"
    assert "第 2 条" in example.press("record_supervision")
    rows = [row for row in example.book.sheets["监督记录"].used_range.value if str(row[0]).isdecimal()]
    assert [(row[0], row[1], row[3], row[10]) for row in rows] == [
        ("1", "2023-05-06", "征地拆迁补偿款", "手工"),
        ("2", None, None, "手工"),
    ]
