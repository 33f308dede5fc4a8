"""Treaties, vetoes, and the lists of data/ that people keep."""

from __future__ import annotations

from rough import Files, as_csv, seed, some

from fakes import DATA
from r2p_analysis.sources.untc import BASES

_LISTS = {
    "commitments": "commitments/commitments.csv",
    "commitment_counts": "commitments/commitment_counts.csv",
    "ga_votes": "commitments/ga_votes.csv",
    "sg_reports": "commitments/reports_on_r2p.csv",
    "r2p_milestones": "commitments/milestones.csv",
    "convictions": "convictions/convictions_2016.csv",
    "risk_factors": "framework/risk_factors.csv",
    "statements": "statements/statements_protection.csv",
}


@seed(*_LISTS)
def handmade(table: str) -> Files:
    path = DATA / _LISTS[table]
    return {path.name: path.read_bytes()}


@seed("statements")
def several(table: str) -> Files:
    return {path.name: path.read_bytes() for path in sorted((DATA / "statements").glob("*.csv"))[:2]}


@seed("published_figures")
def printed(table: str) -> Files:
    head = "item,as_published,published_in,published_date,value_now,evidence_url\n"
    return {
        "published_2016_figures.csv": b"year,measure,published_value,source,url\n"
        b'2015,forcibly_displaced,65300000,"Report, 2016",https://example.org\n2014,iraq_idps,3,R,https://example.org\n',
        "published_vs_revised.csv": (
            head
            + "World forcibly displaced end-2016,65.6 m,Elsewhere,2017-06-19,x,https://example.org\n"
            + 'Syria killed since 2011,"250,000+",Elsewhere,2016,x,https://example.org\n'
        ).encode(),
    }


@seed("treaty_participation")
def participation(table: str) -> Files:
    sources = {basis: source for source, basis in BASES.items()}
    frame = some(table, 12)
    return {"participation.csv": as_csv(frame.assign(source=frame["basis"].map(sources), conflicts=""))}


@seed("treaties")
def treaties(table: str) -> Files:
    frame = some(table, 3)
    counts = [
        f"{treaty},{year},{n},{year < 2020}" for treaty in frame["treaty"] for n, year in enumerate((2018, 2019, 2020))
    ]
    return {
        "party_counts_by_year.csv": "\n".join(
            ["treaty,year,parties_end_of_year,source_complete", *counts, ""]
        ).encode(),
        "treaties.csv": as_csv(frame.rename(columns={"untc_number": "untc_no"})),
    }


_XML = """<?xml version="1.0" encoding="ISO-8859-1"?>
<Document><Header><Chapter><HeaderText>CHAPTER IV</HeaderText><Name>HUMAN RIGHTS</Name></Chapter></Header>
<Treaty><ExternalData><Treaty_No>1</Treaty_No><Status><Signatories>2</Signatories><Parties>3</Parties></Status>
</ExternalData><Participants><Table><TGroup><Thead><Row><Entry>Participant&lt;superscript&gt;1&lt;/superscript&gt;</Entry>
<Entry>Signature</Entry><Entry>Ratification, Accession(a), Succession(d)</Entry></Row></Thead><Tbody><Rows>
<Row><Entry>Afghanistan</Entry><Entry/><Entry>22 Mar	 1956 a</Entry></Row>
<Row><Entry>C\xf4te d'Ivoire</Entry><Entry/><Entry>18 Dec	 1995 a</Entry></Row>
<Row><Entry>Albania</Entry><Entry>12 Dec	 1949</Entry><Entry>[12 May	 1955]</Entry></Row>
<Row><Entry>Bosnia and Herzegovina&lt;superscript&gt;2&lt;/superscript&gt;</Entry><Entry/>
<Entry> 1 Sep	 1993 d</Entry></Row>
</Rows></Tbody></TGroup></Table></Participants><EndNotes/></Treaty></Document>
"""


@seed("untc_status")
def xml(table: str) -> Files:
    return {"IV-1.en.xml": _XML.encode("latin-1")}


@seed("sc_vetoes", "sc_vetoes_cast", "sc_veto_places")
def vetoes(table: str) -> Files:
    head = "date,draft,meeting_record,agenda_item,topic,region,vetoed_by,basis,source,note\n"
    return {
        "unsc_vetoes.csv": (
            head
            + "1948-08-18,S/PV.351,S/PV.351,Application for Membership Ceylon,Admission,,SUN,library list,x,\n"
            + '2011-10-04,S/2011/612,S/PV.6627,"The Middle East, Syria",Syria,M,CHN+RUS,library list,x,\n'
            + '2025-09-18,S/2025/583,S/PV.1,,Gaza ceasefire,,USA,"secondary list, unconfirmed",x,veto of an amendment\n'
        ).encode()
    }
