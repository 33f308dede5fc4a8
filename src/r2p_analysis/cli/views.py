"""Turning tables, claims and results of tasks into what the site shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from r2p_analysis import countries
from r2p_analysis.claims import Judged, evaluate, load_document
from r2p_analysis.run import TaskResult
from r2p_analysis.site import ClaimPart, ClaimView, PageSource, TableView
from r2p_analysis.sources.tokens import token_state
from r2p_analysis.store import Tables, age_of, cadence_of, last_told, source_of_record
from r2p_analysis.workspace import Workspace


def page_sources(results: Sequence[TaskResult]) -> list[PageSource]:
    """Give the pages to make, one for each task."""
    return [
        PageSource(
            kind="topic" if result.task.per == "edition" else "country",
            slug=result.task.slug,
            title=result.task.title,
            notebook=None if result.failure else result.task.target,
            parameters=result.task.parameters,
            failure=result.failure,
            region=countries.get(result.task.slug).region if result.task.per == "country" else "",
        )
        for result in results
    ]


def claim_views(workspace: Workspace, edition: int, tables: Tables, *, printed: bool = False) -> list[ClaimView]:
    """Judge the claims recorded for an edition, or the figures printed at the time; none when none are recorded."""
    document = load_document(workspace.data / "claims", edition)
    if document is None:
        return []
    return [_claim_view(evaluate(claim, tables)) for claim in (document.printed if printed else document.claims)]


def table_views(tables: Tables, day: date) -> list[TableView]:
    """Give every stored table with its provenance and its age on a day."""
    views = []
    for name in tables:
        record = tables.provenance(name)
        age, module = age_of(record, day), source_of_record(record)
        views.append(
            TableView(
                name=record.table,
                title=record.title,
                producer=record.producer,
                version=record.version,
                licence=record.licence,
                licence_url=record.licence_url,
                attribution=record.attribution,
                retrieved=record.retrieved,
                url=record.url,
                sha256=record.sha256,
                rows=record.rows,
                first_year=record.first_year,
                last_year=record.last_year,
                caveats=record.caveats,
                origin=record.origin,
                corrections=record.corrections,
                redistribution=record.redistribution,
                cadence=cadence_of(record).words,
                state=age.state,
                age=age.sentence,
                reaches=last_told(record),
                token=token_state(module, {}).need if module else "",
            )
        )
    return views


def _claim_view(judged: Judged) -> ClaimView:
    claim, main = judged.claim, judged.main
    published = claim.stated or next((outcome.published for outcome in judged.outcomes if outcome.published), None)
    return ClaimView(
        id=claim.id,
        text=claim.text,
        source=claim.source,
        sections=claim.sections,
        verdict=judged.verdict,
        reason=judged.reason,
        parts=[
            ClaimPart(part.statement, outcome.word, outcome.evidence, part.proxy)
            for part, outcome in zip(claim.parts, judged.outcomes, strict=True)
        ],
        published=published,
        current=main.current or None,
        number=main.number,
        low=main.low,
        high=main.high,
        unit=main.unit,
        subject=main.subject,
        vintage=main.vintage,
        as_of=claim.as_of,
        then=claim.then,
        measures=tuple(dict.fromkeys(part.check for part in claim.parts)),
        exhibit=claim.exhibit or None,
        also=claim.exhibits[1:],
        sources=judged.tables,
        limits=claim.limits,
        quote=claim.quote or None,
        url=claim.url,
        evidence_url=claim.evidence_url,
    )
