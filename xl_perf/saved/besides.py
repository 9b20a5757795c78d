"""What a workbook's file holds beside cells and what `carried` names: people's names, comments, pictures and the like.

It is named, and nothing of it is repeated but its place: neither a person's name nor what a comment says.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import Final

from xl_perf.files.compound_file import Compound
from xl_perf.files.default_password import opened_by_default
from xl_perf.files.guard import COMPOUND_START, ZIP_START, Refused
from xl_perf.files.ooxml_package import relations, workbook_part
from xl_perf.files.xml_parts import Element, elements
from xl_perf.files.zip_package import Package
from xl_perf.saved.attached import OWN_NOTE

_RIBBON: Final = "功能区定制"
_PARTS: Final = (
    # ECMA-376 Part 1, 15.2.14 and 15.2.4; [MS-CUSTOMUI]
    (r"xl/media/.*", "图片 {} 张"),
    (r"customui/.*\.xml", _RIBBON),
    (r"customxml/item\d*\.xml", "自定义 XML 数据 {} 份"),
)
_PEOPLE: Final = (
    # ECMA-376 Part 2, 8.3; Part 1, 15.2.12.3
    ("docprops/core.xml", r"<(?:\w+:)?creator\b[^>]*>\s*(?!xl-perf\s*<)[^<\s]", "作者"),
    ("docprops/core.xml", r"<(?:\w+:)?lastModifiedBy\b[^>]*>\s*(?!xl-perf\s*<)[^<\s]", "最后修改者"),
    ("docprops/app.xml", r"<(?:\w+:)?(?:Manager|Company)\b[^>]*>\s*[^<\s]", "单位和主管"),
    # OpenDocument 1.3 Part 3, 4.3.2
    ("meta.xml", r"<meta:initial-creator\b[^>]*>\s*(?!xl-perf\s*<)[^<\s]", "作者"),
    ("meta.xml", r"<dc:creator\b[^>]*>\s*(?!xl-perf\s*<)[^<\s]", "最后修改者"),
)
_OURS: Final = re.compile(r"<(?:\w+:)?creator\b[^>]*>\s*xl-perf\s*<")
_OWN_RIBBON: Final = re.compile(r'<tab\b[^>]*\bid="XlPerfTab"')
_MOST: Final = 10
"""Places that a sentence names."""


def besides(data: bytes) -> list[str]:
    """What else the file holds, each in a few Chinese words; of what cannot be looked into it says that."""
    try:
        if data.startswith(COMPOUND_START):
            compound = Compound(data)
            package = opened_by_default(compound) if "EncryptedPackage" in compound else None
            return list(_in_compound(compound)) if package is None else besides(package)
        return list(_in_package(Package(data))) if data.startswith(ZIP_START) else []
    except Refused:
        return ["文件里有读不出的部分"]


def _in_package(package: Package) -> Iterator[str]:
    is_ours = "docprops/core.xml" in package and _OURS.search(_text(package, "docprops/core.xml")) is not None
    for pattern, words in _PARTS:
        if words == _RIBBON and _has_own_ribbon(package):
            continue
        number = sum(re.fullmatch(pattern, name) is not None for name in package)
        if number:
            yield words.format(number)
    people = dict.fromkeys(
        words
        for name, pattern, words in _PEOPLE
        if name in package and re.search(pattern, _text(package, name)) and not (is_ours and words == "单位和主管")
    )
    if people:
        yield f"文件属性里的{'、'.join(people)}"
    yield from _in_opendocument(package) if "content.xml" in package else _hyperlinks(package)
    yield from _comments(package)


def _text(package: Package, name: str) -> str:
    return package.read(name).decode("utf-8", "replace")


# --- Excel's packages ------------------------------------------------------------------------------------------


def _hyperlinks(package: Package) -> Iterator[str]:
    number = sum(
        one.get("Type").endswith("/hyperlink") and one.get("TargetMode") == "External"
        for name in package
        if re.fullmatch(r"xl/worksheets/_rels/[^/]+\.rels", name)
        for one in _relations(package, name)
    )
    if number:
        yield f"超链接 {number} 处"


def _relations(package: Package, name: str) -> list[Element]:
    found = elements(package.read(name)) if name in package else ()
    return [one for one in found if one.name == "Relationship"]


def _comments(package: Package) -> Iterator[str]:
    """People's comments by sheet; notes of ours are none."""
    places: list[str] = []
    unplaced = 0
    sheet_of = _sheets_of_comments(package)
    for name in package:
        if not re.fullmatch(r"xl/(?:worksheets/)?comments?(?:/comment)?\d*\.(?:xml|bin)", name):
            continue
        if name.endswith(".bin"):
            unplaced += 1
            continue
        sheet = sheet_of.get(name, "")
        cell, said = "", ""
        for one in [*elements(package.read(name)), None]:
            if one is None or one.name == "comment":
                if cell and not OWN_NOTE.match(said.strip()):
                    places.append(f"{sheet}!{cell}" if sheet else cell)
                cell, said = ("", "") if one is None else (one.get("ref"), "")
            elif one.name == "t":
                said += one.text
    if places:
        yield f"批注 {len(places)} 处（{_named(places)}）"
    if unplaced:
        yield f"{unplaced} 张工作表上的批注"


def _sheets_of_comments(package: Package) -> dict[str, str]:
    """The sheets' names by the parts that hold their comments."""
    try:
        workbook = workbook_part(package)
        targets = relations(package, workbook)
        if not workbook.endswith(".xml"):
            return {}
        found = {}
        for one in elements(package.read(workbook)):
            part, _ = targets.get(one.get_local("id"), ("", "")) if one.name == "sheet" else ("", "")
            rels = posixpath.join(posixpath.dirname(part), "_rels", f"{posixpath.basename(part)}.rels")
            if part and rels in package:
                for target, type_ in relations(package, part).values():
                    if type_ == "comments":
                        found[target] = one.get("name")
        return found
    except Refused:
        return {}


# --- OpenDocument and older formats ----------------------------------------------------------------------------


def _in_opendocument(package: Package) -> Iterator[str]:
    content = package.read("content.xml")
    counted = (
        (content.count(b"<office:annotation ") + content.count(b"<office:annotation>"), "批注 {} 处"),
        (content.count(b"<draw:image"), "图片 {} 张"),
        (content.count(b"<text:a "), "超链接 {} 处"),
    )
    for number, words in counted:
        if number:
            yield words.format(number)


def _in_compound(compound: Compound) -> Iterator[str]:
    """Of .xls and .et ([MS-XLS] 2.1): properties have a stream of their own, the rest stands in that of the cells."""
    if "\x05SummaryInformation" in compound:
        yield "文件属性里的作者、最后修改者"
    yield "这种格式里的批注、图片和超链接（有的话）"


def _named(places: Sequence[str]) -> str:
    named = [*dict.fromkeys(places)]
    return "、".join(named[:_MOST]) + (" 等" if len(named) > _MOST else "")


def _has_own_ribbon(package: Package) -> bool:
    """No ribbon but the one of our buttons, which call Subs of ours."""
    parts = [_text(package, name) for name in package if re.fullmatch(r"customui/.*\.xml", name)]
    return bool(parts) and all(_OWN_RIBBON.search(part) for part in parts)
