"""Checks on deliveries of major arms under the Arms Trade Treaty, and on other states in internal wars."""

from __future__ import annotations

from collections.abc import Sequence

from r2p_analysis import countries
from r2p_analysis.claims.relations import Course, Figure
from r2p_analysis.exhibits.words import listed
from r2p_analysis.measures import arms
from r2p_analysis.measures.arms import PartyShare
from r2p_analysis.store import Tables


def arms_party_suppliers(tables: Tables, first: int, last: int, recipients: Sequence[str] = arms.COALITION) -> Figure:
    """Count the states bound by the Arms Trade Treaty that delivered major arms to states of the coalition in Yemen."""
    found = arms.party_share(tables, first, last, recipients)
    what = f"States bound by the Arms Trade Treaty that delivered major arms to {_whom(recipients)} in {_span(found)}"
    return Figure(what, found.parties, "states")


def arms_party_share(tables: Tables, first: int, last: int, recipients: Sequence[str] = arms.COALITION) -> Figure:
    """Give the share of the volume of major arms to states of the coalition that came from parties to the treaty."""
    found = arms.party_share(tables, first, last, recipients)
    least = "" if found.complete else ", at least"
    what = (
        f"Share of the volume of major arms to {_whom(recipients)} that came from parties to the treaty "
        f"in {_span(found)}{least}"
    )
    return Figure(what, found.share * 100, "%")


def arms_deliveries_course(tables: Tables) -> Course:
    """Follow the volume of major arms delivered to the ten states of the coalition in Yemen."""
    frame = arms.by_status(tables, *arms.years_of_data(tables))
    totals = frame.groupby("year")["tiv_millions"].sum()
    points = {int(year): float(volume) for year, volume in zip(totals.index, totals, strict=True)}
    return Course(
        "Volume of major arms delivered to the ten states that formed the coalition in Yemen", "million TIV", points
    )


def arms_internationalised(tables: Tables) -> Course:
    """Follow the number of internal conflicts in which troops of another state fought."""
    return _wars(tables, "internationalised", "Internal conflicts with troops of another state", "conflicts")


def arms_internationalised_share(tables: Tables) -> Course:
    """Follow the share of internal conflicts in which troops of another state fought."""
    return _wars(tables, "share_pct", "Share of internal conflicts with troops of another state", "%")


def _wars(tables: Tables, column: str, what: str, unit: str) -> Course:
    frame = arms.internationalised(tables, 1946, 2100).dropna(subset=[column])
    points = {int(year): float(value) for year, value in zip(frame["year"], frame[column], strict=True)}
    return Course(what, unit, points)


def _whom(recipients: Sequence[str]) -> str:
    if set(recipients) == set(arms.COALITION):
        return "the ten states of the coalition in Yemen"
    return listed([countries.get(code).in_text for code in recipients])


def _span(found: PartyShare) -> str:
    return str(found.first) if found.first == found.last else f"{found.first}–{found.last}"
