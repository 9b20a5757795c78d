"""What the buttons do, once, as data: buttons on sheets, help, ribbon and VBA are made from it (tools/macros.py)."""

from typing import Final, NamedTuple


class Action(NamedTuple):
    """One button.

    ``name`` is the function in `xl_perf.buttons`, ``sub`` the public Sub in macros/XlPerf.bas, ``image`` one of
    Office's own icons (imageMso). ``tip`` says in a few words what happens, ``help`` in whole sentences. ``group`` is
    the ribbon's group; with ``on_cover`` the button also stands on 首页, with ``on_form`` on every project's sheet,
    with ``on_library`` on 指标库. The ribbon shows it large with ``is_large``. With ``reads_only`` it also works in a
    workbook that cannot be changed.
    """

    name: str
    sub: str
    caption: str
    tip: str
    help: str
    image: str
    group: str
    on_cover: bool = False
    on_form: bool = False
    on_library: bool = False
    is_large: bool = False
    reads_only: bool = False


PROJECTS, FORM, CHECKING, FINDINGS, RECORD = "项目", "项目表", "校验与汇总", "问题", "标记与撤销"
YEAR: Final = "年中年末"
GROUPS: Final = (PROJECTS, FORM, CHECKING, FINDINGS, RECORD, YEAR)
"""The ribbon's groups, from left to right."""

