"""The linter itself: rules over a workspace, and what comes of it. No disk, no printing."""

from __future__ import annotations

from functools import cached_property

from ecslint.finding import Attributes, Confidence, Finding, Problem, Severity, Unevaluated
from ecslint.lean import TYPE_CHECKING
from ecslint.merge import merge
from ecslint.model import TaskDefinition
from ecslint.model.task import MOST_CONTAINERS
from ecslint.value import Choice
from ecslint.value import Sequence as List
from ecslint.world import UNDECIDED, explore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ecslint.finding import Suppressed
    from ecslint.model import Noun, Project, Workspace
    from ecslint.model.identity import Carrier
    from ecslint.rule import Rule, Told
    from ecslint.source import Place, Span
    from ecslint.value import Condition, Value
    from ecslint.world import World

    Hook = Callable[..., Iterable[Told]]
    Make = Callable[[], object]
    """Gives the subject of a run, or None where it does not exist in the current world."""


class Report:
    """All that a run has to tell, before anybody decides what to show.

    `rules` are those that ran. `fail_on` is the least severity that gives status 1. `masks` gives the places of what
    nobody may see, for whoever shows a text.
    """

    def __init__(self, workspace: Workspace, rules: Sequence[Rule] = ()) -> None:
        self.workspace = workspace
        self.rules = [type(rule) for rule in rules]
        self.fail_on = Severity.ERROR
        self.findings: list[Finding] = []
        self.problems: list[Problem] = list(workspace.problems)
        self.suppressed: list[Suppressed] = []
        self.withheld: list[Finding] = []
        self.unevaluated: list[Unevaluated] = []
        self.attributes = Attributes()
        self.masks: Callable[[], list[Place]] = list

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)


def lint(workspace: Workspace, rules: Sequence[Rule]) -> Report:
    """Run the rules over the workspace. Suppressions, baselines and what is shown come after."""
    report = Report(workspace, rules)
    for project in workspace.projects:
        project.forget()
    found: list[tuple[Finding, Project | None]] = []
    for rule in rules:
        if rule.overrides("workspace"):
            run = _Guarded(rule, workspace.projects, rule.workspace, lambda: workspace)
            found += [(finding, None) for finding in run.findings(report)]
    hooked = [(rule, _hooks(rule)) for rule in rules]
    for project in workspace.projects:
        # What two projects share is read for each of them, and broken once.
        report.problems += [problem for problem in project.problems if problem not in report.problems]
        subjects = _Subjects(project)
        for rule, hooks in hooked:
            found += [(finding, project) for finding in _findings(rule, hooks, subjects, report)]
    report.findings = merge(found, workspace)
    return report


def _hooks(rule: Rule) -> list[str]:
    """The hooks of a rule; one that looks at the whole project does all by itself."""
    hooks = [hook for hook in _HOOKS if rule.overrides(hook)]
    return hooks[:1] if hooks[:1] == ["project"] else hooks


def _findings(rule: Rule, hooks: Iterable[str], subjects: _Subjects, report: Report) -> Iterator[Finding]:
    """What a rule finds in a project."""
    project = subjects.project
    for name in hooks:
        try:
            found = subjects.of(name)
        except Exception as error:  # noqa: BLE001  # a document that cannot be made must not take the run down
            _failed(report, rule, project.path, error)
            return
        hook = getattr(rule, name)
        for subject in found:
            if not _is_silent(hook, subject):
                yield from _Guarded(rule, (project,), hook, subject.make).findings(report)


def _is_silent(hook: Hook, subject: _Subject) -> bool:
    """Whether a run tells nothing where nothing is decided, as most do; then there is no other world for it."""
    try:
        first = subject.first
        for _ in () if first is None else hook(first):
            return False
    except Exception:  # noqa: BLE001  # whatever it is comes again in the guarded run
        return False
    return True


def _failed(report: Report, rule: Rule, path: str, error: Exception) -> None:
    owner = "ecslint" if type(rule).__module__.startswith("ecslint.") else "the rule"
    message = f"the rule `{rule.id}` failed: {type(error).__name__}: {error}"
    problem = Problem("internal", path, message, help=f"this is a defect of {owner}: report it")
    if problem not in report.problems:
        report.problems.append(problem)


class _Guarded:
    """One run of a rule on one subject, in every world, with a crash turned into a problem."""

    __slots__ = ("hook", "make", "projects", "rule")

    def __init__(self, rule: Rule, projects: Sequence[Project], hook: Hook, make: Make) -> None:
        self.rule = rule
        self.projects = projects
        self.hook = hook
        self.make = make

    def findings(self, report: Report) -> list[Finding]:
        try:
            results, complete = explore(self.once)
        except Exception as error:  # noqa: BLE001  # a rule must never take the run down
            _failed(report, self.rule, self.projects[0].path if len(self.projects) == 1 else "", error)
            return []
        finally:
            self.enter(UNDECIDED)
        told = [(world, ones[0]) for world, ones in results if ones]
        report.unevaluated += dict.fromkeys(one for _, ones in told for one in ones if not isinstance(one, Finding))
        found = _agree([(world, [one for one in ones if isinstance(one, Finding)]) for world, ones in told], complete)
        holds = self.rule.where
        return [
            finding
            for finding in found
            if not _is_contrived(finding) and (holds is None or holds(finding.primary.file.path))
        ]

    def enter(self, world: World) -> None:
        for project in self.projects:
            if project.world is not world:
                project.world = world

    def once(self, world: World) -> list[list[Told]]:
        """What is told in one world, in a list; an empty list where the subject does not exist in it."""
        self.enter(world)
        subject = self.make()
        return [] if subject is None else [[_sound(one) for one in self.hook(subject)]]


