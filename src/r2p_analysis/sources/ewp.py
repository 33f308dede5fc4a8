"""Mass killings and countries ranked by their risk, from the Early Warning Project."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import Releases
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns, whole_numbers

STATE_LED = "state-led"
NON_STATE_LED = "non-state-led"
TARGETS = ("onset of a state-led mass killing", "onset of a mass killing, state-led or not")
"""What an edition forecasts: until 2015 only killings led by a state."""
METHODS = {2013: "2013-15", 2017: "2017", 2018: "2018-22", 2023: "2023", 2024: "since 2024"}
"""First edition of each method; risk levels compare only between editions of one method."""

_NAMES_KEPT = {"Yugoslavia": "YUG", "Zanzibar": "TZA"}
"""Names that decide before the code: the list says Yugoslavia (not Serbia), and Zanzibar has no code of its own."""


def _ends_after_it_begins(frame: pd.DataFrame) -> str | None:
    wrong = frame[frame["end_year"] < frame["start_year"]]
    return f"episode {wrong['episode'].iloc[0]} ends before it begins" if len(wrong) else None


def _ranks_run_to_the_number_ranked(frame: pd.DataFrame) -> str | None:
    beyond = frame[frame["rank"] > frame["ranked"]]
    return f"edition {beyond['edition'].iloc[0]} has a rank beyond the number ranked" if len(beyond) else None


def _no_edition_of_2016(frame: pd.DataFrame) -> str | None:
    return (
        "there was no edition of 2016; are these figures of another year?" if (frame["edition"] == 2016).any() else None
    )


_MASS_KILLINGS = Table(
    name="ewp_mass_killings",
    title="Episodes of mass killing since 1945",
    columns=(
        Column("iso3", "text", "country that the project names; former states keep their own codes", place=True),
        Column("episode", "text", "the project's code of the episode"),
        Column("start_year", "integer", "first year", minimum=1945, maximum=2100),
        Column("end_year", "integer", "last year, still ongoing in it; null: not ended", nullable=True, minimum=1945),
        Column("perpetrator", "text", "who led the killing", allowed=(STATE_LED, NON_STATE_LED)),
    ),
    key=("episode",),
    stems=("ewp_mass_killing_events",),
    checks=(_ends_after_it_begins,),
    caveats=(
        "A mass killing is understood as 1,000 or more civilians of a group killed deliberately within about a year.",
        "An episode counts as ongoing in its last year, and when no last year is given.",
        "An episode counts as one whatever its size: the number of episodes says nothing about the number killed.",
        "No episode in Yemen is coded after 1986, whatever happened there since.",
    ),
)
_RISK = Table(
    name="ewp_risk",
    title="Countries ranked by the risk of a new mass killing",
    columns=(
        Column("edition", "integer", "year of the forecast", minimum=2013, maximum=2100),
        Column("base_year", "integer", "last year of the data behind it", minimum=2012, maximum=2100),
        Column("iso3", "text", "country", place=True),
        Column("rank", "integer", "1 is the highest risk; null: listed without a score", nullable=True, minimum=1),
        Column("ranked", "integer", "how many countries have a rank in that edition", minimum=1),
        Column("risk", "number", "estimated chance of an onset within the year", nullable=True, minimum=0, maximum=1),
        Column("target", "text", "what is forecast", allowed=TARGETS),
        Column("method", "text", "editions of one method; only their levels compare", allowed=tuple(METHODS.values())),
    ),
    key=("edition", "iso3"),
    stems=("ewp_risk_scores",),
    checks=(_ranks_run_to_the_number_ranked, _no_edition_of_2016),
    caveats=(
        "The forecast is of new onsets: a country where a mass killing goes on can rank low.",
        "There was no edition of 2016; those of 2013 to 2015 forecast killings led by a state only.",
        "The method changed with the editions of 2017, 2018, 2023 and 2024: levels do not compare across them.",
        "Ranks are computed here from the published scores.",
    ),
)

SOURCE = Source(
    name="ewp",
    producer="Early Warning Project",
    licence="not stated",
    licence_url="",
    attribution=("Early Warning Project, US Holocaust Memorial Museum (Simon-Skjodt Center) and Dartmouth College"),
    cadence=Releases(
        "yearly, towards the end of the year",
        month=12,
        name="the edition of {year}",
        numbered=r"(\d{4}) edition$|^editions\b.*\D(\d{4}|\d{2})$",
    ),
    url="https://earlywarningproject.ushmm.org/",
    tables=(_MASS_KILLINGS, _RISK),
    redistribution="aggregates only",
)


def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read the list of episodes or the risk scores.

    Returns
    -------
    pandas.DataFrame
        ewp_mass_killings: iso3, episode, start_year, end_year (null: not ended), perpetrator.
        ewp_risk: edition, base_year, iso3, rank, ranked, risk (a share, not percent), target, method.

    Raises
    ------
    SourceError
        When columns are missing, a place has no code, a perpetrator or target is unknown, or an error of the list
        that is corrected here has been mended.
    """
    frame = pd.concat([read_delimited(path) for path in files], ignore_index=True)
    contract = SOURCE.table(table)
    out = _episodes(frame, files[0].name) if table == "ewp_mass_killings" else _risk(frame, files[0].name)
    return out[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _episodes(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    led = "State-Led or Non-State-Led"
    require_columns(frame, ["country", "iso3", "mk_event_code", "startyear", "endyear", led], where)
    episode = frame["mk_event_code"].astype("string").str.strip()
    return pd.DataFrame(
        {
            "iso3": _places(frame, where),
            "episode": episode,
            "start_year": whole_numbers(frame["startyear"], where),
            "end_year": whole_numbers(frame["endyear"], where),
            "perpetrator": frame[led].astype("string").str.strip().str.lower(),
        }
    )


def _places(frame: pd.DataFrame, where: str) -> pd.Series:
    """Give the code of each episode's place; see `_NAMES_KEPT`."""
    names = frame["country"].astype("string").str.strip()
    places = names.map(_NAMES_KEPT).astype("string").fillna(frame["iso3"].astype("string"))
    if places.isna().any():
        raise SourceError(f'{where}: "{names[places.isna()].iloc[0]}" has no iso3: say in ewp.py where it lies today')
    return places


def _risk(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    require_columns(frame, ["edition", "base_year", "iso3", "risk_1yr", "target", "rank_1yr"], where)
    edition = whole_numbers(frame["edition"], where)
    rank = whole_numbers(frame["rank_1yr"], where)
    return pd.DataFrame(
        {
            "edition": edition,
            "base_year": whole_numbers(frame["base_year"], where),
            "iso3": frame["iso3"].astype("string"),
            "rank": rank,
            "ranked": rank.groupby(edition).transform("count").astype("Int64"),
            "risk": pd.to_numeric(frame["risk_1yr"]),
            "target": [_target(text, where) for text in frame["target"]],
            "method": [_method(int(year)) for year in edition],
        }
    )


def _target(text: str, where: str) -> str:
    for beginning, target in zip(("onset of state-led mass", "onset of mass killing (state"), TARGETS, strict=True):
        if text.startswith(beginning):
            return target
    raise SourceError(f'{where}: the outcome "{text}" is unknown: expected one of {"; ".join(TARGETS)}')


def _method(edition: int) -> str:
    return METHODS[max((first for first in METHODS if first <= edition), default=2013)]
