"""One run: from arguments to a Report. Every command that lints goes through here."""

from __future__ import annotations

import os
from functools import cached_property
from importlib import import_module

from ecslint import config, registry
from ecslint.discover import discover, valid_pattern
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
    empty for none at all, and None for that of the configuration. `values` are pairs of `var`, `var-file` or
    `parameters` and what was given for it.
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
    """The files, settings, rules and workspace of one run, before anything is linted.

    Files are looked for when `claimed` is first asked for.
    """

    def __init__(self, options: Options) -> None:
        """Raises `Usage` for arguments that mean nothing."""
        self.options = options
        paths = [options.stdin[0]] if options.stdin else options.paths
        if options.root is not None and not os.path.isdir(options.root):
            raise Usage(f"--root names no folder: `{options.root}`")
        common = os.path.commonpath([os.path.abspath(path) for path in paths])
        self.files = Files(find_boundary(common, options.root), options.overlay)
        if options.stdin:
            self.files.overlay.setdefault(self.files.relative(options.stdin[0]), options.stdin[1])
        self.settings, self.problems = self._settings(common)
        self.registry = self._registry()
        self.problems += [*config.settle(self.settings, self.registry), *self._senseless()]
        self.arguments = self._inside([self.files.relative(path) for path in paths])

    def _settings(self, common: str) -> tuple[Settings, list[Problem]]:
        options = self.options
        if options.config is not None:
            path: str | None = self.files.relative(options.config)
            if not self.files.inside(path or ""):
                message = f"the configuration `{options.config}` lies outside the boundary {self.files.boundary}"
                raise Usage(message, "`--root` sets the boundary")
            if not self.files.exists(path or ""):
                raise Usage(f"there is no configuration `{options.config}`")
        else:
            start = self.files.relative(common)
            path = config.find(self.files, start if self.files.is_dir(start) else os.path.dirname(start))
        settings, problems = config.load(self.files, path)
        settings.pedantic = settings.pedantic or options.pedantic
        settings.fail_on = settings.fail_on if options.fail_on is None else options.fail_on
        files = [text for option, text in options.values if option == "parameters"]
        variables = [value for value in options.values if value[0] != "parameters"]
        if variables:
            settings.terraform = {**settings.terraform, "command-line": variables}
        if files:
            settings.cloudformation = {**settings.cloudformation, "command-line": files}
        return settings, problems

    def _registry(self) -> Registry:
        settings = self.settings
        found = registry.load(settings.plugins, settings.rules, self.files)
        for broken in found.broken:
            place = list(settings.document.get(broken.setting).items())[broken.index].place
            self.problems.append(Problem("configuration", settings.path, str(broken), place.span() if place else None))
        return found

    def _senseless(self) -> Iterator[Problem]:
        """The patterns of `exclude:` that mean nothing."""
        for item in self.settings.document.get("exclude").items():
            if not valid_pattern(item.string or "") and item.place is not None:
                message = f"`{item.string}` is no pattern of a .gitignore"
                yield Problem("configuration", self.settings.path, message, item.place.span())

    def _inside(self, arguments: Iterable[str]) -> list[str]:
        """The arguments that are there, relative to the boundary; the others become problems."""
        there = []
        for path in arguments:
            if self.files.lies_there(path):
                there.append(path)
            else:
                self.problems.append(Problem("unreadable", path, "there is no such file or folder"))
        return there

    @cached_property
    def claimed(self) -> Claimed:
        """The files that are linted, and the others that were looked at."""
        return discover(self.arguments, self.files, self.settings.exclude)

    @cached_property
    def workspace(self) -> Workspace:
        """What the files hold."""
        loaded = [
            project
            for frontend, paths in self.claimed.by_frontend.items()
            for project in self._projects(frontend, list(paths))
        ]
        notices = [notice for project in loaded for notice in project.notices]
        projects = [project for project in _whole(loaded) if project.files]
        projects.sort(key=lambda project: (project.path, project.frontend))
        for project in projects:
            project.required = tuple(self.settings.required)
        files = sorted({path for project in projects for path in project.files})
        problems = [*self.problems, *self.claimed.problems]
        return Workspace(self.files.boundary, projects, problems, files, notices)

    def _projects(self, frontend: str, paths: list[str]) -> Iterator[Project]:
        """The projects of a format as they are made, each with the paths that were read or looked for meanwhile."""
        self.files.reads = set()
        try:
            for project in import_module(f"ecslint.frontends.{frontend}").load(paths, self.files, self.settings):
                project.reads |= self.files.reads
                self.files.reads = set()
                yield project
        except Exception as error:  # noqa: BLE001  # one format must not take the others down
            message = f"reading {frontend} files failed: {type(error).__name__}: {error}"
            self.problems.append(Problem("internal", "", message, help="this is a defect of ecslint: report it"))

    def skipped(self) -> list[str]:
        """The files that were looked at and concern no frontend."""
        candidates = {path for paths in self.claimed.by_frontend.values() for path in paths}
        return sorted({*self.claimed.skipped, *candidates} - set(self.workspace.files))

    def selected(self) -> list[str]:
        """The ids of the rules to run. Raises `Usage` for a name that means none."""
        options, settings = self.options, self.settings
        try:
            return self.registry.select(options.select or settings.select, [*options.ignore, *settings.disable])
        except registry.UnknownRule as unknown:
            help = f"did you mean `{unknown.close}`?" if unknown.close else "`ecslint rule` lists the rules"
            raise Usage(str(unknown), help) from unknown

    def _rules(self, ids: Iterable[str]) -> list[Rule]:
        """The rules of these ids that have something to look at."""
        settings = self.settings
        kinds = {resource.kind for project in self.workspace.projects for resource in project.resources}
        rules = self.registry.make(ids, kinds, settings.options)
        if not settings.overrides:
            return rules
        from ecslint import overrides

        return [variant for rule in rules for variant in overrides.variants(rule, settings, self.workspace.files)]

    def report(self) -> Report:
        """Lint. Raises `Usage`."""
        ran = set(ids := self.selected())
        report = lint(self.workspace, self._rules(ids))
        report.fail_on = self.settings.fail_on
        report.findings = self._settled(report.findings)
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

        if report.problems:
            # What could not be read may hold the very thing that an ignore was written for.
            ignores = [ignore._replace(complete=False) for ignore in ignores]
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
        told = merge(((one, None) for one in about), self.workspace)
        report.findings = sorted([*report.findings, *self._settled(told)], key=order)

    def _settled(self, findings: list[Finding]) -> list[Finding]:
        """The findings with the severities that the configuration asks for."""
        if not self.settings.severity and not self.settings.overrides:
            return findings
        from ecslint import overrides

        return overrides.settle(findings, self.settings)

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


def _touches(finding: Finding, claimed: Claimed) -> bool:
    """Whether a finding has a label in what was asked about: a named file, or anything under a folder."""
    if claimed.folders or not claimed.named:
        return True
    return any(label.place.file.path in claimed.named for label in finding.labels)
