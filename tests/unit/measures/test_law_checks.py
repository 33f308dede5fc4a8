"""The number checks of treaties, on the tables that the project carries."""

from __future__ import annotations

import pandas as pd
import pytest

from r2p_analysis.errors import MeasureError
from r2p_analysis.measures import law
from r2p_analysis.store import Tables, sources_of

# Treaty, parties at the end of 2005, 2015 and 2016, and the last complete year.
C1 = """
GENOCIDE 138 147 147 2021
CERD 170 177 177 2021
ICESCR 151 164 164 2021
ICCPR 154 168 168 2021
CEDAW 180 189 189 2021
CAT 141 158 160 2021
OPCAT 16 80 83 2021
CRC 192 196 196 2021
OPAC 105 162 166 2021
CED 0 51 54 2021
REFUGEE51 143 145 145 2012
REFUGEE67 143 146 146 2013
STATELESS54 58 86 87 2014
STATELESS61 30 63 64 2014
UNPERSONNEL 79 91 91 2012
UNPERSONNEL_OP 0 28 28 2012
ROME 100 123 124 2023
KAMPALA_ART8 0 17 17 2013
KAMPALA_AGGR 0 26 32 2018
CCW 100 121 123 2019
CWC 175 192 192 2019
MINEBAN 148 162 162 2019
CLUSTER 0 98 100 2019
ATT 0 79 91 2019
GC1949 193 197 197 2019
AP1 163 174 174 2019
AP2 159 168 168 2019
AP3 0 72 73 2019
"""
ROWS = [line.split() for line in C1.split("\n") if line]


@pytest.mark.parametrize(("treaty", "y2005", "y2015", "y2016", "complete"), ROWS)
def test_c1_parties_and_completeness(
    tables: Tables, treaty: str, y2005: str, y2015: str, y2016: str, complete: str
) -> None:
    for year, expected in ((2005, y2005), (2015, y2015), (2016, y2016)):
        found = law.parties_on(tables, treaty, law.end_of(year))
        assert found.number == int(expected), (treaty, year)
        assert found.complete == (year <= int(complete))
    assert found.complete_until == int(complete)


def test_c1_has_a_row_for_every_treaty(tables: Tables) -> None:
    assert {row[0] for row in ROWS} == set(tables["treaties"]["treaty"]) == set(law.SHORT) == set(law.IN_TEXT)


@pytest.mark.parametrize(
    ("treaty", "date", "expected"),
    [
        ("GENOCIDE", "2022-04-20", 152 + 1), ("ROME", "2016-12-31", 124), ("ROME", "2021-08-18", 123),
        ("REFUGEE67", "2019-01-01", 147), ("KAMPALA_AGGR", "2016-12-31", 32), ("KAMPALA_AGGR", "2019-11-27", 39),
        ("AP1", "2020-11-09", 174), ("AP2", "2020-11-09", 169), ("AP3", "2020-11-09", 78), ("ATT", "2020-11-09", 110),
    ],
)  # fmt: skip
def test_totals_that_a_source_states(tables: Tables, treaty: str, date: str, expected: int) -> None:
    assert law.parties_on(tables, treaty, date).number == expected


def test_the_geneva_conventions_bind_196_states_and_niue(tables: Tables) -> None:
    stands = law.standing(tables, ["GC1949"], ["NIU"], "2020-11-09")
    assert stands["status"].tolist() == ["party"]
    assert law.parties_on(tables, "GC1949", "2020-11-09").number - 1 == 196


def test_the_day_of_the_report_lies_between_the_printed_numbers(tables: Tables) -> None:
    found = law.parties_on(tables, "ATT", "2016-07-22")
    assert found.number == 87
    assert 82 <= found.number <= 89
    assert found.complete


# C2: rows that are only remembered, added to the table that the counting function is given -----

REMEMBERED = {
    "STATELESS54": ("TUR 2015-03-26, MLI 2016-05-27, SLE 2016-05-09, GNB 2016-09-19, CHL 2018-04-11, HTI 2018-09-27, "
                    "COL 2019-10-07, AGO 2019-10-07, MLT 2019-12-11, ISL 2021-01-26, TGO 2021-07-14"),
    "STATELESS61": ("BLZ 2015-08-14, ITA 2015-12-01, MLI 2016-05-27, SLE 2016-05-09, GNB 2016-09-19, BFA 2017-08-01, "
                    "LUX 2017-09-21, CHL 2018-04-11, HTI 2018-09-27, ESP 2018-09-25, AGO 2019-10-07, MKD 2020-01-03, "
                    "ISL 2021-01-26, TGO 2021-07-14, PHL 2022-03-24"),
}  # fmt: skip
TOTALS = {
    "STATELESS54": {2015: 86, 2016: 89, 2018: 91, 2019: 94, 2021: 96},
    "STATELESS61": {2015: 65, 2016: 68, 2017: 70, 2018: 73, 2019: 74, 2020: 75, 2021: 77, 2022: 78},
}


