from hypothesis import given
from hypothesis import strategies as st

from transforms.core.label_lags import lags_behind


def test_files_are_placed_over_a_chain_of_comparisons():
    assert lags_behind([(2, 1, 1, 9), (3, 2, 0, 9), (4, 3, -1, 9)]) == [
        (1, 1, 0),
        (2, 1, 1),
        (3, 1, 1),
        (4, 1, 0),
    ]


def test_files_that_nothing_connects_are_placed_apart():
    placed = lags_behind([(2, 1, 1, 9), (8, 7, 0, 9)])
    assert [(file, lag) for file, _, lag in placed] == [(1, 0), (2, 1), (7, 0), (8, 0)]
    assert len({group for _, group, _ in placed}) == 2


def test_of_comparisons_that_contradict_each_other_the_one_with_more_days_is_believed():
    placed = lags_behind([(2, 1, 0, 50), (3, 2, 1, 40), (3, 1, 0, 6)])
    assert [(file, lag) for file, _, lag in placed] == [(1, 0), (2, 0), (3, 1)]


@given(st.lists(st.integers(0, 1), min_size=2, max_size=9), st.randoms())
def test_true_places_are_found_again_in_any_order(places, random):
    pairs = [
        (file, other, places[file] - places[other], 10 + file + other)
        for file in range(len(places))
        for other in range(file)
    ]
    random.shuffle(pairs)
    least = min(places)
    assert [(file, lag) for file, _, lag in lags_behind(pairs)] == [
        (file, place - least) for file, place in enumerate(places)
    ]
