"""The combined summary of many books: 汇总 per department, 明细 per project, 校验结果, and 未读入 for what failed.

Everything but one line per department is streamed, so memory does not grow with the number of books.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from xl_perf.books.details_sheet import DetailsSheet
from xl_perf.books.findings_sheet import FindingsSheet
from xl_perf.books.links import relative
from xl_perf.books.overview_sheet import DepartmentRow, write_overview
from xl_perf.books.stream import StreamedWorkbook
from xl_perf.books.styles import Styles
from xl_perf.books.summary import KIND, project_names
from xl_perf.books.unread_sheet import UnreadSheet
from xl_perf.core.errors import BookError
from xl_perf.core.findings import Finding
from xl_perf.core.profile import Profile
from xl_perf.core.summary import ProjectLine
from xl_perf.core.totals import add_up
