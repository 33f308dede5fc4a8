"""Vega-Lite to Vega, once for all specs that differ in their rows and their size alone.

The same chart of another country has other rows, and often another height. Neither is looked at when a spec of marks on
a sheet (see `charts.sheet`) is compiled, which takes as long as half of the drawing that follows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

Spec = dict[str, Any]
_ANY_SIZE = {"width": 100, "height": 100, "padding": 0}
_KEPT = 256


def compiled(spec: Spec) -> Spec:
    """Compile a Vega-Lite spec whose layers bring their own rows.

    Parameters
    ----------
    spec : dict
        Of a fixed size.

    Returns
    -------
    dict
        A Vega spec that draws the same.

    Raises
    ------
    LookupError
        When its size or its rows do not stand in the Vega spec where they are expected.
    ValueError
        When it cannot be compiled.
    """
    rows: dict[str, Any] = {}
    layers = []
    for number, layer in enumerate(spec["layer"]):
        data = layer.get("data", {})
        if data.keys() == {"values"}:
            name = f"rows_{number}"
            rows[name] = data["values"]
            layer = {**layer, "data": {"name": name}}
        layers.append(layer)
    size = {name: spec[name] for name in _ANY_SIZE if name in spec}
    any_size = {name: _ANY_SIZE[name] for name in size}
    vega = _compiled(json.dumps({**spec, **any_size, "layer": layers}, sort_keys=True))
    placed = {source["name"] for source in vega["data"]} >= rows.keys()
    if not placed or any(vega.get(name) != value for name, value in any_size.items()):
        raise LookupError("a size or rows have no place of their own")
    data = [{**source, "values": rows[source["name"]]} if source["name"] in rows else source for source in vega["data"]]
    return {**vega, **size, "data": data}


@lru_cache(maxsize=_KEPT)
def _compiled(text: str) -> Spec:
    import vl_convert

    with told_as_value_error():
        vega: Spec = vl_convert.vegalite_to_vega(text)
    return vega


@contextmanager
def told_as_value_error() -> Iterator[None]:
    """Tell whatever the converter meets as a ValueError."""
    try:
        yield
    except BaseException as error:  # noqa: BLE001 - a panic in the converter is no Exception
        raise ValueError(str(error)) from None
