"""Executed notebooks to a folder of static HTML that opens from a disk and loads nothing from elsewhere."""

from r2p_analysis.site.build import build
from r2p_analysis.site.model import (
    VERDICTS,
    ClaimPart,
    ClaimView,
    PageSource,
    SiteRequest,
    SiteResult,
    TableView,
)

__all__ = ["VERDICTS", "ClaimPart", "ClaimView", "PageSource", "SiteRequest", "SiteResult", "TableView", "build"]
