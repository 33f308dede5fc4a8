"""Attacks, killings, risk, arms and money."""

from __future__ import annotations

import base64

import pandas as pd
from rough import Files, as_csv, as_gzip, as_json, as_rows, seed, some

from r2p_analysis.sources.awsd import NOT_TOLD
from r2p_analysis.sources.insecurity_insight import _THEMES


@seed("awsd_attacks")
def awsd(table: str) -> Files:
    frame = some(table, 8)
    frame = frame.assign(country=frame["area"].where(frame["area"] != NOT_TOLD).fillna("x"))
    frame["iso3"] = frame["iso3"].where(frame["area"].isna())
    return {"awsd_year_country.csv": as_csv(frame)}


@seed("awsd_vintages")
def awsd_vintages(table: str) -> Files:
    return {"awsd_year_vintages.csv": as_csv(some(table))}


@seed("cpj_killed")
def cpj(table: str) -> Files:
    frame = some(table)
    frame = frame.assign(country=frame["iso3"].map({"XIP": "Israel and the Occupied Palestinian Territory"}))
    return {"cpj_killed_year_country.csv": as_csv(frame.assign(iso3=frame["iso3"].where(frame["iso3"] != "XIP")))}


@seed("cpj_vintages")
def cpj_vintages(table: str) -> Files:
    frame = some(table)
    return {"cpj_killed_year_vintages.csv": as_csv(frame.assign(vintage="list of " + frame["vintage"]))}


@seed("ewp_mass_killings")
def ewp(table: str) -> Files:
    frame = some(table)
    led = frame["perpetrator"].str.title()
    names = {"episode": "mk_event_code", "start_year": "startyear", "end_year": "endyear"}
    frame = frame.assign(country="X", **{"State-Led or Non-State-Led": led}).rename(columns=names)
    return {"ewp_mass_killing_events.csv": as_csv(frame)}


@seed("ewp_risk")
def ewp_risk(table: str) -> Files:
    frame = some(table)
    words = {
        "onset of a state-led mass killing": "onset of state-led mass killing",
        "onset of a mass killing, state-led or not": "onset of mass killing (state-led or not)",
    }
    frame = frame.assign(target=frame["target"].map(words), rank_1yr=range(1, len(frame) + 1), edition=2024)
    frame["iso3"] = ["AFG", "IRQ", "SYR", "NAM", "COD", "SDN"]
    frame["rank_1yr"] = frame["rank_1yr"].where(frame["rank_1yr"] < 6)
    return {"ewp_risk_scores.csv.gz": as_gzip(frame.rename(columns={"risk": "risk_1yr"}))}


@seed("tjet_icc_accused")
def tjet(table: str) -> Files:
    head = "accusedID,ccode_target,name,ICC_arrest_warrant,ICC_arrestAppear,ICC_confirm_charges,ICC_proceedings,"
    rows = "11188,432,A,2015,2015,2016.0,2016,\n11189,625,B,2009,,,,2011\n"
    return {"tjet_icc_accused.csv": f"{head}ICC_withdrawnDismissed\n{rows}".encode()}


@seed("un_fatalities")
def fatalities(table: str) -> Files:
    names = {
        "mission": "mission_acronym",
        "incident_type": "type_of_incident",
        "personnel_type": "casualty_personnel_type",
        "deaths": "fatalities",
    }
    return {"un_mission_fatalities_year_mission_type.csv": as_csv(some(table).rename(columns=names))}


_DEATHS = pd.DataFrame(
    {
        "id": [1, 2, 3],
        "incident_date": ["2014-09-01", "2014-09-02", "1966-01-03"],
        "casualty_id": [11, 12, 13],
        "mission_acronym": ["UNMIL", "MINUSMA ", "UNTSO"],
        "type_of_casualty": "Fatality",
        "casualty_personnel_type": ["Military", "Police", "Military"],
        "type_of_incident": ["Illness", "Malicious Act", "Accident"],
        "m49_code": [250.0, None, 4.0],
        "last_update": "2025-04-04",
    }
)


@seed("un_fatalities")
def deaths(table: str) -> Files:
    return {"data_DPPADPOSS-FATALITIES.csv": as_csv(_DEATHS)}


@seed("un_fatalities")
def deaths_in_pages(table: str) -> Files:
    dates = {
        name: (pd.to_datetime(_DEATHS[name]) - pd.Timestamp(0)) // pd.Timedelta(1, "ms")
        for name in ("incident_date", "last_update")
    }
    rows = as_rows(_DEATHS.assign(**dates))
    return {f"DPPADPOSS-FATALITIES-{n}.json": as_json(part) for n, part in enumerate((rows[:2], rows[2:]))}


@seed("un_fatalities_vintages")
def fatalities_vintages(table: str) -> Files:
    head = "year,Accident,Illness,Malicious Act,Self-Inflicted,To Be Determined,Unknown,vintage\n"
    rows = "1948,2,0,6,0,0,0,2023-11-28\n2023,1,9,7,0,3,0,2023-11-28\n"
    return {"un_mission_fatalities_year_vintages.csv": (head + rows).encode()}


def _overviews() -> dict[str, list[dict[str, object]]]:
    keys = ("Country", "Country ISO", "Year")
    places = [("Afghanistan", "AFG", "2024"), ("Afghanistan", "AFG", "2023"), ("OPT", "PSE", "2023")]
    return {
        name: [
            {
                **dict(zip(keys, place, strict=True)),
                theme.events[0]: "3",
                **dict.fromkeys((names[0] for names in theme.people.values()), "0"),
            }
            for place in places
        ]
        for name, theme in _THEMES.items()
    }


@seed("insecurity_insight_events")
def overviews(table: str) -> Files:
    return {f"{name}.json": as_json(rows) for name, rows in list(_overviews().items())[:3]}


@seed("insecurity_insight_events")
def overview_tables(table: str) -> Files:
    tables = list(_overviews().items())[2:]
    return {f"insecurity_insight_{name}.csv": as_csv(pd.DataFrame(rows)) for name, rows in tables}


@seed("sipri_coalition_deliveries")
def sums(table: str) -> Files:
    text = "recipient,x,supplier,year,tiv_m\nBahrain,BHR,Belgium,2015,2.7\nEgypt,EGY,unknown,2016,3\n"
    return {"sipri_coalition_supplier_year.csv": text.encode()}


_REGISTER = (
    "Transfers of major weapons\nGenerated: 1 March 2026\n\n"
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons\n"
    'Egypt,France,2015,?,24,,Rafale,FGA aircraft,24,?,2015; 2016; 2017,New,"Caf\xe9, ""deal""",47.5,1140,1140\n'
    "Jordan,Netherlands,2014,,1,,X,APC,,,,New,,1,1,\n"
)


@seed("sipri_coalition_deliveries")
def register(table: str) -> Files:
    return {"trade-register.csv": _REGISTER.encode("latin-1")}


@seed("sipri_coalition_deliveries")
def answer(table: str) -> Files:
    content = base64.b64encode(_REGISTER.encode("latin-1")).decode()
    return {"trade_register_response.json": as_json({"bytes": content})}


@seed("fts_appeals")
def fts(table: str) -> Files:
    text = (
        "countryCode,id,name,code,typeName,year,requirements,funding\n#country+code,,,,,,,\n"
        "AFG,,Not specified,,,2015,,18612063\nAFG,482,Afghanistan 2015,HAFG15,HRP,2015,416666000,-5.5\n"
        "SYR,501,Syria 2015,HSYR15,HRP,2015,2893444593,1243452331\n"
    )
    return {"fts_requirements_funding_global.csv": text.encode()}
