"""Runs ecslint on commits before and after somebody mended a fault, and keeps `replays.tsv`: what it said of each.

    python benchmarks/replay.py REPLAYS REPOSITORIES                  a table of what came of each replay
    python benchmarks/replay.py REPLAYS REPOSITORIES --write          the same, and into replays.tsv
    python benchmarks/replay.py REPLAYS REPOSITORIES --only hcl       only rows that hold this text

REPLAYS is a table with a header line: repo, before, after, category, fault_file, fault_line and whatever else.
REPOSITORIES holds a bare git directory for each repository, `owner+name/repo`. `replay_rules.tsv` says which rules or
kinds of problems fit a category; a fitting one counts where one of its labels stands near the fault.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, NamedTuple

TOP = Path(__file__).parent.parent
OUTCOMES = Path(__file__).parent / "replays.tsv"
RULES = Path(__file__).parent / "replay_rules.tsv"
COLUMNS = ["repo", "before", "after", "category", "rule", "outcome"]

NEAR = 12
"""Lines between a fault and a label that is about it: an entry of a container and the container's own first line."""

LONGEST = 600
"""Seconds for one run of ecslint."""


class Replay(NamedTuple):
    """A commit with a fault and a later one without it; `rules` are those of ecslint that fit."""

    repo: str
    before: str
    after: str
    category: str
    file: str
    line: int
    rules: frozenset[str]


class Outcome(NamedTuple):
    """What came of a replay.

    `mended`: reported, and gone after. `still`: reported, and after it too. `elsewhere`: a fitting rule spoke in the
    same file, not near the fault. `missed`: none did. `no rule`: ecslint has none for the category. `failed`: ecslint
    did not run, or the repository lacks a commit.
    """

    replay: Replay
    rule: str
    outcome: str


class Told(NamedTuple):
    """A finding or a problem: what says it, how often it is met again, and where it points."""

    rule: str
    identity: tuple[str, ...]
    places: frozenset[tuple[str, int]]


