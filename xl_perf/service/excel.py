"""The use cases around the user's Excel: install, uninstall, find out what stands in the way.

Template and add-in are built when they are installed, by what builds them for `xl-perf template`: nothing is shipped,
and the xlwings module in them is that of the installed xlwings.
"""

import io
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from xl_perf.core.errors import BookError, XlPerfError
from xl_perf.core.forms.learned import named_form
from xl_perf.core.making.merging import merge
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import TEMPLATE_VERSION
from xl_perf.desktop import doctor, installing
from xl_perf.desktop.file_checks import script_name
from xl_perf.desktop.installing import Piece, Step
from xl_perf.desktop.items import BookFacts, Item, Versions
from xl_perf.desktop.places import NotHere, Places, places_of
from xl_perf.desktop.send_to import send_to_entry
from xl_perf.desktop.system import System, this_system


def install(profile: Profile, system: System | None = None) -> list[Step]:
    """Installs add-in, template, settings and the Send To entry for this user.

    Raises `NotHere` where there is no Excel, `OutputError` where a place is taken by somebody else's file or cannot be
    written; then nothing was begun, or what was done is recorded and can be taken away.
    """
    system = system or this_system()
    places = places_of(system)
    return installing.install(system, places, _pieces(system, places, profile))


def uninstall(system: System | None = None) -> list[Step]:
    """Takes away what `install` put there, and nothing else. Empty where nothing was installed."""
    system = system or this_system()
    return installing.uninstall(system, places_of(system))


def diagnose(books: Sequence[str] = (), system: System | None = None) -> list[Item]:
    """What stands in the way of the buttons, and what does not; workbooks that are named are looked at too.

    Raises `BookError` for a named workbook that is not there.
    """
    system = system or this_system()
    named = [_named_facts(Path(book)) for book in books]
    try:
        places = places_of(system)
    except NotHere:
        places = None
    installed = []
    if places is not None:
        installed = [_facts("加载项", places.addin), _facts("模板", places.template)]
    return list(doctor.diagnose(system, places, installed, named, _versions()))


def _pieces(system: System, places: Places, profile: Profile) -> list[Piece]:
    template, addin = _build(profile)
    pieces = [
        Piece("加载项", places.addin, addin),
        # Read-only: Excel then asks for a name, and nobody's figures end up in the template.
        Piece("模板", places.template, template, read_only=True),
    ]
    if places.send_to is not None:
        pieces.append(Piece("右键“发送到”", places.send_to, send_to_entry(system)))
    if places.scripts is not None:
        name = script_name(_versions().xlwings)
        pieces.append(Piece("AppleScript", places.scripts / name, _xlwings_file(name), shared=True))
    return pieces


def _build(profile: Profile) -> tuple[bytes, bytes]:
    """Template (.xlsm) and add-in (.xlam)."""
    from xl_perf.written.template import write_addin, write_department

    template, addin = io.BytesIO(), io.BytesIO()
    write_department(template, merge([]), profile, kind=profile.first_kind, macros=True)
    write_addin(addin)
    return template.getvalue(), addin.getvalue()


def _xlwings_file(name: str) -> bytes:
    """A file of the installed xlwings, which is not imported for that."""
    found = find_spec("xlwings")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("xlwings")
    return (Path(found.submodule_search_locations[0]) / name).read_bytes()


def _versions() -> Versions:
    try:
        return Versions(version("xlwings"), TEMPLATE_VERSION)
    except PackageNotFoundError:
        return Versions("", TEMPLATE_VERSION)


def _facts(what: str, path: Path) -> BookFacts:
    """What a file tells; one that is not there, or cannot be read, says that."""
    from xl_perf.files.saved_by import saved_by_libreoffice
    from xl_perf.service.origin import origin_of

    try:
        origin = origin_of(path)
    except BookError as error:
        return BookFacts(what, path, there=error.kind != "missing", problem=error)
    return BookFacts(
        what,
        path,
        macros=origin.has_macros,
        xlwings=origin.xlwings,
        version=origin.version,
        from_libreoffice=saved_by_libreoffice(path),
    )


def _named_facts(path: Path) -> BookFacts:
    from xl_perf.files.guard import unreachable

    try:
        path.stat()
    except (OSError, ValueError) as error:
        raise unreachable(error, path, str(path)) from error
    facts = _facts(path.name, path)
    if facts.problem:
        return facts
    forms, remedy = _forms_in(path)
    return facts._replace(forms=forms, forms_remedy=remedy)


def _forms_in(path: Path) -> tuple[str, str]:
    """The kinds of form in a workbook, with the year from which an office's own holds; empty where none is read.

    And what to do where that cannot be told: a 样表 beside it cannot be used.
    """
    from xl_perf.service.checking import read_guarded

    try:
        department = read_guarded(path, None, str(path))
    except XlPerfError as error:
        return f"没有读出来：{error.message}", error.remedy or "请改好它再试"
    forms = [*(project.kind for project in department.projects), *(blank.kind for blank in department.blank_forms)]
    return "、".join(dict.fromkeys(map(named_form, forms))), ""
