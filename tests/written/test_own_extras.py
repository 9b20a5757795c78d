"""What an office's sheet has beside texts and looks stands on the forms that are made of it, or is named."""

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Border, Side
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.office import Office
from tests.own_office import form_of, office, png, said_of
from tests.written.test_own_forms import far, near_input, picture, pixels, profile_of
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.layout import blank_layout
from xl_perf.core.making.merging import merge
from xl_perf.saved.guides import kind_of_guide
from xl_perf.service.guides import learn_form
from xl_perf.written.form_sheet import write_form
from xl_perf.written.styles import Styles
from xl_perf.written.template import write_department

# --- conditional formats ---------------------------------------------------------------------------------------------


def rules(sheet: Any, color: str) -> dict[str, list[str]]:
    """The areas of the rules with that fill, and their formulas."""
    return {
        str(block.sqref): list(rule.formula)
        for block in sheet.conditional_formatting
        for rule in block.rules
        if rule.dxf is not None and rule.dxf.fill is not None and rule.dxf.fill.bgColor.rgb == f"FF{color}"
    }


def test_conditions_move_with_their_rows(tmp_path: Path) -> None:
    """Relative formulas speak of their own row also where rows were put in; fixed ones of the cells that moved."""

    def extras(book: Workbook, sheet: Worksheet) -> None:
        own, fixed = (book.add_format({"bg_color": color}) for color in ("#123456", "#654321"))
        sheet.conditional_format("D11:E16", {"type": "formula", "criteria": '=AND($C11="",$B$3<>"")', "format": own})
        sheet.conditional_format("A17:E17", {"type": "formula", "criteria": "=SUM($E$11:$E$16)=0", "format": fixed})

    source = office(tmp_path / "office.xlsx", extras)
    sheet, layout, kind = form_of(source, tmp_path / "blank.xlsx")
    assert rules(sheet, "123456") == {"D11:E16": ['AND($C11="",$B$3<>"")']}
    assert rules(sheet, "654321") == {"A17:E17": ["SUM($E$11:$E$16)=0"]}
    assert not said_of(kind)
    sheet, layout, _ = form_of(source, tmp_path / "filled.xlsx", filled=True)
    first, last = layout.first_indicator_row + 1, layout.last_row + 1
    assert last > 16, "rows were put in"
    assert rules(sheet, "123456") == {f"D{first}:E{last}": [f'AND($C{first}="",$B$3<>"")']}
    assert rules(sheet, "654321") == {f"A{last + 1}:E{last + 1}": [f"SUM($E${first}:$E${last})=0"]}


def test_a_condition_on_the_row_above_stays_so(tmp_path: Path) -> None:
    def extras(book: Workbook, sheet: Worksheet) -> None:
        look = book.add_format({"bg_color": "#123456"})
        sheet.conditional_format("E11:E17", {"type": "cell", "criteria": "==", "value": "E10", "format": look})

    source = office(tmp_path / "office.xlsx", extras)
    sheet, layout, _ = form_of(source, tmp_path / "filled.xlsx", filled=True)
    first, last = layout.first_indicator_row, layout.last_row + 2
    assert rules(sheet, "123456") == {f"E{first + 1}:E{last}": [f"E{first}"]}


def test_colours_bars_and_icons_are_taken_over(tmp_path: Path) -> None:
    def extras(book: Workbook, sheet: Worksheet) -> None:
        sheet.conditional_format("E11:E16", {"type": "3_color_scale", "mid_type": "percentile", "mid_value": 40})
        sheet.conditional_format("E11:E16", {"type": "data_bar", "bar_color": "#63C384"})
        sheet.conditional_format("D11:D16", {"type": "icon_set", "icon_style": "3_traffic_lights"})
        sheet.conditional_format("D11:D16", {"type": "top", "value": 3, "format": book.add_format({"bold": True})})
        sheet.conditional_format("B3", {"type": "text", "criteria": "containing", "value": "修缮"})
        sheet.conditional_format("D3", {"type": "cell", "criteria": "between", "minimum": 1, "maximum": "$B$3"})

    sheet, layout, kind = form_of(office(tmp_path / "office.xlsx", extras), tmp_path / "filled.xlsx", filled=True)
    last = layout.last_row + 1
    found = {(str(block.sqref), rule.type): rule for block in sheet.conditional_formatting for rule in block.rules}
    scale = found[f"E11:E{last}", "colorScale"].colorScale
    assert [(one.type, one.val) for one in scale.cfvo][1] == ("percentile", 40)
    assert [one.rgb for one in scale.color] == ["FFF8696B", "FFFFEB84", "FF63BE7B"]
    assert found[f"E11:E{last}", "dataBar"].dataBar.color.rgb == "FF63C384"
    icons = found[f"D11:D{last}", "iconSet"].iconSet
    assert icons.iconSet in {None, "3TrafficLights1"}
    assert [one.val for one in icons.cfvo] == [0, 33, 67]
    assert found[f"D11:D{last}", "top10"].rank == 3
    assert found["B3", "expression"].formula == ['NOT(ISERROR(SEARCH("修缮",B3)))']
    assert found["D3", "cellIs"].formula == ["1", "$B$3"]
    assert not said_of(kind)


