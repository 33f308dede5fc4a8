"""Who supports which political commitment: dated counts, which are firm, and names, which are few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from r2p_analysis.measures.council.dates import last_day
from r2p_analysis.sources.commitments import ATTENDED, COMMITMENTS
from r2p_analysis.store import Tables, measure

LABELS = {
    "code_of_conduct": "ACT Code of Conduct",
    "veto_declaration": "French-Mexican declaration",
    "kigali_principles": "Kigali Principles",
    "focal_points": "R2P Focal Points",
    "group_of_friends": "Group of Friends of R2P",
}
"""What readers see for each commitment."""


@dataclass(frozen=True)
class Bracket:
    """A count as one text states it, and what other publishers counted before and after.

    Attributes
    ----------
    before, after : int or None
        The last count before the day and the first after it, by others; None when there is none.
    before_day, after_day : str
        Their dates as published; empty when there is none.
    before_by, after_by : str
        Who published them; empty when there is none.
    """

    before: int | None
    before_day: str
    before_by: str
    after: int | None
    after_day: str
    after_by: str


@measure
def counts(tables: Tables, until: str) -> pd.DataFrame:
    """List the dated counts of supporters up to a day.

    Parameters
    ----------
    tables : Tables
        Needs commitment_counts.
    until : str
        Last day, YYYY-MM-DD. A count known to a month or year only counts at its end.

    Returns
    -------
    pandas.DataFrame
        Columns of commitment_counts, day (the last that the date may mean) and label; by commitment and day.
    """
    frame = tables["commitment_counts"]
    frame = frame.assign(
        day=frame["date"].map(last_day), label=frame["commitment"].map(LABELS), _rank=frame["commitment"].map(_RANK)
    )
    frame = frame[frame["day"] <= until].sort_values(["_rank", "day"], ignore_index=True)
    return frame.drop(columns="_rank")


@measure
def latest_counts(tables: Tables, until: str) -> pd.DataFrame:
    """Put the last count of each commitment up to a day beside the names known by then.

    Returns
    -------
    pandas.DataFrame
        commitment, label, states, date, more_than, named (states named as supporters, members or sponsors; the European
        Union is none). Null states: no count by that day, though states are named.
    """
    last = counts(tables, until).groupby("commitment").tail(1).set_index("commitment")
    everyone = named(tables, until)
    people = everyone[(everyone["standing"] != ATTENDED) & (everyone["iso3"] != "EUE")]
    names = people.groupby("commitment")["iso3"].nunique()
    codes = [code for code in COMMITMENTS if code in last.index or code in set(everyone["commitment"])]
    frame = last.reindex(codes)[["states", "date", "more_than"]]
    frame["named"] = names.reindex(codes).fillna(0).astype("Int64")
    frame["label"] = [LABELS[code] for code in codes]
    return frame.rename_axis("commitment").reset_index()


@measure
def named(tables: Tables, until: str) -> pd.DataFrame:
    """List the states named in support of a commitment by a day.

    Returns
    -------
    pandas.DataFrame
        Columns of commitments, and day and label as in `counts`.
    """
    frame = tables["commitments"]
    frame = frame.assign(day=frame["date"].map(last_day), label=frame["commitment"].map(LABELS))
    return frame[frame["day"] <= until].reset_index(drop=True)


@measure
def checklist(tables: Tables, codes: Sequence[str], until: str) -> pd.DataFrame:
    """Say for some states in which lists they are named by a day.

    Parameters
    ----------
    tables : Tables
        Needs commitments.
    codes : sequence of str
        States, ISO3.
    until : str
        Last day, YYYY-MM-DD.

    Returns
    -------
    pandas.DataFrame
        iso3, commitment, label, standing (empty when not named), date, date_means, publisher; one row a state and
        commitment with any name by then. Not named does not mean that it did not join.
    """
    first = _first_named(tables, until)
    listed = set(first.index.get_level_values("commitment"))
    known = [code for code in COMMITMENTS if code in listed]
    grid = pd.MultiIndex.from_product([list(dict.fromkeys(codes)), known], names=["iso3", "commitment"])
    found = first.reindex(grid).fillna("").reset_index()
    return found.assign(label=found["commitment"].map(LABELS))


@measure
def _first_named(tables: Tables, until: str) -> pd.DataFrame:
    """Give how each state named by a day stands, by state and commitment."""
    frame = named(tables, until)
    # A member that also attended the first meeting is a member.
    frame = frame.assign(_attended=frame["standing"] == ATTENDED)
    first = frame.sort_values(["_attended", "day"]).drop_duplicates(["commitment", "iso3"])
    return first.set_index(["iso3", "commitment"])[["standing", "date", "date_means", "publisher"]]


def checklist_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Lay a checklist out with one row a state and one column a commitment, by its label; "not named" where it is not.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `checklist` gives it.
    """
    cells = frame.assign(cell=frame["standing"].where(frame["standing"] != "", "not named"))
    states, labels = list(dict.fromkeys(frame["iso3"])), list(dict.fromkeys(frame["label"]))
    wide = cells.set_index(["iso3", "label"])["cell"].unstack("label")  # noqa: PD010  # each pair once: nothing to sum
    return wide.reindex(states)[labels].rename_axis(columns=None).reset_index()


def bracket(tables: Tables, commitment: str, day: str, leave_out: str) -> Bracket:
    """Find what was counted before and after a day by others than the text that states the count.

    Parameters
    ----------
    tables : Tables
        Needs commitment_counts.
    commitment : str
        One of COMMITMENTS.
    day : str
        YYYY-MM-DD.
    leave_out : str
        Beginning of the publisher's name whose own counts are left out.

    Returns
    -------
    Bracket
    """
    frame = counts(tables, "9999-12-31")
    frame = frame[(frame["commitment"] == commitment) & ~frame["publisher"].str.startswith(leave_out)]
    before, after = frame[frame["day"] <= day].tail(1), frame[frame["day"] > day].head(1)
    return Bracket(*_count(before), *_count(after))


def _count(row: pd.DataFrame) -> tuple[int | None, str, str]:
    if row.empty:
        return None, "", ""
    return int(row["states"].iloc[0]), str(row["date"].iloc[0]), str(row["publisher"].iloc[0])


_RANK = {code: number for number, code in enumerate(COMMITMENTS)}
