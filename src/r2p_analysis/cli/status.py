"""``r2p status``: what is stored, how old it is, and what fetching it anew would need."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from r2p_analysis.cli.printing import JsonOption, print_table
from r2p_analysis.errors import UsageError
from r2p_analysis.workspace import find_workspace

if TYPE_CHECKING:
    from r2p_analysis.store import Provenance

HEAD = ("table", "source", "years", "rows", "retrieved", "release", "age", "licence", "token", "place")


def status(
    source: Annotated[
        list[str] | None, typer.Argument(help="Sources to show; all that have stored tables unless told.")
    ] = None,
    as_of: Annotated[str, typer.Option(help="ISO date for which the age is judged; today unless told.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Show the stored tables: release, date taken, years, age (fresh, due, stale and why), licence, token.

    Fresh: nothing newer can be expected. Due: newer figures should be out. Stale: for more than 90 days.
    """
    from r2p_analysis.cli.lazily import LARGE, load_lazily
    from r2p_analysis.cli.today import judged_on

    load_lazily(*LARGE)
    from r2p_analysis.store import stored_tables

    day = judged_on(as_of)
    stored = stored_tables(find_workspace().data)
    records = _chosen([one.provenance for one in stored.values()], source or ())
    facts = [
        facts_of(record, day, os.environ)
        | {"place": stored[record.table].place, "outdated": stored[record.table].outdated}
        for record in records
    ]
    if as_json:
        typer.echo(json.dumps(facts, indent=2, ensure_ascii=False))
        return
    if sys.stdout.isatty():
        for line in in_groups(facts):
            typer.echo(line)
        return
    print_table(HEAD, [_row(fact) for fact in facts])


def facts_of(record: Provenance, day: date, environment: Mapping[str, str]) -> dict[str, Any]:
    """Tell all that is known of a stored table.

    Parameters
    ----------
    record : Provenance
        Where it comes from.
    day : date
        The day for which its age is judged.
    environment : mapping
        The environment variables, in which a token may be set.

    Returns
    -------
    dict
        The record as stored, and ``age`` (state, reason, due_since, expected, judged_on) and ``token`` (need, variable,
        set). It holds no token.
    """
    from r2p_analysis.sources.tokens import TokenState, token_state
    from r2p_analysis.store import age_of, source_of_record

    age = age_of(record, day)
    module = source_of_record(record)
    token = token_state(module, environment) if module else TokenState()
    return {
        **asdict(record),
        "age": {
            "state": age.state,
            "reason": age.sentence,
            "due_since": age.due_since.isoformat() if age.due_since else None,
            "expected": age.expected or None,
            "judged_on": day.isoformat(),
        },
        "token": {"need": token.need, "variable": token.variable or None, "set": token.is_set},
    }


def _chosen(records: Sequence[Provenance], wanted: Sequence[str]) -> list[Provenance]:
    from r2p_analysis.sources import discover

    stored = {record.source for record in records}
    unknown = [name for name in wanted if name not in stored | set(discover())]
    if unknown:
        raise UsageError(f'no source "{unknown[0]}": sources are {", ".join(sorted(stored | set(discover())))}')
    return [record for record in records if not wanted or record.source in wanted]


def in_groups(facts: Sequence[dict[str, Any]]) -> list[str]:
    """Write the tables for a terminal: by source, then by release and age, so that no line says what one above says.

    Parameters
    ----------
    facts : sequence of dict
        As `facts_of` gives them.

    Returns
    -------
    list of str
        Lines; the last one counts the states.
    """
    lines: list[str] = []
    above: tuple[str, ...] = ()
    for fact in sorted(facts, key=lambda fact: (fact["source"], _release(fact), fact["table"])):
        if above[:1] != (fact["source"],):
            words = "token " + _token(fact)
            lines += ["", f"{fact['source']}: {fact['producer']}; {fact['licence']}; {words}"]
        if above != (fact["source"], *_release(fact)):
            above = (fact["source"], *_release(fact))
            lines += [f"  {_age(fact)}", f"    release: {fact['version']}; taken {fact['retrieved']}"]
        lines.append(f"      {fact['table']:<28} {_years(fact):>9} {fact['rows']:>9,} rows{_hiding(fact)}")
    states = Counter(fact["age"]["state"] for fact in facts)
    counts = ", ".join(f"{states[state]} {state}" for state in ("fresh", "due", "stale"))
    day = f" on {facts[0]['age']['judged_on']}" if facts else ""
    return [*lines, "", f"{len(facts)} tables: {counts}{day}"]


def _hiding(fact: dict[str, Any]) -> str:
    """Say that a table wins over a newer one of the package, which an upgrade brought."""
    return ", the package's own is newer" if fact.get("outdated") else ""


def _release(fact: dict[str, Any]) -> tuple[str, str, str]:
    return _age(fact), fact["version"], fact["retrieved"]


def _age(fact: dict[str, Any]) -> str:
    return f"{fact['age']['state']}: {fact['age']['reason']}"


def _years(fact: dict[str, Any]) -> str:
    return f"{fact['first_year']}-{fact['last_year']}" if fact["first_year"] else "-"


def _token(fact: dict[str, Any]) -> str:
    from r2p_analysis.sources.tokens import TokenState

    return str(TokenState(fact["token"]["need"], fact["token"]["variable"] or "", fact["token"]["set"]))


def _row(fact: dict[str, Any]) -> tuple[str, ...]:
    return (
        fact["table"],
        fact["source"],
        _years(fact),
        f"{fact['rows']:,}",
        fact["retrieved"],
        fact["version"],
        _age(fact),
        fact["licence"],
        _token(fact),
        "workspace, older than embedded" if fact.get("outdated") else fact.get("place", ""),
    )
