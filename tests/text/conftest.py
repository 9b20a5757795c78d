"""Word texts without LibreOffice's layout, which takes seconds, unless a test asks for LibreOffice."""

import pytest

from xl_perf.text import pdf


@pytest.fixture(autouse=True)
def _no_layout(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "soffice" not in request.fixturenames:
        monkeypatch.setattr(pdf, "find_soffice", lambda: None)
