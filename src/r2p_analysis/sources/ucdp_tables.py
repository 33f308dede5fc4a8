"""Contracts of UCDP's yearly tables."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.sources.contract import Column, Table

INCOMPATIBILITIES = {"1": "territory", "2": "government", "3": "government and territory"}
INTENSITIES = {"1": "minor", "2": "war"}
CONFLICT_TYPES = {"1": "extrasystemic", "2": "interstate", "3": "intrastate", "4": "internationalised intrastate"}
REGIONS = {"1": "Europe", "2": "Middle East", "3": "Asia", "4": "Africa", "5": "Americas"}
ESTIMATES = ("best", "low", "high")
KINDS = {
    "state_based": "between parties of which one at least is a government",
    "non_state": "between organised groups, none of them a government",
    "one_sided": "of unarmed civilians, killed on purpose by a government or a group",
}
PERPETRATORS = {"government": "by governments of any country", "groups": "by organised groups"}
_SINCE, _UNTIL = 1989, 2100


def _deaths(stem: str, about: str) -> tuple[Column, ...]:
    return tuple(
        Column(f"{stem}_{estimate}", "integer", f"deaths {about}, {estimate} estimate", minimum=0)
        for estimate in ESTIMATES
    )


def _types_sum(frame: pd.DataFrame) -> str | None:
    for estimate in ESTIMATES:
        parts = frame[[f"{kind}_{estimate}" for kind in KINDS]].sum(axis=1)
        wrong = frame[parts != frame[f"deaths_{estimate}"]]
        if len(wrong):
            row = wrong.iloc[0]
            return f"types do not sum to deaths_{estimate} in {len(wrong)} rows, first {row['iso3']} {row['year']}"
    return None


def _perpetrators_sum(frame: pd.DataFrame) -> str | None:
    wrong = frame[frame["one_sided_government_best"] + frame["one_sided_groups_best"] != frame["one_sided_best"]]
    if len(wrong):
        return f"perpetrators do not sum to one_sided_best in {len(wrong)} rows"
    return None


COUNTRY_YEARS = Table(
    name="ucdp_country_years",
    title="Deaths in organised violence by country, year and type",
    columns=(
        Column("iso3", "text", "country in which the deaths occurred", place=True),
        Column("year", "integer", "year of the deaths", minimum=_SINCE, maximum=_UNTIL),
        *(column for kind, about in KINDS.items() for column in _deaths(kind, about)),
        *(
            column
            for who, about in PERPETRATORS.items()
            for column in _deaths(f"one_sided_{who}", f"of civilians killed on purpose {about}")
        ),
        Column("one_sided_actors", "text", "governments and groups behind them, set apart by ; ", nullable=True),
        *_deaths("deaths", "in organised violence of all three types"),
        Column("civilians", "integer", "civilians among the best estimate of all types", minimum=0),
        Column("unknown_status", "integer", "people of unknown status among the best estimate", minimum=0),
    ),
    key=("iso3", "year"),
    stems=("organizedviolencecy",),
    checks=(_types_sum, _perpetrators_sum),
    caveats=(
        "Deaths are placed where they happened, not in the country of those who killed.",
        "Only deaths that a source reports, of actors that killed 25 or more in a year, directly by armed force.",
        "A few rows have a low above the best estimate, or a high below it; they are kept as given.",
        "A row of zeros is a count of zero; a state has no row before it existed. Earlier years are revised.",
    ),
)

ONE_SIDED = Table(
    name="ucdp_one_sided",
    title="Civilians killed on purpose, by actor and year",
    columns=(
        Column("actor_id", "integer", "UCDP's number of the actor", minimum=1),
        Column("actor", "text", "UCDP's name of the actor"),
        Column("actor_in_full", "text", "the name in full", nullable=True),
        Column("year", "integer", "year of the deaths", minimum=_SINCE, maximum=_UNTIL),
        Column("is_government", "boolean", "whether it is a government, or a coalition of them"),
        Column("governments_iso3", "text", "the country of it; coalitions have several or none", nullable=True),
        *_deaths("deaths", "of civilians killed on purpose"),
    ),
    key=("actor_id", "year"),
    stems=("OneSided", "onesided", "ucdp-onesided"),
    caveats=(
        "Only actors that killed 25 or more civilians in the year; deaths in custody are left out.",
        "An actor's deaths in all countries together: they cannot be placed.",
    ),
)

BATTLE_DEATHS = Table(
    name="ucdp_battle_deaths",
    title="Battle-related deaths by pair of parties and year",
    columns=(
        Column("conflict_id", "integer", "UCDP's number of the conflict", minimum=1),
        Column("dyad_id", "integer", "UCDP's number of the pair of parties", minimum=1),
        Column("year", "integer", "year of the deaths", minimum=_SINCE, maximum=_UNTIL),
        Column("side_a", "text", "the government, or the first state"),
        Column("side_b", "text", "the other side"),
        Column("incompatibility", "text", "what it is about", allowed=tuple(INCOMPATIBILITIES.values())),
        Column("type", "text", "type of conflict", allowed=tuple(CONFLICT_TYPES.values())),
        *_deaths("deaths", "in battle, civilians caught in it among them"),
        Column("territory_iso3", "text", "where what they fight over lies, set apart by ; "),
        Column("battle_iso3", "text", "where they fought, set apart by ; "),
    ),
    key=("dyad_id", "year"),
    stems=("BattleDeaths", "battledeaths", "ucdp-brd-dyadic"),
    caveats=("What is fought over and where it is fought can be in different countries.",),
)

ARMED_CONFLICTS = Table(
    name="ucdp_armed_conflicts",
    title="Armed conflicts with a state as a party, by year (UCDP/PRIO)",
    columns=(
        Column("conflict_id", "integer", "UCDP's number of the conflict", minimum=1),
        Column("year", "integer", "year in which 25 or more died in battle", minimum=1946, maximum=_UNTIL),
        Column("location", "text", "UCDP's name of where what they fight over lies"),
        Column("side_a", "text", "the government, or the first state"),
        Column("side_a_secondary", "text", "states that fight on its side", nullable=True),
        Column("side_b", "text", "the other side or sides"),
        Column("side_b_secondary", "text", "states that fight on theirs", nullable=True),
        Column("incompatibility", "text", "what it is about", allowed=tuple(INCOMPATIBILITIES.values())),
        Column("territory", "text", "the territory that it is about", nullable=True),
        Column("intensity", "text", "war: 1,000 or more died in battle", allowed=tuple(INTENSITIES.values())),
        Column("type", "text", "type of conflict", allowed=tuple(CONFLICT_TYPES.values())),
        Column("location_iso3", "text", "codes of the location, set apart by ; "),
        Column("regions", "text", "UCDP's regions of the location, set apart by ; "),
    ),
    key=("conflict_id", "year"),
    stems=("UcdpPrioConflict", "ucdpprioconflict", "ucdp-prio-acd"),
    caveats=(
        "A conflict is one matter in dispute: one with many groups counts once, a state can have several.",
        "Before 1989 the record rests on fewer sources.",
    ),
)
