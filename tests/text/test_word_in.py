"""Word documents as people and programs leave them: split and shared tables, tracked changes, controls, numbers."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.text.documents import (
    FORM,
    TEXTS_OF_FORM,
    form,
    form_rows,
    p,
    parts,
    r,
    read,
    row,
    said,
    save,
    tbl,
    tc,
    texts,
    tr,
)
from xl_perf.core.model.project import Project
from xl_perf.text.reader import read_text
from xl_perf.text.understanding import TextRead

# The official table has seven columns; these are the spans of its rows.
SPANS = {0: (1, 2, 1, 3), 1: (1,) * 7, 2: (1, 6), 3: (1, 1, 1, 2, 2), 4: (1, 1, 1, 2, 2), 5: (1, 1, 5), 6: (1, 1, 5)}
VALUES = {cell for cells in FORM[8:] for cell in cells[2:]} | {"130211", "道路养护", "12.5万元", "25%", "路面完好。"}


def only(read_: TextRead) -> Project:
    """The one project, whole, of a text in which everything found its place."""
    (project,) = read_.department.projects
    assert read_.unplaced == ()
    assert project.missing == ()
    assert said(read_) >= VALUES
    return project


def merged(at: int) -> str:
    """A row of the form with the official table's merged cells."""
    spans = SPANS.get(at, (1, 1, 1, 2, 1, 1))
    return tr(*(tc(p(text), span) for text, span in zip(FORM[at], spans, strict=True)))


# --- where tables and headings stand -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("", None),
        (p("道路养护项目绩效目标表"), "道路养护"),
        (p("道路养护") + p() + p("项目绩效目标表"), "道路养护"),
        (p("道路养护") + p("项目 绩效 目标表") + p(), "道路养护"),
        (p("道路\n养护") + p("项目绩效目标表"), "道路\n养护"),
        (p("道路养护") + tbl(row("项目绩效目标表")), "道路养护"),
    ],
)
def test_heading_in_paragraphs(heading: str, expected: str | None, tmp_path: Path) -> None:
    assert only(read(tmp_path, heading + form())).heading.value == expected


def test_a_sentence_above_the_title_is_no_heading(tmp_path: Path) -> None:
    read_ = read(tmp_path, p("以上措施由各科室落实。") + p("项目绩效目标表") + form())
    assert read_.department.projects[0].heading.value is None
    assert texts(read_) == ["以上措施由各科室落实。"]


def test_merged_cells(tmp_path: Path) -> None:
    project = only(read(tmp_path, tbl(*map(merged, range(len(FORM))))))
    assert [goal.text for goal in project.goals] == ["路面完好。", "群众满意。"]
    assert [str(point.percent.value) for point in project.plan] == ["25", "50", "75", "100"]


def test_vertical_merges(tmp_path: Path) -> None:
    rows = [
        tr(
            tc(p(cells[0]), properties='<w:vMerge w:val="restart"/>' if cells[0] else "<w:vMerge/>"),
            *(tc(p(text)) for text in cells[1:]),
        )
        for cells in FORM
    ]
    levels = [one.level1.value for one in only(read(tmp_path, tbl(*rows))).indicators]
    assert levels == ["产出", "产出", "效果", "满意度"]


@pytest.mark.parametrize("at", [1, 3, 5, 7, 8, 9, 10, 11])
@pytest.mark.parametrize("between", [p(), p("（续表）"), p() + p()])
def test_table_split_in_two(at: int, between: str, tmp_path: Path) -> None:
    rows = form_rows()
    read_ = read(tmp_path, tbl(*rows[:at]) + between + tbl(*rows[at:]))
    project = read_.department.projects[0]
    assert (len(read_.department.projects), len(project.indicators), project.missing) == (1, 4, ())
    assert texts(read_) == (["（续表）"] if "续表" in between else [])


def test_second_half_with_other_columns(tmp_path: Path) -> None:
    """The parts line up by where their columns stand, not by their numbers."""
    first = tbl(*map(merged, range(9)))
    second = tbl(*(row(*FORM[at]) for at in range(9, 12)), widths=(1000, 1000, 1000, 2000, 1000, 1000))
    project = only(read(tmp_path, first + p() + second))
    assert [one.target.text for one in project.indicators] == ["≥30公里", "=12.5万元", "是", "≥90%"]


