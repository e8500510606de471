"""The replay of faults that somebody mended: a tiny repository with one, and the table of outcomes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from scratch import commit, git, repository
from support import script

if TYPE_CHECKING:
    from pathlib import Path

replay = script("replay", "benchmarks")

FAULTY = {"name": "REGION", "valueFrom": "eu-west-1"}


def task(*environment: dict[str, str], more: str = "") -> str:
    container = {"name": "api", "image": "nginx:1.27", "memory": 256, "environment": environment}
    return json.dumps({"family": "checkout-api", "containerDefinitions": [container]}, indent=1) + more


class Bench:
    """A folder of bare repositories with one in it, and the commits of its one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "mirror"
        self.source = folder / "source"
        repository(self.source, {"README": ""})

    def commit(self, text: str, path: str = "task.json") -> str:
        return commit(self.source, {path: text})

    def run(self, before: str, after: str, **more: Any) -> Any:
        bare = self.folder / "example+checkout" / "repo"
        if not bare.exists():
            git(self.source, "clone", "--quiet", "--bare", ".", str(bare))
        fault = {"category": "env-entry-uses-valuefrom", "file": "task.json", "line": 10, **more}
        rules = replay.fitting().get(fault["category"], frozenset())
        found = replay.Replay("example/checkout", before, after, rules=rules, **fault)
        return replay.run(found, self.folder)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_a_fault_is_reported_and_gone(bench: Bench) -> None:
    before, after = bench.commit(task(FAULTY)), bench.commit(task({"name": "REGION", "value": "eu-west-1"}))
    found = bench.run(before, after)
    assert (found.outcome, found.rule) == ("mended", "environment-entry-uses-value-from")
    assert bench.run(before, before).outcome == "still"
    assert bench.run(after, before).outcome == "missed"
    assert bench.run(before, after, line=200).outcome == "elsewhere"
    assert bench.run(before, after, category="never-heard-of").outcome == "no rule"


def test_one_of_two_is_gone(bench: Bench) -> None:
    """The same rule speaks of the same container before and after, once less."""
    other = {"name": "STAGE", "valueFrom": "x"}
    before, after = bench.commit(task(FAULTY, other)), bench.commit(task(other))
    assert bench.run(before, after).outcome == "mended"


def test_a_file_that_does_not_parse(bench: Bench) -> None:
    before, after = bench.commit(task(more="}")), bench.commit(task())
    found = bench.run(before, after, category="json-syntax", line=13)
    assert (found.outcome, found.rule) == ("mended", "json-syntax")


def test_a_commit_that_is_not_there(bench: Bench, capfd: pytest.CaptureFixture[str]) -> None:
    assert bench.run("0" * 40, bench.commit(task())).outcome == "failed"
    assert "0" * 12 in capfd.readouterr().err


def test_what_a_partial_snapshot_lacks_is_left_out(tmp_path: Path) -> None:
    source = repository(tmp_path / "source", {"a.json": "{}", "folder/b.json": "[]"})
    (source / "link").symlink_to("folder/b.json")
    head = commit(source, {})
    blob = git(source, "rev-parse", "HEAD:a.json")
    (source / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    replay.extract(source / ".git", head, tmp_path / "out")
    found = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*")}
    assert found == {".git", "folder", "folder/b.json", "link"}
    assert (tmp_path / "out" / "link").read_text(encoding="utf-8") == "[]"


def test_outcomes_are_kept_by_commits_and_category(tmp_path: Path) -> None:
    table = tmp_path / "replays.tsv"
    one = replay.Replay("example/checkout", "a" * 40, "b" * 40, "json-syntax", "task.json", 3, frozenset())
    two = one._replace(category="hcl-syntax")
    replay.write([replay.Outcome(one, "", "missed"), replay.Outcome(two, "hcl-syntax", "mended")], table)
    replay.write([replay.Outcome(one, "json-syntax", "mended")], table)
    assert table.read_text(encoding="utf-8").splitlines() == [
        "repo\tbefore\tafter\tcategory\trule\toutcome",
        f"example/checkout\t{'a' * 12}\t{'b' * 12}\thcl-syntax\thcl-syntax\tmended",
        f"example/checkout\t{'a' * 12}\t{'b' * 12}\tjson-syntax\tjson-syntax\tmended",
    ]


def test_the_rows_of_a_table(tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    header = "repo\tbefore\tafter\tformat\tcategory\tdecidable\tfault_file\tfault_line\n"
    table.write_text(
        header + "a/b\t1\t2\ttaskdef\tjson-syntax\tyes\tt.json\t7\nc/d\t1\t2\ttaskdef\tother\tyes\tt.json\t8\n",
        encoding="utf-8",
    )
    first, second = replay.replays(table)
    assert (first.repo, first.file, first.line, first.rules) == ("a/b", "t.json", 7, {"json-syntax"})
    assert second.rules == frozenset()
    assert replay.replays(table, only="c/d") == [second]


def test_the_rules_that_fit_are_there() -> None:
    from ecslint import registry

    known = set(registry.load().rules) | {"json-syntax", "hcl-syntax", "yaml-syntax"}
    assert {rule for rules in replay.fitting().values() for rule in rules} <= known
