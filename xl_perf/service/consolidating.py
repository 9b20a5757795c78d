"""Consolidating: the summary workbook of one book, or of many."""

from collections.abc import Callable, Iterable
from pathlib import Path

from xl_perf.core.errors import BookError
from xl_perf.core.figures.delivery import Delivery
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.typed import Earlier
from xl_perf.files.inputs import Found
from xl_perf.files.output import replacing
from xl_perf.service.carrying import Before
from xl_perf.service.placing import Written
from xl_perf.service.results import BookResult


def consolidate(
    out: str,
    found: Found,
    profile: Profile,
    results: Iterable[BookResult],
    profiles_note: Callable[[], str] = str,
    delivery: Delivery | None = None,
    *,
    by_folder: bool = False,
    before: Before | None = None,
) -> Written | None:
    """The summary workbook of one book (部门汇总) or of many (汇总, 明细); None if not one book could be read.

    With ``delivery``, which looks at the results too, it is always that of many, with 交表情况. Subtotals are of
    departments, or of the folders in which the workbooks lie. What people typed into the summary ``before`` is carried
    over.

    Books that could not be read are listed in the summary of many, files that were passed over in
    either. ``profiles_note`` is asked at the end which
    profiles the results were found by; it stands at the top of the findings.
    """
    if len(found.books) + len(found.errors) == 1 and delivery is None and not by_folder:
        before = before or Before(Earlier())
        return _consolidate_one(out, profile, next(iter(results)), profiles_note, before, found)
    from xl_perf.written.combined_summary import CombinedSummary
    from xl_perf.written.summary import project_names

    before = before or Before(Earlier())
    with replacing(Path(out), replaced=before.replaced) as output:
        read_any = False
        with CombinedSummary(output.temp, profile, by_folder=by_folder, earlier=before.typed) as summary:
            for result in results:
                if result.error is not None:
                    summary.add_error(result.error, result.totals.incomplete)
                elif result.left is not None:
                    names = project_names(result.lines)
                    summary.add_left(result.path, result.left, result.totals, result.findings, names)
                else:
                    read_any = True
                    summary.add(
                        result.path,
                        result.department,
                        result.year,
                        result.lines,
                        result.findings,
                        result.totals,
                        result.tables,
                        result.unread,
                        result.profile,
                    )
            summary.add_skipped(found.skipped_for_people())
            summary.profiles_note = profiles_note()
            summary.delivery = delivery
        if not read_any:
            raise BookError("no-workbooks", out, "没有写出，因为没有一本能计入的工作簿", "请先处理上面列出的文件")
    return before.written(output)


def _consolidate_one(
    out: str, profile: Profile, result: BookResult, profiles_note: Callable[[], str], before: Before, found: Found
) -> Written | None:
    from xl_perf.written.summary import write_summary

    if result.error is not None:
        return None
    with replacing(Path(out), replaced=before.replaced) as output:
        write_summary(
            output.temp,
            result.path,
            result.department,
            result.year,
            result.lines,
            result.findings,
            result.settings or profile,
            profiles_note(),
            result.totals,
            before.typed,
            found.skipped_for_people(),
        )
    return before.written(output)
