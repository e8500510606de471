"""The configuration: every setting, every kind of mistake with its place, and which file counts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from support import TOP, lint, run, write

from ecslint import config
from ecslint.finding import Severity
from ecslint.run import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ecslint.engine import Report
    from ecslint.finding import Problem
    from ecslint.run import Run

TASK = {
    "family": "checkout",
    "containerDefinitions": [
        {
            "name": "app",
            "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:latest",
            "memory": 256,
            "environment": [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}],
        }
    ],
}
JSON = json.dumps(TASK)

OWN_RULE = '''
from ecslint.rule import Rule, Severity

class Sized(Rule):
    """Finds every container."""

    stage = "run"
    options = {"most": 5, "names": ["a"], "strict": False, "word": "x"}

    def container(self, container):
        text = f"{self.setting('most')} {self.setting('names')} {self.setting('strict')} {self.setting('word')}"
        yield self.finding(container, text, container.image.value, "here", "do")
'''


def _write(folder: Path, config: str, files: Mapping[str, str] | None = None) -> Path:
    return write(folder, {".ecslint.yml": config, "task.json": JSON, **(files or {})})


def _lint(folder: Path, config: str, files: Mapping[str, str] | None = None, **options: Any) -> Report:
    report = lint(_write(folder, config, files), **options)
    assert report.problems == [], report.problems
    return report


def _found(report: Report) -> dict[str, str]:
    return {finding.rule: finding.severity.word for finding in report.findings}


def _told(problem: Problem) -> str:
    """A problem as `line:column: message [help]`."""
    assert problem.kind == "configuration"
    assert problem.path == ".ecslint.yml"
    assert problem.place is not None
    line, column = problem.place.file.position(problem.place.start)
    return f"{line}:{column}: {problem.message}" + (f" [{problem.help}]" if problem.help else "")


# The schema


def test_the_schema_is_a_valid_one() -> None:
    Draft202012Validator.check_schema(config.schema())


def test_the_schema_at_the_top_is_that_of_the_code() -> None:
    stored = (TOP / "ecslint.schema.json").read_text(encoding="utf-8")
    assert json.loads(stored) == config.schema(), "run `python scripts/generate_docs.py`"


def test_the_schema_forbids_unknown_keys_and_describes_what_is_not_evident() -> None:
    def check(part: dict[str, Any]) -> None:
        if part.get("type") == "object" and "properties" in part:
            assert part["additionalProperties"] is False
            for inner in part["properties"].values():
                check(inner)
        if "items" in part:
            check(part["items"])

    check(config.schema())
    for name, part in config.schema()["properties"].items():
        assert "description" in part or "properties" in part, name


EVERY_SETTING = """\
required:
  - task: "check*"
    container: app
    secrets: [TOKEN]
    environment: [MODE]
