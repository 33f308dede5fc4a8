"""Each test is named for the failure that it prevents."""

import subprocess
import sys
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2p_analysis import countries
from r2p_analysis.errors import MeasureError, UsageError

PSEUDO = ("UNK", "XXA", "TIB", "AB9", "XIP")


def message(call, *arguments, **options) -> str:
    kind = UsageError if call not in (countries.attach, countries._check_totals) else MeasureError
    with pytest.raises(kind) as caught:
        call(*arguments, **options)
    text = str(caught.value)
    assert "\n" not in text
    return text


# What must be refused


def test_a_misspelt_name_is_not_met_with_silence():
    text = message(countries.find, "Syira")
    assert text.startswith('unknown country "Syira": did you mean Syria (SYR)?')
    assert "r2p countries" in text


def test_a_code_that_does_not_exist_says_how_to_list_those_that_do():
    assert "r2p countries" in message(countries.find, "XYZ")
    assert "XYZ" in message(countries.get, "XYZ")


def test_an_ambiguous_name_does_not_pick_one_silently():
    korea = message(countries.find, "Korea")
    assert "(KOR)" in korea
    assert "(PRK)" in korea
    assert "(VGB)" in message(countries.find, "Virgin Islands")


@pytest.mark.parametrize("text", ["", "   ", "---", "'", "\u0301", "x" * 300])
def test_odd_text_does_not_crash(text):
    assert "unknown country" in message(countries.find, text)


@pytest.mark.parametrize("text", [*PSEUDO, "Stateless", "Czechoslovakia", "DDR", "XGO", "EU"])
def test_a_page_is_not_made_for_what_is_no_place_today(text):
    assert "not asked for here" in message(countries.find, text)
    assert countries.find(text, kinds=countries.KINDS)


def test_a_unhcr_code_is_not_taken_for_an_iso_code():
    assert countries.find("AUS").name == "Australia"
    assert countries.find("MAR").name == "Morocco"
    assert "Germany (DEU)" in message(countries.find, "GFR")
    assert "China (CHN)" in message(countries.find, "CHI")


def test_an_exact_code_is_not_guessed():
    assert "SYR" in message(countries.get, "syr")
    assert "SYR" in message(countries.get, "Syria")
    assert message(countries.label, "QQQ")


@pytest.mark.parametrize(
    ("lookup", "code"),
    [
        (countries.from_unhcr, "XXX"),
        (countries.from_unhcr, ""),
        (countries.from_gwno, 751),  # Hyderabad has a number and no code
        (countries.from_gwno, 0),
        (countries.from_m49, "4"),
        (countries.from_m49, ""),
        (countries.from_iso2, "XX"),
        (countries.from_iso2, ""),
    ],
)
def test_an_unknown_or_empty_code_of_a_producer_is_an_error(lookup, code):
    with pytest.raises(UsageError, match="it is not in the table of countries"):
        lookup(code)


def test_an_unknown_kind_or_region_names_the_valid_ones():
    assert "observer" in message(countries.all_countries, ("country",))
    assert "Western Asia" in message(countries.members_of, "Middle East")


def test_a_join_does_not_lose_rows_of_unknown_codes():
    text = message(countries.attach, pd.DataFrame({"iso3": ["SYR", "QQQ", "ZZZ"], "n": [1, 2, 3]}))
    assert "QQQ, ZZZ" in text


def test_a_join_says_when_codes_are_unhcrs():
    text = message(countries.attach, pd.DataFrame({"coo": ["STA", "UKN"]}), on="coo")
    assert "UKN is UNHCR's code of UNK" in text


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_a_join_does_not_pass_over_a_missing_code(missing):
    assert "1 rows have no code" in message(countries.attach, pd.DataFrame({"iso3": ["SYR", missing]}))


