"""On macOS and Linux: what the doctor says there."""

from pathlib import Path

from tests.desktop.fakes import linux, macos
from tests.desktop.test_doctor import in_the_way, items_of
from xl_perf.desktop.installing import install
from xl_perf.desktop.items import Item
from xl_perf.desktop.places import places_of


def test_macos(tmp_path: Path) -> None:
    """Quarantine, AppleScript, the interpreter; no registry."""
    system = macos(tmp_path)
    places = places_of(system)
    assert places.scripts is not None
    script = places.scripts / "xlwings-0.37.8.applescript"
    script.parent.mkdir(parents=True)
    script.touch()
    install(system, places, [])
    assert in_the_way(system) == {}
    assert items_of(system)["Excel"].found.endswith("Microsoft Excel.app")
    script.unlink()
    assert in_the_way(system) == {"AppleScript": "请关闭 Excel，运行 xl-perf excel install"}
    script.touch()
    system.marked.add(places.addin)
    assert in_the_way(system) == {"加载项：网络标记": f"请在终端运行 xattr -d com.apple.quarantine '{places.addin}'"}
    system.marked.clear()
    (tmp_path / "Applications" / "Microsoft Excel.app").rmdir()
    assert list(in_the_way(system)) == ["Excel"]


def test_macos_with_another_interpreter(tmp_path: Path) -> None:
    """Somebody's own: kept by install, and said by the doctor."""
    system = macos(tmp_path)
    places = places_of(system)
    other = tmp_path / "python3"
    other.touch()
    places.config.write_bytes(f'"INTERPRETER_MAC","{other}"\n'.encode())
    install(system, places, [])
    found = items_of(system)["解释器 INTERPRETER_MAC"]
    assert found.found == f"{other}，不是装有 xl-perf 的 {system.program.interpreter}"
    assert "请删去 xlwings.conf 中的这一行" in found.remedy


def test_linux(tmp_path: Path) -> None:
    """No Excel, which is said with the way out; LibreOffice is looked for."""
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    items = items_of(linux(tmp_path / "with"))
    assert list(items) == ["Excel", "程序", "xlwings", "LibreOffice"]
    assert "xl-perf office" in items["Excel"].remedy
    assert items["LibreOffice"] == Item("LibreOffice", str(tmp_path / "with" / "bin" / "soffice"))
    items = items_of(linux(tmp_path / "without", with_office=False))
    assert "请安装 LibreOffice" in items["LibreOffice"].remedy
