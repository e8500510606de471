"""What a credential looks like: the one detector of rules, masks and reporters.

A credential is known by its *format* (a vendor's prefix), by the password in a URL's user part, or, less surely, by
the *name* of the variable that holds it. References, placeholders, documented examples and defaults are none.

Sources: the formats are gitleaks' default rules (`config/gitleaks.toml`, MIT, 2026) for tokens with a fixed prefix,
each issued by the vendor named; the EXAMPLE keys are those of AWS's own documentation.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 65536

# Every repetition is bounded, so that no text takes long to look at.
# (prefix, expression for what follows it, what it is)
FORMATS: tuple[tuple[str, str, str], ...] = (
    ("AKIA", "[A-Z2-7]{16}(?![A-Za-z0-9])", "an AWS access key id"),
    ("ASIA", "[A-Z2-7]{16}(?![A-Za-z0-9])", "an AWS access key id"),
    ("ABSK", "[A-Za-z0-9+/]{109,269}={0,2}", "an Amazon Bedrock API key"),
    ("bedrock-api-key-", "[A-Za-z0-9+/=]{40,300}", "an Amazon Bedrock API key"),
    ("ghp_", "[0-9a-zA-Z]{36}", "a GitHub token"),
    ("gho_", "[0-9a-zA-Z]{36}", "a GitHub token"),
    ("ghu_", "[0-9a-zA-Z]{36}", "a GitHub token"),
    ("ghs_", "[0-9a-zA-Z]{36}", "a GitHub token"),
    ("ghr_", "[0-9a-zA-Z]{36}", "a GitHub token"),
    ("github_pat_", "\\w{82}", "a GitHub token"),
    ("glpat-", "[\\w-]{20}", "a GitLab token"),
    ("gldt-", "[\\w-]{20}", "a GitLab token"),
    ("glrt-", "[\\w-]{20}", "a GitLab token"),
    ("sk-ant-", "(?:api|admin)\\d{2}-[\\w-]{80,300}", "an Anthropic API key"),
    ("sk-", "(?:(?:proj|svcacct|admin)-)?[\\w-]{20,300}T3BlbkFJ[\\w-]{20,300}", "an OpenAI API key"),
    ("sk-or-v1-", "[0-9a-f]{64}", "an OpenRouter API key"),
    ("lsv2_", "(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}", "a LangSmith API key"),
    ("hf_", "[a-zA-Z]{34}(?![a-zA-Z])", "a Hugging Face token"),
    ("gsk_", "[A-Za-z0-9]{52}", "a Groq API key"),
    ("xai-", "[A-Za-z0-9]{80}", "an xAI API key"),
    ("pplx-", "[a-zA-Z0-9]{48}", "a Perplexity API key"),
    ("pcsk_", "[A-Za-z0-9_]{60,300}", "a Pinecone API key"),
    ("AIza", "[\\w-]{35}(?![\\w-])", "a Google API key"),
    ("GOCSPX-", "[\\w-]{28}", "a Google OAuth client secret"),
    ("sk_live_", "[a-zA-Z0-9]{10,99}", "a Stripe secret key"),
    ("rk_live_", "[a-zA-Z0-9]{10,99}", "a Stripe restricted key"),
    ("sk_test_", "[a-zA-Z0-9]{10,99}", "a Stripe test key"),
    ("rk_test_", "[a-zA-Z0-9]{10,99}", "a Stripe test key"),
    ("whsec_", "[A-Za-z0-9+/]{32,300}", "a webhook signing secret"),
    ("sq0csp-", "[\\w-]{43}", "a Square application secret"),
    ("sq0atp-", "[\\w-]{22,60}", "a Square access token"),
    ("shpat_", "[a-fA-F0-9]{32}", "a Shopify access token"),
    ("shpss_", "[a-fA-F0-9]{32}", "a Shopify shared secret"),
    ("xoxb-", "[0-9]{8,14}-[a-zA-Z0-9-]{18,300}", "a Slack bot token"),
    ("xoxp-", "[0-9]{8,14}-[a-zA-Z0-9-]{18,300}", "a Slack user token"),
    ("xapp-", "\\d-[A-Z0-9]+-\\d+-[a-z0-9]+", "a Slack app token"),
    ("hooks.slack.com/", "(?:services|workflows|triggers)/[A-Za-z0-9+/]{40,56}", "a Slack webhook"),
    ("discord.com/api/webhooks/", "\\d{16,20}/[\\w-]{60,300}", "a Discord webhook"),
    ("SG.", "[\\w-]{22}\\.[\\w-]{43}", "a SendGrid API key"),
    ("xkeysib-", "[a-f0-9]{64}-[a-zA-Z0-9]{16}", "a Brevo API key"),
    ("re_", "[A-Za-z0-9]{8}_[A-Za-z0-9]{20,300}", "a Resend API key"),
    ("npm_", "[a-zA-Z0-9]{36}", "an npm token"),
    ("pypi-AgEIcHlwaS5vcmc", "[\\w-]{50,300}", "a PyPI token"),
    ("rubygems_", "[a-f0-9]{48}", "a RubyGems token"),
    ("hvs.", "[\\w-]{90,120}", "a Vault token"),
    ("dp.pt.", "[a-zA-Z0-9]{43}", "a Doppler token"),
    ("dapi", "[a-f0-9]{32}", "a Databricks token"),
    ("dop_v1_", "[a-f0-9]{64}", "a DigitalOcean token"),
    ("dt0c01.", "[A-Za-z0-9]{24}\\.[A-Za-z0-9]{64}", "a Dynatrace token"),
    ("glsa_", "[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}", "a Grafana token"),
    ("glc_", "[A-Za-z0-9+/]{32,400}", "a Grafana Cloud token"),
    ("NRAK-", "[A-Z0-9]{27}", "a New Relic key"),
    ("sntrys_", "[A-Za-z0-9+/_=]{60,300}", "a Sentry token"),
    ("sntryu_", "[a-f0-9]{64}", "a Sentry token"),
    ("PMAK-", "[a-fA-F0-9]{24}-[a-fA-F0-9]{34}", "a Postman API key"),
    ("lin_api_", "[a-zA-Z0-9]{40}", "a Linear API key"),
    ("ntn_", "[0-9]{11}[A-Za-z0-9]{35}", "a Notion token"),
    ("pscale_pw_", "[\\w=.-]{32,64}", "a PlanetScale password"),
    ("pscale_tkn_", "[\\w=.-]{32,64}", "a PlanetScale token"),
    ("sbp_", "[a-f0-9]{40}", "a Supabase access token"),
    ("sb_secret_", "[\\w-]{20,300}", "a Supabase secret key"),
    ("pul-", "[a-f0-9]{40}", "a Pulumi token"),
    ("HRKU-AA", "[0-9a-zA-Z_-]{58}", "a Heroku API key"),
    ("ops_eyJ", "[a-zA-Z0-9+/]{250,450}={0,3}", "a 1Password service account token"),
    ("AGE-SECRET-KEY-1", "[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", "an age secret key"),
    # Up to the line that ends it, or as far as it goes.
    (
        "-----BEGIN ",
        "[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----END)){0,20000}(?:-----END [A-Z0-9 ]{0,60}-----)?",
        "a private key",
    ),
)

# Words that make a name that of a credential: alone, at the end of a word, or before `KEY`.
_SECRET = frozenset("PASSWORD PASSWD PASSPHRASE PASS PWD SECRET SECRETS TOKEN CREDENTIAL CREDENTIALS APIKEY".split())
_SECRET_ENDINGS = ("PASSWORD", "PASSWD", "PASSPHRASE", "APIKEY", "SECRET", "SECRETKEY", "ACCESSKEY", "PRIVATEKEY")
_KEYS = frozenset(
    """
    API ACCESS SECRET PRIVATE ENCRYPTION SIGNING LICENSE AUTH MASTER SERVICE ROLE SHARED STORAGE JWT APP ACCOUNT SESSION
    COOKIE HMAC WEBHOOK ADMIN CLIENT SUBSCRIPTION INGEST INSERT DEPLOY SSH CRYPTO CIPHER SALT SECURITY
    """.split()
)

# Words that make it something else after all: a name, a place, a limit, a switch, what everybody may see.
_OTHER = frozenset(
    """
    ARN ARNS NAME NAMES PREFIX SUFFIX PATH PATHS FILE FILES FILENAME DIR DIRECTORY FOLDER URL URI URLS ENDPOINT HOST
    HOSTNAME PORT REGION PUBLIC PUB PUBLISHABLE ANON ID IDS TTL EXPIRY EXPIRES EXPIRATION EXPIRE EXPIRESIN LIFETIME
    DURATION TIMEOUT INTERVAL MINUTES SECONDS HOURS DAYS MAX MIN LENGTH LIMIT LIMITS COUNT SIZE TYPE KIND FORMAT
    ALGORITHM ALG ALGO ISSUER AUDIENCE HEADER HEADERS FIELD COLUMN ENABLED DISABLED REQUIRED ALLOW ENABLE DISABLE USE
    VERSION PROVIDER STORE MANAGER BACKEND ENGINE POLICY ROTATION SOURCE MODE SCOPE SCOPES LOCATION BUCKET TABLE INDEX
    TAG LABEL ALIAS CLASS HINT RESET VALIDATION STRATEGY ENCODING ROUNDS COST REF SORT PRIMARY PARTITION FOREIGN CACHE
    OBJECT TEMPLATE GENERATION GENERATOR S3 KMS USERNAME USER EMAIL LOGIN
    """.split()
)
_PUBLIC = frozenset("PUBLIC PUB PUBLISHABLE ANON BROWSER".split())
OFTEN_PUBLIC = frozenset({"a Google API key"})
"""Tokens that browsers get to see as well, so that a name that says so is believed."""
IDENTIFIERS = frozenset({"an AWS access key id"})
"""What names a credential and opens nothing without its other half, which may well be kept secret."""

_NOT_SECRET = frozenset({"TASK_TOKEN"})

# A default or a blank that nobody takes for a credential, without case, punctuation and quotes.
_BLANKS = frozenset(
    """
    todo tbd fixme none null nil undefined na empty unset secret password passwd pass token key redacted masked hidden
    default foo bar foobar baz notset notused unused disabled enabled required optional local localhost dev development
    staging production prod abc abc123 secretsmanager ssm vault env aws file string value test testing testtest
    mypassword mysecret mytoken mykey myapikey mysecretkey replacethis replaceme noneprovided notprovided
    """.split()
)
_BLANK_STARTS = tuple("example sample dummy fake mock placeholder lorem resolvedat managedby replacewith".split())
_BLANK_PHRASES = ("changeme", "changethis", "changeit", "pleasechange", "generateby", "generatewith", "opensslrand")
# "Change it in production" is no blank: it says that the value serves until then.
_MEANT = ("changeinprod", "changelater", "changemeinprod", "changethisinprod", "changeitinprod")
_ASKING = ("insert", "enter", "put", "set", "add", "use", "your")
_ASKED = ("your", "here", "key", "token", "secret", "password")

_REFERENCES = (
    *("arn:", "$", "{{", "{%", "<", "ssm:", "secretsmanager:", "vault:", "op://", "aws:", "projects/", "file:"),
    *("http://", "https://", "s3://", "/", "./", "../"),
)
_TRUTHS = frozenset("true false yes no on off y n".split())
_URL_USER = (
    r"[A-Za-z][A-Za-z0-9+.-]{0,20}://([^\s/:@?#'\"]{0,256}):([^\s/@'\"]{1,512}|[^\s@'\"]{1,512})@"
    r"([A-Za-z0-9.\[\]_\0-]*)"
)
_LOCAL_HOST = r"localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|host\.docker\.internal|"
_WORD = r"[a-z0-9]+|[A-Z]+[0-9]*(?![a-z])|[A-Z][a-z0-9]*"
_NUMBER = r"\d{1,9}(\.\d+)?(ms|s|m|h|d|w)?"
_OTHER_HALF = r"(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9/+]{40}"
_RANDOM = r"(?=.*[0-9])(?=.*[A-Za-z])[^\s/:]{16,}"

# A literal in quotes, closed or not, or a bare one; and what stands before it: `"NAME": `, `"name": "NAME", "value": `.
_QUOTED = r"""["'](?P<quoted>(?:[^"'\\\n]|\\.){1,4096})"""
_BARE = r"""(?P<bare>[^\s"'{}\[\]|>!&*$,#:][^\s"',}\]#]{3,1024})"""
_SIGN = r"""["']?[ \t]{0,20}[:=][ \t]{0,20}"""
_NAME = r"(?<![\w.-])(?P<name>[A-Za-z_][\w.-]{0,100})"
_PAIR = _NAME + _SIGN
_ENTRY = rf"""\b[Nn]ame{_SIGN}["']?{_NAME}["']?,?\s{{1,80}}["']?[Vv]alue{_SIGN}"""
_TURNED = rf"""\b[Vv]alue{_SIGN}LITERAL["']?,?\s{{1,80}}["']?[Nn]ame{_SIGN}["']?{_NAME}"""


class Credential(NamedTuple):
    """A credential in a text: `start` and `end` of what is secret, and what it is. `by_name` is less sure."""

    start: int
    end: int
    what: str
    by_name: bool = False


def find(text: str, name: str = "") -> Credential | None:
    """The credential that a literal is or holds; `name` is that of the variable it is given to.

    A NUL stands for a hole, such as a reference, whose text is not known. Only the first 64 KiB are looked at.
    """
    text = text[:LONGEST]
    found = token(text)
    if found is not None and found.what in OFTEN_PUBLIC:
        # Without a name nobody can say whether it is meant to be seen.
        return found._replace(by_name=not name) if _PUBLIC.isdisjoint(_words(name)) else None
    return found or url_password(text) or _named(text, name)


def token(text: str) -> Credential | None:
    """A token of a known format anywhere in the text, but for AWS's documented examples and evident blanks."""
    return next(_tokens(text), None)


def _tokens(text: str) -> Iterator[Credential]:
    if len(text) < 14:
        return
    for prefix, rest, what in FORMATS:
        if prefix in text:
            for found in re.finditer(f"(?<![A-Za-z0-9]){re.escape(prefix)}{rest}", text):
                if "EXAMPLE" not in found.group()[:100].upper() and not _repetitive(found.group()[len(prefix) :]):
                    yield Credential(found.start(), found.end(), what)


def _repetitive(text: str) -> bool:
    """Whether the text is a blank such as `xxxxxxxx` or `0000…`: no vendor issues those."""
    body = re.sub(r"[^A-Za-z0-9]", "", text)
    return len(set(body.lower())) <= 3 and len(body) > 3 and "PRIVATEKEY" not in body


def url_password(text: str) -> Credential | None:
    """The password in a URL's user part, unless it is a placeholder or for the machine itself."""
    return next(_url_passwords(text), None)


def _url_passwords(text: str) -> Iterator[Credential]:
    if "://" not in text or "@" not in text:
        return
    for found in re.finditer(_URL_USER, text):
        password, host = found.group(2), found.group(3)
        if "\0" in password or is_blank(password) or _refers(password):
            continue
        if not re.fullmatch(_LOCAL_HOST, host):
            yield Credential(found.start(2), found.end(2), "the password in a URL")


def passes_password(outline: str) -> bool:
    """Whether a text with holes is a URL whose password is one of them, for another host than the machine itself."""
    return "\0" in outline and any(
        found.group(2) == "\0" and not re.fullmatch(_LOCAL_HOST, found.group(3))
        for found in re.finditer(_URL_USER, outline[: 1 << 20])
    )


def every(text: str, name: str = "") -> list[Credential]:
    """All credentials that a literal holds, in order; `name` is that of the variable it is given to.

    URLs are looked for in the first MiB.
    """
    found = [*_tokens(text), *_url_passwords(text[: 1 << 20])]
    named = None if found else _named(text, name)
    return sorted(found) if named is None else [named]


def mask(text: str, name: str = "") -> str:
    """The text with every credential in it blanked; its length stays."""
    return blanked(text, ((found.start, found.end) for found in every(text, name)))


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with stars in place of some spans of it; those may overlap, and begin or end outside."""
    for start, end in spans:
        first, last = max(start, 0), min(end, len(text))
        if first < last:
            text = text[:first] + "*" * (last - first) + text[last:]
    return text


def in_source(text: str, bare: bool) -> Iterator[tuple[int, int]]:
    """Where a piece of a source text holds credentials, by format, or by the name that stands before a literal.

    This is for what is shown before anybody understood it. With `bare` a literal needs no quotes, as in YAML.
    """
    yield from ((found.start, found.end) for found in every(text))
    literal = rf"(?:{_QUOTED}|{_BARE})" if bare else _QUOTED
    for expression in (_PAIR + literal, _ENTRY + literal, _TURNED.replace("LITERAL", literal)):
        for pair in re.finditer(expression, text):
            kind = "quoted" if pair["quoted"] is not None else "bare"
            if _named(pair[kind], pair["name"]) is not None:
                yield pair.span(kind)


def _named(text: str, name: str) -> Credential | None:
    body = text.strip()
    if not secret_name(name) or len(body) < 4 or "\0" in text:
        return None
    if body.lower() in _TRUTHS or re.fullmatch(_NUMBER, body) or is_blank(body) or _refers(body):
        return None
    if {"AWS", "SECRET", "KEY"} <= set(_words(name)) and re.fullmatch(_OTHER_HALF, body):
        return Credential(0, len(text), "an AWS secret access key")
    # A `…_KEY` of an unknown kind is as often a name as a credential: it must look like one.
    if not _says_secret(_words(name)) and not re.fullmatch(_RANDOM, body):
        return None
    return Credential(0, len(text), f"the value of {name}", by_name=True)


def _refers(text: str) -> bool:
    """Whether a text is a reference to something, or a place for one."""
    return text.startswith(_REFERENCES) or (text[:1] == "%" and text[1:2].isupper())


def is_blank(text: str) -> bool:
    """Whether a text is a default or a blank to be filled in, such as `changeme`."""
    body = "".join(char for char in text.lower() if char.isascii() and char.isalnum())
    if len(set(body)) <= 1 or body in _BLANKS or "example" in body or body.startswith(_BLANK_STARTS):
        return True
    if any(phrase in body for phrase in _BLANK_PHRASES) and not any(phrase in body for phrase in _MEANT):
        return True
    return body.startswith(_ASKING) and any(word in body for word in _ASKED)


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.upper() for word in re.findall(_WORD, name))


@lru_cache(maxsize=4096)
def secret_name(name: str) -> bool:
    """Whether a variable of this name holds a credential: `DB_PASSWORD` does, `SECRET_ARN` and `TOKEN_TTL` do not."""
    words = _words(name)
    if not _OTHER.isdisjoint(words) or "_".join(words) in _NOT_SECRET:
        return False
    return _says_secret(words) or (len(words) > 1 and words[-1] == "KEY")


def _says_secret(words: tuple[str, ...]) -> bool:
    if any(word in _SECRET or word.endswith(_SECRET_ENDINGS) for word in words):
        return True
    return any(first in _KEYS and second == "KEY" for first, second in pairwise(words))
