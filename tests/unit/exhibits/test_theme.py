"""Colours are told apart by everyone, and numbers read as they should."""

from itertools import combinations

import pytest

from r2p_analysis.exhibits import theme

PAGES = {"light": theme.COLOURS["paper"].light, "dark": theme.COLOURS["paper"].dark}
GROUPS = [
    name
    for name, value in vars(theme).items()
    if name.isupper() and isinstance(value, dict) and set(value.values()) <= set(theme.VARIABLES)
]
"""Every group of fixed colours: the colours of one chart."""
NAMES = {colour.light: name for name, colour in theme.COLOURS.items()}
MEANING = [
    *sorted({NAMES[colour] for group in GROUPS for colour in getattr(theme, group).values()}),
    *(NAMES[colour] for colour in theme.SERIES),
    "accent",
    "context",
    "axis",
]

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def linear(colour):
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(colour):
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def lab(colour, sight):
    seen = [min(1, max(0, sum(m * c for m, c in zip(row, linear(colour), strict=True)))) for row in SIGHT[sight]]
    red, green, blue = seen
    white = (0.9505, 1.0, 1.0888)
    xyz = (
        0.4124 * red + 0.3576 * green + 0.1805 * blue,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        0.0193 * red + 0.1192 * green + 0.9505 * blue,
    )
    x, y, z = (
        v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (a / w for a, w in zip(xyz, white, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", MEANING)
def test_marks_stand_out_from_the_page(name, page):
    assert contrast(getattr(theme.COLOURS[name], page), PAGES[page]) >= 3


@pytest.mark.parametrize("page", PAGES)
def test_text_reads_on_the_page_and_on_every_class(page):
    colour = {c.light: getattr(c, page) for c in theme.COLOURS.values()}
    for ink in (theme.INK, theme.MUTED):
        assert contrast(colour[ink], PAGES[page]) >= 4.5
    for cell in (*theme.CLASSES, theme.NO_DATA):
        assert contrast(colour[theme.ink_on(cell)], colour[cell]) >= 4.5, cell


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("group", GROUPS)
def test_colours_of_one_chart_are_told_apart(page, sight, group):
    colours = [getattr(theme.COLOURS[NAMES[colour]], page) for colour in getattr(theme, group).values()]
    for a, b in combinations(colours, 2):
        distance = sum((p - q) ** 2 for p, q in zip(lab(a, sight), lab(b, sight), strict=True)) ** 0.5
        assert distance >= 13, (a, b)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("sight", SIGHT)
def test_colours_of_series_without_their_own_are_told_apart(page, sight):
    names = [*(NAMES[colour] for colour in theme.SERIES), "context"]
    for a, b in combinations([getattr(theme.COLOURS[name], page) for name in names], 2):
        distance = sum((p - q) ** 2 for p, q in zip(lab(a, sight), lab(b, sight), strict=True)) ** 0.5
        assert distance >= 13, (a, b)


def test_a_series_without_a_colour_of_its_own_takes_that_of_no_other_thing():
    meant = {colour for group in GROUPS for colour in getattr(theme, group).values()}
    assert not meant & set(theme.SERIES)


@pytest.mark.parametrize("page", PAGES)
def test_classes_go_steadily_away_from_the_page(page):
    steps = [contrast(getattr(theme.COLOURS[f"class-{n}"], page), PAGES[page]) for n in range(1, 6)]
    assert steps == sorted(steps)


def test_each_colour_has_one_variable():
    assert len(theme.VARIABLES) == len(theme.COLOURS)
    css = theme.css_variables()
    for variable in theme.VARIABLES.values():
        assert css.count(f"{variable}:") == 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (None, "–"), (float("nan"), "–"), (1, "1"), (9_999, "9,999"), (12_345, "12.3k"), (999_960, "1m"),
        (65_026_893, "65.0m"), (1.2e9, "1.20bn"), (5e15, "5,000tn"), (-3.2, "−3.20"), (0.0342, "0.034"),
        (1e-9, "1e-09"),
    ],
)  # fmt: skip
def test_short(value, text):
    assert theme.short(value) == text


@pytest.mark.parametrize(
    ("low", "high"), [(0, 0), (0, 1), (-5, 7), (0, 1e-7), (0, 9e15), (12, 13), (1990, 1990), (-3, -1)]
)
def test_ticks_cover_and_are_told_apart(low, high):
    values = theme.ticks(low, high)
    assert values[0] <= low
    assert values[-1] >= high
    assert 2 <= len(values) <= 9
    assert len(set(theme.tick_labels(values))) == len(values)


@pytest.mark.parametrize("values", [[], [0, 0], [5], [5] * 50, list(range(100)), [1e-6, 1e9], [float("nan"), 3]])
def test_thresholds_rise(values):
    cuts = theme.thresholds(values)
    assert cuts == sorted(set(cuts))
    assert len(cuts) < len(theme.CLASSES)


def test_long_names_are_wrapped_and_limited():
    name = "United Kingdom of Great Britain and Northern Ireland"
    text = theme.wrap(name, 110)
    assert text.count("\n") == 1
    assert text.endswith("…")
    assert theme.block_width(text) <= 110
    assert theme.wrap("Bonaire-Saint-Eustatius-and-Saba-in-one-word", 60).endswith("…")
    assert theme.wrap(name, 1000) == name
    assert theme.wrap("", 50) == ""


def test_marks_upon_letters_take_no_room_of_their_own():
    for bold in (False, True):
        for letter, plain in (("é", "e"), ("e\u0301", "e"), ("ệ", "e"), ("İ", "I")):
            # Asked twice: the first time is when a letter is measured.
            assert theme.width_of(letter, bold=bold) == theme.width_of(plain, bold=bold)
            assert theme.width_of(letter * 2, bold=bold) == theme.width_of(plain * 2, bold=bold)


@pytest.mark.parametrize(
    ("text", "bold", "wide"),
    [
        ("All forcibly displaced", True, 10058),
        ("All forcibly displaced", False, 9060),
        ("Central African Republic", True, 11632),
        ("2015: 65.0m", True, 5671),
    ],
)
def test_texts_are_as_wide_as_their_font_draws_them(text, bold, wide):
    """Bold text was taken for 7% wider than plain, so that signs beside it touched it."""
    assert theme.width_of(text, 1000, bold=bold) == pytest.approx(wide, rel=0.005)


@pytest.mark.parametrize(
    ("value", "how", "said"),
    [
        (0.3, ",.0f", "<1"),
        (0.04, ",.1f", "<0.1"),
        (0.004, "+.2f", "<0.01"),
        (0, ",.1f", "0.0"),
        (0.5000001, ",.0f", "1"),
        (None, ",.1f", "–"),
        (0.3, lambda value: "none", "none"),
    ],
)
def test_what_is_above_zero_never_reads_as_zero(value, how, said):
    """Subregions from which some thousand people were displaced stood as 0 beside those from which nobody was."""
    assert theme.formatted(value, how) == said
