#!/bin/sh
# What the office tests need: LibreOffice Calc and Writer, poppler's pdfinfo and pdftoppm, a Chinese font.
# Always succeeds: where it cannot be had, the tests are skipped and counted (tests/conftest.py).
set -u

has() { command -v "$1" >/dev/null 2>&1; }
has_module() {
    [ -d /Applications/LibreOffice.app ] && return
    # soffice alone does not say which modules are there: it may belong to any of them.
    has soffice && [ -e "$(dirname "$(readlink -f "$(command -v soffice)")")/$1" ]
}
has_chinese_font() {
    if has fc-list; then fc-list :lang=zh-cn family | grep -q .; else has_module scalc; fi
}

missing=
has_module scalc || missing="$missing libreoffice-calc"
has_module swriter || missing="$missing libreoffice-writer"
has pdfinfo && has pdftoppm || missing="$missing poppler-utils"
has_chinese_font || missing="$missing fonts-noto-cjk"
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086  # a list of names
    tools/apt.sh $missing || echo "继续：需要 LibreOffice 的测试可能会跳过。"
fi
exit 0
