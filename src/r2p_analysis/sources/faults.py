"""What goes wrong between a service and us: which faults pass, which last, and the one line that says so."""

from __future__ import annotations

import requests

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.politeness import Limits, Service, public_url, retry_after

_NETWORK = "look at your network, or try again later"
_PASSING = frozenset({408, 425, 429})


class PassingFaultError(Exception):
    """A fault that may be gone at the next attempt; it never leaves the session.

    Parameters
    ----------
    what : str
        Expected and got, to stand in the middle of a sentence.
    wait : float, optional
        Seconds that the service asks us to wait.
    advice : str
        What to do when it lasts.
    """

    def __init__(
        self, what: str, wait: float | None = None, advice: str = "the service is ill: try again later"
    ) -> None:
        super().__init__(what)
        self.wait = wait
        self.advice = advice


class NotThereError(SourceError):
    """The service says that there is nothing at an address."""


def from_status(response: requests.Response, service: Service) -> None:
    """Raise for a status other than 200.

    Raises
    ------
    PassingFaultError
        For 408, 425, 429, 5xx, and what this service throttles with.
    SourceError
        For any other.
    """
    status = response.status_code
    hops = [hop.url for hop in (*response.history, response)]
    if hops[0].startswith("https:") and not all(url.startswith("https:") for url in hops):
        raise SourceError(
            f"{public_url(hops[0])}: leads from https to an address without; what comes from there cannot be trusted"
        )
    if status == 200:
        return
    got = f"expected HTTP 200, got {status}"
    if status in _PASSING or status >= 500 or status in service.throttles_with:
        raise PassingFaultError(got, retry_after(response.headers.get("Retry-After")))
    where = public_url(response.url)
    if status in (401, 403) and service.token_header:
        raise SourceError(
            f"{where}: {got}: the token is missing, wrong or expired; set {service.token_variable} to a valid one"
        )
    if status in (401, 403):
        raise SourceError(
            f"{where}: {got}: the service refuses us; name a contact in report.toml [fetch], or use --from"
        )
    kind = NotThereError if status in (404, 410) else SourceError
    raise kind(f"{where}: {got}; the address may have changed: set {service.url_variable}, or use --from")


def from_transport(error: requests.RequestException, where: str, limits: Limits) -> PassingFaultError | SourceError:
    """Give the project's error for one of requests: without its text, which may hold more than an error should say."""
    if isinstance(error, requests.exceptions.SSLError):
        return SourceError(
            f"{where}: the certificate of the host is not trusted; set REQUESTS_CA_BUNDLE if your network has its own"
        )
    if isinstance(error, requests.exceptions.TooManyRedirects):
        return SourceError(f"{where}: expected an answer, got redirects without end; the address may have changed")
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return PassingFaultError(f"no connection within {limits.connect:g} seconds", advice=_NETWORK)
    if isinstance(error, requests.exceptions.Timeout):
        return PassingFaultError(f"no answer within {limits.read:g} seconds")
    if isinstance(error, requests.exceptions.ProxyError):
        return PassingFaultError("the proxy gives no connection", advice=_NETWORK)
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return PassingFaultError("the answer broke off")
    if isinstance(error, requests.exceptions.ConnectionError):
        return PassingFaultError("no connection", advice=_NETWORK)
    return SourceError(f"{where}: cannot be asked ({type(error).__name__}); look at the address")
