"""The author's own line: from a stack trace, from a search in the program, or nowhere."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from support import FIXTURES, lint, run, write

from ecslint.files import Files
from ecslint.frontends.cloudformation.sources import Sources
from ecslint.source import Route, authored

if TYPE_CHECKING:
    from pathlib import Path

    from ecslint.model import Project
    from ecslint.source import Span

CDK = FIXTURES / "cdk"


def _where(span: Span | None) -> str:
    """A span as `file:line:text`."""
    if span is None:
        return ""
    line, _ = span.file.position(span.start)
    return f"{span.file.path.rpartition('/')[2]}:{line}:{span.text}"


def _authored(project: Project, template: str, *keys: str | int) -> str:
    """The author's place of a route in a template of a project."""
    for item in project.resources:
        place = item.place
        if isinstance(place, Route) and place.file.path.endswith(template) and place.keys[1] == keys[0]:
            found = authored(Route(place.file, ("Resources", *keys)))
            return _where(found.span if found is not None else None)
    raise AssertionError(keys)


def _project(path: Path) -> Project:
    (found,) = run(path).workspace.projects
    return found


@pytest.mark.parametrize(
    ("variant", "keys", "expected"),
    [
        ("new", ("Task79114B6B",), "service-stack.ts:26:new ecs.FargateTaskDefinition"),
        ("new", ("Task79114B6B", "Properties", "ContainerDefinitions", 0), "service-stack.ts:27:addContainer"),
        (
            "new",
            ("Task79114B6B", "Properties", "ContainerDefinitions", 0, "Secrets", 1, "ValueFrom"),
            "service-stack.ts:34:JWT_SECRET",
        ),
        (
            "new",
            ("Task79114B6B", "Properties", "ContainerDefinitions", 0, "Environment", 1, "Value"),
            "service-stack.ts:31:UPLOADS",
        ),
        ("new", ("BackendService7A4224EE",), "service-stack.ts:40:new ecs.FargateService"),
        # What the library makes inside has a trace without a frame of the user; the construct around it is found.
        ("new", ("TaskExecutionRoleEF964934",), "service-stack.ts:26:new ecs.FargateTaskDefinition"),
        # Without traces, by the path; with those of `CDK_DEBUG`, the line that assigned a property.
        ("old", ("Task79114B6B",), "service-stack.ts:26:new ecs.FargateTaskDefinition"),
        ("old", ("Task79114B6B", "Properties", "ContainerDefinitions", 0), "service-stack.ts:27:addContainer"),
        (
            "old",
            ("BackendService7A4224EE", "Properties", "LoadBalancers"),
            "service-stack.ts:40:new ecs.FargateService",
        ),
        ("old-debug", ("Task79114B6B",), "service-stack.ts:26:new ecs.FargateTaskDefinition"),
        ("new-debug", ("BackendService7A4224EE", "Properties", "LoadBalancers"), "service-stack.ts:48:addTargets"),
        ("new-pathless", ("BackendService7A4224EE",), "service-stack.ts:40:new ecs.FargateService"),
    ],
)
def test_typescript(variant: str, keys: tuple[str | int, ...], expected: str) -> None:
    assert _authored(_project(CDK / "shop/out" / variant), "Service.template.json", *keys) == expected


@pytest.mark.parametrize("variant", ["old", "new"])
@pytest.mark.parametrize(
    ("app", "template", "keys", "expected"),
    [
        ("secrets", "SecretsStack.template.json", ("Task79114B6B",), "ecs.FargateTaskDefinition"),
        (
            "secrets",
            "SecretsStack.template.json",
            ("Task79114B6B", "Properties", "ContainerDefinitions", 0, "Secrets", 3),
            "JWT_SECRET",
        ),
        ("secrets", "SecretsStack.template.json", ("DatabaseB269D8BB",), "rds.DatabaseCluster"),
        # An id made of a variable is told from its fixed part; the nested class from the class of its parent.
        ("groups", "Services.template.json", ("CachedService",), "ecs.FargateService"),
        ("nested", "RootMail9E30DAED.nested.template.json", ("Task79114B6B",), "ecs.FargateTaskDefinition"),
    ],
)
def test_python(app: str, template: str, keys: tuple[str | int, ...], expected: str, variant: str) -> None:
    project = _project(CDK / app / "out" / variant)
    if app == "groups":
        keys = (_logical_id(project, f"Services/{keys[0]}"),)
    lines = (CDK / app / "app.py").read_text().splitlines()
    (line,) = [number for number, text in enumerate(lines, 1) if re.search(rf"{re.escape(expected)}[(\"]", text)]
    assert _authored(project, template, *keys) == f"app.py:{line}:{expected}"


