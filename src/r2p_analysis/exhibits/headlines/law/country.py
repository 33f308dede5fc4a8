"""Headlines of one country's treaty record."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import UNKNOWN, Finding, name, row_of
from r2p_analysis.exhibits.headlines.law.world import in_text
from r2p_analysis.exhibits.words import listed, numeral, plural, sentence
from r2p_analysis.measures.law import CLOSEST


def timeline(record: pd.DataFrame, iso3: str, year: int) -> Finding:
    """Say to how many treaties a country is a party, and which it only signed; `record` is country_record."""
    counts = record["status"].value_counts()
    parties, signed, left = (int(counts.get(key, 0)) for key in ("party", "signatory", "withdrawn"))
    open_ends = record["status"].isin(["signatory", "outside"]) & (
        (record["known_until"] < year) | _signatures_end(record)
    )
    head = "as far as the lists go, " if open_ends.any() else ""
    head += f"{name(iso3)} was a party to {_of(parties, len(record))} treaties at the end of {year}"
    if signed:
        them = "it" if signed == 1 else "them"
        head += f" and had signed {numeral(signed)}{' more' if parties else ''} without joining {them}"
    if left:
        withdrawn = record[record["status"] == "withdrawn"]
        gone = [
            f"{in_text(treaty)} in {int(when)}"
            for treaty, when in zip(withdrawn["treaty"], withdrawn["left_year"], strict=True)
        ]
        head += f"; it left {listed(gone)}"
    known = record.dropna(subset=["joined_year"])
    shows = f"{plural(parties, 'row')} {'ends' if parties == 1 else 'end'} with a consent to be bound"
    if len(known):
        shows += f", the first of them of {int(known['joined_year'].min())}"
    return Finding(head, shows, f"{parties} of {len(record)}")


def checklist(record: pd.DataFrame, iso3: str, year: int) -> Finding:
    """Say how a country stands towards the three treaties; `record` is country_record."""
    rows = record.assign(
        status=record["status"].mask(_signatures_end(record) & (record["status"] == "outside"), "absent")
    )
    rows = rows.set_index("treaty")
    groups: dict[str, list[str]] = {}
    for key in [key for key in CLOSEST if key in rows.index]:
        groups.setdefault(str(row_of(rows, key)["status"]), []).append(_dated(row_of(rows, key), key, year))
    said = []
    if "party" in groups:
        said.append(f"was a party to {listed(groups['party'])}")
    if "signatory" in groups:
        said.append(f"had only signed {listed(groups['signatory'])}")
    if "withdrawn" in groups:
        said.append(f"had left {listed(groups['withdrawn'])}")
    if "outside" in groups:
        said.append(f"had neither signed nor joined {_or(groups['outside'])}")
    if "absent" in groups:
        said.append(f"had not joined {_or(groups['absent'])}")
    head = f"At the end of {year}, {name(iso3)} {listed(said)}"
    return Finding(head, f"{plural(len(record), 'treaty', 'treaties')} {'is' if len(record) == 1 else 'are'} listed")


def country_summary(record: pd.DataFrame, iso3: str, year: int) -> str:
    """Sum up a country's record in one sentence; an empty record is a place that these treaties do not list."""
    if record.empty:
        return sentence(f"{name(iso3)} is not among the states that these treaties list for the end of {year}")
    return checklist(record, iso3, year).headline


def country_finding(record: pd.DataFrame, iso3: str, year: int) -> Finding:
    """Give the summary with its number: to how many of the treaties named in it the country is a party."""
    if record.empty:
        return Finding(country_summary(record, iso3, year), "", UNKNOWN)
    close = record[record["treaty"].isin(CLOSEST)]
    figure = f"{int((close['status'] == 'party').sum())} of {len(close)}"
    return Finding(country_summary(record, iso3, year), "", figure)


def _of(count: int, total: int) -> str:
    if count == total:
        return f"all {numeral(total)}"
    return f"{'none' if not count else numeral(count)} of {numeral(total)}"


def _signatures_end(record: pd.DataFrame) -> pd.Series:
    """Tell whether a treaty's list of signatures ends before the day of the standing."""
    return (record["signatures_until"] < record["as_of"]).fillna(False).astype(bool)


def _or(items: Sequence[str]) -> str:
    return f"{', '.join(items[:-1])} or {items[-1]}" if len(items) > 1 else items[0]


def _dated(row: pd.Series, treaty: str, year: int) -> str:
    known = int(row["known_until"])
    late = f" (as known until {known})" if row["status"] != "party" and known < year else ""
    return in_text(treaty) + late
