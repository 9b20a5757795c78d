"""What is printed above and below the cells of an .ods (OpenDocument 1.3 Part 3, 16.9 and 16.10): page headers.

Each sheet has a table style, which names a master page of styles.xml, which holds the texts.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from xl_perf.files.xml_parts import Element, elements
from xl_perf.files.zip_package import Package
from xl_perf.saved.hidden_lines import stated_on_pages

_HAS_TEXT: Final = re.compile(rb"<style:(?:header|footer)[\s>-]")
_PLACES: Final = {
    "header": "页眉",
    "footer": "页脚",
    "header-left": "偶数页页眉",
    "footer-left": "偶数页页脚",
    "header-first": "首页页眉",
    "footer-first": "首页页脚",
}
_TABLE: Final = re.compile(rb"<table:table\s[^<>]*>")
_STYLE: Final = re.compile(rb"<style:style\s[^<>]*style:master-page-name\s*=[^<>]*>")
LARGEST: Final = 16 * 1024 * 1024
"""Bytes of styles that are looked at."""

Said = tuple[tuple[str, str], ...]


def page_texts(package: Package, content: bytes) -> Mapping[str, Said]:
    """The texts that may state a unit, by the name of the sheet."""
    styles = package.read("styles.xml") if "styles.xml" in package else b""
    if len(styles) > LARGEST or not _HAS_TEXT.search(styles):
        return {}
    by_page = {name: found for name, said in _pages(elements(styles)).items() if (found := stated_on_pages(said))}
    if not by_page:
        return {}
    page_of = {one.get_local("name"): one.get_local("master-page-name") for one in map(_alone, _STYLE.findall(content))}
    tables = [(one.get_local("name"), one.get_local("style-name")) for one in map(_alone, _TABLE.findall(content))]
    return {name: by_page[page] for name, style in tables if (page := page_of.get(style, "Default")) in by_page}


def _alone(tag: bytes) -> Element:
    """The element of a start tag."""
    return elements(tag.rstrip(b"/>") + b"/>")[0]


def _pages(found: Sequence[Element]) -> Mapping[str, list[tuple[str, str]]]:
    """Place and text of the page headers by the name of their master page; those that are not shown are left out."""
    pages: dict[str, list[tuple[str, str]]] = {}
    page = place = ""
    for one in found:
        if one.name == "master-page":
            page, place = one.get_local("name"), ""
            pages[page] = []
        elif page and one.name in _PLACES:
            place = "" if one.get_local("display") == "false" else _PLACES[one.name]
        elif page and place and one.text:
            pages[page].append((place, one.text))
    return pages
