"""Cloud assemblies: the fixtures that the real library synthesized, and folders that are hostile."""

from __future__ import annotations

import json
import re
import shutil
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from support import FIXTURES, lint, run
from templates import resource, shown

from ecslint.value import Choice, Mapping, Ref, Sequence, Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ecslint.model import Project
    from ecslint.value import Value

CDK = FIXTURES / "cdk"
ASSEMBLIES = sorted(path.parent for path in CDK.glob("*/out/*/manifest.json"))
NAMES = [str(path.relative_to(CDK)) for path in ASSEMBLIES]


def _project(path: Path) -> Project:
    (found,) = run(path, ["."]).workspace.projects
    return found


# What an application is, however it was synthesized

LITERALS = {"111122223333": "?", "eu-west-1a": "?", "eu-west-1b": "?", "eu-west-1": "?", "arn:aws:": "arn:?:"}


def _facts(of: Project) -> dict[tuple[str, str], list[Any]]:
    """The documents of a project by address without stage and by kind; what depends on the environment is `?`."""
    facts: dict[tuple[str, str], list[Any]] = {}
    for item in of.resources:
        if item.kind:
            facts.setdefault((item.local, item.kind), []).append(_plain(item.document))
    return facts


def _plain(value: Value) -> Any:
    data = value.data
    if isinstance(data, Choice):
        return (data.condition.text, _plain(data.then), _plain(data.other))
    if isinstance(data, Mapping):
        return {key.name: _plain(item) for key, item in data.entries} | ({"...": data.open} if data.open else {})
    if isinstance(data, Sequence):
        return [*map(_plain, data.items), data.open]
    if isinstance(data, Unknown):
        return "?"
    text = "".join(map(_part, data.parts)) if isinstance(data, Text) else data
    if isinstance(text, str):
        for literal, hole in LITERALS.items():
            text = text.replace(literal, hole)
    return text


def _part(part: object) -> str:
    if isinstance(part, Ref):
        return f"<{part.resource.address.removeprefix('Dev/').removeprefix('Prod/')}.{part.attribute}>"
    return part if isinstance(part, str) else "?"


SHOP = [name for name in NAMES if name.startswith("shop/")]


@pytest.mark.parametrize("name", SHOP)
def test_one_application_is_the_same_in_every_mode(name: str) -> None:
    """Strong, weak or both references, literal environment or none, paths or none, old library or new."""
    assert len(SHOP) == 9
    assert _facts(_project(CDK / name)) == _facts(_project(CDK / "shop/out/new"))


@pytest.mark.parametrize("app", sorted({name.partition("/")[0] for name in NAMES} - {"grants", "shop"}))
def test_one_application_is_the_same_by_both_libraries(app: str) -> None:
    """All but `grants`: the newer library grants more of DynamoDB."""
    assert _facts(_project(CDK / app / "out/old")) == _facts(_project(CDK / app / "out/new"))


def test_a_nested_stack_is_found_by_its_hash() -> None:
    """Without metadata nothing but the asset manifest says which file the hash in `TemplateURL` is."""
    found = _project(CDK / "nested/out/new-pathless")
    assert not found.open
    assert _facts(found) == _facts(_project(CDK / "nested/out/new"))


@pytest.mark.parametrize("name", NAMES)
def test_an_assembly_lints_alike_in_every_mode(name: str) -> None:
    other = CDK / name.partition("/")[0] / "out/new"
    assert _told(CDK / name) == _told(other)


def _told(path: Path) -> set[tuple[str, str, str]]:
    report = lint(path)
    assert not report.problems
    return {(finding.rule, finding.address, finding.severity.word) for finding in report.findings}


# What stands in them


def test_what_the_shop_refers_to() -> None:
    task = resource(_project(CDK / "shop/out/new"), "Service/Task").document
    (container,) = task.get("containerDefinitions").items()
    assert shown(container.get("image")) == "<Registry/Repository.url>:latest"
    environment = {item.get("name").string: shown(item.get("value")) for item in container.get("environment").items()}
    assert environment == {"DATABASE_HOST": "<Data/Database.host>", "UPLOADS": "<Data/Uploads.name>"}
    secrets = {item.get("name").string: shown(item.get("valueFrom")) for item in container.get("secrets").items()}
    assert secrets == {
        "DATABASE_PASSWORD": "<Data/Database/Secret.arn>:password::",
        "JWT_SECRET": "<Data/Tokens.arn>:jwt_secret::",
    }
    assert shown(task.get("taskRoleArn")) == "<Security/TaskRole.arn>"


