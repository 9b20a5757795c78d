"""On a terminal what is said of many books fits one screen, whatever its size; what is not named is counted."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.command_line import project, write
from tests.screen import on_terminal, width

SIZES = [(80, 24), (80, 60), (100, 40), (132, 30), (200, 24)]


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that can be said at once: many books and rules, unread files, copies, doubts, a list of departments."""
    base = tmp_path_factory.mktemp("屏幕")
    folder = base / "收件" / "二〇二三年度部门预算绩效目标申报材料（第一批）"
    folder.mkdir(parents=True)
    for at in range(14):
        bad = [
            project(f"第{at}局的一个名称很长很长的信息化建设和运行维护项目{one}", budget=None, goals=["", ""])
            for one in range(2)
        ]
        write(
            folder / f"{at:02}人力资源和社会保障局报送的部门预算绩效目标表.xlsx",
            *bad,
            project(f"好{at}"),
            name=f"第{at}局",
        )
    for at in range(8):
        same = project(f"同名{at}", code=f"A{at}"), project(f"同名{at}乙", code=f"B{at}", budget="7")
        write(folder / f"农业局{at}.xlsx", *same, name=f"农业局{at}")
        write(folder / f"农业农村局{at}.xlsx", *same, name=f"农业农村局{at}")
        shutil.copy(folder / f"农业局{at}.xlsx", folder / f"农业局{at}副本.xlsx")
        (folder / f"坏{at}.xlsx").write_bytes(b"PK\3\4 half")
        (folder / f"图{at}.png").write_bytes(b"x")
        (folder / f"文{at}.docx").write_bytes(b"x")
        (folder / f"网页{at}.htm").write_bytes(b"x")
    names = openpyxl.Workbook()
    for name in ("部门", *(f"某某镇人民政府{at}" for at in range(12))):
        names.active.append([name])  # type: ignore[union-attr]
    names.save(base / "名单.xlsx")
    return base


COMMANDS = {
    "check": ("check", "收件", "--expect", "名单.xlsx"),
    "summary": ("check", "收件", "--expect", "名单.xlsx", "--summary"),
    "report": ("check", "收件", "--report", "报告.xlsx", "--overwrite", "--expect", "名单.xlsx"),
    "consolidate": ("consolidate", "收件", "-o", "汇总.xlsx", "--overwrite", "--expect", "名单.xlsx"),
}


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_one_screen(inbox: Path, command: str, columns: int, rows: int) -> None:
    status, lines = on_terminal(*COMMANDS[command], cwd=inbox, columns=columns, rows=rows)
    assert status == 2
    assert len(lines) < rows, "\n".join(lines)
    assert max(map(width, lines)) <= columns
    text = "".join(lines)
    for said in ("合计：", "累计支出计划", "没有计入合计 8 本", "合计不含", "应交 12 个部门", "口径：", "略过 "):
        assert said in text, said
    if command == "check":
        assert "要逐条看" in text
