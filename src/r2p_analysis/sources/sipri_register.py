"""SIPRI's register of deals, as its service answers (CSV inside JSON) or as a CSV file saved from it."""

from __future__ import annotations

import base64
import binascii
import io
import re
from pathlib import Path

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.files import read_json, require_columns, shown

_NUMBER = re.compile(r"\d+(\.\d+)?")
_YEARS, _TIV = "Year(s) of delivery", "SIPRI TIV of delivered weapons"


def read_register(path: Path) -> pd.DataFrame:
    """Spread the volume of each deal evenly over the years of its deliveries.

    Returns
    -------
    pandas.DataFrame
        recipient, supplier, year, tiv_millions; deals without a known delivery are left out. A volume of ``0`` stands
        for less than half a million and stays 0.

    Raises
    ------
    SourceError
        When the file is not a register.
    """
    text = _text(path)
    # Not splitlines(): what Windows writes for three dots is, in Latin-1, the end of a line in the middle of a comment.
    lines = text.replace("\r\n", "\n").split("\n")
    # Lines about the table stand before its header, and their number has changed.
    start = next((n for n, line in enumerate(lines) if line.startswith("Recipient,")), None)
    if start is None:
        raise SourceError(f"{path.name}: expected a register with a line that begins with Recipient")
    try:
        table = io.StringIO("\n".join(lines[start:]))
        frame = pd.read_csv(table, dtype="string", keep_default_na=False, na_values=[""])
    except pd.errors.ParserError:
        raise SourceError(f"{path.name}: the register is not CSV, or not all of it; get it again") from None
    require_columns(frame, ["Recipient", "Supplier", _YEARS, _TIV], path.name)
    frame = frame[frame[_TIV].notna() & frame[_YEARS].notna()]
    if frame[["Recipient", "Supplier"]].isna().any().any():
        raise SourceError(f"{path.name}: a deal has no recipient or no supplier; SIPRI changed the register")
    rows = []
    for recipient, supplier, years, volume in zip(
        frame["Recipient"], frame["Supplier"], frame[_YEARS], frame[_TIV], strict=True
    ):
        found = [int(year) for year in re.findall(r"\d{4}", years)]
        if not found or not _NUMBER.fullmatch(volume.strip()):
            raise SourceError(
                f'{path.name}: expected years and a volume, got "{shown(years)}" and "{shown(volume)}" in a deal of '
                f"{shown(recipient)}; SIPRI changed the register"
            )
        rows += [(recipient.strip(), supplier.strip(), year, float(volume) / len(found)) for year in found]
    return pd.DataFrame(rows, columns=["recipient", "supplier", "year", "tiv_millions"])


def _text(path: Path) -> str:
    if not path.name.endswith(".json"):
        return path.read_bytes().decode("latin-1")
    answer = read_json(path)
    try:
        return base64.b64decode(answer["bytes"], validate=True).decode("latin-1")
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise SourceError(f'{path.name}: expected an answer with "bytes" in base64; fetch it again') from None
