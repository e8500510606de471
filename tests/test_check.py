"""The command `check` as a person calls it: outputs, annotations, statistics, exit statuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support import FIXTURES, write

from ecslint.cli import main

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = FIXTURES / "deployments" / "support-assistant"


@pytest.fixture(autouse=True)
def _no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever service runs the tests, the command must not see it."""
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "CI_PROJECT_DIR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def test_reports_are_written_beside_the_one_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sarif, junit = tmp_path / "a.sarif", tmp_path / "b.xml"
    status = main([str(SAMPLE), "--format", "concise", "--output", f"sarif={sarif}", "--output", f"junit={junit}"])
    assert status == 1
    assert len(json.loads(sarif.read_text(encoding="utf-8"))["runs"][0]["results"]) == 7
    assert junit.read_text(encoding="utf-8").count("<testcase") == 7
    assert len(capsys.readouterr().out.splitlines()) == 7


@pytest.mark.parametrize("output", ["sarif", "sarif=", "html=a.html", "=a"])
def test_an_output_needs_a_format_and_a_file(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([str(SAMPLE), "--output", output])
    assert "--output takes FORMAT=FILE" in capsys.readouterr().err


def test_an_output_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([str(SAMPLE), "--output", f"json={tmp_path / 'none' / 'a.json'}"])
    assert "there is no such file" in capsys.readouterr().err


@pytest.mark.parametrize(("files", "status"), [({"a.json": '{"containerDefinitions": [{]}'}, 2), ({}, 3)])
def test_a_machine_report_is_whole_whatever_the_status(files: dict[str, str], status: int, tmp_path: Path) -> None:
    top, report = write(tmp_path / "top", files), tmp_path / "report.json"
    assert main([str(top), "--output", f"json={report}"]) == status
    data = json.loads(report.read_text(encoding="utf-8"))
    assert len(data["problems"]) == (status == 2)


def test_nothing_to_lint_may_be_allowed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    top = write(tmp_path, {"package.json": "{}"})
    assert main([str(top)]) == 3
    assert main([str(top), "--allow-nothing"]) == 0
    assert main([str(SAMPLE), "--allow-nothing"]) == 1
    assert capsys.readouterr().out


def annotated(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(SAMPLE))
    main([str(SAMPLE), *arguments])
    return capsys.readouterr().out


def test_annotations_come_by_themselves(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    out = annotated([], monkeypatch, capsys)
    first, *lines = out.splitlines()
    word = first.removeprefix("::stop-commands::")
    end = lines.index(f"::{word}::")
    assert "error[fargate-cpu-memory]" in lines[0]
    assert not any(line.lstrip().startswith("::error") for line in lines[:end])
    assert lines[end + 1].startswith("::error file=deploy/task-definition.json,line=6,")
    assert len(lines[end + 1 :]) == 7


@pytest.mark.parametrize("arguments", [["--no-annotations"], ["--format", "json"], ["--statistics"]])
def test_annotations_can_be_left_out(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "::error" not in annotated(arguments, monkeypatch, capsys)


def test_nothing_is_annotated_at_home(capsys: pytest.CaptureFixture[str]) -> None:
    main([str(SAMPLE)])
    assert "::" not in capsys.readouterr().out.replace(":::", "").replace("key::", "").replace("password::", "")


def test_statistics_count_by_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SAMPLE), "--statistics"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 8
    assert "     1  error    fargate-cpu-memory" in lines
    assert lines[-1] == "6 errors, 1 warning in 1 file"


def test_statistics_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    main([str(SAMPLE), "--statistics", "--format", "json"])
    data = json.loads(capsys.readouterr().out)
    assert sum(entry["findings"] for entry in data["statistics"]) == 7
    assert {"rule", "stage", "severity", "findings", "suppressed"} == data["statistics"][0].keys()


def test_statistics_are_no_report(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([str(SAMPLE), "--statistics", "--format", "sarif"])
    assert "--statistics comes as text or json" in capsys.readouterr().err
