"""Reads a performance text saved as plain text (.txt) into paragraphs and tables.

Two ways of writing a table are known: every cell on a line of its own after a tab (a blank line ends the row), and
every row on one line with tabs between the cells. A label may be broken over lines (项目, blank line, 编码).
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile, zip_longest
from typing import Final

from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.labels import label_key
from xl_perf.files.guard import Refused, too_large
from xl_perf.text.blocks import MOST_COLUMNS, Block, Cell, Table, plain_paragraph
from xl_perf.text.flattened import passage_of
from xl_perf.text.sections import section_of

MOST_LINES: Final = 500_000
_ROW_ON_A_LINE: Final = re.compile(r"\S[^\t]*\t")
_CONTENTS: Final = re.compile(r"([^\t]*\S)\t+\s*\d+\s*")
"""A line of the contents: a heading, a tab, a page number."""
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(data: bytes) -> str:
    """The text in UTF-8, UTF-16 (with a mark) or GB 18030, as Notepad, Word and WPS save it. Raises Refused."""
    encodings = [name for mark, name in _MARKS if data.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused("not-a-workbook", "不是文本文件，或文字编码无法识别", "请用记事本打开，另存为 UTF-8 编码后再试")


def read_plain(text: str) -> Iterator[Block]:
    """The text's blocks in reading order. Raises Refused beyond half a million lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    if len(lines) > MOST_LINES:
        raise too_large(f"文本超过 {MOST_LINES} 行，没有读取")
    at = 0
    while at < len(lines):
        line = lines[at]
        if "\t" not in line or _is_contents(line):
            yield plain_paragraph(line)
            at += 1
        elif any(map(_ROW_ON_A_LINE.match, _until_blank(lines, at))):
            rows, at = _rows_on_lines(lines, at)
            yield _table(rows)
        else:
            rows, at = _Cells(lines, at).read()
            yield _table(rows)


def _is_contents(line: str) -> bool:
    """A line of the contents, and no label with its value: 预算数, a tab, 500."""
    match = _CONTENTS.fullmatch(line)
    if match is None:
        return False
    return section_of(match[1]) is not None or label_key(match[1].strip()) in {None, "title"}


def _until_blank(lines: list[str], at: int) -> Iterator[str]:
    while at < len(lines) and "\t" in lines[at]:
        yield lines[at].lstrip(" ")
        at += 1


def _rows_on_lines(lines: list[str], at: int) -> tuple[list[list[str]], int]:
    """Rows whose cells stand on one line, up to the first line without a tab."""
    rows = []
    while at < len(lines) and "\t" in lines[at]:
        rows.append(lines[at].split("\t"))
        at += 1
    return rows, at


class _Cells:
    """Reads cells that stand on lines of their own, from a line on, up to the end of the table."""

    def __init__(self, lines: list[str], at: int) -> None:
        self.lines, self.at = lines, at
        self.rows: list[list[str]] = [[]]
        self.has_header = False

    def read(self) -> tuple[list[list[str]], int]:
        """The rows, and the line behind them."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.startswith("\t"):
                self._cell(line)
            elif _begins_something_else(line):
                break
            elif line.strip():
                self._add(line)
            else:
                following = self._next_text()
                blanks = following - self.at
                if following == len(self.lines):
                    break
                if self.lines[following].startswith("\t"):
                    self.rows.append([])
                elif self._goes_on(following, blanks):
                    self._add(self.lines[following])
                    self.at = following + 1
                    continue
                else:
                    break
                self.at = following
                continue
            self.at += 1
        return self.rows, self.at

    def _cell(self, line: str) -> None:
        self.rows[-1].append(line[1:])
        self.has_header |= label_key(line) in {"level3", "target"}

    def _add(self, line: str) -> None:
        """A further line of the last cell."""
        cells = self.rows[-1]
        cells[-1] = f"{cells[-1]}\n{line}"

    def _next_text(self) -> int:
        at = self.at
        while at < len(self.lines) and not self.lines[at].strip() and not self.lines[at].startswith("\t"):
            at += 1
        return at

    def _goes_on(self, following: int, blanks: int) -> bool:
        """A text behind a blank line belongs to the cell above, and is no heading of the next form."""
        text = self.lines[following]
        if label_key(text) == "title":
            return False
        joined = f"{self.rows[-1][-1]}{text}" if self.rows[-1] else text
        if label_key(joined) is not None or is_branch(joined):
            return True
        # Before the indicators a table cannot be over; behind them a text stands for itself.
        next_line = self.lines[following + 1] if following + 1 < len(self.lines) else ""
        return blanks == 1 and (not self.has_header or next_line.startswith("\t"))


_PARTS: Final = frozenset({"operator", "target", "measure"})
"""Labels of the columns below 指标值."""


def _begins_something_else(line: str) -> bool:
    """A title, a section's heading, or a form that has become text: no further line of a cell."""
    section = section_of(line)
    return label_key(line) == "title" or (section is not None and section.is_numbered) or bool(passage_of((), [line]))


def _table(rows: list[list[str]]) -> Table:
    filled = [cells[:MOST_COLUMNS] for cells in rows if cells]
    filled = [_widened(cells, below, filled) for cells, below in zip_longest(filled, filled[1:], fillvalue=())]
    made = tuple(tuple(Cell(at, 1, _text(cell)) for at, cell in enumerate(cells)) for cells in filled)
    return Table(made, tuple(range(max(map(len, filled), default=0) + 1)))


def _widened(cells: Sequence[str], below: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A row with the cells of a merged heading, which stands once in a text that was copied from Word.

    指标值 is as wide as 符号, 数值 and 单位 below it; what stands behind it moves to the right.
    """
    first = next((at for at, cell in enumerate(below) if cell.strip()), len(below))
    parts = [*takewhile(str.strip, below[first:])]
    is_heading = first < len(cells) and label_key(cells[first]) == "target"
    if not is_heading or len(parts) < 2 or not _PARTS.issuperset(map(label_key, parts)):
        return list(cells)
    is_short = len(cells) + len(parts) - 1 <= max(map(len, rows))
    return [*cells[: first + 1], *[""] * (len(parts) - 1 if is_short else 0), *cells[first + 1 :]]


def _text(cell: str) -> str:
    return cell if cell.strip() else ""
