"""What comes back: JSON that must be whole, files that must begin as they should, and the cache of answers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from r2p_analysis.sources.faults import PassingFaultError

if TYPE_CHECKING:
    import requests

# No producer's file begins so: it is what stands in its place while a service is down.
_PAGE_HEADS = (b"<!doctype html", b"<html")
_LONGEST_PAGE_HEAD = 64


def cached_session(folder: Path | None) -> requests.Session:
    """Give a session that keeps answers which can be asked about again, and asks about them each time."""
    if folder is None:
        return _caching("answers", "memory")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "answers.sqlite"
    try:
        return _caching(path, "sqlite")
    except sqlite3.DatabaseError:
        # A cache can be lost without harm.
        path.unlink()
        return _caching(path, "sqlite")


def _caching(path: Path | str, backend: Literal["memory", "sqlite"]) -> requests.Session:
    # Slow to import, and only fetching needs it.
    from requests_cache import CachedSession

    return CachedSession(
        path,
        backend=backend,
        serializer="json",
        always_revalidate=True,
        allowable_codes=(200,),
        filter_fn=_worth_keeping,
    )


def _worth_keeping(response: requests.Response) -> bool:
    """Tell whether an answer can be asked about again and is whole."""
    if not (response.headers.get("ETag") or response.headers.get("Last-Modified")):
        return False
    try:
        json_of(response.content)
    except PassingFaultError:
        return False
    return "no-store" not in response.headers.get("Cache-Control", "")


def json_of(content: bytes) -> Any:
    """Read JSON, with or without a byte-order mark; what is none, or broken off, is a passing fault."""
    try:
        text = content.decode("utf-8-sig").strip()
        if text[:1] == "<":
            raise PassingFaultError("expected JSON, got HTML or XML with HTTP 200")
        return json.loads(text)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise PassingFaultError(f"expected JSON, got {len(content):,} bytes that are not, or not all of it") from None


def beginning_with(begins: bytes, content: Iterable[bytes]) -> Iterable[bytes]:
    """Pass on a body that begins as such a file does; anything else is a passing fault, and so is a page of HTML."""
    head = b""
    for piece in content:
        if len(head) < max(len(begins), _LONGEST_PAGE_HEAD):
            head += piece
            if not head.startswith(begins[: len(head)]) or _is_page(head):
                raise PassingFaultError("expected a file, got something else with HTTP 200")
        yield piece
    if len(head) < len(begins):
        raise PassingFaultError("expected a file, got nothing with HTTP 200")


def _is_page(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:14].lower().startswith(_PAGE_HEADS)
