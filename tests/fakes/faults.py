"""What can befall an answer on its way: each takes how a service answers in truth, and gives how it answers now."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterator

from werkzeug import Request, Response

from fakes.base import Handler, zipped

BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE bomb [<!ENTITY a0 "dead">%s]>
<bomb>&a9;</bomb>
""" % b"".join(b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 10))
"""Four bytes that become four billion."""


def _remade(truth: Handler, remake: Callable[[bytes], bytes], fits: Callable[[bytes], bool] = bool) -> Handler:
    """Answers whose content is made anew where it is of the kind that the fault befalls."""

    def answer(request: Request) -> Response:
        response = truth(request)
        content = response.get_data()
        if response.status_code == 200 and fits(content):
            response.set_data(remake(content))
        return response

    return answer


def cut_in_half(truth: Handler) -> Handler:
    """Half of the content, as if it were all."""
    return _remade(truth, lambda content: content[: len(content) // 2])


def reset_in_mid_body(truth: Handler) -> Handler:
    """The connection ends after half of what was announced."""

    def answer(request: Request) -> Response:
        response = truth(request)
        if response.status_code != 200:
            return response
        content = response.get_data()
        return Response(iter([content[: len(content) // 2]]), headers={"Content-Length": str(len(content))})

    return answer


def announced_as_huge(truth: Handler) -> Handler:
    """Ten gigabytes are announced."""
    return lambda request: Response(iter([truth(request).get_data()]), headers={"Content-Length": "10000000000"})


def dripping(truth: Handler) -> Handler:
    """A byte now and then, for far longer than anybody waits."""

    def drops(content: bytes) -> Iterator[bytes]:
        for place in range(2_000):
            yield content[place : place + 1] or b" "
            time.sleep(0.002)

    return lambda request: Response(drops(truth(request).get_data()), headers={"Content-Length": "100000"})


def silent_for(seconds: float) -> Callable[[Handler], Handler]:
    """No answer for so long."""

    def befall(truth: Handler) -> Handler:
        def answer(request: Request) -> Response:
            time.sleep(seconds)
            return truth(request)

        return answer

    return befall


def path_outside(truth: Handler) -> Handler:
    """An archive that would write outside the folder it is unpacked in."""
    return _remade(truth, lambda content: _rezipped(content, ("../evil.csv", b"a,b\n1,2\n")), _is_zip)


def zip_bomb(truth: Handler) -> Handler:
    """An archive whose file unpacks to far more than it should."""
    return _remade(
        truth, lambda content: zipped(*((name, bytes(20_000_000)) for name, _ in _members(content))), _is_zip
    )


def xml_bomb(truth: Handler) -> Handler:
    """A document of entities within entities, alone or in an archive."""

    def remake(content: bytes) -> bytes:
        return zipped(*((name, BOMB) for name, _ in _members(content))) if _is_zip(content) else BOMB

    return _remade(truth, remake, lambda content: _is_zip(content) or content.lstrip(b"\xef\xbb\xbf \r\n")[:1] == b"<")


def led_to(place: str) -> Callable[[Handler], Handler]:
    """A redirect to the same path at another place, an address that ends in a slash."""

    def befall(_: Handler) -> Handler:
        def answer(request: Request) -> Response:
            query = request.query_string.decode()
            where = place + request.path.lstrip("/") + (f"?{query}" if query else "")
            return Response(b"", 302 if request.method == "GET" else 307, {"Location": where})

        return answer

    return befall


def _is_zip(content: bytes) -> bool:
    return content[:2] == b"PK"


def _members(content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _rezipped(content: bytes, *more: tuple[str, bytes]) -> bytes:
    return zipped(*_members(content), *more)
