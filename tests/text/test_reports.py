"""Monitoring and self-evaluation as documents: what they say, how they look, and that they read back whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.enum.section import WD_ORIENT

import xl_perf
from tests.command_line import ROOT
from tests.office import Office, poppler
from tests.year_reports import FIRST, evaluated, example, monitored, with_june, with_scores
from xl_perf.core.cells.entries import text_entry
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.errors import OutputError, XlPerfError
from xl_perf.core.making.report_layout import report_layout
from xl_perf.core.making.whole_reports import monitoring_drafts
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import Report
from xl_perf.files.untouched import is_untouched
from xl_perf.profiles import load
from xl_perf.service.publishing_reports import (
    monitoring_tables,
    publish_evaluation,
    publish_evaluation_of,
    publish_monitoring,
    publish_monitoring_beside,
    publish_monitoring_of,
)
from xl_perf.text.reader import read_text
from xl_perf.text.report_table import PAPERS, column_widths
from xl_perf.text.reports import monitoring_text, write_reports
from xl_perf.written.report_books import write_evaluation, write_monitoring

PROFILE = load("hebei-2023")
TICKED: Entry[bool] = Entry(True, Status.FILLED, "√", "监控-6月", 1, 1)
LONG = "受前期汛期影响，部分村庄改造施工图纸变更，招标程序延后约四十五天，资金下达较计划晚一个季度。" * 5


def june() -> Department:
    """The example by the end of June; the last project with a reason, and what is to be done about it."""
    department = with_june()
    *others, last = department.monitoring
    project = department.projects[-1]
    made = monitored(project, 6, "140", {0: "1个", 1: "85%"})
    first, *rest = made.indicators
    first = first._replace(
        funds_reason=TICKED, explanation=text_entry("资金下达较晚", "监控-6月", 1, 1), possible=TICKED
    )
    values = tuple(
        text_entry("7月底前招标", "监控-6月", 20, 1) if field.key == "rectify" else value
        for field, value in zip(last.kind.fields, made.values, strict=True)
    )
    return replace(department, monitoring=(*others, replace(made, indicators=(first, *rest), values=values)))


def many_rows(department: Department, times: int) -> Department:
    """The last monitoring with its indicators several times, the first of each with a long explanation."""
    *others, last = department.monitoring
    first, *rest = last.indicators
    rows = (first._replace(explanation=text_entry(LONG[:200], "监控-6月", 1, 1)), *rest) * times
    return replace(department, monitoring=(*others, replace(last, indicators=rows)))


def paragraphs(path: Path) -> list[str]:
    return [one.text for one in docx.Document(str(path)).paragraphs if one.text.strip()]


def rows(path: Path, table: int) -> list[list[str]]:
    """The texts of a table's cells, those of merged ones once."""
    made = []
    for row in docx.Document(str(path)).tables[table].rows:
        cells = list(dict.fromkeys(cell._tc for cell in row.cells))
        made.append(["".join(one.text or "" for one in cell.iter() if one.tag.endswith("}t")) for cell in cells])
    return made


def test_monitoring_says_facts(tmp_path: Path) -> None:
    """Sums of the design, red and yellow projects by name, reasons as typed."""
    out = tmp_path / "监控.docx"
    publish_monitoring_of(june(), str(out), 6, PROFILE, laid_out=False)
    said = paragraphs(out)
    assert said[:4] == [
        "高新区三女河办事处\n2023年度绩效运行监控报告\n（1—6月）",
        "一、总体情况",
        (
            "截至2023年6月底，共有项目8个，有监控表的8个。计入合计的8个项目：预算1135.76万元，执行383.50万元，"
            "执行率33.77%；按支出计划应执行542.88万元（47.80%），比计划少159.38万元，低14.03个百分点。资金为黄灯。"
        ),
        "资金：红灯2个项目、黄灯1个项目、绿灯5个项目；指标：红灯1个指标、黄灯1个指标、灰灯46个指标（灰灯为尚不能判断）。",
    ]
    text = "\n".join(said)
    assert text.count("（一）") == 1
    assert "（三）电代煤工程款及前期费" in text
    assert "（四）" not in text
    assert "偏差原因：经费保障；“资金下达较晚”。" in text
    assert "整改要求和建议：“7月底前招标”。" in text
    assert text.count("没有填写整改要求和建议。") == 2
    assert "确定能完成的指标0个，有可能完成的1个，完全不可能完成的0个。" in text
    assert text.count("项目支出绩效目标执行监控表") == 8
    assert text.count("（2023年度 1—6月）\t单位：万元") == 8


