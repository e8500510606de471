"""How long ecslint and cfn-lint take over the same 300 templates: whole processes, interleaved, medians.

What is compared is the time of the processor, which other work on the machine disturbs less; the time that passed is
shown beside it.

    python -m venv /tmp/cfn-lint && /tmp/cfn-lint/bin/pip install cfn-lint
    python benchmarks/cloudformation.py --cfn-lint /tmp/cfn-lint/bin/cfn-lint [--runs N] [--real FOLDER]
    python benchmarks/cloudformation.py --assemblies FOLDER…

The templates are made from our own fixtures, the same ones each time: a deployment of many sizes, every fifth one with
a fault that both linters have a rule for, and what the real CDK synthesized. With `--real` they are the templates of a
folder on disk instead. One process of each linter gets all files. Being fast counts only where the work is done, so for
the faults that both know it is told how many templates each of them finds, and which one misses what.

`--assemblies` measures each cloud assembly below some folders instead, as a whole process.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
WANTED = 300
EVERY = 5
"""One template in so many gets a fault."""

FAULTS = (
    ('Memory: "1024"', 'Memory: "512"'),
    ('Cpu: "512"', 'Cpu: "500"'),
    ("NetworkMode: awsvpc", "NetworkMode: awsvpcs"),
    ("LaunchType: FARGATE", "LaunchType: FARGAT"),
    ("          Essential: true\n", "          Essentials: true\n"),
    ("            - ContainerPort: 8080\n", "            - HostPort: 8080\n"),
    ("            LogDriver: awslogs\n", ""),
    ("            StartPeriod: 120\n", "            StartPeriod: 900\n"),
)
"""A text of the deployment, and what it becomes."""

PEERS = {
    "fargate-cpu-memory": {"E3047"},
    "unknown-key": {"E3002"},
    "unknown-value": {"E3030"},
    "required-key-missing": {"E3003"},
    "value-out-of-range": {"E3034"},
    "wrong-type": {"E3012"},
    "host-port-mismatch": {"E3053"},
    "no-essential-container": {"E3042"},
}
"""Our rules, with those of cfn-lint for the same thing."""

OURS = re.compile(r"AWS::ECS::(TaskDefinition|Service)\b")


def generate(folder: Path) -> list[Path]:
    """Write the templates."""
    whole = (FIXTURES / "deployments" / "storefront-mended" / "cloudformation" / "template.yaml").read_text("utf-8")
    synthesized = [
        path.read_text("utf-8")
        for path in sorted(FIXTURES.glob("cdk/*/out/*/**/*.template.json"))
        if OURS.search(path.read_text("utf-8"))
    ]
    paths = []
    for index in range(WANTED):
        if index % 10 == 9:
            text, ending = synthesized[index // 10 % len(synthesized)], "json"
        else:
            text, ending = _deployment(whole, index), "yaml"
        paths.append(folder / f"template-{index:03}.{ending}")
        paths[-1].write_text(text, "utf-8")
    return paths


def _deployment(whole: str, index: int) -> str:
    """The deployment under another name, with more containers and variables, and in some with a fault."""
    text = whole.replace("storefront", f"storefront-{index}")
    if index % EVERY == 0:
        old, new = FAULTS[index // EVERY % len(FAULTS)]
        text = text.replace(old, new, 1)
    start, end = text.index("        - Name: worker\n"), text.index("\n  BalancerGroup:")
    worker = text[start:end]
    workers = [worker.replace("Name: worker", f"Name: worker-{number}", 1) for number in range(index % 7 + 1)]
    variables = "".join(
        f"            - Name: SETTING_{number}\n              Value: value {number}\n" for number in range(index % 23)
    )
    more = [each.replace("          Environment:\n", f"          Environment:\n{variables}", 1) for each in workers]
    return text[:start] + "".join(more) + text[end:]


def real(folder: Path) -> list[Path]:
    """The templates of ECS under a folder, at most as many as are wanted."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".yaml", ".yml", ".json", ".template"} or not path.is_file() or "asset." in str(path):
            continue
        text = path.read_text("utf-8", "replace")
        if OURS.search(text) and re.search(r"^\s*[\"']?Resources[\"']?\s*:", text, re.MULTILINE):
            found.append(path)
    return found[:WANTED]


class Run(NamedTuple):
    """What a process took, in seconds, and what it wrote."""

    passed: float
    processor: float
    output: str


