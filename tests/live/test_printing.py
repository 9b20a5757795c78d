"""打印: which sheets, where the file goes, and that no marks are printed while the book keeps its own."""

import re
import subprocess
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.live.desk import Desk
from tests.live.programs import office, only_excel, only_libreoffice
from tests.office import poppler
from xl_perf.core.cells.grid import cell_place
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.engines.libreoffice import clean_print
from xl_perf.live import marks, printing, projects, validation
from xl_perf.live.forms import form_of
from xl_perf.live.host import NotHere
from xl_perf.live.marks import clear_marks
from xl_perf.live.reading import book_of


def choices(forms: int) -> list[str]:
    return [f"全部项目表（{forms} 张）", "整体绩效目标（1 张）", "部门汇总（1 张）", f"全部（{forms + 2} 张）"]


_COLOUR_SCALE = 1  # com.sun.star.sheet.ConditionEntryType.COLORSCALE


def pdf(desk: Desk, name: str) -> Path:
    return Path(desk.book.fullname).with_name(f"部门-{name}.pdf")


def pixels(path: Path) -> bytes:
    """Of the first page, three bytes each."""
    command = ["pdftoppm", "-r", "30", "-f", "1", "-l", "1", str(path)]
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.split(b"\n", 3)[3]


@only_libreoffice
def test_marks_are_not_printed(three: Desk) -> None:
    three["02", "C3"].value = "一百"
    validation.validate(three.host)
    before, names = three.looks("02", "A1:G8"), three.book.sheet_names
    assert any(color is not None and note for color, note in before.values())
    said = three.press("print_sheets", "02", ("1", "1"))
    assert three.said[0].splitlines()[1:] == ["02（1 张）", *choices(3)]
    made = pdf(three, "02")
    assert said == f"已把 1 张表写成 PDF：{made}\n不带校验标记和颜色，可以直接打印。"
    pages = poppler("pdftotext", "-layout", str(made), "-").split("\f")[:-1]
    assert len(pages) == 1
    assert "一百" in pages[0]
    assert "已填写" not in pages[0]
    marked = pixels(made)
    light = [one for one in zip(marked[::3], marked[1::3], marked[2::3], strict=True) if max(one) > 240 > min(one) + 25]
    assert not light  # no fill at all, conditional ones included
    assert (three.looks("02", "A1:G8"), three.book.sheet_names) == (before, names)
    assert three.book.sheets["02"].api.ProtectContents
    assert len(three.host.app.books) == 1
    assert (three.host.active.name, three.press("print_sheets", "02", ("1", "1", "no"))) == ("02", three.said[-1])
    clear_marks(three.host)
    three.press("print_sheets", "02", ("1", "1", "yes"))
    assert pixels(made) == marked


@only_libreoffice
def test_decimals_are_printed_as_they_are_seen(three: Desk) -> None:
    """They come from a conditional number format, which is neither mark nor colour."""
    live = form_of(three.host, three.book.sheets["02"])
    assert live is not None
    for (_, slot), share in zip(live.frame.months, (0.3333, 0.45, 0.6667, 1), strict=True):
        three.book.sheets["02"].range((slot.blank[0] + 1, slot.blank[1] + 1)).value = share
    sheet = three.book.sheets["02"].api.uno
    cells = sheet.getCellRangeByName("B6:E6").queryVisibleCells()
    sheet.ConditionalFormats.createByRange(cells)
    scaled = max(sheet.ConditionalFormats.getConditionalFormats(), key=lambda one: one.ID)
    scaled.createEntry(_COLOUR_SCALE, 0)
    three["02", "C3"].value = 88.888  # other than its sources: coloured, and with decimals
    three.press("print_sheets", "02", ("1", "1"))
    text = poppler("pdftotext", "-layout", str(pdf(three, "02")), "-")
    boxes = poppler("pdftotext", "-bbox", str(pdf(three, "02")), "-")
    amount, label = (
        [float(place) for place in re.findall(r'yM\w\w="([\d.]+)"', line)]
        for word in ("88.888", "财政资金")
        for line in boxes.splitlines()
        if word in line
    )
    assert amount == pytest.approx(label, abs=1.5)  # as large and as high as what is not coloured
    assert [share for share in ("33.33%", "45%", "66.67%", "100%") if share not in text] == []
    assert "33%" not in text.replace("33.33%", "")


@only_libreoffice
def test_all_sheets(example: Desk) -> None:
    example.press("print_sheets", "首页", ("4", "1"))
    pages = poppler("pdftotext", "-layout", str(pdf(example, "全部")), "-").split("\f")[:-1]
    texts = ["".join(page.split()) for page in pages]
    assert sum("三女河" in text for text in texts) >= 1
    assert [sum(word in text for text in texts) for word in ("部门预算绩效文本", "还没有校验")] == [0, 0]
    assert sum("指标值确定依据" in text for text in texts) == 8
    assert len(texts) == 8 + 1 + 1  # 整体绩效目标 leaves no two blank rows for a second page
    assert any("绩效汇总表" in text for text in texts)


@only_excel
def test_what_excel_is_asked_for(example: Desk) -> None:
    """Black on white but for 部门汇总, all in one file, and nothing stays selected or changed."""
    setup = example.book.sheets["02"].api.PageSetup
    example.go("03", "B2")
    assert "已把 10 张表写成 PDF" in example.press("print_sheets", "03", ("5", "1"))
    lines = pdf(example, "全部").read_text("utf-8").splitlines()
    assert len(lines) == 10
    assert [line for line in lines if line.endswith(" coloured")] == ["部门汇总 coloured"]
    assert "03 black" in lines
    assert setup.BlackAndWhite is False
    assert (example.host.active.name, example.cursor) == ("03", "$B$2")
    pdf(example, "03").mkdir()
    why = example.press("print_sheets", "03", ("1", "1", "yes"))
    assert why.startswith("没有写成“部门-03.pdf”：这个文件可能正打开着")
    assert setup.BlackAndWhite is False


