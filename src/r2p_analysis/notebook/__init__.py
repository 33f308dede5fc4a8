"""The only module that a notebook imports, beside pandas.

Beside the names below it offers every topic's measures by the topic's name (``violence``) and its headlines as
``<topic>_headlines``, found in ``measures`` and ``exhibits.headlines``: a new topic needs no entry here.

A notebook begins with ``report = begin(...)``, shows exhibits with ``report.show(...)``, writes sentences with
``report.say(...)`` and ``report.finding(...)``, and ends with ``report.finish()``.

A person's own notebook asks for exhibits with ``figures(...)``, and for what is stored with ``stored()``.
"""

import importlib
import importlib.util
from types import ModuleType

from r2p_analysis import countries as places
from r2p_analysis.exhibits import charts, maps, theme, words
from r2p_analysis.exhibits.exhibit import Column
from r2p_analysis.exhibits.headlines import Finding
from r2p_analysis.exhibits.headlines import country as country_headlines
from r2p_analysis.exhibits.headlines import displacement as displacement_headlines
from r2p_analysis.measures import displacement
from r2p_analysis.notebook.asking import Figures, figures, stored
from r2p_analysis.notebook.report import Report, begin
from r2p_analysis.notebook.shape import by_component, labelled_components, with_names, with_points
from r2p_analysis.notebook.shown import Shown

COMPONENT_LABELS = {name: component.label for name, component in displacement.COMPONENTS.items()}
"""What readers see for each component of displacement."""
COMPONENT_COLOURS = {
    displacement.COMPONENTS[name].label: theme.COMPONENTS[colour]
    for name, colour in {
        "conflict_idps": "conflict_idps",
        "refugees": "refugees",
        "palestine_refugees": "unrwa_refugees",
        "asylum_seekers": "asylum_seekers",
        "other_people_in_need": "other_in_need",
    }.items()
}
"""The one colour of each component, by what readers see."""

_HEADLINES = "_headlines"


def __getattr__(name: str) -> ModuleType:
    """Find a topic's measures or headlines."""
    package = "exhibits.headlines" if name.endswith(_HEADLINES) else "measures"
    module = f"r2p_analysis.{package}.{name.removesuffix(_HEADLINES)}"
    if name.startswith("_") or importlib.util.find_spec(module) is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(module)


__all__ = [
    "COMPONENT_COLOURS",
    "COMPONENT_LABELS",
    "Column",
    "Figures",
    "Finding",
    "Report",
    "Shown",
    "begin",
    "by_component",
    "charts",
    "country_headlines",
    "displacement",
    "displacement_headlines",
    "figures",
    "labelled_components",
    "maps",
    "places",
    "stored",
    "theme",
    "with_names",
    "with_points",
    "words",
]