def _logical_id(project: Project, address: str) -> str:
    (found,) = [item.place for item in project.resources if item.address == address]
    assert isinstance(found, Route)
    return str(found.keys[1])


# Programs as text


def _find(folder: Path, path: str, **files: str) -> str:
    named = {name.replace("__", "/").replace("_", "."): text for name, text in files.items()}
    write(folder, named)
    found = Sources(Files(str(folder)), "").find(path)
    return _where(found.span if found is not None else None)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("App", "app.ts:2:new AppStack"),
        ("App/Api/Task/Resource", "lib.ts:8:new ecs.FargateTaskDefinition"),
        ("App/Api/Other", "lib.ts:3:new Api"),
        ("App/Bucket/Policy", "lib.ts:4:new s3.Bucket<string>"),
        ("App/Web1/Service", "lib.ts:5:new Web"),
        ("App/Twice", "app.ts:2:new AppStack"),
        ("Nowhere/Task", ""),
        ("Standalone/Queue", "app.ts:4:new sqs.Queue"),
        ("Standalone/Task", "app.ts:3:new cdk.Stack"),
    ],
)
def test_a_path_is_followed_from_the_outside_in(path: str, expected: str, tmp_path: Path) -> None:
    app = """const app = new cdk.App();
new AppStack(app, 'App', {});
const alone: cdk.Stack = new cdk.Stack(app, "Standalone");
new sqs.Queue(alone, `Queue`);
"""
    lib = """export class AppStack extends cdk.Stack {
  constructor(scope: Construct, id: string) {
    new Api(this, 'Api');
    this.bucket = new s3.Bucket<string>(this, 'Bucket');
    for (const n of [1, 2]) new Web(this, `Web${n}`);
    new A(this, 'Twice'); new B(this, 'Twice'); } }
class Api extends Construct {
  constructor() { const task = new ecs.FargateTaskDefinition(this, 'Task'); } }
class Unrelated extends Construct { constructor() { new ecs.FargateTaskDefinition(this, 'Task'); } }
"""
    ignored = "new Wrong(app, 'App');"
    files = {"app_ts": app, "lib_ts": lib}
    write(tmp_path, {"node_modules/x.ts": ignored, "types.d.ts": ignored, "test/x.ts": ignored, "a.test.ts": ignored})
    assert _find(tmp_path, path, **files) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "App_java",
            'class S extends Stack { S(App app) {\n FargateService.Builder.create(this, "Web").build(); } }\n'
            'class Main { void m() { new S(app, "App"); } }',
            "App.java:2:FargateService.Builder.create",
        ),
        (
            "App_cs",
            'class S : Stack {\n  internal S() { var w = new FargateService(this, "Web", new Props()); } }\n'
            'class Main { void M() { new S(app, "App", props); } }',
            "App.cs:2:new FargateService",
        ),
        (
            "app_go",
            "func NewS(scope constructs.Construct, id string) {\n  stack := awscdk.NewStack(scope, &id, nil)\n"
            '  awsecs.NewFargateService(stack, jsii.String("Web"), nil)\n}\nfunc main() { NewS(app, "App") }',
            "app.go:3:awsecs.NewFargateService",
        ),
        (
            "app_py",
            'class S(Stack):\n  def __init__(self, scope, id):\n    self.é = Web(self, id="Web")\nS(app, "App")\n',
            "app.py:3:Web",
        ),
        ("app_py", 'class S(Stack):\n  def x(self):\n    Web(self, f"We{x}")\nS(app, "App")\n', "app.py:3:Web"),
        ("app_py", 'class S(Stack):\n  def x(self):\n    Web(self, PRE + "b")\nS(app, "App")\n', "app.py:3:Web"),
        ("app_py", 'class S(Stack):\n  def x(self):\n    Web(self, "%sb" % x)\nS(app, "App")\n', "app.py:3:Web"),
        ("app_py", 'class S(Stack):\n  def x(self):\n    Web(self, "W{}".format(x))\nS(app, "App")\n', "app.py:3:Web"),
        ("app_py", 'class S(Stack):\n  def x(self):\n    Web(self, "%sc" % x)\nS(app, "App")\n', "app.py:4:S"),
        ("app_py", 'class S(Stack):\n  def x(self):\n    Web(self, PRE + NAME)\nS(app, "App")\n', "app.py:4:S"),
        ("app_py", "this is no Python", ""),
        ("app_js", "class S { constructor() {\n new x.Web(this, 'Web') } }\nnew S(app, 'App')", "app.js:2:new x.Web"),
    ],
)
def test_every_language(name: str, text: str, expected: str, tmp_path: Path) -> None:
    assert _find(tmp_path, "App/Web/Service", **{name: text}) == expected


