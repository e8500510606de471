"""Secrets and variables are read whichever way their lists are written: `fixtures/lists`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from support import FIXTURES, lint, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _pytest.mark import ParameterSet

TERRAFORM = yaml.safe_load((FIXTURES / "lists" / "terraform.yml").read_text("utf-8"))
CLOUDFORMATION = yaml.safe_load((FIXTURES / "lists" / "cloudformation.yml").read_text("utf-8"))

ABOUT = {
    "environment-entry-uses-value-from",
    "secrets-entry-uses-value",
    "value-from-is-no-reference",
    "secret-arn-malformed",
    "wrong-type",
}
"""The rules about what stands in these lists."""


def _filled(text: str, entry: dict[str, Any]) -> str:
    return re.sub("LIST|FIELD|VALUE", lambda found: str(entry[found.group()]), text)


def _module(way: dict[str, str], entry: dict[str, Any]) -> dict[str, str]:
    """The files of a root module that writes an entry in some way."""
    task = way.get("task") or TERRAFORM["task"].replace("CONTAINERS", way["CONTAINERS"])
    names = [name for name in way if "." in name and name != "main.tf"]
    files = {name: _filled(way[name], entry) for name in names}
    root = TERRAFORM["beside"] + way.get("main.tf", "") + "\n"
    if "module" not in way:
        return {**files, "main.tf": root + _filled(task, entry)}
    given = f'variable "given" {{\n  type = {way.get("type", "any")}\n}}\n'
    files["app/main.tf"] = _filled(given + task, entry)
    source = "app"
    if "through" in way:
        source = "stack"
        files["stack/main.tf"] = given + f'module "app" {{\n  source = "../app"\n  given  = {way["through"]}\n}}\n'
    call = f'module "app" {{\n  source = "./{source}"\n  given  = {way["module"]}\n}}\n'
    return {**files, "main.tf": root + _filled(call, entry)}


def _terraform(kind: str) -> Iterator[ParameterSet]:
    for entry in TERRAFORM[kind]:
        ways = TERRAFORM["ways"] | ({} if entry.get("object") else TERRAFORM["of strings"])
        for name, way in ways.items():
            main = _filled(way.get("main.tf", ""), entry)
            files = _module({**way, "main.tf": main} if main else way, entry)
            yield pytest.param(files, entry.get("rule"), id=f"{name}: {entry['FIELD']} = {entry['VALUE']}")


def _cloudformation(kind: str) -> Iterator[ParameterSet]:
    for entry in CLOUDFORMATION[kind]:
        files = {"template.yaml": _filled(CLOUDFORMATION["template"], entry)}
        yield pytest.param(files, entry.get("rule"), id=f"template: {entry['FIELD']}: {entry['VALUE']}")


def _told(folder: Path, files: dict[str, str]) -> set[str]:
    report = lint(write(folder, files))
    assert not report.problems, report.problems
    assert report.workspace.projects
    return {finding.rule for finding in report.findings if finding.rule in ABOUT}


@pytest.mark.parametrize(("files", "rule"), [*_terraform("told"), *_cloudformation("told")])
def test_a_mistake_is_told_in_every_way(files: dict[str, str], rule: str, tmp_path: Path) -> None:
    assert _told(tmp_path, files) == {rule}


@pytest.mark.parametrize(("files", "rule"), [*_terraform("fine"), *_cloudformation("fine")])
def test_what_is_fine_is_silent_in_every_way(files: dict[str, str], rule: None, tmp_path: Path) -> None:
    assert _told(tmp_path, files) == set()
