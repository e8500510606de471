"""The images that `cdk deploy` builds and pushes before the stacks, as the asset manifests say."""

from __future__ import annotations

from ecslint import jsonroute
from ecslint.frontends.cloudformation.assembly import plain_object
from ecslint.lean import TYPE_CHECKING
from ecslint.model import Resource
from ecslint.source import Route
from ecslint.value import Mapping, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ecslint.frontends.cloudformation.assembly import Assembly
    from ecslint.source import SourceFile

BUILD = frozenset({"directory", "dockerBuildTarget", "dockerFile", "imageTag", "platform", "repositoryName"})
"""What an asset manifest says of an image that the model has a word for."""


def images(assembly: Assembly) -> Iterator[Resource]:
    """The images of one assembly, without those of its stages."""
    for file, data in assembly.asset_manifests:
        for hash, image in plain_object(data.get("dockerImages")).items():
            yield _image(file, hash, plain_object(image), assembly.stage)


def _image(file: SourceFile, hash: str, image: dict[str, Any], stage: str) -> Resource:
    """An image of an asset manifest: how it is built, and where it is pushed first."""
    keys = ("dockerImages", hash)
    destinations = plain_object(image.get("destinations"))
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
