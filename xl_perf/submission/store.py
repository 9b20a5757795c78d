"""The record of an inbox: ``收件.sqlite``, whose tables are described in docs/收件.md.

Two runs at once are safe: whoever writes waits for the other, and every received file is one transaction. A run that is
killed leaves what was recorded before. A run that finds nothing new writes nothing. The journal is SQLite's usual one:
a write-ahead log does not work on network drives, where inboxes lie.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, NamedTuple

from xl_perf.core.errors import XlPerfError
from xl_perf.files.inboxes import APPLICATION, RECORD

VERSION: Final = 1
"""PRAGMA user_version: of the tables below."""
_WAIT: Final = 60.0
"""Seconds for which one run waits for another."""
TABLES: Final = """
CREATE TABLE received (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL, suffix TEXT NOT NULL, bytes INTEGER NOT NULL,
    name TEXT NOT NULL, path TEXT NOT NULL,
    received_at TEXT NOT NULL, sender TEXT NOT NULL, subject TEXT NOT NULL,
    department TEXT, year INTEGER, kind TEXT NOT NULL,
    projects INTEGER NOT NULL, budget TEXT NOT NULL, fiscal TEXT NOT NULL, other TEXT NOT NULL,
    errors INTEGER NOT NULL, warnings INTEGER NOT NULL, hints INTEGER NOT NULL, accepted INTEGER NOT NULL,
    modified TEXT NOT NULL, version INTEGER, verified INTEGER, changed TEXT NOT NULL, forced TEXT NOT NULL,
    profile TEXT NOT NULL, notes TEXT NOT NULL, checked_by TEXT NOT NULL,
    totals TEXT NOT NULL, compared TEXT NOT NULL,
    error_kind TEXT NOT NULL, error TEXT NOT NULL, remedy TEXT NOT NULL,
    UNIQUE (sha256, name)
) STRICT;
CREATE TABLE containers (
    sha256 TEXT PRIMARY KEY, suffix TEXT NOT NULL, bytes INTEGER NOT NULL,
    name TEXT NOT NULL, path TEXT NOT NULL, received_at TEXT NOT NULL, sender TEXT NOT NULL, subject TEXT NOT NULL
) STRICT;
CREATE TABLE passed_over (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL, reason TEXT NOT NULL, is_error INTEGER NOT NULL,
    after INTEGER NOT NULL, UNIQUE (path, reason)
) STRICT;
CREATE TABLE steps (
    id INTEGER PRIMARY KEY, step TEXT NOT NULL, department TEXT NOT NULL, year INTEGER, kind TEXT NOT NULL,
    versions TEXT NOT NULL, after INTEGER NOT NULL, time TEXT NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE TABLE expected (position INTEGER PRIMARY KEY, department TEXT NOT NULL) STRICT;
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""


@dataclass(frozen=True)
class Received:
    """A row of the table ``received``: one workbook, or a file that should be one. Amounts are texts in 万元.

    ``kind`` is the family of its forms, empty where it has none. ``verified`` is None without a manifest, 0 where its
    content is another one: then ``changed`` names the places, a line each. ``totals`` and ``compared`` are JSON.
    ``error`` is empty for what could be read.
    """

    id: int
    sha256: str
    suffix: str
    bytes: int
    name: str
    path: str
    received_at: str
    sender: str
    subject: str
    department: str | None
    year: int | None
    kind: str
    projects: int
    budget: str
    fiscal: str
    other: str
    errors: int
    warnings: int
    hints: int
    accepted: int
    modified: str
    version: int | None
    verified: int | None
    changed: str
    forced: str
    profile: str
    notes: str
    checked_by: str
    totals: str
    compared: str
    error_kind: str
    error: str
    remedy: str

    @property
    def is_changed(self) -> bool:
        """Its content is not what its manifest says."""
        return self.verified == 0


class Container(NamedTuple):
    """A row of ``containers``: an archive or a mail in which workbooks came."""

    sha256: str
    suffix: str
    bytes: int
    name: str
    path: str
    received_at: str
    sender: str
    subject: str


class Step(NamedTuple):
    """A row of ``steps``: what a person did. ``versions`` are numbers of ``received``, parted by blanks.

    ``department`` is as in `items.Key`. ``after`` is the last number that had been received then.
    """

    id: int
    step: str
    department: str
    year: int | None
    kind: str
    versions: str
    after: int
    time: str
    reason: str

    @property
    def numbers(self) -> frozenset[int]:
        """Those of the versions."""
        return frozenset(map(int, self.versions.split()))


class PassedOver(NamedTuple):
    """A row of ``passed_over``: a file that was not taken in, and why, in Chinese.

    ``is_error``: it may hold money. ``after`` is the last number that had been received then.
    """

    path: str
    reason: str
    is_error: bool
    after: int = 0


_FIELDS: Final = tuple(field.name for field in fields(Received))
_INSERT: Final = (
    f"INSERT INTO received ({', '.join(_FIELDS[1:])}) VALUES ({', '.join('?' * (len(_FIELDS) - 1))}) "
    "ON CONFLICT (sha256, name) DO NOTHING"
)
_NOT_OURS: Final = "不是 xl-perf 的收件记录，没有动它"


class Store:
    """An open record. Use it as a context manager."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Opens the record in an inbox; with ``create`` a new one where there is none.

        Raises `XlPerfError` where there is none, or it is none of ours, damaged, or of a later xl-perf.
        """
        self.folder = folder
        self._path = path = folder / RECORD
        if not create and not path.is_file():
            raise XlPerfError(f"{folder} 不是收件箱，里面没有 {RECORD}", "请核对文件夹；收件箱由 xl-perf receive 建立")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise XlPerfError(f"{path} 打不开或写不进去", "请检查文件夹在不在、有没有权限、磁盘满没满") from error
        try:
            with _explained(path):
                self._prepare(create=create)
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self, *, create: bool) -> None:
        self._connection.execute("PRAGMA synchronous = FULL")
        if create and not self._tables():
            with self.transaction():
                if not self._tables():
                    for statement in TABLES.split(";\n"):
                        if statement.strip():
                            self._connection.execute(statement)
                    self._connection.execute(f"PRAGMA application_id = {APPLICATION}")
                    self._connection.execute(f"PRAGMA user_version = {VERSION}")
        ((application,),) = self._connection.execute("PRAGMA application_id")
        ((version,),) = self._connection.execute("PRAGMA user_version")
        if application != APPLICATION:
            raise XlPerfError(f"{self._path} {_NOT_OURS}", "请换一个文件夹做收件箱")
        if version > VERSION:
            raise XlPerfError(f"{self._path} 是更新的 xl-perf 建立的", "请升级 xl-perf 后再试")

    def _tables(self) -> int:
        ((number,),) = self._connection.execute("SELECT count(*) FROM sqlite_schema")
        return int(number)

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Nobody else writes meanwhile; what was written is there whole, or not at all after an exception."""
        with _explained(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite itself goes back where the disk is full
                    self._connection.execute("ROLLBACK")
                raise

    # --- reading

    def _select(self, what: str, *values: object) -> list[Any]:
        with _explained(self._path):
            return self._connection.execute(what, values).fetchall()

    def received(self) -> list[Received]:
        """All workbooks, in the order in which they were recorded."""
        return [Received(*row) for row in self._select(f"SELECT {', '.join(_FIELDS)} FROM received ORDER BY id")]

    def known(self) -> dict[tuple[str, str], tuple[int, str, str]]:
        """By digest and name: number, what it was checked by, and the kind of error, empty where there is none."""
        rows = self._select("SELECT sha256, name, id, checked_by, error_kind FROM received")
        return {(sha256, name): (number, by, error) for sha256, name, number, by, error in rows}

    def steps(self) -> list[Step]:
        """All steps, in their order."""
        columns = ", ".join(Step._fields)
        return [Step(*row) for row in self._select(f"SELECT {columns} FROM steps ORDER BY id")]

    def passed_over(self) -> list[PassedOver]:
        """What was not taken in."""
        rows = self._select("SELECT path, reason, is_error, after FROM passed_over ORDER BY id")
        return [PassedOver(path, reason, bool(is_error), after) for path, reason, is_error, after in rows]

    def expected(self) -> tuple[str, ...]:
        """The departments that were to deliver, by the last list that was given."""
        return tuple(name for (name,) in self._select("SELECT department FROM expected ORDER BY position"))

    def settings(self) -> Mapping[str, str]:
        """What was asked for at the last time."""
        return dict(self._select("SELECT name, value FROM settings"))

    # --- writing

    def add(self, row: Received) -> int:
        """Records one workbook, in a transaction of its own; gives its number, 0 where another run was faster."""
        with self.transaction():
            cursor = self._connection.execute(_INSERT, [getattr(row, name) for name in _FIELDS[1:]])
            return cursor.lastrowid or 0 if cursor.rowcount > 0 else 0

    def replace(self, number: int, row: Received) -> None:
        """Records a workbook anew that could not be read before."""
        assigned = ", ".join(f"{name} = ?" for name in _FIELDS[1:])
        with self.transaction():
            values = [getattr(row, name) for name in _FIELDS[1:]]
            self._connection.execute(f"UPDATE received SET {assigned} WHERE id = ?", [*values, number])

    def add_container(self, row: Container) -> None:
        """Records an archive or a mail, once."""
        if not self._select("SELECT 1 FROM containers WHERE sha256 = ?", row.sha256):
            marks = ", ".join("?" * len(row))
            with self.transaction():
                self._connection.execute(f"INSERT OR IGNORE INTO containers VALUES ({marks})", row)

    def add_passed_over(self, rows: Iterable[PassedOver]) -> None:
        """Records what was not taken in, each once, as of now."""
        there = {(one.path, one.reason) for one in self.passed_over()}
        new = [(*row[:3],) for row in dict.fromkeys(rows) if (row.path, row.reason) not in there]
        if new:
            insert = (
                "INSERT OR IGNORE INTO passed_over (path, reason, is_error, after) "
                "VALUES (?, ?, ?, (SELECT coalesce(max(id), 0) FROM received))"
            )
            with self.transaction():
                self._connection.executemany(insert, new)

    def expect(self, departments: Sequence[str]) -> None:
        """Records the list of departments that are to deliver, if it is another one."""
        if tuple(departments) != self.expected():
            with self.transaction():
                self._connection.execute("DELETE FROM expected")
                self._connection.executemany("INSERT INTO expected VALUES (?, ?)", enumerate(departments, 1))

    def set(self, name: str, value: str) -> None:
        """Records what was asked for, if it is something else."""
        if self.settings().get(name) != value:
            with self.transaction():
                self._connection.execute(
                    "INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (name, value)
                )

    def add_step(self, step: Step) -> None:
        """Records what a person did, in the transaction that is under way; its number is given here."""
        columns = Step._fields[1:]
        marks = ", ".join("?" * len(columns))
        self._connection.execute(f"INSERT INTO steps ({', '.join(columns)}) VALUES ({marks})", step[1:])


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """SQLite's errors in Chinese, with the next step."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise XlPerfError(f"{path} 正被别的程序使用，等了 {_WAIT:.0f} 秒", "请等它做完再试") from error
        if "full" in str(error):
            raise XlPerfError(f"{path} 没有写成：磁盘空间不足", "请清理磁盘后再运行一次") from error
        if "readonly" in str(error) or "unable to open" in str(error):
            raise XlPerfError(f"{path} 写不进去", "请检查文件和文件夹的权限") from error
        raise XlPerfError(f"{path} 读写出错（{error.sqlite_errorname}）", "请检查磁盘后再试") from error
    except sqlite3.DatabaseError as error:
        raise XlPerfError(f"{path} {_NOT_OURS}，或者已经损坏", "请从备份恢复，或换一个文件夹做收件箱") from error