# Stack traces

SOURCE = """import 'source-map-support/register';

class AppStack extends cdk.Stack {
  constructor() { super();
    const task = new ecs.FargateTaskDefinition(this, 'Task', {}); } }
new AppStack(app, 'App');
"""


def _assembly(frames: list[str], kind: str) -> dict[str, str]:
    """The files of an application with one task definition, whose trace is given."""
    entry: dict[str, Any] = {"type": "aws:cdk:logicalId", "data": "Task1"}
    creation = {"type": "aws:cdk:creationStack", "data": frames}
    entries = [entry, creation] if kind == "new" else [{**entry, "trace": frames}]
    artifact = {
        "type": "aws:cloudformation:stack",
        "properties": {"templateFile": "App.template.json"},
        "displayName": "App",
        "metadata": {"/App/Task/Resource": entries},
    }
    container = {
        "Name": "web",
        "Environment": [{"Name": "A", "Value": "x"}],
        "Secrets": [{"Name": "A", "ValueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/a"}],
    }
    task = {"Type": "AWS::ECS::TaskDefinition", "Properties": {"ContainerDefinitions": [container]}}
    return {
        "infra/cdk.json": '{"app": "x"}',
        "infra/lib/app.ts": SOURCE,
        "infra/cdk.out/cdk.out": '{"version": "55.0.0"}',
        "infra/cdk.out/manifest.json": json.dumps({"version": "55.0.0", "artifacts": {"App": artifact}}),
        "infra/cdk.out/App.template.json": json.dumps({"Resources": {"Task1": task}}),
    }


GOOD = "app.ts:5:new ecs.FargateTaskDefinition"


@pytest.mark.parametrize("kind", ["new", "old"])
@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        (["...new X in aws-cdk-lib...", "new AppStack (/home/dev/repo/infra/lib/app.ts:5:18)"], GOOD),
        (["new AppStack (C:\\\\work\\\\infra\\\\lib\\\\app.ts:5:18)"], GOOD),
        (["new AppStack (file:///srv/build/lib/app.ts:5:18)"], GOOD),
        (["at /x/lib/app.ts:5:18"], GOOD),
        (["new X (/r/node_modules/aws-cdk-lib/x.js:1:2)", "new AppStack (/r/infra/lib/app.ts:5:18)"], GOOD),
        # The position in a transpiled one-line file, that of no call, and a line that is not there: searched instead.
        (["new AppStack (/r/infra/lib/app.ts:2:3345)"], GOOD),
        (["new AppStack (/r/infra/lib/app.ts:3:1)"], GOOD),
        (["new AppStack (/r/infra/lib/app.ts:999:1)"], GOOD),
        # A file that is not here, no user code at all, and nonsense
        (["new AppStack (/r/infra/lib/other.ts:5:18)"], GOOD),
        (["...aws-cdk-lib...", "(no user code in 10 frames, use --stack-trace-limit to capture more)"], GOOD),
        (["", ":::", "(/:1:1)", "/../../etc/passwd:1:1"], GOOD),
        ([], GOOD),
    ],
)
def test_frames(frames: list[str], expected: str, kind: str, tmp_path: Path) -> None:
    write(tmp_path, _assembly(frames, kind))
    report = lint(tmp_path, select=["name-in-environment-and-secrets"])
    (finding,) = report.findings
    assert _where(finding.primary) == expected
    assert finding.labels[1].text == "as synthesized"
    assert finding.labels[1].place.file.path == "infra/cdk.out/App.template.json"


