"""What only a packed workbook has: 校验结果 with what was found, and 报送清单."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from xlsxwriter.worksheet import Worksheet

from xl_perf.core.checking.accepting import WHOLE_BOOK, WHOLE_FORM
from xl_perf.core.figures.summary import title_of
from xl_perf.core.model.findings import Finding, Severity, count, count_accepted
from xl_perf.core.submitting.manifest import Manifest
from xl_perf.core.submitting.manifest_sheet import ACCEPTED_HEAD, FORMS_HEAD, INCOMPLETE, NOTE, TAKEN_OUT, rows_of
from xl_perf.core.workbook.sheets import COVER_SHEET, FINDINGS_SHEET, GOALS_SHEET, MANIFEST_SHEET
from xl_perf.sheets.findings_columns import ACCEPTANCE, FILLS, SHOWN_AT_FIRST, columns_of, row_height_of, said_counts
from xl_perf.sheets.lists import FIRST_ROW, HEADER_ROW
from xl_perf.sheets.looks import TEXT
from xl_perf.sheets.texts import clean, quoted, row_height
from xl_perf.written.links import MOST_LINKS
from xl_perf.written.list_head import write_list_head
from xl_perf.written.page import portrait_page, protect
from xl_perf.written.put import put
from xl_perf.written.styles import Styles

_COLUMNS: Final = (*columns_of(with_files=False), *ACCEPTANCE)
_CENTRED: Final = frozenset({"severity", "code", "cell"})


class PackedSheets(NamedTuple):
    """What the workbook is to hold beside the forms; without a ``manifest`` there is no sheet for it."""

    findings: Sequence[Finding]
    manifest: Manifest | None = None


def write_findings(
    sheet: Worksheet, styles: Styles, findings: Sequence[Finding], names: Mapping[str, str | None]
) -> None:
    """校验结果 as the buttons fill it in: errors first; a reason and a name where a person accepted a warning.

    ``names`` are the projects' names by their places (`titles_by_place`).
    """
    counts = count(findings)
    said = said_counts(counts, count_accepted(findings)) if findings else "没有发现问题。"
    hidden = "（提示已筛选隐藏，点“级别”的筛选箭头可以显示）" if counts[Severity.HINT] else ""
    write_list_head(sheet, styles, FINDINGS_SHEET, f"打包时校验：{said}{hidden}", _COLUMNS)
    row = FIRST_ROW
    for severity in Severity:
        for one in findings:
            if one.severity is severity:
                _write_finding(sheet, styles, row, one, severity, names)
                row += 1
    if findings:
        sheet.autofilter(HEADER_ROW, 0, row - 1, len(_COLUMNS) - 1)
        if hidden:
            sheet.filter_column_list(0, [severity.label for severity in SHOWN_AT_FIRST])
    protect(sheet, autofilter=True, sort=True)


def _write_finding(
    sheet: Worksheet, styles: Styles, row: int, one: Finding, severity: Severity, names: Mapping[str, str | None]
) -> None:
    project = title_of(one, names)
    said: Mapping[str, str | None] = {
        "severity": severity.label,
        "code": one.code,
        "sheet": one.sheet or WHOLE_BOOK,
        "cell": one.cell or WHOLE_FORM,
        "project": project,
        "field": one.field,
        "found": one.found,
        "expected": one.expected,
        "difference": one.difference,
        "message": one.message,
        "remedy": one.remedy,
        "reason": one.accepted.reason if one.accepted else "",
        "accepted_by": one.accepted.by if one.accepted else "",
    }
    hidden = {} if severity in SHOWN_AT_FIRST else {"hidden": True}
    sheet.set_row(row, row_height_of(one, project, ""), None, hidden)
    for at, column in enumerate(_COLUMNS):
        look = {"align": "center"} if column.key in _CENTRED else {}
        style = styles("cell", num_format=TEXT, locked=column not in ACCEPTANCE, **look)
        if column.key == "severity":
            style = styles("cell", num_format=TEXT, bg_color=FILLS[severity], **look)
        text = clean(said[column.key] or "")
        if (
            column.key == "cell"
            and one.sheet
            and one.sheet in {*(name.partition("!")[0] for name in names), COVER_SHEET, GOALS_SHEET}
            and row < MOST_LINKS
        ):
            place = f"internal:{quoted(one.sheet)}!{one.cell or 'A1'}"
            sheet.write_url(row, at, place, styles("link", align="center"), text)
        else:
            sheet.write_string(row, at, text, style)


# --- 报送清单 ------------------------------------------------------------------------------------------------------

_WIDTHS: Final = (20, 36, 24, 36)
"""The digest of a form stands in the last one; those of its cells right of it, cut: they are for programs."""
_HEADS: Final = frozenset({INCOMPLETE, TAKEN_OUT, ACCEPTED_HEAD[0], FORMS_HEAD[0]})


def write_manifest(sheet: Worksheet, styles: Styles, manifest: Manifest) -> None:
    """All as text, which no program turns into something else. Nothing here is for changing."""
    last = len(_WIDTHS) - 1
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    put(sheet, (0, 0, 0, last), MANIFEST_SHEET, styles("title"))
    sheet.set_row(0, 32)
    put(sheet, (1, 0, 1, last), NOTE, styles("plain", text_wrap=True))
    sheet.set_row(1, 22)
    plain = styles("cell", num_format=TEXT)
    digests = styles("cell", num_format=TEXT, text_wrap=False, align="fill")
    in_section = False
    rows = rows_of(manifest)
    for row, texts in enumerate(rows, 2):
        is_head = bool(texts) and texts[0] in _HEADS
        in_section = bool(texts) and (in_section or is_head)
        for column, text in enumerate(texts):
            label = is_head or (column == 0 and not in_section)
            is_digest = column > last and len(texts) > len(ACCEPTED_HEAD)
            look = styles("label") if label else digests if is_digest else plain
            sheet.write_string(row, column, clean(text), look)
        if len(texts) == 1 and not is_head:
            put(sheet, (row, 0, row, last), texts[0], plain)
            sheet.set_row(row, row_height([(texts[0], sum(_WIDTHS))]))
        elif len(texts) == 2 and not in_section:
            put(sheet, (row, 1, row, last), texts[1], plain)
            sheet.set_row(row, row_height([(texts[1], sum(_WIDTHS[1:]))]))
        elif in_section and len(texts) > 2:
            sheet.set_row(row, row_height(list(zip(texts[: last + 1], _WIDTHS, strict=False))))
    portrait_page(sheet, one_page=False)
    sheet.print_area(0, 0, 1 + len(rows), last)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    protect(sheet)
