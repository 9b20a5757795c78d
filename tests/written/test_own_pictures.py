"""Pictures of an office's sheet stand on the forms that are made of it; what else lies over its cells is named."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.formatting.rule import Rule
from xlsxwriter.image import Image
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.own_office import CASE, form_of, office, png, said_of
from tests.written.test_own_forms import profile_of
from xl_perf.core.forms.own_sheet import OwnSheet
from xl_perf.core.making.merging import merge
from xl_perf.core.reading import read_department
from xl_perf.saved.guides import kind_of_guide
from xl_perf.saved.workbook import read_book
from xl_perf.service.guides import learn_form
from xl_perf.service.making import write_template
from xl_perf.written.own_drawings import drawn_in
from xl_perf.written.own_look import look_of
from xl_perf.written.own_over import size_of
from xl_perf.written.template import write_department


def anchors(path: Path) -> list[tuple[int, int]]:
    """Row and column, from 0, at which each picture of a written sheet begins."""
    book = load_workbook(path)
    return [one.begin[:2] for one in drawn_in(str(path), book.sheetnames[0]).pictures]


def put_two(book: Workbook, sheet: Worksheet) -> None:
    """A picture in the head, one below the form."""
    sheet.insert_image(0, 3, "a.png", {"image_data": io.BytesIO(png()), "x_offset": 5, "y_offset": 3, "x_scale": 2})
    sheet.insert_image(18, 1, "b.png", {"image_data": io.BytesIO(png(60, 60)), "description": "印章位置"})


def test_pictures_stand_where_they_stood(tmp_path: Path) -> None:
    source = office(tmp_path / "office.xlsx", put_two)
    _, _, kind = form_of(source, tmp_path / "blank.xlsx")
    assert anchors(tmp_path / "blank.xlsx") == [(0, 3), (18, 1)]
    assert not said_of(kind)
    _, layout, kind = form_of(source, tmp_path / "filled.xlsx", filled=True)
    assert anchors(tmp_path / "filled.xlsx") == [(0, 3), (layout.end + 2, 1)]
    own = OwnSheet(layout.own.texts if layout.own else (), source=str(tmp_path / "filled.xlsx"), name="01")
    look = look_of(own._replace(texts=own.texts * 2))
    assert look is not None
    made = look.drawn.pictures
    sizes = [side for one in made for side in size_of(one, look)]
    assert sizes == pytest.approx([80, 20, 60, 60], abs=0.6)
    assert [one.data for one in made] == [png(), png(60, 60)]
    assert made[1].text == "印章位置"


def test_a_picture_below_the_form_is_printed(tmp_path: Path) -> None:
    """Of a sheet without a print area all is printed; rows below the form count as far below where it grew."""
    sheet, *_ = form_of(office(tmp_path / "office.xlsx", put_two), tmp_path / "blank.xlsx")
    assert sheet.print_area == "'01'!$A$1:$E$21"
    source = office(tmp_path / "office.xlsx", lambda _, sheet: sheet.print_area("A1:E20"))
    sheet, layout, _ = form_of(source, tmp_path / "filled.xlsx", filled=True)
    assert sheet.print_area == f"'01'!$A$1:$E${layout.end + 1 + 3}"


def test_a_learned_form_keeps_its_pictures(tmp_path: Path) -> None:
    """openpyxl drops them by itself; what it cannot keep is named."""

    def extras(book: Workbook, sheet: Worksheet) -> None:
        put_two(book, sheet)
        sheet.insert_textbox(3, 3, "密级")
        sheet.insert_textbox(4, 3, "加盖公章")

    source = office(tmp_path / "office.xlsx", extras)
    found = learn_form(str(source), str(tmp_path / "样表.xlsx"))
    assert anchors(tmp_path / "样表.xlsx") == [(0, 3), (18, 1)]
    assert "这张表上这些带不过来：文本框或图形 2 个。要用的请在写出的表上自己补" in found.notes


def test_what_lies_over_the_cells_and_stays_behind_is_named(tmp_path: Path) -> None:
    def extras(book: Workbook, sheet: Worksheet) -> None:
        sheet.insert_textbox(3, 3, "密级")
        chart: Any = book.add_chart({"type": "column"})
        chart.add_series({"values": "=表!$D$5:$D$7"})
        sheet.insert_chart(20, 0, chart)
        sheet.insert_image(0, 9, "c.png", {"image_data": io.BytesIO(png())})

    _, _, kind = form_of(office(tmp_path / "office.xlsx", extras), tmp_path / "blank.xlsx")
    for one in ("文本框或图形 1 个", "图表 1 个", "表右边的图片 1 张"):
        assert one in said_of(kind)
    assert said_of(kind).count("。") == 1


@pytest.mark.parametrize(
    "data",
    [png()[:60], b"\x89PNG\r\n\x1a\n", b"no picture", b"", png(60_000, 60_000), png() + bytes(6 * 1024 * 1024)],
    ids=["cut off", "no head", "text", "empty", "flood", "large"],
)
def test_a_picture_that_is_no_picture_breaks_nothing(data: bytes, tmp_path: Path) -> None:
    """It is named; the form is written without it."""
    source = office(tmp_path / "whole.xlsx", put_two)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "office.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, data if name == "xl/media/image1.png" else old.read(name))
    _, _, kind = form_of(tmp_path / "office.xlsx", tmp_path / "blank.xlsx")
    assert anchors(tmp_path / "blank.xlsx") == [(18, 1)]
    assert "图片打不开或者太大 1 张" in said_of(kind)
    assert any(
        "图片打不开" in one for one in learn_form(str(tmp_path / "office.xlsx"), str(tmp_path / "样表.xlsx")).notes
    )


def test_a_drawing_that_is_no_drawing_breaks_nothing(tmp_path: Path) -> None:
    for drawing in (
        b"<a",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        b"<a><twoCellAnchor><pic/></twoCellAnchor></a>",
    ):
        source = office(tmp_path / "whole.xlsx", put_two)
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "office.xlsx", "w") as new:
            for name in old.namelist():
                new.writestr(name, drawing if name == "xl/drawings/drawing1.xml" else old.read(name))
        _, _, kind = form_of(tmp_path / "office.xlsx", tmp_path / "blank.xlsx")
        assert "带不过来" in said_of(kind)


def test_the_template_says_what_it_lacks(tmp_path: Path) -> None:
    """So it stands behind the line on what was written."""
    source = office(tmp_path / "office.xlsx", put_two)
    learn_form(str(source), str(tmp_path / "样表.xlsx"))
    guide: Any = load_workbook(tmp_path / "样表.xlsx")
    for row in guide["对照"].iter_rows(min_row=11):
        if row[7].value == "核对":
            row[4].value = "不读"
    guide.worksheets[0].conditional_formatting.add("A1", Rule("expression", formula=["对照!A1=1"]))
    guide.save(tmp_path / "样表.xlsx")
    written = write_template(str(tmp_path / "空.xlsx"), None, form=str(tmp_path / "样表.xlsx"))
    assert [one for one in written.more if "条件格式 1 条" in one]


def with_margins(book: Workbook, sheet: Worksheet) -> None:
    """A picture beside words in the header, one alone in the footer."""
    left = Image(io.BytesIO(png()))
    left._width, left._height, left._x_dpi, left._y_dpi = 120, 30, 96, 96
    sheet.set_header("&L&G&R附件2", {"image_left": left})
    sheet.set_footer("&C第 &P 页&R&G", {"image_right": "b.png", "image_data_right": io.BytesIO(png(60, 60))})
    sheet.write_comment("A3", "填全称")


def margins(path: Path) -> list[tuple[str, float, float]]:
    """Place and size, in points, of the pictures in the margins of a workbook's first sheet."""
    found = drawn_in(str(path), load_workbook(path).sheetnames[0]).margins
    return [(one.place, one.width, one.height) for one in found]


