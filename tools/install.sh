#!/bin/sh
# Install a lock into .venv: with uv if it is there and works, else with uv from PyPI, else with pip.
# Usage: tools/install.sh LOCK. Every package is checked against the hashes in the lock.
set -eu
cd "$(dirname "$0")/.."

# Byte code is compiled once, here: otherwise every kernel compiles pandas and Matplotlib anew and
# starts twice as slowly wherever PYTHONDONTWRITEBYTECODE is set (measured 2026-11-22).
uv_install() {
    UV_COMPILE_BYTECODE=1 "$@" pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
}

lock=$1
# A uv on the path may be a shim that only says it is missing, so it is asked for its version.
if uv --version >/dev/null 2>&1 && uv_install uv; then
    :
elif .venv/bin/python -m pip install --quiet --require-hashes -r tools/uv.lock && uv_install .venv/bin/uv; then
    :
else
    echo "uv is not to be had; pip takes a minute or two longer." >&2
    .venv/bin/python -m pip install --quiet --require-hashes -r "$lock"
fi
