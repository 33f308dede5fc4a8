"""How an exhibit looks to a person in JupyterLab: furniture and drawing as HTML, and its live Altair chart."""

from __future__ import annotations

import copy
from collections.abc import Callable
from html import escape
from typing import Any

import altair as alt
import vl_convert

from r2p_analysis.exhibits.geometry import geometry_of
from r2p_analysis.store import Tables

_PREFIX = "r2p:"


def live_bundle(payload: dict[str, Any], tables: Tables) -> dict[str, Any]:
    """Give the MIME bundle to add to an exhibit's output for a person to see.

    Parameters
    ----------
    payload : dict
        As `Exhibit.payload` gives it.
    tables : Tables
        For the geometry of maps.

    Returns
    -------
    dict
        HTML with headline, subtitle, drawing or table, notes and sources.
    """
    parts = [f"<h3>{escape(payload['headline'])}</h3>", f"<p>{escape(payload['subtitle'] or payload['reason'])}</p>"]
    if payload["graphic"]:
        # A notebook's kernel never forks, so the renderer may run in it.
        parts.append(vl_convert.vegalite_to_svg(live_spec(payload, tables)))
    elif payload["rows"]:
        parts.append(_table(payload))
    parts += [f"<p><small>{escape(note)}</small></p>" for note in payload["notes"]]
    sources = "; ".join(f"{s['attribution']} ({s['version']}), {s['licence']}" for s in payload["sources"])
    if sources:
        parts.append(f"<p><small>Source: {escape(sources)}</small></p>")
    return {"text/html": "\n".join(parts)}


def live_chart(payload: dict[str, Any], tables: Tables) -> alt.TopLevelMixin:
    """Give the Altair chart of an exhibit, to explore, change or save."""
    chart: alt.TopLevelMixin = alt.Chart.from_dict(live_spec(payload, tables))
    return chart


def live_spec(payload: dict[str, Any], tables: Tables) -> dict[str, Any]:
    """Give the Vega-Lite spec of an exhibit's widest layout, with map geometry in it."""
    layouts = payload["graphic"]["layouts"]
    return with_geometry(layouts.get("wide") or layouts["any"], geometry_of(tables))


def with_geometry(spec: dict[str, Any], geometry: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Put GeoJSON in the place of every reference to geometry by name; the spec given stays as it was."""
    done = copy.deepcopy(spec)
    _replace(done, geometry)
    return done


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


def _table(payload: dict[str, Any]) -> str:
    head = "".join(f"<th>{escape(column['title'])}</th>" for column in payload["columns"])
    rows = "".join(
        "<tr>" + "".join(f"<td>{'–' if cell is None else escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in payload["rows"]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
