"""What can only be seen when several books are looked at together: codes and names that stand twice."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import cell_place
from xl_perf.core.cells.values import is_placeholder
from xl_perf.core.figures.summary import ProjectLine
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


class _First(NamedTuple):
    """Where a code or a name was met first."""

    department: str | None
    path: str
    sheet: str

    @property
    def place(self) -> str:
        return f"{self.path} 的 {self.sheet}"


class Register:
    """Remembers every code and name of the books that went by: about 200 bytes a project.

    X601 across departments is a warning; in further books of the same department X601 and X602 are errors, as
    within one book. The profile's settings for the two rules hold here too.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._rules = profile.rules
        self._codes: dict[str, _First] = {}
        self._names: dict[tuple[str, str], _First] = {}

    def add(self, lines: Iterable[ProjectLine], own: Profile | None = None) -> Iterator[Finding]:
        """The findings that one more book's lines give, compared with all the books before it.

        ``own`` is the profile of its department, if that has one.
        """
        self._rules = (own or self._profile).rules
        book = [(line, folded(line.code or ""), (line.department or "", folded(line.name or ""))) for line in lines]
        for line, code, name in book:
            if code in self._codes:
                yield from self._repeated_code(line, self._codes[code])
            if name in self._names:
                yield from self._repeated_name(line, self._names[name])
        for line, code, name in book:
            here = _First(line.department, line.path, line.sheet)
            if line.code and not is_placeholder(line.code):
                self._codes.setdefault(code, here)
            if line.department and line.name:
                self._names.setdefault(name, here)

    def _repeated_code(self, line: ProjectLine, first: _First) -> Iterator[Finding]:
        same = line.department is not None and line.department == first.department
        whose = "" if same else f"（{first.department or '未写部门'}）"
        message = f"项目编码 {line.code} 与 {first.place}{whose} 相同"
        severity = Severity.ERROR if same else Severity.WARNING
        return self._finding(line, "X601", "code", "项目编码", message, severity)

    def _repeated_name(self, line: ProjectLine, first: _First) -> Iterator[Finding]:
        message = f"项目名称与 {first.place} 相同，同一个项目可能交了两次"
        return self._finding(line, "X602", "name", "项目名称", message, Severity.ERROR)

    def _finding(
        self, line: ProjectLine, code: str, key: str, field: str, message: str, severity: Severity
    ) -> Iterator[Finding]:
        setting = self._rules.get(code)
        if setting is not None and setting.off:
            return
        if setting is not None and setting.severity is not None:
            severity = setting.severity
        cell = line.cell(key)
        row, column = (None, None) if cell is None else cell_place(cell)
        remedy = "请核对；重复交来的工作簿只保留一份"
        found = line.code if key == "code" else line.name
        yield Finding(code, message, remedy, line.sheet, row, column, field, found, severity=severity)
