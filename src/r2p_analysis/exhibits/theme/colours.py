"""Colours for light and dark pages: one colour for one thing through the whole report.

They were chosen to stay apart for colour-blind readers and to keep a contrast of at least 3 to 1 with the page where
they carry meaning. A chart names a colour by its light value; `svg.finish` turns it into a CSS variable, so that a
dark page shows the dark one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Colour:
    """One colour on a light page and on a dark one."""

    light: str
    dark: str


COLOURS = {
    "refugees": Colour("#0b5394", "#4a90d9"),
    "unrwa-refugees": Colour("#4b93cf", "#a5d0f5"),
    "asylum-seekers": Colour("#0d7f6e", "#2fb39c"),
    "other-in-need": Colour("#5c4a72", "#a58fc4"),
    "conflict-idps": Colour("#cf6a17", "#f2a154"),
    "state-based": Colour("#5f8791", "#b3d8e2"),
    "non-state": Colour("#b07d1e", "#e3bb5a"),
    "one-sided": Colour("#70195c", "#c765b4"),
    "government": Colour("#3b4a9c", "#98a6f2"),
    "armed-group": Colour("#c0622d", "#f0a06b"),
    "extrasystemic": Colour("#655a24", "#b9aa5f"),
    "interstate": Colour("#b549a8", "#965279"),
    "intrastate": Colour("#56987c", "#7eb79d"),
    "internationalised": Colour("#2e3557", "#4470b4"),
    "party": Colour("#1f6f54", "#5fc09c"),
    "signatory": Colour("#b38a1d", "#e6c761"),
    "withdrawn": Colour("#7b4b94", "#c49bdb"),
    "acceded": Colour("#568bd8", "#2d68c8"),
    "succeeded": Colour("#434c08", "#afdd94"),
    "outside": Colour("#89939c", "#6d7882"),
    "killed": Colour("#6a2c70", "#b765c4"),
    "wounded": Colour("#b5772a", "#e9b36c"),
    "kidnapped": Colour("#3a97a5", "#9ceaf5"),
    "met": Colour("#1d6a8a", "#66b8dc"),
    "unmet": Colour("#bd7c2c", "#efb976"),
    "veto-moscow": Colour("#5c2dbf", "#c9a8f0"),
    "veto-moscow-beijing": Colour("#9d489b", "#a83cab"),
    "veto-washington": Colour("#1b3b52", "#c1dce3"),
    "veto-washington-allies": Colour("#1e886e", "#4d9891"),
    "veto-others": Colour("#544115", "#dcaf62"),
    "vote-for": Colour("#2c93c8", "#b8e7ee"),
    "vote-abstain": Colour("#9e8c29", "#c5a82a"),
    "vote-against": Colour("#701355", "#b72393"),
    "code-of-conduct": Colour("#1a416c", "#6f92d8"),
    "veto-declaration": Colour("#21a083", "#36b987"),
    "kigali-principles": Colour("#b1872b", "#d39950"),
    "focal-points": Colour("#9a56a8", "#c5a1d7"),
    "group-of-friends": Colour("#593f2c", "#9e5643"),
    "series-1": Colour("#1c97b5", "#43b6c6"),
    "series-2": Colour("#9e3e75", "#dd3757"),
    "series-3": Colour("#9f8d19", "#e3d85d"),
    "series-4": Colour("#5645c3", "#945fd7"),
    "series-5": Colour("#226a39", "#b1e3af"),
    "accent": Colour("#0b5395", "#5aa2ea"),
    "context": Colour("#87919a", "#76818b"),
    "quiet": Colour("#c3cad0", "#46505a"),
    "ink": Colour("#1c2731", "#eef2f5"),
    "muted": Colour("#55616c", "#a9b4be"),
    "axis": Colour("#7d8891", "#7f8b96"),
    "grid": Colour("#e3e7ea", "#2c353d"),
    "paper": Colour("#ffffff", "#12181f"),
    "land": Colour("#e8ebed", "#28323b"),
    "border": Colour("#fefefe", "#131920"),
    "class-1": Colour("#d6e6f3", "#1d3347"),
    "class-2": Colour("#a6c8e4", "#2a557d"),
    "class-3": Colour("#6aa0cf", "#376f9f"),
    "class-4": Colour("#31709f", "#82b6e4"),
    "class-5": Colour("#0b3c66", "#d3e8fb"),
    "no-data": Colour("#f1efec", "#1b2127"),
    "hatch": Colour("#8f8983", "#7c7771"),
}


def hex_of(name: str) -> str:
    """The light value of a named colour, the one that a spec holds."""
    return COLOURS[name].light


def _group(*names: str) -> dict[str, str]:
    return {name: hex_of(name.replace("_", "-")) for name in names}


COMPONENTS = _group("refugees", "unrwa_refugees", "asylum_seekers", "other_in_need", "conflict_idps")
"""The fixed colour of each component of displacement."""

VIOLENCE = _group("state_based", "non_state", "one_sided")
"""The fixed colour of each of UCDP's types of organised violence."""
ACTORS = _group("government", "armed_group")
"""The fixed colour of those who kill civilians: governments, and armed groups that are none."""
CONFLICTS = {name: hex_of(name) for name in ("extrasystemic", "interstate", "intrastate", "internationalised")}
"""The fixed colour of each type of armed conflict."""
TREATY_STATUS = {name: hex_of(name) for name in ("party", "signatory", "withdrawn", "outside")}
"""The fixed colour of a state's standing towards a treaty."""
TREATY_ACTIONS = {
    "signed": TREATY_STATUS["signatory"],
    "ratified": TREATY_STATUS["party"],
    "acceded": hex_of("acceded"),
    "succeeded": hex_of("succeeded"),
    "joined": hex_of("context"),
    "withdrew": TREATY_STATUS["withdrawn"],
}
"""The fixed colour of what a state does with a treaty; joined: in a way that the source does not tell."""
HARM = {name: hex_of(name) for name in ("killed", "wounded", "kidnapped")}
"""The fixed colour of each kind of harm to protected people."""
MONEY = {name: hex_of(name) for name in ("met", "unmet")}
"""The fixed colour of what an appeal received and of what it lacked."""
VETO = _group("veto_moscow", "veto_moscow_beijing", "veto_washington", "veto_washington_allies", "veto_others")
"""The fixed colour of who vetoed a draft: the seats in Moscow and Washington, alone or with others, and the rest."""
VOTES = _group("vote_for", "vote_abstain", "vote_against")
"""The fixed colour of each way to vote."""
COMMITMENTS = _group("code_of_conduct", "veto_declaration", "kigali_principles", "focal_points", "group_of_friends")
"""The fixed colour of each political commitment."""

