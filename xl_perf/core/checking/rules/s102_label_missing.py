"""表中缺少标签，对应的内容读不出来。

为什么：程序按标签找内容，不按单元格地址；标签被删掉或改写，旁边的内容就无从辨认。
怎样认：标签中的空格、换行、全角字符、末尾的冒号都不计较，常见的别名（如“其中：财政拨款”“效益指标”）也认。
金额的几行里有一个数（或“约30”“三十”这样读不出的），左边没有标签或标签不认得，不知道它是哪种资金，报在这个数的单元格；
各项来源已经等于预算数的，不认得的标签由 B310 报。
单位自己的样表上选了“其中项”“不读”“文字”的不是资金来源：只有各项来源正好少了它的，写明是它少了；别的由 B303 报不平。
样表上印着的一项来源，表上没有它的标签，各项加起来少于预算数的，写明少的是哪一项。
只有实施期总额、没有年度总额的，写明那个总额在哪里，它不计入合计。
支出计划的月份按口径检查（表上是四个季度末的，按表上的月份），口径有权重的要有“权重”一栏；口径另定了必须有哪些栏目的按口径，预算数总是必须有；指标表头全部缺少、各月全部缺少时各报一次。
怎样改：把标签补在原来的位置，用官方表样的文字；单位自己的样表用样表上的标签，要添一项来源先在样表上添上。
依据：河北省部门预算绩效文本的项目绩效目标表表样。
"""

from collections.abc import Iterator
from decimal import Decimal

from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.checking.rules.base import Rule, in_form
from xl_perf.core.checking.seen import Seen, has_own_months
from xl_perf.core.figures.missing import sources_left_out
from xl_perf.core.forms.amount_columns import AMOUNT_COLUMN
from xl_perf.core.forms.chosen_otherwise import choice_of
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.core.forms.list_frame import ROW_TOTAL
from xl_perf.core.forms.printed_labels import Printed, printed_label
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

_MOST = 3
"""Amounts that are named where the label of the budget is missing."""
_MOST_LABELS = 4
"""Labels of a 样表 that are named."""


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per missing label; one for a whole missing header or a whole missing row of months."""
    for project, plan in zip(seen.projects, seen.plans(profile.checkpoints), strict=True):
        yield from _unlabelled(project)
        for label, cell in sources_left_out(project):
            whole = printed_label(project.kind, project.kind.money[0].key).label
            said = f"表中没有标签“{label}”，各项来源加起来少于{whole}：它的金额读不出，没有计入"
            yield in_form(project, "S102", label, said, _back_in(label, cell))._replace(expected=label)
        if plan.is_sound and not project.missing and not profile.asks_for_weights:
            continue
        for label, cell in _missing(project, profile):
            message = f"表中没有标签“{label}”，读不出它的内容{_instead(project, label)}{_whole(project, label)}"
            remedy = _back_in(label, cell)
            if project.whole and _is_budget(project, label):
                remedy += "；表里的总额就是这一年的，请改用这个标签"
            yield in_form(project, "S102", label, message, remedy)._replace(expected=label)


def _back_in(label: str, cell: str) -> str:
    return f"请在原来的位置补上“{label}”" + (f"（样表印在 {cell}）" if cell else "")


def _unlabelled(project: Project) -> Iterator[Finding]:
    """Amounts whose source nobody knows, each at its cell."""
    if project.budget.status is Status.ABSENT:
        return
    for name, amount in project.unlabelled:
        if choice := choice_of(project.kind, name):
            yield _chosen(project, name, amount, choice)
            continue
        unknown = "不认得" if project.kind.learned is None else "样表上没有"
        said = (
            f"标签“{''.join(name.split())}”{unknown}，它后面的 {amount.text} "
            if name
            else f"{amount.text} 左边没有标签，"
        )
        remedy = _remedy(project, name)
        if amount.value is None:
            said, remedy = f"{said}读不出是多少，也", f"{remedy}，并写成一个数"
        yield at(amount, "S102", "资金来源", f"{said}不知道是哪种资金，没有计入任何一项来源", remedy)


def _chosen(project: Project, name: str, amount: Entry[Decimal], choice: str) -> Finding:
    """An amount that is no source by the office's own choice, and that the sources lack."""
    label, whole = "".join(name.split()), printed_label(project.kind, project.kind.money[0].key).label
    just = "这个数" if len(project.unlabelled) == 1 else "这几个数"
    said = (
        f"“{label}”后面的 {amount.text} 在样表上是“{choice}”，没有计入任何一项来源；各项来源加起来比{whole}正好少{just}"
    )
    remedy = (
        f"“{label}”是一种资金来源的，请在样表“{GUIDE_SHEET}”的“核对”一栏改选；不是的，请核对各项来源，改正填错的一个"
    )
    return at(amount, "S102", "资金来源", said, remedy)


