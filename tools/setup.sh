#!/bin/sh
# Make .venv from requirements.lock: with uv if it is there and works, else with uv from PyPI, else with pip.
# Usage: tools/setup.sh [PYTHON]. Every package is checked against the hashes in the lock.
set -eu
cd "$(dirname "$0")/.."

works() { "$1" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

python=""
for candidate in ${1:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if works "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
    echo "No Python 3.11 or newer was found. Install one, or name it: make PYTHON=/path/to/python3" >&2
    exit 1
fi

rm -rf .venv
if ! "$python" -m venv .venv; then
    echo "Python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2
    exit 1
fi

# Byte code is compiled once, here: otherwise every kernel compiles pandas and Matplotlib anew and
# starts twice as slowly wherever PYTHONDONTWRITEBYTECODE is set (measured 2026-11-22).
uv_install() {
    UV_COMPILE_BYTECODE=1 "$@" pip install --quiet --python .venv/bin/python --require-hashes -r requirements.lock
}

# A uv on the path may be a shim that only says it is missing, so it is asked for its version.
if uv --version >/dev/null 2>&1 && uv_install uv; then
    how="uv"
elif .venv/bin/python -m pip install --quiet --require-hashes -r tools/uv.lock && uv_install .venv/bin/uv; then
    how="uv from PyPI"
else
    echo "uv is not to be had; pip takes a minute or two longer." >&2
    .venv/bin/python -m pip install --quiet --require-hashes -r requirements.lock
    how="pip"
fi
.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
echo "Set up .venv with $how: $(.venv/bin/python --version)."
