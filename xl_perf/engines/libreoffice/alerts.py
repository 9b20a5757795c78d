"""Message boxes. Where nobody would see them they are kept instead of shown, so that nothing waits for a click."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from xl_perf.engines.libreoffice import choice, text_box
from xl_perf.engines.libreoffice.bridge import enum

_BUTTONS: Final = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}  # com.sun.star.awt.MessageBoxButtons
_RESULTS: Final = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}  # com.sun.star.awt.MessageBoxResults
_UNASKED: Final = {"ok": "ok", "ok_cancel": "cancel", "yes_no": "no", "yes_no_cancel": "cancel"}


class Alert(NamedTuple):
    """A message box that was not shown, and the answer that was given for the person."""

    prompt: str
    title: str
    buttons: str
    mode: str
    answer: str


class Alerts:
    """Shows message boxes, or keeps them in ``kept``.

    Without a person the answer to a question is the careful one, cancel or no, unless ``answers`` holds the next.
    """

    def __init__(self, headless: bool) -> None:
        self.headless = headless
        self.kept: list[Alert] = []
        self.answers: list[str] = []

    def show(self, window: Any, prompt: str, title: str | None, buttons: str, mode: str | None) -> str:
        """Shows a box and gives the button pressed: ok, cancel, yes or no."""
        if buttons not in _BUTTONS:
            raise ValueError(f"buttons: {buttons}")
        if self.headless:
            answer = self.answers.pop(0) if self.answers and buttons != "ok" else _UNASKED[buttons]
            self.kept.append(Alert(prompt, title or "", buttons, mode or "info", answer))
            return answer
        kind = "ERRORBOX" if mode == "critical" else "INFOBOX" if buttons == "ok" else "QUERYBOX"
        box = window.getToolkit().createMessageBox(
            window, enum("com.sun.star.awt.MessageBoxType", kind), _BUTTONS[buttons], title or "", prompt
        )
        try:
            return _RESULTS[box.execute()]
        finally:
            box.dispose()

    def choose(self, context: Any, window: Any, question: str, title: str, options: Sequence[str]) -> int | None:
        """Shows a list to pick one from, and gives its number from 0. Without a person the next answer is its number
        from 1, and none means cancel.
        """
        if not self.headless:
            return choice.show(context, window, question, title, options)
        answer = self.answers.pop(0) if self.answers else "cancel"
        self.kept.append(Alert("\n".join([question, *options]), title, "ok_cancel", "info", answer))
        return None if answer == "cancel" else int(answer) - 1

    def ask_text(self, context: Any, window: Any, question: str, title: str, proposed: str) -> str | None:
        """Shows a line to type in. Without a person the next answer is what is typed, and none means cancel."""
        if not self.headless:
            return text_box.show(context, window, question, title, proposed)
        answer = self.answers.pop(0) if self.answers else "cancel"
        self.kept.append(Alert(question, title, "ok_cancel", "info", answer))
        return None if answer == "cancel" else answer
