"""The templates, compiled once, and the small words they use."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from r2p_analysis import __version__
from r2p_analysis.site import numbers
from r2p_analysis.site.compact import compact
from r2p_analysis.site.model import VERDICTS


def web(url: str | None) -> str:
    """Return an address if it is one of the web, else nothing: no other scheme becomes a link."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def host(url: str) -> str:
    """Return the host of an address, as readers know it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def count(number: int, one: str, many: str) -> str:
    """Return a number with its noun, such as ``1 country`` or ``195 countries``."""
    return f"{numbers.write_number(number)} {one if number == 1 else many}"


def slug(text: str) -> str:
    """Return a name for ids and attributes: small letters, digits and underscores."""
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("r2p_analysis.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters.update(
        number=numbers.write_number,
        web=web,
        host=host,
        slug=slug,
        compact=compact,
        figure_of=lambda place, links: links.figure(place),
    )
    environment.globals.update(count=count, verdicts=VERDICTS, version=__version__)
    return environment


def page(template: str, context: dict[str, Any]) -> str:
    """Fill a template."""
    return _environment().get_template(template).render(context)


def asset(name: str) -> str:
    """Return the text of a file in assets/."""
    return (resources.files("r2p_analysis.site") / "assets" / name).read_text(encoding="utf-8")
