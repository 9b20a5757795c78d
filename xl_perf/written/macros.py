"""Puts what macros/ holds into a workbook: the VBA project and the ribbon.

The project is made by pyOpenVBA: a document module for the workbook and for each sheet, XlPerf and Ribbon, and
xlwings' own modules, which are taken from the installed xlwings. The same workbook gives the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from xl_perf.core.actions import DICTIONARY_MODULE, XLWINGS_MODULE
from xl_perf.files import temporary
from xl_perf.written.vba_cache import without_cache

MODULES: Final = ("XlPerf", "Ribbon")
BOOK_MODULE: Final = "ThisWorkbook"
ADDIN_NAME: Final = "xl_perf.xlam"
"""The add-in's file; Ribbon.bas looks for it under this name."""

_NAME_IN_COMMAND: Final = re.compile(r'" --wb=" & """" & \w+\.Name & """ --from_xl=1"')
_RIBBON_PART: Final = "customUI/customUI14.xml"
_PROJECT_PART: Final = "xl/vbaProject.bin"
_RIBBON_TYPE: Final = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_PLAIN_BOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_BOOK: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_BOOK: Final = "application/vnd.ms-excel.addin.macroEnabled.main+xml"


def add_macros(workbook: bytes, *, addin: bool = False) -> bytes:
    """The macro-free workbook (.xlsx, as XlsxWriter writes it) as a workbook with macros, or as an add-in.

    An add-in gets xlwings' module for add-ins, which hands over the active workbook, not the one with the macros.
    """
    return _packed(_with_project(workbook, addin), _ADDIN_BOOK if addin else _MACRO_BOOK)


@cache
def source(name: str) -> str:
    """The text of a file of macros/, with line feeds. FileNotFoundError if there is none of that name."""
    return (_folder() / name).read_text("utf-8")


def _folder() -> Traversable:
    """Inside the package where it is installed from a wheel, else beside it."""
    inside = files("xl_perf") / "macros"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "macros"


@cache
def xlwings_sources(*, addin: bool) -> Mapping[str, str]:
    """xlwings' modules by name. Its own import takes half a second and is not needed for that.

    Raises ValueError if xlwings starts programs differently one day.
    """
    package = find_spec("xlwings")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("xlwings")
    folder = Path(package.submodule_search_locations[0])
    module = (folder / ("xlwings_custom_addin.bas" if addin else "xlwings.bas")).read_text("utf-8")
    # A custom add-in keeps settings under a name of its own; ours shares those of the template.
    module = module.replace('PROJECT_NAME As String = "myaddin"', 'PROJECT_NAME As String = "xlwings"')
    # cmd would put values in for the %NAMES% of a workbook's name: XlPerf hands it over in a variable.
    module, found = _NAME_IN_COMMAND.subn('" --from_xl=1"', module)
    if found != 1:
        raise ValueError(f"{XLWINGS_MODULE}: --wb=")
    return {
        XLWINGS_MODULE: module,
        DICTIONARY_MODULE: (folder / "addin" / "Dictionary.cls").read_text("utf-8"),
    }


def _with_project(workbook: bytes, addin: bool) -> bytes:
    from pyopenvba import ExcelFile, VBAModuleKind

    with temporary.folder("macros") as folder:
        path = folder / "workbook.xlsm"  # pyOpenVBA goes by the name
        path.write_bytes(workbook)
        with ExcelFile(path) as book:
            project = book.add_vba_project()
            project.get_module(BOOK_MODULE).body = _dos_lines(source(f"{BOOK_MODULE}.cls"))
            for name in MODULES:
                project.add_module(name, _dos_lines(source(f"{name}.bas")))
            for name, text in xlwings_sources(addin=addin).items():
                kind = VBAModuleKind.other if name == DICTIONARY_MODULE else VBAModuleKind.standard
                project.add_module(name, _dos_lines(text), kind=kind)
            book.save()
        return path.read_bytes()


def _dos_lines(text: str) -> str:
    return text.replace("\n", "\r\n")


# --- the package -----------------------------------------------------------------------------------------------------


def _packed(workbook: bytes, content_type: str) -> bytes:
    """The workbook with its content type and the ribbon, zipped anew without times."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    _edit(parts, "[Content_Types].xml", _PLAIN_BOOK, content_type)
    relation = f'<Relationship Id="rIdRibbon" Type="{_RIBBON_TYPE}" Target="{_RIBBON_PART}"/></Relationships>'
    _edit(parts, "_rels/.rels", "</Relationships>", relation)
    parts[_PROJECT_PART] = without_cache(parts[_PROJECT_PART])
    parts[_RIBBON_PART] = source("ribbon.xml").encode("utf-8")
    for name, part in list(parts.items()):
        if name.startswith("xl/drawings/vmlDrawing") and b'ObjectType="Button"' in part:
            _edit(parts, name, 'face="Calibri" size="220"', 'face="宋体" size="200"')
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return packed.getvalue()


def _edit(parts: dict[str, bytes], name: str, old: str, new: str) -> None:
    """Replaces in a part; ValueError if XlsxWriter writes it differently one day."""
    before = parts[name].decode("utf-8")
    if old not in before:
        raise ValueError(f"{name}: {old}")
    parts[name] = before.replace(old, new).encode("utf-8")