def _remedy(project: Project, name: str) -> str:
    """Which labels are known: an office's own form has its own, and may lack one of them."""
    kind = project.kind
    if kind.learned is None:
        return "请在它左边写上官方表样的标签，如“其中：财政拨款”“其他资金”"
    lacking = {field.key for field, one in zip(kind.fields, project.values, strict=True) if one.status is Status.ABSENT}
    labels = {key: label for label, key in reversed(kind.own_words)}
    own = [field.key for field in kind.sources if field.key in labels]
    keys = [key for key in own if key in lacking] or own
    shown = "".join(f"“{''.join(labels[key].split())}”" for key in keys[:_MOST_LABELS])
    shown += "等" if len(keys) > _MOST_LABELS else ""
    if not shown:
        return "样表上没有分资金来源：请把这个数并到预算数里，或先在样表上添上这一项"
    what = f"把“{''.join(name.split())}”改成" if name else "在它左边写上"
    return f"请{what}样表上的标签：{shown}；样表上没有的一项，请先在样表上添上"


def _instead(project: Project, label: str) -> str:
    """The amounts that may be what the missing label of the budget names."""
    if not _is_budget(project, label):
        return ""
    found = [
        f"{amount.cell} 的 {amount.text}" + (f"（“{''.join(name.split())}”）" if name else " ")
        for name, amount in project.unlabelled[:_MOST]
    ]
    return f"；{'、'.join(found)}没有计入合计" if found else ""


def _whole(project: Project, label: str) -> str:
    """The amounts for the whole time, which are none for the year."""
    if not _is_budget(project, label):
        return ""
    found = [
        f"{amount.cell} 的 {amount.text}（“{''.join(name.split()).rstrip('：:')}”）"
        for name, amount in project.whole[:_MOST]
    ]
    return f"；{'、'.join(found)}是实施期的，不当作年度的，没有计入合计" if found else ""


def _is_budget(project: Project, label: str) -> bool:
    """The label is that of the budget, which the form lacks."""
    own = AMOUNT_COLUMN if AMOUNT_COLUMN in project.missing else project.kind.money[0].key
    return project.budget.status is Status.ABSENT and label == printed_label(project.kind, own).label


def _missing(project: Project, profile: Profile) -> Iterator[Printed]:
    kind, months = project.kind, {point.month for point in project.plan}
    has_column = kind.learned is None or any(word.key == "weight" for word in kind.learned.words)
    lacks_weights = bool(project.indicators) and project.indicators[0].weight.status is Status.ABSENT
    if profile.asks_for_weights and has_column and lacks_weights:
        yield printed_label(kind, "weight")
    has_plan = kind.demands_plan and not has_own_months(project, profile.checkpoints)
    if not project.missing and (not has_plan or months.issuperset(profile.checkpoints)):
        return
    known = {ROW_TOTAL, *kind.labels}
    yield from (printed_label(kind, key, "合计") for key in project.missing if key in known and key not in kind.header)
    if has_plan and not months:
        yield Printed("、".join(f"{month}月底" for month in profile.checkpoints))
    elif has_plan:
        yield from (Printed(f"{month}月底") for month in profile.checkpoints if month not in months)
    header = [printed_label(kind, key) for key in project.missing if key in kind.header]
    if len(header) == len(kind.demanded.intersection(kind.header)) > 0:
        yield Printed("、".join(one.label for one in header))
    else:
        yield from header


RULE = Rule("S102", Severity.ERROR, check, __doc__)
