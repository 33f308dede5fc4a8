"""Deliveries of major arms to the states of the coalition in Yemen, by supplier and its standing towards the treaty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.errors import MeasureError
from r2p_analysis.measures.arms.treaty import STATUSES, bound_from, first_year, known_until, standing_in
from r2p_analysis.store import Tables, measure

COALITION = ("ARE", "BHR", "EGY", "JOR", "KWT", "MAR", "QAT", "SAU", "SDN", "SEN")
"""The ten states that formed the coalition in Yemen in 2015. Qatar, which left it, stays in: so the years compare."""
COALITION_SINCE = 2015
QATAR_LEFT = 2017
LEADERS = ("SAU", "ARE")
"""The two states whose deliveries are also told apart."""
TABLE = "sipri_coalition_deliveries"


@dataclass(frozen=True)
class PartyShare:
    """What came from suppliers that the treaty bound in the year of delivery.

    Attributes
    ----------
    first, last : int
        Years of delivery.
    total, from_parties : float
        Volume in millions of SIPRI's trend-indicator values.
    parties : int
        Suppliers bound in a year in which they delivered.
    share : float
        0 to 1.
    complete : bool
        Whether the treaty's parties are known for all the years; else the share is a lower bound.
    """

    first: int
    last: int
    total: float
    from_parties: float
    parties: int
    share: float
    complete: bool


def years_of_data(tables: Tables) -> tuple[int, int]:
    """Give the first and the last year of deliveries that are carried."""
    years = tables[TABLE]["year"]
    return int(years.min()), int(years.max())


@measure
def deliveries(tables: Tables, first: int, last: int, recipients: Sequence[str] = COALITION) -> pd.DataFrame:
    """Give deliveries by year, recipient and supplier with the supplier's standing in that year.

    Parameters
    ----------
    tables : Tables
        Needs sipri_coalition_deliveries, treaties and treaty_participation.
    first, last : int
        Years, inclusive.
    recipients : sequence of str
        ISO3 codes, among the ten of `COALITION`.

    Returns
    -------
    pandas.DataFrame
        year, recipient_iso3, supplier_iso3, tiv_millions, status (key of `STATUSES`), kind (the same for readers). A
        year outside the data has no row: that is no zero.

    Raises
    ------
    MeasureError
        When a recipient is none of those carried.
    """
    strange = sorted(set(recipients) - set(COALITION))
    if strange:
        raise MeasureError(f"no deliveries to {strange[0]} are carried: only to {', '.join(COALITION)}")
    frame = tables[TABLE]
    frame = frame[frame["year"].between(first, last) & frame["recipient_iso3"].isin(list(recipients))]
    suppliers = sorted(frame["supplier_iso3"].unique())
    standing = {int(year): standing_in(tables, suppliers, int(year)) for year in sorted(frame["year"].unique())}
    status = [standing[int(y)][s] for y, s in zip(frame["year"], frame["supplier_iso3"], strict=True)]
    done = frame.assign(status=status, kind=[STATUSES[s] for s in status])
    return done.reset_index(drop=True)


@measure
def by_status(tables: Tables, first: int, last: int, recipients: Sequence[str] = COALITION) -> pd.DataFrame:
    """Sum deliveries by year and standing of the supplier.

    Returns
    -------
    pandas.DataFrame
        year, status, kind, tiv_millions; only years of the data, only what occurs.
    """
    frame = deliveries(tables, first, last, recipients)
    done = frame.groupby(["year", "status", "kind"])[["tiv_millions"]].sum().reset_index()
    return _in_order(done, "year")


@measure
def by_supplier(tables: Tables, first: int, last: int, recipients: Sequence[str] = COALITION) -> pd.DataFrame:
    """Rank suppliers by what they delivered.

    Returns
    -------
    pandas.DataFrame
        supplier_iso3, name, tiv_millions, share_pct (of the total), status and kind (in `last`), in_force_from (ISO
        day, null where the treaty is not known to bind it), largest first; an unknown supplier keeps its row.
    """
    frame = deliveries(tables, first, last, recipients)
    sums = frame.groupby("supplier_iso3")[["tiv_millions"]].sum().reset_index()
    standing = standing_in(tables, list(sums["supplier_iso3"]), last)
    begun = bound_from(tables).set_index("iso3")["in_force_from"]
    done = sums.assign(
        name=[countries.label(code) for code in sums["supplier_iso3"]],
        share_pct=sums["tiv_millions"] / sums["tiv_millions"].sum() * 100,
        status=sums["supplier_iso3"].map(standing),
        in_force_from=sums["supplier_iso3"].map(begun),
    )
    done["kind"] = done["status"].map(STATUSES)
    done["in_force_from"] = done["in_force_from"].where(done["in_force_from"] <= f"{last}-12-31")
    return done.sort_values(["tiv_millions", "supplier_iso3"], ascending=[False, True], ignore_index=True)


@measure
def by_recipient(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Sum deliveries by recipient and standing of the supplier.

    Returns
    -------
    pandas.DataFrame
        recipient_iso3, name, status, kind, tiv_millions, total_millions (of the recipient), largest recipient first.
    """
    frame = deliveries(tables, first, last)
    done = frame.groupby(["recipient_iso3", "status", "kind"])[["tiv_millions"]].sum().reset_index()
    done["total_millions"] = done.groupby("recipient_iso3")["tiv_millions"].transform("sum")
    done["name"] = [countries.label(code) for code in done["recipient_iso3"]]
    return _in_order(_in_order(done, "recipient_iso3"), "total_millions", falling=True)


