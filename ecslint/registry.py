"""Which rules there are: the built-in ones, those of plug-ins, and those of files that the configuration names.

Nothing imports a rule statically: built-in ones are found by listing the stage folders, and read when they are asked
for. This module alone loads a rule file by path.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from importlib import import_module

from ecslint.finding import Severity
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from types import ModuleType

    from ecslint.files import Files

STAGES = ("register", "start", "run", "health", "rollout", "secure")

META_STAGE = "configuration"
"""The stage of findings about the configuration itself: ignores that are unused, unknown or expired."""

META_RULES = ("unused-ignore", "unknown-ignore", "expired-ignore", "stale-baseline-entry")
"""Their ids. They have no hooks: what applies ignores and baselines tells them."""


class UnknownRule(Exception):
    """A rule was asked for that does not exist. `close` is the nearest one that does, or empty."""

    def __init__(self, asked: str, close: str) -> None:
        super().__init__(f"there is no rule or stage `{asked}`")
        self.asked = asked
        self.close = close


class BrokenRule(Exception):
    """A rule file or plug-in of a person's own cannot be loaded.

    `setting` and `index` say which entry of the configuration asked for it.
    """

    setting = ""
    index = 0


class Shelf(Mapping[str, "type[Rule]"]):
    """The rules by id, in a fixed order, each read when it is asked for."""

    def __init__(self) -> None:
        self._stages: dict[str, str] = {}
        self._read: dict[str, type[Rule]] = {}
        self._index: Mapping[str, str] = import_module("ecslint.rules.index").STARTS

    def take(self, rule: type[Rule]) -> None:
        self._stages[rule.id] = rule.stage
        self._read[rule.id] = rule

    def promise(self, stage: str, id: str) -> None:
        """A built-in rule, which is not read yet."""
        self._stages[id] = stage

    def stage(self, id: str) -> str:
        return self._stages[id]

    def starts(self, id: str) -> Collection[str]:
        """The kinds of resources that a rule begins with, none where it always has something to look at."""
        if id in self._read or id not in self._index:
            return self[id].starts()
        return self._index[id].split()

    def is_live(self, id: str) -> bool:
        """Whether a rule is run: not one that another has replaced."""
        return (id in self._index and id not in self._read) or not self[id].replaced_by

    def __getitem__(self, id: str) -> type[Rule]:
        if id not in self._read:
            self._read[id] = _builtin(self._stages[id], id)
        return self._read[id]

    def __contains__(self, id: object) -> bool:
        return id in self._stages

    def __iter__(self) -> Iterator[str]:
        return iter(self._stages)

    def __len__(self) -> int:
        return len(self._stages)


class Registry:
    """The rules of one run, by id, and the rules of a person's own that cannot be loaded."""

    def __init__(self, rules: Iterable[type[Rule]] = ()) -> None:
        self.rules = Shelf()
        self.broken: list[BrokenRule] = []
        self.add(list(rules))

    def add(self, rules: Sequence[type[Rule]]) -> None:
        """Take rules in, all or none. Raises `BrokenRule` where two have one id."""
        ids = [*self.rules, *(rule.id for rule in rules)]
        for rule in rules:
            if ids.count(rule.id) > 1:
                raise BrokenRule(f"there are two rules named `{rule.id}`")
        for rule in rules:
            self.rules.take(rule)

    def resolve(self, name: str) -> str:
        """The id that a name means today: its own, or that of the rule that replaced it."""
        return (name in self.rules and self.rules[name].replaced_by) or name

    def expand(self, name: str) -> set[str]:
        """The rule ids that a selector means: a rule, a stage, or a glob. Raises `UnknownRule`."""
        if not self.is_stage(name) and not self.matching(name):
            raise UnknownRule(name, self.close(name))
        return self.matching(name)

    def matching(self, name: str) -> set[str]:
        """The rule ids that a selector means; none where it means nothing, or a stage that has no rules yet."""
        from fnmatch import fnmatchcase

        if self.is_stage(name):
            return {rule for rule in self.rules if self.rules.stage(rule) == name}
        return {rule for rule in self.rules if fnmatchcase(rule, name)} | {self.resolve(name)} & self.rules.keys()

    def is_stage(self, name: str) -> bool:
        return name in {*STAGES, META_STAGE}

    def close(self, name: str) -> str:
        """The rule or stage whose name is nearest to one that does not exist."""
        from difflib import get_close_matches

        return next(iter(get_close_matches(name, [*self.rules, *STAGES], 1, 0.5)), "")

    def select(self, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[str]:
        """The ids of the rules to run, in a fixed order. Raises `UnknownRule`."""
        wanted = set().union(*(self.expand(name) for name in select)) if select else set(self.rules)
        unwanted = set().union(*(self.expand(name) for name in ignore))
        chosen = wanted - unwanted
        return [id for id in self.rules if id in chosen and self.rules.is_live(id)]

    def make(
        self,
        ids: Iterable[str],
        kinds: AbstractSet[str] | None = None,
        options: Mapping[str, Mapping[str, object]] | None = None,
    ) -> list[Rule]:
        """Rules, without those that have nothing to look at among resources of these kinds."""
        return [
            self.rules[id]((options or {}).get(id))
            for id in ids
            if kinds is None or not (starts := self.rules.starts(id)) or not kinds.isdisjoint(starts)
        ]


def load(plugins: Iterable[str] = (), paths: Iterable[str] = (), files: Files | None = None) -> Registry:
    """All rules. `paths` are files or folders of rules, relative to the boundary. `broken` holds what is wrong."""
    registry = Registry()
    for stage, id in _builtins():
        registry.rules.promise(stage, id)
    for id in META_RULES:
        registry.rules.promise(META_STAGE, id)
    for index, plugin in enumerate(plugins):
        _take(registry, "plugins", index, lambda plugin=plugin: _plugin(plugin))  # type: ignore[misc]
    for index, path in enumerate(paths):
        if files is not None:
            _take(registry, "rules", index, lambda path=path: list(_by_path(path, files)))  # type: ignore[misc]
    return registry


def _take(registry: Registry, setting: str, index: int, rules: Callable[[], list[type[Rule]]]) -> None:
    try:
        registry.add(rules())
    except BrokenRule as broken:
        broken.setting, broken.index = setting, index
        registry.broken.append(broken)


def _builtins() -> Iterator[tuple[str, str]]:
    """The stages and ids of the built-in rules."""
    top = os.path.join(*import_module("ecslint.rules").__path__)
    for stage in STAGES:
        for name in sorted(os.listdir(os.path.join(top, stage))):
            if name.endswith(".py") and not name.startswith("_"):
                yield stage, name[:-3].replace("_", "-")


def _builtin(stage: str, id: str) -> type[Rule]:
    if stage == META_STAGE:
        from ecslint.suppress import RULES

        return next(rule for rule in RULES if rule.id == id)
    name = id.replace("-", "_")
    return _rule_of(import_module(f"ecslint.rules.{stage}.{name}"), stage, name)


def _rules_in(module: ModuleType) -> list[type[Rule]]:
    """The rules that a module or, from one of its own modules, a package has in its name space."""
    own = f"{module.__name__}."
    things = [thing for thing in vars(module).values() if isinstance(thing, type) and issubclass(thing, Rule)]
    return list(dict.fromkeys(thing for thing in things if f"{thing.__module__}.".startswith(own)))


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
    from types import ModuleType as Module

    points = [point for point in entry_points(group="ecslint.rules") if point.name == name]
    try:
        module = points[0].load() if points else import_module(name)
    except (Exception, SystemExit) as error:  # foreign code may fail in any way
        raise BrokenRule(f"the plug-in `{name}` cannot be loaded: {type(error).__name__}: {error}") from error
    if not isinstance(module, Module):
        raise BrokenRule(f"the entry point of the plug-in `{name}` names no module")
    rules = _rules_in(module)
    for rule in rules:
        _check(rule, f"the plug-in `{name}`")
    if not rules:
        raise BrokenRule(f"the plug-in `{name}` holds no rules")
    return rules


def _by_path(path: str, files: Files) -> Iterator[type[Rule]]:
    names = files.rule_files(path)
    if not files.inside(path):
        raise BrokenRule(f"`{path}` lies outside the boundary and is not read")
    if not names:
        raise BrokenRule(f"`{path}` holds no rule files" if files.is_dir(path) else f"there is no rule file `{path}`")
    for name in names:
        yield _load_file(name, files)


def _load_file(path: str, files: Files) -> type[Rule]:
    from types import ModuleType as Module

    stem, folder = os.path.basename(path)[:-3], os.path.basename(os.path.dirname(path))
    module = Module(f"ecslint_rules_{stem}")
    module.__file__ = path
    try:
        code = compile(files.read(path).text, path, "exec", dont_inherit=True)
        exec(code, vars(module))  # noqa: S102  # a person's own rule
    except (Exception, SystemExit) as error:  # foreign code may fail in any way
        raise BrokenRule(f"`{path}` cannot be loaded: {type(error).__name__}: {error}") from error
    found = _rules_in(module)[:1]
    stage = folder if folder in STAGES else found[0].stage if found else ""
    rule = _rule_of(module, stage, stem)
    _check(rule, f"`{path}`")
    return rule


def _check(rule: type[Rule], where: str) -> None:
    name = rule.__name__
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", str(rule.id)):
        raise BrokenRule(f"{where}: the rule {name} needs an `id` in small letters, with hyphens between words")
    if rule.stage not in STAGES:
        raise BrokenRule(f"{where}: the rule {name} needs a `stage`, one of {', '.join(STAGES)}")
    if not isinstance(rule.severity, Severity):
        raise BrokenRule(f"{where}: the severity of {name} is no Severity")
    try:
        rule()
    except Exception as error:  # foreign code may fail in any way
        raise BrokenRule(f"{where}: the rule {name} cannot be made: {type(error).__name__}: {error}") from error
