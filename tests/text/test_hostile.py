"""Files that are no Word documents, damaged or oversized ones: a clear error or a result, within the limits."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.text.documents import form, p, parts, read, row, save, tbl, tc, texts, tr
from xl_perf.core.errors import BookError
from xl_perf.text import forms_in, word_in, word_xml
from xl_perf.text.reader import read_text

Made = Callable[[Path], Path]


def refused(path: Path) -> BookError:
    with pytest.raises(BookError) as caught:
        read_text(path, path.name)
    assert caught.value.path == path.name
    return caught.value


def written(name: str, data: bytes) -> Made:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return make


def package(name: str = "文本.docx", **changed: bytes | None) -> Made:
    """A document in which some parts (``document`` is word/document.xml) are others or missing."""

    def make(folder: Path) -> Path:
        contents = parts(form())
        for part, content in changed.items():
            path = {"document": "word/document.xml", "rels": "_rels/.rels"}.get(part, f"word/{part}.xml")
            if content is None:
                del contents[path]
            else:
                contents[path] = content
        return save(folder / name, contents)

    return make


def broken(folder: Path) -> Path:
    path = package()(folder)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def flipped(folder: Path) -> Path:
    path = package()(folder)
    with zipfile.ZipFile(path) as made:
        offset = made.getinfo("word/document.xml").header_offset + 60
    data = bytearray(path.read_bytes())
    data[offset : offset + 40] = bytes(40)
    path.write_bytes(data)
    return path


def bomb(folder: Path) -> Path:
    """Ten thousand times smaller than what it holds."""
    return save(folder / "文本.docx", parts(form()) | {"word/document.xml": b" " * (65 * 1024 * 1024)})


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body>
</w:document>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="x">
<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"""


@pytest.mark.parametrize(
    ("make", "kind", "said"),
    [
        (written("文本.docx", b"hello"), "not-a-workbook", "不是 Word 文档"),
        (written("文本.docx", b""), "empty-file", "0 字节"),
        (written("文本.docx", b"PK\x03\x04" + bytes(50)), "damaged", "文件不完整"),
        (written("文本.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "damaged", "已损坏"),
        (written("文本.doc", b"just text"), "not-a-workbook", "不是 Word 文档"),
        (package("文本.doc"), "wrong-extension", ".docx"),
        (package("文本.txt"), "wrong-extension", ".docx"),
        (broken, "damaged", "请重新下载"),
        (flipped, "damaged", "word/document.xml"),
        (flipped, "damaged", "Word 或 WPS"),
        (package(rels=None), "damaged", "不是完整的 Word 文档"),
        (package(document=None), "damaged", "word/document.xml"),
        (package(document=b"<w:document"), "damaged", "XML"),
        (package(document=b"<a><b/></a>"), "damaged", "没有正文"),
        (package(document=ENTITIES), "damaged", "DOCTYPE"),
        (package(document=OUTSIDE), "damaged", "DOCTYPE"),
        (bomb, "unreadable", "过大"),
    ],
)
def test_refused(make: Made, kind: str, said: str, tmp_path: Path) -> None:
    error = refused(make(tmp_path))
    assert error.kind == kind
    assert said in str(error)
    assert "Excel" not in str(error)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["xl/workbook.xml"], "Excel 工作簿"),
        (["ppt/presentation.xml"], "演示文稿"),
        (["mimetype", "content.xml"], "ODF"),
        (["readme.txt"], "不是完整的 Word 文档"),
    ],
)
def test_other_archives(names: list[str], said: str, tmp_path: Path) -> None:
    path = save(tmp_path / "文本.docx", dict.fromkeys(names, b"x"))
    assert said in str(refused(path))


def test_missing_and_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "没有.docx").kind == "missing"
    (tmp_path / "夹.docx").mkdir()
    assert refused(tmp_path / "夹.docx").kind == "not-a-workbook"


def test_encrypted(tmp_path: Path) -> None:
    """Word's own packages are encrypted inside a compound file ([MS-OFFCRYPTO] 2.3.4)."""
    from xl_perf.files.compound_file import packed

    for name in ("文本.docx", "文本.doc"):
        path = tmp_path / name
        path.write_bytes(packed("EncryptedPackage", bytes(5000)))
        error = refused(path)
        assert (error.kind, "密码" in str(error)) == ("encrypted", True)
    old = tmp_path / "旧.doc"
    old.write_bytes(packed("WordDocument", b"\xec\xa5\xc1\x00" + bytes(7) + b"\x01" + bytes(5000)))
    assert refused(old).kind == "encrypted"


