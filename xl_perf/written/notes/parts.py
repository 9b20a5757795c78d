"""The parts of a workbook's package that change when notes come in: links between parts, content types, property."""

import posixpath
from typing import Final
from xml.sax.saxutils import quoteattr

from xl_perf.files.ooxml_package import OFFICE, PACKAGE, relations
from xl_perf.files.own_files import KIND_PROPERTY
from xl_perf.files.zip_package import Package
from xl_perf.written.notes.xml_edit import Editor, spans

CONTENT_TYPES: Final = "[content_types].xml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_COMMENTS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_CUSTOM: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_MAIN: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


class Changes:
    """Contents that differ from the package's: ``changed`` by the package's names, ``added`` by the names to write."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.changed: dict[str, bytes] = {}
        self.added: dict[str, bytes] = {}
        self._overrides: list[tuple[str, str]] = []
        self._has_vml = False

    def read(self, name: str) -> bytes:
        """A part as it is now."""
        return self.changed.get(name) or self.package.read(name)

    def put(self, name: str, content: bytes) -> None:
        """Changes a part."""
        self.changed[name] = content

    def add_comments(self, content: bytes) -> str:
        """A new comments part; gives its name."""
        name = self._free("xl/comments{}.xml")
        self.added[name] = content
        self._overrides.append((f"/{name}", _COMMENTS))
        return name

    def add_drawing(self, content: bytes) -> str:
        """A new VML drawing; gives its name."""
        name = self._free("xl/drawings/vmlDrawing{}.vml")
        self.added[name] = content
        self._has_vml = True
        return name

    def _free(self, pattern: str) -> str:
        number = 1
        while (name := pattern.format(number)).lower() in self.package or name in self.added:
            number += 1
        return name

    def relate(self, part: str, kind: str, target: str) -> str:
        """A relation from a part (``""`` for the package) to a new one; gives its id."""
        folder, own = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{own}.rels")
        base = kind if "//" in kind else f"{OFFICE}/{kind}"
        pending = name in self.added
        if name not in self.package and not pending:
            self.added[name] = f'{_HEAD}<Relationships xmlns="{PACKAGE}"/>'.encode()
            pending = True
        content = self.added[name] if pending else self.read(name)
        found = spans(content)
        taken = {span.attributes.get("Id") for span in found}
        number = 1
        while (identity := f"rIdNote{number}") in taken:
            number += 1
        edit = Editor(content)
        edit.append_in(
            found[0], f'<{found[0].prefix}Relationship Id="{identity}" Type="{base}" Target={quoteattr("/" + target)}/>'
        )
        if pending:
            self.added[name] = edit.result()
        else:
            self.put(name, edit.result())
        return identity

    def set_kind(self, kind: str) -> None:
        """Writes the document property by which xl-perf knows its own files; every other property stays."""
        existing = [target for target, type_ in relations(self.package, "").values() if type_ == "custom-properties"]
        if not existing:
            name = "docProps/custom.xml"
            self.added[name] = f'{_HEAD}<Properties xmlns="{_CUSTOM_MAIN}">{_property(kind, 2)}</Properties>'.encode()
            self._overrides.append((f"/{name}", _CUSTOM))
            self.relate("", "custom-properties", name)
            return
        content = self.read(existing[0])
        found = spans(content)
        edit = Editor(content)
        properties = [span for span in found if span.local == "property"]
        own = next((span for span in properties if span.attributes.get("name") == KIND_PROPERTY), None)
        numbers = [int(span.attributes["pid"]) for span in properties if span.attributes.get("pid", "").isdigit()]
        if own is None:
            edit.append_in(found[0], _property(kind, max(numbers, default=1) + 1, found[0].prefix))
        else:
            edit.replace(own.start, own.end, _property(kind, int(own.attributes.get("pid", "2")), own.prefix))
        self.put(existing[0], edit.result())

    def finish(self) -> None:
        """Declares the content types of what was added."""
        content = self.read(CONTENT_TYPES)
        found = spans(content)
        prefix, edit = found[0].prefix, Editor(content)
        known = {span.attributes.get("Extension", "").lower() for span in found if span.local == "Default"}
        if self._has_vml and "vml" not in known:
            edit.insert(found[0].inner, f'<{prefix}Default Extension="vml" ContentType="{_VML}"/>')
        for name, kind in self._overrides:
            edit.append_in(found[0], f'<{prefix}Override PartName="{name}" ContentType="{kind}"/>')
        self.put(CONTENT_TYPES, edit.result())


def _property(kind: str, number: int, prefix: str = "") -> str:
    return (
        f'<{prefix}property fmtid="{_FORMAT_ID}" pid="{number}" name="{KIND_PROPERTY}">'
        f'<vt:lpwstr xmlns:vt="{_TYPES}">{kind}</vt:lpwstr></{prefix}property>'
    )
