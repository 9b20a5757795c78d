"""Where LibreOffice is looked for."""

from pathlib import Path

import pytest

from xl_perf.engines import soffice


def test_packages_of_libreoffice_org(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """They put nothing on the search path: the newest of their folders counts, where there is no other LibreOffice."""
    monkeypatch.setattr(soffice, "_PROGRAMS", ("soffice",))
    monkeypatch.setattr(soffice, "_OPT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert soffice.find_soffice() is None
    for folder in ("libreoffice7.6/program", "libreoffice24.8/program", "libreoffice24.10/program", "bin"):
        program = tmp_path / folder / "soffice"
        program.parent.mkdir(parents=True)
        program.touch(0o755)
        if folder != "bin":
            assert soffice.find_soffice() == str(program)
    assert soffice.find_soffice() == str(tmp_path / "bin" / "soffice")