def test_pictures_in_the_margins_stand_there_again(tmp_path: Path) -> None:
    """On the form, and on the 样表 that is learned, which openpyxl would write without them."""
    wanted = [("LH", 90, 22.5), ("RF", 45, 45)]
    source = office(tmp_path / "office.xlsx", with_margins)
    assert margins(source) == wanted
    sheet, _, kind = form_of(source, tmp_path / "blank.xlsx")
    assert margins(tmp_path / "blank.xlsx") == wanted
    assert (sheet.oddHeader.left.text, sheet.oddHeader.right.text) == ("&G", "附件2")
    assert not said_of(kind)
    found = learn_form(str(source), str(tmp_path / "样表.xlsx"))
    assert margins(tmp_path / "样表.xlsx") == wanted
    assert not [one for one in found.notes if "带不过来" in one]
    kind = kind_of_guide(tmp_path / "样表.xlsx")
    for name, macros in (("again.xlsx", False), ("again.xlsm", True)):
        write_department(tmp_path / name, merge([]), profile_of(kind), kind=kind, macros=macros)
        assert [one.place for one in drawn_in(str(tmp_path / name), "01").margins] == ["LH", "RF"]


def test_the_words_of_a_header_stay_where_its_picture_cannot(tmp_path: Path) -> None:
    """The mark for it goes, without which no header would be written."""
    source = office(tmp_path / "whole.xlsx", with_margins)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "office.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, b"none" if name == "xl/media/image1.png" else old.read(name))
    sheet, _, kind = form_of(tmp_path / "office.xlsx", tmp_path / "blank.xlsx")
    assert (sheet.oddHeader.right.text, sheet.oddFooter.center.text) == ("附件2", "第 &P 页")
    assert "页眉页脚里的图片" in said_of(kind)
    found = learn_form(str(tmp_path / "office.xlsx"), str(tmp_path / "样表.xlsx"))
    guide: Any = load_workbook(tmp_path / "样表.xlsx").worksheets[0]
    assert (guide.oddHeader.left.text, guide.oddHeader.right.text) == (None, "附件2")
    assert any("页眉页脚里的图片" in one for one in found.notes)