def test_the_rollup_adds_up(tmp_path: Path) -> None:
    out = tmp_path / "监控.docx"
    publish_monitoring_of(june(), str(out), 6, PROFILE, laid_out=False)
    head, *lines, total = rows(out, 0)
    assert head[2:5] == ["预算数", "执行数", "执行率"]
    assert len(lines) == 8
    assert total[1:7] == ["1135.76", "383.50", "33.77%", "47.80%", "-14.03", "黄"]
    for column in (2, 3):
        assert sum(Decimal(line[column]) for line in lines) == Decimal(total[column - 1])


def test_what_is_in_no_total_is_named(tmp_path: Path) -> None:
    """A project without a table, in the report and below the roll-up; only tables that are there are printed."""
    department = june()
    out = tmp_path / "监控.docx"
    publish_monitoring_of(
        replace(department, monitoring=department.monitoring[1:]), str(out), 6, PROFILE, laid_out=False
    )
    named = f"合计不含 1 个项目：“{department.projects[0].name.text}”没有 6 月的监控表。"
    said = paragraphs(out)
    assert named in said
    assert f"注：{named}" in said
    assert sum(one == "项目支出绩效目标执行监控表" for one in said) == 7


def test_evaluation_says_facts(tmp_path: Path) -> None:
    """Totals, grades and losses of the design, the largest first."""
    out = tmp_path / "自评.docx"
    publish_evaluation_of(with_scores(), str(out), PROFILE, laid_out=False)
    text = "\n".join(paragraphs(out))
    assert "预算661.93万元，执行544.55万元，执行率82.27%；各项目总分的加权平均为77.55分。" in text
    assert "评价等级：优1个、中1个。" in text
    assert "总分71.60分，中：执行7.72分、产出33.88分、效果20.00分、满意度10.00分。" in text
    assert "扣3.12分（“一个村推迟到下年”）" in text
    assert text.index("扣12.50分（“资金下达较晚”）") < text.index("扣3.12分")
    assert [line[-2:] for line in rows(out, 0)[1:]] == [["95.91", "优"], ["71.60", "中"], ["77.55", ""]]


def test_points_and_rates_of_a_table(tmp_path: Path) -> None:
    """One number of decimals in a column; 总分 adds up."""
    out = tmp_path / "自评.docx"
    publish_evaluation_of(with_scores(), str(out), PROFILE, laid_out=False)
    above, below = rows(out, 1), rows(out, 2)
    assert above[3][1:] == ["年度资金总额：", "161.93", "", "158.40", "10.00", "97.82%", "9.78"]
    scores = [Decimal(row[-2]) for row in below[1:7]]
    total = next(row for row in below if row[0] == "总分")
    assert total[1:3] == ["100.00", "95.91"] == [total[1], str(sum(scores) + Decimal("9.78"))]


def test_a_total_without_all_scores_is_blank(tmp_path: Path) -> None:
    """What some of the scores come to is no total."""
    department = example()
    project = department.projects[0]
    table = evaluated(project, "158.40", (("76人",), ("",), *FIRST[2:]))
    out = tmp_path / "自评.docx"
    publish_evaluation_of(
        replace(department, projects=(project,), evaluations=(table,)), str(out), PROFILE, laid_out=False
    )
    total = next(row for row in rows(out, 2) if row[0] == "总分")
    assert total[1:3] == ["100.00", ""]
    assert "还没有总分（1 个指标还没有得分）" in "\n".join(paragraphs(out))


