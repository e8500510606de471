"""Rules of a person's own: installed packages, plain modules, and files that the configuration names."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from support import command, lint, write

from ecslint import registry
from ecslint.registry import BrokenRule, Registry
from ecslint.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ecslint.engine import Report

TASK = json.dumps(
    {"family": "checkout", "containerDefinitions": [{"name": "app", "image": "nginx:1.27", "memory": 256}]}
)

RULE = '''
from ecslint.rule import Rule, Severity


class {name}(Rule):
    """Every container is too plain.

    Source: this test.
    """

    id = "{id}"
    stage = "{stage}"
    severity = Severity.WARNING
    since = "1.0"

    def container(self, container):
        yield self.finding(container, "{id} found it", container.image.value, "here", "do something")
'''


def _rule(id: str = "too-plain", stage: str = "run", name: str = "TooPlain") -> str:
    return RULE.format(id=id, stage=stage, name=name)


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path; what is imported from it is forgotten afterwards."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    before = set(sys.modules)
    yield folder
    for name in set(sys.modules) - before:
        del sys.modules[name]


def _install(packages: Path, files: Mapping[str, str], points: str = "") -> None:
    for name, text in files.items():
        path = packages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if points:
        info = packages / "acme_ecslint-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-ecslint\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[ecslint.rules]\n{points}\n")


def _lint(folder: Path, config: str, files: Mapping[str, str] | None = None) -> Report:
    return lint(write(folder / "project", {".ecslint.yml": config, "task.json": TASK, **(files or {})}))


def _messages(report: Report) -> list[str]:
    return [finding.message for finding in report.findings]


def _problems(report: Report) -> list[str]:
    """The problems as `text of the configuration: message`."""
    told = []
    for problem in report.problems:
        assert problem.kind == "configuration"
        assert problem.path == ".ecslint.yml"
        assert problem.place is not None
        told.append(f"{problem.place.text}: {problem.message}")
    return told


# What works


def test_a_plain_module(tmp_path: Path, packages: Path) -> None:
    _install(packages, {"acme_rules.py": _rule()})
    report = _lint(tmp_path, "plugins: [acme_rules]")
    assert report.problems == []
    assert _messages(report) == ["too-plain found it"]


def test_an_installed_package_by_its_entry_point(tmp_path: Path, packages: Path) -> None:
    _install(packages, {"acme/__init__.py": "", "acme/lint/rules.py": _rule()}, "acme = acme.lint.rules")
    report = _lint(tmp_path, "plugins: [acme]")
    assert report.problems == []
    assert _messages(report) == ["too-plain found it"]


def test_a_package_whose_rules_stand_in_its_modules(tmp_path: Path, packages: Path) -> None:
    files = {
        "acme/__init__.py": "from acme.one import One\nfrom acme.two import Two\nfrom ecslint.rule import Rule\n",
        "acme/one.py": _rule("rule-one", name="One"),
        "acme/two.py": _rule("rule-two", name="Two"),
    }
    _install(packages, files)
    assert sorted(_messages(_lint(tmp_path, "plugins: [acme]"))) == ["rule-one found it", "rule-two found it"]


def test_files_and_folders_of_rules(tmp_path: Path) -> None:
    files = {
        "lint/one.py": _rule("ignored", "run"),
        "lint/secure/two_words.py": _rule("ignored", "ignored"),
        "lint/_helper.py": "raise SystemExit",
        "other/three.py": _rule("ignored", "start"),
        "other/four.py": "raise SystemExit",
    }
    report = _lint(tmp_path, "rules: [lint, other/three.py]", files)
    assert report.problems == []
    found = {finding.rule: finding.stage for finding in report.findings}
    assert found == {"one": "run", "two-words": "secure", "three": "start"}


def test_rules_of_a_persons_own_obey_all_settings(tmp_path: Path) -> None:
    config = "rules: [plain.py]\n"
    files = {"plain.py": _rule()}
    assert _messages(_lint(tmp_path, config + "disable: [plain]", files)) == []
    assert _messages(_lint(tmp_path, config + "severity: {plain: off}", files)) == []
    (finding,) = _lint(tmp_path, config + "severity: {run: error}", files).findings
    assert finding.severity.word == "error"
    ignore = "ignore: [{rule: plain, address: checkout, reason: x}]"
    assert _messages(_lint(tmp_path, config + ignore, files)) == []


def test_the_manual_holds_rules_of_a_persons_own(tmp_path: Path) -> None:
    folder = write(tmp_path, {".ecslint.yml": "rules: [plain.py]", "plain.py": _rule()})
    listed = command(folder, "rule")
    assert listed.status == 0
    assert "plain " in listed.out
    page = command(folder, "rule", "plain")
    assert page.status == 0
    assert "Every container is too plain." in page.out
    assert (
        command(folder, "rule", "plian").err
        == "ecslint rule: there is no rule `plian`\n  help: did you mean `plain`?\n"
    )
    (folder / "plain.py").write_text("raise ValueError('boom')")
    listed = command(folder, "rule")
    assert listed.status == 2
    assert "mutable-image-tag" in listed.out
    assert "boom" in listed.err


# What is broken


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("raise ValueError('boom')", "cannot be loaded: ValueError: boom"),
        ("raise SystemExit(0)", "cannot be loaded: SystemExit: 0"),
        ("import no_such_module", "cannot be loaded: ModuleNotFoundError: No module named 'no_such_module'"),
        ("def (", "cannot be loaded: SyntaxError: invalid syntax"),
        ("", "must hold exactly one rule, not 0"),
        (_rule() + _rule(name="Another"), "must hold exactly one rule, not 2"),
        (_rule(stage="someday"), "needs a `stage`, one of register, start, run, health, rollout, secure"),
        (_rule().replace("Severity.WARNING", "'high'"), "the severity of TooPlain is no Severity"),
        (_rule() + "\n    def __init__(self, settings=None):\n        1 / 0\n", "cannot be made: ZeroDivisionError"),
    ],
)
def test_a_broken_rule_file_is_a_problem_and_the_rest_is_linted(tmp_path: Path, text: str, message: str) -> None:
    files = {"plain.py": text, "fine.py": _rule()}
    report = _lint(tmp_path, "rules:\n  - plain.py\n  - fine.py\n", files)
    (problem,) = _problems(report)
    assert problem.startswith("plain.py: ")
    assert message in problem
    assert _messages(report) == ["too-plain found it"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("raise ValueError('boom')", "acme: the plug-in `acme` cannot be loaded: ValueError: boom"),
        ("raise SystemExit(3)", "acme: the plug-in `acme` cannot be loaded: SystemExit: 3"),
        ("from ecslint.rule import Rule", "acme: the plug-in `acme` holds no rules"),
        (
            _rule(id=""),
            "acme: the plug-in `acme`: the rule TooPlain needs an `id` in small letters, with hyphens between words",
        ),
        (_rule(id="Too Plain"), "acme: the plug-in `acme`: the rule TooPlain needs an `id` in small letters"),
        (_rule(stage=""), "acme: the plug-in `acme`: the rule TooPlain needs a `stage`, one of register"),
        (_rule(id="mutable-image-tag"), "acme: there are two rules named `mutable-image-tag`"),
        (_rule() + _rule(name="Other"), "acme: there are two rules named `too-plain`"),
    ],
)
def test_a_broken_plugin_is_a_problem_and_the_rest_is_linted(
    tmp_path: Path, packages: Path, text: str, message: str
) -> None:
    _install(packages, {"acme.py": text, "fine.py": _rule("fine-rule")})
    report = _lint(tmp_path, "plugins: [acme, fine]")
    (problem,) = _problems(report)
    assert problem.startswith(message)
    assert _messages(report) == ["fine-rule found it"]


def test_an_entry_point_that_is_no_module(tmp_path: Path, packages: Path) -> None:
    _install(packages, {"acme_lint.py": _rule()}, "acme = acme_lint:TooPlain")
    assert _problems(_lint(tmp_path, "plugins: [acme]")) == [
        "acme: the entry point of the plug-in `acme` names no module"
    ]


def test_a_plugin_that_is_not_installed(tmp_path: Path) -> None:
    report = _lint(tmp_path, "plugins: [no_such_plugin]")
    (problem,) = _problems(report)
    assert problem.startswith("no_such_plugin: the plug-in `no_such_plugin` cannot be loaded: ModuleNotFoundError")


def test_a_rule_that_fails_while_it_runs(tmp_path: Path) -> None:
    text = _rule().replace("yield self.finding", "raise KeyError('name')\n        yield self.finding")
    report = _lint(tmp_path, "rules: [plain.py, fine.py]", {"plain.py": text, "fine.py": _rule()})
    (problem,) = report.problems
    assert (problem.kind, problem.path) == ("internal", "task.json")
    assert problem.message == "the rule `plain` failed: KeyError: 'name'"
    assert problem.help == "this is a defect of the rule: report it"
    assert _messages(report) == ["too-plain found it"]


def test_a_broken_plugin_gives_status_2(tmp_path: Path) -> None:
    folder = write(tmp_path, {".ecslint.yml": "rules: [broken.py]", "broken.py": "x = ", "task.json": TASK})
    done = command(folder, ".")
    assert done.status == 2
    assert "problem[configuration]: `broken.py` cannot be loaded: SyntaxError: invalid syntax" in done.out


# The registry


def test_rules_are_taken_in_all_or_none() -> None:
    class One(Rule):
        id = "one"

    class Again(Rule):
        id = "one"

    class Two(Rule):
        id = "two"

    known = Registry([One])
    with pytest.raises(BrokenRule, match="there are two rules named `one`"):
        known.add([Two, Again])
    assert set(known.rules) == {"one"}
    with pytest.raises(BrokenRule):
        Registry([One, Again])


def test_the_built_in_rules_come_in_a_fixed_order() -> None:
    rules = list(registry.load().rules.values())
    stages = [*registry.STAGES, registry.META_STAGE]
    assert [rule.stage for rule in rules] == sorted((rule.stage for rule in rules), key=stages.index)
    assert registry.load().select() == [rule.id for rule in rules]


def test_selectors() -> None:
    known = registry.load()
    assert set(known.select(["rollout"])) == {id for id, r in known.rules.items() if r.stage == "rollout"}
    assert set(known.select(["*"], ["*-*"])) == {id for id in known.rules if "-" not in id}
    with pytest.raises(registry.UnknownRule, match="there is no rule or stage `rolout`") as caught:
        known.select(["rolout"])
    assert caught.value.close == "rollout"
    with pytest.raises(registry.UnknownRule):
        known.select([], ["nothing-*"])


def test_only_rules_with_something_to_look_at_are_made() -> None:
    known = registry.load()
    everything = known.select()
    assert [rule.id for rule in known.make(everything)] == everything
    of_services = {rule.id for rule in known.make(everything, {"Service"})}
    assert "circuit-breaker-off" in of_services
    assert "no-essential-container" not in of_services
    for id in everything:
        starts = known.rules[id].starts()
        assert (id in of_services) == (not starts or "Service" in starts)


def test_a_rule_that_the_index_does_not_know_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(import_module("ecslint.rules.index").STARTS, "no-essential-container")
    made = registry.load().make(["no-essential-container", "circuit-breaker-off"], {"TaskDefinition"})
    assert [rule.id for rule in made] == ["no-essential-container"]


def test_the_rules_without_hooks_are_known_by_name() -> None:
    from ecslint.suppress import RULES

    assert [rule.id for rule in RULES] == list(registry.META_RULES)
    assert registry.load().make(registry.META_RULES, {"TaskDefinition", "Service"}) == []
