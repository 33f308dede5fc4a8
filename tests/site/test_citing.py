"""Citations and the glossary: what readers copy and where words lead."""

from __future__ import annotations

import pytest

from r2p_analysis.cli.assembling import published_at
from r2p_analysis.errors import UsageError
from r2p_analysis.site.citing import Citing
from r2p_analysis.site.glossary import TERMS, FirstUses

CITING = Citing("The evidence", 2016, "2026-11-24", "https://example.org/r2p/")


def test_a_title_cannot_break_bibtex() -> None:
    entry = CITING.exhibit_bibtex("100% of {R&D} at $5_000 #1 ~", "Figure 1", ["A & B"], "law.html#gap", "2026-11-25")
    assert entry.startswith("@misc{r2p2016law-gap,\n")
    assert r"100\% of \{R\&D\} at \$5\_000 \#1 \textasciitilde{}" in entry
    assert entry.replace(r"\{", "").replace(r"\}", "").count("{") == entry.replace(r"\{", "").replace(r"\}", "").count(
        "}"
    )
    assert "url = {https://example.org/r2p/law.html#gap}," in entry


def test_a_citation_says_whose_data_and_when_they_were_accessed() -> None:
    text = CITING.exhibit_apa("It rose.", "Figure 2", ["UNHCR, Population, 2025.12.1"], "a.html#b", "2026-11-20")
    assert text == (
        "r2p-analysis. (2026). It rose [Figure 2]. In The evidence: 2016 edition. Data: UNHCR, Population, 2025.12.1. "
        "Data accessed 2026-11-20. https://example.org/r2p/a.html#b"
    )


def test_a_report_without_tables_or_address_still_has_a_citation() -> None:
    assert Citing("The evidence", 2016, "").report_apa() == (
        "r2p-analysis. (2016). The evidence: 2016 edition [Data report]."
    )


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org/", "https://", "https://example.org/?a=1"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="expected one such as https://"):
        published_at({"address": address})


def test_an_address_ends_with_a_slash() -> None:
    assert published_at({"address": "https://example.org/r2p"}) == "https://example.org/r2p/"
    assert published_at({}) == ""


def test_terms_are_linked_once_and_only_as_whole_words() -> None:
    uses = FirstUses("../")
    assert uses.text("vetoers, a non-refugee") == "vetoers, a non-refugee"
    assert uses.text("Refugees <b>") == '<a class="term" href="../glossary.html#refugee">Refugees</a> &lt;b&gt;'
    assert uses.text("refugee") == "refugee", "the second use"


def test_the_longer_term_goes_before_the_shorter() -> None:
    assert 'glossary.html#palestine_refugee">Palestine refugees</a>' in FirstUses("").text("Palestine refugees")


def test_links_headings_and_attributes_are_left_alone() -> None:
    html = '<h2 id="refugees">Refugees</h2><p title="refugees"><a href="#x">refugees</a> <code>refugees</code></p>'
    assert FirstUses("").html(html) == html
    assert FirstUses("").html("<p>refugees</p>") == '<p><a class="term" href="glossary.html#refugee">refugees</a></p>'


def test_every_term_is_defined_and_every_form_means_one_term() -> None:
    forms = [form.casefold() for term in TERMS for form in (term.name, *term.forms)]
    assert len(forms) == len(set(forms))
    assert len({term.id for term in TERMS}) == len(TERMS)
    assert all(term.text.endswith(".") and term.source for term in TERMS)
    assert all(not term.url or term.url.startswith("https://") for term in TERMS)
