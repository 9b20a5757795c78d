"""A title of a form behind which no form was read is told, with its place."""

from pathlib import Path

import pytest

from tests.text.documents import form, p, read, row, tbl, texts
from xl_perf.text.reader import read_text
from xl_perf.text.understanding import TextRead

BRIDGE = p("桥梁项目绩效目标表") + form({"道路养护": "桥梁"})
PICTURE = p()


def told(read_: TextRead) -> str:
    return "".join(read_.warnings)


def test_a_title_above_a_picture(tmp_path: Path) -> None:
    read_ = read(tmp_path, BRIDGE + p("道路养护项目绩效目标表") + PICTURE + BRIDGE)
    assert told(read_) == (
        "文档里有 3 个项目绩效目标表的标题，只读出 2 张表；正文第2段“道路养护项目绩效目标表”后面没有读出表。"
        "请核对，缺的表要另填"
    )
    assert texts(read_) == ["道路养护项目绩效目标表"]


def test_the_line_above_names_the_project(tmp_path: Path) -> None:
    read_ = read(tmp_path, p("道路养护") + p("项目绩效目标表") + PICTURE + BRIDGE)
    assert "正文第2段“道路养护 项目绩效目标表”后面没有读出表" in told(read_)


def test_several_titles_without_a_form(tmp_path: Path) -> None:
    read_ = read(tmp_path, p("甲项目绩效目标表") + p("乙项目绩效目标表") + form())
    assert "有 2 个项目绩效目标表的标题，只读出 1 张表；正文第1段“甲项目绩效目标表”后面没有读出表" in told(read_)
    assert read_.department.projects[0].heading.value == "乙"
    read_ = read(tmp_path, p("甲项目绩效目标表") + p("乙项目绩效目标表"))
    assert "一张表也没有读出；正文第1段“甲项目绩效目标表”、正文第2段“乙项目绩效目标表”后面没有读出表" in told(read_)


def test_forms_without_a_title_do_not_make_up_for_it(tmp_path: Path) -> None:
    read_ = read(tmp_path, BRIDGE + p("道路养护项目绩效目标表") + p("见附件。") * 9 + form())
    assert "有 2 个项目绩效目标表的标题，只有 1 个后面读出了表" in told(read_)


def test_a_title_in_a_table_without_a_form(tmp_path: Path) -> None:
    read_ = read(tmp_path, BRIDGE + p("如下。") + tbl(row("道路养护项目绩效目标表"), row("见图")))
    assert "表2第1行第1列“道路养护项目绩效目标表”后面没有读出表" in told(read_)


def test_a_title_is_no_safeguard(tmp_path: Path) -> None:
    head = p("三、工作保障措施") + p("（一）加强领导。主任负责。")
    read_ = read(tmp_path, head + p("道路养护") + p("项目绩效目标表") + PICTURE)
    assert [one.text.text for one in read_.department.safeguards] == ["主任负责。"]
    assert texts(read_) == ["道路养护", "项目绩效目标表"]
    read_ = read(tmp_path, head + p("项目支出绩效自评表"))
    assert (texts(read_), told(read_)) == (["项目支出绩效自评表"], "")


@pytest.mark.parametrize(
    "body",
    [
        BRIDGE,
        p("桥梁") + p("项目绩效目标表") + form({"道路养护": "桥梁"}),
        p("桥梁项目绩效目标表") + tbl(row("项目绩效目标表")) + form(),
        p("桥梁项目绩效目标表") + p("（2025年度）") * 5 + p("填报单位：城关镇") + form(),
        p("城关镇2025年项目绩效目标表") + p("城关镇编制") + BRIDGE,
        p("请各单位填写项目绩效目标表。") + p("附：项目绩效目标汇总表") + BRIDGE,
        p("道路养护项目支出绩效自评表") + BRIDGE,
    ],
    ids=["one line", "two lines", "said twice", "lines between", "cover", "sentences", "another kind"],
)
def test_titles_with_their_forms_are_silent(body: str, tmp_path: Path) -> None:
    assert told(read(tmp_path, body)) == ""


def test_titles_in_the_contents_do_not_count(tmp_path: Path) -> None:
    dotted = p("目　录") + p("桥梁项目绩效目标表……………5") + p("道路养护项目绩效目标表……………8")
    plain = p("目录") + p("一、桥梁项目绩效目标表") + p("二、道路养护项目绩效目标表")
    forms = BRIDGE + p("道路养护") + p("项目绩效目标表") + form()
    for contents in (dotted, plain):
        read_ = read(tmp_path, contents + forms)
        assert (told(read_), texts(read_)) == ("", [])
    styles = '<w:style w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    listed = p("桥梁项目绩效目标表", '<w:pStyle w:val="T"/>')
    assert told(read(tmp_path, listed + BRIDGE, styles)) == ""


def test_what_the_contents_name_and_the_text_lacks(tmp_path: Path) -> None:
    read_ = read(tmp_path, p("目录") + p("桥梁项目绩效目标表") + p("路灯项目绩效目标表") + p("说明。") + BRIDGE)
    assert "“路灯项目绩效目标表”后面没有读出表" in told(read_)


def test_titles_of_a_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "文本.txt"
    lines = [*("三、工作保障措施", "（一）领导。负责。", "道路养护项目绩效目标表", "（图）", "桥梁项目绩效目标表")]
    path.write_text("\n".join(lines), encoding="utf-8")
    read_ = read_text(path, "文本.txt")
    assert "有 2 个项目绩效目标表的标题，一张表也没有读出" in told(read_)
    assert read_.department.safeguards[-1].text.text == "负责。"
