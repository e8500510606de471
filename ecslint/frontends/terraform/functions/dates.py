"""Dates and times.

Source: go-cty's `stdlib/datetime.go`, Terraform's `lang/funcs/datetime.go`, Go's `time.ParseDuration`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.types import NUMBER, STRING
from ecslint.frontends.terraform.cty.value import Typed, string, text_of
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions.function import function, text

_TIMESTAMP = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_TOKEN = re.compile(r"''|'(?:[^']|'')*'?|([A-Za-z])\1*|[^'A-Za-z]+")
_PART = re.compile(r"([0-9]*)(?:\.([0-9]*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNITS = {
    "ns": 1,
    "us": 10**3,
    "\u00b5s": 10**3,
    "\u03bcs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}


class Clock(NamedTuple):
    """What calendar and clock on the wall say; the week starts with Monday as 0."""

    year: int
    month: int
    day: int
    weekday: int
    hour: int
    minute: int
    second: int


class Moment(NamedTuple):
    """A point in time: seconds since 1970, nanoseconds, and the offset in minutes that it is written with."""

    seconds: int
    nanoseconds: int
    offset: int

    @property
    def local(self) -> Clock:
        """The clock at the offset. Years may be any, so Python's own calendar does not do."""
        days, rest = divmod(self.seconds + 60 * self.offset, 86400)
        # Days counted from the first of March of the year 0, in eras of 400 years.
        era, day = divmod(days + 719468, 146097)
        year = (day - day // 1460 + day // 36524 - day // 146096) // 365
        day -= 365 * year + year // 4 - year // 100
        month = (5 * day + 2) // 153
        return Clock(
            year + 400 * era + (month >= 10),
            month - 9 if month >= 10 else month + 3,
            day - (153 * month + 2) // 5 + 1,
            (days + 3) % 7,
            rest // 3600,
            rest // 60 % 60,
            rest % 60,
        )


def _days(year: int, month: int, day: int) -> int:
    """The days from 1970 to a date."""
    year -= month <= 2
    month = month - 3 if month > 2 else month + 9
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day - 1 - 719468


def moment(source: str) -> Moment:
    """A timestamp of RFC 3339. Raises `Failure`."""
    found = _TIMESTAMP.fullmatch(source)
    if found is None:
        raise Failure(f'not a valid RFC3339 timestamp: "{source}"')
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    zone = found[8]
    hours, minutes = (0, 0) if zone == "Z" else (int(zone[1:3]), int(zone[4:]))
    if not (1 <= month <= 12 and hour < 24 and minute < 60 and second < 60 and hours < 24 and minutes < 60):
        raise Failure(f'not a valid RFC3339 timestamp: "{source}"')
    days = _days(year, month, day)
    if day < 1 or Moment(days * 86400, 0, 0).local.month != month:
        raise Failure(f'not a valid RFC3339 timestamp: cannot use "{found[3]}" as day of month')
    offset = (-1 if zone[0] == "-" else 1) * (60 * hours + minutes)
    nanoseconds = int((found[7] or "")[:9].ljust(9, "0"))
    return Moment(days * 86400 + hour * 3600 + minute * 60 + second - 60 * offset, nanoseconds, offset)


def duration(source: str) -> int:
    """A duration such as `-1h30m`, in nanoseconds. Raises `Failure`."""
    negative = source.startswith("-")
    rest = source[1:] if source[:1] in {"+", "-"} else source
    if rest == "0":
        return 0
    total = at = 0
    while at < len(rest) or not rest:
        found = _PART.match(rest, at)
        if found is None or not (found[1] or found[2]) or len(found.group()) > 64:
            raise Failure(f'time: invalid duration "{source}"')
        unit = _UNITS[found[3]]
        # Go works fractions out in floating point.
        fraction = (found[2] or "")[:18]
        total += int(found[1] or 0) * unit + (int(int(fraction) * (unit / 10.0 ** len(fraction))) if fraction else 0)
        at = found.end()
    if total > (1 << 63) - (not negative):
        raise Failure(f'time: invalid duration "{source}"')
    return -total if negative else total


def _zone(offset: int, zulu: str, colon: str) -> str:
    if offset == 0 and zulu:
        return zulu
    return f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02d}{colon}{abs(offset) % 60:02d}"


def rfc3339(time: Moment) -> str:
    """The moment as Go writes it: to the second."""
    clock = time.local
    year = f"{clock.year:04d}" if clock.year >= 0 else f"-{-clock.year:04d}"
    date = f"{year}-{clock.month:02d}-{clock.day:02d}"
    return f"{date}T{clock.hour:02d}:{clock.minute:02d}:{clock.second:02d}{_zone(time.offset, 'Z', ':')}"


@function("timeadd", text("timestamp"), text("duration"), returns=STRING)
def timeadd(start: Typed, length: Typed) -> Typed:
    time = moment(text_of(start))
    total = time.seconds * 10**9 + time.nanoseconds + duration(text_of(length))
    return string(rfc3339(Moment(total // 10**9, total % 10**9, time.offset)))


@function("timecmp", text("timestamp_a"), text("timestamp_b"), returns=NUMBER)
def timecmp(one: Typed, two: Typed) -> Typed:
    a, b = moment(text_of(one))[:2], moment(text_of(two))[:2]
    return Typed(numbers.whole((a > b) - (a < b)), NUMBER)


@function("formatdate", text("format"), text("time"), returns=STRING)
def formatdate(pattern: Typed, time: Typed) -> Typed:
    when = moment(text_of(time))
    out: list[str] = []
    for found in _TOKEN.finditer(text_of(pattern)):
        token = found.group()
        if token[0] == "'":
            out.append(_literal(token))
        elif found[1]:
            out.append(_verb(token, when))
        else:
            out.append(token)
    return string("".join(out))


def _literal(run: str) -> str:
    """A quoted run, in which two quotes stand for one; two quotes alone are one, too."""
    if run == "''":
        return "'"
    if len(run) == 1 or run[-1] != "'":
        raise Failure("unterminated literal '")
    return re.sub("'(?s:.)?", "'", run[1:-1])


def _verb(token: str, when: Moment) -> str:
    clock = when.local
    letter, size = token[0], len(token)
    hour = clock.hour % 12 or 12
    forms: dict[str, dict[int, str]] = {
        "Y": {2: f"{clock.year % 100:02d}", 4: f"{clock.year:04d}"},
        "M": {
            1: str(clock.month),
            2: f"{clock.month:02d}",
            3: _MONTHS[clock.month - 1][:3],
            4: _MONTHS[clock.month - 1],
        },
        "D": {1: str(clock.day), 2: f"{clock.day:02d}"},
        "E": {3: _DAYS[clock.weekday][:3], 4: _DAYS[clock.weekday]},
        "h": {1: str(clock.hour), 2: f"{clock.hour:02d}"},
        "H": {1: str(hour), 2: f"{hour:02d}"},
        "A": {2: "PM" if clock.hour >= 12 else "AM"},
        "a": {2: "pm" if clock.hour >= 12 else "am"},
        "m": {1: str(clock.minute), 2: f"{clock.minute:02d}"},
        "s": {1: str(clock.second), 2: f"{clock.second:02d}"},
        "Z": {
            1: _zone(when.offset, "Z", ":"),
            3: _zone(when.offset, "UTC", ""),
            4: _zone(when.offset, "", ""),
            5: _zone(when.offset, "", ":"),
        },
    }
    found = forms.get(letter, {}).get(size)
    if found is None:
        raise Failure(f'invalid date format verb "{token}"')
    return found
