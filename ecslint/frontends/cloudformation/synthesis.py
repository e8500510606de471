"""The stacks of a cloud assembly: CloudFormation's, with the construct paths of the program that made them."""

from __future__ import annotations

import posixpath
import re
from functools import cached_property

from ecslint.files import Refused
from ecslint.finding import Notice, Problem
from ecslint.frontends.cloudformation.authorship import Authorship
from ecslint.frontends.cloudformation.constructs import Constructs, nested_path, shown
from ecslint.frontends.cloudformation.deployment import Deployment
from ecslint.frontends.cloudformation.images import images
from ecslint.frontends.cloudformation.lookups import Lookups
from ecslint.frontends.cloudformation.nested import TYPES, template_hash
from ecslint.frontends.cloudformation.stack import Stack, nothing_given
from ecslint.frontends.cloudformation.suppressions import of
from ecslint.frontends.cloudformation.template import Declaration
from ecslint.lean import TYPE_CHECKING
from ecslint.source import Route
from ecslint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.cloudformation.assembly import Assembly, StackArtifact
    from ecslint.frontends.cloudformation.constructs import Construct
    from ecslint.frontends.cloudformation.declared import Declared
    from ecslint.frontends.cloudformation.environment import Environment
    from ecslint.frontends.cloudformation.nested import Given
    from ecslint.frontends.cloudformation.template import Template, Templates
    from ecslint.model import Project

_ENVIRONMENT = re.compile(r"aws://([^/]+)/([^/]+)")


class AssemblyDeployment(Deployment):
    """The stacks of an assembly with all its stages."""

    def __init__(self, root: Assembly, templates: Templates, given: Given = nothing_given) -> None:
        super().__init__(templates)
        self.root = root
        self.given = given
        self.lookups = Lookups(provider for assembly in root.everything() for provider in assembly.missing)
        self.authorship = Authorship(templates.files, root.folder, self.reads)
        self._made_by: list[tuple[AssemblyStack, StackArtifact]] = []
        for assembly in root.everything():
            self.open = self.open or assembly.unread
            for artifact in assembly.stacks():
                self.reads.add(artifact.template)
                template = templates.find(artifact.template)
                if isinstance(template, Refused):
                    self.problems.append(Problem(template.kind, template.path, str(template)))
                    self.open = self.open or f"the stack `{artifact.name}` cannot be read"
                else:
                    stack = self._stack(assembly, artifact, template)
                    self._made_by.append((stack, artifact))
                    self.add(stack)

    def _stack(self, assembly: Assembly, artifact: StackArtifact, template: Template) -> AssemblyStack:
        constructs = Constructs(artifact.metadata)
        return AssemblyStack(
            self,
            template,
            _environment(artifact.environment, self),
            name=artifact.name,
            scope=artifact.path or constructs.common() or artifact.id,
            given=_parameters(assembly, artifact, self.given),
            constructs=constructs,
            stage=assembly.stage,
        )

    def add(self, stack: Stack) -> None:
        if isinstance(stack, AssemblyStack):
            self.authorship.add(stack)
        super().add(stack)

    def nested_path(self, stack: Stack, declared: Declared) -> str | None:
        path = super().nested_path(stack, declared)
        if path is None and isinstance(stack, AssemblyStack):
            path = stack.named_template(declared)
        hash = template_hash(declared.declaration) if path is None else None
        return self._uploaded.get(hash) if hash is not None else path

    @cached_property
    def _uploaded(self) -> dict[str, str]:
        """The templates among what is uploaded before the stacks, by the hash that they are named by there."""
        return {hash: path for assembly in self.root.everything() for hash, path in assembly.uploaded_templates()}

    def project(self, path: str) -> Project:
        project = super().project(path)
        for assembly in self.root.everything():
            project.resources += images(assembly)
            project.reads |= assembly.reads
        for stack, artifact in self._made_by:
            for construct, said in artifact.own:
                address = shown(construct, "")
                project.suppressions += of(said, address, project, stack.without_stage(address))
        return project

    def notices(self) -> Iterator[Notice]:
        """What a person should know of the assembly before relying on a clean run."""
        if self.lookups.message:
            help = "run `cdk synth` where it may look them up, or commit `cdk.context.json`"
            yield Notice(self.root.path, self.lookups.message, help)


class AssemblyStack(Stack):
    """A stack of an assembly, or one nested in it; `scope` is its construct path.

    `constructs` are those of the stack artifact that it belongs to, `inner` the paths of the stacks that it nests.
    """

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
        return self.without_stage(self.scope)

    def without_stage(self, path: str) -> str:
        """A construct path as it is in every stage."""
        return path.removeprefix(f"{self.stage}/") if self.stage else path

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
        return path, self.without_stage(path)

    def named_template(self, declared: Declared) -> str | None:
        """The path of a nested template, where newer libraries say it in the metadata of the construct."""
        path = nested_path(self.construct_path(declared.logical_id, declared.declaration))
        name = self.constructs.template(path)
        folder = posixpath.dirname(self.template.file.path)
        return posixpath.normpath(posixpath.join(folder, name)) if name is not None else None

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


def _environment(text: object, deployment: Deployment) -> Environment:
    """The environment of `aws://account/region`, either of which may be `unknown-…`."""
    found = _ENVIRONMENT.fullmatch(text) if isinstance(text, str) else None
    account, region = found.groups() if found else ("", "")
    return deployment.environment(
        "" if account.startswith("unknown") else account, "" if region.startswith("unknown") else region
    )


def _parameters(assembly: Assembly, artifact: StackArtifact, otherwise: Given) -> Given:
    """The values that a person gives to parameters, else those of the manifest."""
    file = assembly.file
    if not artifact.parameters or file is None:
        return otherwise

    def given(parameter: str) -> Value | None:
        value = artifact.parameters.get(parameter)
        keys = ("artifacts", artifact.id, "properties", "parameters", parameter)
        known = Value(value, Route(file, keys)) if isinstance(value, (str, int, bool)) else None
        return otherwise(parameter) or known

    return given
