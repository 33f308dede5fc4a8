"""What a person in JupyterLab sees, asks for and saves, and that none of it reaches a build."""

from __future__ import annotations

import csv
import json
import os
import re
import struct
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

from r2p_analysis.errors import ExhibitError, NotebookError, UsageError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.exhibit import EXHIBIT_MIME, gap_payload
from r2p_analysis.notebook import Figures, Shown, asking, begin, figures, furniture, live, shown, stored
from r2p_analysis.notebook.live import VEGALITE_MIME
from r2p_analysis.workspace import make_workspace

ROOT = Path(__file__).parents[2]
EVIL = "<script>alert(1)</script>\"&'"
Bundles = list[dict[str, Any]]


@pytest.fixture(scope="module")
def ukraine() -> Figures:
    return figures("country_profile", edition=2024, country="Ukraine")


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Bundles:
    bundles: Bundles = []
    monkeypatch.delenv("R2P_RUN", raising=False)
    monkeypatch.setattr(shown, "display", lambda bundle, raw, metadata=None: bundles.append(bundle))
    return bundles


def payload(**changed: Any) -> dict[str, Any]:
    made = {
        "schema": 1, "id": "a", "kind": "table", "headline": "H.", "subtitle": "S.", "alt": "A.", "graphic": None,
        "columns": [{"name": "name", "title": "Name", "type": "text", "unit": "", "decimals": 0}], "rows": [["x"]],
        "sources": [], "notes": [], "claims": [], "reason": "",
    }  # fmt: skip
    return made | changed


def of(**changed: Any) -> Shown:
    return Shown(payload(**changed), "Table 1", pd.DataFrame(), 'report.exhibit("a")')


# --- what is seen


def test_a_chart_is_live_between_its_headline_and_its_sources(ukraine: Figures, seen: Bundles) -> None:
    ukraine["displaced"].show()
    head, chart, foot = seen
    assert "Figure 1" in head["text/html"]
    assert "<h3>9.7 million people from Ukraine" in head["text/html"]
    assert head[EXHIBIT_MIME]["id"] == "displaced"
    assert chart[VEGALITE_MIME]["$schema"].endswith("/v5.json"), "the newest that JupyterLab draws by itself"
    assert chart[VEGALITE_MIME]["description"] == ukraine["displaced"].alt
    assert "text/html" not in chart, "JupyterLab would take it before the live chart"
    assert chart["image/svg+xml"].startswith("<svg"), "for readers that draw no Vega-Lite"
    assert "CC BY 4.0" in foot["text/html"]
    assert ukraine["displaced"].alt in foot["text/html"], "the alt text as text"
    assert all(bundle["text/plain"].strip() for bundle in seen)


