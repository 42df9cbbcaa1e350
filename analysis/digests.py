"""What files and the library's own code hold, as digests: what is made of them is out of date when these change."""

import hashlib
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
# Whatever lies among the templates becomes a part of pages or folders, be it a script or a guide.
CODE = ("**/*.py", "templates/**/*")


def digest_file(path: Path) -> str | None:
    """Return the SHA-256 of a file; none where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


@cache
def digest_code() -> str:
    """Return the digest of the library's code and templates."""
    return digest_of(PACKAGE)


def digest_of(package: Path) -> str:
    """Return the digest of the code and the templates of a package, names included."""
    files = sorted({path for pattern in CODE for path in package.glob(pattern) if path.is_file()})
    lines = [f"{path.relative_to(package).as_posix()} {digest_file(path)}\n" for path in files]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
