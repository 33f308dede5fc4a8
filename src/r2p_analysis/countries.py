"""Countries, territories and the codes that are neither: names, codes, regions, years of existence.

The reference table is our own, ``codes/countries.csv``; docs/adr/0002-country-codes.md says why and which
choices of continuity it makes.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from r2p_analysis.errors import MeasureError, UsageError

if TYPE_CHECKING:
    import pandas as pd

NOT_A_COUNTRY = "Not a country"
"""Region and subregion of the pseudo codes (unknown, stateless, Abyei, ...), which no join may lose."""
STATES = ("member", "observer")
READER_KINDS = (*STATES, "territory")
"""The kinds of place for which a reader can ask a page."""
KINDS = (*READER_KINDS, "former", "pseudo")


@dataclass(frozen=True, slots=True)
class Country:
    """One row of the reference table; text that does not exist is ``""``, a number ``None``."""

    iso3: str
    iso2: str
    m49: str
    unhcr: str
    gwno: int | None
    name: str
    in_text: str
    aliases: tuple[str, ...]
    kind: str
    region: str
    subregion: str
    exists_from: int | None
    exists_until: int | None
    member_since: int | None
    lon: float | None
    lat: float | None
    small: bool
    has_shape: bool

    def existed_in(self, year: int) -> bool:
        """Say whether the place existed in `year`; its first and its last year count.

        >>> get("SSD").existed_in(2010), get("SSD").existed_in(2011)
        (False, True)
        """
        return (self.exists_from or year) <= year <= (self.exists_until or year)


def get(iso3: str) -> Country:
    """Return the place of an exact ISO3 code, of any kind; any other text is a `UsageError`."""
    if iso3 in _table():
        return _table()[iso3]
    raise UsageError(f'unknown country code "{iso3}"{_did_you_mean(iso3, all_countries())}')


def find(text: str, kinds: Collection[str] = READER_KINDS) -> Country:
    """Return the place that a reader means by a name, an alias, or an ISO2, ISO3 or M49 code.

    Case, accents, punctuation and a leading "the" do not matter; codes go before names.

    Parameters
    ----------
    kinds
        Kinds of place that may be returned; by default those that can have a page.

    Raises
    ------
    UsageError
        Nothing, or more than one place, answers to `text`; one line names the nearest.

    >>> find("cote d'ivoire").iso3, find("tur").iso3, find("004").iso3
    ('CIV', 'TUR', 'AFG')
    """
    places = all_countries(kinds)
    wanted = _fold(text)
    for index in _indexes():
        found = index.get(wanted.zfill(3) if wanted.isdecimal() else wanted)
        if found in places:
            return found
    raise UsageError(_why_not_found(text, places))


@cache
def _table() -> dict[str, Country]:
    text = resources.files("r2p_analysis").joinpath("codes/countries.csv").read_text(encoding="utf-8")
    read = {column: _TYPES[kind][0] for column, kind in Country.__annotations__.items()}
    rows = csv.DictReader(text.splitlines())
    return {row["iso3"]: Country(**{key: read[key](cell) for key, cell in row.items()}) for row in rows}


def all_countries(kinds: Collection[str] = KINDS) -> tuple[Country, ...]:
    """Return every place of the given kinds, in the order of its ISO3 code."""
    if unknown := sorted(set(kinds) - set(KINDS)):
        raise UsageError(f'unknown kind "{unknown[0]}": the kinds are {", ".join(KINDS)}')
    return tuple(place for place in _table().values() if place.kind in kinds)


def states() -> tuple[Country, ...]:
    """Return the 193 members and 2 observers of the United Nations, sorted by name."""
    return tuple(sorted(all_countries(STATES), key=_alphabet))


def from_unhcr(code: str) -> Country:
    """Return the place of a UNHCR code; ``AUS`` is Austria there, ``ARE`` Egypt, ``MAR`` Martinique."""
    return _lookup("unhcr", "UNHCR code", code)


def from_gwno(number: int) -> Country:
    """Return the place of a Gleditsch-Ward number, as UCDP uses them."""
    return _lookup("gwno", "Gleditsch-Ward number", number)


def from_m49(text: str) -> Country:
    """Return the place of a UN M49 code; the code is text, for it may begin with zeros."""
    return _lookup("m49", "M49 code", text)


def from_iso2(code: str) -> Country:
    """Return the place of an ISO 3166-1 alpha-2 code; ``NA`` is Namibia."""
    return _lookup("iso2", "ISO 3166-1 alpha-2 code", code)


def regions() -> tuple[str, ...]:
    """Return the five UN M49 regions, sorted."""
    return tuple(sorted({place.region for place in all_countries(STATES)}))


def subregions() -> tuple[str, ...]:
    """Return the UN M49 subregions, sorted; Africa and the Americas by their finer divisions."""
    return tuple(sorted({place.subregion for place in all_countries(STATES)}))


def members_of(area: str, kinds: Collection[str] = STATES) -> tuple[Country, ...]:
    """Return the places of a region or a subregion, sorted by name; by default the states."""
    areas = {_fold(name): name for name in (*regions(), *subregions())}
    if (wanted := areas.get(_fold(area))) is None:
        raise UsageError(f'unknown region "{area}": the regions are {", ".join(sorted(areas.values()))}')
    inside = (place for place in all_countries(kinds) if wanted in (place.region, place.subregion))
    return tuple(sorted(inside, key=_alphabet))


def label(iso3: str) -> str:
    """Return the name to print for a code of any kind, pseudo codes among them."""
    return get(iso3).name


def attach(
    frame: pd.DataFrame,
    on: str = "iso3",
    columns: Sequence[str] = ("name", "region", "subregion"),
    totals: Sequence[str] = (),
    prefix: str = "",
) -> pd.DataFrame:
    """Return `frame` with columns of the reference table beside its codes, no row lost or doubled.

    Parameters
    ----------
    frame, on
        A table, which is not changed, and its column of ISO3 codes.
    columns, prefix
        Attributes of `Country` to attach, and what to put before the name of each new column.
    totals
        Columns whose sum must be the same before and after; every numeric column when empty.

    Raises
    ------
    MeasureError
        A code is missing or not in the table, a new column would replace one, or a total would change.
    """
    import pandas as pd

    _check_attachable(frame, on, columns, [prefix + column for column in columns])
    attached = frame.copy()
    for column in columns:
        values = (getattr(_table()[code], column) for code in frame[on])
        cells = [None if value == "" else value for value in values]
        dtype = _TYPES[Country.__annotations__[column]][1]
        attached[prefix + column] = pd.Series(cells, index=frame.index, dtype=dtype)
    _check_totals(frame, attached, totals)
    return attached


def _check_attachable(frame: pd.DataFrame, on: str, columns: Sequence[str], new: Sequence[str]) -> None:
    if on not in frame.columns:
        raise MeasureError(f'no column "{on}" to join on; there are {", ".join(map(str, frame.columns))}')
    if unknown := [column for column in columns if column not in Country.__slots__]:
        raise MeasureError(f'a country has no "{unknown[0]}"; it has {", ".join(Country.__slots__)}')
    if taken := [column for column in new if column in frame.columns]:
        raise MeasureError(f'the table has a column "{taken[0]}" already: give a prefix for the new columns')
    if missing := int(frame[on].isna().sum()):
        raise MeasureError(f'{missing} rows have no code in "{on}": give them UNK, or leave them out by name')
    if strange := sorted({str(code) for code in frame[on].unique()} - set(_table())):
        hints = [f"; {p.unhcr} is UNHCR's code of {p.iso3}" for p in all_countries() if p.unhcr in strange]
        raise MeasureError(f"no country has the {on} {', '.join(strange[:8])}{''.join(hints[:3])}")


def _check_totals(before: pd.DataFrame, after: pd.DataFrame, totals: Sequence[str]) -> None:
    if len(before) != len(after):
        raise MeasureError(f"joining countries made {len(after)} rows of {len(before)}")
    for column in totals or list(before.select_dtypes("number").columns):
        was, now = before[column].sum(), after[column].sum()
        if repr(was) != repr(now):  # same cells in the same order: equal to the last digit
            raise MeasureError(f'joining countries changed the sum of "{column}" from {was} to {now}')


_TYPES: dict[str, tuple[Callable[[str], Any], str]] = {
    "str": (str, "str"),
    "bool": (lambda cell: cell == "true", "bool"),
    "int | None": (lambda cell: int(cell) if cell else None, "Int64"),
    "float | None": (lambda cell: float(cell) if cell else None, "float64"),
    "tuple[str, ...]": (lambda cell: tuple(cell.split("; ")) if cell else (), "object"),
}
"""By the type of a `Country`'s attribute: how to read it from the table, and its dtype in a frame."""