@pytest.mark.parametrize("together", [False, True], ids=["tables", "one table"])
def test_several_projects(together: bool, tmp_path: Path) -> None:
    names = ["道路养护", "桥梁", "路灯"]
    rows = [form_rows({"道路养护": name}) for name in names]
    body = tbl(*(one for some in rows for one in some)) if together else "".join(tbl(*some) for some in rows)
    read_ = read(tmp_path, body)
    assert [project.name.value for project in read_.department.projects] == names
    assert [len(project.indicators) for project in read_.department.projects] == [4, 4, 4]
    assert read_.unplaced == ()


def test_table_in_a_table(tmp_path: Path) -> None:
    outer = tbl(tr(tc(p("道路养护") + p("项目绩效目标表") + form() + p())))
    assert only(read(tmp_path, outer)).heading.value == "道路养护"


def test_table_inside_a_cell_of_the_form(tmp_path: Path) -> None:
    rows = form_rows()
    rows[2] = tr(tc(p()), tc(p("资金主要用于道路养护。") + tbl(row("明细", "3万元"))))
    read_ = read(tmp_path, tbl(*rows))
    assert read_.department.projects[0].purpose.text == "资金主要用于道路养护。"
    assert texts(read_) == ["明细｜3万元"]


def test_empty_rows_and_columns(tmp_path: Path) -> None:
    rows = [tr(tc(p()), *(tc(p(text)) for text in cells)) for cells in FORM]
    blank = row("", "", "")
    only(read(tmp_path, tbl(*(one for some in rows for one in (blank, some)), widths=(500,) * 8)))


def test_labels_broken_over_lines(tmp_path: Path) -> None:
    changes = {
        "项目编码": "项目\n编码",
        "绩效目标": "绩效\n\n目标",
        "一级指标": "一级\n指标",
        "其中：财政资金": "其中:\n财政拨款",
    }
    only(read(tmp_path, form(changes)))


# --- what found no place -------------------------------------------------------------------------------------------


def test_what_found_no_place_is_listed(tmp_path: Path) -> None:
    rows = [*form_rows(), row("填表人：李四", "", "电话：0315")]
    read_ = read(tmp_path, tbl(*rows) + p("附件") + tbl(row("姓名", "职务"), row("张三", "")))
    assert [str(one) for one in read_.unplaced] == [
        "正文第1段没有收进来：附件",
        "表1第13行没有收进来：填表人：李四｜电话：0315",
        "表2第1行没有收进来：姓名｜职务",
        "表2第2行第1列没有收进来：张三",
    ]


def test_footnotes_are_listed(tmp_path: Path) -> None:
    path = save(tmp_path / "注.docx", parts(form(), footnotes=f"<w:footnote>{p('见附件。')}</w:footnote>"))
    read_ = read_text(path, path.name)
    assert [str(one) for one in read_.unplaced] == ["脚注没有收进来：见附件。"]
    save(path, parts(form(), footnotes="<w:footnote><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"))
    assert read_text(path, path.name).unplaced == ()


def test_a_list_that_agrees_is_silent_and_one_that_differs_is_not(tmp_path: Path) -> None:
    head = row("序号", "项目名称", "预算数", "财政资金", "其他资金")
    good = [row("1", "道路养护", "12.5", "12.5", ""), row("合计", "", "12.50", "12.5万元", "0")]
    assert read(tmp_path, tbl(head, *good) + form()).unplaced == ()
    bad = [row("1", "道路养护", "13", "12.5", ""), row("2", "广场", "7", "", "")]
    assert texts(read(tmp_path, tbl(head, *bad) + form())) == ["13", "广场｜7"]


def test_a_second_value_beside_a_field_is_listed(tmp_path: Path) -> None:
    rows = form_rows()
    rows[2] = row("", "资金主要用于道路养护。", "另有自筹。")
    assert texts(read(tmp_path, tbl(*rows))) == ["另有自筹。"]


def test_a_blank_form_gives_no_project_and_its_dash_is_listed(tmp_path: Path) -> None:
    read_ = read(
        tmp_path,
        form(
            dict.fromkeys(set(TEXTS_OF_FORM) & VALUES, "")
            | {"130211": "————", "资金主要用于道路养护。": ""}
            | {"群众满意。": "", "50%": "", "75%": "", "100%": ""}
        ),
    )
    assert read_.department.projects == ()
    assert any("————" in text for text in texts(read_))


