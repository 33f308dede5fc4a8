"""The UN Treaty Collection's XML: one file a treaty, its table of participants read by the words of its headers.

The files are written for print: days padded with blanks, a TAB before the year, escaped markup, a letter behind the
date for the kind of action, and square brackets round what no longer counts. No whole file was at hand when this was
written, only what others tell of them: nothing is read by its position, and the file's own number of parties must come
out of its rows.
"""

from __future__ import annotations

import datetime as dt
import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
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
_NOTIFICATION = "notification"
CONSENTS = (*ACTIONS.values(), _NOTIFICATION)
"""All kinds of consent; a notification has the letter of provisional application, and is told from it by the header."""
_DATE = re.compile(r"(\[)?\s*(\d{1,2})\s+([A-Z][a-z]{2})[a-z]*\.?\s+(\d{4})\s*([A-Za-z]{0,2})\s*\]?", re.ASCII)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CONSENT_WORDS = (
    *("ratification", "accession", "acceptance", "approval", "succession", "confirmation"),
    *("consent to be bound", "participation", "notification"),
)
_FOOTNOTES = re.compile(r"<superscript>[^<]*</superscript>", re.IGNORECASE)
# Print of footnotes that lost its markup; no name of a state ends in a digit.
_TRAILING_NUMBERS = re.compile(r"[\s\d,]+$", re.ASCII)
_LONGEST_CELL = 400
Row = tuple[str, str, str | None, str | None, str | None, bool, int]


@dataclass(frozen=True)
class _Columns:
    """Positions of the columns that are read, and the words over the one of consents."""

    name: int
    consent: int
    signature: int | None
    consent_words: str


def read_status(path: Path) -> list[Row]:
    """Read one file.

    Returns
    -------
    list of tuple
        treaty, iso3, signature_date, consent_date, consent_type, withdrawn, stated_parties. `withdrawn` is what stands
        in square brackets.

    Raises
    ------
    SourceError
        When it is no XML (a maintenance page comes with HTTP 200), an unknown treaty, a participant has no known name,
        or the parties are not as many as the file itself states.
    """
    root = _root(path)
    treaty = _treaty(root, path.name)
    stated = _stated(root, path.name)
    read = (_row(cells, columns, treaty, stated, path.name) for cells, columns in _table(root, path.name))
    rows = [row for row in read if row]
    if not rows:
        raise SourceError(f"{path.name}: its table of participants is empty; fetch it again")
    found = sum(row[3] is not None and not row[5] for row in rows)
    if found != stated:
        raise SourceError(
            f"{path.name}: the file states {stated} parties, its table has {found}; fetch it again or report it"
        )
    return rows


def _root(path: Path) -> ET.Element:
    content = path.read_bytes()
    if not content.lstrip().startswith(b"<?xml"):
        raise SourceError(
            f"{path.name}: expected XML, got another page; the service was under maintenance: fetch it again"
        )
    if b"<!ENTITY" in content:
        # Entities that name each other could fill the memory; a list of parties needs none.
        raise SourceError(f"{path.name}: declares entities in a document type, which no list of parties needs")
    try:
        # As bytes: the file says itself in which encoding it is.
        return ET.fromstring(content)  # noqa: S314  # no entities: elements and text alone
    except (ET.ParseError, LookupError, ValueError) as error:
        raise SourceError(f"{path.name}: not valid XML ({error}); fetch it again") from None


def _treaty(root: ET.Element, where: str) -> str:
    """Tell the treaty by what the file says of itself; by the file's name where it says nothing."""
    chapter = _plain(root.findtext(".//Header//HeaderText") or "").upper().removeprefix("CHAPTER").strip()
    printed = _plain(root.findtext(".//Treaty_No") or "").lower().strip(".")
    number = re.fullmatch(r"(\d+)[\s.\-(]*([a-z]?)\)?", printed)
    name = "-".join(filter(None, (chapter, *(number.groups() if number else (printed or "?",)))))
    if not chapter or not printed:
        parts = where.partition(".")[0].split("-")
        name = "-".join((parts[0].upper(), *(part.lower() for part in parts[1:])))
    if name not in TREATIES:
        raise SourceError(f"{where}: treaty {name[:40]} is none of those carried: {', '.join(TREATIES)}")
    return TREATIES[name]


