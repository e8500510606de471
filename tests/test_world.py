"""Worlds: what is true under every way that the conditions could turn out, and what only under some."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING

import pytest
from support import SOON

from ecslint.engine import lint
from ecslint.finding import Confidence, Finding, Severity, Unevaluated
from ecslint.model import Container, Project, Resource, TaskDefinition, Workspace
from ecslint.rule import Rule
from ecslint.source import Folded, SourceFile, Span
from ecslint.value import ABSENT, Choice, Condition, Key, Mapping, Sequence, Unknown, Value
from ecslint.world import MOST_WORLDS, Fork, World, explore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.engine import Report
    from ecslint.rule import Told
    from ecslint.value import Data

FILE = SourceFile("stack.json", "".join(f"line {number}\n" for number in range(500)))
_offsets = itertools.count()


def _value(data: object) -> Value:
    """A value, each with a place of its own; lists and dictionaries become collections."""
    at = next(_offsets) % 3000
    place = Span(FILE, at, at + 1)
    if isinstance(data, Value):
        return data
    if isinstance(data, dict):
        return Value(Mapping([(Key(name), _value(item)) for name, item in data.items()]), place)
    if isinstance(data, list):
        return Value(Sequence([_value(item) for item in data]), place)
    return Value(data, place)  # type: ignore[arg-type]


def _if(condition: Condition, then: object, other: object) -> Value:
    return _value(Choice(condition, _value(then), _value(other)))


def _flag(name: str) -> Condition:
    return Condition(name, f"`{name}` is true", f"`{name}` is false")


def _is(subject: str, literal: str) -> Condition:
    text = f'`{subject}` is "{literal}"'
    return Condition((subject, literal), text, f"not {text}", subject=subject, literal=literal)


def _task(exists: Value | None = None, **entries: object) -> Resource:
    there = Value(True) if exists is None else exists
    return Resource("TaskDefinition", "task", "checkout", _value(entries), Span(FILE, 0, 4), exists=there)


def _project(*resources: Resource) -> Project:
    project = Project("test", "stack.json", resources)
    project.files.append("stack.json")
    return project


def _lint(rule: Rule, *resources: Resource) -> Report:
    return lint(Workspace("/nowhere", [_project(*resources)]), [rule])


class BridgeOnFargate(Rule):
    """Fargate takes `awsvpc` only."""

    id = "bridge-on-fargate"
    stage = "register"
    severity = Severity.ERROR

    def task(self, task: TaskDefinition) -> Iterator[Told]:
        if task.fargate.yes and task.network_mode.equals("bridge").yes:
            yield self.finding(task, "Fargate has no bridge", task.network_mode, "here", "use `awsvpc`")


class Latest(Rule):
    """Any image that ends in `:latest`."""

    id = "latest"
    stage = "rollout"
    severity = Severity.ERROR

    def container(self, container: Container) -> Iterator[Told]:
        if container.image.latest.yes:
            yield self.finding(container, "The tag moves", container.image.value, "here", "use a digest")


# The example of the design


def test_two_choices_by_one_condition_have_two_worlds_not_four() -> None:
    """`networkMode = If(F, awsvpc, bridge)` with `compatibilities = If(F, [FARGATE], [EC2])`: no bridge on Fargate."""
    fargate = _flag("fargate")
    task = _task(
        networkMode=_if(fargate, "awsvpc", "bridge"), requiresCompatibilities=_if(fargate, ["FARGATE"], ["EC2"])
    )
    assert _lint(BridgeOnFargate(), task).findings == []


def test_two_independent_conditions_meet() -> None:
    task = _task(
        networkMode=_if(_flag("vpc"), "awsvpc", "bridge"),
        requiresCompatibilities=_if(_flag("fargate"), ["FARGATE"], ["EC2"]),
    )
    (finding,) = _lint(BridgeOnFargate(), task).findings
    assert finding.message == "Fargate has no bridge, if `fargate` is true and `vpc` is false"
    assert finding.severity is Severity.WARNING
    assert finding.confidence is Confidence.MEDIUM
    assert [(condition.key, met) for condition, met in finding.conditions] == [("fargate", True), ("vpc", False)]


# In all worlds, and in some


def test_what_is_true_in_all_worlds_stays_an_error() -> None:
    flag = _flag("canary")
    container = {"name": "app", "image": _value("app:latest"), "cpu": _if(flag, 256, 512)}
    (finding,) = _lint(Latest(), _task(containerDefinitions=[container])).findings
    assert finding.severity is Severity.ERROR
    assert finding.confidence is Confidence.HIGH
    assert finding.message == "The tag moves"
    assert finding.conditions == ()


def test_what_is_true_in_all_worlds_stays_an_error_where_the_rule_reads_the_condition() -> None:
    class Both(Latest):
        def container(self, container: Container) -> Iterator[Told]:
            container.cpu.equals("1")  # decides nothing
            yield from super().container(container)

    container = {"name": "app", "image": "app:latest", "cpu": _if(_flag("canary"), 256, 512)}
    (finding,) = _lint(Both(), _task(containerDefinitions=[container])).findings
    assert finding.severity is Severity.ERROR
    assert finding.message == "The tag moves"


def test_what_is_true_in_some_worlds_is_a_warning_that_names_the_condition() -> None:
    image = _if(_flag("pinned"), "app@sha256:0", "app:latest")
    (finding,) = _lint(Latest(), _task(containerDefinitions=[{"name": "app", "image": image}])).findings
    assert finding.severity is Severity.WARNING
    assert finding.message == "The tag moves, if `pinned` is false"


def test_a_condition_without_words_for_its_opposite_still_reads() -> None:
    image = _if(Condition("c", "`x` is set"), "app:1", "app:latest")
    (finding,) = _lint(Latest(), _task(containerDefinitions=[{"name": "app", "image": image}])).findings
    assert finding.message == "The tag moves, if not (`x` is set)"


def test_a_warning_in_some_worlds_stays_a_warning() -> None:
    class Mild(Latest):
        severity = Severity.WARNING

    image = _if(_flag("pinned"), "app:1", "app:latest")
    (finding,) = _lint(Mild(), _task(containerDefinitions=[{"name": "app", "image": image}])).findings
    assert finding.severity is Severity.WARNING


def test_an_error_in_one_world_and_a_note_in_the_other_is_certain_of_a_note_only() -> None:
    class Graver(Latest):
        def container(self, container: Container) -> Iterator[Told]:
            worst = Severity.ERROR if container.privileged.true.yes else Severity.NOTE
            yield self.finding(container, "It", container.image.value, "here", "do", severity=worst)

    flag = _flag("root")
    container = {"name": "app", "image": "app:1", "privileged": _if(flag, True, False)}
    (finding,) = _lint(Graver(), _task(containerDefinitions=[container])).findings
    assert finding.severity is Severity.NOTE


def test_only_the_conditions_common_to_all_worlds_are_named() -> None:
    # Under `a` it fails whatever `b` is; `b` is read first.
    class Rude(Latest):
        def container(self, container: Container) -> Iterator[Told]:
            container.cpu.equals("1")
            yield from super().container(container)

    container = {"name": "app", "image": _if(_flag("a"), "app:latest", "app:1"), "cpu": _if(_flag("b"), 1, 2)}
    (finding,) = _lint(Rude(), _task(containerDefinitions=[container])).findings
    assert finding.message == "The tag moves, if `a` is true"


def test_one_of_two_conditions() -> None:
    image = _if(_flag("a"), "app:latest", _if(_flag("b"), "app:latest", "app:1"))
    findings = _lint(Latest(), _task(containerDefinitions=[{"name": "app", "image": image}])).findings
    # The two texts stand at two places, so these are two findings, each under its own conditions.
    assert sorted(finding.message for finding in findings) == [
        "The tag moves, if `a` is false and `b` is true",
        "The tag moves, if `a` is true",
    ]


def test_a_folded_place_is_compared_by_its_span() -> None:
    place = Folded(FILE, 10, 20, ((0, 11), (4, 16)))
    image = _if(_flag("a"), Value("app:latest", place), "app:1")
    (finding,) = _lint(Latest(), _task(containerDefinitions=[{"name": "app", "image": image}])).findings
    assert finding.primary == Span(FILE, 10, 20)


# Equations


def test_two_literals_of_one_subject_are_never_both_met() -> None:
    mode = _if(_is("env", "prod"), "bridge", "awsvpc")
    launch = _if(_is("env", "dev"), ["FARGATE"], ["EC2"])
    assert _lint(BridgeOnFargate(), _task(networkMode=mode, requiresCompatibilities=launch)).findings == []


def test_no_literal_may_be_met() -> None:
    mode = _if(_is("env", "prod"), "awsvpc", "bridge")
    launch = _if(_is("env", "dev"), ["EC2"], ["FARGATE"])
    (finding,) = _lint(BridgeOnFargate(), _task(networkMode=mode, requiresCompatibilities=launch)).findings
    assert finding.message == 'Fargate has no bridge, if not `env` is "dev" and not `env` is "prod"'


@pytest.mark.parametrize("met", [True, False])
def test_an_equation_is_the_same_under_another_name(met: bool) -> None:
    one = Condition("one", "a", subject="env", literal="prod")
    two = Condition("two", "b", subject="env", literal="prod")
    assert World(((one, met),)).holds(two) is met


def test_another_subject_is_open() -> None:
    world = World(((_is("env", "prod"), True),))
    with pytest.raises(Fork):
        world.holds(_is("region", "prod"))
    assert world.holds(_is("env", "dev")) is False
    with pytest.raises(Fork):
        World(((_is("env", "prod"), False),)).holds(_is("env", "dev"))


# Resolution


def test_a_choice_of_choices_is_resolved_to_its_end() -> None:
    world = World(((_flag("a"), True), (_flag("b"), False)))
    nested = _if(_flag("a"), _if(_flag("b"), 1, 2), 3)
    assert world.resolve(nested).data == 2


def test_a_branch_keeps_its_place_and_key_and_takes_the_hops() -> None:
    key = Key("image")
    then = Value("x", Span(FILE, 5, 6)).hop(None, "inside")
    whole = Value(Choice(_flag("a"), then, Value(ABSENT)), Span(FILE, 0, 9), key).hop(None, "outside")
    met = World(((_flag("a"), True),)).resolve(whole)
    assert (met.data, met.place, met.key) == ("x", Span(FILE, 5, 6), key)
    assert [hop.text for hop in met.hops or ()] == ["outside", "inside"]
    unmet = World(((_flag("a"), False),)).resolve(whole)
    assert unmet.data is ABSENT
    assert unmet.place == Span(FILE, 0, 9)


# What does not exist does not count


def test_what_a_key_holds_is_kept_only_where_no_world_changes_it() -> None:
    listed = [{"name": "app"}, _if(_flag("IsBlue"), {"name": "blue"}, {"name": "green"})]
    mode = _if(_flag("IsBlue"), "awsvpc", "bridge")
    project = _project(_task(family="checkout", networkMode=mode, containerDefinitions=listed))
    task = project.noun(TaskDefinition, project.resources[0])
    for met, wanted in ((True, ("awsvpc", "blue")), (False, ("bridge", "green"))):
        project.world = World(((_flag("IsBlue"), met),))
        assert (task.network_mode.string, task.containers[1].name.string) == wanted
        assert task.family.string == "checkout"
    assert {"network_mode", "containers"}.isdisjoint(vars(task))
    assert "family" in vars(task)


def test_a_container_that_is_not_there_in_a_world_does_not_count() -> None:
    sidecar = _if(_flag("debug"), {"name": "debug", "image": "debug:latest"}, ABSENT)
    (finding,) = _lint(Latest(), _task(containerDefinitions=[{"name": "app", "image": "app:1"}, sidecar])).findings
    assert finding.severity is Severity.ERROR
    assert finding.message == "The tag moves"
    assert finding.address == "checkout/debug"


def test_a_task_that_is_not_there_in_a_world_does_not_count() -> None:
    exists = _if(_flag("make"), True, False)
    task = _task(exists, networkMode="bridge", requiresCompatibilities=["FARGATE"])
    (finding,) = _lint(BridgeOnFargate(), task).findings
    assert finding.severity is Severity.ERROR
    assert finding.conditions == ()


def test_a_task_that_is_there_in_no_world_has_no_findings() -> None:
    task = _task(_value(False), networkMode="bridge", requiresCompatibilities=["FARGATE"])
    assert _lint(BridgeOnFargate(), task).findings == []


def test_a_task_whose_number_is_not_known_is_linted() -> None:
    task = _task(_value(Unknown("`count` is not known")), networkMode="bridge", requiresCompatibilities=["FARGATE"])
    (finding,) = _lint(BridgeOnFargate(), task).findings
    assert finding.severity is Severity.ERROR


def test_whole_lists_of_containers_may_be_chosen() -> None:
    one = [{"name": "app", "image": "app:1"}]
    two = [{"name": "app", "image": "app:1"}, {"name": "proxy", "image": "proxy:latest"}]
    (finding,) = _lint(Latest(), _task(containerDefinitions=_if(_flag("mesh"), two, one))).findings
    assert finding.address == "checkout/proxy"
    assert finding.severity is Severity.ERROR


# The cap


def _many(count: int, last: Data = "app:latest") -> Resource:
    environment = [_if(_flag(f"c{index}"), {"name": "A", "value": "1"}, ABSENT) for index in range(count)]
    return _task(containerDefinitions=[{"name": "app", "image": _value(last), "environment": environment}])


class ReadsAll(Latest):
    """Reads every variable before it looks at the image."""

    def container(self, container: Container) -> Iterator[Told]:
        assert container.environment is not None
        yield from super().container(container)


def test_up_to_the_cap_every_world_counts() -> None:
    (finding,) = _lint(ReadsAll(), _many(6)).findings
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize("count", [7, 40, 300])
def test_over_the_cap_nothing_is_certain_and_nothing_is_lost(count: int) -> None:
    start = time.perf_counter()
    (finding,) = _lint(ReadsAll(), _many(count)).findings
    assert finding.severity is Severity.WARNING
    assert finding.confidence is Confidence.MEDIUM
    assert len(finding.message) < 200
    assert time.perf_counter() - start < SOON


def test_over_the_cap_the_clean_stays_clean() -> None:
    assert _lint(ReadsAll(), _many(40, "app:1")).findings == []


def test_explore_stops_at_the_cap() -> None:
    flags = [_flag(str(index)) for index in range(100)]

    def run(world: World) -> list[bool]:
        return [world.holds(flag) for flag in flags]

    results, complete = explore(run)
    assert len(results) == MOST_WORLDS
    assert not complete
    assert len({tuple(found) for _, found in results}) == MOST_WORLDS
    every, all_of_them = explore(lambda world: [world.holds(flag) for flag in flags[:6]])
    assert len(every) == MOST_WORLDS
    assert all_of_them


def test_unrelated_conditions_do_not_multiply() -> None:
    """Each container is looked at for itself, so twelve conditions in twelve containers are two worlds each."""
    containers = [{"name": f"c{index}", "image": _if(_flag(f"f{index}"), "app:1", "app:latest")} for index in range(12)]
    findings = _lint(Latest(), _task(containerDefinitions=containers)).findings
    assert [finding.message for finding in findings] == [
        f"The tag moves, if `f{index}` is false" for index in range(12)
    ]


# A rule that fails


class Broken(Rule):
    """Fails in several ways."""

    id = "broken"
    stage = "register"

    def __init__(self, told: object) -> None:
        super().__init__()
        self.told = told

    def task(self, task: TaskDefinition) -> Iterator[Told]:
        if isinstance(self.told, Exception):
            raise self.told
        yield self.told  # type: ignore[misc]


_PLACELESS = Finding("broken", "register", Severity.ERROR, Confidence.HIGH, "no place", "a", "a", ())


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (ValueError("boom"), "ValueError: boom"),
        (RecursionError("deep"), "RecursionError: deep"),
        ("a text", "TypeError: it told 'a text', which is no finding"),
        (_PLACELESS, "ValueError: a finding has no place: no place"),
    ],
)
def test_a_rule_that_fails_is_a_problem_and_the_others_go_on(told: object, message: str) -> None:
    project = _project(_many(0))
    report = lint(Workspace("/nowhere", [project]), [Broken(told), Latest()])
    assert [problem.message for problem in report.problems] == [f"the rule `broken` failed: {message}"]
    assert report.problems[0].kind == "internal"
    assert report.problems[0].path == "stack.json"
    assert report.problems[0].help == "this is a defect of the rule: report it"
    assert [finding.rule for finding in report.findings] == ["latest"]


def test_a_rule_that_fails_everywhere_says_so_once() -> None:
    project = _project(_many(0), _many(0))
    report = lint(Workspace("/nowhere", [project]), [Broken(ValueError("boom"))])
    assert len(report.problems) == 1


def test_a_document_that_cannot_be_made_is_a_problem() -> None:
    def make() -> Value:
        raise ZeroDivisionError("no document")

    broken = Resource("TaskDefinition", "task", "broken", make, Span(FILE, 0, 4))
    report = _lint(Latest(), broken)
    assert [problem.kind for problem in report.problems] == ["internal"]


def test_the_world_is_left_as_it_was() -> None:
    project = _project(_many(3))
    lint(Workspace("/nowhere", [project]), [ReadsAll()])
    assert project.world.decided == ()


def test_what_is_not_decided_is_told_once_for_all_worlds() -> None:
    class Doubts(Rule):
        id = "doubts"
        stage = "register"

        def container(self, container: Container) -> Iterator[Told]:
            container.cpu.equals("1")
            yield self.undecided(container.image.value, "the image", "nobody knows it")

    container = {"name": "app", "image": "x", "cpu": _if(_flag("a"), 1, 2)}
    report = _lint(Doubts(), _task(containerDefinitions=[container]))
    assert [(item.what, item.why) for item in report.unevaluated] == [("the image", "nobody knows it")]
    assert isinstance(report.unevaluated[0], Unevaluated)
