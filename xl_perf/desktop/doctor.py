"""Everything that may stand in the way of a button, in the order in which a person would mend it."""

from collections.abc import Iterator, Sequence

from xl_perf.desktop import file_checks, policy_checks, program_checks
from xl_perf.desktop.items import BookFacts, Item, Versions
from xl_perf.desktop.places import Places
from xl_perf.desktop.system import System


def diagnose(
    system: System,
    places: Places | None,
    installed: Sequence[BookFacts],
    named: Sequence[BookFacts],
    versions: Versions,
) -> Iterator[Item]:
    """All items. ``places`` is None where Excel has none; ``installed`` are add-in and template, ``named`` workbooks
    that somebody asks about.
    """
    yield program_checks.excel_item(system)
    yield from program_checks.program_items(system)
    yield program_checks.xlwings_item(versions)
    if system.name == "linux":
        yield program_checks.libreoffice_item(system)
    if places is not None:
        yield from program_checks.settings_items(system, places)
        yield from file_checks.installed_items(system, installed, versions)
        if places.scripts is not None:
            yield from file_checks.script_items(places.scripts, versions)
    if system.name == "windows":
        yield program_checks.code_page_item(system)
        yield from policy_checks.registry_items(system)
    yield from file_checks.workbook_items(system, named, versions)
