"""The running text: sections and parts however they are numbered, sentences taken apart, the cover."""

import pytest

from xl_perf.text.blocks import Paragraph, StyledText, plain_paragraph
from xl_perf.text.goals_in import RunningText, read_running_text
from xl_perf.text.sentences import name_and_value


def read(*lines: str) -> RunningText:
    return read_running_text(enumerate(map(plain_paragraph, lines), 1))


@pytest.mark.parametrize(
    ("sentence", "name", "value"),
    [
        ("支付标准按文件规定执行", "支付标准", "按文件规定执行"),
        ("村级人员工资待遇按时发放率达到100%", "村级人员工资待遇按时发放率", "达到100%"),
        ("保洁达标率达95%以上", "保洁达标率", "达95%以上"),
        ("服务老人数不少于120人", "服务老人数", "不少于120人"),
        ("群众满意度≥90%", "群众满意度", "≥90%"),
        ("发放人数=78人", "发放人数", "=78人"),
        ("清运率100%", "清运率", "100%"),
        ("及时率：大于95%", "及时率", "大于95%"),
        ("上访案件及时回复率", "上访案件及时回复率", ""),
        ("保障各村公益事业建设，提升人民群众幸福感", "保障各村公益事业建设，提升人民群众幸福感", ""),
        ("按时完成", "按时完成", ""),
        ("费用控制在十万元以内", "费用", "控制在十万元以内"),
    ],
)
def test_name_and_value(sentence: str, name: str, value: str) -> None:
    assert name_and_value(sentence) == (name, value)


@pytest.mark.parametrize(
    ("overall", "subs", "measures"),
    [
        ("一、总体绩效目标", "二、分项绩效目标", "三、工作保障措施"),
        ("（一）总体目标", "（二）分项目标", "（三）保障措施"),
        ("1.部门总体绩效目标", "2.分项绩效目标", "3.工作措施"),
        ("总体绩效目标", "分项绩效目标：", "工作保障措施"),
        ("第一部分 总体绩效目标", "第二部分、分项绩效目标", "第三章　工作保障措施"),
    ],
)
def test_section_headings(overall: str, subs: str, measures: str) -> None:
    text = read(
        overall, "要做好。", "还要做得更好。", subs, "（一）养护", "绩效目标：完好。", measures, "（一）领导。负责。"
    )
    assert text.overall == ["要做好。", "还要做得更好。"]
    assert [(sub.title, sub.goal) for sub in text.sub_goals] == [("养护", ["完好。"])]
    assert text.safeguards == [("领导", "负责。")]
    assert text.rest == []


def test_a_heading_with_its_first_sentence() -> None:
    text = read("一、总体绩效目标：要做好。", "二、分项绩效目标")
    assert text.overall == ["要做好。"]


@pytest.mark.parametrize(
    "marks", [("（一）", "（二）"), ("(一)", "(二)"), ("1.", "2."), ("1、", "2、"), ("（1）", "（2）")]
)
def test_parts(marks: tuple[str, str]) -> None:
    first, second = marks
    text = read(
        "二、分项绩效目标", f"{first}养护", "绩效目标：完好。", f"{second}照明", "绩效指标：亮灯率达到98%；无投诉。"
    )
    assert [sub.title for sub in text.sub_goals] == ["养护", "照明"]
    assert text.sub_goals[1].indicators == [("亮灯率", "达到98%"), ("无投诉", "")]


def test_numbers_of_another_kind_belong_to_the_part() -> None:
    text = read("三、工作保障措施", "（一）领导。负责：", "1.分工。", "2.检查。", "（二）监督。到位。")
    assert text.safeguards == [("领导", "负责：\n1.分工。\n2.检查。"), ("监督", "到位。")]


def test_fields_of_a_sub_goal_over_several_paragraphs() -> None:
    text = read(
        *("二、分项绩效目标", "（一）养护", "绩效目标：", "路面完好；", "群众满意。"),
        *("绩效指标：", "完好率达到95%；", "满意度达到90%。", "对应项目：道路养护；桥梁、涵洞。"),
    )
    (sub,) = text.sub_goals
    assert [part for part in sub.goal if part] == ["路面完好；", "群众满意。"]
    assert sub.indicators == [("完好率", "达到95%"), ("满意度", "达到90%")]
    assert sub.projects == ["道路养护", "桥梁、涵洞"]


@pytest.mark.parametrize(
    ("line", "title", "said"),
    [
        ("（一）加强领导。主任负责。", "加强领导", "主任负责。"),
        ("（一）加强领导：主任负责。", "加强领导", "主任负责。"),
        ("（一）加强领导", "加强领导", ""),
        ("（一）" + "很" * 40 + "长。", "", "很" * 40 + "长。"),
    ],
)
def test_safeguards(line: str, title: str, said: str) -> None:
    assert read("三、工作保障措施", line).safeguards == [(title, said)]


def test_styles_part_a_sentence_exactly() -> None:
    spans = (
        *(
            StyledText("绩效指标："),
            StyledText("甲；乙", "指标名称"),
            StyledText("："),
            StyledText("达到一；二", "指标值"),
            StyledText("；"),
        ),
        *(StyledText("丙：丁", "指标名称"), StyledText("。")),
    )
    paragraphs = [plain_paragraph("二、分项绩效目标"), plain_paragraph("（一）子"), Paragraph(spans)]
    text = read_running_text(enumerate(paragraphs, 1))
    assert text.sub_goals[0].indicators == [("甲；乙", "达到一；二"), ("丙：丁", "")]


@pytest.mark.parametrize(
    ("lines", "department", "year"),
    [
        (("城关镇", "2025年部门预算绩效文本", "城关镇编制"), "城关镇", "2025"),
        (("城关镇2025年部门预算绩效文本",), "城关镇", "2025"),
        (("2025年度部门预算绩效文本", "编制单位：城关镇"), "城关镇", "2025"),
        (("城关镇", "2025年部门整体绩效目标"), "城关镇", "2025"),
        (("部门预算绩效文本",), "", ""),
    ],
)
def test_cover(lines: tuple[str, ...], department: str, year: str) -> None:
    text = read(*lines, "一、总体绩效目标")
    assert (text.department, text.year, text.rest) == (department, year, [])


def test_what_belongs_nowhere() -> None:
    text = read("城关镇", "2025年部门预算绩效文本", "内部资料", "一、总体绩效目标", "好。", "第二部分 项目", "附注。")
    assert text.rest == [(3, "内部资料"), (6, "第二部分 项目"), (7, "附注。")]


def test_contents_are_passed_over() -> None:
    text = read("目　录", "一、总体绩效目标\t1", "二、分项绩效目标……………2", "一、总体绩效目标", "好。")
    assert (text.overall, text.rest) == (["好。"], [])
