"""The UN Treaty Collection's XML files of treaties."""

from __future__ import annotations

import re
from html import escape
from typing import ClassVar

import pandas as pd
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fakes.base import DATA, Fake, serves
from r2p_analysis import countries
from r2p_analysis.sources.untc_service import path_of
from r2p_analysis.sources.untc_xml import ACTIONS, TREATIES

LONG_NAMES = {
    "BOL": "Bolivia (Plurinational State of)",
    "COD": "Democratic Republic of the Congo",
    "CIV": "Côte d\x92Ivoire",
    "FSM": "Micronesia (Federated States of)",
    "GBR": "United Kingdom of Great Britain and Northern Ireland",
    "IRN": "Iran (Islamic Republic of)",
    "KOR": "Republic of Korea",
    "LAO": "Lao People's Democratic Republic",
    "MDA": "Republic of Moldova",
    "NLD": "Netherlands (Kingdom of the)",
    "NRU": "Naoero",
    "PRK": "Democratic People's Republic of Korea",
    "PSE": "State of Palestine",
    "RUS": "Russian Federation",
    "SYR": "Syrian Arab Republic",
    "TUR": "Türkiye",
    "TZA": "United Republic of Tanzania",
    "USA": "United States of America",
    "VCT": "St. Vincent and the Grenadines",
    "VEN": "Venezuela (Bolivarian Republic of)",
}
FOOTNOTED = {"CHN": "1,2", "DEU": "3", "SRB": "4,5"}
MAINTENANCE = b"<html><body><p>... undergoing urgent maintenance and is currently unavailable.</p></body></html>"
FROZEN = "2014-01-31"
"""The day of the old copies that come from a wrong volume."""
_PROVISIONAL = ("XXVI-6", "XXVI-8")
_WITHOUT_SIGNATURES = ("V-5", "XVIII-10-a", "XVIII-10-b")
_SPECIAL = ("XXVI-2",)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_LETTERS = {kind: letter for letter, kind in ACTIONS.items()}


def cell(day: object, kind: object = pd.NA, *, bracketed: bool = False) -> str:
    """A date as it is printed; the last day of a year of which no more is known."""
    if pd.isna(day):
        return ""
    year, month, number = (str(day) if len(str(day)) == 10 else f"{day}-12-31").split("-")
    text = f"{int(number):2d} {_MONTHS[int(month) - 1]}\t {year} {_LETTERS.get(str(kind), '')}"
    return f"[{text.strip()}]" if bracketed else text


def participants(treaty: str) -> pd.DataFrame:
    """What data/ holds of a treaty, signatories without a day signing on the day of adoption."""
    frame = pd.read_parquet(DATA / "treaty_participation.parquet")
    adopted = pd.read_parquet(DATA / "treaties.parquet").set_index("treaty").at[treaty, "adopted"]
    frame = frame[frame["treaty"] == treaty].reset_index(drop=True)
    undated = frame["signature_date"].isna() & frame["consent_date"].isna()
    return frame.assign(signature_date=frame["signature_date"].mask(undated, adopted))


def as_untc_publishes(name: str, frame: pd.DataFrame, damage: str = "") -> bytes:
    """The file of a treaty."""
    columns = {
        "Participant": [_name(code) for code in frame["iso3"]],
        "Signature, Succession to signature(d)": [cell(day) for day in frame["signature_date"]],
        "Provisional application under article 23(n)": [
            cell(row.signature_date) + "n" if row.Index % 40 == 7 and pd.notna(row.signature_date) else ""
            for row in frame.itertuples()
        ],
        "Approval(AA), Acceptance(A), Accession(a), Succession(d), Ratification": [
            cell(row.consent_date, row.consent_type, bracketed=pd.notna(row.withdrawal_effective))
            for row in frame.itertuples()
        ],
    }
    if name in _WITHOUT_SIGNATURES:
        del columns["Signature, Succession to signature(d)"]
    if name not in _PROVISIONAL:
        del columns["Provisional application under article 23(n)"]
    parties = int((frame["consent_date"].notna() & frame["withdrawal_effective"].isna()).sum())
    heads, rows = list(columns), [list(row) for row in zip(*columns.values(), strict=True)]
    heads, rows, parties = _damaged(heads, rows, parties, damage)
    return _document(name, heads, rows, parties).encode("latin-1", "xmlcharrefreplace")


