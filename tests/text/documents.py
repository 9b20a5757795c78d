"""Word documents for tests, written as raw parts: what programs write, tidy or not."""

import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from xl_perf.text.reader import read_text
from xl_perf.text.understanding import TextRead

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

FORM: tuple[tuple[str, ...], ...] = (
    ("项目编码", "130211", "项目名称", "道路养护"),
    ("预算规模及资金用途", "预算数", "12.5万元", "其中：财政资金", "12.5万元", "其他资金", ""),
    ("", "资金主要用于道路养护。"),
    ("资金支出计划（%）", "3月底", "6月底", "10月底", "12月底"),
    ("", "25%", "50%", "75%", "100%"),
    ("绩效目标", "目标1", "路面完好。"),
    ("", "目标2", "群众满意。"),
    ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"),
    ("产出指标", "数量指标", "养护里程", "养护的里程", "≥30公里", "工作计划"),
    ("", "成本指标", "总成本", "养护成本", "=12.5万元", "合同约定"),
    ("效果指标", "社会效益指标", "出行更安全", "事故减少", "是", "行业标准"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "问卷调查", "≥90%", "工作经验"),
)
"""A form as rows of cells; a blank first cell belongs to the label above."""
TEXTS_OF_FORM = [cell for row in FORM for cell in row if cell]


def p(text: str = "", properties: str = "") -> str:
    """A paragraph; ``properties`` stand in its w:pPr."""
    head = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{head}{r(text) if text else ''}</w:p>"


def r(text: str, style: str = "") -> str:
    """A run."""
    head = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    lines = text.split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{head}{inner}</w:r>"


def tc(content: str, span: int = 1, properties: str = "") -> str:
    """A cell of paragraphs or tables."""
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{properties}</w:tcPr>{content}</w:tc>'


def tr(*cells: str, properties: str = "") -> str:
    """A row."""
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def tbl(*rows: str, widths: Sequence[int] = (1000,) * 7) -> str:
    """A table."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def row(*texts: str) -> str:
    """A row of texts, one column each."""
    return tr(*(tc(p(text)) for text in texts))


def form_rows(changes: Mapping[str, str] | None = None) -> list[str]:
    """The rows of `FORM` with some texts changed."""
    return [row(*((changes or {}).get(text, text) for text in texts)) for texts in FORM]


def form(changes: Mapping[str, str] | None = None) -> str:
    """`FORM` as a table without any merged cell."""
    return tbl(*form_rows(changes))


def parts(body: str, styles: str = "", numbering: str = "", footnotes: str = "") -> dict[str, bytes]:
    """The parts of a document with that body."""
    related = [("styles", styles), ("numbering", numbering), ("footnotes", footnotes)]
    links = "".join(
        f'<Relationship Id="r{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name, part in related if part
    )
    made = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>',
        "word/document.xml": f"<w:document {_WORD} {_MORE}><w:body>{body}<w:sectPr/></w:body></w:document>",
    }
    made |= {f"word/{name}.xml": f"<w:{name} {_WORD}>{part}</w:{name}>" for name, part in related if part}
    return {name: (part if name == "[Content_Types].xml" else _HEAD + part).encode() for name, part in made.items()}


def save(path: Path, contents: Mapping[str, bytes]) -> Path:
    """Writes a package."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in contents.items():
            package.writestr(name, part)
    return path


def read(folder: Path, body: str, styles: str = "", numbering: str = "") -> TextRead:
    """What a document with that body is read as."""
    path = save(folder / "文本.docx", parts(body, styles, numbering))
    return read_text(path, path.name)


def texts(read_: TextRead) -> list[str]:
    """What found no place, as texts."""
    return [one.text for one in read_.unplaced]


def said(read_: TextRead) -> set[str]:
    """Every text of the projects, as people see it."""
    return {entry.text for project in read_.department.projects for _, entry in project.entries()}
