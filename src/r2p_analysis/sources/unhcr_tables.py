"""Contracts of the UNHCR tables, and the project's names for the producer's columns."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.sources.contract import Column, Table

ROUNDED = "Values from 1 to 4 are rounded by UNHCR to 0 or 5, so sums differ a little from printed figures."
MIXED = "Some asylum authorities count cases, others persons; the two are never added together here."

COLLECTED_SINCE = {
    "refugees": 1951,
    "returned_refugees": 1965,
    "asylum_seekers": 1993,
    "unhcr_idps": 1993,
    "returned_idps": 1997,
    "others_of_concern": 1997,
    "stateless": 2004,
    "other_people_in_need": 2018,
    "host_community": 2019,
}
POPULATION_NAMES = {
    "refugees": "refugees",
    "asylum_seekers": "asylum_seekers",
    "oip": "other_people_in_need",
    "idps": "unhcr_idps",
    "stateless": "stateless",
    "ooc": "others_of_concern",
    "hst": "host_community",
    "returned_refugees": "returned_refugees",
    "returned_idps": "returned_idps",
}
AGE_GROUPS = ("0_4", "5_11", "12_17", "18_59", "60")
_AGE_COLUMNS = (*AGE_GROUPS, "other", "total")
DEMOGRAPHICS_NAMES = {
    "pop_type": "population_type",
    **{f"f_{age}": f"female_{age}" for age in _AGE_COLUMNS},
    **{f"m_{age}": f"male_{age}" for age in _AGE_COLUMNS},
    "total": "total",
}
NAMES: dict[str, dict[str, str]] = {
    "unhcr_population": POPULATION_NAMES,
    "unhcr_asylum_applications": {
        "procedure_type": "procedure_type",
        "app_type": "application_type",
        "dec_level": "decision_level",
        "app_pc": "counted_as",
        "applied": "applications",
    },
    "unhcr_asylum_decisions": {
        "procedure_type": "procedure_type",
        "dec_level": "decision_level",
        "dec_pc": "counted_as",
        "dec_recognized": "recognized",
        "dec_other": "other_protection",
        "dec_rejected": "rejected",
        "dec_closed": "closed",
        "dec_total": "decisions",
    },
    "unhcr_solutions": {
        "returned_refugees": "returned_refugees",
        "resettlement": "resettlement",
        "naturalisation": "naturalisation",
        "returned_idps": "returned_idps",
    },
    "unhcr_flows": {
        "refugees": "new_refugees",
        "asylum_seekers": "new_asylum_seekers",
        "refugee_like": "new_refugee_like",
        "oip": "new_other_people_in_need",
    },
    "unhcr_demographics": DEMOGRAPHICS_NAMES,
}


def _identity(first: int) -> tuple[Column, ...]:
    return (
        Column("year", "integer", "calendar year; stocks at 31 December", minimum=first, maximum=2100),
        Column("origin_iso3", "text", "country of origin", place=True),
        Column("asylum_iso3", "text", "country of asylum, or where the people are", place=True),
    )


def _counts(about: dict[str, str], nullable: bool = True) -> tuple[Column, ...]:
    return tuple(Column(name, "integer", text, nullable=nullable, minimum=0) for name, text in about.items())


def _null_before_collection(frame: pd.DataFrame) -> str | None:
    for name, first in COLLECTED_SINCE.items():
        early = frame.loc[(frame["year"] < first) & frame[name].notna(), "year"]
        if len(early):
            return f"{name} has a value in {early.iloc[0]}, before its collection began in {first}"
    return None


def _sexes_within_total(frame: pd.DataFrame) -> str | None:
    too_many = frame[(frame["female_total"] + frame["male_total"]) > frame["total"]]
    return f"{len(too_many)} rows have more women and men than people" if len(too_many) else None


def _ages_sum(frame: pd.DataFrame) -> str | None:
    for sex in ("female", "male"):
        ages = frame[[f"{sex}_{age}" for age in (*AGE_GROUPS, "other")]]
        wrong = frame[ages.notna().all(axis=1) & (ages.sum(axis=1) != frame[f"{sex}_total"])]
        if len(wrong):
            row = wrong.iloc[0]
            where = f"{row['year']} {row['origin_iso3']} in {row['asylum_iso3']}"
            return f"ages do not sum to {sex}_total in {len(wrong)} rows, first {where}"
    return None


def _internally_displaced_stay(frame: pd.DataFrame) -> str | None:
    abroad = frame[(frame["unhcr_idps"] > 0) & (frame["origin_iso3"] != frame["asylum_iso3"])]
    return f"{len(abroad)} rows have internally displaced people outside their country" if len(abroad) else None


def _no_cell_of_one_to_four(frame: pd.DataFrame) -> str | None:
    for name in POPULATION_NAMES.values():
        odd = int(frame[name].between(1, 4).sum())
        if odd:
            return f"{name} has {odd} cells of 1 to 4, which UNHCR rounds away: is this an older release?"
    return None


_KEY = ("year", "origin_iso3", "asylum_iso3")
_COUNTED_AS = Column("counted_as", "text", "P persons, C cases", allowed=("P", "C"))
_PROCEDURE = Column("procedure_type", "text", "G government, J joint, U UNHCR", allowed=("G", "J", "U"))
_LEVEL = Column("decision_level", "text", "level of the procedure; NA is a level of its own: new applications")

TABLES = (
    Table(
        name="unhcr_population",
        title="Refugees, asylum-seekers, internally displaced, stateless and other people, end of year",
        columns=_identity(1951)
        + _counts(
            {
                "refugees": "refugees under UNHCR's mandate and people in refugee-like situations",
                "asylum_seekers": "people whose claims are not yet decided",
                "other_people_in_need": "other people in need of international protection, from 2018",
                "unhcr_idps": "internally displaced people protected or assisted by UNHCR; not IDMC's figure",
                "stateless": "people under UNHCR's statelessness mandate, as reported",
                "others_of_concern": "others of concern to UNHCR",
                "host_community": "host community members, from 2019",
                "returned_refugees": "refugees who returned during the year (a flow)",
                "returned_idps": "internally displaced people who returned during the year (a flow)",
            }
        ),
        key=_KEY,
        stems=("unhcr_population", "population"),
        checks=(_null_before_collection, _internally_displaced_stay, _no_cell_of_one_to_four),
        caveats=(
            ROUNDED,
            "A category is empty in the years before it was collected: "
            + ", ".join(f"{name.replace('_', ' ')} from {year}" for name, year in COLLECTED_SINCE.items())
            + ".",
            "Internally displaced people here are those whom UNHCR protects or assists; the world total uses IDMC's.",
        ),
    ),
    Table(
        name="unhcr_asylum_applications",
        title="Asylum applications",
        columns=(
            *_identity(2000),
            _PROCEDURE,
            Column("application_type", "text", "N new, R repeat, A appeal, and others; NA is new and appeal"),
            _LEVEL,
            _COUNTED_AS,
            *_counts({"applications": "applications lodged in the year"}, nullable=False),
        ),
        key=(*_KEY, "procedure_type", "application_type", "decision_level", "counted_as"),
        stems=("unhcr_asylum_applications", "asylum-applications"),
        caveats=(ROUNDED, MIXED),
    ),
    Table(
        name="unhcr_asylum_decisions",
        title="Decisions on asylum applications",
        columns=(
            *_identity(2000),
            _PROCEDURE,
            _LEVEL,
            _COUNTED_AS,
            *_counts(
                {
                    "recognized": "recognised as refugees",
                    "other_protection": "given another form of protection",
                    "rejected": "refused",
                    "closed": "closed without a decision on the merits",
                    "decisions": "all decisions",
                },
                nullable=False,
            ),
        ),
        key=(*_KEY, "procedure_type", "decision_level", "counted_as"),
        stems=("unhcr_asylum_decisions", "asylum-decisions"),
        caveats=(ROUNDED, MIXED),
    ),
    Table(
        name="unhcr_solutions",
        title="Returns, resettlement and naturalisation",
        columns=_identity(1959)
        + _counts(
            {
                "returned_refugees": "refugees who returned; asylum country is the one they left",
                "resettlement": "resettlement arrivals in the asylum country",
                "naturalisation": "refugees naturalised by the asylum country",
                "returned_idps": "internally displaced people who returned",
            }
        ),
        key=_KEY,
        stems=("unhcr_solutions", "solutions"),
        caveats=("Flows during the year, not stocks.",),
    ),
    Table(
        name="unhcr_flows",
        title="People newly displaced across borders",
        columns=_identity(1962)
        + _counts(
            {
                "new_refugees": "newly recognised refugees and refugees on a prima facie basis",
                "new_asylum_seekers": "people who lodged a new asylum application",
                "new_refugee_like": "people newly in a refugee-like situation",
                "new_other_people_in_need": "other people newly in need of international protection",
            }
        ),
        key=_KEY,
        stems=("unhcr_flows", "UNHCR_Flow_Data", "flows"),
        caveats=("Flows during the year. People newly displaced inside their country are not in this table.",),
    ),
    Table(
        name="unhcr_demographics",
        title="Age and sex of displaced people, end of year",
        columns=(
            *_identity(2001),
            Column("population_type", "text", "REF, ASY, OIP, IDP, STA, OOC, HST, RET, RDP"),
            *_counts({name: name.replace("_", " ") for name in list(DEMOGRAPHICS_NAMES.values())[1:-1]}),
            *_counts({"total": "people"}, nullable=False),
        ),
        key=(*_KEY, "population_type"),
        stems=("unhcr_demographics_country", "unhcr_demographics", "demographics"),
        checks=(_sexes_within_total, _ages_sum),
        caveats=(
            ROUNDED,
            "Age and sex are empty where only the total is known; shares are of the people whose age or sex is known.",
        ),
        caveats_of_carried=("2001-2024 come from the release before the newest, which holds 2025 alone.",),
    ),
)