def test_monitoring_lies_on_its_side(tmp_path: Path) -> None:
    """And its pages go on with the numbers of the report."""
    out = tmp_path / "监控.docx"
    publish_monitoring_of(june(), str(out), 6, PROFILE, laid_out=False)
    sections = docx.Document(str(out)).sections
    assert [one.orientation for one in sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    with ZipFile(out) as parts:
        assert parts.read("word/document.xml").count(b"<w:pgNumType") == 1


@pytest.mark.parametrize("times", [1, 4])
def test_columns_fill_the_page(times: int) -> None:
    """Whatever the texts are; a long explanation gets a wider column."""
    department = many_rows(june(), times)
    drafts = monitoring_tables(department, 6, PROFILE)
    layouts = [report_layout(draft, 0, PROFILE.monitor, PROFILE.evaluate) for draft in drafts]
    kind = drafts[0].kind
    widths = column_widths(kind, layouts)
    at = 1 + [column.key for column in kind.columns].index("explanation")
    assert sum(widths) == pytest.approx(PAPERS[kind.family].width)
    assert widths[at] > 1.5 * kind.text_widths[at]
    assert min(widths) >= min(kind.text_widths)


def test_a_table_that_goes_over_pages_says_again_what_it_is(tmp_path: Path) -> None:
    """Header rows repeat, and levels begin anew on each page."""
    out = tmp_path / "监控.docx"
    publish_monitoring_of(many_rows(june(), 4), str(out), 6, PROFILE, laid_out=False)
    last = docx.Document(str(out)).tables[-1]._tbl
    texts = ["".join(one.text or "" for one in row.iter() if one.tag.endswith("}t")) for row in last.tr_lst]
    headers = [row for row in last.tr_lst if row.xpath("./w:trPr/w:tblHeader")]
    assert len(headers) == 2
    assert sum("绩效指标" in text and "一级指标" not in text for text in texts) >= 3


# --- read again -----------------------------------------------------------------------------------------------------


def _values(one: Report) -> dict[str, object]:
    """Everything that a table says, by where it says it."""
    found: dict[str, object] = {
        field.key: entry.value for field, entry in zip(one.kind.fields, one.values, strict=True)
    }
    for line in one.funds:
        found |= {f"{line.key}.{key}": entry.value for key, entry in line._asdict().items() if isinstance(entry, Entry)}
    indicators: Sequence[Mapping[str, Entry[object]]] = [row._asdict() for row in one.indicators]  # type: ignore[attr-defined]
    for at, row in enumerate(indicators):
        found |= {f"{at}.{key}": entry.value for key, entry in row.items()}
    for key in ("month", "goal", "goal_progress", "goal_done", "total", "total_weight", "grade", "year"):
        entry = getattr(one, key, None)
        found[key] = None if entry is None else entry.value
    return found


def test_sheet_to_word_to_records(tmp_path: Path) -> None:
    """A document that was made of a sheet gives the same records as the sheet."""
    write_monitoring(tmp_path / "监控.xlsx", june(), 6, PROFILE)
    write_evaluation(tmp_path / "自评.xlsx", with_scores(), PROFILE)
    monitoring, scores = xl_perf.read(str(tmp_path / "监控.xlsx")), xl_perf.read(str(tmp_path / "自评.xlsx"))
    publish_monitoring_of(monitoring, str(tmp_path / "监控.docx"), 6, PROFILE, laid_out=False)
    publish_evaluation_of(scores, str(tmp_path / "自评.docx"), PROFILE, laid_out=False)
    again = read_text(tmp_path / "监控.docx", "监控.docx").department
    assert len(again.monitoring) == 8
    assert not again.unread
    for one, its in zip(monitoring.monitoring, again.monitoring, strict=True):
        assert _values(its) == _values(one)
    evaluations = read_text(tmp_path / "自评.docx", "自评.docx").department.evaluations
    assert len(evaluations) == 2
    assert all(one.goal.value is None and one.grade.value for one in evaluations)  # blank: not what stands below
    for own, read in zip(scores.evaluations, evaluations, strict=True):
        assert _values(read) == _values(own)


# --- files ----------------------------------------------------------------------------------------------------------


def test_the_same_bytes_and_nothing_overwritten(tmp_path: Path) -> None:
    """An untouched document is replaced, one that somebody edited is not."""
    book = tmp_path / "监控.xlsx"
    write_monitoring(book, june(), 6, PROFILE)
    out = tmp_path / "报告.docx"
    publish_monitoring(str(book), str(out), 6, PROFILE)
    first = out.read_bytes()
    publish_monitoring(str(book), str(out), None, PROFILE)
    assert out.read_bytes() == first
    assert is_untouched(out)
    edited = docx.Document(str(out))
    edited.add_paragraph("改过")
    edited.save(str(out))
    with pytest.raises(OutputError, match="没有覆盖"):
        publish_monitoring(str(book), str(out), 6, PROFILE)
    publish_monitoring(str(book), str(out), 6, PROFILE, overwrite=True)
    assert is_untouched(out)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    """No table at all, none of the month, no self-evaluation, all of another year."""
    book, out = tmp_path / "监控.xlsx", str(tmp_path / "报告.docx")
    write_monitoring(book, june(), 6, PROFILE)
    with pytest.raises(XlPerfError, match="没有 9 月的监控表，有的是：6月"):
        publish_monitoring(str(book), out, 9, PROFILE)
    with pytest.raises(XlPerfError, match="没有自评表"):
        publish_evaluation(str(book), out, PROFILE)
    with pytest.raises(XlPerfError, match="没有监控表"):
        publish_monitoring_of(example(), out, None, PROFILE)
    year: Entry[int] = Entry(2022, Status.FILLED, 2022, "监控-6月", 1, 0)
    old = replace(june(), monitoring=tuple(replace(one, year=year) for one in june().monitoring))
    with pytest.raises(XlPerfError, match="都不是 2023 年度的"):
        publish_monitoring_of(old, out, 6, PROFILE)
    assert not Path(out).exists()


def test_beside_the_open_workbook(tmp_path: Path) -> None:
    said = publish_monitoring_beside(str(tmp_path / "甲.xlsm"), june(), None, PROFILE)
    assert (tmp_path / "甲-6月监控报告.docx").exists()
    assert "已写出绩效运行监控报告" in said
    assert "工作簿里还有 18 个错误，请按“校验全部”" in said
    with pytest.raises(OutputError, match="还没有保存过"):
        publish_monitoring_beside("甲.xlsm", june(), None, PROFILE)


def test_a_table_stands_on_one_page_where_lower_rows_make_it_fit(tmp_path: Path) -> None:
    """Eight projects are eight pages: 整改要求 and 填报人 stand below their indicators, not alone on a page."""
    department = xl_perf.read(ROOT / "docs/examples/example-2023-06.xlsx")
    drafts = monitoring_drafts(department, 6, PROFILE)
    written = write_reports(tmp_path / "监控.docx", monitoring_text(department, 6, drafts, PROFILE), PROFILE)
    assert len(written.rows) == 16
    assert not any(written.placement.breaks)
    assert written.placement.joins == (True, False) * 8


def test_printed(soffice: Office, tmp_path: Path) -> None:
    """Every page of a long table says what its columns are; no character of an explanation is cut off."""
    department = many_rows(june(), 4)
    one = replace(department, projects=department.projects[-1:], monitoring=department.monitoring[-1:])
    out = tmp_path / "监控.pdf"
    publish_monitoring_of(one, str(out), 6, PROFILE)
    pages = ["".join(page.split()) for page in poppler("pdftotext", str(out), "-").split("\f")[:-1]]
    tables = [page for page in pages if "一级指标" in page]
    first = next(at for at, page in enumerate(pages) if "执行监控表" in page)
    assert pages[first:] == tables
    assert len(tables) >= 3
    assert all(f"—{number}—" in page for number, page in enumerate(pages, 1))
    assert "".join(tables).count("图纸变更") == 4 * LONG[:200].count("图纸变更")