def _name(code: str) -> str:
    name = escape(LONG_NAMES.get(code, countries.label(code)), quote=False)
    note = FOOTNOTED.get(code)
    return f"{name}&lt;superscript&gt;{note}&lt;/superscript&gt;" if note else name


def _damaged(
    heads: list[str], rows: list[list[str]], parties: int, damage: str
) -> tuple[list[str], list[list[str]], int]:
    if damage == "renamed column":
        heads = [*heads[:-1], "Deed"]
    elif damage == "new column":
        heads, rows = [heads[0], "Reservation", *heads[1:]], [[row[0], "", *row[1:]] for row in rows]
    elif damage == "duplicate key":
        rows, parties = [rows[0], *rows], parties + bool(rows[0][-1])
    elif damage == "total off by ten":
        parties += 10
    elif damage == "unknown country":
        rows = [["Atlantis", *rows[0][1:]], *rows[1:]]
    elif damage == "empty":
        rows, parties = [], 0
    return heads, rows, parties


def _document(name: str, heads: list[str], rows: list[list[str]], parties: int) -> str:
    def tagged(tag: str, cells: list[str]) -> str:
        return "".join(f"<{tag}>{text}</{tag}>" if text else f"<{tag}/>" for text in cells)

    chapter, _, number = name.partition("-")
    if name in _SPECIAL:
        lines = "".join(f"<Row>{tagged('Column', row)}</Row>" for row in rows)
        table = f"<SpecialTables><TableHeader>{tagged('Title', heads)}</TableHeader>{lines}</SpecialTables>"
    else:
        lines = "".join(f"<Row>{tagged('Entry', row)}</Row>" for row in rows)
        head = f"<Thead><Row>{tagged('Entry', heads)}</Row></Thead>"
        table = f"<Table><TGroup>{head}<Tbody><Rows>{lines}</Rows></Tbody></TGroup></Table>"
        table = f"<Participants>{table}</Participants>"
    return (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<Document>'
        f"<Header><Chapter><HeaderText>CHAPTER {chapter}</HeaderText><Name>X</Name></Chapter></Header>"
        f"<Treaty><ExternalData><Treaty_No>{number.replace('-', '')}</Treaty_No><Titlesect>A treaty</Titlesect>"
        f"<Status><Signatories>0</Signatories><Parties>{parties}</Parties></Status></ExternalData>{table}"
        "<Declarations><Declaration><Participant>Chile</Participant><Text type='para'>On 1 Jan 2001 ...</Text>"
        "</Declaration></Declarations><EndNotes/></Treaty></Document>"
    )


class Untc(Fake):
    """The Treaty Collection: a file a treaty, and with success an old copy from a wrong volume."""

    variable = "R2P_UNTC_URL"
    formats: ClassVar[frozenset[str]] = frozenset({"xml"})

    def __init__(self, server: HTTPServer) -> None:
        super().__init__(server.url_for("/doc/Publication/MTDSG/"))
        self.frozen: set[str] = set()
        server.expect_request(re.compile("/doc/Publication/MTDSG/.*")).respond_with_handler(self.answer)

    def truth(self, request: Request) -> Response:
        path = request.path.removeprefix("/doc/Publication/MTDSG/")
        name = path.rpartition("/")[2].removesuffix(".en.xml")
        if name not in TREATIES:
            return Response("<html>404</html>", 404)
        frame = participants(TREATIES[name])
        if path != path_of(name) or name in self.frozen:
            frame = frame[~(frame["consent_date"].fillna("") > FROZEN)].reset_index(drop=True)
        return Response(as_untc_publishes(name, frame, self.damage), content_type="text/xml")


@serves("untc")
@serves("untc", whole=True)
def start(server: HTTPServer) -> Untc:
    """Start it with all figures: the client knows how many states each file must at least name."""
    return Untc(server)
