"""Local servers that behave as the producers' services are known to, quirks included, with the figures of data/."""

from __future__ import annotations

from fakes.base import DAMAGES, DATA, FAKES, QUICK, Fake, Handler, Patience, says, serves, stored, zipped
from fakes.ucdp import Ucdp, as_ucdp_publishes
from fakes.ucdp_api import UcdpApi
from fakes.unhcr import ENDPOINTS, Unhcr, as_served, envelope
from fakes.worldbank import WorldBank

__all__ = [
    "DAMAGES",
    "DATA",
    "ENDPOINTS",
    "FAKES",
    "QUICK",
    "Fake",
    "Handler",
    "Patience",
    "Ucdp",
    "UcdpApi",
    "Unhcr",
    "WorldBank",
    "as_served",
    "as_ucdp_publishes",
    "envelope",
    "says",
    "serves",
    "stored",
    "zipped",
]
