"""Small frames, one of each chart, and geometry of a few squares."""

import pandas as pd

from r2p_analysis.exhibits.charts import (
    dot_plot,
    events,
    heat_table,
    lines,
    range_dots,
    ranked_bars,
    slope,
    small_multiples,
    stacked_bars,
    steps,
)
from r2p_analysis.exhibits.maps import choropleth, proportional_circles

LONG = "The Former Federated Republic of a Place with a Very Long Name and More Besides"

TALL = pd.DataFrame(
    [(y, s, v) for y in range(2010, 2016) for s, v in (("A", 10.0 * y), (LONG, None if y < 2013 else 5.0), ("C", 0))],
    columns=["year", "series", "value"],
)
WORLD = pd.DataFrame(
    {
        "iso3": ["AAA", "BBB", "CCC", "TUV"],
        "name": ["A", LONG, "C", "Tuvalu"],
        "value": [0.0, 1500.0, None, 20.0],
        "lon": [-95.0, 5.0, 105.0, 179.2],
        "lat": [5.0, 5.0, 5.0, -8.5],
        "small": [False, False, None, True],
    }
)
RANGES = TALL.assign(low=TALL["value"] * 0.9, high=TALL["value"] * 1.2)
POINTS = pd.DataFrame({"at": [2014.3, 2015.4, 2015.5], "value": [9e3, 3e4, 3e4], "text": ["B", LONG, "C"]})
DATED = pd.DataFrame(
    [("2015-09-01", "A", 29.0), ("2015-09-04", "A", 40.0), ("2016-07-22", LONG, None), ("2017-12-31", LONG, 112.0)],
    columns=["date", "series", "value"],
)
NAMES = pd.DataFrame({"name": ["A", LONG, "C"], "then": [3.0, None, 0.0], "now": [4e12, 5e-7, None]})

CHARTS = {
    "stacked_bars": lambda f=TALL: stacked_bars(f, x="year", y="value", series="series", unit="people", mark_x=2012),
    "lines": lambda f=TALL: lines(f, x="year", y="value", series="series", unit="people", highlight={"A"}, mark_x=2015),
    "small_multiples": lambda f=TALL: small_multiples(f, panel="series", x="year", y="value", unit="people"),
    "lines_with_points": lambda f=RANGES: lines(
        f, x="year", y="value", series="series", low="low", high="high", unit="people", points=POINTS
    ),
    "small_multiples_with_bands": lambda f=RANGES: small_multiples(
        f, panel="series", x="year", y="value", low="low", high="high", unit="people"
    ),
    "range_dots": lambda f=RANGES: range_dots(
        f[f["year"] == 2012], label="series", value="value", low="low", high="high", series="series", unit="people"
    ),
    "heat_table_with_shades": lambda f=RANGES: heat_table(
        f, row="series", column="year", value="value", shade="low", classes=[1, 9e3], unit="people"
    ),
    "heat_table": lambda f=TALL: heat_table(f, row="series", column="year", value="value", unit="people"),
    "dot_plot": lambda f=TALL: dot_plot(
        f[f["year"] > 2013], label="series", value="value", series="year", unit="people", ratio=True
    ),
    "ranked_bars": lambda f=NAMES: ranked_bars(f, label="name", value="then", highlight={"C"}, unit="people"),
    "events": lambda f=DATED: events(
        f, date="date", lane="series", kind="series", label="date", unit="events", mark="2016-07-22", mark_text="report"
    ),
    "steps": lambda f=DATED: steps(f, date="date", value="value", series="series", unit="states"),
    "slope": lambda f=NAMES: slope(
        f, label="name", start="then", end="now", start_title="2005", end_title="2015", unit="people", highlight={"A"}
    ),
    "choropleth": lambda f=WORLD: choropleth(f, iso3="iso3", value="value", unit="per 100,000", label="name"),
    "proportional_circles": lambda f=WORLD: proportional_circles(
        f, iso3="iso3", value="value", lon="lon", lat="lat", unit="people", label="name", origin="CCC"
    ),
}
"""One of each chart, with a missing value, a zero and a long name in it."""


def square(iso3, west, clockwise=False):
    """A country of ten degrees, wound as GeoJSON asks unless told."""
    ring = [[west, 0], [west + 10, 0], [west + 10, 10], [west, 10], [west, 0]]
    return {
        "type": "Feature",
        "properties": {"iso3": iso3},
        "geometry": {"type": "Polygon", "coordinates": [ring[::-1] if clockwise else ring]},
    }


def geometry(name):
    """Three countries in a row, one with a row that has no value and one without a row."""
    squares = [square("AAA", -100), square("BBB", 0), square("CCC", 100), square("DDD", 140)]
    return {"type": "FeatureCollection", "features": squares}
