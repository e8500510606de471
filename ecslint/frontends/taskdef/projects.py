"""From claimed files to projects: which service belongs to which task definition.

A service belongs to the task definition whose family it names, or that its ecspresso configuration names, or that is
the only one in its folder.
"""

from __future__ import annotations

from ecslint.finding import Notice
from ecslint.frontends.taskdef import ecspresso
from ecslint.frontends.taskdef.document import parse, service_documents, task_document
from ecslint.frontends.taskdef.workflows import deployed, steps
from ecslint.lean import TYPE_CHECKING
from ecslint.model import Project, Resource
from ecslint.value import Key, Mapping, Ref, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecslint.files import Files
    from ecslint.frontends.taskdef.document import Parsed
    from ecslint.frontends.taskdef.ecspresso import Configuration, Named

ECSPRESSO = "ecspresso"


def projects(paths: Sequence[str], files: Files) -> Iterator[Project]:
    """The projects of the claimed files, and of those that they name."""
    yield from _Reading(files).projects(paths)


class _Reading:
    """One reading of some files. `tasks` are the projects of the task definitions by path."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.parsed: dict[str, Parsed] = {}
        self.tasks: dict[str, Project] = {}
        self.services: dict[str, list[Value]] = {}
        self.broken: list[Project] = []
        self.steps = steps(files)

    def projects(self, paths: Sequence[str]) -> Iterator[Project]:
        configurations = [ecspresso.read(path, self.files) for path in paths if not path.endswith(".json")]
        deployers = self._deployers(configurations)
        named = [path for path in deployers if path not in paths and not self._missing(path)]
        for path in [*(path for path in paths if path.endswith(".json")), *named]:
            self._take(path, deployers.get(path, ""))
        placed: set[str] = set()
        alone = [project for item in configurations for project in self._configured(item, placed)]
        for path, documents in self.services.items():
            if path not in placed:
                alone += self._join(path, documents)
        yield from (*self.tasks.values(), *alone, *self.broken)

    def _deployers(self, configurations: list[Configuration]) -> dict[str, str]:
        """The files of JSON that ecspresso reads, with its name as their type."""
        named = (found for item in configurations for found in (item.task, item.service) if found is not None)
        return {found.path: ECSPRESSO for found in named if found.path.endswith(".json")}

    def _missing(self, path: str) -> bool:
        """Whether a file that a configuration names is not there yet: a pipeline makes it."""
        return self.files.inside(path) and not self.files.lies_there(path)

    def _take(self, path: str, deployer: str) -> None:
        """Read a file and keep what it turns out to be; what concerns nobody is dropped."""
        found = parse(path, self.files)
        task = task_document(found.value) if found.value is not None else None
        services = service_documents(found.value) if found.value is not None and task is None else []
        if task is not None:
            task = deployed(path, task, self.steps)
            self.tasks[path] = project = _project(path, found)
            family = task.get("family").string
            name = family or path.rpartition("/")[2]
            project.resources.append(Resource("TaskDefinition", deployer or "taskdef", name, task, task.place))
        elif services:
            self.parsed[path] = found
            self.services[path] = services
        elif found.problems and _may_be_a_task(found, self.files):
            self.broken.append(_project(path, found))

    def _configured(self, configuration: Configuration, placed: set[str]) -> Iterator[Project]:
        """Put the service that a configuration names to its task definition; a project where either is not read."""
        task, service = configuration.task, configuration.service
        project = self.tasks.get(task.path) if task is not None else None
        if project is None:
            project = Project("taskdef", configuration.path)
            if task is not None:
                project.resources.append(_unread("TaskDefinition", task))
            yield project
        project.problems += configuration.problems
        _add_file(project, configuration.path)
        for named in (task, service):
            if named is not None and self._missing(named.path):
                project.reads.add(named.path)
                project.notices.append(_not_there(configuration.path, named.path))
        if service is None:
            return
        documents = self.services.get(service.path)
        if documents is None:
            project.resources.append(_unread("Service", service))
            return
        placed.add(service.path)
        self._add(project, service.path, documents, ECSPRESSO)

    def _join(self, path: str, documents: list[Value]) -> Iterator[Project]:
        """Put the services of a file to their task definitions; a project of those that have none here."""
        alone: list[Value] = []
        for document in documents:
            project = self._owner(path, document)
            if project is None:
                alone.append(document)
            else:
                self._add(project, path, [document], "service")
        if alone:
            project = Project("taskdef", path)
            self._add(project, path, alone, "service")
            yield project

    def _owner(self, path: str, document: Value) -> Project | None:
        """The project of the task definition that a service runs."""
        family = _family(document.get("taskDefinition"))
        beside = [project for other, project in self.tasks.items() if _folder(other) == _folder(path)]
        for candidates in (beside, list(self.tasks.values())):
            same = [project for project in candidates if family is not None and _family_of(project) == family]
            if same:
                return same[0] if len(same) == 1 else None
        only = beside[0] if len(beside) == 1 else None
        return only if only is not None and (family is None or _family_of(only) is None) else None

    def _add(self, project: Project, path: str, documents: list[Value], deployer: str) -> None:
        task = next((item for item in project.resources if item.kind == "TaskDefinition"), None)
        for document in documents:
            name = document.get("serviceName").string or path.rpartition("/")[2]
            updates = "service" in {key.name for key, _ in document.entries()}
            type = "update-service" if updates and deployer == "service" else deployer
            made = _linked(_opened(document) if updates else document, task)
            project.resources.append(Resource("Service", type, name, made, document.place))
        if path not in project.files:
            project.problems += self.parsed[path].problems
        _add_file(project, path)


def _project(path: str, found: Parsed) -> Project:
    project = Project("taskdef", path)
    project.problems += found.problems
    _add_file(project, path)
    return project


def _add_file(project: Project, path: str) -> None:
    if path not in project.files:
        project.files.append(path)
    project.reads.add(path)


def _may_be_a_task(found: Parsed, files: Files) -> bool:
    """Whether a file that cannot be read whole was claimed as a task definition, not for a word that services have."""
    from ecslint.frontends.taskdef import is_task

    return found.value is None or is_task(files.read(found.path).text.encode())


def _unread(kind: str, named: Named) -> Resource:
    why = "it is Jsonnet, which is not read" if named.path.endswith(".jsonnet") else "it is not there, or no definition"
    name = named.path.rpartition("/")[2]
    return Resource(kind, ECSPRESSO, name, Value(Unknown(f"{name}: {why}"), named.place), named.place)


def _not_there(configuration: str, path: str) -> Notice:
    name = path.rpartition("/")[2]
    message = f"`{name}`, which ecspresso shall read, is not there, so nothing of it is linted"
    return Notice(configuration, message, "make it as the deployment does, then run ecslint again")


def _linked(document: Value, task: Resource | None) -> Value:
    """The service with a reference to the task definition that it runs. A third party's deployments name none."""
    external = document.get("deploymentController").get("type").equals("EXTERNAL")
    if task is None or not isinstance(document.data, Mapping) or not external.no:
        return document
    written = document.get("taskDefinition")
    key = written.key or Key("taskDefinition")
    link = Value(Text((Ref(task, "arn"),), (written.place,)), written.place, key)
    kept = [(other, value) for other, value in document.data.entries if other.name != key.name]
    return Value(Mapping([*kept, (key, link)], document.data.open), document.place)


def _opened(document: Value) -> Value:
    """What UpdateService takes: whatever it does not name stays as it is."""
    if not isinstance(document.data, Mapping):
        return document
    why = document.data.open or "an update says only what changes"
    return Value(Mapping(document.data.entries, why), document.place, document.key)


def _family(named: Value) -> str | None:
    """The family in `family`, `family:revision` or an ARN; None where it is not known."""
    return named.string.rpartition("/")[2].partition(":")[0] if named.string else None


def _family_of(project: Project) -> str | None:
    return project.resources[0].document.get("family").string


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
