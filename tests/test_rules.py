"""Every rule's examples: each bad one is found, each good one is silent, in every format."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from support import ENDINGS, FIXTURES, lint, write

from ecslint import manual, registry
from ecslint.registry import META_STAGE

if TYPE_CHECKING:
    from pathlib import Path

    from ecslint.rule import Rule

RULES = {id: rule for id, rule in registry.load().rules.items() if rule.stage != META_STAGE}
FOLDER = FIXTURES / "rules"

_NAME = re.compile(r"(bad(?:=(\d+))?|good)-[a-z0-9-]+(\.[a-z.]+)?")


class Case(NamedTuple):
    """A rule and a text or folder that must give so many findings of it."""

    rule: type[Rule]
    name: str
    files: dict[str, str]
    findings: int


def _documented() -> list[Case]:
    cases = []
    for id, rule in RULES.items():
        config = manual.configuration(rule)
        for index, example in enumerate(manual.examples(rule)):
            files = {f"example.{ENDINGS[example.language]}": example.text}
            if config is not None:
                files[".ecslint.yml"] = config
            cases.append(Case(rule, f"{id}-docstring-{index}", files, example.findings))
    return cases


def _stored() -> list[Case]:
    cases = []
    for path in sorted(FOLDER.glob("*/*")):
        found = _NAME.fullmatch(path.name)
        if path.name.startswith("."):
            continue
        assert found, f"{path} is named neither `bad-…` nor `good-…`"
        assert path.parent.name in RULES, f"{path} belongs to no rule"
        sources = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        base = path.parent if path.is_file() else path
        files = {str(source.relative_to(base)): source.read_text(encoding="utf-8") for source in sources}
        config = path.parent / ".ecslint.yml"
        if config.exists():
            files.setdefault(".ecslint.yml", config.read_text(encoding="utf-8"))
        count = int(found.group(2) or 1) if found.group(1).startswith("bad") else 0
        cases.append(Case(RULES[path.parent.name], f"{path.parent.name}-{path.name}", files, count))
    return cases


CASES = [*_documented(), *_stored()]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_example(case: Case, tmp_path: Path) -> None:
    report = lint(write(tmp_path, case.files))
    assert not report.problems, report.problems
    assert report.workspace.projects, "nothing was linted"
    found = [finding for finding in report.findings if finding.rule == case.rule.id]
    assert len(found) == case.findings, found
    for finding in found:
        assert finding.primary.file.path in case.files
        assert finding.labels[0].role == "primary"
        assert 0 <= finding.primary.start <= finding.primary.end <= len(finding.primary.file.text)
        assert finding.severity <= case.rule.severity
        assert not finding.message.endswith("."), "a message is no sentence with a full stop"
        assert finding.help, "a finding says what to do"
        assert not finding.help.endswith("."), "help is no sentence with a full stop"


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_explains_itself(rule: type[Rule]) -> None:
    kinds = {bool(example.findings) for example in manual.examples(rule)}
    assert kinds == {True, False}, "the docstring shows a bad and a good example"
    assert "Source:" in (rule.__doc__ or ""), "the docstring names the source of its facts"
    assert rule.since
    title = manual.title(rule)
    assert title.endswith(".")
    assert len(title) < 140
    assert rule.id in manual.page(rule)


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_symptoms_can_be_searched_for(rule: type[Rule]) -> None:
    for symptom in rule.symptoms:
        runs = [run for run in re.split(r"\{[a-z_]+\}", symptom) if len(run.strip()) > 12]
        assert runs, f"{symptom!r} has no literal run to be found by"
