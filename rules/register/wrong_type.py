from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.model.shape import route
from ecslint.rule import DocumentRule, Edit, Finding, Fix, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model.shape import Entry, Shaped
    from ecslint.value import Value

WANTED = {
    # kind of type: (kind of value, what a person calls it, Python's, Go's, CloudFormation's)
    "string": ("string", "text in quotes", "<class 'str'>", "string", "String"),
    "integer": ("number", "a whole number", "<class 'int'>", "int32", "Integer"),
    "number": ("number", "a number", "<class 'float'>", "float64", "Number"),
    "boolean": ("boolean", "`true` or `false`", "<class 'bool'>", "bool", "Boolean"),
    "map": ("object", "an object", "<class 'dict'>", "map[string]string", "JSONObject"),
    "structure": ("object", "an object", "<class 'dict'>", "map[string]string", "JSONObject"),
    "list": ("array", "a list", "<class 'list'>, <class 'tuple'>", "[]string", "JSONArray"),
}

FOUND = {
    # kind of value: (what a person calls it, Python's, Go's, CloudFormation's)
    "string": ("text", "<class 'str'>", "string", "String"),
    "number": ("a number", "<class 'int'>", "number", "Integer"),
    "boolean": ("a truth value", "<class 'bool'>", "bool", "Boolean"),
    "object": ("an object", "<class 'dict'>", "object", "JSONObject"),
    "array": ("a list", "<class 'list'>", "array", "JSONArray"),
}


class WrongType(DocumentRule):
    """A value is of another type than the API takes: a number in quotes, a list that is text, an object for a list.

    The AWS CLI and Terraform's provider check every type before they ask the API, and the API itself cannot read the
    text `"80"` as a number. CloudFormation turns numbers, texts and truth values into each other where it can, so there
    only what cannot be turned is told.

    Source: botocore's model of Amazon ECS and its validation (`aws-samples/aws-containers-task-definitions#3`); the
    texts of Terraform from hashicorp/terraform#2606 and cloudposse/terraform-aws-ecs-container-definition#100, of the
    API from aws-actions/amazon-ecs-deploy-task-definition#587.

    ```json bad
      {
        "family": "checkout-api",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "portMappings": [{"containerPort": "8080"}]
          }
        ]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "cpu": "256",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "environment": [{"name": "PORT", "value": "8080"}],
            "portMappings": [{"containerPort": 8080}]
          }
        ]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "Invalid type for parameter {where}, value: {value}, type: {found}, valid types: {wanted}",
        "Error decoding JSON: json: cannot unmarshal {found} into Go struct field {where} of type {wanted}",
        "expected type: {wanted}, found: {found}",
        "STRING_VALUE cannot be converted to Integer",
    )
    peers = ("cfn-lint: E3012",)
    covers = ("json-types",)

    def object(self, whole: Shaped) -> Iterator[Finding]:
        """Compare every value with its type."""
        entries = [*whole.leaves(), *whole.holders()] if whole.raw else list(_decoded(whole))
        for entry in entries:
            kind = entry.value.kind
            wanted = entry.type.kind if entry.type is not None else ""
            if kind not in FOUND or wanted not in WANTED:
                continue
            # Most texts are where texts belong.
            if kind == wanted == "string":
                continue
            if not _fits(entry.value, kind, wanted, whole.deployer.converts, bool(whole.deployer.within)):
                yield self._told(whole, entry, kind, wanted)

    def _told(self, whole: Shaped, entry: Entry, kind: str, wanted: str) -> Finding:
        key, value = entry.key, entry.value
        shown = f" `{value.string}`" if value.string else ""
        return self.finding(
            whole.noun,
            f"`{key.written}` is {FOUND[kind][0]}{shown}, where {WANTED[wanted][1]} belongs",
            at=value,
            label=f"must be {WANTED[wanted][1]}",
            help="give one attribute of the object, such as its `arn`"
            if (wanted, kind) == ("string", "object")
            else f"write {WANTED[wanted][1]}",
            symptom=self._symptom(whole, entry, kind, wanted),
            fix=_fix(value, kind, wanted),
        ).only_if(entry.world.decided)

    def _symptom(self, whole: Shaped, entry: Entry, kind: str, wanted: str) -> str:
        _, _, python, go, template = WANTED[wanted]
        if whole.deployer.within:
            where = f"{whole.structure}.{entry.key.name[:1].upper()}{entry.key.name[1:]}"
            return self.says(1, found=FOUND[kind][2], where=where, wanted=go)
        if whole.deployer.spelling == "cloudformation":
            return self.says(2, wanted=template, found=FOUND[kind][3])
        above = route(whole.noun)
        where = f"{above}.{entry.key.written}" if above else entry.key.written
        return self.says(0, where=where, value=entry.value.string or "…", found=FOUND[kind][1], wanted=python)


def _decoded(whole: Shaped) -> Iterator[Entry]:
    """The part that the deployer decodes itself, and its elements."""
    return (entry for entry in whole.holders() if entry.key.name == whole.deployer.within)


def _fits(value: Value, kind: str, wanted: str, converts: bool, final: bool) -> bool:
    """Whether a value of a kind will do for a type; so does whatever is not known.

    What stands in quotes around an interpolation of Terraform's stays in them: the text is `final`. Whoever replaces a
    placeholder in a file may take its quotes along.
    """
    if kind == WANTED[wanted][0]:
        return wanted != "integer" or value.scalar is None or value.matches(r"-?\d+").yes
    if kind == "string" and not value.known:
        return not (final and value.textual and wanted != "string")
    if not converts or wanted in {"list", "map", "structure"} or kind in {"array", "object"}:
        return False
    form = {
        "integer": r"\s*-?\d+(\.0+)?\s*",
        "number": r"\s*-?\d+(\.\d+)?\s*",
        "boolean": "[Tt]rue|[Ff]alse|TRUE|FALSE",
    }
    return wanted == "string" or value.matches(form[wanted]).yes


def _fix(value: Value, kind: str, wanted: str) -> Fix | None:
    """Take the quotes off, or put them on, where the value stands there as it is."""
    text = value.string
    place = value.place.span() if value.place is not None and value.hops is None else None
    if text is None or place is None:
        return None
    number = wanted == "integer" and kind == "string" and value.matches(r"\d+").yes
    if place.text == f'"{text}"' and (number or (wanted == "boolean" and value.one_of(("true", "false")).yes)):
        return Fix("take the quotes off", (Edit(place, text),))
    if place.text == text and wanted == "string":
        return Fix("put it in quotes", (Edit(place, f'"{text}"'),))
    return None