def test_a_literal_environment_is_in_every_arn() -> None:
    found = resource(_project(CDK / "shop/out/new-literal"), "Data/Uploads")
    assert found.ref("arn").starts_with("arn:aws:s3:::").yes
    queue = resource(_project(CDK / "shop/out/new-literal"), "Registry/Repository")
    assert queue.ref("arn").string == "arn:aws:ecr:eu-west-1:111122223333:repository/shop/backend"


def test_a_value_crosses_regions() -> None:
    task = resource(_project(CDK / "regions/out/new"), "Local/Task").document
    (container,) = task.get("containerDefinitions").items()
    (secret,) = container.get("secrets").items()
    assert shown(secret.get("valueFrom")) == "<Shared/ApiKey.arn>"
    (variable,) = container.get("environment").items()
    assert variable.get("value").string == "/shared/endpoint"


def test_nested_stacks_have_their_own_paths() -> None:
    found = _project(CDK / "nested/out/old")
    tasks = [item for item in found.resources if item.kind == "TaskDefinition"]
    assert [item.address for item in tasks] == ["Root/Mail/Task", "Root/Report/Task"]
    for item in tasks:
        (container,) = item.document.get("containerDefinitions").items()
        (secret,) = container.get("secrets").items()
        assert shown(secret.get("valueFrom")) == "<Root/Api.arn>:api_token::"
        assert shown(item.document.get("executionRoleArn")) == f"<{item.address[:-5]}/Roles/Execution.arn>"


def test_every_form_of_a_secret() -> None:
    task = resource(_project(CDK / "secrets/out/new"), "SecretsStack/Task").document
    (container,) = task.get("containerDefinitions").items()
    secrets = {item.get("name").string: shown(item.get("valueFrom")) for item in container.get("secrets").items()}
    assert secrets == {
        "DB_HOST": "<SecretsStack/Database/Secret.arn>:host::",
        "DB_TOKEN": "<SecretsStack/Database/Secret.arn>:token::",
        "SIGNING_KEY": "<SecretsStack/Generated.arn>:signing_key::",
        "JWT_SECRET": "<SecretsStack/Generated.arn>:jwt_secret::",
        "WHOLE": "<SecretsStack/Plain.arn>",
        "PLAIN_KEY": "<SecretsStack/Plain.arn>:key::",
        "ENDPOINT": "<SecretsStack/Literal.arn>:endpoint::",
        "MISSING": "<SecretsStack/Literal.arn>:missing::",
        "PREVIOUS": "<SecretsStack/Named.arn>:key:AWSPREVIOUS:",
        "IMPORTED": "arn:?:secretsmanager:?:?:secret:prod/imported:key::",
        "AGAIN": "arn:?:secretsmanager:?:?:secret:<SecretsStack/Generated.name>:signing_key::",
        "URL": "<SecretsStack/Parameter.arn>",
        "ELSEWHERE": "arn:?:ssm:?:?:parameter/other/key",
    }
    (variable,) = container.get("environment").items()
    assert shown(variable.get("value")) == "postgres://app:?@<SecretsStack/Database.host>:5432/app"


def test_what_the_groups_let_out() -> None:
    found = _project(CDK / "groups/out/new")
    groups = {item.address: item.document for item in found.resources if item.kind == "SecurityGroup"}
    egress = {address: [rule["cidrIp"] for rule in shown(group.get("egress"))] for address, group in groups.items()}
    assert egress == {
        "Network/CacheGroup": [],
        "Services/Everything": ["0.0.0.0/0"],
        "Services/Nothing": [],
        "Services/Https": ["0.0.0.0/0"],
        "Services/ToCache": [],
    }
    rules = [shown(item.document) for item in found.resources if item.kind == "SecurityGroupRule"]
    assert {(rule["groupId"], rule["direction"], _other(rule), rule["toPort"]) for rule in rules} == {
        ("<Services/Https.id>", "egress", "sg-0a1b2c3d4e5f67890", 8080),
        ("sg-0a1b2c3d4e5f67890", "ingress", "<Services/Https.id>", 8080),
        ("<Services/ToCache.id>", "egress", "<Network/CacheGroup.id>", 6379),
        ("<Network/CacheGroup.id>", "ingress", "<Services/ToCache.id>", 6379),
    }