def test_what_a_compiler_made_is_no_source(tmp_path: Path) -> None:
    files = _assembly(["new AppStack (/r/infra/lib/app.js:1:1)"], "new")
    write(tmp_path, {**files, "infra/lib/app.js": "new ecs.FargateTaskDefinition(this, 'Other')"})
    (finding,) = lint(tmp_path, select=["name-in-environment-and-secrets"]).findings
    assert _where(finding.primary) == GOOD


def test_without_a_program_the_template_has_the_line(tmp_path: Path) -> None:
    files = _assembly(["new AppStack (/r/infra/lib/app.ts:5:18)"], "new")
    del files["infra/lib/app.ts"]
    (finding,) = lint(write(tmp_path, files), select=["name-in-environment-and-secrets"]).findings
    assert finding.primary.file.path == "infra/cdk.out/App.template.json"
    assert finding.primary.text == '"A"'
    assert finding.address == "App/Task/web/secrets[A]"


def test_nothing_is_searched_without_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise AssertionError("the program was read")

    monkeypatch.setattr(Sources, "_read", fail)
    monkeypatch.setattr(Sources, "frame", fail)
    files = _assembly(["new AppStack (/r/infra/lib/app.ts:5:18)"], "new")
    files["infra/cdk.out/App.template.json"] = files["infra/cdk.out/App.template.json"].replace('"A"', '"B"', 1)
    report = lint(write(tmp_path, files), select=["name-in-environment-and-secrets"])
    assert not report.findings
    assert not report.problems


def test_two_faults_of_one_construct_are_two(tmp_path: Path) -> None:
    files = _assembly(["new AppStack (/r/infra/lib/app.ts:5:18)"], "new")
    name = "infra/cdk.out/App.template.json"
    files[name] = files[name].replace('"Secrets": [', '"Secrets": [{"Name": "A", "ValueFrom": "a"}, ')
    report = lint(write(tmp_path, files), select=["name-in-environment-and-secrets"])
    assert len(report.findings) == 2
    assert len({_where(finding.primary) for finding in report.findings}) == 1
    assert len({finding.fingerprint for finding in report.findings}) == 2


def test_the_line_of_a_container(tmp_path: Path) -> None:
    files = _assembly(["new AppStack (/r/infra/lib/app.ts:5:18)"], "new")
    files["infra/lib/app.ts"] = SOURCE + "task.addContainer('web', { environment: env(')'), secrets: { A: x } });\n"
    (finding,) = lint(write(tmp_path, files), select=["name-in-environment-and-secrets"]).findings
    assert _where(finding.primary) == "app.ts:7:A"
    files["infra/lib/app.ts"] = SOURCE + "task.addContainer('web', props);\n"
    (finding,) = lint(write(tmp_path / "1", files), select=["name-in-environment-and-secrets"]).findings
    assert _where(finding.primary) == "app.ts:7:addContainer"
    files["infra/lib/app.ts"] = SOURCE + "a.addContainer('web'); b.addContainer('web');\n"
    (finding,) = lint(write(tmp_path / "2", files), select=["name-in-environment-and-secrets"]).findings
    assert _where(finding.primary) == GOOD


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("t.addContainer('main', { containerName: 'web' });", "app.ts:7:addContainer"),
        ("t.addContainer('main', { containerName: 'other' });", GOOD),
        ("t.addContainer('main', { a: 1 }); t.addVolume({ containerName: 'web' });", GOOD),
        ("a.addContainer('b', { containerName: 'web' }); c.addContainer('d', { containerName: 'web' });", GOOD),
        ("a.addContainer('b', { containerName: 'web' });\nc.addContainer('web', {});", "app.ts:8:addContainer"),
    ],
)
def test_a_container_may_have_another_name_than_id(text: str, place: str, tmp_path: Path) -> None:
    files = _assembly(["new AppStack (/r/infra/lib/app.ts:5:18)"], "new")
    files["infra/lib/app.ts"] = SOURCE + text + "\n"
    (finding,) = lint(write(tmp_path, files), select=["name-in-environment-and-secrets"]).findings
    assert _where(finding.primary) == place


