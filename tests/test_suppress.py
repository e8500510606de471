"""Ignores: what they hide, and what is said of those that are unknown, unused or past their day."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from support import SOON, lint, run, write

from ecslint.finding import Confidence, Finding, Instance, Label, Severity, Suppression
from ecslint.registry import Registry
from ecslint.rule import Rule
from ecslint.source import SourceFile, Span
from ecslint.suppress import RULES, comments, glob, suppress

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ecslint.engine import Report

TODAY = "2026-11-20"

IMAGE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:latest"
TASK = json.dumps(
    {
        "family": "checkout",
        "containerDefinitions": [
            {
                "name": "app",
                "image": IMAGE,
                "memory": 256,
                "environment": [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}],
            }
        ],
    }
)


def _lint(folder: Path, entries: str, files: Mapping[str, str] | None = None, **options: Any) -> Report:
    config = f"ignore:\n{entries}\n"
    return lint(write(folder, {".ecslint.yml": config, "deploy/task.json": TASK, **(files or {})}), **options)


def _rules(report: Report) -> list[str]:
    return sorted(finding.rule for finding in report.findings)


BOTH = ["duplicate-environment-name", "mutable-image-tag"]


# What an ignore hides


@pytest.mark.parametrize(
    "where",
    [
        "address: checkout/app",
        "address: checkout",
        "address: check*/app",
        "address: '*/app'",
        "path: deploy/task.json",
        "path: deploy",
        "path: deploy/",
        "path: deploy/*.json",
        "path: [other.json, deploy/task.json]",
        "{address: checkout, path: deploy}",
    ],
)
@pytest.mark.parametrize("rule", ["mutable-image-tag", "mutable-*", "*-tag"])
def test_an_ignore_hides_by_address_and_by_path(tmp_path: Path, where: str, rule: str) -> None:
    where = where.strip("{}")
    report = _lint(tmp_path, f"- {{rule: '{rule}', {where}, reason: it is meant}}")
    assert _rules(report) == ["duplicate-environment-name"]
    (hidden,) = report.suppressed
    assert (hidden.finding.rule, hidden.reason, hidden.by) == ("mutable-image-tag", "it is meant", "config")


@pytest.mark.parametrize(
    "where",
    [
        "address: checkout/application",
        "address: app",
        "address: check",
        "path: task.json",
        "path: depl",
        "{address: checkout, path: other}",
        "{address: other, path: deploy}",
    ],
)
def test_an_ignore_of_something_else_hides_nothing(tmp_path: Path, where: str) -> None:
    where = where.strip("{}")
    report = _lint(tmp_path, f"- {{rule: mutable-image-tag, {where}, reason: x}}")
    assert _rules(report) == [*BOTH, "unused-ignore"]


def test_brackets_in_an_address_mean_themselves(tmp_path: Path) -> None:
    report = _lint(tmp_path, "- {rule: duplicate-environment-name, address: 'checkout/app/environment[A]', reason: x}")
    assert _rules(report) == ["mutable-image-tag"]
    assert glob("a/environment[A]", "a/environment[?]")
    assert not glob("a/environmentA", "a/environment[A]")


def test_a_row_of_a_rule_can_be_ignored_alone(tmp_path: Path) -> None:
    task = json.dumps({**json.loads(TASK), "requiresCompatibilities": ["FARGATE"], "executionRoleArn": "x"})
    ignore = "- {rule: fargate-cpu-memory/cpu-missing, path: deploy, reason: x}"
    report = _lint(tmp_path, ignore, {"deploy/task.json": task}, select=["fargate-cpu-memory"])
    assert [finding.row for finding in report.findings] == ["memory-missing"]
    assert [item.finding.row for item in report.suppressed] == ["cpu-missing"]
    report = _lint(tmp_path, ignore.replace("cpu-missing", "'*'"), select=["fargate-cpu-memory"])
    assert report.findings == []


def test_an_ignore_hides_from_every_output(tmp_path: Path) -> None:
    folder = write(tmp_path, {".ecslint.yml": "ignore: [{rule: '*', path: '*', reason: x}]", "task.json": TASK})
    report = run(folder).report()
    assert report.findings == []
    assert report.withheld == []
    assert len(report.suppressed) == 2


# Findings of the ignores themselves


def _about(report: Report) -> list[tuple[str, str, str | None]]:
    """The findings about ignores, with the text at their place."""
    found = [finding for finding in report.findings if finding.stage == "configuration"]
    for finding in found:
        assert finding.severity is Severity.WARNING
        assert finding.primary.file.path == ".ecslint.yml"
    return [(finding.rule, finding.message, finding.help) for finding in found]


def test_an_ignore_that_hides_nothing(tmp_path: Path) -> None:
    report = _lint(tmp_path, "- {rule: secret-arn-malformed, path: deploy, reason: x}")
    assert _about(report) == [("unused-ignore", "The ignore of `secret-arn-malformed` hides nothing", "take it out")]
    (finding,) = [finding for finding in report.findings if finding.rule == "unused-ignore"]
    assert finding.primary.text == "{rule: secret-arn-malformed, path: deploy, reason: x}"
    assert finding.address == ".ecslint.yml/ignore[secret-arn-malformed]"


@pytest.mark.parametrize(
    ("rule", "message", "help"),
    [
        ("mutable-image-tags", "There is no rule `mutable-image-tags` to ignore", "did you mean `mutable-image-tag`?"),
        (
            "mutable-image-tags/row",
            "There is no rule `mutable-image-tags` to ignore",
            "did you mean `mutable-image-tag`?",
        ),
        ("qqqq", "There is no rule `qqqq` to ignore", "`ecslint rule` lists the rules"),
        ("zz*", "There is no rule `zz*` to ignore", "`ecslint rule` lists the rules"),
    ],
)
def test_an_ignore_of_a_rule_that_does_not_exist(tmp_path: Path, rule: str, message: str, help: str) -> None:
    report = _lint(tmp_path, f"- {{rule: '{rule}', path: deploy, reason: x}}")
    assert _about(report) == [("unknown-ignore", message, help)]


@pytest.mark.parametrize(("until", "hides"), [("2026-11-20", True), ("2026-11-21", True), ("2026-11-19", False)])
def test_an_ignore_holds_until_the_end_of_its_day(tmp_path: Path, until: str, hides: bool) -> None:
    report = _lint(tmp_path, f"- {{rule: '*', path: deploy, reason: x, until: {until}}}")
    if hides:
        assert _rules(report) == []
    else:
        assert _rules(report) == sorted([*BOTH, "expired-ignore"])
        message = f"The ignore of `*` ran out on {until}"
        assert _about(report) == [("expired-ignore", message, "mend the fault, or give it a later day")]


def test_an_ignore_of_a_rule_that_did_not_run_is_not_called_unused(tmp_path: Path) -> None:
    ignore = "- {rule: secret-arn-malformed, path: deploy, reason: x}"
    assert _about(_lint(tmp_path, ignore, ignore=["secret-arn-malformed"])) == []
    assert _about(_lint(tmp_path, ignore, select=["mutable-image-tag", "unused-ignore"])) == []
    # One that names many rules is only unused where all of them ran.
    wide = "- {rule: 'secret-*', path: deploy, reason: x}"
    assert _about(_lint(tmp_path, wide)) != []
    assert _about(_lint(tmp_path, wide, ignore=["secret-arn-malformed"])) == []


def test_a_run_over_a_part_calls_no_ignore_unused(tmp_path: Path) -> None:
    _lint(tmp_path, "- {rule: secret-arn-malformed, path: other, reason: x}", {"other/task.json": TASK})
    assert _about(lint(tmp_path, ["deploy"])) == []
    assert _about(lint(tmp_path, ["deploy/task.json"])) == []
    assert len(_about(lint(tmp_path, ["."]))) == 1


def test_the_folder_of_the_configuration_is_all_that_it_is_about(tmp_path: Path) -> None:
    config = "ignore: [{rule: secret-arn-malformed, path: x, reason: x}]"
    write(tmp_path, {"deploy/.ecslint.yml": config, "deploy/task.json": TASK, "other/task.json": TASK})
    assert "unused-ignore" in _rules(lint(tmp_path, ["deploy"]))


def test_a_run_that_could_not_read_everything_calls_no_ignore_unused(tmp_path: Path) -> None:
    files = {"deploy/broken.json": '{"containerDefinitions": ['}
    report = _lint(tmp_path, "- {rule: secret-arn-malformed, path: deploy/broken.json, reason: x}", files)
    assert report.problems
    assert _about(report) == []


def test_findings_about_ignores_have_severities_and_can_be_switched_off(tmp_path: Path) -> None:
    ignore = "- {rule: secret-arn-malformed, path: deploy, reason: x}\nseverity: {unused-ignore: %s}"
    assert "unused-ignore" not in _rules(_lint(tmp_path, ignore % "off"))
    (finding,) = [found for found in _lint(tmp_path, ignore % "error").findings if found.rule == "unused-ignore"]
    assert finding.severity is Severity.ERROR
    only = _lint(tmp_path, ignore.partition("\n")[0], select=["mutable-image-tag"])
    assert _rules(only) == ["mutable-image-tag"]
    assert "unused-ignore" not in _rules(_lint(tmp_path, ignore.partition("\n")[0], ignore=["configuration"]))


# Renamed rules, instances, and ignores of frontends: by hand


class New(Rule):
    """A rule with a new name."""

    id = "new-name"
    stage = "run"


class Old(Rule):
    """The former name of that rule."""

    id = "old-name"
    stage = "run"
    replaced_by = "new-name"


REGISTRY = Registry([New, Old, *RULES])
FILE = SourceFile("main.tf", "line one\nline two\nline three\n")
RAN = {"new-name", *(rule.id for rule in RULES)}


AT = Span(FILE, 9, 13)


def _finding(*instances: str, at: Span = AT, project: str = "infra", local: str = "task/app") -> Finding:
    label = Label(at, "here", "primary")
    finding = Finding("new-name", "run", Severity.ERROR, Confidence.HIGH, "m", instances[0], local, (label,))
    finding.instances = tuple(Instance(address, project) for address in instances)
    return finding


def _ignore(rule: str = "new-name", **details: Any) -> Suppression:
    return Suppression(rule, "meant", "config", Span(FILE, 0, 4), **details)


def test_a_former_name_still_ignores() -> None:
    kept, about, hidden = suppress([_finding("task/app")], [_ignore("old-name", address="task")], REGISTRY, RAN, TODAY)
    assert (kept, about) == ([], [])
    assert len(hidden) == 1
    _, about, _ = suppress([], [_ignore("old-name", address="task")], REGISTRY, RAN, TODAY)
    assert [finding.rule for finding in about] == ["unused-ignore"]


def test_instances_are_removed_one_by_one() -> None:
    finding = _finding("module.a.task/app", "module.b.task/app", "module.c.task/app")
    ignores = [_ignore(address="module.a.*"), _ignore(address="module.c.task")]
    (kept,), about, hidden = suppress([finding], ignores, REGISTRY, RAN, TODAY)
    assert [instance.address for instance in kept.instances] == ["module.b.task/app"]
    assert kept.address == "module.b.task/app", "the finding is called by a caller that is left"
    assert (about, hidden) == ([], [])


def test_a_finding_without_instances_left_is_hidden() -> None:
    finding = _finding("module.a.task/app", "module.b.task/app")
    ignores = [_ignore(address="module.a.*"), _ignore(address="module.b.*")]
    kept, about, hidden = suppress([finding], ignores, REGISTRY, RAN, TODAY)
    assert (kept, about) == ([], [])
    assert [item.reason for item in hidden] == ["meant"]


def test_the_local_address_means_every_caller() -> None:
    finding = _finding("module.a.task/app", "module.b.task/app")
    kept, _, hidden = suppress([finding], [_ignore(address="task/app")], REGISTRY, RAN, TODAY)
    assert kept == []
    assert len(hidden) == 1


def test_an_ignore_of_one_project_leaves_the_others() -> None:
    finding = _finding("task/app")
    finding.instances = (Instance("task/app", "one"), Instance("task/app", "two"))
    (kept,), _, _ = suppress([finding], [_ignore(address="task", project="one")], REGISTRY, RAN, TODAY)
    assert [instance.project for instance in kept.instances] == ["two"]


def test_a_comment_hides_what_has_a_label_in_its_text() -> None:
    second = Span(FILE, 9, 17)
    for at, hides in ((Span(FILE, 9, 13), True), (Span(FILE, 14, 17), True), (Span(FILE, 0, 4), False)):
        kept, _, _ = suppress([_finding("task/app", at=at)], [_ignore(covers=second)], REGISTRY, RAN, TODAY)
        assert (kept == []) is hides
    other = SourceFile("other.tf", FILE.text)
    kept, _, _ = suppress([_finding("a", at=Span(other, 9, 13))], [_ignore(covers=second)], REGISTRY, RAN, TODAY)
    assert len(kept) == 1
    related = _finding("task/app", at=Span(FILE, 0, 4))
    related.labels += (Label(Span(FILE, 10, 12), "there", "related"),)
    assert suppress([related], [_ignore(covers=second)], REGISTRY, RAN, TODAY)[0] == []


def test_two_ignores_of_one_finding_are_both_used() -> None:
    """The second hides nothing that the first has not hidden already, but to take either out would be wrong advice."""
    ignores = [_ignore(address="task/app"), _ignore(address="task")]
    kept, about, _ = suppress([_finding("task/app")], ignores, REGISTRY, RAN, TODAY)
    assert (kept, about) == ([], [])


def test_an_ignore_of_something_else_is_unused_though_the_finding_is_hidden() -> None:
    ignores = [_ignore(address="task/app"), _ignore(address="other")]
    kept, about, _ = suppress([_finding("task/app")], ignores, REGISTRY, RAN, TODAY)
    assert kept == []
    assert [finding.rule for finding in about] == ["unused-ignore"]


def test_an_ignore_that_covers_nothing_hides_nothing() -> None:
    (kept,), _, _ = suppress([_finding("task/app")], [_ignore()], REGISTRY, RAN, TODAY)
    assert kept.instances


# Comments


def _comments(text: str) -> list[tuple[str, str, str, str]]:
    """The ignores in a text: rule, reason, until, and the text covered."""
    found = comments(SourceFile("main.tf", text))
    return [(one.rule, one.reason, one.until, one.covers.text if one.covers else "") for one in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a = 1 # ecslint: ignore[x] why\nb = 2\n", [("x", "why", "", "a = 1 # ecslint: ignore[x] why")]),
        ("# ecslint: ignore[x] why\nb = 2\n", [("x", "why", "", "# ecslint: ignore[x] why\nb = 2")]),
        ("#ecslint:ignore[x]\nb = 2", [("x", "", "", "#ecslint:ignore[x]\nb = 2")]),
        ("  // ecslint: ignore[x] why\n\n  # note\n  b\nc\n", [("x", "why", "", None)]),
        ("/* ecslint: ignore[x] why */\nb\n", [("x", "why", "", "/* ecslint: ignore[x] why */\nb")]),
        ("a # ecslint: ignore[x, y/z] why", [("x", "why", "", None), ("y/z", "why", "", None)]),
        ("a # ecslint: ignore[x] why (until 2027-01-31)", [("x", "why", "2027-01-31", None)]),
        ("a # ecslint: ignore[x] until 2027-01-31, why", [("x", "why", "2027-01-31", None)]),
        ("a # ecslint: ignore[x] - why", [("x", "why", "", None)]),
        ("# ecslint: ignore[x]", [("x", "", "", "# ecslint: ignore[x]")]),
        ("# ecslint: ignore[x]\n\n", [("x", "", "", None)]),
        ("a # ecslint: ignore[x] 이유\r\nb\r\n", [("x", "이유", "", "a # ecslint: ignore[x] 이유")]),
        ("# ecslint: ignore [x]\n", []),
        ("# ecslint ignore[x]\n", []),
        ("# ecslint: ignore[x\n]\n", []),
        ("# please ignore[x]\n", []),
    ],
)
def test_comments(text: str, found: list[tuple[str, str, str, str | None]]) -> None:
    told = _comments(text)
    assert [one[:3] for one in told] == [one[:3] for one in found]
    for one, wanted in zip(told, found, strict=True):
        assert wanted[3] is None or one[3] == wanted[3]


def test_a_comment_of_its_own_covers_the_next_line_that_holds_anything() -> None:
    text = "# ecslint: ignore[x] one\n# ecslint: ignore[y] two\n\n# a note\nb = 2\nc = 3\n"
    assert [(rule, covers.endswith("b = 2")) for rule, _, _, covers in _comments(text)] == [("x", True), ("y", True)]


@pytest.mark.parametrize(
    "text",
    [
        "# ecslint: ignore[x] why\n" * 50_000,
        "# ecslint: ignore[" * 50_000,
        "#" * 200_000,
        "# \t" * 100_000,
        "# ecslint: ignore[" + "x," * 100_000 + "]",
    ],
    ids=["many", "unclosed", "hashes", "blanks", "many rules"],
)
def test_hostile_comments_take_linear_time(text: str) -> None:
    start = time.perf_counter()
    list(comments(SourceFile("main.tf", text)))
    assert time.perf_counter() - start < SOON
