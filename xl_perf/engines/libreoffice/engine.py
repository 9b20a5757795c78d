"""The engine that xlwings is given: its name, its applications, and how values are handed in and out."""

import datetime
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from xl_perf.engines.libreoffice.app import Apps
from xl_perf.engines.libreoffice.contents import CellError, Rows
from xl_perf.engines.libreoffice.member import Member


class Engine(Member):
    """LibreOffice through UNO."""

    def __init__(self) -> None:
        self._apps = Apps()

    @property
    def apps(self) -> Apps:
        """The LibreOffices that this process is connected to."""
        return self._apps

    @property
    def name(self) -> str:
        """The engine's name in ``xlwings.engines``."""
        return "libreoffice"

    @property
    def type(self) -> str:
        """Like Excel's: everything is done at once, in a running program."""
        return "desktop"

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:  # noqa: ARG004
        """A value on its way into a cell: None, bool, float, str, date or datetime."""
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, int | Decimal):
            return float(value)
        if isinstance(value, float):
            return None if math.isnan(value) else value
        if isinstance(value, str | datetime.date):
            return value
        raise TypeError(f"a cell takes no {type(value).__name__}")

    @staticmethod
    def clean_value_data(
        rows: Rows,
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """Values on their way out, with the person's options: error values are blank, or their names."""

        def clean(value: Any) -> Any:
            if isinstance(value, CellError):
                return value.code if err_to_str else empty_as
            if value is None:
                return empty_as
            if isinstance(value, datetime.datetime):
                return _built(value, datetime_builder)
            if isinstance(value, float) and number_builder is not None:
                return number_builder(value)
            return value

        return [[clean(value) for value in line] for line in rows]


def _built(value: datetime.datetime, builder: Callable[..., Any]) -> Any:
    if builder is datetime.datetime:
        return value
    parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    return builder(**{part: getattr(value, part) for part in parts}, tzinfo=None)
