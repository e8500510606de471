"""One run: from arguments to a Report. Every command that lints goes through here."""

from __future__ import annotations

import os
from importlib import import_module

from ecslint import config, registry
from ecslint.discover import discover
from ecslint.engine import Report, lint
from ecslint.files import Files, Refused, find_boundary
from ecslint.finding import Problem, Severity
from ecslint.lean import TYPE_CHECKING
from ecslint.merge import merge, order
from ecslint.model import Workspace
from ecslint.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ecslint.config import Settings
    from ecslint.discover import Claimed
    from ecslint.finding import Finding
    from ecslint.model import Project
    from ecslint.registry import Registry
    from ecslint.rule import Rule
    from ecslint.source import SourceFile


class Usage(Exception):
    """The command line cannot be obeyed. `help` says what would."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


class Options:
    """What the command line asks of a run.

    `overlay` holds texts that stand for those of files, by path relative to the boundary. `baseline` is a file to read,
    empty for none at all, and None for that of the configuration. `values` are pairs of `var` or `var-file` and what
    was given for it.
    """

    def __init__(
        self,
        paths: Sequence[str],
        *,
        root: str | None = None,
        config: str | None = None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        pedantic: bool = False,
        fail_on: Severity | None = None,
        stdin: tuple[str, str] | None = None,
        overlay: Mapping[str, str] | None = None,
        baseline: str | None = None,
        values: Sequence[tuple[str, str]] = (),
        today: str = "",
    ) -> None:
        self.paths = list(paths)
        self.root = root
        self.config = config
        self.select = list(select)
        self.ignore = list(ignore)
        self.pedantic = pedantic
        self.fail_on = fail_on
        self.stdin = stdin
        self.overlay = overlay or {}
        self.baseline = baseline
        self.values = list(values)
        self.today = today


class Run:
    """The files, settings, rules and workspace of one run, before anything is linted."""

    def __init__(self, options: Options) -> None:
        """Raises `Usage` for arguments that mean nothing."""
        self.options = options
        paths = [options.stdin[0]] if options.stdin else options.paths
        common = os.path.commonpath([os.path.abspath(path) for path in paths])
        self.files = Files(find_boundary(common, options.root), options.overlay)
        if options.stdin:
            self.files.overlay.setdefault(self.files.relative(options.stdin[0]), options.stdin[1])
        self.arguments = [self.files.relative(path) for path in paths]
        self.settings, self.problems = self._settings(common)
        self.registry = self._registry()
        self.problems += self._unknown_mentions()
        self.claimed = discover(self._inside(), self.files, self.settings.exclude)
        self.workspace = self._workspace()

    def _settings(self, common: str) -> tuple[Settings, list[Problem]]:
        options = self.options
        if options.config is not None:
            path: str | None = self.files.relative(options.config)
            if not self.files.exists(path or ""):
                raise Usage(f"there is no configuration `{options.config}`")
        else:
            start = self.files.relative(common)
            path = config.find(self.files, start if self.files.is_dir(start) else os.path.dirname(start))
        settings, problems = config.load(self.files, path)
        settings.pedantic = settings.pedantic or options.pedantic
        settings.fail_on = settings.fail_on if options.fail_on is None else options.fail_on
        if options.values:
            settings.terraform = {**settings.terraform, "command-line": options.values}
        return settings, problems

    def _registry(self) -> Registry:
        try:
            return registry.load(self.settings.plugins, self.settings.rules, self.files)
        except registry.BrokenRule as broken:
            self.problems.append(Problem("configuration", self.settings.path, str(broken)))
            return registry.load()

    def _unknown_mentions(self) -> Iterator[Problem]:
        """The rules and options that the configuration names and nobody knows: a setting of nothing is a mistake."""
        for rule, option, place in self.settings.mentions:
            try:
                rules = self.registry.expand(rule.partition("/")[0])
            except registry.UnknownRule as unknown:
                help = _hint(unknown)
                yield Problem("configuration", self.settings.path, str(unknown), place, help)
                continue
            known = {name for id in rules for name in self.registry.rules[id].options}
            if option and option not in known:
                help = f"it has {', '.join(f'`{name}`' for name in sorted(known)) or 'none'}"
                yield Problem("configuration", self.settings.path, f"`{rule}` has no option `{option}`", place, help)

    def _inside(self) -> list[str]:
        """The arguments that are there, relative to the boundary; the others become problems."""
        there = []
        for path in self.arguments:
            if self.files.lies_there(path):
                there.append(path)
            else:
                self.problems.append(Problem("unreadable", path, "there is no such file or folder"))
        return there

    def _workspace(self) -> Workspace:
        loaded: list[Project] = []
        for frontend, paths in self.claimed.by_frontend.items():
            load = import_module(f"ecslint.frontends.{frontend}").load
            loaded += self._noted(load(list(paths), self.files, self.settings))
        notices = [notice for project in loaded for notice in project.notices]
        projects = [project for project in _whole(loaded) if project.files]
        projects.sort(key=lambda project: (project.path, project.frontend))
        for project in projects:
            project.required = tuple(self.settings.required)
        files = sorted({path for project in projects for path in project.files})
        problems = [*self.problems, *self.claimed.problems]
        return Workspace(self.files.boundary, projects, problems, files, notices)

    def _noted(self, projects: Iterator[Project]) -> Iterator[Project]:
        """The projects as they are made, each with the paths that were read or looked for while it was made."""
        self.files.reads = set()
        for project in projects:
            project.reads |= self.files.reads
            self.files.reads = set()
            yield project

    def skipped(self) -> list[str]:
        """The files that were looked at and concern no frontend."""
        candidates = {path for paths in self.claimed.by_frontend.values() for path in paths}
        return sorted({*self.claimed.skipped, *candidates} - set(self.workspace.files))

    def rules(self) -> list[Rule]:
        """The rules to run. Raises `Usage` for a name that means none."""
        options, settings = self.options, self.settings
        try:
            # What the configuration names and nobody knows is a problem with a place already.
            select, disable = (
                list(filter(self.registry.knows, names)) for names in (settings.select, settings.disable)
            )
            chosen = self.registry.select(options.select or select, [*options.ignore, *disable], settings.options)
        except registry.UnknownRule as unknown:
            raise Usage(str(unknown), _hint(unknown)) from unknown
        if not settings.overrides:
            return chosen
        from ecslint import overrides

        return [variant for rule in chosen for variant in overrides.variants(rule, settings, self.workspace.files)]

    def report(self) -> Report:
        """Lint. Raises `Usage`."""
        rules = self.rules()
        report = lint(self.workspace, rules)
        report.fail_on = self.settings.fail_on
        if self.settings.severity or self.settings.overrides:
            from ecslint import overrides

            report.findings = overrides.settle(report.findings, self.settings)
        ran = {rule.id for rule in rules}
        self._suppress(report, ran)
        self._apply_baseline(report, ran)
        survey = Survey(self.workspace.projects)
        report.attributes, report.masks = survey.attributes, survey.masks
        report.unevaluated = list(dict.fromkeys([*report.unevaluated, *survey.unevaluated]))
        report.findings = [finding for finding in report.findings if _touches(finding, self.claimed)]
        if not self.settings.pedantic:
            report.withheld = [finding for finding in report.findings if finding.severity is Severity.NOTE]
            report.findings = [finding for finding in report.findings if finding.severity is not Severity.NOTE]
        return report

    def _suppress(self, report: Report, ran: set[str]) -> None:
        complete = self._looked_at(self.settings.path)
        ignores = [ignore for project in self.workspace.projects for ignore in project.suppressions]
        ignores += [ignore._replace(complete=complete) for ignore in self.settings.ignores]
        if not ignores:
            return
        from ecslint.suppress import suppress

        report.findings, about, report.suppressed = suppress(
            report.findings, ignores, self.registry, ran, self._today()
        )
        self._add(report, about)

    def _baseline(self, report: Report) -> SourceFile | None:
        """The baseline that the run has, if any. Raises `Usage` for one of the command line that cannot be read."""
        given = self.options.baseline
        path = self.settings.baseline if given is None else given
        if not path:
            return None
        try:
            return self.files.read(path) if given is None else self.files.read_given(path)
        except Refused as refused:
            if given is not None:
                raise Usage(f"the baseline `{path}` cannot be read: {refused}") from refused
            report.problems.append(Problem("configuration", path, f"the baseline cannot be read: {refused}"))
            return None

    def _apply_baseline(self, report: Report, ran: set[str]) -> None:
        """Take out what the baseline knows; say which of its entries hide nothing."""
        file = self._baseline(report)
        if file is None:
            return
        from ecslint import baseline

        entries, problems = baseline.read(file)
        report.problems += problems
        report.findings, hidden, unused = baseline.apply(report.findings, entries)
        report.suppressed += hidden
        if baseline.STALE in ran and self._looked_at(file.path) and not report.problems:
            known = self.registry.rules
            stale = [baseline.stale(entry) for entry in unused if entry.rule in ran or entry.rule not in known]
            self._add(report, stale)

    def _add(self, report: Report, about: Iterable[Finding]) -> None:
        """Add findings about the settings themselves."""
        report.findings = sorted([*report.findings, *merge(((one, None) for one in about), self.workspace)], key=order)

    def _looked_at(self, path: str) -> bool:
        """Whether all that a file of settings could be about was looked at: the boundary, or all of its folder."""
        return "" in self.claimed.folders or os.path.dirname(path) in self.claimed.folders

    def _today(self) -> str:
        if self.options.today:
            return self.options.today
        from datetime import date

        return date.today().isoformat()


def _whole(projects: list[Project]) -> list[Project]:
    """The projects without those that are a part of another one, such as a file of containers that Terraform reads."""
    read = {path for project in projects if project.frontend != "taskdef" for path in project.reads}
    return [project for project in projects if project.frontend != "taskdef" or project.path not in read]


def _hint(unknown: registry.UnknownRule) -> str:
    return f"did you mean `{unknown.close}`?" if unknown.close else "`ecslint rule` lists the rules"


def _touches(finding: Finding, claimed: Claimed) -> bool:
    """Whether a finding has a label in what was asked about: a named file, or anything under a folder."""
    if claimed.folders or not claimed.named:
        return True
    return any(label.place.file.path in claimed.named for label in finding.labels)
