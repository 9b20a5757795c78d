"""Twenty workbooks that something is wrong with: what each is, and what has to be said of it."""

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

import openpyxl

from tests import workbooks as made
from tests.builders import FIELDS, Rows
from tests.many.facts import BookFacts
from tests.many.writers import by_openpyxl, by_xlsxwriter, sheets_of
from tests.workbooks import ods_text, ooxml_parts, rewritten, saved, zipped

BUDGET: Final = ("budget",)
WRONG_OTHER: Final = Decimal("0.01")
ALL: Final = ("budget", "fiscal", "other")
READING: Final = Path(__file__).parents[1] / "fixtures" / "reading"


class Fault(NamedTuple):
    """How the workbook is written, and what is expected of it.

    ``kind`` is that of the error where it cannot be read. Else ``code`` is the rule that must speak at ``cell`` of
    sheet 01, if any. ``lacks`` names the amounts of the first project that nobody can tell; where there are some, the
    totals must say that they are not whole.
    """

    title: str
    suffix: str
    write: Callable[[Path, BookFacts], None]
    kind: str = ""
    code: str = ""
    cell: str = ""
    lacks: Sequence[str] = ()
    form: str = "河北"
    unit: str = "万元"

    @property
    def file(self) -> str:
        """Its name."""
        return f"{self.title}{self.suffix}"

    def of(self, book: BookFacts) -> BookFacts:
        """The department whose workbook this is."""
        return replace(book, file=self.file, form=self.form, unit=self.unit)


# --- what can be read, but not all of it -----------------------------------------------------------------------------


def _changed(change: Callable[[Rows], None]) -> Callable[[Path, BookFacts], None]:
    """The first project's form with some cells changed."""

    def write(path: Path, book: BookFacts) -> None:
        sheets = dict(sheets_of(book))
        change(sheets["01"])
        by_xlsxwriter(path, sheets)

    return write


def _put(rows: Rows, field: str, value: str) -> None:
    row, column = FIELDS[field]
    rows[row][column] = value


def _words(rows: Rows) -> None:
    _put(rows, "budget", "按实际发生数")


def _text_amounts(rows: Rows) -> None:
    for field in ("budget", "fiscal"):
        row, column = FIELDS[field]
        rows[row][column] = f"{rows[row][column]:,}"


def _blank(rows: Rows) -> None:
    for field in ("budget", "fiscal", "other"):
        _put(rows, field, "")


def _unknown_label(rows: Rows) -> None:
    row, column = FIELDS["budget"]
    rows[row][column - 1] = "核定盘子"


def _wrong_sum(rows: Rows) -> None:
    row, column = FIELDS["other"]
    rows[row][column] = float(WRONG_OTHER)


def _no_unit(rows: Rows) -> None:
    rows[3][0] = "项目资金"
    rows[3][2] = rows[4][2] = 36_500_000.0
    rows[5][2] = ""


def _two_units(rows: Rows) -> None:
    rows[3][0] = "项目资金"
    rows.insert(1, ["单位：万元", "", "", "", "单位：元", ""])


def _by_openpyxl(formula: str, kind: str) -> Callable[[Path, BookFacts], None]:
    """A budget that is a formula without a stored result, or an error."""

    def write(path: Path, book: BookFacts) -> None:
        by_openpyxl(path, sheets_of(book))
        again = openpyxl.load_workbook(path)
        cell = again["01"]["C3"]
        cell.value = formula
        cell.data_type = kind
        again.save(path)

    return write


# --- what cannot be read -------------------------------------------------------------------------------------------


def _bytes(content: Callable[[], bytes]) -> Callable[[Path, BookFacts], None]:
    def write(path: Path, book: BookFacts) -> None:
        path.write_bytes(content())

    return write


def _text(text: str, encoding: str) -> Callable[[Path, BookFacts], None]:
    return _bytes(lambda: text.encode(encoding))


