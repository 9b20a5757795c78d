"""What xl-perf writes files as: a custom document property by which it knows its own workbooks again."""

from typing import Final

KIND_PROPERTY: Final = "xl-perf"
TEMPLATE_PROPERTY: Final = "xl-perf-template"
"""The version of the template that a department workbook was made from."""
PROFILE_PROPERTY: Final = "xl-perf-profile"
"""The name of the profile that a department workbook was made for, where somebody asked for one."""
MARK_PROPERTY: Final = "xl-perf-marked"
"""Of a marked copy: the fingerprint of its parts when it was written."""
WRITTEN: Final = "2023-01-01T00:00:00"
"""The date in everything that we write, so that the same input gives the same bytes: nobody has saved it since."""
FINGERPRINT_PROPERTY: Final = "xl-perf-fingerprint"
"""Of an output: the same, by which it is known that nobody has edited it since."""
TYPED_PROPERTY: Final = "xl-perf-typed"
"""Of an output: it holds what people typed into the one before, which must not get lost with it."""

BACKUP_FOLDER: Final = "xl-perf 备份"
"""The folder of the copies that buttons make of open workbooks: what lies there would be counted twice."""

DEPARTMENT: Final = "department"
PACKED: Final = "packed"
"""A department's workbook that was packed to be handed in: it carries a manifest."""
SUMMARY: Final = "summary"
REPORT: Final = "report"
ADDIN: Final = "addin"
MARKED: Final = "marked"
"""A workbook with notes on what was found, until somebody edits it: then it is a workbook like any other."""
TEXT: Final = "text"
"""The performance text (.docx, .pdf)."""
RECEIPT: Final = "receipt"
CHANGES: Final = "changes"
"""What `diff` writes."""
EXPORT: Final = "export"
"""Tables for other tools (.xlsx; those of other formats are known by `data_files`)."""
INBOX: Final = "inbox"
"""收件汇总 and 退回清单."""
GUIDE: Final = "guide"
"""A 样表: an office's form with marks in the cells to fill in. It says how others are read, and is no input itself."""
PROGRESS: Final = "progress"
"""Monitoring and self-evaluation tables, tasks: people fill them in, so they are inputs."""
OWN_OUTPUTS: Final = {
    SUMMARY: "xl-perf 写出的汇总",
    REPORT: "xl-perf 写出的校验报告",
    TEXT: "xl-perf 写出的绩效文本",
    MARKED: "标注副本，没有改动过",
    RECEIPT: "xl-perf 写出的回执",
    CHANGES: "xl-perf 写出的变动表",
    EXPORT: "xl-perf 写出的数据表",
    INBOX: "xl-perf 写出的收件汇总或退回清单",
    GUIDE: "样表，说明别的表怎样读，不是填报的工作簿",
}
"""Kinds that are never taken as inputs, and may be overwritten until somebody edits them; and what they are called."""
MISNAMED_GUIDE: Final = (
    "样表，没有用它读别的表，因为文件名不以“样表”开头：要用请改名为“样表….xlsx”（用 --form 或口径文件指定的不用改）"
)
"""Why a 样表 is passed over, and not used, that is called otherwise than those which are looked for."""
