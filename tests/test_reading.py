"""What was read in public repositories stands in `benchmarks/reading.tsv`: one verdict a finding, and why."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

READING = Path(__file__).parents[1] / "benchmarks" / "reading.tsv"


def _rows() -> list[dict[str, str]]:
    with READING.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def test_a_finding_is_read_once() -> None:
    keys = Counter((row["repository"].partition("@")[0], row["rule"], row["fingerprint"]) for row in _rows())
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_verdict_is_one_of_three_and_has_a_reason() -> None:
    assert {row["verdict"] for row in _rows()} <= {"true", "false", "cannot tell"}
    assert all((row["reason"] or "").strip() for row in _rows())
