"""The findings workbook of `check --report`."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from xl_perf.core.checking.counting import lost_note
from xl_perf.core.checking.delivered import ListedProject
from xl_perf.core.figures.delivery import Delivery
from xl_perf.core.workbook.typed import Earlier
from xl_perf.files.output import replacing
from xl_perf.service.carrying import Before
from xl_perf.service.placing import Written
from xl_perf.service.results import BookResult


def write_report(
    out: str,
    results: Iterable[BookResult],
    profiles_note: Callable[[], str] = str,
    delivery: Delivery | None = None,
    before: Before | None = None,
    skipped: Sequence[tuple[str, str]] = (),
) -> Written:
    """The findings workbook, 总览 and 明细, with ``delivery`` 交表情况 too: at most one row per finding in memory.

    What people typed into the one ``before`` is carried over. ``skipped`` are files that were passed over, as pairs of
    path and reason.

    ``profiles_note`` is asked at the end which profiles the results were found by; it stands at the top of 总览.
    """
    from xl_perf.written.report import Report

    before = before or Before(Earlier())
    with replacing(Path(out), replaced=before.replaced) as output, Report(output.temp, before.typed) as report:
        lost: list[ListedProject] = []
        for result in results:
            if result.error is not None:
                report.add_error(result.error, result.totals.incomplete)
            else:
                of_book = result.path, result.department, result.year, result.lines, result.findings
                report.add(*of_book, result.totals, result.left)
                if result.left is not None:
                    lost += result.left.lost
        report.profiles_note = profiles_note()
        report.lost = lost_note(lost)
        report.delivery = delivery
        report.skipped = skipped
    return before.written(output)
