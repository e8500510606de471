"""Which rules there are: the built-in ones, those of plug-ins, and those of files that the configuration names.

Nothing imports a rule statically: built-in ones are found by listing the stage folders, and this module alone loads a
rule file by path.
"""

from __future__ import annotations

import os
import re
from importlib import import_module

from ecslint.finding import Severity
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    """A rule file or plug-in of a person's own cannot be loaded.

    `setting` and `index` say which entry of the configuration asked for it.
    """

    setting = ""
    index = 0


class Registry:
    """The rules of one run, by id, and the rules of a person's own that cannot be loaded."""

    def __init__(self, rules: Iterable[type[Rule]] = ()) -> None:
        self.rules: dict[str, type[Rule]] = {}
        self.redirects: dict[str, str] = {}
        self.broken: list[BrokenRule] = []
        self.add(list(rules))

    def add(self, rules: Sequence[type[Rule]]) -> None:
        """Take rules in, all or none. Raises `BrokenRule` where two have one id."""
        ids = [*self.rules, *(rule.id for rule in rules)]
        for rule in rules:
            if ids.count(rule.id) > 1:
                raise BrokenRule(f"there are two rules named `{rule.id}`")
        self.rules |= {rule.id: rule for rule in rules}
        self.redirects |= {rule.id: rule.replaced_by for rule in rules if rule.replaced_by}

    def resolve(self, name: str) -> str:
        """The id that a name means today: its own, or that of the rule that replaced it."""
        return self.redirects.get(name, name)

    def expand(self, name: str) -> set[str]:
        """The rule ids that a selector means: a rule, a stage, or a glob. Raises `UnknownRule`."""
        if not self.is_stage(name) and not self.matching(name):
            raise UnknownRule(name, self.close(name))
        return self.matching(name)

    def matching(self, name: str) -> set[str]:
        """The rule ids that a selector means; none where it means nothing, or a stage that has no rules yet."""
        from fnmatch import fnmatchcase

        if self.is_stage(name):
            return {rule.id for rule in self.rules.values() if rule.stage == name}
        return {rule for rule in self.rules if fnmatchcase(rule, name)} | {self.resolve(name)} & self.rules.keys()

    def is_stage(self, name: str) -> bool:
        return name in {*STAGES, META_STAGE}

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
    """All rules. `paths` are files or folders of rules, relative to the boundary. `broken` holds what is wrong."""
    registry = Registry([*_builtin(), *_meta()])
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