def test_jupyterlab_draws_as_many_marks_as_the_report(tmp_path: Path) -> None:
    """Specs are written for Vega-Lite 6, and JupyterLab draws them with 5."""
    specs = {}
    for topic in ("displacement", "council"):
        for id, each in figures(topic, edition=2016).items():
            if each.payload["graphic"]:
                newer = live.live_spec(each.payload)
                specs[id] = [live.live_bundle(newer, "x")[0][VEGALITE_MIME], newer]
    (tmp_path / "specs.json").write_text(json.dumps(specs), encoding="utf-8")
    # In a process of its own: this one may fork later.
    code = (
        "import json, sys, vl_convert as vl\n"
        "draw = lambda spec, version: vl.vegalite_to_svg(spec, vl_version=version)\n"
        "marks = lambda spec, version: [draw(spec, version).count(m) for m in ('<path', '<text')]\n"
        "for id, (older, newer) in json.load(open(sys.argv[1])).items():\n"
        "    if marks(older, '5.20') != marks(newer, None): print(id)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "specs.json")]
    run = subprocess.run(command, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    assert len(specs) > 15


def test_every_mark_that_has_words_has_a_tooltip(ukraine: Figures) -> None:
    text = json.dumps(live.live_spec(ukraine["displaced"].payload))
    assert text.count('"tooltip": {"field"') == text.count('"description": {"field"') > 0


def test_the_map_of_a_person_holds_its_geometry_and_asks_nothing_from_elsewhere(ukraine: Figures) -> None:
    spec = live.live_spec(ukraine["destinations-map"].payload)
    assert '"url"' not in json.dumps(spec)
    assert len(json.dumps(spec)) > 40_000


def test_charts_never_offer_to_send_their_data_to_an_editor_elsewhere(ukraine: Figures) -> None:
    _, metadata = live.live_bundle(live.live_spec(ukraine["displaced"].payload), "x")
    assert metadata[VEGALITE_MIME]["embed_options"]["actions"]["editor"] is False


def test_an_altair_chart_shows_without_a_script_from_elsewhere(ukraine: Figures, seen: Bundles) -> None:
    begin("displacement", 2016)
    bundle = ukraine["displaced"].chart._repr_mimebundle_()
    shown_as = bundle[0] if isinstance(bundle, tuple) else bundle
    assert VEGALITE_MIME in shown_as
    assert "text/html" not in shown_as


def test_a_dark_jupyterlab_shows_the_dark_value_of_every_colour_of_a_chart(ukraine: Figures) -> None:
    spec = json.dumps(live.live_spec(ukraine["displaced"].payload))
    rules = live.dark_rules(spec)
    used = {code for code in re.findall(r"#[0-9a-f]{6}\b", spec) if code in theme.VARIABLES}
    assert len(used) >= 4
    for colour in theme.COLOURS.values():
        assert (f'[fill="{colour.light}"]{{fill:{colour.dark}}}' in rules) == (colour.light in used)
    assert "url(" not in rules


@pytest.mark.parametrize("field", ["headline", "subtitle", "alt"])
def test_texts_are_escaped(field: str) -> None:
    assert "<script" not in of(**{field: EVIL}, kind="chart")._repr_html_()


def test_cells_headings_notes_sources_and_reasons_are_escaped() -> None:
    keys = ("attribution", "version", "licence", "retrieved", "url", "title", "producer", "redistribution", "table")
    column = {"name": EVIL, "title": EVIL, "type": "text", "unit": EVIL, "decimals": 0}
    html = of(
        rows=[[EVIL]], columns=[column], notes=[EVIL], reason=EVIL, sources=[dict.fromkeys(keys, EVIL)]
    )._repr_html_()
    assert "<script" not in html
    assert "alert(1)" in html


def test_a_link_that_is_no_address_is_not_made() -> None:
    keys = ("attribution", "version", "licence", "retrieved", "url")
    assert "javascript" not in of(sources=[dict.fromkeys(keys, "x") | {"url": "javascript:alert(1)"}])._repr_html_()


def test_the_html_is_well_formed(ukraine: Figures) -> None:
    for each in ukraine.values():
        ET.fromstring(f"<div>{each._repr_html_()}</div>")


def test_long_data_are_cut_and_said_to_be() -> None:
    html = furniture.table(payload(rows=[[str(number)] for number in range(1000)]))
    assert html.count("<tr>") == furniture.ROWS_SHOWN + 1
    assert "970 more rows" in html


def test_a_gap_gives_its_reason_and_nothing_to_save(seen: Bundles, tmp_path: Path) -> None:
    gap = Shown(gap_payload("none", "Nothing here", "Nobody counted."), "Figure 1", pd.DataFrame(), "x")
    gap.show()
    assert len(seen) == 1
    assert "Nobody counted." in seen[0]["text/html"]
    assert seen[0]["text/plain"] == "Figure 1. Nothing here: Nobody counted."
    assert ".save(" not in seen[0]["text/html"]
    for name in ("a.csv", "a.svg"):
        with pytest.raises(ExhibitError, match="Nobody counted"):
            gap.save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_build_stores_nothing_for_the_eye(run_cells: Callable[..., Bundles]) -> None:
    outputs = run_cells("country_profile", edition=2016, country="SYR")
    held = [set(bundle) for bundle in outputs if EXHIBIT_MIME in bundle]
    assert held == [{EXHIBIT_MIME, "text/plain"}] * len(held)
    assert len(held) > 10


# --- asking


def test_a_country_is_asked_for_by_name_as_by_code(ukraine: Figures) -> None:
    assert list(figures("country_profile", edition=2024, country="UKR")) == list(ukraine)


def test_asking_gives_what_the_notebook_shows(ukraine: Figures, run_cells: Callable[..., Bundles]) -> None:
    outputs = run_cells("country_profile", edition=2024, country="UKR")
    assert [each.payload for each in ukraine.values()] == [b[EXHIBIT_MIME] for b in outputs if EXHIBIT_MIME in b]


def test_asking_shows_nothing_itself(seen: Bundles, monkeypatch: pytest.MonkeyPatch) -> None:
    from r2p_analysis.notebook import report

    monkeypatch.setattr(report, "display", lambda bundle, raw: seen.append(bundle))
    figures("country_profile", edition=2024, country="TUV")
    assert seen == []


def test_the_code_told_below_an_exhibit_gives_it(ukraine: Figures) -> None:
    again = eval(ukraine["displaced"].ask, {"figures": figures})
    assert again.payload == ukraine["displaced"].payload


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"notebook": "displacment", "edition": 2024}, 'no notebook "displacment"'),
        ({"notebook": "start", "edition": 2024}, 'no notebook "start"'),
        ({"notebook": "displacement", "edition": 1900}, "edition 1900 cannot be made"),
        ({"notebook": "country_profile", "edition": 2024, "country": "Ukrane"}, "did you mean Ukraine"),
        ({"notebook": "country_profile", "edition": 2024, "land": "UKR"}, 'no parameter "land"'),
    ],
)
def test_what_cannot_be_asked_is_one_line(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said) as error:
        figures(**asked)
    assert "\n" not in str(error.value)


