"""Which rules there are: the built-in ones, those of plug-ins, and those of files that the configuration names.

Nothing imports a rule statically: built-in ones are found by listing the stage folders, and this module alone loads a
rule file by path.
"""

from __future__ import annotations

import os
from importlib import import_module

from ecslint.finding import Severity
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import ModuleType

    from ecslint.files import Files

STAGES = ("register", "start", "run", "health", "rollout", "secure")

META_STAGE = "configuration"
"""The stage of findings about the configuration itself: ignores that are unused, unknown or expired."""


class UnknownRule(Exception):
    """A rule was asked for that does not exist. `close` is the nearest one that does, or empty."""

    def __init__(self, asked: str, close: str) -> None:
        super().__init__(f"there is no rule or stage `{asked}`")
        self.asked = asked
        self.close = close


class BrokenRule(Exception):
    """A rule file or plug-in of a person's own cannot be loaded."""


class Registry:
    """The rules of one run, by id."""

    def __init__(self, rules: Iterable[type[Rule]]) -> None:
        self.rules: dict[str, type[Rule]] = {}
        for rule in rules:
            if rule.id in self.rules:
                raise BrokenRule(f"there are two rules named `{rule.id}`")
            self.rules[rule.id] = rule
        self.redirects = {rule.id: rule.replaced_by for rule in self.rules.values() if rule.replaced_by}

    def resolve(self, name: str) -> str:
        """The id that a name means today: its own, or that of the rule that replaced it."""
        return self.redirects.get(name, name)

    def expand(self, name: str) -> set[str]:
        """The rule ids that a selector means: a rule, a stage, or a glob. Raises `UnknownRule`."""
        from fnmatch import fnmatchcase

        if name in {*STAGES, META_STAGE}:
            return {rule.id for rule in self.rules.values() if rule.stage == name}
        ids = {rule for rule in self.rules if fnmatchcase(rule, name)} | {self.resolve(name)} & self.rules.keys()
        if not ids:
            raise UnknownRule(name, self.close(name))
        return ids

    def knows(self, name: str) -> bool:
        """Whether a selector means any rule."""
        try:
            return bool(self.expand(name)) or name in STAGES
        except UnknownRule:
            return False

    def close(self, name: str) -> str:
        """The rule or stage whose name is nearest to one that does not exist."""
        from difflib import get_close_matches

        return next(iter(get_close_matches(name, [*self.rules, *STAGES], 1, 0.5)), "")

    def select(
        self,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        options: Mapping[str, Mapping[str, object]] | None = None,
    ) -> list[Rule]:
        """The rules to run, in a fixed order. Raises `UnknownRule`."""
        wanted = set().union(*(self.expand(name) for name in select)) if select else set(self.rules)
        unwanted = set().union(*(self.expand(name) for name in ignore))
        live = (rule for rule in self.rules.values() if rule.id in wanted - unwanted and not rule.replaced_by)
        return [rule((options or {}).get(rule.id)) for rule in live]


def load(plugins: Iterable[str] = (), paths: Iterable[str] = (), files: Files | None = None) -> Registry:
    """All rules. `paths` are files or folders of rules, relative to the boundary. Raises `BrokenRule`."""
    rules = [*_builtin(), *_meta()]
    for plugin in plugins:
        rules += _plugin(plugin)
    for path in paths:
        if files is not None:
            rules += _by_path(path, files)
    return Registry(rules)


def _builtin() -> Iterator[type[Rule]]:
    for stage in STAGES:
        package = import_module(f"ecslint.rules.{stage}")
        for name in sorted(os.listdir(package.__path__[0])):
            if name.endswith(".py") and not name.startswith("_"):
                yield _rule_of(import_module(f"{package.__name__}.{name[:-3]}"), stage, name[:-3])


def _meta() -> Iterator[type[Rule]]:
    from ecslint.suppress import RULES

    yield from RULES


def _rules_in(module: ModuleType) -> list[type[Rule]]:
    return [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Rule) and thing.__module__ == module.__name__
    ]


def _rule_of(module: ModuleType, stage: str, name: str) -> type[Rule]:
    """The one rule of a file, told its stage and id, which are the folder's and the file's name."""
    found = _rules_in(module)
    if len(found) != 1:
        raise BrokenRule(f"`{name}.py` must hold exactly one rule, not {len(found)}")
    rule = found[0]
    rule.id = name.replace("_", "-")
    rule.stage = stage
    return rule


def _plugin(name: str) -> list[type[Rule]]:
    """The rules of an installed package: of its entry point in the group `ecslint.rules`, or of the module so named."""
    from importlib.metadata import entry_points

    points = [point for point in entry_points(group="ecslint.rules") if point.name == name]
    try:
        module = points[0].load() if points else import_module(name)
    except Exception as error:  # foreign code may fail in any way
        raise BrokenRule(f"the plug-in `{name}` cannot be loaded: {type(error).__name__}: {error}") from error
    rules = _rules_in(module)
    for rule in rules:
        _check(rule, f"the plug-in `{name}`")
    if not rules:
        raise BrokenRule(f"the plug-in `{name}` holds no rules")
    return rules


def _by_path(path: str, files: Files) -> Iterator[type[Rule]]:
    names = files.rule_files(path)
    if not names:
        raise BrokenRule(f"`{path}` holds no rule files")
    for name in names:
        yield _load_file(name, files)


def _load_file(path: str, files: Files) -> type[Rule]:
    from types import ModuleType as Module

    stem, folder = os.path.basename(path)[:-3], os.path.basename(os.path.dirname(path))
    module = Module(f"ecslint_rules_{stem}")
    module.__file__ = path
    try:
        exec(compile(files.read(path).text, path, "exec"), vars(module))  # noqa: S102  # a person's own rule
    except Exception as error:  # foreign code may fail in any way
        raise BrokenRule(f"`{path}` cannot be loaded: {type(error).__name__}: {error}") from error
    found = _rules_in(module)
    stage = folder if folder in STAGES else found[0].stage if found else ""
    rule = _rule_of(module, stage, stem)
    _check(rule, f"`{path}`")
    return rule


def _check(rule: type[Rule], where: str) -> None:
    if not rule.id or rule.stage not in STAGES:
        raise BrokenRule(f"{where}: the rule {rule.__name__} needs an `id` and a `stage` of {', '.join(STAGES)}")
    if not isinstance(rule.severity, Severity):
        raise BrokenRule(f"{where}: the severity of {rule.__name__} is no Severity")
