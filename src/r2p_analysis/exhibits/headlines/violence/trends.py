"""Headlines of how often and how large: episodes, and the measures of frequency and scale."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name, row_of
from r2p_analysis.exhibits.headlines.violence.wording import number_of
from r2p_analysis.exhibits.words import exact, listed, numeral, plural, sentence
from r2p_analysis.measures.violence import FREQUENCY, NOT_CODED, SCALE


def episodes(frame: pd.DataFrame, year: int, before: int) -> Finding:
    """Say how many mass killings went on and began; `frame` is episodes_by_year."""
    rows = frame.set_index("year")
    now, then = row_of(rows, year), row_of(rows, before)
    head = (
        f"{number_of(int(now['ongoing']), 'mass killing was', 'mass killings were')} going on in {year}, against "
        f"{numeral(int(then['ongoing']))} in {before}; {_began(int(now['begun_in_five']))} in the five years to "
        f"{year}, {numeral(int(then['begun_in_five']))} in the five to {before}"
    )
    recent = rows[(rows.index > year - 10) & (rows.index <= year)]["begun"]
    peak = int(recent.max())
    most = int(recent.index[recent == peak].max())
    shows = (
        f"the line of ongoing ones ends at {int(now['ongoing'])} and that of those begun in five years at "
        f"{int(now['begun_in_five'])}; the year with most that began is {most}, with {peak}"
    )
    return Finding(head, shows, exact(now["ongoing"]))


def _began(count: int) -> str:
    return "none began" if not count else f"{numeral(count)} began"


def episodes_in_focus(frame: pd.DataFrame, year: int) -> str:
    """Say in which countries in focus mass killings go on; `frame` is episodes_in."""
    on = [name(code) for code, count in zip(frame["iso3"], frame["ongoing"], strict=True) if count]
    not_coded = [name(code) for code in frame["iso3"] if code in NOT_CODED]
    none = [
        name(code)
        for code, count in zip(frame["iso3"], frame["ongoing"], strict=True)
        if not count and code not in NOT_CODED
    ]
    parts = []
    if on:
        parts.append(f"Of the countries in focus, the project counts mass killings going on in {year} in {listed(on)}")
    if none:
        parts.append(f"{'none' if on else f'The project counts none going on in {year}'} in {listed(none)}")
    if not_coded:
        parts.append(f"{'it' if parts else 'The project'} codes no episode of these years in {listed(not_coded)}")
    return "; ".join(parts) + "."


def frequency_and_scale(frame: pd.DataFrame, first: int, year: int) -> Finding:
    """Say how many measures of frequency and of scale rose; `frame` is compare."""
    head: list[str] = []
    for aspect in (FREQUENCY, SCALE):
        part = frame[frame["aspect"] == aspect]
        counts = part["direction"].value_counts()
        total, up, down = len(part), int(counts.get("higher", 0)), int(counts.get("lower", 0))
        when = "" if head else f" in {year} than in {first}"
        if down == total:
            head.append(f"{_so_many(down, total)} of {aspect} were lower{when}")
            continue
        lower = f" and {numeral(down) if down else 'none'} lower" if up < total else ""
        head.append(f"{_so_many(up, total)} of {aspect} {'was' if up <= 1 else 'were'} higher{when}{lower}")
    higher = frame[frame["direction"] == "higher"]
    falling = int(higher["falling"].sum())
    text = sentence("; ".join(head)).rstrip(".")
    if len(higher):
        text += f". Of the {numeral(len(higher))} that {'was' if len(higher) == 1 else 'were'} higher, "
        text += f"{numeral(falling)} fell in {year}" if falling else f"none fell in {year}"
    ups = [str(label).lower() for label in higher["label"]]
    shows = (
        f"higher in {year} than in {first}: {listed(ups)}" if ups else f"no measure is higher in {year} than in {first}"
    )
    return Finding(text, shows, f"{len(higher)} of {len(frame)}")


def _so_many(count: int, total: int) -> str:
    if count == total:
        return f"all {plural(total, 'measure')}"
    return f"{numeral(count) if count else 'none'} of the {plural(total, 'measure')}"
