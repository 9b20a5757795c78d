"""汇总 in the open workbook: live, exact, and the charts follow."""

import zipfile
from pathlib import Path

import pytest

from tests.live.conftest import EXAMPLE
from tests.live.desk import Desk
from tests.live.programs import office, only_libreoffice
from xl_perf.live import edits, importing, projects, summary
from xl_perf.live.host import NotHere

FIRST, LAST, TOTAL = 17, 24, 25


def chart_ranges(desk: Desk, folder: Path) -> set[str]:
    """The cells that the charts show, as saved."""
    desk.book.save(str(folder / "存.xlsx"))
    with zipfile.ZipFile(folder / "存.xlsx") as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name)
    return {part.partition("</c:f>")[0].rpartition("!")[2] for part in text.split("<c:f>")[1:] if "!" in part[:40]}


@office
def test_totals_of_the_reference(example: Desk) -> None:
    said = summary.consolidate(example.host)
    assert said == "已汇总 8 个项目，预算数合计 1135.76 万元。"
    row = example["部门汇总", f"A{TOTAL}:S{TOTAL}"].value
    assert row[0] == "合计"
    assert row[3:6] == [1135.76, 1135.76, 0.0]
    assert row[10:14] == [253.5025, 542.88, 796.3825, 1135.76]
    assert row[14:18] == [32, 8, 8, 48]
    assert example["部门汇总", f"D{TOTAL}"].formula == f"=SUM(D{FIRST}:D{LAST})"
    assert example["部门汇总", f"D{FIRST}"].formula == "=IF(ISREF('01'!$A:$B),IF('01'!C3=\"\",\"\",'01'!C3),\"\")"
    assert (
        example["部门汇总", f"K{FIRST}"].formula
        == f'=IF(AND(ISNUMBER(D{FIRST}),ISNUMBER(G{FIRST})),D{FIRST}*G{FIRST},"")'
    )
    assert example["部门汇总", f"D{FIRST}"].number_format == "#,##0.00????"
    assert "ROUND" not in str(example["部门汇总", f"A{FIRST}:S{TOTAL}"].formula)
    assert example.book.sheets["部门汇总"].api.ProtectContents
    assert example.book.sheets.active.name == "部门汇总"


@office
def test_it_is_live(example: Desk) -> None:
    summary.consolidate(example.host)
    example["01", "C3"].value = 162.93
    assert example["部门汇总", f"D{FIRST}"].value == 162.93
    assert example["部门汇总", f"D{TOTAL}"].value == 1136.76
    example["01", "C13"].value = None  # an indicator without a name is still one, as for the command line
    assert example["部门汇总", f"R{FIRST}"].value == 6
    for cell in ("D13", "F13", "G13"):
        example["01", cell].value = None
    assert example["部门汇总", f"R{FIRST}"].value == 5


@only_libreoffice
def test_more_and_fewer_projects(example: Desk, tmp_path: Path) -> None:
    example.go("02")
    for _ in range(3):
        projects.copy(example.host)
    summary.consolidate(example.host)
    assert example["部门汇总", "A28"].value == "合计"
    assert example["部门汇总", "D28"].value == 1351.01
    assert example["部门汇总", "D28"].formula == "=SUM(D17:D27)"
    assert example.column("部门汇总", "A17:A27") == [float(number) for number in range(1, 12)]
    assert {"$F$5:$F$12", "$G$5:$G$12", "$K$28:$N$28", "$K$29:$N$29"} <= chart_ranges(example, tmp_path)
    assert example["部门汇总", "G5"].formula == "=IF(COUNT($D$17:$D$27)>0,LARGE($D$17:$D$27,1),0)"
    for name in ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10"):
        example.book.sheets[name].delete()
    summary.consolidate(example.host)
    assert example.column("部门汇总", "A17:A19") == [1.0, None, "合计"]
    assert example["部门汇总", "D19"].value == 71.75
    assert example["部门汇总", "D19"].formula == "=SUM(D17:D18)"
    assert {"$F$5:$F$12", "$G$5:$G$12", "$K$19:$N$19"} <= chart_ranges(example, tmp_path)
    assert example.column("部门汇总", "G5:G6") == [71.75, 0]