def test_conditions_on_other_sheets_are_named(tmp_path: Path) -> None:
    def extras(book: Workbook, sheet: Worksheet) -> None:
        book.add_worksheet("字典")
        sheet.conditional_format("B3:E4", {"type": "formula", "criteria": "=COUNTIF(字典!$A:$A,B3)=0"})
        sheet.conditional_format("B5", {"type": "formula", "criteria": "=名单=1"})

    _, _, kind = form_of(office(tmp_path / "office.xlsx", extras), tmp_path / "blank.xlsx")
    lost = "条件格式 2 条（B3:E4、B5，公式用到别的工作表或名称）"
    assert said_of(kind) == f"样表 office.xlsx 上这些带不过来：{lost}。要用的请在写出的表上自己补"


# --- the sheet -------------------------------------------------------------------------------------------------------


def test_the_sheet_shows_and_prints_as_it_did(tmp_path: Path) -> None:
    def extras(book: Workbook, sheet: Worksheet) -> None:
        sheet.freeze_panes(3, 1)
        sheet.set_zoom(70)
        sheet.set_tab_color("#FF9900")
        sheet.hide_gridlines(2)
        sheet.set_row(1, 30, None, {"hidden": True})
        sheet.set_row(12, 25, None, {"level": 1})
        sheet.set_column(4, 4, 20, None, {"level": 2})
        sheet.print_area("A1:D17")
        sheet.repeat_rows(0, 2)
        sheet.repeat_columns(0, 0)
        sheet.set_h_pagebreaks([9, 16])
        sheet.set_v_pagebreaks([3])
        sheet.set_print_scale(77)
        sheet.center_horizontally()
        sheet.set_header("&L附件2", {"align_with_margins": False, "scale_with_doc": False})
        sheet.print_row_col_headers()
        sheet.write_comment("A3", "填全称", {"author": "财政局", "width": 200, "height": 90})
        sheet.write_url("A17", "https://www.example.gov.cn/", None, "备注：1.绩效指标可选择填写。")

    source = office(tmp_path / "office.xlsx", extras)
    sheet, layout, _ = form_of(source, tmp_path / "filled.xlsx", filled=True)
    last = layout.last_row + 1
    assert sheet.freeze_panes == "B4"
    assert sheet.sheet_view.zoomScale == 70
    assert sheet.sheet_properties.tabColor.rgb == "FFFF9900"
    assert sheet.sheet_view.showGridLines is False
    assert [row for row, one in sheet.row_dimensions.items() if one.hidden] == [2]
    outlined = [row for row, one in sheet.row_dimensions.items() if one.outlineLevel]
    assert outlined
    assert set(outlined) <= set(range(layout.first_indicator_row + 1, last + 1))
    assert sheet.column_dimensions["E"].outlineLevel == 2
    assert sheet.print_area == f"'01'!$A$1:$D${last + 1}"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$3", "$A:$A")
    assert [one.id for one in sheet.row_breaks.brk] == [9, last]
    assert [one.id for one in sheet.col_breaks.brk] == [3]
    assert (sheet.page_setup.scale, sheet.print_options.horizontalCentered) == (77, True)
    assert sheet.print_options.headings
    assert sheet.oddHeader.left.text == "附件2"
    assert (sheet.HeaderFooter.alignWithMargins, sheet.HeaderFooter.scaleWithDoc) == (False, False)
    assert (sheet["A3"].comment.text, sheet["A3"].comment.author) == ("填全称", "财政局")
    assert sheet.cell(last + 1, 1).hyperlink.target == "https://www.example.gov.cn/"


def test_a_sheet_without_paper_is_printed_on_a4(tmp_path: Path) -> None:
    sheet, *_ = form_of(office(tmp_path / "office.xlsx", lambda *_: None), tmp_path / "blank.xlsx")
    assert sheet.page_setup.paperSize == 9
    source = office(tmp_path / "office.xlsx", lambda _, sheet: sheet.set_paper(8))
    sheet, *_ = form_of(source, tmp_path / "blank.xlsx")
    assert sheet.page_setup.paperSize == 8


