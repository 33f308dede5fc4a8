"""Every page as one file that needs no other: style, scripts, icon and data are in it, and it can be sent by mail."""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from pathlib import Path
from urllib.parse import quote

from r2p_analysis.errors import RenderError
from r2p_analysis.site import publish
from r2p_analysis.site.archive import zip_folder
from r2p_analysis.site.model import SiteRequest, SiteResult
from r2p_analysis.site.rewriting import Attributes, rewritten

_ALONE = {"embed", "figures", "data", "assets"}
"""Folders of the site that hold no page to read."""
_WITHOUT = ("search.js",)
"""The search looks through all pages, and its list is larger than most of them."""
_DOWNLOADS = re.compile(r'<p class="downloads">(.*?)</p>', re.DOTALL)
_ANCHOR = re.compile(r"<a\b[^>]*>.*?</a>", re.DOTALL)
_EMBED = re.compile(r"<pre data-copy-text><code>&lt;iframe.*?</code></pre>\s*", re.DOTALL)
_POLICY_PLACE = "the policy, once all that it covers is known"


def build_single(request: SiteRequest, built: SiteResult) -> tuple[Path, Path]:
    """Write ``single/`` and the zip of the whole site beside a built site.

    Parameters
    ----------
    request, built
        What the site was built from, and what came of it.

    Returns
    -------
    tuple of Path
        The folder of single files, and the zip.
    """
    beside = built.out.parent
    pages = [name for name in built.files if name.endswith(".html") and name.partition("/")[0] not in _ALONE]
    with publish.staged(beside / "single") as folder:
        for name in pages:
            publish.write(folder, name, single(built.out, name))
    return beside / "single", zip_folder(built.out, beside / f"r2p-{request.edition}.zip")


def single(site: Path, path: str) -> str:
    """Return a page of a built site as one file.

    Links to other pages stay as they are: they lead to the other single files when those lie beside it.

    Raises
    ------
    RenderError
        When the page wants a file that the site does not hold.
    """
    held = _Held(site, path)
    html = _EMBED.sub("", (site / path).read_text(encoding="utf-8"))
    html = _DOWNLOADS.sub(_data_only, html.replace("Cite or embed</summary>", "Cite</summary>"))
    html = rewritten(html, held.change)
    head = [f"<script>{text}</script>" for text in held.early] + [f"<style>{text}</style>" for text in held.styles]
    late = [f"<script>{text}</script>" for text in held.late]
    html = html.replace(_POLICY_PLACE, held.policy(), 1)
    html = html.replace("</head>", "\n".join([*head, "</head>"]), 1)
    return html.replace("</body>", "\n".join([*late, "</body>"]))


def _data_only(found: re.Match[str]) -> str:
    """Leave the data of an exhibit to be taken out of the page; its pictures are in it already."""
    data = [link for link in _ANCHOR.findall(found[1]) if re.search(r'href="[^"]*\.csv"', link)]
    return f'<p class="downloads">Download {" ".join(data)}</p>' if data else ""


class _Held:
    """What a page loads, read and put into it."""

    def __init__(self, site: Path, path: str) -> None:
        self._site, self._folder = site, posixpath.dirname(path)
        self.early: list[str] = []
        self.late: list[str] = []
        self.styles: list[str] = []

    def change(self, tag: str, attributes: Attributes) -> tuple[str, Attributes] | None:
        """Take in what an element loads."""
        if attributes.get("http-equiv") == "Content-Security-Policy":
            return tag, {**attributes, "content": _POLICY_PLACE}
        if tag == "script":
            self._script(attributes)
            return None
        if tag == "link":
            return self._link(attributes)
        if tag == "img" and not (attributes.get("src") or "").startswith("data:"):
            return tag, {**attributes, "src": self._data(attributes.get("src") or "", "image/svg+xml")}
        if tag == "a" and "download" in attributes:
            href = attributes.get("href") or ""
            if not href.endswith(".csv"):
                return None
            return tag, {**attributes, "href": self._data(href, "text/csv"), "download": posixpath.basename(href)}
        return tag, attributes

    def policy(self) -> str:
        """Return a policy under which these scripts run and no others, and nothing is loaded."""
        scripts, styles = (" ".join(map(_hash, texts)) for texts in ((*self.early, *self.late), self.styles))
        return (
            f"default-src 'none'; script-src {scripts or _NOTHING}; style-src {styles or _NOTHING}; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        )

    def _script(self, attributes: Attributes) -> None:
        source = attributes.get("src") or ""
        if posixpath.basename(source) not in _WITHOUT:
            (self.late if "defer" in attributes else self.early).append(_inner(self._read(source).decode()))

    def _link(self, attributes: Attributes) -> tuple[str, Attributes] | None:
        href = attributes.get("href") or ""
        if attributes.get("rel") == "stylesheet":
            self.styles.append(_inner(self._read(href).decode()))
            return None
        return "link", {**attributes, "href": self._data(href, attributes.get("type") or "")}

    def _read(self, href: str) -> bytes:
        path = self._site / posixpath.normpath(posixpath.join(self._folder, href))
        if not path.is_file():
            raise RenderError(f"a page wants {href}, which the site does not hold")
        return path.read_bytes()

    def _data(self, href: str, kind: str) -> str:
        # Percent signs where they must be, and no base64: a mail's packing then finds what repeats.
        return f"data:{kind};charset=utf-8,{quote(self._read(href), safe=',:/()!~*;')}"


_NOTHING = "'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _inner(text: str) -> str:
    """Make sure that a text can stand inside its element."""
    if re.search(r"</(?:script|style)|<!--", text, re.IGNORECASE):
        raise RenderError("a script or style sheet holds what would end it inside a page")
    return text
