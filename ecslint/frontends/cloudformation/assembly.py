"""CDK cloud assemblies: what `cdk synth` leaves in `cdk.out`.

The manifest says which files are stacks; nothing else in the folder is looked at, and least of all `asset.*`, which
holds files of other people. A stage is an assembly in a folder of the assembly. Every schema version looks alike in
what is read here, so none is refused.
"""

from __future__ import annotations

import posixpath
from functools import cached_property

from ecslint import jsonroute, jsontext
from ecslint.files import Refused
from ecslint.finding import Problem
from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ecslint.files import Files
    from ecslint.source import Keys, SourceFile
    from ecslint.value import Value

MANIFEST = "manifest.json"
OWN = "ecslint"
STACK, STAGE, ASSETS = "aws:cloudformation:stack", "cdk:cloud-assembly", "cdk:asset-manifest"
DEEPEST_STAGE = 8


class StackArtifact(NamedTuple):
    """A stack as the manifest has it. `path` is its construct path, empty where an old manifest does not say it.

    `own` is what the program says to ecslint itself: `node.addMetadata('ecslint', …)`, by the path of the construct.
    """

    id: str
    name: str
    path: str
    template: str
    environment: object
    parameters: dict[str, Any]
    metadata: dict[str, Any]
    own: tuple[tuple[str, Value], ...]


class Assembly:
    """An assembly or a stage of one.

    `folder` is relative to the boundary; `stage` is the construct path of a stage. `missing` names the providers of the
    look-ups that were not done, `reads` the paths of what was looked for besides templates. `unread` says why there may
    be more stages than were read, and is empty if there are not.
    """

    def __init__(self, folder: str, files: Files, stage: str = "", depth: int = 0) -> None:
        self.folder = folder
        self.files = files
        self.stage = stage
        self.path = f"{folder}/{MANIFEST}" if folder else MANIFEST
        self.problems: list[Problem] = []
        self.artifacts: dict[str, dict[str, Any]] = {}
        self.stages: list[Assembly] = []
        self.missing: list[str] = []
        self.unread = ""
        self.reads: set[str] = set()
        self.file: SourceFile | None = None
        self._read(depth)

    def _read(self, depth: int) -> None:
        data = self._json(self.path)
        artifacts = data.get("artifacts")
        for name, artifact in artifacts.items() if isinstance(artifacts, dict) else ():
            if isinstance(artifact, dict):
                self.artifacts[name] = {**artifact, "properties": plain_object(artifact.get("properties"))}
        missing = data.get("missing")
        self.missing = [
            str(plain_object(item).get("provider")) for item in (missing if isinstance(missing, list) else ())
        ]
        for artifact in self._of_type(STAGE):
            inner = artifact["properties"].get("directoryName")
            if isinstance(inner, str) and depth < DEEPEST_STAGE and self._is_folder(inner):
                stage = artifact["properties"].get("displayName") or inner.removeprefix("assembly-")
                self.stages.append(Assembly(self._path(inner), self.files, str(stage), depth + 1))
            else:
                self.unread = f"the stage in `{inner}` is not read"

    def _is_folder(self, name: str) -> bool:
        return "/" not in name and name not in {"", ".", ".."} and self.files.exists(f"{self._path(name)}/{MANIFEST}")

    def _of_type(self, type: str) -> Iterator[dict[str, Any]]:
        return (artifact for artifact in self.artifacts.values() if artifact.get("type") == type)

    def _path(self, name: str) -> str:
        return posixpath.normpath(posixpath.join(self.folder, name))

    def _json(self, path: str) -> dict[str, Any]:
        """A JSON file of the assembly as plain data; what cannot be read is a problem, and empty."""
        self.reads.add(path)
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
        return plain_object(data)

    def everything(self) -> Iterator[Assembly]:
        """This assembly and its stages, however deep."""
        yield self
        for stage in self.stages:
            yield from stage.everything()

    def stacks(self) -> Iterator[StackArtifact]:
        """The stacks of this assembly, in the order of the manifest; `template` is relative to the boundary."""
        for id, artifact in self.artifacts.items():
            properties = artifact["properties"]
            template = properties.get("templateFile")
            if artifact.get("type") == STACK and isinstance(template, str):
                metadata, own = self._metadata(id, artifact)
                yield StackArtifact(
                    id,
                    str(properties.get("stackName") or id),
                    str(artifact.get("displayName") or ""),
                    self._path(template),
                    artifact.get("environment"),
                    plain_object(properties.get("parameters")),
                    metadata,
                    own,
                )

    def _metadata(self, id: str, artifact: dict[str, Any]) -> tuple[dict[str, Any], tuple[tuple[str, Value], ...]]:
        """What stands in the manifest together with what stands in a file beside it, and what of it is for ecslint."""
        found = dict(plain_object(artifact.get("metadata")))
        own = list(_own(self.file, found, ("artifacts", id, "metadata")))
        name = artifact.get("additionalMetadataFile")
        if isinstance(name, str):
            data = self._json(self._path(name))
            for path, entries in data.items():
                old = found.get(path)
                found[path] = [*old, *entries] if isinstance(old, list) and isinstance(entries, list) else entries
            own += _own(self.files.read(self._path(name)) if data else None, data, ())
        return found, tuple(own)

    @cached_property
    def asset_manifests(self) -> list[tuple[SourceFile, dict[str, Any]]]:
        """The files that say what is built and uploaded before the stacks, with their plain data."""
        names = [artifact["properties"].get("file") for artifact in self._of_type(ASSETS)]
        paths = [self._path(name) for name in names if isinstance(name, str)]
        found = [(path, self._json(path)) for path in paths]
        return [(self.files.read(path), data) for path, data in found if data]

    def uploaded_templates(self) -> Iterator[tuple[str, str]]:
        """The hashes of the nested templates that are uploaded, each with its path relative to the boundary."""
        for _, data in self.asset_manifests:
            for hash, asset in plain_object(data.get("files")).items():
                path = plain_object(plain_object(asset).get("source")).get("path")
                if isinstance(path, str) and path.endswith(".nested.template.json"):
                    yield hash, self._path(path)


def plain_object(data: object) -> dict[str, Any]:
    """Plain data that should be an object; empty where it is none."""
    return data if isinstance(data, dict) else {}


def _own(file: SourceFile | None, metadata: dict[str, Any], keys: Keys) -> Iterator[tuple[str, Value]]:
    """The entries of constructs' metadata that are for ecslint."""
    if file is None or f'"{OWN}"' not in file.text:
        return
    for path, entries in metadata.items():
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict) and entry.get("type") == OWN:
                yield path.lstrip("/"), jsonroute.value(file, entry.get("data"), (*keys, path, index, "data"))
