"""The ledger of the 2016 report is whole: every claim is judged, or says why not, by figures that can be traced."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from r2p_analysis import countries
from r2p_analysis.claims import CANNOT, FAILS, HOLDS, Claim, Judged, evaluate, load_document
from r2p_analysis.claims.document import Document
from r2p_analysis.declarations import find_notebooks
from r2p_analysis.store import Tables

ROOT = Path(__file__).parents[3]
FACTS = {"C02", "C22", "C23"}
"""Claims that something happened: there is a document and a date, and no number."""


@pytest.fixture(scope="module")
def document() -> Document:
    found = load_document(ROOT / "data" / "claims", 2016)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def judged(tables: Tables, document: Document) -> dict[str, Judged]:
    return {claim.id: evaluate(claim, tables) for claim in (*document.claims, *document.printed)}


def test_all_65_claims_stand_in_order(document: Document) -> None:
    assert [claim.id for claim in document.claims] == [f"C{number:02}" for number in range(1, 66)]


def test_what_cannot_be_decided_says_why(judged: dict[str, Judged]) -> None:
    for name, claim in judged.items():
        for outcome in claim.outcomes:
            assert outcome.evidence.endswith("."), f"{name}: {outcome.evidence}"
            if outcome.word == CANNOT:
                assert len(outcome.evidence.split()) >= 5, f"{name} gives no reason"


def test_what_is_decided_can_be_traced(judged: dict[str, Judged]) -> None:
    for name, claim in judged.items():
        if claim.verdict == "cannot be decided with open data":
            continue
        assert claim.tables, name
        assert claim.main.vintage, name
        assert claim.main.number is not None or name in FACTS, f"{name} has no number"
        if claim.main.low is not None and claim.main.high is not None and claim.main.number is not None:
            assert claim.main.low <= claim.main.number <= claim.main.high, name


def test_every_claim_points_to_exhibits_that_a_notebook_shows(document: Document) -> None:
    books = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "notebooks").glob("*.ipynb")}
    for claim in (*document.claims, *document.printed):
        for place in claim.exhibits:
            page, _, exhibit = place.partition("#")
            assert page in books, f"{claim.id} points to {place}"
            assert f'\\"{exhibit}\\"' in books[page], f"{claim.id} points to {place}, which no cell shows"
    assert [countries.get(code).iso3 for code in document.named_countries] == list(document.named_countries)


def test_every_topic_has_its_claims(document: Document) -> None:
    pages = {place.partition("#")[0] for claim in document.claims for place in claim.exhibits}
    topics = {name for name, book in find_notebooks(ROOT / "notebooks").items() if book.per == "edition"}
    assert topics <= pages


def test_a_page_read_for_evidence_is_not_called_the_source(document: Document) -> None:
    """What the summary says is linked to the summary, never to the newspaper that bears on it."""
    summary = [claim for claim in document.claims if "as summarised" in claim.source]
    assert len(summary) == 62
    assert {claim.url.split("/")[2] for claim in summary} == {"www.globalr2p.org"}
    assert len({claim.url for claim in summary}) == 1


def test_figures_from_hand_made_lists_name_who_published_them(judged: dict[str, Judged]) -> None:
    vintages = {name: outcome.vintage for name, claim in judged.items() for outcome in claim.outcomes}
    assert [name for name, vintage in vintages.items() if "row by row" in vintage] == []


def test_a_number_shown_alone_says_what_it_counts(judged: dict[str, Judged]) -> None:
    assert [name for name, claim in judged.items() if claim.main.current and not claim.main.subject] == []


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        # Money grew and the gap grew: neither "austerity" nor "no austerity" is the whole of it.
        ("C16", "partly supported"),
        # A code that exists is a fact; that it should be upheld is none.
        ("C20", "supported"),
        # Violence did rise, but ongoing mass killings were fewer, and 2015 was below 2014.
        ("C25", "partly supported"),
        # All three were convicted when the report appeared; one was acquitted since.
        ("C57", "partly supported"),
        # That a call was met does not make the call true.
        ("C60", "cannot be decided with open data"),
        # Printed as 65.3 million and now 65.0 million: revised, and still the largest.
        ("C04", "supported with revised data"),
    ],
)
def test_verdicts_that_are_easily_got_wrong(judged: dict[str, Judged], claim: str, verdict: str) -> None:
    assert judged[claim].verdict == verdict


def test_quotations_are_words_of_the_document(document: Document) -> None:
    """Fewer than 25 words, marked and cited; and nobody's verdict is typed."""
    for claim in document.claims:
        assert len(claim.quote.split()) < 25
    text = (ROOT / "data" / "claims" / "2016.toml").read_text(encoding="utf-8")
    assert not re.search(r"(?m)^\s*(verdict|outcome|word)\s*=", text)


def outcome(judged: dict[str, Judged], claim: str, said: str) -> tuple[str, float | None, float | None, float | None]:
    found = judged[claim]
    pairs = zip(found.claim.parts, found.outcomes, strict=True)
    one = next(o for part, o in pairs if said in part.statement)
    return one.word, one.number, one.low, one.high


@pytest.mark.parametrize(
    ("claim", "said", "expected"),
    [
        ("C10", "all types", (HOLDS, 272_844, 261_682, 290_960)),
        ("C10", "end of 2015", (HOLDS, 272_844, 261_682, 290_960)),
        ("C10", "alone had killed at least 250,000 by the end of 2015", (FAILS, 240_873, 231_849, 255_889)),
        ("C10", "alone had killed at least 250,000 by the end of 2016", (HOLDS, 285_812, 275_318, 302_326)),
        ("C25", "more mass killings were going on in 2015", (FAILS, 21, None, None)),
    ],
)
def test_figures_that_decide(
    judged: dict[str, Judged], claim: str, said: str, expected: tuple[str, float, float | None, float | None]
) -> None:
    assert outcome(judged, claim, said) == expected


def test_the_verdicts_follow_the_tables_and_not_the_ledger(tables: Tables, document: Document) -> None:
    """With every death in Syria halved, the count of 250,000 would not hold."""
    deaths = tables["ucdp_country_years"].copy()
    numbers = [name for name in deaths.columns if name.endswith(("_best", "_low", "_high"))]
    deaths.loc[deaths["iso3"] == "SYR", numbers] = deaths.loc[deaths["iso3"] == "SYR", numbers] // 2
    world = Tables.of({**{name: tables[name] for name in tables}, "ucdp_country_years": deaths})
    claim: Claim = next(c for c in document.claims if c.id == "C10")
    assert evaluate(claim, tables).verdict == "supported"
    assert evaluate(claim, world).verdict == "contradicted"
