"""Opening a workbook in LibreOffice with working buttons."""

from collections.abc import Callable

from xl_perf.files.candidates import the_one_book


def open_in_office(book: str, headless: bool, pipe: str | None, say: Callable[[str], None]) -> None:
    """Opens a workbook in LibreOffice with working buttons, listening on the pipe; stays until it is closed.

    ``say`` is told in Chinese what people should know. Raises `BookError` for what is no workbook, `XlPerfError` where
    LibreOffice or its bridge to Python is missing or does not start.
    """
    from xl_perf.engines.libreoffice import office

    path, shown = the_one_book(book)
    name = pipe or office.free_pipe()
    with office.running(name, headless=headless) as app:
        office.open_with_buttons(app, path)
        say(f"已在 LibreOffice 中打开 {shown}，关闭窗口后结束。管道：{name}")
        if path.suffix.lower() == ".xlsm":
            say(
                "注意：LibreOffice 保存的 .xlsm 在 Excel 里宏会失效；要交给 Excel 用时，"
                f"请另建一本：xl-perf new 新文件.xlsm --from {shown}"
            )
        office.wait_until_closed(app)
