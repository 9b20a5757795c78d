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
    from xl_perf.text.book_left import places_left

    book, corrected = read_corrected(host)
    department = read_department(book, host.kinds)
    left, _ = places_left(book, department, host.kinds)
    said = publish_beside(host.book.fullname, department, profile_of(host.book, department), left)
    return "\n".join(filter(None, (said, corrected)))


def publish_monitoring(host: "Host") -> str | None:
    """The monitoring of a month as .docx beside the book; None where the person picks no month. Raises as `publish`."""
    from xl_perf.core.figures.report_pairs import months_of
    from xl_perf.service.publishing_reports import publish_monitoring_beside

    book, corrected = read_corrected(host)
    department = read_department(book, host.kinds)
    months = sorted(months_of(department), reverse=True)
    month = months[0] if months else None
    if len(months) > 1:
        picked = host.choose("发布哪一期监控？", [f"1—{one}月" for one in months])
        if picked is None:
            return None
        month = months[picked]
    said = publish_monitoring_beside(host.book.fullname, department, month, profile_of(host.book, department))
    return "\n".join(filter(None, (said, corrected)))


def publish_evaluation(host: "Host") -> str:
    """The self-evaluations as .docx beside the book. Raises as `publish`."""
    from xl_perf.service.publishing_reports import publish_evaluation_beside

    book, corrected = read_corrected(host)
    department = read_department(book, host.kinds)
    said = publish_evaluation_beside(host.book.fullname, department, profile_of(host.book, department))
    return "\n".join(filter(None, (said, corrected)))
