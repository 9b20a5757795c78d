"""An xlwings engine over UNO: the code that works in Excel through xlwings works in LibreOffice too.

Where Excel refuses something and LibreOffice would do it silently, as writing into locked cells of a protected sheet,
the engine raises; what it lacks is a NotImplementedError with the member's name. It uses nothing of xlwings.pro.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings

__all__ = ["connect"]


def connect(pipe: str, timeout: float = 30, headless: bool | None = None) -> "xlwings.App":
    """The LibreOffice that listens on the pipe (``xl-perf office --pipe``), as an application of xlwings.

    ``headless`` says that nobody would see a message box: `alert` then keeps them in ``app.impl.alerts.kept`` and
    answers as ``app.impl.alerts.answers`` says; by default what the environment variable XL_PERF_HEADLESS says.
    A process that is connected already gets the same application again.
    Raises `NoBridge` where this Python cannot talk to LibreOffice, `NoOffice` if none answers within ``timeout``
    seconds.
    """
    from xl_perf.engines import xlwings_import

    xw = xlwings_import.load()
    from xl_perf.engines.libreoffice import bridge
    from xl_perf.engines.libreoffice.app import App
    from xl_perf.engines.libreoffice.engine import Engine

    engine = next((engine.impl for engine in xw.engines if isinstance(engine.impl, Engine)), None)
    if engine is None:
        engine = Engine()
        xw.engines.add(xw.Engine(impl=engine))
        if xw.engines.active is None:
            xw.engines.active = xw.engines["libreoffice"]
    app = engine.apps.on_pipe(pipe)
    if app is None:
        app = App(engine, bridge.context(pipe, timeout), headless, pipe)
        engine.apps.connected(app)
    found: xlwings.App = xw.App(impl=app)
    return found