def _other(rule: dict[str, Any]) -> Any:
    return rule.get("sourceSecurityGroupId") or rule.get("destinationSecurityGroupId")


def test_an_included_template_keeps_its_conditions() -> None:
    found = _project(CDK / "included/out/new")
    task = resource(found, "Legacy/Included/Task").document
    assert shown(task.get("family")) == "legacy-live"
    assert shown(task.get("cpu")) == "1024"
    (container,) = task.get("containerDefinitions").items()
    assert [shown(item) for item in container.get("environment").items()] == [
        {"name": "FILES", "value": "<Legacy/Included/Files.name>"},
        {"name": "TRACING", "value": "true"},
        (
            "`CertificateArn` is empty",
            _absent(container),
            {"name": "CERTIFICATE", "value": ("`CertificateArn` is empty", "", "?")},
        ),
    ]
    assert shown(container.get("command")) == ["sh", "-c", "echo ${HOME} live"]


def _absent(container: Value) -> object:
    """What is not there in one branch of the last environment variable."""
    last = list(container.get("environment").items())[-1].data
    assert isinstance(last, Choice)
    assert last.then.absent.yes
    return shown(last.then)


def test_an_image_is_built_for_a_platform() -> None:
    found = _project(CDK / "pattern/out/new")
    (build,) = [item for item in found.resources if item.kind == "ImageBuild"]
    assert build.document.get("platform").string == "linux/arm64"
    task = resource(found, "PatternStack/Web/TaskDef").document
    (container,) = task.get("containerDefinitions").items()
    assert container.get("image").ends_with(f":{build.document.get('imageTag').string}").yes
    assert resource(found, "PatternStack/Web/Service").kind == "Service"


# What was not looked up


def test_dummy_values_are_unknown() -> None:
    report = lint(CDK / "lookups/out/new")
    (notice,) = report.workspace.notices
    assert "security-group, ssm, vpc-provider" in notice.message
    found = _project(CDK / "lookups/out/new")
    (container,) = resource(found, "LookupStack/Task").document.get("containerDefinitions").items()
    variables = {item.get("name").string: shown(item.get("value")) for item in container.get("environment").items()}
    assert variables == {"URL": "?", "STAGE": "live"}
    network = resource(found, "LookupStack/Service").document.get("networkConfiguration").get("awsvpcConfiguration")
    # How many subnets there are is as made up as their ids.
    assert shown(network.get("subnets"))[-1] == "..."
    assert "s-12345" not in str(shown(network))


# Stages


def test_a_stage_repeats_no_finding() -> None:
    report = lint(CDK, ["pipeline/out/new"], select=["name-in-environment-and-secrets"])
    (finding,) = report.findings
    assert [item.address for item in finding.instances] == [
        "Dev/Web/Task/web/secrets[TRACING]",
        "Prod/Web/Task/web/secrets[TRACING]",
    ]
    assert finding.local == "Web/Task/web/secrets[TRACING]"


def test_a_stage_repeats_no_finding_where_there_is_no_program(tmp_path: Path) -> None:
    shutil.copytree(CDK / "pipeline/out/new", tmp_path / "cdk.out")
    (tmp_path / ".git").mkdir()
    report = lint(tmp_path, select=["name-in-environment-and-secrets"])
    (finding,) = report.findings
    assert len(finding.instances) == 2
    assert finding.primary.file.path == "cdk.out/assembly-Dev/DevWeb4E4BD607.template.json"


def test_a_stage_alone_brings_its_assembly() -> None:
    whole, stage = _project(CDK / "pipeline/out/new"), _project(CDK / "pipeline/out/new/assembly-Prod")
    assert stage.path.endswith("pipeline/out/new")
    assert stage.files == whole.files


def test_a_template_alone_brings_its_assembly() -> None:
    report = lint(CDK, ["shop/out/new/Service.template.json"], select=["secret-json-key-missing"])
    assert [finding.address for finding in report.findings] == ["Service/Task/backend/secrets[JWT_SECRET]"]
    (found,) = report.workspace.projects
    assert len(found.files) == 6


