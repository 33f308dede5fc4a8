"""Checks on the Security Council, political commitments, the General Assembly and the series of reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.claims.outcome import CANNOT, FAILS, HOLDS, Outcome
from r2p_analysis.claims.relations import Course, Figure
from r2p_analysis.errors import UsageError
from r2p_analysis.exhibits.headlines.council import day_text, on_day
from r2p_analysis.exhibits.words import listed, numeral, plural, possessive
from r2p_analysis.measures import council
from r2p_analysis.store import Tables


def council_vetoed_drafts(tables: Tables, crisis: str, first: str, last: str, members: Sequence[str] = ()) -> Figure:
    """Count the drafts on a crisis that were vetoed in a time, by all of some members if any are given."""
    frame = council.on_crisis(tables, crisis, first, last)
    together = [set(members) <= set(codes.split("+")) for codes in frame["vetoed_by"]]
    by = f" by {listed([countries.get(code).in_text for code in members])}" if members else ""
    what = f"drafts on {crisis} vetoed{by} from {day_text(first)} to {day_text(last)}"
    return _known_until(tables, last, Figure(what, sum(together), "drafts"))


def council_vetoes_by_members(tables: Tables, members: Sequence[str], first: str, last: str) -> Figure:
    """Count the drafts that at least one of some members vetoed in a time."""
    who = listed([countries.get(code).in_text for code in members])
    frame = council.cast_by(tables, members, first, last)
    return _known_until(
        tables,
        last,
        Figure(f"drafts vetoed by {who} from {day_text(first)} to {day_text(last)}", len(frame), "drafts"),
    )


def council_vetoes_in_five_years(tables: Tables, first: int, last: int) -> Course:
    """Follow the drafts vetoed in the five years up to each year."""
    sums = council.by_year(tables, last, first - 4).groupby("year")["drafts"].sum()
    points = {year: float(sums.loc[year - 4 : year].sum()) for year in range(first, last + 1) if year in sums.index}
    return Course("drafts vetoed", "drafts", points, when="in the five years to {year}")


def council_days_between_vetoes(tables: Tables, crisis: str, first: str, last: str) -> Figure:
    """Count the days from the first to the last vetoed draft on a crisis in a time."""
    frame = council.on_crisis(tables, crisis, first, last)
    what = f"days from the first to the last vetoed draft on {crisis} between {day_text(first)} and {day_text(last)}"
    if len(frame) < 2:
        missing = f"Fewer than two drafts on {crisis} were vetoed between {day_text(first)} and {day_text(last)}."
        return Figure(what, None, "days", missing=missing)
    begin, end = (dt.date.fromisoformat(str(frame["date"].iloc[n])) for n in (0, -1))
    return Figure(f"{what} ({plural(len(frame), 'draft')})", (end - begin).days, "days")


def commitment_between_counts(tables: Tables, commitment: str, states: int, day: str) -> Outcome:
    """Judge whether a stated count lies between those that other publishers gave before and after.

    Without a count before there is nothing to hold it against. Without one after, it can only be shown not to be lower
    than what was known, and the part cannot be decided.
    """
    found = council.bracket(tables, commitment, day, "A/70/999")
    stated, label = f"{states} states", council.LABELS[commitment]
    if found.before is None:
        return Outcome(CANNOT, f"No other count for {label} up to {day_text(day)} is known.", published=stated)
    publishers = list(dict.fromkeys(filter(None, (found.before_by, found.after_by))))
    evidence = f"{label}: {found.before} states {on_day(found.before_day)}"
    if found.after is None:
        evidence += "; no count after the report is known"
        word = CANNOT if states >= found.before else FAILS
    else:
        evidence += f" and {found.after} {on_day(found.after_day)}"
        word = HOLDS if found.before <= states <= found.after else FAILS
    low_to_high = f"{found.before} to {found.after}" if found.after is not None else f"at least {found.before}"
    return Outcome(
        word,
        f"{evidence} ({'; '.join(publishers)}).",
        published=stated,
        current=low_to_high,
        number=found.before,
        low=found.before,
        high=found.after,
        unit="states",
        subject=f"{label}: states counted before and after the report",
        vintage="; ".join(publishers),
    )


def commitment_supporters(tables: Tables, commitment: str, day: str, without: str = "A/70/999") -> Figure:
    """Give the last count of a commitment's supporters by a day, leaving out what one text says itself."""
    found = council.bracket(tables, commitment, day, without)
    label = council.LABELS[commitment]
    what = f"{label}, states counted {on_day(found.before_day)}" if found.before_day else label
    missing = f"No count for {label} by {day_text(day)} is known."
    return Figure(what, found.before, "states", vintage=found.before_by, missing=missing)


def assembly_without_vote(tables: Tables, decision: str) -> Outcome:
    """Judge whether the Assembly adopted a text without a vote."""
    row = _decision(tables, decision)
    by = str(row["publisher"])
    if row["how"] == "without a vote":
        return Outcome(HOLDS, f"{row['symbol']} was adopted without a vote {on_day(row['date'])} ({by}).", vintage=by)
    votes = f"{row['in_favour']} to {row['against']}, with {row['abstaining']} abstentions"
    return Outcome(
        FAILS, f"{row['symbol']} was put to a recorded vote {on_day(row['date'])}: {votes} ({by}).", vintage=by
    )


