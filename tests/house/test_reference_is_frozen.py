"""What we measure the product against must not drift."""

import hashlib
from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "benchmarks" / "reference"


def checksum(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".md"}:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def test_reference_is_as_it_was_when_it_was_frozen() -> None:
    assert checksum(REFERENCE) == (REFERENCE / "CHECKSUM").read_text().strip()
