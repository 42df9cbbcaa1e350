"""Build where something is missing or strange, and compare with a build where nothing is.

`python -m tests.faults.starve` prints a line a condition and ends with 1 where a result differs or a refusal is no
single clear message. With `--everything` all notebooks are built under every condition.
"""

import argparse
import contextlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from analysis.files import NOTEBOOKS, ROOT

from .kill import results

ALL = ("--folder", str(NOTEBOOKS), "--workbook")
FEW = (*ALL, "--notebooks", "11-profile-city", "--cities", "weihai", "shanwei")
ROOT_USER = os.name == "posix" and os.geteuid() == 0
# The rights of root know no read-only folder: they are laid down.
WITHOUT_RIGHTS = ("setpriv", "--inh-caps=-all", "--bounding-set=-all") if ROOT_USER else ()
SMALL_DISKS = ("100k", "600k", "2m")
# Fails a program that looks up a name or connects to anything but a socket in a file or this machine.
OFFLINE = """
import sys
def refuse(event, arguments):
    if event == "socket.getaddrinfo" and arguments[0] not in (None, "localhost", "127.0.0.1", "::1"):
        raise OSError(f"no network: {arguments[0]}")
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in ("127.0.0.1", "::1"):
        raise OSError(f"no network: {arguments[1]}")
sys.addaudithook(refuse)
"""


@dataclass(frozen=True)
class Condition:
    """How a build is made: variables set or (where None) taken away, options, and what is done to its folders.

    `prepare` gets a folder to spoil and returns the output folder; a condition with `refused` ends with that
    message and leaves what was there.
    """

    name: str
    variables: dict[str, str | None] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    prepare: Callable[[Path], Path] = lambda place: place / "out"
    refused: str = ""
    python: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()


def _chinese(place: Path) -> Path:
    return place / "a folder with spaces; 知识产权 $HOME" / "out"


def _read_only(place: Path) -> Path:
    out = place / "out"
    (out / "reports").mkdir(parents=True)
    (out / "reports").chmod(stat.S_IRUSR | stat.S_IXUSR)
    return out


def _empty(place: Path) -> Path:
    (place / "out").mkdir()
    return place / "out"


def _taken(place: Path) -> Path:
    (place / "out").write_text("mine", encoding="utf-8")
    return place / "out"


def _offline(place: Path) -> dict[str, str | None]:
    (place / "site").mkdir()
    (place / "site" / "sitecustomize.py").write_text(OFFLINE, encoding="utf-8")
    return {"PYTHONPATH": f"{place / 'site'}{os.pathsep}{ROOT}"}


