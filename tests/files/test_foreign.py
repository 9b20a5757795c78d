"""What people send in place of a workbook: one sentence that says what it is, and the next step."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.workbooks import PLAIN, saved, zipped
from xl_perf.core.errors import BookError
from xl_perf.files.inputs import find_books
from xl_perf.saved.workbook import read_book

FOREIGN = Path(__file__).parents[1] / "fixtures" / "reading" / "foreign"
MHT = 'MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
SAVE_AS = "另存为 .xlsx"


def refusal(path: Path) -> BookError:
    with pytest.raises(BookError) as caught:
        read_book(path, "书")
    return caught.value


@pytest.mark.parametrize(
    ("name", "what", "remedy"),
    [
        ("dlp.xlsx", "加密（防泄密）软件", "解密"),
        ("dlp2.xlsx", "加密（防泄密）软件", "解密"),
        ("gz.xlsx", "gzip 压缩包", "解压"),
        ("html16.xls", "网页（HTML）", SAVE_AS),
        ("html_comment.xls", "网页（HTML）", SAVE_AS),
        ("html_style.xls", "网页（HTML）", SAVE_AS),
        ("html_table_ws.xls", "网页（HTML）", SAVE_AS),
        ("ksheet.xlsx", "WPS 云文档", "在 WPS 中打开"),
        ("lfs.xlsx", "Git LFS", "git lfs pull"),
        ("mht.xls", "网页（MHT）", SAVE_AS),
        ("url.xlsx", "网址快捷方式", "下载"),
    ],
)
def test_files_as_they_come(name: str, what: str, remedy: str) -> None:
    error = refusal(FOREIGN / name)
    assert what in error.message
    assert remedy in error.remedy
    assert str(error).count("。") == 2


@pytest.mark.parametrize(
    ("data", "what", "remedy"),
    [
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "SYLK", SAVE_AS),
        (b'TABLE\r\n0,1\r\n"EXCEL"\r\n', "DIF", SAVE_AS),
        ("部门,金额\r\n甲,1\r\n".encode("gbk"), "CSV", SAVE_AS),
        ("部门\t金额\n甲\t1\n".encode("utf-16"), "CSV", SAVE_AS),
        ("\ufeff部门,金额\n甲,1\n".encode(), "CSV", SAVE_AS),
        ("部门;金额\r\n甲;1\r\n".encode("gb18030"), "CSV", SAVE_AS),
        ('"部门\n名称",金额\n"甲",1\n'.encode(), "CSV", SAVE_AS),
        ("sep=|\n部门|金额\n甲|1\n".encode("utf-16-le"), "CSV", SAVE_AS),
        ("部门\n甲\n".encode("utf-16-be"), "文本文件", SAVE_AS),
        ("一段文字。".encode(), "文本文件", "给出工作簿"),
        (b'{"a": [1,\n2,\n3]}', "文本文件", "给出工作簿"),
        (b"," * 300_000, "文本文件", "给出工作簿"),
        (MHT.encode(), "MHT", SAVE_AS),
        (MHT.encode("utf-16-le"), "MHT", SAVE_AS),
        (b'From: "Saved by Windows Internet Explorer 11"\r\nSubject: x\r\nMIME-Version: 1.0\r\n', "MHT", SAVE_AS),
        (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://x/\r\nMIME-Version: 1.0\r\n", "MHT", SAVE_AS),
        (b"From: a@b.cn\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "邮件", "附件"),
        (b"<!-- " + b"x" * 9000 + b" --><html><table>", "HTML", SAVE_AS),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML", SAVE_AS),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">', "HTML", SAVE_AS),
        (b"<STYLE>td{}</STYLE>\r\n<TABLE>", "HTML", SAVE_AS),
        (b'<!-- a -->\n<!-- b -->\n<meta charset="gbk"><table>', "HTML", SAVE_AS),
        ("<html><table>".encode("utf-16-le"), "HTML", SAVE_AS),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n", "邮件", "附件"),
        (b"Received: from a by b\r\nSubject: x\r\n", "邮件", "附件"),
        (b'<?xml version="1.0"?><uof:UOF xmlns:uof="x"/>', "标文通", "WPS"),
        (
            b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>',
            "ODF 表格",
            "LibreOffice",
        ),
        (b"GIF89a", "图片", "给出工作簿"),
        (b"L\0\0\0\x01\x14\x02\0\0\0", "快捷方式", "所指"),
        (b"\0" * 4096, "全是零", "下载"),
        (bytes(range(256)) * 20, "内容无法识别", "解密"),
        (bytes(range(1, 256)) * 20, "内容无法识别", "解密"),
        (PLAIN[:200], "文件不完整", "重新下载"),
        (zipped({"Index/Document.iwa": b"x", "Metadata/Properties.plist": b"x"}), "Numbers", "导出为"),
        (zipped({"OFD.xml": "<ofd/>", "Doc_0/Document.xml": ""}), "OFD", "给出工作簿"),
        (zipped({"ppt/presentation.xml": ""}), "演示文稿", "给出工作簿"),
    ],
)
@pytest.mark.parametrize("suffix", [".xls", ".xlsx"])
def test_what_it_is_and_what_to_do(tmp_path: Path, data: bytes, what: str, remedy: str, suffix: str) -> None:
    error = refusal(saved(tmp_path / f"a{suffix}", data))
    assert what in error.message
    assert remedy in error.remedy


@pytest.mark.parametrize("suffix", [".xltx", ".xltm", ".xlt"])
def test_templates(tmp_path: Path, suffix: str) -> None:
    """Excel does not open one that was only renamed."""
    error = refusal(saved(tmp_path / f"a{suffix}", PLAIN))
    assert (error.kind, "模板文件" in error.message, SAVE_AS in error.remedy) == ("wrong-extension", True, True)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("a.xltx", SAVE_AS),
        ("a.CSV", SAVE_AS),
        ("a.rar", "解压"),
        ("a.zip", "重新下载"),
        ("a.pdf", "给出工作簿"),
        ("a", "给出工作簿"),
    ],
)
def test_files_named_as_no_workbook(tmp_path: Path, name: str, remedy: str) -> None:
    (error,) = find_books([str(saved(tmp_path / name, b"x"))]).errors
    assert remedy in error.remedy


def test_a_whole_zip_is_not_called_incomplete(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("书.xlsx", PLAIN)
    error = refusal(saved(tmp_path / "a.xlsx", out.getvalue()))
    assert ("压缩包" in error.message, "解压" in error.remedy) == (True, True)
