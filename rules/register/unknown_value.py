from __future__ import annotations

from ecslint.facts import row
from ecslint.facts.enumerations import BESIDES, CLOSED, MEANT, VALUES
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import DocumentRule, Edit, Finding, Fix, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.facts.shapes import Type
    from ecslint.model.shape import Entry, Shaped
    from ecslint.value import Value


class UnknownValue(DocumentRule):
    """A value is none of those that the API knows for this key.

    It is an error where the set of values is old and closed (`networkMode`, `dependsOn` conditions, `ulimits` names …) or
    where the value is known from elsewhere (`amd64` for `X86_64`, `FARGATE_SPOT` for a launch type). Everywhere else,
    and where only the case of letters differs, it is a warning: AWS adds values often, and the API reads some of them
    more kindly than it says.

    Source: botocore's model of Amazon ECS; hashicorp/terraform-provider-aws#3645 (`http` silently becomes `tcp`).

    ```json bad
      {
        "family": "checkout-api",
        "networkMode": "vpc",
    #   "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256}]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "networkMode": "awsvpc",
    #   "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256}]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = VALUES
    symptoms = row.symptoms(rows)
    peers = ("cfn-lint: E3030",)
    covers = (
        "placement-type",
        "runtime-enum",
        "operating-system-enum",
        "compat-enum",
        "log-driver-enum",
        "appprotocol-enum",
        "ulimit-name",
        "envfile-type",
        "version-consistency-enum",
        "launch-type-fargate-spot",
    )

    def object(self, whole: Shaped) -> Iterator[Finding]:
        """Look at every value of an enumeration."""
        for entry in whole.leaves():
            type = entry.type
            if type is None or not type.values or not (entry.is_text or _becomes_text(whole, entry)):
                continue
            if entry.value.one_of((*type.values, *BESIDES.get(type.name, ()), "")).no:
                yield self._told(whole, entry, type).only_if(entry.world.decided)

    def _told(self, whole: Shaped, entry: Entry, type: Type) -> Finding:
        value, enumeration, known = entry.value, type.name, type.values
        written = value.string or "this"
        own = next((own for own in VALUES if own.enumeration == enumeration and value.equals(own.value).yes), None)
        same = next((name for name in known if name.lower() == written.lower()), None)
        meant = MEANT.get(enumeration, {}).get(written.lower())
        near = same or meant or _close(written, known)
        certain = own is not None or meant is not None or (enumeration in CLOSED and same is None)
        listed = ", ".join(f"`{name}`" for name in known[:8])
        return self.finding(
            whole.noun,
            f"`{written}` is no value of `{entry.key.written}`",
            at=value,
            label=f"did you mean `{near}`?" if near and own is None else f"the values are {listed}",
            help=own.help if own is not None else f"write `{near}`" if near else f"write one of {listed}",
            severity=Severity.ERROR if certain else Severity.WARNING,
            fix=_fix(value, written, near) if same is not None else None,
            row=own.id if own is not None else "",
        )


def _becomes_text(whole: Shaped, entry: Entry) -> bool:
    """Whether the deployer makes a text of the value: CloudFormation makes `true` the text `true`."""
    return whole.deployer.converts and entry.value.scalar is not None


def _close(written: str, known: tuple[str, ...]) -> str | None:
    from difflib import get_close_matches

    by_lower = {name.lower(): name for name in known}
    return next((by_lower[match] for match in get_close_matches(written.lower(), by_lower, 1, 0.75)), None)


def _fix(value: Value, written: str, wanted: str | None) -> Fix | None:
    place = value.part(written)
    if wanted is None or place is None or value.hops is not None or place.span().text != written:
        return None
    return Fix(f"write `{wanted}`", (Edit(place.span(), wanted),))
