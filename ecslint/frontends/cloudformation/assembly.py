"""CDK cloud assemblies: what `cdk synth` leaves in `cdk.out`.

The manifest says which files are stacks; nothing else in the folder is looked at, and least of all `asset.*`, which
holds files of other people. A stage is an assembly in a folder of the assembly. Every schema version looks alike in
what is read here, so none is refused.
"""

from __future__ import annotations

import posixpath
import re

from ecslint import jsonroute, jsontext
from ecslint.files import Refused
from ecslint.finding import Notice, Problem
from ecslint.frontends.cloudformation.authorship import Authorship
from ecslint.frontends.cloudformation.constructs import Constructs, nested_path, shown
from ecslint.frontends.cloudformation.deployment import Deployment
from ecslint.frontends.cloudformation.lookups import Lookups
from ecslint.frontends.cloudformation.nested import TYPES
from ecslint.frontends.cloudformation.stack import Stack, nothing_given
from ecslint.frontends.cloudformation.template import Declaration
from ecslint.lean import TYPE_CHECKING
from ecslint.model import Resource
from ecslint.source import Route
from ecslint.value import Mapping, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ecslint.files import Files
    from ecslint.frontends.cloudformation.constructs import Construct
    from ecslint.frontends.cloudformation.environment import Environment
    from ecslint.frontends.cloudformation.nested import Given
    from ecslint.frontends.cloudformation.stack import Declared
    from ecslint.frontends.cloudformation.template import Template, Templates
    from ecslint.model import Project
    from ecslint.source import SourceFile

MANIFEST = "manifest.json"
STACK, STAGE, ASSETS = "aws:cloudformation:stack", "cdk:cloud-assembly", "cdk:asset-manifest"
DEEPEST_STAGE = 8
BUILD = frozenset({"directory", "dockerBuildTarget", "dockerFile", "imageTag", "platform", "repositoryName"})
"""What an asset manifest says of an image that the model has a word for."""

_ENVIRONMENT = re.compile(r"aws://([^/]+)/([^/]+)")


