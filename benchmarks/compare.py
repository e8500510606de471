"""What other tools say of the same faults: each replay of `replay.py`, told by checkov and cfn-lint too.

    python benchmarks/compare.py REPLAYS REPOSITORIES PEER=COMMAND …       PEER is checkov or cfn-lint

A peer has reported a fault where one of its findings stands near it before, in the file with the fault, and is gone
after. Which of its checks that is does not matter: what it says by chance counts for it. Each peer sees what it can
read: checkov the folder of the fault with the folders below it, cfn-lint the template. The table has a row for each
format, and the last line counts all.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from replay import NEAR, Replay, extract, replays

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LONGEST = 300
"""Seconds for one run of a peer."""


class Said(NamedTuple):
    """A peer's finding in the file with the fault: its check and subject, and the lines that it is about."""

    check: str
    subject: str
    first: int
    last: int

    def is_near(self, line: int) -> bool:
        return self.first - NEAR <= line <= self.last + NEAR


def checkov(command: str, folder: Path, file: str) -> list[Said]:
    """The failed checks in a file. Raises `ValueError` for an answer that is none."""
    where = (folder / file).parent
    options = ["--framework", "terraform", "cloudformation", "--quiet", "--compact", "--skip-download", "-o", "json"]
    text = _printed([command, "-d", str(where), *options])
    answers = json.loads(text) if text.strip() else []
    return [
        Said(check["check_id"], check["resource"], *check["file_line_range"])
        for answer in (answers if isinstance(answers, list) else [answers])
        for check in answer.get("results", {}).get("failed_checks", ())
        if check["file_path"].lstrip("/") == Path(file).name
    ]


def cfn_lint(command: str, folder: Path, file: str) -> list[Said]:
    """The matches in a template. Raises `ValueError` for an answer that is none."""
    matches: list[dict[str, Any]] = json.loads(_printed([command, "--format", "json", str(folder / file)]) or "[]")
    return [
        Said(
            match["Rule"]["Id"],
            match["Message"],
            match["Location"]["Start"]["LineNumber"],
            match["Location"]["End"]["LineNumber"],
        )
        for match in matches
    ]


PEERS: dict[str, tuple[Callable[[str, Path, str], list[Said]], frozenset[str]]] = {
    "checkov": (checkov, frozenset({"terraform", "cloudformation"})),
    "cfn-lint": (cfn_lint, frozenset({"cloudformation"})),
}
"""How a peer is asked, and the formats that it reads."""


def _printed(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST)
    return done.stdout


def reported(before: Iterable[Said], after: Iterable[Said], line: int) -> str:
    """The check that stood near the fault and is gone, or empty."""
    left = Counter((one.check, one.subject) for one in after)
    there = Counter((one.check, one.subject) for one in before)
    gone = (one for one in before if one.is_near(line) and there[one.check, one.subject] > left[one.check, one.subject])
    return next((one.check for one in gone), "")


def asked(replay: Replay, format: str, repositories: Path, peers: dict[str, str]) -> dict[str, str]:
    """What each peer that reads the format said of a replay."""
    repository = repositories / replay.repo.replace("/", "+") / "repo"
    sides: dict[str, list[list[Said]]] = {}
    with tempfile.TemporaryDirectory(prefix="ecslint-compare-") as scratch:
        for name, revision in (("before", replay.before), ("after", replay.after)):
            folder = Path(scratch) / name
            extract(repository, revision, folder)
            for peer, command in peers.items():
                ask, formats = PEERS[peer]
                if format in formats and (folder / replay.file).exists():
                    sides.setdefault(peer, []).append(ask(command, folder, replay.file))
    return {peer: reported(*both, replay.line) for peer, both in sides.items() if len(both) == 2}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("replays", type=Path)
    parser.add_argument("repositories", type=Path)
    parser.add_argument("peers", nargs="+", metavar="PEER=COMMAND")
    found = parser.parse_args()
    peers = dict(peer.split("=", 1) for peer in found.peers)
    with found.replays.open(encoding="utf-8", newline="") as stream:
        formats = [row["format"] for row in csv.DictReader(stream, delimiter="\t")]
    counts: Counter[tuple[str, str]] = Counter()
    for replay, format in zip(replays(found.replays), formats, strict=True):
        counts[format, "faults"] += 1
        try:
            answers = asked(replay, format, found.repositories, peers)
        except (subprocess.SubprocessError, OSError, ValueError, KeyError) as error:
            print(f"{replay.repo}@{replay.before[:12]}: {type(error).__name__}: {error}", file=sys.stderr)
            continue
        for peer, check in answers.items():
            counts[format, peer] += bool(check)
        print(replay.category, format, *(f"{peer}: {check or '-'}" for peer, check in answers.items()), flush=True)
    for column in ("faults", *peers):
        by_format = {format: counts[format, column] for format in sorted(set(formats))}
        print(f"{column}: {sum(by_format.values())} {by_format}")


if __name__ == "__main__":
    main()
