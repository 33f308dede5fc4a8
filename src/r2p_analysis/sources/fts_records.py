"""OCHA's answers about appeals and money, turned into the rows that the file on HDX has.

All answers of one download belong together: what lies outside plans is a country's money less that of its plans. How a
plan's kind arrives on the public path is not known for certain: it is taken from ``planType`` or, where that is not
there, from the category of that group. Numbers of places and plans come as numbers or as text.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.files import read_json

NOT_SPECIFIED = "Not specified"
_NAME = re.compile(r"fts_api-(locations|(money|plans|plan)-(\d{1,9}))\.json", re.ASCII)
Row = tuple[int, str, int | None, str, str | None, float | None, float | None]


@dataclass(frozen=True)
class Plan:
    """A plan as the list of a year has it; `places` are the numbers of its countries."""

    number: int
    name: str
    kind: str | None
    places: tuple[int, ...]


@dataclass(frozen=True)
class Split:
    """What a plan asks for and gets: in all, and by number of country."""

    requirements: float | None
    funding: float | None
    asked_by_place: Mapping[int, float]
    given_by_place: Mapping[int, float]


def rows_of_answers(files: list[Path]) -> list[Row]:
    """Make the rows of the table fts_appeals out of all answers of one download.

    Returns
    -------
    list of tuple
        year, iso3, plan_id, plan_name, plan_type, requirements_usd, funding_usd (US dollars); per country and year one
        row a plan, and one without plan for the money outside.

    Raises
    ------
    SourceError
        When an answer has not its shape, or one that belongs to the others is lacking.
    """
    answers = _sorted_out(files)
    iso3 = locations_of(*answers["locations", 0])
    splits = {number: plan_of(*answer) for (what, number), answer in answers.items() if what == "plan"}
    money = {year: money_of(*answer) for (what, year), answer in answers.items() if what == "money"}
    plans = {year: plans_of(*answer) for (what, year), answer in answers.items() if what == "plans"}
    rows: list[Row] = []
    for year in sorted(money | plans):
        if year not in money:
            raise SourceError(f"fts_api-plans-{year}.json: fts_api-money-{year}.json is lacking; fetch again")
        in_plans: dict[int, float] = defaultdict(float)
        appeals = _plans_of_year(year, plans.get(year, []), splits, iso3)
        for place, row in appeals:
            in_plans[place] += row[6] or 0.0
        rows += [row for _, row in appeals]
        for place in sorted({place for place, _ in appeals} | set(money[year])):
            if place in iso3:
                outside = money[year][place] - in_plans[place] if place in money[year] else None
                rows.append((year, iso3[place], None, NOT_SPECIFIED, None, None, outside))
    return rows


def _plans_of_year(
    year: int, plans: list[Plan], splits: Mapping[int, Split], iso3: Mapping[int, str]
) -> list[tuple[int, Row]]:
    rows: list[tuple[int, Row]] = []
    for plan in plans:
        if plan.number not in splits:
            raise SourceError(f"fts_api-plans-{year}.json: the answer on plan {plan.number} is lacking; fetch again")
        split, alone = splits[plan.number], len(plan.places) == 1
        for place in plan.places:
            asked = split.requirements if alone else split.asked_by_place.get(place)
            given = split.funding if alone else split.given_by_place.get(place)
            if place in iso3 and (asked is not None or given is not None):
                rows.append((place, (year, iso3[place], plan.number, plan.name, plan.kind, asked, given)))
    return rows


def locations_of(answer: Any, where: str) -> dict[int, str]:
    """Give the ISO3 codes of countries by FTS's numbers; places without a code are none."""
    places = [one for one in _list(_data(answer, where), where) if one.get("iso3")]
    if not places:
        raise SourceError(f"{where}: the service lists no countries; try again later")
    return {_whole(one.get("id"), where): str(one["iso3"]) for one in places if one.get("adminLevel") in (0, None)}


def plans_of(answer: Any, where: str) -> list[Plan]:
    """Give the plans of a year, without the global one for COVID-19, which HDX's file leaves out too."""
    return [_plan(one, where) for one in _list(_data(answer, where), where) if not _is_covid(one)]


def plan_of(answer: Any, where: str) -> Split:
    """Give what a plan asks for and gets.

    Requirements by country that all equal the whole are the whole, repeated, and say nothing of any country.
    """
    data = _mapping(_data(answer, where), where)
    asked = _mapping(data.get("requirements") or {}, where)
    whole = _money(asked.get("totalRevisedReqs"), where)
    by_place: dict[int, float] = {}
    for one in _list(asked.get("objects") or [], where):
        amount = _money(one.get("revisedRequirements"), where)
        if one.get("id") is not None and amount is not None:
            by_place[_whole(one["id"], where)] = amount
    if all(amount == whole for amount in by_place.values()):
        by_place = {}
    totals = _totals(data, where)
    given = _breakdown(totals, where)
    total = _money(totals.get("total"), where)
    return Split(whole, total if total or given else None, by_place, given)


