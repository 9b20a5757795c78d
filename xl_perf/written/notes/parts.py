"""The parts of a workbook's package that change when notes come in: links between parts, content types, property."""

import posixpath
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import quoteattr
from zlib import crc32

from xl_perf.files.ooxml_package import OFFICE, PACKAGE, relations
from xl_perf.files.own_files import KIND_PROPERTY, MARK_PROPERTY, MARKED
from xl_perf.files.own_properties import fingerprint, written_property
from xl_perf.files.xml_parts import elements
from xl_perf.files.zip_package import Package
from xl_perf.written.notes.xml_edit import Editor, spans

CONTENT_TYPES: Final = "[content_types].xml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_COMMENTS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_RELS: Final = "application/vnd.openxmlformats-package.relationships+xml"
_CUSTOM: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_MAIN: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"


class Changes:
    """Contents that differ from the package's: ``changed`` by the package's names, ``added`` by the names to write."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.changed: dict[str, bytes] = {}
        self.added: dict[str, bytes] = {}
        self._overrides: list[tuple[str, str]] = []
        self._has_vml = False
        self._declared: set[str] | None = None

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
        while (name := pattern.format(number)).lower() in self.package or name in self.added or self._is_declared(name):
            number += 1
        return name

    def _is_declared(self, name: str) -> bool:
        """A content type is declared for a part of that name, though there is none: some programs leave such behind."""
        if self._declared is None:
            found = elements(self.package.read(CONTENT_TYPES))
            self._declared = {one.get("PartName").lower() for one in found if one.name == "Override"}
        return f"/{name}".lower() in self._declared

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

    def mark(self) -> None:
        """Writes the properties by which xl-perf knows a marked copy, and whether it was saved since; others stay.

        Comes after every change of a sheet: it says what the parts are like now.
        """
        values = {KIND_PROPERTY: MARKED, MARK_PROPERTY: fingerprint(self._checksums())}
        existing = [target for target, type_ in relations(self.package, "").values() if type_ == "custom-properties"]
        if not existing:
            name = "docProps/custom.xml"
            written = "".join(written_property(*pair, number) for number, pair in enumerate(values.items(), 2))
            self.added[name] = f'{_HEAD}<Properties xmlns="{_CUSTOM_MAIN}">{written}</Properties>'.encode()
            self._overrides.append((f"/{name}", _CUSTOM))
            self.relate("", "custom-properties", name)
            return
        content = self.read(existing[0])
        found = spans(content)
        edit = Editor(content)
        own = {span.attributes.get("name"): span for span in found if span.local == "property"}
        numbers = [int(pid) for span in own.values() if (pid := span.attributes.get("pid", "")).isdigit()]
        number, more = max(numbers, default=1), ""
        for name, value in values.items():
            there = own.get(name)
            if there is None:
                number += 1
                more += written_property(name, value, number, found[0].prefix)
            else:
                its_number = int(there.attributes.get("pid", "2"))
                edit.replace(there.start, there.end, written_property(name, value, its_number, there.prefix))
        if more:
            edit.append_in(found[0], more)
        self.put(existing[0], edit.result())

    def _checksums(self) -> Iterator[tuple[str, int, int]]:
        """Name, CRC-32 and length of every part as it is now."""
        new = {**self.changed, **{name.lower(): content for name, content in self.added.items()}}
        for name in self.package:
            if name not in new:
                yield name, *self.package.checksum(name)
        for name, content in new.items():
            yield name, crc32(content), len(content)

    def finish(self) -> None:
        """Declares the content types of what was added."""
        content = self.read(CONTENT_TYPES)
        found = spans(content)
        prefix, edit = found[0].prefix, Editor(content)
        known = {span.attributes.get("Extension", "").lower() for span in found if span.local == "Default"}
        wanted = {"vml": _VML} if self._has_vml else {}
        if any(name.endswith(".rels") for name in self.added):
            wanted["rels"] = _RELS
        new = [f'<{prefix}Default Extension="{end}" ContentType="{wanted[end]}"/>' for end in wanted.keys() - known]
        if new:
            edit.insert(found[0].inner, "".join(sorted(new)))
        there = {span.attributes.get("PartName", "").lower(): span for span in found if span.local == "Override"}
        for name, kind in self._overrides:
            override = f'<{prefix}Override PartName="{name}" ContentType="{kind}"/>'
            span = there.get(name.lower())  # of a part that was not there until now
            if span is None:
                edit.append_in(found[0], override)
            else:
                edit.replace(span.start, span.end, override)
        self.put(CONTENT_TYPES, edit.result())