SERIES = tuple(hex_of(f"series-{n}") for n in range(1, 6))
"""Colours of series that have none of their own; they are those of no one thing."""
CLASSES = tuple(hex_of(f"class-{n}") for n in range(1, 6))
ACCENT, CONTEXT, QUIET = hex_of("accent"), hex_of("context"), hex_of("quiet")
INK, MUTED, AXIS, GRID = hex_of("ink"), hex_of("muted"), hex_of("axis"), hex_of("grid")
PAPER, LAND, BORDER = hex_of("paper"), hex_of("land"), hex_of("border")
NO_DATA, HATCH = hex_of("no-data"), hex_of("hatch")

VARIABLES = {colour.light: f"--r2p-{name}" for name, colour in COLOURS.items()}
"""The CSS variable of every colour that a chart may use."""


def css_variables() -> str:
    """Return the CSS that gives each variable its value on light, dark and printed pages."""
    light = "".join(f"--r2p-{name}:{colour.light};" for name, colour in COLOURS.items())
    dark = "".join(f"--r2p-{name}:{colour.dark};" for name, colour in COLOURS.items())
    return (
        f":root{{{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{{dark}}}}}\n"
    )


def ink_on(colour: str) -> str:
    """The colour of text that reads best on a class colour, on light pages as on dark ones."""
    return PAPER if colour in CLASSES[3:] else INK


def class_colours(count: int) -> list[str]:
    """Colours from light to dark for so many classes, as far apart as they can be."""
    if count == 1:
        return [CLASSES[2]]
    return [CLASSES[round(n * (len(CLASSES) - 1) / (count - 1))] for n in range(count)]
