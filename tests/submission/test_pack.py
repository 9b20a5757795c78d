"""What is mailed upward: it says what the workbook says, names what did not come along, and holds nothing else."""

import email
import email.policy
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.builders import department, project, write
from tests.office import Office
from tests.validator import Validator
from tests.workbooks import rewritten
from xl_perf.core.errors import BookError
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Acceptance, Accepted, Severity
from xl_perf.core.submitting.manifest import from_json
from xl_perf.core.submitting.manifest_sheet import read_manifest
from xl_perf.core.submitting.verifying import verify
from xl_perf.profiles import fitting
from xl_perf.saved.workbook import read_book
from xl_perf.service.checking import check, read
from xl_perf.submission.pack import HasErrors, Package, Source, Wish, packed, read_source

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "workbooks" / "example-2023.xlsx"
MADE = sorted(path for path in (ROOT / "tests" / "fixtures").rglob("*") if path.suffix in {".xlsx", ".xlsm", ".xls"})


def source(path: Path) -> Source:
    return read_source(path, path.name)


def landed(package: Package, folder: Path) -> Path:
    """The packed workbook as a file."""
    folder.mkdir(exist_ok=True)
    target = folder / package.workbook.name
    target.write_bytes(package.workbook.content)
    return target


def good(tmp_path: Path, *projects: Any, **more: Any) -> Path:
    return write(tmp_path / "部门.xlsx", department(*(projects or (project(),)), **more))


# --- it says the same ------------------------------------------------------------------------------------------


def test_the_example(tmp_path: Path) -> None:
    package = packed(source(EXAMPLE), None)
    path = landed(package, tmp_path)
    before, after = read(EXAMPLE), read(path)
    assert totals_of_department(after).figures == totals_of_department(before).figures
    found = [[(one.code, one.sheet, one.message) for one in check(book)] for book in (before, after)]
    assert set(found[1]) <= set(found[0])
    assert package.manifest.totals == {"budget": "1135.76", "fiscal": "1135.76", "other": "0"}
    manifest = read_manifest(read_book(path))
    assert manifest == package.manifest == from_json(package.beside.content.decode())
    assert verify(after, manifest).is_same


def test_the_same_input_gives_the_same_bytes() -> None:
    assert packed(source(EXAMPLE), None) == packed(source(EXAMPLE), None)


def test_sheets(tmp_path: Path) -> None:
    path = landed(packed(source(good(tmp_path)), None), tmp_path / "出")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["首页", "整体绩效目标", "01", "部门汇总", "校验结果", "字典", "报送清单"]
    assert book["报送清单"].sheet_state == "visible"
    assert book.properties.creator == "xl-perf"
    assert not (book.properties.lastModifiedBy or "").strip("xl-perf")


def test_stored_totals_and_live_formulas(tmp_path: Path) -> None:
    path = landed(packed(source(EXAMPLE), None), tmp_path)
    values, formulas = (
        openpyxl.load_workbook(path, data_only=True)["部门汇总"],
        openpyxl.load_workbook(path)["部门汇总"],
    )
    totals = [(row, 4) for row in range(1, 40) if values.cell(row, 1).value == "合计"]
    shown = [values.cell(row, column).value for row, column in totals]
    assert totals
    assert any(1135.76 in [cell.value for cell in values[row]] for row, _ in totals), shown
    assert any(str(cell.value).startswith("=") for row, _ in totals for cell in formulas[row])


@pytest.mark.slow
@pytest.mark.parametrize("path", MADE, ids=lambda path: path.name)
def test_forms_of_many_offices(path: Path, tmp_path: Path) -> None:
    """Packed with an equal total and the same content, or refused by name."""
    before = said = None
    try:
        before = source(path)
        package = packed(before, None, Wish(reason="试一试"))
    except BookError as error:
        said, package = str(error), None
    if before is None or package is None:
        assert path.name in str(said)
        return
    written = landed(package, tmp_path)
    after = read(written)
    assert totals_of_department(after).figures == totals_of_department(before.department).figures
    assert verify(after, package.manifest).is_same
    lacking, still = (totals_of_department(one).incomplete for one in (before.department, after))
    assert len(package.manifest.incomplete) == len(lacking) == len(still)


def test_the_validator_finds_nothing(validator: Validator, tmp_path: Path) -> None:
    errors = good(tmp_path, project(name="=甲“<&>", fiscal=1), project(), name="甲局")
    for number, path in enumerate((EXAMPLE, errors)):
        assert validator.errors(landed(packed(source(path), None, Wish(reason="急")), tmp_path / str(number))) == []


