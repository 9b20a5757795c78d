"""``python -m xl_perf`` is ``xl-perf``."""

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parents[1]
# The folder in which people stand may hold a docx.py that somebody mailed: no module is taken from there but our own.
if sys.path and Path(sys.path[0]).resolve() == Path.cwd() != _HERE:
    del sys.path[0]

from xl_perf.cli.main import main  # noqa: E402

if __name__ == "__main__":
    raise SystemExit(main())
