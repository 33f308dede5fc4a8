"""Local servers that behave as the producers' services are known to, quirks included, with the figures of data/."""

from __future__ import annotations

from fakes import files as files
from fakes.base import DAMAGES, DATA, FAKES, QUICK, Fake, Handler, Patience, says, serves, stored, zipped
from fakes.fts import FtsApi, FtsOnHdx
from fakes.hdx import Hdx
from fakes.ucdp import Ucdp, as_ucdp_publishes
from fakes.unhcr import ENDPOINTS, Unhcr, as_served, envelope
from fakes.untc import Untc
from fakes.worldbank import WorldBank

__all__ = [
    "DAMAGES",
    "DATA",
    "ENDPOINTS",
    "FAKES",
    "QUICK",
    "Fake",
    "FtsApi",
    "FtsOnHdx",
    "Handler",
    "Hdx",
    "Patience",
    "Ucdp",
    "Unhcr",
    "Untc",
    "WorldBank",
    "as_served",
    "as_ucdp_publishes",
    "envelope",
    "says",
    "serves",
    "stored",
    "zipped",
]
