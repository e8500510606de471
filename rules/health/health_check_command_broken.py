from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container


class HealthCheckCommandBroken(Rule):
    """The command of a health check does not do what it looks like.

    `CMD` runs a program with its arguments, and no shell reads `||`, quotes or spaces in them. `CMD-SHELL` runs one
    command line; further words are not part of it. A container whose check cannot succeed is `UNHEALTHY` and replaced
    over and over; one whose check cannot fail stays `HEALTHY` when it is broken. Found are

    - `line-after-cmd`, `operator-after-cmd`: `CMD` where `CMD-SHELL` is meant;
    - `words-after-shell`, `cmd-twice`: `CMD-SHELL` with the words of `CMD`, or with `CMD` once more;
    - `split-option`: `curl - f`;
    - `piped-to-exit`: `| exit 1` where `|| exit 1` is meant;
    - `quote-not-closed`;
    - `curl-without-fail`: curl takes a response of 500 for a success without `-f`.

    Source: Docker's `daemon/health.go`, whose words the ECS agent hands on; POSIX `sh`; curl's manual, `--fail`.

    ```json bad
    # {
    #   "family": "checkout-api",
    #   "containerDefinitions": [
    #     {
    #       "name": "app",
    #       "image": "public.ecr.aws/nginx/nginx:1.27",
    #       "memory": 256,
            "healthCheck": {"command": ["CMD", "curl -f http://localhost:8080/health || exit 1"]}
    #     }
    #   ]
    # }
    ```

    ```json good
    # {
    #   "family": "checkout-api",
    #   "containerDefinitions": [
    #     {
    #       "name": "app",
    #       "image": "public.ecr.aws/nginx/nginx:1.27",
    #       "memory": 256,
            "healthCheck": {"command": ["CMD-SHELL", "curl -f http://localhost:8080/health || exit 1"]}
    #     }
    #   ]
    # }
    ```
    """

    severity = Severity.WARNING
    since = "0.1"
    symptoms = ("Task failed container health checks",)

    def container(self, container: Container) -> Iterator[Finding]:
        """Read the words of the command, as far as they are known."""
        command = container.health_check.command
        words = [word.outline() for word in command]
        if command.open or not words or None in words:
            return
        from ecslint.facts.check_commands import mistake

        found = mistake([word or "" for word in words])
        if found is None:
            return
        word = command[found.word]
        yield self.finding(
            container,
            found.what,
            at=word.part(found.text) or word,
            label=found.label,
            help=found.help,
            symptom=None if found.row == "curl-without-fail" else self.says(),
            row=found.row,
        )