def test_open_documents(tmp_path: Path) -> None:
    """A text with a password or another name; a sheet that is called a text."""
    parts = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}
    plain = {**parts, "META-INF/manifest.xml": b"<manifest/>"}
    locked = {**parts, "META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>"}
    sheet = {**plain, "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
    assert refused(save(tmp_path / "文本.odt", locked)).kind == "encrypted"
    assert refused(save(tmp_path / "文本.docx", plain)).remedy == "请把扩展名改为 .odt"
    assert refused(save(tmp_path / "表.odt", sheet)).kind == "not-a-workbook"
    assert refused(save(tmp_path / "残.odt", parts)).kind == "damaged"


def test_old_word_under_a_new_name(tmp_path: Path) -> None:
    from xl_perf.files.compound_file import packed

    path = tmp_path / "旧.docx"
    path.write_bytes(packed("WordDocument", b"\xec\xa5\xc1\x00" + bytes(5000)))
    assert refused(path).kind == "wrong-extension"
    path.write_bytes(packed("Workbook", bytes(5000)))
    assert refused(path).kind == "not-a-workbook"


def test_macros_are_not_looked_at(tmp_path: Path) -> None:
    contents = parts(form()) | {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 anything"}
    for name in ("文本.docm", "文本.docx"):
        path = save(tmp_path / name, contents)
        assert len(read_text(path, name).department.projects) == 1


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_in, "MOST_CELLS", 60)
    assert len(read(tmp_path, form()).department.projects) == 1
    save(tmp_path / "文本.docx", parts(form() * 2))
    assert "60 格" in str(refused(tmp_path / "文本.docx"))
    deep = p("底")
    for _ in range(word_xml.MAX_DEPTH // 3):
        deep = tbl(tr(tc(deep + p())))
    save(tmp_path / "文本.docx", parts(deep))
    assert "嵌套" in str(refused(tmp_path / "文本.docx"))


def test_limits_of_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: what would fill the memory is refused before it does."""
    path = save(tmp_path / "文本.docx", parts(form() + p("甲") * 20, styles="<w:style/>" * 100))
    assert len(read_text(path, path.name).department.projects) == 1
    for module, limit, most, said in (
        (word_xml, "MOST_NODES", 300, "300 个元素"),
        (forms_in, "MOST_PARAGRAPHS", 18, "18 段"),
        (forms_in, "MOST_TABLES", 0, "0 个表格"),
        (word_in, "MOST_BESIDE", 500, "word/styles.xml"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, limit, most)
            error = refused(path)
            assert (error.kind, said in str(error)) == ("unreadable", True)


def test_tables_in_tables(tmp_path: Path) -> None:
    body = p("底")
    for _ in range(40):
        body = tbl(tr(tc(body + p("层"))))
    assert sorted(texts(read(tmp_path, body))) == sorted(["底\n层", *["层"] * 39])


def test_five_hundred_tables(tmp_path: Path) -> None:
    body = "".join(p(f"项目{n}") + p("项目绩效目标表") + form({"道路养护": f"项目{n}"}) for n in range(500))
    read_ = read(tmp_path, body)
    assert [project.name.value for project in read_.department.projects] == [f"项目{n}" for n in range(500)]
    assert read_.unplaced == ()


def test_ten_thousand_paragraphs(tmp_path: Path) -> None:
    body = (
        p("三、工作保障措施")
        + "".join(p(f"（{n}）措施{n}。照办。") for n in range(1, 10))
        + p("很长。") * 10_000
        + form()
    )
    department = read(tmp_path, body).department
    assert len(department.safeguards) == 9
    assert department.safeguards[-1].text.text.count("很长。") == 10_000


@pytest.mark.parametrize(
    "cell",
    [
        '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc>',
        '<w:tc><w:tcPr><w:gridSpan w:val="-3"/><w:vMerge w:val="nonsense"/></w:tcPr><w:p/></w:tc>',
        '<w:tc><w:p><w:r><w:sym w:char="D800"/><w:sym w:char="zz"/><w:sym w:char="-1"/></w:r></w:p></w:tc>',
        "<w:tc/>",
        "".join(tc(p("x")) for _ in range(100)),
    ],
)
def test_strange_cells(cell: str, tmp_path: Path) -> None:
    strange = tbl(f"<w:tr>{cell}</w:tr>", row("甲"), widths=())
    assert any("甲" in text for text in texts(read(tmp_path, strange + form())))
    assert len(read(tmp_path, form() + strange).department.projects) == 1


def test_strange_numbers_and_styles(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="x"><w:start w:val="²"/><w:lvlText w:val="%1%9%%"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"/>'
    )
    body = p("甲", '<w:numPr><w:ilvl w:val="77"/><w:numId w:val="5"/></w:numPr>')
    body += p("乙", '<w:numPr><w:numId w:val="5"/></w:numPr><w:pStyle w:val="没有"/>')
    assert [text[-1:] for text in texts(read(tmp_path, body, numbering=numbering))] == ["甲", "乙"]
