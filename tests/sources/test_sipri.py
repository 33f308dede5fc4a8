"""SIPRI: sums by supplier and its register of deals give the same table."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from r2p_analysis.errors import SourceError
from r2p_analysis.sources import sipri
from r2p_analysis.store.contracts import check

SUMS = """recipient,recipient_iso3,supplier,year,tiv_m,att_party_in_year
UAE,ARE,United Kingdom,2015,10.5,True
Saudi Arabia,SAU,Turkiye,2015,1.5,False
Saudi Arabia,SAU,unknown supplier(s),2022,2,False
"""
REGISTER = """Transfers of major conventional arms from All countries to All countries.
A '?' in a column indicates uncertain data

Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,\
Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons
Saudi Arabia,Spain,2013,?,12,,X-1,trainer aircraft,12,?,2015; 2016,New,with a cam\xe9ra,2.5,30,30
Saudi Arabia,Spain,2014,,,,X-2,radar,2,,2015,New,,,,0
Saudi Arabia,Spain,2019,,4,,X-3,radar,,,,New,,,,
Peru,Spain,2014,,,,X-2,radar,2,,2015,New,,,,5
"""


@pytest.fixture
def parse(tmp_path: Path):
    def parsing(name: str, content: bytes):
        (tmp_path / name).write_bytes(content)
        contract = sipri.SOURCE.table("sipri_coalition_deliveries")
        return check(sipri.parse(contract.name, [tmp_path / name]), contract)

    return parsing


def test_what_is_no_register_or_no_country_is_one_line(parse) -> None:
    with pytest.raises(SourceError, match="base64"):
        parse("trade_register_response.json", b'{"message": "busy"}')
    with pytest.raises(SourceError, match="HTML"):
        parse("trade_register_response.json", b"<html>")
    with pytest.raises(SourceError, match="begins with Recipient"):
        parse("trade-register.csv", b"a,b\n1,2\n")
    with pytest.raises(SourceError, match="Atlantis"):
        parse("sipri_coalition_supplier_year.csv", SUMS.replace("Turkiye", "Atlantis").encode())


def test_sums_keep_their_total_and_unknown_suppliers(parse) -> None:
    frame = parse("sipri_coalition_supplier_year.csv", SUMS.encode())
    assert frame["tiv_millions"].sum() == 14
    assert frame["supplier_iso3"].tolist() == ["GBR", "TUR", "UNK"]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_deal_is_spread_evenly_over_its_years(parse, form: str) -> None:
    raw = REGISTER.encode("latin-1")
    if form == "json":
        frame = parse("trade_register_response.json", json.dumps({"bytes": base64.b64encode(raw).decode()}).encode())
    else:
        frame = parse("trade-register.csv", raw)
    assert frame.set_index("year")["tiv_millions"].to_dict() == {2015: 15.0, 2016: 15.0}
    assert set(frame["recipient_iso3"]) == {"SAU"}, "only the ten recipients are carried"


def test_terms_are_said() -> None:
    assert sipri.SOURCE.redistribution == "non-commercial"
    assert "SIPRI" in sipri.SOURCE.attribution


def test_three_dots_of_windows_do_not_break_a_deal_in_two(parse) -> None:
    raw = REGISTER.replace("trainer aircraft", "trainer\x85 aircraft").replace("\n", "\r\n").encode("latin-1")
    frame = parse("trade-register.csv", raw)
    assert frame["tiv_millions"].sum() == 30


def test_a_deal_without_a_year_or_with_a_strange_volume_is_refused(parse) -> None:
    for old, new in (("2015; 2016", "soon"), (",30,30", ",30,thirty")):
        with pytest.raises(SourceError, match="expected years and a volume"):
            parse("trade-register.csv", REGISTER.replace(old, new).encode("latin-1"))
