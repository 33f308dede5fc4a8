"""Executed notebooks to a folder of static HTML that opens from a disk and loads nothing from elsewhere."""

from r2p_analysis.site.build import build
from r2p_analysis.site.chromium import find_chromium
from r2p_analysis.site.drawing import specs_of
from r2p_analysis.site.model import (
    VERDICTS,
    ClaimPart,
    ClaimView,
    PageSource,
    SiteRequest,
    SiteResult,
    TableView,
)
from r2p_analysis.site.pdf import build_pdf
from r2p_analysis.site.quick import Quick, QuickPage
from r2p_analysis.site.reading import Page, read_page
from r2p_analysis.site.single import build_single

__all__ = [
    "VERDICTS",
    "ClaimPart",
    "ClaimView",
    "Page",
    "PageSource",
    "Quick",
    "QuickPage",
    "SiteRequest",
    "SiteResult",
    "TableView",
    "build",
    "build_pdf",
    "build_single",
    "find_chromium",
    "read_page",
    "specs_of",
]
