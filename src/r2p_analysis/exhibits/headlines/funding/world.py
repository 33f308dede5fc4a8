"""Headlines on the world's appeals and money."""

from __future__ import annotations

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.exhibits.headlines.finding import Finding, name, number, row_of
from r2p_analysis.exhibits.headlines.funding.amounts import direction, moved, usd
from r2p_analysis.exhibits.words import exact, listed, numeral, people, percent, plural
from r2p_analysis.measures.funding.appeals import Rank


def appeals(years: pd.DataFrame, year: int) -> Finding:
    """Say what appeals asked for and received; `years` is by_year."""
    row = row_of(years.set_index("year"), year)
    asked, got, share = float(row["requirements_usd"]), float(row["plan_funding_usd"]), float(row["coverage"])
    head = f"Appeals for {year} asked for {usd(asked)} and received {usd(got)}, {percent(share, 1)} of it"
    earlier = years[years["year"] < year]
    if len(earlier):
        most = float(earlier["requirements_usd"].max())
        if asked > most:
            head += f"; no earlier year since {int(earlier['year'].min())} had asked for so much"
    shows = f"the bar of {year} is made of {usd(got)} received and {usd(float(row['unmet_usd']))} not received"
    return Finding(head, shows, usd(asked))


def coverage(rank: Rank) -> Finding:
    """Say where the share that appeals received stands among earlier years."""
    share = percent(rank.coverage, 1)
    shows = f"the line is at {share} in {rank.year}"
    if rank.lowest is None or rank.highest is None:
        return Finding(f"Appeals for {rank.year} received {share} of what they asked for", shows, share)
    if rank.is_lowest:
        head = (
            f"Appeals for {rank.year} received {share} of what they asked for, the lowest share of any year since "
            f"{rank.since}; the lowest before was {percent(rank.lowest, 1)} in {rank.lowest_year}"
        )
    elif rank.is_highest:
        head = (
            f"Appeals for {rank.year} received {share} of what they asked for, the highest share of any year since "
            f"{rank.since}; the highest before was {percent(rank.highest, 1)} in {rank.highest_year}"
        )
    else:
        head = (
            f"Appeals for {rank.year} received {share} of what they asked for, between the "
            f"{percent(rank.lowest, 1)} of {rank.lowest_year} and the {percent(rank.highest, 1)} of {rank.highest_year}"
        )
    between = f", {percent(rank.lowest, 1)} in {rank.lowest_year} and {percent(rank.highest, 1)} in {rank.highest_year}"
    return Finding(head, shows + between, share)


def money(questions: pd.DataFrame, amounts: pd.DataFrame, start: int, end: int) -> Finding:
    """Answer whether the money fell; `questions` is two_questions, `amounts` money_and_gap up to `end`."""
    row = row_of(questions.set_index("amount"), "reported_usd")
    before, real, after = (float(row[part]) for part in ("start_usd", "start_real_usd", "end_usd"))
    answer = {"up": "The money grew", "down": "The money fell", "same": "The money stayed about the same"}
    head = f"{answer[direction(real, after)]}: what was reported {moved(before, real, after, start, end)}"
    since = amounts[amounts["year"] >= start].set_index("year")["reported_usd_real"].astype(float)
    peak, most = min(int(label) for label in since.index[since == since.max()]), float(since.max())
    if start < peak < end and direction(most, after) == "down":
        head += f"; it was {percent(1 - after / most)} below its peak of {peak}, after inflation"
    shows = _lines(before, real, after, start, end)
    return Finding(head, shows, f"{_signed(float(row['change_real']))} after inflation")


def gap(questions: pd.DataFrame, start: int, end: int) -> Finding:
    """Answer whether the gap grew; `questions` is two_questions."""
    row = row_of(questions.set_index("amount"), "unmet_usd")
    before, real, after = (float(row[part]) for part in ("start_usd", "start_real_usd", "end_usd"))
    answer = {"up": "The gap grew", "down": "The gap shrank", "same": "The gap stayed about the same"}
    head = f"{answer[direction(real, after)]}: what appeals lacked {moved(before, real, after, start, end)}"
    shows = _lines(before, real, after, start, end)
    return Finding(head, shows, f"{_signed(float(row['change_real']))} after inflation")


def two_answers(questions: pd.DataFrame, start: int, end: int) -> Finding:
    """Set requirements and money side by side; `questions` is two_questions."""
    rows = questions.set_index("amount")
    asked, got = (float(row_of(rows, amount)["change_real"]) for amount in ("requirements_usd", "reported_usd"))
    both = f"requirements {_by(asked)} and reported money {_by(got)}, after inflation"
    if asked > got > 0:
        head = f"From {start} to {end} money grew, but what appeals asked for grew faster: {both}"
    elif asked > got:
        head = f"From {start} to {end} money fell behind what appeals asked for: {both}"
    else:
        head = f"From {start} to {end} money kept pace with what appeals asked for: {both}"
    return Finding(head, both)


def per_person(frame: pd.DataFrame, start: int, end: int) -> Finding:
    """Say how money for each displaced person moved; `frame` is per_displaced."""
    rows = frame.set_index("year")
    before, real = (
        float(row_of(rows, start)[part]) for part in ("reported_per_person_usd", "reported_per_person_usd_real")
    )
    after = float(row_of(rows, end)["reported_per_person_usd"])
    head = f"Reported money for each displaced person {moved(before, real, after, start, end)}"
    if end - 1 in rows.index and end - 1 > start:
        last = float(row_of(rows, end - 1)["reported_per_person_usd_real"])
        head += f"; a year before it was {usd(last)} in dollars of {end}"
    shows = _lines(before, real, after, start, end)
    return Finding(head, shows, usd(after))


