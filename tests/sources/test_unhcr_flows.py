"""UNHCR's flow workbook, saved as CSV: a row a type of population there, a column a type here."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import ContractError, SourceError
from r2p_analysis.sources import unhcr
from r2p_analysis.sources.files import matching
from r2p_analysis.store.contracts import check

HEAD = "Year,OriginName,origin,OriginISO,AsylumName,asylum,AsylumISO,PT,Count\n"
ROWS = (
    'Year,Syrian Arab Rep.,SYR,SYR,Germany,GFR,DEU,REF,"1,150"\n'
    "Year,Syrian Arab Rep.,SYR,SYR,Germany,GFR,DEU,ASY,20\n"
    "Year,Unknown,UKN,UKN,Germany,GFR,DEU,ASY,5\n"
    "Year,Stateless,STA,STA,Germany,GFR,DEU,ROC,5\n"
    "Year,Namibia,NAM,NAM,Angola,ANG,AGO,OIP,0\n"
).replace("Year", "2015")
CONTRACT = unhcr.SOURCE.table("unhcr_flows")


def flows(tmp_path: Path, text: str) -> pd.DataFrame:
    path = tmp_path / "UNHCR_Flow_Data-DATA.csv"
    path.write_text(text, encoding="utf-8-sig")
    assert matching(tmp_path, CONTRACT.stems) == [path]
    return check(unhcr.parse("unhcr_flows", [path]), CONTRACT)


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        (HEAD + ROWS + "2015,x,x,SYR,x,x,DEU,REF,7\n", SourceError, "SYR to DEU stands twice in 2015"),
        (HEAD + ROWS + "2015,x,x,SYR,x,x,FRA,IDP,7\n", SourceError, '"IDP" in PT'),
        (HEAD + ROWS + "2015,x,x,SYR,x,x,FRA,REF,many\n", SourceError, '"many"'),
        (HEAD.replace("OriginISO", "Origin") + ROWS, SourceError, "missing OriginISO"),
        (HEAD + ROWS + "2015,x,x,XQZ,x,x,FRA,REF,7\n", ContractError, "XQZ"),
    ],
)
def test_rows_that_are_twice_or_unknown_are_refused(
    tmp_path: Path, text: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        flows(tmp_path, text)


def test_nobody_is_lost_and_no_row_is_missing_and_not_zero(tmp_path: Path) -> None:
    found = flows(tmp_path, HEAD + ROWS)
    counts = [column for column in found.columns if column.startswith("new_")]
    assert int(found[counts].sum().sum()) == 1_180
    by_origin = found.set_index("origin_iso3")
    assert set(by_origin.index) == {"SYR", "UNK", "XXA", "NAM"}
    assert by_origin.loc["SYR", ["new_refugees", "new_asylum_seekers"]].tolist() == [1_150, 20]
    assert by_origin.isna().loc["SYR", ["new_refugee_like", "new_other_people_in_need"]].tolist() == [True, True]
    assert by_origin.at["NAM", "new_other_people_in_need"] == 0