def money_of(answer: Any, where: str) -> dict[int, float]:
    """Give all money of a year by FTS's number of the country."""
    return _breakdown(_totals(_mapping(_data(answer, where), where), where), where)


def _totals(data: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    report = _mapping(data.get("report3"), where)
    return _mapping(report.get("fundingTotals"), where)


def _breakdown(totals: Mapping[str, Any], where: str) -> dict[int, float]:
    """Give the money by country; what has no number is not specified."""
    objects = _list(totals.get("objects"), where)
    if len(objects) > 1:
        raise SourceError(f"{where}: expected money by country, got {len(objects)} groupings; the service changed")
    given: dict[int, float] = {}
    entries = _list(objects[0].get("objectsBreakdown"), where) if objects else []
    amounts = [_money(one.get("totalFunding"), where) for one in entries]
    sums = objects[0].get("totalBreakdown") if objects else None
    stated = _money(sums.get("objectsSum"), where) if isinstance(sums, dict) else None
    if stated is not None and abs(sum(amount or 0.0 for amount in amounts) - stated) > 1:
        raise SourceError(f"{where}: its entries do not add up to the {stated:,.0f} that it states; fetch it again")
    for one, amount in zip(entries, amounts, strict=True):
        if one.get("id") is None or amount is None:
            continue
        place = _whole(one["id"], where)
        if place in given:
            raise SourceError(f"{where}: place {place} stands in it twice; fetch it again")
        given[place] = amount
    return given


def _plan(one: Mapping[str, Any], where: str) -> Plan:
    version = one.get("planVersion")
    version = version if isinstance(version, dict) else {}
    name = version.get("name") or one.get("name")
    if not isinstance(name, str):
        raise SourceError(f"{where}: plan {one.get('id')} has no name; the service changed")
    places = _list(one.get("locations", one.get("countries")), where)
    numbers = [_whole(place.get("id"), where) for place in places if place.get("adminLevel") in (0, None)]
    return Plan(_whole(one.get("id"), where), name, _kind(one), tuple(dict.fromkeys(numbers)))


def _kind(one: Mapping[str, Any]) -> str | None:
    categories = one.get("categories")
    kinds = [one.get("planType"), *(categories if isinstance(categories, list) else [])]
    for number, kind in enumerate(kinds):
        named = isinstance(kind, dict) and isinstance(kind.get("name"), str)
        if named and (not number or kind.get("group") == "planType"):
            return str(kind["name"])
    return None


def _is_covid(one: Mapping[str, Any]) -> bool:
    version = one.get("planVersion")
    both = [one, version if isinstance(version, dict) else {}]
    return any(
        some.get("customLocationCode") == "COVD" or str(some.get("code") or "").startswith("HCOVD") for some in both
    )


def _sorted_out(files: list[Path]) -> dict[tuple[str, int], tuple[Any, str]]:
    """Read answers, each with its file's name, by what they tell of and the year or the plan."""
    answers: dict[tuple[str, int], tuple[Any, str]] = {}
    for path in files:
        found = _NAME.fullmatch(path.name)
        if not found:
            raise SourceError(f"{path.name}: expected names such as fts_api-money-2015.json; keep them as fetched")
        key = (found[2] or found[1], int(found[3] or 0))
        answers[key] = (read_json(path), path.name)
    if ("locations", 0) not in answers:
        raise SourceError(f"{files[0].name}: the answer fts_api-locations.json is lacking; fetch again")
    return answers


def _data(answer: Any, where: str) -> Any:
    if not isinstance(answer, dict) or answer.get("status") != "ok":
        said = str(answer.get("status") or "nothing")[:40] if isinstance(answer, dict) else "another shape"
        raise SourceError(f'{where}: expected status "ok", got "{" ".join(said.split())}"; try again later')
    return answer.get("data")


def _list(value: Any, where: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise SourceError(f"{where}: expected a list of entries, got another shape; the service changed")
    return value


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise SourceError(f"{where}: expected requirements and report3, got another shape; the service changed")
    return value


def _whole(value: Any, where: str) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,12}", text, re.ASCII):
        raise SourceError(f'{where}: expected a number of a place or plan, got "{" ".join(text.split())[:40]}"')
    return int(text)


def _money(value: Any, where: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or abs(value) > 1e15:
        raise SourceError(
            f'{where}: expected an amount, got "{" ".join(str(value)[:40].split())}"; the service changed'
        )
    return float(value)