def test_a_join_does_not_replace_a_column():
    frame = pd.DataFrame({"iso3": ["SYR"], "region": [5]})
    assert '"region"' in message(countries.attach, frame)
    assert list(countries.attach(frame, columns=["region"], prefix="un_")["un_region"]) == ["Asia"]


def test_a_join_on_what_is_not_there_says_what_is():
    assert "coo_iso" in message(countries.attach, pd.DataFrame({"coo_iso": ["SYR"]}))
    assert "subregion" in message(countries.attach, pd.DataFrame({"iso3": ["SYR"]}), columns=["continent"])


def test_the_check_of_totals_can_fail():
    before = pd.DataFrame({"n": [1, 2], "m": [1.0, None]})
    assert "made 1 rows of 2" in message(countries._check_totals, before, before[:1], ())
    doubled = before.assign(n=[2, 4])
    assert 'sum of "n" from 3 to 6' in message(countries._check_totals, before, doubled, ())
    assert 'sum of "n"' in message(countries._check_totals, before, doubled, ["n"])
    countries._check_totals(before, doubled, ["m"])


# What must hold of the table


def test_no_state_is_missing():
    kinds = Counter(place.kind for place in countries.all_countries())
    assert (kinds["member"], kinds["observer"]) == (193, 2)
    assert {place.iso3 for place in countries.all_countries(["observer"])} == {"PSE", "VAT"}
    assert len(countries.states()) == 195
    assert set(kinds) == set(countries.KINDS)


@pytest.mark.parametrize("attribute", ["iso3", "iso2", "m49", "unhcr", "gwno", "name"])
def test_no_code_or_name_means_two_places(attribute):
    values = [getattr(place, attribute) for place in countries.all_countries()]
    assert [value for value, times in Counter(v for v in values if v).items() if times > 1] == []


def test_no_name_or_alias_is_hidden_by_another():
    places = countries.all_countries()
    for place in places:
        for name in (place.name, place.in_text, place.iso3, place.iso2, place.m49, *place.aliases):
            if name and place.kind != "pseudo":
                assert countries.find(name, kinds=countries.KINDS) is place, name
    for place in places:
        assert countries.find(place.name, kinds=[place.kind]) is place


def test_every_code_leads_back_to_its_place():
    for place in countries.all_countries():
        assert countries.get(place.iso3) is place
        assert countries.label(place.iso3) == place.name
        for code, lookup in (
            (place.iso2, countries.from_iso2),
            (place.m49, countries.from_m49),
            (place.unhcr, countries.from_unhcr),
            (place.gwno, countries.from_gwno),
        ):
            assert not code or lookup(code) is place


def test_codes_have_their_shape():
    for place in countries.all_countries():
        assert len(place.iso3) == 3
        assert place.iso2 == "" or (len(place.iso2) == 2 and place.iso2.isupper())
        assert place.m49 == "" or (len(place.m49) == 3 and place.m49.isdecimal())
        assert place.unhcr == "" or len(place.unhcr) == 3
    order = [place.iso3 for place in countries.all_countries()]
    assert order == sorted(order)


def test_namibias_na_is_not_read_as_missing():
    assert countries.get("NAM").iso2 == "NA"
    assert countries.from_iso2("NA").iso3 == "NAM"
    attached = countries.attach(pd.DataFrame({"iso3": ["NAM"]}), columns=["iso2"])
    assert list(attached["iso2"]) == ["NA"]


def test_leading_zeros_of_m49_are_kept():
    assert countries.get("AFG").m49 == "004"
    assert countries.find("4").iso3 == countries.find("004").iso3 == "AFG"


def test_unhcr_collisions_do_not_swap_countries():
    assert countries.from_unhcr("AUS").iso3 == "AUT"
    assert countries.from_unhcr("ARE").iso3 == "EGY"
    assert countries.from_unhcr("MAR").iso3 == "MTQ"
    assert countries.from_unhcr("GAZ").iso3 == "PSE"
    assert countries.from_unhcr("UKN").iso3 == "UNK"
    assert countries.from_unhcr("STA").iso3 == "XXA"


