"""A verdict is computed from its parts, and the ledger refuses what it cannot judge."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2p_analysis.claims import CANNOT, FAILS, HOLDS, REVISED, VERDICTS, evaluate, load_document, verdict
from r2p_analysis.errors import UsageError
from r2p_analysis.store import Tables

DATA = Path(__file__).parents[3] / "data"
PART = '[[claim.part]]\nstatement = "It is so."\ncheck = "record_year"\nyear = 2015\n'
CLAIM = '[[claim]]\nid = "X1"\ntext = "Something."\nsource = "A/70/999"\nsections = ["Introduction"]\n'


def test_the_part_that_the_guide_shows_is_one_that_the_ledger_takes(tmp_path: Path) -> None:
    guide = (DATA.parent / "docs" / "adding-a-source-topic-claim.md").read_text(encoding="utf-8")
    shown = guide[guide.index("    [[claim.part]]") :].split("\n\n")[0]
    load(tmp_path, CLAIM + textwrap.dedent(shown))


def load(folder: Path, text: str) -> None:
    (folder / "2016.toml").write_text(text)
    load_document(folder, 2016)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CLAIM, "no part"),
        (CLAIM.replace('text = "Something."\n', "") + PART, "no text"),
        (CLAIM + PART.replace("record_year", "recrod_year"), "no check"),
        (CLAIM + PART + "jahr = 2015\n", "jahr"),
        (CLAIM + PART.replace("year = 2015\n", ""), "year"),
        (CLAIM + PART.replace('statement = "It is so."\n', ""), "no statement"),
        (CLAIM + 'quote = "' + "word " * 25 + '"\n' + PART, "quotes 25 words"),
        (CLAIM + PART + CLAIM + PART, "stands twice"),
        (CLAIM.replace("Introduction", "Annex") + PART, "no section"),
        (CLAIM + "verdict = 'supported'\n" + PART, "unknown key verdict"),
        (CLAIM + PART + "proxy = true\n", "only proxies"),
        (CLAIM + PART + 'relation = { is = "rose", from = 1, to = 2 }\n', "takes no relation"),
        ("[[claim]\n", "not valid TOML"),
    ],
)
def test_a_ledger_that_breaks_a_rule_says_which(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        load(tmp_path, text)
    assert "\n" not in str(caught.value)


def test_an_edition_without_claims_is_no_error(tmp_path: Path) -> None:
    assert load_document(tmp_path, 2016) is None


@given(st.lists(st.sampled_from([HOLDS, REVISED, FAILS, CANNOT]), min_size=1, max_size=6))
def test_verdicts_follow_from_outcomes(words: list[str]) -> None:
    found = verdict(words)
    assert found in VERDICTS
    assert found == verdict(sorted(words)), "the order of parts does not matter"
    if found == "supported":
        assert set(words) == {HOLDS}
    if found == "contradicted":
        assert FAILS in words
        assert not {HOLDS, REVISED} & set(words)
    if CANNOT in words or FAILS in words:
        assert found not in ("supported", "supported with revised data")


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("C04", "supported with revised data"),
        ("C11", "supported"),
        ("C13", "partly supported"),
        ("C26", "partly supported"),
        ("C63", "partly supported"),
        ("P01", "supported with revised data"),
        ("P03", "supported"),
        ("P07", "supported with revised data"),
        ("P09", "cannot be decided with open data"),
        ("P16", "partly supported"),
    ],
)
def test_verdicts_on_the_embedded_tables(tables: Tables, claim: str, expected: str) -> None:
    document = load_document(DATA / "claims", 2016)
    assert document is not None
    judged = evaluate(next(c for c in (*document.claims, *document.printed) if c.id == claim), tables)
    assert judged.verdict == expected
    assert len(judged.outcomes) == len(judged.claim.parts)
    assert all(outcome.evidence.endswith(".") for outcome in judged.outcomes)


def test_a_verdict_changes_with_the_data(tables: Tables) -> None:
    """A hard-coded verdict would survive a world in which 2014 was worse."""
    inflated = tables["idmc_conflict_idps"].copy()
    inflated.loc[inflated["year"] == 2014, "conflict_idps"] *= 2
    world = Tables.of({**{name: tables[name] for name in tables}, "idmc_conflict_idps": inflated})
    document = load_document(DATA / "claims", 2016)
    assert document is not None
    judged = evaluate(next(c for c in document.claims if c.id == "C04"), world)
    assert judged.verdict == "partly supported"
    assert judged.outcomes[0].word == FAILS


def test_the_printed_rise_of_2016_is_told_as_a_fall(tables: Tables) -> None:
    document = load_document(DATA / "claims", 2016)
    assert document is not None
    judged = evaluate(next(c for c in (*document.claims, *document.printed) if c.id == "P16"), tables)
    assert judged.outcomes[1].word == FAILS
    assert "rose from 2015 to 2016; in the current data it fell" in judged.outcomes[1].evidence
