"""The ledger: what the document claims, what the data say, and the verdict."""

from r2p_analysis.claims.ledger import Claim, Document, Judged, Part, evaluate, load_document
from r2p_analysis.claims.outcome import CANNOT, FAILS, HOLDS, REVISED, VERDICTS, Outcome, verdict

__all__ = [
    "CANNOT",
    "FAILS",
    "HOLDS",
    "REVISED",
    "VERDICTS",
    "Claim",
    "Document",
    "Judged",
    "Outcome",
    "Part",
    "evaluate",
    "load_document",
    "verdict",
]
