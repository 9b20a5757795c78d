"""The profiles that come with xl-perf, and those that a department keeps beside its workbook."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from xl_perf.core.profile import Profile, ProfileError, parse_profile

DEFAULT: Final = "hebei-2023"
_FOLDER: Final = Path(__file__).parent


def names() -> list[str]:
    """Names of the profiles that come with the program."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


@lru_cache(maxsize=16)
def load(name: str = DEFAULT) -> Profile:
    """A profile by its name, or by the path of a TOML file. Raises `ProfileError` in Chinese."""
    path = _FOLDER / f"{name}.toml" if name in names() else Path(name)
    try:
        return parse_profile(path.read_text("utf-8-sig"), name)
    except FileNotFoundError:
        known = "、".join(names())
        raise ProfileError(f"没有名为“{name}”的口径", f"请用自带的 {known}，或写出口径文件（.toml）的路径") from None
    except UnicodeDecodeError:
        raise ProfileError(f"口径文件“{name}”不是 UTF-8 编码的文本", "请另存为 UTF-8 编码的 .toml 文件") from None
    except (OSError, ValueError):  # a folder, no permission, a name with a zero byte
        raise ProfileError(f"口径文件“{name}”打不开", "请核对路径和读取权限；要给出文件，不是文件夹") from None
