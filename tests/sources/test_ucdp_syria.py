"""The superseded file for Syria becomes sums by year and type, or a clear error."""

from __future__ import annotations

from pathlib import Path

import pytest

from r2p_analysis.errors import SourceError
from r2p_analysis.sources import ucdp_syria

HEAD = "id,year,type_of_violence,best,source_headline\n"


def raw(tmp_path: Path, text: str) -> list[Path]:
    path = tmp_path / "GED_Syria_beta_652.csv"
    path.write_text(text)
    return [path]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD.replace("best", "worst") + "1,2016,1,5,x\n", "missing best"),
        (HEAD + "1,2016,4,5,x\n", "unknown type_of_violence"),
        (HEAD + "1,2016,1,many,x\n", "whole numbers"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        ucdp_syria.parse("ucdp_syria_beta", raw(tmp_path, text))


def test_events_are_summed_and_nothing_of_a_single_one_is_kept(tmp_path: Path) -> None:
    text = HEAD + "1,2016,1,5,somebody\n2,2016,1,7,somebody\n3,2016,3,2,somebody\n"
    found = ucdp_syria.parse("ucdp_syria_beta", raw(tmp_path, text))
    assert found.to_dict("records") == [
        {"year": 2016, "type": "one-sided", "deaths_best": 2},
        {"year": 2016, "type": "state-based", "deaths_best": 12},
    ]
    assert "somebody" not in found.to_csv()
