"""The README's Python example runs as it stands."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_python_example(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """From the folder of the checkout, where a reader would try it."""
    (example,) = re.findall(r"```python\n(import xl_perf\n.*?)```", README, re.DOTALL)
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(example, names)
    printed = capsys.readouterr().out.splitlines()
    assert "01!B2 F202 项目编码写的是“————”，等于没有填" in printed
    assert printed[-1] == "1135.76"
    frame = names["frame"]
    assert list(frame["预算数"].map(str))[:2] == ["161.93", "71.75"]  # type: ignore[index]
    assert list(frame["警告"]) == [1, 2, 2, 3, 2, 3, 1, 4]  # type: ignore[index]
