"""What each vetoed draft was about: the lists' topics in words of our own, with the places concerned.

The coding is the project's, from topic and agenda item; docs/method.md says so. Places are of today: Czechoslovakia is
Czechia and Slovakia, Rhodesia is Zimbabwe. A draft on a dispute between two of today's states concerns both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from r2p_analysis import countries
from r2p_analysis.errors import R2PError, SourceError

KINDS = ("situation", "admission", "general")
ADMISSION = "Admission of new members"


@dataclass(frozen=True)
class Subject:
    """What a draft was about."""

    crisis: str
    places: tuple[str, ...] = ()
    kind: str = "situation"


_PALESTINE = Subject("Israel and Palestine", ("ISR", "PSE"))
_SYRIA, _UKRAINE, _KOREA = Subject("Syria", ("SYR",)), Subject("Ukraine", ("UKR",)), Subject("DPR Korea", ("PRK",))

_TOPICS = {
    "Afghanistan": Subject("Afghanistan", ("AFG",)),
    "Angola": Subject("Angola", ("AGO",)),
    "Atomic Energy Commission": Subject("Atomic energy", kind="general"),
    "Berlin Blockade": Subject("Berlin blockade", ("DEU",)),
    "Biological Warfare": Subject("Biological warfare in Korea"),
    "Bosnia": Subject("Bosnia and Herzegovina", ("BIH",)),
    "Cambodia": Subject("Cambodia", ("KHM",)),
    "Climate and Security": Subject("Climate and security", kind="general"),
    "Comoros": Subject("Comoros", ("COM",)),
    "Congo": Subject("Congo", ("COD",)),
    "Cyprus": Subject("Cyprus", ("CYP",)),
    "Czechoslovakia": Subject("Czechoslovakia", ("CZE", "SVK")),
    "DPRK sanctions panel": _KOREA,
    "Disarmament": Subject("Disarmament", kind="general"),
    "Falklands-Malvinas": Subject("Falkland Islands (Malvinas)", ("ARG", "FLK", "GBR")),
    "Gaza (US draft)": _PALESTINE,
    "Gaza amendment": _PALESTINE,
    "Gaza ceasefire": _PALESTINE,
    "Gaza ceasefire (US draft)": _PALESTINE,
    "Gaza ceasefire and aid": _PALESTINE,
    "Gaza humanitarian pauses": _PALESTINE,
    "Georgia": Subject("Georgia", ("GEO",)),
    "Greek Civil War": Subject("Greece", ("GRC",)),
    "Grenada": Subject("Grenada", ("GRD",)),
    "Guatemala": Subject("Guatemala", ("GTM",)),
    "Hungary": Subject("Hungary", ("HUN",)),
    "India-Pakistan": Subject("India and Pakistan", ("IND", "PAK")),
    "Iran": Subject("Iran", ("IRN",)),
    "Israel-Lebanon": Subject("Israel and Lebanon", ("ISR", "LBN")),
    "Israel-Palestine": _PALESTINE,
    "Korean Airlines": Subject("Shooting down of a Korean airliner", ("KOR",)),
    "Korean War": Subject("Korean War", ("KOR", "PRK")),
    "Kuwait": Subject("Kuwait", ("KWT",)),
    "Lebanon": Subject("Lebanon", ("LBN",)),
    "Macedonia": Subject("North Macedonia", ("MKD",)),
    "Malasyia": Subject("Malaysia", ("MYS",)),
    "Mali sanctions panel": Subject("Mali", ("MLI",)),
    "Myanmar": Subject("Myanmar", ("MMR",)),
    "Namibia": Subject("Namibia", ("NAM",)),
    "Nicaragua": Subject("Nicaragua", ("NIC",)),
    "North Korea": _KOREA,
    "Panama": Subject("Panama", ("PAN",)),
    "Panama Canal": Subject("Panama Canal", ("PAN",)),
    "Rhodesia": Subject("Southern Rhodesia", ("ZWE",)),
    "South Africa": Subject("South Africa", ("ZAF",)),
    "Southern Africa": Subject("Southern Africa"),
    "Spain": Subject("Spain", ("ESP",)),
    "Sudan protection of civilians": Subject("Sudan", ("SDN",)),
    "Syria": _SYRIA,
    "Syria cross-border aid renewal": _SYRIA,
    "Terrorism": Subject("Terrorism", kind="general"),
    "Thailand": Subject("Thailand", ("THA",)),
    "US-Libya": Subject("United States and Libya", ("LBY", "USA")),
    "US-USSR": Subject("United States and Soviet Union", ("RUS", "USA")),
    "Ukraine": _UKRAINE,
    "Ukraine (amendments)": _UKRAINE,
    "Ukraine referenda": _UKRAINE,
    "Venezuela": Subject("Venezuela", ("VEN",)),
    "Weapons in outer space": Subject("Weapons in outer space", kind="general"),
    "Yemen": Subject("Yemen", ("YEM",)),
    "Zimbabwe": Subject("Zimbabwe", ("ZWE",)),
}

# Where the topic is too wide or says something else than the item: beginning of the item, and what it is about.
_ITEMS = (
    ("Letter from the Heads of the Lebanese and Syrian", Subject("Lebanon and Syria, 1946", ("LBN", "SYR"))),
    ("Incidents in the Corfu Channel", Subject("Corfu Channel", ("ALB", "GBR"))),
    ("Letter dated 29 October 1956 from the USA", Subject("Suez", ("EGY", "ISR"))),
    ("Letter dated 18 December 1961 from Portugal", Subject("Goa", ("IND", "PRT"))),
    ("Complaint by Angola", Subject("Angola", ("AGO",))),
    ("Letter dated 4 February 1986 from Syria", Subject("Complaint by Syria against Israel", ("ISR", "SYR"))),
    ("Letters dated 4 January 1989 from Libya", Subject("United States and Libya", ("LBY", "USA"))),
)
_APPLICATION = re.compile(r"(?:Applications? for [Mm]embership|Admission of new Members) (.+)")
# Applicants under names of their time; both Viet-Nams are Viet Nam.
_APPLICANTS = {
    "Ceylon": "LKA",
    "Transjordan": "JOR",
    "Republic of Korea": "KOR",
    "Viet-Nam": "VNM",
    "Vietnam": "VNM",
    "Viet Nam": "VNM",
    "Republic of South Viet-Nam": "VNM",
    "Democratic Republic of Viet-Nam": "VNM",
}


def subject_of(topic: str, item: object, date: str) -> Subject:
    """Say what a draft was about.

    Parameters
    ----------
    topic : str
        As the list codes it.
    item : str or missing
        Agenda item, which the secondary list lacks.
    date : str
        For the error's sake.

    Returns
    -------
    Subject

    Raises
    ------
    SourceError
        When the topic is unknown, or an applicant for membership is.

    Examples
    --------
    >>> subject_of("Malasyia", "Letter from Malaysia", "1964-09-17").crisis
    'Malaysia'
    >>> subject_of("Admission", "Application for Membership Ceylon", "1948-08-18").places
    ('LKA',)
    """
    text = item if isinstance(item, str) else ""
    if topic == "Admission of Palestine":
        return Subject(ADMISSION, ("PSE",), "admission")
    applied = _APPLICATION.match(text)
    if topic == "Admission" or applied:
        if not applied:
            raise SourceError(
                f'draft of {date}: no applicant found in "{text}"; expected "Application for Membership X"'
            )
        return Subject(ADMISSION, (_applicant(applied[1], date),), "admission")
    for begins, subject in _ITEMS:
        if text.startswith(begins):
            return subject
    if topic not in _TOPICS:
        raise SourceError(f'draft of {date}: unknown topic "{topic}"; say what it is about in veto_subjects.py')
    return _TOPICS[topic]


def _applicant(name: str, date: str) -> str:
    if name in _APPLICANTS:
        return _APPLICANTS[name]
    try:
        return countries.find(name).iso3
    except R2PError as error:
        raise SourceError(f'draft of {date}: applicant "{name}": {error}') from None
