"""发布文本: the open workbook's performance text, as .docx beside it."""

from typing import TYPE_CHECKING

from xl_perf.core.reading import read_department
from xl_perf.live.reading import profile_of
from xl_perf.live.typed_percents import read_corrected

if TYPE_CHECKING:
    from xl_perf.live.host import Host


def publish(host: "Host") -> str:
    """Writes the text, and says where it is. Raises as `service.publishing.publish_beside` does."""
    from xl_perf.service.publishing import publish_beside

    book, corrected = read_corrected(host)
    department = read_department(book, host.kinds)
    said = publish_beside(host.book.fullname, department, profile_of(host.book, department))
    return "\n".join(filter(None, (said, corrected)))
