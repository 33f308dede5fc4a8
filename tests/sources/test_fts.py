"""Appeals and money as FTS hands them out: what the file's traps would do, and that no money is lost."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import ContractError, SourceError
from r2p_analysis.sources import fts
from r2p_analysis.store.contracts import check

HEAD = "countryCode,id,name,code,typeId,typeName,startDate,endDate,year,requirements,funding,percentFunded\n"
HXL = (
    "#country+code,#activity+appeal+id+fts_internal,#x,#x,#x,#x,#date+start,#date+end,#date+year,#value,#value,#value\n"
)
PLAN = (
    "SYR,461,Syria Plan 2015,HSYR15,2071,Strategic response plan,2015-01-01,2015-12-31,2015,2893444593,1246812875,43\n"
)
OUTSIDE = "SYR,,Not specified,,,,,,2015,,1133279889,\n"
BLANK = "GIN,453,Ebola 2014,RGIN14,111,Regional response plan,2014-10-01,2015-06-30,2014,,226509411,\n"
UNPAID = "AGO,1018,Congo Regional Plan 2021,RDRC21,111,Regional response plan,2021-01-01,2021-12-31,2021,23099697,,\n"
TAKEN_BACK = "TUR,,Not specified,,,,,,2017,,-349234272,\n"


def parse(tmp_path: Path, text: str, name: str = "fts_requirements_funding_global.csv") -> pd.DataFrame:
    path = tmp_path / name
    path.write_text(text)
    return check(fts.parse("fts_appeals", [path]), fts.SOURCE.table("fts_appeals"))


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        (HEAD.replace("requirements", "asked") + PLAN, SourceError, "missing requirements"),
        (HEAD + PLAN.replace("2893444593", "a lot") + OUTSIDE, SourceError, "not a number"),
        (HEAD + PLAN.replace("SYR", "XYZ") + OUTSIDE, ContractError, "XYZ"),
        (HEAD + PLAN + PLAN + OUTSIDE, ContractError, "plan_id"),
        (HEAD + PLAN, ContractError, "not the whole file"),
        (HEAD + PLAN + OUTSIDE.replace("Not specified", "Something"), ContractError, "only money outside plans"),
        (HEAD + PLAN + OUTSIDE.replace("2015,,", "2015,5,"), ContractError, "have requirements"),
    ],
)
def test_a_file_that_is_not_what_it_seems_is_refused(
    tmp_path: Path, text: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        parse(tmp_path, text)


def test_the_services_json_is_refused_as_it_has_no_money_outside_plans(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="money outside plans"):
        parse(tmp_path, '{"data": {}}', "fts_requirements_funding_global.json")


def test_tags_below_the_header_are_no_row(tmp_path: Path) -> None:
    tagged, plain = (parse(tmp_path, HEAD + extra + PLAN + OUTSIDE) for extra in (HXL, ""))
    pd.testing.assert_frame_equal(tagged, plain)


def test_blank_is_not_zero(tmp_path: Path) -> None:
    rows = parse(tmp_path, HEAD + BLANK + UNPAID + OUTSIDE).set_index("iso3")
    assert pd.isna(rows.loc["GIN", "requirements_usd"])
    assert rows.loc["GIN", "funding_usd"] == 226_509_411
    assert pd.isna(rows.loc["AGO", "funding_usd"])


def test_money_taken_back_stays_negative(tmp_path: Path) -> None:
    assert parse(tmp_path, HEAD + PLAN + TAKEN_BACK)["funding_usd"].min() == -349_234_272


def test_no_money_is_lost(tmp_path: Path) -> None:
    text = HEAD + PLAN + OUTSIDE + BLANK + UNPAID + TAKEN_BACK
    rows = parse(tmp_path, text)
    assert len(rows) == 5
    assert rows["funding_usd"].sum() == 1_246_812_875 + 1_133_279_889 + 226_509_411 - 349_234_272


def test_the_stored_table_is_whole() -> None:
    table = pd.read_parquet(Path(__file__).parents[2] / "data" / "fts_appeals.parquet")
    assert len(table) == 3_779
    assert table["plan_id"].isna().sum() == 2_536
    assert (table["plan_id"].notna() & table["requirements_usd"].isna()).sum() == 50
    assert table["year"].max() == 2031, "parts of multi-year pledges are kept apart by their year"
