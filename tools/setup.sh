#!/bin/sh
# Make .venv with what the reports need. Usage: tools/setup.sh [PYTHON].
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

echo "Setting up .venv: packages from the lock, some 600 MB, about half a minute."
rm -rf .venv
if ! "$python" -m venv .venv; then
    echo "Python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2
    exit 1
fi

tools/install.sh requirements.lock
.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
# Our own byte code as well: where PYTHONDONTWRITEBYTECODE is set, every process would compile it anew.
.venv/bin/python -m compileall -q analysis
echo "Set up .venv: $(.venv/bin/python --version)."