def fitting(path: Path = RULES) -> dict[str, frozenset[str]]:
    """The rules and kinds of problems that fit each category."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["category"]: frozenset(row["rules"].split()) for row in csv.DictReader(stream, delimiter="\t")}


def replays(path: Path, only: str = "") -> list[Replay]:
    """The rows of a table of replays that hold the text `only`."""
    rules = fitting()
    found = []
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            if only in "\t".join(value or "" for value in row.values()):
                fits = rules.get(row["category"], frozenset())
                where = row["fault_file"], int(row["fault_line"])
                found.append(Replay(row["repo"], row["before"], row["after"], row["category"], *where, fits))
    return found


def extract(repository: Path, revision: str, folder: Path) -> None:
    """Write the files of a commit into a folder that is a boundary of its own.

    What a partial snapshot lacks is left out, and so is what would not lie in the folder. Raises `CalledProcessError`
    for a commit that is not there.
    """
    environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1"}
    git = ["git", "--git-dir", str(repository)]
    tree = subprocess.run([*git, "ls-tree", "-rz", revision], capture_output=True, check=True, env=environment).stdout
    (folder / ".git").mkdir(parents=True)
    entries = [entry.partition(b"\t") for entry in tree.split(b"\0") if entry]
    blobs = [(meta.split(), os.fsdecode(name)) for meta, _, name in entries if b" blob " in meta]
    links: list[tuple[Path, str]] = []
    with tempfile.TemporaryFile() as names:
        names.write(b"".join(sha + b"\n" for (_, _, sha), _ in blobs))
        names.seek(0)
        reading = [*git, "cat-file", "--batch"]
        with subprocess.Popen(reading, stdin=names, stdout=subprocess.PIPE, env=environment) as reader:
            assert reader.stdout is not None
            for (mode, _, _), name in blobs:
                content = _blob(reader.stdout)
                if content is None or {"..", ".git"} & set(name.split("/")):
                    continue
                if mode == b"120000":
                    links.append((folder / name, os.fsdecode(content)))
                    continue
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
    for link, target in links:  # last, so that nothing is written through one
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target)


def _blob(stream: IO[bytes]) -> bytes | None:
    """The next blob that git writes; None for one that it has not."""
    header = stream.readline().split()
    if header[-1] == b"missing":
        return None
    content = stream.read(int(header[2]))
    stream.read(1)
    return content


def told(report: dict[str, Any]) -> list[Told]:
    """The findings and problems of a report in JSON."""
    findings = [
        Told(
            finding["rule"],
            (finding["rule"], finding["address"]),
            frozenset((label["path"], label["line"]) for label in finding["labels"]),
        )
        for finding in report["findings"]
    ]
    problems = [
        Told(problem["kind"], (problem["kind"], problem["path"]), frozenset({(problem["path"], problem["line"] or 1)}))
        for problem in report["problems"]
    ]
    return findings + problems


def lint(folder: Path) -> list[Told]:
    """What ecslint tells of a folder. Raises `RuntimeError` where it did not end as it should."""
    command = [sys.executable, "-m", "ecslint", "--format", "json", "--pedantic", "."]
    environment = {**os.environ, "PYTHONPATH": str(TOP)}
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=LONGEST, env=environment
    )
    if done.returncode not in {0, 1, 2, 3}:
        raise RuntimeError(f"ecslint ended with {done.returncode}: {done.stderr[-500:]}")
    return told(json.loads(done.stdout))


def judge(replay: Replay, before: list[Told], after: list[Told]) -> Outcome:
    """What came of a replay, by what was told of the two commits."""
    fits = [one for one in before if one.rule in replay.rules]
    near = [one for one in fits if any(_near(replay, place) for place in one.places)]
    for one in near:
        if _count(before, one.identity) > _count(after, one.identity):
            return Outcome(replay, one.rule, "mended")
    if near:
        return Outcome(replay, near[0].rule, "still")
    same = [one for one in fits if any(path == replay.file for path, _ in one.places)]
    return Outcome(replay, same[0].rule, "elsewhere") if same else Outcome(replay, "", "missed")


def _near(replay: Replay, place: tuple[str, int]) -> bool:
    path, line = place
    return path == replay.file and abs(line - replay.line) <= NEAR


def _count(ones: list[Told], identity: tuple[str, ...]) -> int:
    return sum(one.identity == identity for one in ones)


def run(replay: Replay, repositories: Path) -> Outcome:
    """Check both commits out into scratch folders, and lint them; nothing is done where no rule fits."""
    if not replay.rules:
        return Outcome(replay, "", "no rule")
    repository = repositories / replay.repo.replace("/", "+") / "repo"
    sides = []
    with tempfile.TemporaryDirectory(prefix="ecslint-replay-") as scratch:
        for name, revision in (("before", replay.before), ("after", replay.after)):
            folder = Path(scratch) / name
            try:
                extract(repository, revision, folder)
                sides.append(lint(folder))
            except (subprocess.SubprocessError, OSError, RuntimeError, ValueError) as error:
                print(f"{replay.repo}@{revision[:12]}: {error}", file=sys.stderr)
                return Outcome(replay, "", "failed")
    return judge(replay, *sides)


def write(outcomes: list[Outcome], path: Path = OUTCOMES) -> None:
    """Keep the outcomes, those of the same commits and category replaced."""
    kept: dict[tuple[str, ...], dict[str, str]] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as stream:
            kept = {_key(row): row for row in csv.DictReader(stream, delimiter="\t")}
    for outcome in outcomes:
        replay = outcome.replay
        row = (replay.repo, replay.before[:12], replay.after[:12], replay.category, outcome.rule, outcome.outcome)
        kept[row[:4]] = dict(zip(COLUMNS, row, strict=True))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept[key] for key in sorted(kept, key=lambda key: (key[3], key)))


def _key(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[column] for column in COLUMNS[:4])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("replays", type=Path)
    parser.add_argument("repositories", type=Path)
    parser.add_argument("--only", default="", help="only rows that hold this text")
    parser.add_argument("--jobs", type=int, default=1, help="how many replays run at a time (default: 1)")
    parser.add_argument("--write", action="store_true", help="keep the outcomes in replays.tsv")
    found = parser.parse_args()
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(found.jobs) as pool:
        for one in pool.map(lambda replay: run(replay, found.repositories), replays(found.replays, found.only)):
            outcomes.append(one)
            replay = one.replay
            where = f"{replay.repo}@{replay.before[:9]} {replay.file}:{replay.line}"
            print(f"{one.outcome:10} {replay.category:34} {one.rule:34} {where}", flush=True)
    if found.write:
        write(outcomes)
    counts = {kind: sum(one.outcome == kind for one in outcomes) for kind in sorted({one.outcome for one in outcomes})}
    print(", ".join(f"{count} {kind}" for kind, count in counts.items()) or "no replay")


if __name__ == "__main__":
    main()
