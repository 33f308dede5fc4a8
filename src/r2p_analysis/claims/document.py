"""Claims of one edition as recorded: read from TOML and refused when they break a rule."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from r2p_analysis.claims.checks import find_check, kind_of
from r2p_analysis.claims.relations import check_relation
from r2p_analysis.errors import UsageError
from r2p_analysis.workspace import Layers

SECTIONS = (
    "Introduction",
    "Key points",
    "Sections I and II",
    "Section III",
    "Section IV",
    "Section V",
    "Quoted text",
    "Printed figures",
)
"""Parts of the document by which the ledger is sorted and filtered."""
_LONGEST_QUOTE = 25
_PART_KEYS = ("statement", "check", "relation", "proxy")


@dataclass(frozen=True)
class Part:
    """One checkable part of a claim.

    Attributes
    ----------
    statement : str
        What would have to be so.
    check : str
        Name of the check that finds the figures.
    arguments : mapping
        What the check is given.
    relation : mapping
        How the figures are held against the claim; empty when the check judges by itself.
    proxy : bool
        Whether this only stands near what the claim says: shown as evidence, left out of the verdict.
    """

    statement: str
    check: str
    arguments: Mapping[str, Any]
    relation: Mapping[str, Any] = field(default_factory=dict)
    proxy: bool = False


@dataclass(frozen=True)
class Claim:
    """One claim of a document.

    Attributes
    ----------
    id : str
        Its name in the ledger.
    text : str
        The claim in our words.
    source, url : str
        The document, and where the claim can be read.
    evidence_url : str
        A page that was read for what was published then, or for what was found; may be empty.
    sections : tuple of str
        Where in the document, of `SECTIONS`.
    quote : str
        Fewer than 25 words of the document; may be empty.
    stated, as_of : str
        The figure that the claim states and the date that it is about; may be empty.
    then : str
        What was published at the time, by whom; may be empty.
    exhibit : str
        "<notebook>#<exhibit id>" of the exhibit that shows the evidence.
    also : tuple of str
        More exhibits that bear on it, written alike.
    limits : tuple of str
        What the data cannot say about it.
    parts : tuple of Part
        What is judged.
    """

    id: str
    text: str
    source: str
    url: str
    evidence_url: str
    sections: tuple[str, ...]
    quote: str
    stated: str
    as_of: str
    then: str
    exhibit: str
    also: tuple[str, ...]
    limits: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def exhibits(self) -> tuple[str, ...]:
        """All exhibits that bear on it, the first being the main one."""
        return tuple(dict.fromkeys(filter(None, (self.exhibit, *self.also))))


@dataclass(frozen=True)
class Document:
    """The claims of one edition.

    Attributes
    ----------
    edition : int
        Year of the report.
    symbol, title : str
        The document.
    named_countries : tuple of str
        Countries that it names, ISO3.
    claims : tuple of Claim
        Its claims, in the order of the file.
    printed : tuple of Claim
        Figures that other reports printed at the time, to see whether they still stand.
    """

    edition: int
    symbol: str
    title: str
    named_countries: tuple[str, ...]
    claims: tuple[Claim, ...]
    printed: tuple[Claim, ...] = ()


def load_document(folder: Path | Layers, edition: int) -> Document | None:
    """Read the claims of an edition.

    Parameters
    ----------
    folder : Path or Layers
        Folder of ``<edition>.toml`` files, perhaps over that of the package; a file is read whole from one of them.
    edition : int
        Year of the report.

    Returns
    -------
    Document or None
        None when no claims of that edition are recorded.

    Raises
    ------
    UsageError
        When the file breaks a rule: the message names the claim and the rule.
    """
    path = Layers.of(folder).find(f"{edition}.toml")
    return None if path is None else _document(path.read_text(encoding="utf-8"), path.name, edition)


# By its text: every notebook begins with the same document, and warm processes have read it before they fork.
@lru_cache(maxsize=8)
def _document(text: str, name: str, edition: int) -> Document:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name} is not valid TOML: {error}; mend that line") from None
    claims, printed = (
        tuple(_claim(_with_source(entry, raw), name) for entry in raw.get(kind, ())) for kind in ("claim", "printed")
    )
    ids = [claim.id for claim in (*claims, *printed)]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise UsageError(f"{name}: claim {twice[0]} stands twice; give each its own id")
    return Document(
        edition=raw.get("edition", edition),
        symbol=raw.get("symbol", ""),
        title=raw.get("title", ""),
        named_countries=tuple(raw.get("named_countries", ())),
        claims=claims,
        printed=printed,
    )


def _with_source(entry: dict[str, Any], raw: dict[str, Any]) -> dict[str, Any]:
    """Give a claim without a source of its own that of the file."""
    if "source" in entry:
        return entry
    return {key: raw[key] for key in ("source", "url") if key in raw} | entry


def _claim(entry: dict[str, Any], where: str) -> Claim:
    name = entry.get("id", "without id")
    missing = [key for key in ("id", "text", "source", "sections", "part") if not entry.get(key)]
    if missing:
        raise UsageError(
            f"{where}: claim {name} has no {missing[0]}; every claim needs id, text, source, sections and a part"
        )
    texts = ("url", "evidence_url", "quote", "stated", "as_of", "then", "exhibit")
    lists = ("sections", "also", "limits")
    unknown = sorted(set(entry) - {"id", "text", "source", "part", *texts, *lists})
    if unknown:
        raise UsageError(f"{where}: claim {name} has an unknown key {unknown[0]}; known are {', '.join(texts + lists)}")
    strange = [section for section in entry["sections"] if section not in SECTIONS]
    if strange:
        raise UsageError(f'{where}: claim {name}: no section "{strange[0]}"; sections are {", ".join(SECTIONS)}')
    words = len(entry.get("quote", "").split())
    if words >= _LONGEST_QUOTE:
        raise UsageError(f"{where}: claim {name} quotes {words} words; keep quotations under {_LONGEST_QUOTE}")
    parts = tuple(_part(part, f"{where}: claim {name}") for part in entry["part"])
    if all(part.proxy for part in parts):
        raise UsageError(f"{where}: claim {name} has only proxies; a part must speak of the claim itself")
    return Claim(
        id=name,
        text=entry["text"],
        source=entry["source"],
        parts=parts,
        **_optional(entry, texts, lists),
    )


def _optional(entry: dict[str, Any], texts: tuple[str, ...], lists: tuple[str, ...]) -> dict[str, Any]:
    return {key: entry.get(key, "") for key in texts} | {key: tuple(entry.get(key, ())) for key in lists}


def _part(entry: dict[str, Any], where: str) -> Part:
    arguments = {key: value for key, value in entry.items() if key not in _PART_KEYS}
    for key in ("statement", "check"):
        if not entry.get(key):
            raise UsageError(f"{where}: a part has no {key}; every [[claim.part]] needs statement and check")
    kind = kind_of(find_check(entry["check"], arguments, where))
    relation = entry.get("relation", {})
    if kind == "Outcome" and relation:
        raise UsageError(f'{where}: check "{entry["check"]}" judges by itself and takes no relation')
    if kind != "Outcome":
        check_relation(relation, kind, f"{where}: check {entry['check']}")
    return Part(entry["statement"], entry["check"], arguments, relation, bool(entry.get("proxy", False)))
