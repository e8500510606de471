"""What a credential looks like: the one detector of rules, masks and reporters.

A credential is known by its *format* (a vendor's prefix), by the password in a URL's user part, or, less surely, by
the *name* of the variable that holds it. References, placeholders, documented examples and defaults are none.

Sources: the formats are gitleaks' default rules (`config/gitleaks.toml`, MIT, 2026) for tokens with a fixed prefix,
each issued by the vendor named; the EXAMPLE keys are those of AWS's own documentation.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

# (prefix, expression for what follows it, what it is)
FORMATS: tuple[tuple[str, str, str], ...] = (
    ("AKIA", "[A-Z2-7]{16}(?![A-Za-z0-9])", "an AWS access key id"),
    ("ASIA", "[A-Z2-7]{16}(?![A-Za-z0-9])", "an AWS access key id"),
    ("ABSK", "[A-Za-z0-9+/]{109,269}={0,2}", "an Amazon Bedrock API key"),
    ("bedrock-api-key-", "[A-Za-z0-9+/=]{40,}", "an Amazon Bedrock API key"),
    ("ghp_", "[0-9a-zA-Z]{36}", "a GitHub token"),
    ("gho_", "[0-9a-zA-Z]{36}", "a GitHub token"),
    ("ghu_", "[0-9a-zA-Z]{36}", "a GitHub token"),
    ("ghs_", "[0-9a-zA-Z]{36}", "a GitHub token"),
    ("ghr_", "[0-9a-zA-Z]{36}", "a GitHub token"),
    ("github_pat_", "\\w{82}", "a GitHub token"),
    ("glpat-", "[\\w-]{20}", "a GitLab token"),
    ("gldt-", "[\\w-]{20}", "a GitLab token"),
    ("glrt-", "[\\w-]{20}", "a GitLab token"),
    ("sk-ant-", "(?:api|admin)\\d{2}-[\\w-]{80,}", "an Anthropic API key"),
    ("sk-", "(?:(?:proj|svcacct|admin)-)?[\\w-]{20,}T3BlbkFJ[\\w-]{20,}", "an OpenAI API key"),
    ("sk-or-v1-", "[0-9a-f]{64}", "an OpenRouter API key"),
    ("lsv2_", "(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}", "a LangSmith API key"),
    ("hf_", "[a-zA-Z]{34}(?![a-zA-Z])", "a Hugging Face token"),
    ("gsk_", "[A-Za-z0-9]{52}", "a Groq API key"),
    ("xai-", "[A-Za-z0-9]{80}", "an xAI API key"),
    ("pplx-", "[a-zA-Z0-9]{48}", "a Perplexity API key"),
    ("pcsk_", "[A-Za-z0-9_]{60,}", "a Pinecone API key"),
    ("AIza", "[\\w-]{35}(?![\\w-])", "a Google API key"),
    ("GOCSPX-", "[\\w-]{28}", "a Google OAuth client secret"),
    ("sk_live_", "[a-zA-Z0-9]{10,99}", "a Stripe secret key"),
    ("rk_live_", "[a-zA-Z0-9]{10,99}", "a Stripe restricted key"),
    ("sk_test_", "[a-zA-Z0-9]{10,99}", "a Stripe test key"),
    ("rk_test_", "[a-zA-Z0-9]{10,99}", "a Stripe test key"),
    ("whsec_", "[A-Za-z0-9+/]{32,}", "a webhook signing secret"),
    ("sq0csp-", "[\\w-]{43}", "a Square application secret"),
    ("sq0atp-", "[\\w-]{22,60}", "a Square access token"),
    ("shpat_", "[a-fA-F0-9]{32}", "a Shopify access token"),
    ("shpss_", "[a-fA-F0-9]{32}", "a Shopify shared secret"),
    ("xoxb-", "[0-9]{8,14}-[a-zA-Z0-9-]{18,}", "a Slack bot token"),
    ("xoxp-", "[0-9]{8,14}-[a-zA-Z0-9-]{18,}", "a Slack user token"),
    ("xapp-", "\\d-[A-Z0-9]+-\\d+-[a-z0-9]+", "a Slack app token"),
    ("hooks.slack.com/", "(?:services|workflows|triggers)/[A-Za-z0-9+/]{40,56}", "a Slack webhook"),
    ("discord.com/api/webhooks/", "\\d{16,20}/[\\w-]{60,}", "a Discord webhook"),
    ("SG.", "[\\w-]{22}\\.[\\w-]{43}", "a SendGrid API key"),
    ("xkeysib-", "[a-f0-9]{64}-[a-zA-Z0-9]{16}", "a Brevo API key"),
    ("re_", "[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}", "a Resend API key"),
    ("npm_", "[a-zA-Z0-9]{36}", "an npm token"),
    ("pypi-AgEIcHlwaS5vcmc", "[\\w-]{50,}", "a PyPI token"),
    ("rubygems_", "[a-f0-9]{48}", "a RubyGems token"),
    ("hvs.", "[\\w-]{90,120}", "a Vault token"),
    ("dp.pt.", "[a-zA-Z0-9]{43}", "a Doppler token"),
    ("dapi", "[a-f0-9]{32}", "a Databricks token"),
    ("dop_v1_", "[a-f0-9]{64}", "a DigitalOcean token"),
    ("dt0c01.", "[A-Za-z0-9]{24}\\.[A-Za-z0-9]{64}", "a Dynatrace token"),
    ("glsa_", "[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}", "a Grafana token"),
    ("glc_", "[A-Za-z0-9+/]{32,400}", "a Grafana Cloud token"),
    ("NRAK-", "[A-Z0-9]{27}", "a New Relic key"),
    ("sntrys_", "[A-Za-z0-9+/_=]{60,}", "a Sentry token"),
    ("sntryu_", "[a-f0-9]{64}", "a Sentry token"),
    ("PMAK-", "[a-fA-F0-9]{24}-[a-fA-F0-9]{34}", "a Postman API key"),
    ("lin_api_", "[a-zA-Z0-9]{40}", "a Linear API key"),
    ("ntn_", "[0-9]{11}[A-Za-z0-9]{35}", "a Notion token"),
    ("pscale_pw_", "[\\w=.-]{32,64}", "a PlanetScale password"),
    ("pscale_tkn_", "[\\w=.-]{32,64}", "a PlanetScale token"),
    ("sbp_", "[a-f0-9]{40}", "a Supabase access token"),
    ("sb_secret_", "[\\w-]{20,}", "a Supabase secret key"),
    ("pul-", "[a-f0-9]{40}", "a Pulumi token"),
    ("HRKU-AA", "[0-9a-zA-Z_-]{58}", "a Heroku API key"),
    ("ops_eyJ", "[a-zA-Z0-9+/]{250,}={0,3}", "a 1Password service account token"),
    ("AGE-SECRET-KEY-1", "[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", "an age secret key"),
    ("-----BEGIN ", "[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----", "a private key"),
)

# Words of a name that make its value a credential, and words that make it something else after all.
_SECRET_WORDS = re.compile(
    r"(?:^|_)(?:[A-Z0-9]*(?:PASSWORD|PASSWD|PASSPHRASE|APIKEY)|PASS|PWD|[A-Z]*SECRET|SECRETS|TOKEN|CREDENTIALS?"
    r"|(?:API|ACCESS|SECRET|PRIVATE|ENCRYPTION|SIGNING|LICENSE|AUTH|MASTER|SERVICE|ROLE|SHARED|STORAGE|JWT"
    r"|APP|ACCOUNT|SESSION|COOKIE|HMAC|WEBHOOK|ADMIN|CLIENT|SUBSCRIPTION|INGEST|INSERT|DEPLOY|SSH|CRYPTO|CIPHER|SALT"
    r"|SECURITY)_?KEY)(?:$|_)"
)
_KEY = re.compile(r"(?:^|_)[A-Z0-9]+_KEY$")
_OTHER_WORDS = re.compile(
    r"(?:^|_)(?:ARN|ARNS|NAME|NAMES|PREFIX|SUFFIX|PATH|PATHS|FILE|FILES|FILENAME|DIR|DIRECTORY|FOLDER|URL|URI|URLS"
    r"|ENDPOINT|HOST|HOSTNAME|PORT|REGION|PUBLIC|PUB|PUBLISHABLE|ANON|ID|IDS|TTL|EXPIRY|EXPIRES|EXPIRATION|EXPIRE"
    r"|EXPIRESIN|LIFETIME|DURATION|TIMEOUT|INTERVAL|MINUTES|SECONDS|HOURS|DAYS|MAX|MIN|LENGTH|LIMIT|LIMITS|COUNT|SIZE"
    r"|TYPE|KIND|FORMAT|ALGORITHM|ALG|ALGO|ISSUER|AUDIENCE|HEADER|HEADERS|FIELD|COLUMN|ENABLED|DISABLED|REQUIRED"
    r"|ALLOW|ENABLE|DISABLE|USE|VERSION|PROVIDER|STORE|MANAGER|BACKEND|ENGINE|POLICY|ROTATION|SOURCE|MODE|SCOPE"
    r"|SCOPES|LOCATION|BUCKET|TABLE|INDEX|TAG|LABEL|ALIAS|CLASS|HINT|RESET|VALIDATION|STRATEGY|ENCODING|ROUNDS|COST"
    r"|REF|SORT|PRIMARY|PARTITION|FOREIGN|CACHE|OBJECT|S3|KMS|USERNAME|USER|EMAIL|LOGIN)(?:$|_)"
    r"|^TASK_TOKEN$"
)
_WORDS = re.compile(r"[a-z0-9]+|[A-Z]+[0-9]*(?![a-z])|[A-Z][a-z0-9]*")
_RANDOM = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[^\s/:]{16,}")

# A default or a blank that nobody takes for a credential. Compared without case, punctuation and quotes.
_BLANK = re.compile(
    r"(?:(?:please)?change(?:this|it|me|d|later)?(?:please|now|inproduction|inprod|tosomethingsecure|\d*)?|todo|tbd|fixme"
    r"|replace(?:this|me|with.*)?|(?:insert|enter|put|set|add|use)(?:your|a|the|me).*|your.*(?:here|key|token|secret|password)"
    r"|your[a-z]*|my(?:password|secret|token|key|apikey|secretkey)|example.*|sample.*|dummy.*|fake.*|mock.*|placeholder.*"
    r"|test(?:ing|test)?|x+|none|null|nil|undefined|na|empty|unset|secret|password|passwd|token|key|redacted|masked|hidden"
    r"|default|foo|bar|foobar|baz|lorem.*|none?provided|notset|notused|unused|disabled|enabled|required|optional|local"
    r"|localhost|dev|development|staging|production|prod|abc|abc123|secretsmanager|ssm|vault|env|aws|file|string|value"
    r"|resolvedat.*|managedby.*)?"
)
_BOOLEAN = re.compile(r"(?:true|false|yes|no|on|off|y|n|\d{1,9}(?:\.\d+)?(?:ms|s|m|h|d|w)?)", re.IGNORECASE)
_REFERENCE = re.compile(
    r"arn:|\$|\{\{|\{%|<|%[A-Z]|ssm:|secretsmanager:|vault:|op://|aws:|projects/|https?://|s3://|file:|/|\.{1,2}/"
)
_URL_USER = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://([^\s/:@?#'\"]*):([^\s/@'\"]+|[^\s@'\"]+)@([A-Za-z0-9.\[\]_\0-]*)")
_LOCAL_HOSTS = re.compile(r"(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|::1|0\.0\.0\.0|host\.docker\.internal)?")


class Credential(NamedTuple):
    """A credential in a text: `start` and `end` of what is secret, and what it is. `by_name` is less sure."""

    start: int
    end: int
    what: str
    by_name: bool = False


def find(text: str, name: str = "") -> Credential | None:
    """The credential that a literal is or holds; `name` is that of the variable it is given to.

    A NUL stands for a hole, such as a reference, whose text is not known.
    """
    return token(text) or url_password(text) or _named(text, name)


@cache
def _compiled(row: int) -> re.Pattern[str]:
    prefix, rest, _ = FORMATS[row]
    return re.compile(f"(?<![A-Za-z0-9]){re.escape(prefix)}{rest}")


def token(text: str) -> Credential | None:
    """A token of a known format anywhere in the text, but for AWS's documented examples and evident blanks."""
    if len(text) < 14:
        return None
    for row, (prefix, _, what) in enumerate(FORMATS):
        if prefix in text:
            found = _compiled(row).search(text)
            if found and "EXAMPLE" not in found.group().upper() and not _repetitive(found.group()[len(prefix) :]):
                return Credential(found.start(), found.end(), what)
    return None