def test_metadata_of_a_construct_suppresses() -> None:
    report = lint(CDK / "pattern/out/new", select=["circuit-breaker-off", "unused-ignore"])
    assert not report.findings
    (hidden,) = report.suppressed
    assert (hidden.by, hidden.reason) == ("metadata", "a person watches every deployment of this one")
    assert hidden.finding.address == "PatternStack/Web/Service"


@pytest.mark.parametrize("library", ["old", "new"])
def test_metadata_of_a_node_suppresses(library: str) -> None:
    """The older library writes them into the manifest, the newer one into a file beside it."""
    report = lint(CDK / f"pipeline/out/{library}", select=["mutable-image-tag", "unused-ignore"])
    assert not report.findings
    (hidden,) = report.suppressed
    assert (hidden.by, hidden.reason) == ("metadata", "the canary follows latest on purpose")
    assert {item.address.partition("/")[0] for item in hidden.finding.instances} <= {"Dev", "Prod"}


def test_an_ignore_of_a_node_has_its_place(tmp_path: Path) -> None:
    """What every stage repeats is told once."""
    folder = _copy("pipeline", tmp_path)
    for path in folder.rglob("*.metadata.json"):
        path.write_text(path.read_text().replace("mutable-image-tag", "mutable-image-tags"))
    (told,) = lint(folder, select=["unknown-ignore"]).findings
    assert told.primary.text == '"mutable-image-tags"'
    assert told.primary.file.path == "cdk.out/assembly-Dev/DevWeb4E4BD607.metadata.json"


@pytest.mark.parametrize(("stages", "told"), [((), 0), (("Dev",), 0), (("Dev", "Prod"), 1)])
def test_an_ignore_is_unused_where_no_stage_needs_it(stages: tuple[str, ...], told: int, tmp_path: Path) -> None:
    folder = _copy("pipeline", tmp_path)
    for stage in stages:
        for path in folder.glob(f"cdk.out/assembly-{stage}/*.template.json"):
            path.write_text(path.read_text().replace(":latest", ":1.2.3"))
    report = lint(folder, select=["mutable-image-tag", "unused-ignore"])
    assert [finding.rule for finding in report.findings] == ["unused-ignore"] * told


# Folders


def _copy(app: str, to: Path) -> Path:
    (to / ".git").mkdir(parents=True, exist_ok=True)
    shutil.copytree(CDK / app / "out/new", to / "cdk.out")
    return to


def test_assets_are_not_looked_at(tmp_path: Path) -> None:
    folder = _copy("regions", tmp_path)
    inner = folder / "cdk.out" / "asset.0123456789"
    inner.mkdir()
    (inner / "task.json").write_text('{"containerDefinitions": [')
    (inner / "x.template.json").write_text('{"Resources": {"T": {"Type": "AWS::ECS::Service"')
    (folder / "cdk.out" / "Old.template.json").write_text('{"Resources": {"T": {"Type": "AWS::ECS::Service"')
    (folder / ".gitignore").write_text("cdk.out\n*.json\n")
    report = lint(folder)
    assert not report.problems
    assert report.workspace.files == [
        "cdk.out/Local.template.json",
        "cdk.out/Shared.template.json",
        "cdk.out/manifest.json",
    ]


def test_an_assembly_without_ecs_is_no_project(tmp_path: Path) -> None:
    folder = _copy("regions", tmp_path)
    for path in (folder / "cdk.out").glob("*.template.json"):
        path.write_text(path.read_text().replace("AWS::ECS", "AWS::Other").replace("ecs-tasks.amazonaws", "other"))
    assert lint(folder).workspace.projects == []


@pytest.mark.parametrize(
    "manifest", ["{", '{"version": "55.0.0"', "[]", '"aws:cloudformation:stack"', '{"artifacts": 1}']
)
def test_a_broken_manifest(manifest: str, tmp_path: Path) -> None:
    folder = _copy("regions", tmp_path)
    marked = manifest.replace("{", '{"x": "aws:cloudformation:stack", ', 1) if manifest.startswith("{") else manifest
    (folder / "cdk.out" / "manifest.json").write_text(marked)
    report = lint(folder)
    assert [problem.kind for problem in report.problems] == (
        ["json-syntax"] if manifest.count("{") > manifest.count("}") else []
    )


