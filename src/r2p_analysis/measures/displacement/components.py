"""The components that add up to the forcibly displaced people of the world."""

from __future__ import annotations

from dataclasses import dataclass

from r2p_analysis.sources import idmc


@dataclass(frozen=True)
class Component:
    """One kind of forcibly displaced people.

    Attributes
    ----------
    name : str
        Column name throughout the project.
    label : str
        What readers see.
    table : str
        Stored table that counts them.
    first_year : int
        First year in which they were counted.
    by_country_since : int
        First year in which they are told apart by country; until then there is one figure for the world, and no figure
        of a country, which is not a zero.
    introduced : bool
        Whether the category itself was new in `first_year`. An earlier year without it is complete all the same.
    """

    name: str
    label: str
    table: str
    first_year: int
    by_country_since: int
    introduced: bool = False


COMPONENTS: dict[str, Component] = {
    component.name: component
    for component in (
        Component(
            "conflict_idps", "Internally displaced by conflict (IDMC)", "idmc_conflict_idps", 1990, idmc.COUNTRIES_SINCE
        ),
        Component("refugees", "Refugees (UNHCR)", "unhcr_population", 1951, 1951),
        Component("palestine_refugees", "Palestine refugees (UNRWA)", "unrwa_palestine_refugees", 1952, 1952),
        Component("asylum_seekers", "Asylum-seekers", "unhcr_population", 1993, 2000),
        Component(
            "other_people_in_need",
            "Other people in need of protection",
            "unhcr_population",
            2018,
            2018,
            introduced=True,
        ),
    )
}
UNRWA_ORIGIN = "PSE"
"""The origin of all refugees registered with UNRWA, wherever they are registered."""
UNRWA_HOSTS = frozenset({"JOR", "LBN", "PSE", "SYR"})
"""Where UNRWA registers refugees: of any other country it has no figure, and is no source."""
GAZA_TWICE_SINCE = 2023
"""From this year on some of UNRWA's refugees are also counted as internally displaced in Gaza."""
ABROAD = ("refugees", "asylum_seekers", "other_people_in_need")
"""Components under UNHCR's mandate that are outside their country."""
