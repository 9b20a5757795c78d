"""The comments part of a sheet under our notes."""

import time

from xl_perf.written.notes.comments import with_notes, without_notes


def part(number: int) -> bytes:
    comments = "".join(
        f'<comment ref="B{row}" authorId="0"><text><t>话{row}</t></text></comment>' for row in range(1, number + 1)
    )
    authors = "<authors><author>a</author></authors>"
    return f'<comments xmlns="m">{authors}<commentList>{comments}</commentList></comments>'.encode()


def seconds(number: int) -> float:
    content = part(number)
    began = time.process_time()
    marked, fresh = with_notes(without_notes(content, ()), {"B3": "【错误 B301】甲", "C9": "【错误 B301】乙"})
    assert (fresh, without_notes(marked, ("B3",)).count("话".encode())) == ({"C9"}, number)
    return time.process_time() - began


def test_many_comments_take_a_time_that_grows_with_their_number() -> None:
    """Each comment was held against all that stands in the part."""
    assert seconds(8_000) < 8 * seconds(2_000) + 0.3
