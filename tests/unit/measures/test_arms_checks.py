"""The number checks of arms deliveries (D4), and from when the Arms Trade Treaty bound a supplier."""

from __future__ import annotations

import pandas as pd
import pytest

from r2p_analysis.errors import MeasureError
from r2p_analysis.measures import arms
from r2p_analysis.store import Tables, sources_of


@pytest.mark.parametrize(
    ("recipients", "first", "last", "share", "parties", "total"),
    [
        (arms.COALITION, 2015, 2016, 38.1, 17, 16_161),
        (arms.COALITION, 2015, 2015, 41.2, 16, 7_616),
        (arms.LEADERS, 2015, 2016, 32.7, 15, 9_908),
    ],
)
def test_d4_share_of_parties(
    tables: Tables, recipients: tuple[str, ...], first: int, last: int, share: float, parties: int, total: int
) -> None:
    found = arms.party_share(tables, first, last, recipients)
    assert round(found.share * 100, 1) == share
    assert found.parties == parties
    assert round(found.total) == total
    assert found.complete


def test_d4_largest_suppliers_of_the_two_leading_states(tables: Tables) -> None:
    frame = arms.by_supplier(tables, 2015, 2016, arms.LEADERS).head(5)
    volumes = {code: round(volume) for code, volume in zip(frame["supplier_iso3"], frame["tiv_millions"], strict=True)}
    assert volumes == {"USA": 6311, "GBR": 1614, "FRA": 813, "ITA": 272, "CHE": 183}
    assert frame["status"].tolist() == ["signatory", "party", "party", "party", "party"]


def test_no_delivery_is_lost(tables: Tables) -> None:
    frame = tables["sipri_coalition_deliveries"]
    assert len(frame) == 813
    assert round(frame["tiv_millions"].sum(), 3) == 96_027.878
    first, last = arms.years_of_data(tables)
    assert (first, last) == (2010, 2024)
    for way in (arms.by_status, arms.by_supplier, arms.by_recipient):
        assert way(tables, first, last)["tiv_millions"].sum() == pytest.approx(96_027.878)


@pytest.mark.parametrize(
    ("iso3", "bound_from"),
    [
        ("GBR", "2014-12-24"),  # deposited in April 2014: bound with the treaty itself
        ("NZL", "2014-12-24"),  # the ninetieth day after 2 September would be earlier
        ("CHE", "2015-04-30"), ("ZAF", "2015-03-22"), ("NLD", "2015-03-18"), ("SRB", "2015-03-05"),
        ("GEO", "2016-08-21"), ("KOR", "2017-02-26"), ("BRA", "2018-11-12"), ("CAN", "2019-09-17"),
        ("CHN", "2020-10-04"),
        ("USA", None), ("TUR", None), ("ARE", None),
    ],
)  # fmt: skip
def test_ninety_days_after_the_deposit_and_not_before_the_treaty(
    tables: Tables, iso3: str, bound_from: str | None
) -> None:
    found = arms.bound_from(tables).set_index("iso3").loc[iso3, "in_force_from"]
    assert (None if pd.isna(found) else found) == bound_from


def test_a_supplier_counts_when_bound_by_the_middle_of_the_year(tables: Tables) -> None:
    assert arms.standing_in(tables, ["CHE"], 2014) == {"CHE": "before"}
    assert arms.standing_in(tables, ["CHE", "FIN", "TUR", "UNK", "RUS"], 2015) == {
        "CHE": "party", "FIN": "party", "TUR": "signatory", "UNK": "unknown", "RUS": "outside",
    }  # fmt: skip
    assert arms.standing_in(tables, ["CAN"], 2018) == {"CAN": "outside"}
    assert arms.standing_in(tables, ["CAN"], 2019) == {"CAN": "signatory"}, "joined and not yet bound"
    assert arms.standing_in(tables, ["CAN"], 2020) == {"CAN": "party"}
    assert arms.first_year(tables) == 2015


def test_a_deposit_that_is_taken_away_changes_the_share(tables: Tables) -> None:
    frame = tables["treaty_participation"]
    france = (frame["treaty"] == "ATT") & (frame["iso3"] == "FRA")
    frames = {name: tables[name] for name in ("treaties", "sipri_coalition_deliveries")}
    without = Tables.of(
        {**frames, "treaty_participation": frame.assign(consent_date=frame["consent_date"].mask(france))}
    )
    found = arms.party_share(without, 2015, 2015)
    assert found.parties == 15
    assert found.share < 0.25


def test_after_the_last_complete_year_a_share_is_a_lower_bound(tables: Tables) -> None:
    frame = arms.share_by_year(tables, 2010, 2030).set_index("year")
    assert list(frame.index) == list(range(2015, 2025)), "no year before the treaty, none after the data"
    assert frame["complete"].to_dict() == {year: year <= 2019 for year in frame.index}


def test_what_cannot_be_counted_is_one_line(tables: Tables) -> None:
    with pytest.raises(MeasureError, match="from 2015 to 2024"):
        arms.party_share(tables, 2014, 2015)
    with pytest.raises(MeasureError, match="no deliveries to IRN"):
        arms.deliveries(tables, 2015, 2015, ["IRN"])
    with pytest.raises(MeasureError, match="nothing to compare"):
        arms.before_and_after(tables, 2014)


def test_means_before_and_since(tables: Tables) -> None:
    row = arms.before_and_after(tables, 2016).set_index("supplier_iso3").loc["FRA"]
    frame = tables["sipri_coalition_deliveries"]
    mine = frame[frame["supplier_iso3"] == "FRA"].groupby("year")["tiv_millions"].sum()
    assert row["before"] == pytest.approx(mine.loc[2010:2014].sum() / 5)
    assert row["since"] == pytest.approx(mine.loc[2015:2016].sum() / 2)


def test_internationalised_conflicts(tables: Tables) -> None:
    frame = arms.internationalised(tables, 1946, 2100).set_index("year")
    assert frame.loc[[2005, 2010, 2014, 2015, 2024], "internationalised"].tolist() == [5, 8, 16, 21, 19]
    assert frame.index.max() == 2024
    raw = tables["ucdp_armed_conflicts"]
    assert frame["all_internal"].sum() == raw["type"].isin(["intrastate", "internationalised intrastate"]).sum()
    assert sources_of(arms.internationalised(tables, 2000, 2015)) == ["ucdp_armed_conflicts"]
    assert sources_of(arms.by_supplier(tables, 2015, 2015)) == [
        "sipri_coalition_deliveries", "treaties", "treaty_participation",
    ]  # fmt: skip
