"""Treaty actions of states: the merged list of 28 treaties, and the UN Treaty Collection's own files.

The merged list follows an order of trust (UNTC, then the ICRC, then compilers) and says row by row where it comes from.
The UN Treaty Collection's own files, fetched from its service or brought by hand, give a table of their own,
``untc_status``: it never rewrites the merged list, whose rows other sources share. Measures lay it over the list,
treaty by treaty.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import QUARTER, Rolling
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.untc_service import SERVICE, download_all, path_of
from r2p_analysis.sources.untc_xml import CONSENTS as CONSENTS_OF_STATUS
from r2p_analysis.sources.untc_xml import TREATIES, read_status

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

BASES = {
    "untc2015": "UN Treaty Collection, 2013 to 2015",
    "icrc2020": "ICRC, list of 9 November 2020",
    "ggo2022": "manytreaties, April 2022",
    "wpd2022": "World Politics Data Lab, 2022, year only",
    "crimeofaggression2019": "crimeofaggression.info, update 34 of 2019",
    "unhcr2021": "UNHCR, 2021, year only",
    "wikipedia2025": "Wikipedia, June 2025",
}
"""Where a row comes from, in the order of trust in which the list was merged."""
CONSENTS = ("ratification", "acceptance", "approval", "accession", "succession", "ratification or similar")
SIGNATURES_LISTED_TO = {
    "CERD": "2014-07-10",
    "ICESCR": "2015-03-14",
    "ICCPR": "2014-07-10",
    "CEDAW": "2014-07-10",
    "CAT": "2015-03-14",
    "OPCAT": "2015-03-14",
    "CRC": "2014-10-26",
    "OPAC": "2015-01-27",
    "CED": "2015-03-14",
    "ATT": "2014-07-10",
}
"""The day on which the UN Treaty Collection's list was read, for treaties that could then still be signed.

