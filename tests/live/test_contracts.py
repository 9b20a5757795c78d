"""What the live code may rely on, whoever holds the book: one table, the same on every engine.

The answers are those of xlwings on Excel for Windows.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.live.protection import is_visible, set_very_hidden

if TYPE_CHECKING:
    import xlwings

pytestmark = office


def hidden(book: "xlwings.Book") -> int:
    book.sheets["说明"].visible = False
    return int(book.sheets["说明"].visible)


def shown_again(book: "xlwings.Book") -> int:
    set_very_hidden(book.sheets["说明"])
    book.sheets["说明"].visible = True
    return int(book.sheets["说明"].visible)


def is_seen_when_very_hidden(book: "xlwings.Book") -> bool:
    set_very_hidden(book.sheets["说明"])
    return is_visible(book.sheets["说明"])


def written(content: Any, number_format: str = "General") -> Callable[["xlwings.Book"], Any]:
    """What a free cell gives after something was written into it."""

    def ask(book: "xlwings.Book") -> Any:
        cell = book.sheets["字典"].range("Z99")
        cell.number_format = number_format
        cell.value = content
        return cell.options(err_to_str=True).value

    return ask


def formula_of(content: Any) -> Callable[["xlwings.Book"], Any]:
    def ask(book: "xlwings.Book") -> Any:
        cell = book.sheets["字典"].range("Z99")
        cell.value = content
        return cell.formula

    return ask


CONTRACTS: Final[dict[str, tuple[Callable[["xlwings.Book"], Any], Any]]] = {
    "a visible sheet": (lambda book: book.sheets["01"].visible, -1),
    "a hidden sheet": (hidden, 0),
    "a sheet that was very hidden": (shown_again, -1),
    "a very hidden sheet is not seen": (is_seen_when_very_hidden, False),
    "an address": (lambda book: book.sheets["01"].range((3, 3), (4, 5)).address, "$C$3:$E$4"),
    "one cell's address": (lambda book: book.sheets["01"].range((3, 3)).address, "$C$3"),
    "a merged area": (lambda book: book.sheets["01"].range("A1").merge_area.shape, (1, 7)),
    "no fill": (lambda book: book.sheets["字典"].range("Z99").color, None),
    "a fill": (lambda book: book.sheets["01"].range("B2").color, (0xFF, 0xFD, 0xF0)),
    "no note": (lambda book: book.sheets["01"].range("B2").note, None),
    "a number format": (lambda book: book.sheets["01"].range("C3").number_format, 'General"万元"'),
    "a blank cell": (written(None), None),
    "a number": (written(1.25), 1.25),
    "a text": (written("道路"), "道路"),
    "a text that is a number": (written("007"), 7.0),
    "such a text in a cell for texts": (written("007", "@"), "007"),
    "a formula": (written("=1/4"), 0.25),
    "an error": (written("=1/0"), "#DIV/0!"),
    "a truth value": (written(True), True),
    "an amount as money": (written(161.93456789, "¥#,##0.00"), 161.93456789),
    "the formula of a formula": (formula_of("=1/4"), "=1/4"),
    "the formula of a number": (formula_of(2.5), "2.5"),
    "the formula of a blank": (formula_of(None), ""),
    "a name of the book": (lambda book: book.names.contains("没有"), False),
}


def test_contracts(example: Desk) -> None:
    """All of them on one book; what differs is named."""
    sheet = example.book.sheets["字典"]
    if sheet.api.ProtectContents:
        sheet.api.Unprotect("")
    found = {what: ask(example.book) for what, (ask, _) in CONTRACTS.items()}
    expected = {what: answer for what, (_, answer) in CONTRACTS.items()}
    assert {what: (type(one), one) for what, one in found.items()} == {
        what: (type(one), one) for what, one in expected.items()
    }