# --- tracked changes, controls, fields -------------------------------------------------------------------------------


def changed(new: str) -> str:
    """The form whose purpose is written in another way."""
    rows = form_rows()
    rows[2] = tr(tc(p()), tc(f"<w:p>{new}</w:p>"))
    return tbl(*rows)


@pytest.mark.parametrize(
    "content",
    [
        f"<w:ins>{r('资金')}</w:ins><w:del><w:r><w:delText>经费</w:delText></w:r></w:del>{r('用于养护。')}",
        f"{r('资')}<w:moveTo>{r('金用于')}</w:moveTo><w:moveFrom>{r('金用于')}</w:moveFrom>{r('养护。')}",
        f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{r('资金用于养护。')}</w:sdtContent></w:sdt>",
        f"<w:hyperlink>{r('资金')}</w:hyperlink><w:smartTag>{r('用于养护。')}</w:smartTag>",
        (
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF x</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("资金用于养护。")}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        f"<w:fldSimple w:instr='REF x'>{r('资金用于养护。')}</w:fldSimple>",
        f"<m:oMath><m:r><m:t>资金用于</m:t></m:r></m:oMath>{r('养护。')}",
        "<w:r><w:ruby><w:rt><w:r><w:t>zi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>资金用于养护。</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        f"<mc:AlternateContent><mc:Choice>{r('资金用于养护。')}</mc:Choice><mc:Fallback>{r('旧')}</mc:Fallback></mc:AlternateContent>",
    ],
    ids=["tracked", "moved", "control", "link", "field", "simple field", "formula", "ruby", "alternate"],
)
def test_what_a_paragraph_shows(content: str, tmp_path: Path) -> None:
    project = read(tmp_path, changed(content)).department.projects[0]
    assert project.purpose.text == "资金用于养护。"


def test_a_prompt_is_no_text(tmp_path: Path) -> None:
    control = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处输入文字。')}</w:sdtContent></w:sdt>"
    )
    read_ = read(tmp_path, changed(control))
    assert read_.department.projects[0].purpose.text == ""
    assert read_.unplaced == ()


def test_deleted_rows_and_paragraph_marks(tmp_path: Path) -> None:
    rows = form_rows()
    gone = tr(tc(p("产出指标")), tc(p("质量指标")), tc(p("删去的")), properties="<w:del/>")
    kept = tr(*(tc(p(text)) for text in FORM[9]), properties="<w:ins/>")
    halves = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + r("资金") + "</w:p>" + p("用于养护。")
    rows[2] = tr(tc(p()), tc(halves))
    read_ = read(tmp_path, tbl(*rows[:9], gone, kept, *rows[10:]))
    (project,) = read_.department.projects
    assert project.purpose.text == "资金用于养护。"
    assert [one.level3.text for one in project.indicators] == ["养护里程", "总成本", "出行更安全", "群众满意度"]


def test_controls_around_tables_rows_and_cells(tmp_path: Path) -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    rows = form_rows()
    rows[0] = control(rows[0])
    rows[2] = tr(tc(p()), control(tc(p("资金主要用于道路养护。"))))
    only(read(tmp_path, control(p("道路养护项目绩效目标表") + tbl(*rows))))


def test_text_in_a_text_box(tmp_path: Path) -> None:
    box = (
        f"<w:r><w:pict><wps:txbx><w:txbxContent>{p('2025年部门预算绩效文本')}</w:txbxContent></wps:txbx></w:pict></w:r>"
    )
    read_ = read(tmp_path, p("城关镇") + f"<w:p>{box}</w:p>" + p("城关镇编制") + form())
    assert (read_.department.name, read_.department.year) == ("城关镇", 2025)


def test_amounts_and_values_keep_their_texts(tmp_path: Path) -> None:
    read_ = read(tmp_path, form({"≥30公里": "=78人", "12.5万元": "125,000元", "是": "<b>&amp;"}))
    (project,) = read_.department.projects
    assert project.budget.value == Decimal("12.5")
    assert [one.target.text for one in project.indicators] == ["=78人", "=12.5万元", "<b>&amp;", "≥90%"]