def _run(command: list[str]) -> Run:
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    passed, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if not done.stdout.strip():
        sys.exit(f"{command[0]} gave nothing:\n{done.stderr[-2000:]}")
    return Run(passed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout)


def _found_by_ecslint(output: str) -> Iterator[tuple[str, str]]:
    for finding in json.loads(output)["findings"]:
        if finding["rule"] in PEERS:
            yield os.path.basename(finding["labels"][0]["path"]), finding["rule"]


def _found_by_cfn_lint(output: str) -> Iterator[tuple[str, str]]:
    names = {id: rule for rule, ids in PEERS.items() for id in ids}
    for match in json.loads(output):
        if match["Rule"]["Id"] in names:
            yield os.path.basename(match["Filename"]), names[match["Rule"]["Id"]]


def _compare(ours: set[tuple[str, str]], theirs: set[tuple[str, str]]) -> None:
    for rule, ids in PEERS.items():
        mine, peers = ({name for name, found in each if found == rule} for each in (ours, theirs))
        if mine or peers:
            print(f"  {rule} / {', '.join(sorted(ids))}: both {len(mine & peers)} templates", end="")
            print(f", only ecslint {_named(mine - peers)}, only cfn-lint {_named(peers - mine)}")


def _named(names: set[str]) -> str:
    return f"{len(names)} ({', '.join(sorted(names)[:3])})" if names else "0"


def against_cfn_lint(paths: list[Path], cfn_lint: str, runs: int, root: Path) -> None:
    """Run both in turn over the same files."""
    print(f"{len(paths)} templates, {sum(path.stat().st_size for path in paths) / 1e6:.1f} MB")
    files = [str(path) for path in paths]
    ecslint = [sys.executable, "-m", "ecslint", "--root", str(root), "--format", "json", *files]
    peer = [cfn_lint, "--format", "json", "--", *files]
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(_run(ecslint))
        theirs.append(_run(peer))
        print(f"  {_shown(ours[-1:], theirs[-1:])}", flush=True)
    print(f"medians: {_shown(ours, theirs)}")
    _compare(set(_found_by_ecslint(ours[-1].output)), set(_found_by_cfn_lint(theirs[-1].output)))


def _shown(ours: list[Run], theirs: list[Run]) -> str:
    fast, slow = median(run.processor for run in ours), median(run.processor for run in theirs)
    passed, peer = median(run.passed for run in ours), median(run.passed for run in theirs)
    return (
        f"processor {fast:.2f} s against {slow:.2f} s, {slow / fast:.1f} times as fast; "
        f"passed {passed:.2f} s against {peer:.2f} s, {peer / passed:.1f} times"
    )


def assemblies(folders: Iterable[Path], runs: int) -> None:
    """How long each cloud assembly takes alone, the slowest first."""
    rows = []
    for folder in folders:
        for manifest in sorted(folder.rglob("manifest.json")):
            home = manifest.parent
            if not (home / "cdk.out").is_file() or home.name.startswith("assembly-") or "asset." in str(home):
                continue
            command = [sys.executable, "-m", "ecslint", "--root", str(home), str(home), "--format", "json"]
            measured = [_run(command) for _ in range(runs)]
            size = sum(path.stat().st_size for path in home.rglob("*.json"))
            processor, passed = median(run.processor for run in measured), median(run.passed for run in measured)
            rows.append((processor, passed, size, str(home)))
    for processor, passed, size, name in sorted(rows, reverse=True):
        print(f"processor {processor:5.2f} s, passed {passed:5.2f} s  {size / 1e6:5.2f} MB  {name}")
    print(f"{len(rows)} assemblies, the slowest {max(rows)[0]:.2f} s of the processor")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cfn-lint", default="cfn-lint", help="the command (default: cfn-lint)")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--real", type=Path, help="a folder with templates, instead of made ones")
    parser.add_argument("--assemblies", type=Path, nargs="+", metavar="FOLDER")
    found = parser.parse_args()
    if found.assemblies:
        assemblies(found.assemblies, found.runs)
    elif found.real:
        against_cfn_lint(real(found.real), found.cfn_lint, found.runs, found.real)
    else:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / ".git").mkdir()
            against_cfn_lint(generate(Path(folder)), found.cfn_lint, found.runs, Path(folder))


if __name__ == "__main__":
    main()
