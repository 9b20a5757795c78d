"""Automatic numbers: （一） that Word prints and does not store."""

from pathlib import Path

from tests.text.documents import form, p, read

NUMBERING = """
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>"""


def numbered(text: str, level: int) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr>')


def test_automatic_numbers(tmp_path: Path) -> None:
    body = (
        numbered("总体绩效目标", 0)
        + p("道路畅通。")
        + numbered("分项绩效目标", 0)
        + numbered("养护", 1)
        + p("绩效目标：完好。")
        + numbered("照明", 1)
        + p("绩效指标：亮灯率达到98%。")
        + numbered("工作保障措施", 0)
        + numbered("加强领导。主任负责。", 1)
        + numbered("加强监督。按季检查。", 1)
    )
    department = read(tmp_path, body, numbering=NUMBERING).department
    assert department.overall_goal.text == "道路畅通。"
    assert [sub.title.text for sub in department.sub_goals] == ["养护", "照明"]
    assert [one.text for one in department.sub_goals[1].indicators[0]] == ["亮灯率", "达到98%"]
    assert [(one.title.text, one.text.text) for one in department.safeguards] == [
        ("加强领导", "主任负责。"),
        ("加强监督", "按季检查。"),
    ]


def test_a_number_is_no_part_of_a_heading(tmp_path: Path) -> None:
    for heading in (numbered("道路养护项目绩效目标表", 1), numbered("道路养护", 0) + p("项目绩效目标表")):
        read_ = read(tmp_path, heading + form(), numbering=NUMBERING)
        assert read_.department.projects[0].heading.value == "道路养护"
        assert read_.unplaced == ()


def test_numbers_of_a_style(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="S"><w:name w:val="小标题"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    )
    body = p("三、工作保障措施") + p("加强领导。主任负责。", '<w:pStyle w:val="S"/>') * 2
    department = read(tmp_path, body, styles, NUMBERING).department
    assert [one.title.text for one in department.safeguards] == ["加强领导", "加强领导"]
