"""分值合计不是 100 减去执行率的分值，或一级指标的分值与规定的不同。

为什么：分值合计不对，总分就不能与别的项目相比。
怎样认：各指标的分值加上执行率的分值不等于 100，报错误；合计正确而某个一级指标的分值与口径的份额不同，报警告。
目标表里写了权重的项目以权重为准，不比一级指标。一级指标后面印着分值的（产出指标（50分）），
与它下面各行不符时报警告。表样按工作簿自动选的口径（没有人指定，也不是本程序的工作簿）时，
执行率的分值以表上印的为准，一级指标只与表上印的分值比：各省的份额不同。分值都空着的不报：由本程序按份额分配；
有读不出的由 E904 报。差额 = 表上的 − 应有的，单位分。
怎样改：改正分值，使各指标合计等于应有的分值。
依据：口径文件 evaluate.execution 和 evaluate.shares；财预〔2020〕10号（产出50、效益30、满意度10、执行率10）。
"""

from collections.abc import Iterator
from decimal import Decimal

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.evaluated import EvaluatedTable, branches, minus, printed_share
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.rounding import total_of
from xl_perf.core.figures.scoring import shares_of
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.progress import UNKNOWN
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per table on the sum, else one per first level."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        weights = [row.row.weight for row in one.rows]
        if all(weight.value is None for weight in weights) or any(weight.status in UNKNOWN for weight in weights):
            continue
        wrong = list(_sum(one, profile))
        yield from wrong or _branches(one)


def _sum(one: EvaluatedTable, profile: Profile) -> Iterator[Finding]:
    own = one.whole.weight
    usual = profile.evaluate.execution
    if one.is_ours and own.value is not None and own.value != usual:
        message = f"执行率的分值是 {plain(own.value)}，应为 {plain(usual)}"
        remedy = f"请改为 {plain(usual)}"
        difference = plain(minus(own.value, usual))
        yield one.find(own, "E902", "分值", message, remedy, expected=plain(usual), difference=difference)
    found = total_of(row.row.weight.value for row in one.rows if row.row.weight.value is not None)
    execution = usual if one.is_ours else own.value
    if execution is None:
        execution = Decimal(0) if found == 100 else usual
    expected = minus(Decimal(100), execution)
    if found == expected:
        return
    blank = sum(row.row.weight.value is None for row in one.rows)
    message = f"各指标的分值合计 {plain(found)}，应为 {plain(expected)}（100 减去执行率的 {plain(execution)}）"
    message += f"；有 {blank} 行没有填分值" if blank else f"，相差 {plain(minus(found, expected))} 分"
    entry = next(row.row.weight for row in one.rows if row.row.weight.cell)
    yield one.find(
        entry,
        "E902",
        "分值",
        message,
        "请改正分值，使合计相符",
        found=plain(found),
        expected=plain(expected),
        difference=plain(minus(found, expected)),
    )


def _branches(one: EvaluatedTable) -> Iterator[Finding]:
    found = dict(branches(one))
    usual = shares_of([name for name in found if name in one.settings.shares], one.settings) if one.is_ours else {}
    if not {*found} <= {*one.settings.shares} or _has_weights(one):
        usual = {}
    for name, rows in found.items():
        printed = next((share for row in rows if (share := printed_share(row.row)) is not None), None)
        expected = usual.get(name, printed)
        total = total_of(row.points for row in rows)
        if expected is None or total == expected:
            continue
        first = rows[0].row.level1
        whose = "口径规定的份额" if name in usual else "表上印的"
        message = f"{name}指标的分值合计 {plain(total)}，{whose}是 {plain(expected)}"
        yield one.find(
            first,
            "E902",
            "分值",
            message,
            f"请核对{name}指标各行的分值；确需调整的，说明理由后接受这条警告",
            found=plain(total),
            expected=plain(expected),
            difference=plain(minus(total, expected)),
            severity=Severity.WARNING,
        )


def _has_weights(one: EvaluatedTable) -> bool:
    return one.project is not None and any(row.weight.value is not None for row in one.project.indicators)


RULE = Rule("E902", Severity.ERROR, check, __doc__)
