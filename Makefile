# make help says what there is. Needs GNU make, a POSIX shell, git and Python 3.11 or newer; everything else is set up.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
.PHONY: help demo test test-live thorough coverage quick lint format docs golden bench bundle msi portable lock example template clean setup setup-dev office node fuzz windows test-windows

PYTHON ?=
VENV   := .venv
PY     := $(VENV)/bin/python
PIP    := $(PY) -m pip -qq --disable-pip-version-check install
# A lock is complete: nothing is resolved again. (pip before 23.3 forgets a pin where a package asks for it with an extra.)
LOCKED := --require-hashes --no-deps
UV_COMPILE := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
              --custom-compile-command "make lock"

# Options that people give: make test ARGS="-k totals"; make bundle PLATFORM=win_amd64 PYTHON_VERSION=3.11
ARGS           ?=
PLATFORM       ?=
PYTHON_VERSION ?=
BUNDLE         ?= dist/bundle
PARTS          ?= all
SECONDS        ?=
SEED           ?=

# Python speaks Chinese also where the locale is C.
export PYTHONUTF8 := 1

help:
	@echo '用法：make 目标'
	@echo
	@echo '  demo       用八个真实项目演示：校验、汇总，结果在 out/'
	@echo '  test       全部检查：ruff、mypy、import-linter、pytest；ARGS="-k 名称" 只跑一部分'
	@echo '  test-live  已打开的工作簿的全部测试，在 Excel 替身和 LibreOffice 里各跑一遍（make test 里各跑一部分）；约十分钟'
	@echo '  thorough   make test 里只抽查一部分的测试，全部跑一遍（如每次写文件时中断）；约十分钟'
	@echo '  coverage   同样的测试，并量覆盖率（慢一倍多），低于 85% 算失败'
	@echo '  quick      半分钟的检查：核心、规则和文档的测试（慢的不跑），核心的代码检查；不用 LibreOffice'
	@echo '  test-windows  在 Wine 里的中文 Windows 上测试（Debian 的 wine64、Windows 版 CPython、离线安装包）；装不上时说明并跳过'
	@echo '  lint       只做代码检查，不跑测试'
	@echo '  format     整理代码格式'
	@echo '  docs       重新生成 README.md 和 docs/ 中的表（规则、命令、按钮……）'
	@echo '  golden     重新写出 tests/golden/，改动要逐处看过（git diff tests/golden）'
	@echo '  bench      性能测量；ARGS=--many 量几千本的各种命令（约半小时）'
	@echo '  fuzz       随机改动表和文件，看有没有不声不响算错的；SECONDS=600 SEED=1；出错的文件在 out/fuzz/'
	@echo '  bundle     离线安装包，放在 dist/bundle/；为别的电脑制作：PLATFORM=win_amd64 PYTHON_VERSION=3.11'
	@echo '  msi        Windows 安装包，自带 Python，放在 dist/；PARTS=buttons 做小的（不含 pandas）；需要 wixl、msitools'
	@echo '  portable   同样内容的压缩包，解开就能用；PARTS=buttons；Linux 桌面：PLATFORM=linux-x86_64 或 linux-aarch64'
	@echo '  example    重新生成 workbooks/example-2023.xlsx'
	@echo '  template   重新生成 macros/ 中的按钮、workbooks/template.xlsm 和 workbooks/xl_perf.xlam'
	@echo '  lock       刷新 requirements/ 中锁定的版本'
	@echo '  clean      删除虚拟环境、缓存和生成的文件'
	@echo
	@echo '  指定 Python：make PYTHON=python3.12 demo'

# ----------------------------------------------------------------------------------------------------- setting up
# Stamps: nothing is done twice; a changed lock or pyproject.toml sets up again.
# The runtime set-up also brings the build backend, so that nothing is downloaded unlocked when the project is built.

RUNTIME := $(VENV)/.stamp-runtime
DEV     := $(VENV)/.stamp-dev

$(VENV)/.stamp-venv:
	@tools/venv.sh $(VENV) $(PYTHON)
	@touch $@

$(RUNTIME): $(VENV)/.stamp-venv requirements/runtime.lock requirements/build.lock pyproject.toml
	@echo '安装运行所需的软件包（版本已锁定）……'
	@$(PIP) $(LOCKED) -r requirements/runtime.lock -r requirements/build.lock
	@$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

$(DEV): $(RUNTIME) requirements/dev.lock
	@echo '安装开发所需的软件包（版本已锁定）……'
	@$(PIP) $(LOCKED) -r requirements/dev.lock
	@touch $@

setup: $(RUNTIME)
setup-dev: $(DEV)

office:
	@tools/office.sh

NODE := $(VENV)/node/.stamp

$(NODE): $(VENV)/.stamp-venv tools/node_packages/package.json tools/node_packages/package-lock.json
	@tools/node_packages.sh $(VENV)/node

node: $(NODE)

# A Windows under Wine. It is made where it can be, and takes some 600 MB.
WINDOWS ?= $(VENV)/windows
windows: $(DEV)
	@tools/windows.sh '$(WINDOWS)' $(PY)

