"""Runs ecslint over repositories on disk, and keeps `reading.tsv`: what was read there, one line a finding.

    python benchmarks/read_repositories.py FOLDER            what is new or gone, against reading.tsv
    python benchmarks/read_repositories.py FOLDER --add      append the new errors with the verdict `unread`

FOLDER holds one folder a repository, named `owner+name`, with its files; a file COMMIT in it may name the commit.
A verdict is `true`, `false` or `cannot tell`, and is written by whoever read the file; the reason says why.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import time
from pathlib import Path

READING = Path(__file__).parent / "reading.tsv"
COLUMNS = ["repository", "rule", "fingerprint", "verdict", "reason"]


def _known() -> list[dict[str, str]]:
    if not READING.exists():
        return []
    with READING.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def _lint(folder: Path) -> tuple[dict[str, object], int, float]:
    start = time.perf_counter()
    command = [sys.executable, "-m", "ecslint", "--format", "json", "--pedantic", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode not in {0, 1, 2, 3}:
        print(f"{folder.name}: ended with {done.returncode}\n{done.stderr}")
        return {}, done.returncode, 0.0
    return json.loads(done.stdout), done.returncode, time.perf_counter() - start


def _name(folder: Path) -> str:
    commit = folder / "COMMIT"
    at = commit.read_text(encoding="utf-8").strip()[:12] if commit.exists() else "?"
    return f"{folder.name.replace('+', '/')}@{at}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--add", action="store_true", help="append what is new to reading.tsv")
    parser.add_argument("--severity", default="error", help="the least severity to read (default: error)")
    parser.add_argument("--only", default="", help="only repositories whose name holds this")
    found = parser.parse_args()
    wanted = {"error": {"error"}, "warning": {"error", "warning"}, "note": {"error", "warning", "note"}}[found.severity]
    known = _known()
    seen = {(row["repository"].partition("@")[0], row["rule"], row["fingerprint"]) for row in known}
    new: list[dict[str, str]] = []
    for folder in sorted(path for path in found.folder.iterdir() if path.is_dir() and found.only in path.name):
        report, status, seconds = _lint(folder)
        if status == 3 or not report:
            continue
        summary = report["summary"]
        print(f"{folder.name}: status {status}, {seconds:.2f} s, {json.dumps(summary)}")
        for problem in report["problems"]:  # type: ignore[attr-defined]
            print(f"  problem {problem['kind']} {problem['path']}:{problem['line']} {problem['message']}")
        for finding in report["findings"]:  # type: ignore[attr-defined]
            key = (_name(folder).partition("@")[0], finding["rule"], finding["fingerprint"])
            if finding["severity"] not in wanted or key in seen:
                continue
            label = finding["labels"][0]
            print(f"  {finding['severity']} {finding['rule']} {label['path']}:{label['line']} {finding['message']}")
            new.append(dict(zip(COLUMNS, (_name(folder), *key[1:], "unread", finding["message"]), strict=True)))
    if found.add and new:
        fresh = not READING.exists()
        with READING.open("a", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS, delimiter="\t", lineterminator="\n")
            if fresh:
                writer.writeheader()
            writer.writerows(new)
    print(f"{len(new)} new")


if __name__ == "__main__":
    main()
