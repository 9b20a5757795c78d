#!/bin/sh
# Sets up a Chinese Windows under Wine with the program in it, for make test-windows. Usage: tools/windows.sh DIR PYTHON
# Always succeeds: where it cannot be had, DIR/ready is missing, and the tests are not run (Makefile).
set -u

dir=$1
python=$2
has() { command -v "$1" >/dev/null 2>&1; }
has_user() { ls /usr/lib/*/libnss_wrapper.so >/dev/null 2>&1; }

rm -f "$dir/ready"
if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]; then
    echo "Wine 只在 x86_64 的 Linux 上使用，跳过 Windows 测试。"
    exit 0
fi
missing=
has wine || missing="$missing wine64 wine"
has_user || missing="$missing libnss-wrapper"
has localedef && [ -e /usr/share/i18n/locales/zh_CN ] || missing="$missing locales"
# shellcheck disable=SC2086  # a list of names
[ -z "$missing" ] || tools/apt.sh $missing || exit 0
# Signatures are checked where there is a program for it; the package's hash always is.
has osslsigncode || tools/apt.sh osslsigncode || echo "继续：不检查 CPython 的签名。"
# What the .msi is made with.
has wixl && has msibuild || tools/apt.sh wixl msitools || echo "继续：不试 MSI 安装包。"

nice "$python" -m tools.windows.set_up "$dir" || echo "Windows 环境没有建成，原因见上。" >&2
exit 0
