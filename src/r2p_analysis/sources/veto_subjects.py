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
# Drafts after the library's list: the lists that give them have no coded topic.
_DRAFTS = {
    "S/2022/720": _UKRAINE,
    "S/2023/506": _SYRIA,
    "S/2023/638": _TOPICS["Mali sanctions panel"],
    "S/2023/773": _PALESTINE,
    "S/2023/792": _PALESTINE,
    "S/2023/970": _PALESTINE,
    "S/2023/1029": _PALESTINE,
    "S/2024/173": _PALESTINE,
    "S/2024/239": _PALESTINE,
    "S/2024/255": _KOREA,
    "S/2024/312": Subject(ADMISSION, ("PSE",), "admission"),
    "S/2024/302": _TOPICS["Weapons in outer space"],
    "S/2024/826": _TOPICS["Sudan protection of civilians"],
    "S/2024/835": _PALESTINE,
    "S/2025/115": _UKRAINE,
    "S/2025/353": _PALESTINE,
    "S/2025/583": _PALESTINE,
}
AMENDMENTS = ("S/2023/1029", "S/2025/115")
"""Those of them that were votes on an amendment."""
# Agenda items that are about one thing only.
_PLAIN_ITEMS = (
    ("The situation in the Middle East, including the Palestinian question", _PALESTINE),
    ("Maintenance of peace and security of Ukraine", _UKRAINE),
    ("Letter dated 28 February 2014 from the Permanent Representative of Ukraine", _UKRAINE),
    ("Non-proliferation/Democratic People's Republic of Korea", _KOREA),
    ("Non-proliferation - Democratic People's Republic of Korea", _KOREA),
)
_SITUATION = re.compile(r"The situation in (?:the )?(.+)")
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


def subject_of_draft(draft: str, agenda: str, short_agenda: str, date: str) -> Subject:
    """Say what a draft of a list without coded topics was about: coded one by one, or told by the agenda item alone.

    Parameters
    ----------
    draft : str
        Symbol.
    agenda, short_agenda : str
        Agenda item in full and in short.
    date : str
        For the error's sake.

    Raises
    ------
    SourceError
        When it is not coded and its agenda item does not name one country: a place is never guessed.

    Examples
    --------
    >>> subject_of_draft("S/2031/1", "The situation in Mali", "Mali", "2031-01-05").places
    ('MLI',)
    """
    if draft in _DRAFTS:
        return _DRAFTS[draft]
    for begins, subject in _PLAIN_ITEMS:
        if agenda.startswith(begins):
            return subject
    named = _SITUATION.fullmatch(agenda)
    if named:
        try:
            return _of_country(countries.find(named[1]))
        except R2PError:
            pass
    raise SourceError(
        f'draft {draft} of {date}, under "{agenda}" ({short_agenda}): nobody has coded what it is about; '
        f'add a line "{draft}" with crisis and places to _DRAFTS in veto_subjects.py'
    )


def _of_country(place: countries.Country) -> Subject:
    """Give the subject that is coded for a country alone, if there is just one; else one in the country's name."""
    coded = {subject for subject in _TOPICS.values() if subject.places == (place.iso3,) and subject.kind == "situation"}
    return coded.pop() if len(coded) == 1 else Subject(place.name, (place.iso3,))


def _applicant(name: str, date: str) -> str:
    if name in _APPLICANTS:
        return _APPLICANTS[name]
    try:
        return countries.find(name).iso3
    except R2PError as error:
        raise SourceError(f'draft of {date}: applicant "{name}": {error}') from None