def _table(root: ET.Element, where: str) -> Iterator[tuple[list[str], _Columns]]:
    """Give the cells of each row of participants, and the columns that hold for it."""
    participants = root.findall(".//Participants//TGroup") or root.findall(".//Participants")
    names = (".//Thead//Row/Entry", ".//Tbody//Row", "Entry")
    if not any(group.find(names[1]) is not None for group in participants):
        # A few treaties have these in place of participants.
        participants, names = root.findall(".//SpecialTables"), (".//TableHeader//Title", ".//Row", "Column")
    columns = None
    for group in participants:
        heads = [_text(head) for head in group.iterfind(names[0])]
        if heads or columns is None:
            columns = _columns(heads, where)
        for row in group.iterfind(names[1]):
            cells = [_cell(cell, where) for cell in row.iterfind(names[2])]
            if any(cells):
                yield cells, columns


def _columns(heads: list[str], where: str) -> _Columns:
    """Find columns by the words of their headers: their order and number differ from treaty to treaty."""
    found: dict[str, int] = {}
    for position, head in enumerate(text.lower() for text in heads):
        if "participant" in head:
            found["name"] = position
        elif head.startswith("signature"):
            found["signature"] = position
        elif not head.startswith("provisional") and any(word in head for word in _CONSENT_WORDS):
            if "consent" in found:
                raise SourceError(f"{where}: expected one column of consents, got {heads[found['consent']]} and {head}")
            found["consent"] = position
    if "name" not in found or "consent" not in found:
        raise SourceError(
            f"{where}: expected columns of participants and of ratification or accession, got "
            f"{', '.join(heads)[:200] or 'none'}"
        )
    return _Columns(found["name"], found["consent"], found.get("signature"), heads[found["consent"]].lower())


def _stated(root: ET.Element, where: str) -> int:
    text = _plain(root.findtext(".//Status/Parties") or "")
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII):
        raise SourceError(f'{where}: expected the number of parties in Status/Parties, got "{text[:40]}"')
    return int(text)


def _row(cells: list[str], columns: _Columns, treaty: str, stated: int, where: str) -> Row | None:
    """Read a participant; None for one that only applies the treaty provisionally."""
    name = _at(cells, columns.name)
    place = _place(_TRAILING_NUMBERS.sub("", name).strip("[] "), where)
    signature, _, bracketed = _date(_at(cells, columns.signature), where)
    consent, letter, consent_bracketed = _date(_at(cells, columns.consent), where)
    action = _action(letter, columns.consent_words, name, where) if consent else None
    if action:
        bracketed = consent_bracketed
    elif not signature:
        if not any(_DATE.search(cell) for cell in cells):
            raise SourceError(f"{where}: no date stands behind {place}; fetch it again or report it")
        return None
    return (treaty, place, signature, consent if action else None, action, bracketed or name[:1] == "[", stated)


def _at(cells: list[str], position: int | None) -> str:
    return cells[position] if position is not None and position < len(cells) else ""


def _action(letter: str, head: str, name: str, where: str) -> str | None:
    """Give the kind of consent; None for provisional application, which does not bind."""
    if letter == "n":
        return _NOTIFICATION if "notification(n)" in head.replace(" ", "") else None
    if letter not in ACTIONS:
        raise SourceError(f'{where}: unknown letter "{letter}" behind the date of {name}')
    return ACTIONS[letter]


def _date(cell: str, where: str) -> tuple[str | None, str, bool]:
    """Read the date of a cell, the letter behind it, and whether it is bracketed; of several, one that still counts."""
    if not cell:
        return None, "", False
    dates = list(_DATE.finditer(cell))
    found = next((one for one in dates if not one[1]), dates[-1] if dates else None)
    day = _iso(found) if found else None
    if not found or not day:
        raise SourceError(f'{where}: cannot read the date "{cell}"')
    return day, found[5], bool(found[1])


def _iso(found: re.Match[str]) -> str | None:
    try:
        return dt.date(int(found[4]), _MONTHS.index(found[3]) + 1, int(found[2])).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=1000)
def _code(name: str) -> str:
    """Find a participant; the same names stand in all files."""
    return countries.find(name, countries.KINDS).iso3


def _place(name: str, where: str) -> str:
    try:
        return _code(name)
    except UsageError as error:
        raise SourceError(f"{where}: {error}") from None


def _cell(element: ET.Element, where: str) -> str:
    text = _text(element)
    if len(text) > _LONGEST_CELL:
        raise SourceError(f"{where}: expected a name or a date, got a text of {len(text):,} letters; fetch it again")
    return text


def _text(element: ET.Element) -> str:
    return _plain("".join(element.itertext()))


def _plain(text: str) -> str:
    """Take out escaped markup, footnote numbers and the blanks that stand for print."""
    text = _FOOTNOTES.sub("", html.unescape(text))
    # Files that say ISO-8859-1 hold the apostrophes of Windows: to XML these are control characters.
    text = text.replace("\x91", "'").replace("\x92", "'")
    return " ".join(re.sub(r"<[^<>]+>", "", text).split())
