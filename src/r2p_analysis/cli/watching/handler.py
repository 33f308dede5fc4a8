"""Answers to browsers: the site as it is, with a script of ours that reloads it, and the news for that script."""

from __future__ import annotations

import functools
import html
import http.server
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from r2p_analysis.cli.watching.shown import Shown

SCRIPT, EVENTS = "/-/watch.js", "/-/events"
_ALIVE_SECONDS = 10.0
_POLICY = (
    "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)
_ABSENT = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{text}</p>
</main>
</body>
</html>
"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a site that is watched."""

    def __init__(self, *args: Any, shown: Shown, **kwargs: Any) -> None:
        self._shown = shown
        super().__init__(*args, directory=str(shown.folder), **kwargs)

    def do_GET(self) -> None:
        """Answer a request."""
        asked = urlsplit(self.path)
        if asked.path == SCRIPT:
            script = (Path(__file__).parent / "watch.js").read_bytes()
            self._send(HTTPStatus.OK, "text/javascript; charset=utf-8", script)
        elif asked.path == EVENTS:
            given = {name: values[-1] for name, values in parse_qs(asked.query).items()}
            name = _page_asked("/" + given.get("page", ""))
            if name is None:
                self.send_error(HTTPStatus.BAD_REQUEST)
            else:
                self._tell(name, given.get("state", ""))
        else:
            name = _page_asked(asked.path)
            if name is None:
                super().do_GET()
            else:
                self._send_page(name)

    def end_headers(self) -> None:
        """Let nothing be kept by the browser: it may be another the next second."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
        """Say nothing: the terminal tells of what is made."""

    def _send_page(self, name: str) -> None:
        (content, state), status = self._shown.page(name), HTTPStatus.OK
        if content is None:
            content, status = self._absent(name), HTTPStatus.NOT_FOUND
        self._shown.see(name)
        self._send(status, "text/html; charset=utf-8", with_script(content, name, state))

    def _absent(self, name: str) -> bytes:
        built = (self._shown.folder / "index.html").is_file()
        title = "No such page" if built else "The report is being made"
        text = (
            f"This report holds no {html.escape(name)}; should it come, it shows here by itself."
            if built
            else "It shows here by itself."
        )
        return _ABSENT.format(title=title, text=text).encode()

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", _POLICY)
        self.end_headers()
        self.wfile.write(content)

    def _tell(self, name: str, state: str) -> None:
        """Tell a page what went wrong, and once that it changed, as server-sent events."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        self.close_connection = True
        self._shown.see(name)
        told = ""
        try:
            while not self._shown.ended:
                number = self._shown.number()
                if self._shown.page(name)[1] != state:
                    self._event("changed", "")
                    return
                if self._shown.trouble != told:
                    told = self._shown.trouble
                    self._event("trouble", told)
                self._shown.wait(number, _ALIVE_SECONDS)
                # A browser that left is noticed only by writing to it.
                self.wfile.write(b":\n\n")
        except OSError:
            return

    def _event(self, kind: str, text: str) -> None:
        self.wfile.write(f"event: {kind}\ndata: {' '.join(text.split())}\n\n".encode())


def _page_asked(path: str) -> str | None:
    """Give the name of the page that a path leads to; None when it is another file."""
    parts = [part for part in unquote(path).split("/") if part]
    if any(part in (".", "..") or "\\" in part or "\0" in part for part in parts):
        return None
    if path.endswith("/"):
        parts.append("index.html")
    return "/".join(parts) if parts and parts[-1].endswith(".html") else None


def with_script(content: bytes, name: str, state: str) -> bytes:
    """Put the script into a page, and let the page's own policy allow what the script asks; nothing else changes.

    A page whose policy runs no script of the site, such as a figure to be framed, stays as it is.
    """
    policy = b'<meta http-equiv="Content-Security-Policy" content="'
    before, found, after = content.partition(policy)
    if found:
        own, _, rest = after.partition(b'"')
        if b"script-src 'self'" not in own:
            return content
        content = before + found + own + b"; connect-src 'self'" + b'"' + rest
    script = f'<script src="{SCRIPT}" defer data-page="{html.escape(name)}" data-state="{state}"></script>\n'
    return content.replace(b"</head>", script.encode() + b"</head>", 1)


def handler_of(shown: Shown) -> functools.partial[Handler]:
    """Give the handler that a server takes."""
    return functools.partial(Handler, shown=shown)
