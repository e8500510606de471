"""Writes `ecslint.schema.json`, which editors read to help with `.ecslint.yml`, from `ecslint.schema`.

python scripts/generate_schema.py
"""

from __future__ import annotations

import json
from pathlib import Path

from ecslint import schema

TARGET = Path(__file__).parent.parent / "ecslint.schema.json"


def text() -> str:
    """What the file must hold."""
    return json.dumps(schema.configuration(), indent=2) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