def conditions(place: Path) -> Iterator[Condition]:
    """Yield every condition; what they need is made in a folder."""
    for name in ("empty", "locked"):
        (place / name).mkdir()
    (place / "locked").chmod(stat.S_IRUSR | stat.S_IXUSR)
    empty, locked = str(place / "empty"), str(place / "locked")
    homes: dict[str, str | None] = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR", "IPYTHONDIR"))
    c_locale: dict[str, str | None] = {"LC_ALL": "C", "LANG": "C"}
    offline, strict = _offline(place), ("-X", "dev", "-W", "error:::analysis")
    yield Condition("no HOME", {"HOME": None, **homes})
    yield Condition("a HOME that is not there", {"HOME": str(place / "nowhere"), **homes})
    yield Condition("a HOME that cannot be written", {"HOME": locked, **homes})
    yield Condition("an empty Matplotlib cache, shared by processes", {"MPLCONFIGDIR": empty})
    yield Condition("the locale C", c_locale)
    # papermill writes paths into notebooks, so beside this a path must be in ASCII.
    yield Condition("the locale C and no UTF-8", c_locale | {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    yield Condition("the locale zh_CN.GB18030", {"LC_ALL": "zh_CN.GB18030", "PYTHONUTF8": "0"})
    yield Condition("output in GB18030", {"PYTHONIOENCODING": "gb18030", "PYTHONUTF8": "0"})
    yield Condition("another time zone", {"TZ": "Asia/Kathmandu"})
    yield Condition("another seed of hashes", {"PYTHONHASHSEED": "7"})
    yield Condition("a path with spaces, Chinese and signs", prepare=_chinese)
    yield Condition("no network", offline)
    yield Condition("optimised Python", {"PYTHONOPTIMIZE": "2"})
    yield Condition("one process", options=("--jobs", "1"))
    yield Condition("ordinary kernels", options=("--engine", "kernel"))
    yield Condition("warnings of our code as errors", python=strict)
    together = {"HOME": None, "TZ": "Asia/Kathmandu", "MPLCONFIGDIR": empty, **c_locale, **offline}
    yield Condition("many of these together", together, prepare=_chinese, python=strict)
    refused = "cannot be written (Permission denied)"
    yield Condition("a read-only folder", prepare=_read_only, refused=refused, prefix=WITHOUT_RIGHTS)
    yield Condition("a file in the way", prepare=_taken, refused="cannot be written (Not a directory)")
    if ROOT_USER:  # nobody else may make a disk that is full
        refused = "cannot be written (No space left on device)"
        for size in SMALL_DISKS:
            prefix = ("unshare", "-m", "sh", "-c", f'mount -t tmpfs -o size={size} tmpfs "$0" && exec "$@"', "{out}")
            yield Condition(f"a disk of {size}", prepare=_empty, refused=refused, prefix=prefix)


def build(condition: Condition, out: Path, options: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    """Build into a folder under a condition."""
    variables = {name: value for name, value in (os.environ | condition.variables).items() if value is not None}
    prefix = [part.format(out=out) for part in condition.prefix]
    command = [*prefix, sys.executable, *condition.python, "-m", "analysis", "build", "--out", str(out)]
    return subprocess.run(
        [*command, *options, *condition.options],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def fault(condition: Condition, reference: dict[str, bytes], options: tuple[str, ...]) -> str:
    """Return what is wrong with a build under a condition; nothing where all is as it should be."""
    with tempfile.TemporaryDirectory(prefix="starved-") as folder:
        place = Path(folder)
        out = condition.prepare(place)
        done = build(condition, out, options)
        with contextlib.suppress(OSError):
            (out / "reports").chmod(0o755)
        return _refusal(condition, done) if condition.refused else _difference(done, out, reference)


def _refusal(condition: Condition, done: subprocess.CompletedProcess[str]) -> str:
    lines = done.stderr.splitlines()
    clear = done.returncode == 2 and len(lines) == 1 and condition.refused in lines[0]
    return "" if clear else f"ended with {done.returncode}: {done.stderr}"


def _difference(done: subprocess.CompletedProcess[str], out: Path, reference: dict[str, bytes]) -> str:
    if done.returncode:
        return f"ended with {done.returncode}: {done.stderr}"
    # A Jupyter kernel that is shut down says at times that it was interrupted.
    said = [line for line in done.stderr.splitlines() if not line.startswith("[IPKernelApp]")]
    if said:
        return "said " + "\n".join(said)
    found = results(out)
    differing = sorted(name for name in found.keys() | reference.keys() if found.get(name) != reference.get(name))
    return f"{len(differing)} files differ: {', '.join(differing[:5])}" if differing else ""


def main() -> int:
    """Try every condition, print a line each, and return 1 where one is at fault."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--everything", action="store_true", help="build all notebooks, not two reports")
    parser.add_argument("--only", help="try the conditions whose name holds this text")
    chosen = parser.parse_args()
    options = ALL if chosen.everything else FEW
    place = Path(tempfile.mkdtemp(prefix="starve-"))
    try:
        place.chmod(0o755)
        plain = Condition("plain", options=("--jobs", "2"))
        build(plain, place / "reference", options).check_returncode()
        reference = results(place / "reference")
        found = {}
        for condition in (each for each in conditions(place) if (chosen.only or "") in each.name):
            found[condition.name] = fault(condition, reference, options)
            print(f"{condition.name}: {found[condition.name] or 'as it should be'}", flush=True)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print(f"{len(found)} conditions, {len(reference)} files each; at fault: {sum(map(bool, found.values()))}")
    return int(any(found.values()))


if __name__ == "__main__":
    sys.exit(main())
