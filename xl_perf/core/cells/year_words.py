"""What texts call years before the budget's, as parts of regular expressions; their amounts are none of the budget."""

from typing import Final

EARLIER_YEARS: Final = "(?<!以)上年|上一年|去年|往年|(?<![以当目])前年"
"""Not 60岁以上年老体弱, 当前年度, 以前年度."""
CARRIED_OVER: Final = "结[转余存]|转入|滚存"
"""What is carried over from an earlier year is this year's money."""
RESULTS: Final = "执行数|决算数"
"""What was spent, of whatever year."""
OF_OTHER_YEARS: Final = f"(?:{EARLIER_YEARS})(?!.*(?:{CARRIED_OVER}))|{RESULTS}"
"""What amounts are called that are plainly not this year's budget."""
