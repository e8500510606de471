"""A baseline hides what was there, and nothing that comes after."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from support import lint, write

from ecslint import baseline
from ecslint.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from ecslint.engine import Report


def task(*images: str, **more: object) -> str:
    containers: list[dict[str, Any]] = [{"name": f"c{n}", "image": image} for n, image in enumerate(images)]
    return json.dumps({"family": "a", "containerDefinitions": containers, **more}, indent=1)


ONE, TWO = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/a:latest", "111122223333.dkr.ecr.eu-west-1.amazonaws.com/b"


def rules(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


def written(top: Path, name: str = "baseline.yml") -> Path:
    path = top / name
    assert main([str(top), "--write-baseline", str(path)]) == 0
    return path


def test_what_was_there_is_hidden_and_what_is_new_is_not(tmp_path: Path) -> None:
    top = write(tmp_path, {"a.json": task(ONE)})
    path = written(top)
    report = lint(top, baseline=str(path))
    assert rules(report) == []
    assert [(item.finding.rule, item.by) for item in report.suppressed] == [("mutable-image-tag", "baseline")]
    # Lines may move; another container is another fault.
    write(top, {"a.json": "\n\n" + task(ONE, TWO)})
    report = lint(top, baseline=str(path))
    assert [finding.address for finding in report.findings] == ["a/c1"]


def test_a_person_can_read_it(tmp_path: Path) -> None:
    top = write(tmp_path, {"b/b.json": task(ONE), "a/a.json": task(TWO, ONE)})
    text = written(top).read_text(encoding="utf-8")
    assert text.startswith("# Findings that ecslint does not show")
    assert text.index("a/a.json:") < text.index("b/b.json:")
    assert "  - rule: mutable-image-tag\n    address: a/c0\n    message: The image of `c0`" in text
    assert text == written(top).read_text(encoding="utf-8")


def test_a_baseline_holds_no_credential(tmp_path: Path) -> None:
    token = "ghp_" + "aB3dE6" * 6
    environment = [{"name": token, "value": "a"}, {"name": token, "value": "b"}]
    container = {"name": "c", "image": "a:1", "environment": environment}
    top = write(tmp_path, {"a.json": json.dumps({"family": "a", "containerDefinitions": [container]})})
    text = written(top).read_text(encoding="utf-8")
    assert "duplicate-environment-name" in text
    assert token not in text


def test_an_entry_that_hides_nothing_is_stale(tmp_path: Path) -> None:
    top = write(tmp_path, {"a.json": task(ONE, TWO)})
    path = written(top)
    write(top, {"a.json": task(ONE, TWO.replace("/b", "/b:1.2"))})
    (finding,) = lint(top, baseline=str(path)).findings
    assert finding.rule == baseline.STALE
    assert finding.message == "The baseline's `mutable-image-tag` at a/c1 is gone"
    assert finding.primary.text == path.read_text(encoding="utf-8").split("fingerprint: ")[2].strip()


@pytest.mark.parametrize("options", [{"select": ["fargate-cpu-memory"]}, {"paths": ["a.json"]}])
def test_nothing_is_stale_where_not_all_was_looked_at(options: dict[str, Any], tmp_path: Path) -> None:
    top = write(tmp_path, {"a.json": task(ONE), "b.json": task(TWO)})
    path = written(top)
    write(top, {"a.json": task("a:1"), "b.json": task("b:1")})
    assert rules(lint(top, baseline=str(path), **options)) == []


def test_nothing_is_stale_where_something_could_not_be_read(tmp_path: Path) -> None:
    top = write(tmp_path, {"a.json": task(ONE)})
    path = written(top)
    write(top, {"a.json": '{"containerDefinitions": [{]}'})
    report = lint(top, baseline=str(path))
    assert report.problems
    assert rules(report) == []


def test_the_configuration_may_name_it(tmp_path: Path) -> None:
    top = write(tmp_path, {"deploy/a.json": task(ONE)})
    written(top, "deploy/known.yml")
    write(top, {"deploy/.ecslint.yml": "baseline: known.yml\n"})
    assert rules(lint(top, ["deploy"])) == []
    assert rules(lint(top, ["deploy"], baseline="")) == ["mutable-image-tag"]
    # Written anew, it holds what the old one hid.
    written(top / "deploy", "known.yml")
    assert rules(lint(top, ["deploy"])) == []


def test_a_baseline_of_the_configuration_that_is_not_there(tmp_path: Path) -> None:
    top = write(tmp_path, {"a.json": task(ONE), ".ecslint.yml": "baseline: none.yml\n"})
    (problem,) = lint(top).problems
    assert problem.message == "the baseline cannot be read: there is no such file"


def test_a_baseline_that_is_asked_for_must_be_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    top = write(tmp_path, {"a.json": task(ONE)})
    with pytest.raises(SystemExit, match="2"):
        main([str(top), "--baseline", str(top / "none.yml")])
    assert "cannot be read: there is no such file" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["version: 2\n", "- a\n", "version: 1\nfindings: {a: [{}, 3]}\nx: [", "🦆", "a: b: c"])
def test_a_broken_baseline_is_a_problem(text: str, tmp_path: Path) -> None:
    top = write(tmp_path, {"a.json": task(ONE), "b.yml": text})
    report = lint(top, baseline=str(top / "b.yml"))
    assert [problem.kind for problem in report.problems] in (["configuration"], ["yaml-syntax"])


@pytest.mark.parametrize("text", ["version: 1\n", "version: 1\nfindings: {a: [{}, 3, {rule: x}], b: 3}\n"])
def test_entries_without_a_fingerprint_are_none(text: str, tmp_path: Path) -> None:
    top = write(tmp_path, {"a.json": task(ONE), "b.yml": text})
    report = lint(top, baseline=str(top / "b.yml"))
    assert rules(report) == ["mutable-image-tag"]
    assert not report.problems


def test_notes_that_would_fail_are_written_too(tmp_path: Path) -> None:
    top = write(tmp_path, {"a.json": task("nginx"), ".ecslint.yml": "severity: {mutable-image-tag: note}\n"})
    write(top, {"b.json": task(ONE)})
    path = top / "baseline.yml"
    assert main([str(top), "--fail-on", "note"]) == 1
    assert main([str(top), "--fail-on", "note", "--write-baseline", str(path)]) == 0
    assert main([str(top), "--fail-on", "note", "--baseline", str(path)]) == 0


def test_a_baseline_may_lie_outside(tmp_path: Path) -> None:
    """The Action keeps that of the base branch in a folder of its own."""
    top = write(tmp_path / "top", {"a.json": task(ONE)})
    path = tmp_path / "elsewhere.yml"
    assert main([str(top), "--write-baseline", str(path)]) == 0
    assert rules(lint(top, baseline=str(path))) == []