@pytest.mark.parametrize("treaty", TOTALS)
def test_c2_replay_gives_the_totals_quoted_elsewhere(tables: Tables, treaty: str) -> None:
    pairs = [entry.split() for entry in REMEMBERED[treaty].split(", ")]
    added = pd.DataFrame(pairs, columns=["iso3", "consent_date"]).assign(treaty=treaty, precision="day")
    old = tables["treaty_participation"]
    # A remembered day takes the place of the year alone that another source gives.
    kept = old[~((old["treaty"] == treaty) & old["iso3"].isin(added["iso3"]))]
    replay = Tables.of(
        {"treaties": tables["treaties"], "treaty_participation": pd.concat([kept, added], ignore_index=True)}
    )
    assert {year: law.parties_on(replay, treaty, law.end_of(year)).number for year in TOTALS[treaty]} == TOTALS[treaty]


UNVERIFIED = [
    ("ROME", "UKR"), ("CLUSTER", "NGA"), ("CLUSTER", "SSD"), ("ATT", "AND"), ("ATT", "PHL"), ("ATT", "GAB"),
    ("OPCAT", "PSE"), ("CED", "MDV"), ("MINEBAN", "MHL"), ("STATELESS61", "BLZ"), ("STATELESS61", "ITA"),
    ("STATELESS54", "MLI"), ("STATELESS61", "TGO"), ("STATELESS61", "PHL"),
]  # fmt: skip
LEFT_BY_MEMORY = [
    ("ROME", "HUN"),
    ("CLUSTER", "LTU"),
    *(("MINEBAN", code) for code in ("EST", "LVA", "LTU", "FIN", "POL")),
]


@pytest.mark.parametrize(("treaty", "iso3"), UNVERIFIED)
def test_no_consent_from_memory_is_in_the_table(tables: Tables, treaty: str, iso3: str) -> None:
    frame = tables["treaty_participation"]
    rows = frame[(frame["treaty"] == treaty) & (frame["iso3"] == iso3)]
    assert rows["consent_date"].isna().all()


@pytest.mark.parametrize(("treaty", "iso3"), LEFT_BY_MEMORY)
def test_no_withdrawal_from_memory_is_in_the_table(tables: Tables, treaty: str, iso3: str) -> None:
    frame = tables["treaty_participation"]
    rows = frame[(frame["treaty"] == treaty) & (frame["iso3"] == iso3)]
    assert rows["withdrawal_effective"].isna().all()
    assert len(rows) == 1


# What a count must not do -----


def test_a_line_stops_where_the_list_ends(tables: Tables) -> None:
    frame = law.parties_by_year(tables, ["REFUGEE51", "ROME"], 1995, 2025).set_index(["treaty", "year"])["parties"]
    assert frame["REFUGEE51", 2012] == 145
    assert frame["REFUGEE51"].loc[2013:].isna().all(), "a flat line would pretend that nobody joined"
    assert frame["ROME"].loc[:1997].isna().all(), "before it was adopted"
    assert frame["ROME", 2016] == 124
    assert frame["ROME", 2017] == 123, "Burundi's withdrawal counts from the year in which it took effect"
    assert pd.isna(frame["ROME", 2024])


@pytest.mark.parametrize("treaty", ["GENOCIDE", "ROME", "OPCAT", "STATELESS54", "ATT"])
def test_the_course_and_the_count_on_a_day_agree(tables: Tables, treaty: str) -> None:
    course = law.parties_by_year(tables, [treaty], 1945, 2025).dropna(subset=["parties"])
    for row in course.iloc[::7].itertuples(index=False):
        assert law.parties_on(tables, treaty, law.end_of(row.year)).number == row.parties


def test_a_withdrawal_counts_from_its_day(tables: Tables) -> None:
    before, after = (law.parties_on(tables, "ROME", day).number for day in ("2017-10-26", "2017-10-27"))
    assert before - after == 1
    assert law.standing(tables, ["ROME"], ["BDI"], "2017-10-26")["status"].tolist() == ["party"]
    assert law.standing(tables, ["ROME"], ["BDI"], "2017-10-27")["status"].tolist() == ["withdrawn"]


def test_a_year_alone_counts_from_its_end_and_widens_the_range(tables: Tables) -> None:
    found = law.parties_on(tables, "OPCAT", "2017-06-30")
    frame = tables["treaty_participation"]
    of_2017 = frame[(frame["treaty"] == "OPCAT") & (frame["consent_date"] == "2017")]
    assert len(of_2017) > 0
    assert found.high - found.number == len(of_2017)


