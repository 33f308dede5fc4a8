"""What browsers are shown: the site on disk, over it the pages that were just made, and what went wrong."""

from __future__ import annotations

import hashlib
import threading
import time
from contextlib import suppress
from pathlib import Path

_SWAP_SECONDS = 0.5


class Shown:
    """Shared by the threads that serve and the one that follows changes.

    Parameters
    ----------
    folder : Path
        The site. It need not be there yet.

    Attributes
    ----------
    trouble : str
        Why no report can be made at present, in one line; empty when one can.
    ended : bool
        Whether browsers are to be let go.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trouble = ""
        self.ended = False
        self._over: dict[str, bytes] = {}
        self._seen: list[str] = []
        self._news = threading.Condition()
        self._number = 0
        self._stood = folder.is_dir()

    # What is shown -----

    def page(self, name: str) -> tuple[bytes | None, str]:
        """Give the content of a page, None when there is none; and a mark that differs when it, or its looks, do."""
        with self._news:
            content = self._over.get(name)
        if content is None:
            content = self._stored(name)
        told = hashlib.sha256(b"none" if content is None else content)
        # The search moves with every headline, and is not seen.
        for path in sorted(self.folder.glob("assets/*")):
            if path.name != "search-index.js":
                with suppress(OSError):
                    told.update(path.read_bytes())
        return content, told.hexdigest()[:16]

    def _stored(self, name: str) -> bytes | None:
        end = time.monotonic() + _SWAP_SECONDS
        while True:
            try:
                content = (self.folder / name).read_bytes()
            except OSError:
                # While the folder is swapped for a new one there is none for a moment.
                if not self._stood or self.folder.is_dir() or time.monotonic() >= end:
                    return None
                time.sleep(0.01)
            else:
                self._stood = True
                return content

    # What is looked at -----

    def see(self, name: str) -> None:
        """Note that somebody looks at a page."""
        with self._news:
            self._seen = [name, *(other for other in self._seen if other != name)][:20]

    def seen(self) -> tuple[str, ...]:
        """Give the pages that were looked at, the last one first."""
        with self._news:
            return tuple(self._seen)

    # What is new -----

    def put(self, name: str, content: bytes) -> None:
        """Show a page in place of the one on disk."""
        with self._news:
            self._over[name] = content
        self.tell("")

    def settle(self) -> None:
        """Show what lies on disk, which holds all that was put over it."""
        with self._news:
            self._over.clear()
        self.tell("")

    def tell(self, trouble: str) -> None:
        """Say what went wrong, or that nothing does; browsers hear of it."""
        with self._news:
            self.trouble = trouble
            self._number += 1
            self._news.notify_all()

    def end(self) -> None:
        """Let all browsers go."""
        self.ended = True
        self.tell(self.trouble)

    def number(self) -> int:
        """Give the number of the last news."""
        with self._news:
            return self._number

    def wait(self, number: int, seconds: float) -> None:
        """Wait until there is something newer, or the time is up."""
        with self._news:
            self._news.wait_for(lambda: self._number != number, seconds)