def _changed(folder: Path, change: Any) -> None:
    path = folder / "cdk.out" / "manifest.json"
    data = json.loads(path.read_text())
    change(data["artifacts"])
    path.write_text(json.dumps(data))


@pytest.mark.parametrize("name", ["../../outside.template.json", "/etc/passwd", "gone.template.json", "", 7, None, "."])
def test_a_template_elsewhere_is_not_read(name: object, tmp_path: Path) -> None:
    folder = _copy("regions", tmp_path / "repo")
    (tmp_path / "outside.template.json").write_text('{"Resources": {"T": {"Type": "AWS::ECS::Service"}}}')
    _changed(folder, lambda artifacts: artifacts["Shared"]["properties"].update(templateFile=name))
    report = lint(folder)
    assert not [problem for problem in report.problems if problem.kind == "internal"]
    (found,) = report.workspace.projects
    assert all("outside" not in path and "etc" not in path for path in found.files)
    assert bool(found.open) == (isinstance(name, str))


@pytest.mark.parametrize("name", ["..", ".", "", "a/b", "/", 3])
def test_a_stage_elsewhere_is_not_entered(name: object, tmp_path: Path) -> None:
    folder = _copy("pipeline", tmp_path)
    _changed(folder, lambda artifacts: artifacts["assembly-Dev"]["properties"].update(directoryName=name))
    report = lint(folder)
    assert not [problem for problem in report.problems if problem.kind == "internal"]
    (found,) = report.workspace.projects
    assert found.open
    assert not any(item.address.startswith("Dev/") for item in found.resources)


def test_an_asset_path_outside_is_not_read(tmp_path: Path) -> None:
    folder = _copy("nested", tmp_path / "repo")
    (tmp_path / "evil.json").write_text('{"Resources": {"Evil": {"Type": "AWS::ECS::Service"}}}')
    path = folder / "cdk.out" / "Root.template.json"
    path.write_text(path.read_text().replace("RootMail9E30DAED.nested.template.json", "../../evil.json"))
    (found,) = run(folder).workspace.projects
    assert found.open
    assert all("Evil" not in item.address for item in found.resources)


def test_a_parameter_of_an_assembly(tmp_path: Path) -> None:
    folder = _copy("included", tmp_path)
    _changed(folder, lambda artifacts: artifacts["Legacy"]["properties"].update(parameters={"Tag": "2.0"}))
    (container,) = resource(_project(folder), "Legacy/Included/Task").document.get("containerDefinitions").items()
    assert container.get("image").ends_with(":2.0").yes
    (folder / ".ecslint.yml").write_text("cloudformation: {parameters: {Tag: '3.0'}}\n")
    (container,) = resource(_project(folder), "Legacy/Included/Task").document.get("containerDefinitions").items()
    assert container.get("image").ends_with(":3.0").yes


def test_an_older_schema_is_read_alike(tmp_path: Path) -> None:
    """No display names, the environment and the metadata as schema 21 has them."""
    folder = _copy("regions", tmp_path)
    before = _facts(_project(folder))

    def older(artifacts: dict[str, Any]) -> None:
        for artifact in artifacts.values():
            artifact.pop("displayName", None)
            name = artifact.pop("additionalMetadataFile", None)
            if name:
                artifact["metadata"] = json.loads((folder / "cdk.out" / name).read_text())

    _changed(folder, older)
    assert _facts(_project(folder)) == before


# An application that nobody synthesized


def test_an_application_without_an_assembly(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "cdk.json").write_text('{"app": "python3 app.py"}')
    report = lint(tmp_path)
    (notice,) = report.workspace.notices
    assert notice.path == "cdk.json"
    assert "cdk synth" in notice.help
    assert not report.workspace.files
    assert not report.problems


