"""The UN Treaty Collection's XML: one file a treaty, its table of participants read by the words of its headers.

The files are written for print: days padded with blanks, a TAB before the year, escaped markup, a letter behind the
date for the kind of action, and square brackets round what no longer counts.
"""

from __future__ import annotations

import datetime as dt
import html
import re
import xml.etree.ElementTree as ET
from pathlib import Path

from r2p_analysis import countries
from r2p_analysis.errors import SourceError, UsageError

TREATIES = {
    "IV-1": "GENOCIDE",
    "IV-2": "CERD",
    "IV-3": "ICESCR",
    "IV-4": "ICCPR",
    "IV-8": "CEDAW",
    "IV-9": "CAT",
    "IV-9-b": "OPCAT",
    "IV-11": "CRC",
    "IV-11-b": "OPAC",
    "IV-16": "CED",
    "V-2": "REFUGEE51",
    "V-3": "STATELESS54",
    "V-4": "STATELESS61",
    "V-5": "REFUGEE67",
    "XVIII-8": "UNPERSONNEL",
    "XVIII-8-a": "UNPERSONNEL_OP",
    "XVIII-10": "ROME",
    "XVIII-10-a": "KAMPALA_ART8",
    "XVIII-10-b": "KAMPALA_AGGR",
    "XXVI-2": "CCW",
    "XXVI-3": "CWC",
    "XXVI-5": "MINEBAN",
    "XXVI-6": "CLUSTER",
    "XXVI-8": "ATT",
}
"""Keys of treaties by chapter and number of the UN Treaty Collection, which are also the names of its files."""
ACTIONS = {
    "": "ratification",
    "a": "accession",
    "A": "acceptance",
    "AA": "approval",
    "c": "formal confirmation",
    "d": "succession",
    "s": "definitive signature",
    "P": "participation",
}
"""Kinds of consent by the letter behind the date; ``n`` marks provisional application, which does not bind."""
_DATE = re.compile(r"(\[)?\s*(\d{1,2})\s+([A-Z][a-z]{2})[a-z]*\.?\s+(\d{4})\s*([A-Za-z]{0,2})\s*\]?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CONSENT_WORDS = ("ratification", "accession", "acceptance", "approval", "succession", "confirmation")
Row = tuple[str, str, str | None, str | None, str | None, bool, int]


def read_status(path: Path) -> list[Row]:
    """Read one file.

    Returns
    -------
    list of tuple
        treaty, iso3, signature_date, consent_date, consent_type, withdrawn, stated_parties.

    Raises
    ------
    SourceError
        When it is no XML (a maintenance page comes with HTTP 200), an unknown treaty, a participant has no known name,
        or the parties are not as many as the file itself states.
    """
    content = path.read_bytes()
    if not content.lstrip().startswith(b"<?xml"):
        raise SourceError(
            f"{path.name}: expected XML, got another page; the service was under maintenance: fetch it again"
        )
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        # Entities that name each other could fill the memory; the real files declare none.
        raise SourceError(f"{path.name}: declares a document type, which files of the UN Treaty Collection do not")
    try:
        root = ET.fromstring(content)  # noqa: S314  # no document type: elements and text alone
    except ET.ParseError as error:
        raise SourceError(f"{path.name}: not valid XML ({error}); fetch it again") from None
    treaty = _treaty(root, path.name)
    columns = _columns(root, path.name)
    stated = _stated(root, path.name)
    rows = [_row(entry, columns, treaty, stated, path.name) for entry in root.iterfind(".//Participants//Tbody//Row")]
    found = sum(row[3] is not None and not row[5] for row in rows)
    if found != stated:
        raise SourceError(
            f"{path.name}: the file states {stated} parties, its table has {found}; fetch it again or report it"
        )
    return rows


def _treaty(root: ET.Element, where: str) -> str:
    chapter = _plain(root.findtext(".//Header//HeaderText") or "").removeprefix("CHAPTER").strip()
    number = re.fullmatch(r"(\d+)[\s.\-]*([a-z]?)", _plain(root.findtext(".//Treaty_No") or "").rstrip("."))
    name = "-".join(filter(None, (chapter, *(number.groups() if number else ("?",)))))
    if name not in TREATIES:
        raise SourceError(f"{where}: treaty {name} is none of those carried: {', '.join(TREATIES)}")
    return TREATIES[name]


def _columns(root: ET.Element, where: str) -> dict[str, int]:
    """Find columns by the words of their headers: their order and number differ from treaty to treaty."""
    heads = [_plain("".join(entry.itertext())).lower() for entry in root.iterfind(".//Participants//Thead//Entry")]
    found: dict[str, int] = {}
    for position, head in enumerate(heads):
        if "participant" in head:
            found["name"] = position
        elif "provisional" in head:
            continue
        elif head.startswith("signature"):
            found["signature"] = position
        if any(word in head for word in _CONSENT_WORDS) and not head.startswith("signature"):
            found["consent"] = position
    if "name" not in found or "consent" not in found:
        raise SourceError(f"{where}: expected columns of participants and of ratification or accession, got {heads}")
    return found


def _stated(root: ET.Element, where: str) -> int:
    text = _plain(root.findtext(".//Status/Parties") or "")
    if not text.isdecimal():
        raise SourceError(f'{where}: expected the number of parties in Status/Parties, got "{text}"')
    return int(text)


def _row(entry: ET.Element, columns: dict[str, int], treaty: str, stated: int, where: str) -> Row:
    cells = [_plain("".join(cell.itertext())) for cell in entry.iterfind("Entry")]
    cells += [""] * (1 + max(columns.values()) - len(cells))
    name = cells[columns["name"]]
    signature = _date(cells[columns["signature"]], where)[0] if "signature" in columns else None
    consent, letter, bracketed = _date(cells[columns["consent"]], where)
    if letter not in ACTIONS and consent:
        raise SourceError(f'{where}: unknown letter "{letter}" behind the date of {name}')
    action = ACTIONS.get(letter) if consent else None
    return (treaty, _place(name.strip("[] "), where), signature, consent, action, bracketed or name[:1] == "[", stated)


def _date(cell: str, where: str) -> tuple[str | None, str, bool]:
    if not cell:
        return None, "", False
    found = _DATE.search(cell)
    if not found or found[3] not in _MONTHS:
        raise SourceError(f'{where}: cannot read the date "{cell}"')
    day = dt.date(int(found[4]), _MONTHS.index(found[3]) + 1, int(found[2]))
    return day.isoformat(), found[5], bool(found[1])


def _place(name: str, where: str) -> str:
    try:
        return countries.find(name, countries.KINDS).iso3
    except UsageError as error:
        raise SourceError(f"{where}: {error}") from None


def _plain(text: str) -> str:
    """Take out escaped markup, footnote numbers and the blanks that stand for print."""
    text = re.sub(r"<superscript>.*?</superscript>", "", html.unescape(text))
    return " ".join(re.sub(r"<[^>]+>", "", text).split())
