#!/bin/sh
# Installs Debian packages when that needs no question: apt-get is here, and we are root or sudo asks no password.
# Exit status 0 when installed. Usage: tools/apt.sh PACKAGE…
set -u

command -v apt-get >/dev/null 2>&1 || { echo "没有 apt-get，跳过系统软件包：$*"; exit 1; }
if [ "$(id -u)" = 0 ]; then
    sudo=
elif command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1; then
    sudo="sudo -n"
else
    echo "不是 root，也没有免密码的 sudo，跳过系统软件包：$*"
    exit 1
fi

echo "安装系统软件包：$*……"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
run() {
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq \
        -o Acquire::Retries=2 -o Acquire::http::Timeout=60 -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1
}
# The lists of packages may be old or missing: one failed source need not matter, the install decides.
run update || true
run install -y --no-install-recommends "$@" || { cat "$log" >&2; echo "系统软件包没有装上：$*" >&2; exit 1; }
