"""A form whose table has become text is no goal and no safeguard: it is listed, and its money is told."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.text.documents import FORM, form, p, read, row, tbl, texts
from xl_perf.core.figures.missing import missing_from
from xl_perf.text.blocks import plain_paragraph
from xl_perf.text.flattened import Passage, passages
from xl_perf.text.reader import read_text
from xl_perf.text.understanding import TextRead

CELLS = [{"12.5万元": "500万元"}.get(cell, cell) for cells in FORM for cell in cells if cell]
LABELLED = (
    "项目编码：130211",
    "项目名称：道路养护",
    "预算数：500万元",
    "其中：财政资金：500万元",
    "绩效目标：路面完好",
)
WAYS = {
    "labels and values in one line": ["  ".join(LABELLED)],
    "a line with everything glued together": ["项目编码130211项目名称道路养护预算数500万元其中：财政资金500万元"],
    "rows with tabs": ["\t".join(cells).replace("12.5万元", "500万元") for cells in FORM],
    "a cell on every line": CELLS,
    "a label on every line": list(LABELLED),
    "numbered lines": [f"{number}. {line}" for number, line in enumerate(LABELLED, 1)],
    "lines numbered as the parts around": [
        f"（{mark}）{line}" for mark, line in zip("三四五六七", LABELLED, strict=True)
    ],
    "in yuan": ["单位：元", "项目编码：130211", "项目名称：道路养护", "预算数：5,000,000"],
    "parted by semicolons": ["1、" + "；".join(LABELLED)],
    "yuan in the label": ["项目编码：130211  项目名称：道路养护  预算数（元）：5000000"],
}
GOALS = ("一、总体绩效目标", "要做好。", "二、分项绩效目标", "（一）养护", "绩效目标：完好。")
SAFEGUARDS = ("三、工作保障措施", "（一）加强领导。主任负责。", "（二）加强监督。到位。")


def found(*lines: str) -> list[Passage]:
    return list(passages([(at, plain_paragraph(line)) for at, line in enumerate(lines, 1)]))


def word(folder: Path, lines: Iterable[str], more: str = "") -> TextRead:
    return read(folder, "".join(map(p, lines)) + more)


def measures(read_: TextRead) -> list[tuple[str, str]]:
    return [(one.title.text, one.text.text) for one in read_.department.safeguards]


# --- a project of 500 万元 does not vanish -------------------------------------------------------------------------


@pytest.mark.parametrize("lines", WAYS.values(), ids=WAYS)
def test_behind_the_last_safeguard(lines: list[str], tmp_path: Path) -> None:
    read_ = word(tmp_path, [*GOALS, *SAFEGUARDS, *lines], p("桥梁项目绩效目标表") + form({"道路养护": "桥梁"}))
    assert measures(read_) == [("加强领导", "主任负责。"), ("加强监督", "到位。")]
    (lost,) = read_.department.unread
    assert lost.reason == "可能是一张变成文字的项目绩效目标表（道路养护），预算数 500 万元没有收进来"
    assert [one.name.value for one in read_.department.projects] == ["桥梁"]
    assert [one.sheet for one in missing_from(read_.department)] == [lost.sheet]
    listed = "｜".join(texts(read_))
    assert all(line.strip() in listed for line in lines)


@pytest.mark.parametrize("lines", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("before", [2, 5], ids=["in the overall goal", "in a sub-goal"])
def test_among_the_goals(lines: list[str], before: int, tmp_path: Path) -> None:
    read_ = word(tmp_path, [*GOALS[:before], *lines, *GOALS[before:], *SAFEGUARDS])
    department = read_.department
    assert department.overall_goal.text == "要做好。"
    assert [(sub.title.text, sub.goal.text, sub.indicators) for sub in department.sub_goals] == [("养护", "完好。", ())]
    assert len(measures(read_)) == 2
    assert ["500 万元" in one.reason for one in department.unread] == [True]


@pytest.mark.parametrize("lines", WAYS.values(), ids=WAYS)
def test_in_plain_text(lines: list[str], tmp_path: Path) -> None:
    """Rows with tabs are a table there, and are read."""
    path = tmp_path / "文本.txt"
    path.write_text("\n".join([*GOALS, *SAFEGUARDS, *lines]), encoding="utf-8")
    read_ = read_text(path, "文本.txt")
    assert measures(read_) == [("加强领导", "主任负责。"), ("加强监督", "到位。")]
    budgets = [str(one.budget.value) for one in read_.department.projects]
    assert budgets == ["500"] or ["500 万元" in one.reason for one in read_.department.unread] == [True]


def test_before_any_section(tmp_path: Path) -> None:
    assert ["500 万元" in one.reason for one in word(tmp_path, LABELLED).department.unread] == [True]


@pytest.mark.parametrize("rows", [["  ".join(LABELLED)], LABELLED], ids=["one cell", "a cell for each"])
def test_labels_and_values_in_the_same_cells_of_a_table(rows: list[str], tmp_path: Path) -> None:
    read_ = read(tmp_path, tbl(*map(row, rows)))
    assert [(one.sheet, "500 万元" in one.reason) for one in read_.department.unread] == [("表1", True)]


def test_what_comes_behind_goes_on_from_nothing_above(tmp_path: Path) -> None:
    """Until a numbered part begins something new."""
    read_ = word(tmp_path, [*SAFEGUARDS, "  ".join(LABELLED), "资金用于养护。", "（三）做好自评。年底。", "再看。"])
    assert measures(read_) == [("加强领导", "主任负责。"), ("加强监督", "到位。"), ("做好自评", "年底。\n再看。")]
    assert "资金用于养护。" in texts(read_)


def test_the_line_above_that_names_the_project_goes_with_it(tmp_path: Path) -> None:
    read_ = word(tmp_path, [*SAFEGUARDS, "道路养护", "  ".join(LABELLED)])
    assert measures(read_)[-1] == ("加强监督", "到位。")
    assert texts(read_)[0] == "道路养护"


def test_what_stands_behind_a_form_is_no_safeguard(tmp_path: Path) -> None:
    read_ = word(tmp_path, SAFEGUARDS, p("道路养护") + form() + p("填表人：李四"))
    assert measures(read_)[-1] == ("加强监督", "到位。")
    assert texts(read_) == ["填表人：李四"], "the heading of a form is its name"


# --- what tells it -------------------------------------------------------------------------------------------------


def test_money_is_told_in_wan_yuan_where_its_unit_is_known() -> None:
    def money(*lines: str) -> str:
        return found("项目编码：1", *lines)[0].money

    assert money("预算数：500") == "预算数 500 万元"
    assert money("预算数", "0.05亿元") == "预算数 500 万元"
    assert money("单位：千元", "预算数：5000") == "预算数 500 万元"
    assert money("单位：千元", "单位：元", "预算数：5000") == "预算数 5000（单位不明）"
    assert money("其中：财政资金 500万元") == "财政资金 500 万元"
    assert money("项目名称：道路") == ""


def test_a_form_without_an_amount_is_told_as_well() -> None:
    assert [one.reason for one in found("项目编码：1", "项目名称：道路")] == [
        "可能是一张变成文字的项目绩效目标表（道路），没有收进来"
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("2025年预算数500万元，其中财政资金500万元。", "预算资金500万元用于道路养护。"),
        ("财政资金 500 万元全部到位。",),
        ("项目名称：道路养护", "绩效目标：路面完好。", "绩效指标：完好率达到95%；财政资金到位率100%。"),
        ("绩效指标：支付标准按合同执行；预算资金：500万元。",),
        ("3月底：完成25%", "6月底：完成50%"),
        ("数量指标：养护里程30公里", "质量指标：完好率95%"),
        ("依据：预算法", "规范填报项目编码、项目名称、预算数等内容。"),
        ("对应项目：道路养护（预算数500万元）",),
    ],
)
def test_sentences_of_goals_and_safeguards_are_no_form(lines: tuple[str, ...]) -> None:
    assert found(*lines) == []


@pytest.mark.parametrize("lines", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("title", [(), ("桥梁项目绩效目标表",)], ids=["without a title", "with a title"])
def test_two_forms_are_two(lines: list[str], title: tuple[str, ...]) -> None:
    others = [line.replace("道路养护", "桥梁") for line in lines]
    both = found(*lines, *title, *others)
    assert [(one.name, one.money) for one in both] == [("道路养护", "预算数 500 万元"), ("桥梁", "预算数 500 万元")]


def test_all_the_money_of_a_paragraph_is_told() -> None:
    (both,) = found("项目编码：1  预算数：500万元\n项目编码：2  预算数：300万元")
    assert both.money == "预算数 500 万元、300 万元"


# --- whatever the order ---------------------------------------------------------------------------------------------

STRUCTURE = (*GOALS[::2], "三、工作保障措施", "目录", "绩效指标：", "项目绩效目标表", "道路养护项目绩效目标表")
CONTENT = (
    *(
        "好{}。",
        "（一）做{}。好。",
        "1.做{}",
        "绩效目标：好{}。",
        "绩效指标：率{}达到90%；额{}按时。",
        "对应项目：甲{}。",
    ),
    *("项目编码：{}", "项目名称：甲{}", "预算数：{}万元", "预算数", "{}万元", "其中：财政资金", "目标1：好{}"),
    *(
        "产出指标\t数量指标\t里程{}\t≥30公里",
        "项目编码：{}  项目名称：甲{}  预算数：5万元",
        "单位：元",
        "甲{}",
        "2025年预算好{}",
    ),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from((*STRUCTURE, *CONTENT, "<form>")), max_size=14))
def test_every_line_is_in_the_workbook_or_in_the_list(tmp_path: Path, lines: list[str]) -> None:
    """And nothing that only forms hold is in a goal or a safeguard."""
    numbered = [line.format(*[f"№{at}号"] * 2) for at, line in enumerate(lines)]
    read_ = read(tmp_path, "".join(form() if line == "<form>" else p(line) for line in numbered))
    department = read_.department
    kept = [entry.text for entry in (department.overall_goal, *department.goal_texts())]
    kept += [department.name or "", *(entry.text for one in department.projects for _, entry in one.entries())]
    everywhere = "｜".join((*kept, *texts(read_)))
    for at, line in enumerate(numbered):
        assert f"№{at}号" not in line or f"№{at}号" in everywhere, line
    for entry in (department.overall_goal, *department.goal_texts()):
        assert "项目编码" not in entry.text
