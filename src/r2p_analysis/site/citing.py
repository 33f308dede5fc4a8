"""How to cite the report and each exhibit: APA for the reader, BibTeX for the reference manager.

The day of a citation is the day on which the data were accessed, which the page itself tells: pages are the same bytes
whenever they are built.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from r2p_analysis import __version__

AUTHOR = "r2p-analysis"
_SPECIAL = {
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
}


@dataclass(frozen=True)
class Citing:
    """Citations of one edition.

    Attributes
    ----------
    title : str
        Of the report.
    edition : int
        Its year.
    accessed : str
        The latest day on which its data were accessed, as ISO text; empty when none is told.
    address : str
        Where the site is published, with a final slash; empty when that is not known.
    """

    title: str
    edition: int
    accessed: str
    address: str = ""

    @property
    def year(self) -> str:
        """Year of the figures' release: that of the last access, or the edition's."""
        return self.accessed[:4] or str(self.edition)

    def report_apa(self) -> str:
        """Cite the whole report.

        >>> Citing("The evidence", 2016, "2026-11-24").report_apa()
        'r2p-analysis. (2026). The evidence: 2016 edition [Data report]. Data accessed 2026-11-24.'
        """
        return f"{AUTHOR}. ({self.year}). {self.title}: {self.edition} edition [Data report].{self._end('')}"

    def report_bibtex(self) -> str:
        """Cite the whole report for BibTeX."""
        return self._bibtex(f"r2p{self.edition}", f"{self.title}: {self.edition} edition", "", "")

    def exhibit_apa(self, headline: str, label: str, producers: Sequence[str], href: str, accessed: str) -> str:
        """Cite one exhibit: its headline, what it is, whose data, and when they were accessed."""
        data = f" Data: {'; '.join(producers)}." if producers else ""
        sentence = headline.rstrip(".")
        return (
            f"{AUTHOR}. ({accessed[:4] or self.year}). {sentence} [{label}]. In {self.title}: {self.edition} edition."
            f"{data}{self._end(href, accessed)}"
        )

    def exhibit_bibtex(self, headline: str, label: str, producers: Sequence[str], href: str, accessed: str) -> str:
        """Cite one exhibit for BibTeX."""
        key = (
            "r2p" + str(self.edition) + re.sub(r"[^A-Za-z0-9]+", "-", href.removesuffix(".html").replace(".html#", "-"))
        )
        note = f"{label} of {self.title}: {self.edition} edition"
        data = f". Data: {'; '.join(producers)}" if producers else ""
        return self._bibtex(key, headline.rstrip("."), note + data, href, accessed)

    def _end(self, href: str, accessed: str = "") -> str:
        day = accessed or self.accessed
        return (f" Data accessed {day}." if day else "") + (f" {self.address}{href}" if self.address else "")

    def _bibtex(self, key: str, title: str, note: str, href: str, accessed: str = "") -> str:
        day = accessed or self.accessed
        fields = {
            "author": "{" + AUTHOR + "}",
            "title": "{" + _escaped(title) + "}",
            "year": day[:4] or str(self.edition),
            "note": _escaped(". ".join(part for part in (note, f"Data accessed {day}" if day else "") if part)),
            "howpublished": f"r2p-analysis {__version__}",
            "url": f"{self.address}{href}" if self.address else "",
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{key},", *lines, "}"])


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(letter, letter) for letter in text)