ignore:
  - rule: duplicate-environment-name
    address: checkout/*
    reason: it is meant
    until: 2026-12-31
exclude: [old/]
select: [mutable-image-tag, start]
disable: [secret-arn-malformed]
severity: {rollout: note, mutable-image-tag: error}
options: {sized: {most: 6}}
overrides:
  - paths: ["old/*", other]
    severity: {start: "off"}
    disable: [rollout]
    options: {sized: {most: 7}}
baseline: baseline.json
fail-on: warning
pedantic: true
plugins: []
rules: [rules/sized.py]
terraform:
  variables: {region: eu-west-1}
  var-files: [prod.tfvars]
  workspace: prod
cloudformation:
  parameters: {Stage: prod}
  parameter-files: [prod.json]
"""


def test_every_setting(tmp_path: Path) -> None:
    settings = run(_write(tmp_path, EVERY_SETTING, {"rules/sized.py": OWN_RULE})).settings
    assert set(settings.data) == set(config.schema()["properties"])
    assert [(name.task, name.container, name.section, name.name) for name in settings.required] == [
        ("check*", "app", "secrets", "TOKEN"),
        ("check*", "app", "environment", "MODE"),
    ]
    (ignore,) = settings.ignores
    assert (ignore.rule, ignore.address, ignore.reason, ignore.until, ignore.by) == (
        *("duplicate-environment-name", "checkout/*", "it is meant", "2026-12-31", "config"),
    )
    assert settings.exclude == ("old/",)
    assert settings.select == ("mutable-image-tag", "start")
    assert settings.disable == ("secret-arn-malformed",)
    assert settings.severity == {"rollout": "note", "mutable-image-tag": "error"}
    assert settings.options == {"sized": {"most": 6}}
    (override,) = settings.overrides
    assert (override.paths, override.severity) == (("old/*", "other"), {"start": "off"})
    assert (override.disable, override.options) == (("rollout",), {"sized": {"most": 7}})
    assert settings.baseline == "baseline.json"
    assert settings.fail_on is Severity.WARNING
    assert settings.pedantic is True
    assert settings.rules == ("rules/sized.py",)
    assert settings.terraform == {
        "variables": {"region": "eu-west-1"},
        "var-files": ["prod.tfvars"],
        "workspace": "prod",
    }
    assert settings.cloudformation == {"parameters": {"Stage": "prod"}, "parameter-files": ["prod.json"]}


@pytest.mark.parametrize("config", ["", "# nothing\n", "{}\n", "---\n"])
def test_an_empty_configuration_changes_nothing(tmp_path: Path, config: str) -> None:
    found = _found(_lint(tmp_path, config))
    assert found == {"mutable-image-tag": "warning", "duplicate-environment-name": "warning"}


# What the settings do


def test_select_and_disable(tmp_path: Path) -> None:
    assert set(_found(_lint(tmp_path, "select: [rollout]"))) == {"mutable-image-tag"}
    assert set(_found(_lint(tmp_path, "select: ['*-name']"))) == {"duplicate-environment-name"}
    assert set(_found(_lint(tmp_path, "disable: [run]"))) == {"mutable-image-tag"}
    assert set(_found(_lint(tmp_path, "select: [start]", select=["run"]))) == {"duplicate-environment-name"}
    assert set(_found(_lint(tmp_path, "disable: [run]", ignore=["rollout"]))) == set()


@pytest.mark.parametrize(
    ("config", "severity"),
    [
        ("severity: {mutable-image-tag: error}", "error"),
        ("severity: {mutable-image-tag: note}", "note"),
        ("severity: {mutable-image-tag: 'off'}", None),
        ("severity: {mutable-image-tag: off}", None),
        ("severity: {rollout: error}", "error"),
        ("severity: {rollout: error, mutable-image-tag: note}", "note"),
        ("severity: {mutable-image-tag: note, rollout: error}", "note"),
        ("overrides: [{paths: ['task.json'], severity: {rollout: error}}]", "error"),
        ("overrides: [{paths: ['*.json'], severity: {rollout: error}}]", "error"),
        ("overrides: [{paths: ['other/*'], severity: {rollout: error}}]", "warning"),
        ("severity: {rollout: off}\noverrides: [{paths: ['*'], severity: {rollout: note}}]", "note"),
        (
            "overrides: [{paths: ['*'], severity: {run: off}}, {paths: [task.json], severity: {rollout: off}}]",
            None,
        ),
        ("overrides: [{paths: ['*']}]", "warning"),
    ],
)
def test_severities(tmp_path: Path, config: str, severity: str | None) -> None:
    assert _found(_lint(tmp_path, config)).get("mutable-image-tag") == severity


def test_a_row_has_a_severity_of_its_own(tmp_path: Path) -> None:
    task = {**TASK, "requiresCompatibilities": ["FARGATE"], "executionRoleArn": "arn:aws:iam::111122223333:role/x"}
    severity = "{fargate-cpu-memory: note, fargate-cpu-memory/cpu-missing: warning}"
    config = f"severity: {severity}\nselect: [fargate-cpu-memory]\n"
    report = _lint(tmp_path, config, {"task.json": json.dumps(task)})
    assert {finding.row: finding.severity.word for finding in report.findings} == {
        "cpu-missing": "warning",
        "memory-missing": "note",
    }


def test_options_reach_the_rule(tmp_path: Path) -> None:
    config = "rules: [rules]\nselect: [sized]\noptions: {sized: {most: 2.5, names: [b, c], strict: true, word: y}}\n"
    (finding,) = _lint(tmp_path, config, {"rules/run/sized.py": OWN_RULE}).findings
    assert finding.message == "2.5 ['b', 'c'] True y"
    (finding,) = _lint(tmp_path, "rules: [rules]\nselect: [sized]\n").findings
    assert finding.message == "5 ['a'] False x"


def test_required_names(tmp_path: Path) -> None:
    report = _lint(tmp_path, "required: [{task: 'check*', secrets: [TOKEN]}, {task: other, secrets: [X]}]")
    (finding,) = [finding for finding in report.findings if finding.rule == "required-secret-missing"]
    assert "TOKEN" in finding.message
    assert [label.place.span().text for label in finding.labels if label.place.file.path == ".ecslint.yml"] == ["TOKEN"]


def test_pedantic_shows_notes(tmp_path: Path) -> None:
    folder = _write(tmp_path, "severity: {rollout: note}\npedantic: true\n")
    assert "mutable-image-tag" in _found(run(folder).report())
    folder = _write(tmp_path, "severity: {rollout: note}\n")
    report = run(folder).report()
    assert "mutable-image-tag" not in _found(report)
    assert [finding.rule for finding in report.withheld] == ["mutable-image-tag"]


# Mistakes


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("exclud: []", "1:1: there is no setting `exclud` [did you mean `exclude`?]"),
        ("a: 1\n", None),
        (
            "exclude: old/",
            "1:10: this must be a list: what is not linted, in the patterns of `.gitignore`, from the boundary",
        ),
        ("exclude: [1]", "1:11: this must be a text"),
        ("exclude: ['a', '!']", "1:16: `!` is no pattern of a .gitignore"),
        (
            "exclude:\n",
            "1:9: this must be a list: what is not linted, in the patterns of `.gitignore`, from the boundary",
        ),
        ("- a\n", "1:1: this must be a mapping"),
        ("text", "1:1: this must be a mapping"),
        ("pedantic: yes", "1:11: this must be true or false: whether notes are shown"),
        ("fail-on: eror", "1:10: `eror` is none of `note`, `warning`, `error` [did you mean `error`?]"),
        ("fail-on: true", "1:10: `True` is none of `note`, `warning`, `error`"),
        ("severity: {start: loud}", "1:19: `loud` is none of `off`, `note`, `warning`, `error`"),
        ("severity:\n  Start: [x]", "2:10: `['x']` is none of `off`, `note`, `warning`, `error`"),
        ("severity: {strat: error}", "1:12: there is no rule or stage `strat` [did you mean `start`?]"),
        (
            "severity: {mutable-image-tags/x: error}",
            "1:12: there is no rule or stage `mutable-image-tags` [did you mean `mutable-image-tag`?]",
        ),
        ("select: [rollout, qqqq]", "1:19: there is no rule or stage `qqqq` [`ecslint rule` lists the rules]"),
        (
            "disable: [mutable-image]",
            "1:11: there is no rule or stage `mutable-image` [did you mean `mutable-image-tag`?]",
        ),
        (
            "overrides:\n- paths: [a]\n  severity: {rolout: off}",
            "3:14: there is no rule or stage `rolout` [did you mean `rollout`?]",
        ),
        ("overrides: [{severity: {start: off}}]", "1:13: this needs `paths`"),
        ("overrides: [{paths: [a], sevrity: {}}]", "1:26: there is no setting `sevrity` [did you mean `severity`?]"),
        (
            "options: {mutable-image: {}}",
            "1:11: there is no rule or stage `mutable-image` [did you mean `mutable-image-tag`?]",
        ),
        (
            "options: {mutable-image-tag: {x: 1}}",
            "1:31: `mutable-image-tag` has no option `x` [it has none]",
        ),
        ("required: [{task: x}]", "1:12: this needs `secrets` or `environment`"),
        ("required: [{secrets: [a], tsk: x}]", "1:27: there is no setting `tsk` [did you mean `task`?]"),
        ("ignore: [{rule: a, reason: b}]", "1:10: this needs `address` or `path`"),
        ("ignore: [{rule: a, path: b}]", "1:10: this needs `reason`"),
        ("ignore: [{path: b}]", "1:10: this needs `rule` and `reason`"),
        ("ignore: [{rule: a, path: b, reason: ''}]", "1:37: this may not be empty"),
        ("ignore: [{rule: a, path: 5, reason: x}]", "1:26: this must be a text or a list"),
        ("ignore: [{rule: a, path: b, reason: x, until: soon}]", "1:47: `soon` is no day: write it as `2027-01-31`"),
        (
            "ignore: [{rule: a, path: b, reason: x, until: 2026-02-30}]",
            "1:47: `2026-02-30` is no day: write it as `2027-01-31`",
        ),
        ("exclude: [a]\nexclude: [b]", "2:1: `exclude` is set twice [keep one of the two]"),
        ("severity: {start: off, start: note}", "1:24: `start` is set twice [keep one of the two]"),
        ("terraform: {variable: {}}", "1:13: there is no setting `variable` [did you mean `variables`?]"),
        ("rules: [missing.py]", "1:9: there is no rule file `missing.py`"),
        ("rules: [../outside.py]", "1:9: `../outside.py` lies outside the boundary and is not read"),
        ("rules: [sub]", "1:9: `sub` holds no rule files"),
        (
            "plugins: [no_such_package]",
            "1:11: the plug-in `no_such_package` cannot be loaded: ModuleNotFoundError: No module",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, config: str, told: str | None) -> None:
    report = lint(_write(tmp_path, config, {"sub/a.txt": ""}))
    (problem,) = report.problems
    if told is None:
        assert problem.help.startswith("the keys here are `required`, `ignore`, `exclude`")
    else:
        assert _told(problem).startswith(told)
    # The rest is linted all the same.
    assert "mutable-image-tag" in _found(report)


def test_all_mistakes_are_told_in_order(tmp_path: Path) -> None:
    config = "fail-on: x\nexclude: 5\nunknown: 1\nseverity: {start: y}\n"
    problems = lint(_write(tmp_path, config)).problems
    assert [_told(problem).split(":")[0] for problem in problems] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("{most: x}", "3:17: `most` must be a number [the default is `5`]"),
        ("{most: true}", "3:17: `most` must be a number [the default is `5`]"),
        ("{names: x}", "3:18: `names` must be a list [the default is `['a']`]"),
        ("{strict: 1}", "3:19: `strict` must be true or false [the default is `False`]"),
        ("{word: 1}", "3:17: `word` must be a text [the default is `x`]"),
        ("{mots: 1}", "3:11: `sized` has no option `mots` [it has `most`, `names`, `strict`, `word`]"),
        ("5", "3:10: this must be a mapping"),
    ],
)
def test_an_option_of_another_type(tmp_path: Path, options: str, told: str) -> None:
    config = f"rules: [sized.py]\noptions:\n  sized: {options}\n"
    (problem,) = lint(_write(tmp_path, config, {"sized.py": OWN_RULE})).problems
    assert _told(problem) == told


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        (b"a: [\n", "yaml-syntax", "while parsing a flow node: did not find expected node content"),
        (b"a: *x\n", "yaml-syntax", "there is no anchor `x`"),
        (b"a: \x00\n", "yaml-syntax", "YAML may not hold the character 0x0000"),
        (b"[" * 300, "limit", "the YAML nests deeper than 200"),
        (
            b"\xff\xfe\xfa",
            "encoding",
            "the configuration cannot be read: it is not UTF-16, as its first bytes say: byte 3",
        ),
        (b"caf\xe9: 1", "encoding", "the configuration cannot be read: it is not UTF-8: byte 4, on line 1"),
    ],
)
def test_a_configuration_that_cannot_be_read(tmp_path: Path, content: bytes, kind: str, message: str) -> None:
    _write(tmp_path, "")
    (tmp_path / ".ecslint.yml").write_bytes(content)
    report = lint(tmp_path)
    assert [(problem.kind, problem.path, problem.message) for problem in report.problems] == [
        (kind, ".ecslint.yml", message)
    ]
    assert "mutable-image-tag" in _found(report)


# Which file counts


def _config(folder: Path, *paths: str, **options: Any) -> str:
    ran: Run = run(folder, paths or (".",), **options)
    return ran.settings.path


def test_the_nearest_configuration_upward_counts(tmp_path: Path) -> None:
    files = {".ecslint.yml": "", "a/.ecslint.yml": "", "a/b/task.json": JSON, "c/task.json": JSON}
    write(tmp_path, files)
    assert _config(tmp_path) == ".ecslint.yml"
    assert _config(tmp_path, "a/b") == "a/.ecslint.yml"
    assert _config(tmp_path, "a/b/task.json") == "a/.ecslint.yml"
    assert _config(tmp_path, "c") == ".ecslint.yml"
    # One configuration a run: that of what the arguments have in common.
    assert _config(tmp_path, "a/b/task.json", "c/task.json") == ".ecslint.yml"
    assert _config(tmp_path, "a/b/missing.json") == "a/.ecslint.yml"


def test_no_configuration_beyond_the_boundary_counts(tmp_path: Path) -> None:
    (tmp_path / ".ecslint.yml").write_text("select: [start]")
    write(tmp_path / "repository", {"task.json": JSON})
    assert _config(tmp_path / "repository") == ""
    assert _config(tmp_path / "repository", root=str(tmp_path)) == ".ecslint.yml"


def test_a_configuration_by_name(tmp_path: Path) -> None:
    write(tmp_path, {".ecslint.yml": "", "ci/lint.yml": "select: [rollout]", "task.json": JSON})
    assert _config(tmp_path, config=str(tmp_path / "ci" / "lint.yml")) == "ci/lint.yml"
    with pytest.raises(Usage, match="there is no configuration"):
        _config(tmp_path, config=str(tmp_path / "missing.yml"))
    outside = tmp_path / "inside"
    write(outside, {"task.json": JSON})
    with pytest.raises(Usage, match="lies outside the boundary") as caught:
        _config(outside, config=str(tmp_path / ".ecslint.yml"))
    assert caught.value.help == "`--root` sets the boundary"


def test_a_folder_of_that_name_is_no_configuration(tmp_path: Path) -> None:
    write(tmp_path, {".ecslint.yml/readme": "", "task.json": JSON})
    assert _config(tmp_path) == ""


def test_paths_of_rules_are_those_from_the_configuration(tmp_path: Path) -> None:
    files = {"ci/.ecslint.yml": "rules: [../lint/sized.py]", "lint/sized.py": OWN_RULE, "ci/task.json": JSON}
    report = lint(write(tmp_path, files), ["ci"])
    assert report.problems == []
    assert "sized" in _found(report)
