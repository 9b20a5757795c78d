#!/bin/sh
# Installs what tests need of node (tools/node_packages/package.json). Usage: tools/node_packages.sh DIR
# Always succeeds: where it cannot be had, the tests are skipped and counted (tests/conftest.py).
set -u

dir=$1
if ! command -v npm >/dev/null 2>&1; then
    echo "没有 npm，继续：用 Open XML SDK 和 exceljs 的测试会跳过。"
    exit 0
fi
mkdir -p "$dir"
cp "$(dirname "$0")/node_packages/package.json" "$(dirname "$0")/node_packages/package-lock.json" "$dir"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Not `npm ci`: that wants the programs of all platforms in the lock. What is in the lock is verified here too.
echo "安装 Open XML SDK 检验程序和 exceljs（版本已锁定）……"
if (cd "$dir" && npm install --no-save --no-audit --no-fund --ignore-scripts >"$log" 2>&1); then
    touch "$dir/.stamp"
else
    cat "$log" >&2
    echo "没有装上，继续：用 Open XML SDK 和 exceljs 的测试会跳过。" >&2
fi
exit 0
