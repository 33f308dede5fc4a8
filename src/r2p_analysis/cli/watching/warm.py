"""What it takes to make one page at once: tables, renderers, the judged ledger and the other pages, all kept."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from datetime import date
from functools import cached_property, lru_cache

from r2p_analysis.cli.assembling import published_at
from r2p_analysis.cli.planning import Plan
from r2p_analysis.cli.views import claim_views, page_sources, table_views
from r2p_analysis.exhibits import svg
from r2p_analysis.exhibits.geometry import geometry_of
from r2p_analysis.exhibits.render import Renderer
from r2p_analysis.run import Task, TaskResult
from r2p_analysis.site import ClaimView, Quick, QuickPage, SiteRequest, TableView
from r2p_analysis.sources.cadence import day_in_words
from r2p_analysis.store import open_tables
from r2p_analysis.workspace import Workspace


class Warm:
    """All that outlives a save. Tables, claims and settings are held as they were at first.

    Parameters
    ----------
    workspace : Workspace
        Whose report is made.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._tables = open_tables(workspace.data)
        self.renderer = Renderer(workspace.outputs / ".cache" / "svg", 1, geometry_of(self._tables))
        self._quick = Quick()
        self._frozen = False
        self._ledger = lru_cache(maxsize=None)(self._judged)
        self._aged = lru_cache(maxsize=2)(self._judged_age)

    def prepare(self, plan: Plan, results: Sequence[TaskResult], day: date) -> None:
        """Get ready what every page needs, before somebody waits for one."""
        self._ledger(plan.edition)
        self._aged(day)
        self._quick.prepare(page_sources(results))
        if not self._frozen:
            # What stays for good need not be looked through by the collector while somebody waits.
            gc.collect()
            gc.freeze()
            self._frozen = True

    def page(self, plan: Plan, results: Sequence[TaskResult], task: Task, day: date) -> QuickPage:
        """Make the page of one task from its executed notebook."""
        sources = page_sources(results)
        wanted = sources[[result.task for result in results].index(task)]
        ledger, printed = self._ledger(plan.edition)
        request = SiteRequest(
            edition=plan.edition,
            reference_year=plan.edition - 1,
            title=str(self._settings.get("title", "")),
            out=plan.out / "site",
            pages=sources,
            ledger=ledger,
            printed=printed,
            tables=self._aged(day),
            render=self.renderer.render,
            pixels=self.renderer.pixels,
            comparisons=plan.compared,
            finish_svg=svg.finish,
            css="",
            address=published_at(self._settings),
            judged_on=day_in_words(day),
        )
        return self._quick.make(request, wanted)

    @cached_property
    def _settings(self) -> dict[str, object]:
        settings: dict[str, object] = self._workspace.settings().get("report", {})
        return settings

    def _judged(self, edition: int) -> tuple[list[ClaimView], list[ClaimView]]:
        return (
            claim_views(self._workspace, edition, self._tables),
            claim_views(self._workspace, edition, self._tables, printed=True),
        )

    def _judged_age(self, day: date) -> list[TableView]:
        return table_views(self._tables, day)
