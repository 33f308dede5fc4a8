"""The live chart of an exhibit: Vega-Lite that JupyterLab draws itself, with tooltips, following its theme."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

from r2p_analysis.exhibits import theme
from r2p_analysis.notebook.drawing import geometry, widest
from r2p_analysis.notebook.vegalite import alt

VEGALITE_MIME = "application/vnd.vegalite.v5+json"
"""The newest that JupyterLab draws without an extension; what altair gives by default, it fetches a script for."""
_SCHEMA_5 = "https://vega.github.io/schema/vega-lite/v5.json"
_EMBED = {
    # SVG, for screen readers read its text. No menu entry that sends the data to an editor elsewhere.
    "renderer": "svg",
    "actions": {"export": True, "source": True, "compiled": False, "editor": False},
}
_PREFIX = "r2p:"
_HEX = re.compile(r"#[0-9a-f]{6}\b")


def live_bundle(spec: dict[str, Any], plain: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the MIME bundle of a Vega-Lite spec and its metadata, as JupyterLab draws it without a network.

    Parameters
    ----------
    spec : dict
        Vega-Lite with its geometry.
    plain : str
        What to say where nothing can be drawn.
    """
    older = {**spec, "$schema": _SCHEMA_5}
    return {VEGALITE_MIME: older, "text/plain": plain}, {VEGALITE_MIME: {"embed_options": _EMBED}}


def live_chart(payload: dict[str, Any]) -> alt.TopLevelMixin:
    """Give the Altair chart of an exhibit, to explore, change or save."""
    chart: alt.TopLevelMixin = alt.Chart.from_dict(live_spec(payload))
    return chart


def live_spec(payload: dict[str, Any]) -> dict[str, Any]:
    """Give the Vega-Lite spec of an exhibit's widest layout: with geometry, alt text and tooltips in it."""
    spec = with_geometry(widest(payload), geometry())
    _add_tooltips(spec)
    return {**spec, "description": payload["alt"]}


def use_here() -> None:
    """Make Altair charts of this kernel show as exhibits do, without asking anything from elsewhere."""

    def show(spec: dict[str, Any], **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return live_bundle(spec, str(spec.get("description", "An Altair chart")))

    alt.renderers.register("r2p", show)
    alt.renderers.enable("r2p")


def dark_rules(text: str) -> str:
    """Give the CSS rules that show the theme's colours in `text` as they are on dark pages, in a dark JupyterLab.

    A chart drawn by Vega knows no variables, so its attributes are matched; a drawing of ours has variables.
    """
    used = {code for code in _HEX.findall(text.lower()) if code in theme.VARIABLES}
    pairs = sorted((light, colour.dark) for light, colour in _by_light().items() if light in used)
    dark = 'body[data-jp-theme-light="false"]'
    variables = "".join(f"{theme.VARIABLES[light]}:{code};" for light, code in pairs)
    rules = [f"{dark} .r2p-exhibit{{{variables}}}"]
    rules += [
        f'{dark} .vega-embed svg [{what}="{light}"]{{{what}:{code}}}'
        for light, code in pairs
        for what in ("fill", "stroke")
    ]
    return "".join(rules)


def with_geometry(spec: dict[str, Any], geometry: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Put GeoJSON in the place of every reference to geometry by name; the spec given stays as it was."""
    done = copy.deepcopy(spec)
    _replace(done, geometry)
    return done


def _by_light() -> dict[str, theme.Colour]:
    return {colour.light: colour for colour in theme.COLOURS.values()}


def _add_tooltips(node: Any) -> None:
    """Say of every mark on pointing what a screen reader says of it."""
    if isinstance(node, dict):
        encoding = node.get("encoding")
        if isinstance(encoding, dict) and "description" in encoding:
            encoding.setdefault("tooltip", encoding["description"])
        for child in (node.get(part) for part in ("layer", "hconcat", "vconcat", "concat", "spec")):
            _add_tooltips(child)
    elif isinstance(node, list):
        for child in node:
            _add_tooltips(child)


def _replace(node: Any, geometry: Callable[[str], dict[str, Any]]) -> None:
    if isinstance(node, dict):
        url = node.get("url")
        if isinstance(url, str) and url.startswith(_PREFIX):
            node.clear()
            node["values"] = geometry(url.removeprefix(_PREFIX))["features"]
        for child in node.values():
            _replace(child, geometry)
    elif isinstance(node, list):
        for child in node:
            _replace(child, geometry)
