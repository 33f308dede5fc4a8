"""The errors of the project: one small tree, every message one line."""

from __future__ import annotations

MOST_LETTERS = 1_000


class R2PError(Exception):
    r"""Anything that went wrong in a way the user can act on.

    The message is one line: what, where, expected and got, what to do. It is made one where it quotes a file that came
    from elsewhere: a cell of such a file can hold line breaks, codes that steer a terminal, or a megabyte of text.

    >>> str(R2PError('got "1\n2"'))
    'got "1 2"'
    """

    exit_status = 1

    def __init__(self, *parts: object) -> None:
        super().__init__(*(one_line(part) if isinstance(part, str) else part for part in parts))


def one_line(text: str) -> str:
    """Make one line of a text, without what does not print, and not longer than a message can be."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text[: 2 * MOST_LETTERS]).split())
    return plain if len(plain) <= MOST_LETTERS else f"{plain[: MOST_LETTERS - 3]}..."


class UsageError(R2PError):
    """The request cannot be met as it was put: unknown country, edition, topic, parameter."""

    exit_status = 2


class SourceError(R2PError):
    """A producer's file or answer is not what it should be."""

    exit_status = 3


class ContractError(SourceError):
    """A table breaks its contract: columns, types, keys, ranges, codes, coverage."""


class StoreError(R2PError):
    """A stored table is missing, altered or unreadable."""

    exit_status = 3


class MeasureError(R2PError):
    """A measure was asked for something that its tables cannot answer."""


class ExhibitError(R2PError):
    """An exhibit lacks a part that every exhibit has."""


class NotebookError(R2PError):
    """A notebook failed, or does not keep the rules of a notebook."""


class RenderError(R2PError):
    """A chart or map could not be drawn."""


class BuildFailed(R2PError):
    """The report stands, but at least one of its pages failed."""

    exit_status = 4
