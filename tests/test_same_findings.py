"""One deployment, written as Terraform, CloudFormation, CDK and a task definition alone: the findings are the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from support import FIXTURES, lint

from ecslint.model import TaskDefinition

if TYPE_CHECKING:
    from pathlib import Path

    from ecslint.engine import Report
    from ecslint.finding import Finding

FAULTY = FIXTURES / "deployments" / "storefront"
MENDED = FIXTURES / "deployments" / "storefront-mended"

FORMATS = ("terraform", "cloudformation", "cdk", "taskdef")
WHOLE = ("terraform", "cloudformation", "cdk")
"""The formats that hold all of a deployment."""

ROWS = {
    ("A1", "s3-object-action-on-bucket-arn", "Statement[0]"),
    ("A2", "s3-bucket-action-on-object-arn", "Statement[1]"),
    ("B1", "name-in-environment-and-secrets", "web/secrets[PAYMENT_TRACING]"),
    ("B2", "health-check-path-mismatch", "web"),
    ("B3", "mutable-image-tag", "web"),
    ("C1", "redis-url-parameters", "worker/environment[CELERY_BROKER_URL]"),
    ("C6", "plaintext-credential", "web/environment[SEARCH_URL]"),
    ("D1", "required-secret-missing", "web"),
    ("D2", "secret-json-key-missing", "web/secrets[DATABASE_PASSWORD]"),
    ("D4", "grace-period-too-short", ""),
    ("D5", "circuit-breaker-off", ""),
    ("D7", "plaintext-credential", "web/environment[JWT_SECRET]"),
}
"""The incidents' rows that the deployment repeats, each with its rule and what the finding is about."""

ALONE = {"B1", "B3", "C1", "C6", "D1", "D7"}
"""The rows that a task definition shows without anything beside it."""


class Told(NamedTuple):
    """What a finding says, whatever the format. `subject` is the part of the address that is no format's own."""

    rule: str
    row: str
    stage: str
    severity: str
    confidence: str
    subject: str
    message: str
    symptom: str | None
    help: str | None


def _subject(address: str) -> str:
    found = re.search(r"(?:(?<=/)(?:web|worker)|Statement\[\d+\])(?:/.*)?$", address)
    return found.group() if found else ""


def _told(finding: Finding) -> Told:
    return Told(
        finding.rule,
        finding.row,
        finding.stage,
        finding.severity.name,
        finding.confidence.name,
        _subject(finding.address),
        finding.message,
        finding.symptom,
        finding.help,
    )


def _all(report: Report) -> list[Told]:
    """Everything that is said, notes included."""
    assert not report.problems, report.problems
    return sorted(map(_told, report.findings))


@pytest.mark.parametrize("format", WHOLE)
def test_every_row_is_found(format: str) -> None:
    told = {(each.rule, each.subject) for each in _all(lint(FAULTY, [format]))}
    assert {(rule, subject) for _, rule, subject in ROWS} <= told


@pytest.mark.parametrize("folder", [FAULTY, MENDED], ids=["faulty", "mended"])
@pytest.mark.parametrize("format", WHOLE[1:])
def test_a_deployment_gives_the_same_findings_in_every_format(folder: Path, format: str) -> None:
    assert _all(lint(folder, [format])) == _all(lint(folder, WHOLE[:1]))


def test_a_task_definition_alone_gives_what_it_can_hold() -> None:
    alone = {(rule, subject) for row, rule, subject in ROWS if row in ALONE}
    whole = [each for each in _all(lint(FAULTY, WHOLE[:1])) if (each.rule, each.subject) in alone]
    assert whole
    assert [each for each in _all(lint(FAULTY, ["taskdef"])) if (each.rule, each.subject) in alone] == whole


@pytest.mark.parametrize("format", FORMATS)
def test_the_mended_deployment_is_silent(format: str) -> None:
    report = lint(MENDED, [format])
    assert not report.workspace.notices
    assert [each for each in _all(report) if each.severity != "NOTE"] == []


@pytest.mark.parametrize("format", FORMATS)
def test_silence_comes_of_what_was_read(format: str) -> None:
    report = lint(MENDED, [format])
    (project,) = report.workspace.projects
    (task,) = project.all(TaskDefinition)
    assert [container.name.string for container in task.containers] == ["web", "worker"]
    assert not task.containers.open
    assert report.attributes.known > 10 * report.attributes.unknown


@pytest.mark.parametrize("format", ["terraform", "cloudformation"])
def test_a_grant_is_shown_where_it_is_written_not_where_its_bucket_is(format: str) -> None:
    for finding in lint(FAULTY, [format]).findings:
        if finding.rule.startswith("s3-"):
            text = finding.primary.file.text
            line = text[text.rindex("\n", 0, finding.primary.start) : finding.primary.start]
            assert line.strip().startswith("Resource"), line
