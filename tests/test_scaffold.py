"""What `init` and `new-rule` write works as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from support import lint, write

from ecslint import manual, registry, scaffold
from ecslint.cli import main
from ecslint.files import Files
from ecslint.registry import Registry

if TYPE_CHECKING:
    from pathlib import Path

TASK = """{"family": "checkout", "containerDefinitions": [
  {"name": "b", "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/a:latest"}]}
"""
ROOT = 'resource "aws_ecs_cluster" "main" { name = "main" }\n'


def begun(top: Path, *arguments: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.chdir(top)
    assert main(["init", *arguments]) == 0
    return capsys.readouterr().out


@pytest.fixture
def init(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    return lambda top, *arguments: begun(top, *arguments, monkeypatch=monkeypatch, capsys=capsys)


def test_a_configuration_is_written_that_changes_nothing(tmp_path: Path, init: Any) -> None:
    top = write(tmp_path, {"a.json": TASK})
    before = lint(top)
    out = init(top)
    assert out.startswith("wrote .ecslint.yml\n\nFound 1 task definition, with 0 errors and 1 warning.\n")
    assert "`ecslint . --write-baseline .ecslint-baseline.yml`" in out
    after = lint(top)
    assert not after.problems
    assert [item.fingerprint for item in after.findings] == [item.fingerprint for item in before.findings]


def test_every_example_in_it_is_a_setting(tmp_path: Path) -> None:
    """Each commented setting, with the mark taken off, is one that ecslint takes."""
    text = scaffold.configuration(["checkout"], ["prod.tfvars"], ["parameters.json"], baseline=True)
    lines = [line[2:] if line.startswith(("# ", "#   ")) else line for line in text.splitlines()]
    prose = [line for line in lines if line[:1].isupper() or line.startswith(("yaml-language", "#"))]
    settings = "\n".join(line for line in lines if line not in prose)
    files = {"a.json": TASK, ".ecslint.yml": settings, "prod.tfvars": "", "parameters.json": "[]"}
    report = lint(write(tmp_path, {**files, ".ecslint-baseline.yml": "version: 1\n"}))
    assert not report.problems, (settings, report.problems)
    assert len(yaml.safe_load(settings)) >= 9


def test_what_is_found_goes_into_the_examples(tmp_path: Path, init: Any) -> None:
    files = {"a.json": TASK, "env/prod.tfvars": "", "cfn/parameters/prod.json": "[]"}
    text = init(write(tmp_path, files), "--print")
    assert '#   - task: "checkout"' in text
    assert "#     - env/prod.tfvars" in text
    assert "#     - cfn/parameters/prod.json" in text
    assert not (tmp_path / ".ecslint.yml").exists()


def test_a_baseline_hides_what_is_found_now(tmp_path: Path, init: Any) -> None:
    top = write(tmp_path, {"deploy/a.json": TASK})
    assert "wrote deploy/.ecslint-baseline.yml" in init(top, "deploy", "--baseline")
    report = lint(top, ["deploy"])
    assert not report.findings
    assert len(report.suppressed) == 1


def test_nothing_is_written_over(tmp_path: Path, init: Any, capsys: pytest.CaptureFixture[str]) -> None:
    top = write(tmp_path, {".ecslint.yml": "pedantic: true\n"})
    with pytest.raises(SystemExit, match="2"):
        init(top)
    assert "it is there already" in capsys.readouterr().err
    assert (top / ".ecslint.yml").read_text(encoding="utf-8") == "pedantic: true\n"
    init(top, "--force")
    assert "fail-on: error" in (top / ".ecslint.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("files", "there", "missing"),
    [
        ({}, ["For a pre-commit hook, write .pre-commit-config.yaml", "repos:", "uses: "], ["Add to"]),
        ({".pre-commit-config.yaml": "repos: []"}, ["Add to .pre-commit-config.yaml"], ["repos:"]),
        ({".gitlab-ci.yml": "{}"}, ["Add to .gitlab-ci.yml", "codequality:"], ["uses: "]),
    ],
)
def test_the_snippets_fit_the_repository(
    files: dict[str, str], there: list[str], missing: list[str], tmp_path: Path, init: Any
) -> None:
    out = init(write(tmp_path, files))
    assert "Found nothing to lint here" in out
    assert all(text in out for text in there)
    assert not any(text in out for text in missing)


def test_the_snippets_are_yaml() -> None:
    (entry,) = yaml.safe_load(scaffold.hook("infra"))
    assert entry["hooks"] == [{"id": "ecslint", "args": ["infra"]}]
    job = yaml.safe_load(scaffold.workflow("infra"))["jobs"]["ecslint"]
    assert job["steps"][1]["with"] == {"paths": "infra", "only-new": "true"}
    assert "gitlab=gl-code-quality-report.json" in yaml.safe_load(scaffold.gitlab_job("."))["ecslint"]["script"][1]


def test_a_new_rule_works_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(write(tmp_path, {".ecslint.yml": "rules: [own]\n"}))
    assert main(["new-rule", "start", "some-bad-thing", "--into", "own"]) == 0
    assert "wrote own/start/some_bad_thing.py" in capsys.readouterr().out
    known = registry.load((), ["own"], Files(str(tmp_path)))
    rule = known.rules["some-bad-thing"]
    assert rule.stage == "start"
    assert manual.title(rule) == "A container is named `example-container`."
    for number, example in enumerate(manual.examples(rule)):
        (tmp_path / f"{number}.json").write_text(example.text, encoding="utf-8")
        found = [item for item in lint(tmp_path, [f"{number}.json"]).findings if item.rule == rule.id]
        assert len(found) == example.findings
    for path in (tmp_path / "fixtures" / "rules" / "some-bad-thing").iterdir():
        report = lint(tmp_path, [str(path.relative_to(tmp_path))])
        found = [item for item in report.findings if item.rule == rule.id]
        assert len(found) == path.name.startswith("bad-")
    assert isinstance(known, Registry)


@pytest.mark.parametrize(
    ("name", "said"),
    [("Bad_Name", "no name for a rule"), ("mutable-image-tag", "there is a rule"), ("a--b", "no name")],
)
def test_a_new_rule_needs_a_name_of_its_own(name: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["new-rule", "start", name])
    assert said in capsys.readouterr().err


def test_a_rule_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    main(["new-rule", "start", "a"])
    with pytest.raises(SystemExit, match="2"):
        main(["new-rule", "start", "a"])
    assert "it is there already" in capsys.readouterr().err
