"""How we behave towards a service: who we say we are, how often we ask, how long we wait, how much we take."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from r2p_analysis import __version__
from r2p_analysis.errors import UsageError

HOME = "https://github.com/r2p-analysis/r2p-analysis"
# Query parameters that carry somebody's identity or right of access.
_SECRET_PARAMETERS = frozenset(
    "access_token api_key apikey app_identifier appname client_id key password token".split()
)


@dataclass(frozen=True)
class Service:
    """A producer's service as its clients know it.

    Attributes
    ----------
    name : str
        Names its settings: ``R2P_<NAME>_URL`` and ``R2P_<NAME>_TOKEN``.
    base : str
        Address below which its paths lie; it ends in a slash.
    interval : float
        Least seconds between two requests.
    pause : float
        Seconds of the first pause after a passing fault; each further one is twice as long.
    throttles_with : tuple of int
        Statuses, beside 429 and 5xx, by which this service says "slower".
    token_header : str
        Header that carries the token; empty for a service that wants none.
    token_optional : bool
        Whether the tables can be had without the token, such as by another way.
    """

    name: str
    base: str
    interval: float = 0.5
    pause: float = 1.0
    throttles_with: tuple[int, ...] = ()
    token_header: str = ""
    token_optional: bool = False

    @property
    def url_variable(self) -> str:
        """Environment variable that gives another base address."""
        return f"R2P_{self.name.upper()}_URL"

    @property
    def token_variable(self) -> str:
        """Environment variable that gives the token."""
        return f"R2P_{self.name.upper()}_TOKEN"


@dataclass(frozen=True)
class Limits:
    """What a single request may take.

    Attributes
    ----------
    connect, read : float
        Seconds to connect, and between two pieces of the answer.
    total : float
        Seconds for the whole answer: a service that drips is given up.
    answer, file : int
        Bytes of an answer that is kept in memory, and of a file that goes to the disk.
    tries : int
        Attempts before a passing fault counts as lasting.
    longest_wait : float
        Seconds that a service may ask us to wait; more, and it is for another day.
    """

    connect: float = 15
    read: float = 60
    total: float = 900
    answer: int = 64_000_000
    file: int = 512_000_000
    tries: int = 5
    longest_wait: float = 120


@dataclass(frozen=True)
class Timing:
    """The clock, the sleep and the dice, so that a test needs none of them."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    dice: Callable[[], float] = random.random


@dataclass(frozen=True)
class FetchSettings:
    """The part of the settings that is about fetching.

    Attributes
    ----------
    contact : str
        E-mail or address named in the User-Agent; may be empty.
    urls : mapping
        Base addresses by name of service, in place of the producers' own.
    via : mapping
        Chosen way by name of source, where a source can be fetched in several.
    cache : Path or None
        Folder of the HTTP cache; None keeps nothing.
    environment : mapping
        The environment variables.
    limits : Limits
        What a request may take.
    """

    contact: str = ""
    urls: Mapping[str, str] = field(default_factory=dict)
    via: Mapping[str, str] = field(default_factory=dict)
    cache: Path | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def of(cls, settings: Mapping[str, Any], outputs: Path) -> FetchSettings:
        """Read the settings out of ``report.toml``; the environment goes before them.

        Raises
        ------
        UsageError
            When a value is not text, or holds a line break, which no header may.
        """
        table = settings.get("fetch", {})
        contact = os.environ.get("R2P_CONTACT") or table.get("contact", "")
        urls, via = table.get("urls", {}), table.get("via", {})
        tables = isinstance(urls, dict) and isinstance(via, dict)
        texts = [contact, *urls.values(), *via.values()] if tables else [None]
        if not all(isinstance(text, str) and text.isprintable() for text in texts):
            raise UsageError("report.toml [fetch]: contact and what stands in urls and via must be text of one line")
        agent = contact.encode("ascii", "ignore").decode()
        return cls(contact=agent, urls=urls, via=via, cache=outputs / ".cache" / "http")

    @property
    def user_agent(self) -> str:
        """Give the name by which producers know who asks, and whom to write to."""
        contact = f"; {self.contact}" if self.contact else ""
        return f"r2p-analysis/{__version__} (+{HOME}{contact})"

    def base(self, service: Service) -> str:
        """Give the base address of a service: the environment's, the settings', or the producer's own."""
        variable = service.url_variable
        base = self.environment.get(variable) or self.urls.get(service.name) or service.base
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise UsageError(
                f"{variable} or [fetch.urls] of {service.name}: expected an address such as {service.base}, "
                f'got "{public_url(base)}"'
            )
        return base if base.endswith("/") else base + "/"

    def token(self, service: Service) -> str:
        """Give the token of a service; empty when none is set or the service wants none."""
        token = self.environment.get(service.token_variable, "").strip() if service.token_header else ""
        if not (token.isascii() and (token.isprintable())):
            raise UsageError(f"{service.token_variable}: a token is printable ASCII text of one line; set it anew")
        return token


def origin(url: str) -> str:
    """Give scheme, host and port of an address: the place that a token belongs to."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    return f"{parts.scheme.lower()}://{(parts.hostname or '').lower()}:{port}"


def public_url(url: str) -> str:
    """Give an address that may be shown: without user and password, and with secret parameters masked."""
    parts = urlsplit(url)
    query = parts.query
    if query:
        pairs = parse_qsl(query, keep_blank_values=True)
        if any(name.lower() in _SECRET_PARAMETERS for name, _ in pairs):
            query = urlencode([(n, "***" if n.lower() in _SECRET_PARAMETERS else v) for n, v in pairs])
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, query, ""))


def wait_before(attempt: int, service: Service, dice: Callable[[], float]) -> float:
    """Give the seconds to wait after a failed attempt, the first being 1: doubled each time, and scattered."""
    return float(service.pause * 2 ** (attempt - 1) * (0.75 + 0.5 * dice()))


def retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """Give the seconds that a ``Retry-After`` header asks for: a number or a date; None when it says nothing."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (date - (now or datetime.now(UTC))).total_seconds())
