"""What a source declares: its producer and the contract of every table that it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from r2p_analysis.sources.cadence import Cadence

Kind = Literal["integer", "number", "text", "boolean", "bytes", "date"]
Redistribution = Literal["with attribution", "non-commercial", "aggregates only"]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        Name in the stored table; the unit is part of it when it is not persons.
    kind : {"integer", "number", "text", "boolean", "bytes", "date"}
        Type of the values.
    about : str
        What the column holds, as the field says it.
    nullable : bool
        Whether a value may be missing. Missing means "not collected", never zero.
    minimum, maximum : float, optional
        Inclusive bounds.
    allowed : tuple of str
        The only values allowed; empty allows any.
    place : bool
        Whether the values are ISO 3166-1 alpha-3 or the project's pseudo codes, and must be known.
    """

    name: str
    kind: Kind
    about: str
    nullable: bool = False
    minimum: float | None = None
    maximum: float | None = None
    allowed: tuple[str, ...] = ()
    place: bool = False


@dataclass(frozen=True)
class Table:
    """The contract of one stored table.

    Attributes
    ----------
    name : str
        File name without ending, also the name that measures ask for.
    title : str
        What readers see.
    columns : tuple of Column
        All columns, in the stored order.
    key : tuple of str
        Columns that together name a row, each combination once.
    checks : tuple of callable
        Each takes the table and returns the sentence that says what is wrong, or None.
    caveats : tuple of str
        What a reader must know before quoting a figure.
    caveats_of_carried : tuple of str
        More of them that hold for the files behind the carried table, and not for what a service gives.
    stems : tuple of str
        Beginnings of the names of raw files that hold this table; the first that finds any file is taken.
    every_stem : bool
        Whether the files of all stems together make the table.
    carried : bool
        Whether the table comes with the project. Others appear once a user brings the producer's file: a notebook asks
        ``name in tables`` before it reads one.
    grows_by : str
        Column, such as a vintage or an edition, by which the table only grows: rows of a value that a new file does not
        hold stay as they are stored. Empty for a table that a new file replaces whole.
    on_request : bool
        Whether it is large and rarely used, so that it is fetched with its source only once it was asked for by name.
    cadence : Cadence, optional
        When newer figures come, where it is not as for the source's other tables.
    made_by_hand : bool
        Whether the project makes it by hand: no producer has a file of it.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    stems: tuple[str, ...]
    checks: tuple[Callable[[pd.DataFrame], str | None], ...] = ()
    caveats: tuple[str, ...] = ()
    caveats_of_carried: tuple[str, ...] = ()
    every_stem: bool = False
    carried: bool = True
    grows_by: str = ""
    on_request: bool = False
    cadence: Cadence | None = None
    made_by_hand: bool = False

    @property
    def column_names(self) -> list[str]:
        """Names of the columns in the stored order."""
        return [column.name for column in self.columns]


@dataclass(frozen=True)
class ByHand:
    """A raw file that a person can download: docs/raw-files.md and the messages of ``r2p fetch`` are made of these.

    Attributes
    ----------
    file : str
        Name under which ``--from`` finds it; ``*`` stands for what differs from release to release.
    address : str
        Public address: of the file itself, with its whole query, or of the page that offers it.
    tables : tuple of str
        Tables that are made of it.
    note : str
        How to save it, where the address alone does not say it: one sentence or more.
    """

    file: str
    address: str
    tables: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Source:
    """One producer of data.

    Attributes
    ----------
    name : str
        Name used on the command line.
    producer : str
        Organisation that makes the figures.
    licence, licence_url : str
        Terms of reuse.
    attribution : str
        Credit line that the producer asks for.
    cadence : Cadence
        How often, and when in the year, new figures appear: in words, and so that a table's age can be judged.
    url : str
        Page about the data, for readers.
    service : str
        Base address of the service that gives them; empty for files fetched by hand.
    tables : tuple of Table
        What it gives.
    redistribution : {"with attribution", "non-commercial", "aggregates only"}
        What may be passed on. "aggregates only": terms are not settled, so figures are shown with credit, and exhibits
        that rest on them offer no file for download.
    by_hand : tuple of ByHand
        Raw files that a person can download in place of a fetch; empty where the project's own lists are the source.
    one_release : bool
        Whether all its tables must be of one release, so that a fetch of some does not leave others behind.
    """

    name: str
    producer: str
    licence: str
    licence_url: str
    attribution: str
    cadence: Cadence
    url: str
    service: str = ""
    tables: tuple[Table, ...] = field(default=())
    redistribution: Redistribution = "with attribution"
    by_hand: tuple[ByHand, ...] = ()
    one_release: bool = False

    def table(self, name: str) -> Table:
        """Give the contract of the table called `name`; KeyError when there is none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)
