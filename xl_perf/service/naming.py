"""The department's name from the name of its file or folder, for workbooks that do not name it themselves."""

import re
from pathlib import Path
from typing import Final, NamedTuple

_PARTS: Final = re.compile(
    r"[^\u4e00-\u9fff]+|部门|预算|绩效|目标|项目|支出|文本|年度|报送|上报|定稿|终稿|初稿|修改|最终|汇总|附件|副本|收件|[表稿年版份]"
)
"""What stands around the name: everything that is no Chinese, and words of such files."""
_ORGANISATION: Final = re.compile(
    r"[\u4e00-\u9fff]{1,24}(?:局|厅|[党市县区]委|委员会|办公室|办事处|街道|镇|乡|政府|法院|检察院|医院|学院|研究院|大学|学校|"
    r"[中小]学|幼儿园|中心|联合会|工会|妇联|残联|科协|文联|团委|公司|支队|大队|博物馆|图书馆|文化馆|事务所|管理所|管理处)"
)


class Named(NamedTuple):
    """A department's name, and where it was taken from: 文件名 or 文件夹名."""

    department: str
    where: str


def department_of(path: str) -> Named | None:
    """What the file's name says, else its folder's; None where neither holds the name of one organisation."""
    file = Path(path)
    for text, where in ((file.stem, "文件名"), (file.absolute().parent.name, "文件夹名")):
        found = {part for part in _PARTS.split(text) if _ORGANISATION.fullmatch(part)}
        if len(found) == 1:
            return Named(found.pop(), where)
    return None