def then_and_now(frame: pd.DataFrame, year: int) -> Finding:
    """Compare printed figures of appeals with the current ones; `frame` is then_and_now."""
    rows = frame.drop_duplicates("what").set_index("what")
    parts, shows = [], []
    if "unmet_pct" in rows.index:
        row = row_of(rows, "unmet_pct")
        was, now = float(row["printed"]), float(row["current"])
        parts.append(f"the share that appeals lacked was printed as {was:.0f}% and is now {now:.1f}%")
        shows.append(f"the share not met moves from {was:.0f}% to {now:.1f}%")
    if "requirements_usd" in rows.index:
        row = row_of(rows, "requirements_usd")
        was, now = float(row["printed"]), float(row["current"])
        parts.append(f"their requirements were printed as {usd(was)} and are now {usd(now)}")
        shows.append(f"requirements move from {usd(was)} to {usd(now)}")
    return Finding(f"For {year}, {'; '.join(parts)}", listed(shows))


def largest(frame: pd.DataFrame, year: int, requirements: float) -> Finding:
    """Say which plans asked for most; `frame` is largest, `requirements` those of all plans."""
    first = frame.iloc[0]
    share = float(frame["requirements_usd"].sum()) / requirements
    covered = frame.sort_values("coverage")
    least = covered.iloc[0]
    head = (
        f"{plural(len(frame), 'appeal')} asked for {percent(share)} of all that was asked for in {year}; of these, "
        f"“{least['plan_name']}” received least, {percent(float(least['coverage']))} of its requirements"
    )
    shows = f"the longest bar is {first['plan_name']} with {usd(float(first['requirements_usd']))} asked for"
    return Finding(head, shows)


def by_country(frame: pd.DataFrame, year: int) -> Finding:
    """Say where the money went; `frame` is by_country of one year."""
    rows = frame[frame["reported_usd"] > 0].sort_values("reported_usd", ascending=False)
    total, top = float(rows["reported_usd"].sum()), rows.head(5)
    share = float(top["reported_usd"].sum()) / total
    names = [name(code) for code in top["iso3"]]
    verb = "received" if len(names) > 1 else "alone received"
    head = f"{listed(names)} {verb} {percent(share)} of the money reported by country for {year}"
    first = float(rows["reported_usd"].iloc[0])
    return Finding(head, f"the largest circle is {names[0]} with {usd(first)}", percent(share))


def focus(frame: pd.DataFrame, codes: list[str], year: int) -> Finding:
    """Say what the appeals for the countries in focus asked for and received; `frame` is focus."""
    rows = frame[(frame["year"] == year) & (frame["requirements_usd"].fillna(0) > 0)]
    names = listed([name(code) for code in codes])
    asking = listed([name(code) for code in codes if code in set(rows["iso3"])])
    if rows.empty:
        text = f"No appeal of {year} states what it asks for {names}"
        return Finding(text, f"no line has a point in {year}")
    asked, got = float(rows["requirements_usd"].sum()), float(rows["plan_funding_usd"].fillna(0).sum())
    shares = rows.assign(coverage=rows["coverage"].fillna(0)).sort_values("coverage")
    low, high = shares.iloc[0], shares.iloc[-1]
    head = f"Appeals of {year} asked for {usd(asked)} for {asking} and received {usd(got)}, {percent(got / asked)}"
    if len(shares) > 1:
        head += (
            f": least for {name(low['iso3'])} ({percent(float(low['coverage']))}), most for {name(high['iso3'])} "
            f"({percent(float(high['coverage']))})"
        )
    lacking = [code for code in codes if code not in set(rows["iso3"])]
    unborn = [name(code) for code in lacking if not countries.get(code).existed_in(year)]
    without = [name(code) for code in lacking if countries.get(code).existed_in(year)]
    if without:
        head += f"; none with stated requirements is recorded for {listed(without)}"
    if unborn:
        head += f"; {listed(unborn)} did not exist yet"
    return Finding(head, f"in {year} the lines of what was asked for add up to {usd(asked)}", percent(got / asked))


def years_running(frame: pd.DataFrame, year: int, many: int = 5) -> Finding:
    """Say in how many countries appeals go on for years; `frame` is years_running."""
    long = int((frame["years"] >= many).sum())
    first = frame.iloc[0]
    head = (
        f"Of {plural(len(frame), 'country', 'countries')} in an appeal of {year}, "
        f"{numeral(long) if long else 'none'} had been in one for {plural(many, 'year')} running or longer"
    )
    shows = f"the longest bar is {name(first['iso3'])} with {plural(int(first['years']), 'year')}"
    return Finding(head, shows, percent(long / len(frame)))


def open_year(year: int, made: int | None) -> str:
    """Warn that a year's figures were still arriving."""
    when = f" in {made}" if made else ""
    return f"Figures of {year} were still arriving when the file was made{when}: money received later is not in them."


def people_beside(frame: pd.DataFrame, year: int) -> str:
    """Say how many people the money is divided by; `frame` is per_displaced."""
    count = number(row_of(frame.set_index("year"), year)["people"])
    return f"At the end of {year}, {people(count)} people ({exact(count)}) were displaced."


def _lines(before: float, real: float, after: float, start: int, end: int) -> str:
    return (
        f"the nominal line goes from {usd(before)} in {start} to {usd(after)} in {end} and the real one is at "
        f"{usd(real)} in {start}"
    )


def _by(share: float) -> str:
    if direction(1, 1 + share) == "same":
        return "stayed about the same"
    return f"{'rose' if share > 0 else 'fell'} by {percent(abs(share))}"


def _signed(share: float) -> str:
    return f"{'−' if share < 0 else '+'}{percent(abs(share))}"
