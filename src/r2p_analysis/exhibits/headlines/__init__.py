"""Headlines: sentences that are functions of the figures, for every year and country."""

from r2p_analysis.exhibits.headlines.finding import Finding

__all__ = ["Finding"]
