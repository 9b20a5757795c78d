"""`xl-perf form`: an office's own form is learned, checked, and a shipped one exported."""

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from xl_perf.cli import options
from xl_perf.cli.options import COULD_NOT, DONE, ERRORS_FOUND
from xl_perf.cli.terminal import Column, complain, say, table
from xl_perf.core.cells.values import plain
from xl_perf.core.figures.totals import totals_of

if TYPE_CHECKING:
    from xl_perf.core.forms.guide_form import Guide
    from xl_perf.service.guides import Checked, Tried

_MOST: Final = 6
"""Labels that a line names."""


_COLUMNS: Final = (
    Column("文件"),
    Column("工作表"),
    Column("项目"),
    Column("预算数（万元）", figures=True),
    Column("财政资金", figures=True),
    Column("其他资金", figures=True),
    Column("目标", figures=True),
    Column("指标", figures=True),
    Column("第一个指标", can_go=True),
)


def form(arguments: Namespace) -> int:
    """The command that was asked for."""
    return {"learn": _learn, "check": _check, "show": _show}[arguments.form](arguments)


def _learn(arguments: Namespace) -> int:
    """0 as soon as the 样表 is written, whatever there is to be confirmed in it."""
    from xl_perf.service import guides

    limits = options.limits(arguments)
    learned = guides.learn_form(arguments.source, arguments.out, overwrite=arguments.overwrite, limits=limits)
    say(learned.written.message("样表"))
    say(f"学的是工作表“{learned.sheet}”：认得 {learned.sure} 栏。")
    for note in learned.notes:
        say(f"{note}。")
    if learned.to_check:
        say(f"要核对 {len(learned.to_check)} 栏：{_listed(learned.to_check)}。请在“对照”里选它是什么，选好才能用。")
    if learned.unknown:
        say(f"不认识 {len(learned.unknown)} 栏，按文字收：{_listed(learned.unknown)}。")
    if learned.carried:
        say(f"带着不核对 {len(learned.carried)} 栏：{_listed(learned.carried)}。")
    if learned.left:
        say(f"不读 {len(learned.left)} 栏：{_listed(learned.left)}。要读的在“对照”里选。")
    if learned.without_unit:
        say("表上没有印金额单位，请在“对照”的“金额单位”一栏选。")
    say(f"下一步：打开样表看“对照”，改好后运行 xl-perf form check {learned.written.path}")
    return DONE


def _check(arguments: Namespace) -> int:
    """1 for a 样表 that cannot be used, or a filled workbook that it does not read; 2 for one that is unreadable."""
    from xl_perf.service import guides

    checked = guides.check_form(arguments.guide, arguments.filled, options.limits(arguments))
    for fault in checked.guide.faults:
        say(f"{fault.where}　{fault.said}" if fault.where else fault.said)
    for note in checked.guide.notes:
        say(f"{note}。")
    if checked.guide.faults:
        say(f"这份样表还不能用：{len(checked.guide.faults)} 处要改。")
        return ERRORS_FOUND
    _say_sound(checked.guide)
    return _say_tried(checked)


def _say_sound(guide: "Guide") -> None:
    from xl_perf.core.forms.kinds import BY_NAME

    base = BY_NAME[guide.form.base]
    unit = guide.form.unit or "按表上所写"
    year = f"，{guide.form.year} 年度起用" if guide.form.year else ""
    say(f"样表“{guide.form.name}”可以用：{len(guide.rows)} 栏，金额单位{unit}，各部分依据 {base.name}{year}。")


def _say_tried(checked: "Checked") -> int:
    if not checked.tried:
        return DONE
    rows = [row for one in checked.tried for row in _rows(one)]
    if rows:
        table(_COLUMNS, rows)
    for one in checked.tried:
        if one.version:
            say(f"{one.path}　{one.version}。")
        if one.error is not None:
            complain(str(one.error))
        else:
            _say_left(one)
    if any(one.error is not None for one in checked.tried):
        return COULD_NOT
    return ERRORS_FOUND if any(one.lacks or one.findings for one in checked.tried) else DONE


def _rows(one: "Tried") -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for project in one.department.projects if one.department else ():
        first = project.indicators[0] if project.indicators else None
        shown = "" if first is None else f"{first.level3.text} {first.target.text}"
        budget, amounts = project.budget.value, totals_of(project).amounts
        found.append(
            (
                one.path,
                project.sheet,
                project.name.text,
                "读不出来" if budget is None else plain(budget),
                *(plain(amounts[key]) for key in ("fiscal", "other")),
                str(len(project.goals)),
                str(len(project.indicators)),
                shown,
            )
        )
    return found


def _say_left(one: "Tried") -> None:
    """What of a filled workbook was not read."""
    for lack in () if one.findings else one.lacks:
        say(f"{one.path}　{lack.sheet or ''}　{lack.reason}")
    for finding in one.findings[:_MOST]:
        say(f"{one.path}　{finding.place}　{finding.message}（{finding.code}）")
    if len(one.findings) > _MOST:
        say(f"{one.path}　这样的还有 {len(one.findings) - _MOST} 处，逐条见 xl-perf check")
    for sheet in one.department.unread if one.department else ():
        say(f"{one.path}　工作表“{sheet.sheet}”没有读：{sheet.reason}")


def _show(arguments: Namespace) -> int:
    from xl_perf.service import guides

    written = guides.show_form(arguments.kind, arguments.out, overwrite=arguments.overwrite)
    say(written.message("样表"))
    say(f"改好后运行 xl-perf form check {written.path}")
    return DONE


def _listed(labels: Sequence[str]) -> str:
    shown = "、".join(labels[:_MOST])
    return f"{shown}等" if len(labels) > _MOST else shown