def test_an_exhibit_that_is_not_there_is_told_with_those_that_are(ukraine: Figures) -> None:
    assert "nothing" not in ukraine
    with pytest.raises(UsageError, match='no exhibit "nothing": it has displaced'):
        ukraine["nothing"]


def test_a_cell_that_fails_is_named_and_later_questions_are_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_workspace(tmp_path / "mine").root
    book = nbformat.read(home / "notebooks" / "country_profile.ipynb", as_version=4)
    book.cells[2].source += "\n1 / 0"
    nbformat.write(book, home / "notebooks" / "country_profile.ipynb")
    monkeypatch.setenv("R2P_HOME", str(home))
    with pytest.raises(NotebookError, match="country_profile, cell 3: ZeroDivisionError"):
        figures("country_profile", edition=2024, country="TUV")
    assert asking.ASKED.get() is None


def test_a_document_holds_text_sentences_and_exhibits_in_order(
    seen: Bundles, monkeypatch: pytest.MonkeyPatch, ukraine: Figures
) -> None:
    monkeypatch.setattr(asking, "show_object", lambda markdown: seen.append({"text/markdown": markdown.data}))
    ukraine.read()
    texts = [bundle.get("text/markdown", "") for bundle in seen]
    assert texts[0].startswith("Where nothing is shown")
    heading = texts.index("## Who fled, and where are they?")
    first = next(number for number, bundle in enumerate(seen) if EXHIBIT_MIME in bundle)
    assert heading < first
    assert [b[EXHIBIT_MIME]["id"] for b in seen if EXHIBIT_MIME in b] == list(ukraine)


def test_stored_tables_are_listed_with_their_age() -> None:
    frame = stored(date(2040, 1, 1))
    assert frame.loc["unhcr_population", "producer"] == "UNHCR"
    assert frame.loc["unhcr_population", "age"] == "stale"
    assert set(frame["age"]) <= {"fresh", "due", "stale"}


# --- saving


def test_a_saved_picture_carries_headline_sources_and_licence(ukraine: Figures, tmp_path: Path) -> None:
    svg = ukraine["displaced"].save(tmp_path / "new" / "figure.svg").read_text(encoding="utf-8")
    assert svg.startswith("<?xml")
    flat = re.sub(r"<[^>]+>|\s+", " ", svg)
    assert "9.7 million people from Ukraine" in flat
    assert "CC BY 4.0" in flat
    assert "var(" not in svg