# ------------------------------------------------------------------------------------------------------ main work
# Status 1 of check means that findings of severity error exist: a result, not a failure.
demo: $(RUNTIME)
	$(VENV)/bin/xl-perf check workbooks/example-2023.xlsx || [ $$? -eq 1 ]
	@mkdir -p out
	$(VENV)/bin/xl-perf consolidate workbooks/example-2023.xlsx -o out/部门汇总-2023.xlsx --overwrite
	$(VENV)/bin/xl-perf monitor docs/examples/example-2023-06.xlsx --month 6 || [ $$? -eq 1 ]
	$(VENV)/bin/xl-perf evaluate docs/examples/example-2023-12.xlsx || [ $$? -eq 1 ]

lint: $(DEV)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-logo

# Every processor takes file after file of tests, each with a LibreOffice of its own. pytest comes last, so that its
# summary closes the output.
PYTEST = XL_PERF_COUNTS=1 $(PY) -m pytest --numprocesses=auto --dist=loadfile
test: $(DEV) lint office node
	$(PYTEST) --durations=15 $(ARGS)

# `make test` runs the tests of the open workbook in LibreOffice where only it can answer, else in the stand-in for Excel
# (tests/live/programs.py). Here all of them run in the one, then in the other.
test-live: $(DEV) office
	XL_PERF_ENGINE=memory $(PYTEST) tests/live $(ARGS)
	XL_PERF_ENGINE=libreoffice $(PYTEST) tests/live --durations=15 $(ARGS)

# What `make test` tries a part of (tests/thorough.py).
thorough: $(DEV) office
	XL_PERF_THOROUGH=1 CI=1 $(PYTEST) --durations=15 $(ARGS) \
	    $$(grep -rlE 'from (tests.thorough|hypothesis) import' tests --include='test_*.py')

# Tracing every branch makes our own code 2.5 times as slow: it is not part of `make test`.
coverage: $(DEV) office node
	$(PYTEST) --cov --cov-report=term $(if $(ARGS),--cov-fail-under=0) $(ARGS)

# Without Wine nothing is tested, which is said; it is a failure where XL_PERF_REQUIRE names windows.
test-windows: windows
	@if [ -e '$(WINDOWS)/ready' ]; then \
	    XL_PERF_WINDOWS='$(WINDOWS)' nice $(PY) -m pytest tests/windows --durations=5 $(ARGS); \
	else \
	    echo 'Windows 测试没有运行：没有 Wine 里的 Windows（原因见上）。'; \
	    case "$$XL_PERF_REQUIRE" in *windows*) exit 1;; esac; \
	fi

# What a change of a rule or of the core is tried with: needs neither LibreOffice nor node.
QUICK := xl_perf/core tests/core
quick: $(DEV)
	$(VENV)/bin/ruff check $(QUICK)
	$(VENV)/bin/ruff format --check $(QUICK)
	$(VENV)/bin/mypy $(QUICK)
	$(VENV)/bin/lint-imports --no-logo
	$(PY) -m pytest -q -m 'not slow' tests/core tests/test_readme.py $(ARGS)

format: $(DEV)
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

docs: $(RUNTIME)
	$(PY) -m tools.docs

golden: $(DEV)
	XL_PERF_GOLDEN=write $(PY) -m pytest -q tests/test_golden.py

# Random changes of sheets and files, for as long as asked; the suite has a short run of it.
fuzz: $(DEV)
	$(PY) -m tests.fuzz $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed $(SEED)) $(ARGS)

bench: $(DEV)
	$(PY) -m benchmarks.bench $(ARGS)

bundle: $(RUNTIME)
	@$(PY) tools/bundle.py --out '$(BUNDLE)' --platform '$(PLATFORM)' --python-version '$(PYTHON_VERSION)'

# With a CPython of its own, for computers without one.
PACK = $(PY) -m tools.packing.make --parts '$(PARTS)' --platform '$(PLATFORM)'
msi: $(DEV)
	@{ command -v wixl && command -v msibuild; } >/dev/null || tools/apt.sh wixl msitools || true
	@$(PACK) msi

# For Linux, CPython is built the first time.
DEBIAN_KEYS := /usr/share/keyrings/debian-archive-keyring.gpg
portable: $(DEV)
	@case '$(PLATFORM)' in linux-*) \
	    { command -v dpkg-source && command -v tclsh && ls $(DEBIAN_KEYS); } >/dev/null 2>&1 || \
	        tools/apt.sh dpkg-dev tcl debian-archive-keyring || true;; esac
	@$(PACK) portable

example: $(RUNTIME)
	$(PY) -m tools.build_example
	$(PY) -m tools.build_example_year

template: $(RUNTIME)
	$(PY) -m tools.macros
	$(VENV)/bin/xl-perf template workbooks/template.xlsm --overwrite
	$(VENV)/bin/xl-perf template workbooks/xl_perf.xlam --overwrite

# One resolution for all platforms and Pythons; the two small locks take their versions from the big one.
lock: $(DEV)
	$(UV_COMPILE) --upgrade --group dev pyproject.toml --output-file requirements/dev.lock
	$(UV_COMPILE) --upgrade --constraints requirements/dev.lock pyproject.toml --output-file requirements/runtime.lock
	$(UV_COMPILE) --upgrade --constraints requirements/dev.lock --group build --output-file requirements/build.lock

clean:
	rm -rf $(VENV) build dist out .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find xl_perf tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
