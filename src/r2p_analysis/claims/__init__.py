"""The ledger: what the document claims, what the data say, and the verdict."""

from r2p_analysis.claims.document import SECTIONS, Claim, Document, Part, load_document
from r2p_analysis.claims.ledger import Judged, evaluate
from r2p_analysis.claims.outcome import CANNOT, FAILS, HOLDS, REVISED, VERDICTS, Outcome, verdict
from r2p_analysis.claims.relations import Course, Figure, judge

__all__ = [
    "CANNOT",
    "FAILS",
    "HOLDS",
    "REVISED",
    "SECTIONS",
    "VERDICTS",
    "Claim",
    "Course",
    "Document",
    "Figure",
    "Judged",
    "Outcome",
    "Part",
    "evaluate",
    "judge",
    "load_document",
    "verdict",
]
