"""What the documentation takes from the program is current."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from support import TOP, lint, script, write

from ecslint import registry, scaffold
from ecslint.cli import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

generate_docs = script("generate_docs")
OUTPUTS = generate_docs.outputs()


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: str(path.relative_to(TOP)))
def test_it_is_current(path: Path) -> None:
    written = path.read_text(encoding="utf-8") if path.exists() else ""
    assert written == OUTPUTS[path], "run `python scripts/generate_docs.py`"


def test_no_page_is_left_over() -> None:
    assert list(generate_docs.leftovers(OUTPUTS)) == []


def test_every_rule_and_command_is_in_the_readme() -> None:
    text = (TOP / "README.md").read_text(encoding="utf-8")
    for rule in registry.load().rules:
        assert f"(docs/rules/{rule}.md)" in text
    for command in COMMANDS:
        assert re.search(rf"^  {command} +\S", text, re.MULTILINE)


def test_every_link_leads_somewhere() -> None:
    for page in [TOP / "README.md", *(TOP / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), target


def test_the_snippets_are_those_that_init_prints() -> None:
    text = (TOP / "docs" / "integrations.md").read_text(encoding="utf-8").replace("v0.1.0", scaffold.release())
    assert f"repos:\n{scaffold.hook('.')}" in text
    assert scaffold.workflow(".").replace("          paths: .\n", "") in text


def test_a_mark_that_means_nothing_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        generate_docs.filled("<!-- begin: none -->\n<!-- end: none -->", {})


def _block(opening: str, language: str) -> str:
    """A block of code in the README, by how it begins."""
    text = (TOP / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"```{language}\n({re.escape(opening)}.*?)```", text, re.DOTALL)
    assert found is not None
    return found.group(1)


def test_the_configuration_in_the_readme_is_one(tmp_path: Path) -> None:
    files = {".ecslint.yml": _block("fail-on", "yaml"), ".ecslint-baseline.yml": "version: 1\nfindings: {}\n"}
    files |= {"prod.tfvars": "", "parameters/prod.json": "[]", "a.json": '{"containerDefinitions": []}'}
    assert lint(write(tmp_path, files)).problems == []


def test_the_rule_in_the_readme_is_one(tmp_path: Path) -> None:
    containers = '[{"name": "a", "image": "b", "memory": 64, "essential": false}]'
    files = {
        "own/register/nothing_essential.py": _block('"""One rule."""', "python"),
        ".ecslint.yml": "rules: [own]\nselect: [nothing-essential]\n",
        "a.json": f'{{"family": "a", "containerDefinitions": {containers}}}',
        "b.json": f'{{"family": "b", "containerDefinitions": {containers.replace("false", "true")}}}',
    }
    (finding,) = lint(write(tmp_path, files)).findings
    assert finding.primary.file.path == "a.json"
