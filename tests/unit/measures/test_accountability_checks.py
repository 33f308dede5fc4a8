"""Quiet, returns of violence, mass killings and court cases, on the embedded tables and on small ones."""

from __future__ import annotations

import pandas as pd
import pytest

from r2p_analysis.errors import MeasureError, UsageError
from r2p_analysis.measures import accountability
from r2p_analysis.store import Tables

SIX = ["SYR", "IRQ", "SSD", "CAF", "NGA", "YEM"]


def invented(deaths: dict[str, dict[int, int]]) -> Tables:
    rows = [
        {
            "iso3": code, "year": year, "deaths_best": count, "deaths_low": count - 5, "deaths_high": count + 5,
            "one_sided_best": 0,
            "one_sided_low": 0,
            "one_sided_high": 0,
        }
        for code, years in deaths.items()
        for year, count in years.items()
    ]  # fmt: skip
    episodes = pd.DataFrame(
        [("SYR", "a", 2011, None), ("SYR", "b", 2012, 2013)], columns=["iso3", "episode", "start_year", "end_year"]
    ).astype({"end_year": "Int64"})
    counts = ["deaths_best", "deaths_low", "deaths_high", "one_sided_best", "year"]
    return Tables.of(
        {
            "ucdp_country_years": pd.DataFrame(rows).astype(dict.fromkeys(counts, "Int64")),
            "ewp_mass_killings": episodes.assign(perpetrator="state-led"),
            "ewp_risk": pd.DataFrame({"base_year": [2014]}),
        }
    )


# Negative first


def test_an_unknown_country_and_reversed_years_are_refused(tables: Tables) -> None:
    with pytest.raises(UsageError, match="QQQ"):
        accountability.levels(tables, 2000, 2015, ["QQQ"])
    with pytest.raises(MeasureError, match="swap them"):
        accountability.levels(tables, 2015, 2000)


def test_a_country_without_a_row_is_not_called_quiet(tables: Tables) -> None:
    """UCDP has no row of its own for the State of Palestine."""
    assert accountability.levels(tables, 1989, 2024, ["PSE"]).empty
    assert accountability.quiet_years(tables, ["PSE"], 2015)["quiet_years"].isna().all()
    found = accountability.recurrence(tables, "PSE", 2015)
    assert (found.first, found.violent_years) == (None, 0)


def test_a_state_is_not_quiet_before_it_existed(tables: Tables) -> None:
    assert accountability.levels(tables, 1989, 2015, ["SSD"])["year"].min() == 2011
    assert accountability.quiet_years(tables, ["SSD"], 2010)["quiet_years"].isna().all()


def test_years_after_the_last_are_not_counted_as_quiet(tables: Tables) -> None:
    last = accountability.last_year(tables)
    frame = accountability.quiet_years(tables, ["TLS", "CIV"], last + 1)
    assert (
        frame["quiet_years"].tolist()
        == accountability.quiet_years(tables, ["TLS", "CIV"], last)["quiet_years"].tolist()
    )


# Spells


def test_a_gap_in_the_years_parts_spells_and_is_no_return() -> None:
    tables = invented({"SYR": {2000: 100, 2001: 3, 2005: 4, 2006: 100}})
    frame = accountability.spells(tables, 2006)
    assert frame[["start", "end"]].to_numpy().tolist() == [[2000, 2000], [2001, 2001], [2005, 2005], [2006, 2006]]
    assert pd.isna(frame["before_years"].iloc[2])


def test_the_threshold_is_25_and_1000() -> None:
    assert [accountability.level_of(n) for n in (0, 24, 25, 999, 1000)] == [
        accountability.LEVELS[0], accountability.LEVELS[0], accountability.LEVELS[1], accountability.LEVELS[1],
        accountability.LEVELS[2],
    ]  # fmt: skip
    frame = accountability.levels(invented({"SYR": {2000: 24, 2001: 40, 2002: 5}}), 2000, 2002)
    assert frame["unsure"].tolist() == [True, False, False]


def test_violence_comes_back_only_after_it_was_there_and_then_quiet() -> None:
    tables = invented(
        {
            "SYR": {2000: 0, 2001: 50, 2002: 60},
            "IRQ": {2000: 50, 2001: 0, 2002: 0, 2003: 70},
            "YEM": {2000: 50, 2001: 1},
        }
    )
    frame = accountability.returns(tables, 2003)
    assert frame[["iso3", "year", "quiet_years", "first_deaths"]].to_numpy().tolist() == [["IRQ", 2003, 2, 70]]


