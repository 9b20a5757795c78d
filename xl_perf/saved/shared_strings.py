"""The shared strings of a workbook (ECMA-376 Part 1, 18.4.8), gone through where it matters which are empty."""

from xl_perf.files.guard import damaged
from xl_perf.files.xml_parts import local, refuse_doctype


def blank_strings(xml: bytes) -> frozenset[int]:
    """The numbers of those in which nobody sees anything. Raises Refused (damaged)."""
    import pyexpat

    blank: list[int] = []
    number = 0
    pieces: list[str] = []
    inside: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        inside.append(local(name))
        if inside[-1] == "si":
            pieces.clear()

    def end(_: str) -> None:
        nonlocal number
        if inside.pop() == "si":
            if not "".join(pieces).strip():
                blank.append(number)
            number += 1

    def characters(text: str) -> None:
        if inside[-1] == "t" and "rPh" not in inside:
            pieces.append(text)

    parser = pyexpat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        if xml:
            parser.Parse(xml, True)
    except pyexpat.ExpatError:
        raise damaged("XML") from None
    return frozenset(blank)