@cache
def _indexes() -> tuple[dict[str, Country], ...]:
    """Folded text to place, in the order in which a reader's text is tried: codes first."""
    places = all_countries()
    codes = [{_fold(getattr(p, code)): p for p in places} for code in ("iso3", "iso2", "m49")]
    names = {_fold(name): place for place in places for name in (place.name, *place.aliases)}
    return tuple({text: place for text, place in index.items() if text} for index in (*codes, names))


def _alphabet(place: Country) -> str:
    return _fold(place.name)


@cache
def _lookup(attribute: str, what: str, code: object) -> Country:
    for place in all_countries():
        if getattr(place, attribute) == code and code:
            return place
    raise UsageError(f'unknown {what} "{code}": it is not in the table of countries')


@cache
def _fold(text: str) -> str:
    """Fold case, accents, punctuation, "St." and a leading article, so that spellings compare.

    >>> _fold("The St. Côte-d’Ivoire & Co.")
    'saint cote divoire and co'
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.sub(r"[^\w]|_", " ", re.sub(r"['’`.]", "", plain)).split()
    words = ["saint" if word == "st" else word for word in words]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _why_not_found(text: str, places: Sequence[Country]) -> str:
    wanted = _fold(text)
    hidden = next((index[wanted] for index in _indexes() if wanted in index), None)
    sharing = [place for place in places if wanted and f" {wanted} " in f" {_fold(place.name)} "]
    if len(sharing) > 1 and not hidden:
        return f'"{text}" may mean {_choices(sharing)}: give one of the codes'
    what = f'unknown country "{text}"'
    if hidden:
        what = f'"{text}" is {hidden.name} ({hidden.iso3}), of the kind "{hidden.kind}", not asked for here'
    near = _did_you_mean(text, places)
    use = f"{near}? Use" if near else ": use"
    return f"{what}{use} an ISO 3166-1 alpha-3 code or a name; see 'r2p countries'"


def _did_you_mean(text: str, places: Sequence[Country]) -> str:
    near = _suggest(_fold(text), places)
    return f": did you mean {_choices(near)}" if near else ""


def _choices(places: Iterable[Country]) -> str:
    return " or ".join(f"{place.name} ({place.iso3})" for place in places)


def _suggest(wanted: str, places: Sequence[Country]) -> tuple[Country, ...]:
    """Return up to three places nearest to a folded text: by UNHCR code, else by the likeness of a name."""
    by_code = tuple(place for place in places if place.unhcr and place.unhcr.casefold() == wanted)
    if by_code or not wanted:
        return by_code
    scores = {p: max(_likeness(wanted, _fold(n)) for n in (p.name, *p.aliases, p.iso3)) for p in places}
    floor = max(0.66, max(scores.values(), default=0.0) - 0.06)
    return tuple(sorted((p for p in places if scores[p] >= floor), key=lambda p: (-scores[p], p.iso3))[:3])


def _likeness(wanted: str, name: str) -> float:
    return 0.9 if f" {wanted} " in f" {name} " else SequenceMatcher(None, wanted, name).ratio()
