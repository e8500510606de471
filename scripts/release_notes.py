"""Print what CHANGELOG.md says of a version: `python3 scripts/release_notes.py 0.1.0`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"


def notes(changelog: str, version: str) -> str:
    """The section of a version, without its heading. Raises `KeyError` if it has none or an empty one."""
    found = re.search(rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## \[|\Z)", changelog, re.MULTILINE | re.DOTALL)
    if found is None or not found.group(1).strip():
        raise KeyError(version)
    return found.group(1).strip() + "\n"


def main() -> int:
    """Print the notes; 1 if the changelog has none."""
    version = sys.argv[1]
    try:
        sys.stdout.write(notes(CHANGELOG.read_text(encoding="utf-8"), version))
    except KeyError:
        sys.stderr.write(f"CHANGELOG.md says nothing of {version}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
