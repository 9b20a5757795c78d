"""Marked copies: a workbook with the findings as notes on its cells, and everything else as it was, byte for byte.

The package's parts are patched, not re-saved: no library keeps all that Excel, WPS and add-ins put into a workbook.
"""

from collections.abc import Mapping, Sequence, Set
from itertools import chain
from typing import Final

from xl_perf.core.cells.grid import a1
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.files.guard import Refused
from xl_perf.files.ooxml_package import MAIN, OFFICE, relations, wanted_part, workbook_part
from xl_perf.files.xml_parts import elements
from xl_perf.files.zip_package import Package
from xl_perf.written.notes import drawing
from xl_perf.written.notes.archive import patched
from xl_perf.written.notes.comments import threads, with_notes, without_notes
from xl_perf.written.notes.parts import Changes
from xl_perf.written.notes.xml_edit import Editor, spans

SUFFIXES: Final = frozenset({".xlsx", ".xlsm"})
"""Formats that can be marked: their parts are XML."""
_COLOURS: Final = {Severity.ERROR: "#fde4e1", Severity.WARNING: "#fff4d6", Severity.HINT: "#e8f1fb"}
_BEHIND: Final = frozenset(
    {
        *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
        *("webPublishItems", "tableParts", "extLst", "AlternateContent"),
    }
)
"""Elements of a worksheet that stand behind legacyDrawing (ECMA-376 Part 1, 18.3.1.99)."""
_STRICT_MAIN: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_OFFICE: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"

Cells = dict[tuple[int, int], list[Finding]]


def marked(data: bytes, findings: Sequence[Finding], shown: str) -> bytes:
    """The workbook with a note on every cell that has findings; those of a sheet or of the book stand on A1.

    ``shown`` is the path for messages. Raises BookError for a package that cannot be patched.
    """
    try:
        package = Package(data)
        changes = Changes(package)
        sheets = _sheets(package)
        block = 1 + max(
            (drawing.highest_block(package.read(name)) for name in package if name.endswith(".vml")), default=0
        )
        by_sheet = _by_sheet(findings, list(sheets))
        for sheet, part in sheets.items():
            block = _mark_sheet(changes, part, by_sheet.get(sheet, {}), block)
        changes.mark()
        changes.finish()
        return patched(data, changes.changed, changes.added)
    except Refused as refused:
        raise refused.at(shown) from refused


def _sheets(package: Package) -> dict[str, str]:
    """The parts of the worksheets by their names, in their order."""
    workbook = workbook_part(package)
    targets = relations(package, workbook)
    pairs = ((element.get("name"), wanted_part(element, targets)) for element in elements(package.read(workbook)))
    return {name: part for name, part in pairs if part is not None}


def _by_sheet(findings: Sequence[Finding], sheets: Sequence[str]) -> dict[str, Cells]:
    found: dict[str, Cells] = {}
    for finding in findings:
        sheet = finding.sheet if finding.sheet in sheets else next(iter(sheets), None)
        if sheet is not None:
            placed = finding.sheet == sheet and finding.row is not None and finding.column is not None
            place = (finding.row or 0, finding.column or 0) if placed else (0, 0)
            found.setdefault(sheet, {}).setdefault(place, []).append(finding)
    return found


def _mark_sheet(changes: Changes, part: str, cells: Cells, block: int) -> int:
    """Puts the notes on a sheet, in place of those of an earlier marking.

    Gives the first block of shape ids that is still free.
    """
    targets = _targets(changes.package, part)
    comments = next((target for target, type_ in targets.values() if type_ == "comments"), None)
    there = None if comments is None else changes.read(comments)
    cells, notes = _notes(cells, set() if there is None else threads(there))
    if comments is not None and there is not None:
        before, there = there, without_notes(there, notes.keys())
        if there != before:
            changes.put(comments, there)
    if not notes:
        return block
    xml = changes.read(part)
    found = spans(xml)
    is_strict = _STRICT_MAIN in found[0].attributes.values()
    main, office = (_STRICT_MAIN, _STRICT_OFFICE) if is_strict else (MAIN, OFFICE)
    content, fresh = with_notes(there, notes, main)
    if comments is None:
        changes.relate(part, f"{office}/comments", changes.add_comments(content))
    else:
        changes.put(comments, content)
    boxes = [
        drawing.Box(*place, drawing.lines_of(notes[a1(*place)]), _colour(own))
        for place, own in cells.items()
        if a1(*place) in fresh
    ]
    legacy = next((span for span in found if span.local == "legacyDrawing" and span.depth == 1), None)
    if legacy is not None:
        identity = next(value for key, value in legacy.attributes.items() if key.rpartition(":")[2] == "id")
        target = targets[identity][0]
        shapes, last = drawing.extended_drawing(changes.read(target), boxes, block)
        changes.put(target, shapes)
        return last + 1
    shapes, last = drawing.new_drawing(boxes, block)
    identity = changes.relate(part, f"{office}/vmlDrawing", changes.add_drawing(shapes))
    edit = Editor(xml)
    behind = (span.start for span in found if span.depth == 1 and span.local in _BEHIND)
    element = f'<{found[0].prefix}legacyDrawing xmlns:r="{office}" r:id="{identity}"/>'
    edit.insert(next(behind, found[0].inner_end), element)
    changes.put(part, edit.result())
    return last + 1


def _targets(package: Package, part: str) -> Mapping[str, tuple[str, str]]:
    """What a sheet refers to; most refer to nothing."""
    folder, _, name = part.rpartition("/")
    return relations(package, part) if f"{folder}/_rels/{name}.rels" in package else {}


def _notes(cells: Cells, threaded: Set[str]) -> tuple[Cells, dict[str, str]]:
    """The cells with their findings, and their notes by name.

    Excel shows a conversation in place of the cell's note: what is found there stands on A1 too.
    """
    notes = {a1(*place): _note(own) for place, own in cells.items()}
    hidden = {name: own for place, own in cells.items() if (name := a1(*place)) in threaded}
    if hidden and "A1" not in threaded:
        told = [f"{name}（那里已有批注会话）：\n{_note(own)}" for name, own in hidden.items()]
        notes["A1"] = "\n\n".join([*([notes["A1"]] if "A1" in notes else []), *told])
        cells = {**cells, (0, 0): [*cells.get((0, 0), []), *chain.from_iterable(hidden.values())]}
    return cells, notes


def _colour(findings: Sequence[Finding]) -> str:
    """By the gravest of the findings that are still open."""
    severities = [finding.severity for finding in findings if finding.severity and not finding.accepted]
    return _COLOURS[min(severities, key=lambda severity: severity.rank, default=Severity.HINT)]


def _note(findings: Sequence[Finding]) -> str:
    return "\n\n".join(map(_said, findings))


def _said(finding: Finding) -> str:
    """A finding as the note says it."""
    severity = finding.severity.label if finding.severity else ""
    lines = [f"【{severity} {finding.code}】{finding.message}。"]
    more: Mapping[str, str | None] = {"应为": finding.expected, "差额": finding.difference}
    lines += [f"{label}：{value}" for label, value in more.items() if value]
    if finding.accepted:
        lines.append(f"已由{finding.accepted.by}接受：{finding.accepted.reason}")
    else:
        lines.append(f"怎样改：{finding.remedy}。")
    return "\n".join(lines)
