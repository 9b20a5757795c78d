"""Which departments were to deliver, which did, and which are on no list."""

from collections.abc import Mapping, Sequence

from xl_perf.core.cells.characters import folded


class Delivery:
    """The departments on a list, and the workbooks that came."""

    def __init__(self, expected: Sequence[str]) -> None:
        self.expected = tuple(expected)
        self._delivered: dict[str, list[str]] = {}
        self._shown: dict[str, str] = {}
        self.nameless: list[str] = []
        """Books that name no department."""
        self.unread = 0
        """Files that could not be read: whose they are is not known."""

    def add(self, department: str | None, path: str) -> None:
        """One workbook that could be read."""
        if department is None:
            self.nameless.append(path)
        else:
            key = folded(department)
            self._shown.setdefault(key, department)
            self._delivered.setdefault(key, []).append(path)

    @property
    def missing(self) -> list[str]:
        """Departments on the list without a workbook that could be read."""
        return [name for name in self.expected if folded(name) not in self._delivered]

    @property
    def unexpected(self) -> dict[str, Sequence[str]]:
        """Departments that are not on the list, with their workbooks."""
        known = set(map(folded, self.expected))
        return {self._shown[key]: paths for key, paths in self._delivered.items() if key not in known}

    @property
    def delivered(self) -> Mapping[str, Sequence[str]]:
        """Departments on the list that delivered, with their workbooks."""
        found = ((name, self._delivered.get(folded(name))) for name in self.expected)
        return {name: paths for name, paths in found if paths}