@only_excel
def test_on_the_printer_of_excel(example: Desk) -> None:
    """One job, black on white but for 部门汇总; afterwards nothing is changed."""
    program: Any = example.program
    setup = example.book.sheets["02"].api.PageSetup
    said = example.press("print_sheets", "03", ("5", "2"))
    assert said == "已把 10 张表送到打印机：办公室打印机 在 Ne01:\n不带校验标记和颜色。"
    (job,) = program.jobs
    assert (len(job), [line for line in job if line.endswith(" coloured")]) == (10, ["部门汇总 coloured"])
    assert setup.BlackAndWhite is False
    program.has_printer(False)
    assert example.press("print_sheets", "03", ("1", "2")).startswith("没有打印成：没有安装打印机")
    assert setup.BlackAndWhite is False


@only_libreoffice
def test_on_the_printer_of_libreoffice(three: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What goes there is what the PDF holds. Without a printer nothing is lost in silence. None is used here."""
    made = tmp_path / "打印.pdf"
    into_a_file = partial(clean_print.to_printer, into=str(made))
    monkeypatch.setattr(clean_print, "to_printer", into_a_file)
    said = three.press("print_sheets", "02", ("1", "2"))
    assert said.startswith("已把 1 张表送到打印机：")
    (page,) = poppler("pdftotext", "-layout", str(made), "-").split("\f")[:-1]
    assert "指标值确定依据" in page
    assert "填报人：" in page
    assert "已填写" not in page
    monkeypatch.setattr(clean_print, "to_printer", lambda *_: "")
    assert "没有安装打印机，没有打印" in three.press("print_sheets", "02", ("1", "2"))
    assert len(three.host.app.books) == 1


@only_libreoffice
def test_the_summary_without_marks_and_colours_of_states(example: Desk) -> None:
    """It keeps the fills of its headings, and its charts."""
    example.press("consolidate")
    example.press("print_sheets", "部门汇总", ("3", "1"))
    clean = pixels(pdf(example, "部门汇总"))
    assert b"\xd6\xe2\xf0" in clean  # the headings
    assert not any(fill in clean for fill in (b"\xe2\xf0\xd9", b"\xf8\xcb\xad"))
    sheet = example.book.sheets["部门汇总"]
    marked = Finding("T701", "合计不对", "请重新汇总", "部门汇总", *cell_place("M20"), severity=Severity.ERROR)
    marks.mark(example.host, [marked])
    assert sheet["M20"].color == (0xF8, 0xCB, 0xAD)
    said = example.press("print_sheets", "部门汇总", ("3", "1", "yes"))
    assert said.endswith("不带校验标记和颜色，可以直接打印。")
    assert pixels(pdf(example, "部门汇总")) == clean
    assert sheet["M20"].color == (0xF8, 0xCB, 0xAD)


@only_excel
def test_excel_gets_the_summary_without_marks(example: Desk) -> None:
    marked = Finding("T701", "合计不对", "请重新汇总", "部门汇总", *cell_place("M20"), severity=Severity.ERROR)
    marks.mark(example.host, [marked])
    example.press("print_sheets", "首页", ("3", "1"))
    assert pdf(example, "部门汇总").read_text("utf-8").split("\n")[0] == "部门汇总 coloured"
    assert example["部门汇总", "M20"].color == (0xF8, 0xCB, 0xAD)


def test_an_outdated_summary_is_asked_about(example: Desk) -> None:
    """By a project more, and by a figure that somebody typed over a formula."""
    example.press("consolidate")
    example.go("02")
    projects.copy(example.host)
    assert "已过时" in example["部门汇总", "A1"].value
    example.press("print_sheets", "首页", ("3", "1", "cancel"))
    assert "照现在的样子打印（合计不是各项目表现在的数）" in example.said[-1]
    assert not pdf(example, "部门汇总").exists()
    said = example.press("print_sheets", "首页", ("3", "1", "2"))
    assert "\n注意：“部门汇总”已过时" in said
    said = example.press("print_sheets", "首页", ("3", "1", "1", "yes"))
    assert "“部门汇总”已重新汇总。已汇总 9 个项目" in said
    assert "已过时" not in example["部门汇总", "A1"].value
    assert (example.host.active.name, example.press("print_sheets", "首页", ("3", "1", "yes")).count("\n")) == (
        "首页",
        1,
    )
    sheet = example.book.sheets["部门汇总"]
    sheet.api.Unprotect("")
    sheet["D20"].value = 1
    example.press("print_sheets", "首页", ("3", "1", "cancel"))
    assert "照现在的样子打印" in example.said[-1]


@office
def test_where_it_cannot_be_done(example: Desk, blank: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert example.press("print_sheets", "首页", ("cancel",)) == example.said[0]
    monkeypatch.setattr(type(example.book), "fullname", "https://d.docs.live.net/文档/部门.xlsx")
    with pytest.raises(NotHere, match="在云端，PDF 不能放在它旁边"):
        printing._to_pdf(example.host, book_of(example.host), "02", ["02"])
    monkeypatch.setattr(type(example.book), "fullname", "未命名 1")
    with pytest.raises(NotHere, match="还没有保存过"):
        printing._to_pdf(example.host, book_of(example.host), "02", ["02"])
