"""Charts: each takes a frame and the names of its columns, and gives a `Graphic` in a wide and a narrow layout."""

from r2p_analysis.exhibits.charts.bars import stacked_bars
from r2p_analysis.exhibits.charts.dots import dot_plot
from r2p_analysis.exhibits.charts.events import events
from r2p_analysis.exhibits.charts.heat import heat_table
from r2p_analysis.exhibits.charts.lines import lines
from r2p_analysis.exhibits.charts.matrix import status_matrix
from r2p_analysis.exhibits.charts.multiples import small_multiples
from r2p_analysis.exhibits.charts.ranges import range_dots
from r2p_analysis.exhibits.charts.ranked import ranked_bars
from r2p_analysis.exhibits.charts.slope import slope
from r2p_analysis.exhibits.charts.steps import steps
from r2p_analysis.exhibits.charts.strips import year_strips
from r2p_analysis.exhibits.charts.timeline import Event, timeline

__all__ = [
    "Event",
    "dot_plot",
    "events",
    "heat_table",
    "lines",
    "range_dots",
    "ranked_bars",
    "slope",
    "small_multiples",
    "stacked_bars",
    "status_matrix",
    "steps",
    "timeline",
    "year_strips",
]
