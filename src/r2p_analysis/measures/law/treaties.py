"""The treaties: what readers call them, and those that a picture can hold."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.errors import MeasureError
from r2p_analysis.measures.law.participation import lists
from r2p_analysis.store import Tables, measure

SHORT = {
    "GENOCIDE": "Genocide Convention",
    "GC1949": "Geneva Conventions",
    "AP1": "Additional Protocol I",
    "AP2": "Additional Protocol II",
    "AP3": "Additional Protocol III",
    "ROME": "Rome Statute",
    "KAMPALA_ART8": "Rome Statute, war crimes amendment",
    "KAMPALA_AGGR": "Rome Statute, crime of aggression",
    "CAT": "Convention against Torture",
    "OPCAT": "Torture, optional protocol",
    "CED": "Enforced Disappearance Convention",
    "ICCPR": "Civil and Political Rights Covenant",
    "ICESCR": "Economic and Social Rights Covenant",
    "CERD": "Racial Discrimination Convention",
    "CEDAW": "Discrimination against Women Convention",
    "CRC": "Rights of the Child Convention",
    "OPAC": "Children in armed conflict protocol",
    "REFUGEE51": "Refugee Convention 1951",
    "REFUGEE67": "Refugee Protocol 1967",
    "STATELESS54": "Stateless Persons Convention",
    "STATELESS61": "Reduction of Statelessness Convention",
    "UNPERSONNEL": "Safety of UN Personnel Convention",
    "UNPERSONNEL_OP": "Safety of UN Personnel, protocol",
    "CCW": "Certain Conventional Weapons",
    "CWC": "Chemical Weapons Convention",
    "MINEBAN": "Mine Ban Convention",
    "CLUSTER": "Cluster Munitions Convention",
    "ATT": "Arms Trade Treaty",
}
"""Short names, in the order in which readers see the treaties: crimes and war first, then rights, refugees, weapons."""
IN_TEXT = {
    **{key: f"the {name}" for key, name in SHORT.items()},
    "AP1": "Additional Protocol I",
    "AP2": "Additional Protocol II",
    "AP3": "Additional Protocol III",
    "KAMPALA_ART8": "the war crimes amendment to the Rome Statute",
    "KAMPALA_AGGR": "the amendment to the Rome Statute on the crime of aggression",
    "OPCAT": "the optional protocol to the Convention against Torture",
    "ICCPR": "the Covenant on Civil and Political Rights",
    "ICESCR": "the Covenant on Economic and Social Rights",
    "CED": "the Convention against Enforced Disappearance",
    "CERD": "the Convention on Racial Discrimination",
    "CEDAW": "the Convention on Discrimination against Women",
    "CRC": "the Convention on the Rights of the Child",
    "OPAC": "the protocol on children in armed conflict",
    "REFUGEE51": "the Refugee Convention of 1951",
    "REFUGEE67": "the Refugee Protocol of 1967",
    "STATELESS54": "the Convention on Stateless Persons",
    "STATELESS61": "the Convention on the Reduction of Statelessness",
    "UNPERSONNEL": "the Convention on the Safety of UN Personnel",
    "UNPERSONNEL_OP": "the protocol on the Safety of UN Personnel",
    "CCW": "the Convention on Certain Conventional Weapons",
    "MINEBAN": "the Mine Ban Convention",
    "CLUSTER": "the Convention on Cluster Munitions",
}
"""Names as they stand inside a sentence."""
CLOSEST = ("GENOCIDE", "ROME", "ATT")
"""The three treaties of which pages say who is missing."""
CORE = (
    "GENOCIDE",
    "GC1949",
    "AP1",
    "AP2",
    "ROME",
    "CAT",
    "CED",
    "ICCPR",
    "OPAC",
    "REFUGEE51",
    "CWC",
    "MINEBAN",
    "CLUSTER",
    "ATT",
)
"""Treaties closest to atrocity crimes, war and flight: as many as a matrix can hold."""


def short_name(treaty: str) -> str:
    """Give what readers call a treaty.

    Raises
    ------
    MeasureError
        When it is none of those carried.
    """
    if treaty not in SHORT:
        raise MeasureError(f'no treaty "{treaty}": known are {", ".join(SHORT)}')
    return SHORT[treaty]


@measure
def treaties(tables: Tables) -> pd.DataFrame:
    """List the treaties.

    Parameters
    ----------
    tables : Tables
        Needs treaties and treaty_participation; takes in untc_status where a user fetched it.

    Returns
    -------
    pandas.DataFrame
        treaty, name (short), title, untc_number, adopted, entry_into_force (ISO days), signatures_until (the day
        to which signatures are listed; null: all), complete_until (year), in the order of `SHORT`.
    """
    listed = lists(tables)
    frame = tables["treaties"].set_index("treaty").loc[list(SHORT)].reset_index()
    frame = frame.assign(
        name=frame["treaty"].map(SHORT),
        signatures_until=frame["treaty"].map(listed.signatures_until).astype("string"),
        complete_until=frame["treaty"].map(listed.complete_until).astype("Int64"),
    )
    columns = [
        "treaty",
        "name",
        "title",
        "untc_number",
        "adopted",
        "entry_into_force",
        "signatures_until",
        "complete_until",
    ]
    return frame[columns]
