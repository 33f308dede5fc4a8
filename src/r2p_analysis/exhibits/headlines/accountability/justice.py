"""Headlines on mass killings begun again, cases before the Court, and convictions then and now."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name, row_of
from r2p_analysis.exhibits.words import day_in_words, exact, listed, numeral, percent, plural
from r2p_analysis.measures.accountability.court import Accused

day = day_in_words


def mass_killings(frame: pd.DataFrame) -> Finding:
    """Say how many mass killings went on in the last year; `frame` is mass_killings."""
    years = frame.set_index("year")
    last, first = int(years.index.max()), int(years.index.min())
    now = row_of(years, last)
    count, begun = int(now["ongoing"]), int(now["begun"])
    then = int(row_of(years, first)["ongoing"])
    relation = f"{'more' if count > then else 'fewer'} than the {numeral(then)} of {first}"
    head = (
        f"{plural(count, 'mass killing').capitalize()} {'was' if count == 1 else 'were'} ongoing in {last}, "
        f"{numeral(begun)} of them begun in the year; {relation if count != then else f'as many as in {first}'}"
    )
    shows = f"the bar of {last} is made of {count} episodes, {int(now['state_led'])} of them led by a state"
    return Finding(head, shows, str(count))


def onsets_again(frame: pd.DataFrame, first: int, last: int) -> Finding:
    """Say how many mass killings began where there had been one before; `frame` is onsets."""
    total = len(frame)
    if not total:
        return Finding(f"No mass killing began from {first} to {last}", "there is no bar")
    again = int((frame["earlier"] != "the first since 1945").sum())
    head = (
        f"Of {plural(total, 'mass killing')} begun from {first} to {last}, {numeral(again)} ({percent(again / total)}) "
        "began in a country that had seen another since 1945"
    )
    return Finding(head, f"{again} of {total} episodes are not the country's first", percent(again / total))


def court_by_year(frame: pd.DataFrame, found: Accused) -> Finding:
    """Say how far cases had come by the end of a year; `frame` is accused_by_year."""
    if not found.listed:
        return Finding(
            f"Nobody stood accused before the International Criminal Court by {found.year}", "there is no bar"
        )
    head = (
        f"Of {exact(found.listed)} accused listed before the International Criminal Court by the end of {found.year}, "
        f"{numeral(found.tried)} had come to trial; the cases of {numeral(found.withdrawn)} had been withdrawn, "
        "dismissed or ended by death"
    )
    if found.tried_and_withdrawn:
        head += f", {numeral(found.tried_and_withdrawn)} of them after the trial had begun"
    most = frame.groupby("year")["accused"].sum()
    peak = int(str(most.idxmax()))
    shows = f"the highest bar is that of {peak} with {exact(most.max())} accused"
    return Finding(head, shows, f"{found.tried} of {found.listed}")


def court_itself(frame: pd.DataFrame) -> str:
    """Say what the Court itself counted; `frame` is counted_by_the_court."""
    told = listed([f"{exact(row['value'])} {row['unit']}" for row in frame.to_dict("records")])
    return f"The Court itself counted {told} by {day(frame['stated'].iloc[0])} ({frame['url'].iloc[0]})."


def situations(frame: pd.DataFrame, last: int) -> Finding:
    """Say in how many countries' situations people stand accused; `frame` is accused_by_situation."""
    totals = frame.groupby("iso3", sort=False)["accused"].sum()
    first = totals[totals == totals.max()]
    africa = int(sum(totals[code] for code in totals.index if _is_african(str(code))))
    where = listed([name(code) for code in first.index])
    share = "all" if africa == int(totals.sum()) else f"{numeral(africa)} of {int(totals.sum())}"
    head = (
        f"The accused listed by {last} stand in the situations of {plural(len(totals), 'country', 'countries')}, the "
        f"largest number in {where} ({exact(totals.max())}{' each' if len(first) > 1 else ''}); {share} are in Africa"
    )
    return Finding(head, f"the longest bar is {where} with {exact(totals.max())}")


def around_warrants(frame: pd.DataFrame) -> Finding:
    """Say in how many situations deaths fell after the first warrant; `frame` is deaths_around_warrants."""
    known = frame.dropna(subset=["before", "after"])
    if known.empty:
        return Finding(
            "No situation has three known years on both sides of its first warrant", "there is no pair of dots"
        )
    fell = int(known["fell"].sum())
    head = (
        f"In {numeral(fell)} of {plural(len(known), 'situation')} before the Court, deaths a year were fewer "
        "after the first warrant than before it; that alone does not show what the warrants did"
    )
    steepest = row_of(known, (known["after"] / known["before"].clip(lower=1)).astype(float).idxmax())
    before, after = float(steepest["before"]), float(steepest["after"])
    shows = "deaths are lower after than before in every one"
    if after > before:
        shows = f"the largest rise is {name(steepest['iso3'])}, from {before:,.0f} to {after:,.0f} deaths a year"
    return Finding(head, shows, f"{fell} of {len(known)}")


def convictions_then(frame: pd.DataFrame, until: str) -> Finding:
    """Say how the convictions stood on a day; `frame` is convictions."""
    return _convictions(frame, f"On {day(until)}", "stood")


def convictions_now(frame: pd.DataFrame) -> Finding:
    """Say what became of the convictions; `frame` is convictions with every decision recorded."""
    return _convictions(frame, "As it stands now", "stand")


def _convictions(frame: pd.DataFrame, when: str, verb: str) -> Finding:
    """Name those whose convictions stand, and apart from them those who were acquitted."""
    held = [f"{row['person']} ({standing(row)})" for _, row in frame[frame["stands"]].iterrows()]
    fallen = [f"{row['person']} was {standing(row)}" for _, row in frame[~frame["stands"]].iterrows()]
    stand, total = len(held), len(frame)
    of_all = (
        f"all {numeral(total)}" if stand == total else f"{numeral(stand) if stand else 'none'} of the {numeral(total)}"
    )
    head = f"{when}, {of_all} convictions {f'{verb}s' if stand == 1 and verb == 'stand' else verb}"
    head += f": {listed(held)}" if held else ""
    head += f"; {listed(fallen)}" if fallen else ""
    return Finding(head, f"{numeral(stand)} of {numeral(total)} convictions stand", f"{stand} of {total}")


def standing(row: pd.Series) -> str:
    """Write in a few words how one conviction stands."""
    if not row["stands"]:
        return f"acquitted on {day(row['decided_on'])}"
    sentence = row["sentence"]
    given = "" if sentence is None or pd.isna(sentence) else f", {'for life' if sentence == 'life' else sentence}"
    words = {"conviction upheld": "upheld on appeal", "conviction upheld in part": "upheld in part on appeal"}
    return f"{words.get(row['outcome'], 'convicted at first instance')}{given}"


def note_on(row: pd.Series) -> str:
    """Write what else belongs to the latest decision; empty for nothing."""
    return "" if row["note"] is None or pd.isna(row["note"]) else f"{row['person']}: {row['note']}."


def _is_african(iso3: str) -> bool:
    from r2p_analysis import countries

    return countries.get(iso3).region == "Africa"