The lists by which consents were carried on give no signatures. The other treaties had been closed for signature before.
"""
_DATES = ("signature_date", "consent_date", "withdrawal_effective")


def _dates_are_iso(frame: pd.DataFrame) -> str | None:
    for name in _DATES:
        bad = frame[frame[name].notna() & ~frame[name].str.fullmatch(r"\d{4}(-\d{2}-\d{2})?").fillna(True)]
        if len(bad):
            return f'{name} of {bad["treaty"].iloc[0]}, {bad["iso3"].iloc[0]} is "{bad[name].iloc[0]}"'
    return None


def _precision_fits(frame: pd.DataFrame) -> str | None:
    length = frame["consent_date"].str.len()
    wrong = frame[length.notna() & (frame["precision"] != length.map({4: "year", 10: "day"}))]
    return f"{len(wrong)} dates are not as precise as the row says" if len(wrong) else None


def _each_row_is_an_action(frame: pd.DataFrame) -> str | None:
    empty = frame[frame["consent_date"].isna() & frame["signature_date"].isna()]
    # Two signatories are listed without the day on which they signed: the row itself is the information.
    return f"{len(empty)} rows have neither a signature nor a consent" if len(empty) > 2 else None


def _each_status_is_an_action(frame: pd.DataFrame) -> str | None:
    empty = frame[frame["consent_date"].isna() & frame["signature_date"].isna()]
    return f"{len(empty)} rows have neither a signature nor a consent" if len(empty) else None


SOURCE = Source(
    name="untc",
    producer="UN Treaty Collection, ICRC and compilers",
    licence="facts; manytreaties CC BY 4.0",
    licence_url="https://treaties.un.org/",
    attribution=(
        "United Nations Treaty Collection; International Committee of the Red Cross (ICRC); "
        "Hollway and Tan 2025 (manytreaties)"
    ),
    cadence=Rolling("depositaries update their lists all the time; the merged list is made by hand", QUARTER),
    url="https://treaties.un.org/Pages/ParticipationStatus.aspx",
    service="https://treaties.un.org/doc/Publication/MTDSG/",
    tables=(
        Table(
            name="treaties",
            title="Treaties: numbers, dates, and how far the list of their parties is complete",
            columns=(
                Column("treaty", "text", "key of the treaty"),
                Column("untc_number", "text", "chapter and number in the UN Treaty Collection; ICRC for the others"),
                Column("title", "text", "title"),
                Column("depositary", "text", "UNSG, or CHE for Switzerland", allowed=("UNSG", "CHE")),
                Column("adopted", "date", "day of adoption"),
                Column("entry_into_force", "date", "day of entry into force"),
                Column("signatures_until", "date", "signatures are listed to this day; null: all", nullable=True),
                Column("complete_until", "integer", "the list of parties is complete to the end of this year"),
            ),
            key=("treaty",),
            stems=("treaties", "party_counts_by_year"),
            every_stem=True,
            made_by_hand=True,
            caveats=(
                "Counts of parties after the last complete year are too low: they are not drawn.",
                "Signatures after signatures_until are not listed: a state without one may have signed.",
            ),
        ),
        Table(
            name="treaty_participation",
            title="Signatures, consents to be bound and withdrawals, by state and treaty",
            columns=(
                Column("treaty", "text", "key of the treaty"),
                Column("iso3", "text", "the state", place=True),
                Column("signature_date", "date", "day of signature", nullable=True),
                Column("consent_date", "date", "day, or year, of the deposit that binds", nullable=True),
                Column("precision", "text", "of consent_date", nullable=True, allowed=("day", "year")),
                Column("consent_type", "text", "kind of consent, where known", nullable=True, allowed=CONSENTS),
                Column("withdrawal_effective", "date", "day from which a withdrawal counts", nullable=True),
                Column("basis", "text", "where the row comes from", allowed=tuple(BASES.values())),
            ),
            key=("treaty", "iso3"),
            stems=("participation",),
            made_by_hand=True,
            checks=(_dates_are_iso, _precision_fits, _each_row_is_an_action),
            caveats=(
                "Every source ends at another date: see complete_until of the table treaties.",
                "The kind of consent is exact only for rows of the UN Treaty Collection.",
                "Reservations, declarations and objections are not carried.",
                "A signature stays listed where the state later said that it does not mean to become a party.",
            ),
        ),
        Table(
            name="untc_status",
            title="Status of treaties as in the UN Treaty Collection's own files",
            columns=(
                Column("treaty", "text", "key of the treaty"),
                Column("iso3", "text", "the participant", place=True),
                Column("signature_date", "date", "day of signature", nullable=True),
                Column("consent_date", "date", "day of the deposit that binds", nullable=True),
                Column("consent_type", "text", "kind of consent", nullable=True, allowed=CONSENTS_OF_STATUS),
                Column("withdrawn", "boolean", "in square brackets: listed and no longer counted"),
                Column("stated_parties", "integer", "number of parties that the file itself states", minimum=0),
            ),
            key=("treaty", "iso3"),
            stems=(*TREATIES, "untc"),
            every_stem=True,
            carried=False,
            checks=(_each_status_is_an_action,),
            caveats=(
                "The day of a withdrawal stands only in an end note of the file and is not read.",
                "The files do not say of which day they are; who only applies a treaty provisionally is left out.",
            ),
        ),
    ),
    by_hand=(
        *(ByHand(f"{number}.en.xml", SERVICE.base + quote(path_of(number)), ("untc_status",)) for number in TREATIES),
        ByHand(
            "participation.csv",
            "https://treaties.un.org/Pages/ParticipationStatus.aspx",
            ("treaty_participation",),
            "The project's own list, merged from several dated ones: a newer status comes with the files above.",
        ),
        ByHand(
            "treaties.csv",
            "https://treaties.un.org/Pages/ParticipationStatus.aspx",
            ("treaties",),
            "The project's own list of treaties, with party_counts_by_year.csv.",
        ),
    ),
)


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download the status of all treaties carried; the merged list and the list of treaties are made by hand.

    Raises
    ------
    SourceError
        When the service does not give one of them whole, or gives an old copy.
    """
    return download_all(session, folder) if table == "untc_status" else []


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read the merged list, the list of treaties, or files of the UN Treaty Collection.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract.

    Raises
    ------
    SourceError
        When columns are missing, a basis is unknown, or a file of the UN Treaty Collection does not add up.
    """
    contract = SOURCE.table(table)
    if table == "untc_status":
        rows = [row for path in files if path.name.endswith(".xml") for row in read_status(path)]
        if not rows:
            raise SourceError(f"{files[0].name}: expected XML files of the UN Treaty Collection")
        frame = pd.DataFrame(rows, columns=contract.column_names)
    elif table == "treaties":
        frame = _treaties(files)
    else:
        frame = pd.concat([_participation(path) for path in files], ignore_index=True)
    return frame[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _participation(path: Path) -> pd.DataFrame:
    frame = read_delimited(path)
    wanted = ["treaty", "iso3", *_DATES, "precision", "consent_type", "source"]
    require_columns(frame, wanted, path.name)
    unknown = sorted(set(frame["source"]) - set(BASES))
    if unknown:
        raise SourceError(
            f'{path.name}: rows rest on "{unknown[0]}", expected {", ".join(BASES)}; name the source in untc.py'
        )
    for name in _DATES:
        # A column that holds years alone would be read as numbers.
        frame[name] = frame[name].astype("string")
    return frame.assign(basis=frame["source"].map(BASES))


def _treaties(files: list[Path]) -> pd.DataFrame:
    tables = [(path, read_delimited(path)) for path in files]
    lists = [(path, frame) for path, frame in tables if "untc_no" in frame.columns]
    counts = [(path, frame) for path, frame in tables if "source_complete" in frame.columns]
    if len(lists) != 1 or len(counts) != 1:
        raise SourceError(
            f"{files[0].name}: expected one list of treaties (untc_no) and one of yearly counts (source_complete), "
            f"got {len(lists)} and {len(counts)}"
        )
    (path, frame), (counts_path, yearly) = lists[0], counts[0]
    require_columns(frame, ["treaty", "title", "depositary", "adopted", "entry_into_force"], path.name)
    require_columns(yearly, ["treaty", "year"], counts_path.name)
    complete = yearly[yearly["source_complete"]].groupby("treaty")["year"].max()
    lacking = sorted(set(frame["treaty"]) - set(complete.index))
    if lacking:
        raise SourceError(f"{counts_path.name}: no complete year for {lacking[0]}")
    return frame.rename(columns={"untc_no": "untc_number"}).assign(
        signatures_until=frame["treaty"].map(SIGNATURES_LISTED_TO).astype("string"),
        complete_until=frame["treaty"].map(complete).astype("Int64"),
    )
