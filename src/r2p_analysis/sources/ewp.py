"""Mass killings and countries ranked by their risk, from the Early Warning Project."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import Releases
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.ewp_forecasts import is_forecast, place_of, read_forecast
from r2p_analysis.sources.files import read_delimited, require_columns, whole_numbers
from r2p_analysis.sources.guard import one_line_errors

STATE_LED = "state-led"
NON_STATE_LED = "non-state-led"
TARGETS = ("onset of a state-led mass killing", "onset of a mass killing, state-led or not")
"""What an edition forecasts: until 2015 only killings led by a state."""
METHODS = {2013: "2013-15", 2017: "2017", 2018: "2018-22", 2023: "2023", 2024: "since 2024"}
"""First edition of each method; risk levels compare only between editions of one method."""

_COW = "mk_location_cow"
"""Where an episode took place, in the project's own workbook, as a Correlates of War number."""
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
    stems=("ewp_mass_killing_events", "EWP mass killing events master list"),
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
    stems=("ewp_risk_scores", "final_forecasts_data"),
    grows_by="edition",
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
    by_hand=(
        ByHand(
            "final_forecasts_data*.csv",
            "https://github.com/EarlyWarningProject",
            ("ewp_risk",),
            "In the repository {year}-Statistical-Risk-Assessment, folder 3.Modeling: the file that its README names, "
            "such as final_forecasts_data_3Sep2025.csv. Editions stored before stay.",
        ),
        ByHand(
            "ewp_mass_killing_events*.csv",
            "https://github.com/EarlyWarningProject",
            ("ewp_mass_killings",),
            "In the same repository, folder 1.Buildcountryyears_and_mk_data: of the workbook 'EWP mass killing events "
            "master list', save the sheet mk_events as CSV in UTF-8.",
        ),
    ),
    tables=(_MASS_KILLINGS, _RISK),
    redistribution="aggregates only",
)


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read the list of episodes, or the risk scores: an edition as the project publishes it, or several together.

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
    frame = pd.concat([_read(path) for path in files], ignore_index=True)
    contract = SOURCE.table(table)
    out = _episodes(frame, files[0].name) if table == "ewp_mass_killings" else _risk(frame, files[0].name)
    return out[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _read(path: Path) -> pd.DataFrame:
    frame = read_delimited(path)
    return read_forecast(frame, TARGETS[1], path.name) if is_forecast(frame) else frame


def _episodes(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    led = "State-Led or Non-State-Led"
    if "iso3" not in frame.columns and {_COW, "country"} <= set(frame.columns):
        numbers = zip(frame[_COW], frame["country"], strict=True)
        frame = frame.assign(iso3=[place_of(number, name, where) for number, name in numbers])
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
        if text == target or str(text).startswith(beginning):
            return target
    raise SourceError(f'{where}: the outcome "{text}" is unknown: expected one of {"; ".join(TARGETS)}')


def _method(edition: int) -> str:
    return METHODS[max((first for first in METHODS if first <= edition), default=2013)]