def _repetitive(text: str) -> bool:
    """Whether the text is a blank such as `xxxxxxxx` or `0000…`: no vendor issues those."""
    body = re.sub(r"[^A-Za-z0-9]", "", text)
    return len(set(body.lower())) <= 3 and len(body) > 3 and "PRIVATEKEY" not in body


def url_password(text: str) -> Credential | None:
    """The password in a URL's user part, unless it is a placeholder or for the machine itself."""
    if "://" not in text or "@" not in text:
        return None
    for found in _URL_USER.finditer(text):
        password, host = found.group(2), found.group(3)
        if "\0" in password or is_blank(password) or _REFERENCE.match(password):
            continue
        if not _LOCAL_HOSTS.fullmatch(host):
            return Credential(found.start(2), found.end(2), "the password in a URL")
    return None


def _named(text: str, name: str) -> Credential | None:
    if not secret_name(name) or len(text.strip()) < 4 or "\0" in text:
        return None
    if _BOOLEAN.fullmatch(text.strip()) or is_blank(text) or _REFERENCE.match(text.strip()):
        return None
    if not _SECRET_WORDS.search(_normal(name)) and not _RANDOM.fullmatch(text.strip()):
        return None
    return Credential(0, len(text), f"the value of {name}", by_name=True)


def is_blank(text: str) -> bool:
    """Whether a text is a default or a blank to be filled in, such as `changeme`."""
    body = re.sub(r"[^a-z0-9]", "", text.lower())
    return bool(_BLANK.fullmatch(body)) or "EXAMPLE" in text.upper() or len(set(body)) <= 1


def _normal(name: str) -> str:
    return "_".join(_WORDS.findall(name)).upper()


@lru_cache(maxsize=4096)
def secret_name(name: str) -> bool:
    """Whether a variable of this name holds a credential: `DB_PASSWORD` does, `SECRET_ARN` and `TOKEN_TTL` do not."""
    words = _normal(name)
    if not words or _OTHER_WORDS.search(words):
        return False
    return bool(_SECRET_WORDS.search(words) or _KEY.search(words))
