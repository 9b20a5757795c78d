"""Marked copies of packages whose content types are unusual, though valid."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.departments import parts
from tests.samples import finding
from tests.validator import Validator
from tests.workbooks import zipped
from xl_perf.files.inputs import own_kind
from xl_perf.written.marked_copy import marked

EXAMPLE = Path(__file__).resolve().parents[2] / "workbooks" / "example-2023.xlsx"
TYPES = "[Content_Types].xml"
RELS = "application/vnd.openxmlformats-package.relationships+xml"
OVERRIDE = '<Override PartName="/{}" ContentType="application/vnd.openxmlformats-{}+xml"/>'

Content = dict[str, bytes]


def without_default(content: Content) -> None:
    """Every part of relations is declared by itself."""
    types = re.sub(rb'<Default Extension="rels"[^>]*/>', b"", content[TYPES])
    own = "".join(OVERRIDE.format(name, "package.relationships") for name in content if name.endswith(".rels"))
    content[TYPES] = types.replace(b"</Types>", own.encode() + b"</Types>")


def with_absent_parts(content: Content) -> None:
    """What is declared and not there: comments, a drawing, our own properties."""
    del content["docProps/custom.xml"]
    content["_rels/.rels"] = re.sub(rb"<Relationship [^>]*custom-properties[^>]*/>", b"", content["_rels/.rels"])
    absent = OVERRIDE.format("xl/Comments1.xml", "officedocument.spreadsheetml.comments")
    absent += '<Override PartName="/xl/drawings/vmlDrawing1.vml" ContentType="application/octet-stream"/>'
    content[TYPES] = content[TYPES].replace(b"</Types>", absent.encode() + b"</Types>")


@pytest.mark.parametrize("change", [without_default, with_absent_parts])
def test_marked_copies_of_unusual_packages(
    validator: Validator, change: Callable[[Content], None], tmp_path: Path
) -> None:
    content = parts(EXAMPLE)
    change(content)
    book, copy = tmp_path / "本.xlsx", tmp_path / "标注.xlsx"
    book.write_bytes(zipped(content))
    assert validator.errors(book) == []
    findings = [finding(), finding(sheet="首页"), finding(sheet="02")]
    copy.write_bytes(marked(book.read_bytes(), findings, "本.xlsx"))
    assert validator.errors(copy) == []
    assert own_kind(copy) == "marked"
    again = tmp_path / "再.xlsx"
    again.write_bytes(marked(copy.read_bytes(), findings, "本.xlsx"))
    assert validator.errors(again) == []
