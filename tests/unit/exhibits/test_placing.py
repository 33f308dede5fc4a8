"""Labels do not meet."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from r2p_analysis.exhibits.charts.placing import spread


@given(st.lists(st.floats(0, 400), min_size=1, max_size=20))
def test_labels_do_not_meet(wanted):
    placed = spread(wanted, 17, 0, 400)
    assert all(-0.01 <= at <= 400.01 for at in placed)
    by_place = sorted(placed)
    assert all(b - a >= 17 - 0.02 for a, b in pairwise(by_place))
    assert [wanted[i] for i in sorted(range(len(wanted)), key=lambda i: placed[i])] == sorted(wanted)


def test_labels_with_room_stay_where_they_are():
    assert spread([300, 20, 100], 17, 0, 400) == [300, 20, 100]


def test_labels_shrink_their_gaps_where_there_is_no_room():
    assert spread([5, 5, 5], 50, 0, 20) == [0, 10, 20]
    assert spread([], 10, 0, 20) == []


def test_tall_labels_take_more_room():
    assert spread([50, 50], [30, 10], 0, 100) == [40, 60]
