"""Before 导入项目, 删除项目 and 规范化 the book is copied as it is, with what nobody has saved."""

import re
import zipfile
from pathlib import Path

import pytest

from tests.live.desk import Desk
from tests.live.programs import LIBREOFFICE, office, only_libreoffice
from xl_perf.core.reading import read_department
from xl_perf.files import backups
from xl_perf.live import backup, edits, importing, projects
from xl_perf.live.host import NotHere
from xl_perf.saved.workbook import read_book


def at_home(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))


def saved(example: Desk) -> None:
    """LibreOffice takes a book for changed that it has just opened, as it calculates then."""
    if example.program.name == LIBREOFFICE:
        example.book.api.setModified(False)


def copies(example: Desk) -> list[Path]:
    return sorted((Path(example.book.fullname).parent / "xl-perf 备份").iterdir())


@only_libreoffice
def test_what_is_not_saved_is_in_the_copy(example: Desk) -> None:
    example["03", "C3"].value = "１２３"
    before = Path(example.book.fullname).read_bytes()
    example.answer("yes")
    said = edits.normalise(example.host)
    (copy,) = copies(example)
    assert re.fullmatch(r"部门 \d{4}-\d\d-\d\d \d{6} 规范化前\.xlsx", copy.name)
    assert said.splitlines()[-1] == f"操作前的工作簿备份在：{copy}"
    assert example["03", "C3"].value != "１２３"
    found = read_book(copy)
    assert next(sheet for sheet in found.grids if sheet.sheet == "03").rows[2][2] == "１２３"
    assert Path(example.book.fullname).read_bytes() == before
    assert example.book.api.isModified()


@office
def test_a_saved_book_is_copied_as_a_file(example: Desk, tmp_path: Path) -> None:
    before = Path(example.book.fullname).read_bytes()
    saved(example)
    example.go("03")
    example.answer("yes")
    said = str(projects.delete(example.host))
    (copy,) = copies(example)
    assert said.endswith(f"\n操作前的工作簿备份在：{copy}")
    assert copy.read_bytes() == before
    assert len(read_department(read_book(copy)).projects) == 8
    assert list(tmp_path.rglob(".xl-perf-*")) == []


@office
def test_nothing_is_copied_where_nothing_is_done(example: Desk) -> None:
    example.go("03")
    example.answer("no")
    projects.delete(example.host)
    assert not (Path(example.book.fullname).parent / "xl-perf 备份").exists()


def test_the_documents_where_nothing_may_be_written(
    example: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_home(monkeypatch, tmp_path / "家")
    (Path(example.book.fullname).parent / "xl-perf 备份").write_text("in the way")
    said = backup.before(example.host, "规范化")
    (copy,) = (tmp_path / "家" / "xl-perf 备份").iterdir()
    assert said == f"操作前的工作簿备份在：{copy}"
    assert re.fullmatch(r"部门 [0-9a-f]{4} \d{4}-\d\d-\d\d \d{6} 规范化前\.xlsx", copy.name)


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_nowhere(example: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    """The person decides."""
    (tmp_path / "家").write_text("no folder")
    at_home(monkeypatch, tmp_path / "家")
    beside = Path(example.book.fullname).parent / "xl-perf 备份"
    beside.write_text("in the way")
    example.answer(answer)
    if answer == "yes":
        assert backup.before(example.host, "规范化") == "没有留下操作前的备份。"
    else:
        with pytest.raises(NotHere, match="备份没有写成，没有做“规范化”。请先保存工作簿"):
            backup.before(example.host, "规范化")
    assert example.said[-1].startswith(f"操作前的备份没有写成（{beside}、")


@only_libreoffice
def test_a_password_is_kept(example: Desk, tmp_path: Path) -> None:
    """LibreOffice would write a copy that everybody can read."""
    example.book.save(tmp_path / "密.ods", password="geheim")
    saved(example)
    backup.before(example.host, "规范化")
    (copy,) = copies(example)
    assert copy.suffix == ".ods"
    assert b"encryption-data" in zipfile.ZipFile(copy).read("META-INF/manifest.xml")
    assert copy.read_bytes() == (tmp_path / "密.ods").read_bytes()
    example["03", "C3"].value = 1
    example.answer("yes")
    assert backup.before(example.host, "规范化") == "没有留下操作前的备份。"
    assert copies(example) == [copy]


def test_the_import_says_where(example: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "别的.xlsx"
    other.write_bytes(Path(example.book.fullname).read_bytes())
    monkeypatch.setattr(importing, "_chosen", lambda _: [str(other)])
    added: list[object] = []
    monkeypatch.setattr(importing, "_add_forms", lambda *_: added.append(_))
    said = str(importing.import_projects(example.host))
    assert added
    assert said.startswith("没有导入项目。")
    assert [copy.name.split()[-1] for copy in copies(example)] == ["导入项目前.xlsx"]


def test_the_latest_ten_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "xl-perf 备份"
    folder.mkdir()
    others = ("部门 2020-01-01 000000 规范化前.xlsm", "部门2 2020-01-01 000000 规范化前.xlsx", "部门 旧.xlsx")
    for name in others:
        (folder / name).touch()
    made = [folder / f"部门 2023-01-{day:02d} 101010 删除项目前.xlsx" for day in range(1, 13)]
    for copy in made:
        copy.touch()
    backups.prune(made[-1])
    assert sorted(folder.iterdir()) == sorted([*made[2:], *(folder / name for name in others)])


def test_names_of_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(monkeypatch, tmp_path)
    book = tmp_path / f"{'长' * 75}.xlsx"
    book.touch()
    beside, documents = backups.targets(str(book), "导入项目", ".xlsx")
    assert beside.name == documents.name
    assert len(beside.name.encode()) < 250
    beside.parent.mkdir()
    beside.touch()
    assert backups.targets(str(book), "导入项目", ".xlsx")[0] != beside
    (cloud,) = backups.targets("https://例.sharepoint.com/部门.xlsx", "导入项目", ".xlsx")
    assert cloud.parent == tmp_path / "xl-perf 备份"
