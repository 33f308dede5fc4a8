"""Claims of one edition, read from TOML and judged by measures."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from r2p_analysis.claims.checks import find_check
from r2p_analysis.claims.outcome import Outcome, verdict
from r2p_analysis.errors import UsageError
from r2p_analysis.exhibits.words import listed, plural, sentence
from r2p_analysis.store import Tables

_LONGEST_QUOTE = 25


@dataclass(frozen=True)
class Part:
    """One checkable part of a claim.

    Attributes
    ----------
    statement : str
        What would have to be so.
    check : str
        Name of the check that judges it.
    arguments : mapping
        What the check is given.
    """

    statement: str
    check: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Claim:
    """One claim of a document.

    Attributes
    ----------
    id : str
        Its name in the ledger.
    text : str
        The claim in our words.
    source, section, url : str
        Document, where in it, and where it can be read.
    quote : str
        Fewer than 25 words of the document; may be empty.
    stated : str
        The figure that the claim states; empty when a part gives the printed one, or there is none.
    exhibit : str
        "<notebook>#<exhibit id>" of the exhibit that shows the evidence.
    limits : tuple of str
        What the data cannot say about it.
    parts : tuple of Part
        What is judged.
    """

    id: str
    text: str
    source: str
    section: str
    url: str
    quote: str
    stated: str
    exhibit: str
    limits: tuple[str, ...]
    parts: tuple[Part, ...]


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
        In the order of the file.
    """

    edition: int
    symbol: str
    title: str
    named_countries: tuple[str, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Judged:
    """A claim with its verdict.

    Attributes
    ----------
    claim : Claim
        What is claimed.
    verdict : str
        One of the five verdicts.
    reason : str
        Sentence that says how the parts came out.
    outcomes : tuple of Outcome
        One for each part.
    tables : tuple of str
        Tables that were read.
    """

    claim: Claim
    verdict: str
    reason: str
    outcomes: tuple[Outcome, ...]
    tables: tuple[str, ...]


def load_document(folder: Path, edition: int) -> Document | None:
    """Read the claims of an edition.

    Parameters
    ----------
    folder : Path
        Folder of ``<edition>.toml`` files.
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
    path = folder / f"{edition}.toml"
    if not path.is_file():
        return None
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path.name} is not valid TOML: {error}; mend that line") from None
    claims = tuple(_claim(entry, path.name) for entry in raw.get("claim", ()))
    ids = [claim.id for claim in claims]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise UsageError(f"{path.name}: claim {twice[0]} stands twice; give each its own id")
    return Document(
        edition=raw.get("edition", edition),
        symbol=raw.get("symbol", ""),
        title=raw.get("title", ""),
        named_countries=tuple(raw.get("named_countries", ())),
        claims=claims,
    )


def evaluate(claim: Claim, tables: Tables) -> Judged:
    """Judge a claim by its parts.

    Parameters
    ----------
    claim : Claim
        As `load_document` gives it.
    tables : Tables
        Stored tables.

    Returns
    -------
    Judged
        With the verdict, computed from the outcomes of the parts and never typed.
    """
    with tables.recording() as names:
        outcomes = tuple(
            find_check(part.check, dict(part.arguments), claim.id)(tables, **part.arguments) for part in claim.parts
        )
    words = [outcome.word for outcome in outcomes]
    return Judged(claim, verdict(words), _reason(words), outcomes, tuple(sorted(names)))


def _reason(words: list[str]) -> str:
    if len(words) == 1:
        return sentence(f"its one part {words[0]}")
    counted = [
        f"{plural(words.count(word), 'part')} {_number(word, words.count(word))}" for word in dict.fromkeys(words)
    ]
    return sentence(f"of {plural(len(words), 'part')}, {listed(counted)}")


def _number(word: str, count: int) -> str:
    if count == 1:
        return word
    return word.replace("holds", "hold").replace("does not", "do not")


def _claim(entry: dict[str, Any], where: str) -> Claim:
    name = entry.get("id", "without id")
    missing = [key for key in ("id", "text", "source", "part") if not entry.get(key)]
    if missing:
        raise UsageError(
            f"{where}: claim {name} has no {missing[0]}; every claim needs id, text, source and a [[claim.part]]"
        )
    quote = entry.get("quote", "")
    if len(quote.split()) >= _LONGEST_QUOTE:
        raise UsageError(
            f"{where}: claim {name} quotes {len(quote.split())} words; keep quotations under {_LONGEST_QUOTE}"
        )
    parts = tuple(_part(part, f"{where}: claim {name}") for part in entry["part"])
    return Claim(
        id=name,
        text=entry["text"],
        source=entry["source"],
        section=entry.get("section", ""),
        url=entry.get("url", ""),
        quote=quote,
        stated=entry.get("stated", ""),
        exhibit=entry.get("exhibit", ""),
        limits=tuple(entry.get("limits", ())),
        parts=parts,
    )


def _part(entry: dict[str, Any], where: str) -> Part:
    arguments = {key: value for key, value in entry.items() if key not in ("statement", "check")}
    for key in ("statement", "check"):
        if not entry.get(key):
            raise UsageError(f"{where}: a part has no {key}; every [[claim.part]] needs statement and check")
    find_check(entry["check"], arguments, where)
    return Part(entry["statement"], entry["check"], arguments)
