"""The report and the briefs of its countries as PDF, put in place only when they are whole."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from r2p_analysis.site import publish, templating
from r2p_analysis.site.brief import brief
from r2p_analysis.site.chromium import print_pdf
from r2p_analysis.site.compact import paint_rules
from r2p_analysis.site.model import SiteRequest, SiteResult
from r2p_analysis.site.paper import Binding, report_document


def build_pdf(
    request: SiteRequest,
    built: SiteResult,
    chromium: Path,
    day: date,
    tell: Callable[[str], None],
) -> tuple[Path, ...]:
    """Print ``report.pdf`` and ``briefs/<code>.pdf`` beside a built site.

    Parameters
    ----------
    request, built
        What the site was built from, and what came of it.
    chromium : Path
        The program that prints.
    day : date
        The day that the PDFs tell as theirs.
    tell : callable
        Is told the name of each PDF once it is printed.

    Returns
    -------
    tuple of Path
        What was written, the report first. A country whose page failed has no brief.
    """
    binding = Binding(
        site=built.out,
        title=f"{request.title}, {request.edition} edition",
        address=request.address,
        css="\n".join([request.css, paint_rules(request.css), templating.asset("site.css")]),
    )
    failed = {slug for slug, _ in built.failures}
    topics = [page.slug for page in request.pages if page.kind == "topic"]
    countries = sorted(page.slug for page in request.pages if page.kind == "country" and page.slug not in failed)
    folder = built.out.parent
    with tempfile.TemporaryDirectory(prefix="pdf-", dir=folder) as place:

        def to_pdf(html: str) -> bytes:
            return print_pdf(chromium, html, day, Path(place))

        report = to_pdf(report_document(binding, topics))
        tell("report.pdf")
        with publish.staged(folder / "briefs", ours=_holds_briefs) as briefs:
            for code in countries:
                publish.write(briefs, f"{code}.pdf", brief(binding, f"countries/{code}.html", to_pdf))
                tell(f"briefs/{code}.pdf")
        publish.replace_file(folder / "report.pdf", report)
    return (folder / "report.pdf", *(folder / "briefs" / f"{code}.pdf" for code in countries))


def _holds_briefs(folder: Path) -> bool:
    return all(re.fullmatch(r"[\w-]+\.pdf", path.name) for path in folder.iterdir())
