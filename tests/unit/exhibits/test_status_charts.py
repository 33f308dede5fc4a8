"""Matrices, timelines and maps of standings: drawn whole, told by more than colour, and refused in one line."""

import json
import re
from itertools import combinations

import altair as alt
import pandas as pd
import pytest
from test_theme import PAGES, SIGHT, contrast, lab

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts import Event, status_matrix, timeline
from r2p_analysis.exhibits.maps import categories

LONG = "A Treaty of a Former Federated Republic with a Very Long Name and More Besides"
WORDS = {
    "Party": theme.TREATY_STATUS["party"],
    "Signed": theme.TREATY_STATUS["signatory"],
    "Out": theme.TREATY_STATUS["outside"],
}
CELLS = pd.DataFrame(
    [(row, column, word, year) for row in ("Treaty", LONG) for column, word, year in (
        ("A", "Party", "1951"), ("The Central African Republic", "Signed", None), ("C", "Out", None),
        ("D", "Party", "2013"),
        ("E", "Party", "2013"), ("F", "Party", "2013"), ("G", "Party", "2013"), ("H", "Out", None))],
    columns=["row", "column", "word", "year"],
)  # fmt: skip
ROWS = pd.DataFrame(
    {"name": ["Treaty", LONG, "Other", "None"], "signed": [1998, 1949, None, None], "joined": [2004, 2015, 1977, None],
     "left": [2017, None, None, None]}
).astype({"signed": "Int64", "joined": "Int64", "left": "Int64"})  # fmt: skip
EVENTS = [
    Event("signed", "Signed", theme.TREATY_STATUS["signatory"], "diamond"),
    Event("joined", "Joined", theme.TREATY_STATUS["party"], "circle"),
    Event("left", "Left", theme.TREATY_STATUS["withdrawn"], "cross"),
]
PLACES = pd.DataFrame(
    {"iso3": ["AAA", "BBB", "TUV"], "name": ["A", LONG, "Tuvalu"], "word": ["Party", None, "Out"],
     "lon": [-95.0, 5.0, 179.2], "lat": [5.0, 5.0, -8.5], "small": [False, None, True]}
)  # fmt: skip

DRAWN = {
    "matrix": lambda f=CELLS: status_matrix(
        f, row="row", column="column", status="word", order=list(WORDS), text="year", colours=WORDS
    ),
    "timeline": lambda f=ROWS: timeline(f, label="name", events=EVENTS, first=1948, last=2017, empty="nothing listed"),
    "categories": lambda f=PLACES: categories(
        f, iso3="iso3", category="word", colours=WORDS, legend_title="Standing", label="name", absent="not listed"
    ),
}


def rows(spec, mark):
    """The rows of all layers of a mark."""
    return [r for layer in spec["layer"] if layer["mark"]["type"] == mark for r in layer["data"].get("values", [])]


@pytest.mark.parametrize("name", DRAWN)
def test_specs_are_valid_of_the_pages_width_and_the_themes_colours(name):
    for layout, width in (("wide", 720), ("narrow", 343)):
        spec = DRAWN[name]().layouts[layout]
        alt.Chart.from_dict(json.loads(json.dumps(spec, allow_nan=False)))
        assert spec["padding"]["left"] + spec["width"] + spec["padding"]["right"] == width
        for colour in set(re.findall(r"#[0-9a-f]{6}", json.dumps(spec))):
            assert colour in theme.VARIABLES
    assert DRAWN[name]().layouts == DRAWN[name]().layouts


@pytest.mark.parametrize("name", DRAWN)
def test_texts_stay_on_the_page(name):
    for spec in DRAWN[name]().layouts.values():
        pad, width, height = spec["padding"], spec["width"], spec["height"]
        for layer in spec["layer"]:
            look = layer["mark"]
            for row in layer["data"].get("values", []) if look["type"] == "text" else []:
                wide = theme.block_width(row["text"], look["fontSize"], look.get("fontWeight") == "bold")
                left = row["x"] - {"left": 0, "center": wide / 2, "right": wide}[look["align"]]
                assert left >= -pad["left"] - 1.5, row
                assert left + wide <= width + pad["right"] + 1.5, row
                assert -pad["top"] + 4 <= row["y"] <= height + pad["bottom"] - 4, row


