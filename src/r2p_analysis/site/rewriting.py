"""Pages that this package wrote, taken apart tag by tag and put together otherwise: for paper, for mail.

It is no parser of any HTML: it counts on what the templates keep to, that every element is closed and every value
stands in double quotes, and says so when a page does not keep to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from r2p_analysis.errors import RenderError

Attributes = dict[str, str | None]
"""Names as they are written, values as they stand in the page (escaped); None for a name without value."""
Change = Callable[[str, Attributes], tuple[str, Attributes] | None]
"""Gives a tag and its attributes as they shall be; an empty tag leaves only what is inside; None leaves nothing."""

_TOKEN = re.compile(
    r'<!--.*?-->|<![^>]*>|</(?P<end>[A-Za-z][\w-]*)\s*>|<(?P<tag>[A-Za-z][\w-]*)(?P<rest>(?:[^<>"]|"[^"]*")*)>',
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r'([^\s="/<>]+)(?:="([^"]*)")?')
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


def rewritten(html: str, change: Change) -> str:
    """Return HTML with every element as `change` wants it.

    Raises
    ------
    RenderError
        When an element is not closed.

    Examples
    --------
    >>> rewritten('<p class="a">One <b>word</b></p>', lambda tag, held: ("" if tag == "b" else tag, held))
    '<p class="a">One word</p>'
    """
    out: list[str] = []
    opened: list[tuple[str, str]] = []
    dropping = position = 0
    for token in _TOKEN.finditer(html):
        if not dropping:
            out.append(html[position : token.start()])
        position = token.end()
        name, closed = token["tag"], token["end"]
        alone = bool(name) and (token["rest"].endswith("/") or name.lower() in _VOID)
        if dropping:
            dropping += 0 if alone or not (name or closed) else 1 if name else -1
        elif closed:
            out.append(_closing(opened, closed))
        elif not name:
            out.append(token[0])
        else:
            made = change(name, _attributes(token["rest"]))
            if made is None:
                dropping = 0 if alone else 1
                continue
            out.append(_opening(*made, alone=token["rest"].endswith("/")))
            if not alone:
                opened.append((name, made[0]))
    if opened or dropping:
        raise RenderError(f"a page leaves <{opened[-1][0] if opened else 'what is left out'}> open")
    return "".join(out) + html[position:]


def classes(attributes: Attributes) -> set[str]:
    """Return the classes of an element."""
    return set((attributes.get("class") or "").split())


def _attributes(text: str) -> Attributes:
    return {found[1]: found[2] for found in _ATTRIBUTE.finditer(text)}


def _opening(tag: str, attributes: Attributes, *, alone: bool) -> str:
    if not tag:
        return ""
    held = "".join(f" {name}" if value is None else f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{held}{'/' if alone else ''}>"


def _closing(opened: list[tuple[str, str]], name: str) -> str:
    was, tag = opened.pop() if opened else ("nothing", "")
    if was != name:
        raise RenderError(f"a page closes <{name}> where {was} is open")
    return f"</{tag}>" if tag else ""