def test_gleditsch_ward_numbers_keep_their_continuity():
    expected = {345: "SRB", 365: "RUS", 678: "YEM", 680: "YMD", 816: "VNM", 817: "VDR", 260: "DEU", 265: "DDR"}
    assert {number: countries.from_gwno(number).iso3 for number in expected} == expected


def test_a_state_does_not_exist_before_it_did():
    born = {
        "SSD": 2011, "ERI": 1993, "TLS": 2002, "MNE": 2006, "CZE": 1993, "NAM": 1990, "UKR": 1991, "DZA": 1962,
    }  # fmt: skip
    for iso3, year in born.items():
        assert not countries.get(iso3).existed_in(year - 1)
        assert countries.get(iso3).existed_in(year)
    for iso3 in ("SRB", "RUS", "DEU", "YEM", "ETH", "SDN"):
        assert countries.get(iso3).existed_in(1960)


def test_a_former_state_does_not_exist_after_its_end():
    assert countries.get("DDR").existed_in(1990)
    assert not countries.get("DDR").existed_in(1991)
    assert not countries.get("CSK").existed_in(1993)


def test_no_state_joined_the_united_nations_before_it_existed():
    early = {
        place.iso3
        for place in countries.all_countries(["member"])
        if (place.member_since or 0) < (place.exists_from or 0)
    }
    assert early == {"BLR", "IND", "PHL", "SYR", "UKR"}  # founding members that became independent later
    assert all(place.member_since for place in countries.all_countries(["member"]))


def test_every_place_of_today_has_region_subregion_and_point():
    for place in countries.all_countries(countries.READER_KINDS):
        assert place.region in countries.regions()
        assert place.subregion in countries.subregions()
        assert place.lon is not None
        assert -180 <= place.lon <= 180
        assert place.lat is not None
        assert -90 <= place.lat <= 90
        assert place.has_shape or place.small, f"{place.iso3} could not be drawn"
    assert len(countries.regions()) == 5
    assert len(countries.subregions()) == 22


def test_france_and_norway_are_not_lost_from_the_map():
    assert countries.get("FRA").has_shape
    assert countries.get("NOR").has_shape


def test_overseas_territories_and_kosovo_are_not_lost():
    for iso3 in ("BES", "GLP", "GUF", "MTQ", "REU", "MYT", "ESH", "TWN", "HKG", "MAC", "XKX"):
        assert countries.get(iso3).kind == "territory"


def test_pseudo_codes_are_kept_apart_and_have_readable_names():
    for iso3 in PSEUDO:
        place = countries.get(iso3)
        assert place.kind == "pseudo"
        assert place.region == place.subregion == countries.NOT_A_COUNTRY
        assert countries.label(iso3) != iso3
    assert countries.NOT_A_COUNTRY not in countries.regions()
    real = [place for place in countries.all_countries() if place.kind != "pseudo"]
    assert countries.NOT_A_COUNTRY not in {place.region for place in real}


def test_nothing_carries_stray_blanks_or_broken_letters():
    for place in countries.all_countries():
        for name in (place.name, place.in_text, *place.aliases):
            assert name == name.strip()
            assert name
            assert "Ã" not in name


# What must be found


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Guinea", "GIN"),
        ("Congo", "COG"),
        ("DRC", "COD"),
        ("Sudan", "SDN"),
        ("Dominica", "DMA"),
        ("cote divoire", "CIV"),
        ("CÔTE D’IVOIRE", "CIV"),
        ("turkiye", "TUR"),
        ("Turkey", "TUR"),
        ("The Gambia", "GMB"),
        ("st. lucia", "LCA"),
        ("Trinidad & Tobago", "TTO"),
        ("guinea bissau", "GNB"),
        ("na", "NAM"),
        ("uk", "GBR"),
        ("gr", "GRC"),
        ("Burma", "MMR"),
        ("Vatican", "VAT"),
        ("Palestine", "PSE"),
        (" syria ", "SYR"),
        ("Serbia and Kosovo: S/RES/1244 (1999)", "SRB"),
        ("Kosovo", "XKX"),
    ],
)
def test_a_name_is_not_taken_for_another(text, iso3):
    assert countries.find(text).iso3 == iso3


