"""Local servers that behave as the producers' services are known to, quirks included, with the figures of data/."""

from __future__ import annotations

from fakes import files as files
from fakes.base import (
    DAMAGES,
    DATA,
    FAKES,
    QUICK,
    WHOLE,
    Fake,
    Handler,
    Patience,
    Start,
    damaged,
    kind_of,
    says,
    serves,
    stored,
    zipped,
)
from fakes.fts import FtsApi, FtsOnHdx
from fakes.hdx import Hdx
from fakes.insecurity_insight import Sind, as_sind_serves
from fakes.psdata import VETOES, Hub, as_hub_lists, as_milliseconds, one_row_a_death, vetoed_drafts
from fakes.ucdp import Ucdp, as_ucdp_publishes
from fakes.ucdp_api import UcdpApi
from fakes.unhcr import ENDPOINTS, Unhcr, as_served, envelope
from fakes.untc import Untc
from fakes.worldbank import WorldBank

__all__ = [
    "DAMAGES",
    "DATA",
    "ENDPOINTS",
    "FAKES",
    "QUICK",
    "VETOES",
    "WHOLE",
    "Fake",
    "FtsApi",
    "FtsOnHdx",
    "Handler",
    "Hdx",
    "Hub",
    "Patience",
    "Sind",
    "Start",
    "Ucdp",
    "UcdpApi",
    "Unhcr",
    "Untc",
    "WorldBank",
    "as_hub_lists",
    "as_milliseconds",
    "as_served",
    "as_sind_serves",
    "as_ucdp_publishes",
    "damaged",
    "envelope",
    "kind_of",
    "one_row_a_death",
    "says",
    "serves",
    "stored",
    "vetoed_drafts",
    "zipped",
]
