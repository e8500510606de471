"""One finding for many callers, and a fingerprint that stays while the file changes around it."""

from __future__ import annotations

import json
import time
from copy import copy
from typing import TYPE_CHECKING, Any

import pytest
from support import SOON, lint, write

from ecslint.finding import Confidence, Finding, Label, Severity
from ecslint.merge import merge, order
from ecslint.model import Project, Workspace
from ecslint.source import Authored, Cut, Route, SourceFile, Span
from ecslint.value import Condition

if TYPE_CHECKING:
    from pathlib import Path

FILE = SourceFile("modules/service/main.tf", "line one\nline two\nline three\n")
CALLS = SourceFile("main.tf", "module a\nmodule b\nmodule c\n")


def _finding(address: str = "task/app", at: Span | None = None, **changes: Any) -> Finding:
    details: dict[str, Any] = {
        "rule": "some-rule",
        "stage": "run",
        "severity": Severity.WARNING,
        "confidence": Confidence.MEDIUM,
        "message": "m",
        "address": address,
        "local": "task/app",
        "labels": (Label(at or Span(FILE, 9, 13), "here", "primary"),),
    }
    return Finding(**{**details, **changes})


def _merge(*findings: Finding, project: str = "infra") -> list[Finding]:
    workspace = Workspace("/nowhere", [])
    return merge([(finding, Project("test", project)) for finding in findings], workspace)


# Merging


def test_one_fault_of_a_module_that_is_called_three_times() -> None:
    findings = [_finding(f"module.{name}.task/app") for name in "abc"]
    for finding, at in zip(findings, (0, 9, 18), strict=True):
        finding.labels += (Label(Span(CALLS, at, at + 8), "passed here", "hop"),)
    (merged,) = _merge(*findings)
    assert [instance.address for instance in merged.instances] == [f"module.{name}.task/app" for name in "abc"]
    assert {instance.project for instance in merged.instances} == {"infra"}
    assert [(label.role, label.place.span().text) for label in merged.labels] == [
        ("primary", "line"),
        ("hop", "module a"),
        ("hop", "module b"),
        ("hop", "module c"),
    ]
    assert merged.address == "module.a.task/app"


def test_a_hop_that_all_callers_have_is_shown_once() -> None:
    findings = [_finding(f"module.{name}.task/app") for name in "ab"]
    for finding in findings:
        finding.labels += (Label(Span(CALLS, 0, 8), "passed here", "hop"), Label(Span(FILE, 0, 4), "see", "related"))
    (merged,) = _merge(*findings)
    assert [label.role for label in merged.labels] == ["primary", "hop", "related"]


def test_one_caller_twice_is_one_instance() -> None:
    (merged,) = _merge(_finding(), _finding())
    assert len(merged.instances) == 1


def test_the_same_fault_in_two_projects_is_one_finding_with_two_instances() -> None:
    workspace = Workspace("/nowhere", [])
    found = [(_finding(), Project("test", name)) for name in ("dev", "prod")]
    (merged,) = merge(found, workspace)
    assert [instance.project for instance in merged.instances] == ["dev", "prod"]


def test_a_finding_of_the_whole_workspace_belongs_to_its_root() -> None:
    (merged,) = merge([(_finding(), None)], Workspace("/nowhere", []))
    assert [instance.project for instance in merged.instances] == ["/nowhere"]


def test_the_surest_caller_counts() -> None:
    perhaps = _finding("module.a.task/app", message="it fails, if `var.x` is true")
    perhaps.conditions = ((Condition("x", "`var.x` is true"), True),)
    sure = _finding("module.b.task/app", severity=Severity.ERROR, confidence=Confidence.HIGH, message="it fails")
    for found in ([perhaps, sure], [sure, perhaps]):
        (merged,) = _merge(*(copy(finding) for finding in found))
        assert (merged.severity, merged.confidence) == (Severity.ERROR, Confidence.HIGH)
        assert (merged.message, merged.conditions) == ("it fails", ())


@pytest.mark.parametrize(
    "other",
    [
        _finding(rule="another-rule"),
        _finding(row="row"),
        _finding(local="other/app"),
        _finding(at=Span(FILE, 9, 12)),
        _finding(at=Span(SourceFile("other.tf", FILE.text), 9, 13)),
    ],
    ids=["rule", "row", "local address", "place", "file"],
)
def test_what_differs_stays_apart(other: Finding) -> None:
    assert len(_merge(_finding(), other)) == 2


def test_many_callers_take_no_time() -> None:
    start = time.perf_counter()
    (merged,) = _merge(*(_finding(f"module.m[{index}].task/app") for index in range(20_000)))
    assert len(merged.instances) == 20_000
    assert time.perf_counter() - start < SOON


def test_findings_come_by_place_then_gravity_then_rule() -> None:
    first = _finding(at=Span(CALLS, 0, 1))
    graver = _finding(rule="z", severity=Severity.ERROR, at=Span(FILE, 0, 1))
    milder = _finding(rule="a", at=Span(FILE, 0, 1))
    longer = _finding(rule="a", severity=Severity.ERROR, at=Span(FILE, 0, 2))
    later = _finding(rule="a", at=Span(FILE, 5, 6))
    expected = [first, graver, milder, longer, later]
    assert _merge(*reversed(expected)) == expected
    assert sorted(expected, key=order) == expected


MODULE = """
variable "name" {}
resource "aws_ecs_task_definition" "x" {
  family                = var.name
  container_definitions = jsonencode([{ name = var.name, image = "nginx", memory = 64, cpu = 0, essential = "yes" }])
}
"""


