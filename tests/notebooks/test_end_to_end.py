"""From stored tables to a published folder, by the command itself, with real kernels and the real renderer."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

from r2p_analysis.exhibits.exhibit import EXHIBIT_MIME
from r2p_analysis.site.chromium import page_count
from reports import VARIANTS, Reports

LOADING = {"src", "srcset", "poster", "data", "action", "background", "xlink:href"}


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def exhibits(folder: Path) -> dict[str, list[str]]:
    found = {}
    for path in sorted(folder.rglob("*.ipynb")):
        outputs = [o for c in nbformat.read(path, as_version=4).cells for o in c.get("outputs", [])]
        found[path.name] = [json.dumps(o["data"][EXHIBIT_MIME]) for o in outputs if EXHIBIT_MIME in o.get("data", {})]
    return found


def test_two_builds_give_the_same_bytes(builds: Reports) -> None:
    first, other = (files(builds[name] / "site") for name in VARIANTS)
    assert list(first) == list(other)
    assert [name for name in first if first[name] != other[name]] == []


@pytest.mark.browser
def test_two_builds_give_the_same_paper_and_parcels(builds: Reports, chromium: str) -> None:
    names = ["report.pdf", "briefs/SYR.pdf", "briefs/TUV.pdf", "r2p-2016.zip", "single/countries/SYR.html"]
    for name in names:
        first, other = ((builds[variant] / name).read_bytes() for variant in VARIANTS)
        assert first == other, name


@pytest.mark.browser
def test_the_briefs_of_a_large_and_a_small_country_have_at_most_four_pages(builds: Reports, chromium: str) -> None:
    for code in ("SYR", "TUV"):
        content = (builds["first"] / f"briefs/{code}.pdf").read_bytes()
        assert 2 <= len(re.findall(rb"/Type /Page\n", content)) == page_count(content) <= 4
        # Every picture has its words: where some stand under others, a reader hears nothing.
        assert len(re.findall(rb"/S /Figure\n/Alt ", content)) == len(re.findall(rb"/S /Figure\n", content)) > 0
    assert len(re.findall(rb"/S /Figure\n", (builds["first"] / "briefs/SYR.pdf").read_bytes())) >= 4


def test_two_builds_give_the_same_exhibits(builds: Reports) -> None:
    first, other = (exhibits(builds[name] / "notebooks") for name in VARIANTS)
    assert first == other
    assert len(first["displacement.ipynb"]) >= 10


class Loads(HTMLParser):
    """Collect what a browser would load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in LOADING or (name == "href" and tag in ("link", "use", "image")):
                self.found.append(value or "")
            if name == "style" or (name.startswith("on") and len(name) > 2):
                self.found.append(f"{name}: {value}")
            self.found += re.findall(r"url\(([^#)][^)]*)\)", value or "")


def test_no_page_loads_anything_from_elsewhere(builds: Reports) -> None:
    pages = [path for path in (builds["first"] / "site").rglob("*") if path.suffix in (".html", ".svg", ".css")]
    assert len([page for page in pages if page.suffix == ".html" and page.parent.name != "embed"]) == 12
    for page in pages:
        text = page.read_text(encoding="utf-8")
        loads = Loads()
        loads.feed(text)
        assert [
            load for load in loads.found if not re.fullmatch(r"(\.\./)?(assets/[a-z.]+|figures/[\w-]+\.svg)|#.*", load)
        ] == [], page
        assert "@import" not in text
        assert not re.search(r"<script(?![^>]* src=)", text)


def test_pages_hold_their_exhibits_and_claims(builds: Reports) -> None:
    site = builds["first"] / "site"
    topic = (site / "displacement.html").read_text(encoding="utf-8")
    shown = [json.loads(text) for text in exhibits(builds["first"] / "notebooks")["displacement.ipynb"]]
    for exhibit in shown:
        assert f'id="{exhibit["id"]}"' in topic
        assert (site / "data" / f"displacement-{exhibit['id']}.csv").is_file()
    assert 'href="claims.html#C04"' in topic
    claims = (site / "claims.html").read_text(encoding="utf-8")
    assert all(f'id="{name}"' in claims for name in ("C04", "C11", "C13", "C26", "C63", "P01"))
    data = (site / "data.html").read_text(encoding="utf-8")
    for name in ("unhcr_population", "idmc_conflict_idps", "unrwa_palestine_refugees", "world_shapes"):
        assert f"table_{name}" in data


def test_the_manifest_says_what_was_made(builds: Reports) -> None:
    manifest = json.loads((builds["first"] / "manifest.json").read_text())
    assert [page["page"] for page in manifest["pages"]] == ["displacement", "violence", "SYR", "TUV", "YEM"]
    assert all(page["failure"] is None for page in manifest["pages"])
    assert manifest["as_of"] == "2026-11-25"


# Bytes that a reader of one page loads, and that a host of all pages holds.
TOPIC_BYTES, COUNTRY_BYTES, SITE_BYTES = 400_000, 250_000, 120_000_000


def _loaded(site: Path, page: str) -> int:
    """Compressed size of a page with all that it loads; the search's list too, which comes once somebody searches."""
    shared = [path for path in (site / "assets").iterdir() if path.is_file()]
    return sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in [site / page, *shared])


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("displacement.html", TOPIC_BYTES),
        ("violence.html", TOPIC_BYTES),
        ("countries/SYR.html", COUNTRY_BYTES),
        ("countries/TUV.html", COUNTRY_BYTES),
        ("compare/SYR-YEM.html", TOPIC_BYTES),
    ],
)
def test_a_page_is_light_enough_for_a_slow_line(builds: Reports, page: str, most: int) -> None:
    assert _loaded(builds["first"] / "site", page) <= most


def test_a_site_of_all_countries_is_small_enough_to_be_passed_on(builds: Reports) -> None:
    """Measured on a build of all 195 (108.9 MB): a country holds 63% of Syria on average, a topic 65% of violence."""
    site = builds["first"] / "site"

    def held(code: str) -> int:
        # A build of all countries has neither PNG nor embeds of them.
        files = [site / f"countries/{code}.html", *site.glob(f"figures/{code}-*.svg"), *site.glob(f"data/{code}-*")]
        return sum(path.stat().st_size for path in files)

    topics = [
        sum(path.stat().st_size for path in site.rglob(f"{name}*") if path.is_file())
        for name in ("displacement", "violence")
    ]
    # The rest: search list, ledger, A-Z and a comparison.
    weight = 195 * 0.63 * held("SYR") + 9 * 0.65 * max(topics) + 2_500_000
    assert held("TUV") < 0.3 * held("SYR")
    assert 90_000_000 < weight <= SITE_BYTES, "below, the weighing itself has gone wrong"
