"""Type, and how much room a text takes."""

from __future__ import annotations

import unicodedata

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
TEXT_SIZE = 13
SMALL_SIZE = 12

_WIDTHS = {
    222: "ijl",
    191: "'",
    278: " !,./:;I[\\]ft",
    260: "|",
    333: "()-`r",
    355: '"',
    389: "*",
    334: "{}",
    500: "Jckvsxyz",
    584: "+<=>~×−",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1015: "@",
    1000: "—…",
}
_BOLD_WIDTHS = {
    238: "'",
    278: " ,./I\\ijl",
    280: "|",
    333: "!()-:;[]`ft",
    389: "*r{}",
    474: '"',
    500: "z",
    584: "+<=>~×−",
    611: "?FLTZbdghnopqu",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    833: "M",
    889: "%m",
    944: "W",
    975: "@",
    1000: "—…",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_BOLD_WIDTH = {letter: width for width, letters in _BOLD_WIDTHS.items() for letter in letters}


def width_of(text: str, size: float = TEXT_SIZE, bold: bool = False) -> float:
    """Measure a text in pixels by the metrics that Liberation Sans, Arial and Helvetica share."""
    widths = _BOLD_WIDTH if bold else _WIDTH
    total = 0
    for letter in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(letter):
            wide = unicodedata.east_asian_width(letter) in "WF"
            total += 1000 if wide else widths.get(letter, 556)
    return total * size / 1000


def wrap(text: str, width: float, size: float = TEXT_SIZE, lines: int = 2, bold: bool = False) -> str:
    """Break a text into at most `lines` lines of a width in pixels; what does not fit ends in an ellipsis."""
    done: list[str] = []
    words = text.split()
    while words and len(done) < lines:
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", size, bold) <= width:
            line = f"{line} {words.pop(0)}"
        if words and len(done) == lines - 1:
            line = " ".join([line, *words])
            words = []
        done.append(_limit(line, width, size, bold))
    return "\n".join(done)


def _limit(line: str, width: float, size: float, bold: bool) -> str:
    if width_of(line, size, bold) <= width:
        return line
    while line and width_of(line + "…", size, bold) > width:
        line = line[:-1]
    return line.rstrip(" ,(") + "…"


def block_width(text: str, size: float = TEXT_SIZE, bold: bool = False) -> float:
    """The width in pixels of the longest line of a wrapped text."""
    return max(width_of(line, size, bold) for line in text.split("\n"))
