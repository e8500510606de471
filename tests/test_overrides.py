"""Settings by rule and by path."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support import lint, write

from ecslint.finding import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from ecslint.engine import Report


def task(image: str) -> str:
    return json.dumps({"family": "a", "containerDefinitions": [{"name": "b", "image": image, "memory": 256}]})


LATEST = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/a:latest"
FILES = {"dev/a.json": task(LATEST), "prod/a.json": task(LATEST)}

RULES = '''
from ecslint.rule import Rule


class Loud(Rule):
    """It says what it was told to. Source: the tests."""

    stage = "run"
    since = "0"
    options = {"word": "plain"}

    def container(self, container):
        yield self.finding(container, str(self.setting("word")), container.name, "", "nothing")
'''


def found(report: Report, rule: str = "mutable-image-tag") -> dict[str, tuple[str, str]]:
    return {
        finding.primary.file.path: (finding.message, finding.severity.word)
        for finding in report.findings
        if finding.rule == rule
    }


def linted(top: Path, configuration: str) -> Report:
    report = lint(write(top, {**FILES, "own/run/loud.py": RULES, ".ecslint.yml": configuration}))
    assert not report.problems, report.problems
    return report


def test_a_rule_may_be_off_somewhere(tmp_path: Path) -> None:
    report = linted(tmp_path, "overrides: [{paths: [dev], disable: [rollout]}]")
    assert set(found(report)) == {"prod/a.json"}
    report = linted(tmp_path, "overrides: [{paths: ['*/a.json'], disable: [mutable-*]}]")
    assert not found(report)


def test_the_last_override_wins(tmp_path: Path) -> None:
    text = "overrides: [{paths: ['*'], disable: [mutable-image-tag]}, {paths: [prod], severity: {rollout: error}}]"
    assert {path: word for path, (_, word) in found(linted(tmp_path, text)).items()} == {"prod/a.json": "error"}


def test_options_by_path(tmp_path: Path) -> None:
    text = """
rules: [own]
options: {loud: {word: everywhere}}
overrides:
  - {paths: [prod], options: {loud: {word: here}}}
"""
    told = found(linted(tmp_path, text), "loud")
    assert {path: message for path, (message, _) in told.items()} == {"dev/a.json": "everywhere", "prod/a.json": "here"}


def test_findings_with_options_of_their_own_are_counted_once(tmp_path: Path) -> None:
    plain = linted(tmp_path, "rules: [own]")
    special = linted(tmp_path, "rules: [own]\noverrides: [{paths: [prod], options: {loud: {word: plain}}}]")
    assert [item.fingerprint for item in special.findings] == [item.fingerprint for item in plain.findings]
    assert len(special.unevaluated) == len(plain.unevaluated)


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("severity: {mutable-image-tags: off}", "there is no rule or stage `mutable-image-tags`", "mutable-image-tag"),
        ("options: {loud: {wrod: x}}\nrules: [own]", "`loud` has no option `wrod`", "it has `word`"),
        (
            "overrides: [{paths: [a], disable: [rolout]}]",
            "there is no rule or stage `rolout`",
            "did you mean `rollout`?",
        ),
        ("disable: [rolout]", "there is no rule or stage `rolout`", "`rollout`?"),
        ("select: [rolout]", "there is no rule or stage `rolout`", "`rollout`?"),
        ("overrides: [{paths: [a], options: {lowd: {}}}]", "there is no rule or stage `lowd`", ""),
    ],
)
def test_a_setting_of_nothing_is_a_problem(text: str, message: str, help: str, tmp_path: Path) -> None:
    report = lint(write(tmp_path, {**FILES, "own/run/loud.py": RULES, ".ecslint.yml": text}))
    (problem,) = report.problems
    assert problem.message == message
    assert help in problem.help
    assert problem.place is not None


IGNORE = "ignore: [{rule: mutable-image-tag, path: '*', reason: later, until: 'DAY'}]"


def test_an_ignore_may_run_out(tmp_path: Path) -> None:
    report = linted(tmp_path, IGNORE.replace("DAY", "2026-11-20"))
    assert len(report.suppressed) == 2
    report = linted(tmp_path, IGNORE.replace("DAY", "2026-11-19"))
    assert not report.suppressed
    assert set(found(report, "expired-ignore")) == {".ecslint.yml"}


def test_the_day_needs_no_quotes(tmp_path: Path) -> None:
    assert len(linted(tmp_path, IGNORE.replace("'DAY'", "2026-11-20")).suppressed) == 2


def test_the_severity_that_fails_is_told(tmp_path: Path) -> None:
    assert linted(tmp_path, "fail-on: warning").fail_on is Severity.WARNING