def test_a_header_that_is_too_long_is_named(tmp_path: Path) -> None:
    """Excel takes no more than 255 characters; other programs have written more."""
    source = office(tmp_path / "whole.xlsx", lambda _, sheet: sheet.set_header("&L附件"))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "office.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"&amp;L", b"&amp;L" + "长".encode() * 300))
    _, _, kind = form_of(tmp_path / "office.xlsx", tmp_path / "blank.xlsx")
    assert "过长的页眉页脚" in said_of(kind)


def test_the_forms_own_pictures_are_not_told_as_unread(tmp_path: Path) -> None:
    """They say nothing of the project; one more does."""
    source = office(tmp_path / "office.xlsx", put_two)
    learn_form(str(source), str(tmp_path / "样表.xlsx"))
    kind = kind_of_guide(tmp_path / "样表.xlsx")
    before = read_department(read_book(CASE, CASE.name), (kind,))
    for name in ("a.xlsx", "空白.xlsx"):
        projects = before.projects if name == "a.xlsx" else ()
        write_department(tmp_path / name, merge([replace(before, projects=projects)]), profile_of(kind), kind=kind)
        again = read_department(read_book(tmp_path / name, name), (kind,))
        assert len(again.projects) == len(projects)
        assert not again.unread

    def four(book: Workbook, sheet: Worksheet) -> None:
        put_two(book, sheet)
        put_two(book, sheet)

    office(tmp_path / "four.xlsx", four)
    assert [one.reason for one in read_department(read_book(tmp_path / "four.xlsx", ""), (kind,)).unread] == [
        "2 个图片，其中的内容没有读"
    ]
