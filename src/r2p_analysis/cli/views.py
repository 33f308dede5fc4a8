"""Turning tables, claims and results of tasks into what the site shows."""

from __future__ import annotations

from collections.abc import Sequence

from r2p_analysis import countries
from r2p_analysis.claims import Judged, evaluate, load_document
from r2p_analysis.run import TaskResult
from r2p_analysis.site import ClaimPart, ClaimView, PageSource, TableView
from r2p_analysis.store import Tables
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


def judged_claims(workspace: Workspace, edition: int, tables: Tables) -> list[Judged]:
    """Judge the claims recorded for an edition; an empty list when none are."""
    document = load_document(workspace.data / "claims", edition)
    return [evaluate(claim, tables) for claim in document.claims] if document else []


def claim_views(workspace: Workspace, edition: int, tables: Tables) -> list[ClaimView]:
    """Give the ledger as the site shows it."""
    return [_claim_view(judged) for judged in judged_claims(workspace, edition, tables)]


def table_views(tables: Tables) -> list[TableView]:
    """Give every stored table with its provenance."""
    views = []
    for name in tables:
        record = tables.provenance(name)
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
            )
        )
    return views


def _claim_view(judged: Judged) -> ClaimView:
    claim = judged.claim
    published = claim.stated or next((outcome.published for outcome in judged.outcomes if outcome.published), None)
    current = next((outcome.current for outcome in judged.outcomes if outcome.current), None)
    return ClaimView(
        id=claim.id,
        text=claim.text,
        source=claim.source,
        section=claim.section,
        verdict=judged.verdict,
        reason=judged.reason,
        parts=[
            ClaimPart(part.statement, outcome.word, outcome.evidence)
            for part, outcome in zip(claim.parts, judged.outcomes, strict=True)
        ],
        published=published,
        current=current,
        exhibit=claim.exhibit or None,
        sources=judged.tables,
        limits=claim.limits,
        quote=claim.quote or None,
    )
