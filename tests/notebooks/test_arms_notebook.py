"""The topic of arms: what its pages show and say."""

from __future__ import annotations

import pytest
from test_notebooks import Run, check, exhibits

IDS = [
    "deliveries",
    "by-recipient",
    "by-supplier",
    "party-share",
    "before-and-after",
    "since-then",
    "internationalised",
]


@pytest.mark.parametrize("edition", range(2010, 2027))
def test_every_edition_keeps_the_rules(run_cells: Run, edition: int) -> None:
    outputs = run_cells("arms", edition=edition)
    check(outputs)
    shown = exhibits(outputs)
    assert list(shown) == IDS
    gaps = {name for name in IDS if shown[name]["kind"] == "gap"}
    expected = {"deliveries", "by-recipient", "by-supplier"} if edition == 2010 else set()
    expected |= {"party-share", "before-and-after"} if edition < 2016 else set()
    expected |= {"since-then"} if edition < 2016 or edition > 2024 else set()
    assert gaps == expected


def test_the_2016_edition_says_what_the_deliveries_say(run_cells: Run) -> None:
    shown = exhibits(run_cells("arms", edition=2016))
    assert "16 states bound by the Arms Trade Treaty delivered 41%" in shown["party-share"]["headline"]
    assert shown["by-supplier"]["headline"].startswith(
        "The United States, which signed the Arms Trade Treaty but is not bound by it, delivered 51%"
    )
    assert "Bahrain, Egypt, Jordan, Kuwait" in str(shown["deliveries"]["notes"]), "members stand by name"
    assert any("17 states bound" in note and "38.1%" in note for note in shown["since-then"]["notes"])
    assert any("15 states bound" in note and "32.7%" in note for note in shown["since-then"]["notes"])
    assert shown["since-then"]["subtitle"].startswith("Then and now")
    assert "21 of 53 internal conflicts in 2015" in shown["internationalised"]["headline"]
    assert max(row[0] for row in shown["deliveries"]["rows"]) == 2015, "later years are not shown"


def test_every_picture_of_deliveries_says_what_it_cannot_show_and_credits_sipri(run_cells: Run) -> None:
    shown = exhibits(run_cells("arms", edition=2020))
    for name in IDS[:-1]:
        notes = " ".join(shown[name]["notes"])
        assert "not money" in notes, name
        assert "not thereby used in Yemen" in notes, name
        assert any("© SIPRI" in source["attribution"] for source in shown[name]["sources"]), name
    late = " ".join(exhibits(run_cells("arms", edition=2023))["deliveries"]["notes"])
    assert "known in full to the end of 2019" in late


def test_years_before_the_data_are_gaps_and_no_zeros(run_cells: Run) -> None:
    shown = exhibits(run_cells("arms", edition=2010))
    assert "no zero" in shown["deliveries"]["reason"]
