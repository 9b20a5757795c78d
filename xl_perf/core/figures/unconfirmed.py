"""What a self-evaluation still says as the last monitoring did: a figure of June that nobody made one of the year.

A new 自评 proposes what the last monitoring says. Whether somebody looked it over is told by the data alone: the value
is another one, or evidence, a reason or an accepted warning stands beside it. How a cell looks says nothing.
"""

from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import EMPTY, Entry, Status
from xl_perf.core.cells.targets import Target
from xl_perf.core.cells.values import plain
from xl_perf.core.figures.reached import done, measured, said_nothing
from xl_perf.core.figures.report_pairs import latest_monitoring
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import fingerprint
from xl_perf.core.model.progress import EvaluatedIndicator, Evaluation, Monitoring

CODE: Final = "E926"
_YEAR: Final = 12


class Unconfirmed(NamedTuple):
    """Where a table says what the monitoring of 1-``month``月 says: in its outturn, in these rows."""

    table: Evaluation
    month: int
    outturn: bool
    rows: tuple[EvaluatedIndicator, ...]

    @property
    def first(self) -> Entry[object]:
        """The first such cell."""
        return self.table.whole.outturn if self.outturn else self.rows[0].actual

    @property
    def said(self) -> str:
        """All of them: 全年执行数 140、“改造村数”1个."""
        value = self.table.whole.outturn.value
        money = [f"全年执行数 {plain(value)}"] if self.outturn and value is not None else []
        rows = [f"“{row.level3.text or row.level2.text}”{row.actual.text}" for row in self.rows]
        return "、".join([*money, *rows])

    @property
    def doubt(self) -> str:
        """For a roll-up: 有 3 个数与 1-6月监控相同."""
        return f"有 {self.outturn + len(self.rows)} 个数与 1-{self.month}月监控相同"


def unconfirmed(department: Department, one: Evaluation) -> Unconfirmed | None:
    """What was taken over and nobody confirmed; None where there is nothing, or the last monitoring is December's."""
    if not department.monitoring:
        return None
    last = latest_monitoring(department, one)
    if last is None or last.month.value is None or last.month.value >= _YEAR:
        return None
    found = Unconfirmed(one, last.month.value, _is_same_outturn(one, last), tuple(_same_rows(one, last)))
    return found if found.outturn or found.rows else None


def is_accepted(department: Department, found: Unconfirmed) -> bool:
    """A person accepted the warning, and nothing has changed since."""
    told = fingerprint(found.said, None)
    place = found.first.sheet, found.first.cell
    return any(own.code == CODE and (own.sheet, own.cell) == place and own.told == told for own in department.accepted)


def _is_same_outturn(one: Evaluation, last: Monitoring) -> bool:
    """Nothing more was spent after the month, though there was something left to spend."""
    line = one.whole
    outturn, budget = line.outturn.value, line.budget.value
    if outturn is None or outturn != last.whole.outturn.value or line.reason.text:
        return False
    return budget is None or outturn < budget


def _same_rows(one: Evaluation, last: Monitoring) -> list[EvaluatedIndicator]:
    before: dict[tuple[str, str, str], list[Entry[Target]]] = {}
    for row in last.indicators:
        before.setdefault(row.key, []).append(row.reached)
    found = []
    for own in one.indicators:
        its = before.get(own.key)
        reached = its.pop(0) if its else None
        if reached is not None and not _is_confirmed(own) and _is_same(own, reached):
            found.append(own)
    return found


def _is_confirmed(row: EvaluatedIndicator) -> bool:
    """Somebody wrote beside it, or it is a day on which something was done: that stays so."""
    if any(said.status is not Status.ABSENT and said.status not in EMPTY for said in (row.reason, row.evidence)):
        return True
    aim, was_done = row.target.value, done(row.actual)
    return aim is not None and aim.kind == "deadline" and was_done is not None and was_done.is_done


def _is_same(row: EvaluatedIndicator, reached: Entry[Target]) -> bool:
    if said_nothing(row.actual) or said_nothing(reached):
        return False
    aim = row.target.value
    if aim is not None and aim.kind in {"number", "range"}:
        own, its = measured(aim, row.actual).value, measured(aim, reached).value
        if own is not None and its is not None:
            return own == its
    return folded(row.actual.text) == folded(reached.text)