def test_what_comes_later_is_not_looked_at(tables: Tables) -> None:
    """In the edition of 2016 nothing may be said of the peak that a spell reached afterwards."""
    early = accountability.returns(tables, 2015)
    late = accountability.returns(tables, 2024)
    assert early["peak_year"].max() <= 2015
    key = ["iso3", "year", "quiet_years"]
    pd.testing.assert_frame_equal(early[key], late[late["year"] <= 2015][key].reset_index(drop=True))


def one_of_six_ended() -> pd.DataFrame:
    """Follow six countries that are quiet from 2001 on; in one of them violence comes back after a year."""
    codes = ["SYR", "IRQ", "YEM", "CAF", "NGA", "KEN"]
    deaths = {code: {2000: 50, **dict.fromkeys(range(2001, 2011), 0)} for code in codes[:5]}
    deaths["KEN"] = {2000: 50, 2001: 0, **dict.fromkeys(range(2002, 2011), 50)}
    return accountability.quiet_survival(invented(deaths), 2010)


def test_quiet_that_still_holds_is_not_counted_as_ended() -> None:
    frame = one_of_six_ended()
    every = frame[frame["after"] == "any violence"].set_index("years")
    assert every.loc[0, "at_risk"] == 6
    assert every.loc[1, "holding_pct"] == pytest.approx(100 * 5 / 6)
    assert every.loc[9, "holding_pct"] == pytest.approx(100 * 5 / 6)


def test_the_share_of_few_spells_is_never_told_without_how_uncertain_it_is() -> None:
    """Greenwood's interval of the logarithm's logarithm, by hand: of six spells one ended, so var = 1 / (6 * 5)."""
    frame = one_of_six_ended()
    every = frame[frame["after"] == "any violence"].set_index("years")
    assert (every.loc[0, "holding_low"], every.loc[0, "holding_high"]) == (100, 100)
    assert every.loc[1, "holding_low"] == pytest.approx(27.3, abs=0.05)
    assert every.loc[1, "holding_high"] == pytest.approx(97.5, abs=0.05)
    grave = frame[frame["after"] != "any violence"]
    assert grave[["holding_pct", "holding_low", "holding_high"]].isna().all(axis=None)


def test_the_share_stays_within_its_interval_and_the_interval_within_bounds(tables: Tables) -> None:
    known = accountability.quiet_survival(tables, 2015).dropna(subset=["holding_pct"])
    assert (known["holding_low"] <= known["holding_pct"]).all()
    assert (known["holding_pct"] <= known["holding_high"]).all()
    assert known["holding_low"].between(0, 100).all()
    few, many = (known[known["after"].eq("any violence") == held].set_index("years") for held in (False, True))
    assert ((few["holding_high"] - few["holding_low"]) > (many["holding_high"] - many["holding_low"])).loc[1:].all()


def test_countries_by_year_add_up_to_all_violent_ones(tables: Tables) -> None:
    frame = accountability.countries_by_year(tables, 1995, 2015).groupby("year")["countries"].sum()
    table = tables["ucdp_country_years"]
    violent = table[table["deaths_best"] >= 25].groupby("year")["iso3"].nunique()
    assert frame.to_dict() == violent.loc[1995:2015].to_dict()


def test_the_countries_that_the_report_names(tables: Tables) -> None:
    """C56: quiet years up to the end of 2015, and what a year more brought."""
    named = list(accountability.TRANSITIONS)
    assert accountability.quiet_years(tables, named, 2015)["quiet_years"].tolist() == [4, 14, 2, 0]
    assert accountability.quiet_years(tables, named, 2016)["quiet_years"].tolist() == [0, 15, 3, 0]


def test_relapses_that_the_report_names_had_no_quiet_year_before(tables: Tables) -> None:
    """C55."""
    assert accountability.quiet_years(tables, list(accountability.RELAPSED), 2012)["quiet_years"].tolist() == [0, 0, 0]
    begun = accountability.onsets(tables, 2012, 2015)
    found = begun[begun["iso3"].isin(accountability.RELAPSED)].groupby("iso3")["year"].apply(list).to_dict()
    assert found == {"CAF": [2013], "IRQ": [2014], "SSD": [2013, 2013]}


def test_displaced_people_of_the_relapses_are_those_of_the_number_checks(tables: Tables) -> None:
    """A5; Iraq's and the others' sums by origin at the end of 2015, and no sum without those displaced inside."""
    frame = accountability.before_and_after(tables, accountability.RELAPSED, 2008, 2015).set_index(["iso3", "year"])
    assert [frame.loc[(code, 2015), "displaced"] for code in ("CAF", "IRQ", "SSD")] == [933_727, 3_791_254, 2_479_826]
    assert pd.isna(frame.loc[("CAF", 2008), "displaced"])
    assert pd.isna(frame.loc[("SSD", 2010), "displaced"])


# Mass killings: B8 and D6