@pytest.mark.parametrize("name", DRAWN)
def test_a_missing_column_or_row_is_one_line(name):
    whole = {"matrix": CELLS, "timeline": ROWS, "categories": PLACES}[name]
    with pytest.raises(ExhibitError, match="no column"):
        DRAWN[name](whole.rename(columns={"word": "wrod", "joined": "jioned"}))
    with pytest.raises(ExhibitError, match="no rows"):
        DRAWN[name](whole.iloc[:0])


@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_every_cell_has_a_sign_whose_shape_tells_what_its_colour_tells(layout):
    spec = DRAWN["matrix"]().layouts[layout]
    signs = [row for row in rows(spec, "point") if "label" in row]
    assert len(signs) == len(CELLS)
    assert {(row["colour"], row["shape"]) for row in signs} == {
        (WORDS["Party"], "circle"), (WORDS["Signed"], "diamond"), (WORDS["Out"], "cross"),
    }  # fmt: skip
    assert "A, Treaty: Party, 1951" in {row["label"] for row in signs}
    assert [row["text"] for row in rows(spec, "text")].count("1951") == 2


def test_a_cell_without_a_row_stays_empty():
    spec = DRAWN["matrix"](CELLS.iloc[1:]).layouts["wide"]
    assert len([row for row in rows(spec, "point") if "label" in row]) == len(CELLS) - 1


def test_a_matrix_refuses_unknown_statuses_and_double_cells():
    with pytest.raises(ExhibitError, match="statuses must be among"):
        DRAWN["matrix"](CELLS.assign(word="Perhaps"))
    with pytest.raises(ExhibitError, match="more than one row"):
        DRAWN["matrix"](pd.concat([CELLS, CELLS.head(1)]))


def test_a_timeline_has_a_sign_an_event_a_line_between_and_words_for_none():
    spec = DRAWN["timeline"]().layouts["wide"]
    signs = {row["label"] for row in rows(spec, "point") if "label" in row}
    assert len(signs) == 6
    assert "Treaty: Left, 2017" in signs
    [thick] = [layer for layer in spec["layer"] if layer["mark"].get("strokeWidth") == 2.5]
    assert len(thick["data"]["values"]) == 2, "no line where there is one event alone"
    assert [row["text"] for row in rows(spec, "text")].count("nothing listed") == 1


def test_the_key_of_a_timeline_names_only_what_occurs():
    texts = [row["text"] for row in rows(DRAWN["timeline"](ROWS.assign(left=None)).layouts["wide"], "text")]
    assert "Joined" in texts
    assert "Left" not in texts


def test_a_timeline_refuses_what_it_cannot_place():
    with pytest.raises(ExhibitError, match="1949, outside 1950 to 2017"):
        timeline(ROWS, label="name", events=EVENTS, first=1950, last=2017, empty="none")
    with pytest.raises(ExhibitError, match="more than one row"):
        DRAWN["timeline"](pd.concat([ROWS, ROWS]))
    with pytest.raises(ExhibitError, match="no row has an event"):
        DRAWN["timeline"](ROWS.tail(1))


def test_a_map_of_categories_names_those_that_occur_and_what_is_absent():
    spec = DRAWN["categories"]().layouts["wide"]
    texts = [row["text"] for row in rows(spec, "text")]
    assert "Party" in texts
    assert "Signed" not in texts, "no country has it"
    assert "not listed" in texts
    assert json.dumps(spec).count("not listed") >= 3, "the tooltips of countries without a row say it too"
    assert [row["fill"] for row in rows(spec, "point") if "fill" in row] == [WORDS["Out"]]
    with pytest.raises(ExhibitError, match="no colour for 'Perhaps'"):
        DRAWN["categories"](PLACES.assign(word="Perhaps"))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("sight", SIGHT)
def test_colours_of_actions_are_told_apart(page, sight):
    by_light = {colour.light: getattr(colour, page) for colour in theme.COLOURS.values()}
    colours = [by_light[colour] for colour in theme.TREATY_ACTIONS.values()]
    for colour in colours:
        assert contrast(colour, PAGES[page]) >= 3
    for a, b in combinations(colours, 2):
        distance = sum((p - q) ** 2 for p, q in zip(lab(a, sight), lab(b, sight), strict=True)) ** 0.5
        assert distance >= 13, (a, b)
