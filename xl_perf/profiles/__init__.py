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
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(
            f"口径文件“{name}”读不出来（{error.__class__.__name__}）", "请检查文件是否为 UTF-8 编码的 TOML"
        ) from None
