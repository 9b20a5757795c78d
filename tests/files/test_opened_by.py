"""Who has a workbook open, as the lock files beside it say."""

from pathlib import Path

import pytest

from xl_perf.files.opened_by import opened_by


def excel(name: str) -> bytes:
    """As Excel writes it: 165 bytes."""
    own = name.encode("gbk")
    length = len(name).to_bytes(2, "little")
    start = bytes([len(own)]) + own.ljust(54) + length + name.encode("utf-16-le")
    return start + b" \0" * ((165 - len(start)) // 2)


@pytest.mark.parametrize(
    ("lock", "content", "who"),
    [
        (".~lock.部门.xlsx#", "张三,zhang,PC-1,29.11.2026 16:14,file:///home/zhang/4;".encode(), "张三"),
        (".~lock.部门.xlsx#", b",zhang,PC-1,29.11.2026 16:14,file:///home/zhang/4;", "zhang"),
        (".~lock.部门.xlsx#", "三\\, 李 张,root,vm,29.11.2026 16:14,file:///4;".encode(), "三， 李 张"),
        (".~lock.部门.xlsx#", b"", ""),
        (".~lock.部门.xlsx#", b"\xff\xfe", ""),
        (".~lock.别的.xlsx#", "张三,zhang,PC-1,29.11.2026 16:14,file:///4;".encode(), ""),
        ("~$部门.xlsx", excel("李四"), "李四"),
        ("~$部门.xlsx", b"x" * 20, ""),
    ],
)
def test_names(tmp_path: Path, lock: str, content: bytes, who: str) -> None:
    (tmp_path / lock).write_bytes(content)
    assert opened_by(tmp_path / "部门.xlsx") == who


def test_nobody(tmp_path: Path) -> None:
    assert opened_by(tmp_path / "部门.xlsx") == ""
    assert opened_by("https://例.sharepoint.com/部门.xlsx") == ""
