"""Lines of the contents hold nothing; what only looks like one of them is not lost."""

import pytest

from xl_perf.text.blocks import Paragraph, StyledText, plain_paragraph
from xl_perf.text.contents import contents_of


def contents(*lines: str | Paragraph, breaks: tuple[int, ...] = ()) -> list[int]:
    paragraphs = [one if isinstance(one, Paragraph) else plain_paragraph(one) for one in lines]
    return sorted(contents_of(list(enumerate(paragraphs, 1)), breaks=breaks))


def test_dots_and_page_numbers() -> None:
    assert contents("一、总体绩效目标……………1", "二、分项绩效目标......2", "一、总体绩效目标") == [1, 2]


def test_tabs_and_page_numbers_below_the_heading_or_named_further_below() -> None:
    assert contents("目　录", "一、总体绩效目标\t1", "二、分项绩效目标\t2", "好。") == [2, 3]
    assert contents("一、总体绩效目标\t1", "好。", "一、总体绩效目标") == [1]
    assert contents("街道保洁\t500", "好。") == []


def test_lines_without_page_numbers_below_the_heading() -> None:
    body = ("一、总体绩效目标", "好。", "二、分项绩效目标")
    assert contents("目录", "一、总体绩效目标", "二、分项绩效目标", *body) == [2, 3]
    assert contents("目录", *body) == []
    assert contents("目录", "（2020年度）", "好。", "（2020年度）") == []


def test_styles_of_the_contents() -> None:
    assert contents(Paragraph((StyledText("总体"),), style="toc 1"), "总体") == [1]


@pytest.mark.parametrize("line", ["预算数\t500", "项目编码\t130211", "预算数……500"])
def test_a_label_with_its_value_is_no_line_of_the_contents(line: str) -> None:
    assert contents(line, "好。") == []


def test_contents_end_where_a_form_stands() -> None:
    assert contents("目录", "一、甲", "好。", "一、甲", breaks=(2,)) == []
