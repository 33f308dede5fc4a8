"""Pages say when they rest on data older than their producers' newest, and nothing else about the day."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright
from sitekit import CLAIMS, SOURCE, TABLES, exhibit, notebook, sample

from r2p_analysis.site import PageSource, TableView, build

UCDP = replace(
    TABLES[0], name="ucdp_deaths", title="Deaths", producer="UCDP", version="25.1", last_year=2024, reaches=2024,
    state="stale", age="26.1 expected since June 2026", cadence="yearly in June", token="not needed",
)  # fmt: skip
UNHCR = replace(TABLES[0], state="due", age="the mid-year release of 2026 expected since October 2026", reaches=2025)
NOTE = "Newer data should exist for"


def pages(folder: Path, tables: list[TableView], *sources: str, **changes: Any) -> dict[str, str]:
    shown = exhibit("deaths", claims=[], sources=[{**SOURCE, "table": name} for name in sources])
    folder.mkdir(parents=True, exist_ok=True)
    topic = PageSource("topic", "violence", "Violence", notebook(folder / "violence.ipynb", "# Violence", shown))
    other = PageSource("country", "SYR", "Syria", notebook(folder / "SYR.ipynb", "# Syria", exhibit(claims=[])))
    given = {"judged_on": "25 November 2026", **changes}
    request = sample(folder / "sample", pages=[topic, other], tables=tables, **given)
    built = build(request)
    return {name: (built.out / name).read_text(encoding="utf-8") for name in built.files if name.endswith(".html")}


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_page_on_stale_data_says_so_with_the_reason(tmp_path: Path) -> None:
    found = pages(tmp_path, [UNHCR, UCDP], "ucdp_deaths", "unhcr_population")
    text = words(found["violence.html"])
    assert f"{NOTE} 1 of the 2 tables behind this page" in text
    assert "Newer data may revise what is shown here: UCDP, 25.1: 26.1 expected since June 2026. Deaths" in text
    assert f"{NOTE} 1 of the 2 tables" in words(found["index.html"])
    assert 'href="data.html#table_ucdp_deaths"' in found["violence.html"]


def test_the_source_line_of_a_stale_table_says_so_and_no_other(tmp_path: Path) -> None:
    found = pages(tmp_path, [UNHCR, UCDP], "ucdp_deaths", "unhcr_population")["violence.html"]
    lines = [line for line in found.splitlines() if '· accessed <span class="day">2026-07-03' in line]
    assert [("· stale: 26.1 expected since June 2026" in line, "#table_ucdp_deaths" in line) for line in lines] == [
        (True, True),
        (False, False),
    ]


def test_a_page_that_does_not_rest_on_the_stale_table_says_nothing(tmp_path: Path) -> None:
    found = pages(tmp_path, [UNHCR, UCDP], "unhcr_population")
    for name in ("violence.html", "countries/SYR.html", "index.html"):
        assert NOTE not in found[name], name
        assert "stale" not in words(found[name]), name


def test_a_table_that_ends_before_the_editions_year_may_lack_years(tmp_path: Path) -> None:
    early = replace(UCDP, last_year=2013, reaches=2013)
    text = words(pages(tmp_path, [early], "ucdp_deaths")["violence.html"])
    assert "These end with 2013; newer data may add what is missing up to 2015: UCDP, 25.1" in text
    assert "may revise" not in text


@pytest.mark.parametrize(("reaches", "said"), [(2014, "may add"), (2015, "may revise"), (None, "may revise")])
def test_the_editions_year_is_where_revising_begins(tmp_path: Path, reaches: int | None, said: str) -> None:
    text = words(pages(tmp_path, [replace(UCDP, reaches=reaches)], "ucdp_deaths")["violence.html"])
    assert [word for word in ("may add", "may revise") if word in text] == [said]


def test_tables_of_one_release_share_a_line(tmp_path: Path) -> None:
    two = replace(UCDP, name="ucdp_one_sided", title="Killings")
    found = pages(tmp_path, [UCDP, two], "ucdp_deaths", "ucdp_one_sided")["violence.html"]
    note = found[found.index('<details class="age">') : found.index("</details>")]
    assert note.count("<li>") == 1
    assert "Deaths ; Killings" in words(note)


def test_the_ledger_says_when_claims_were_judged_with_stale_data(tmp_path: Path) -> None:
    ledger = [replace(CLAIMS[0], sources=["ucdp_deaths"]), *CLAIMS[1:]]
    assert NOTE in pages(tmp_path / "a", [UNHCR, UCDP], "unhcr_population", ledger=ledger)["claims.html"]
    assert NOTE not in pages(tmp_path / "b", [UNHCR, UCDP], "ucdp_deaths")["claims.html"]


def test_the_data_page_tells_age_and_token_of_every_table(tmp_path: Path) -> None:
    text = words(pages(tmp_path, [UNHCR, UCDP], "ucdp_deaths")["data.html"])
    assert "Age as judged for 25 November 2026" in text
    assert "Age Due: the mid-year release of 2026 expected since October 2026" in text
    assert "New figures yearly in June Age Stale: 26.1 expected since June 2026 Token to fetch it not needed" in text


def test_only_the_data_page_holds_the_day_so_that_others_change_with_a_state_alone(tmp_path: Path) -> None:
    first = pages(tmp_path / "a", [UNHCR, UCDP], "ucdp_deaths")
    second = pages(tmp_path / "b", [UNHCR, UCDP], "ucdp_deaths", judged_on="26 November 2026")
    assert [name for name in first if first[name] != second[name]] == ["data.html"]


def test_a_site_whose_tables_nobody_judged_says_nothing_of_age(tmp_path: Path) -> None:
    built = build(sample(tmp_path))
    for name in built.files:
        if name.endswith(".html"):
            text = words((built.out / name).read_text(encoding="utf-8"))
            assert NOTE not in text, name
            assert "Age as judged" not in text, name


def test_what_newer_data_could_change_is_said_once_for_all_tables_alike(tmp_path: Path) -> None:
    other = replace(UCDP, name="bank", title="People", producer="World Bank", version="2025")
    early = replace(UCDP, name="early", title="Early", producer="Bureau", reaches=2013)
    text = words(pages(tmp_path, [UCDP, other, early], "ucdp_deaths", "bank", "early")["violence.html"])
    assert f"{NOTE} 3 of the 3 tables" in text
    assert text.count("may revise what is shown here") == text.count("These end with 2013") == 1


@pytest.mark.browser
def test_on_paper_the_list_of_stale_tables_does_not_push_the_findings_off_the_sheet(
    tmp_path: Path, chromium: str
) -> None:
    """Opened in print, it stood before the findings: half a sheet that the sources say again under each figure."""
    html = pages(tmp_path, [UNHCR, UCDP], "ucdp_deaths", "unhcr_population")["violence.html"]
    (place,) = [path for path in tmp_path.rglob("violence.html") if path.read_text(encoding="utf-8") == html][:1]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(place.as_uri())
        page.emulate_media(media="print")
        assert page.locator(".age summary").is_visible()
        assert not page.locator(".age li").first.is_visible()
        browser.close()
