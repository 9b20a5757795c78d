"""Menu and toolbar of the office: LibreOffice finds the macro of every button, whatever the button is called."""

from typing import TYPE_CHECKING

import pytest

from xl_perf.core.actions import ACTIONS
from xl_perf.engines.libreoffice import toolbar
from xl_perf.engines.libreoffice.toolbar import Entry

if TYPE_CHECKING:
    import xlwings

HARD = ("compare", "base", "option", "for", "sub")
"""Words of Basic."""


@pytest.fixture
def provider(office_app: "xlwings.App") -> object:
    context = office_app.impl.context
    create = context.ServiceManager.createInstanceWithContext
    libraries = create("com.sun.star.script.ApplicationScriptLibraryContainer", context)
    if libraries.hasByName(toolbar._LIBRARY):
        libraries.removeLibrary(toolbar._LIBRARY)
    entries = [Entry(name, name) for name in (*(action.name for action in ACTIONS), *HARD)]
    toolbar.install_macros(libraries, entries, "XL_PERF_NOTHING")
    factory = context.getValueByName("/singletons/com.sun.star.script.provider.theMasterScriptProviderFactory")
    return factory.createScriptProvider("")


@pytest.mark.parametrize("name", [*(action.name for action in ACTIONS), *HARD])
def test_the_macro_of_a_button_is_found(provider: object, name: str) -> None:
    """Where one macro of the module is no Basic, LibreOffice finds none."""
    assert provider.getScript(toolbar.script(name)) is not None  # type: ignore[attr-defined]


def test_what_people_press_most_comes_first() -> None:
    """Nothing is left out or told twice; the rest stays in the order of its groups."""
    groups = {
        "甲": [Entry("a", "A"), Entry("b", "B")],
        "乙": [Entry("c", "C")],
        "丙": [Entry("d", "D"), Entry("e", "E")],
    }
    parts = toolbar.in_toolbar(groups, ["d", "c"])
    assert ["".join(entry.name for entry in part) for part in parts] == ["dc", "ab", "e"]