def test_mass_killings_by_year(tables: Tables) -> None:
    frame = accountability.mass_killings(tables, 2003, 2024)
    assert frame["ongoing"].tolist() == [
        31, 27, 27, 21, 19, 19, 20, 19, 19, 17, 20, 20, 21, 22, 20, 20, 20, 19, 20, 20, 21, 21,
    ]  # fmt: skip
    assert frame["begun"].tolist() == [2, 2, 0, 0, 1, 1, 2, 2, 3, 1, 4, 1, 1, 2, 0, 0, 1, 1, 1, 1, 1, 0]
    assert frame["ended"].tolist()[:-1] == [6, 0, 6, 3, 1, 1, 3, 3, 3, 1, 1, 0, 1, 2, 0, 1, 2, 0, 1, 0, 0]
    assert frame["ended"].isna().tolist()[-1], "an end in the last year coded may yet be taken back"


def test_mass_killings_of_2015_with_2005_as_100(tables: Tables) -> None:
    """D6."""
    ongoing = accountability.mass_killings(tables, 2005, 2015).set_index("year")["ongoing"]
    assert (ongoing[2005], ongoing[2015], round(100 * ongoing[2015] / ongoing[2005])) == (27, 21, 78)


def test_no_mass_killing_is_told_beyond_the_last_year_coded(tables: Tables) -> None:
    known = accountability.killings_known_until(tables)
    assert known == 2024
    assert accountability.mass_killings(tables, 2020, 2030)["year"].max() == known
    assert accountability.ongoing_by_country(tables, known + 1).empty


def test_ongoing_in_2015_among_the_six(tables: Tables) -> None:
    frame = accountability.ongoing_by_country(tables, 2015)
    assert set(frame["iso3"]) & set(SIX) == {"SYR", "IRQ", "SSD", "CAF", "NGA"}
    assert frame["ongoing"].sum() == 21


def test_an_onset_while_another_goes_on_is_no_first() -> None:
    frame = accountability.onsets(invented({"SYR": {2011: 1}}), 2000, 2014)
    assert frame["earlier"].tolist() == ["the first since 1945", "while another went on"]


# The Court: D7


def test_every_accused_stands_in_one_stage(tables: Tables) -> None:
    frame = accountability.accused_by_year(tables, 2025)
    assert frame["accused"].sum() == 49
    totals = frame.groupby("stage")["accused"].sum()
    labels = accountability.STAGES
    assert totals[labels["withdrawn"]] == 16
    # 21 trials began; the cases of three of them were withdrawn or dismissed later and stand there.
    table = tables["tjet_icc_accused"]
    both = int((table["proceedings_year"].notna() & table["withdrawn_year"].notna()).sum())
    assert totals[labels["proceedings"]] == 21 - both
    assert accountability.accused_by_situation(tables, 2025)["accused"].sum() == 49


def test_a_trial_that_was_stopped_had_begun_all_the_same(tables: Tables) -> None:
    """D7: 21 trials begun and 16 cases withdrawn or dismissed; some are both."""
    found = accountability.accused(tables, 2025)
    assert (found.listed, found.tried, found.withdrawn) == (49, 21, 16)
    assert found.tried_and_withdrawn == 3
    assert accountability.accused(tables, 2015).tried_and_withdrawn == 0


def test_stages_are_those_of_the_time(tables: Tables) -> None:
    frame = accountability.accused_by_year(tables, 2015)
    assert frame["accused"].sum() == int((tables["tjet_icc_accused"]["warrant_year"] <= 2015).sum()) == 40
    assert frame["year"].max() == 2015


def test_a_side_with_too_few_years_has_no_mean(tables: Tables) -> None:
    frame = accountability.deaths_around_warrants(tables, 2015).set_index("iso3")
    assert pd.isna(frame.loc["MLI", "after"])
    assert frame.loc["UGA", "years_after"] == 5
    assert set(accountability.deaths_around_warrants(tables, 2004)["iso3"]) == set()


def test_a_later_decision_is_not_known_before_its_day(tables: Tables) -> None:
    then = accountability.convictions(tables, 2016, "2016-07-22").set_index("person")
    now = accountability.convictions(tables, 2016, "2026-11-25").set_index("person")
    assert then["stands"].tolist() == [True, True, True]
    assert then.loc["Jean-Pierre Bemba", "sentence"] == "18 years"
    assert now["stands"].to_dict() == {
        "Jean-Pierre Bemba": False, "Radovan Karadžić": True, "Hissène Habré": True,
    }  # fmt: skip
    assert pd.isna(now.loc["Jean-Pierre Bemba", "sentence"])
    assert accountability.convictions(tables, 2016, "2016-03-20").empty
    assert accountability.convictions(tables, 2016, "2018-06-07")["stands"].all()
