"""The record of what was installed, so that exactly that is taken away again: installed.json in the user's folder."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from xl_perf.core.errors import OutputError
from xl_perf.desktop.files import digest, put, refusal, remove


@dataclass
class Receipt:
    """``files``: path -> SHA-256 of what was written. ``settings``: key -> value written. ``folders``: made by us."""

    path: Path
    files: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path) -> "Receipt":
        """The record, empty where there is none. Raises `OutputError` for one that cannot be understood."""
        try:
            found = json.loads(path.read_text("utf-8"))
            return cls(path, dict(found["files"]), dict(found["settings"]), list(found["folders"]))
        except FileNotFoundError:
            return cls(path)
        except OSError as error:
            raise refusal(path, error) from error
        except (ValueError, KeyError, TypeError) as error:
            raise OutputError(
                f"安装记录 {path} 已损坏", "请把它删去；加载项、模板等要自己删除，位置见 xl-perf excel doctor"
            ) from error

    def save(self) -> None:
        """Writes the record, or takes it away when nothing is left in it."""
        if not (self.files or self.settings):
            remove(self.path)
            return
        self.make_folder(self.path.parent)
        content = {"files": self.files, "settings": self.settings, "folders": self.folders}
        put(self.path, json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8"))

    def wrote(self, path: Path, content: bytes) -> bool:
        """Whether exactly this content was put there by us."""
        return self.files.get(str(path)) == digest(content)

    def make_folder(self, folder: Path) -> None:
        """Creates a folder and those above, and remembers which were not there."""
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise refusal(folder, error) from error
        self.folders += (str(one) for one in reversed(missing) if str(one) not in self.folders)

    def drop_folders(self) -> None:
        """Removes the folders that we made, as far as they are empty."""
        for folder in reversed(self.folders):
            try:
                Path(folder).rmdir()
            except OSError:
                continue
        self.folders = _existing(self.folders)


def _existing(folders: Iterable[str]) -> list[str]:
    return [folder for folder in folders if Path(folder).is_dir()]
