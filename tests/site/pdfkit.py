"""Just enough of a reader for the PDFs that Chromium writes: their objects are plain, their streams deflated."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

STRING = rb"\((?:[^()\\]|\\.)*\)|<[0-9A-F]*>"


class Pdf:
    """A PDF taken apart."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        found = re.finditer(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", content, re.DOTALL)
        self.objects = {int(one[1]): one[2] for one in found}

    def of(self, kind: str) -> list[bytes]:
        """The objects that hold a word, such as ``/Type /Font``."""
        word = re.compile(re.escape(kind.encode()) + rb"(?![A-Za-z])")
        return [held for held in self.objects.values() if b"stream\n" not in held and word.search(held)]

    def texts(self, name: str) -> list[str]:
        """All texts under a name, such as ``/Alt``."""
        key = re.escape(name.encode()) + rb" (" + STRING + rb")"
        return [
            _text(one) for held in self.objects.values() if b"stream\n" not in held for one in re.findall(key, held)
        ]

    @property
    def pages(self) -> list[int]:
        """The numbers of the page objects, in order."""
        root = int(re.search(rb"/Pages (\d+) 0 R", self.of("/Type /Catalog")[0])[1])
        return list(self._leaves(root))

    def _leaves(self, number: int) -> Iterator[int]:
        held = self.objects[number]
        if b"/Type /Pages" not in held:
            yield number
            return
        for kid in re.findall(rb"(\d+) 0 R", re.search(rb"/Kids \[([^\]]*)\]", held)[1]):
            yield from self._leaves(int(kid))

    def text(self, page: int) -> str:
        """The letters of a page as they are drawn, without regard to lines."""
        held = self.objects[page]
        maps = {}
        for name, font in re.findall(rb"/(F\d+) (\d+) 0 R", held):
            maps[name] = self._letters(int(re.search(rb"/ToUnicode (\d+) 0 R", self.objects[int(font)])[1]))
        drawn, letters = [], {}
        content = self._stream(int(re.search(rb"/Contents (\d+) 0 R", held)[1]))
        for font, codes in re.findall(rb"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj", content):
            letters = maps[font] if font else letters
            drawn += [letters.get(codes[n : n + 4], "?") for n in range(0, len(codes), 4)]
        return "".join(drawn)

    def _stream(self, number: int) -> bytes:
        return zlib.decompress(self.objects[number].split(b"stream\n", 1)[1].rsplit(b"endstream", 1)[0])

    def _letters(self, number: int) -> dict[bytes, str]:
        found: dict[bytes, str] = {}
        table = self._stream(number)
        for block in re.findall(rb"beginbfchar\n(.*?)endbfchar", table, re.DOTALL):
            for code, letter in re.findall(rb"<(\w{4})> <(\w+)>", block):
                found[code] = bytes.fromhex(letter.decode()).decode("utf-16-be")
        for block in re.findall(rb"beginbfrange\n(.*?)endbfrange", table, re.DOTALL):
            for first, last, letter in re.findall(rb"<(\w{4})> <(\w{4})> <(\w{4})>", block):
                for step in range(int(last, 16) - int(first, 16) + 1):
                    found[b"%04X" % (int(first, 16) + step)] = chr(int(letter, 16) + step)
        return found

    def pages_of(self, role: str) -> list[set[int]]:
        """For each element of a role, such as ``Figure``, the pages on which anything of it stands."""
        return [self._seen(number) for number, held in self.objects.items() if f"/S /{role}\n".encode() in held]

    def _seen(self, number: int) -> set[int]:
        held = self.objects[number]
        found = {int(page) for page in re.findall(rb"/Pg (\d+) 0 R", held)}
        kids = re.search(rb"/K (?:(\d+) 0 R|\[(.*?)\])", held, re.DOTALL)
        for kid in re.findall(rb"(\d+) 0 R", ((kids[1] and kids[0]) or kids[2]) if kids else b""):
            if b"/Type /StructElem" in self.objects.get(int(kid), b""):
                found |= self._seen(int(kid))
        return found


def _text(raw: bytes) -> str:
    if raw.startswith(b"<"):
        return bytes.fromhex(raw[1:-1].decode()).decode("utf-16").removeprefix("\ufeff")
    return re.sub(rb"\\(.)", rb"\1", raw[1:-1]).decode("latin-1")
