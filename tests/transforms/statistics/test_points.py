import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transforms.statistics.points import Points, batches, order_within


@given(st.lists(st.integers(0, 300), max_size=60))
def test_each_group_of_two_or_more_is_in_one_batch(sizes):
    sizes = np.array(sizes, dtype=np.int64)
    seen = [group for groups, _ in batches(sizes) for group in groups]
    assert sorted(seen) == np.flatnonzero(sizes >= 2).tolist()


@given(st.lists(st.integers(2, 2000), min_size=1, max_size=60))
def test_padding_stays_within_a_sixteenth(sizes):
    sizes = np.array(sizes)
    for groups, length in batches(sizes):
        assert sizes[groups].max() == length
        assert length <= sizes[groups].min() * (1 + 1 / 16)


@given(st.lists(st.lists(st.integers(-9, 9), max_size=25), min_size=1, max_size=9))
def test_ordering_within_groups_sorts_each_and_mixes_none(groups):
    values = np.array([v for g in groups for v in g], dtype=float)
    offsets = np.concatenate([[0], np.cumsum([len(g) for g in groups])]).astype(np.int64)
    ordered = values[order_within(values, offsets)]
    assert ordered.tolist() == [v for g in groups for v in sorted(g)]


def test_segments_of_one_group_are_units_of_their_own():
    points = Points(
        np.array([0, 3, 3, 5]), np.array([0.0, 1, 0, 2, 3]), np.zeros(5), np.array([0, 0, 4, 4, 4])
    )
    assert points.unit.tolist() == [0, 0, 1, 2, 2]
    assert points.unit_offsets.tolist() == [0, 2, 3, 5]
    assert points.unit_group.tolist() == [0, 0, 2]
