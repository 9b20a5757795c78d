#!/bin/sh
# What the office tests need: LibreOffice Calc and Writer, their bridge to Python, poppler's pdfinfo and pdftoppm, a
# Chinese font, a display without a screen and a hand for its mouse.
# Always succeeds: where it cannot be had, the tests are skipped and counted (tests/conftest.py).
set -u

has() { command -v "$1" >/dev/null 2>&1; }
has_part() {
    [ -d /Applications/LibreOffice.app ] && return
    # soffice alone does not say that Calc is there: it may belong to Writer.
    has soffice && [ -e "$(dirname "$(readlink -f "$(command -v soffice)")")/$1" ]
}
has_chinese_font() {
    if has fc-list; then fc-list :lang=zh-cn family | grep -q .; else has_part scalc; fi
}
has_bridge() { [ -d /Applications/LibreOffice.app ] || [ -e /usr/lib/python3/dist-packages/uno.py ]; }
# On macOS there is no X; the test that presses a button with the mouse is skipped there.
has_display() { [ "$(uname)" = Darwin ] || { has Xvfb && has xdotool; }; }

missing=
has_part scalc || missing="$missing libreoffice-calc"
has_part swriter || missing="$missing libreoffice-writer"
has_bridge || missing="$missing python3-uno"
has pdfinfo && has pdftoppm || missing="$missing poppler-utils"
has_chinese_font || missing="$missing fonts-noto-cjk"
has_display || missing="$missing xvfb xdotool"
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086  # a list of names
    tools/apt.sh $missing || echo "继续：需要 LibreOffice 的测试可能会跳过。"
fi
exit 0
