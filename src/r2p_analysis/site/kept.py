"""Pages taken from the former site, when all that they are made of is as it was."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from r2p_analysis.site.links import Links
from r2p_analysis.site.model import SiteRequest
from r2p_analysis.site.reading import Page
from r2p_analysis.store.files import write_atomically
from r2p_analysis.workspace.fingerprints import PACKAGE, contents, sha256_of_file, sha256_of_plain, versions


class Kept:
    """What the former site of the same folder was made of, page by page.

    A page depends on its executed notebook, and on what is around it: the package, the ledger, the tables' records,
    the titles and order of pages. When one of these moved, all pages are made again; when one notebook gave something
    else, its page alone. The files taken are checked against their SHA-256, so that none that was touched is taken.

    Parameters
    ----------
    request : SiteRequest
        Its `record` says where this is remembered; without one nothing is taken.
    links : Links
        The pages.
    """

    def __init__(self, request: SiteRequest, links: Links) -> None:
        self._record = request.record
        self._former = request.out
        self._around = _around(request, links) if request.record else ""
        self._known = _read(request.record)
        self._noted: dict[str, dict[str, Any]] = {}

    def take(self, page: Page, folder: Path) -> bool:
        """Put a page and its files into the new site as they were; False when they must be made."""
        known = self._known.get(page.href)
        if not known or page.failure or known["key"] != self._key(page):
            return False
        if any(sha256_of_file(self._former / name) != sha256 for name, sha256 in known["files"].items()):
            return False
        for name in known["files"]:
            _put(self._former / name, folder / name)
        self._noted[page.href] = known
        return True

    def note(self, page: Page, names: list[str]) -> None:
        """Note the files of a page that was made; one that failed is never taken."""
        if self._record and not page.failure:
            self._noted[page.href] = {"key": self._key(page), "files": dict.fromkeys(names, "")}

    def remember(self) -> None:
        """Write down what the site is made of, once it is in its place."""
        if self._record is None:
            return
        for noted in self._noted.values():
            noted["files"] = {n: sha256 or sha256_of_file(self._former / n) for n, sha256 in noted["files"].items()}
        write_atomically(self._record, json.dumps(self._noted, sort_keys=True).encode())

    def _key(self, page: Page) -> str:
        source = page.source
        notebook = sha256_of_file(source.notebook) if source.notebook else ""
        return sha256_of_plain([self._around, notebook, repr(source)])


def _around(request: SiteRequest, links: Links) -> str:
    """Hash what every page depends on beside its own notebook."""
    told = (
        request.edition, request.reference_year, request.title, request.css, request.address, request.judged_on,
        request.pixels is None, list(request.comparisons), list(request.ledger), list(request.printed),
        list(request.tables), request.world,
    )  # fmt: skip
    titles = [(page.href, page.source.title) for page in (*links.topics, *links.countries)]
    return sha256_of_plain([repr(told), titles, contents([PACKAGE]), versions()])


def _read(record: Path | None) -> dict[str, Any]:
    try:
        known = json.loads(record.read_bytes()) if record else {}
    except (OSError, ValueError):
        return {}
    whole = isinstance(known, dict) and all(
        isinstance(told, dict) and set(told) == {"key", "files"} for told in known.values()
    )
    return known if whole else {}


def _put(former: Path, new: Path) -> None:
    """Give a file a second name; where a disk cannot do that, copy it."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(former, new)
    except OSError:
        shutil.copyfile(former, new)