def test_one_line_that_makes_many_things_is_one_finding(tmp_path: Path) -> None:
    """A class of the program that is used twice, and a library's construct that makes two things alike."""
    files = _assembly([], "new")
    name = "infra/cdk.out/App.template.json"
    data = json.loads(files[name])
    task = data["Resources"].pop("Task1")
    paths = {"One1": "App/One/Task/Resource", "Two2": "App/Two/Task/Resource"}
    for logical_id, path in paths.items():
        data["Resources"][logical_id] = {**task, "Metadata": {"aws:cdk:path": path}}
    files[name] = json.dumps(data)
    files["infra/lib/app.ts"] = (
        "class Web extends Construct { constructor() { new ecs.TaskDefinition(this, 'Task'); } }\n"
        "class AppStack extends cdk.Stack { constructor() { new Web(this, 'One'); new Web(this, 'Two'); } }\n"
        "new AppStack(app, 'App');\n"
    )
    (finding,) = lint(write(tmp_path, files), select=["name-in-environment-and-secrets"]).findings
    assert _where(finding.primary) == "app.ts:1:new ecs.TaskDefinition"
    addresses = [item.address for item in finding.instances]
    assert addresses == ["App/One/Task/web/secrets[A]", "App/Two/Task/web/secrets[A]"]
    # One construct of the library that makes two things: they are two, though one line made both.
    files[name] = files[name].replace("App/Two/Task/Resource", "App/One/Task/Other/Resource")
    findings = lint(write(tmp_path / "1", files), select=["name-in-environment-and-secrets"]).findings
    assert [_where(item.primary) for item in findings] == ["app.ts:1:new ecs.TaskDefinition"] * 2


def test_a_loop_that_makes_services_is_one_finding(tmp_path: Path) -> None:
    """The library calls what is inside of a service `Service`, which fits an id that ends so."""
    frames = ["new AppStack (/r/infra/lib/app.ts:1:1)"]
    files = _assembly(frames, "new")
    files["infra/lib/app.ts"] = "new ecs.FargateService(stack, `${name}Service`, {});\n"
    manifest = json.loads(files["infra/cdk.out/manifest.json"])
    metadata = manifest["artifacts"]["App"]["metadata"]
    limits = {"MinimumHealthyPercent": 100, "MaximumPercent": 100}
    resources = {}
    for id in ("One", "Two"):
        resources[id] = {"Type": "AWS::ECS::Service", "Properties": {"DeploymentConfiguration": limits}}
        entries = [{"type": "aws:cdk:logicalId", "data": id}, {"type": "aws:cdk:creationStack", "data": frames}]
        metadata[f"/App/{id}Service/Service"] = entries
    files["infra/cdk.out/manifest.json"] = json.dumps(manifest)
    files["infra/cdk.out/App.template.json"] = json.dumps({"Resources": resources})
    (finding,) = lint(write(tmp_path, files), select=["deployment-cannot-proceed"]).findings
    assert [item.address for item in finding.instances] == ["App/OneService", "App/TwoService"]


def test_what_passes_between_stacks_is_told_at_its_use(tmp_path: Path) -> None:
    """An export is the library's own text; who reads it is a person's."""
    files = _assembly(["new AppStack (/r/infra/lib/app.ts:5:18)"], "new")
    name = "infra/cdk.out/App.template.json"
    data = json.loads(files[name])
    (container,) = data["Resources"]["Task1"]["Properties"]["ContainerDefinitions"]
    container["Secrets"] = [{"Name": "B", "ValueFrom": {"Fn::ImportValue": "Data:Token"}}]
    files[name] = json.dumps(data)
    output = {"Value": {"Ref": "Token1"}, "Export": {"Name": "Data:Token"}}
    secret = {"Type": "AWS::SecretsManager::Secret"}
    template = {"Resources": {"Token1": secret}, "Outputs": {"ExportsOutputRefToken1": output}}
    files["infra/cdk.out/Data.template.json"] = json.dumps(template)
    manifest = json.loads(files["infra/cdk.out/manifest.json"])
    manifest["artifacts"]["Data"] = {
        "type": "aws:cloudformation:stack",
        "properties": {"templateFile": "Data.template.json"},
    }
    files["infra/cdk.out/manifest.json"] = json.dumps(manifest)
    (finding,) = lint(write(tmp_path, files), select=["secret-without-value"]).findings
    assert _where(finding.primary) == GOOD
    assert [label.place.file.path.rpartition("/")[2] for label in finding.labels[1:3]] == [
        "App.template.json",
        "Data.template.json",
    ]