def assembly_in_favour(tables: Tables, decision: str, of: str) -> Figure:
    """Give the share in favour at a recorded vote, of "members" or of "votes" (abstentions included)."""
    row = _decision(tables, decision)
    if of not in ("members", "votes"):
        raise UsageError(f'assembly_in_favour: of "{of}"; expected members or votes')
    total = row["members"] if of == "members" else row["members"] - row["not_voting"]
    what = f"share in favour of {row['symbol']} {on_day(row['date'])}, {row['in_favour']} of {total} {of}"
    share = row[f"in_favour_of_{of}_pct"]
    missing = f"{row['symbol']} was adopted without a recorded vote."
    return Figure(what, None if pd.isna(share) else float(share), "%", vintage=row["publisher"], missing=missing)


def assembly_resolutions(tables: Tables, first: str, last: str) -> Figure:
    """Count the Assembly's resolutions on the responsibility to protect in a time."""
    frame = council.decisions(tables, last)
    frame = frame[(frame["kind"] == "resolution") & (frame["day"] >= first)]
    named = f" ({listed([str(symbol) for symbol in frame['symbol']])})" if len(frame) else ""
    return Figure(
        f"resolutions of the Assembly on the principle from {day_text(first)} to {day_text(last)}{named}",
        len(frame),
        "resolutions",
        vintage=_publishers(frame),
    )


def report_ordinal(tables: Tables, year: int) -> Figure:
    """Give the place of a year's report in the series."""
    frame = council.reports(tables, year)
    what = f"reports of the Secretary-General on the principle from {frame['year'].min()} to {year}"
    missing = f"No report of {year} is in the list."
    number = len(frame) if year in set(frame["year"]) else None
    return Figure(what, number, "reports", vintage=_publishers(frame), missing=missing)


def reports_signed(tables: Tables, secretary_general: str, first: int, last: int) -> Figure:
    """Count the reports of one Secretary-General in a time."""
    frame = council.reports(tables, last)
    frame = frame[frame["year"] >= first]
    mine = frame[frame["secretary_general"] == secretary_general]
    when = f"of {first}" if first == last else f"from {first} to {last}"
    what = f"reports {when} that are {possessive(secretary_general)}, of {numeral(len(frame))}"
    missing = f"No report {when} is in the list."
    return Figure(what, len(mine) if len(frame) else None, "reports", vintage=_publishers(frame), missing=missing)


def report_is(tables: Tables, year: int, field: str, value: str) -> Outcome:
    """Judge whether the list gives a year's report the symbol, date or title stated."""
    frame = council.reports(tables, year)
    rows = frame[frame["year"] == year]
    if field not in ("symbol", "council_symbol", "date", "title"):
        raise UsageError(f'report_is: field "{field}"; expected symbol, council_symbol, date or title')
    if rows.empty or pd.isna(rows[field].iloc[0]):
        return Outcome(CANNOT, f"The list has no {field.replace('_', ' ')} for the report of {year}.", published=value)
    found, by = str(rows[field].iloc[0]), _publishers(rows)
    shown = day_text(found) if field == "date" else found
    evidence = f"The list gives {shown} for the report of {year} ({by})."
    return Outcome(HOLDS if found == value else FAILS, evidence, published=value, current=shown, vintage=by)


def report_pages(tables: Tables, year: int) -> Figure:
    """Give the number of pages of a year's report."""
    frame = council.reports(tables, year)
    rows = frame[frame["year"] == year].dropna(subset=["pages"])
    number = int(rows["pages"].iloc[0]) if len(rows) else None
    missing = f"The pages of the report of {year} are not known."
    return Figure(f"pages of the report of {year}", number, "pages", vintage=_publishers(rows), missing=missing)


def milestone_known(tables: Tables, milestone: str, last: str) -> Outcome:
    """Judge whether a dated step is recorded by a day."""
    frame = tables["r2p_milestones"]
    rows = frame[frame["id"] == milestone]
    if rows.empty:
        raise UsageError(f'no step "{milestone}" in the table r2p_milestones; have {", ".join(sorted(frame["id"]))}')
    row = rows.iloc[0]
    word = HOLDS if council.last_day(str(row["date"])) <= last else FAILS
    return Outcome(word, f"{row['what']}: {day_text(row['date'])} ({row['publisher']}).", vintage=row["publisher"])


def milestones_of_year(tables: Tables, kind: str, year: int) -> Figure:
    """Count the dated steps of a kind in a year."""
    frame = tables["r2p_milestones"]
    mine = frame[(frame["kind"] == kind) & (frame["date"].str[:4] == str(year))]
    named = listed([f"{what[:1].lower()}{what[1:]}" for what in mine["what"]])
    what = f"{kind}s of {year} recorded ({named})" if len(mine) else f"{kind}s of {year} recorded"
    return Figure(what, len(mine), f"{kind}s", vintage=_publishers(mine))


def _decision(tables: Tables, decision: str) -> pd.Series:
    frame = council.decisions(tables)
    rows = frame[frame["id"] == decision]
    if rows.empty:
        raise UsageError(f'no decision "{decision}" in the table ga_votes; have {", ".join(sorted(frame["id"]))}')
    return rows.iloc[0]


def _publishers(rows: pd.DataFrame) -> str:
    """Name who published the rows that were used; a long list is cut short, the table on the data page has all."""
    names = list(dict.fromkeys(rows["publisher"].astype(str)))
    return "; ".join(names) if len(names) <= 3 else f"{'; '.join(names[:2])}; {numeral(len(names) - 2)} more"


def _known_until(tables: Tables, last: str, figure: Figure) -> Figure:
    """Give no number for days after the list ends."""
    end = council.covered_until(tables)
    if last <= end:
        return figure
    return Figure(
        figure.what, None, figure.unit, missing=f"The list of vetoes ends {on_day(end)}, before {day_text(last)}."
    )