def test_what_cannot_be_carried_refuses_with_its_place(tmp_path: Path) -> None:
    path = good(tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book["01"]
    last = max(row for row in range(1, 80) if any(cell.value for cell in sheet[row][:6]))
    sheet.cell(last + 1, 1).value = "注：本项目作废"
    book.save(path)
    assert read(path).projects[0].void is not None
    with pytest.raises(BookError, match=rf"01!A{last + 1} 作废：原为“注：本项目作废”，打包后为“空”"):
        packed(source(path), None, Wish(reason="试"))


def test_without_projects(tmp_path: Path) -> None:
    path = write(tmp_path / "空.xlsx", department())
    with pytest.raises(BookError, match=r"空\.xlsx：没有填写的项目绩效目标表"):
        packed(source(path), None)


def test_name_and_year_come_to_the_cover(tmp_path: Path) -> None:
    before = source(ROOT / "tests/fixtures/forms/c01-central-2023.xlsx")
    assert before.department.cover.department.value is None
    after = read(landed(packed(before, None, Wish(reason="试")), tmp_path))
    assert (after.cover.department.value, after.cover.year.value) == (before.department.name, before.department.year)


# --- findings --------------------------------------------------------------------------------------------------


def test_errors_refuse(tmp_path: Path) -> None:
    path = good(tmp_path, project(fiscal=90))
    with pytest.raises(HasErrors, match=r"部门\.xlsx 有 1 个错误，没有打包") as refused:
        packed(source(path), None)
    assert [(one.code, one.sheet) for one in refused.value.findings] == [("B303", "01")]


def test_a_reason_stands_everywhere(tmp_path: Path) -> None:
    package = packed(source(good(tmp_path, project(fiscal=90))), None, Wish(reason="财政局口头同意"))
    path = landed(package, tmp_path / "出")
    assert package.manifest.errors == 1
    assert package.manifest.forced == "财政局口头同意"
    sheet = openpyxl.load_workbook(path)["报送清单"]
    assert ["带错报送的理由", "财政局口头同意"] in [[row[0].value, row[1].value] for row in sheet.iter_rows()]
    assert "财政局口头同意" in text_of(package)


def test_a_form_with_an_error_says_so_on_other_sheets(tmp_path: Path, soffice: Office) -> None:
    """What is stored is what the formulas give."""
    made = good(tmp_path, project(), project(name="第二个", code="1302"))
    assert {one.sheet for one in check(read(made)) if one.severity is Severity.ERROR} == {"02"}
    path = landed(packed(source(made), None, Wish(reason="急")), tmp_path / "出")
    assert "有错误" in [cell.value for row in openpyxl.load_workbook(path, data_only=True)["首页"] for cell in row]
    again = soffice.convert(path, "xlsx", tmp_path / "又")
    for sheet in ("首页", "部门汇总"):
        stored, calculated = (openpyxl.load_workbook(one, data_only=True)[sheet] for one in (path, again))
        for row in stored.iter_rows():
            for cell in row:
                assert (cell.value or "") == (calculated[cell.coordinate].value or ""), cell


def test_a_reason_without_errors_is_not_noted(tmp_path: Path) -> None:
    assert packed(source(good(tmp_path)), None, Wish(reason="先报")).manifest.forced == ""


def test_accepted_warnings_come_along(tmp_path: Path) -> None:
    before = department(project(code=""))
    path = write(tmp_path / "部门.xlsx", before)
    (warning,) = [one for one in check(read(path)) if one.severity is Severity.WARNING]
    accepted = Accepted(
        warning.code, "", warning.cell or "", warning.field or "", "", warning.message, Acceptance("还没有编码", "李四")
    )
    path = write(tmp_path / "部门.xlsx", replace(before, accepted=(accepted._replace(sheet="01"),)))
    package = packed(source(path), None)
    (one,) = package.manifest.accepted
    assert (one.code, one.reason, one.by) == (warning.code, "还没有编码", "李四")
    after = read(landed(package, tmp_path / "出"))
    assert [one.accepted for one in check(after) if one.code == warning.code] == [Acceptance("还没有编码", "李四")]
    changed = verify(replace(after, accepted=()), package.manifest)
    assert (changed.is_same, changed.missing) == (False, ("校验结果",))


def test_an_error_that_packing_would_hide_goes_on_counting(tmp_path: Path) -> None:
    """A sheet whose money cannot be read is not carried: the manifest says so, and so does 校验结果."""
    path = ROOT / "tests/fixtures/reading/forms-as-picture-textbox-inline.xlsx"
    with pytest.raises(HasErrors):
        packed(source(path), None)
    package = packed(source(path), None, Wish(reason="图片里的另报"))
    assert "没有带上的工作表 03：只有图片，图片里的内容读不出来" in package.manifest.incomplete
    assert package.manifest.errors == sum(one.severity is Severity.ERROR for one in check(read(path)))
    cells = openpyxl.load_workbook(landed(package, tmp_path))["校验结果"].iter_rows()
    assert any("打包前的工作簿 03" in str(cell.value) for row in cells for cell in row)
    assert "合计不含：\n- 没有带上的工作表 03：只有图片" in text_of(package)
    # Whoever receives it and does not look at the manifest is told all the same: the totals are no more complete.
    after = read(landed(package, tmp_path))
    assert len(totals_of_department(after).incomplete) == len(totals_of_department(read(path)).incomplete) == 2
    assert [one.code for one in check(after) if one.severity is Severity.ERROR] == ["S108", "S108"]
    assert verify(after, package.manifest).is_same


# --- what does not come along ----------------------------------------------------------------------------------


def strange(tmp_path: Path) -> Path:
    """A workbook with everything that is not to be sent."""
    path = good(tmp_path)
    book = openpyxl.load_workbook(path)
    book.properties.creator, book.properties.lastModifiedBy = "王小明", "赵六"
    notes = book.create_sheet("内部意见")
    notes["A1"] = "领导说压到80万"
    notes.sheet_state = "hidden"
    book["01"]["C3"].comment = Comment("这个数是编的", "赵六")
    book["01"]["L30"] = "表外的话"
    book.save(path)
    start = '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    target = 'Target="file:///C:/秘密/底稿.xlsx" TargetMode="External"'
    relation = f'<Relationship Id="r1" Type="{office}/externalLinkPath" {target}/>'
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    dde = '<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'
    return rewritten(
        path,
        {
            "xl/externalLinks/externalLink1.xml": f"{start}<externalBook/></externalLink>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": (
                f'<Relationships xmlns="{relations}">{relation}</Relationships>'
            ),
            "xl/externalLinks/externalLink2.xml": f"{start}{dde}</externalLink>",
            "xl/embeddings/oleObject1.bin": b"MZ",
            "xl/vbaProject.bin": b"x",
        },
    )


def test_what_is_taken_out_is_named_and_is_not_there(tmp_path: Path) -> None:
    package = packed(source(strange(tmp_path)), None)
    taken = package.manifest.taken_out
    for said in (
        "隐藏的工作表“内部意见”没有带上",
        "表外的文字没有带上：01!L30",
        "批注 1 处（01!C3）没有带上",
        "到别的工作簿的链接（底稿.xlsx）没有带上",
        "到别的程序的链接（DDE）没有带上",
        "嵌入的对象没有带上",
        "文件属性里的作者、最后修改者没有带上",
    ):
        assert any(one.startswith(said) for one in taken), (said, taken)
    with zipfile.ZipFile(landed(package, tmp_path / "出")) as archive:
        names, everything = archive.namelist(), b"".join(map(archive.read, archive.namelist()))
    for word in ("王小明", "赵六", "领导说", "编的", "表外的话", "秘密", "/c calc"):
        assert word.encode() not in everything, word
        assert word not in package.mail.content.decode("ascii") + text_of(package) + package.beside.content.decode()
    assert not [name for name in names if any(part in name.lower() for part in ("external", "vba", "embed", "comment"))]


def with_money_in_words(tmp_path: Path) -> Path:
    path = good(tmp_path)
    book = openpyxl.load_workbook(path)
    book["01"]["A22"], book["01"]["L30"], book["01"]["L31"] = "另：领导说追加 500 万元", "表外的话", "制表人：王强"
    book.save(path)
    return path


def test_money_in_words_is_named_first_and_the_packed_workbook_says_so(tmp_path: Path) -> None:
    """By its place and amount; the words stay with whoever wrote them."""
    package = packed(source(with_money_in_words(tmp_path)), None)
    taken = package.manifest.taken_out
    assert taken[0] == "表外写有金额的文字没有带上：01!A22（500 万元）"
    assert "表外的文字没有带上：01!L30" in taken
    assert "表下的填报人、审核人等没有带上：01!L31" in taken
    path = landed(package, tmp_path / "出")
    department = read(path)
    (found,) = [one for one in check(department) if one.code == "S115"]
    assert (found.severity, found.sheet, found.accepted) == (Severity.WARNING, None, None)
    assert "01!A22" in found.message
    assert "500 万元" in found.message
    assert totals_of_department(department).doubts == ["1 处表外的文字写有金额，没有计入（S115）"]
    assert package.manifest.warnings == sum(one.severity is Severity.WARNING for one in check(department))
    assert "领导说" not in text_of(package) + package.beside.content.decode()
    with zipfile.ZipFile(path) as archive:
        assert "领导说".encode() not in b"".join(map(archive.read, archive.namelist()))
    again = packed(source(path), None).manifest
    assert again.taken_out[0] == taken[0]


def test_accepted_money_in_words_stays_accepted(tmp_path: Path) -> None:
    before = source(with_money_in_words(tmp_path))
    (text,) = before.department.money_texts
    row = Accepted("S115", "01", "A22", "表外的文字", text.text, "", Acceptance("另案报批", "李四"))
    package = packed(before._replace(department=replace(before.department, accepted=(row,))), None)
    (found,) = [one for one in check(read(landed(package, tmp_path / "出"))) if one.code == "S115"]
    assert found.accepted == Acceptance("另案报批", "李四")


def test_nothing_of_ours_is_said_to_be_taken_out(tmp_path: Path) -> None:
    assert packed(source(good(tmp_path)), None).manifest.taken_out == ()
    again = landed(packed(source(good(tmp_path)), None), tmp_path / "出")
    assert packed(source(again), None).manifest.taken_out == ()


def test_hidden_forms_become_visible_and_are_named(tmp_path: Path) -> None:
    path = good(tmp_path, project(), project(name="第二个"))
    book = openpyxl.load_workbook(path)
    book["02"].sheet_state = "hidden"
    book.save(path)
    package = packed(source(path), None)
    assert "工作表“02”的“第二个”原在隐藏的工作表上，打包后可见" in package.manifest.taken_out
    assert openpyxl.load_workbook(landed(package, tmp_path / "出"))["02"].sheet_state == "visible"


# --- the draft -------------------------------------------------------------------------------------------------


def text_of(package: Package) -> str:
    message = email.message_from_bytes(package.mail.content, policy=email.policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_the_draft() -> None:
    package = packed(source(EXAMPLE), None, Wish(version=2))
    assert package.mail.content.isascii()
    message = email.message_from_bytes(package.mail.content, policy=email.policy.default)
    assert message["X-Unsent"] == "1"
    assert not {"from", "date", "to", "sender", "message-id"} & {name.lower() for name in message}
    assert message["Subject"] == "高新区三女河办事处2023年预算绩效文本（第 2 次报送）"
    raw = package.mail.content.decode("ascii")
    assert "Subject: =?utf-8?" in raw
    assert "filename*" in raw
    attached = [(one.get_filename(), one.get_payload(decode=True)) for one in message.iter_attachments()]
    assert attached == [tuple(package.workbook), tuple(package.beside)]
    said = text_of(package)
    assert "项目 8 个，预算数合计 1135.76 万元，其中财政资金 1135.76 万元，其他资金 0 万元。" in said
    assert package.manifest.digest in said
    assert max(map(len, raw.split("\r\n"))) <= 998  # RFC 5322, 2.1.1


# --- of the workbook -------------------------------------------------------------------------------------------


def test_time_and_version(tmp_path: Path) -> None:
    path = good(tmp_path)
    assert packed(source(path), None).manifest.time == read(path).modified
    package = packed(source(path), None, Wish(3, "2022-11-02T09:00:00"))
    assert (package.manifest.version, package.manifest.time) == (3, "2022-11-02T09:00:00")
    written = landed(package, tmp_path / "出")
    assert written.name.endswith("-v3.xlsx")
    assert read(written).modified == "2022-11-02T09:00:00"
    # Whoever saves it anew changes the property, and not what the manifest says.
    openpyxl.load_workbook(written).save(written)
    assert read(written).modified == "2022-11-02T09:00:00"


def test_a_profile_that_nobody_asked_for_is_not_named(tmp_path: Path) -> None:
    for path in (EXAMPLE, ROOT / "tests/fixtures/forms/c01-central-2023.xlsx"):
        before = source(path)
        package = packed(before, None, Wish(reason="试"))
        after: Department = read(landed(package, tmp_path))
        assert after.profile_name == before.department.profile_name
        assert fitting(after).name == fitting(before.department).name


def test_sub_goals_stay(tmp_path: Path) -> None:
    sub = draft.sub_goal("分项一", "做好", [("完成率", "≥95%")], ["村级道路养护"])
    path = good(tmp_path, overall_goal="总目标\n第二段", sub_goals=[sub], safeguards=[("领导", "加强")])
    package = packed(source(path), None)
    assert "整体绩效目标" in [one.sheet for one in package.manifest.forms]
    after = read(landed(package, tmp_path / "出"))
    assert draft.department_content(after)[1:4] == draft.department_content(read(path))[1:4]