def _sound(one: Told) -> Told:
    """What a rule told, which must be something that can be told on. Raises `TypeError` and `ValueError`."""
    if isinstance(one, Finding):
        if not one.labels:
            raise ValueError(f"a finding has no place: {one.message}")
    elif not isinstance(one, Unevaluated):
        raise TypeError(f"it told {one!r}, which is no finding")
    return one


def _agree(worlds: list[tuple[World, list[Finding]]], complete: bool) -> list[Finding]:
    """One finding for all worlds that have it. One that some world lacks is at most a warning, its conditions named."""
    if len(worlds) == 1 and complete:
        return worlds[0][1]
    agreed = []
    for seen in _alike(worlds):
        finding = seen[0][1]
        finding.severity = min(one.severity for _, one in seen)
        finding.confidence = min(one.confidence for _, one in seen)
        if len(seen) < len(worlds) or not complete:
            _weaken(finding, _common([world for world, _ in seen]))
        agreed.append(finding)
    return agreed


def _alike(worlds: list[tuple[World, list[Finding]]]) -> list[list[tuple[World, Finding]]]:
    """What is the same finding, with the worlds that have it.

    What has a name in one world and another one in the next, as its address tells, is still one fault at one place.
    """
    by_key: dict[tuple[Span, str, str], list[tuple[World, Finding]]] = {}
    for world, findings in worlds:
        for finding in findings:
            seen = by_key.setdefault((finding.primary, finding.row, finding.address), [])
            if all(known is not world for known, _ in seen):
                seen.append((world, finding))
    joined: dict[tuple[Span, str], list[list[tuple[World, Finding]]]] = {}
    for (primary, row, _), seen in by_key.items():
        others = joined.setdefault((primary, row), [])
        ours = {id(world) for world, _ in seen}
        apart = next((other for other in others if ours.isdisjoint(id(world) for world, _ in other)), None)
        if apart is None:
            others.append(seen)
        else:
            apart += seen
    return [seen for group in joined.values() for seen in group]


def _common(worlds: list[World]) -> tuple[tuple[Condition, bool], ...]:
    """What all the worlds decide alike."""
    return tuple(
        (condition, met)
        for condition, met in worlds[0].decided
        if all(any(c.key == condition.key and m is met for c, m in world.decided) for world in worlds[1:])
    )


def _is_contrived(finding: Finding) -> bool:
    """Whether it holds only where somebody gives a value that the files leave empty, and gives or leaves another one.

    Of many such values nearly any two make a fault, and nobody described that deployment.
    """
    left = [met for condition, met in finding.conditions if condition.is_default]
    return len(left) > 1 and not all(left)


def _weaken(finding: Finding, conditions: tuple[tuple[Condition, bool], ...]) -> None:
    finding.severity = min(finding.severity, Severity.WARNING)
    finding.confidence = min(finding.confidence, Confidence.MEDIUM)
    if not conditions and not finding.conditions:
        finding.message += ", under some conditions"
    finding.only_if(conditions)


_HOOKS = ("project", "task", "container", "service", "permissions")
"""From the widest to the narrowest."""


class _Subject:
    """What a hook is run on. `first` is what it is where nothing is decided, the same for all rules; it may fork."""

    def __init__(self, make: Make) -> None:
        self.make = make

    @cached_property
    def first(self) -> object:
        return self.make()


class _Subjects:
    """What the hooks of rules are run on in a project, as small as each allows, so that unrelated conditions do not
    multiply. They are found once for all rules, and each is made in the world of the run.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self._found: dict[str, list[_Subject]] = {}

    def of(self, hook: str) -> list[_Subject]:
        if hook not in self._found:
            self._found[hook] = [_Subject(make) for make in getattr(self, f"_{hook}")()]
        return self._found[hook]

    def _project(self) -> Iterator[Make]:
        yield lambda: self.project

    def _task(self) -> Iterator[Make]:
        for resource in self.project.of_kind("TaskDefinition"):
            yield self._existing(self.project.noun(TaskDefinition, resource))

    def _container(self) -> Iterator[Make]:
        for resource in self.project.of_kind("TaskDefinition"):
            task = self.project.noun(TaskDefinition, resource)
            for index in range(min(_width(resource.document, "containerDefinitions"), MOST_CONTAINERS)):
                yield self._listed(task, index)

    def _service(self) -> Iterator[Make]:
        resources = self.project.of_kind("Service")
        if resources:
            from ecslint.model import Service

            yield from (self._existing(self.project.noun(Service, resource)) for resource in resources)

    def _permissions(self) -> Iterator[Make]:
        from ecslint.model import carriers

        return map(self._permitted, carriers(self.project))

    def _existing(self, noun: Noun) -> Make:
        return lambda: None if self.project.exists(noun.resource).no else noun

    def _listed(self, task: TaskDefinition, index: int) -> Make:
        return lambda: None if self.project.exists(task.resource).no else task.container(index)

    def _permitted(self, carrier: Carrier) -> Make:
        from ecslint.model import permissions_of

        return lambda: None if self.project.exists(carrier.resource).no else permissions_of(carrier)


def _width(document: Value, *keys: str) -> int:
    """How many elements the list under the keys has at most, whatever the choices on the way."""
    data = document.data
    if isinstance(data, Choice):
        return max(_width(data.then, *keys), _width(data.other, *keys))
    if keys:
        return _width(document.get(keys[0]), *keys[1:])
    return len(data.items) if isinstance(data, List) else 0