@pytest.mark.parametrize(
    ("iso3", "in_text"),
    [
        ("COD", "the Democratic Republic of the Congo"),
        ("PHL", "the Philippines"),
        ("CAF", "the Central African Republic"),
        ("USA", "the United States"),
        ("SYR", "Syria"),
        ("XKX", "Kosovo"),
    ],
)
def test_a_sentence_has_its_article(iso3, in_text):
    assert countries.get(iso3).in_text == in_text


def test_states_are_sorted_as_a_reader_sorts_them():
    names = [place.name for place in countries.states()]
    assert names.index("Costa Rica") < names.index("Côte d'Ivoire") < names.index("Croatia")
    assert names[0] == "Afghanistan"
    assert names[-1] == "Zimbabwe"


def test_regions_hold_every_state_once():
    by_region = [place.iso3 for region in countries.regions() for place in countries.members_of(region)]
    by_subregion = [place.iso3 for area in countries.subregions() for place in countries.members_of(area)]
    everyone = sorted(place.iso3 for place in countries.states())
    assert sorted(by_region) == sorted(by_subregion) == everyone
    assert countries.members_of("northern africa") == countries.members_of("Northern Africa")


# What a join must keep


def test_totals_with_unknown_stateless_and_abyei_are_not_lost_in_a_join():
    frame = pd.DataFrame({"iso3": ["SYR", "UNK", "XXA", "AB9", "TIB"], "refugees": [10, 200, 3000, 40000, 5]})
    attached = countries.attach(frame, totals=["refugees"])
    assert attached["refugees"].sum() == frame["refugees"].sum() == 43215
    assert attached.groupby("region")["refugees"].sum().to_dict() == {"Asia": 10, "Not a country": 43205}
    assert list(frame.columns) == ["iso3", "refugees"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([place.iso3 for place in countries.all_countries()]),
            st.one_of(st.none(), st.integers(0, 10**12)),
            st.one_of(st.just(float("nan")), st.floats(-1e12, 1e12)),
            st.integers(0, 3),
        ),
        max_size=30,
    )
)
def test_no_join_changes_rows_order_or_sums(rows):
    columns = ["iso3", "people", "share", "label"]
    frame = pd.DataFrame(rows, columns=columns).astype({"iso3": "str", "people": "Int64", "share": "float64"})
    frame = frame.set_index("label")  # an index with repeated labels must not multiply rows
    attached = countries.attach(frame, columns=("name", "region", "gwno", "exists_from", "lon", "small"))
    pd.testing.assert_frame_equal(attached[["iso3", "people", "share"]], frame)
    assert not attached["region"].isna().any()
    assert list(attached["name"]) == [countries.label(code) for code in frame["iso3"]]


def test_a_join_of_an_empty_table_keeps_its_columns_and_types():
    attached = countries.attach(pd.DataFrame({"iso3": [], "n": []}), columns=("name", "gwno", "lat", "small"))
    assert [str(kind) for kind in attached.dtypes[2:]] == ["str", "Int64", "float64", "bool"]


def test_codes_kept_as_categories_join_too():
    frame = pd.DataFrame({"iso3": pd.Categorical(["SYR", "UNK"]), "n": [1, 2]})
    assert list(countries.attach(frame)["subregion"]) == ["Western Asia", countries.NOT_A_COUNTRY]


def test_asking_for_a_name_does_not_load_pandas():
    code = "import sys; from r2p_analysis import countries; countries.find('SYR'); print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