def test_the_zoom_is_that_of_the_usual_view(tmp_path: Path) -> None:
    """The office saved its sheet in the view of page breaks, which has one of its own."""
    source = office(tmp_path / "office.xlsx", lambda *_: None)
    book: Any = load_workbook(source)
    view = book.worksheets[0].sheet_view
    view.view, view.zoomScale, view.zoomScaleNormal = "pageBreakPreview", 60, 90
    book.save(source)
    sheet, *_ = form_of(source, tmp_path / "blank.xlsx")
    assert (sheet.sheet_view.view, sheet.sheet_view.zoomScale) == (None, 90)


def test_a_hidden_row_shows_what_is_filled_in(tmp_path: Path) -> None:
    """Nothing that a project says is hidden."""

    def extras(book: Workbook, sheet: Worksheet) -> None:
        for row in (2, 12):
            sheet.set_row(row, 20, None, {"hidden": True})
        sheet.set_column(4, 4, 20, None, {"hidden": True})

    source = office(tmp_path / "office.xlsx", extras)
    sheet, *_ = form_of(source, tmp_path / "blank.xlsx")
    assert [row for row, one in sheet.row_dimensions.items() if one.hidden] == [3, 13]
    assert sheet.column_dimensions["E"].hidden
    sheet, *_ = form_of(source, tmp_path / "filled.xlsx", filled=True)
    hidden = [row for row, one in sheet.row_dimensions.items() if one.hidden]
    assert 3 not in hidden
    assert not any(sheet.cell(row, 4).value or sheet.cell(row, 5).value for row in hidden)
    assert not sheet.column_dimensions["E"].hidden


def test_cells_look_as_they_did(tmp_path: Path) -> None:
    """Diagonals, turned and stacked text, indents, shrinking, several types in one cell, looks of whole columns."""

    def extras(book: Workbook, sheet: Worksheet) -> None:
        sheet.write("A3", "项目名称", book.add_format({"diag_type": 3, "diag_border": 1, "diag_color": "#FF0000"}))
        sheet.write("A4", "省级主管部门", book.add_format({"rotation": 45, "indent": 0}))
        sheet.write("C7", "其他资金", book.add_format({"align": "left", "indent": 2, "shrink": True}))
        sheet.write("E10", "指标值", book.add_format({"rotation": 270}))
        bold, small = book.add_format({"bold": True}), book.add_format({"font_size": 8})
        sheet.write_rich_string("D10", bold, "三级", small, "指标")
        sheet.set_column(4, 4, 22, book.add_format({"font_name": "楷体", "font_size": 13}))

    sheet, *_ = form_of(office(tmp_path / "office.xlsx", extras), tmp_path / "blank.xlsx")
    assert (sheet["A3"].border.diagonal.style, sheet["A3"].border.diagonalUp, sheet["A3"].border.diagonalDown) == (
        "thin",
        True,
        True,
    )
    assert sheet["A4"].alignment.textRotation == 45
    assert (sheet["C7"].alignment.indent, sheet["C7"].alignment.shrink_to_fit) == (2, True)
    assert sheet["E10"].alignment.textRotation == 255
    types = [(str(part), bool(part.font.b), part.font.sz, part.font.rFont) for part in sheet["D10"].value]
    assert types == [("三级", True, 11, "Calibri"), ("指标", False, 8, "Calibri")]
    assert (sheet["E11"].font.name, sheet["E11"].font.sz) == ("楷体", 13)