def test_the_european_union_is_in_no_count(tables: Tables) -> None:
    row = {"treaty": "ROME", "iso3": "EUE", "consent_date": "2000-01-01", "precision": "day"}
    more = pd.concat([tables["treaty_participation"], pd.DataFrame([row])], ignore_index=True)
    with_union = Tables.of({"treaties": tables["treaties"], "treaty_participation": more})
    assert law.parties_on(with_union, "ROME", "2015-12-31").number == 123


def test_every_row_of_the_list_is_of_a_state_that_is_counted(tables: Tables) -> None:
    states = set(law.states_on("2025-12-31"))
    assert len(states) == 197
    assert set(tables["treaty_participation"]["iso3"]) <= states
    assert len(tables["treaty_participation"]) == 3829


@pytest.mark.parametrize("year", [2009, 2012, 2015, 2019, 2025])
@pytest.mark.parametrize("treaty", ["GENOCIDE", "ROME"])
def test_maps_lists_and_counts_agree(tables: Tables, treaty: str, year: int) -> None:
    end = law.end_of(year)
    stands = law.standing(tables, [treaty], law.states_on(end), end, only_where_complete=True)
    number = law.parties_on(tables, treaty, stands["as_of"].iloc[0]).number
    assert (stands["status"] == "party").sum() == number
    assert law.by_region(tables, [treaty], end)["parties"].sum() == number
    assert len(law.missing(tables, [treaty], end)) == len(stands) - number


def test_the_actions_of_a_year_are_those_of_the_list(tables: Tables) -> None:
    last, keys = law.covered(tables, 2015)
    assert last == 2015
    assert "REFUGEE51" not in keys
    assert law.covered(tables, 2025)[0] == 2019
    frame = law.actions_by_year(tables, keys, 2005, 2015)
    joined = frame[(frame["year"] == 2015) & ~frame["action"].isin(["signed", "withdrew"])]["number"].sum()
    raw = tables["treaty_participation"]
    raw = raw[raw["treaty"].isin(keys)]
    assert joined == raw["consent_date"].str.startswith("2015").sum()
    gain = law.parties_by_year(tables, keys, 2014, 2015).groupby("year")["parties"].sum().diff().loc[2015]
    assert joined == gain


def test_what_came_after_the_day_is_not_told(tables: Tables) -> None:
    row = law.standing(tables, ["ATT"], ["KOR"], "2015-12-31").iloc[0]
    assert row["status"] == "signatory"
    assert pd.isna(row["consent_date"])
    assert str(row["since"]) <= "2015-12-31"


def test_then_and_now_is_null_where_it_is_not_known(tables: Tables) -> None:
    rows = law.then_and_now(tables, 2015).set_index("treaty")
    assert rows.loc["GENOCIDE", ["before", "at_end", "last_known"]].tolist() == [138, 147, 152]
    assert pd.isna(rows.loc["REFUGEE51", "at_end"])
    assert pd.isna(rows.loc["ATT", "before"]), "not yet adopted"
    assert rows.loc["AP3", "before"] == 0, "adopted in that year and joined by nobody"


def test_a_country_record_says_how_far_it_is_known(tables: Tables) -> None:
    record = law.country_record(tables, "SYR", 2015).set_index("treaty")
    assert record.loc["GENOCIDE", ["status", "since", "how"]].tolist() == ["party", "1955-06-25", "acceded"]
    assert record.loc["REFUGEE51", ["status", "known_until"]].tolist() == ["outside", 2012]
    assert record.loc["ROME", ["status", "signed_year"]].tolist() == ["signatory", 2000]
    assert "ATT" not in set(law.country_record(tables, "SYR", 2012)["treaty"])
    assert law.country_record(tables, "BDI", 2018).set_index("treaty").loc["ROME", "left_year"] == 2017
    assert not law.can_join("SSD", 2009)
    assert law.can_join("SSD", 2011)
    assert not law.can_join("GRL", 2015)
    assert law.can_join("COK", 2015)


def test_frames_know_their_tables(tables: Tables) -> None:
    both = ["treaties", "treaty_participation"]
    for frame in (
        law.missing(tables, ["ROME"], "2015-12-31"), law.by_region(tables, ["ROME"], "2015-12-31"),
        law.country_record(tables, "SYR", 2015), law.then_and_now(tables, 2015),
    ):  # fmt: skip
        assert sources_of(frame) == both


def test_wrong_treaties_and_days_are_one_line(tables: Tables) -> None:
    with pytest.raises(MeasureError, match='no treaty "NPT"'):
        law.parties_on(tables, "NPT", "2015-12-31")
    with pytest.raises(MeasureError, match="no ISO day"):
        law.parties_on(tables, "ROME", "31 December 2015")