def _in_order(frame: pd.DataFrame, column: str, *, falling: bool = False) -> pd.DataFrame:
    """Sort by a column, rows of one value keeping their order, or that of `STATUSES`."""
    order = {name: n for n, name in enumerate(STATUSES)}
    by_status = frame if falling else frame.sort_values("status", key=lambda values: values.map(order))
    return by_status.sort_values(column, kind="stable", ascending=not falling, ignore_index=True)


def party_share(tables: Tables, first: int, last: int, recipients: Sequence[str] = COALITION) -> PartyShare:
    """Say what share of deliveries came from suppliers that the treaty bound in the year of delivery.

    Raises
    ------
    MeasureError
        When the years lie outside the data, or before the treaty was in force.
    """
    begin, end = years_of_data(tables)
    earliest = max(begin, first_year(tables))
    if not earliest <= first <= last <= end:
        raise MeasureError(
            f"no share of {first} to {last}: deliveries under the treaty are known from {earliest} to {end}"
        )
    frame = deliveries(tables, first, last, recipients)
    frame = frame[frame["tiv_millions"] > 0]
    mine = frame[frame["status"] == "party"]
    total, part = float(frame["tiv_millions"].sum()), float(mine["tiv_millions"].sum())
    parties = int(mine["supplier_iso3"].nunique())
    return PartyShare(first, last, total, part, parties, part / total, last <= known_until(tables))


@measure
def share_by_year(tables: Tables, first: int, last: int, recipients: Sequence[str] = COALITION) -> pd.DataFrame:
    """Follow the share of deliveries that came from parties to the treaty.

    Returns
    -------
    pandas.DataFrame
        year, share_pct, from_parties_millions, total_millions, parties, complete (whether the parties of that year are
        all known; else the share is a lower bound). Only years in which the treaty was in force and deliveries are
        known.
    """
    begin, end = years_of_data(tables)
    span = range(max(first, begin, first_year(tables)), min(last, end) + 1)
    shares = [party_share(tables, year, year, recipients) for year in span]
    return pd.DataFrame(
        {
            "year": pd.array(list(span), dtype="Int64"),
            "share_pct": [s.share * 100 for s in shares],
            "from_parties_millions": [s.from_parties for s in shares],
            "total_millions": [s.total for s in shares],
            "parties": pd.array([s.parties for s in shares], dtype="Int64"),
            "complete": [s.complete for s in shares],
        }
    )


@measure
def before_and_after(tables: Tables, year: int, count: int = 10) -> pd.DataFrame:
    """Compare what suppliers delivered a year, on average, before and since the treaty was in force.

    Parameters
    ----------
    tables : Tables
        Needs sipri_coalition_deliveries, treaties and treaty_participation.
    year : int
        Last year; in or after the first year of the treaty.
    count : int
        How many of the largest suppliers of both spans together.

    Returns
    -------
    pandas.DataFrame
        supplier_iso3, name, before, since (millions of trend-indicator values a year), status and kind in `year`;
        unknown suppliers left out. Zero: nothing delivered in any year of the span.

    Raises
    ------
    MeasureError
        When there is no year since.
    """
    begin, end = years_of_data(tables)
    start, last = first_year(tables), min(year, end)
    if last < start:
        raise MeasureError(f"the treaty was not yet in force by the middle of {year}: there is nothing to compare")
    earlier, later = by_supplier(tables, begin, start - 1), by_supplier(tables, start, last)
    before = earlier.set_index("supplier_iso3")["tiv_millions"] / (start - begin)
    since = later.set_index("supplier_iso3")["tiv_millions"] / (last - start + 1)
    both = pd.DataFrame({"before": before, "since": since}).fillna(0.0).rename_axis("supplier_iso3").reset_index()
    both = both[both["supplier_iso3"] != "UNK"]
    both["_sum"] = both["before"] * (start - begin) + both["since"] * (last - start + 1)
    both = both.sort_values(["_sum", "supplier_iso3"], ascending=[False, True]).head(count).drop(columns="_sum")
    standing = standing_in(tables, list(both["supplier_iso3"]), last)
    done = both.assign(
        name=[countries.label(code) for code in both["supplier_iso3"]], status=both["supplier_iso3"].map(standing)
    )
    return done.assign(kind=done["status"].map(STATUSES)).reset_index(drop=True)
