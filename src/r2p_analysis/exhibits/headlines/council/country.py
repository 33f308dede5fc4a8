"""Headlines and the one sentence of a country's page."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.council.days import day_text
from r2p_analysis.exhibits.headlines.finding import Finding, name
from r2p_analysis.exhibits.words import listed, numeral, plural, sentence
from r2p_analysis.measures.council.vetoes import PERMANENT
from r2p_analysis.sources.commitments import ATTENDED


def country_drafts(frame: pd.DataFrame, iso3: str, year: int) -> Finding:
    """Say how many vetoed drafts concerned a country; `frame` is drafts_on and has rows."""
    last = frame.iloc[-1]
    head = _drafts(frame, iso3, year)
    by = _vetoed_by(str(last["vetoed_by"]))
    when = f"the last was vetoed on {day_text(str(last['date']))} by {by}"
    if len(frame) == 1:
        when = f"{by} vetoed it on {day_text(str(last['date']))}"
    return Finding(f"{head}; {when}", f"the last row is of {day_text(str(last['date']))}", plural(len(frame), "draft"))


def country_commitments(frame: pd.DataFrame, iso3: str, day: str) -> Finding:
    """Say in which lists of commitments a country is named; `frame` is commitments_of and has rows."""
    mine = _lists(frame)
    if mine:
        head = f"By {day_text(day)}, the lists at hand name {name(iso3)} for {listed(mine)}"
    else:
        head = f"By {day_text(day)}, none of the lists of commitments at hand names {name(iso3)}; they are incomplete"
    return Finding(
        head, f"{plural(len(mine), 'row')} of {numeral(len(frame))} {'names' if len(mine) == 1 else 'name'} it"
    )


def country_summary(on: pd.DataFrame, cast: pd.DataFrame, lists: pd.DataFrame, iso3: str, year: int) -> str:
    """Sum up a country before the Council in one sentence.

    Parameters
    ----------
    on, cast, lists : pandas.DataFrame
        drafts_on, cast_by_country and commitments_of (may be empty).
    iso3 : str
        The country.
    year : int
        Last year.
    """
    if len(on):
        text = _drafts(on, iso3, year)
    else:
        text = f"no vetoed draft of the Security Council on {name(iso3)} is listed by the end of {year}"
    if iso3 in PERMANENT:
        whose = f"{name(iso3)} and the Soviet Union" if iso3 == "RUS" else name(iso3)
        text += f"; {whose} vetoed {plural(len(cast), 'draft')}"
    mine = _lists(lists)
    if mine:
        text += f"; the lists of political commitments at hand name it for {listed(mine)}"
    elif len(lists):
        text += "; the lists of political commitments at hand, which are incomplete, do not name it"
    return sentence(text)


def _drafts(frame: pd.DataFrame, iso3: str, year: int) -> str:
    admission = int((frame["kind"] == "admission").sum())
    situation, who = len(frame) - admission, name(iso3)
    if not situation:
        were = "was" if admission == 1 else "were"
        return f"{plural(admission, 'draft')} to admit {who} to the United Nations {were} vetoed by the end of {year}"
    late = int(((frame["kind"] != "admission") & (frame["year"] > year - 10)).sum())
    text = f"{plural(situation, 'vetoed draft')} concerned {who} by the end of {year}"
    if 0 < late < situation:
        text += f", {numeral(late)} of them in the last ten years"
    return text + (f", and {numeral(admission)} more its admission to the United Nations" if admission else "")


def _vetoed_by(codes: str) -> str:
    return listed([name(code) for code in codes.split("+")])


def _lists(frame: pd.DataFrame) -> list[str]:
    if frame.empty:
        return []
    return [f"the {label}" for label in frame.loc[~frame["standing"].isin(["", ATTENDED]), "label"]]
