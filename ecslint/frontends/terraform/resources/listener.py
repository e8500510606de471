"""Listeners and their rules.

Source: the AWS provider's `internal/service/elbv2/listener.go` and its documentation of `aws_lb_listener`,
`aws_lb_listener_rule` and `aws_lb_listener_certificate`; CreateListener and CreateRule for the names. A listener of an
application load balancer speaks HTTP where it does not say what.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.lowering import (
    Field,
    Made,
    block,
    blocks,
    each,
    nothing,
    number,
    pairs,
    string,
    tags,
    text,
    texts,
    truth,
)
from ecslint.frontends.terraform.resources.type import looked_up, made
from ecslint.value import ABSENT, Key, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

_SESSION = (
    text("on_unauthenticated_request"),
    text("scope"),
    text("session_cookie_name"),
    number("session_timeout"),
    pairs("authentication_request_extra_params"),
)
_ACTION = (
    text("type"),
    number("order"),
    text("target_group_arn"),
    block(
        "forward",
        "forwardConfig",
        blocks("target_group", "targetGroups", text("arn", "targetGroupArn"), number("weight")),
        block("stickiness", "targetGroupStickinessConfig", truth("enabled"), number("duration", "durationSeconds")),
    ),
    block(
        "redirect",
        "redirectConfig",
        text("status_code"),
        text("host"),
        text("path"),
        text("port"),
        text("protocol"),
        text("query"),
    ),
    block("fixed_response", "fixedResponseConfig", text("status_code"), text("content_type"), text("message_body")),
    block(
        "authenticate_cognito",
        "authenticateCognitoConfig",
        text("user_pool_arn"),
        text("user_pool_client_id"),
        text("user_pool_domain"),
        *_SESSION,
    ),
    block(
        "authenticate_oidc",
        "authenticateOidcConfig",
        text("issuer"),
        text("authorization_endpoint"),
        text("token_endpoint"),
        text("user_info_endpoint"),
        text("client_id"),
        *_SESSION,
    ),
)


def _protocol(get: Callable[[str], Value]) -> Value:
    """What is written, or HTTP where the load balancer is one for applications."""
    written = get("protocol")
    if not nothing(written):
        return each(written, string)
    balancer = get("load_balancer_arn").ref
    if balancer is None:
        return Value(Unknown("of which type the load balancer is is not known"))
    kind = balancer.resource.document.get("type")  # type: ignore[attr-defined]  # what a frontend refers to is one
    if nothing(kind) or kind.string == "application":
        return Value("HTTP")
    return Value(ABSENT) if kind.known else Value(Unknown("of which type the load balancer is is not known"))


def _certificates(value: Value) -> Value:
    """The certificate of a listener, which the document has in a list."""
    key = Key("certificateArn")
    inner = Value(Mapping([(key, string(value).under(key))]), value.place)
    return Value(Sequence([inner], "", "list"), value.place, None, value.hops)


_KINDS = {
    "host_header": "host-header",
    "http_header": "http-header",
    "http_request_method": "http-request-method",
    "path_pattern": "path-pattern",
    "query_string": "query-string",
    "source_ip": "source-ip",
}


def _field(get: Callable[[str], Value]) -> Value:
    """What a condition looks at: written out in old versions, else told by the block that it holds."""
    written = get("field")
    if not nothing(written):
        return each(written, string)
    found = [word for name, word in _KINDS.items() if not nothing(get(name))]
    if len(found) == 1:
        return Value(found[0])
    return Value(Unknown("what the condition looks at is not known")) if found else Value(ABSENT)


_CONDITION = (
    Made("field", _field),
    texts("values"),
    block("host_header", "hostHeaderConfig", texts("values")),
    block("http_header", "httpHeaderConfig", text("http_header_name"), texts("values")),
    block("http_request_method", "httpRequestMethodConfig", texts("values")),
    block("path_pattern", "pathPatternConfig", texts("values")),
    block("source_ip", "sourceIpConfig", texts("values")),
)

_ATTRIBUTES = {"arn": "arn", "id": "arn"}
_LISTENER = made(
    "Listener",
    _ATTRIBUTES,
    text("load_balancer_arn"),
    number("port"),
    Made("protocol", _protocol),
    text("ssl_policy"),
    Field("certificate_arn", "certificates", lambda value: each(value, _certificates)),
    blocks("default_action", "defaultActions", *_ACTION),
    tags(),
)
_RULE = made(
    "ListenerRule",
    _ATTRIBUTES,
    text("listener_arn"),
    number("priority"),
    blocks("action", "actions", *_ACTION),
    blocks("condition", "conditions", *_CONDITION),
    tags(),
)
_CERTIFICATE = made("ListenerCertificate", {}, text("listener_arn"), text("certificate_arn"))
_LOOKED_UP = looked_up("Listener", _ATTRIBUTES, text("load_balancer_arn"), number("port"))

TYPES = {
    "aws_alb_listener": _LISTENER,
    "aws_alb_listener_certificate": _CERTIFICATE,
    "aws_alb_listener_rule": _RULE,
    "aws_lb_listener": _LISTENER,
    "aws_lb_listener_certificate": _CERTIFICATE,
    "aws_lb_listener_rule": _RULE,
    "data.aws_alb_listener": _LOOKED_UP,
    "data.aws_lb_listener": _LOOKED_UP,
}