class Assembly:
    """An assembly or a stage of one. `folder` is relative to the boundary; `stage` is the construct path of a stage."""

    def __init__(self, folder: str, files: Files, stage: str = "", depth: int = 0) -> None:
        self.folder = folder
        self.files = files
        self.stage = stage
        self.path = f"{folder}/{MANIFEST}" if folder else MANIFEST
        self.problems: list[Problem] = []
        self.artifacts: dict[str, dict[str, Any]] = {}
        self.stages: list[Assembly] = []
        self.missing: list[str] = []
        self.file: SourceFile | None = None
        self._read(depth)

    def _read(self, depth: int) -> None:
        data = self._json(self.path)
        artifacts = data.get("artifacts")
        for name, artifact in artifacts.items() if isinstance(artifacts, dict) else ():
            if isinstance(artifact, dict):
                self.artifacts[name] = {**artifact, "properties": _object(artifact.get("properties"))}
        missing = data.get("missing")
        self.missing = [str(_object(item).get("provider")) for item in (missing if isinstance(missing, list) else ())]
        for artifact in self._of_type(STAGE):
            inner = artifact["properties"].get("directoryName")
            if isinstance(inner, str) and depth < DEEPEST_STAGE and self._is_folder(inner):
                stage = artifact["properties"].get("displayName") or inner.removeprefix("assembly-")
                self.stages.append(Assembly(self._path(inner), self.files, str(stage), depth + 1))

    def _is_folder(self, name: str) -> bool:
        return "/" not in name and name not in {"", ".", ".."} and self.files.exists(f"{self._path(name)}/{MANIFEST}")

    def _of_type(self, type: str) -> Iterator[dict[str, Any]]:
        return (artifact for artifact in self.artifacts.values() if artifact.get("type") == type)

    def _path(self, name: str) -> str:
        return posixpath.normpath(posixpath.join(self.folder, name))

    def _json(self, path: str) -> dict[str, Any]:
        """A JSON file of the assembly as plain data; what cannot be read is a problem, and empty."""
        try:
            file = self.files.read(path)
            data = jsonroute.load(file)
        except Refused as refused:
            self.problems.append(Problem(refused.kind, path, str(refused)))
            return {}
        except jsontext.TooDeep as deep:
            self.problems.append(Problem("limit", path, str(deep), deep.place))
            return {}
        except jsonroute.Unsuitable:
            _, errors = jsontext.read_strict(self.files.read(path))
            self.problems += [Problem("json-syntax", path, error.message, error.place) for error in errors]
            return {}
        if path == self.path:
            self.file = file
        return _object(data)

    def everything(self) -> Iterator[Assembly]:
        """This assembly and its stages, however deep."""
        yield self
        for stage in self.stages:
            yield from stage.everything()

    def stacks(self, deployment: AssemblyDeployment) -> Iterator[AssemblyStack]:
        """The stacks of this assembly, in the order of the manifest."""
        for name, artifact in self.artifacts.items():
            template_file = artifact["properties"].get("templateFile")
            if artifact.get("type") != STACK or not isinstance(template_file, str):
                continue
            template = deployment.templates.find(self._path(template_file))
            if isinstance(template, Refused):
                self.problems.append(Problem(template.kind, template.path, str(template)))
                deployment.open = deployment.open or f"the stack `{name}` cannot be read"
                continue
            constructs = Constructs(self._metadata(artifact))
            yield AssemblyStack(
                deployment,
                template,
                _environment(artifact.get("environment"), deployment),
                name=str(artifact["properties"].get("stackName") or name),
                scope=str(artifact.get("displayName") or constructs.common() or name),
                given=_parameters(self.file, name, artifact["properties"]),
                constructs=constructs,
                stage=self.stage,
            )

    def _metadata(self, artifact: dict[str, Any]) -> dict[str, Any]:
        """What stands in the manifest, together with what stands in a file beside it."""
        found = dict(_object(artifact.get("metadata")))
        name = artifact.get("additionalMetadataFile")
        if isinstance(name, str):
            for path, entries in self._json(self._path(name)).items():
                old = found.get(path)
                found[path] = [*old, *entries] if isinstance(old, list) and isinstance(entries, list) else entries
        return found

    def images(self) -> Iterator[Resource]:
        """The images that `cdk deploy` builds and pushes before the stacks."""
        for artifact in self._of_type(ASSETS):
            name = artifact["properties"].get("file")
            if isinstance(name, str):
                path = self._path(name)
                for hash, image in _object(self._json(path).get("dockerImages")).items():
                    yield _image(self.files.read(path), hash, _object(image), self.stage)


def _object(data: object) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def _image(file: SourceFile, hash: str, image: dict[str, Any], stage: str) -> Resource:
    """An image of an asset manifest: how it is built, and where it is pushed first."""
    keys = ("dockerImages", hash)
    destinations = _object(image.get("destinations"))
    parts = [jsonroute.value(file, image.get("source"), (*keys, "source"))]
    first = list(destinations)[:1]
    parts += [jsonroute.value(file, destinations[name], (*keys, "destinations", name)) for name in first]
    entries = [(key, _filled(item)) for part in parts for key, item in part.entries() if key.name in BUILD]
    local = str(image.get("displayName") or hash)
    return Resource(
        "ImageBuild",
        "cdk:docker-image",
        f"{stage}/{local}" if stage else local,
        Value(Mapping(entries), Route(file, keys)),
        Route(file, keys, True),
        local=local,
    )


def _filled(item: Value) -> Value:
    """A value of an asset manifest, in which the CLI fills in `${AWS::Region}` and its like."""
    if isinstance(item.data, str) and "${" in item.data:
        return Value(Unknown("the account and region are known at deployment only"), item.place, item.key)
    return item


def _environment(text: object, deployment: Deployment) -> Environment:
    """The environment of `aws://account/region`, either of which may be `unknown-…`."""
    found = _ENVIRONMENT.fullmatch(text) if isinstance(text, str) else None
    account, region = found.groups() if found else ("", "")
    return deployment.environment(
        "" if account.startswith("unknown") else account, "" if region.startswith("unknown") else region
    )