@pytest.mark.parametrize(
    ("settings", "folder"), [('{"app": "x"}', "cdk.out"), ('{"app": "x", "output": "build/synth"}', "build/synth")]
)
def test_an_application_brings_its_assembly(settings: str, folder: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    shutil.copytree(CDK / "regions/out/new", tmp_path / folder)
    (tmp_path / "cdk.json").write_text(settings)
    report = lint(tmp_path, ["cdk.json"])
    assert not report.workspace.notices
    assert [found.path for found in report.workspace.projects] == [folder]


@pytest.mark.parametrize("folder", ["infra/cdk.out.live", "infra/build/synth"])
def test_an_assembly_by_another_name_is_one(folder: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    shutil.copytree(CDK / "regions/out/new", tmp_path / folder)
    (tmp_path / "infra/cdk.json").write_text('{"app": "x"}')
    report = lint(tmp_path)
    assert not report.workspace.notices
    assert [found.path for found in report.workspace.projects] == [folder]


def test_the_assembly_of_one_application_is_not_that_of_another(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    shutil.copytree(CDK / "regions/out/new", tmp_path / "infra/app/build/synth")
    for folder in ("infra", "infra/app"):
        (tmp_path / folder / "cdk.json").write_text('{"app": "x"}')
    assert [notice.path for notice in lint(tmp_path).workspace.notices] == ["infra/cdk.json"]


# No file of an assembly makes it crash


def _mutations(text: str) -> Iterator[str]:
    """The text cut off, with a character gone, or with words and brackets changed."""
    for cut in (len(text) // 3, len(text) - 2):
        yield text[:cut]
        yield text[:cut] + text[cut + 1 :]
    for old, new in (
        ('"', ""),
        ("{", "["),
        ("Resources", "Outputs"),
        ("Ref", "Fn::GetAtt"),
        ("Fn::", "Fn::X"),
        (": [", ": {}, ["),
    ):
        yield text.replace(old, new, 3)
        yield text.replace(old, new)
    yield "null"


@pytest.mark.parametrize("app", sorted({name.partition("/")[0] for name in NAMES}))
def test_no_mutation_raises(app: str, tmp_path: Path) -> None:
    folder = _copy(app, tmp_path)
    for number, path in enumerate(sorted((folder / "cdk.out").rglob("*.json"))):
        text = path.read_text()
        for mutated in islice(_mutations(text), number % 5, None, 5):
            path.write_text(mutated)
            report = lint(folder)
            assert not [problem for problem in report.problems if problem.kind == "internal"], (path, mutated[:80])
        path.write_text(text)


def test_a_project_knows_what_it_looked_for() -> None:
    report = lint(CDK, ["regions/out/new"])
    (found,) = report.workspace.projects
    folder = "fixtures/cdk/regions/out/new"
    read = {path.removeprefix(f"{folder}/") for path in found.reads if path.startswith(folder)}
    names = {f"{stack}.{kind}.json" for stack in ("Local", "Shared") for kind in ("template", "metadata", "assets")}
    assert read == {"manifest.json", *names}
    shop = lint(CDK, ["shop/out/new"]).workspace.projects[0]
    assert "fixtures/cdk/shop/lib/service-stack.ts" in shop.reads


def test_two_stages_may_export_one_name(tmp_path: Path) -> None:
    folder = _copy("pipeline", tmp_path)
    for path in (folder / "cdk.out").rglob("*.template.json"):
        path.write_text(path.read_text().replace('"Dev-Base:', '"Base:').replace('"Prod-Base:', '"Base:'))
    found = _project(folder)
    for stage in ("Dev", "Prod"):
        (container,) = resource(found, f"{stage}/Web/Task").document.get("containerDefinitions").items()
        assert shown(container.get("image")) == f"<{stage}/Base/Images.url>:latest"


@pytest.mark.parametrize("app", ["secrets", "pipeline"])
def test_an_assembly_without_its_marker_is_read_once(app: str, tmp_path: Path) -> None:
    whole, bare = _copy(app, tmp_path / "whole"), _copy(app, tmp_path / "bare")
    for marker in bare.rglob("cdk.out/**/cdk.out"):
        marker.unlink()
    assert not (bare / "cdk.out" / "cdk.out").exists()
    assert run(bare).workspace.files == run(whole).workspace.files
    assert [each.fingerprint for each in lint(bare).findings] == [each.fingerprint for each in lint(whole).findings]


@pytest.mark.parametrize("library", ["old", "new"])
def test_a_nested_stack_is_found_without_asset_metadata(library: str, tmp_path: Path) -> None:
    """Whoever runs the program itself, and not the CDK's command line, gets no `aws:asset:path`."""
    folder = tmp_path / "repo"
    shutil.copytree(FIXTURES / "cdk" / "nested" / "out" / library, folder / "cdk.out")
    (folder / ".git").mkdir()
    before = _project(folder)
    files: dict[str, Any] = {}
    for path in sorted((folder / "cdk.out").glob("*.template.json")):
        template = json.loads(path.read_text())
        for body in template["Resources"].values():
            inner = body.get("Metadata", {}).pop("aws:asset:path", None)
            if inner is not None:
                (hash,) = re.findall(r"[0-9a-f]{64}", json.dumps(body["Properties"]["TemplateURL"]))
                files[hash] = {"source": {"path": inner, "packaging": "file"}}
        path.write_text(json.dumps(template))
    (folder / "cdk.out" / "Root.assets.json").write_text(json.dumps({"version": "55.0.0", "files": files}))
    assert len(files) == 4
    after = _project(folder)
    assert not after.open
    assert [item.address for item in after.resources] == [item.address for item in before.resources]


@pytest.mark.parametrize("path", ["../evil.json", "/etc/passwd", 7, None, "."])
def test_an_uploaded_template_outside_is_not_read(path: object, tmp_path: Path) -> None:
    folder = _copy("nested", tmp_path / "repo")
    (tmp_path / "evil.json").write_text('{"Resources": {"Evil": {"Type": "AWS::ECS::Service"}}}')
    for name in ("Root.template.json", "Root.metadata.json"):
        target = folder / "cdk.out" / name
        target.write_text(re.sub(r'"aws:(asset:path|cdk:templateFile)"', '"x"', target.read_text()))
    hashes = re.findall(r"/?([0-9a-f]{64})\.json", (folder / "cdk.out" / "Root.template.json").read_text())
    files = {hash: {"source": {"path": path}} for hash in hashes}
    (folder / "cdk.out" / "Root.assets.json").write_text(json.dumps({"files": files}))
    report = lint(folder)
    assert not [problem for problem in report.problems if problem.kind == "internal"]
    resources = [item for found in report.workspace.projects for item in found.resources]
    assert all("Evil" not in item.address for item in resources)


def _beside(folder: Path, properties: dict[str, Any]) -> None:
    """An application of two stacks: a target group that nothing forwards to, and somebody's own code."""
    group = {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "Properties": {"TargetType": "ip", "Port": 80}}
    balanced = {"TargetGroupArn": {"Ref": "Targets"}, "ContainerName": "api", "ContainerPort": 80}
    service = {"Type": "AWS::ECS::Service", "Properties": {"TaskDefinition": "api", "LoadBalancers": [balanced]}}
    output = {"Value": {"Ref": "Targets"}, "Export": {"Name": "Api:Targets"}}
    own = {"Type": "Custom::Script", "Properties": {"ServiceToken": "arn:x", **properties}}
    templates: dict[str, Any] = {
        "Api": {"Resources": {"Targets": group, "Service": service}, "Outputs": {"Targets": output}},
        "Network": {"Resources": {"Vpc": {"Type": "AWS::EC2::VPC"}, "Own": own}},
    }
    artifacts = {
        name: {"type": "aws:cloudformation:stack", "properties": {"templateFile": f"{name}.template.json"}}
        for name in templates
    }
    texts = {f"{name}.template": template for name, template in templates.items()}
    texts |= {"manifest": {"version": "55.0.0", "artifacts": artifacts}}
    (folder / ".git").mkdir()
    (folder / "cdk.out").mkdir()
    (folder / "cdk.out" / "cdk.out").write_text('{"version": "55.0.0"}')
    for name, data in texts.items():
        (folder / "cdk.out" / f"{name}.json").write_text(json.dumps(data))


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        ({"Vpc": {"Ref": "Vpc"}}, 1),
        ({"Targets": {"Fn::ImportValue": "Api:Targets"}}, 0),
        (
            {
                "List": [
                    {"Fn::Sub": ["${A}", {"A": {"Fn::GetStackOutput": {"StackName": "Api", "OutputName": "Targets"}}}]}
                ]
            },
            0,
        ),
    ],
)
def test_own_code_of_another_stack_adds_only_to_what_it_is_told(
    properties: dict[str, Any], told: int, tmp_path: Path
) -> None:
    _beside(tmp_path, properties)
    assert len(lint(tmp_path, select=["target-group-without-listener"]).findings) == told
