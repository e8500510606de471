"""What is unknown makes nothing certain: every node of every example, and every resource, made unknown in turn."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from support import run, write
from test_rules import CASES, Case

from ecslint.engine import lint
from ecslint.finding import Confidence, Severity
from ecslint.value import ABSENT, Choice, Condition, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ecslint.engine import Report
    from ecslint.model import Resource, Workspace

WHY = "the test made it unknown"
FLAG = Condition("flag", "`var.flag` is true", "`var.flag` is false")

IN_JSON = {case.name for case in CASES if case.name.endswith("-json")}
ONCE = [case for case in CASES if f"{case.name.rpartition('-')[0]}-json" not in IN_JSON - {case.name}]
"""What is written in several formats gives the same documents, so it is tried in one."""


def _variants(value: Value) -> Iterator[Value]:
    """The value with one node of it unknown: a leaf, an element, a key, or a whole collection."""
    yield Value(Unknown(WHY), value.place, value.key, value.hops)
    data = value.data
    if isinstance(data, Mapping):
        yield _with(value, Mapping(data.entries, WHY, data.form))
        for index, (key, item) in enumerate(data.entries):
            before, after = data.entries[:index], data.entries[index + 1 :]
            yield _with(value, Mapping((*before, *after), WHY, data.form))
            for variant in _variants(item):
                yield _with(value, Mapping((*before, (key, variant), *after), data.open, data.form))
    elif isinstance(data, Sequence):
        yield _with(value, Sequence(data.items, WHY, data.form))
        for index, item in enumerate(data.items):
            before_, after_ = data.items[:index], data.items[index + 1 :]
            yield _with(value, Sequence((*before_, *after_), WHY, data.form))
            for variant in _variants(item):
                yield _with(value, Sequence((*before_, variant, *after_), data.open, data.form))


def _choices(value: Value) -> Iterator[Value]:
    """The value with one entry or element that is only there under a condition nobody can decide."""
    data = value.data
    if isinstance(data, Mapping):
        for index, (key, item) in enumerate(data.entries):
            before, after = data.entries[:index], data.entries[index + 1 :]
            for variant in (_perhaps(item), *_choices(item)):
                yield _with(value, Mapping((*before, (key, variant), *after), data.open, data.form))
    elif isinstance(data, Sequence):
        for index, item in enumerate(data.items):
            before_, after_ = data.items[:index], data.items[index + 1 :]
            for variant in (_perhaps(item), *_choices(item)):
                yield _with(value, Sequence((*before_, variant, *after_), data.open, data.form))


def _perhaps(item: Value) -> Value:
    return Value(Choice(FLAG, item, Value(ABSENT, item.place)), item.place, item.key)


def _with(value: Value, data: Mapping | Sequence) -> Value:
    return Value(data, value.place, value.key, value.hops)


def _unsure(value: Value) -> Iterator[Value]:
    """The value with one entry or element that is something else, nobody knows what, if a condition is not met."""
    data = value.data
    if isinstance(data, Mapping):
        for index, (key, item) in enumerate(data.entries):
            before, after = data.entries[:index], data.entries[index + 1 :]
            for variant in (_either(item), *_unsure(item)):
                yield _with(value, Mapping((*before, (key, variant), *after), data.open, data.form))
    elif isinstance(data, Sequence):
        for index, item in enumerate(data.items):
            before_, after_ = data.items[:index], data.items[index + 1 :]
            for variant in (_either(item), *_unsure(item)):
                yield _with(value, Sequence((*before_, variant, *after_), data.open, data.form))


def _either(item: Value) -> Value:
    return Value(Choice(FLAG, item, Value(Unknown(WHY), item.place, item.key)), item.place, item.key)


def _certain(report: Report) -> Counter[tuple[str, str]]:
    """How many findings of each rule and row are certain.

    A near miss stays worth telling where not everything is known; then it says so by its confidence, and is a warning.
    """
    assert not report.problems, report.problems
    sure = [item for item in report.findings if item.confidence is Confidence.HIGH and not item.conditions]
    unsure = [item for item in report.findings if item not in sure]
    assert not [item for item in unsure if item.severity is Severity.ERROR]
    return Counter((item.rule, item.row) for item in sure)


def _relinted(workspace: Workspace, resource: Resource, document: Value, case: Case) -> Report:
    original = resource.document
    resource._document = document
    try:
        return lint(workspace, [case.rule()])
    finally:
        resource._document = original


def _resources(workspace: Workspace) -> list[Resource]:
    return [resource for project in workspace.projects for resource in project.resources]


@pytest.mark.parametrize("case", ONCE, ids=[case.name for case in ONCE])
def test_what_is_unknown_makes_nothing_certain(case: Case, tmp_path: Path) -> None:
    """Every node in turn unknown, gone from a collection that is open, or something unknown in some worlds."""
    workspace = run(write(tmp_path, case.files)).workspace
    before = _certain(lint(workspace, [case.rule()]))
    tried = 0
    for resource in _resources(workspace):
        for document in (*_variants(resource.document), *_unsure(resource.document)):
            after = _certain(_relinted(workspace, resource, document, case))
            assert after <= before, (resource, document)
            tried += 1
    assert tried > 5


@pytest.mark.parametrize("case", ONCE, ids=[case.name for case in ONCE])
def test_a_condition_makes_nothing_certain(case: Case, tmp_path: Path) -> None:
    """Every node in turn there in some worlds only."""
    workspace = run(write(tmp_path, case.files)).workspace
    before = _certain(lint(workspace, [case.rule()]))
    for resource in _resources(workspace):
        for document in _choices(resource.document):
            assert _certain(_relinted(workspace, resource, document, case)) <= before, (resource, document)


@pytest.mark.parametrize("case", ONCE, ids=[case.name for case in ONCE])
def test_what_may_not_be_there_or_may_be_elsewhere(case: Case, tmp_path: Path) -> None:
    """Every resource in turn of a count that nobody knows, and every one in turn gone from a project that is open."""
    workspace = run(write(tmp_path, case.files)).workspace
    before = _certain(lint(workspace, [case.rule()]))
    for project in workspace.projects:
        for resource in project.resources:
            exists, resource.exists = resource.exists, Value(Unknown(WHY))
            assert _certain(lint(workspace, [case.rule()])) <= before, resource
            resource.exists = exists
        whole, project.open = project.resources, project.open or WHY
        assert _certain(lint(workspace, [case.rule()])) <= before, "the project is open"
        for index in range(len(whole)):
            project.resources, project._kinds = [*whole[:index], *whole[index + 1 :]], None
            assert _certain(lint(workspace, [case.rule()])) <= before, whole[index]
        project.resources, project._kinds = whole, None
