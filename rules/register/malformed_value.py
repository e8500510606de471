from __future__ import annotations

from ecslint.facts import row
from ecslint.facts.formats import FORMATS, LONGEST, LONGEST_IMAGE, Format
from ecslint.lean import TYPE_CHECKING
from ecslint.model.noun import collect
from ecslint.rule import DocumentRule, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model.shape import Entry, Shaped

HEALTH_CHECK = Format(
    # The Open Telemetry collector's own examples give `["/healthcheck"]`, so it is no certain refusal.
    "health-check-command",
    "HealthCheck",
    "command",
    "the command of a health check",
    "begin with `CMD-SHELL` and one command line, or with `CMD` and the words of the command",
    severity="warning",
)

ROLES = {"task-role", "execution-role"}

_BY_MEMBER = row.by_member(FORMATS)

IMAGE = ("ContainerDefinition", "image")


class MalformedValue(DocumentRule):
    """A text does not have the form that ECS takes: a name, an image, a role, an ARN, a range of ports.

    Typical are a blank behind an image's tag, a variable that nobody replaced (`$IMAGE`), an image with capitals, a role
    that is the ARN of something else, an environment file given as a URL. An empty role is refused since 2024;
    Terraform leaves it out, and so does the GitHub Action, so in JSON it is a warning.

    Source: botocore's model of Amazon ECS; the grammar of image references (distribution/reference); public threads
    (fabfuel/ecs-deploy#231); the texts as cdk-preflight quotes them from real deployments.

    ```json bad
      {
        "family": "checkout-api",
        "containerDefinitions": [{"name": "checkout api", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256}]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "containerDefinitions": [{"name": "checkout-api", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256}]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = (*FORMATS, HEALTH_CHECK)
    symptoms = row.symptoms(rows)
    peers = (*row.peers(rows), "cfn-lint: E3031")
    covers = (
        "family-format",
        "container-name-format",
        "image-invalid-chars",
        "role-arn-empty",
        "tags-reserved",
        "port-name-format",
        "hc-command-prefix",
        "envfile-ext",
        "envfile-arn",
        "credentialspecs-prefix",
        "image-digest-format",
        "image-length",
        "sc-alias-dns",
        "service-name-format",
        "service-name-length",
    )

    def object(self, whole: Shaped) -> Iterator[Finding]:
        """Look at every text."""
        for entry in whole.leaves():
            member = (whole.structure, entry.key.name)
            for form in _BY_MEMBER.get(member, ()):
                yield from self._judge(whole, entry, form)
            if member in LONGEST or member == IMAGE:
                yield from self._too_long(whole, entry)
        if whole.structure == "HealthCheck":
            yield from self._command(whole)

    def _judge(self, whole: Shaped, entry: Entry, form: Format) -> Iterator[Finding]:
        value = entry.value
        if not entry.is_text:
            return
        if value.equals("").yes:
            # Terraform and the GitHub Action leave an empty role out, CloudFormation passes it on.
            if form.id in ROLES and not whole.deployer.within:
                yield self._told(whole, entry, form, Severity.ERROR if whole.deployer.converts else Severity.WARNING)
            return
        if form.unless and not value.matches(form.unless).no:
            return
        if value.matches(form.matches).no if form.matches else value.matches(form.never).yes:
            replaced = form.replaced and value.matches(form.replaced).yes
            yield self._told(whole, entry, form, Severity.WARNING if replaced else Severity.of(form.severity))

    def _told(self, whole: Shaped, entry: Entry, form: Format, severity: Severity) -> Finding:
        shown = f"`{entry.value.string}`" if entry.value.string else "This"
        return self.finding(
            whole.noun,
            f"{shown} is not {form.what} that ECS takes",
            at=entry.value,
            label=f"not {form.what}",
            help=form.help,
            symptom=form.symptom or None,
            severity=severity,
            row=form.id,
        ).only_if(entry.world.decided)

    def _too_long(self, whole: Shaped, entry: Entry) -> Iterator[Finding]:
        member = (whole.structure, entry.key.name)
        image = member == IMAGE
        text = entry.value.string or ""
        most = LONGEST_IMAGE if image and "@" not in text else LONGEST.get(member)
        if most is not None and len(text) > most:
            yield self.finding(
                whole.noun,
                f"`{entry.key.written}` has {len(text)} characters, ECS takes {most}",
                at=entry.value,
                label=f"more than {most} characters",
                help="choose a shorter name",
                severity=Severity.WARNING if image else Severity.ERROR,
                row="length",
            ).only_if(entry.world.decided)

    def _command(self, whole: Shaped) -> Iterator[Finding]:
        for world, value in whole.member("command"):
            words = collect(whole.noun, value, lambda item, _: item)
            if words.open or not words.items:
                continue
            kind = words[0].one_of(("CMD", "CMD-SHELL", "NONE"))
            if kind.no or (len(words) == 1 and words[0].one_of(("CMD", "CMD-SHELL")).yes):
                yield self.finding(
                    whole.noun,
                    "The command of the health check does not say how it is run"
                    if kind.no
                    else "The health check has no command",
                    at=words[0],
                    label="must be `CMD` or `CMD-SHELL`" if kind.no else "nothing follows",
                    help=HEALTH_CHECK.help,
                    severity=Severity.WARNING,
                    row=HEALTH_CHECK.id,
                ).only_if(world.decided)
