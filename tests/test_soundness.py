"""What is unknown makes no error: every node of every good example, made unknown in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import run, write
from test_rules import CASES, Case

from ecslint.engine import lint
from ecslint.finding import Severity
from ecslint.value import ABSENT, Choice, Condition, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ecslint.engine import Report
    from ecslint.model import Resource, Workspace

WHY = "the test made it unknown"
IN_JSON = {case.name for case in CASES if case.name.endswith("-json")}
GOOD = [
    case for case in CASES if case.findings == 0 and f"{case.name.rpartition('-')[0]}-json" not in IN_JSON - {case.name}
]
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
    condition = Condition("flag", "`var.flag` is true", "`var.flag` is false")
    return Value(Choice(condition, item, Value(ABSENT, item.place)), item.place, item.key)


def _with(value: Value, data: Mapping | Sequence) -> Value:
    return Value(data, value.place, value.key, value.hops)


def _errors(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings if finding.severity is Severity.ERROR}


def _relinted(workspace: Workspace, resource: Resource, document: Value, case: Case) -> Report:
    original = resource.document
    resource._document = document
    try:
        return lint(workspace, [case.rule()])
    finally:
        resource._document = original


@pytest.mark.parametrize("case", GOOD, ids=[case.name for case in GOOD])
def test_unknown_is_not_absent(case: Case, tmp_path: Path) -> None:
    workspace = run(write(tmp_path, case.files)).workspace
    before = _errors(lint(workspace, [case.rule()]))
    tried = 0
    for project in workspace.projects:
        for resource in project.resources:
            for document in _variants(resource.document):
                report = _relinted(workspace, resource, document, case)
                assert not report.problems, report.problems
                assert _errors(report) <= before, document
                tried += 1
    assert tried > 5


@pytest.mark.parametrize("case", GOOD, ids=[case.name for case in GOOD])
def test_a_condition_never_makes_an_error(case: Case, tmp_path: Path) -> None:
    workspace = run(write(tmp_path, case.files)).workspace
    before = _errors(lint(workspace, [case.rule()]))
    for project in workspace.projects:
        for resource in project.resources:
            for document in _choices(resource.document):
                report = _relinted(workspace, resource, document, case)
                assert not report.problems, report.problems
                assert _errors(report) <= before, document
