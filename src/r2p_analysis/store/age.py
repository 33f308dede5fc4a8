"""The age of stored tables: what the record says of them, beside what their sources say of their producers."""

from __future__ import annotations

from datetime import date

from r2p_analysis.sources import SourceModule, discover
from r2p_analysis.sources.cadence import Cadence, Occasional
from r2p_analysis.sources.freshness import Freshness, Vintage, freshness, reaches
from r2p_analysis.store.package import Provenance


def vintage_of(record: Provenance) -> Vintage:
    """Give what a record tells of how new the figures are."""
    return Vintage(record.version, record.retrieved, record.last_year)


def age_of(record: Provenance, today: date) -> Freshness:
    """Judge the age of a stored table by what its source says today of its producer's cadence.

    Parameters
    ----------
    record : Provenance
        Where the table comes from; the cadence recorded in it is words as they were when it was stored.
    today : date
        The day for which it is judged.

    Returns
    -------
    Freshness
    """
    return freshness(vintage_of(record), cadence_of(record), today)


def last_told(record: Provenance) -> int | None:
    """Give the last year about which a stored table can say anything; None when nothing tells it."""
    return reaches(vintage_of(record))


def cadence_of(record: Provenance) -> Cadence:
    """Give the cadence of a stored table; of a source that the project no longer has, nothing can be expected."""
    module = source_of_record(record)
    if module is None:
        return Occasional(record.cadence)
    own = next((table.cadence for table in module.SOURCE.tables if table.name == record.table), None)
    return own or module.SOURCE.cadence


def source_of_record(record: Provenance) -> SourceModule | None:
    """Give the source that a table was stored by; None when the project no longer has it."""
    return discover().get(record.source)
