"""有已知的错别字。

为什么：文本要公开，错别字会一年年抄下去。
怎样认：文字中有口径文件所列的错别字（如“调差”应为“调查”）；口径列明的正确用法（如“价格调差”）不算。一个单元格只报一次。
检查标题、名称、用途、目标、指标，以及整体绩效目标工作表上的文字。
怎样改：照“应为”改正。
依据：错别字见口径文件 misspelling。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Edit, Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per cell; the whole book is looked through at once, for nearly always there is nothing."""
    right = profile.right_words
    if not seen.mentions(right):
        return
    for text in seen.texts:
        wrong = list(dict.fromkeys(profile.wrong_words.findall(text.typed)))
        if wrong:
            pairs = "，".join(f"“{word}”应为“{right[word]}”" for word in wrong)
            found, expected = "、".join(wrong), "、".join(right[word] for word in wrong)
            entry, mended = text.entry, profile.wrong_words.sub(lambda match: right[match[0]], text.typed)
            # Texts of several cells are read as one, with line breaks: then there is no one cell to put it into.
            edit = None if "\n" in text.typed else Edit(entry.sheet, entry.row, entry.column, entry.typed, mended)
            message, remedy = f"{text.label}中有错别字：{pairs}", f"请改为“{expected}”"
            yield at(entry, "F208", text.label, message, remedy, found=found, expected=expected, edit=edit)


RULE = Rule("F208", Severity.WARNING, check, __doc__)