def test_a_container_that_each_caller_names_otherwise_has_its_fault_once(tmp_path: Path) -> None:
    calls = "".join(f'module "{name}" {{\n source = "./app"\n name = "{name}"\n}}\n' for name in ("api", "web"))
    report = lint(write(tmp_path, {"main.tf": calls, "app/main.tf": MODULE}), select=["wrong-type"])
    (finding,) = report.findings
    assert [instance.address for instance in finding.instances] == [
        "module.api.aws_ecs_task_definition.x/api",
        "module.web.aws_ecs_task_definition.x/web",
    ]
    assert finding.local == "aws_ecs_task_definition.x/containerDefinitions[0]"


# Fingerprints

ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:checkout-AbCdEf"


def _task(**changes: Any) -> dict[str, Any]:
    container = {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:latest",
        "memory": 256,
        "environment": [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}, {"name": "A", "value": "3"}],
        "secrets": [{"name": "TOKEN", "valueFrom": f"{ARN}:token"}],
        **changes,
    }
    return {
        "family": "checkout",
        "executionRoleArn": "arn:aws:iam::111122223333:role/x",
        "containerDefinitions": [container],
    }


def _prints(folder: Path, text: str, name: str = "task.json", **options: Any) -> dict[tuple[str, int], str]:
    """Fingerprints by rule and how-manieth of it."""
    report = lint(write(folder, {name: text}), [name], **options)
    found: dict[tuple[str, int], str] = {}
    for finding in report.findings:
        found[finding.rule, sum(rule == finding.rule for rule, _ in found)] = finding.fingerprint
    assert found
    return found


def test_fingerprints_stay_when_lines_move_and_values_change(tmp_path: Path) -> None:
    before = _prints(tmp_path, json.dumps(_task()))
    assert len(set(before.values())) == len(before) >= 4
    assert all(len(print) == 16 for print in before.values())
    assert _prints(tmp_path, "\n\n" + json.dumps(_task(), indent=4)) == before
    moved = _task(command=["run"], essential=True)
    moved["containerDefinitions"][0]["secrets"].insert(0, {"name": "OTHER", "valueFrom": f"{ARN}:other::"})
    assert _prints(tmp_path, json.dumps(moved)) == before
    changed = _task(image="111122223333.dkr.ecr.us-east-1.amazonaws.com/other:latest")
    changed["containerDefinitions"][0]["secrets"] = [{"name": "TOKEN", "valueFrom": f"{ARN}:a-new-key"}]
    assert _prints(tmp_path, json.dumps(changed)) == before


def test_fingerprints_of_equal_findings_differ_and_keep_their_order(tmp_path: Path) -> None:
    before = _prints(tmp_path, json.dumps(_task()))
    again = [print for (rule, _), print in before.items() if rule == "duplicate-environment-name"]
    assert len(set(again)) == 2
    # A finding less in the middle takes the last number away, no other one.
    fewer = _task(environment=[{"name": "A", "value": "1"}, {"name": "A", "value": "2"}])
    after = _prints(tmp_path, json.dumps(fewer))
    assert after["duplicate-environment-name", 0] == before["duplicate-environment-name", 0]


def test_fingerprints_do_not_depend_on_which_rules_run(tmp_path: Path) -> None:
    text = json.dumps(_task())
    before = _prints(tmp_path, text)
    for rule in {rule for rule, _ in before}:
        selected = _prints(tmp_path, text, select=[rule])
        assert selected == {key: print for key, print in before.items() if key[0] == rule}


def test_fingerprints_do_not_depend_on_ignores(tmp_path: Path) -> None:
    before = _prints(tmp_path, json.dumps(_task()))
    ignore = "ignore: [{rule: mutable-image-tag, path: '*', reason: x}]"
    after = _prints(write(tmp_path, {".ecslint.yml": ignore}), json.dumps(_task()))
    assert after == {key: print for key, print in before.items() if key[0] != "mutable-image-tag"}


def test_fingerprints_depend_on_path_rule_and_address(tmp_path: Path) -> None:
    before = _prints(tmp_path, json.dumps(_task()))
    elsewhere = _prints(tmp_path, json.dumps(_task()), "other.json")
    renamed = _prints(tmp_path, json.dumps(_task(name="api")))
    for key, print in before.items():
        assert elsewhere[key] != print
        assert renamed[key] != print


def test_a_path_that_is_no_text_has_a_fingerprint() -> None:
    file = SourceFile("t\udcff.json", "x")
    (finding,) = _merge(_finding(at=Span(file, 0, 1)))
    assert len(finding.fingerprint) == 16


# What a program wrote


def test_generated_text_is_shown_where_its_author_wrote() -> None:
    source = SourceFile("lib/shop.ts", "new TaskDefinition(this, 'Task')\n")
    wrote = Span(source, 4, 18)

    def author(keys: tuple[str | int, ...]) -> Authored | None:
        return Authored(wrote, "Shop/Task") if keys[:1] == ("Task",) else None

    template = SourceFile("cdk.out/Shop.template.json", '{"Task": {"Image": "x"}, "Other": 1}')
    template.author = author
    template.locator = lambda keys, of_key: Span(template, 19, 22)
    route = Route(template, ("Task", "Image"))
    place = Cut(route, 0, 1)
    finding = _finding(labels=(Label(place, "here", "primary"), Label(Route(template, ("Other",)), "see", "related")))
    (merged,) = _merge(finding)
    assert [(label.text, label.role) for label in merged.labels] == [
        ("here", "primary"),
        ("as synthesized", "related"),
        ("see", "related"),
    ]
    assert merged.primary == wrote
    assert merged.labels[1].place is place
