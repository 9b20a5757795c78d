"""Boxes that LibreOffice has none of its own for: a question, something to fill in, 确定 and 取消."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

WIDTH: Final = 260
MARGIN: Final = 6
LINE: Final = 10
"""In LibreOffice's units of dialogs: a fourth and an eighth of a character."""
_BUTTON: Final = (50, 14)
"""Width and height."""
_POSITION: Final = 3  # com.sun.star.awt.PosSize.POS
_OK, _CANCEL = 1, 2  # com.sun.star.awt.PushButtonType


class Dialog:
    """A box that grows downwards with what is added."""

    def __init__(self, context: Any, title: str, question: str) -> None:
        self._context = context
        self._model = self._service("com.sun.star.awt.UnoControlDialogModel")
        self._model.Title = title
        self._top = MARGIN
        lines = question.count("\n") + 1
        self.add(
            "FixedText",
            "question",
            (MARGIN, WIDTH - 2 * MARGIN),
            lines * LINE,
            Label=question,
            NoLabel=True,
            MultiLine=lines > 1,
        )

    def _service(self, name: str) -> Any:
        return self._context.ServiceManager.createInstanceWithContext(name, self._context)

    def add(self, kind: str, name: str, across: tuple[int, int], height: int, **settings: Any) -> None:
        """A control below what is there; ``across`` are its left edge and its width."""
        self._put(kind, name, (across[0], self._top, across[1], height), **settings)
        self._top += height + 4

    @contextmanager
    def shown(self, window: Any) -> Iterator[tuple[Any, Callable[[str], Any]]]:
        """The box over the window, with a way to its controls by their names; it is gone afterwards."""
        top, (width, high) = self._top + 2, _BUTTON
        ok, cancel = (WIDTH - MARGIN - number * width - (number - 1) * MARGIN for number in (2, 1))
        self._put("Button", "ok", (ok, top, width, high), Label="确定", PushButtonType=_OK, DefaultButton=True)
        self._put("Button", "cancel", (cancel, top, width, high), Label="取消", PushButtonType=_CANCEL)
        self._model.Width, self._model.Height = WIDTH, top + high + MARGIN
        dialog = self._service("com.sun.star.awt.UnoControlDialog")
        dialog.setModel(self._model)
        try:
            dialog.createPeer(window.getToolkit(), window)
            outer, own = window.getPosSize(), dialog.getPosSize()
            dialog.setPosSize((outer.Width - own.Width) // 2, (outer.Height - own.Height) // 3, 0, 0, _POSITION)
            yield dialog, dialog.getControl
        finally:
            dialog.dispose()

    def _put(self, kind: str, name: str, area: tuple[int, int, int, int], **settings: Any) -> None:
        part = self._model.createInstance(f"com.sun.star.awt.UnoControl{kind}Model")
        part.Name = name
        part.PositionX, part.PositionY, part.Width, part.Height = area
        for key, value in settings.items():
            setattr(part, key, value)
        self._model.insertByName(name, part)
