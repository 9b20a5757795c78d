"""The findings workbook of `check --report`."""

from collections.abc import Callable, Iterable
from pathlib import Path

from xl_perf.core.figures.delivery import Delivery
from xl_perf.files.output import replacing
from xl_perf.service.placing import Written
from xl_perf.service.results import BookResult


def write_report(
    out: str,
    results: Iterable[BookResult],
    profiles_note: Callable[[], str] = str,
    delivery: Delivery | None = None,
) -> Written:
    """The findings workbook, 总览 and 明细, with ``delivery`` 交表情况 too: at most one row per finding in memory.

    ``profiles_note`` is asked at the end which profiles the results were found by; it stands at the top of 总览.
    """
    from xl_perf.written.report import Report

    with replacing(Path(out)) as output, Report(output.temp) as report:
        for result in results:
            if result.error is not None:
                report.add_error(result.error, result.totals.incomplete)
            else:
                missing = result.totals.incomplete
                of_book = result.path, result.department, result.year, result.lines, result.findings
                report.add(*of_book, missing, result.left)
        report.profiles_note = profiles_note()
        report.delivery = delivery
    return Written(output.path, output.notice)
