"""Type, and how much room a text takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

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


class _Widths(dict[str, int]):
    """Widths of letters in thousandths of their size; any other is worked out when it is first asked for."""

    def __init__(self, known: Mapping[int, str]) -> None:
        super().__init__((letter, width) for width, letters in known.items() for letter in letters)

    def __missing__(self, letter: str) -> int:
        """Measure a letter by its parts: accents and the like take no room of their own."""
        parts = unicodedata.normalize("NFD", letter)
        self[letter] = width = self._of(letter) if parts == letter else sum(self[part] for part in parts)
        return width

    @staticmethod
    def _of(letter: str) -> int:
        if unicodedata.combining(letter):
            return 0
        return 1000 if unicodedata.east_asian_width(letter) in "WF" else 556


_PLAIN, _BOLD = _Widths(_WIDTHS), _Widths(_BOLD_WIDTHS)


def width_of(text: str, size: float = TEXT_SIZE, bold: bool = False) -> float:
    """Measure a text in pixels by the metrics that Liberation Sans, Arial and Helvetica share."""
    return sum(map((_BOLD if bold else _PLAIN).__getitem__, text)) * size / 1000


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
