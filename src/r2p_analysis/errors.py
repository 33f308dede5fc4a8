"""The errors of the project: one small tree, every message one line."""

from __future__ import annotations


class R2PError(Exception):
    """Anything that went wrong in a way the user can act on.

    The message is one line: what, where, expected and got, what to do.
    """

    exit_status = 1


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