def test_a_learned_form_keeps_several_types_in_a_cell(tmp_path: Path) -> None:
    def extras(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_rich_string(
            "A4", book.add_format({"bold": True}), "省级主管", book.add_format({"font_size": 8}), "部门"
        )

    source = office(tmp_path / "office.xlsx", extras)
    learn_form(str(source), str(tmp_path / "样表.xlsx"))
    value = load_workbook(tmp_path / "样表.xlsx", rich_text=True).worksheets[0]["A4"].value
    assert [(str(part), bool(part.font.b)) for part in value] == [("省级主管", True), ("部门", False)]


# --- all of it -------------------------------------------------------------------------------------------------------


@pytest.mark.office
def test_a_blank_form_with_all_of_it_looks_like_that_of_the_office(soffice: Office, tmp_path: Path) -> None:
    """Printed by LibreOffice, pictures, conditions, turned texts and what is hidden differ in no pixel."""

    def extras(book: Workbook, sheet: Worksheet) -> None:
        fill, framed = book.add_format({"bg_color": "#FFC7CE"}), {"border": 1, "text_wrap": True}
        sheet.conditional_format("A10:D10", {"type": "formula", "criteria": '=$B$10="一级指标"', "format": fill})
        sheet.conditional_format("A17", {"type": "blanks", "format": fill})
        sheet.insert_image("D1", "a.png", {"image_data": io.BytesIO(png()), "x_offset": 5, "y_offset": 3})
        sheet.insert_image("B20", "b.png", {"image_data": io.BytesIO(png(60, 60))})
        sheet.write("A3", "项目名称", book.add_format({**framed, "diag_type": 3, "diag_border": 1}))
        sheet.write("A4", "省级主管部门", book.add_format({**framed, "rotation": 90}))
        sheet.write("C7", "其他资金", book.add_format({**framed, "text_wrap": False, "indent": 2}))
        small = book.add_format({"font_size": 8})
        sheet.write_rich_string("D10", book.add_format({"bold": True}), "三级", small, "指标", book.add_format(framed))
        for row in range(17):
            sheet.set_row(row, 60 if row == 3 else 34, None, {"hidden": row == 12})
        sheet.set_column(0, 4, 14)
        sheet.set_footer("&C第 &P 页")
        sheet.set_print_scale(90)
        sheet.set_paper(9)
        sheet.print_area("A1:E22")
        sheet.set_v_pagebreaks([5])

    source = office(tmp_path / "office.xlsx", extras)
    form_of(source, tmp_path / "ours.xlsx")
    wanted, got = map(picture, soffice.convert_all([source, tmp_path / "ours.xlsx"], "pdf", tmp_path / "pdf"))
    assert wanted[:2] == got[:2]
    off = [at for at, (one, other) in enumerate(zip(pixels(wanted), pixels(got), strict=True)) if far(one, other)]
    assert not [at for at in off if not near_input(got, at)]


# --- rows with lines only --------------------------------------------------------------------------------------------


def framed(path: Path, rows: range, *, levels: bool) -> FormKind:
    """The kind of a 样表 whose form ends with framed rows; without printed levels where they are not wanted."""
    book: Any = load_workbook(path)
    sheet = book.worksheets[0]
    line = Side("thin")
    if not levels:
        for area in [one for one in sheet.merged_cells.ranges if one.max_row > 9]:
            sheet.unmerge_cells(area.coord)
        sheet.delete_rows(10, 20)
        for column, text in enumerate(("", "一级指标", "二级指标", "三级指标", "指标值"), 1):
            sheet.cell(10, column, text or None)
        for column, text in enumerate(("", "{一级指标}", "{二级指标}", "{三级指标}", "{指标值}"), 1):
            sheet.cell(11, column, text or None)
    for row in rows:
        for column in range(1, 6):
            sheet.cell(row, column).border = Border(line, line, line, line)
    book.save(path)
    return kind_of_guide(path)


@pytest.mark.parametrize("levels", [True, False])
def test_framed_rows_below_the_last_text_stay(levels: bool, tmp_path: Path) -> None:
    """Below a table that prints no levels they are rows to fill in, below a note they are drawn."""
    path = tmp_path / "样表.xlsx"
    learn_form(str(office(tmp_path / "office.xlsx", lambda *_: None)), str(path))
    kind = framed(path, range(18, 21) if levels else range(11, 19), levels=levels)
    own = kind.own_sheet
    assert own is not None
    assert not own.problem
    layout = blank_layout(profile_of(kind), kind)
    assert layout.end == (19 if levels else 17)
    (table,) = own.tables
    assert (table.first, table.last) == ((10, 15) if levels else (10, 17))
    book = Workbook(str(tmp_path / "blank.xlsx"))
    write_form(book, book.add_worksheet("01"), Styles(book), layout, None, profile_of(kind))
    book.close()
    sheet = load_workbook(tmp_path / "blank.xlsx")["01"]
    last = layout.end + 1
    assert [sheet.cell(last, column).border.bottom.style for column in range(1, 6)] == ["thin"] * 5
    assert sheet.print_area == f"'01'!$A$1:$E${last}"


def test_a_page_that_nobody_set_up_is_not_cut(tmp_path: Path) -> None:
    """A broad list of which the office never set up the page is printed on one page's breadth, laid across."""
    path = Path(__file__).parents[1] / "fixtures" / "layouts" / "l33-list-two-headers-sources.xlsx"
    guide = tmp_path / "样表.xlsx"
    learn_form(str(path), str(guide))
    kind = kind_of_guide(guide)
    out = tmp_path / "部门.xlsx"
    write_department(out, merge([]), profile_of(kind), kind=kind)
    sheet = load_workbook(out)["项目清单"]
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
