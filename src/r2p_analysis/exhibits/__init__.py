"""Exhibits: a finding in words, the chart, map or table that shows it, its data and where these come from."""

from r2p_analysis.exhibits.exhibit import EXHIBIT_MIME, Column, Exhibit
from r2p_analysis.exhibits.graphic import Graphic

__all__ = ["EXHIBIT_MIME", "Column", "Exhibit", "Graphic"]