ACTIONS: Final = (
    Action(
        "add_project",
        "AddProject",
        "新增项目",
        "新增一张空白的项目表",
        "复制“空白表”，按下一个表号命名，并列入首页的项目清单。",
        "SheetInsert",
        PROJECTS,
        on_cover=True,
        is_large=True,
    ),
    Action(
        "import_projects",
        "ImportProjects",
        "导入项目",
        "把别的工作簿里的项目表收进来",
        "选择一本或几本工作簿（例如各单位报来的），其中的项目绩效目标表都收进本工作簿，来源文件不改动。",
        "ImportExcel",
        PROJECTS,
        on_cover=True,
        is_large=True,
    ),
    Action(
        "validate",
        "ValidateAll",
        "校验全部",
        "校验整本工作簿",
        "校验各张表，问题逐条列入“校验结果”，并在单元格上标出颜色和批注。不改动填写的内容。",
        "AcceptInvitation",
        CHECKING,
        on_cover=True,
        is_large=True,
        reads_only=True,
    ),
    Action(
        "validate_sheet",
        "ValidateSheet",
        "校验本表",
        "只校验当前的项目表",
        "只校验当前项目表，问题列入“校验结果”，并在单元格上标出颜色和批注。不改动填写的内容。",
        "ErrorChecking",
        CHECKING,
        on_form=True,
        reads_only=True,
    ),
    Action(
        "next_finding",
        "NextFinding",
        "下一个问题",
        "转到下一个有问题的单元格",
        "转到上次校验列出、还没有接受的下一个问题，先错误、再警告、再提示，并说明规则、问题、改法和第几个。",
        "ReviewNextComment",
        FINDINGS,
        on_form=True,
        reads_only=True,
    ),
    Action(
        "previous_finding",
        "PreviousFinding",
        "上一个问题",
        "转到上一个有问题的单元格",
        "按同样的次序往回，转到还没有接受的上一个问题，并说明规则、问题、改法和第几个。",
        "ReviewPreviousComment",
        FINDINGS,
        reads_only=True,
    ),
    Action(
        "accept_warnings",
        "AcceptWarnings",
        "接受警告",
        "填写接受选中警告的理由和接受人",
        "选中单元格或“校验结果”里的几行，填接受理由和接受人，写进“校验结果”；下次校验就算已接受。错误不能接受。",
        "ReviewAcceptChange",
        FINDINGS,
        on_form=True,
    ),
    Action(
        "normalise",
        "Normalise",
        "规范化",
        "统一数字和符号的写法",
        "列出可以统一的写法（全角数字、写成文字的金额等），确认后改写并逐条记录。可以用“撤销上次操作”恢复。",
        "ReplaceDialog",
        CHECKING,
        on_cover=True,
    ),
    Action(
        "consolidate",
        "Consolidate",
        "汇总",
        "由各项目表生成部门汇总",
        "按各项目表重新生成“部门汇总”：金额引用项目表，合计随时更新，附图表。",
        "AutoSum",
        CHECKING,
        on_cover=True,
        is_large=True,
    ),
    Action(
        "publish",
        "PublishText",
        "发布文本",
        "写出 Word 格式的绩效文本",
        "由本工作簿写出部门预算绩效文本（Word），放在工作簿旁边；有错误时照样写出，并说明还有几个错误。",
        "FileSaveAsWordDocx",
        CHECKING,
        on_cover=True,
        is_large=True,
        reads_only=True,
    ),
    Action(
        "pack",
        "PackUpward",
        "打包上报",
        "写出不含宏的报送工作簿和邮件草稿",
        "校验后另写一本不含宏的工作簿（带校验结果和报送清单）、清单和邮件草稿，放在工作簿旁边的“打包上报”文件夹；有错误时不打包。",
        "FileSendAsAttachment",
        CHECKING,
        on_cover=True,
        reads_only=True,
    ),
    Action(
        "compare_books",
        "CompareBooks",
        "与上次比较",
        "与上次报送的工作簿比，哪里改了",
        "选择上次的工作簿（如上年的、上一稿的、退回的），列出项目增减、每一栏的原值、现值和差额，写成工作簿旁边的“-变动.xlsx”。",
        "ReviewCompareMajorVersion",
        CHECKING,
        reads_only=True,
    ),
    Action(
        "print_sheets",
        "PrintSheets",
        "打印",
        "打印项目表、部门汇总，或写成 PDF",
        "选本表、全部项目表、整体绩效目标或部门汇总，写成 PDF 放在工作簿旁边，或直接送到打印机；不带校验标记和颜色。",
        "FilePrint",
        CHECKING,
        on_cover=True,
        reads_only=True,
    ),
    Action(
        "clear_marks",
        "ClearMarks",
        "清除标记",
        "去掉校验留下的颜色和批注",
        "去掉校验时标出的颜色和批注，单元格恢复原来的样子；“校验结果”保留。",
        "ClearFormats",
        RECORD,
        on_cover=True,
        is_large=True,
    ),
    Action(
        "undo",
        "UndoLast",
        "撤销上次操作",
        "撤销上一个按钮所做的改动",
        "撤销上一个按钮对工作簿内容的改动（如规范化、删除项目），恢复为按按钮之前的样子。",
        "Undo",
        RECORD,
        on_cover=True,
        on_form=True,
        is_large=True,
    ),
    Action(
        "add_indicator_row",
        "AddIndicatorRow",
        "增加指标行",
        "在当前一级指标下增加一行",
        "在光标所在的一级指标下增加一行，格式、下拉列表和合并单元格一并带好。",
        "SheetRowsInsert",
        FORM,
        on_form=True,
    ),
    Action(
        "delete_indicator_row",
        "DeleteIndicatorRow",
        "删除指标行",
        "删除光标所在的指标行",
        "删除光标所在的指标行；每个一级指标下至少留一行。可以用“撤销上次操作”恢复。",
        "SheetRowsDelete",
        FORM,
        on_form=True,
    ),
    Action(
        "pick_indicators",
        "PickIndicators",
        "选用指标",
        "从指标库选用常用指标",
        "“指标库”里打了√的指标填进当前项目表的空行，行不够就增加，不覆盖已填的；没有打√的，先转到“指标库”。",
        "DataValidation",
        FORM,
        on_form=True,
        on_library=True,
    ),
    Action(
        "add_goal_row",
        "AddGoalRow",
        "增加目标行",
        "增加一行绩效目标",
        "在最后一个绩效目标下面增加一行，编号接着排。年度总体目标只有一格的表不用，在格里分行写。",
        "Numbering",
        FORM,
        on_form=True,
    ),
    Action(
        "delete_goal_row",
        "DeleteGoalRow",
        "删除目标行",
        "删除光标所在的绩效目标",
        "删除光标所在的绩效目标，后面的编号跟着改；至少留一个目标。可以用“撤销上次操作”恢复。",
        "TableRowsDelete",
        FORM,
        on_form=True,
    ),
    Action(
        "fit_rows",
        "FitRows",
        "调整行高",
        "按文字多少调整各行高度",
        "按文字的多少调整当前项目表各行的高度，使合并单元格里的长文字也完整显示。",
        "RowHeightAutoFit",
        FORM,
        on_form=True,
    ),
    Action(
        "fit_all_rows",
        "FitAllRows",
        "调整全部行高",
        "调整整本工作簿各行的高度",
        "按文字的多少调整每张项目表各行的高度，整体绩效目标、首页里太矮的行也调高。打印以前按一次。",
        "TableRowsDistribute",
        FORM,
        on_cover=True,
    ),
    Action(
        "copy_project",
        "CopyProject",
        "复制项目",
        "复制当前的项目表",
        "把当前项目表连同内容复制成一张新的项目表，按下一个表号命名。有项目编码的，编码不复制，请另填。",
        "Copy",
        PROJECTS,
        on_form=True,
    ),
    Action(
        "delete_project",
        "DeleteProject",
        "删除项目",
        "删除当前的项目表",
        "先询问，确认后删除当前项目表并更新首页的项目清单。可以用“撤销上次操作”恢复。",
        "SheetDelete",
        PROJECTS,
        on_form=True,
    ),
    Action(
        "new_monitoring",
        "NewMonitoring",
        "新建监控",
        "新建一个月份的执行监控表",
        "先问月份，再建“监控-N月”：每个项目一张监控表，目标、年初预算照项目表，上一期的原因等文字带来。",
        "CalendarInsert",
        YEAR,
    ),
    Action(
        "update_monitoring",
        "UpdateMonitoring",
        "更新监控",
        "算出完成比、灯和支出进度",
        "按填写的执行数和执行情况，在监控表右边写出完成比、灯、与支出计划的差，并重做“监控汇总”。",
        "RefreshAll",
        YEAR,
    ),
    Action(
        "new_evaluation",
        "NewEvaluation",
        "新建自评",
        "新建年末绩效自评表",
        "建“自评”：每个项目一张自评表，分值按口径分摊，最近一次监控的数字以灰色带来备核。",
        "ReviewNewComment",
        YEAR,
    ),
    Action(
        "compute_scores",
        "ComputeScores",
        "计算得分",
        "算出各项得分和总分",
        "填上空着的得分，逐行写出怎样算的，重做“自评汇总”。手工改低的得分不动。",
        "CalculateNow",
        YEAR,
    ),
    Action(
        "plan_tasks",
        "PlanTasks",
        "任务分解",
        "按项目和分项目标列出任务",
        "没有“任务分解”时建一张，列出各项目和分项目标；已有的，补上还没有列入的项目。",
        "TableInsert",
        YEAR,
    ),
    Action(
        "record_supervision",
        "RecordSupervision",
        "登记监督",
        "在监督记录里登记一条",
        "在“监督记录”末尾加一行，写好序号、项目和来源，其余由您填写；没有这张表时先建。",
        "ReviewEditComment",
        YEAR,
    ),
    Action(
        "publish_monitoring",
        "PublishMonitoring",
        "发布监控",
        "把监控表写成 Word 文件",
        "选一个月份，把执行监控表和简短的报告写成 .docx，放在工作簿旁边。",
        "ExportWord",
        YEAR,
        reads_only=True,
    ),
    Action(
        "publish_evaluation",
        "PublishEvaluation",
        "发布自评",
        "把自评表写成 Word 文件",
        "把绩效自评表和简短的报告写成 .docx，放在工作簿旁边。",
        "FileSaveAsWord97_2003",
        YEAR,
        reads_only=True,
    ),
)
"""In the order in which buttons and help show them."""

IMPORT_NAME: Final = "xlp_import"
"""Defined name of the cells of 字典 in which the VBA leaves the paths of the files that were chosen."""


XLWINGS_MODULE: Final = "xlwings"
DICTIONARY_MODULE: Final = "Dictionary"
"""A class that xlwings' module needs on macOS."""
XLWINGS_MODULES: Final = (XLWINGS_MODULE, DICTIONARY_MODULE)
"""While one of them is in the project, no macro runs in LibreOffice: `xl-perf office` takes both out when it loads."""


def find(name: str) -> Action | None:
    """The action of a name that was typed, or None."""
    return next((action for action in ACTIONS if action.name == name), None)