def test_a_saved_png_has_twice_the_size(ukraine: Figures, tmp_path: Path) -> None:
    figure = ukraine["displaced"]
    png = figure.save(tmp_path / "figure.PNG").read_bytes()
    svg = figure.save(tmp_path / "figure.svg").read_text(encoding="utf-8")
    width, height = struct.unpack(">II", png[16:24])
    drawn = re.search(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', svg)
    assert drawn is not None
    assert (width, height) == (pytest.approx(2 * float(drawn[1]), abs=2), pytest.approx(2 * float(drawn[2]), abs=2))


def test_drawing_leaves_the_kernel_free_to_fork(tmp_path: Path) -> None:
    """The converter hangs the children of a process that used it, so it must not be loaded here."""
    code = (
        "import sys; from r2p_analysis.notebook import figures\n"
        "f = figures('country_profile', edition=2023, country='MLT')['displaced']\n"
        f"f.save({str(tmp_path / 'a.png')!r}); f.show()\n"
        "assert 'vl_convert' not in sys.modules"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "a.png").is_file()


def test_saved_data_cannot_run_in_a_spreadsheet_and_keep_their_sources(tmp_path: Path) -> None:
    sources = [{"attribution": "Someone", "licence": "CC BY 4.0"}]
    path = of(rows=[["=1+1"], [None], ["é"]], sources=sources, notes=["N."]).save(tmp_path / "a.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["name"], ["'=1+1"], [""], ["é"]]
    about = json.loads((tmp_path / "a.csv-metadata.json").read_text(encoding="utf-8"))
    assert about["url"] == "a.csv"
    assert about["dc:source"] == sources
    assert about["rdfs:comment"] == ["N."]


@pytest.mark.parametrize("name", ["figure", "figure.pdf", "figure.html"])
def test_another_ending_is_refused_with_those_that_go(ukraine: Figures, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"expected a name that ends in \.svg, \.png, \.csv"):
        ukraine["displaced"].save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_table_has_no_picture(tmp_path: Path) -> None:
    with pytest.raises(ExhibitError, match=r'is a table: it has no picture; save its data as "\.csv"'):
        of().save(tmp_path / "a.png")
    with pytest.raises(ExhibitError, match="it has no chart"):
        of().chart.show()


def test_a_place_that_cannot_be_written_to_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        of().save(tmp_path / "file" / "a.csv")


# --- notebooks


def test_every_topic_says_how_to_run_it_for_another_year() -> None:
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        tagged = [cell.source for cell in cells if "parameters" in cell.metadata.get("tags", [])]
        assert path.stem == "start" or tagged[0].startswith("# Change these"), path.name


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The launcher after a person ran it in a workspace of their own."""
    home = make_workspace(tmp_path_factory.mktemp("lab") / "mine").root
    book = nbformat.read(home / "notebooks" / "start.ipynb", as_version=4)
    env = {name: value for name, value in os.environ.items() if name not in ("R2P_RUN", "R2P_HOME")}
    env["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), env.get("PYTHONPATH", "")])
    client = NotebookClient(book, timeout=120, resources={"metadata": {"path": str(home / "notebooks")}})
    client.execute(env=env)
    return home, book


def test_the_launcher_runs_in_a_workspace_and_saves_its_files_there(launched: tuple[Path, Any]) -> None:
    home, book = launched
    assert sorted(path.name for path in (home / "outputs" / "exports").iterdir()) == [
        "ukraine-displaced.csv",
        "ukraine-displaced.csv-metadata.json",
        "ukraine-displaced.png",
        "ukraine-displaced.svg",
    ]
    streams = [o for c in book.cells for o in c.get("outputs", []) if o.output_type == "stream" and o.name == "stderr"]
    assert streams == [], "no warning in an analyst's first notebook"


def test_the_launcher_shows_what_it_speaks_of(launched: tuple[Path, Any]) -> None:
    outputs = [o["data"] for c in launched[1].cells for o in c.get("outputs", []) if "data" in o]
    ids = [data[EXHIBIT_MIME]["id"] for data in outputs if EXHIBIT_MIME in data]
    assert ids == ["displaced", "world-total", "two-countries"]
    assert sum(VEGALITE_MIME in data for data in outputs) == 3
    own = next(d[EXHIBIT_MIME] for d in outputs if EXHIBIT_MIME in d and d[EXHIBIT_MIME]["id"] == "two-countries")
    assert own["headline"] == (
        "10.8 million people from Sudan were displaced at the end of 2023, and 9.7 million from Ukraine."
    )
    assert {source["table"] for source in own["sources"]} >= {"unhcr_population", "idmc_conflict_idps"}
