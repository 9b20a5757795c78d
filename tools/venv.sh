#!/bin/sh
# Makes the virtual environment. Usage: tools/venv.sh DIR [PYTHON]
# With PYTHON that interpreter is used, else the first one found that is 3.11 or newer: the system's own before others,
# for LibreOffice's bridge (python3-uno) is built for it, and it is compiled with optimisations that others may lack.
set -eu

dir=$1
wanted=${2:-}
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

python=
for candidate in ${wanted:-/usr/bin/python3 python3.11 python3.12 python3.13 python3.14 python3 python}; do
    # Run it: a pyenv shim exists also for versions that are not installed.
    if "$candidate" -c "$new_enough" >/dev/null 2>&1; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    if [ -n "$wanted" ]; then
        echo "错误：PYTHON=$wanted 不能运行，或低于 3.11。请换成 3.11 以上的 Python，例如 make PYTHON=python3.12 demo。" >&2
    else
        echo "错误：没有找到 Python 3.11 或更新版本。请先安装（Debian/Ubuntu：apt install python3 python3-venv），" >&2
        echo "      或指定位置：make PYTHON=/路径/python3.11 demo。" >&2
    fi
    exit 1
fi

version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
echo "建立虚拟环境 $dir（Python $version）……"

# Debian and Ubuntu cut venv in two: without python3.x-venv the module is there, but cannot put pip in.
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    tools/apt.sh "python$version-venv" || true
fi
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    echo "错误：这个 Python 缺少 venv 或 ensurepip，不能建立虚拟环境。" >&2
    echo "      Debian/Ubuntu 请运行：sudo apt install python$version-venv，再重试。" >&2
    exit 1
fi

# --clear: what a broken or interrupted set-up left behind goes.
"$python" -m venv --clear "$dir"
