"""``python -m xl_perf`` is ``xl-perf``."""

from xl_perf.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
