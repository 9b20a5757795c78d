"""The offline bundle installs and works on a machine that reaches no package index."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from pyopenvba import check_file

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "workbooks" / "example-2023.xlsx"
ENVIRONMENT = dict(os.environ)  # before the fixtures: making the bundle may need the person's index, proxy and cache


def run(*command: str | Path, env: Mapping[str, str], cwd: Path, status: tuple[int, ...] = (0,)) -> str:
    words = [str(part) for part in command]
    done = subprocess.run(words, env=env, cwd=cwd, capture_output=True, encoding="utf-8", check=False, timeout=600)
    assert done.returncode in status, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `make bundle` makes, for this machine."""
    folder = tmp_path_factory.mktemp("bundle") / "离线 安装包"
    run(sys.executable, ROOT / "tools" / "bundle.py", "--out", folder, env=ENVIRONMENT, cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with no index, and where any other way to the network ends nowhere."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
    nowhere = "http://127.0.0.1:9"
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "HOME": str(tmp_path_factory.mktemp("offline-home")),
        "HTTP_PROXY": nowhere,
        "HTTPS_PROXY": nowhere,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_NO_INDEX": "1",
        "PYTHONUTF8": "1",
    }


@pytest.mark.slow
def test_bundle_holds_wheels_and_notes_only(bundle: Path) -> None:
    names = {path.name for path in bundle.iterdir()}
    assert {path.suffix for path in bundle.iterdir()} == {".whl", ".txt"}
    for package in ("xl_perf", "pandas", "python_calamine", "openpyxl", "rich", "xlsxwriter"):
        assert any(name.lower().startswith(f"{package}-") for name in names), package
    notes = (bundle / "安装说明.txt").read_bytes()
    assert notes.startswith(b"\xef\xbb\xbf")
    assert notes.count(b"\n") == notes.count(b"\r\n") > 10
    assert "pip install --no-index --find-links . xl-perf" in notes.decode()


@pytest.mark.slow
def test_bundle_installs_and_works_without_an_index(bundle: Path, offline: dict[str, str], tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run(sys.executable, "-m", "venv", venv, env=offline, cwd=elsewhere)
    programs = venv / ("Scripts" if sys.platform == "win32" else "bin")
    run(
        *(programs / "python", "-m", "pip", "install", "--no-index", "--find-links", bundle, "xl-perf"),
        env=offline,
        cwd=elsewhere,
    )
    assert "consolidate" in run(programs / "xl-perf", "--help", env=offline, cwd=elsewhere)
    document = json.loads(
        run(programs / "xl-perf", "check", EXAMPLE, "--json", env=offline, cwd=elsewhere, status=(0, 1))
    )
    assert document["totals"]["budget"] == "1135.76"
    assert len(document["books"][0]["projects"]) == 8
    run(programs / "xl-perf", "new", "新.xlsm", env=offline, cwd=elsewhere)  # macros/ came along
    assert check_file(elsewhere / "新.xlsm").ok


@pytest.mark.parametrize("platform", ["foo", "win_foo", "manylinux_2_28", "macosx_11_arm64", "linux_x86_64"])
def test_a_platform_that_nobody_knows(platform: str, tmp_path: Path) -> None:
    """Said in Chinese and at once, not by pip and after a while."""
    program = str(ROOT / "tools" / "bundle.py")
    command = [sys.executable, program, "--out", str(tmp_path / "包"), "--platform", platform]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=30)
    said = f"错误：不认识平台 {platform}，例如 win_amd64、macosx_11_0_arm64、manylinux_2_28_x86_64。\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)
    assert not (tmp_path / "包").exists()
