"""Paper by way of an installed Chromium: found, asked for one PDF at a time, and its PDF made the same on every day."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from r2p_analysis import __version__
from r2p_analysis.errors import RenderError, UsageError

VARIABLE = "R2P_CHROMIUM"
OLDEST = 131
"""The first Chromium that sets running heads and page numbers from a style sheet."""
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_APPLICATIONS = tuple(
    Path("/Applications") / f"{name}.app" / "Contents/MacOS" / name
    for name in ("Google Chrome", "Chromium", "Microsoft Edge")
)
_ARGUMENTS = (
    "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check",
    "--disable-extensions", "--disable-sync", "--disable-background-networking", "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)  # fmt: skip
_ID = re.compile(rb"\(node(\d{8})\)")
_PATIENCE = 600
"""Seconds for one PDF."""


def find_chromium(environment: Mapping[str, str] | None = None) -> Path:
    """Find a Chromium that is new enough.

    Parameters
    ----------
    environment : mapping, optional
        The environment variables; those of the process unless told.

    Returns
    -------
    Path
        What ``R2P_CHROMIUM`` names, or the first usual name on the path, or an application of macOS.

    Raises
    ------
    UsageError
        When there is none, or one that is too old.
    """
    environment = os.environ if environment is None else environment
    named = environment.get(VARIABLE, "")
    search = environment.get("PATH", "")
    names = (named,) if named else _NAMES
    found = next(filter(None, (shutil.which(name, path=search) for name in names)), None)
    if not found and not named:
        found = next((str(path) for path in _APPLICATIONS if path.exists()), None)
    if not found:
        told = f"{VARIABLE} is {named}, which is no program" if named else "none was found"
        raise UsageError(
            f"--pdf needs Chromium or Chrome {OLDEST} or later, and {told}: "
            f"install chromium, or set {VARIABLE} to its path"
        )
    version = _version(found)
    if version < OLDEST:
        raise UsageError(f"--pdf needs Chromium or Chrome {OLDEST} or later, and {found} is {version or 'neither'}")
    return Path(found)


def _version(program: str) -> int:
    try:
        run = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    told = re.search(r"(\d+)\.\d+\.\d+", run.stdout)
    return int(told[1]) if told else 0


def print_pdf(chromium: Path, html: str, day: date, folder: Path) -> bytes:
    """Print a document.

    Parameters
    ----------
    chromium : Path
        The program.
    html : str
        The whole document, which loads nothing.
    day : date
        The day that the PDF tells as its date: an input, so that the same inputs give the same bytes.
    folder : Path
        Where files may lie for the time of printing: below the reader's own folders, since a Chromium in a box of its
        own sees no others.

    Raises
    ------
    RenderError
        When no PDF comes of it.
    """
    with tempfile.TemporaryDirectory(prefix="printing-", dir=folder) as place:
        source, target = Path(place) / "document.html", Path(place) / "document.pdf"
        source.write_text(html, encoding="utf-8")
        # Chromium refuses to run as root in its sandbox; what it opens here is our own and runs no script.
        root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        command = [
            str(chromium), *_ARGUMENTS, *root, f"--user-data-dir={place}/profile", f"--print-to-pdf={target}",
            source.as_uri(),
        ]  # fmt: skip
        try:
            run = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RenderError(f"{chromium.name} made no PDF ({type(error).__name__})") from error
        if run.returncode or not target.is_file():
            raise RenderError(f"{chromium.name} made no PDF: {_last_line(run.stderr) or f'status {run.returncode}'}")
        return dated(target.read_bytes(), day)


def _last_line(text: bytes) -> str:
    lines = [line for line in text.decode(errors="replace").splitlines() if line.strip() and "dbus" not in line]
    return lines[-1].strip()[:200] if lines else ""


def dated(pdf: bytes, day: date) -> bytes:
    """Return a PDF that tells the day given, and nothing of the hour, the machine and the run that made it.

    What is changed keeps its length, and so all objects their places: the first object, which describes the document,
    and the ids by which cells of tables name their heads. Chromium counts these on from whatever it did before.

    Raises
    ------
    RenderError
        When there is no such object.
    """
    head, end, rest = pdf.partition(b"endobj")
    if not pdf.startswith(b"%PDF-") or b"/CreationDate" not in head:
        raise RenderError("the PDF does not begin with its description; a newer Chromium may write it otherwise")
    stamp = f"D:{day:%Y%m%d}000000".encode()
    head = re.sub(rb"\(D:\d{14}", b"(" + stamp, head)
    made = f"(r2p-analysis {__version__})".encode()
    head = re.sub(rb"(?<=/Creator )\((?:[^()\\]|\\.)*\)", lambda found: made.ljust(len(found[0])), head)
    return head + end + _numbered_anew(rest)


def _numbered_anew(pdf: bytes) -> bytes:
    numbers = {old: b"%08d" % number for number, old in enumerate(sorted(set(_ID.findall(pdf))), 1)}
    return _ID.sub(lambda found: b"(node%s)" % numbers[found[1]], pdf)


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF that Chromium wrote.

    Raises
    ------
    RenderError
        When it is built otherwise.
    """
    root = re.search(rb"/Type /Catalog\s*/Pages (\d+) 0 R", pdf)
    tree = re.search(rb"\n%s 0 obj\s*<<.*?/Count (\d+)" % root[1], pdf, re.DOTALL) if root else None
    if tree is None:
        raise RenderError("the pages of the PDF cannot be counted; a newer Chromium may write it otherwise")
    return int(tree[1])