def _cut(path: Path, book: BookFacts) -> None:
    by_xlsxwriter(path, sheets_of(book))
    data = path.read_bytes()
    saved(path, data[: len(data) * 2 // 3])


def _damaged_sheet(path: Path, book: BookFacts) -> None:
    """The zip file is whole; the compressed bytes of a form are not."""
    by_xlsxwriter(path, sheets_of(book))
    with zipfile.ZipFile(path) as package:
        start = package.getinfo("xl/worksheets/sheet2.xml").header_offset
    data = bytearray(path.read_bytes())
    data[start + 100 : start + 140] = bytes(40)
    saved(path, bytes(data))


def _open_tag(path: Path, book: BookFacts) -> None:
    """A form's XML ends in the midst of a row."""
    by_xlsxwriter(path, sheets_of(book))
    part = "xl/worksheets/sheet2.xml"
    with zipfile.ZipFile(path) as package:
        xml = package.read(part)
    rewritten(path, {part: xml[: xml.index(b"<row", len(xml) // 2) + 6]})


def _swollen() -> bytes:
    text = ods_text("长" * 100_000, 'table:number-columns-repeated="100"')
    return zipped(made.ods_parts(f'<table:table-row table:number-rows-repeated="100">{text}</table:table-row>'))


def _unknown_encoding() -> bytes:
    custom = '<?xml version="1.0" encoding="x-nobody"?><Properties><a name="xl-perf"/></Properties>'
    return zipped(ooxml_parts(made.sheet()) | {"docProps/custom.xml": custom})


def _fixture(name: str) -> Callable[[Path, BookFacts], None]:
    return _bytes((READING / name).read_bytes)


FAULTS: Final[Sequence[Fault]] = (
    Fault("金额是文字", ".xlsx", _changed(_words), code="B301", cell="C3", lacks=BUDGET),
    Fault("金额是文字的数", ".xlsx", _changed(_text_amounts)),
    Fault("金额没有填", ".xlsx", _changed(_blank), code="B301", cell="C3", lacks=ALL),
    Fault("金额标签不认识", ".xlsx", _changed(_unknown_label), code="S102", cell="A1", lacks=BUDGET),
    Fault("资金来源加不起来", ".xlsx", _changed(_wrong_sum), code="B303", cell="C3"),
    Fault("没有单位", ".xlsx", _changed(_no_unit), code="B308", cell="C4", lacks=ALL, form="财政部"),
    Fault("两种单位", ".xlsx", _changed(_two_units), code="B308", cell="C5", lacks=ALL, form="财政部"),
    Fault("公式没有结果", ".xlsx", _by_openpyxl("=E3+G3", "f"), code="S106", cell="C3", lacks=BUDGET),
    Fault("公式出错", ".xlsx", _by_openpyxl("#REF!", "e"), code="S105", cell="C3", lacks=BUDGET),
    Fault("只传了一半", ".xlsx", _cut, "damaged"),
    Fault("压缩数据损坏", ".xlsx", _damaged_sheet, "damaged"),
    Fault("表中断开", ".xlsx", _open_tag, "damaged"),
    Fault("网页", ".xls", _text("<html><body><table><tr><td>预算数</td></tr></table></body>", "gbk"), "not-a-workbook"),
    Fault("逗号分隔", ".xls", _text("项目名称,预算数\n道路养护,120.5\n", "gbk"), "not-a-workbook"),
    Fault("一封邮件", ".xlsx", _text("From: a@b.cn\nSubject: 请查收\n", "utf-8"), "not-a-workbook"),
    Fault("空文件", ".xlsx", _bytes(bytes), "empty-file"),
    Fault("加密", ".xlsx", _fixture("password.xlsx"), "encrypted"),
    Fault("加密", ".xls", _fixture("password.xls"), "encrypted"),
    Fault("撑破内存", ".ods", _bytes(_swollen), "unreadable"),
    Fault("不认识的编码", ".xlsx", _bytes(_unknown_encoding), "unreadable"),
)
