"""Local servers that behave as the producers' services are known to, quirks included, with the figures of data/."""

from __future__ import annotations

from fakes.base import (
    DAMAGES,
    DATA,
    FAKES,
    QUICK,
    WHOLE,
    Fake,
    Handler,
    Patience,
    damaged,
    kind_of,
    says,
    serves,
    stored,
    zipped,
)
from fakes.ucdp import Ucdp, as_ucdp_publishes
from fakes.unhcr import ENDPOINTS, Unhcr, as_served, envelope
from fakes.worldbank import WorldBank

__all__ = [
    "DAMAGES",
    "DATA",
    "ENDPOINTS",
    "FAKES",
    "QUICK",
    "WHOLE",
    "Fake",
    "Handler",
    "Patience",
    "Ucdp",
    "Unhcr",
    "WorldBank",
    "as_served",
    "as_ucdp_publishes",
    "damaged",
    "envelope",
    "kind_of",
    "says",
    "serves",
    "stored",
    "zipped",
]
