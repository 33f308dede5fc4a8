"""No input makes the parsers of producers' own files raise anything but the project's own errors."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakes import DATA, files, stored
from r2p_analysis.errors import R2PError
from r2p_analysis.sources import source_of
from r2p_analysis.store.contracts import check


def _some(table: str, years: tuple[int, int] = (2015, 2015)) -> pd.DataFrame:
    return stored(table, years)


def _few_countries_and_their_world() -> pd.DataFrame:
    few = _some("wpp_population").head(5)
    return pd.concat([few, few.iloc[:1].assign(iso3="WLD", population=few["population"].sum())])


SAMPLES: dict[str, tuple[str, bytes]] = {
    "awsd_attacks": (
        "security_incidents.csv",
        files.as_awsd_publishes(files.incidents(_some("awsd_attacks")).head(12)),
    ),
    "cpj_killed": (
        "cpj_export.csv",
        (
            b"status,entry_date,role,country,motive\nKilled,6/30/14,Journalist,Syria,Confirmed\n"
            b"Killed,2014-02-03,Media Worker,Namibia,N/A\n"
        ),
    ),
    "ewp_risk": (
        "final_forecasts_data_x.csv",
        b'"ewp_name","risk.2026only.from2025","ccode"\n"Namibia",0.01,565\n"Yemen",NA,679\n',
    ),
    "ewp_mass_killings": (
        "ewp_mass_killing_events.csv",
        (
            b"country,mk_event_code,startyear,endyear,State-Led or Non-State-Led,mk_location_cow\n"
            b"Yemen,y1,1962,,State-Led,678\n"
        ),
    ),
    "tjet_icc_accused": (
        "tjet_icc_accused.csv",
        files.as_tjet_publishes(pd.read_parquet(DATA / "tjet_icc_accused.parquet").head(5))
        .to_csv(index=False)
        .encode(),
    ),
    "prices": ("cu.data.1.AllItems", files.as_bureau_publishes(_some("prices"))),
    "wpp_population": (
        "WPP2024_Demographic_Indicators_Medium.csv.gz",
        files.as_wpp_publishes(_few_countries_and_their_world()).to_csv(index=False).encode(),
    ),
    "sipri_coalition_deliveries": (
        "trade-register.csv",
        files.as_register(_some("sipri_coalition_deliveries").head(5), files.Sipri.name_of).encode("latin-1"),
    ),
    "unhcr_world_in_2017": (
        "unhcr_popstats_vintage2017.json",
        json.dumps({"nested": {"2015": {"Stateless": {"0": {"1": 5, "2": None}}}}}).encode(),
    ),
    "unhcr_flows": (
        "UNHCR_Flow_Data.csv",
        b"Year,OriginISO,AsylumISO,PT,Count\n2015,SYR,DEU,REF,10\n2015,SYR,DEU,ASY,20\n",
    ),
    "world_shapes": ("ne_10m_admin_0_countries_deu.geojson", b'{"type": "FeatureCollection", "features": []}'),
}


def parsed(table: str, name: str, content: bytes) -> None:
    module, contract = source_of(table)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        check(module.parse(table, [path]), contract)


@pytest.mark.parametrize("table", [name for name in SAMPLES if name != "world_shapes"])
def test_the_sample_itself_is_read(table: str) -> None:
    parsed(table, *SAMPLES[table])


@pytest.mark.parametrize("table", SAMPLES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_the_file_holds_the_error_is_our_own(table: str, data: st.DataObject) -> None:
    name, sample = SAMPLES[table]
    start = data.draw(st.integers(0, len(sample)))
    end = data.draw(st.integers(start, min(len(sample), start + 40)))
    cells = st.sampled_from(
        ["", "NA", "-", "1e400", "inf", "-5", "2015.5", "9" * 30, "\x00", '"', ",", "\n", "\ud7ff", "é"]
    )
    middle = data.draw(st.one_of(st.binary(max_size=30), cells.map(str.encode)))
    content = sample[:start] + middle + sample[end:]
    if name.endswith(".gz") and data.draw(st.booleans()):
        content = gzip.compress(content)
    try:
        parsed(table, name, content)
        said = ""
    except R2PError as error:
        said = str(error)
    assert "\n" not in said