@pytest.mark.slow
@only_libreoffice
def test_from_the_blank_template(blank: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "_chosen", lambda _: [str(EXAMPLE)])
    importing.import_projects(blank.host)
    said = summary.consolidate(blank.host)
    assert said == "已汇总 8 个项目，预算数合计 1135.76 万元。\n还没有填写的项目表没有列入：01。"
    assert blank["部门汇总", f"D{TOTAL}"].value == 1135.76
    assert blank.column("部门汇总", f"B{TOTAL}:N{TOTAL}")[9:] == [253.5025, 542.88, 796.3825, 1135.76]
    assert {"$G$5:$G$12", "$K$25:$N$25"} <= chart_ranges(blank, tmp_path)
    assert blank["部门汇总", f"D{LAST}"].number_format == "#,##0.00????"
    assert blank["部门汇总", f"C{LAST}"].value == "电代煤工程款及前期费"


@only_libreoffice
def test_charts_stay_above_a_list_that_grows(blank: Desk) -> None:
    """On the first page, and in what is seen first; the total on top says what the one below says."""
    page = blank.book.sheets["部门汇总"].api.uno.getDrawPage()  # the engine says nothing of where charts stand
    before = [page.getByIndex(at).Position.Y for at in range(2)]
    for _ in range(4):
        projects.add(blank.host)
    for number in range(1, 6):
        blank[f"{number:02d}", "E2"].value = f"项目{number}"
        blank[f"{number:02d}", "C3"].value = number
    summary.consolidate(blank.host)
    total = next(row for row in range(FIRST, FIRST + 20) if blank["部门汇总", f"A{row}"].value == "合计")
    assert total == FIRST + 5
    assert [page.getByIndex(at).Position.Y for at in range(2)] == before
    heading = blank.book.sheets["部门汇总"].range(f"A{FIRST - 1}").impl.api.Position.Y
    assert all(one.Position.Y + one.Size.Height <= heading for one in (page.getByIndex(0), page.getByIndex(1)))
    assert blank["部门汇总", "A4"].value == "合计"
    assert blank["部门汇总", "D4:F4"].value == blank["部门汇总", f"D{total}:F{total}"].value == [15.0, 0.0, 0.0]


def test_texts_count_with_a_note_until_normalised(example: Desk) -> None:
    example["02", "C3"].value = "７１.75万元"
    example["03", "F6"].value = "100％"
    summary.consolidate(example.host)
    cell = example["部门汇总", "D18"]
    assert cell.value == 71.75
    assert cell.formula == "71.75"
    assert cell.note is not None
    assert (
        cell.note.text
        == "【汇总】\n02!C3 写的是文字“７１.75万元”，这里按 71.75 万元 计。\n规范化后再汇总，就会引用该单元格。"
    )
    assert example["部门汇总", f"D{TOTAL}"].value == 1135.76
    example.answer("yes")
    edits.normalise(example.host)
    summary.consolidate(example.host)
    assert example["部门汇总", "D18"].formula == "=IF(ISREF('02'!$A:$B),IF('02'!C3=\"\",\"\",'02'!C3),\"\")"
    assert example["部门汇总", "D18"].note is None
    assert example["部门汇总", f"D{TOTAL}"].value == 1135.76


@pytest.mark.parametrize("typed", ["20%%", "20%"])
def test_a_percentage_that_is_a_text_stays_live(example: Desk, typed: str) -> None:
    """25% that is typed in LibreOffice is the text 25%%; the formula takes its number from the cell."""
    example["02", "B6"].value = typed
    example.press("consolidate")
    assert example["部门汇总", "G18"].value == 0.2
    assert example["部门汇总", "G18"].note is None
    example["02", "B6"].value = 0.1
    assert example["部门汇总", "G18"].value == 0.1


def test_it_reads_back_without_findings(example: Desk) -> None:
    """T701 and T702 are about lists that do not fit the forms."""
    from xl_perf.service import checking

    projects.add(example.host)
    example["09", "E2"].value = "新项目"
    example["09", "C3"].value = 9
    before = {one.code for one in checking.check(example.read())}
    assert "T702" in before
    summary.consolidate(example.host)
    assert not {one.code for one in checking.check(example.read())} & {"T701", "T702"}


def test_where_it_cannot_be_done(example: Desk) -> None:
    example.book.sheets["部门汇总"].delete()
    with pytest.raises(NotHere, match="这本工作簿没有“部门汇总”。请打开用模板建立的部门工作簿，在那里按“导入项目”"):
        summary.consolidate(example.host)