def _parameters(file: SourceFile | None, name: str, properties: dict[str, Any]) -> Given:
    """The values that the manifest gives to parameters."""
    values = _object(properties.get("parameters"))
    if not values or file is None:
        return nothing_given

    def given(parameter: str) -> Value | None:
        value = values.get(parameter)
        keys = ("artifacts", name, "properties", "parameters", parameter)
        return Value(value, Route(file, keys)) if isinstance(value, (str, int, bool)) else None

    return given


class AssemblyDeployment(Deployment):
    """The stacks of an assembly with all its stages."""

    def __init__(self, root: Assembly, templates: Templates) -> None:
        super().__init__(templates)
        self.root = root
        self.lookups = Lookups(provider for assembly in root.everything() for provider in assembly.missing)
        self.authorship = Authorship(templates.files, root.folder)
        for assembly in root.everything():
            for stack in assembly.stacks(self):
                self.add(stack)

    def add(self, stack: Stack) -> None:
        if isinstance(stack, AssemblyStack):
            self.authorship.add(stack)
        super().add(stack)

    def project(self, path: str) -> Project:
        project = super().project(path)
        project.resources += [image for assembly in self.root.everything() for image in assembly.images()]
        return project

    def notices(self) -> Iterator[Notice]:
        """What a person should know of the assembly before relying on a clean run."""
        if self.lookups.message:
            help = "run `cdk synth` where it may look them up, or commit `cdk.context.json`"
            yield Notice(self.root.path, self.lookups.message, help)


class AssemblyStack(Stack):
    """A stack of an assembly, or one nested in it. `prefix` is its construct path; its `scope` is that, too."""

    def __init__(
        self,
        deployment: AssemblyDeployment,
        template: Template,
        environment: Environment,
        *,
        name: str = "",
        scope: str = "",
        given: Given = nothing_given,
        parent: Stack | None = None,
        constructs: Constructs,
        stage: str,
    ) -> None:
        super().__init__(deployment, template, environment, name=name, scope=scope, given=given, parent=parent)
        self.assembly = deployment
        self.constructs = constructs
        self.stage = stage
        self._tells_paths = '"aws:cdk:path"' in template.file.text
        self.inner: tuple[str, ...] = ()
        self.inner = tuple(self._nested_paths())

    @property
    def local_scope(self) -> str:
        """The construct path without the stage: the same for what every stage repeats."""
        return self.scope.removeprefix(f"{self.stage}/") if self.stage else self.scope

    def construct(self, logical_id: str) -> Construct | None:
        """What the metadata say of the construct of a resource."""
        return self.constructs.find(logical_id, self.scope, self.inner)

    def construct_path(self, logical_id: str, made: Declaration) -> str:
        """The path of a resource's construct, as the metadata say or the template does; made up where neither knows."""
        named = made.part("Metadata").get("aws:cdk:path").string if self._tells_paths else None
        if named is not None:
            return named
        found = self.construct(logical_id)
        return found.path if found is not None else f"{self.scope}/{logical_id}"

    def _nested_paths(self) -> Iterator[str]:
        for entry in self.template.resources():
            if isinstance(entry, Declaration) and entry.type in TYPES:
                yield nested_path(self.construct_path(entry.key.written, entry))

    def address(self, logical_id: str, made: Declaration) -> tuple[str, str]:
        path = shown(self.construct_path(logical_id, made), made.type)
        return path, path.removeprefix(f"{self.stage}/") if self.stage else path

    def nest(self, declared: Declared, template: Template) -> AssemblyStack:
        return AssemblyStack(
            self.assembly,
            template,
            self.environment,
            scope=nested_path(self.construct_path(declared.logical_id, declared.declaration)),
            given=declared.passed,
            parent=self,
            constructs=self.constructs,
            stage=self.stage,
        )

    def dummy(self, text: str) -> str:
        return self.assembly.lookups.dummy(text)
